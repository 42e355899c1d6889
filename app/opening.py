"""Opening the store that is asked: as it is, as it was at a date, or as far as it is told strongly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from citydiplomacy.graph.language.plurals import counted

from .errors import UsageError
from .output import Lang, say, shown_value
from .words import language

if TYPE_CHECKING:
    from citydiplomacy.graph.model.values import Date
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.graph.views.at_date import StoreAt
    from citydiplomacy.graph.views.at_least import StoreAtLeast
    from citydiplomacy.queries.library.questions import Answer

HELD = {
    Lang.EN: {"yes": "yes", "unknown": "unknown", "no": "no"},
    Lang.FA: {"yes": "آری", "unknown": "نامعلوم", "no": "نه"},
}
_SURENESS = ("no", "unknown", "yes")


@contextmanager
def open_store(folder: Path, at: str, lang: Lang = Lang.EN, at_least: str = "") -> Iterator[Store]:
    """Open a store for a command; with a strength, its view of the ties that reach it; with a date, its view at that
    date. Says how many ties are in each view.
    """
    with opened(
        folder, date_of(at, lang) if at else None, at_least, lambda view: say(_restricted(view, lang))
    ) as store:
        if at:
            from citydiplomacy.graph.views.at_date import StoreAt

            assert isinstance(store, StoreAt)
            say(_told(store, lang))
        yield store


def opened(
    folder: Path, at: Date | None = None, at_least: str = "", tell: Callable[[StoreAtLeast], None] = lambda _: None
) -> Store:
    """Open a store; with a strength, its view of the ties that reach it, which `tell` is told; with a date, the view of
    that at the date (a `StoreAt`). Raises UsageError for a strength that is none.
    """
    from citydiplomacy.graph.store.reader import Store

    store = Store.open_folder(folder)
    if at_least:
        from citydiplomacy.graph.merged.strength import strength
        from citydiplomacy.graph.views.at_least import StoreAtLeast

        with store:
            store = restricted = StoreAtLeast.of(store, strength(at_least, language()))
        tell(restricted)
    if at is None:
        return store
    from citydiplomacy.graph.views.at_date import StoreAt

    with store:
        return StoreAt.of(store, at)


def date_of(text: str, lang: Lang) -> Date:
    """A date of the command line. Bare years of Persian, in its words, digits or language, are Solar Hijri."""
    from citydiplomacy.graph.language.calendars import GREGORIAN, SOLAR
    from citydiplomacy.graph.language.dates import parse_date
    from citydiplomacy.graph.language.text import ascii_digits

    persian = lang is Lang.FA or ascii_digits(text) != text
    try:
        return parse_date(text, calendar=SOLAR if persian else GREGORIAN)
    except ValueError as error:
        raise UsageError(
            f"not a date: {error}.", hint="Write 2010, 2010-05, 2010-05-01, '1392 SH' or 'before 1979', for example."
        ) from None


def held_cells(store: Store, answer: Answer, lang: Lang) -> tuple[str, list[str | None]] | None:
    """A column that tells of the ties that rows name whether they held at the date (yes, unknown, no): title and cells.

    None if the store is not one at a date, or no row names a tie.
    """
    from citydiplomacy.graph.store.reader import Store

    if type(store) is Store:  # then the module of the other need not be read, and the command starts sooner
        return None
    from citydiplomacy.graph.views.at_date import StoreAt, is_tie

    if not isinstance(store, StoreAt):
        return None
    ids = [index for index, column in enumerate(answer.columns) if column.type == "id"]
    ties = [[str(row[index]) for index in ids if is_tie(str(row[index]))] for row in answer.rows]
    if not any(ties):
        return None
    cells = [min((store.held(tie) for tie in named), key=_SURENESS.index).value if named else None for named in ties]
    return held_title(store.date, lang), cells


def held_title(date: Date, lang: Lang) -> str:
    """What stands over the cells that tell of ties whether they held at a date."""
    from citydiplomacy.graph.language.date_words import at_date

    return f"{ {Lang.EN: 'Held', Lang.FA: 'برقرار'}[lang] } {at_date(date, lang.value)}"


def _restricted(view: StoreAtLeast, lang: Lang) -> str:
    from citydiplomacy.queries.wording import strengths
    from citydiplomacy.queries.wording.speech import Speech

    speech, (reached, left_out) = Speech(lang.value), view.counts
    assert view.strength is not None
    return speech(
        "Only {ties}: {reached}; {left_out} left out.",
        "تنها {ties}: {reached} پیوند؛ {left_out} پیوند کنار گذاشته شد.",
        ties=strengths.ties(speech, view.strength),
        reached=speech(counted(reached, "tie"), shown_value(reached, lang)),
        left_out=left_out,
    )


def _told(view: StoreAt, lang: Lang) -> str:
    from citydiplomacy.graph.language.date_words import at_date

    counts, when = view.counts, at_date(view.date, lang.value)
    held, unknown, meant, over, left_out = (
        shown_value(n, lang) for n in (counts.held, counts.unknown, counts.meant, counts.over, counts.left_out)
    )
    if lang is Lang.FA:
        parts = [f"{held} پیوند برقرار بود"]
        parts += [f"برقراری {unknown} پیوند دانسته نیست"] * (counts.unknown > 0)
        parts += [f"{meant} پیوند تنها در برنامه بود"] * (counts.meant > 0)
        parts += [f"{over} پیوند پایان یافته بود"] * (counts.over > 0)
        parts += [f"{left_out} پیوند دیرتر آغاز شده و کنار گذاشته شد"] * (counts.left_out > 0)
        return f"{when}: {'، '.join(parts)}."
    parts = [f"{counted(counts.held, 'tie')} held"]
    parts += [f"{unknown} may have (nobody tells)"] * (counts.unknown > 0)
    parts += [f"{meant} only planned"] * (counts.meant > 0)
    parts += [f"{over} over by then"] * (counts.over > 0)
    parts += [f"{left_out} left out (began later)"] * (counts.left_out > 0)
    return f"{when[0].upper()}{when[1:]}: {', '.join(parts)}."
