"""Shipped questions, read and checked once: kept as Python keeps its own modules, in `__pycache__` beside them or where
PYTHONPYCACHEPREFIX says; where nothing may be written, each is read anew. A saved question then starts without YAML.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any
from zlib import crc32

from .parameters import Parameter
from .question import Column, Question

_READERS = [Path(__file__).with_name(f"{name}.py") for name in ("header", "checking", "parameters", "question")]
"""When one of these changes, all is read anew."""
_PARTS = {"parameters": Parameter, "columns": Column}


def load(name: str, path: str, languages: tuple[str, ...], read: Callable[[str], Question]) -> Question:
    """A shipped question. `read` reads and checks the text of its file, and is asked only where nothing is kept."""
    loader = _Loader(name, path)
    loader.read = read
    code = loader.get_code(name)
    assert code is not None
    said: dict[str, Any] = eval(code)  # a literal that stands in no file but our own
    for key, part in _PARTS.items():
        said[key] = tuple(part(*each) for each in said[key])
    text = loader.get_data(path).decode("utf-8")
    return Question(name=name, file=path, text=text, languages=languages, **said)


class _Loader(SourceFileLoader):
    """Compiles a question to a literal of what its header says."""

    read: Callable[[str], Question]

    def path_stats(self, path: Any) -> dict[str, Any]:
        """Of the question and of what reads it: its size, and a number that changes when either does."""
        stats = [Path(each).stat() for each in (path, *_READERS)]
        changed = crc32(repr([(each.st_mtime_ns, each.st_size) for each in stats]).encode())
        return {"mtime": changed, "size": stats[0].st_size}

    def source_to_code(self, data: Any, path: Any, **_: Any) -> CodeType:  # type: ignore[override]
        """What a question says besides its name, file, text and languages."""
        asked = self.read(bytes(data).decode("utf-8"))
        known = {"name", "file", "text", "languages"}
        said = {each.name: getattr(asked, each.name) for each in fields(Question) if each.name not in known}
        for key, part in _PARTS.items():
            said[key] = tuple(tuple(getattr(one, each.name) for each in fields(part)) for one in said[key])
        return compile(repr(said), path, "eval")
