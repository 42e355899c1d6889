"""Dumps of Wikidata's entities: one entity a line, between `[` and `]` or without them; gzip, bzip2 or plain.

A dump is read as a stream, and what is kept of it grows with its cities alone. Few lines are about cities, so a line is
taken apart only if it holds the number of a property or class that we look for.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.model.values import Date

from ..cells.cells import CellError, plain
from ..report import LoadReport, Progress
from . import values
from .dump_lines import entities, refuse
from .gathered import DATES, LANGUAGES, MEMBER, POPULATION, TWIN, Gathered, Item, Statement

_INSTANCE, _COUNTRY, _ENDED, _PLACE, _CODE, _URL, _STATED_IN = "P31", "P17", "P582", "P625", "P297", "P854", "P248"
_PROPERTIES = re.compile(rb'P(?:190|297)"')
_NUMBER = re.compile(rb'"id"\s*:\s*"(Q[0-9]+)"')
_NUMBERED = re.compile(r"[QPL][1-9][0-9]{0,11}")
_EARTH = "Q2"

Claims = dict[str, list[dict[str, Any]]]


@cache
def classes() -> dict[str, str]:
    """What counts as a city (classes.toml): items, and what each is."""
    text = (files(__package__) / "classes.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["classes"])


def gather(
    path: Path,
    into: Gathered,
    report: LoadReport,
    tell: Callable[[str], None] = lambda _: None,
    progress: Progress | None = None,
) -> None:
    """Take in a dump. Lines that cannot be read are refused and counted.

    It is read a second time for the names of bodies and twins that stand in lines that did not look like cities.

    tell: is told after every million lines. progress: is told how many bytes of the file were read. Raises
    InputError for a file that ends in the middle.
    """
    reading = _Reading(str(path), into, report)
    tally = report.of(str(path))
    for number, line in entities(path, report, progress):
        tally.read += 1
        if _matters(line):
            reading.take(number, line)
        if not number % 1_000_000:
            tell(f"{path}: {counted(number, 'line')}, {counted(len(into.cities), 'city', 'cities')}.")
    missing = {name.encode() for name in (into.cities | into.organizations) - into.items.keys()}
    if missing:
        for number, line in entities(path, LoadReport(), progress):
            name = _NUMBER.search(line, 0, 400)
            if name and name[1] in missing:
                missing.remove(name[1])
                reading.describe(number, line)
                if not missing:
                    break


def _matters(line: bytes) -> bool:
    """Whether a line may be about a city or a country; quick, and a no is never wrong.

    A pattern that begins with a rare letter is searched for at a gigabyte a second, one of many words at a twentieth of
    that; so in the compact form of Wikidata's own dumps the classes are looked for among the statements of P31 alone.
    """
    if _PROPERTIES.search(line):
        return True
    start = line.find(b'"P31":[{"mainsnak"')
    if start < 0:
        return b'"P31"' in line and bool(_classes().search(line))
    end = line.find(b'":[{"mainsnak"', start + 8)
    return bool(_classes().search(line, start, end if end >= 0 else len(line)))


@cache
def _classes() -> re.Pattern[bytes]:
    return re.compile(b'"(?:' + "|".join(classes()).encode() + b')"')


class _Reading:
    """The entities of one dump on their way into what is gathered."""

    def __init__(self, file: str, into: Gathered, report: LoadReport) -> None:
        self.file, self.into, self.report = file, into, report

    def take(self, line: int, text: bytes) -> None:
        """Take in a line's entity if it is a city, or a country with a code."""
        if (entity := self._parsed(line, text)) is not None:
            self._guarded(line, partial(self._take, line, entity))

    def describe(self, line: int, text: bytes) -> None:
        """Take in what a line's entity says of itself, whatever it is."""
        if (entity := self._parsed(line, text)) is not None:
            self._guarded(line, partial(self._describe, line, entity))

    def _parsed(self, line: int, text: bytes) -> dict[str, Any] | None:
        """A line as an entity; None if it is none, which has been counted."""
        try:
            entity = json.loads(text, parse_float=Decimal)
            if isinstance(entity, dict) and isinstance(entity.get("id"), str) and _NUMBERED.fullmatch(entity["id"]):
                return entity
            reason = "JSON that is no entity"
        except UnicodeDecodeError:
            reason = "a line that is not UTF-8"
        except (ValueError, RecursionError):
            reason = "a line that is not JSON"
        refuse(self.report, self.file, line, reason, text)
        return None

    def _take(self, line: int, entity: dict[str, Any]) -> None:
        item, claims = entity["id"], _claims(entity)
        for one in _standing(claims, _CODE):
            if isinstance(code := _value(one["mainsnak"]), str):
                self.into.codes[item] = code
        ties = [one for one in _standing(claims, TWIN, best=False) if _item(one["mainsnak"])]
        of_classes = (_item(one["mainsnak"]) for one in _standing(claims, _INSTANCE))
        if not ties and classes().keys().isdisjoint(filter(None, of_classes)):
            return
        tally = self.report.of(self.file)
        if item in self.into.heard:
            tally.merged += 1
        else:
            tally.made += 1
        self.into.cities.add(item)
        self.into.heard.add(item)
        self._describe(line, entity)
        for property in (TWIN, MEMBER, POPULATION):
            for one in claims.get(property, ()):
                self._guarded(line, partial(self._statement, item, property, one))

    def _describe(self, line: int, entity: dict[str, Any]) -> None:
        """Names, country and place."""
        held = self.into.items[entity["id"]]
        labels, aliases = (entity.get(key) or {} for key in ("labels", "aliases"))
        kept = [lang for lang in LANGUAGES if lang in labels] or sorted(labels)[:1]
        for lang in kept:
            self._guarded(line, partial(_named, held.name, labels[lang], lang.lower()))
        for lang in LANGUAGES:
            for alias in aliases.get(lang, ()):
                self._guarded(line, partial(_named, held.alias, alias, lang))
        claims = _claims(entity)
        for one in _standing(claims, _COUNTRY):
            if (country := _item(one["mainsnak"])) and not (one.get("qualifiers") or {}).get(_ENDED):
                held.countries.add(country)
        for one in _standing(claims, _PLACE):
            self._guarded(line, partial(self._place, held, one))

    def _guarded(self, line: int, take: Callable[[], object]) -> None:
        """Run a step; what it finds wrong is refused, and the rest of the entity is read."""
        try:
            take()
        except CellError as error:
            wrong = InputError(str(error), file=self.file, line=line, expected=error.expected, hint=error.hint)
            self.report.refuse(self.file, str(error), wrong)
        except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
            refuse(self.report, self.file, line, "a statement of another form", f"{type(error).__name__}: {error}")

    def _place(self, held: Item, one: dict[str, Any]) -> None:
        if (value := _value(one["mainsnak"])) is None:
            return
        if not str(value.get("globe", _EARTH)).endswith(f"/{_EARTH}") and "globe" in value:
            raise CellError("a place on another globe than the earth", expected="a place on the earth")
        held.places.add(values.place(Decimal(value["latitude"]), Decimal(value["longitude"])))

    def _statement(self, item: str, property: str, one: dict[str, Any]) -> None:
        value = _value(one["mainsnak"])
        if value is None:
            self.report.note(self.file, "a statement without a value, left out", f"{item} {property}")
            return
        told = values.people(str(value["amount"])) if property == POPULATION else values.item(value["id"])
        if property == TWIN and told == item:
            raise CellError("a city that is its own twin", expected="two cities")
        if one.get("rank") == "deprecated":
            self.report.note(self.file, "a deprecated statement, left out", f"{item} {property} {told}")
            return
        if isinstance(told, str):
            (self.into.cities if property == TWIN else self.into.organizations).add(told)
        qualifiers = one.get("qualifiers") or {}
        dates = {name: set(self._dates(item, qualifiers[name])) for name in DATES if name in qualifiers}
        self.into.add(
            Statement(plain(one["id"]), item, property, told, one.get("rank") == "preferred", dates, set(_cited(one)))
        )

    def _dates(self, item: str, snaks: Iterable[dict[str, Any]]) -> Iterator[Date]:
        for snak in snaks:
            if (value := _value(snak)) is not None:
                date = values.time(value["time"], value["precision"], value.get("calendarmodel", ""))
                if date:
                    yield date
                else:
                    self.report.note(
                        self.file, "a date that is not precise enough, left out", f"{item} {value['time']}"
                    )


def _named(take: Callable[[str, str], object], told: dict[str, Any], lang: str) -> None:
    take(told["value"], lang)


def _claims(entity: dict[str, Any]) -> Claims:
    found = entity.get("claims")
    return found if isinstance(found, dict) else {}  # nothing is [] there


def _standing(claims: Claims, property: str, *, best: bool = True) -> Collection[dict[str, Any]]:
    """The statements of a property that are not deprecated; of those only the preferred ones, if there are any."""
    found = [one for one in claims.get(property, ()) if one.get("rank") != "deprecated" and "mainsnak" in one]
    preferred = [one for one in found if one.get("rank") == "preferred"] if best else []
    return preferred or found


def _value(snak: dict[str, Any]) -> Any:
    """The value of a snak; None if it says that there is none, or some."""
    return snak["datavalue"]["value"] if snak.get("snaktype") == "value" else None


def _item(snak: dict[str, Any]) -> str | None:
    value = _value(snak)
    number = value.get("id") if isinstance(value, dict) else None
    return number if isinstance(number, str) and _NUMBERED.fullmatch(number) else None


def _cited(one: dict[str, Any]) -> Iterator[str]:
    for reference in one.get("references") or ():
        for snak in reference.get("snaks", {}).get(_URL, ()):
            if isinstance(address := _value(snak), str):
                yield plain(address)
        for snak in reference.get("snaks", {}).get(_STATED_IN, ()):
            if number := _item(snak):
                yield values.ENTITY + number
