"""The charts: each number in them is that of its question, no text leaves the drawing or lies on another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from citydiplomacy import cli
from citydiplomacy.errors import UsageError
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.model.records import Agreement, City, Membership, Organization, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.standing.standing import title
from citydiplomacy.visuals.charts.bars import dimensions, draw_bars
from citydiplomacy.visuals.charts.matrix import draw_matrix, matrix
from citydiplomacy.visuals.charts.needs import draw_needs
from citydiplomacy.visuals.charts.standing import SHOWN, draw_standing
from citydiplomacy.visuals.charts.style import ticks
from citydiplomacy.visuals.charts.timeline import beginnings, draw_timeline
from citydiplomacy.visuals.drawing.network_figure import draw_network
from citydiplomacy.visuals.drawing.scene import around
from citydiplomacy.visuals.maps.map_figure import draw_map
from citydiplomacy.visuals.maps.scene import scene as map_scene
from citydiplomacy.visuals.svg.frame import Caption
from citydiplomacy.visuals.svg.svg import Svg
from citydiplomacy.visuals.svg.text_width import text_width

from ...queries.again.recomputed import Recomputed

MASHHAD, TEHRAN, ISTANBUL = "city/mashhad", "city/tehran", "city/istanbul"
FIVE = [MASHHAD, TEHRAN, ISTANBUL, "city/isfahan", "city/lahore"]
CHARTS: dict[str, tuple[Callable[..., Svg], list[str]]] = {
    "bars": (draw_bars, FIVE),
    "needs": (draw_needs, [MASHHAD]),
    "matrix": (draw_matrix, FIVE),
    "timeline": (draw_timeline, FIVE),
    "standing": (draw_standing, FIVE),
}
TITLE = Caption("A title")
WORDY = "San Fernando del Valle de la Santísima Trinidad y de Nuestra Señora de los Dolores del Río Grande"


def texts(svg: Svg) -> Iterator[tuple[str, ET.Element]]:
    """The texts of a drawing without their isolates."""
    for element in ET.fromstring(svg.markup()).iter("{http://www.w3.org/2000/svg}text"):
        yield (element.text or "").strip("\u2066\u2067\u2069"), element


@pytest.mark.parametrize("lang", ["en", "fa"])
@pytest.mark.parametrize("kind", CHARTS)
def test_every_number_is_that_of_its_question(
    shipped_store: Store, recomputed: Recomputed, kind: str, lang: str
) -> None:
    draw, cities = CHARTS[kind]
    svg = draw(shipped_store, cities, TITLE, lang=lang)
    told = {}
    for phrase in svg.phrases:
        for mark in phrase.as_json():
            if not isinstance(mark, str):
                recomputed.check(mark, lang)
        told[str(phrase)] = "".join(part for part in phrase.as_json() if isinstance(part, str))
    assert told or kind == "matrix"
    words = " ".join(told)
    foot = shipped_store.manifest.revision
    for text, element in texts(svg):
        if not re.search(r"\d", text) or element.get("class") in ("name", "scale"):
            continue
        if text in told:
            assert not re.search(r"\d", told[text]), f"a number of no question: {text}"
        else:  # a line of a sentence of the chart, or of its foot
            assert text.rstrip(".") in words or float(element.get("font-size") or 0) == 11, (text, foot)


@pytest.mark.parametrize("lang", ["en", "fa"])
@pytest.mark.parametrize("kind", CHARTS)
def test_texts_are_whole_and_apart(shipped_store: Store, kind: str, lang: str) -> None:
    draw, cities = CHARTS[kind]
    svg = draw(shipped_store, cities, TITLE, lang=lang)
    assert not [text for text, _ in texts(svg) if "…" in text]
    assert_apart(svg)


def assert_apart(svg: Svg) -> None:
    """No text leaves the drawing or lies on another."""
    boxes = []
    for text, element in texts(svg):
        size, x, y = (float(element.get(name) or 0) for name in ("font-size", "x", "y"))
        width = text_width(text, size)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[element.get("text-anchor") or "start"]
        assert left > -1, text
        assert left + width < svg.width + 1, text
        assert 0 < y <= svg.height, text
        boxes.append((left, y - size * 0.7, left + width, y, text))
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


@pytest.fixture(scope="module")
def long_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two cities in one body: a name of 10,000 letters, a long one of words, and a body called like the first."""
    folder = tmp_path_factory.mktemp("long") / "store"
    cities = [City(id="city/a", labels=(Text("Xyz" * 3333, "en"),)), City(id="city/b", labels=(Text(WORDY, "en"),))]
    body = Organization(id="organization/o", labels=(Text("Body" * 2500, "en"),))
    pact = Agreement(
        id="agreement/a", kind="agreement-kind/sister-city", parties=("city/a", "city/b"), start=parse_date("1990")
    )
    places = [
        Membership(
            id=f"membership/{each}",
            member=f"city/{each}",
            organization=body.id,
            role="role/member",
            status="status/active",
        )
        for each in "ab"
    ]
    source = Source(id="source/x", kind="evidence-kind/dataset", labels=(Text("x", "en"),))
    writer.build(folder, [SourceRecords(source, [*cities, body, pact, *places])])
    with Store.open_folder(folder) as store:
        yield store


@pytest.mark.parametrize("kind", ["bars", "matrix", "timeline", "standing", "network", "map"])
def test_a_name_of_ten_thousand_letters_is_told_in_brief(long_names: Store, kind: str) -> None:
    cities = ["city/a", "city/b"]
    if kind == "network":
        svg = draw_network(around(long_names, cities, "en"), title="A title")
    elif kind == "map":
        svg = draw_map(map_scene(long_names, cities, "en"), TITLE, lang="en")
    else:
        svg = CHARTS[kind][0](long_names, cities, TITLE, lang="en")
    assert_apart(svg)
    told = "".join(svg.texts())
    assert "Xyz" * 10 in re.sub(r"[\u2066-\u2069]", "", told)
    assert len(told) < 4000
    words = " ".join(text for text, _ in texts(svg))
    assert kind in ("network", "map") or all(word in words for word in WORDY.split()), "a name of words is whole"


def test_unknown_is_no_zero(shipped_store: Store) -> None:
    found = {each.label: each.bars for each in dimensions(shipped_store, [MASHHAD, ISTANBUL], "en")}
    memoranda = found["Memoranda, friendship and cooperation agreements"]
    assert memoranda[0].value is not None
    assert memoranda[1].value is None, "nobody set out to collect the memoranda of Istanbul"
    svg = draw_bars(shipped_store, [MASHHAD, ISTANBUL], TITLE, lang="en")
    assert "unknown" in {text for text, _ in texts(svg)}


def test_a_no_in_the_matrix_is_checked(shipped_store: Store) -> None:
    found = matrix(shipped_store, [MASHHAD, TEHRAN, ISTANBUL], "en")
    assert found.cells["organization/uccn", ISTANBUL] in ("member", "leading")
    assert found.cells["organization/uccn", MASHHAD] == "no"
    assert ("organization/amf", ISTANBUL) not in found.cells, "not known, since no full list is at hand"
    assert len(found.bodies) == len(set(found.bodies))


def test_a_beginning_lies_within_its_date(shipped_store: Store) -> None:
    row, kinds = beginnings(shipped_store, MASHHAD, "en")
    assert kinds["sister-city"] == "sister cities"
    assert all(each.first <= each.middle <= each.last for each in row.beginnings)
    solar, _ = beginnings(shipped_store, MASHHAD, "fa")
    assert {round(one.first - other.first) for one, other in zip(row.beginnings, solar.beginnings, strict=True)} <= {
        621,
        622,
    }


def test_a_timeline_ends_with_the_last_beginning(shipped_store: Store) -> None:
    row, _ = beginnings(shipped_store, MASHHAD, "en")
    years = {
        int(text) for text, _ in texts(draw_timeline(shipped_store, [MASHHAD], TITLE, lang="en")) if text.isdigit()
    }
    assert max(years) <= int(max(each.last for each in row.beginnings)) + 1


@pytest.mark.parametrize("most", [1, 2, 5, 7, 23, 69, 100, 4321])
def test_ticks_are_round_and_reach(most: int) -> None:
    found = ticks(most)
    assert found[0] == 0
    assert found[-1] >= most
    assert 2 <= len(found) <= 7
    assert str(found[1]).strip("0") in ("1", "2", "5")


def test_what_cannot_be_drawn_is_said(shipped_store: Store) -> None:
    with pytest.raises(UsageError, match="No study of the needs of Tehran"):
        draw_needs(shipped_store, [TEHRAN], TITLE, lang="en")
    with pytest.raises(UsageError, match=r"No tie of .* has a known date of beginning"):
        draw_timeline(shipped_store, ["city/kandahar"], TITLE, lang="en")


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "html"])
def test_the_command_writes_each_form(shipped: Path, tmp_path: Path, monkeypatch, form: str) -> None:
    out = tmp_path / f"bars.{form}"
    monkeypatch.setattr("sys.argv", ["citydip", "draw", "bars", str(out), "Mashhad", "Tehran", "--store", str(shipped)])
    cli.main()
    assert out.stat().st_size > 2000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bars", "x.svg"], "bars is drawn of 1 to 5 cities, not of 0"),
        (["needs", "x.svg", "Mashhad", "Tehran"], "needs is drawn of one city, not of 2"),
        (["bars", "x.svg", *["Mashhad", "Tehran", "Isfahan", "Shiraz", "Tabriz", "Qom"]], "not of 6"),
        (["bars", "x.gif", "Mashhad"], "bars is written as .svg, .png, .pdf, .html"),
        (["world", "x.html", "Mashhad"], "The world is drawn of all cities"),
        (["standing", "x.svg", "Metropolis"], "Metropolis"),
        (["bars", "x.svg", "Mashhad", "مشهد"], "مشهد is given twice"),
        (["map", "x.svg", "Mashhad", "Tehran", "Mashhad"], "Mashhad is given twice"),
    ],
)
def test_a_wrong_call_is_one_error(shipped: Path, tmp_path: Path, monkeypatch, capsys, arguments, message) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["citydip", "draw", *arguments, "--store", str(shipped)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_tells_is_no_nought(tmp_path: Path) -> None:
    """Also where no source says what it set out to collect."""
    alone = City(id="city/alone", labels=(Text("Alone", "en"),))
    writer.build(tmp_path / "store", [SourceRecords(Source(id="source/x", kind="evidence-kind/dataset"), [alone])])
    with Store.open_folder(tmp_path / "store") as store:
        assert dimensions(store, [alone.id], "en") == []


@pytest.mark.parametrize(("lang", "meant"), [("en", "partner cities"), ("fa", "شهرهای طرف پیوند")])
def test_each_measure_of_standing_says_what_it_tells(shipped_store: Store, lang: str, meant: str) -> None:
    told = [text for text, _ in texts(draw_standing(shipped_store, FIVE, TITLE, lang=lang))]
    for measure, words in SHOWN.items():
        after = told[told.index(title(measure, lang)) + 1]
        assert after == words[lang == "fa"]
    assert sum(meant in text for text in told) >= 2
