"""What a person enters goes the way of a load, also where things are decided to be one, and comes back out whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from citydiplomacy.answers.by_hand import enter, facts, withdraw
from citydiplomacy.answers.decided import decide
from citydiplomacy.errors import InputError, UsageError
from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files
from citydiplomacy.loaders.hand.claims import LONG, EnteredFact, collection_of, named
from citydiplomacy.output import Lang

from ...conftest import copied

PAGE = {
    "id": "source/by-hand-sara/page",
    "label_en": "Page",
    "kind": "official",
    "address": "https://example.org/",
}
MEMBER = EnteredFact(REGISTRY["Membership"], {"member": "city/m-3", "organization": "uclg", "role": "member"}, PAGE)


@pytest.fixture
def store(shipped: Path, tmp_path: Path) -> Path:
    """The shipped data, and a city that may be a known one."""
    place, members = copied(shipped, tmp_path / "store"), tmp_path / "members"
    members.mkdir()
    (members / "source.toml").write_text('[source]\nid = "members"\nkind = "dataset"\ntitle_en = "Members"\n')
    (members / "cities.csv").write_text("id,label_und,country,latitude,longitude\nm-3,Frankfurt Höchst,de,50.11,8.68\n")
    with Store.open_folder(place) as opened:
        writer.load(place, files.read([members], opened), since=opened)
    return place


def told(store: Path) -> set[str]:
    """All that a store says."""
    with Store.open_folder(store) as opened:
        return set(map(str, opened.quads()))


def test_a_fact_follows_what_is_decided_of_its_city(store: Path) -> None:
    before = told(store)
    assert enter(store, "Sara", MEMBER).told_as == "membership/uclg/m-3"
    entered = told(store)
    decide(store, "Sara", lambda judge: judge.decide("city/m-3", "city/frankfurt-am-main", "same"), Lang.EN, list)
    with Store.open_folder(store) as opened:
        assert "source/by-hand-sara/page" in opened.claims("membership/uclg/frankfurt-am-main")
        assert [record.id for _, record in facts(opened, "Sara")] == ["membership/uclg/m-3"], "as it was entered"
    again = enter(store, "Sara", MEMBER)
    assert (again.told_as, again.changed) == ("membership/uclg/frankfurt-am-main", False)
    decide(store, "Sara", lambda judge: judge.undo("city/m-3", "city/frankfurt-am-main"), Lang.EN, list)
    assert told(store) == entered
    withdraw(store, "Sara", PAGE["id"], "membership/uclg/m-3")
    assert told(store) == before


def test_a_new_city_that_may_be_known_waits_or_is_told_under_the_known_one(store: Path) -> None:
    same = {"id": "city/by-hand", "label_en": "Frankfurt", "exact_match": "https://sws.geonames.org/2925533/"}
    done = enter(store, "Sara", EnteredFact(REGISTRY["City"], same, PAGE))
    assert (done.record.id, done.told_as) == ("city/by-hand", "city/frankfurt-am-main")
    withdraw(store, "Sara", PAGE["id"], "city/by-hand")
    with Store.open_folder(store) as opened:
        assert not [name for name in opened.manifest.sources if "by-hand" in name], "an empty collection is no source"


def test_one_persons_facts_are_not_anothers(store: Path) -> None:
    enter(store, "Sara", MEMBER)
    page = PAGE | {"id": "source/by-hand-maryam/page"}
    enter(store, "Maryam", EnteredFact(MEMBER.record, MEMBER.cells, page))
    withdraw(store, "Maryam", page["id"], "membership/uclg/m-3")
    with Store.open_folder(store) as opened:
        assert len(facts(opened, "Sara")) == 1
        assert facts(opened, "Maryam") == []
    with pytest.raises(UsageError, match="not there"):
        withdraw(store, "Maryam", PAGE["id"], "membership/uclg/m-3")
    with pytest.raises(UsageError, match="too much alike"):
        enter(store, "sara.", MEMBER)


def test_an_error_says_which_of_its_two_rows_is_wrong(store: Path) -> None:
    before = told(store)
    for cells, page, file, column in (
        ({"role": "chief"}, {}, "fact", "role"),
        ({"member": "city/nowhere"}, {}, "fact", "member"),
        ({}, {"date": "soon"}, "source", "date"),
        ({}, {"kind": ""}, "source", "kind"),
    ):
        with pytest.raises(InputError) as error:
            enter(store, "Sara", EnteredFact(MEMBER.record, {**MEMBER.cells, **cells}, {**PAGE, **page}))
        assert (error.value.file, error.value.column) == (file, column)
        assert file not in error.value.without_place().message.partition(" ")[0]
    assert told(store) == before


def test_a_title_makes_an_id() -> None:
    long = "A title of more letters than an id may well have, " * 5
    assert named("City of Lahore: sister cities") == "city-of-lahore-sister-cities"
    assert named("؟!") == ""
    assert len(named(long)) <= LONG + 9
    assert named(long + "one") != named(long + "two")
    assert collection_of("  Sara   Amini ").creators == ("Sara Amini",)
    assert named("صفحهٔ لاهور") == "صفحه-لاهور"
