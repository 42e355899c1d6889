"""A call with too many names, or with its words in another order, is one error that says how it is written."""

from __future__ import annotations

import re

import pytest

from .conftest import Run

CALLS = {
    "report Mashhad Tehran -o x.html": "--against",
    "report Mashhad Tehran": "--against",
    "compare Mashhad": "citydip compare Mashhad Tehran",
    "gaps Mashhad Tehran": "citydip compare",
    "recommend Mashhad Tehran": "citydip compare",
    "co-members Mashhad Tehran": "citydip compare",
    "draw Mashhad map.svg": "citydip draw map mashhad.svg Mashhad",
    "draw map Mashhad": "citydip draw map map.svg",
    "draw bars x.svg": "citydip draw bars bars.svg Mashhad",
    "draw map": "citydip draw map mashhad.svg Mashhad",
    "neo4j push somewhere else": "citydip neo4j push",
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("lang", ["en", "fa"])
def test_what_is_refused_says_how_it_is_written(citydip: Run, call: str, lang: str) -> None:
    ran = citydip(*call.split(), "--lang", lang)
    assert (ran.code, ran.out) == (2, "")
    assert CALLS[call] in ran.err
    if lang == "fa":
        assert all(re.search("[آ-ی]", line) for line in re.split(r"\n(?! )", ran.err.strip()) if line), ran.err


@pytest.mark.parametrize(("lang", "told"), [("en", "stands in quotes"), ("fa", "گیومه")])
def test_a_name_of_several_words_is_told_to_stand_in_quotes(citydip: Run, lang: str, told: str) -> None:
    assert told in citydip("show", "New", "York", "--lang", lang).err
    assert told not in citydip("serve", "there", "--lang", lang).err  # which takes no name


@pytest.mark.parametrize(
    "call",
    [
        ("query", "sister-cities", "city=Mashhad", "-p", "city=Tehran"),
        ("query", "--cypher", "RETURN $y", "-p", "y=1", "-p", "y:text=2"),
        ("query", "--cypher", "RETURN $y", "-p", "y:json=1", "-p", "y:text=2"),
    ],
    ids=" ".join,
)
def test_a_parameter_that_is_given_twice_is_not_taken_once(citydip: Run, call: tuple[str, ...]) -> None:
    ran = citydip(*call)
    assert (ran.code, ran.out) == (2, "")
    assert "is given twice" in ran.err
