"""The lists of ../shared/world as records, for the benchmark of resolution."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from citydiplomacy.graph import ids
from citydiplomacy.graph.records import Agreement, City, Country, Membership, Organization, Record, Source
from citydiplomacy.graph.sources import SourceRecords
from citydiplomacy.graph.values import Text
from citydiplomacy.loaders import files

ITEM = "http://www.wikidata.org/entity/"
_COUNTRIES = {
    "Czech Republic": "cz",
    "Palestinian National Authority": "ps",
    "People's Republic of China": "cn",
    "Republic of Ireland": "ie",
    "The Bahamas": "bs",
    "The Gambia": "gm",
}
"""As Wikidata calls countries that the shipped data call otherwise."""


def countries() -> Mapping[str, str]:
    """Ids of countries by their names."""
    shipped = (told for path in files.shipped() for told in files.load(path))
    found = {
        name.value: record.id
        for told in shipped
        for record in told.records
        if isinstance(record, Country)
        for name in (*record.labels, *record.aliases)
    }
    return found | {name: f"country/{code}" for name, code in _COUNTRIES.items()}


def memberships(folder: Path) -> SourceRecords:
    """etmun-memberships.csv: a city for each row, with its membership."""
    known = set(countries().values()) - {"country/na"}  # NA stands for unknown
    found: list[Record] = []
    networks = {}
    with (folder / "etmun-memberships.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            city = f"city/etmun-{row['MembershipCode'].lower()}"
            network = f"organization/{ids.slug(row['Network_Name'])}"
            networks[network] = row["Network_Name"]
            found.append(
                City(
                    id=city,
                    labels=(Text(row["Full_Name"].strip(), "und"),),
                    country=country if (country := f"country/{row['CountryCode'].lower()}") in known else None,
                    latitude=_number(row["lat"]),
                    longitude=_number(row["lon"]),
                )
            )
            ends = city, network, "role/member"
            found.append(Membership(id=ids.membership(*ends), member=city, organization=network, role="role/member"))
    found += [Organization(id=name, labels=(Text(label, "en"),)) for name, label in networks.items()]
    return _told("etmun", "scholarly", found)


def twins(folder: Path) -> SourceRecords:
    """wikidata-2016-2022-twinned.tsv with the names of wikidata-2016-names.tsv."""
    known = countries()
    cities: dict[str, dict[str, object]] = {}
    ties = set()
    for row in _rows(folder / "wikidata-2016-2022-twinned.tsv"):
        ties.add(tuple(sorted((row["a_wikidata"], row["b_wikidata"]))))
        for side in ("a", "b"):
            place = _number(row[f"{side}_lat"]), _number(row[f"{side}_lon"])
            told = {"en": row[f"{side}_label"], "country": known.get(row[f"{side}_country"]), "place": place}
            cities.setdefault(row[f"{side}_wikidata"], {}).update({name: v for name, v in told.items() if v})
    for line in (folder / "wikidata-2016-names.tsv").read_text(encoding="utf-8").splitlines():
        item, _, name = line.partition("\t")
        cities.setdefault(item, {})["und"] = name
    found: list[Record] = [_city(item, told) for item, told in cities.items()]
    found += [_tie(*tie) for tie in ties if len(set(tie)) == 2]
    return _told("wikidata-twins", "dataset", found)


def _city(item: str, told: Mapping[str, object]) -> City:
    names = {lang: str(told[lang]) for lang in ("en", "und") if lang in told and told[lang] != item}
    latitude, longitude = told.get("place") or (None, None)  # type: ignore[misc]
    return City(
        id=f"city/{item.lower()}",
        labels=tuple(Text(name, lang) for lang, name in names.items()),
        country=told.get("country"),  # type: ignore[arg-type]
        latitude=latitude,
        longitude=longitude,
        exact_match=(ITEM + item,),
    )


def _tie(one: str, other: str) -> Agreement:
    parties = tuple(sorted((f"city/{one.lower()}", f"city/{other.lower()}")))
    kind = "agreement-kind/sister-city"
    return Agreement(id=ids.agreement(kind, parties), kind=kind, parties=parties)


def _told(name: str, kind: str, records: list[Record]) -> SourceRecords:
    source = Source(id=f"source/{name}", kind=f"evidence-kind/{kind}", labels=(Text(name, "en"),))
    return SourceRecords(source, sorted(records, key=lambda record: record.id))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _number(text: str) -> Decimal | None:
    return None if text in ("", "NA") else Decimal(text.replace(",", "."))
