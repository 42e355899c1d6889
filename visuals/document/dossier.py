"""The dossier of a city, alone or against others: what a mayor reads in a minute, and all that it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.wording import strengths
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.sections import MOST_CITIES
from citydiplomacy.queries.wording.speech import Speech

from .appendix import Appendix
from .blocks import Block, Document, Note, Paragraph, Picture, Points, Sheet
from .parts import blocks
from .subject import Subject


def dossier(
    store: Store,
    cities: Sequence[str],
    lang: str,
    *,
    date: Date,
    author: str = "citydiplomacy",
    without: Collection[str] = (),
) -> Document:
    """The dossier of one city, or of one against up to four others, by id.

    without: ids of networks and cities that who asks rules out, beside those kept with the store; a sentence names
    them.

    Raises UsageError for more, for a city against itself, and for one that the store does not have.
    """
    if len(set(cities)) < len(cities):
        twice = next(city for city in cities if list(cities).count(city) > 1)
        found = store.get(twice)
        named = found.label(lang) if found else twice
        raise UsageError(f"{named} is told against itself.", hint="Name different cities.")
    if not 1 <= len(cities) <= MOST_CITIES:
        raise UsageError(f"A dossier is of 1 to {MOST_CITIES} cities, not of {len(cities)}.")
    for city in cities:
        if not isinstance(store.get(city), City):
            raise UsageError(f"The store has no {city}.", hint="Ids look like city/mashhad.")
    say, appendix = Speech(lang), Appendix(store, lang)
    about = Subject(store, tuple(cities), lang, frozenset(without))
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
    begin = strengths.limits(say, store)
    made = [_limited(block, begin) for block in blocks(about)]
    for block in made:
        for text in _texts(block):
            if isinstance(text, Phrase):
                appendix.add(text)
    return Document(
        title=str(_begun(title, begin)),
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


def _limited(block: Block, begin: Phrase) -> Block:
    """A block each of whose texts begins as given, as those on a store that is seen at a date do."""
    match block:
        case Paragraph() | Note():
            return replace(block, text=_begun(block.text, begin))
        case Points():
            return replace(block, items=tuple(_begun(item, begin) for item in block.items))
        case Sheet():
            return replace(block, title=_begun(block.title, begin), note=_begun(block.note, begin))
        case Picture():
            return replace(block, alt=str(_begun(block.alt, begin)))
    return block


def _begun(text: str, begin: Phrase) -> Phrase:
    """A text with its beginning, unless it is empty or has that already."""
    return Phrase(text) if not text or text.startswith(begin) else Phrase(begin, text)


def _texts(block: Block) -> Iterator[str]:
    """All texts of a block that can have marks, in order."""
    match block:
        case Paragraph() | Note():
            yield block.text
        case Points():
            yield from block.items
        case Picture():
            yield from block.svg.phrases
            for row in block.table.rows if block.table else ():
                yield from (cell for cell in row if isinstance(cell, Phrase))
        case Sheet():
            for row in block.table.rows:
                yield from (cell for cell in row if isinstance(cell, Phrase))
            yield block.note
