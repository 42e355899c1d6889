"""Every number and every name of every headline, recomputed from what it says that it is taken from.

The JSON of the commands is read, and the N-Quads of the store by rdflib, as anybody could.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from citydiplomacy import cli
from citydiplomacy.queries.wording.speech import LONG

from .again.recomputed import Recomputed

CITIES = ("mashhad", "tehran", "isfahan", "shiraz", "qom", "istanbul", "lahore", "kazan", "karbala", "dushanbe")
"""Five of Iran, five of elsewhere."""
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
        for part in parts:
            if isinstance(part, str):
                assert not re.search(r"\d", part), f"a number of no question in {headline!r}: {part!r}"
            else:
                recomputed.check(part, lang)


def test_the_cities_are_of_iran_and_of_elsewhere(recomputed: Recomputed) -> None:
    at_home = [city for city in CITIES if recomputed.measures.country(f"city/{city}") == "country/ir"]
    assert len(at_home) == 5 == len(CITIES) - len(at_home)
