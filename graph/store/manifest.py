"""The manifest of a store: what it holds, and which generation of the database is the current one.

It is the one file whose replacement makes a change visible; everything else is written beside and swapped in.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from citydiplomacy.errors import StoreError

from ..model.validity import ALWAYS, Span

FORMAT = 2
"""Format of the store folder; a store of another format is refused."""

NAME = "manifest.json"


@dataclass(slots=True)
class SourceEntry:
    """What the store knows of one source without opening it."""

    digest: str
    """SHA-256 of the sorted N-Quads of what it says."""
    records: int
    quads: int
    collection: str
    """The source that it was loaded with."""
    reading: str = ""
    """SHA-256 of the reading that is kept beside the database, if the source was told otherwise than it was read."""


@dataclass(slots=True)
class Manifest:
    """The state of a store."""

    revision: int = 0
    """Grows by one with every change."""
    generation: str = ""
    """Folder of the current database, below the store's folder."""
    ontology: str = ""
    """Digest of the ontology that the store carries."""
    sources: dict[str, SourceEntry] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    """Records of the merged view by class."""
    days: Span = ALWAYS
    """The days on which the merged view says rightly which ties stand."""


def read(folder: Path) -> Manifest:
    """The manifest of a store folder. Raises StoreError if there is none, or none that this version can read."""
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StoreError(f"{folder}: no store here.", hint="Make one with: citydip build") from None
    except PermissionError:
        raise StoreError(f"{path}: no permission to read it.") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: not a manifest ({error}).", hint="Build the store anew: citydip build") from None
    found = data.pop("format", None)
    if not isinstance(found, int) or found > FORMAT:
        raise StoreError(
            f"{folder}: a store of format {found}, this version reads up to {FORMAT}.",
            hint="Update citydiplomacy, or build the store anew with this version.",
        )
    if found < FORMAT:
        raise StoreError(
            f"{folder}: a store of format {found}, this version reads format {FORMAT}.",
            hint="Build it anew in another folder: citydip build --store FOLDER. The version that made it can read it.",
        )
    sources = {name: SourceEntry(**entry) for name, entry in data.pop("sources").items()}
    days = Span(*map(dt.date.fromisoformat, data.pop("days")))
    return Manifest(sources=sources, days=days, **data)


def write(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest: after this call, and a crash at any moment, it is whole: the old one or the new."""
    told = {"format": FORMAT, **asdict(manifest), "days": [str(day) for day in manifest.days]}
    text = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False)
    beside = folder / f"{NAME}.new"
    with beside.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / NAME)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
