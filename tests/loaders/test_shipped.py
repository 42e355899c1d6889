"""The shipped data: the study's own totals, asked of the store; and every row of the facts that it was made from."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.graph.language.text import fold
from citydiplomacy.graph.model.ids import slug
from citydiplomacy.graph.model.records import (
    Activity,
    Barrier,
    City,
    Disagreement,
    Mission,
    Need,
    Organization,
    Source,
    Theme,
)
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import lookup, writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.library import questions

from ..conftest import copied

DATA = Path(files.__file__).resolve().parent / "data"
MASHHAD = {"city": "city/mashhad"}
STUDY, TEXT = "source/mashhad-study", "source/mashhad-study-text"
ACCOUNTING = Path(__file__).with_name("facts_accounting.csv")
"""Where each row of the facts went: the records that carry it, and what of it was left out, with the reason."""


@pytest.fixture(scope="module")
def store(shipped: Path) -> Iterator[Store]:
    with Store.open_folder(shipped) as opened:
        yield opened


def ask(store: Store, question: str, **values: object) -> list[dict[str, Any]]:
    """The rows of a saved question."""
    return questions.run(store, question, values).records()


# --- the study's own totals -------------------------------------------------------------------------------------------


def test_forty_two_needs_on_four_axes(store: Store) -> None:
    by_axis = {row["axis"]: row["needs"] for row in ask(store, "needs-by-axis", **MASHHAD)}
    assert by_axis == {"axis/economy": 13, "axis/organizations": 8, "axis/society": 7, "axis/communication": 14}
    assert sum(by_axis.values()) == questions.denominator(store, "needs-above-half", MASHHAD) == 42


def test_thirty_one_needs_are_backed_by_more_than_half_of_thirty_panellists(store: Store) -> None:
    above = ask(store, "needs-above-half", **MASHHAD)
    assert len(above) == 31
    assert {row["panel_size"] for row in above} == {30}
    assert 100 * len(above) // 42 == 73, "31 of 42 are 73.8 per cent: the study rounds this one share"
    assert round(100 * len(above) / 42) == 74
    assert all(row["score"] > 15 for row in above)
    assert min(row["score"] for row in above) == 16, "15 of 30 is half, not more than half"


def test_shares_by_axis_are_cut_not_rounded(store: Store) -> None:
    found = {
        row["axis"].removeprefix("axis/"): (row["above_half"], row["lowest"], row["highest"])
        for row in ask(store, "needs-by-axis", **MASHHAD)
    }
    assert found == {
        "economy": (9, 56, 80),
        "organizations": (5, 66, 100),
        "society": (3, 53, 76),
        "communication": (14, 56, 86),
    }
    votes: dict[str, list[int]] = {}
    for row in ask(store, "needs", **MASHHAD):
        if 2 * row["score"] > row["panel_size"]:
            votes.setdefault(row["axis"].removeprefix("axis/"), []).append(row["score"])
    again = {axis: (len(v), 100 * min(v) // 30, 100 * max(v) // 30) for axis, v in votes.items()}
    assert again == found, "the votes say the same"


def test_the_study_states_the_same_totals_as_its_votes_give(store: Store) -> None:
    stated = {
        (row["measure"].removeprefix("measure/"), (row["topic"] or "").removeprefix("axis/")): row["value"]
        for row in ask(store, "figures-of-source", source=STUDY)
    }
    for row in ask(store, "needs-by-axis", **MASHHAD):
        axis = row["axis"].removeprefix("axis/")
        assert stated["needs", axis] == row["needs"]
        assert stated["needs-by-majority", axis] == row["above_half"]
        assert (stated["share-from", axis], stated["share-to", axis]) == (row["lowest"], row["highest"])
    assert stated["officials-naming", "barrier-category/mindset"] == 7
    assert stated["officials-interviewed", ""] == 10


def test_ten_interviews_of_347_minutes(store: Store) -> None:
    interviews = {row["study"]: row for row in ask(store, "studies", **MASHHAD)}["study/mashhad-interviews"]
    assert (interviews["minutes"], interviews["minutes_told"]) == (347, 347)
    assert (interviews["participants"], interviews["interviewees"]) == (10, 10)
    assert sum(row["minutes"] for row in ask(store, "interviews", **MASHHAD)) == 347


def test_four_sister_cities_and_five_memoranda_of_mashhad_in_the_study(store: Store) -> None:
    told = {row["kind"]: row["agreements"] for row in ask(store, "agreements-by-source", source=STUDY, **MASHHAD)}
    assert told["agreement-kind/sister-city"] == 4
    assert told["agreement-kind/memorandum"] == 5


def test_the_studys_own_text_says_the_same(shipped: Path, shared: Path, tmp_path: Path) -> None:
    """The text is read by machine, the shipped tables by a person: two sources that must not differ."""
    folder = tmp_path / "store"
    copied(shipped, folder)
    with Store.open_folder(shipped) as store:
        writer.load(folder, files.read([shared / "study" / "mashhad-study.fa.txt"], store))
    with Store.open_folder(folder) as store:
        both = {record.id: store.claims(record.id) for record in store.records(source=TEXT)}
        both = {name: claims for name, claims in both.items() if STUDY in claims}
        assert Counter(claims[TEXT].schema.name for claims in both.values()) == {
            "City": 1,
            "Study": 2,
            "Interviewee": 10,
            "Need": 42,
            "Assessment": 42,
            "Observation": 8,
            "Agreement": 9,
        }
        for name, claims in both.items():
            for value in ("score", "panel_size", "rank", "axis", "minutes", "participants", "value", "parties"):
                read, stated = getattr(claims[TEXT], value, None), getattr(claims[STUDY], value, None)
                assert read == stated or None in (read, stated), f"{name}: {value}"
        panel = both["study/mashhad-panel"]
        assert {claim.date.edtf for claim in panel.values()} == {"2016-01-08"}  # type: ignore[attr-defined]
        assert len(ask(store, "needs-above-half", **MASHHAD)) == 31, "a second source changes no count"
        assert len(ask(store, "interviews", **MASHHAD)) == 10


# --- every row of the facts -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def accounted() -> dict[tuple[str, int], list[str]]:
    """(file, row) -> ids of the records that carry it."""
    with ACCOUNTING.open(encoding="utf-8", newline="") as file:
        return {(row["file"], int(row["row"])): row["records"].split("|") for row in csv.DictReader(file)}


class Facts:
    """The rows of the facts, each with what its records say."""

    def __init__(self, folder: Path, store: Store, accounted: dict[tuple[str, int], list[str]]) -> None:
        self.folder, self.store, self.accounted = folder, store, accounted
        self.addresses = {source.id: source.address for source in store.records(Source)}

    def rows(self, file: str) -> list[tuple[int, dict[str, str], list[str]]]:
        """(number, cells, ids of its records) of every row of a file."""
        with (self.folder / file).open(encoding="utf-8", newline="") as lines:
            return [
                (number, row, self.accounted[file, number])
                for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), 1)
            ]

    def claims(self, ids: list[str], folder: str, address: str = "") -> list[Any]:
        """What is said of the records of one folder; by the source with this address, if given."""
        return [
            claim
            for record_id in ids
            if record_id.startswith(f"{folder}/")
            for source, claim in self.store.claims(record_id).items()
            if not address or self.addresses[source] == address
        ]


@pytest.fixture(scope="module")
def facts(shared: Path, store: Store, accounted: dict[tuple[str, int], list[str]]) -> Facts:
    return Facts(shared / "facts", store, accounted)


def test_every_row_of_the_facts_is_accounted_for(facts: Facts) -> None:
    shipped = sorted(facts.folder.glob("*.tsv"))
    for path in shipped:
        with path.open(encoding="utf-8", newline="") as lines:
            number = sum(1 for _ in csv.DictReader(lines, delimiter="\t"))
        listed = sorted(row for file, row in facts.accounted if file == path.name)
        assert listed == list(range(1, number + 1)), path.name
    assert {file for file, _ in facts.accounted} == {path.name for path in shipped}


def test_every_record_that_carries_a_row_is_there(store: Store, accounted: dict[tuple[str, int], list[str]]) -> None:
    concepts = {concept for scheme in schemes().values() for concept in scheme}
    for place, ids in accounted.items():
        assert ids, f"{place}: no record"
        for record_id in ids:
            assert record_id in concepts or store.get(record_id) is not None, f"{place}: no {record_id}"


def label(said: Record | Any, lang: str) -> str:
    return next((text.value for text in said.labels if text.lang == lang), "")


def names(claims: list[Any]) -> set[str]:
    return {text.value for claim in claims for text in (*claim.labels, *claim.aliases)}


def test_needs_have_their_names_axis_rank_and_votes(facts: Facts) -> None:
    for number, row, ids in facts.rows("needs.tsv"):
        (need,) = facts.claims(ids, "need")
        (score,) = facts.claims(ids, "assessment")
        said = (label(need, "fa"), label(need, "en"), need.axis, score.rank, score.score, score.panel_size)
        axis = f"axis/{row['axis']}"
        assert said == (row["label_fa"], row["label_en"], axis, int(row["rank"]), int(row["score"]), 30), number
        assert need.locators[0].startswith(f"table {row['table']}")


def test_axes_have_their_names_and_the_studys_totals(facts: Facts) -> None:
    columns = {
        "needs": "needs",
        "needs-by-majority": "prioritised_by_majority",
        "share-from": "share_from_pct",
        "share-to": "share_to_pct",
    }
    for _, row, ids in facts.rows("axes.tsv"):
        axis = schemes()["axis"][f"axis/{row['id']}"]
        assert (axis.label("fa"), axis.label("en")) == (row["label_fa"], row["label_en"])
        figures = {claim.measure.removeprefix("measure/"): claim.value for claim in facts.claims(ids, "observation")}
        assert figures == {measure: Decimal(row[column]) for measure, column in columns.items()}


def test_interviewees_have_their_code_expertise_and_minutes(facts: Facts) -> None:
    for _, row, ids in facts.rows("interviewees.tsv"):
        (person,) = facts.claims(ids, "interviewee", "")
        expertise = {text.lang: text.value for text in person.expertise}
        assert (person.code, person.minutes) == (row["code"], int(row["minutes"]))
        assert expertise == {"en": row["expertise_en"], "fa": row["expertise_fa"]}


def test_barriers_have_their_names_category_and_who_spoke(facts: Facts) -> None:
    for _, row, ids in facts.rows("barrier_categories.tsv"):
        category = schemes()["barrier-category"][ids[0]]
        assert ids[0] == f"barrier-category/{row['id']}"
        assert category.label("en") == row["label_en"]
    for number, row, ids in facts.rows("barriers.tsv"):
        (barrier,) = facts.claims(ids, "barrier")
        (testimony,) = facts.claims(ids, "testimony")
        said = (label(barrier, "en"), label(barrier, "fa"), barrier.category, testimony.barrier)
        assert said == (row["label_en"], row["label_fa"], f"barrier-category/{row['category']}", barrier.id), number
        spoke = f"interviewee/mashhad-{row['interviewee']}" if row["interviewee"] else None
        assert testimony.interviewee == spoke, number
        assert any(row["locator"].split(" and ")[0].split(",")[0] in place for place in testimony.locators), number


def test_the_literatures_frameworks_are_concepts_with_their_source(facts: Facts) -> None:
    for number, row, ids in facts.rows("frameworks.tsv"):
        concept = next(schemes()[one.partition("/")[0]][one] for one in ids if one.partition("/")[0] in schemes())
        assert concept.label("en") == row["label_en"], number
        (link,) = facts.claims(ids, "link")
        assert (link.subject, link.object) == (ids[1], ids[0])


def test_alignments_link_the_finding_with_the_literature(facts: Facts) -> None:
    relations = {"agrees with": "agreesWith", "same theme as": "sameThemeAs", "remedies": "remedies"}
    for number, row, ids in facts.rows("alignments.tsv"):
        for link in facts.claims(ids, "link"):
            assert link.relation == relations[row["relation"]], number
            assert link.subject.endswith(f"/{row['finding']}"), number
            last = link.object.rpartition("/")[2]
            named = last.split("-")[0] if link.object.startswith("source/") else last
            assert named in slug(row["literature"]), number


def test_mashhads_figures_roles_and_partners_in_the_study(facts: Facts) -> None:
    scale = {"million": 1_000_000}
    for number, row, ids in facts.rows("mashhad.tsv"):
        figures = facts.claims(ids, "observation")
        if figures and (found := re.match(r"(\d+)(?: (million))?\b", row["object"])):
            wanted = int(found[1]) * scale.get(found[2], 1)
            assert wanted in {claim.value for claim in figures if claim.schema.name == "Observation"}, number
        if found := re.match(r"role: (.*?)(?:;|$)", row["note"]):
            held = {claim.role.removeprefix("role/") for claim in facts.claims(ids, "membership")}
            assert all(any(role.split("-")[0] in found[1] for role in held) for role in held), number
            assert len(held) == 1 + (" and " in found[1])
        if row["predicate"] in {"sister city", "memorandum"} and "unnamed" not in row["object"]:
            city = row["object"].partition(" (")[0]
            parties = {name for tie in facts.claims(ids, "agreement") for name in tie.parties}
            (other,) = parties - {"city/mashhad"}
            assert city in names(facts.claims([other], "city")), number


def test_a_row_on_the_cities_of_iran_is_told_by_the_page_that_states_it(facts: Facts) -> None:
    for number, row, ids in facts.rows("iran_cities.tsv"):
        url = row["source_url"]
        if not url.startswith("http"):
            continue
        page = url.rstrip("/")
        said = [
            source
            for record_id in ids
            for source in facts.store.claims(record_id)
            if (facts.addresses[source] or "").startswith(page)
        ]
        assert said, f"row {number}: none of its records is told by {url}"


FIGURES = {
    "population": "population",
    "area_km2": "area",
    "pilgrimsPerYear": "pilgrims",
    "domesticPilgrimsPerYear": "domestic-pilgrims",
    "foreignPilgrimsPerYear": "foreign-pilgrims",
    "foreignTourists": "foreign-tourists",
    "foreignTouristsPerYear": "foreign-tourists",
    "sisterCityCount": "sister-cities",
    "consulateCount": "consulates",
    "embassyCount": "embassies",
    "dailyFlights": "daily-flights",
    "visasOnArrival": "visas-on-arrival",
}
_SCALE = {"million": 1_000_000, "thousand": 1_000}


def test_figures_of_cities_are_those_of_their_rows(facts: Facts) -> None:
    seen = Counter[str]()
    for number, row, ids in facts.rows("iran_cities.tsv"):
        if row["predicate"] not in FIGURES:
            continue
        told = facts.claims(ids, "observation", row["source_url"])
        assert {claim.measure for claim in told} >= {f"measure/{FIGURES[row['predicate']]}"}, number
        numbers = [
            Decimal(found[1].replace(",", "")) * _SCALE.get(found[2] or "", 1)
            for found in re.finditer(r"(\d[\d,]*(?:\.\d+)?)(?: (million|thousand))?", row["object"])
        ]
        values = {value for claim in told for value in (claim.value, claim.upper)}
        assert set(numbers) & values, f"row {number}: {row['object']} is not among {values}"
        seen[row["predicate"]] += 1
    assert set(seen) == set(FIGURES)


def test_sister_cities_have_the_year_of_their_row(facts: Facts) -> None:
    dated = 0
    for number, row, ids in facts.rows("iran_cities.tsv"):
        if row["predicate"] != "sisterCity" or not re.fullmatch(r"\d{4}", row["when"]):
            continue
        told = facts.claims(ids, "agreement", row["source_url"])
        years = {date.edtf[:4] for claim in told for date in (claim.start, claim.attested, claim.end) if date}
        assert row["when"] in years, f"row {number}: {row['when']} is not among {years}"
        dated += 1
    assert dated > 80


def test_planned_ties_do_not_stand(facts: Facts) -> None:
    for number, row, ids in facts.rows("iran_cities.tsv"):
        if not re.search(r"Planned|Proposed|Negotiation|Pursued|Preparation", row["predicate"]):
            continue
        for claim in [*facts.claims(ids, "agreement", row["source_url"]), *facts.claims(ids, "mission")]:
            assert claim.status in {"status/planned", "status/proposed", "status/negotiated"}, number


def test_where_cities_lie_and_which_they_are_elsewhere(facts: Facts) -> None:
    for number, row, ids in facts.rows("iran_cities.tsv"):
        told = facts.claims(ids, "city")
        match row["predicate"]:
            case "coordinates":
                there = {(claim.latitude, claim.longitude) for claim in told}
                wanted = tuple(Decimal(part) for part in re.findall(r"-?\d+\.\d+", row["object"]))
                assert wanted in there, number
            case "wikidata":
                assert any(f"/{row['object']}" in one for claim in told for one in claim.exact_match), number
            case "geonamesId":
                assert any(row["object"] in one for claim in told for one in claim.exact_match), number


def test_the_eighty_marked_rows_carry_their_disagreement(facts: Facts) -> None:
    marked = 0
    for number, row, ids in facts.rows("iran_cities.tsv"):
        marks = {f"disagreement/{name}" for name in re.findall(r"CONFLICT\[([^\]]+)\]", row["note"])}
        if marks:
            marked += 1
            carried = {
                mark
                for one in ids
                for source, claim in facts.store.claims(one).items()
                if facts.addresses[source] == row["source_url"]
                for mark in claim.disagreements
            }
            assert marks <= carried, f"row {number}: {marks - carried} is not told"
    assert marked == 80


ROLES = {
    "Member": "member",
    "Founding member": "founder",
    "Steering committee": "steering-committee",
    "Board of directors": "board-member",
    "Co-president": "co-president",
    "President": "president",
    "Former president": "president",
    "Regional office": "regional-office",
    "Financial and administrative committee": "financial-committee",
    "Active member": "active-member",
    "Regional vice-president": "regional-vice-president",
}


SLIPS = {436}
"""Rows of memberships.tsv that name another place than their page means (facts_accounting.csv says why)."""


def test_memberships_have_their_role_year_place_and_page(facts: Facts) -> None:
    for number, row, ids in facts.rows("memberships.tsv"):
        urls = re.findall(r"https?://\S+", row["source"])
        if row["role"] == "Executive board meeting participant":  # whether as a member is not told
            (meeting,) = facts.claims(ids, "activity", urls[0])
            assert {"organization/amf", ids[1]} <= set(meeting.actors), number
            continue
        told = facts.claims(ids, "membership", urls[0] if urls else "")
        cities = facts.claims(ids if number in SLIPS else [claim.member for claim in told], "city")
        assert {claim.role for claim in told} == {f"role/{ROLES[row['role']]}"}, number
        assert {claim.organization for claim in told} == {f"organization/{row['organisation'].lower()}"}, number
        if row["year_joined"]:
            assert row["year_joined"] in {claim.start.edtf[:4] for claim in told if claim.start}, number
        assert row["member"] in names(cities) or row["city"] in names(cities), number
        assert {f"country/{row['country_code'].lower()}"} == {claim.country for claim in cities if claim.country}
        if row["lat"]:
            there = (Decimal(row["lat"]), Decimal(row["lon"]))
            assert there in {(claim.latitude, claim.longitude) for claim in cities}, number
        if row["geonameid"]:
            assert any(row["geonameid"] in one for claim in cities for one in claim.exact_match), number
        if row["population"]:
            assert Decimal(row["population"]) in {c.value for c in facts.claims(ids, "observation")}, number


def test_organisations_have_their_name_acronym_and_founding(facts: Facts) -> None:
    for number, row, ids in facts.rows("organizations.tsv"):
        told = facts.claims(ids[:1], "organization")
        assert {slug(name) for name in names(told)} & {
            slug(part) for part in (row["name"], *re.split(r" [-(]|\)", row["name"]))
        }, number
        if row["acronym"]:
            known = names(told) | {claim.acronym for claim in told}
            assert row["acronym"].partition(" /")[0] in known or row["acronym"] in " ".join(names(told)), number
        if found := re.match(r"\d{4}", row["founded"]):
            assert found[0] in {claim.founded.edtf[:4] for claim in told if claim.founded}, number
        elif row["founded"] and not re.fullmatch(r"\d\d-\w+-16", row["founded"]):
            pytest.fail(f"row {number}: founded {row['founded']!r} is of no known form")


def test_every_organisation_is_found_by_its_short_name(store: Store) -> None:
    short = {record.acronym: record.id for record in store.records(Organization) if record.acronym}
    assert {"UCLG", "UCCN", "AMF", "FMDV", "WeGO", "OICC"} <= short.keys()
    for acronym, organization in short.items():
        for name in (acronym, acronym.lower(), acronym.upper()):
            assert lookup.find(store, name) == lookup.find(store, name, "Organization") == organization


@pytest.mark.parametrize(
    ("name", "body"), [("ویگو", "wego"), ("ایکلی", "iclei"), ("سی ۴۰", "c40"), ("سیتی‌نت", "citynet")]
)
def test_short_names_in_persian_are_known_too(store: Store, name: str, body: str) -> None:
    assert lookup.find(store, name) == f"organization/{body}"


def test_dated_member_counts_are_those_of_their_rows(facts: Facts) -> None:
    for number, row, ids in facts.rows("organizations_extra.tsv"):
        values = {claim.value for claim in facts.claims(ids, "observation")}
        wanted = {Decimal(found) for found in re.findall(r"\d+", row["value"])}
        assert wanted <= values, number
        if wanted and (year := re.match(r"\d{4}", row["date"])):
            periods = {claim.period.edtf[:4] for claim in facts.claims(ids, "observation") if claim.period}
            assert year[0] in periods, number


# --- lists of members, and what cities of Iran are called beside members ----------------------------------------------

NO_MEMBERS = re.compile(
    r"spoke|at the 10th|capital|host of the|\bhost\b.*(forum|conference)|foreseen|signer|participant|candidate|pilot"
    r"|title holder|World City|award|role model|permission|Host|Recognised"
)
"""Words for what is no place in a body: they become activities, from which no membership follows."""
STAYS_MEMBER = re.compile(r"^(member|founder)|office|leader of the network")
DOUBT = re.compile(r"membership (implied|not said)|heading lost|country not told|link goes to|called province")


def page_of(address: str | None) -> str:
    """An address without what two copies of one page may differ in."""
    plain = re.sub(r"^https?://(www\.|mail\.)?", "", (address or "").replace(".com./", ".com/"))
    return re.sub(r"(\.html)?\?start=\d+$", "", plain).split("/%")[0].rstrip("/")


@pytest.mark.parametrize("file", ["iran_members.tsv", "memberships_2.tsv"])
def test_each_row_on_a_member_is_told_by_its_page_in_its_role(facts: Facts, file: str) -> None:
    for number, row, ids in facts.rows(file):
        if row["city"] == "city" or not row["source_url"]:
            continue
        page = page_of(row["source_url"])
        said = {
            record_id: [
                claim
                for source, claim in facts.store.claims(record_id).items()
                if (told := page_of(facts.addresses[source])) and (told.startswith(page) or page.startswith(told))
            ]
            for record_id in ids
        }
        doubtful = row.get("detail", "").startswith("from the Korean UNESCO")
        assert any(said.values()) or doubtful, f"{file}, row {number}: not told by {row['source_url']}"
        memberships = [claim for claims in said.values() for claim in claims if claim.schema.name == "Membership"]
        if NO_MEMBERS.search(row["role"]) and not STAYS_MEMBER.search(row["role"]):
            assert not memberships, f"{file}, row {number}: {row['role']} is no member"
        if memberships and DOUBT.search(row["role"] + row.get("detail", "")):
            assert {claim.status for claim in memberships} == {"status/unverified"}, f"{file}, row {number}"


def test_members_lie_in_the_country_that_the_row_says(facts: Facts) -> None:
    for number, row, ids in facts.rows("memberships_2.tsv"):
        for membership in facts.claims(ids[:1], "membership"):
            places = [claim for claim in facts.claims([membership.member], "city") if claim.country]
            wanted = f"country/{row['country_code'].lower()}"
            assert {claim.country for claim in places} <= {wanted}, f"row {number}: {membership.member}"


def test_lists_have_their_date_coverage_country_and_numbers(facts: Facts) -> None:
    countries = {"Iran": "ir", "China": "cn", "Japan": "jp", "Malaysia": "my", "South Korea": "kr"}
    of_all = {"C40", "UCCN", "ANMC21", "ASEAN MGMAC"}
    for number, row, ids in facts.rows("rosters.tsv"):
        for roster in facts.claims(ids[:1], "roster"):
            country = row["whole_or_part"].removeprefix("whole for ")
            if country in countries:
                assert (roster.coverage, roster.country) == ("coverage/whole", f"country/{countries[country]}"), number
            elif row["network"] in of_all and row["whole_or_part"] == "whole":
                assert (roster.coverage, roster.country) == ("coverage/whole", None), number
            else:
                assert roster.coverage == f"coverage/{'likely-whole' if row['network'] == 'OWHC' else 'part'}", number
            assert roster.listed == int(row["members_listed_here"]), number
            assert roster.date is None or roster.date.edtf[:4] in row["list_date"], number


def test_as_many_members_are_told_as_a_whole_list_names(store: Store) -> None:
    """Else the absence of one that was taken for another would count as checked."""
    whole = {row["roster"]: row for row in ask(store, "rosters") if row["coverage_name"] == "whole"}
    assert len(whole) >= 12
    tell_more = {
        "roster/c40/2025",
        "roster/citynet/south-korea-2013",
        "roster/ascn/malaysia-2025",
        "roster/mgmac/2025",
        "roster/wego/south-korea-2019",
    }
    differ = {name for name, row in whole.items() if row["told"] != row["listed"]}
    assert differ <= tell_more, "their sources tell of other members too"
    for name in differ:
        assert whole[name]["told"] > whole[name]["listed"], name
    assert whole["roster/uccn/2024-10-01"]["told"] == 350


def test_absence_of_mashhad_is_checked_where_a_whole_list_lacks_it(store: Store) -> None:
    rows = {row["organization"]: row for row in ask(store, "networks-missing", **MASHHAD, other="city/istanbul")}
    creative, heritage = rows["organization/uccn"], rows["organization/owhc"]
    assert (creative["member"], creative["roster"]) == ("no", "2024-10-01")
    assert (heritage["member"], heritage["roster"]) == ("unknown", None), "a list that is only likely whole"
    mine = {row["membership"]: row for row in ask(store, "memberships", **MASHHAD)}
    assert mine["membership/gnlc/mashhad"]["attested"] == "2020-09-22"
    assert mine["membership/uclg-mewa/mashhad"]["attested"] == "2013"
    historical = {row["organization"]: row["member"] for row in ask(store, "peer-networks", city="city/bandar-abbas")}
    assert historical["organization/lhc"] == "unknown", "one report has it in the place of another city"
    assert historical["organization/gnlc"] == "no", "the list of Iran lacks it"


# --- what is one, and what is two -------------------------------------------------------------------------------------


def test_a_states_own_ministry_is_no_mission(store: Store) -> None:
    home = {city.id: city.country for city in store.records(City)}
    missions = list(store.records(Mission))
    assert [mission.id for mission in missions if home[mission.host] == mission.sender] == []
    office = store.get("activity/foreign-ministry-office-mashhad")
    assert isinstance(office, Activity)
    assert office.kind == "activity-kind/ministry-office"


def test_a_centre_told_under_two_names_is_one(store: Store) -> None:
    rows = ask(store, "memberships", **MASHHAD)
    centres = {row["membership"] for row in rows if row["role"] == "role/training-centre"}
    assert centres == {"membership/miti/mashhad/training-centre"}
    assert len(store.claims(*centres)) == 4, "two pages of Metropolis, that of the centre, and the study"
    youth = {row["role"] for row in rows if row["organization"] == "organization/metropolis-youth"}
    assert youth == {"role/main-centre"}, "also told as its secretariat"


def test_two_cities_of_one_name_are_told_apart(store: Store) -> None:
    named: dict[str, set[str]] = {}
    for city in store.records(City):
        for text in (*city.labels, *city.aliases):
            named.setdefault(fold(text.value), set()).add(city.id)
    doubtful = {
        frozenset({"city/jerusalem", "city/east-jerusalem"}),
        frozenset({"city/gwangju", "city/gwangju-gyeonggi"}),
    }
    for ids in named.values():
        countries = [store.get(one).country for one in ids]  # type: ignore[union-attr]
        assert len(set(countries)) == len(ids) or ids in doubtful, ids
    (marked,) = [one for one in store.records(Disagreement) if one.id == "disagreement/jerusalem"]
    assert {"city/jerusalem", "city/east-jerusalem"} <= set(marked.about)
    claims = {row["claim"] for row in ask(store, "disagreements", city="city/tehran")}
    assert {f"agreement/sister-city/{one}--tehran" for one in ("jerusalem", "east-jerusalem")} <= claims


def test_a_city_that_was_renamed_has_the_name_of_today_and_its_former_one_beside_it(world: Path) -> None:
    with (Path(__file__).parents[2] / "docs" / "world_renamed.csv").open(encoding="utf-8") as file:
        renamed = {f"city/{row['item'].lower()}": row["name"] for row in csv.DictReader(file)}
    with Store.open_folder(world) as opened:
        for city, name in renamed.items():
            record = opened.get(city)
            assert isinstance(record, City)
            assert record.label("en") == name
            (note,) = (text.value for text in opened.claims(city)["source/names-today"].notes if text.lang == "en")
            former = note.partition(" in Wikidata")[0]
            assert former != name
            assert former in {text.value for text in record.aliases}
        astana = opened.get("city/q1520")
        assert astana
        assert (astana.label("en"), astana.label("fa")) == ("Astana", "آستانه")
        assert Text("نورسلطان", "fa") in astana.aliases


# --- both languages, and who says so ----------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", [City, Organization, Need, Barrier, Theme, Source])
def test_everything_has_a_name_in_english_and_persian(store: Store, cls: type[Record]) -> None:
    for record in store.records(cls):
        assert label(record, "en"), f"{record.id} has no English name"
        assert label(record, "fa"), f"{record.id} has no Persian name"


def test_persian_names_are_in_persian_letters(store: Store) -> None:
    for record in store.records():
        for text in (*record.labels, *record.aliases, *record.notes):
            if text.lang == "fa":
                assert not re.search("[يكىةۀ\u0640٠-٩]", text.value), f"{record.id}: {text.value}"


def test_every_source_has_a_kind_and_an_address_or_says_why_not(store: Store) -> None:
    ours = ("origins", "countries", "coding-2026", "iran-cities-facts", "network-members", "organization-scopes")
    own = {STUDY, *(f"source/{name}" for name in ours)}
    for source in store.records(Source):
        said = [claim for claim in store.claims(source.id).values() if isinstance(claim, Source)]
        assert source.kind, source.id
        reason = [note.value for claim in said for note in claim.notes]
        place = [locator for claim in said for locator in claim.locators]  # in the bibliography of the study
        assert source.address or reason or place or source.id in own, f"{source.id}: no address and no reason"


def test_every_judgement_of_the_analyst_gives_its_reason(store: Store) -> None:
    links = [record for record in store.records(source="source/coding-2026") if record.schema.name == "Link"]
    assert len(links) > 300
    for link in links:
        reasons = {text.lang for text in link.reason}  # type: ignore[attr-defined]
        assert reasons == {"en", "fa"}, link.id


def test_a_note_of_ours_is_told_in_both_languages() -> None:
    alone = []
    for path in sorted(DATA.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), 2):
                english, persian = (row.get(f"note_{lang}") or "" for lang in ("en", "fa"))
                if bool(english) != bool(persian) or english.count("|") != persian.count("|"):
                    alone.append(f"{path.relative_to(DATA)}:{line}")
                assert not re.search("[يكة]", persian), (path, line)
    for path in sorted(DATA.rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        if text.count("note_en") != text.count("note_fa"):
            alone.append(str(path.relative_to(DATA)))
    assert alone == []
