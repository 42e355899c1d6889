"""The dossier of two cities in both languages, made once for the tests of its forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.visuals.document.blocks import Document
from citydiplomacy.visuals.document.dossier import dossier
from citydiplomacy.visuals.writers import formats

DAY = from_edtf("2026-11-27")
Written = Callable[[str], bytes]
"""Writes a document, by the suffix of a form."""
CITIES = ["city/mashhad", "city/tehran"]


@pytest.fixture(scope="package")
def store(shipped: Path) -> Iterator[Store]:
    with Store.open_folder(shipped) as opened:
        yield opened


@pytest.fixture(scope="package", params=["en", "fa"])
def document(store: Store, request: pytest.FixtureRequest) -> Document:
    return dossier(store, CITIES, request.param, date=DAY)


@pytest.fixture(scope="package")
def dossier_in(document: Document) -> Written:
    """Writes the dossier in a form: each once, for all tests that only read it."""
    return cache(lambda suffix: written(document, suffix))


def written(document: Document, suffix: str) -> bytes:
    return formats.of(Path(f"x{suffix}"))(document)
