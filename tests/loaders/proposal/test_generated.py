"""Lists made up in many layouts: what is proposed and loaded holds no fact that the list does not state, and what it
states and the records do not hold is named in the report."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citydiplomacy.graph.model.records import Agreement, City, Membership
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders.proposal.propose import propose
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.tables.folder import load_tables

if TYPE_CHECKING:
    import pytest

CITIES = ("Toledo", "Valencia", "Córdoba", "San José", "Graz", "Ürümqi", "Lyon", "Saint Petersburg")
PERSIAN = ("تولدو", "والنسیا", "شیراز", "لاهور", "گراتس", "لیون")
COUNTRIES = {"Spain": "es", "United States": "us", "Venezuela": "ve", "Austria": "at", "China": "cn", "France": "fr"}
PERSIAN_COUNTRIES = {"اسپانیا": "es", "ایران": "ir", "پاکستان": "pk", "اتریش": "at", "فرانسه": "fr"}
HEADERS = {
    "en": ("City A", "Country A", "City B", "Country B", "Year", "City", "Country", "Network"),
    "en2": ("city", "country", "partner", "partner country", "since", "town", "country", "organisation"),
    "de": ("Stadt", "Land", "Partnerstadt", "Partnerland", "Jahr", "Stadt", "Land", "Netzwerk"),
    "fr": ("Ville", "Pays", "Ville jumelée", "Pays jumelé", "Année", "Ville", "Pays", "Réseau"),
    "fa": ("شهر اول", "کشور اول", "شهر دوم", "کشور دوم", "سال", "شهر", "کشور", "شبکه"),
}
"""Of ties the two sides and the year, of members a city, its country and the network."""


@dataclass(frozen=True)
class Made:
    """A list: its bytes, and the facts that it states."""

    data: bytes
    ties: tuple[tuple[frozenset[tuple[str, str]], str], ...]
    """The sides (name, country or nothing) and the start of each row that names two cities."""
    members: frozenset[tuple[str, str, str]]
    text: str
    rows: int


@st.composite
def lists(draw: st.DrawFn) -> Made:
    lang = draw(st.sampled_from(sorted(HEADERS)))
    names, countries = (PERSIAN, PERSIAN_COUNTRIES) if lang == "fa" else (CITIES, COUNTRIES)
    place = st.tuples(st.sampled_from(names), st.sampled_from(["", *countries]))
    solar = lang == "fa" and draw(st.booleans())
    years = [str(year) for year in (range(1370, 1403) if solar else range(1950, 2020))]
    year = st.sampled_from(["", *years])
    one, of_one, other, of_other, when, city, country, network = HEADERS[lang]
    ties, members, rows = [], set(), []
    if draw(st.booleans()):
        header = [one, of_one, other, of_other, when]
        # Without any country a column is not known as one of countries, so the first row has both.
        rows.append([names[0], next(iter(countries)), names[1], next(iter(countries)), years[0]])
        for side, beside, start in draw(st.lists(st.tuples(place, place, year), min_size=1, max_size=8)):
            rows.append([draw(st.sampled_from([side[0], side[0], side[0], ""])), side[1], *beside, start])
        for a, of_a, b, of_b, start in rows:
            if a and b:
                ties.append((frozenset({(a, countries.get(of_a, "")), (b, countries.get(of_b, ""))}), start))
    else:
        header = [city, country, network, when]
        for side, start in draw(st.lists(st.tuples(place, year), min_size=1, max_size=8)):
            rows.append([*side, draw(st.sampled_from(["Eurocities", "C40"])), start])
        rows.append([names[0], next(iter(countries)), "C40", years[0]])
        members = {(row[0], countries.get(row[1], ""), row[2]) for row in rows}
    sign = draw(st.sampled_from([",", ";", "\t", "|"]))
    text = io.StringIO()
    if draw(st.booleans()):
        text.write("A list of cities\n" if sign != "," else '"A list of cities"\n')
    csv.writer(text, delimiter=sign, lineterminator="\n").writerows([header, *rows])
    if total := draw(st.booleans()):
        csv.writer(text, delimiter=sign, lineterminator="\n").writerow(
            ["Total", *[""] * (len(header) - 2), str(len(rows))]
        )
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig"]))
    told = text.getvalue()
    return Made(told.encode(encoding), tuple(ties), frozenset(members), told, len(rows) + total)


def one_name(sides: frozenset[tuple[str, str]]) -> bool:
    """Whether nothing tells two sides apart: they have one name, and one of them no country, or both the same."""
    return len({name for name, _ in sides}) == 1 and (len(sides) == 1 or any(not country for _, country in sides))


def names(records: Sequence[Record]) -> dict[str, tuple[str, str]]:
    """Name and country of cities by id."""
    return {
        each.id: (each.label("und") or each.label("fa") or "", (each.country or "/").partition("/")[2])
        for each in records
        if isinstance(each, City)
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=lists())
def test_no_fact_is_invented_and_none_is_lost_in_silence(tmp_path_factory: pytest.TempPathFactory, made: Made) -> None:
    folder = tmp_path_factory.mktemp("made")
    (folder / "list.csv").write_bytes(made.data)
    lines = propose(folder / "list.csv").splitlines(keepends=True)
    answered = [line for line in lines if not line.startswith("fill =")]  # it is asked: here a city is just not told
    (folder / "list.toml").write_text("".join(answered), encoding="utf-8")
    report = LoadReport()
    records = load_tables(folder / "list.toml", report).sources[0].records
    told = names(records)
    stated = {side for sides, _ in made.ties for side in sides} | {(name, of) for name, of, _ in made.members}
    alone = {
        name
        for line in made.text.splitlines()
        for name in line.replace("|", ";").replace(",", ";").replace("\t", ";").split(";")
    }
    assert all(city in stated or city[0] in alone for city in told.values())
    assert set(told.values()) >= {side for side in stated if side[0]}

    ties = [each for each in records if isinstance(each, Agreement)]
    held = {frozenset(told[party] for party in each.parties) for each in ties}
    assert held <= {sides for sides, _ in made.ties}
    for each in ties:
        sides = frozenset(told[party] for party in each.parties)
        starts = {start for of, start in made.ties if of == sides}
        written = each.start and (each.start.original or each.start.edtf)
        assert (written or "") in starts | ({""} if "" in starts else set())
    members = {(*told[each.member], each.organization) for each in records if isinstance(each, Membership)}
    assert members == {(name, of, f"organization/{network.lower()}") for name, of, network in made.members}

    for name, tally in report.files.items():
        assert tally.read == tally.made + tally.merged + tally.waiting + tally.refused + tally.left_out, name
    reasons = Counter(each.kind for each in report.reasons())
    whole = {sides for sides, _ in made.ties if not one_name(sides)}
    assert held == whole
    if (made.ties and len(made.ties) < made.rows) or any(map(one_name, held ^ {sides for sides, _ in made.ties})):
        assert reasons["refused"] or reasons["left out"]
    assert report.lost()[1] <= made.rows
