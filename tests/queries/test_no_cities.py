"""What is no city is told as what it is and counted as no sister city, in questions, sentences, dimensions and bars."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from citydiplomacy.graph.model.records import City, Country, Region
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.city.city_headlines import sister_cities
from citydiplomacy.queries.city.profile import profile
from citydiplomacy.queries.city.unknown import of_city
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.questions import run
from citydiplomacy.queries.reports.dimensions import values
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.visuals.charts.bars import dimensions

from .conftest import ACTIVE, both, source, told, twin, year

AYLA, BOSRA, CANA = "city/ayla", "city/bosra", "city/cana"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Ayla is twinned with a city, a province and a country, and so is a region with the province; Bosra with the
    province alone, of which nobody knows whether it stands, and Cana with the country."""
    folder = tmp_path_factory.mktemp("mixed") / "store"
    records = [
        Country(id="country/bb", labels=both("Beyond", "فراسو"), world_region="world-region/polynesia"),
        Region(id="region/upland", labels=both("Upland", "بالادست"), country="country/bb"),
        *(City(id=f"city/{one}", labels=both(one.title(), fa)) for one, fa in (("ayla", "آیلا"), ("bosra", "بصرا"))),
        City(id=CANA, labels=both("Cana", "قانا"), country="country/bb"),
        twin(AYLA, CANA, status=ACTIVE, attested=year(2020)),
        twin(AYLA, "region/upland", status=ACTIVE, attested=year(2001)),
        twin(AYLA, "country/bb", status=ACTIVE),
        twin(BOSRA, "region/upland", "sister-region", status=ACTIVE),
        twin(CANA, "country/bb", status=ACTIVE),
    ]
    writer.build(folder, [told(source("press", "press"), records)])
    with Store.open_folder(folder) as store:
        yield store


@pytest.mark.parametrize("engine", ["sparql", "cypher"])
def test_questions_count_cities_and_name_the_rest(mixed: Store, engine: str) -> None:
    with EmbeddedGraph.open(mixed) as graph:
        asked = mixed if engine == "sparql" else CypherEngine.embedded(graph)

        def rows(question: str, **values: object) -> list[dict[str, object]]:
            return run(asked, question, values).records()

        assert rows("sister-city-count", other=AYLA) == [{"partners": 1}]
        assert [row["partner"] for row in rows("sister-cities-by-place", city=AYLA, lang="en")] == [CANA]
        assert {row["city"]: row["partners"] for row in rows("cities-by-ties", limit=9, lang="en")} == {
            AYLA: 1,
            CANA: 1,
        }
        assert rows("sister-cities-missing", city=CANA, other=BOSRA, lang="en") == []
        assert [row["partner"] for row in rows("neighbourhood", city=AYLA, steps=3, lang="en")] == [CANA]
        assert rows("partners-of-partners", city=AYLA, limit=9, lang="en") == []
        told_of = ("partner", "no_city", "country_name")
        assert [tuple(row[of] for of in told_of) for row in rows("sister-cities", city=AYLA, lang="en")] == [
            ("country/bb", "country", None),
            (CANA, None, "Beyond"),
            ("region/upland", "region", "Beyond"),
        ]


def test_sentences_count_cities_and_name_the_rest(mixed: Store) -> None:
    say, ayla, bosra = Speech("en"), profile(mixed, AYLA, "en"), profile(mixed, BOSRA, "en")
    assert say.sentences(*sister_cities(say, ayla)) == (
        "1 standing sister city of Ayla is known in 1 country and 1 world region (told by officials, press, studies or "
        "the like); the standing sister city of Ayla was last told as of 2020.",
        "2 places that are no cities are told as twinned with Ayla and not counted as sister cities: Beyond (country) "
        "and Upland (province or region).",
    )
    assert say.sentences(*sister_cities(say, bosra)) == (
        "No standing sister city of Bosra is known in these data; 1 place that is no city is told as twinned with "
        "Bosra and not counted as a sister city: Upland (province or region).",
    )
    fa = Speech("fa")
    assert fa.sentences(*sister_cities(fa, profile(mixed, BOSRA, "fa"))) == (
        "در این داده‌ها خواهرخواندهٔ برقراری از بصرا شناسایی نشده است؛ ۱ طرف خواهرخواندگی برقرار بصرا شهر نیست و شهر "
        "خواهرخوانده شمرده نشده است: بالادست (استان یا منطقه).",
    )


def test_what_is_told_with_no_city_alone_leaves_sister_cities_unknown(mixed: Store) -> None:
    say = Speech("en")
    ayla, cana = profile(mixed, AYLA, "en"), profile(mixed, CANA, "en")
    bosra = profile(mixed, BOSRA, "en")
    counts = [values(say, city, {})["sister-cities"] for city in (ayla, bosra, cana)]
    assert [value.plain for value in counts] == [1, None, 1]
    assert [value.sources for value in counts] == [1, None, 1]
    assert "Whether Bosra has any sister city." in {each.sentence for each in of_city(say, bosra)}
    (sisters,) = dimensions(mixed, [AYLA, BOSRA], "en", ["sister-cities"])
    assert [bar.value and bar.value.value for bar in sisters.bars] == [1, None]
