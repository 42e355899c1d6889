"""Countries as they stand in an English sentence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from citydiplomacy.graph.language.articles import with_article
from citydiplomacy.loaders import files
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.queries.wording.evidence import Label, Named
from citydiplomacy.queries.wording.speech import Speech

BEAR = (
    "Åland Islands | Bahamas | British Indian Ocean Territory | British Virgin Islands | Caribbean Netherlands | "
    "Cayman Islands | Central African Republic | Cocos (Keeling) Islands | Comoros | Cook Islands | Democratic "
    "Republic of the Congo | Dominican Republic | Falkland Islands | Faroe Islands | French Southern Territories | "
    "Gambia | Heard Island and McDonald Islands | Isle of Man | Maldives | Marshall Islands | Netherlands | "
    "Northern Mariana Islands | Philippines | Pitcairn Islands | Republic of the Congo | Solomon Islands | Turks "
    "and Caicos Islands | United Arab Emirates | United Kingdom | United States | United States Minor Outlying "
    "Islands | United States Virgin Islands"
)


def test_which_countries_and_regions_bear_an_article() -> None:
    (folder,) = (path for path in files.shipped(world=False) if path.name == "countries")
    with (Path(folder) / "countries.csv").open(encoding="utf-8", newline="") as file:
        names = {row["label_en"] for row in csv.DictReader(file)}
    assert {name for name in names if with_article(name) != name} == set(BEAR.split(" | "))
    regions = {region.label("en") for region in schemes()["world-region"].values()}
    assert {name for name in regions if with_article(name) != name} == {"Americas", "Caribbean"}


@pytest.mark.parametrize("name", ["Czech Republic", "Russian Federation", "Soviet Union", "Kingdom of Denmark"])
def test_so_do_names_of_other_lists(name: str) -> None:
    assert with_article(name) == f"the {name}"


def test_the_article_is_no_part_of_the_mark() -> None:
    britain = Named("United Kingdom", "country/gb", Label("country/gb"))
    told = Speech("en")("in {land}", "در {land}", land=Speech("en").land(britain))
    assert (told, [mark.text for mark in told.marks]) == ("in the United Kingdom", ["United Kingdom"])
    assert Speech("fa").land(Named("بریتانیا", "country/gb", Label("country/gb"))) == "بریتانیا"
