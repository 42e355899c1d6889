"""The world on one page that works offline: all cities with their ties, on the map, as a network and as a table.

The canvas is ours, with outlines of Natural Earth; nothing is fetched. As every page, it puts data into text alone.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.whole_files import write
from citydiplomacy.queries.wording.speech import Speech

from ..drawing.words import day, words
from ..svg.plain_text import clean
from . import world_scene
from .offline import Looked, page_words, template

SCRIPTS: Final = ("common.js", *(f"world-{part}.js" for part in ("data", "view", "filter", "card", "panel", "files")))


def write_world_page(
    store: Store,
    path: str | Path,
    *,
    title: str,
    lang: str = "en",
    standing: bool = False,
    date: dt.date | None = None,
) -> dict[str, int]:
    """Write the page of all cities with ties. Returns how many cities, ties, countries and places it holds.

    standing: leave out ties that are not known to stand.
    `lang` is the language of names and words (`fa` turns the page right to left), `date` the day that it names, today
    unless given. Raises CityDiplomacyError if the place cannot be written.
    """
    page = world_page(store, name=Path(path).stem, title=title, lang=lang, standing=standing, date=date)
    write(path, page.file())
    return dict(world_scene.counts(dict(page.data)))


def world_page(
    store: Store, *, name: str, title: str, lang: str = "en", standing: bool = False, date: dt.date | None = None
) -> Looked:
    """The same before it is written. name: that of the files which its reader saves."""
    told = world_scene.columns(store, lang, standing=standing)
    counted = world_scene.counts(told)
    say = Speech(lang)
    date = date or dt.datetime.now(tz=dt.UTC).date()
    numbers = {key: say.number(number) for key, number in counted.items()}
    numbers["unplaced"] = say.number(counted["cities"] - counted["placed"])
    own = page_words("world", lang)
    data = told | {
        "title": clean(title),
        "name": name,
        "caption": " · ".join([str(own["credit"]), day(date, lang)]),
        "lang": "fa" if lang == "fa" else "en",
        "words": words(lang) | own,
    }
    values = {
        "title": clean(title),
        "summary": [str(own["summary"]).format(**numbers), day(date, lang)],
        "words": words(lang) | own,
        "notes": [str(text).format(**numbers) for text in own["notes"]],
        "sources": told["sources"],
    }
    return Looked("world", {each: template(each) for each in SCRIPTS}, data, lang, values)
