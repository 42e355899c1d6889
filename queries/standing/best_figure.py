"""The figure that stands for a measure of a place, of all that are told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from citydiplomacy.graph.language.dates import told_date
from citydiplomacy.graph.model.values import Date

from ..wording.evidence import Figure, When
from ..wording.rows import Row, Rows
from .peer_groups import figure_rank


@dataclass(frozen=True)
class BestFigure:
    """The claim that stands for a measure of a city: the best of all that are told, whatever their period."""

    told: Figure
    upper: Decimal | None
    qualifier: str | None
    period: Date | None
    told_when: When | None
    """The period, as a mark."""
    sources: int
    reliability: int
    """Of its best source, 1 (weak) to 5."""
    disputed: bool
    """Sources that cannot be reconciled speak of this measure, or a reader marked them as disagreeing."""
    lowest: Decimal
    highest: Decimal
    """Of all figures told of the measure, also of those that do not stand."""

    @property
    def value(self) -> Decimal:
        """The number."""
        return Decimal(self.told.value)


def best(
    figures: Rows,
    reliability: Mapping[str, int],
    voices: Mapping[str, str],
    *,
    contested: Collection[Decimal],
    marked: bool,
) -> BestFigure:
    """The one of some figures of a measure that stands by `figure_rank`.

    figures: rows of `statistics`, one or more. reliability, voices: of their sources. contested: what sources that
    cannot be reconciled say of them. marked: a reader marked them as disagreeing.
    """

    def reliable(row: Row) -> int:
        return max((reliability.get(source, 1) for source in row["sources"]), default=1)

    def rank(row: Row) -> tuple[int, str, int, Decimal]:
        period = told_date(row["period"])
        latest = period.latest.isoformat() if period and period.latest else ""
        told_by = {voices.get(source, source) for source in row["sources"]}
        return figure_rank(reliable(row), latest, len(told_by), row["value"])

    first = max(figures, key=rank)
    of_first = figures.where(period=first["period"], value=first["value"]).first_of("measure")
    return BestFigure(
        told=of_first.value("value"),
        upper=first["upper"],
        qualifier=first["qualifier_name"],
        period=told_date(first["period"]),
        told_when=of_first.date("period"),
        sources=len(first["sources"]),
        reliability=reliable(first),
        disputed=marked or any(row["disputed"] == "yes" for row in figures),
        lowest=min((*contested, *(row["value"] for row in figures))),
        highest=max((*contested, *(row["upper"] or row["value"] for row in figures))),
    )
