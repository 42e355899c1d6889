"""What is read from a file of the package at every start: kept as Python keeps its own modules, in `__pycache__` beside
the file or where PYTHONPYCACHEPREFIX says. Where nothing may be written, it is read anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any
from zlib import crc32


def literal(path: str, readers: Iterable[str], read: Callable[[bytes], Any]) -> Any:
    """What `read` makes of a file, which must be a Python literal; it is asked only where nothing is kept.

    readers: the files of the modules that read it: when one of them changes, it is read anew.
    """
    code = _Loader(path, readers, read).get_code(path)
    assert code is not None
    return eval(code)  # a literal that stands in no file but our own


class _Loader(SourceFileLoader):
    """Compiles a file to the literal that is made of it."""

    def __init__(self, path: str, readers: Iterable[str], read: Callable[[bytes], Any]) -> None:
        super().__init__(path, f"{path}.read")  # whose place is not that of a module beside it, with its name
        self._file, self._readers, self._read = path, readers, read

    def get_data(self, path: str) -> bytes:
        """The bytes of the file, or of what is kept of it."""
        return super().get_data(self._file if path == self.path else path)

    def path_stats(self, path: Any) -> dict[str, Any]:
        """Of the file and of what reads it: its size, and a number that changes when either does."""
        stats = [Path(each).stat() for each in (path.removesuffix(".read"), *self._readers)]
        changed = crc32(repr([(each.st_mtime_ns, each.st_size) for each in stats]).encode())
        return {"mtime": changed, "size": stats[0].st_size}

    def source_to_code(self, data: Any, path: Any, **_: Any) -> CodeType:  # type: ignore[override]
        """The literal, in place of a program."""
        return compile(repr(self._read(bytes(data))), path, "eval")
