"""How an estimate is told: between what a value lies, with what probability, and the range of ranks that it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from ..measures.influence import MEASURES
from ..wording.evidence import Figure, SetByRule
from ..wording.phrases import Phrase
from ..wording.speech import Speech
from ..wording.tables import TableColumn
from .networks import Measured
from .peer_groups import Rank

Row = TypeVar("Row")
Bounds = tuple[float, float]

ENDS = (("lower", "at least", "دست‌کم"), ("upper", "at most", "دست‌بالا"))
"""Keys and names of the two bounds."""


def bound_columns(
    measured: Measured, bounds: Callable[[Row], Bounds | None], prefix: str = "", titles: tuple[str, str] = ("", "")
) -> Iterable[TableColumn[Row]]:
    """Between what a value lies; no columns where no measure is estimated."""

    def end(row: Row, place: int) -> float | None:
        between = bounds(row)
        return between[place] if between else None

    for place, (key, *words) in enumerate(ENDS if measured.bounds else ()):
        english, persian = (": ".join(filter(None, part)) for part in zip(titles, words, strict=True))
        yield TableColumn(prefix + key, english, persian, partial(end, place=place))


def last_column(measured: Measured, name: str, rank: Callable[[Row], Rank | None]) -> Iterable[TableColumn[Row]]:
    """The other end of a range of ranks; no column where no measure is estimated."""
    if measured.bounds:
        yield TableColumn(name, "to rank", "تا رتبهٔ", lambda row: at.worst if (at := rank(row)) else None)


def of_measure(measured: Measured, name: str) -> Iterable[TableColumn[str]]:
    """The values of a measure by city, and if they are estimates their bounds."""
    titles = MEASURES[name].title_en, MEASURES[name].title_fa
    yield TableColumn(name, *titles, measured.values.get(name, {}).get)
    if name in measured.bounds:
        yield from bound_columns(measured, measured.bounds[name].get, f"{name}_", titles)


def sentence(say: Speech, measures: Sequence[str] | Mapping[str, object]) -> Phrase:
    """On measures that are estimated, since the network is large; nothing if there are none."""
    if not measures:
        return Phrase()
    from ..measures.estimates import PROBABILITY  # and with it arrays, which whoever only ranks does without

    titles = [MEASURES[name].title(say.lang) for name in measures]
    return say(
        "Estimated, since the network is large: {names}. With probability {p} each value lies between its bounds, "
        "and each rank within its range.",
        "برآورد، چون شبکه بزرگ است: {names}. با احتمال {p} هر مقدار میان دو کران خود و هر رتبه در بازهٔ خود است.",
        names=say.names(titles),
        p=Figure(PROBABILITY, SetByRule("probability of bounds", PROBABILITY)),
    )


def between(say: Speech, bounds: Bounds) -> Phrase:
    """Between what a value lies, in a few words."""
    from ..measures.estimates import PROBABILITY

    lower, upper = map(say.number, bounds)
    p = say.number(PROBABILITY)
    return say(f"between {lower} and {upper}, with probability {p}", f"میان {lower} و {upper}، با احتمال {p}")


def range_words(say: Speech, first: Phrase, rank: Rank) -> Phrase:
    """A rank, told by `first`, and where it is a range its other end."""
    if rank.worst == rank.rank:
        return first
    last = say.number(rank.worst)
    return say("{first} to {last}", "{first} تا {last}", first=first, last=last)
