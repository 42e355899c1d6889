"""The manifest of a store: what it holds, and which generation of the database is the current one.

It is the one file whose replacement makes a change visible; everything else is written beside and swapped in.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from citydiplomacy.errors import StoreError

from .. import whole_files
from ..model.validity import ALWAYS, Span

FORMAT = 3
"""Format of the store folder; a store of another format is refused, but one of an older format can be built over."""

NAME = "manifest.json"

_GENERATION = re.compile(r"generations/\w+")


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


class BuildAnewError(StoreError):
    """What the store holds cannot be told, but it can be built anew in its place."""


class BrokenManifestError(BuildAnewError):
    """The manifest is not one."""


class OlderFormatError(BuildAnewError):
    """The store was made by an earlier version."""


T = TypeVar("T", Manifest, SourceEntry)


def read(folder: Path, *, older: bool = False) -> Manifest:
    """The manifest of a store folder. Raises StoreError if there is none, or none that this version can read.

    older: also of an older format, as far as all formats are alike: where its database is, and which sources it holds.
    """
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StoreError(f"{folder}: no store here.", hint="Make one with: citydip build") from None
    except PermissionError:
        raise StoreError(f"{path}: no permission to read it.") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}).") from None
    except (ValueError, RecursionError) as error:
        raise _broken(path, str(error)) from None
    if not isinstance(data, dict):
        raise _broken(path, "no object")
    found = data.pop("format", None)
    if type(found) is not int or found < 1:
        raise _broken(path, f"format is {found!r:.80}")
    if found > FORMAT:
        raise StoreError(
            f"{folder}: a store of format {found}, this version reads up to {FORMAT}.",
            hint="Update citydiplomacy, or build a store in another folder with this version.",
        )
    if found < FORMAT:
        if older:
            return _older(data, path)
        raise OlderFormatError(
            f"{folder}: a store of format {found}, this version reads format {FORMAT}.",
            hint="Build it anew: citydip build. What persons decided is carried over; name your own sources after it. "
            "The version that made it can read it until then.",
        )
    state = _typed(Manifest, data, path)
    sources = {name: _typed(SourceEntry, entry, path) for name, entry in state.sources.items()}
    if not _GENERATION.fullmatch(state.generation):
        raise _broken(path, f"generation is {state.generation!r:.80}")
    if not all(isinstance(number, int) for number in state.counts.values()):
        raise _broken(path, "counts that are no numbers")
    return replace(state, sources=sources)


def _older(data: dict[str, Any], path: Path) -> Manifest:
    generation, sources = data.get("generation"), data.get("sources")
    if not (isinstance(generation, str) and _GENERATION.fullmatch(generation) and isinstance(sources, dict)):
        raise _broken(path, "no generation or no sources")
    return Manifest(generation=generation, sources={name: SourceEntry("", 0, 0, name) for name in sources})


def _typed(cls: type[T], data: Any, path: Path) -> T:
    """An entry of a manifest. Raises StoreError if it has not just what it must have."""
    if not isinstance(data, dict):
        raise _broken(path, f"{data!r:.80} is no entry")
    types = {field.name: str(field.type).partition("[")[0] for field in fields(cls)}
    for name in sorted(data.keys() ^ types.keys()):
        raise _broken(path, f"{'unknown' if name in data else 'missing'} key {name!r:.80}")
    if "days" in data:
        data["days"] = _days(data["days"], path)
    for name, value in data.items():
        if type(value).__name__ != types[name]:
            raise _broken(path, f"{name} is {value!r:.80}")
    return cls(**data)


def _days(told: Any, path: Path) -> Span:
    try:
        first, last = map(dt.date.fromisoformat, told)
    except (TypeError, ValueError):
        raise _broken(path, f"days are {told!r:.80}") from None
    return Span(first, last)


def _broken(path: Path, why: str) -> BrokenManifestError:
    return BrokenManifestError(f"{path}: not a manifest ({why}).", hint="Build the store anew: citydip build")


def write(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest: after this call, and a crash at any moment, it is whole: the old one or the new."""
    told = {"format": FORMAT, **asdict(manifest), "days": [str(day) for day in manifest.days]}
    text = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False)
    whole_files.write(folder / NAME, text + "\n", durable=True)
