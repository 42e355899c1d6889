"""The saved questions, asked of a small world, and asked the same by another engine."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.ontology.terms import PREFIXES
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.library.parameters import Parameter
from citydiplomacy.queries.library.question import Question
from citydiplomacy.queries.library.questions import denominator, run

from ..again.answers import cell

VALUES: dict[str, object] = {
    "city": "ayla",
    "other": "bosra",
    "need": "fairs",
    "organization": "net",
    "other_organization": "fund",
    "record": "agreement/sister-city/ayla--cana",
    "source": "study",
    "date": "2012-06-01",
}
PYTHON: dict[str, Any] = {
    "id": str,
    "ids": tuple,
    "text": str,
    "texts": tuple,
    "integer": int,
    "decimal": Decimal,
    "date": str,
    "boolean3": str,
    "iri": str,
    "class": str,
    "statements": tuple,
    "value": (Decimal, Date, str),
}


def sample(question: Question, **more: object) -> dict[str, object]:
    """Values for the parameters of a question."""
    return {name: (VALUES | more)[name] for name in question.by_name if name in VALUES | more}


def ask(store: Store, name: str, *columns: str, **more: object) -> list[Any]:
    """Rows of an answer, only some columns; bare values for one column."""
    answer = run(store, name, sample(catalogue.question(name), **more))
    rows = [tuple(record[column] for column in columns) for record in answer.records()]
    return [row[0] for row in rows] if len(columns) == 1 else rows


# --- all questions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", catalogue.names("sparql"))
def test_every_question_answers_what_its_header_declares(store: Store, name: str) -> None:
    question = catalogue.question(name)
    swapped = {"city": "bosra", "other": "ayla", "status": "active"}
    asked = [sample(question), sample(question, lang="fa"), sample(question, **swapped)]
    answers = [run(store, question, values) for values in asked]
    assert any(answer.rows for answer in answers)
    for row in (row for answer in answers for row in answer.rows):
        for column, value in zip(question.columns, row, strict=True):
            assert value is None or isinstance(value, PYTHON[column.type]), (column.name, value)
            assert PYTHON[column.type] is not tuple or value is not None
            assert column.type != "text" or value not in {"", "None"}
    for answer in answers:
        assert len(set(answer.rows)) == len(answer.rows)


@pytest.fixture(scope="module")
def dataset(store: Store) -> rdflib.Dataset:
    """The small world in rdflib's memory."""
    found = rdflib.Dataset()
    found.parse(data=ox.serialize(store.quads(), format=ox.RdfFormat.N_QUADS), format="nquads")
    return found


@pytest.mark.parametrize("name", catalogue.names("sparql"))
@pytest.mark.parametrize("lang", ["en", "fa"])
def test_every_question_means_the_same_to_rdflib(store: Store, dataset: rdflib.Dataset, name: str, lang: str) -> None:
    question = catalogue.question(name)
    values = sample(question, lang=lang)
    theirs = dataset.query(question.bind(values), initNs=PREFIXES)
    columns = question.projected  # what stands beside comes from another question
    rows = [tuple(cell(column.type, term) for column, term in zip(columns, row, strict=True)) for row in theirs]
    ours = [
        tuple(
            value.edtf if isinstance(value, Date) else value
            for column, value in zip(question.columns, row, strict=True)
            if column in columns
        )
        for row in run(store, question, values).rows
    ]
    assert sorted(rows, key=repr) == sorted(ours, key=repr)


@pytest.mark.parametrize("name", catalogue.names("sparql"))
def test_rows_come_in_one_order(store: Store, name: str) -> None:
    """The order decides every pair of rows: reversing each key of it reverses the answer."""
    question = catalogue.question(name)
    if "limit" in question.by_name:
        pytest.skip("with a limit the other end of the list is another list")
    values = sample(question)
    text = question.bind(values)
    head, _, order = text.rpartition("ORDER BY")
    keys = re.findall(r"DESC\(((?:[^()]|\([^()]*\))*)\)|(\w+\((?:[^()]|\([^()]*\))*\)|\?\w+)", order)
    assert keys
    turned = " ".join(f"ASC({down})" if down else f"DESC({up})" for down, up in keys)
    backwards: Any = store.query(f"{head}ORDER BY {turned}")
    forwards: Any = store.query(text)
    assert [_terms(row) for row in backwards][::-1] == [_terms(row) for row in forwards]


def _terms(row: Any) -> tuple[str, ...]:
    """A row of terms, with the parts of a list sorted: only rows have an order."""
    return tuple("\n".join(sorted(term.value.split("\n"))) if term is not None else "" for term in row)


def test_no_question_repeats_a_row_for_a_record_with_labels_in_several_other_languages(store: Store) -> None:
    """Edessa has a German and a French name, and no English one: one of them is taken, always the same."""
    assert ask(store, "sister-cities", "partner", "partner_name") == [
        ("city/cana", "Cana"),
        ("city/edessa", "Edessa"),
        ("city/dura", "دورا"),
    ]


def test_names_fall_back_to_english_then_to_any_then_to_the_id(store: Store) -> None:
    persian = {row[0]: row[1] for row in ask(store, "sister-cities", "partner", "partner_name", lang="fa")}
    assert persian == {"city/cana": "قانا", "city/dura": "دورا", "city/edessa": "Edessa"}
    assert ask(store, "sister-cities", "country_name", lang="sw") == ["Beland", "Beland", "Beland"]
    assert ask(store, "activities", "with") == [("The Net", "city/nameless")]
    assert ask(store, "barriers-to-need", "reason", lang="fa") == ["A fair needs hands.", "No visitor, no fair."]


# --- ties -------------------------------------------------------------------------------------------------------------


def test_a_tie_of_two_sources_is_one_row_with_both(store: Store) -> None:
    rows = ask(store, "sister-cities", "partner", "status", "start", "attested", "sources")
    assert rows[0] == ("city/cana", "status/active", "2010", "2016", ("source/press", "source/study"))


def test_whether_an_agreement_stands_has_three_values(store: Store) -> None:
    assert ask(store, "agreements", "parties", "stands") == [
        (("Bosra",), "yes"),
        (("Cana",), "yes"),
        (("Cana",), "yes"),
        (("دورا",), "yes"),
        (("Edessa",), "no"),
    ]


def test_agreements_in_a_status_are_some_of_all(store: Store) -> None:
    assert ask(store, "agreements-by-status", "parties") == [("Edessa",)]
    assert ask(store, "agreements-by-status", "agreement", status="signed") == ["agreement/memorandum/ayla--cana"]
    assert denominator(store, "agreements-by-status", {"city": "ayla", "lang": "fa"}) == 5
    assert denominator(store, "agreements", {"city": "ayla"}) is None


def test_what_the_other_city_has_is_missing_with_three_values(store: Store) -> None:
    """No roster tells of the Net for Cana; the Fund's is whole; the Ring's is a part, but Ayla is told to look on."""
    assert ask(store, "networks-missing", "organization", "member", "roster") == [
        ("organization/fund", "no", "2020"),
        ("organization/ring", "no", None),
    ]
    assert ask(store, "networks-missing", "organization", "member", city="cana") == [
        ("organization/net", "unknown"),
        ("organization/ring", "unknown"),
    ]
    assert ask(store, "networks-compared", "organization", "city_member", "other_member", other="cana") == [
        ("organization/fund", "no", "yes"),
        ("organization/net", "yes", "unknown"),
    ]
    assert denominator(store, "networks-missing", {"city": "ayla", "other": "bosra"}) == 3


def test_a_tie_that_nobody_tells_is_unknown_and_one_that_does_not_stand_is_a_no(store: Store) -> None:
    assert ask(store, "sister-cities-missing", "partner", "twinned") == [("city/edessa", "no")]
    assert ask(store, "sister-cities-missing", "partner", "twinned", city="cana") == [("city/edessa", "unknown")]


def test_an_ended_tie_is_no_partner_in_common(store: Store) -> None:
    assert ask(store, "common-partners", "partner") == ["city/dura"]


def test_triangles_and_partners_of_partners(store: Store) -> None:
    assert ask(store, "triangles", "one", "two") == [("city/cana", "city/dura")]
    assert ask(store, "partners-of-partners", "partner", "common") == [("city/bosra", 1)]


def test_cities_by_ties_cuts_at_the_limit(store: Store) -> None:
    assert ask(store, "cities-by-ties", "city", "partners", limit=2) == [("city/dura", 3), ("city/ayla", 2)]
    assert len(ask(store, "cities-by-ties", "city", limit=100)) == 5


def test_countries_and_regions_reached_leave_out_what_does_not_stand(store: Store) -> None:
    """Ayla has a planned tie and an ended flight to the same country; Bosra's only consulate is planned."""
    assert ask(store, "countries-reached", "country", "agreements", "missions", "routes") == [("country/bb", 3, 1, 1)]
    assert ask(store, "countries-reached", "missions", city="bosra") == [0]
    assert ask(store, "world-regions-reached", "region", "continent_name", "number") == [
        ("world-region/western-asia", "Asia", 1)
    ]


def test_memberships_and_roles_with_their_grade(store: Store) -> None:
    assert ask(store, "memberships", "organization", "role", "grade", "detail") == [
        ("organization/net", "role/board-member", 3, ("section of water",)),
        ("organization/ring", "role/observer", 1, ()),
    ]
    assert ask(store, "roles-by-grade", "grade", "organizations") == [(3, ("The Net",)), (1, ("The Ring",))]


def test_members_of_both_are_members_and_not_observers(store: Store) -> None:
    """Ayla only looks on in the Ring."""
    assert ask(store, "members-of-both", "actor", other_organization="ring") == ["city/bosra"]
    assert ask(store, "members-of-both", "actor", organization="fund", other_organization="fund") == []


def test_validity_at_a_date_has_three_values(store: Store) -> None:
    by_date = {
        date: dict(ask(store, "valid-at", "tie", "valid", date=date))["agreement/sister-city/ayla--cana"]
        for date in ("2009-12-31", "2010-06-01", "2012-06-01", "2018-01-01")
    }
    assert by_date == {"2009-12-31": "no", "2010-06-01": "unknown", "2012-06-01": "yes", "2018-01-01": "yes"}
    ended = dict(ask(store, "valid-at", "tie", "valid", city="bosra", date="1995-01-01"))
    assert ended["agreement/sister-city/bosra--cana"] == "yes"
    ended = dict(ask(store, "valid-at", "tie", "valid", city="bosra", date="2001-01-01"))
    assert ended["agreement/sister-city/bosra--cana"] == "no"
    planned = dict(ask(store, "valid-at", "tie", "valid", date="2030-01-01"))
    assert planned["agreement/sister-city/ayla--edessa"] == "no"


# --- needs and barriers -----------------------------------------------------------------------------------------------


def test_needs_by_axis_with_shares_cut_and_not_rounded(store: Store) -> None:
    assert ask(store, "needs-by-axis", "axis", "needs", "share", "above_half", "lowest", "highest") == [
        ("axis/economy", 2, Decimal(50), 1, 80, 80),
        ("axis/society", 2, Decimal(50), 1, 66, 66),
    ]


def test_half_of_the_panel_is_not_above_half(store: Store) -> None:
    assert ask(store, "needs-above-half", "need") == ["need/fairs", "need/water"]
    assert denominator(store, "needs-above-half", {"city": "ayla"}) == 4


def test_a_need_is_addressed_by_members_only_also_through_a_service_and_a_wider_theme(store: Store) -> None:
    """The Net, where Ayla sits, offers advocacy, which addresses trade, and so fairs. Water is the Fund's."""
    assert ask(store, "needs-unaddressed", "need", "themes") == [
        ("need/water", ("Water",)),
        ("need/uncoded", ()),
        ("need/desk", ("Water",)),
    ]
    assert ask(store, "needs-addressed-by-networks", "need", "organization") == [("need/fairs", "organization/net")]
    assert ask(store, "organizations-for-need", "organization", "member", "services") == [
        ("organization/net", "yes", ("advocacy",)),
        ("organization/ring", "no", ()),
    ]
    assert ask(store, "paths-from-need", "target", "service", "organization") == [
        ("theme/fairs", None, "organization/ring"),
        ("theme/trade", "service/advocacy", "organization/net"),
    ]


def test_barriers_by_testimony_and_before_a_need(store: Store) -> None:
    assert ask(store, "barriers", "barrier", "code", "expertise", lang="fa") == [
        ("barrier/visas", None, None),
        ("barrier/skills", "2", "حقوق"),
        ("barrier/skills", "10", "Planning"),
    ]
    assert ask(store, "barriers-by-category", "barriers", "testimonies", "interviewees") == [(1, 1, 0), (1, 2, 2)]
    assert ask(store, "needs-hindered", "need", "barriers") == [("need/fairs", 2), ("need/desk", 1)]


def test_minutes_of_interviews_add_up(store: Store) -> None:
    assert ask(store, "studies", "study", "minutes", "minutes_told", "needs_scored") == [
        ("study/panel", None, None, 4),
        ("study/talks", 50, 50, 0),
    ]
    assert sum(ask(store, "interviews", "minutes")) == 50


# --- evidence ---------------------------------------------------------------------------------------------------------


def test_evidence_tells_what_each_source_says_and_where(store: Store) -> None:
    study, press = ask(store, "evidence", "source", "reliability", "published", "locators", "says")
    assert study[:4] == ("source/study", 5, "2017", ("p. 3", "p. 4"))
    assert "startDate: 2010" in study[4]
    assert press[:4] == ("source/press", 4, "2021", ())
    assert {"startDate: 2012", "status: signed"} <= set(press[4])


def test_evidence_takes_notes_in_the_language_asked(store: Store) -> None:
    record = "observation/population/ayla/2016"
    assert ask(store, "evidence", "notes", record=record, lang="fa") == [(), ("به گفتهٔ شهردار.",)]


def test_disputed_claims_show_each_value_and_which_one_stands(store: Store) -> None:
    rows = ask(store, "disputed-claims", "property", "value_text", "merged", "source")
    assert ("schema:startDate", from_edtf("2010"), "yes", "source/study") in rows
    assert ("schema:startDate", from_edtf("2012"), "no", "source/press") in rows
    assert ("cd:value", Decimal(3100000), "no", "source/press") in rows


def test_disputed_figures_have_their_units_and_other_properties_none(store: Store) -> None:
    rows = ask(store, "disputed-claims", "property", "value_text", "unit_name", lang="fa")
    assert ("cd:value", Decimal(3100000), "نفر") in rows
    assert {unit for property_, _, unit in rows if property_ != "cd:value"} == {None}


def test_marked_disagreements_name_their_claims(store: Store) -> None:
    assert ask(store, "disagreements", "disagreement_name", "claim", "source", "notes", lang="fa") == [
        ("شمار مردم", "observation/population/ayla/2016", "source/press", ("به گفتهٔ شهردار.",))
    ]


def test_marked_disagreements_tell_what_each_source_says_and_of_when(store: Store) -> None:
    told = ("qualifier_name", "value", "upper", "unit_name", "status_name", "start", "date", "published")
    assert ask(store, "disagreements", *told, lang="fa") == [
        ("حدود", Decimal(3100000), None, "نفر", None, None, "2016", "2021")
    ]


def test_claims_of_one_voice_only_are_some_of_all(store: Store) -> None:
    claims = ask(store, "single-source", "claim")
    assert "agreement/sister-city/ayla--cana" not in claims
    assert "agreement/sister-city/ayla--dura" in claims
    assert len(claims) == 17
    assert denominator(store, "single-source", {"city": "ayla"}) == 19


def test_how_strongly_ties_are_told(store: Store) -> None:
    """By two voices, study and press; by one; and never with those of another tie."""
    rows = ask(store, "tie-strength", "tie", "voices", "reliability", "voice", "evidence_names", "stands")
    told = {row[0]: [other for other in rows if other[0] == row[0]] for row in rows}
    assert all(len(several) == several[0][1] for several in told.values())
    assert [row[1:5] for row in told["agreement/sister-city/ayla--cana"]] == [
        (2, 5, "source/press", ("press",)),
        (2, 5, "source/study", ("scholarly work",)),
    ]
    assert {tie.partition("/")[0] for tie in told} == {"agreement", "membership", "mission", "route"}
    routes = ask(store, "tie-strength", "record_kind", "kind", "kind_name")
    assert ("route", None, None) in routes


def test_what_is_not_known_is_counted(store: Store) -> None:
    rows = ask(store, "unknowns", "record_kind", "claims", "no_start", "no_date", "no_status", "one_voice")
    assert rows[0] == ("agreement", 5, 4, 4, 1, 4)
    assert ("observation", 2, 0, 1, 0, 1) in rows


def test_a_source_counts_its_own_claims(store: Store) -> None:
    assert dict(ask(store, "sources-of-city", "source", "claims")) == {
        "source/study": 14,
        "source/press": 7,
        "source/atlas": 0,  # of the record of the city alone
    }
    assert ask(store, "agreements-by-source", "kind", "status", "agreements") == [
        ("agreement-kind/memorandum", "status/signed", 1),
        ("agreement-kind/sister-city", "status/active", 2),
        ("agreement-kind/sister-city", "status/planned", 1),
    ]
    figures = ask(store, "figures-of-source", "measure", "value", "qualifier_name")
    assert figures[1] == ("measure/population", Decimal(3000000), None)
    assert ask(store, "figures-of-source", "value", "qualifier_name", source="press") == [(Decimal(3100000), "about")]


def test_figures_members_rosters_missions_flights(store: Store) -> None:
    assert ask(store, "statistics", "measure", "value", "disputed") == [
        ("measure/officials-naming", Decimal(7), "no"),
        ("measure/population", Decimal(3000000), "yes"),
    ]
    assert ask(store, "members", "actor", "role") == [("city/ayla", "role/board-member"), ("city/bosra", "role/member")]
    assert ask(store, "rosters", "organization", "coverage_name", "listed", "told") == [
        ("organization/fund", "whole", 2, 2),
        ("organization/ring", "part", 1, 1),
    ]
    assert ask(store, "organizations", "acronym", "founded", "seat_name", "services", "cities")[0] == (
        "NET",
        "1985",
        "Cana",
        ("advocacy",),
        2,
    )
    assert ask(store, "missions", "sender_name", lang="fa") == ["بلند"]
    assert ask(store, "flights", "partner", "status_name") == [("city/cana", "active"), ("city/dura", "ended")]


# --- asking wrongly ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "needs a value for city"),
        ({"city": None}, "needs a value for city"),
        ({"city": "ayla", "town": "x"}, "no parameter 'town'"),
        ({"city": "country/aa"}, "not of type city"),
        ({"city": "city/"}, "not of type city"),
        ({"city": 7}, "not of type city"),
        ({"city": "a> <b"}, "not of type city"),
        ({"city": "ayla", "lang": "english!"}, "not of type lang"),
        ({"city": "ayla", "status": "broken"}, "known are proposed, planned"),
    ],
)
def test_wrong_values_are_refused_with_the_declared_parameters(
    store: Store, values: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        run(store, "agreements-by-status", values)
    assert caught.value.hint == (
        "Parameters of agreements-by-status:\n  city (city, required)\n  status (concept:status, default planned)\n"
        "  lang (lang, default en)"
    )


def test_an_id_that_the_store_does_not_have_is_no_empty_answer(store: Store) -> None:
    with pytest.raises(UsageError, match="other: the store has no city/nowhere"):
        run(store, "common-partners", {"city": "ayla", "other": "nowhere"})


def test_an_unknown_question_is_told_with_its_neighbours(store: Store) -> None:
    with pytest.raises(UsageError, match="no question is called 'sister-city'") as caught:
        run(store, "sister-city", {})
    assert "sister-cities" in caught.value.hint


def test_an_answer_that_is_not_what_the_header_declares_is_refused(store: Store) -> None:
    text = catalogue.question("network-count").text.replace("COUNT(DISTINCT ?organization)", '"many"')
    wrong = catalogue.parse(text.replace("WHERE {", "WHERE {").replace("$other org", "$other org"), "wrong", "wrong.rq")
    with pytest.raises(InputError, match=r"wrong\.rq: an answer is not what the header declares"):
        run(store, wrong, {"other": "bosra"})


# --- values as terms --------------------------------------------------------------------------------------------------


def parameter(kind: str) -> Parameter:
    """A parameter of some type."""
    return Parameter("it", kind, {"en": "It", "fa": "آن"})


def evaluated(term: str) -> Any:
    """What an engine reads in a serialised term."""
    ((found,),) = ox.Store().query(f"SELECT ({term} AS ?it) {{}}")
    return found


@given(st.text())
def test_any_text_arrives_as_it_is(text: str) -> None:
    assert evaluated(parameter("string").term(text)) == ox.Literal(text)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UsageError, match="no text"):
        parameter("string").term("\udcff")


@given(st.dates())
def test_a_day_is_a_day_however_it_is_given(day: dt.date) -> None:
    terms = {parameter("date").term(value) for value in (day, day.isoformat(), Date(day.isoformat(), day, day))}
    assert {evaluated(term) for term in terms} == {
        ox.Literal(day.isoformat(), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    }


@pytest.mark.parametrize("value", ["2014", "yesterday", 2014, Date("2014", dt.date(2014, 1, 1), dt.date(2014, 12, 31))])
def test_what_is_not_one_day_is_refused(value: object) -> None:
    with pytest.raises(UsageError, match="day is wanted"):
        parameter("date").term(value)


@given(st.integers(min_value=0))
def test_whole_numbers(number: int) -> None:
    assert parameter("integer").term(number) == parameter("integer").term(str(number)) == str(number)


@pytest.mark.parametrize("value", [-1, "-1", "many", True, 1.5, math.nan, ""])
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(UsageError, match="whole number"):
        parameter("integer").term(value)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("city", "ayla", "city/ayla"),
        ("city", "city/ayla", "city/ayla"),
        ("actor", "ayla", "city/ayla"),
        ("actor", "country/aa", "country/aa"),
        ("record", "link/faces/ayla--barrier-visas", "link/faces/ayla--barrier-visas"),
        ("concept:axis", "economy", "axis/economy"),
        ("concept:axis", "axis/economy", "axis/economy"),
    ],
)
def test_ids_may_leave_their_folder_out_where_there_is_one(kind: str, value: str, expected: str) -> None:
    assert parameter(kind).term(value) == f"<{PREFIXES['id']}{expected}>"


@pytest.mark.parametrize(("kind", "value"), [("actor", "need/x"), ("record", "ayla"), ("record", "role/member")])
def test_ids_of_another_class_are_refused(kind: str, value: str) -> None:
    with pytest.raises(UsageError, match="an id is wanted"):
        parameter(kind).term(value)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_id_breaks_out_of_its_brackets(name: str) -> None:
    """Whatever the name, it is refused or stays one IRI."""
    try:
        term = parameter("city").term(f"city/{name}")
    except UsageError:
        return
    assert re.fullmatch(r'<[^<>"{}|^`\\\x00-\x20]*>', term)
