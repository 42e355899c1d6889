"""Where to next: networks and cities that a city might turn to, what speaks for each and against, and who says so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from citydiplomacy.graph.store import exclusions
from citydiplomacy.graph.store.reader import Store

from ..city import unknown
from ..reports.gaps import Gaps, gaps
from ..standing.locations import continent
from ..wording import strengths
from ..wording.namesakes import speech
from ..wording.sections import CityReport
from . import evidence, headlines, sections
from .next_cities import Ranking, World, next_cities
from .next_networks import NextNetwork, next_networks


@dataclass(frozen=True)
class Recommendation(CityReport):
    """A report on where a city might turn; the rest is what it is made of."""

    gaps: Gaps
    networks: tuple[NextNetwork, ...]
    """Best first; the report shows the first of them."""
    elsewhere: tuple[NextNetwork, ...]
    """Networks of one other continent that were left out, best first: nobody tells whom they are open to."""
    shut: tuple[NextNetwork, ...]
    """Networks that the city cannot join by the rules that are told; left out too."""
    cities: Ranking


def recommend(
    store: Store,
    city: str,
    lang: str = "en",
    top: int = 10,
    *,
    all_networks: bool = False,
    without: Collection[str] = (),
) -> Recommendation:
    """Where a city might turn, by its id, in English or Persian; `top` networks and cities are shown.

    without: ids of networks and cities that who asks rules out, beside those kept with the store that it has; a
    sentence names them.
    all_networks: those too that are shut to the city, and those whose members all lie in one other continent.

    Raises UsageError if the store does not have the city.
    """
    say = speech(store, lang)
    without = {*without, *filter(store.has, exclusions.kept(store.home, city))}
    lacks = gaps(store, city, lang)
    world = World.around(store, city, lang)
    here = None if all_networks else continent(world.location(city))
    ranked, cities = next_networks(lacks, world), next_cities(lacks.city, world, top + len(without)).but(without, top)
    elsewhere = tuple(each for each in ranked if each.is_elsewhere(here))
    shut = () if all_networks else tuple(each for each in ranked if each.may_join is False)
    networks = tuple(each for each in ranked if each not in elsewhere and each not in shut)
    listed = tuple(each for each in networks if each.id not in without)
    shown, known = listed[:top], evidence.Tellers(world)
    return Recommendation(
        lang=lang,
        headlines=strengths.of_store(
            say,
            store,
            headlines.headlines(say, lacks, networks, listed, elsewhere, shut, cities, world, known, without),
        ),
        sections=(
            sections.networks(say, shown, world, lacks.city),
            sections.shut(say, shut),
            sections.cities(say, cities.cities, world, lacks.city),
            sections.told(say, listed, cities),
            evidence.section_of(say, known.of(lacks.city, shown, cities.cities)),
            unknown.section_of(say, sections.unknowns(say, lacks.city, cities, world)),
        ),
        gaps=lacks,
        networks=listed,
        elsewhere=elsewhere,
        shut=shut,
        cities=cities,
    )
