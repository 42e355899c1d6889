"""Which records of different sources are the same thing."""

from __future__ import annotations

from citydiplomacy.graph import ids
from citydiplomacy.graph.records import Agreement, City, Source
from citydiplomacy.graph.sources import SourceRecords
from citydiplomacy.loaders.identity import Identities

SISTER = "agreement-kind/sister-city"
ITEM = "http://www.wikidata.org/entity/Q121157"


def told(name: str, *records: City | Agreement) -> SourceRecords:
    """A source and what it says."""
    return SourceRecords(Source(id=f"source/{name}", kind="evidence-kind/dataset"), list(records))


def tie(*parties: str) -> Agreement:
    """A sister-city tie under its derived id."""
    return Agreement(id=ids.agreement(SISTER, parties), kind=SISTER, parties=tuple(sorted(parties)))


def test_a_city_takes_the_id_by_which_its_item_is_known_and_its_ties_follow() -> None:
    known = Identities([(ITEM, "city/mashhad")])
    (unified,) = known.unify(
        [
            told(
                "world",
                City(id="city/q121157", exact_match=(ITEM,)),
                City(id="city/q1"),
                tie("city/q1", "city/q121157"),
            )
        ]
    )
    records = {record.id: record for record in unified.records}
    assert sorted(records) == ["agreement/sister-city/mashhad--q1", "city/mashhad", "city/q1"]
    assert records["agreement/sister-city/mashhad--q1"] == tie("city/mashhad", "city/q1")


def test_the_page_of_an_item_and_its_address_with_s_are_the_item() -> None:
    known = Identities([(ITEM, "city/mashhad")])
    for address in ("https://www.wikidata.org/entity/Q121157", "https://www.wikidata.org/wiki/Q121157"):
        (unified,) = known.unify([told("other", City(id="city/x", exact_match=(address,)))])
        assert [record.id for record in unified.records] == ["city/mashhad"]


def test_a_source_read_before_names_the_thing() -> None:
    known = Identities()
    known.unify([told("first", City(id="city/mashhad", exact_match=(ITEM,)))])
    (unified,) = known.unify([told("second", City(id="city/mashad", exact_match=(ITEM,)))])
    assert [record.id for record in unified.records] == ["city/mashhad"]


def test_an_item_that_two_cities_claim_tells_nothing() -> None:
    known = Identities([(ITEM, "city/mashhad"), (ITEM, "city/meshed")])
    (unified,) = known.unify([told("other", City(id="city/x", exact_match=(ITEM,)))])
    assert [record.id for record in unified.records] == ["city/x"]


def test_two_records_of_one_source_are_never_made_one() -> None:
    known = Identities([(ITEM, "city/mashhad")])
    (unified,) = known.unify([told("other", City(id="city/mashhad"), City(id="city/x", exact_match=(ITEM,)))])
    assert [record.id for record in unified.records] == ["city/mashhad", "city/x"]


def test_an_id_that_was_chosen_is_kept() -> None:
    known = Identities([(ITEM, "city/mashhad")])
    chosen = Agreement(id="agreement/sister-city/my-own", kind=SISTER, parties=("city/q1", "city/x"))
    (unified,) = known.unify([told("other", City(id="city/x", exact_match=(ITEM,)), chosen)])
    (agreement,) = [record for record in unified.records if isinstance(record, Agreement)]
    assert agreement.id == "agreement/sister-city/my-own"
    assert agreement.parties == ("city/mashhad", "city/q1")
