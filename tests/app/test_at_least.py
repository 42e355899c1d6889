"""`--at-least`: what is printed says that it is restricted, and how many ties were left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from .conftest import Run


@pytest.mark.parametrize("words", [("compare", "Mashhad", "Tehran"), ("gaps", "Mashhad"), ("recommend", "Mashhad")])
def test_every_headline_says_what_it_counts(citydip: Run, words: tuple[str, ...]) -> None:
    told = citydip(*words, "--at-least", "press", "-f", "json")
    assert re.match(r"Only ties told by “press” or better: \d+ ties; \d+ left out\.\n", told.err)
    headlines = json.loads(told.out)["headlines"]
    assert headlines
    assert all(each.startswith("Counting only ties told by “press” or better: ") for each in headlines)
    assert not any("among the ten" in each for each in headlines)  # how good such a list is was measured with all ties


def test_a_question_an_export_and_a_picture_are_of_the_ties_that_reach_it(citydip: Run, tmp_path: Path) -> None:
    rows = citydip("query", "sister-cities", "city=Mashhad", "-f", "csv").out.splitlines()
    strong = citydip("query", "sister-cities", "city=Mashhad", "-f", "csv", "--at-least", "2").out.splitlines()
    assert 1 < len(strong) < len(rows)
    assert set(strong) <= set(rows)
    for form in ("graphml", "turtle"):
        out = tmp_path / form
        citydip("export", form, str(out), "--at-least", "2")
        assert "fresno--mashhad" not in out.read_text(encoding="utf-8")
        assert "lahore--mashhad" in out.read_text(encoding="utf-8")
    citydip("draw", "network", str(tmp_path / "m.svg"), "Mashhad", "--at-least", "2")
    assert "2 voices" in (tmp_path / "m.svg").read_text(encoding="utf-8")


def test_nobody_is_said_to_be_on_no_list_whose_own_members_are_left_out(citydip: Run) -> None:
    def in_creative_cities(city: str, *more: str) -> str:
        rows = json.loads(citydip("query", "peer-networks", f"city={city}", "-f", "json", *more).out)
        return next((row["member"] for row in rows if row["organization"] == "organization/uccn"), "yes")

    assert (in_creative_cities("Bandar Abbas"), in_creative_cities("Shiraz")) == ("yes", "no")
    assert in_creative_cities("Bandar Abbas", "--at-least", "3") == "unknown"
    told = citydip("gaps", "Bandar Abbas", "--at-least", "3").out
    assert "was not in UNESCO Creative Cities Network" not in told
    lists = re.search(r"None of the (\d+) lists of members", told)
    assert lists is None or int(lists[1]) < 62


def test_the_sources_of_a_city_are_those_of_the_claims_that_are_counted(citydip: Run) -> None:
    """All its sources stood beside the few claims that several voices tell."""

    def behind(*more: str) -> set[str]:
        rows = json.loads(citydip("query", "sources-of-city", "city=Bandar Abbas", "-f", "json", *more).out)
        return {row["source"] for row in rows if row["claims"]}

    assert set() < behind("--at-least", "3") < behind()


def test_what_is_no_strength_is_one_error(citydip: Run) -> None:
    refused = citydip("compare", "Mashhad", "Tehran", "--at-least", "newspaper")
    assert (refused.code, refused.out) == (2, "")
    assert "no kind of evidence and no number of voices: 'newspaper'" in refused.err
    assert "official, scholarly, statistics, literature, press" in refused.err
    refused = citydip("query", "sister-cities", "city=Mashhad", "--at-least", "2", "--endpoint", "http://x.org")
    assert refused.code == 2
    assert "--at-least asks a store" in refused.err
    refused = citydip("export", "csv", "out", "--at-least", "2")
    assert refused.code == 2
    assert "takes no --at-least" in refused.err
