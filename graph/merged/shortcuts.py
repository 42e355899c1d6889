"""Short-cuts of the merged view, derived from its records and never authored: property paths need them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import CD, ORG

from ..model.records import Agreement, Link, Membership
from ..model.schema import Record

Triple = tuple[str, str, str]
"""Subject id, predicate IRI, object id."""

MEMBER_GRADE = 2
"""The grade from which a role makes its holder a member; observers and guests are below it."""


def stands(tie: Record) -> bool | None:
    """Whether a tie stands: None where its sources leave it open."""
    status = getattr(tie, "status", None)
    if getattr(tie, "end", None) is not None:
        return False
    if status is None:
        return None
    concept = schemes()["status"].get(status)
    return concept.stands if concept else None


def counts(tie: Record) -> bool:
    """Whether a tie counts: it stands, or it is told as a tie and nobody says that it ended or is only planned."""
    return stands(tie) is True or (getattr(tie, "status", None) is None and getattr(tie, "end", None) is None)


def shortcuts(record: Record) -> Iterator[Triple]:
    """The short-cuts that a record of the merged view gives."""
    match record:
        case Membership(member=str(member), organization=str(organization), role=str(role)):
            if counts(record) and (schemes()["role"][role].grade or 0) >= MEMBER_GRADE:
                yield member, ORG.memberOf, organization
        case Agreement(kind="agreement-kind/sister-city", parties=parties):
            if counts(record):
                for one, other in permutations(parties, 2):
                    yield one, CD.twinnedWith, other
        case Link(subject=str(subject), relation=str(relation), object=str(object_)):
            yield subject, f"{CD}{relation}", object_
