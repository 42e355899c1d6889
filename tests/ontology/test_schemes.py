"""The concept schemes, as an analyst counts on them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from citydiplomacy.graph.model.schema import REGISTRY, Kind
from citydiplomacy.ontology.schemes import schemes, turtle_files


def test_the_schemes_of_the_study_and_the_literature() -> None:
    found = schemes()
    assert list(found["axis"]) == ["axis/economy", "axis/organizations", "axis/society", "axis/communication"]
    sizes = {
        name: len(found[name]) for name in ("axis", "barrier-category", "dimension", "function", "worldwide-barrier")
    }
    assert sizes == {"axis": 4, "barrier-category": 3, "dimension": 6, "function": 5, "worldwide-barrier": 3}


def test_every_concept_is_named_in_both_languages() -> None:
    for scheme, concepts in schemes().items():
        for identifier, concept in concepts.items():
            assert identifier == concept.id
            assert identifier.startswith(f"{scheme}/")
            assert set(concept.labels) == {"en", "fa"}
            assert concept.label("fa") == concept.labels["fa"] != concept.label("de") == concept.labels["en"]


def test_roles_are_graded() -> None:
    roles = schemes()["role"]
    assert {role.grade for role in roles.values()} == {0, 1, 2, 3}
    assert (roles["role/observer"].grade, roles["role/member"].grade, roles["role/board-member"].grade) == (1, 2, 3)
    assert {name for name, role in roles.items() if role.bonus == 1} == {"role/founder"}
    hosts = {name for name, role in roles.items() if role.bonus == 2}
    assert hosts == {
        "role/secretariat-host",
        "role/regional-office",
        "role/training-centre",
        "role/main-centre",
        "role/office-host",
    }
    assert {name for name, role in roles.items() if role.grade == 0} == hosts, "who only hosts is no member"


def test_a_status_stands_or_not_or_nobody_knows() -> None:
    stands = {name.partition("/")[2]: status.stands for name, status in schemes()["status"].items()}
    assert stands == {
        "proposed": False,
        "planned": False,
        "negotiated": False,
        "signed": True,
        "active": True,
        "dormant": False,
        "ended": False,
        "unverified": None,
        "unknown": None,
    }


def test_kinds_of_evidence_run_from_weak_to_first_hand() -> None:
    reliability = {name: kind.reliability for name, kind in schemes()["evidence-kind"].items()}
    assert reliability["evidence-kind/scholarly"] == 5
    assert reliability["evidence-kind/coding"] == 2
    assert reliability["evidence-kind/weak"] == 1
    assert all(value in range(1, 6) for value in reliability.values())


def test_world_regions_lead_to_continents() -> None:
    regions = schemes()["world-region"]
    tops = {name for name, region in regions.items() if region.broader is None}
    assert tops == {
        f"world-region/{name}" for name in ("africa", "americas", "antarctica", "asia", "europe", "oceania")
    }
    for name in regions:
        wider = name
        while (broader := regions[wider].broader) is not None:
            wider = broader
        assert wider in tops
    assert regions["world-region/southern-asia"].broader == "world-region/asia"


def test_records_use_schemes_that_exist() -> None:
    used = {prop.range[0] for entry in REGISTRY.values() for prop in entry.properties if prop.kind is Kind.CONCEPT}
    assert used <= set(schemes())


def test_the_files_are_found_inside_the_package() -> None:
    assert [file.name for file in turtle_files()] == ["citydiplomacy.ttl", "schemes.ttl"]
    assert all(file.is_file() for file in turtle_files())


@pytest.mark.parametrize(("table", "scheme"), [("axes.tsv", "axis"), ("barrier_categories.tsv", "barrier-category")])
def test_the_names_of_the_study_are_kept(shared: Path, table: str, scheme: str) -> None:
    with (shared / "facts" / table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    labels = {name.partition("/")[2]: concept.labels for name, concept in schemes()[scheme].items()}
    assert labels == {row["id"]: {"en": row["label_en"], "fa": row["label_fa"]} for row in rows}


def test_the_names_of_the_literature_are_kept(shared: Path) -> None:
    with (shared / "facts" / "frameworks.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    frameworks = ("dimension", "main-actor", "function", "worldwide-barrier", "recommendation-track")
    ours = [concept.labels["en"] for scheme in frameworks for concept in schemes()[scheme].values()]
    assert ours == [row["label_en"] for row in rows]
