"""One search over all that has a name: records by any of their names, questions and reports by their titles.

Both scripts, folded; at each letter typed; a letter amiss (two in long words) is put up with. Hits come by how well
they fit, then by what they are, then by how many ties they have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.store import lookup
from citydiplomacy.graph.store.reader import Store

from ..library import catalogue
from .names import Name, all_names, name_index
from .words import joined, tolerance, words

QUESTION, REPORT = "question", "report"
LONGEST = 200
"""Letters that are looked for; the longest names have fewer."""
TITLES = {
    "compare": {"en": "Compare cities", "fa": "مقایسهٔ شهرها"},
    "gaps": {"en": "Needs and gaps of a city", "fa": "نیازها و شکاف‌های یک شهر"},
    "recommend": {"en": "Whom a city might turn to", "fa": "شهر به که روی آورد"},
    "influence": {"en": "Influence of cities", "fa": "نفوذ شهرها"},
    "co-members": {"en": "Cities in the same organisations", "fa": "شهرهای هم‌عضو"},
}
"""What reports are called, by name and language."""
_KINDS = (
    "city",
    "organization",
    "country",
    QUESTION,
    REPORT,
    "region",
    "need",
    "theme",
    "barrier",
    "activity",
    "study",
)
"""Of hits that fit alike, what comes first; all else comes last."""
_EXACT, _BEGINS, _WORDS, _NEAR, _NEARLY_BEGINS = range(5)
"""How a name fits: it is what was typed, begins with it, its words begin with those typed; or so but for a letter."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found."""

    kind: str
    """The folder of its class (`city`), `question` or `report`."""
    id: str
    """Of a record, or the name of a question or report."""
    name: str
    """What it is called in the language asked."""
    matched: str
    """The name that fits what was typed, if it is another one; else empty."""
    within: str
    """The country of what lies in one, in the language asked; else empty."""
    exact: bool
    """Whether this is its name, spelling aside."""


def search(store: Store, text: str, lang: str = "en", limit: int = 10) -> list[Hit]:
    """What a person may be typing the name of, best first: at most `limit` hits, each thing once."""
    text = text[:LONGEST]
    key = fold(text)
    if not key:
        return []
    ties = name_index(store).ties
    typed = {word.key for word in words(text)}
    best: dict[str, tuple[tuple[int, bool, int, int, int, str], Name]] = {}
    for fit, name in [*_by_id(store, text), *_fitting(text, key, [*all_names(store).names, *titles()])]:
        kind = name.id.partition("/")[0]
        order = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
        if fit == _BEGINS:
            order //= 3  # few letters: the better known, whether a city, a body or a country
        partly = not typed <= set(name.begins.split())
        rank = (fit, partly, order, -ties.get(name.id, 0), len(name.key), name.id)
        if name.id not in best or rank < best[name.id][0]:
            best[name.id] = (rank, name)
    found = sorted(best.values(), key=lambda ranked: ranked[0])[:limit]
    return [_hit(store, name, lang, exact=rank[0] == _EXACT) for rank, name in found]


def _fitting(text: str, key: str, names: Sequence[Name]) -> Iterator[tuple[int, Name]]:
    """The names that fit, and how."""
    typed = [word for word in words(text) if word.key != ","]
    begun, stems = [f" {word.key}" for word in typed], [f" {word.stem}" for word in typed]
    bare = joined(typed)
    for name in names:
        if name.key.startswith((key, bare)) if bare else name.key.startswith(key):
            yield (_EXACT if name.key == key else _BEGINS), name
        elif all(word in name.begins for word in begun) or all(word in name.begins for word in stems):
            yield _WORDS, name
    if allowed := tolerance(key):
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for fit, keys in (
            (_NEAR, [name.key for name in names]),
            (_NEARLY_BEGINS, [name.key[: len(key)] for name in names]),
        ):
            near = process.extract_iter(key, keys, scorer=OSA.distance, score_cutoff=allowed)
            yield from ((fit, names[index]) for _, distance, index in near if distance)


def _by_id(store: Store, text: str) -> Iterable[tuple[int, Name]]:
    """What is meant by an id, a Wikidata item or an address elsewhere."""
    if not any(letter in text for letter in "/0123456789"):
        return
    try:
        record_id = lookup.find(store, text)
    except UsageError:
        return
    yield _EXACT, Name(record_id, store.name(record_id), fold(text), "")


@cache
def titles() -> tuple[Name, ...]:
    """Questions and reports by their titles in both languages, and by the names that the command knows them by."""
    titled = [(f"{QUESTION}/{each.name}", title) for each in catalogue.questions() for title in each.title.values()]
    titled += [(f"{QUESTION}/{name}", name.replace("-", " ")) for name in catalogue.names()]
    titled += [(f"{REPORT}/{name}", title) for name in TITLES for title in TITLES[name].values()]
    return tuple(
        Name(id_, title, fold(title), "".join(f" {word.key}" for word in words(title))) for id_, title in titled
    )


def _hit(store: Store, name: Name, lang: str, *, exact: bool) -> Hit:
    kind, _, rest = name.id.partition("/")
    if kind in (QUESTION, REPORT):
        own = (catalogue.question(rest).title if kind == QUESTION else TITLES[rest])[lang]
        return Hit(kind, rest, own, name.text if name.text != own else "", "", exact)
    record = store.get(name.id)
    own = record.label(lang) if record else name.id
    country = store.get(store.country(name.id)) if kind in ("city", "region") else None
    return Hit(kind, name.id, own, name.text if name.text != own else "", country.label(lang) if country else "", exact)
