"""What an office has ruled out for its cities: kept beside the database, so that it outlives builds and loads."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from citydiplomacy.errors import StoreError

from .. import whole_files
from . import locks

NAME = "exclusions.json"
"""The file in the folder of a store: by the id of a city, ids of networks and cities."""

EXAMPLE = '{"city/mashhad": ["organization/metropolis"]}'


def kept(folder: Path, city: str) -> frozenset[str]:
    """What is ruled out for a city. Raises StoreError if the file is not what `change` writes."""
    return frozenset(_read(folder).get(city, ()))


def change(folder: Path, city: str, more: Collection[str] = (), less: Collection[str] = ()) -> frozenset[str]:
    """Rule out more for a city, or less, and what is ruled out from now on. Raises StoreError if somebody else writes,
    and CityDiplomacyError if the folder cannot be written."""
    with locks.writer(folder):
        told = _read(folder)
        now = frozenset(told.get(city, ())) - frozenset(less) | frozenset(more)
        told[city] = sorted(now)
        whole = {id_: ids for id_, ids in sorted(told.items()) if ids}
        whole_files.write(folder / NAME, json.dumps(whole, indent=2) + "\n", durable=True)
    return now


def _read(folder: Path) -> dict[str, list[str]]:
    path = folder / NAME
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        told = None
    if isinstance(told, dict) and all(
        isinstance(ids, list) and all(isinstance(id_, str) for id_ in ids) for ids in told.values()
    ):
        return told
    raise StoreError(
        f"{path}: this is not a list of what is ruled out.",
        hint=f"Expected is JSON such as {EXAMPLE}; mend it or remove the file.",
    )
