"""Sources as they were read, before things took the ids by which they are known.

A source that is told otherwise than it was read is kept beside the database, so that a decision about identity can be
applied to it, or taken back, without the file that it came from. A reading is named by what is in it.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from citydiplomacy.errors import StoreError
from citydiplomacy.ontology.terms import BASE

from .. import whole_files
from ..model.schema import Record
from ..rdf import triples
from ..rdf.graph_names import value

FOLDER = "readings"
"""Below the store's folder."""


def pack(records: Iterable[Record]) -> tuple[str, bytes]:
    """The SHA-256 of records as N-Triples, and these compressed."""
    lines = []
    for record in records:
        fragments, source_only = triples.predicate_objects(record)
        lines.append(triples.quads(record.id, fragments + source_only))
    text = "".join(lines).encode()
    return hashlib.sha256(text).hexdigest(), gzip.compress(text, compresslevel=6, mtime=0)


def keep(folder: Path, packed: Mapping[str, bytes]) -> None:
    """Write readings that a store folder does not have yet."""
    for digest, data in packed.items():
        path = _path(folder, digest)
        if not path.exists():
            whole_files.write(path, data)


def read(folder: Path, digest: str) -> list[Record]:
    """The records of a reading, sorted by id. Raises StoreError if it is gone or not whole."""
    path = _path(folder, digest)
    try:
        text = gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as error:
        raise StoreError(
            f"{path}: the source as it was read cannot be opened ({error}).", hint="Load the source again."
        ) from None
    if hashlib.sha256(text).hexdigest() != digest:
        raise StoreError(f"{path}: not what its name says.", hint="Load the source again.")
    found = []
    for subject, told in groupby(ox.parse(text, ox.RdfFormat.N_TRIPLES), key=lambda triple: value(triple.subject)):
        record = triples.read(subject.removeprefix(BASE), [(triple.predicate.value, triple.object) for triple in told])
        if record is not None:
            found.append(record)
    return sorted(found, key=lambda record: record.id)


def sweep(folder: Path, used: Iterable[str]) -> None:
    """Remove readings that no source of the store names."""
    names = {_path(folder, digest).name for digest in used}
    for path in (folder / FOLDER).glob("*"):
        if path.name not in names:
            path.unlink(missing_ok=True)


def _path(folder: Path, digest: str) -> Path:
    return folder / FOLDER / f"{digest}.nt.gz"
