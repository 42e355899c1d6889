"""Records of every class for Hypothesis, made from the declaration."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model import checks
from citydiplomacy.graph.model.records import LANDS
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Property, Record, RecordClass
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.ontology.schemes import schemes

LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
WORDS = st.text(LETTERS, min_size=1, max_size=12)
LANGS = ("en", "fa", "de", "und")
NAMES = st.from_regex(r"[a-zé۰-۹مشهد][a-zé0-9ممشهد-]{0,8}", fullmatch=True)


def texts(prop: Property) -> st.SearchStrategy[tuple[Text, ...]]:
    """Texts of a property, sorted; one a language unless it is many-valued."""
    text = st.builds(Text, WORDS, st.sampled_from(LANGS))
    unique = None if prop.many else lambda each: each.lang
    return st.lists(text, max_size=4, unique_by=unique or (lambda each: each)).map(lambda some: tuple(sorted(some)))


def dates() -> st.SearchStrategy[Date]:
    """Dates of several forms, with the source's wording or without."""
    plain = st.one_of(
        st.integers(1, 9998).map(lambda number: f"{number:04}"),
        st.dates().map(str),
        st.integers(1000, 9998).map(lambda number: f"{number}/.."),
        st.dates().map(lambda day: f"/{day}"),
    )
    return st.tuples(plain.map(from_edtf), st.one_of(st.just(""), WORDS)).map(
        lambda pair: Date(pair[0].edtf, pair[0].earliest, pair[0].latest, pair[1])
    )


def one(prop: Property, entry: RecordClass) -> st.SearchStrategy[Any]:
    """One value of a property."""
    match prop.kind:
        case Kind.STRING:
            return st.from_regex(prop.rule.pattern, fullmatch=True) if prop.rule.pattern else WORDS
        case Kind.INTEGER:
            return st.integers(prop.rule.least, prop.rule.most or 10**17)
        case Kind.DECIMAL:
            least, most = (10**9 if limit is None else limit for limit in (prop.rule.least, prop.rule.most))
            return st.decimals(-abs(least), most, places=3).map(lambda number: Decimal(str(number)))
        case Kind.DATE:
            return dates()
        case Kind.IRI:
            return NAMES.map(lambda name: f"https://example.org/{name}?q=1#{name}")
        case Kind.REFERENCE:
            if prop.rule == LANDS:
                return st.builds("{}/{}".format, st.sampled_from(["country", "world-region"]), NAMES)
            classes = REGISTRY if prop.range == ("*",) else prop.range
            folders = st.sampled_from([REGISTRY[name].folder for name in classes])
            return st.builds("{}/{}".format, folders, NAMES)
        case Kind.CONCEPT:
            return st.sampled_from(list(schemes()[prop.range[0]]))
        case _:
            assert prop.kind is Kind.TERM, (prop, entry)
            return st.sampled_from(prop.range)


def value(prop: Property, entry: RecordClass) -> st.SearchStrategy[Any]:
    """A value of a property; none too, if it need not have any."""
    if prop.kind is Kind.TEXT:
        return texts(prop)
    if prop.many:
        several = st.lists(one(prop, entry), min_size=prop.rule.several, max_size=3, unique=True)
        values = several.map(lambda some: tuple(sorted(some)))
        return values if prop.required else st.one_of(st.just(()), values)
    return one(prop, entry) if prop.required else st.one_of(st.none(), one(prop, entry))


def records(entry: RecordClass) -> st.SearchStrategy[Record]:
    """Records of a class, as they may be: any of their properties known or unknown, unless they must have it."""
    values = {prop.name: value(prop, entry) for prop in entry.properties}
    made = st.builds(entry.cls, id=NAMES.map(lambda name: f"{entry.folder}/{name}"), **values)
    return made.filter(lambda record: not any(checks.problems(record)))
