"""Cities that share a name: a sentence on one of them is true without those around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.recommendation.report import recommend
from citydiplomacy.queries.reports.comparison import compare
from citydiplomacy.queries.reports.gaps import gaps

from ..conftest import ACTIVE, PLACES, both, member, source, told, twin, year

AYLA, WEST, LOST = "city/ayla", "city/ayla-west", "city/ayla-lost"
TOLD = [
    *PLACES,
    City(id=WEST, labels=both("AYLA", "مغرب"), country="country/bb"),
    City(id=LOST, labels=both("Aylá", "ایلا")),
    twin(AYLA, "city/cana", start=year(2010), status=ACTIVE),
    twin(WEST, "city/cana", start=year(2011), status=ACTIVE),
    twin(LOST, "city/dura", status=ACTIVE),
    member("city/cana", "organization/net"),
]
SHOWN = {
    "en": {AYLA: "Ayla (Aland)", WEST: "AYLA (Beland)", LOST: "Aylá (country not told)"},
    "fa": {AYLA: "آیلا (آلند)", WEST: "مغرب (بلند)", LOST: "ایلا (کشور گفته نشده)"},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three cities of one name: of two countries, and of none that is told."""
    folder: Path = tmp_path_factory.mktemp("namesakes") / "store"
    writer.build(folder, [told(source("atlas", "dataset"), TOLD)])
    with Store.open_folder(folder) as opened:
        yield opened


@pytest.mark.parametrize("lang", ["en", "fa"])
@pytest.mark.parametrize("city", [AYLA, WEST, LOST])
def test_a_sentence_names_its_country_too(store: Store, city: str, lang: str) -> None:
    """In both languages, also where the names are alike in one of them alone."""
    other, shown = WEST if city == AYLA else AYLA, SHOWN[lang]
    for report in (compare(store, city, other, lang), gaps(store, city, lang), recommend(store, city, lang)):
        assert any(shown[city] in sentence for sentence in report.headlines)
        for sentence in report.headlines:
            for mark in sentence.marks:
                whole = shown.get(str(mark.value), mark.text)
                assert sentence.count(mark.text) == sentence.count(whole), sentence
