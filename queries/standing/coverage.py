"""Whose ties a store's sources set out to collect. Of other cities only the ties with these are known.

The one rule: a city is covered for a kind of tie by the sources that set out to collect that kind, or a wider one, of
all cities, of the city's country, or of the city by name. Where no source of a store says so of a kind, nobody knows
which cities are covered, and none is told as left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select, told_values

from ..library.questions import Answer, denominator
from ..wording.evidence import Label, Named
from ..wording.phrases import Phrase, in_brief
from ..wording.speech import Speech

SISTER_CITIES, MEMBERSHIPS, AGREEMENTS = "tie-kind/sister-city", "tie-kind/membership", "tie-kind/agreement"


@frozen
class Coverage(Frozen):
    """Who set out to collect the ties of one kind, of which cities."""

    everywhere: frozenset[str] = frozenset()
    """Sources that did of all cities."""
    of_city: Mapping[str, frozenset[str]] | None = None
    """Those that did of some, by city; None if no source says anything of this kind."""

    def sources(self, city: str) -> frozenset[str]:
        """The sources that cover a city."""
        return self.everywhere | (self.of_city or {}).get(city, frozenset())

    def knows(self, city: str) -> bool:
        """Whether a city is covered, or nobody says which are."""
        return self.of_city is None or bool(self.sources(city))

    def among(self, values: Mapping[str, float | None]) -> Mapping[str, float | None]:
        """The values of the cities that can be ranked: whose ties are as well known as each other's."""
        if self.of_city is None or self.everywhere:
            return values
        return {city: value for city, value in values.items() if city in self.of_city}


NOBODY_SAYS = Coverage()


def named(store: Store, city: str, lang: str) -> Named:
    """The name of a city as a mark, whatever is told of it."""
    return Named(in_brief(store.name(city, lang)), city, Label(city))


def coverage(store: Store, kind: str) -> Coverage:
    """The coverage of a kind of tie (`tie-kind/...`) in a store."""
    return once(store, _by_kind).get(kind, NOBODY_SAYS)


def uncollected(store: Store, city: str, kinds: Collection[str] = (SISTER_CITIES, MEMBERSHIPS)) -> frozenset[str]:
    """Of some kinds of ties of a city those that nobody set out to collect, though somebody did of others."""
    return frozenset(kind for kind in kinds if not coverage(store, kind).knows(city))


def caveats(say: Speech, city: Named, kinds: Collection[str]) -> list[Phrase]:
    """A clause for sister cities and for memberships of a city, if nobody set out to collect them."""
    told = {
        SISTER_CITIES: say(
            "no source in these data set out to collect the sister cities of {city}: only those told of other "
            "cities are known",
            "هیچ منبعی در این داده‌ها در پی خواهرخوانده‌های {city} نبوده است: تنها آنچه دربارهٔ شهرهای دیگر گفته "
            "شده در دست است",
            city=city,
        ),
        MEMBERSHIPS: say(
            "no source in these data set out to collect the memberships of {city}: only those in lists of members, "
            "or told of other cities, are known",
            "هیچ منبعی در این داده‌ها در پی عضویت‌های {city} نبوده است: تنها آنچه در فهرست‌های اعضا یا دربارهٔ "
            "شهرهای دیگر آمده در دست است",
            city=city,
        ),
    }
    return [clause for kind, clause in told.items() if kind in kinds]


def _speech(store: Store, lang: str) -> Speech:
    from ..wording.namesakes import speech  # which an answer without a note does without

    return speech(store, lang)


def of_city(say: Speech, store: Store, city: str) -> list[Phrase]:
    """A sentence for each kind of its ties that nobody set out to collect."""
    kinds = uncollected(store, city)
    if not kinds:
        return []
    say = _speech(store, say.lang)
    return [say.sentence(clause) for clause in caveats(say, named(store, city, say.lang), kinds)]


def notes(say: Speech, store: Store, asked: Answer, values: Mapping[str, object]) -> list[Phrase]:
    """Sentences on the cities of which an answer tells less than there is, since nobody collected their ties.

    values: those of the question's parameters. Of a question that is asked of no city, those that it lists are meant.
    """
    kind = asked.question.ties
    about = [str(values[each.name]) for each in asked.question.parameters if each.type == "city"]
    if untold(store, asked, values):
        say = _speech(store, say.lang)
        clauses = [
            say(
                "“{question}”: nothing of this is told of {city} in these data. That is unknown, not none",
                "«{question}»: چیزی از این دربارهٔ {city} در این داده‌ها گفته نشده است. این نامعلوم است، نه هیچ",
                question=asked.question.title[say.lang],
                city=named(store, city, say.lang),
            )
            for city in about
        ]
        return [say.sentence(clause) for clause in clauses]
    if kind is None:
        return []
    of_kind = coverage(store, kind)
    if about:
        left_out = [named(store, city, say.lang) for city in about if not of_kind.knows(city)]
        say = _speech(store, say.lang) if left_out else say
        return [say.sentence(clause) for city in left_out for clause in caveats(say, city, (kind,))]
    cities = {str(row[0]) for row in asked.rows if str(row[0]).startswith("city/")}
    left = sum(not of_kind.knows(city) for city in cities)
    told = say(
        "of {left} of the {cities} no source in these data set out to collect the ties: only those told of other "
        "cities are known.",
        "از {cities} شهر هیچ منبعی در این داده‌ها در پی پیوندهای {left} شهر نبوده است: تنها آنچه دربارهٔ شهرهای "
        "دیگر گفته شده در دست است.",
        left=left,
        cities=len(cities) if say.lang == "fa" else say.plural(len(cities), "city", "cities"),
    )
    return [told.begun()] if left else []


def untold(store: Store, asked: Answer, values: Mapping[str, object]) -> bool:
    """Whether an answer is empty because nothing of what it is about is told, which is unknown and not none."""
    if asked.rows:
        return False
    question = asked.question
    return question.unknown_if_empty or (
        question.denominator is not None and denominator(store, question, values) is None
    )


def _by_kind(store: Store) -> dict[str, Coverage]:
    everywhere: dict[str, set[str]] = {}
    covered: dict[str, dict[str, set[str]]] = {}
    for kind, source, place in select(
        store,
        """SELECT ?kind ?source ?place WHERE {
             { ?source cd:collectsEverywhere ?told } UNION { ?source cd:collects ?told ; cd:covers ?place }
             ?kind skos:broader* ?told }""",
    ):
        if place is None:
            everywhere.setdefault(str(kind), set()).add(str(source))
        else:
            covered.setdefault(str(kind), {}).setdefault(place, set()).add(str(source))
    cities_of: dict[str, list[str]] = {}
    if any(place.startswith("country/") for places in covered.values() for place in places):
        for city, land in told_values(store, "schema:containedInPlace").items():
            cities_of.setdefault(land, []).append(city)
    found = {}
    for kind in everywhere.keys() | covered.keys():
        of_city: dict[str, set[str]] = {}
        for place, sources in covered.get(kind, {}).items():
            for city in (place,) if place.startswith("city/") else cities_of.get(place, ()):
                of_city.setdefault(city, set()).update(sources)
        found[kind] = Coverage(
            frozenset(everywhere.get(kind, ())), {city: frozenset(sources) for city, sources in of_city.items()}
        )
    return found
