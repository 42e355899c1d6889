"""Words in names of places that say what kind of thing is meant: a city, its municipality, a district, a province.

A word is compared by its kind, whatever its language: `Provincia di Siena` is the `Province of Siena`, and neither is
Siena. Words for city say nothing; those for municipality say little, unless one list has both.
"""

from __future__ import annotations

from citydiplomacy.graph.language.text import fold

CITY, MUNICIPALITY, METROPOLITAN, OTHER = "city", "municipality", "metropolitan", "other"
"""Kinds that are treated apart. A metropolitan municipality is one, a metropolitan city is more than a city. OTHER are
words that belong to the name, and make another place or body of it."""

_WORDS = {
    CITY: (
        "city|town|ville|stadt|stad|miasto|mesto|grad|ciudad|cidade|citta|oras|orasul|linn|pilseta|miestas|miesto|varos|"
        "gorod|misto|shi|shahr|council|corporation|government|authority|landeshauptstadt|hansestadt|universitatsstadt|"
        "kreisfreie|camara|concello|concejo|mairie|prefeitura|ayuntamiento|ajuntament|شهر|مدینه|مدينة|город|місто"
    ),
    MUNICIPALITY: (
        "municipality|municipalities|municipal|municipalidad|municipalite|municipio|municipi|municipiul|municipium|"
        "gemeinde|stadtgemeinde|marktgemeinde|gemeente|comune|commune|comuna|kommune|kommun|kommunes|komuna|obec|"
        "opcina|opstina|obcina|obshtina|dimos|borough|township|novads|savivaldybe|savivaldybes|onkormanyzat|"
        "onkormanyzata|belediye|belediyesi|freguesia|parish|parroquia|village|شهرداری|بلدية|община"
    ),
    "rural municipality": "gmina|vald|hromada|громада|دهستان",
    "district": (
        "county|counties|kreis|landkreis|district|distrito|distrikt|distretto|bezirk|stadtbezirk|raion|rayon|rajon|"
        "rayonu|rajono|rajonas|raionul|powiat|starostwo|judet|judetul|megye|okres|ilce|ilcesi|uezd|tehsil|taluk|upazila|"
        "gu|gun|ku|nahiya|canton|arrondissement|quartier|distritu|شهرستان|بخش|منطقة|район"
    ),
    "province": (
        "provincia|province|provincie|provinz|provincial|region|regione|regio|regional|state|land|departement|"
        "departamento|departament|department|voivodeship|wojewodztwo|oblast|kray|kraj|governorate|prefecture|prefettura|"
        "prefektur|prafektur|regierungsbezirk|zupanija|diputacion|diputacio|deputacion|comunidad|استان|محافظة|ولایت|"
        "область|край|emirate|principality|community"
    ),
    "union": (
        "metropole|metropolregion|metropoolregio|agglomeration|agglo|aglomeration|communaute|communautes|"
        "intercommunale|interkommunal|mancomunidad|mancomunitat|union|unione|unio|aggregazione|comarca|comarcal|"
        "consell|consejo|cabildo|associazione|association|asociacion|associacio|associacao|consorzio|consorcio|consorci|"
        "consortium|verband|gemeindeverband|samtgemeinde|verbandsgemeinde|comunita|comunitat|sdruzeni|mikroregion|"
        "subregion|pays|syndicat|sivom|vervoerregio|consiliul|cu|ca|cc|area"
    ),
    METROPOLITAN: "metropolitan|metropolitana|metropolitano|metropolitaine|metropolitain|buyuksehir",
    OTHER: (
        "parc|park|parque|parco|montana|agency|agencia|agenzia|foundation|fundacion|university|universita|network|red|"
        "rete|sous|ccas|transport|transports|transportes|autoridad|portuaria|port|airport|island|isla|ile|isola|greater|"
        "grand|gran|vallee|valle|val|eastern|western|rural|suburb"
    ),
}


KINDS = {fold(word): kind for kind, listed in _WORDS.items() for word in listed.split("|")}
"""The kind that a folded word tells of."""
