"""What is estimated says so, wherever it is told: bounds, ranges of ranks and the probability, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from citydiplomacy import cli
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.measures import estimates
from citydiplomacy.queries.measures.influence import MEASURES, influence
from citydiplomacy.queries.reports.comparison import compare
from citydiplomacy.queries.standing import estimated, networks, peer_groups, rankings
from citydiplomacy.queries.standing.peer_groups import Rank, ranked
from citydiplomacy.queries.standing.standing import standing
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.visuals.charts.standing import draw_standing, standing_table
from citydiplomacy.visuals.maps.tool_network import for_tools
from citydiplomacy.visuals.svg.frame import Caption

from ...conftest import copied

CITY, OTHER = "city/mashhad", "city/isfahan"
SAMPLES = {"betweenness": "paths", "harmonic": "sources"}
ESTIMATED = tuple(SAMPLES)


@pytest.fixture
def large(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The shipped store, as if its networks were too large to be measured exactly."""
    for name in ESTIMATED:
        monkeypatch.setitem(MEASURES, name, replace(MEASURES[name], exact_up_to=0))
        monkeypatch.setattr(estimates, name, partial(getattr(estimates, name), **{SAMPLES[name]: 64}))
    with Store.open_folder(copied(shipped, tmp_path / "store")) as store:
        yield store


def test_estimates_hold_what_is_exact(large: Store) -> None:
    exact, found = influence(networks.city_ties(large)), networks.measure(large)
    assert tuple(found.bounds) == ESTIMATED
    for name in ESTIMATED:
        for city, (lower, upper) in found.bounds[name].items():
            assert lower - 1e-12 <= exact[name][city] <= upper + 1e-12
        true = ranked(exact[name])
        for city, rank in ranked(found.values[name], bounds=found.bounds[name]).items():
            assert rank.rank <= true[city].rank <= rank.worst
            assert rank.percentile <= true[city].percentile + 1e-9
    assert networks.measure(large, "memberships").bounds.keys() == {*ESTIMATED}


def test_the_ranking_tells_bounds_and_ranges(large: Store) -> None:
    found = standing(large, ["betweenness", "degree"])
    assert found.estimated == ("betweenness",)
    assert found.table.names[:2] == ("rank", "last")
    assert found.table.names[-4:] == ("betweenness", "betweenness_lower", "betweenness_upper", "degree")
    rows = [dict(zip(found.table.names, row, strict=True)) for row in found.table.rows]
    known = [row for row in rows if row["rank"]]
    assert all(row["rank"] <= row["last"] for row in known)
    assert any(row["rank"] < row["last"] for row in known)
    assert [row["betweenness"] for row in known] == sorted((row["betweenness"] for row in known), reverse=True)
    assert "last" not in standing(large, ["degree", "betweenness"]).table.names  # that rank is exact


def test_sentences_in_both_languages(large: Store) -> None:
    assert estimated.sentence(Speech("en"), ESTIMATED) == (
        "Estimated, since the network is large: Betweenness and Harmonic closeness. With probability 0.9 each value "
        "lies between its bounds, and each rank within its range."
    )
    assert estimated.sentence(Speech("fa"), ESTIMATED) == (
        "برآورد، چون شبکه بزرگ است: مرکزیت بینابینی و نزدیکی هارمونیک. "
        "با احتمال ۰٫۹ هر مقدار میان دو کران خود و هر رتبه در بازهٔ خود است."
    )
    assert estimated.sentence(Speech("en"), ()) == ""
    report = compare(large, CITY, OTHER)
    assert report.headlines[-1].startswith("Estimated, since the network is large: Betweenness. With probability 0.9")
    assert any("and somewhere from" in line and "as a go-between" in line for line in report.headlines)
    noted = next(row for row in report.section("dimensions").records() if row["dimension"] == "betweenness")
    assert " to " in noted["note_a"]
    assert "; between 0." in noted["note_a"]
    assert noted["note_a"].endswith(", with probability 0.9")
    assert {"last_a", "last_b"} <= set(report.section("standing").names)
    persian = compare(large, CITY, OTHER, "fa")
    assert persian.headlines[-1].startswith("برآورد، چون شبکه بزرگ است: مرکزیت بینابینی")
    assert any("جایی از جایگاه" in line for line in persian.headlines)


def test_words_of_a_range() -> None:
    wide = Rank(2, 114, 92.9, last=9)
    assert rankings.rank_words(Speech("en"), wide) == "2 to 9 of 114 (at least 92.9)"
    assert rankings.rank_words(Speech("fa"), wide) == "۲ تا ۹ از ۱۱۴ (دست‌کم ۹۲٫۹)"
    assert rankings.rank_words(Speech("en"), Rank(2, 4, None, last=3)) == "2 to 3 of 4 (few)"
    assert rankings.rank_words(Speech("en"), Rank(2, 114, 99.1, last=2)) == "2 of 114 (99.1)"
    assert estimated.between(Speech("en"), (0.00021, 0.5)) == "between 0.00021 and 0.5, with probability 0.9"
    assert estimated.between(Speech("fa"), (1.0, 2.5)) == "میان ۱ و ۲٫۵، با احتمال ۰٫۹"


def test_a_position_knows_its_bounds(large: Store) -> None:
    found = rankings.positions(networks.measure(large), peer_groups.groups(large), [CITY])
    by_measure = {at.measure: at for at in found}
    at = by_measure["betweenness"]
    assert at.bounds is not None
    assert at.bounds[0] <= at.value <= at.bounds[1]
    assert at.rank().value < at.last().value
    assert by_measure["degree"].bounds is None
    assert by_measure["degree"].rank().value == by_measure["degree"].last().value


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_the_figure_and_its_table_show_the_range(large: Store, lang: str) -> None:
    drawn = " ".join(draw_standing(large, [CITY], Caption("Standing", "2026"), lang=lang).texts())
    table = standing_table(large, [CITY], lang)
    ranks = [row[3] for row in table.rows if row[3] is not None]
    ranges = [rank for rank in ranks if {"en": " to ", "fa": " تا "}[lang] in str(rank)]
    assert ranges
    assert all(str(rank) in drawn for rank in ranges)
    assert {"en": "With probability 0.9", "fa": "با احتمال ۰٫۹"}[lang] in drawn


def test_other_tools_get_the_bounds_beside_the_value(large: Store) -> None:
    made = for_tools(large, networks.city_ties(large), "en", measured_in="agreements")
    assert made.estimated == ESTIMATED
    node = made.graph.nodes[CITY]
    lower, value, upper = (node[f"agreements_betweenness{end}"] for end in ("_lower", "", "_upper"))
    assert lower <= value <= upper


def test_the_command_tells_them(large: Store, capsys: pytest.CaptureFixture) -> None:
    place = ["--store", str(large.folder), "-m", "betweenness", "--format", "json"]
    for names, told_of in ([CITY], {"lower", "upper", "all_rank", "all_last"}), ([], {"betweenness_upper", "last"}):
        with pytest.raises(SystemExit) as ended:
            cli.app("influence")(["influence", *names, *place])
        assert not ended.value.code
        text = capsys.readouterr().out
        assert "With probability 0.9 each value lies between its bounds" in text
        assert told_of <= _keys(json.loads(text))


def _keys(told: object) -> set[str]:
    """All names of values in an answer."""
    if isinstance(told, list):
        return set().union(*map(_keys, told))
    return set(told) | _keys(list(told.values())) if isinstance(told, dict) else set()
