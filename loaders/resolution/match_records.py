"""What was found when loading, as match records with their reasons in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from citydiplomacy.graph.language.text import persian_digits
from citydiplomacy.graph.model.ids import last, tail
from citydiplomacy.graph.model.records import Match, Source
from citydiplomacy.graph.model.values import Text

from .decisions import BY_RESOLUTION, SAME, UNSURE
from .matching import Matching
from .scoring import PRIOR, Score


def match_id(one: str, other: str) -> str:
    """The id of a match, by the ids that it is about."""
    return f"match/{'--'.join(sorted((tail(one), tail(other))))}"


def declared_match(one: str, name: str, address: str) -> Match:
    """Two ids bear one number elsewhere."""
    reason = (Text(f"the same thing elsewhere: {address}", "en"), Text(f"همان چیز در جای دیگر: {address}", "fa"))
    return _match(one, name, SAME, None, reason)


def name_match(one: str, name: str, verdict: str, weight: float, words: tuple[str, str]) -> Match:
    """An organisation has a name of a known one. words: how they agree, in English and Persian."""
    reason = (Text(words[0], "en"), Text(persian_digits(words[1]), "fa"))
    return _match(one, name, verdict, Score(weight, ()), reason)


def of_matching(matching: Matching) -> Iterator[tuple[str, Match]]:
    """Cities found to be one, under the id as read; and those that wait, under both ids."""
    for one, (name, scored) in matching.same.items():
        yield one, _match(one, name, SAME, scored)
    for (one, other), scored in matching.waiting.items():
        yield f"{one} {other}", _match(one, other, UNSURE, scored)


def resolution_of(collection: str, source: Source | None) -> Source:
    """The source of the matches that were made when a collection was loaded."""
    named = {lang: source.label(lang) if source else collection for lang in ("en", "fa")}
    return Source(
        id=BY_RESOLUTION + last(collection),
        kind="evidence-kind/computed",
        labels=(Text(f"Matches of: {named['en']}", "en"), Text(f"همسانی‌های: {named['fa']}", "fa")),
        collection=collection,
    )


def _match(one: str, other: str, verdict: str, scored: Score | None, reason: tuple[Text, ...] = ()) -> Match:
    return Match(
        id=match_id(one, other),
        one=one,
        other=other,
        verdict=verdict,
        weight=Decimal(str(round(scored.weight, 1))) if scored else None,
        reason=reason or tuple(Text(in_words(scored, lang), lang) for lang in ("en", "fa")) if scored else reason,
        concerns=(one,),
    )


def in_words(scored: Score, lang: str) -> str:
    """The reasons of a score and their weights, in English or Persian."""
    said = [(reason.text(lang), reason.weight) for reason in scored.reasons]
    said.append(({"en": "the odds of any two places", "fa": "بخت هر دو جای دلخواه"}[lang], PRIOR))
    if lang == "en":
        return "; ".join(f"{text} ({weight:+.4g})" for text, weight in said)
    return persian_digits("؛ ".join(f"{text} ({f'{weight:+.4g}'.replace('.', '٫')})" for text, weight in said))
