"""The forms in which a document is written, by the suffix of its file: the one list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from citydiplomacy.errors import UsageError

from ..document.blocks import Document

WRITERS: Mapping[str, tuple[str, str]] = {
    ".html": ("html", "as_html"),
    ".pdf": ("pdf", "as_pdf"),
    ".docx": ("docx", "as_docx"),
    ".xlsx": ("xlsx", "as_xlsx"),
    ".md": ("markdown", "as_markdown"),
    ".json": ("plain_json", "as_json"),
}
"""Suffix -> module of this room, and its function, which takes a document and returns the file."""


def of(path: Path) -> Callable[[Document], bytes]:
    """The writer for a file. Raises UsageError for a suffix that none has."""
    found = WRITERS.get(path.suffix.lower())
    if found is None:
        raise UsageError(f"{path}: a document is written as {', '.join(WRITERS)}.")
    module, function = found
    writer: Callable[[Document], bytes] = getattr(import_module(f".{module}", __package__), function)
    return writer
