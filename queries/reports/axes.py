"""The needs of a city by axis: how many no active tie addresses, and what share of the votes these hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..city.profile import CityProfile
from ..wording.rows import Row
from ..wording.sections import Section, section
from ..wording.speech import Speech, percentage
from ..wording.tables import TableColumn
from .gap_sections import weight


class AxisNeeds(NamedTuple):
    """The needs of an axis; shares are in percent."""

    axis: str
    axis_name: str
    needs: int
    unmet: int
    votes_percent: int | None
    """The share of the votes that went to the unmet ones; unknown where no panel scored them."""

    @property
    def unmet_percent(self) -> int:
        """The share of the needs that is unmet."""
        return percentage(self.unmet, self.needs)


def unmet_by_axis(city: CityProfile) -> list[AxisNeeds]:
    """The axes of a city's needs, in their order."""
    unmet = {row["need"] for row in city.unaddressed}
    axes = []
    for axis in dict.fromkeys(row["axis"] for row in city.needs):
        needs = [row for row in city.needs if row["axis"] == axis]
        open_ = [row for row in needs if row["need"] in unmet]
        axes.append(AxisNeeds(axis, needs[0]["axis_name"], len(needs), len(open_), share_of_votes(open_, needs)))
    return axes


def share_of_votes(some: Iterable[Row], all_: Iterable[Row]) -> int | None:
    """What percentage of the votes for all needs went to some of them; each vote counts as a part of its panel."""
    part, whole = (sum(map(weight, rows)) for rows in (some, all_))
    return percentage(part, whole) if whole else None


_COLUMNS: tuple[TableColumn[AxisNeeds], ...] = (
    TableColumn("axis", "Id of the axis", "شناسهٔ محور", lambda axis: axis.axis),
    TableColumn("axis_name", "Axis", "محور", lambda axis: axis.axis_name),
    TableColumn("needs", "Needs", "نیازها", lambda axis: axis.needs),
    TableColumn("unmet", "Unmet", "بی‌پاسخ", lambda axis: axis.unmet),
    TableColumn("unmet_percent", "Share, %", "سهم، درصد", lambda axis: axis.unmet_percent),
    TableColumn("votes_percent", "Share by votes, %", "سهم به رأی، درصد", lambda axis: axis.votes_percent),
)
_TITLE = ("Unmet needs by axis", "نیازهای بی‌پاسخ به محور")


def section_of_one(say: Speech, city: CityProfile) -> Section:
    """Unmet needs by axis."""
    return section(say, "axes", _TITLE, _COLUMNS, unmet_by_axis(city))


class _OfCity(NamedTuple):
    """An axis of a city; None of one whose needs nobody studied."""

    city: CityProfile
    axis: AxisNeeds | None


def section_of_several(say: Speech, cities: Sequence[CityProfile]) -> Section:
    """Unmet needs of several cities by axis. A city whose needs nobody studied has one row that says so."""
    note = say("no study of its needs is in these data", "پژوهشی دربارهٔ نیازهایش در این داده‌ها نیست")

    def of_axis(column: TableColumn[AxisNeeds]) -> TableColumn[_OfCity]:
        return TableColumn(
            column.name, column.title_en, column.title_fa, lambda row: column.value(row.axis) if row.axis else None
        )

    columns: tuple[TableColumn[_OfCity], ...] = (
        TableColumn("city", "Id of the city", "شناسهٔ شهر", lambda row: row.city.id),
        TableColumn("city_name", "City", "شهر", lambda row: row.city.name),
        *map(of_axis, _COLUMNS),
        TableColumn("note", "Note", "توضیح", lambda row: None if row.axis else note),
    )
    rows: list[_OfCity] = []
    for city in cities:
        rows += [_OfCity(city, axis) for axis in unmet_by_axis(city)] or [_OfCity(city, None)]
    return section(say, "needs", _TITLE, columns, rows)
