"""Years that could be of either calendar: in a store they are Gregorian, and every reader takes them so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.graph.language.dates import from_edtf, parse_date, told_date
from citydiplomacy.graph.model.records import Observation
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.questions import run
from citydiplomacy.queries.recommendation.report import recommend
from citydiplomacy.queries.reports.comparison import compare
from citydiplomacy.queries.reports.gaps import gaps
from citydiplomacy.visuals.charts.timeline import beginnings
from citydiplomacy.visuals.document.dossier import dossier
from citydiplomacy.visuals.writers.markdown import as_markdown

from .queries.conftest import ACTIVE, PLACES, member, source, told, twin

AYLA, BOSRA, NET = "city/ayla", "city/bosra", "organization/net"
TOLD = [
    *PLACES,
    twin(AYLA, BOSRA, start=parse_date("1358 AD"), status=ACTIVE),
    twin(AYLA, "city/cana", attested=parse_date("1404 AD")),
    twin(AYLA, "city/dura", "cooperation", start=parse_date("1300 AD"), end=parse_date("1410 AD")),
    member(AYLA, NET, "role/president", start=parse_date("1390 AD"), attested=parse_date("1411 AD")),
    member(BOSRA, NET, start=parse_date("1391 AD"), status=ACTIVE),
    *(
        Observation(
            id=f"observation/population/{name}",
            area=f"city/{name}",
            measure="measure/population",
            value=Decimal(value),
            unit="unit/persons",
            period=parse_date("1400 AD"),
        )
        for name, value in (("ayla", 20000), ("bosra", 9000))
    ),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Cities with ties, offices and figures of the Middle Ages."""
    folder: Path = tmp_path_factory.mktemp("old") / "store"
    writer.build(folder, [told(source("chronicle", "scholarly", collects="sister-city", covers=("ayla",)), TOLD)])
    with Store.open_folder(folder) as opened:
        yield opened


def test_a_date_of_an_answer_is_edtf() -> None:
    assert told_date("1400") == from_edtf("1400")
    assert told_date(None) is None
    with pytest.raises(ValueError, match="may be Gregorian or Solar Hijri"):
        parse_date("1400")


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_every_report_reads_them(store: Store, lang: str) -> None:
    for report in (
        compare(store, AYLA, BOSRA, lang),
        gaps(store, AYLA, lang),
        recommend(store, AYLA, lang),
    ):
        assert report.headlines
    assert len(beginnings(store, AYLA, lang)[0].beginnings) == 3


@pytest.mark.parametrize(("lang", "years"), [("en", ("1358", "1390")), ("fa", ("۱۳۵۸ م", "۱۳۹۰ م"))])
def test_a_dossier_tells_them(store: Store, lang: str, years: tuple[str, ...]) -> None:
    made = as_markdown(dossier(store, [AYLA, BOSRA], lang, date=from_edtf("2026-11-28"))).decode()
    assert [year for year in years if year not in made] == []


@pytest.mark.parametrize("question", ["sister-cities", "memberships"])
def test_both_languages_of_queries_tell_them_alike(store: Store, question: str) -> None:
    in_sparql = run(store, question, {"city": AYLA}).records()
    with EmbeddedGraph.open(store) as graph:
        assert run(CypherEngine.embedded(graph), question, {"city": AYLA}).records() == in_sparql
    assert in_sparql
