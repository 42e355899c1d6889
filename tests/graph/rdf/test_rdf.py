"""Records as RDF and back: nothing is lost, for any record of any class."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.schema import REGISTRY, Record
from citydiplomacy.graph.rdf import triples
from citydiplomacy.ontology.terms import BASE, CD, PREFIXES

from ..strategies import records


def pairs(record: Record) -> list[tuple[str, object]]:
    """What an engine reads of a record: (predicate, object)."""
    fragments = [fragment for part in triples.predicate_objects(record) for fragment in part]
    text = triples.quads(record.id, fragments, f"<{BASE}source/s>")
    found = list(ox.parse(text, ox.RdfFormat.N_QUADS))
    assert {str(quad.subject) for quad in found} == {f"<{BASE}{record.id}>"}
    assert len(found) == len(fragments), "no two fragments are the same"
    return [(quad.predicate.value, quad.object) for quad in found]


@pytest.mark.parametrize("name", REGISTRY)
def test_a_record_comes_back_as_it_was(name: str) -> None:
    @given(records(REGISTRY[name]))
    def check(record: Record) -> None:
        assert triples.read(record.id, pairs(record)) == record

    check()


@given(st.data())
def test_the_order_of_statements_means_nothing(data: st.DataObject) -> None:
    entry = REGISTRY[data.draw(st.sampled_from(sorted(REGISTRY)))]
    record = data.draw(records(entry))
    shuffled = data.draw(st.permutations(pairs(record)))
    assert triples.read(record.id, shuffled) == record


def test_statements_of_others_are_passed_over() -> None:
    said = [("https://example.org/p", ox.Literal("x")), (CD.support, ox.Literal("2"))]
    assert triples.read("city/a", said) == REGISTRY["City"].cls(id="city/a")
    assert triples.read("nothing/a", said) is None


@pytest.mark.parametrize("bad", ["a b", 'a"b', "a<b", "a>b", "a{b", "a|b", "a^b", "a`b", "a\\b", "a\nb", "a\x00b"])
def test_what_no_iri_may_hold_is_refused(bad: str) -> None:
    with pytest.raises(InputError, match="not an IRI"):
        triples.node(f"city/{bad}")
    with pytest.raises(InputError):
        triples.iri(f"https://example.org/{bad}")


@pytest.mark.parametrize(
    ("number", "text"), [("0.10", "0.1"), ("1E+3", "1000"), ("-0.000", "-0"), ("36.29807", "36.29807"), ("7", "7")]
)
def test_decimals_have_one_form(number: str, text: str) -> None:
    assert triples.plain(Decimal(number)) == text


def test_terms_for_people_are_short() -> None:
    assert triples.short(ox.NamedNode(f"{BASE}city/mashhad")) == "city/mashhad"
    assert triples.short(ox.NamedNode(f"{PREFIXES['schema']}startDate")) == "schema:startDate"
    assert triples.short(ox.NamedNode("https://example.org/x")) == "https://example.org/x"
    assert triples.short(ox.Literal("مشهد", language="fa")) == "مشهد"


def test_a_date_stands_with_its_days_and_its_wording() -> None:
    tie = REGISTRY["Agreement"].record("agreement/x", {"start": from_edtf("1453")})
    said = {
        name.rpartition("/")[2].rpartition("#")[2]: str(term) for name, term in pairs(tie) if "start" in name.lower()
    }
    assert said["startDate_earliest"].startswith('"1453-01-01"')
    assert said["startDate_latest"].startswith('"1453-12-31"')
