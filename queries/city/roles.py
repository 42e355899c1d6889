"""The places of a city in organisations."""

from __future__ import annotations

from dataclasses import dataclass

from citydiplomacy.graph.language.dates import told_date
from citydiplomacy.graph.model.values import Date
from citydiplomacy.ontology.schemes import schemes

from ..wording.rows import Row


@dataclass(frozen=True)
class Role:
    """A place in an organisation that stands."""

    organization: str
    organization_name: str
    role: str
    role_name: str
    grade: int
    bonus: int
    since: Date | None
    last_seen: Date | None
    """When it was last told: seen standing, or begun."""
    sources: tuple[str, ...]

    @property
    def height(self) -> tuple[int, int]:
        """Roles in order: by grade, then as their scheme lists them, the highest last."""
        return self.grade, list(schemes()["role"]).index(self.role)


def told_on(row: Row) -> str:
    """The first day on which a place can have been told last, as text that sorts."""
    day = told_date(row["last_seen"])
    return day.earliest.isoformat() if day and day.earliest else ""


def role_of(row: Row) -> Role:
    """The place that a row of `memberships` tells of."""
    concept = schemes()["role"][row["role"]]
    return Role(
        organization=row["organization"],
        organization_name=row["organization_name"],
        role=row["role"],
        role_name=row["role_name"],
        grade=concept.grade or 0,
        bonus=concept.bonus or 0,
        since=told_date(row["start"]),
        last_seen=told_date(row["last_seen"]),
        sources=row["sources"],
    )
