"""Dossiers of odd cities still read: one without a tie, one of a very long name, one of a crowd of partners."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.records import Agreement, City, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.visuals.charts.standing import draw_standing
from citydiplomacy.visuals.document.blocks import Document, Picture
from citydiplomacy.visuals.document.dossier import dossier
from citydiplomacy.visuals.maps.map_figure import CROWD
from citydiplomacy.visuals.svg.frame import Caption
from citydiplomacy.visuals.writers import formats

DAY = from_edtf("2026-11-23")
PARTNERS = CROWD + 20
LONG = "L" * 10_000


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A hub with partners without number, a city of a long name with one of them, and one that has no tie."""
    folder = tmp_path_factory.mktemp("odd") / "store"
    spokes = [
        City(id=f"city/s{n}", labels=(Text(f"Spoke {n}", "en"),), latitude=-50 + n % 100, longitude=-160 + n % 320)
        for n in range(PARTNERS)
    ]
    cities = [
        City(id="city/hub", labels=(Text("Hub", "en"),), latitude=34.0, longitude=53.0),
        City(id="city/long", labels=(Text(LONG, "en"),), latitude=35.0, longitude=51.0),
        City(id="city/lonely", labels=(Text("Lonely", "en"),)),
    ]
    pairs = [("city/hub", each.id) for each in spokes] + [("city/long", "city/s1")]
    ties = [
        Agreement(id=f"agreement/t{n}", kind="agreement-kind/sister-city", parties=pair) for n, pair in enumerate(pairs)
    ]
    source = Source(id="source/x", kind="evidence-kind/dataset", labels=(Text("Made up", "en"),))
    writer.build(folder, [SourceRecords(source, [*spokes, *cities, *ties])])
    with Store.open_folder(folder) as store:
        yield store


def drawn(document: Document) -> list[str]:
    return [block.key for block in document.blocks if isinstance(block, Picture)]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_of_a_city_without_a_tie_nothing_empty_is_drawn(odd: Store, lang: str) -> None:
    assert drawn(dossier(odd, ["city/lonely"], lang, date=DAY)) == []


def test_no_ranks_are_drawn_where_none_is_known(shipped_store: Store) -> None:
    """No source set out to collect the ties of this city, so that it is ranked among none."""
    made = dossier(shipped_store, ["city/lahore"], "en", date=DAY)
    assert drawn(made)[-1] == "by-kind-figure"
    with pytest.raises(UsageError, match="no known rank"):
        draw_standing(shipped_store, ["city/lahore"], Caption("x"), lang="en")


@pytest.mark.parametrize("city", ["city/long", "city/s1"])
def test_a_name_of_ten_thousand_letters_leaves_room_for_the_rest(odd: Store, city: str) -> None:
    made = dossier(odd, [city], "en", date=DAY)
    told = list(texts(json.loads(formats.of(Path("x.json"))(made))))
    assert any(f"{LONG[:40]}…" in text for text in told)
    assert [text[:60] for text in told if LONG[:500] in text] == []


def test_a_crowd_has_one_map_which_sends_to_the_tables(odd: Store) -> None:
    made = dossier(odd, ["city/hub"], "en", date=DAY)
    assert [key for key in drawn(made) if "map" in key] == ["map"]
    (first,) = (block for block in made.blocks if isinstance(block, Picture) and block.key == "map")
    assert "More names stand in the tables under Ties." in " ".join(first.svg.texts())
