"""Every number and every name of every headline, recomputed from what it says that it is taken from.

The JSON of the commands is read, and the N-Quads of the store by rdflib, as anybody could.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy import cli
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.views.at_date import StoreAt
from citydiplomacy.queries.wording.speech import LONG

from .again.recomputed import Recomputed

CITIES = (
    *("mashhad", "tehran", "isfahan", "shiraz", "qom", "dargaz"),
    *("istanbul", "lahore", "kazan", "karbala", "dushanbe", "baku"),
)
"""Six of Iran, six of elsewhere; of Dargaz no standing tie is known."""
MOST_LETTERS = LONG
"""Of a sentence."""


@pytest.fixture
def citydip(shipped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command on the shipped data: what it prints."""

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["citydip", *arguments, "--store", str(shipped)])
        cli.main()
        return capsys.readouterr().out

    return run


REPORTS: dict[str, Callable[[str], list[str]]] = {
    "compare": lambda city: [city, CITIES[(CITIES.index(city) + 1) % len(CITIES)]],
    "gaps": lambda city: [city],
    "recommend": lambda city: [city],
    "influence": lambda city: [city],
}
IN_PERSIAN = ("mashhad", "lahore")
"""In both languages the same is told (`test_persian_headlines...`), so two cities tell whether the names are right."""


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(("city", "lang"), [*((city, "en") for city in CITIES), *((city, "fa") for city in IN_PERSIAN)])
def test_every_number_and_name_is_that_of_its_question(
    citydip: Callable[..., str],
    recomputed: Recomputed,
    city: str,
    lang: str,
    report: str,
) -> None:
    told = json.loads(citydip(report, *REPORTS[report](city), "-f", "json", "--lang", lang))
    assert told["headlines"]
    for headline, parts in zip(told["headlines"], told["parts"], strict=True):
        assert "".join(part if isinstance(part, str) else part["text"] for part in parts) == headline
        assert len(headline) <= MOST_LETTERS, headline
        _check(parts, headline, recomputed, lang)
        for clause in headline.split("; "):
            assert not re.match("[Nn]o .* is known", clause) or "in these data" in clause, clause


def _check(parts: list[Any], headline: str, recomputed: Recomputed, lang: str) -> None:
    for part in parts:
        if isinstance(part, str):
            assert not re.search(r"\d", part), f"a number of no question in {headline!r}: {part!r}"
        else:
            recomputed.check(part, lang)


def test_the_cities_are_of_iran_and_of_elsewhere(recomputed: Recomputed) -> None:
    at_home = [city for city in CITIES if recomputed.measures.country(f"city/{city}") == "country/ir"]
    assert len(at_home) == 6 == len(CITIES) - len(at_home)


PAST = "With ties as of 2013: "


@pytest.fixture(scope="module")
def past(shipped_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recomputed]:
    """Takes numbers and names again from the quads of the view at a past date."""
    with StoreAt.of(shipped_store, parse_date("2013")) as view:
        yield Recomputed(view, tmp_path_factory.mktemp("past"))


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("city", ["mashhad", "istanbul"])
def test_at_a_past_date_each_number_is_that_of_the_date(
    citydip: Callable[..., str], past: Recomputed, city: str, report: str
) -> None:
    told = json.loads(citydip(report, *REPORTS[report](city), "-f", "json", "--at", "2013"))
    assert told["headlines"]
    for headline, (first, *parts) in zip(told["headlines"], told["parts"], strict=True):
        assert first.startswith(PAST), headline
        _check([first.removeprefix(PAST), *parts], headline, past, "en")
        assert "Wikidata between" not in headline, "what was measured was measured of today's ties"


@pytest.mark.parametrize("at", [(), ("--at", "2013")])
def test_what_nobody_says_is_over_is_not_told_so(citydip: Callable[..., str], at: tuple[str, ...]) -> None:
    """The tie of Jerusalem with Tehran is unverified; in 2013 all its ties may have held, and none was over."""
    told = " ".join(json.loads(citydip("recommend", "jerusalem", "-f", "json", *at))["headlines"])
    assert "is told as over" not in told
    assert "tie of Jerusalem with Tehran is told, and not known to stand" in told


def test_of_a_city_without_a_membership_it_is_said_who_looked_and_when(citydip: Callable[..., str]) -> None:
    told = json.loads(citydip("gaps", "dargaz", "-f", "json"))["headlines"]
    assert (
        "No standing membership of Dargaz is known in these data, and no source in them set out to collect any." in told
    )
    assert "None of the 62 lists of members in these data is known to name Dargaz (the latest of January 2026)." in told
    told = json.loads(citydip("gaps", "jerusalem", "-f", "json", "--at", "2013"))["headlines"]
    assert not [
        each for each in told if "lists of members in these data is known to name Jerusalem" in each and "2026" in each
    ]
