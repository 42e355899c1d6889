"""Rows come in the order of the names in them."""

from __future__ import annotations

import pytest

from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.library.cells import Row
from citydiplomacy.queries.library.collation import by_names

HEADER = """#+ title: {en: A, fa: ا}
#+ description: {en: A., fa: ا}
#+ view: merged
#+ columns:
#+   - {name: grade, type: integer, title: {en: G, fa: د}}
#+   - {name: city, type: id, title: {en: C, fa: ش}}
#+   - {name: city_name, type: text, title: {en: N, fa: ن}}
SELECT ?grade ?city ?city_name { ?city cd:grade ?grade ; skos:prefLabel ?city_name }
"""
ROWS: list[Row] = [
    (3, "city/a", "تهران"),
    (3, "city/b", "پاریس"),
    (2, "city/c", "کابل"),
    (2, "city/d", "ونیز"),
    (2, "city/e", "گرگان"),
]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("ORDER BY DESC(?grade) ?city_name ?city", "baced"),
        ("ORDER BY ?city_name", "baced"),
        ("ORDER BY DESC(?grade) ?city", "abcde"),
        ("ORDER BY STRLEN(?city_name) ?city_name", "abcde"),
    ],
)
def test_only_the_order_of_names_changes(order: str, expected: str) -> None:
    asked = catalogue.parse(HEADER + order, "sample", "sample.rq")
    assert [str(row[1])[-1] for row in by_names(asked, ROWS)] == list(expected.replace(" ", ""))


@pytest.mark.parametrize("name", ["sister-cities", "members", "neighbourhood", "shortest-path"])
def test_the_shipped_questions_are_understood(name: str) -> None:
    asked = catalogue.question(name)
    index = next(index for index, column in enumerate(asked.columns) if column.name.endswith("_name"))
    rows: list[Row] = [
        tuple(text if index == place else None for place in range(len(asked.columns))) for text in ("ونیز", "پاریس")
    ]
    assert [row[index] for row in by_names(asked, rows)] == ["پاریس", "ونیز"]
