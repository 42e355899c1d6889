"""What a body asks of the number of inhabitants, and what a city's figures tell of it, dated and undated."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.graph.model.records import City, Observation, Organization, Scope
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library.questions import run

from ..conftest import both, source, told, year

UNKNOWN = {"en": "the population of the city", "fa": "جمعیت شهر"}
UNDATED = {
    "en": "a population of the city with a date (it is told without one)",
    "fa": "جمعیت شهر با تاریخ (بی‌تاریخ گفته شده است)",
}
FIGURES = {
    "nobody-says": (),
    "small": ((600_000, 2020),),
    "large": ((2_000_000, 2020),),
    "near": ((600_000, None),),
    "far": ((400_000, None),),
    "enough": ((2_000_000, None),),
    "dated-too": ((2_000_000, 2020), (400_000, None)),
}


def records() -> list[Record]:
    found: list[Record] = [
        Organization(id="organization/club", labels=both("Club", "باشگاه")),
        Scope(id="scope/club", organization="organization/club", role="role/member", least=1_000_000),
    ]
    for name, figures in FIGURES.items():
        found.append(City(id=f"city/{name}", labels=both(name, name)))
        found += [
            Observation(
                id=f"observation/population/{name}/{when or 'undated'}",
                area=f"city/{name}",
                measure="measure/population",
                value=Decimal(number),
                period=year(when) if when else None,
            )
            for number, when in figures
        ]
    return found


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("sizes") / "store"
    writer.build(folder, [told(source("atlas", "dataset"), records())])
    return folder


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_an_undated_population_says_that_it_is_one(club: Path, lang: str) -> None:
    with Store.open_folder(club) as store:
        found = {city: next(iter(run(store, "may-join", {"city": city, "lang": lang}).records())) for city in FIGURES}
    barred = {city for city, row in found.items() if row["may_join"] == "no"}
    assert barred == {"small", "far"}, "far below is far below, whenever it was counted"
    assert UNKNOWN[lang] in found["nobody-says"]["missing"]
    assert UNDATED[lang] in found["near"]["missing"]
    assert UNKNOWN[lang] not in found["near"]["missing"], "it is known, though not of when"
    for city in ("large", "enough", "dated-too"):
        assert not {UNKNOWN[lang], UNDATED[lang]} & set(found[city]["missing"])
