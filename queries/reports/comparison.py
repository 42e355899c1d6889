"""Two cities side by side: what each has, what only one has, what it lacks, and how well all this is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.store.once import once
from citydiplomacy.graph.store.reader import Store

from ..city import unknown
from ..city.membership_headlines import listed_alike
from ..city.profile import CityProfile, profile
from ..standing import estimated, rankings, tie_evidence
from ..standing.networks import Measured, measure
from ..standing.peer_groups import groups
from ..standing.rankings import Position, RankedGroups
from ..wording import strengths
from ..wording.namesakes import speech
from ..wording.rows import ask
from ..wording.sections import MOST_CITIES, CityReport, Topic
from . import axes, dimensions, standing_section
from . import comparison_sections as sections
from .comparison_headlines import by_topic


@dataclass(frozen=True)
class Comparison(CityReport):
    """A report on two cities; `a` and `b` are what it is made of, `topics` its headlines by what they are of."""

    topics: tuple[Topic, ...]
    a: CityProfile
    b: CityProfile


def compare(store: Store, a: str, b: str, lang: str = "en") -> Comparison:
    """Compare two cities, by id, in English or Persian. Raises UsageError if one is unknown or both are the same."""
    if a == b:
        raise UsageError(f"{a} is compared with itself.", hint="Name two cities.")
    say = speech(store, lang)
    sides = sections.Sides(say, profile(store, a, lang), profile(store, b, lang))
    networks = ask(store, "networks-compared", lang, city=a, other=b)
    rosters = ask(store, "rosters", lang)
    common = ask(store, "common-partners", lang, city=a, other=b)
    alike = ask(store, "sister-cities-alike", lang, city=a, other=b)
    presence = [(ask(store, "missions", lang, city=city), ask(store, "flights", lang, city=city)) for city in (a, b)]
    measured, among = standing_measures(store), groups(store)
    positions = standing_positions(store, (a, b))
    of_a, of_b = ({at.measure: at for at in positions if at.city == city} for city in (a, b))
    named = ((a, sides.a.name), (b, sides.b.name))
    peers = rankings.headline(say, positions, among, (sides.a.named, sides.b.named))
    estimates = estimated.sentence(say, measured.bounds)
    topics = by_topic(say, sides.a, sides.b, common, networks, rosters, (of_a, of_b), alike, presence, peers, estimates)
    topics = tuple(replace(each, sentences=strengths.of_store(say, store, each.sentences)) for each in topics)
    return Comparison(
        lang=lang,
        headlines=tuple(sentence for topic in topics for sentence in topic.sentences),
        topics=topics,
        sections=(
            dimensions.section_of(say, sides.both, (of_a, of_b), alike, listed_alike(say, sides.a, sides.b, rosters)),
            standing_section.section_of(say, measured, positions, among, named),
            sections.networks(sides, networks),
            sections.partners(
                sides,
                ask(store, "sister-cities-missing", lang, city=a, other=b),
                ask(store, "sister-cities-missing", lang, city=b, other=a),
            ),
            sections.roles(sides),
            axes.section_of_several(say, sides.both),
            sections.evidence(sides),
            tie_evidence.section_of(say, store),
            sections.disagreements(sides),
            unknown.section_of(say, unknown.of_both(say, sides.a, sides.b, networks)),
        ),
        a=sides.a,
        b=sides.b,
    )


def compare_all(store: Store, cities: Sequence[str], lang: str = "en") -> CityReport:
    """Compare two to five cities, by id, the first with each other: all headlines, and the tables of each pair, whose
    keys end in the name of the other's id. Of two it is what `compare` tells. Raises UsageError as it does, and for
    more.
    """
    if not 2 <= len(cities) <= MOST_CITIES:
        raise UsageError(f"2 to {MOST_CITIES} cities are compared, not {len(cities)}.")
    first, *others = cities
    found = [compare(store, first, other, lang) for other in others]
    if len(found) == 1:
        return found[0]
    say = speech(store, lang)
    return CityReport(
        lang,
        tuple(dict.fromkeys(headline for each in found for headline in each.headlines)),
        tuple(
            replace(
                section,
                key=f"{section.key}-{other.partition('/')[2]}",
                title=say("{what}: {a} and {b}", "{what}: {a} و {b}", what=section.title, a=each.a.name, b=each.b.name),
            )
            for each, other in zip(found, others, strict=True)
            for section in each.sections
        ),
    )


def standing_measures(store: Store) -> Measured:
    """The measures of standing of all cities: in the network of agreements, and that of memberships."""
    return once(store, _standing_measures)


def standing_positions(store: Store, cities: Iterable[str]) -> list[Position]:
    """The positions of cities by these measures; of a store each group is ranked once."""
    return rankings.positions(standing_measures(store), groups(store), cities, ranked_groups=once(store, _ranked))


def _standing_measures(store: Store) -> Measured:
    return measure(store, "agreements", ["degree", "betweenness", "pagerank", "interlocking"])


def _ranked(_: Store) -> RankedGroups:
    return {}
