"""What a store held at earlier revisions: a digest of each record, kept below it whenever somebody asks what changed.

A store is one revision, and an earlier one is gone; of what was asked at earlier ones it can still be told which
records are new, gone or told otherwise. Where nothing can be kept, nothing is.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from citydiplomacy.errors import CityDiplomacyError
from citydiplomacy.ontology.terms import BASE, CD

from .. import whole_files
from ..store import derived_cache
from ..store.once import once
from ..store.reader import Store
from ..store.rows import told_pairs

FOLDER = "history"
FORMAT = 1
KEPT = 20
"""Revisions that are remembered, the latest."""


def digests(store: Store) -> Mapping[str, str]:
    """Of each record of the merged view a digest of all that it says; kept for the revisions to come."""
    return once(store, _made)


def revisions(store: Store) -> list[int]:
    """The earlier revisions that are remembered, the latest first."""
    return sorted({int(path.name.split("-")[0]) for path in _files(store)} - {store.manifest.revision}, reverse=True)


def at(store: Store, revision: int) -> Mapping[str, str] | None:
    """The digests at a revision; None if it is not remembered. Of a store that was made anew it is the later one."""
    for path in sorted(_files(store), key=lambda each: each.stat().st_mtime_ns, reverse=True):
        if int(path.name.split("-")[0]) == revision:
            with contextlib.suppress(OSError, ValueError):
                found: dict[str, str] = json.loads(gzip.decompress(path.read_bytes()))
                return found
    return None


def _made(store: Store) -> Mapping[str, str]:
    path = store.folder / FOLDER / f"{derived_cache.name(store.manifest, str(FORMAT))}.json.gz"
    if path.exists():
        with contextlib.suppress(OSError, ValueError):
            kept: dict[str, str] = json.loads(gzip.decompress(path.read_bytes()))
            return kept
    told = _of_records(store)
    with contextlib.suppress(CityDiplomacyError):  # a store that one may only read
        whole_files.write(path, gzip.compress(json.dumps(told).encode(), mtime=0))
        for old in sorted(_files(store))[:-KEPT]:
            with contextlib.suppress(OSError):
                old.unlink()
    return told


def _of_records(store: Store) -> dict[str, str]:
    """A sum over the statements of a record, in whatever order they come."""
    sums = {record: 0 for record, _ in told_pairs(store, f"<{CD.support}>")}
    statements = store.query("SELECT ?s ?p ?o { ?s ?p ?o }")
    assert isinstance(statements, ox.QuerySolutions)
    for subject, predicate, term in statements:
        record = subject.value.removeprefix(BASE)
        if record in sums:
            statement = f"{predicate} {term}".encode()
            sums[record] += int.from_bytes(hashlib.blake2b(statement, digest_size=8).digest())
    return {record: f"{sums[record] % 2**64:016x}" for record in sorted(sums)}


def _files(store: Store) -> list[Path]:
    return [path for path in (store.folder / FOLDER).glob("*.json.gz") if path.name.split("-")[0].isdigit()]
