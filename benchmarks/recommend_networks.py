"""How well `citydip recommend` finds the networks that cities are in, and its weights learned.

    python benchmarks/recommend_networks.py [--learn] [FOLDER OF THE WORLD DATA]

From the memberships of cities in 58 networks (etmun-memberships.csv). First each tenth of them is hidden in turn and
the rest is asked. Then those that began after 2014 are hidden, and the networks that tell years are asked; most of
these are of one network, so beside it stands the rest. Last the weights that were learned here are tried on the
memberships that are shipped, which were collected otherwise, each tenth of them hidden in turn. Where scope is asked
first, networks whose area is not that of the city's country, by the shipped rules, come last. `--learn` writes the
weights, with what was measured, to queries/recommendation/networks.toml.

AUC: how often a hidden network scores higher than one that the city is not in. Precision at three: of the three best
the share that was hidden. Behind each in brackets: 95 % of bootstrap samples of the cities. The weights that are tried
on a tenth were learned from the next; for 2014, from what was known then.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from _choices import Array, Asked, Judged, learn, print_orders, score, write
from _common import WORLD, world_file
from scipy.sparse import csr_array

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.ids import slug
from citydiplomacy.graph.model.records import City, Country, Membership, Region, Scope
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders.files import load, shipped
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.measures import choice, joining
from citydiplomacy.queries.measures.projections import TwoMode

BEST, TENTHS, UNTIL, SEED = 3, 10, 2014, 0
PARTS = ("members", "countries", "company", "nearest")
RENAMED = {"WHO": "who-healthy-cities", "DigitalCities": "digital-cities"}


@dataclass(frozen=True)
class Networks:
    """Cities and networks by position; a membership is a row (city, network, year or 0)."""

    cities: tuple[str, ...]
    names: tuple[str, ...]
    known: choice.Cities
    memberships: Array
    open: Array
    """Which cities (rows) a network may take by its area: True also where nobody tells it."""


def read(path: Path) -> Networks:
    """Read the file; a city is a name in a country."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file, delimiter=";")
            if row["EntitySimplified"] in {"City", "Municipality"} and row["Statut"] != "Former Member"
        ]
    cities: dict[str, int] = {}
    names: dict[str, int] = {}
    lands: dict[str, int] = {}
    place: dict[int, tuple[float, float]] = {}
    of: dict[int, int] = {}
    since: dict[tuple[int, int], int] = {}
    for row in rows:
        city = cities.setdefault(f"{fold(row['Full_Name'])}, {row['CountryCode']}", len(cities))
        network = names.setdefault(row["Network_Name"], len(names))
        of[city] = lands.setdefault(row["CountryCode"].lower(), len(lands))
        if row["lat"] != "NA":
            place.setdefault(city, (float(row["lat"].replace(",", ".")), float(row["lon"].replace(",", "."))))
        year = row["Year_of_Joining"][:4]
        since[city, network] = int(year) if year.isdigit() else 0
    degrees = np.array([place.get(city, (np.nan, np.nan)) for city in range(len(cities))])
    country = np.array([of[city] for city in range(len(cities))])
    memberships = np.array([(*pair, year) for pair, year in since.items()])
    allowed = _open([RENAMED.get(name) or slug(name) for name in names], tuple(lands))[country]
    known = choice.Cities(country, degrees[:, 0], degrees[:, 1], np.full(len(cities), np.nan))
    return Networks(tuple(cities), tuple(names), known, memberships, allowed)


def read_shipped() -> Networks:
    """Read the memberships of cities that are shipped and are not told to have ended."""
    country: dict[str, str] = {}
    place: dict[str, tuple[float, float]] = {}
    pairs: set[tuple[str, str]] = set()
    for record in _shipped():
        match record:
            case City():
                if record.country:
                    country[record.id] = record.country.partition("/")[2]
                if record.latitude is not None and record.longitude is not None:
                    place[record.id] = float(record.latitude), float(record.longitude)
            case Membership() if record.member.startswith("city/") and record.status in {None, "status/active"}:
                pairs.add((record.member, record.organization.partition("/")[2]))
    cities, names = (tuple(sorted({pair[at] for pair in pairs})) for at in (0, 1))
    lands = tuple(sorted({country[city] for city in cities if city in country}))
    degrees = np.array([place.get(city, (np.nan, np.nan)) for city in cities])
    of = np.array([lands.index(country[city]) if city in country else -1 for city in cities])
    known = choice.Cities(of, degrees[:, 0], degrees[:, 1], np.full(len(cities), np.nan))
    memberships = np.array([(cities.index(city), names.index(name), 0) for city, name in sorted(pairs)])
    return Networks(cities, names, known, memberships, _open(names, lands)[of])


def _shipped() -> Iterator[Record]:
    """The records of the shipped tables but for the twin towns of the world."""
    return (record for path in shipped(world=False) for source in load(path) for record in source.records)


def _open(networks: Sequence[str], lands: Sequence[str]) -> Array:
    """Which countries (rows) the area of each network has or may have, by the shipped rules; all if none is told."""
    areas: dict[str, str] = {}
    inside: dict[str, set[str]] = {}
    region: dict[str, str] = {}
    for record in _shipped():
        match record:
            case Scope(role="role/member", area=str(area)):
                areas.setdefault(record.organization, area)
            case Region():
                inside[record.id] = {*record.comprises, *record.may_comprise}
            case Country(world_region=str(lies_in)):
                region[record.id] = lies_in
    found = np.ones((len(lands), len(networks)), dtype=bool)
    for column, name in enumerate(networks):
        if not (told := areas.get(f"organization/{name}")):
            continue
        for row, land in enumerate(lands):
            around = {f"country/{land}"}
            wider: str | None = region.get(f"country/{land}")
            while wider:
                around.add(wider)
                wider = schemes()["world-region"][wider].broader
            found[row, column] = bool(around & {told, *inside.get(told, ())})
    return found


def ask(networks: Networks, known: Array, hidden: Array, counts: Array | bool = True) -> Asked:
    """What the known memberships say of the networks that the cities with hidden ones are not in, scope not asked.

    counts: the networks that are candidates, as a mask.
    """
    rows, every = np.unique(hidden[:, 0]), np.arange(len(networks.cities))
    shape = len(networks.cities), len(networks.names)
    belongs = csr_array((np.ones(len(known)), (known[:, 0], known[:, 1])), shape=shape)
    places = TwoMode(tuple(every), tuple(range(shape[1])), belongs)
    values = joining.parts(places, networks.known, rows)
    inside = belongs[rows].toarray() > 0
    compatriots, _ = joining.of_country(places, networks.known.country)
    came = np.zeros_like(inside)
    came[np.searchsorted(rows, hidden[:, 0]), hidden[:, 1]] = True
    closed = inside | ~np.asarray(counts)
    values |= {
        "peers": compatriots[networks.known.country[rows]] - inside,
        "others known": np.asarray(inside.any(axis=1))[:, None],
    }
    return Asked(values, closed, came & ~closed)


def orders(asked: Asked, scope: Array, model: Array, lot: Array) -> dict[str, Array]:
    """The orders that are compared; scope: what is open to each city, which comes first where it is asked."""
    first = np.where(scope, 0, -1e6)
    return {
        "by lot": lot,
        "number of members": asked.values["members"],
        "its country": asked.values["countries"],
        "nearest member": -np.nan_to_num(asked.values["nearest"], nan=10),
        "before: members among its peers": asked.values["peers"] + lot / 2,
        "the same, scope first": asked.values["peers"] + lot / 2 + first,
        "the model, scope not asked": model,
        "the model": model + first,
    }


def print_tenths(networks: Networks, weights: Mapping[str, float] | None = None) -> tuple[Asked, Judged]:
    """Each tenth hidden in turn, asked with given weights or with those of the next: what was asked; and how the model
    did for the cities that are known to be in another network."""
    shuffled = np.random.default_rng(SEED).permutation(networks.memberships)
    parts = np.array_split(shuffled, TENTHS)
    split = [(np.concatenate(parts[:at] + parts[at + 1 :]), parts[at]) for at in range(TENTHS)]
    asked = [ask(networks, known, hidden) for known, hidden in split]
    learned = [weights or learn(each, PARTS, each.came) for each in asked]
    model = np.concatenate([score(each, learned[(at + 1) % TENTHS]) for at, each in enumerate(asked)])
    joined = Asked(
        {name: np.concatenate([each.values[name] for each in asked]) for name in asked[0].values},
        np.concatenate([each.closed for each in asked]),
        np.concatenate([each.came for each in asked]),
    )
    scope = networks.open[np.concatenate([np.unique(hidden[:, 0]) for _, hidden in split])]
    lot = np.random.default_rng(SEED).random(model.shape)
    print(f"each tenth hidden in turn: {joined.came.sum():,} memberships")
    print_orders(joined, orders(joined, scope, model, lot), BEST)
    others = joined.values["others known"][:, 0] > 0
    some = part(joined, others)
    print(f"\nof these, cities that are known to be in another network: {some.came.sum():,} memberships")
    return joined, print_orders(some, orders(some, scope[others], model[others], lot[others]), BEST)["the model"]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=WORLD, help="default: ../shared/world")
    parser.add_argument("--learn", action="store_true", help="write the weights")
    given = parser.parse_args()
    networks = read(world_file(given.folder, "etmun-memberships.csv"))
    number = len(networks.memberships)
    shut = ~networks.open[networks.memberships[:, 0], networks.memberships[:, 1]]
    print(f"{len(networks.cities):,} cities, {len(networks.names)} networks, {number:,} memberships,")
    print(f"{shut.sum()} of them in a network whose area, by the shipped rules, is not that of the city's country\n")
    joined, found = print_tenths(networks)
    late = networks.memberships[:, 2] > UNTIL
    _, of, years = networks.memberships.T
    dated = np.bincount(of[years > 0], minlength=len(networks.names)) > np.bincount(of) / 2
    known, hidden = networks.memberships[~late], networks.memberships[late]
    hidden = hidden[dated[hidden[:, 1]]]
    shuffled = np.random.default_rng(SEED).permutation(known)
    before, kept = np.split(shuffled, [len(shuffled) // TENTHS])
    then = ask(networks, kept, before)
    early = learn(then, PARTS, then.came)
    biggest = np.bincount(hidden[:, 1]).argmax()
    print(f"\nbegun after {UNTIL}: {len(hidden):,} memberships in {dated.sum()} networks that tell years")
    for title, counts in (
        ("all", dated),
        (f"all but {networks.names[biggest]}", dated & (np.arange(dated.size) != biggest)),
    ):
        asked = ask(networks, known, hidden, counts)
        print(f"\n{title}: {asked.came.sum():,} memberships, each among {counts.sum()} networks")
        at = np.unique(hidden[:, 0])
        chance = np.asarray(np.random.default_rng(SEED).random(asked.closed.shape))
        print_orders(asked, orders(asked, networks.open[at], score(asked, early), chance), 1)
    final = learn(joined, PARTS, joined.came)
    other = read_shipped()
    print(f"\nthe shipped memberships: {len(other.cities):,} cities, {len(other.names)} networks and bodies")
    print_tenths(other, final)
    print("\nweights: " + ", ".join(f"{name} {weight:.3f}" for name, weight in final.items()))
    if given.learn:
        makers = found.auc.size
        told = {
            "from": f"{joined.came.sum()} memberships in {len(networks.names)} networks, each tenth hidden in turn",
            "how": "conditional logit over all networks, ridge of 1 on standardised parts",
            "measured": f"each tenth by weights learned from the next, seed {SEED}; cities in another network too",
        }
        measured = {"networks": len(networks.names), "lists": makers, "held": (found.came > 0).sum()}
        write("networks", "python benchmarks/recommend_networks.py --learn", told, measured, final)


def part(asked: Asked, rows: Array) -> Asked:
    """Some of the rows."""
    return Asked({name: value[rows] for name, value in asked.values.items()}, asked.closed[rows], asked.came[rows])


if __name__ == "__main__":
    main()
