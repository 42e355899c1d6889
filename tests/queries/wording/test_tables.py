"""Tables of columns that say name, titles and value in one place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from citydiplomacy.graph.model.values import Date
from citydiplomacy.queries.wording.sections import section
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import Table, TableColumn


class Thing(NamedTuple):
    """What a row is about."""

    id: str
    name: str
    weight: Decimal | None


COLUMNS: tuple[TableColumn[Thing], ...] = (
    TableColumn("thing", "Id", "شناسه", lambda thing: thing.id),
    TableColumn("thing_name", "Thing", "چیز", lambda thing: thing.name),
    TableColumn("weight", "Weight", "وزن", lambda thing: thing.weight),
    TableColumn("since", "Since", "از", lambda _: Date("2014", dt.date(2014, 1, 1), dt.date(2014, 12, 31))),
)
THINGS = [Thing("a/1", "One", Decimal("0.5")), Thing("a/2", "Two", None)]


def test_a_table_in_either_language() -> None:
    table = Table.of("fa", COLUMNS, iter(THINGS))
    assert table.titles == ("شناسه", "چیز", "وزن", "از")
    assert Table.of("en", COLUMNS, THINGS).titles == ("Id", "Thing", "Weight", "Since")
    assert table.names == ("thing", "thing_name", "weight", "since")
    assert table.rows == Table.of("en", COLUMNS, THINGS).rows


def test_rows_by_name_are_python_values() -> None:
    one, two = Table.of("fa", COLUMNS, THINGS).records()
    assert one["weight"] == Decimal("0.5")
    assert isinstance(one["since"], Date)
    assert two == {"thing": "a/2", "thing_name": "Two", "weight": None, "since": one["since"]}


def test_people_read_no_id_beside_its_name() -> None:
    table = Table.of("en", COLUMNS, THINGS).for_people()
    assert table.names == ("thing_name", "weight", "since")
    assert [row[0] for row in table.rows] == ["One", "Two"]


def test_people_read_no_column_that_says_nothing() -> None:
    silent = Table.of("en", COLUMNS, [Thing("a/1", "One", None), Thing("a/2", "", None)])
    assert silent.for_people().names == ("thing_name", "since")
    assert silent.names == ("thing", "thing_name", "weight", "since"), "a program finds it, and unknown in it"
    assert Table.of("en", COLUMNS, []).for_people().names == ("thing_name", "weight", "since"), "there are no rows"
    empty = Table(("a", "b", "c"), ("A", "B", "C"), (((), 0, False), ((), 0, False)))
    assert empty.for_people().names == ("b", "c"), "nought and no are values"


def test_a_section_is_a_table_under_its_title() -> None:
    made = section(Speech("fa"), "things", ("Things", "چیزها"), COLUMNS, [])
    assert (made.key, made.title, made.rows, made.records()) == ("things", "چیزها", (), [])
