"""Tables: sorted, filtered and counted by links."""

from __future__ import annotations

import pytest

from citydiplomacy.data_package import PackedTable
from citydiplomacy.errors import UsageError
from citydiplomacy.explorer.address import PageWanted, parse
from citydiplomacy.explorer.listing import choose, listing
from citydiplomacy.graph.model.records import Agreement
from citydiplomacy.graph.store import scan
from citydiplomacy.naming import IdNames
from citydiplomacy.output import Lang
from citydiplomacy.queries.wording.tables import Table

ROWS = (
    ("city/lahore", "Lahore", "Pakistan", "2012-05", 3),
    ("city/najaf", "Najaf", "Iraq", None, 10),
    ("city/karachi", "Karachi", "Pakistan", "2004", 2),
    ("city/karbala", "Karbala", "Iraq", "2009~", None),
)
PART = PackedTable(
    "partners",
    "Partners",
    Table(
        ("partner", "partner_name", "country_name", "start", "ties"), ("Id", "Name", "Country", "Since", "Ties"), ROWS
    ),
    ("id", "text", "text", "date", "integer"),
)


@pytest.fixture
def named(shipped_store) -> IdNames:
    return IdNames(shipped_store, Lang.EN)


def names(named, **query: str) -> list[str]:
    wanted = PageWanted(
        "en", ("question", "x"), "html", tuple((key.replace("f_", "f."), value) for key, value in query.items())
    )
    return [row[1] for row in choose(wanted, PART, named).part.table.rows]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("partner", ["Karachi", "Karbala", "Lahore", "Najaf"]),
        ("-partner", ["Najaf", "Lahore", "Karbala", "Karachi"]),
        ("start", ["Karachi", "Karbala", "Lahore", "Najaf"]),
        ("-start", ["Lahore", "Karbala", "Karachi", "Najaf"]),
        ("-ties", ["Najaf", "Lahore", "Karachi", "Karbala"]),
        ("", ["Lahore", "Najaf", "Karachi", "Karbala"]),
    ],
)
def test_rows_are_sorted_and_what_is_unknown_is_last(named, sort, order):
    assert names(named, sort=sort) == order


@pytest.mark.parametrize(
    "query", [{"page": "abc"}, {"page": "0"}, {"page": "2"}, {"page": "99999"}, {"sort": "nothing"}, {"f_nothing": "x"}]
)
def test_what_a_table_does_not_have_is_said_and_not_passed_over(named, query):
    fields = tuple((key.replace("f_", "f."), value) for key, value in query.items())
    with pytest.raises(UsageError, match=r"^(There is no page|This table has no column)"):
        listing(PageWanted("en", ("question", "x"), "html", fields), PART, named, alone=True)


def test_rows_are_found_whatever_the_script_of_their_letters(named):
    assert names(named, find="KARA") == ["Karachi"]
    assert names(named, find="iraq") == ["Najaf", "Karbala"]


def test_a_facet_counts_what_its_link_leaves(named):
    wanted = PageWanted("en", ("question", "x"))
    facets = listing(wanted, PART, named, alone=True).facets
    assert [facet.title for facet in facets] == ["Country", "Since", "Region of the world"]
    for facet in facets:
        for choice in facet.choices:
            path, _, query = choice.address.partition("?")
            assert len(choose(parse(path, query), PART, named).part.table.rows) == choice.rows, choice


def test_a_stretch_of_time_counts_to_its_decade(named):
    rows = tuple(
        (f"city/{each}", day)
        for each, day in zip("abcdef", ["2012", "2012/2014", "2019~", "2003", "2001/2002", None], strict=True)
    )
    part = PackedTable("p", "P", Table(("city", "start"), ("Id", "Since"), rows), ("id", "date"))
    (since,) = [facet for facet in choose(PageWanted("en"), part, named).facets if facet.title == "Since"]
    assert [(choice.label, choice.rows) for choice in since.choices] == [("2010s", 3), ("2000s", 2)]


def test_a_chosen_facet_leads_back(named):
    wanted = PageWanted("en", ("question", "x"), "html", (("f.country", "Iraq"),))
    shown = listing(wanted, PART, named, alone=True)
    (chosen,) = [choice for facet in shown.facets for choice in facet.choices if choice.chosen]
    assert chosen.label == "Iraq"
    assert "f." not in chosen.address
    assert (shown.rows, shown.of, shown.clear) == (2, 4, "/question/x")


def test_long_tables_have_pages(named):
    many = PackedTable("many", "Many", Table(("n",), ("N",), tuple((number,) for number in range(250))), ("integer",))
    third = listing(PageWanted("en", ("x",), "html", (("page", "3"),)), many, named, alone=True)
    assert [row[0] for row in third.table.rows] == list(range(200, 250))
    assert [text for text, _ in third.pages] == ["1", "2", "3"]
    with pytest.raises(UsageError, match="There is no page '99' of this"):
        listing(PageWanted("en", ("x",), "html", (("page", "99"),)), many, named, alone=True)


def test_after_the_last_thing_of_a_page_is_done_the_one_before_it_is_shown():
    wanted = PageWanted("en", ("edit", "pairs"), "html", (("page", "3"),))
    assert wanted.page_of(20, 10, shrinks=True) == (2, 2)


def test_a_table_among_others_shows_its_beginning_and_where_all_of_it_is(named):
    many = PackedTable("many", "Many", Table(("n",), ("N",), tuple((number,) for number in range(250))), ("integer",))
    among = listing(PageWanted("en", ("city", "x")), many, named)
    assert (len(among.table.rows), among.whole) == (20, "/city/x?table=many")


TIES = (
    ("agreement/sister-city/kerman--mashhad", ("city/mashhad", "city/lahore"), ("theme/culture", "theme/trade")),
    ("agreement/sister-city/lahore--mashhad", ("city/lahore", "city/mashhad"), ("theme/trade",)),
    ("agreement/sister-city/karachi--mashhad", ("city/karachi", "city/mashhad"), ()),
    ("agreement/sister-city/najaf--mashhad", ("city/najaf", "city/mashhad"), ("theme/culture",)),
    ("agreement/nowhere", ("city/nowhere",), ()),
)
NAMING = PackedTable(
    "ties",
    "Ties",
    Table(("agreement", "parties", "themes"), ("Id", "Parties", "Themes"), TIES),
    ("id", "ids", "ids"),
)


@pytest.mark.parametrize(
    ("asked", "left"),
    [({"country": "country/ir"}, 4), ({"country": "country/pk"}, 3), ({"themes": "theme/trade"}, 2), ({}, 5)],
)
def test_rows_are_chosen_by_where_what_they_name_lies(named, asked, left):
    wanted = PageWanted("en", (), "html", tuple((f"f.{name}", value) for name, value in asked.items()))
    chosen = choose(wanted, NAMING, named)
    assert len(chosen.part.table.rows) == left
    offered = {facet.title: {choice.label: choice.rows for choice in facet.choices} for facet in chosen.facets}
    if not asked:
        assert offered["Country"] == {"Iran": 4, "Pakistan": 3, "Iraq": 1}
        assert set(offered["Region of the world"]) == {"Southern Asia", "Western Asia"}
        assert len(offered["Themes"]) == 2


def test_ties_are_chosen_by_how_many_voices_tell_them(shipped_store, named):
    ties = shipped_store.ids(Agreement)[:200]
    table = Table(("agreement",), ("Id",), tuple((tie,) for tie in ties))
    (facet,) = choose(PageWanted("en"), PackedTable("t", "T", table, ("id",)), named).facets
    assert facet.title == "Voices"
    assert sum(choice.rows for choice in facet.choices) == len(ties)
    path, _, query = facet.choices[-1].address.partition("?")
    for (tie,) in choose(parse(path, query), PackedTable("t", "T", table, ("id",)), named).part.table.rows:
        voices = {*map(scan.voice(shipped_store).get, shipped_store.claims(tie))}
        assert str(len(voices)) == facet.choices[-1].label.split()[0]
