"""Tables and reports as DataFrames and as HTML for a notebook."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import citydiplomacy as cd
from citydiplomacy.face.tables import SHOWN
from citydiplomacy.graph.language.dates import parse_date

NAMES = ("city", "city_name", "n", "share", "member", "since", "sources")
TITLES = ("Id", "City", "Number", "Share", "Member", "Since", "Sources")
TYPES = ("id", "text", "integer", "decimal", "boolean3", "date", "ids")
ROW = ("city/x", "X", 1200, Decimal("0.5"), "yes", "2010-02", ("source/a", "source/b"))
UNKNOWN = ("city/y", None, None, None, "unknown", None, ())


def table(lang: str = "en", *rows: tuple[Any, ...]) -> cd.Table:
    return cd.Table(NAMES, TITLES, rows or (ROW, UNKNOWN), "Cities", TYPES, lang)


def test_a_data_frame_keeps_the_unknown_and_the_types() -> None:
    frame = table().to_pandas()
    assert [str(dtype) for dtype in frame.dtypes] == [
        "string",
        "string",
        "Int64",
        "Float64",
        "string",
        "string",
        "object",
    ]
    assert frame["n"].tolist() == [1200, pd.NA]
    assert frame["member"].tolist() == ["yes", "unknown"]
    assert frame["sources"].tolist() == [["source/a", "source/b"], []]


def test_a_column_of_which_nothing_is_known_has_its_type() -> None:
    for rows in ((UNKNOWN,), ()):
        frame = cd.Table(NAMES, TITLES, rows, types=TYPES).to_pandas()
        assert [str(frame[name].dtype) for name in ("n", "share", "since")] == ["Int64", "Float64", "string"]


def test_columns_that_declare_no_type_are_what_their_values_tell() -> None:
    rows = (
        (True, 1, Decimal("1.5"), parse_date("2010"), "a"),
        (None, None, None, None, None),
        (False, 2, Decimal(2), None, "b"),
    )
    frame = cd.Table(tuple("abcde"), tuple("abcde"), rows).to_pandas()
    assert [str(dtype) for dtype in frame.dtypes] == ["boolean", "Int64", "Float64", "string", "string"]
    assert frame["a"].tolist() == [True, pd.NA, False], "unknown is never no"
    assert frame["d"].tolist() == ["2010", pd.NA, pd.NA]


def test_without_pandas_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(cd.errors.MissingExtraError, match=r"citydiplomacy\[pandas\]"):
        table().to_pandas()


def test_html_leaves_ids_out_beside_names_and_speaks_the_language() -> None:
    english, persian = table()._repr_html_(), table("fa")._repr_html_()
    assert "city/x" not in english
    assert all(f"<td>{cell}</td>" in english for cell in ("X", "1,200", "0.5", "yes", "February 2010", "unknown", "–"))
    assert 'lang="en" dir="ltr"' in english
    assert 'lang="fa" dir="rtl"' in persian
    assert all(f"<td>{cell}</td>" in persian for cell in ("X", "۱٬۲۰۰", "۰٫۵", "آری", "نامعلوم"))
    assert "source/a، source/b" in persian


@given(st.text(min_size=1), st.text())  # a column that says nothing is left out
def test_html_escapes_whatever_a_source_says(text: str, title: str) -> None:
    made = cd.Table(("a",), (title,), ((text,),), title)
    html, report = made._repr_html_(), cd.Report((text,), {"a": made})._repr_html_()
    for page, tags in ((html, 16), (report, 22)):
        assert page.count("<") == page.count(">") == tags - (0 if title else 2)


def test_a_long_table_counts_what_a_notebook_does_not_show() -> None:
    long = table("fa", *[ROW] * (SHOWN + 1234))
    assert long._repr_html_().count("<td>X</td>") == SHOWN
    assert "… ۱٬۲۳۴ سطر دیگر" in long._repr_html_()
    assert "…" not in table("en", *[ROW] * SHOWN)._repr_html_()
    assert len(long.to_pandas()) == SHOWN + 1234
