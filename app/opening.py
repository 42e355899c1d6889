"""Opening the store that a command asks: as it is, or as it was at a date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from citydiplomacy.graph.language.plurals import counted

from .errors import UsageError
from .output import DATA_FORMATS, Format, Lang, say, shown_value

if TYPE_CHECKING:
    from citydiplomacy.graph.model.values import Date
    from citydiplomacy.graph.store.at_date import StoreAt
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.library.in_cypher import Value
    from citydiplomacy.queries.library.questions import Answer
    from citydiplomacy.queries.wording.tables import TableColumn

HELD = {
    Lang.EN: {"yes": "yes", "unknown": "unknown", "no": "no"},
    Lang.FA: {"yes": "آری", "unknown": "نامعلوم", "no": "نه"},
}
_SURENESS = ("no", "unknown", "yes")


@contextmanager
def open_store(folder: Path, at: str, lang: Lang = Lang.EN) -> Iterator[Store]:
    """Open a store; with a date, its view at that date, and say how many ties held then."""
    from citydiplomacy.graph.store.reader import Store

    with Store.open_folder(folder) as store:
        if not at:
            yield store
            return
        from citydiplomacy.graph.store.at_date import StoreAt

        with StoreAt.of(store, date_of(at, lang)) as view:
            say(_told(view, lang))
            yield view


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


def held_column(store: Store, answer: Answer, form: Format, lang: Lang) -> TableColumn[tuple[Value, ...]] | None:
    """A column that tells of the ties that rows name whether they held at the date.

    None if the store is not one at a date, or no row names a tie.
    """
    from citydiplomacy.graph.store.reader import Store

    if type(store) is Store:  # then the module of the other need not be read, and the command starts sooner
        return None
    from citydiplomacy.graph.store.at_date import StoreAt, is_tie
    from citydiplomacy.queries.wording.tables import TableColumn

    assert isinstance(store, StoreAt)
    ids = [index for index, column in enumerate(answer.columns) if column.type == "id"]
    words = HELD[Lang.EN if form in DATA_FORMATS else lang]

    def ties(row: tuple[Value, ...]) -> list[str]:
        return [str(row[index]) for index in ids if is_tie(str(row[index]))]

    def held(row: tuple[Value, ...]) -> str | None:
        return words[min(map(store.held, ties(row)), key=_SURENESS.index)] if ties(row) else None

    if not any(map(ties, answer.rows)):
        return None
    at = f"Held at {shown_value(store.date, Lang.EN)}", f"برقرار در {shown_value(store.date, Lang.FA)}"
    return TableColumn("held", *at, held)


def _told(view: StoreAt, lang: Lang) -> str:
    counts, date = view.counts, shown_value(view.date, lang)
    numbers = [shown_value(n, lang) for n in (counts.held, counts.unknown, counts.meant, counts.left_out)]
    held, unknown, meant, left_out = numbers
    open_ended = view.date.earliest is None or view.date.latest is None
    if lang is Lang.FA:
        parts = [f"{held} پیوند برقرار بود", f"برقراری {unknown} پیوند از تاریخ‌هایش دانسته نیست"]
        parts += [f"{meant} پیوند تنها در برنامه بود"] * (counts.meant > 0)
        return f"{'' if open_ended else 'در '}{date}: {'، '.join(parts)}، {left_out} پیوند کنار گذاشته شد."
    parts = [f"{counted(counts.held, 'tie')} held", f"{unknown} may have (their dates do not tell)"]
    parts += [f"{meant} only planned"] * (counts.meant > 0)
    return f"{date.capitalize() if open_ended else f'At {date}'}: {', '.join(parts)}, {left_out} left out."
