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


LISTED = {
    "gb": "England|Scotland|Wales|Northern Ireland|U.K.|انگلیس|the United Kingdom",
    "xk": "Kosovo|Republic of Kosovo|کوزوو|XK",
    "kr": "Korea, Rep.|Republic of Korea|Korea (Republic of)|South Korea",
    "kp": "Korea, Dem. People's Rep.|DPRK|Democratic People's Republic of Korea",
    "mk": "Republic of Macedonia|FYROM|North Macedonia",
    "us": "the_United_States|United States|U.S.A.|آمریکا",
    "ie": "Republic of Ireland|Ireland, Republic of|جمهوری ایرلند",
    "ps": "Palestinian National Authority|West Bank and Gaza|State of Palestine",
    "ir": "Iran, Islamic Rep.|Islamic Republic of Iran|I.R. Iran",
    "cd": "Congo, Dem. Rep.|DR Congo|Democratic Republic of the Congo",
    "cg": "Congo, Rep.|Republic of the Congo",
    "tw": "Republic of China|Taiwan, China",
    "cn": "People's Republic of China|PR China",
    "ye": "Yemen, Rep.",
    "vc": "St. Vincent & the Grenadines",
    "bs": "Bahamas, The|The Bahamas",
    "la": "Lao People's Dem. Rep.",
    "es": "Kingdom of Spain",
}


@pytest.mark.parametrize("code", LISTED)
def test_names_of_everyday_and_official_lists(code: str) -> None:
    assert {name: country_id(name) for name in LISTED[code].split("|")} == dict.fromkeys(
        LISTED[code].split("|"), f"country/{code}"
    )


@pytest.mark.parametrize(
    "name", ["Korea", "کره", "Republic of Vietnam", "Serbia and Montenegro", "Republic of Texas", "DDR"]
)
def test_doubtful_names_are_asked(name: str) -> None:
    with pytest.raises(UnknownWord):
        country_id(name)
