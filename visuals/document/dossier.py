"""The dossier of a city, alone or against others: what a mayor reads in a minute, and all that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.speech import Speech

from .appendix import Appendix
from .blocks import Block, Document, Note, Paragraph, Picture, Points, Sheet
from .parts import blocks
from .subject import Subject

MOST_CITIES = 5


def dossier(store: Store, cities: Sequence[str], lang: str, *, date: Date, author: str = "citydiplomacy") -> Document:
    """The dossier of one city, or of one against up to four others, by id.

    Raises UsageError for more, for a city against itself, and for one that the store does not have.
    """
    if len(set(cities)) < len(cities):
        twice = next(city for city in cities if list(cities).count(city) > 1)
        raise UsageError(f"{twice} is told against itself.", hint="Name different cities.")
    if not 1 <= len(cities) <= MOST_CITIES:
        raise UsageError(f"A dossier is of 1 to {MOST_CITIES} cities, not of {len(cities)}.")
    for city in cities:
        if not isinstance(store.get(city), City):
            raise UsageError(f"The store has no {city}.", hint="Ids look like city/mashhad.")
    say, appendix = Speech(lang), Appendix(store, lang)
    about = Subject(store, tuple(cities), lang)
    title = (
        say("City diplomacy of {city}", "دیپلماسی شهری {city}", city=about.names[0])
        if len(cities) == 1
        else say(
            "{city} beside {others}: city diplomacy",
            "{city} در کنار {others}: دیپلماسی شهری",
            city=about.names[0],
            others=say.names(about.names[1:]),
        )
    )
    made = [*blocks(about)]
    for block in made:
        for text in _texts(block):
            if isinstance(text, Phrase):
                appendix.add(text)
    return Document(
        title=str(title),
        subtitle=str(
            say(
                "As told by the sources of revision {revision} of these data, on {date}",
                "به گفتهٔ منبع‌های بازنگری {revision} این داده‌ها، در {date}",
                revision=say.number(store.manifest.revision),
                date=say.date(date),
            )
        ),
        lang=lang,
        author=author,
        date=date,
        revision=store.manifest.revision,
        blocks=made,
        entries=appendix.entries,
        references=appendix.references,
        numbers=appendix.numbers,
    )


def _texts(block: Block) -> Iterator[str]:
    """All texts of a block that can have marks, in order."""
    match block:
        case Paragraph() | Note():
            yield block.text
        case Points():
            yield from block.items
        case Picture():
            yield from block.svg.phrases
        case Sheet():
            for row in block.table.rows:
                yield from (cell for cell in row if isinstance(cell, Phrase))
            yield block.note
