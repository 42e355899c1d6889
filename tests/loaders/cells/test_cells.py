"""Cells become values, and whatever is accepted can be written into any store."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.graph.language.text import persian_digits
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City, Organization, Source
from citydiplomacy.graph.model.schema import REGISTRY, Kind
from citydiplomacy.graph.model.table_cells import join_values, split_values
from citydiplomacy.graph.rdf import triples
from citydiplomacy.loaders.cells import cells
from citydiplomacy.loaders.cells.cells import CellError
from citydiplomacy.loaders.tables import columns

VALUES = st.text(min_size=1).map(str.strip).filter(len)


@given(st.lists(VALUES, min_size=1))
def test_many_values_in_a_cell_come_back(values: list[str]) -> None:
    assert split_values(join_values(values)) == values


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("a", ["a"]),
        ("a|b", ["a", "b"]),
        (" a | b |", ["a", "b"]),
        (r"a\|b|c", ["a|b", "c"]),
        (r"C:\data", [r"C:\data"]),
        (r"ends in \\|b", ["ends in \\", "b"]),
    ],
)
def test_bars_between_values(cell: str, values: list[str]) -> None:
    assert split_values(cell) == values


@given(st.integers(-(10**17), 10**17))
def test_whole_numbers_in_any_digits(value: int) -> None:
    assert cells.integer(str(value)) == cells.integer(persian_digits(str(value))) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_numbers_in_any_digits(value: Decimal) -> None:
    text = f"{value:f}"
    assert cells.number(text) == value
    assert cells.number(text.replace(".", ","), ",") == value
    assert cells.number(persian_digits(text).replace(".", "٫")) == value


@pytest.mark.parametrize(
    ("cell", "value"), [("۳٬۰۰۱٬۱۸۴", "3001184"), ("٣٫٥", "3.5"), ("\u22122", "-2"), ("+2", "2"), ("007", "7")]
)
def test_numbers_as_people_write_them(cell: str, value: str) -> None:
    assert cells.number(cell) == Decimal(value)


@pytest.mark.parametrize(
    "cell", ["3,001,184", "1 000", "1e6", "12 %", "NaN", "Infinity", "1.", ".5", "1_000", "۱۲٬۳", "--1"]
)
def test_what_is_no_number(cell: str) -> None:
    with pytest.raises(CellError):
        cells.number(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "https://www.wikidata.org/entity/Q121157",
        "http://localhost:8080/a?b=c#d",
        "https://fa.wikipedia.org/wiki/مشهد",
        "https://fa.wikipedia.org/wiki/%D9%85",
        "urn:isbn:9780134092669",
        "doi:10.1000/182",
        "https://example.org",
    ],
)
def test_addresses(cell: str) -> None:
    assert cells.iri(cell) == cell


@pytest.mark.parametrize(
    "cell",
    ["", "Q121157", "www.mashhad.ir", "javascript:alert(1)", "https://", "https:///a", "https://a b", "https://a/%zz",
     "https://a/<b>", "https://a:b/", "file:///etc/passwd", "https://a/#b#c", "http://[::1"],
)  # fmt: skip
def test_what_is_no_address(cell: str) -> None:
    with pytest.raises(CellError):
        cells.iri(cell)


def _parsed(iri: str) -> str:
    """An IRI as the store's own strict parser reads it."""
    (triple,) = ox.parse(
        f"{triples.iri(iri)} <https://example.org/p> <https://example.org/o> .", ox.RdfFormat.N_TRIPLES
    )
    return triple.subject.value


@given(st.from_regex(cells._IRI, fullmatch=True))
def test_an_address_that_is_accepted_can_be_stored(address: str) -> None:
    try:
        found = cells.iri(address)
    except CellError:
        return
    assert _parsed(found) == found


@given(st.from_regex(rf"{ids._PART.pattern}(/{ids._PART.pattern})*", fullmatch=True) | st.text())
def test_an_id_that_is_accepted_can_be_stored(cell: str) -> None:
    try:
        found = cells.record_id(cell, ("city",))
    except CellError:
        return
    assert _parsed(f"https://w3id.org/citydiplomacy/{found}").endswith(found)
    assert cells.record_id(found, ("city",)) == found


@given(st.text())
def test_a_text_that_is_accepted_is_in_its_final_form(cell: str) -> None:
    try:
        found = cells.plain(cell)
    except CellError:
        return
    assert cells.plain(found) == found
    quad = f"<https://example.org/s> <https://example.org/p> {triples.encode_basestring(found)} ."
    (triple,) = ox.parse(quad.encode(), ox.RdfFormat.N_TRIPLES)
    assert triple.object.value == found


@given(st.text(), st.sampled_from([prop for entry in REGISTRY.values() for prop in entry.properties]))
def test_any_cell_is_a_value_or_a_clear_error(cell: str, prop: object) -> None:
    with contextlib.suppress(CellError):  # and nothing else
        assert cells.reader(prop, lang="fa")(cell) is not None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "folders", "short", "value"),
    [
        ("mashhad", ("city",), None, "city/mashhad"),
        ("city/mashhad", ("city",), None, "city/mashhad"),
        ("c40/karachi", ("membership",), None, "membership/c40/karachi"),
        ("mashhad", ("city", "country"), "city", "city/mashhad"),
        ("country/ir", ("city", "country"), "city", "country/ir"),
        ("مشهد", ("city",), None, "city/مشهد"),
    ],
)
def test_ids(cell: str, folders: tuple[str, ...], short: str | None, value: str) -> None:
    assert cells.record_id(cell, folders, short) == value


def test_columns_of_a_class() -> None:
    label = columns.column(City.schema, "label_zh-hant")
    assert (label.field, label.lang, label.many, label.tupled) == ("labels", "zh-hant", False, True)
    assert columns.column(City.schema, "note").lang == "en"
    assert columns.column(City.schema, "alias_und").many
    assert columns.column(Organization.schema, "founded_original").prop is None
    assert columns.column(Organization.schema, "parents").many
    with pytest.raises(CellError):
        columns.column(Source.schema, "source")


@pytest.mark.parametrize("entry", REGISTRY.values(), ids=REGISTRY.keys())
def test_every_property_has_its_column(entry: object) -> None:
    names = [name.replace("<language>", "fa") for name in columns.columns(entry)]  # type: ignore[arg-type]
    told = {columns.column(entry, name).field for name in names}  # type: ignore[arg-type]
    assert {prop.name for prop in entry.properties} <= told  # type: ignore[attr-defined]
    assert all(f"{prop.name}_original" in told for prop in entry.properties if prop.kind is Kind.DATE)  # type: ignore[attr-defined]


def test_a_cache_forgets_before_it_fills_the_memory() -> None:
    cache = cells.Cache(str.upper)
    for number in range(cache.LIMIT + 1):
        cache[f"a{number}"]
    assert len(cache) == 1
    assert cache["b"] == "B"


def test_a_fair_word_for_a_concept_is_read_and_its_own_name_first() -> None:
    status = Agreement.schema.by_name["status"]
    read = {word: cells.reader(status)(word) for word in ("in force", "معتبر", "Unknown", "active", "expired")}
    assert read == {
        "in force": "status/active",
        "معتبر": "status/active",
        "Unknown": "status/unknown",
        "active": "status/active",
        "expired": "status/ended",
    }
