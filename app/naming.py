"""Ids for the names that people write, and names for the ids that they read."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from .errors import UsageError
from .output import Lang, shown_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from citydiplomacy.graph.model.properties import Property
    from citydiplomacy.graph.model.values import Text
    from citydiplomacy.graph.store.lookup import Names
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.library.question import Question


def ids_of(names: Names, asked: Question, given: Mapping[str, object], lang: Lang) -> dict[str, object]:
    """The parameters of a question as it takes them: ids for records and for names in either language, labels in the
    chosen one.

    names: who knows the names, as a store does. Raises UsageError, with suggestions, for a name that is unknown or
    means several things.
    """
    from citydiplomacy.graph.model.schema import REGISTRY, Record
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.library.parameters import REFERENCES

    given = {name: value.id if isinstance(value, Record) else value for name, value in given.items()}
    values = dict(given)
    classes = {entry.folder: entry.name for entry in REGISTRY.values()}
    for parameter in asked.parameters:
        value = given.get(parameter.name)
        if parameter.type == "lang":
            values.setdefault(parameter.name, lang.value)
        elif parameter.type in REFERENCES and isinstance(value, str):
            wanted = [classes[folder] for folder in REFERENCES[parameter.type]]
            values[parameter.name] = lookup.find(names, value, *wanted, lang=lang)
        elif parameter.type == "integer" and isinstance(value, str):
            values[parameter.name] = _integer(parameter.name, value)
    return values


def _integer(name: str, text: str) -> int:
    from citydiplomacy.graph.language.text import ascii_digits

    try:
        return int(ascii_digits(text))
    except ValueError:
        raise UsageError(f"{name}: {text!r} is not a whole number.") from None


LANGUAGES = {
    "en": ("English", "انگلیسی"),
    "fa": ("Persian", "فارسی"),
    "fr": ("French", "فرانسوی"),
    "es": ("Spanish", "اسپانیایی"),
    "und": ("language not told", "زبان گفته نشده"),
}
"""What languages of texts are called; others go by their codes."""
NAMING = frozenset({"labels", "aliases"})
"""Properties whose texts say each something of its own; of others those in two languages say the same."""


def shown_texts(prop: Property, texts: tuple[Text, ...], lang: Lang) -> tuple[str, ...]:
    """Texts for a reader: those in his language, else the others, each with its language; of names all."""
    own = tuple(each for each in texts if each.lang == lang)
    return tuple(_with_language(each, lang) for each in (own if own and prop.name not in NAMING else texts))


def _with_language(text: Text, lang: Lang) -> str:
    if text.lang == lang:
        return text.value
    language = LANGUAGES[text.lang][lang is Lang.FA] if text.lang in LANGUAGES else text.lang
    return f"{text.value} ({language})"


def shown_names(store: Store, value: Any, lang: Lang) -> Any:
    """A property's value for people: names for ids, texts with their language where it is not the reader's."""
    from citydiplomacy.graph.model.values import Text

    match value:
        case Text():
            return _with_language(value, lang)
        case tuple():
            return tuple(shown_names(store, one, lang) for one in value)
        case str():
            return _name(store, value, lang)
        case _:
            return value


_ID = re.compile(r"[a-z][a-z-]*/[\w/.~+-]+")


def is_id(text: str) -> bool:
    """Whether a text has the form of the id of a record."""
    from citydiplomacy.graph.model.schema import by_folder

    return has_form_of_id(text) and by_folder(text) is not None


def has_form_of_id(text: str) -> bool:
    """Whether a text has the form of the id of a record or a concept."""
    return _ID.fullmatch(text) is not None


def holds_record(store: Store, record_id: str) -> bool:
    """Whether a store has a record of an id: a concept can stand in the folder of a class, as `openness/shut` does."""
    from citydiplomacy.graph.model.schema import by_folder
    from citydiplomacy.graph.store.once import once
    from citydiplomacy.ontology.schemes import schemes

    known = once(store, _known_records)
    if record_id in known:
        return True
    concepts = schemes().get(record_id.partition("/")[0], {})
    if by_folder(record_id) is None or record_id in concepts or not store.has(record_id):
        return False
    known.add(record_id)  # and none that is not there, of which addresses can name any number
    return True


def _known_records(_: Store) -> set[str]:
    """Ids of records that were asked for and are there: a page names the same source and country many times."""
    return set()


UNNAMED = frozenset({"tie", "roster", "interviewee"})


class IdNames:
    """Who knows what the ids of a store mean, in one language."""

    def __init__(self, store: Store, lang: Lang) -> None:
        from citydiplomacy.graph.model.schema import REGISTRY, Tie

        self.store, self._lang = store, lang
        self._known: dict[str, str] = {}
        self._read: Mapping[str, str] = {}
        self.unnamed = {entry.folder for entry in REGISTRY.values() if issubclass(entry.cls, Tie)} | UNNAMED
        """Columns that hold things without names of their own, each of which its row tells of."""

    def of(self, id_: str) -> str:
        """The name of a record, concept or property; of a tie what it ties; the id where nothing is known of it."""
        if id_ in self._read:
            return self._read[id_]
        if id_ not in self._known:
            self._known[id_] = self._find(id_)
        return self._known[id_]

    def own(self, id_: str) -> str:
        """The name of a record that was read at once with others, or that has one; else empty."""
        if id_ in self._read:
            return self._read[id_]
        record = self.store.get(id_)
        return record.label(self._lang) if record and record.labels else ""

    def read(self, id_: str) -> str:
        """The name of a record that was read at once with others; else empty."""
        return self._read.get(id_, "")

    def know(self, names: Mapping[str, str]) -> None:
        """Take names that were read at once: id -> name in the language."""
        self._read = names

    def _find(self, id_: str) -> str:
        name = _name(self.store, id_, self._lang)
        if name != id_:
            return name
        if "/" not in id_:
            return property_label(id_.partition(":")[2], self._lang) or id_
        from citydiplomacy.queries.reports.difference import title

        record = self.store.get(id_)
        return title(self.store, record, self._lang) if record else id_


def property_label(local: str, lang: str) -> str:
    """What a property is called, by the local name of its term; empty for none of ours."""
    prop = _properties().get(local)
    return prop.label(lang) if prop else ""


def statement(text: str, lang: str) -> str:
    """What a source says of a property, `attested: 2016-09`, in words: its name, numbers and dates as such."""
    from citydiplomacy.graph.language.dates import from_edtf
    from citydiplomacy.graph.model.properties import Kind
    from citydiplomacy.graph.model.table_cells import wording_title

    local, colon, value = text.partition(": ")
    name = local.removesuffix("_original")
    prop = _properties().get(name)
    if not (prop and colon):
        return text
    if name != local:
        return f"{wording_title(prop, lang)}: {value}"
    readers: Mapping[Kind, Callable[[str], Any]] = {Kind.DATE: from_edtf, Kind.DECIMAL: Decimal, Kind.INTEGER: int}
    read = readers.get(prop.kind, str)
    return f"{prop.label(lang)}: {shown_value(read(value), Lang(lang))}"


@cache
def _properties() -> Mapping[str, Property]:
    """Properties by the local names of their terms."""
    from citydiplomacy.graph.model.schema import REGISTRY

    found = (prop for entry in REGISTRY.values() for prop in entry.properties)
    return {re.split("[/#]", prop.predicate)[-1]: prop for prop in found}


def _name(store: Store, text: str, lang: Lang) -> str:
    from citydiplomacy.graph.model.ids import fault
    from citydiplomacy.ontology.schemes import schemes

    concept = schemes().get(text.partition("/")[0], {}).get(text)
    if concept:
        return concept.label(lang.value)
    return store.name(text, lang.value) if "/" in text and not fault(text) else text
