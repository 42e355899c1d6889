"""An area that a body is said to be open to holds a country."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Organization, Region, Scope
from citydiplomacy.graph.model.sources import Place, SourceRecords

from ..conftest import IRAN, source, told

Build = Callable[[list[SourceRecords]], Path]

BODY = Organization(id="organization/sea")
OPEN = Scope(id="scope/sea", organization="organization/sea", role="role/member", area="region/shore")
SHORE = Region(id="region/shore")


def test_an_area_without_a_country_is_refused_with_its_place(build: Build) -> None:
    wrong = told(source("pages", "press"), BODY, OPEN, SHORE)
    with pytest.raises(InputError, match="scope/sea is open to region/shore, and no country is in it") as caught:
        build([replace(wrong, places={"region/shore": Place("scopes.csv", 2, "area")}.get)])
    assert (caught.value.file, caught.value.line, caught.value.column) == ("scopes.csv", 2, "area")


def test_another_source_may_say_what_it_comprises(build: Build) -> None:
    pages = told(source("pages", "press"), BODY, OPEN, SHORE)
    build([pages, told(source("atlas", "dataset"), IRAN, replace(SHORE, comprises=("country/ir",)))])
    build([pages, told(source("atlas", "dataset"), IRAN, replace(SHORE, may_comprise=("country/ir",)))])
    build([told(source("pages", "press"), BODY, IRAN, replace(OPEN, area="country/ir"))])
