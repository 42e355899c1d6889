"""Which software this is: by its files, so that nobody has to remember to count a number up when a formula changes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
MAKING = ("graph", "ontology", "queries", "visuals")
"""The folders whose code makes what is kept with a store: imports go down from there to no other."""


@cache
def digest(*folders: str) -> str:
    """Of the files of some folders of the package; of all of it, if none is named. A hundredth of a second."""
    told = hashlib.sha256()
    for folder in folders or ("",):
        for name, path in sorted(_files(_PACKAGE / folder)):
            told.update(f"{name}\n".encode() + Path(path).read_bytes())
    return told.hexdigest()[:24]


def _files(folder: Path | str, within: str = "") -> Iterator[tuple[str, str]]:
    """Each file, by its path within the folder; what is compiled of them is none of them."""
    with os.scandir(folder) as found:
        for each in found:
            name = f"{within}{each.name}"
            if not each.is_dir():
                yield name, each.path
            elif each.name != "__pycache__":
                yield from _files(each.path, f"{name}/")
