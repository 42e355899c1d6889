"""The merged view: each record once, from all sources that tell it, by one rule.

Of a single-valued property the best claim stands: by the source's reliability, then the later claim, then how many
voices agree, then the source's id. A claim that cannot be reconciled with it makes the property disputed; a date that
says the same less precisely can. Many-valued properties are united. A name that does not stand becomes another name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..model.schema import Kind, Merge, Property, Record
from ..model.values import Date, Text


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of a record."""

    source: str
    voice: str
    """Whose voice the source is (`sources.voice`)."""
    reliability: int
    date: dt.date | None
    """The last day that the source's date can mean."""
    record: Record
    corrects: bool = False
    """Whether the source corrects what others tell, and so is no further voice for it."""

    def said_on(self) -> dt.date:
        """The day of the claim: when the source saw the thing, else the source's own date, else before all others."""
        attested = getattr(self.record, "attested", None)
        return (attested.latest if attested else None) or self.date or dt.date.min


@dataclass(frozen=True, slots=True)
class Merged:
    """A record of the merged view, the sources that tell it, how many voices these are, and on what they differ."""

    record: Record
    sources: tuple[str, ...]
    voices: int
    disputed: tuple[str, ...]


def merge(claims: Sequence[Claim]) -> Merged:
    """Merge what one or more sources say of one record."""
    sources = tuple(sorted({claim.source for claim in claims}))
    voices = len({claim.voice for claim in claims if not claim.corrects} or {claim.voice for claim in claims})
    if len(claims) == 1:
        return Merged(_without_source_details(claims[0].record), sources, voices, ())
    ordered = sorted(claims, key=lambda claim: claim.source)
    schema = ordered[0].record.schema
    values: dict[str, Any] = {}
    disputed: list[str] = []
    for prop in sorted(schema.properties, key=lambda prop: prop.merge is Merge.LATEST):
        if prop.merge is Merge.SOURCE:
            continue
        told = [
            (claim, value)
            for claim in ordered
            if (value := getattr(claim.record, prop.name)) is not None and value != ()
        ]
        if not told:
            continue
        if prop.merge is Merge.UNION:
            values[prop.name] = tuple(sorted({item for _, several in told for item in several}))
        elif prop.merge is Merge.LATEST:
            values[prop.name] = max((date for _, date in _of_status(told, values.get("status"))), key=_last_day)
        elif prop.kind is Kind.TEXT:
            values[prop.name] = _best_texts(told)
        else:
            values[prop.name] = best = _best(told)
            if any(not _reconciles(prop, best, value) for _, value in told):
                disputed.append(prop.name)
    names = {name for claim in ordered for name in claim.record.labels} - set(values.get("labels", ()))
    if names:
        values["aliases"] = tuple(sorted({*values.get("aliases", ()), *names}))
    return Merged(schema.cls(id=ordered[0].record.id, **values), sources, voices, tuple(disputed))


def _without_source_details(record: Record) -> Record:
    kept = {
        prop.name: getattr(record, prop.name) for prop in record.schema.properties if prop.merge is not Merge.SOURCE
    }
    return record.schema.cls(id=record.id, **kept)


def _best(told: Iterable[tuple[Claim, Any]]) -> Any:
    support: dict[Any, list[Claim]] = {}
    for claim, value in told:
        support.setdefault(_same(value), []).append(claim)
    values = {_same(value): value for _, value in reversed(list(told))}

    def weight(key: Any) -> tuple[int, dt.date, int]:
        claims = support[key]
        reliability = max(claim.reliability for claim in claims)
        said = max(claim.said_on() for claim in claims if claim.reliability == reliability)
        return reliability, said, len({claim.voice for claim in claims})

    # `support` is in the order of source ids, and max takes the first of equals: the id decides last.
    return values[max(support, key=weight)]


def _same(value: Any) -> Any:
    """Values that count as agreeing: a date by what it means, not by how it was written."""
    return value.edtf if isinstance(value, Date) else value


def _of_status(told: list[tuple[Claim, Date]], status: str | None) -> list[tuple[Claim, Date]]:
    """The claims that tell the status that stands: a plan seen in 2025 does not say that the tie was seen in 2025."""
    return [(claim, date) for claim, date in told if getattr(claim.record, "status", None) == status] or told


def _last_day(date: Date) -> tuple[dt.date, str]:
    return date.latest or dt.date.max, date.edtf


def _best_texts(told: list[tuple[Claim, tuple[Text, ...]]]) -> tuple[Text, ...]:
    by_lang: dict[str, list[tuple[Claim, Text]]] = {}
    for claim, texts in told:
        for text in texts:
            by_lang.setdefault(text.lang, []).append((claim, text))
    return tuple(sorted(_best(by_lang[lang]) for lang in by_lang))


_RECONCILES: dict[Kind, Callable[[Any, Any], bool]] = {
    Kind.DATE: lambda best, other: best.contains(other) or other.contains(best),
}


def _reconciles(prop: Property, best: Any, other: Any) -> bool:
    if prop.rule.near is not None:
        return bool(abs(best - other) <= prop.rule.near)
    return _RECONCILES.get(prop.kind, lambda a, b: bool(a == b))(best, other)
