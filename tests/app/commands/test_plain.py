"""`citydip ask`: plain words in, what was understood on stderr, the answer on stdout."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import citydiplomacy as cd
from citydiplomacy.errors import UsageError

from ..conftest import Run


def test_the_answer_is_data_and_what_was_understood_is_talk(citydip: Run) -> None:
    ran = citydip("ask", "sister cities of Mashhad in Pakistan", "--format", "json")
    assert [row["partner"] for row in json.loads(ran.out)] == ["city/karachi", "city/lahore"]
    assert ran.err.startswith("Understood: Sister-city ties of any status; The city: Mashhad, Iran; in Pakistan.")


def test_words_need_no_quotes_and_formats_are_those_of_all_commands(citydip: Run) -> None:
    ran = citydip("ask", "iranian", "cities", "in", "metropolis", "-f", "csv")
    assert {"city/mashhad", "city/tehran"} <= {row["actor"] for row in csv.DictReader(io.StringIO(ran.out))}


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Tehran vs Istanbul", "- "),
        ("شکاف‌های مشهد", "- "),
        ("recommend networks for Mashhad", "- "),
        ("how influential is Mashhad", "City "),
        ("cities in the same networks as Mashhad", "City"),
        ("WeGO", "Property"),
    ],
)
def test_reports_are_those_of_their_commands(citydip: Run, text: str, begins: str) -> None:
    ran = citydip("ask", text)
    assert (ran.code, ran.out[: len(begins)]) == (0, begins)


def test_a_date_in_the_question_is_that_of_the_answer(citydip: Run) -> None:
    ran = citydip("ask", "خواهرخوانده‌های مشهد در سال ۱۳۸۹", "-f", "csv")
    assert "held" in next(csv.reader(io.StringIO(ran.out)))
    assert citydip("ask", "sister cities of Mashhad in 2010", "--at", "2011").code == 2


@pytest.mark.parametrize(
    ("text", "country", "question"),
    [
        ("1 city with the most sister cities in Germany", "Germany", ("cities-by-ties",)),
        ("1 partners of partners of Mashhad in Italy", "Italy", ("partners-of-partners", "city=Mashhad")),
    ],
)
def test_the_first_of_a_place_are_found_though_not_among_the_first_of_all(
    citydip: Run, text: str, country: str, question: tuple[str, ...]
) -> None:
    ranked = json.loads(citydip("query", *question, "limit=9999", "-f", "json").out)
    first = next(row for row in ranked if row["country_name"] == country)
    assert ranked.index(first) > 0
    assert json.loads(citydip("ask", text, "--format", "json").out) == [first]


@pytest.mark.parametrize("text", ["شهردار مشهد کیست", "cities that are not twinned with Mashhad", "!", "asdf"])
def test_what_is_not_understood_is_not_answered(citydip: Run, text: str) -> None:
    ran = citydip("ask", text)
    assert (ran.code, ran.out) == (2, "")
    assert "no answer" in ran.err


def test_python_has_the_same(shipped: Path) -> None:
    with cd.open(shipped) as store:
        meant = store.understand("خواهرخوانده‌های مشهد در پاکستان")
        assert meant.line == "sister-cities city=city/mashhad where in=country/pk"
        table = store.answer(meant, lang="fa")
        assert len(table.rows) == 2  # type: ignore[union-attr]
        assert store.answer("Tehran vs Istanbul").tables["dimensions"].rows  # type: ignore[union-attr]
        assert "held" in store.answer("sister cities of Mashhad in 2010").names  # type: ignore[union-attr]
        assert store.answer("WeGO").title == "World Smart Sustainable Cities Organization"  # type: ignore[union-attr]
        with pytest.raises(UsageError, match="mayor"):
            store.answer("who is the mayor of Mashhad")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "is Mashhad a member of C40",
            "It is checked that Mashhad was not in C40 Cities Climate Leadership Group (full list of 2025), as told by "
            "“C40: home page with its 97 member cities”.",
        ),
        ("is Karbala a member of UCCN", "It is checked that Karbala was not in UNESCO Creative Cities Network"),
        ("is Tehran a member of CITYNET", "Whether Tehran is in CITYNET is not known: 3 lists of members of CITYNET"),
        ("is Lyon a member of WeGO", "Whether Lyon is in World Smart Sustainable Cities Organization is not known"),
        (
            "sister cities of Mashhad in Japan",
            "“Sister-city ties of any status” (Mashhad; in Japan): nothing of this is told in these data. That is "
            "unknown, not none.",
        ),
    ],
)
def test_where_nothing_is_left_it_says_what_is_known(citydip: Run, text: str, told: str) -> None:
    ran = citydip("ask", text)
    assert ran.code == 0
    assert sum(line.startswith(told) for line in ran.err.splitlines()) == 1
    assert "row" not in ran.err


def test_so_it_does_in_persian(citydip: Run) -> None:
    told = citydip("ask", "آیا مشهد عضو C40 است", "--lang", "fa").err
    assert "نبود مشهد در گروه رهبری اقلیمی شهرهای سی۴۰ (فهرست کامل ۲۰۲۵ م) بررسی شده است، به گفتهٔ «سی۴۰:" in told
