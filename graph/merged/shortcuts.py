"""What the merged view derives from its records and is never authored: whether ties stand, and short-cuts for paths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import permutations

from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import CD, ORG, XSD

from ..model.holding import Held
from ..model.records import Agreement, Link, Membership
from ..model.schema import Record, Tie
from ..model.validity import stands

Triple = tuple[str, str, str]
"""Subject id, predicate IRI, object id."""

MEMBER_GRADE = 2
"""The grade from which a role makes its holder a member; observers and guests are below it."""

CITY = "city/"
"""How the ids of cities begin: a province or another land that is told as a city's sister is no sister city."""

STANDING: dict[Held | None, tuple[str]] = {
    Held.YES: (f'<{CD.standing}> "true"^^<{XSD.boolean}>',),
    Held.NO: (f'<{CD.standing}> "false"^^<{XSD.boolean}>',),
}
"""How the view says whether a tie stands, as predicate and object; it says nothing where that is unknown."""


def standing(record: Record, day: dt.date) -> Held | None:
    """Whether a tie stands on a day; None for a record that has no life."""
    return stands(record, day) if isinstance(record, Tie) else None


def shortcuts(record: Record, held: Held | None) -> Iterator[Triple]:
    """The short-cuts that a record of the merged view gives; a tie gives its own if it stands."""
    if held in (Held.NO, Held.UNKNOWN):
        return
    match record:
        case Membership(member=str(member), organization=str(organization), role=str(role)):
            if (schemes()["role"][role].grade or 0) >= MEMBER_GRADE:
                yield member, ORG.memberOf, organization
        case Agreement(kind="agreement-kind/sister-city", parties=parties):
            for one, other in permutations([party for party in parties if party.startswith(CITY)], 2):
                yield one, CD.twinnedWith, other
        case Link(subject=str(subject), relation=str(relation), object=str(object_)):
            yield subject, f"{CD}{relation}", object_
