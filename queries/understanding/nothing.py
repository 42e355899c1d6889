"""What is known where plain words ask for something of which an answer tells nothing: a checked no, or unknown."""

from __future__ import annotations

from collections.abc import Sequence

from citydiplomacy.graph.store.reader import Store

from ..city.membership_headlines import latest, latest_list, whole_lists
from ..library.question import Question
from ..wording.evidence import Label, Named
from ..wording.phrases import Phrase
from ..wording.rows import Rows, ask
from ..wording.speech import Speech
from .narrowing import WITH, Narrowing
from .telling import narrowed


def of_nothing(say: Speech, store: Store, asked: Question, about: Sequence[str], wanted: Sequence[Narrowing]) -> Phrase:
    """A sentence on an answer that is left without rows by what it was narrowed to.

    about: the records that the question was asked of. Of a city and a body it says whether absence is checked.
    """
    others = [each.value for each in wanted if each.by == WITH]
    ends = [*about, *others]
    cities, bodies = ([one for one in ends if one.startswith(f"{folder}/")] for folder in ("city", "organization"))
    if asked.ties == "tie-kind/membership" and len(cities) == 1 and len(bodies) == 1 and len(wanted) == len(others):
        return say.sentence(_absence(say, store, cities[0], bodies[0]))
    of = [_named(say, store, one) for one in about]
    return say.sentence(
        say(
            "“{question}” ({what}): nothing of this is told in these data. That is unknown, not none",
            "«{question}» ({what}): چیزی از این در این داده‌ها گفته نشده است. این نامعلوم است، نه هیچ",
            question=asked.title[say.lang],
            what=say("; ", "؛ ").joined([*map(say.said, of), *(narrowed(store, each, say.lang) for each in wanted)]),
        )
    )


def _absence(say: Speech, store: Store, city: str, body: str) -> Phrase:
    """Whether it is checked that a city is in a body, of which no place of it is told."""
    place, rosters = ask(store, "city-place", say.lang, city=city), ask(store, "rosters", say.lang)
    named = _named(say, store, body)
    whole = whole_lists(say, place, rosters, body)
    if whole:
        return say(
            "it is checked that {city} was not in {body}, as told by {source}",
            "نبود {city} در {body} بررسی شده است، به گفتهٔ {source}",
            city=_named(say, store, city),
            body=latest_list(say, place, rosters, named),
            source=_teller(say, store, latest(whole)),
        )
    if lists := rosters.where(organization=body):
        number = lists.distinct("roster")
        return say(
            "whether {city} is in {body} is not known: {number} of members of {body} in these data {do} not name "
            "{city} and {are} not known to be whole, the latest told by {source}",
            "عضویت یا نبود {city} در {body} دانسته نیست: {number} فهرست اعضای {body} در این داده‌ها {city} را نام "
            "نمی‌برد و کامل بودنش دانسته نیست، تازه‌ترین به گفتهٔ {source}",
            city=_named(say, store, city),
            body=named,
            number=say.counted(number, "list"),
            do="does" if number.value == 1 else "do",
            are="is" if number.value == 1 else "are",
            source=_teller(say, store, latest(lists)),
        )
    return say(
        "whether {city} is in {body} is not known: no source in these data names it as a member, and no list of "
        "members of {body} is among them",
        "عضویت یا نبود {city} در {body} دانسته نیست: هیچ منبعی در این داده‌ها آن را عضو نمی‌خواند و فهرستی از اعضای "
        "{body} میان آن‌ها نیست",
        city=_named(say, store, city),
        body=named,
    )


def _teller(say: Speech, store: Store, lists: Rows) -> Phrase:
    return say.quoted(_named(say, store, lists[0]["source"]))


def _named(say: Speech, store: Store, id_: str) -> Named:
    record = store.get(id_)
    return Named(record.label(say.lang) if record else id_, id_, Label(id_))
