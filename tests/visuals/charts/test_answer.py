"""The answer to a saved question as its header says to draw it: it shows what the rows say, and nothing else."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library import catalogue, questions
from citydiplomacy.visuals.charts import answer
from citydiplomacy.visuals.charts.answer import draw_answer
from citydiplomacy.visuals.maps.scene import MapScene
from citydiplomacy.visuals.svg.svg import Svg

VALUES = {"city": "city/mashhad", "other": "city/tehran", "organization": "organization/uclg"}
DRAWN = [name for name in catalogue.names("sparql") if catalogue.question(name).drawing]


def ask(store: Store, name: str, lang: str = "en", **given: str) -> tuple[questions.Answer, dict[str, str]]:
    asked = catalogue.question(name)
    values = {each: value for each, value in {**VALUES, "lang": lang, **given}.items() if each in asked.by_name}
    return questions.run(store, asked, values), values


def texts(svg: Svg) -> list[str]:
    """Its texts without their isolates."""
    found = ET.fromstring(svg.markup()).iter("{http://www.w3.org/2000/svg}text")
    return [(each.text or "").strip("\u2066\u2067\u2069") for each in found]


@pytest.mark.parametrize("lang", ["en", "fa"])
@pytest.mark.parametrize("name", DRAWN)
def test_what_the_header_names_is_drawn(shipped_store: Store, name: str, lang: str) -> None:
    told, values = ask(shipped_store, name, lang)
    assert told.rows
    svg = draw_answer(shipped_store, told, values, "A title", lang)
    assert svg
    assert any("A title" in text for text in texts(svg))


def test_each_kind_of_drawing_is_used() -> None:
    assert {catalogue.question(name).drawing[0] for name in DRAWN} == {"map", "network", "bars"}


def test_bars_have_the_numbers_of_their_rows(shipped_store: Store) -> None:
    told, values = ask(shipped_store, "needs-by-axis")
    svg = draw_answer(shipped_store, told, values, "", "en")
    assert svg
    numbers = [text for text in texts(svg) if text.isdigit()]
    assert numbers == [str(row["needs"]) for row in told.records()]
    lengths = [
        float(each.get("width", "")) for each in ET.fromstring(svg.markup()).iter() if each.get("fill") == "#0072B2"
    ]
    most = max(row["needs"] for row in told.records())
    assert lengths == pytest.approx([max(lengths) * row["needs"] / most for row in told.records()], rel=0.01)


def test_of_too_many_rows_it_says_how_many_are_drawn(shipped_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "MOST", 3)
    told, values = ask(shipped_store, "organizations")
    svg = draw_answer(shipped_store, told, values, "", "en")
    assert svg
    assert f"The first 3 of {len(told.rows)} are drawn." in texts(svg)


def test_a_map_has_the_ties_of_its_rows_and_no_others(shipped_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[MapScene] = []
    real = answer.draw_map
    monkeypatch.setattr(
        answer, "draw_map", lambda scene, *more, **looks: seen.append(scene) or real(scene, *more, **looks)
    )
    told, values = ask(shipped_store, "sister-cities")
    draw_answer(shipped_store, told, values, "", "en")
    (scene,) = seen
    placed = {tie.other for tie in scene.ties}
    partners = {row["partner"] for row in told.records()}
    assert {tie.kind for tie in scene.ties} == {"sister-city"}
    assert placed | {place.id for place in scene.places} == {"city/mashhad", *partners} - {
        each for each in partners if shipped_store.name(each) in scene.nowhere
    }


def test_nothing_is_drawn_of_no_rows(shipped_store: Store) -> None:
    told, values = ask(shipped_store, "sister-cities")
    assert draw_answer(shipped_store, questions.Answer(told.question, []), values, "", "en") is None
    told, values = ask(shipped_store, "evidence", record="city/mashhad")
    assert draw_answer(shipped_store, told, values, "", "en") is None
