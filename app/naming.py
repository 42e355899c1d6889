"""Ids for the names that people write, and names for the ids that they read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import UsageError
from .output import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citydiplomacy.graph.store.lookup import Names
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.library.question import Question


def ids_of(names: Names, asked: Question, given: Mapping[str, object], lang: Lang) -> dict[str, object]:
    """The parameters of a question as it takes them: ids for names in either language, labels in the chosen one.

    names: who knows the names, as a store does. Raises UsageError, with suggestions, for a name that is unknown or
    means several things.
    """
    from citydiplomacy.graph.model.schema import REGISTRY
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.library.parameters import REFERENCES

    values = dict(given)
    classes = {entry.folder: entry.name for entry in REGISTRY.values()}
    for parameter in asked.parameters:
        value = given.get(parameter.name)
        if parameter.type == "lang":
            values.setdefault(parameter.name, lang.value)
        elif parameter.type in REFERENCES and isinstance(value, str):
            wanted = [classes[folder] for folder in REFERENCES[parameter.type]]
            values[parameter.name] = lookup.find(names, value, *wanted)
        elif parameter.type == "integer" and isinstance(value, str):
            values[parameter.name] = _integer(parameter.name, value)
    return values


def _integer(name: str, text: str) -> int:
    from citydiplomacy.graph.language.text import ascii_digits

    try:
        return int(ascii_digits(text))
    except ValueError:
        raise UsageError(f"{name}: {text!r} is not a whole number.") from None


def shown_names(store: Store, value: Any, lang: Lang) -> Any:
    """A property's value for people: names for ids, texts in their language."""
    from citydiplomacy.graph.model.values import Text

    match value:
        case Text():
            return f"{value.value} ({value.lang})"
        case tuple():
            return tuple(shown_names(store, one, lang) for one in value)
        case str():
            return _name(store, value, lang)
        case _:
            return value


def _name(store: Store, text: str, lang: Lang) -> str:
    from citydiplomacy.ontology.schemes import schemes

    concept = schemes().get(text.partition("/")[0], {}).get(text)
    if concept:
        return concept.label(lang.value)
    record = store.get(text) if "/" in text and "://" not in text else None
    return record.label(lang.value) if record else text
