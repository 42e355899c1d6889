"""A city of which no country is told: nobody knows which of its ties are abroad."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library.questions import run
from citydiplomacy.queries.recommendation.report import recommend
from citydiplomacy.queries.reports.comparison import compare
from citydiplomacy.queries.reports.gaps import gaps

from ..conftest import ACTIVE, PLACES, member, source, told, twin, year

LOST, AYLA, CANA = "city/nameless", "city/ayla", "city/cana"
TOLD = [
    *PLACES,
    twin(LOST, CANA, start=year(2010), status=ACTIVE),
    twin(AYLA, CANA, start=year(2011), status=ACTIVE),
    member(CANA, "organization/net"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two cities with the same partner, one of them of no known country."""
    folder: Path = tmp_path_factory.mktemp("lost") / "store"
    writer.build(folder, [told(source("atlas", "dataset", collects="sister-city", covers=("ayla", "nameless")), TOLD)])
    with Store.open_folder(folder) as opened:
        yield opened


@pytest.mark.parametrize(("lang", "words"), [("en", "abroad|foreign|its country"), ("fa", "برون‌مرزی|خارجی|هم‌کشور")])
def test_nothing_of_it_is_abroad(store: Store, lang: str, words: str) -> None:
    lost, known = gaps(store, LOST, lang), gaps(store, AYLA, lang)
    assert [line for line in lost.headlines if re.search(words, line)] == []
    assert [line for line in known.headlines if re.search(words, line)]
    advice = recommend(store, LOST, lang)
    about = [line for line in advice.headlines if "2016" not in line and "۲۰۱۶" not in line]  # how such lists did
    assert [line for line in about if re.search(f"({words}).*nameless", line)] == []
    assert not re.search("abroad|خارجی", advice.section("cities").title)


def test_its_partners_lie_in_countries_of_which_none_counts_as_foreign(store: Store) -> None:
    (row,) = run(store, "countries-reached", {"city": LOST}).records()
    assert row["country_name"] == "Beland"
    report = compare(store, AYLA, LOST)
    reached = {row[0]: row[2:4] for row in report.section("dimensions").rows}
    assert reached["countries"] == (1, None)
    assert reached["world-regions"] == (1, None)


def test_one_is_told_as_one(store: Store) -> None:
    lines = [*compare(store, AYLA, LOST).headlines, *recommend(store, LOST).headlines]
    assert [
        line for line in lines if re.search(r"\b[Oo]f (the )?1 |sister cities of \S+ were last told as of", line)
    ] == []
    assert any("the standing sister city of Ayla was last told as of 2011" in line for line in lines)
