"""`may_join` beside the organisations that address a need is what `may-join` tells of the city that has it."""

from __future__ import annotations

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.library.questions import run

HEADER = catalogue.question("organizations-for-need").text


@pytest.mark.parametrize("need", ["need/comm-03", "need/comm-01"])
def test_who_may_join_is_told_as_in_the_advice(shipped_store: Store, need: str) -> None:
    told = {
        row["organization"]: row["may_join"] for row in run(shipped_store, "may-join", {"city": "mashhad"}).records()
    }
    rows = run(shipped_store, "organizations-for-need", {"need": need}).records()
    assert rows
    assert {row["organization"]: row["may_join"] for row in rows} == {
        row["organization"]: told[row["organization"]] for row in rows
    }
    assert {row["may_join"] for row in rows if row["member"] == "yes"} <= {"yes"}
    assert need != "need/comm-03" or {row["may_join"] for row in rows} >= {"yes", "unknown"}


@pytest.mark.parametrize(
    ("old", "new"),
    [("joining: need", "joining: nobody"), ("name: may_join,", "name: joins,")],
)
def test_a_header_that_joins_wrongly_is_refused(old: str, new: str) -> None:
    with pytest.raises(InputError, match="joining wants a parameter"):
        catalogue.parse(HEADER.replace(old, new), "mine", "mine.rq")
