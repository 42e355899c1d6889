"""Whether a tie stands, on several days: every engine and every reader answers as the one rule does."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from citydiplomacy.graph import network
from citydiplomacy.graph.export import rdf
from citydiplomacy.graph.export.parquet import write_parquet
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model import validity
from citydiplomacy.graph.model.holding import Held
from citydiplomacy.graph.model.records import Agreement, Membership, Mission, Roster, Route
from citydiplomacy.graph.model.schema import Record, Tie
from citydiplomacy.graph.model.validity import ALWAYS, Span, held, stands
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store import manifest, scan, today, writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select, told_values
from citydiplomacy.graph.views.at_date import StoreAt
from citydiplomacy.ontology.terms import BASE, CD
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.questions import run
from citydiplomacy.visuals.drawing import scene
from citydiplomacy.visuals.drawing.style import line_of

from .queries.conftest import ACTIVE, ENDED, PLACES, PLANNED, member, source, told, twin, year

BUILT = dt.date(2026, 6, 1)
DAYS = [dt.date(2015, 6, 1), BUILT, dt.date(2027, 1, 1), dt.date(2035, 6, 1), dt.date(2036, 1, 1)]
UNVERIFIED = "status/unverified"
AYLA, BOSRA, CANA, DURA, EDESSA = (f"city/{name}" for name in ("ayla", "bosra", "cana", "dura", "edessa"))
NET, RING, FUND = (f"organization/{name}" for name in ("net", "ring", "fund"))

MEMORANDUM = twin(AYLA, BOSRA, "memorandum", start=year(2020), end=year(2035), status=ACTIVE)
SISTER = twin(AYLA, CANA, start=year(2000), end=year(2035), status=ACTIVE)
THIS_YEAR = twin(AYLA, DURA, end=year(2026), status=ACTIVE)
RING_OF_THREE = Agreement(
    id="agreement/friendship/ayla--bosra--edessa",
    kind="agreement-kind/friendship",
    parties=(AYLA, BOSRA, EDESSA),
    end=year(2035),
)
KINDS_OF_TIES: list[Record] = [
    MEMORANDUM,
    SISTER,
    THIS_YEAR,
    RING_OF_THREE,
    twin(AYLA, EDESSA),
    twin(BOSRA, CANA, end=year(2015), status=ACTIVE),
    twin(BOSRA, DURA, "friendship", end=year(2035), status=ENDED),
    twin(BOSRA, EDESSA, end=year(2035), status=PLANNED),
    twin(CANA, DURA, end=year(2035), status=UNVERIFIED),
    twin(CANA, EDESSA, end=parse_date("1405 SH"), status=ACTIVE),
    twin(DURA, EDESSA, end=parse_date("before 2030"), status=ACTIVE),
    member(AYLA, NET, end=year(2035), status=ACTIVE),
    member(AYLA, RING, end=year(2026)),
    member(AYLA, FUND, "role/observer", end=year(2035)),
    member(BOSRA, NET, end=year(2014), status=ACTIVE),
    member(BOSRA, RING),
    member(BOSRA, FUND),
    Roster(id="roster/ring", organization=RING, date=year(2025), coverage="coverage/whole"),
    Mission(id="mission/one", kind="mission-kind/consulate", sender="country/bb", host=AYLA, end=year(2035)),
    Route(id="route/ayla--cana", origin=AYLA, destination=CANA, status=ACTIVE),
]
TOLD = told(source("press", "press", year(2025)), [*PLACES, *KINDS_OF_TIES])
BY_ID = {tie.id: tie for tie in KINDS_OF_TIES if isinstance(tie, Tie)}
THREE = {True: Held.YES, False: Held.NO, None: Held.UNKNOWN, "yes": Held.YES, "no": Held.NO, "unknown": Held.UNKNOWN}
Answers = dict[str, Held]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of these ties, built on one day."""
    folder: Path = tmp_path_factory.mktemp("stands") / "store"
    writer.build(folder, [TOLD], day=BUILT)
    return folder


@pytest.fixture(params=DAYS, ids=str)
def day(request: pytest.FixtureRequest) -> dt.date:
    """The day on which it is asked."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def store(built: Path, day: dt.date) -> Iterator[Store]:
    """The store as it is opened on that day."""
    with Store.open_folder(built, day=day) as opened:
        yield opened


def by_rule(day: dt.date) -> Answers:
    return {tie: stands(record, day) for tie, record in BY_ID.items()}


# --- the readers: each tells of every tie that it knows whether it stands ---------------------------------------------


def in_rdf(store: Store) -> Answers:
    told = told_values(store, "cd:standing")
    return {tie: THREE[{"true": True, "false": False}.get(told.get(tie, ""))] for tie in BY_ID}


def in_the_network(store: Store) -> Answers:
    edges = network.actors(store, standing=False).edges(keys=True, data="standing")
    return {tie: THREE[standing] for _, _, tie, standing in edges}


def in_pictures(store: Store) -> Answers:
    lines = {"standing": Held.YES, "planned": Held.NO, "ended": Held.NO, "unverified": Held.UNKNOWN}
    edges = scene.around(store, [AYLA, BOSRA, CANA, DURA], "fa").edges(keys=True, data=True)
    return {tie: lines[line_of(data)] for _, _, tie, data in edges}


def in_cypher_ties(store: Store) -> Answers:
    with EmbeddedGraph.open(store) as graph:
        rows = graph.run("MATCH (a)-[t]->(b) WHERE t.id IS NOT NULL RETURN DISTINCT t.id, t.stands").rows
        nodes = graph.run("MATCH (a:Agreement) RETURN a.id, a.stands").rows
    return {str(tie): THREE[standing] for tie, standing in (*rows, *nodes)}  # type: ignore[index]


def in_parquet(store: Store) -> Answers:
    import pyarrow.parquet as pq

    found: Answers = {}
    with tempfile.TemporaryDirectory() as folder:
        write_parquet(store, Path(folder))
        tables = [pq.read_table(file, columns=["id", "stands"]).to_pydict() for file in Path(folder).iterdir()]
    for table in tables:
        found |= {i: THREE[s] for i, s in zip(table["id"], table["stands"], strict=True) if i in BY_ID}
    return found


def in_json(store: Store) -> Answers:
    text = io.StringIO()
    rdf.write_jsonld(store, text)
    told: dict[str, str] = {}
    for quad in ox.parse(text.getvalue(), ox.RdfFormat.JSON_LD):
        subject = str(getattr(quad.subject, "value", "")).removeprefix(BASE)
        if subject in BY_ID and told.setdefault(subject, "") == "" and quad.predicate.value == CD.standing:
            told[subject] = str(getattr(quad.object, "value", ""))
    return {tie: THREE[{"true": True, "false": False}.get(said)] for tie, said in told.items()}


def in_saved_questions(store: Store) -> Answers:
    return _asked(store)


def in_cypher_questions(store: Store) -> Answers:
    with EmbeddedGraph.open(store) as graph:
        return _asked(CypherEngine.embedded(graph))


def _asked(engine: Store | CypherEngine) -> Answers:
    asked = [("agreements", "agreement", city) for city in (AYLA, BOSRA, CANA, DURA)]
    asked += [("memberships", "membership", city) for city in (AYLA, BOSRA)]
    return {
        str(row[tie]): THREE[row["stands"]]
        for question, tie, city in asked
        for row in run(engine, question, {"city": city}).records()
    }


READERS: list[Callable[[Store], Answers]] = [
    in_rdf,
    in_the_network,
    in_pictures,
    in_cypher_ties,
    in_parquet,
    in_json,
    in_saved_questions,
    in_cypher_questions,
]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_each_reader_answers_as_the_rule(store: Store, day: dt.date, reader: Callable[[Store], Answers]) -> None:
    expected, found = by_rule(day), reader(store)
    assert found
    assert found == {tie: held for tie, held in expected.items() if tie in found}
    of_class = {tie.partition("/")[0] for tie in found}
    assert {tie for tie in expected if tie.partition("/")[0] in of_class} == found.keys(), "no tie is missing"


def test_networks_and_short_cuts_are_of_the_ties_that_stand(store: Store, day: dt.date) -> None:
    standing = {tie for tie, held in by_rule(day).items() if held is Held.YES}
    agreements = [BY_ID[tie] for tie in sorted(standing) if tie.startswith("agreement/")]
    assert {tie for *_, ties in network.city_ties(store).edges(data="ties") for tie in ties} == {
        tie.id for tie in agreements if isinstance(tie, Agreement) and tie.kind in network.CITY_TIES
    }
    assert network.membership_ties(store).keys() == {tie for tie in standing if tie.startswith("membership/")}
    assert {tie for *_, tie in network.actors(store).edges(keys=True)} == standing
    twinned = {tie.parties for tie in agreements if isinstance(tie, Agreement) and "sister" in str(tie.kind)}
    assert set(_pairs(store, "cd:twinnedWith")) == twinned | {(other, one) for one, other in twinned}
    memberships = [BY_ID[tie] for tie in standing]
    assert set(_pairs(store, "org:memberOf")) == {
        (tie.member, tie.organization)
        for tie in memberships
        if isinstance(tie, Membership) and tie.role == "role/member"
    }


def _pairs(store: Store, path: str) -> list[tuple[str | None, ...]]:
    return select(store, f"SELECT ?one ?other {{ ?one {path} ?other }}")


# --- a tie with an end to come ----------------------------------------------------------------------------------------


def test_a_memorandum_until_2035_is_valid_and_counts(built: Path) -> None:
    with Store.open_folder(built, day=BUILT) as store, EmbeddedGraph.open(store) as graph:
        for engine in (store, CypherEngine.embedded(graph)):
            asked = {"city": AYLA, "date": str(BUILT)}
            valid = {row["tie"]: row["valid"] for row in run(engine, "valid-at", asked).records()}
            assert valid[MEMORANDUM.id] == "yes"
            assert _asked(engine)[MEMORANDUM.id] is Held.YES
        assert MEMORANDUM.id in network.city_ties(store)[AYLA][BOSRA]["ties"]


# --- unknown is never no ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["networks-missing", "networks-compared", "peer-networks"])
def test_a_membership_that_may_be_over_is_unknown(built: Path, question: str) -> None:
    def answers(day: dt.date) -> list[dict[str, Held]]:
        with Store.open_folder(built, day=day) as store, EmbeddedGraph.open(store) as graph:
            found = []
            for engine in (store, CypherEngine.embedded(graph)):
                asked = {"city": AYLA} | ({} if question == "peer-networks" else {"other": BOSRA})
                column = "city_member" if question == "networks-compared" else "member"
                found.append({r["organization"]: THREE[r[column]] for r in run(engine, question, asked).records()})
            return found

    for found in answers(BUILT):
        assert found[RING] is Held.UNKNOWN, "a place whose end may be over, though a whole list lacks the city"
        assert found[FUND] is Held.NO, "an observer that stands is no member"
    for found in answers(dt.date(2027, 1, 1)):
        assert found[RING] is Held.NO


def test_a_sister_city_that_may_be_over_is_unknown(built: Path) -> None:
    def missing(day: dt.date, city: str) -> list[dict[str, tuple[Held, str | None]]]:
        with Store.open_folder(built, day=day) as store, EmbeddedGraph.open(store) as graph:
            return [
                {
                    row["partner"]: (THREE[row["twinned"]], row["end"])
                    for row in run(engine, "sister-cities-missing", {"city": city, "other": AYLA}).records()
                }
                for engine in (store, CypherEngine.embedded(graph))
            ]

    for found in missing(BUILT, DURA):
        assert found == {CANA: (Held.UNKNOWN, "2035"), EDESSA: (Held.UNKNOWN, "/2029-12-31")}
    for found in missing(BUILT, BOSRA):
        assert found == {CANA: (Held.NO, "2015"), EDESSA: (Held.NO, "2035")}
    for found in missing(dt.date(2030, 1, 1), DURA):
        assert found == {CANA: (Held.UNKNOWN, "2035"), EDESSA: (Held.NO, "/2029-12-31")}


# --- the day moves on -------------------------------------------------------------------------------------------------


def everything(folder: Path, day: dt.date) -> set[str]:
    with Store.open_folder(folder, day=day) as store:
        return {str(quad) for quad in store.quads()}


def views(folder: Path) -> list[str]:
    place = folder / today.FOLDER
    return [each.name for each in place.iterdir() if each.is_dir()] if place.exists() else []


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Path:
    """A store of the same to write below."""
    return Path(shutil.copytree(built, tmp_path / "store", ignore=shutil.ignore_patterns("days", "at", "cypher")))


def test_the_manifest_tells_from_which_to_which_day_it_is_right(desk: Path) -> None:
    days = manifest.read(desk).days
    assert days == Span(dt.date(2026, 3, 22), dt.date(2026, 12, 31))
    assert by_rule(days.first) == by_rule(days.last) == by_rule(BUILT)
    assert by_rule(days.first - dt.timedelta(1)) != by_rule(BUILT) != by_rule(days.last + dt.timedelta(1))


def test_two_builds_within_these_days_are_the_same_bytes(built: Path, tmp_path: Path) -> None:
    for number, day in enumerate((dt.date(2026, 3, 22), dt.date(2026, 12, 31))):
        folder = tmp_path / str(number)
        writer.build(folder, [TOLD], day=day)
        assert (folder / manifest.NAME).read_bytes() == (built / manifest.NAME).read_bytes()
        assert everything(folder, BUILT) == everything(built, BUILT)
        assert not views(folder)


def test_without_ends_all_days_are_alike(tmp_path: Path) -> None:
    writer.build(tmp_path / "store", [told(TOLD.source, [*PLACES, twin(AYLA, BOSRA, status=ACTIVE)])])
    assert manifest.read(tmp_path / "store").days == ALWAYS


def test_a_store_shows_what_one_built_on_the_day_shows(desk: Path, tmp_path: Path, day: dt.date) -> None:
    writer.build(tmp_path / "new", [TOLD], day=day)
    assert everything(desk, day) == everything(tmp_path / "new", day)
    with Store.open_folder(desk, day=day) as store:
        assert store.manifest.days == manifest.read(tmp_path / "new").days
        assert store.manifest.days.covers(day)
    assert len(views(desk)) == (0 if day == BUILT else 1)


def test_a_view_of_the_day_is_made_once_and_goes_with_the_day(desk: Path) -> None:
    with Store.open_folder(desk, day=dt.date(2027, 1, 1)):
        pass
    (first,) = views(desk)
    made = (desk / today.FOLDER / first / today.DATABASE).stat().st_ino
    with Store.open_folder(desk, day=dt.date(2027, 3, 20)):
        assert views(desk) == [first]
        assert (desk / today.FOLDER / first / today.DATABASE).stat().st_ino == made
    with Store.open_folder(desk, day=dt.date(2036, 1, 1)):
        (second,) = views(desk)
        assert second != first
    assert manifest.read(desk).revision == 1, "the store itself is as it was"


def test_a_load_on_a_later_day_tells_the_ties_anew(desk: Path, tmp_path: Path, day: dt.date) -> None:
    after = writer.load(desk, [TOLD], day=day)
    assert after.revision == (1 if day == BUILT else 2)
    later = told(source("late", "blog", year(2026)), [twin(BOSRA, DURA, end=year(2035), status=ACTIVE)])
    writer.load(desk, [later], day=day)
    writer.build(tmp_path / "new", [TOLD, later], day=day)
    assert everything(desk, day) == everything(tmp_path / "new", day)
    assert manifest.read(desk).days == manifest.read(tmp_path / "new").days
    assert not views(desk), "the store itself is of the day"


def test_what_is_kept_of_a_store_is_of_the_day(desk: Path) -> None:
    for day in (BUILT, dt.date(2036, 1, 1), BUILT):
        with Store.open_folder(desk, day=day) as store:
            assert in_cypher_ties(store)[MEMORANDUM.id] is stands(MEMORANDUM, day)
            assert Store.open_folder(desk, day=day).manifest == store.manifest


# --- at a date --------------------------------------------------------------------------------------------------------

DATES = ["2014", "2019-06-01", "2026-05-31", "2026-06-01", "2030", "2035-06-01", "2036"]


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_each_reader_answers_so_at_a_date(built: Path, date: str, reader: Callable[[Store], Answers]) -> None:
    span = Span.of(parse_date(date))
    shown = {tie: record for tie, record in BY_ID.items() if validity.as_of(record, span, BUILT)}
    expected = {tie: held(record, span, BUILT) for tie, record in shown.items()}
    with Store.open_folder(built, day=BUILT) as store, StoreAt.of(store, parse_date(date)) as view:
        found = reader(view)
        assert found == {tie: expected.get(tie, Held.UNKNOWN) for tie in found}
        assert found.keys() >= {tie for tie in expected if tie.startswith("agreement/")}


@pytest.mark.parametrize("date", DATES)
def test_valid_at_tells_the_same_rule(built: Path, date: str) -> None:
    span = Span.of(parse_date(date))
    asked = {"date": str(span.first), "today": str(BUILT)}
    with Store.open_folder(built, day=BUILT) as store, EmbeddedGraph.open(store) as graph:
        for engine in (store, CypherEngine.embedded(graph)):
            for city in (AYLA, BOSRA, CANA, DURA):
                rows = run(engine, "valid-at", {"city": city, **asked}).records()
                assert rows
                assert {str(row["tie"]): row["valid"] for row in rows} == {
                    str(row["tie"]): held(BY_ID[str(row["tie"])], Span(span.first, span.first), BUILT) for row in rows
                }


def test_what_is_told_without_any_day_may_have_held_on_every_day_before_today(shipped_store: Store) -> None:
    """As docs/time.md says: they are the only ties of which today and the day before know different things."""
    today_, before = (Span(day, day) for day in (shipped_store.day, shipped_store.day - dt.timedelta(days=1)))
    differ = [
        tie
        for tie in scan.records(shipped_store)
        if isinstance(tie, Tie) and held(tie, today_, shipped_store.day) is not held(tie, before, shipped_store.day)
    ]
    page = (Path(__file__).parents[1] / "docs/time.md").read_text(encoding="utf-8")
    assert f"{len(differ)} ties of the shipped data" in page
    for tie in differ:
        assert (tie.start, tie.attested) == (None, None), tie.id
        assert held(tie, before, shipped_store.day) is Held.UNKNOWN, tie.id


@pytest.mark.parametrize("date", ["2026-06-01", "2026-06-02", "2030-01-01", "2036-01-01"])
def test_a_day_that_is_not_past_is_asked_as_without_a_date(desk: Path, date: str) -> None:
    day = dt.date.fromisoformat(date)
    with Store.open_folder(desk, day=BUILT) as store, StoreAt.of(store, parse_date(date)) as view:
        assert {str(quad) for quad in view.quads()} == everything(desk, day)


@pytest.mark.parametrize("date", DATES)
def test_a_view_looks_back_alike_on_all_days(desk: Path, date: str) -> None:
    """What it shows depends on whether the date is past, and on nothing else of the day of asking."""
    last = Span.of(parse_date(date)).last

    def shown(day: dt.date) -> set[str]:
        with Store.open_folder(desk, day=day) as store, StoreAt.of(store, parse_date(date)) as view:
            return {str(quad) for quad in view.quads()}

    assert shown(last + dt.timedelta(1)) == shown(dt.date(2040, 1, 1))
    assert shown(dt.date(2010, 1, 1)) == shown(dt.date(2013, 1, 1))


@pytest.mark.parametrize(("date", "expected"), [("2019", None), ("2030", Held.YES), ("2036", Held.NO)])
def test_a_memorandum_before_within_and_after(built: Path, date: str, expected: Held | None) -> None:
    with Store.open_folder(built, day=BUILT) as store, StoreAt.of(store, parse_date(date)) as view:
        assert view.has(MEMORANDUM.id) is (expected is not None)
        if expected:
            assert in_rdf(view)[MEMORANDUM.id] is expected
