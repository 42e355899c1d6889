"""The store: what it keeps, how it merges, what a load changes and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError, StoreError, UsageError
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.merged.view import MergedView
from citydiplomacy.graph.model.records import Agreement, City, Membership, Study
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import locks, manifest, writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.views.at_date import StoreAt

from ..conftest import LAHORE, METROPOLIS, SEOUL, member, sister, source, told, year

Build = Callable[[list[SourceRecords]], Path]
LAHORE_TIE = "agreement/sister-city/lahore--mashhad"


def count(store: Store, pattern: str) -> int:
    """How many solutions a pattern has."""
    return int(next(iter(store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")))["n"].value)


def dump(folder: Path) -> list[str]:
    """All quads of a store, sorted."""
    with Store.open_folder(folder) as store:
        return sorted(str(quad) for quad in store.quads())


def test_a_count_does_not_change_when_a_second_source_tells_the_same(world: list[SourceRecords], build: Build) -> None:
    with Store.open_folder(build(world)) as store:
        assert count(store, "?tie a cd:Agreement") == 2
        assert count(store, "?tie a cd:Agreement ; cd:party ?a, ?b") == 8
        assert store.manifest.counts["Agreement"] == 2


def test_the_best_claim_stands_and_the_property_is_disputed(world: list[SourceRecords], build: Build) -> None:
    with Store.open_folder(build(world)) as store:
        tie = store.get(LAHORE_TIE)
        assert isinstance(tie, Agreement)
        assert tie.start == year(2006), "the official page weighs more than the newspaper"
        assert tie.locators == (), "a page number stays with its source"
        assert (
            count(store, f"<https://w3id.org/citydiplomacy/{LAHORE_TIE}> cd:disputed schema:startDate ; cd:support 2")
            == 1
        )
        said = store.claims(LAHORE_TIE)
        assert {name: record.start.edtf for name, record in said.items()} == {  # type: ignore[attr-defined]
            "source/official": "2006",
            "source/press": "2012",
        }
        lahore = store.get("city/lahore")
        assert lahore is not None
        assert lahore.label("en") == "Lahore"
        assert Text("Lahor", "en") in lahore.aliases


def test_only_standing_ties_give_short_cuts(world: list[SourceRecords], build: Build) -> None:
    with Store.open_folder(build(world)) as store:
        assert count(store, "?a cd:twinnedWith ?b") == 2
        assert count(store, "?a org:memberOf ?b") == 1


def test_names_are_found_however_they_are_spelt(world: list[SourceRecords], build: Build) -> None:
    with Store.open_folder(build(world)) as store:
        for name in ("mashhad", "MESHED", "مشهد", "مشـهد"):
            assert store.named(name) == ["city/mashhad"]
        assert store.named("Lahor") == ["city/lahore"]


def test_records_come_back_as_they_were_told(world: list[SourceRecords], build: Build) -> None:
    with Store.open_folder(build(world)) as store:
        for said in world:
            assert sorted(store.records(source=said.source.id), key=lambda record: record.id) == sorted(
                [said.source, *said.records], key=lambda record: record.id
            )


def test_two_builds_of_the_same_input_are_the_same(world: list[SourceRecords], build: Build, tmp_path: Path) -> None:
    first = dump(build(world))
    writer.build(tmp_path / "other", list(reversed(world)))
    assert dump(tmp_path / "other") == first


@pytest.mark.parametrize("change", ["none", "date", "gone", "reliability"])
def test_loading_a_source_is_the_same_as_building_with_it(
    world: list[SourceRecords], build: Build, tmp_path: Path, change: str
) -> None:
    official, press, blog = world
    new_press = {
        "none": press,
        "date": told(
            press.source, *(replace(r, start=year(2013)) if isinstance(r, Agreement) else r for r in press.records)
        ),
        "gone": told(press.source, member("mashhad", "metropolis", status="status/ended")),
        "reliability": SourceRecords(replace(press.source, reliability=5, date=year(2024)), press.records),
    }[change]
    folder = build(world)
    before = manifest.read(folder)
    after = writer.load(folder, [new_press])
    assert (after.revision == before.revision) == (change == "none")
    writer.build(tmp_path / "other", [official, new_press, blog])
    assert dump(folder) == dump(tmp_path / "other")
    assert manifest.read(folder).counts == manifest.read(tmp_path / "other").counts


def test_a_short_cut_given_twice_stays_when_one_giver_goes(world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    press = world[1]
    writer.load(folder, [told(press.source, LAHORE)])
    with Store.open_folder(folder) as store:
        assert count(store, "?a org:memberOf ?b") == 1, "the board membership of the official page still gives it"


@pytest.mark.parametrize("as_board_member", [True, False], ids=["given otherwise", "not given"])
def test_a_short_cut_of_the_first_source_goes_if_a_better_one_ends_the_tie(
    world: list[SourceRecords], build: Build, tmp_path: Path, as_board_member: bool
) -> None:
    official, press, blog = world
    ended = told(replace(blog.source, reliability=5), member("mashhad", "metropolis", status="status/ended"))
    if not as_board_member:
        official = told(official.source, *(one for one in official.records if not isinstance(one, Membership)))
    folder = build([official, press, ended])
    with Store.open_folder(folder) as store:
        assert count(store, "?a org:memberOf ?b") == as_board_member
    writer.build(tmp_path / "other", [official, press])
    writer.load(tmp_path / "other", [ended])
    assert dump(folder) == dump(tmp_path / "other")


def test_what_a_study_is_about_is_replaced_like_anything_else(build: Build) -> None:
    def told_about(city: City) -> SourceRecords:
        return told(source("study", "scholarly"), LAHORE, SEOUL, Study(id="study/one", city=city.id))

    folder = build([told_about(LAHORE)])
    writer.load(folder, [told_about(SEOUL)])
    with Store.open_folder(folder) as store:
        (study,) = store.records(Study)
        assert study.city == "city/seoul"
        assert count(store, "id:study\\/one cd:about ?city") == 1


def test_loading_again_replaces_the_whole_collection(build: Build) -> None:
    own = source("own", "official", collection="own")
    page = source("page", "press", collection="own")
    folder = build([told(own, LAHORE), told(page, SEOUL)])
    writer.load(folder, [told(own, LAHORE)])
    with Store.open_folder(folder) as store:
        assert set(store.manifest.sources) == {"source/own"}
        assert store.get("city/seoul") is None


def test_an_id_that_nothing_defines_is_refused(world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    before = dump(folder)
    stranger = told(source("stranger", "press"), sister("mashhad", "atlantis"))
    with pytest.raises(InputError, match="city/atlantis"):
        writer.load(folder, [stranger])
    with pytest.raises(InputError, match="city/atlantis"):
        writer.build(folder, [*world, stranger])
    assert dump(folder) == before


def test_what_others_refer_to_cannot_be_taken_away(world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    with pytest.raises(InputError, match="city/seoul"):
        writer.load(folder, [told(world[0].source, *(r for r in world[0].records if r.id != "city/seoul"))])


def test_two_sources_with_one_id_are_refused(world: list[SourceRecords], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="source/press"):
        writer.build(tmp_path / "store", [*world, world[1]])


def test_a_second_writer_is_refused_and_readers_go_on(world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    with Store.open_folder(folder) as reader, locks.writer(folder):
        with pytest.raises(StoreError, match="another process is writing"):
            writer.load(folder, [world[1]])
        assert count(reader, "?tie a cd:Agreement") == 2


def test_a_reader_keeps_its_revision(world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    with Store.open_folder(folder) as reader:
        for revision in range(3):
            writer.load(folder, [told(world[2].source, sister("mashhad", "seoul", start=year(2000 + revision)))])
        assert count(reader, "?tie schema:startDate ?any") == 1
        assert len(list((folder / "generations").iterdir())) == 2
    writer.load(folder, [told(world[2].source, sister("mashhad", "seoul"))])
    assert len(list((folder / "generations").iterdir())) == 1, "what nobody reads is swept"


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "forgotten"])
def test_a_dataset_that_is_kept_alone_keeps_its_revision(
    closed: bool, world: list[SourceRecords], build: Build
) -> None:
    folder = build(world)
    store = Store.open_folder(folder)
    dataset = store.dataset()
    if closed:
        store.close()
    del store
    writer.load(folder, [told(world[2].source, sister("mashhad", "seoul", start=year(2000)))])
    assert len(list((folder / "generations").iterdir())) == (1 if closed else 2)
    del dataset
    writer.load(folder, [told(world[2].source, sister("mashhad", "seoul"))])
    assert len(list((folder / "generations").iterdir())) == 1


def test_a_view_at_a_date_that_is_forgotten_is_let_go(world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    with Store.open_folder(folder) as store:
        view = StoreAt.of(store, parse_date("2014"))
    place = view.folder
    assert not locks.unread(place)
    del view
    assert locks.unread(place)


@pytest.mark.parametrize("number", [1, 99])
def test_a_store_of_another_format_is_refused(world: list[SourceRecords], build: Build, number: int) -> None:
    folder = build(world)
    path = folder / manifest.NAME
    path.write_text(path.read_text().replace(f'"format": {manifest.FORMAT}', f'"format": {number}'))
    with pytest.raises(StoreError, match=f"format {number}"):
        Store.open_folder(folder)


def test_no_store_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        Store.open_folder(tmp_path)


def test_an_error_in_a_source_leaves_no_trace(world: list[SourceRecords], build: Build) -> None:
    folder = build(world)
    before = dump(folder)

    def failing() -> list[SourceRecords]:
        raise InputError("bad cell")

    def sources() -> object:
        yield world[0]
        yield from failing()

    with pytest.raises(InputError, match="bad cell"):
        writer.build(folder, sources())  # type: ignore[arg-type]
    assert dump(folder) == before
    assert len(list((folder / "generations").iterdir())) == 1


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "SELECT * { SERVICE <http://127.0.0.1/sparql> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1/x.ttl>",
        "SELECT * FROM <http://127.0.0.1/x.ttl> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1/x.ttl> { GRAPH ?g { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1/> SELECT * FROM x:y { ?s ?p ?o }",
        "SELECT * { ?s ?p ",
        "select * { service silent <http://127.0.0.1/> {} }",
    ],
)
def test_queries_only_read(world: list[SourceRecords], build: Build, query: str) -> None:
    with Store.open_folder(build(world)) as store, pytest.raises(UsageError):
        store.query(query)


def test_words_that_look_dangerous_but_are_not(world: list[SourceRecords], build: Build) -> None:
    with Store.open_folder(build(world)) as store:
        query = """# SERVICE in a comment
            PREFIX service: <http://example.org/load#>
            SELECT ?delete FROM <https://w3id.org/citydiplomacy/source/press> {
              ?delete a cd:Agreement . FILTER (STR(?delete) != "INSERT <x> ' SERVICE" && ?delete != service:LOAD) }"""
        assert len(list(store.query(query))) == 1  # type: ignore[arg-type]


def test_an_rdflib_dataset_reads_the_merged_view(world: list[SourceRecords], build: Build) -> None:
    with Store.open_folder(build(world)) as store:
        rows = list(
            store.dataset().query("SELECT ?t WHERE { ?t a <https://w3id.org/citydiplomacy/ontology#Agreement> }")
        )
        assert len(rows) == 2


def test_records_by_class(world: list[SourceRecords], build: Build) -> None:
    with Store.open_folder(build(world)) as store:
        assert [city.id for city in store.records(City)] == ["city/lahore", "city/mashhad", "city/seoul"]
        assert store.get(METROPOLIS.id) == METROPOLIS
        assert store.get("city/nowhere") is None


def test_a_build_reads_nothing_back_but_its_sources(
    world: list[SourceRecords], build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    told_by = MergedView._told_by

    def counted(view: MergedView, source_id: str, record_id: str) -> Record | None:
        asked.append(record_id)
        return told_by(view, source_id, record_id)

    def never(*_: object) -> None:
        raise AssertionError("a build joins what several tell before it reaches the database")

    monkeypatch.setattr(MergedView, "_told_by", counted)
    for name in ("claims", "refresh"):
        monkeypatch.setattr(MergedView, name, never)
    with Store.open_folder(build(world)) as store:
        assert len(store.claims(LAHORE_TIE)) == 2
    assert sorted(asked) == ["source/official", "source/press"], "those that tell what others tell too, once each"
