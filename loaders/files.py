"""What kind of source a path is, and the loader for it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.sources import SourceRecords

SHIPPED = ("countries", "cities", "study", "coding")
"""The folders of shipped data."""


def shipped() -> Iterator[Path]:
    """The folders of tables that come with the package."""
    for name in SHIPPED:
        yield Path(str(files(__package__) / "data" / name))


def load(path: Path) -> list[SourceRecords]:
    """Read a source: a folder of tables, a workbook, a mapping of files elsewhere, an RDF file, or the text of a study.

    Raises InputError for what it says wrong, UsageError for a path that is none of these.
    """
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder.")
    suffix = path.suffix.lower()
    if path.is_dir() or suffix in {".xlsx", ".toml"}:
        from .tables import load_tables

        return list(load_tables(path).sources)
    if suffix == ".txt":
        from .study import read_study

        reading = read_study(path)
        return [SourceRecords(reading.source, reading.records)]
    from .rdf_files import FORMATS, load_rdf

    if suffix in FORMATS:
        return load_rdf(path)
    raise UsageError(
        f"{path}: not a kind of source that is known.",
        hint="Known are: a folder with source.toml and tables, .xlsx, .toml (a mapping), .txt (the text of a study), "
        f"{', '.join(FORMATS)}.",
    )
