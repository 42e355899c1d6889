"""Values of properties for people: names for ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .output import Lang

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store


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
