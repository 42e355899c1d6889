"""What was understood, said to whoever asked: the question, its values, what words were taken for, what is left."""

from __future__ import annotations

from collections.abc import Iterator

from citydiplomacy.graph.language.date_words import at_date, format_date, is_between
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.schemes import schemes

from ..wording.speech import Speech
from . import narrowing
from .narrowing import Narrowing
from .search import TITLES
from .understand import Understanding
from .vocabulary import DAY, parameters, question_of

_BY = {
    narrowing.IN: {"en": "in", "fa": "در"},
    narrowing.WITH: {"en": "with", "fa": "با"},
    "role": {"en": "role", "fa": "نقش"},
    "status": {"en": "status", "fa": "وضعیت"},
    "measure": {"en": "measure", "fa": "سنجه"},
    "axis": {"en": "axis", "fa": "محور"},
    "barrier-category": {"en": "category", "fa": "مقوله"},
    "dimension": {"en": "dimension", "fa": "بُعد"},
}
_BEGUN = {"en": "begun", "fa": "آغازشده"}
_WHEN = {
    narrowing.SINCE: {"en": "since", "fa": "از"},
    narrowing.BEFORE: {"en": "before", "fa": "پیش از"},
    narrowing.DURING: {"en": "in", "fa": "در"},
}
_KIND = {"en": "kind", "fa": "گونه"}
_FORMS = {
    "dossier": {"en": "to be had as a dossier", "fa": "که به صورت پرونده هم هست"},
    "map": {"en": "to be had on a map", "fa": "که روی نقشه هم هست"},
    "network": {"en": "to be had as the drawing of a network", "fa": "که به صورت تصویر شبکه هم هست"},
}
_ALONE = {
    narrowing.STANDING: {"en": "standing", "fa": "برقرار"},
    narrowing.OLDEST: {
        "en": "in order of beginning, the oldest first",
        "fa": "به ترتیب آغاز، قدیمی‌ترین نخست",
    },
    narrowing.NEWEST: {"en": "in order of beginning, the newest first", "fa": "به ترتیب آغاز، تازه‌ترین نخست"},
}
_OF_REPORTS = {
    "record": {"en": "What", "fa": "چه"},
    "city": {"en": "The city", "fa": "شهر"},
    "other": {"en": "The other city", "fa": "شهر دیگر"},
    "more": {"en": "Also", "fa": "و نیز"},
    "cities": {"en": "The cities", "fa": "شهرها"},
    "measure": {"en": "The measure", "fa": "سنجه"},
}
_SHOW = {"en": "What is known of one thing", "fa": "آنچه از یک چیز دانسته است"}


def title(asked: str, lang: str) -> str:
    """What a question or report is called."""
    question = question_of(asked)
    return question.title[lang] if question else TITLES.get(asked, _SHOW)[lang]


def told(store: Store, meant: Understanding, lang: str) -> list[str]:
    """Sentences that say what was understood, each true alone."""
    say = Speech(lang)
    said: list[str] = []
    if meant.asked:
        semicolon = {"en": "; ", "fa": "؛ "}[lang]
        parts = semicolon.join([title(meant.asked, lang), *_values(store, meant, lang)])
        said.append(say("Understood: {what}.", "چنین فهمیده شد: {what}.", what=parts))
    for typed, taken in meant.taken:
        said.append(
            say(
                "“{typed}” was taken for {taken}.",
                "«{typed}» به معنای {taken} گرفته شد.",
                typed=typed,
                taken=_name(store, taken, lang),
            )
        )
    for parameter, others in meant.others.items():
        chosen = meant.values[parameter]
        assert isinstance(chosen, str)
        also = {"en": ", ", "fa": "، "}[lang].join(f"{_placed(store, each, lang)} ({each})" for each in others[:5])
        said.append(
            say(
                "Several have this name, and the one with most ties was taken, {chosen}; also there: {also}.",
                "چند چیز این نام را دارند و آن که پیوند بیشتری دارد گرفته شد، {chosen}؛ دیگران: {also}.",
                chosen=_placed(store, chosen, lang),
                also=also,
            )
        )
    if meant.missing:
        lacking = {"en": ", ", "fa": "، "}[lang].join(_parameter(meant.asked, each, lang) for each in meant.missing)
        said.append(say("Not told: {lacking}.", "گفته نشده: {lacking}.", lacking=lacking))
    if meant.left:
        left = {"en": ", ", "fa": "، "}[lang].join(meant.left)
        said.append(say("Not understood, or not taken up: {left}.", "فهمیده نشد یا به کار نیامد: {left}.", left=left))
    if meant.denied:
        said.append(say("So nothing is answered.", "پس پاسخی داده نمی‌شود."))
    return said


def _values(store: Store, meant: Understanding, lang: str) -> Iterator[str]:
    for name, value in meant.values.items():
        listed = (value,) if isinstance(value, str) else value
        of_day = parameters(meant.asked)[name].type == DAY
        names = [format_date(from_edtf(each), lang) if of_day else _placed(store, each, lang) for each in listed]
        yield f"{_parameter(meant.asked, name, lang)}: {({'en': ', ', 'fa': '، '}[lang]).join(names)}"
    for each in meant.narrowed:
        yield narrowed(store, each, lang)
    if meant.at:
        yield at_date(meant.at, lang)
    yield from (_FORMS[form][lang] for form in meant.forms)


def narrowed(store: Store, wanted: Narrowing, lang: str) -> str:
    """What an answer is narrowed to: `in Pakistan`, `standing`."""
    if wanted.by in _ALONE:
        return _ALONE[wanted.by][lang]
    if wanted.by in narrowing.TIMES:
        return f"{_BEGUN[lang]} {_time(wanted, lang)}"
    colon = ":" if wanted.by not in narrowing.RECORDS else ""
    return f"{_BY.get(wanted.by, _KIND)[lang]}{colon} {_name(store, wanted.value, lang)}"


def _time(wanted: Narrowing, lang: str) -> str:
    """When ties began, after `begun`: `since` and `before` are of the first day of a stretch."""
    date = from_edtf(wanted.value)
    between = is_between(date, lang)
    if between and wanted.by != narrowing.DURING:
        date = from_edtf(wanted.value.partition("/")[0])
    word = "" if between and wanted.by == narrowing.DURING else f"{_WHEN[wanted.by][lang]} "
    return f"{word}{format_date(date, lang)}"


def _parameter(asked: str, name: str, lang: str) -> str:
    question = question_of(asked)
    return question.by_name[name].description[lang] if question else _OF_REPORTS[name][lang]


def _placed(store: Store, id_: str, lang: str) -> str:
    """A name, and the country where it is a city's."""
    country = store.country(id_) if id_.startswith("city/") else ""
    comma = {"en": ", ", "fa": "، "}[lang]
    return f"{_name(store, id_, lang)}{comma}{_name(store, country, lang)}" if country else _name(store, id_, lang)


def _name(store: Store, id_: str, lang: str) -> str:
    """The name of a record, concept or measure of influence; what is none of these stands as it is."""
    if "/" not in id_:
        from ..measures.influence import MEASURES

        if id_ in MEASURES:
            return MEASURES[id_].title(lang)
    if concept := schemes().get(id_.partition("/")[0], {}).get(id_):
        return concept.label(lang)
    return store.name(id_, lang) if "/" in id_ else id_
