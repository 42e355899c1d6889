"""influence and co-members as commands: places by scope, networks, evidence on stderr, both languages."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from ..conftest import Run


def test_cities_are_placed_among_all_and_their_like(citydip: Run) -> None:
    ran = citydip("influence", "Mashhad", "تهران", "-m", "degree", "--format", "json")
    told = json.loads(ran.out)
    mashhad, tehran = told["positions"]
    assert (mashhad["all_rank"], tehran["all_rank"]) == (2, 1)
    assert mashhad["all_size"] == tehran["all_size"] == 15
    assert tehran["all_percentile"] == 100
    assert (mashhad["country"], mashhad["region"], mashhad["size"]) == ("Iran", "Southern Asia", "1 to 5 million")
    assert mashhad["country_rank"] <= mashhad["country_size"] <= mashhad["region_size"] <= mashhad["all_size"]
    assert told["headlines"][:2] == [
        "Mashhad is told as a city of Iran; Mashhad is counted to Southern Asia with its country, as the United "
        "Nations group countries.",
        "Mashhad is ranked among cities of 1 to 5 million people, with 3,062,242 (between 20 March 2016 and "
        "20 March 2017).",
    ]
    assert "have a date of beginning" in told["headlines"][-1]
    assert "have a date of beginning" in citydip("influence", "Mashhad", "-m", "degree").err
    persian = citydip("influence", "Tehran", "-m", "degree", "--lang", "fa").err
    assert "تهران میان شهرهای با جمعیت دست‌کم ۱۰ میلیون رتبه می‌گیرد، با ۱۱٬۰۰۰٬۰۰۰ نفر" in persian


def test_one_scope_is_shown_if_one_is_asked(citydip: Run) -> None:
    told = json.loads(citydip("influence", "Mashhad", "-m", "degree", "--among", "size", "--format", "json").out)
    (row,) = told["positions"]
    assert row["size"] == "1 to 5 million"
    assert row["size_percentile"] is None  # fewer than five
    assert "all_rank" not in row
    assert "(few)" in citydip("influence", "Mashhad", "-m", "degree", "--among", "size").out


def test_a_city_that_nobody_collected_has_no_rank(citydip: Run) -> None:
    told = json.loads(citydip("influence", "Lahore", "-m", "degree", "--format", "json").out)
    (row,) = told["positions"]
    assert row["value"] == 3
    assert [row[key] for key in row if key.endswith("_rank")] == [None] * 4
    assert "No source in these data set out to collect the sister cities of Lahore" in " ".join(told["headlines"])
    everyone = json.loads(citydip("influence", "-m", "degree", "--top", "20", "--format", "json").out)
    ranks = [row["rank"] for row in everyone["ranking"]]
    assert ranks[15:] == [None] * 5
    assert None not in ranks[:15]
    assert "94 cities have no rank" in " ".join(everyone["headlines"])


def test_city_without_a_tie_is_told(citydip: Run) -> None:
    assert "No standing tie of Chengdu is known in these data" in citydip("influence", "Chengdu", "-m", "degree").err
    assert (
        "در این داده‌ها پیوند برقراری از چنگدو شناسایی نشده است"
        in citydip("influence", "Chengdu", "-m", "degree", "--lang", "fa").err
    )


@pytest.mark.parametrize("network", ["memberships", "newman", "backbone"])
def test_every_network_ranks(citydip: Run, network: str) -> None:
    ran = citydip("influence", "--network", network, "--top", "3", "--format", "json")
    assert ran.code == 0
    ranked = json.loads(ran.out)["ranking"]
    assert ranked[0]["rank"] == 1
    assert not any(row["id"].startswith("organization/") for row in ranked)


def test_measure_that_says_nothing_there_is_refused(citydip: Run) -> None:
    ran = citydip("influence", "-n", "memberships", "-m", "clustering")
    assert ran.code == 2
    assert "no measure 'clustering' in the network memberships" in ran.err


def test_co_members_in_persian(citydip: Run) -> None:
    ran = citydip("co-members", "مشهد", "--every", "--lang", "fa", "--top", "5")
    assert "سازمان‌ها" in ran.out
    assert "نه" in ran.out
    assert "آزموده شد" in ran.err


def test_all_pairs_are_not_listed(citydip: Run) -> None:
    ran = citydip("co-members", "--every")
    assert ran.code == 2
    assert "needs a city" in ran.err


def test_projections_are_exported(citydip: Run, tmp_path: Path) -> None:
    assert citydip("export", "graphml", tmp_path / "newman.graphml", "--network", "newman").code == 0
    graph = nx.read_graphml(tmp_path / "newman.graphml")
    assert all(node.startswith("city/") for node in graph)
    strengths = dict(graph.degree(weight="weight"))
    ranked = json.loads(citydip("influence", "-n", "newman", "-m", "strength", "--format", "json").out)["ranking"]
    assert {row["id"]: pytest.approx(row["strength"]) for row in ranked}.items() <= strengths.items()
