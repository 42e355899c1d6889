"""A small world of three sources that agree and disagree, for the tests of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Agreement, City, Country, Membership, Organization, Source
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Date, Text
from citydiplomacy.graph.store import writer

SISTER = "agreement-kind/sister-city"


def year(number: int) -> Date:
    """A Gregorian year."""
    return Date(str(number), dt.date(number, 1, 1), dt.date(number, 12, 31))


def source(name: str, kind: str, date: Date | None = None, collection: str | None = None) -> Source:
    """A source of a kind of evidence."""
    return Source(
        id=f"source/{name}",
        kind=f"evidence-kind/{kind}",
        labels=(Text(name.title(), "en"),),
        date=date,
        collection=f"source/{collection}" if collection else None,
    )


def told(said_by: Source, *records: Record) -> SourceRecords:
    """What a source says."""
    return SourceRecords(said_by, sorted(records, key=lambda record: record.id))


def sister(*parties: str, **fields: object) -> Agreement:
    """A sister-city agreement."""
    parties_ids = tuple(sorted(f"city/{party}" for party in parties))
    return Agreement(id=ids.agreement(SISTER, parties_ids), kind=SISTER, parties=parties_ids, **fields)  # type: ignore[arg-type]


def member(city: str, organization: str, role: str = "member", **fields: object) -> Membership:
    """A membership."""
    ends = (f"city/{city}", f"organization/{organization}", f"role/{role}")
    return Membership(id=ids.membership(*ends), member=ends[0], organization=ends[1], role=ends[2], **fields)  # type: ignore[arg-type]


MASHHAD = City(
    id="city/mashhad",
    labels=(Text("Mashhad", "en"), Text("مشهد", "fa")),
    aliases=(Text("Meshed", "en"),),
    country="country/ir",
    latitude=Decimal("36.29807"),
    exact_match=("https://www.wikidata.org/entity/Q121157",),
)
LAHORE = City(id="city/lahore", labels=(Text("Lahore", "en"), Text("لاهور", "fa")))
SEOUL = City(id="city/seoul", labels=(Text("Seoul", "en"),))
IRAN = Country(id="country/ir", labels=(Text("Iran", "en"), Text("ایران", "fa")), code="IR")
METROPOLIS = Organization(id="organization/metropolis", labels=(Text("Metropolis", "en"),), acronym="Metropolis")


@pytest.fixture
def world() -> list[SourceRecords]:
    """An official page, a newspaper and a blog."""
    return [
        told(
            source("official", "official", year(2020)),
            MASHHAD,
            LAHORE,
            SEOUL,
            IRAN,
            METROPOLIS,
            sister("mashhad", "lahore", start=year(2006), status="status/active", locators=("page 3",)),
            member("mashhad", "metropolis", "board-member", status="status/active"),
        ),
        told(
            source("press", "press", year(2022)),
            replace(LAHORE, labels=(Text("Lahor", "en"),)),
            sister("mashhad", "lahore", start=year(2012), status="status/active", locators=("page 9",)),
            member("mashhad", "metropolis", status="status/active"),
        ),
        told(source("blog", "blog"), sister("mashhad", "seoul", status="status/planned")),
    ]


@pytest.fixture
def build(tmp_path: Path) -> Callable[[list[SourceRecords]], Path]:
    """Build a store from sources and tell where it is."""

    def built(sources: list[SourceRecords]) -> Path:
        writer.build(tmp_path / "store", sources)
        return tmp_path / "store"

    return built
