"""Shipped questions, read, checked and cut once: a saved question then starts without YAML and without a look at its
tokens, whose pattern alone takes as long to compile as a command line to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any
from zlib import crc32

from citydiplomacy.graph.rdf import sparql
from citydiplomacy.ontology.compiled import literal

from .insertions import inserted
from .parameters import Parameter
from .question import Column, Question

_READERS = [str(Path(__file__).with_name(f"{name}.py")) for name in ("header", "checking", "parameters", "question")]
_READERS += [__file__, str(sparql.__file__)]
_PARTS = {"parameters": Parameter, "columns": Column}
_KNOWN = {"name", "file", "text", "languages"}
"""Of a question, what is known without reading it."""


def load(name: str, path: str, languages: tuple[str, ...], read: Callable[[str], Question]) -> Question:
    """A shipped question. `read` reads and checks the text of its file, and is asked only where nothing is kept."""
    said = literal(path, _READERS, lambda data: _said(read(data.decode("utf-8"))))
    for key, part in _PARTS.items():
        said[key] = tuple(part(*each) for each in said[key])
    text = inserted(Path(path).read_text(encoding="utf-8"), path)
    number, pieces = said.pop("pieces")
    asked = Question(name=name, file=path, text=text, languages=languages, **said)
    if number == crc32(text.encode()):  # what it takes in is as it was
        vars(asked)["pieces"] = pieces
    return asked


def _said(asked: Question) -> dict[str, Any]:
    """What the header of a question says, and its query cut at its parameters, with the number of the text cut."""
    said: dict[str, Any] = {"pieces": (crc32(asked.text.encode()), asked.pieces)}
    said |= {each.name: getattr(asked, each.name) for each in fields(Question) if each.name not in _KNOWN}
    for key, part in _PARTS.items():
        said[key] = tuple(tuple(getattr(one, each.name) for each in fields(part)) for one in said[key])
    return said
