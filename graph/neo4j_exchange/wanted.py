"""What a server is to say that holds a store: of which program, sources and days."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..model import records, schema
from ..neo4j.definitions import LAYOUT
from ..neo4j.push_lock import State
from ..property import projection
from ..store.manifest import Manifest
from ..store.reader import Store


def state_of(store: Store) -> State:
    """What a server says that holds a store."""
    return state_of_manifest(store.manifest)


def state_of_manifest(manifest: Manifest) -> State:
    """What a server says that holds the store of a manifest, on the days for which that was written."""
    program = hashlib.sha256(manifest.ontology.encode())
    program.update(str(LAYOUT).encode())
    for module in (projection, schema, records):
        program.update(Path(module.__file__ or "").read_bytes())
    sources = {source: entry.digest for source, entry in manifest.sources.items()}
    return State(program.hexdigest(), sources, manifest.revision, manifest.days, complete=True, layout=LAYOUT)
