"""Where two cities stand, as a table: a row a measure and scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..standing.estimated import last_column
from ..standing.networks import Measured
from ..standing.peer_groups import SCOPES, Groups, Rank
from ..standing.rankings import Position, group_name, one_digit
from ..standing.standing import TITLE, ranked_title
from ..wording.sections import Section, section
from ..wording.speech import Speech
from ..wording.tables import TableColumn


class _Beside(NamedTuple):
    """Two cities on a measure in a scope; None for one that has no value."""

    measure: str
    scope: str
    positions: tuple[Position | None, Position | None]


def section_of(
    say: Speech,
    measured: Measured,
    positions: Sequence[Position],
    groups: Groups,
    cities: tuple[tuple[str, str], tuple[str, str]],
) -> Section:
    """Two cities, each (id, name), among all, and in their own groups: a row a measure and scope."""
    by_measure = {(position.city, position.measure): position for position in positions}
    (a, _), (b, _) = cities
    pairs = [
        _Beside(name, scope, (by_measure.get((a, name)), by_measure.get((b, name))))
        for name in measured.values
        for scope in SCOPES
    ]
    columns: tuple[TableColumn[_Beside], ...] = (
        TableColumn("measure", "Key", "کلید", lambda pair: pair.measure),
        TableColumn("measure_name", "Measure", "سنجه", lambda pair: ranked_title(pair.measure, say.lang)),
        TableColumn("scope", "Key of the scope", "کلید دامنه", lambda pair: pair.scope),
        TableColumn("scope_name", "Among", "در میان", lambda pair: say(*SCOPES[pair.scope])),
        *_columns_of(say, measured, groups, 0, cities[0][1]),
        *_columns_of(say, measured, groups, 1, cities[1][1]),
    )
    return section(
        say,
        "standing",
        TITLE,
        columns,
        [pair for pair in pairs if any(at and at.ranks[pair.scope] for at in pair.positions)],
    )


def _columns_of(
    say: Speech, measured: Measured, groups: Groups, side: int, name: str
) -> Iterable[TableColumn[_Beside]]:
    """The columns of one of two cities."""
    suffix = "ab"[side]

    def rank(pair: _Beside) -> Rank | None:
        position = pair.positions[side]
        return position.ranks[pair.scope] if position else None

    def percentile(pair: _Beside) -> Decimal | None:
        at = rank(pair)
        return one_digit(at.percentile) if at and at.percentile is not None else None

    return (
        TableColumn(
            f"group_{suffix}",
            f"{name}: cities of",
            f"{name}: شهرهای",
            lambda pair: group_name(say, groups, at, pair.scope) if (at := pair.positions[side]) else None,
        ),
        TableColumn(f"rank_{suffix}", "Rank", "رتبه", lambda pair: at.rank if (at := rank(pair)) else None),
        *last_column(measured, f"last_{suffix}", rank),
        TableColumn(f"size_{suffix}", "of", "از", lambda pair: at.size if (at := rank(pair)) else None),
        TableColumn(f"percentile_{suffix}", "Percentile", "صدک", percentile),
    )
