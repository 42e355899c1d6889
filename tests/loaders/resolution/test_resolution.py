"""Which city is it, in a real store: on loading, by a person, taken back, and after reloads, builds and kills."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import InputError, StoreError, UsageError
from citydiplomacy.graph.merged.view import MergedView
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import (
    Agreement,
    City,
    Country,
    Match,
    Membership,
    Observation,
    Organization,
    Source,
)
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import manifest, readings, writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.resolution.decisions import SAME, Decision, decisions, ids_told
from citydiplomacy.loaders.resolution.judging import Judge, waiting
from citydiplomacy.loaders.resolution.resolve import Resolution
from citydiplomacy.loaders.resolution.retelling import decide

DAY = dt.date(2026, 3, 21)
NETWORK = Organization(id="organization/net", labels=(Text("The Network", "en"),), acronym="NET")


def city(tail: str, name: str, country: str, place: tuple[str, str] | None = None, lang: str = "und") -> City:
    """A city."""
    north, east = map(Decimal, place) if place else (None, None)
    labels = (Text(name, lang),)
    return City(id=f"city/{tail}", labels=labels, country=f"country/{country}", latitude=north, longitude=east)


def row(number: int, name: str, country: str, place: tuple[str, str] | None = None) -> list[Record]:
    """A row of a list of members: a city of its own, and its membership."""
    ends = f"city/row-{number}", "organization/net", "role/member"
    membership = Membership(id=ids.membership(*ends), member=ends[0], organization=ends[1], role=ends[2])
    return [city(f"row-{number}", name, country, place), membership]


def told(name: str, *records: Record) -> SourceRecords:
    """A source and what it says."""
    source = Source(id=f"source/{name}", kind="evidence-kind/dataset", labels=(Text(name.title(), "en"),))
    return SourceRecords(source, sorted(records, key=lambda record: record.id))


KNOWN = told(
    "known",
    *(Country(id=f"country/{code}", labels=(Text(code, "en"),)) for code in ("ir", "de", "lb", "ly")),
    city("tehran", "تهران", "ir", ("35.69", "51.42"), "fa"),
    city("frankfurt-am-main", "Frankfurt am Main", "de", ("50.11", "8.68"), "en"),
    city("tripoli", "Tripoli", "lb", ("34.43", "35.84"), "en"),
    NETWORK,
)
MEMBERS = told(
    "members",
    *row(1, "Tehran", "ir", ("35.69", "51.42")),
    *row(2, "Municipality of Tehran", "ir", ("35.70", "51.42")),
    *row(3, "Frankfurt", "de", ("50.11", "8.68")),
    *row(4, "Tripoli", "ly", ("32.88", "13.19")),
    *row(5, "Weimar", "de", ("50.98", "11.32")),
    *row(6, "Stadt Weimar", "de", ("50.98", "11.32")),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with the known cities and the list of members."""
    place = tmp_path / "store"
    writer.build(place, Resolution(None).settle([[KNOWN]]))
    load(place, MEMBERS)
    return place


def load(folder: Path, *sources: SourceRecords) -> manifest.Manifest:
    """Load as the command does."""
    with Store.open_folder(folder) as store:
        return writer.load(folder, Resolution(store).settle([list(sources)]), since=store)


def judge(folder: Path, *said: tuple[str, ...], who: str = "Sara") -> None:
    """Decide as the command does: (verdict, one, other), or (undo, one, other)."""
    with Store.open_folder(folder) as store:
        person = Judge(store, who, DAY)
        before = {decision.source.id for decision in person.decided}
        for verdict, one, other in said:
            if verdict == "undo":
                person.undo(one, other)
            else:
                person.decide(one, other, verdict)
        without = before - {decision.source.id for decision in person.decided}
        writer.load(folder, decide(store, person.decided), since=store, without=without)


def content(folder: Path) -> tuple[set[str], dict[str, manifest.SourceEntry]]:
    """All that is told, and what the manifest knows of the sources."""
    with Store.open_folder(folder) as store:
        return {str(quad) for quad in store.quads()}, store.manifest.sources


def members(folder: Path) -> set[str]:
    """Who is a member of the network."""
    with Store.open_folder(folder) as store:
        return {membership.member or "" for membership in store.records(Membership)}


def open_pairs(folder: Path) -> list[tuple[str, str]]:
    """The pairs that wait."""
    with Store.open_folder(folder) as store:
        return [(pair.one, pair.other) for pair in waiting(store)]


def test_sure_matches_are_made_when_loading(folder: Path) -> None:
    assert members(folder) == {"city/tehran", "city/row-3", "city/row-4", "city/weimar"}


def test_who_says_so_is_told_with_its_reasons(folder: Path) -> None:
    with Store.open_folder(folder) as store:
        match = store.get("match/row-1--tehran", "source/resolution-members")
        source = store.get("source/resolution-members")
    assert isinstance(match, Match)
    assert isinstance(source, Source)
    assert (match.one, match.other, match.concerns) == ("city/row-1", "city/tehran", ("city/tehran",))
    assert source.collection == "source/members"
    reasons = {text.lang: text.value for text in match.reason}
    assert "same consonants in two scripts (+8.5)" in reasons["en"]
    assert "همخوان‌های یکسان در دو خط (+۸٫۵)" in reasons["fa"]


def test_what_is_unsure_waits(folder: Path) -> None:
    assert open_pairs(folder) == [("city/row-3", "city/frankfurt-am-main")]


def test_two_known_cities_wait_once_a_later_source_makes_them_alike(folder: Path) -> None:
    load(folder, told("names", City(id="city/q3616", labels=(Text("Teheran", "de"),))))
    qom = city("q131664", "Qom", "ir", ("34.64", "50.88"))
    load(folder, told("places", qom, city("q3616", "Tehran", "ir", ("35.69", "51.42"))))
    assert {"city/q3616", "city/tehran"} in map(set, open_pairs(folder))


def test_loading_again_changes_nothing(folder: Path) -> None:
    before = content(folder), manifest.read(folder).revision
    load(folder, MEMBERS)
    assert (content(folder), manifest.read(folder).revision) == before
    load(folder, KNOWN)
    assert (content(folder), manifest.read(folder).revision) == before


def test_an_export_is_loaded_with_the_matches_that_it_holds(folder: Path) -> None:
    before = content(folder)
    with Store.open_folder(folder) as store:
        source = store.get("source/resolution-members", "source/resolution-members")
        assert isinstance(source, Source)
        exported = SourceRecords(source, list(store.records(Match, source.id)))
    load(folder, MEMBERS, exported)
    assert content(folder) == before


def test_same_is_told_under_the_other_and_undo_restores_everything(folder: Path) -> None:
    before = content(folder)
    judge(folder, ("same", "city/row-3", "city/frankfurt-am-main"))
    assert "city/frankfurt-am-main" in members(folder)
    assert "city/row-3" not in members(folder)
    assert not open_pairs(folder)
    judge(folder, ("undo", "city/frankfurt-am-main", "city/row-3"))
    assert content(folder) == before


def test_what_a_source_covers_is_told_under_the_other_too(folder: Path) -> None:
    covered = tuple(f"city/row-{number}" for number in range(1, 7))
    source = replace(MEMBERS.source, collects=("tie-kind/membership",), covers=covered)
    load(folder, replace(MEMBERS, source=source))
    before = content(folder)

    def covers() -> tuple[str, ...]:
        with Store.open_folder(folder) as store:
            source = store.get("source/members")
            assert isinstance(source, Source)
            return source.covers

    assert covers() == ("city/row-3", "city/row-4", "city/tehran", "city/weimar")
    judge(folder, ("same", "city/row-3", "city/frankfurt-am-main"))
    assert "city/frankfurt-am-main" in covers()
    judge(folder, ("undo", "city/frankfurt-am-main", "city/row-3"))
    assert content(folder) == before


def test_different_takes_a_sure_match_apart_and_undo_restores_everything(folder: Path) -> None:
    before = content(folder)
    judge(folder, ("different", "city/row-2", "city/tehran"))
    assert members(folder) == {"city/tehran", "city/row-2", "city/row-3", "city/row-4", "city/weimar"}
    judge(folder, ("undo", "city/row-2", "city/tehran"))
    assert content(folder) == before


def test_two_rows_of_a_group_can_be_told_apart(folder: Path) -> None:
    judge(folder, ("different", "city/row-5", "city/row-6"))
    assert len({name for name in members(folder) if name in {"city/weimar", "city/row-5", "city/row-6"}}) == 2


def test_what_a_person_left_unsure_still_waits(folder: Path) -> None:
    judge(folder, ("unsure", "city/row-3", "city/frankfurt-am-main"))
    assert open_pairs(folder) == [("city/row-3", "city/frankfurt-am-main")]


@pytest.mark.parametrize("again", [MEMBERS, KNOWN])
def test_decisions_survive_a_reload(folder: Path, again: SourceRecords) -> None:
    judge(
        folder,
        ("same", "city/row-3", "city/frankfurt-am-main"),
        ("different", "city/row-2", "city/tehran"),
        ("same", "city/row-4", "city/tripoli"),
    )
    before = content(folder)
    load(folder, again)
    assert content(folder) == before


def test_decisions_are_carried_into_a_store_built_anew(folder: Path, tmp_path: Path) -> None:
    judge(folder, ("same", "city/row-3", "city/frankfurt-am-main"))
    with Store.open_folder(folder) as store:
        decided = decisions(store)
    new = tmp_path / "new"
    writer.build(new, Resolution(None, decided).settle([[KNOWN], [MEMBERS]]))
    assert content(new)[0] == content(folder)[0]


def test_a_decision_on_what_is_not_loaded_is_kept(folder: Path, tmp_path: Path) -> None:
    judge(folder, ("same", "city/row-3", "city/frankfurt-am-main"))
    with Store.open_folder(folder) as store:
        decided = decisions(store)
    new = tmp_path / "new"
    writer.build(new, Resolution(None, decided).settle([[KNOWN]]))
    with Store.open_folder(new) as store:
        assert [decision.pair for decision in decisions(store)] == [("city/frankfurt-am-main", "city/row-3")]
    load(new, MEMBERS)
    assert "city/row-3" not in members(new)


def test_a_source_loaded_before_follows_a_decision_when_the_other_is_loaded(folder: Path) -> None:
    judge(folder, ("same", "city/frankfurt-am-main", "city/row-3"))
    assert "city/row-3" in members(folder)
    with Store.open_folder(folder) as store:
        assert store.get("city/row-3", "source/known") is not None
        assert store.get("city/frankfurt-am-main") is None


def test_cities_that_a_source_ties_with_each_other_are_not_one(folder: Path) -> None:
    parties, kind = ("city/row-5", "city/row-6"), "agreement-kind/sister-city"
    tie = Agreement(id=ids.agreement(kind, parties), kind=kind, parties=parties)
    load(folder, told("members", *MEMBERS.records, tie))
    assert {"city/row-5", "city/row-6"} <= members(folder)
    assert ("city/row-5", "city/row-6") not in map(tuple, map(sorted, open_pairs(folder)))


def test_decisions_that_are_loaded_take_the_place_of_those_of_the_same_person(folder: Path) -> None:
    judge(folder, ("same", "city/row-3", "city/frankfurt-am-main"), ("different", "city/row-2", "city/tehran"))
    with Store.open_folder(folder) as store:
        kept = [decision.match for decision in decisions(store) if decision.match.verdict == SAME]
        (source,) = {decision.source.id: decision.source for decision in decisions(store)}.values()
    load(folder, SourceRecords(source, kept))
    with Store.open_folder(folder) as store:
        assert [decision.match.verdict for decision in decisions(store)] == [SAME]
    assert "city/row-2" not in members(folder)


def test_decisions_that_are_loaded_come_before_what_they_decide_on(folder: Path) -> None:
    judge(folder, ("same", "city/row-3", "city/frankfurt-am-main"))
    with Store.open_folder(folder) as store:
        (decision,) = decisions(store)
    told_first = SourceRecords(decision.source, [decision.match])
    assert next(one.source.id for one in Resolution(None).settle([[told_first], [KNOWN]])) == "source/known"
    with pytest.raises(InputError, match="sources were read before it"):
        list(Resolution(None).settle([[KNOWN], [told_first]]))


def test_decided_twice_changes_nothing(folder: Path) -> None:
    judge(folder, ("same", "city/row-3", "city/frankfurt-am-main"))
    before = manifest.read(folder)
    judge(folder, ("same", "city/frankfurt-am-main", "city/row-3"))
    assert manifest.read(folder) == before


def test_decisions_that_contradict_each_other_are_named(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"city/row-1 same as city/row-3.*city/row-3 same as city/row-4.*different"):
        judge(
            folder,
            ("same", "city/row-1", "city/row-3"),
            ("same", "city/row-3", "city/row-4"),
            ("different", "city/row-4", "city/row-1"),
        )


def test_another_person_must_take_back_first(folder: Path) -> None:
    judge(folder, ("same", "city/row-3", "city/frankfurt-am-main"))
    with pytest.raises(UsageError, match="Sara decided same"):
        judge(folder, ("different", "city/row-3", "city/frankfurt-am-main"), who="Ali")


def test_an_unknown_id_is_refused_with_what_is_near(folder: Path) -> None:
    with pytest.raises(UsageError, match="frankfurt-am-main"):
        judge(folder, ("same", "city/row-3", "Frankfurt am Mein"))


def test_cities_with_a_tie_are_never_decided_the_same(folder: Path) -> None:
    parties = "city/tehran", "city/tripoli"
    kind = "agreement-kind/sister-city"
    load(folder, told("ties", Agreement(id=ids.agreement(kind, parties), kind=kind, parties=parties)))
    before = content(folder)
    with pytest.raises(InputError, match="have a tie with each other"):
        judge(folder, ("same", "city/tehran", "city/tripoli"))
    assert content(folder) == before


def figures(number: int) -> SourceRecords:
    """The population of a row, from another file of the same list."""
    area, measure = f"city/row-{number}", "measure/population"
    return told("figures", Observation(id=ids.observation(measure, area), area=area, measure=measure, value=Decimal(9)))


def population_of(folder: Path) -> list[str | None]:
    """Whose population is told."""
    with Store.open_folder(folder) as store:
        return [figure.area for figure in store.records(Observation)]


def test_another_source_may_name_a_row(folder: Path) -> None:
    load(folder, figures(1))
    assert population_of(folder) == ["city/tehran"]
    before = content(folder)
    judge(folder, ("different", "city/row-1", "city/tehran"))
    assert population_of(folder) == ["city/row-1"]
    judge(folder, ("undo", "city/row-1", "city/tehran"))
    assert content(folder) == before


def test_what_may_be_another_city_keeps_its_id_for_other_sources_too(folder: Path) -> None:
    load(folder, figures(3))
    assert population_of(folder) == ["city/row-3"]


def test_another_source_follows_when_its_row_turns_out_another_city(folder: Path) -> None:
    load(folder, figures(1))
    load(folder, told("members", *row(1, "Tripoli", "lb", ("34.43", "35.84"))))
    assert population_of(folder) == ["city/tripoli"]


def test_an_organisation_takes_the_id_of_the_one_with_its_name(folder: Path) -> None:
    other = Organization(id="organization/the-net", labels=(Text("Another name", "en"),), acronym="net")
    load(folder, told("other", other))
    with Store.open_folder(folder) as store:
        assert store.get("organization/the-net") is None
        assert "source/other" in store.claims("organization/net")


def organization(tail: str, name: str, acronym: str | None = None, alias: str = "") -> Organization:
    """An organisation."""
    aliases = (Text(alias, "en"),) if alias else ()
    return Organization(id=f"organization/{tail}", labels=(Text(name, "en"),), aliases=aliases, acronym=acronym)


UCCN = organization("uccn", "UNESCO Creative Cities Network", "UCCN", "شبکهٔ شهرهای خلاق یونسکو")
UNESCO = organization("unesco", "UNESCO", alias="یونسکو")
UCLG = organization("uclg", "United Cities and Local Governments", "UCLG")
TPO = organization(
    "tpo",
    "Tourism Promotion Organization for Global Cities",
    "TPO",
    "Tourism Promotion Organization for Asia Pacific Cities",
)
HEALTHY = (
    organization("eu", "WHO European Healthy Cities Network"),
    organization("em", "WHO Regional Healthy Cities Network"),
)


@pytest.mark.parametrize(
    ("there", "loaded", "same", "waits"),
    [
        ([organization("other-net", "Another Thing", "NET")], organization("new", "New", "Net"), None, 2),
        ([organization("namesake", "the network")], organization("new", "The Network"), None, 2),
        ([organization("other", "Other", "ON")], organization("new", "The Network", "ON"), None, 2),
        ([organization("other", "Other", "ON")], organization("new", "New", alias="The network"), "net", 0),
        ([organization("other", "Other", "ON")], organization("new", "New", "on"), "other", 0),
        ([organization("other", "Other", "ON")], organization("new", "New", "Net", "the NETWORK"), "net", 0),
        ([organization("other", "Other")], organization("new", "New"), None, 0),
        ([UCLG, UNESCO], organization("new", "United Cities & Local Governments"), "uclg", 0),
        ([UCLG, UNESCO], organization("new", "Local Governments and United Cities"), "uclg", 0),
        ([UCCN, UNESCO, *HEALTHY], organization("new", "UNESCO Creative Cities"), "uccn", 0),
        ([UCCN, UNESCO, *HEALTHY], organization("new", "UNESCO Network of Creative Cities"), "uccn", 0),
        ([UCCN, UNESCO, *HEALTHY], organization("new", "شبکه شهرهای خلاق"), "uccn", 0),
        ([UCCN, UNESCO, *HEALTHY], organization("new", "شبكه شهر‌هاي خلاق يونسكو"), "uccn", 0),
        ([UCCN, UNESCO, *HEALTHY], organization("new", "Healthy Cities Network"), None, 2),
        ([UCCN, UNESCO], organization("new", "Network of Cities"), None, 0),
        ([TPO], organization("new", "The Tourism Promotion Organisation for Asia Pacific Cities"), "tpo", 0),
        ([TPO], organization("new", "Tourism Promotion"), None, 1),
    ],
    ids=["a short name of two", "a name of two", "two names of two", "an alias", "a short name", "both names of one",
         "no short name at all", "&", "another order", "no network", "network of", "no owner", "Arabic letters",
         "a part of two", "nothing telling", "a former name", "a part of one"],
)  # fmt: skip
def test_an_organisation_is_merged_by_a_name_that_one_alone_bears(
    tmp_path: Path, there: list[Organization], loaded: Organization, same: str | None, waits: int
) -> None:
    folder = tmp_path / "store"
    writer.build(folder, Resolution(None).settle([[told("known", NETWORK, *there)]]))
    load(folder, told("loaded", loaded))
    with Store.open_folder(folder) as store:
        assert (store.get(loaded.id) is None) == (same is not None)
        assert "source/loaded" in store.claims(f"organization/{same}" if same else loaded.id)
        made = [match for match in store.records(Match) if loaded.id in (match.one, match.other)]
        assert [match.other for match in made if match.verdict == SAME] == ([f"organization/{same}"] if same else [])
        assert len(list(waiting(store))) == waits


def test_an_organisation_that_is_known_by_its_id_keeps_it_whatever_its_name(folder: Path) -> None:
    load(folder, told("there", organization("other", "Other", "ON")))
    load(folder, told("loaded", organization("other", "The Network")))
    with Store.open_folder(folder) as store:
        assert "source/loaded" in store.claims("organization/other")
        assert "source/loaded" not in store.claims("organization/net")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("one,other\na,b\n", 1, "column is missing .expected the columns one, other, verdict"),
        ("one,other,verdict,colour\n", 1, "unknown column"),
        ("one,other,verdict,رأی\n", 1, "stands there twice"),
        ("one,other,verdict\ncity/row-3,city/tehran,perhaps\n", 2, "unknown verdict"),
        ("one,other,verdict\ncity/row-3,city/nowhere,same\n", 2, "nothing is called"),
        ("one,other,verdict\n\ncity/row-3,city/row-3,same\n", 3, "is one id"),
        ("one,other,verdict,date\ncity/row-3,city/row-4,same,soon\n", 2, "not a date"),
    ],
)
def test_a_bad_line_of_a_file_is_named(folder: Path, tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    with Store.open_folder(folder) as store, pytest.raises(InputError, match=said) as error:
        Judge(store, "Sara", DAY).apply(path)
    assert error.value.line == line


def test_readings_are_kept_as_long_as_they_are_needed(folder: Path) -> None:
    named = {entry.reading for entry in manifest.read(folder).sources.values() if entry.reading}
    assert {path.name.partition(".")[0] for path in (folder / readings.FOLDER).iterdir()} == named
    load(folder, told("members", *row(4, "Tripoli", "ly", ("32.88", "13.19"))))
    assert not list((folder / readings.FOLDER).iterdir())


def test_a_broken_reading_is_told_and_nothing_changes(folder: Path) -> None:
    before = content(folder)
    for path in (folder / readings.FOLDER).iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(StoreError, match="Load the source again"):
        judge(folder, ("different", "city/row-2", "city/tehran"))
    assert content(folder) == before


def test_who_decides_on_a_store_that_moved_on_is_told(folder: Path) -> None:
    with Store.open_folder(folder) as store:
        person = Judge(store, "Sara", DAY)
        person.decide("city/row-3", "city/frankfurt-am-main", "same")
        judge(folder, ("same", "city/row-4", "city/tripoli"), who="Ali")
        with pytest.raises(StoreError, match="changed meanwhile"):
            writer.load(folder, decide(store, person.decided), since=store)


def test_a_killed_decision_leaves_the_old_store_or_the_new(folder: Path) -> None:
    citydip = str(Path(sys.executable).with_name("citydip"))
    pair = ("city/row-3", "city/frankfurt-am-main")
    turns = {"same": [citydip, "resolve", "same", *pair, "--who", "Sara", "--store", str(folder)],
             "undo": [citydip, "resolve", "undo", *pair, "--store", str(folder)]}  # fmt: skip
    states = [content(folder)[0]]
    begun = time.monotonic()
    subprocess.run(turns["same"], check=True, capture_output=True)
    length = time.monotonic() - begun
    states.append(content(folder)[0])
    rng = random.Random(7)
    for _ in range(12):
        there = content(folder)[0]
        process = subprocess.Popen(turns["undo" if there == states[1] else "same"], stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(length / 3, length))
        process.kill()
        process.wait()
        assert content(folder)[0] in states


def test_the_matches_of_a_store_are_read_once_a_load(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    records = Store.records

    def counted(store: Store, cls: type[Record] | None = None, source: str | None = None) -> object:
        if cls is Match:
            read.append(source or "")
        return records(store, cls, source)  # type: ignore[call-overload]

    judge(folder, ("different", "city/row-3", "city/frankfurt-am-main"))
    monkeypatch.setattr(Store, "records", counted)
    loads = [[told(f"list-{number}", *row(number, f"Place {number}", "de"))] for number in range(20, 28)]
    with Store.open_folder(folder) as store:
        writer.load(folder, Resolution(store).settle(loads), since=store)
    matches = [source for source in read if source.startswith("source/resolution-")]
    assert matches
    assert len(matches) == len(set(matches))


def test_a_decision_writes_and_merges_what_differs_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a list of members that is told again, and of a store that grows, the rest stays as it stands."""
    merged: list[str] = []
    written: list[object] = []
    refresh, applied = MergedView.refresh, MergedView._apply
    monkeypatch.setattr(MergedView, "refresh", lambda view, name: (merged.append(name), refresh(view, name))[1])
    monkeypatch.setattr(
        MergedView,
        "_apply",
        lambda view, gone, new: (written.extend((*gone, *new)), applied(view, gone, new))[1],
    )
    work = []
    for first in (20, 60):
        load(folder, told(f"list-{first}", *(each for at in range(40) for each in row(first + at, f"P {at}", "ly"))))
        merged.clear(), written.clear()
        judge(folder, ("same", "city/row-3", "city/frankfurt-am-main"))
        assert not any(f"row-{other}" in each for each in merged for other in (4, 5, 6, 20, 60))
        work.append((len(merged), len(written)))
        judge(folder, ("undo", "city/frankfurt-am-main", "city/row-3"))
    assert work[0] == work[1]
    assert work[0][0] <= 8


@given(st.data())
def test_ids_are_one_where_a_way_of_sure_matches_leads_unless_a_person_says_no(data: st.DataObject) -> None:
    """Against a plain reckoning: matches one by one, the surest first, in sets that are looked through whole."""
    names = [f"city/{letter}" for letter in "abcdefgh"]
    pairs = st.lists(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True), max_size=12)
    made = [
        Match(id=f"match/{n:02}", one=one, other=other, verdict="match-verdict/same", weight=Decimal(0))
        for n, (one, other) in enumerate(data.draw(pairs))
    ]
    no = [frozenset(pair) for pair in data.draw(pairs)]
    person = Source(id="source/decisions-sara", kind="evidence-kind/coding", labels=())
    decided = [
        Decision(person, Match(id=f"match/no-{n}", one=min(two), other=max(two), verdict="match-verdict/different"))
        for n, two in enumerate(no)
    ]
    groups = [{name} for name in names]
    for match in made:
        first, second = (next(group for group in groups if end in group) for end in (match.one, match.other))
        if first is not second and not any(two & first and two & second for two in no):
            groups = [group for group in groups if group not in (first, second)] + [first | second]
    told_as = ids_told(made, decided)
    assert {frozenset(group) for group in groups if len(group) > 1} == {
        frozenset({*(old for old, name in told_as.items() if name == new), new}) for new in told_as.values()
    }


@pytest.mark.parametrize("backwards", [True, False])
def test_a_long_way_of_matches_is_one_group(backwards: bool) -> None:
    """20,000 ids, each found to be the next: a minute if groups are copied at every step."""
    steps = [
        Match(id=f"match/{n:06}", one=f"city/{n:06}", other=f"city/{n + 1:06}", verdict="match-verdict/same")
        for n in range(20_000)
    ]
    told_as = ids_told(reversed(steps) if backwards else steps, ())
    assert set(told_as.values()) == {"city/020000"}
    assert len(told_as) == 20_000
