"""The command that tells what changed between two dates or two stores."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from ..answers.changes import counted_of, of_dates, of_stores, ordered
from ..errors import UsageError
from ..opening import date_of
from ..options import DEFAULT_STORE, ExcelOption, FormatOption, IdsOption, LangOption, StorePath
from ..output import Format, Lang, print_table, say


def diff(
    one: Annotated[str, typer.Argument(help="A date, or the folder of a store.")],
    other: Annotated[str, typer.Argument(help="Another date, or the folder of another store.")],
    city: Annotated[str, typer.Option(help="Only what concerns this city.", show_default="all")] = "",
    store: StorePath = DEFAULT_STORE,
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    ids: IdsOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Tell what changed: which ties began or ended between two dates, or how two stores differ, record by record.

    Example: citydip diff 2005 2015 --city Mashhad
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.reports import difference
    from citydiplomacy.queries.wording.tables import Table

    folders = [Path(name).is_dir() for name in (one, other)]
    if any(folders) and not all(folders):
        raise UsageError("one is a folder, the other is not.", hint="Give two dates, or the folders of two stores.")
    with ExitStack() as opened:
        if any(folders):
            a, b = (opened.enter_context(Store.open_folder(Path(name))) for name in (one, other))
            chosen = _city(
                city,
                lambda name: lookup.find(b, name, "City", lang=lang),
                lambda name: lookup.find(a, name, "City", lang=lang),
            )
            changes = difference.between_stores(a, b, chosen)
            table = Table.of(lang.value, of_stores(a, b, form, lang), ordered(changes))
        else:
            asked = opened.enter_context(Store.open_folder(store))
            start, end = (date_of(text, lang) for text in (one, other))
            chosen = _city(city, lambda name: lookup.find(asked, name, "City", lang=lang))
            changes = difference.between_dates(asked, start, end, chosen)
            table = Table.of(lang.value, of_dates(asked, start, end, form, lang), ordered(changes))
    for sentence in counted_of(changes, lang):
        say(sentence)
    print_table(table, form, lang, ids=ids)


def _city(name: str, *lookups: Callable[[str], str]) -> str | None:
    """The id of a city that one of two stores knows."""
    if not name:
        return None
    *others, last = lookups
    for look in others:
        try:
            return look(name)
        except UsageError:
            continue
    return last(name)
