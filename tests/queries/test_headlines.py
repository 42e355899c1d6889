"""Every number and every name of every headline, recomputed from what it says that it is taken from.

The JSON of the commands is read, and the N-Quads of the store by rdflib, as anybody could.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import rdflib

from citydiplomacy import cli
from citydiplomacy.graph.export.rdf import write_nquads
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.wording.speech import LONG

from .again.answers import Answers
from .again.measures import RULES, Measures

CITIES = ("mashhad", "tehran", "isfahan", "shiraz", "qom", "istanbul", "lahore", "kazan", "karbala", "dushanbe")
"""Five of Iran, five of elsewhere."""
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٫", "0123456789.", "٬")
MOST_LETTERS = LONG + 50
"""A clause of long names is a sentence alone."""


@pytest.fixture(scope="module")
def dataset(shipped_store: Store) -> rdflib.Dataset:
    """The exported N-Quads."""
    out = io.StringIO()
    write_nquads(shipped_store, out)
    found = rdflib.Dataset()
    found.parse(data=out.getvalue(), format="nquads")
    return found


@pytest.fixture
def citydip(shipped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command on the shipped data: what it prints."""

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["citydip", *arguments, "--store", str(shipped)])
        cli.main()
        return capsys.readouterr().out

    return run


@pytest.fixture(scope="module")
def measures(dataset: rdflib.Dataset) -> Measures:
    """Of the same quads."""
    return Measures(dataset)


@pytest.fixture(scope="module")
def answers(dataset: rdflib.Dataset) -> dict[str, Answers]:
    """Of the same quads, by language."""
    return {lang: Answers(dataset, lang) for lang in ("en", "fa")}


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
    answers: dict[str, Answers],
    measures: Measures,
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
                _check(part, answers[lang], measures)


def _check(mark: dict[str, Any], answers: Answers, measures: Measures) -> None:
    """That a mark tells what its evidence gives, in value and in text."""
    found = _recomputed(mark["from"], answers, measures)
    if "date" in mark:
        assert found == mark["date"], mark
        return
    if "id" in mark:
        assert found is None or mark["text"].casefold() == found.casefold(), mark
        return
    assert found == pytest.approx(mark["value"], rel=5e-4), mark  # a measure has four digits that count
    if number := re.search(r"[\d.]+", mark["text"].translate(DIGITS).replace(",", "")):
        cut = mark["text"].startswith(("under", "over", "زیر", "بالای"))
        assert cut or float(number[0]) == pytest.approx(mark["value"], rel=1e-9), mark


def _recomputed(evidence: dict[str, Any], answers: Answers, measures: Measures) -> Any:
    match evidence:
        case {"question": _}:
            found = answers.taken(evidence)
            return float(found) if isinstance(found, Decimal | Fraction) else found
        case {"measure": _}:
            return measures.taken(evidence)
        case {"record": record}:
            return measures.label(record, answers.lang)
        case {"rule": "told by name" | "size class", "value": value}:
            return None if evidence["rule"] == "size class" else value
        case {"rule": rule, "value": value}:
            assert RULES[rule] == value
            return value
        case {"reckoned": how, "of": of}:
            one, other = (_recomputed(each, answers, measures) for each in of)
            match how:
                case "sum":
                    return one + other
                case "difference":
                    return one - other
                case "share":
                    return int(Fraction(100 * Fraction(one) / Fraction(other) + Fraction(1, 2)))
    raise AssertionError(evidence)


def test_the_cities_are_of_iran_and_of_elsewhere(measures: Measures) -> None:
    at_home = [city for city in CITIES if measures.country(f"city/{city}") == "country/ir"]
    assert len(at_home) == 5 == len(CITIES) - len(at_home)
