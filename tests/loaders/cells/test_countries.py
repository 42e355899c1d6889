"""Countries by their codes and by names in many languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from citydiplomacy.graph.model.table_cells import split_values
from citydiplomacy.loaders.cells import countries
from citydiplomacy.loaders.cells.cells import UnknownWord
from citydiplomacy.loaders.cells.countries import country_id

DATA = Path(countries.__file__).parents[1] / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_country_has_a_code_of_three_letters_and_names() -> None:
    own, other = rows("countries/countries.csv"), rows("country-names.csv")
    assert [row["id"] for row in own] == [row["id"] for row in other]
    assert len({row["code3"] for row in other}) == len(other)
    assert all(len(row["code3"]) == 3 and row["names"] for row in other)


@pytest.mark.parametrize("file", ["countries/countries.csv", "country-names.csv"])
def test_codes_and_names_are_of_their_country(file: str) -> None:
    for row in rows(file):
        for code in (row["id"], row["id"].upper(), row.get("code3", row["id"])):
            assert country_id(code) == f"country/{row['id']}"
        for column in ("label_en", "label_fa", "alias_en", "names"):
            for name in split_values(row.get(column, "")):
                if name not in ("", "Kongo"):
                    assert country_id(name) == f"country/{row['id']}"


@pytest.mark.parametrize("name", ["Kongo", "Atlantis", "QQQ", "", "?"])
def test_a_name_of_two_countries_or_of_none_is_unknown(name: str) -> None:
    with pytest.raises(UnknownWord, match="unknown country"):
        country_id(name)


def test_the_nearest_name_is_proposed() -> None:
    with pytest.raises(UnknownWord) as caught:
        country_id("Germny")
    assert caught.value.hint == "Did you mean germany?"
