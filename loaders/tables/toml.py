"""TOML files read strictly: every key is asked for, and an error names the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomli  # tomllib takes keys of any number of parts, in a time that grows with its square

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.table_cells import join_values

from .. import bounds
from ..cells.cells import CellError, unknown
from ..formats.delimited import undecodable


def read_toml(path: Path, data: bytes | None = None) -> TomlSection:
    """The whole of a TOML file. Raises InputError for a file that cannot be opened, decoded or parsed.

    data: what stands in it, where it is none of its own.
    """
    if data is None:
        data = bounds.read_bytes(path, bounds.DESCRIPTION)
    try:
        text = data.decode("utf-8-sig")
        values = tomli.loads(text)
    except UnicodeDecodeError:
        raise undecodable(path) from None
    except RecursionError as error:
        raise InputError(f"nested too deep: {error}", file=path, hint="No key of ours has more than 4 parts.") from None
    except tomli.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}", file=path, line=error.lineno) from None
    except ValueError:  # Python reads no number of thousands of digits
        raise _too_long(path) from None
    if any(not -(1 << 63) <= number < 1 << 63 for number in _numbers(values)):
        raise _too_long(path)
    return TomlSection(path, text, "", values)


def _too_long(path: Path) -> InputError:
    return InputError("a whole number beyond 64 bits", file=path, expected="numbers that TOML can hold")


def _numbers(values: Any) -> Iterator[int]:
    """All whole numbers of a TOML file."""
    if isinstance(values, dict | list):
        for value in values.values() if isinstance(values, dict) else values:
            yield from _numbers(value)
    elif isinstance(values, int):
        yield values


class TomlSection:
    """A table of a TOML file whose keys are taken one by one; what is left over in the end is unknown."""

    def __init__(self, file: Path, text: str, name: str, values: dict[str, Any]) -> None:
        self.file, self.text, self.name, self.values = file, text, name, dict(values)
        self._known: list[str] = []

    def take(self, key: str, kind: type, *default: Any) -> Any:
        """A value of a type. Without a default the key must be there."""
        self._known.append(key)
        if key not in self.values:
            if not default:
                raise InputError("a key is missing", file=self.file, line=self._line(""), column=self._path(key))
            return default[0]
        if not isinstance(self.values[key], kind) or (kind is int and isinstance(self.values[key], bool)):
            expected = {str: "text in quotes", int: "a whole number", bool: "true or false", list: "a list [...]"}
            raise self.error(key, "not what this key holds", expected=expected.get(kind, "a table { ... }"))
        return self.values.pop(key)

    def letter(self, key: str, default: str) -> str:
        """A value of one letter or none."""
        value = str(self.take(key, str, default))
        if len(value) > 1 or value in ("\n", "\r"):
            self.values[key] = value
            raise self.error(key, "not a single letter", expected='one letter such as ";" or "\\t"')
        return value

    def cell(self, key: str) -> str:
        """A value as it would stand in a table's cell."""
        self._known.append(key)
        value = self.values[key]
        if isinstance(value, list):
            return join_values(str(each) for each in value)
        if isinstance(value, (dict, bool)):
            raise self.error(key, "not what a cell holds", expected="text, a number, a date, or a list of them")
        return str(value)

    def section(self, key: str) -> TomlSection:
        """A table within; empty if not there."""
        return TomlSection(self.file, self.text, self._path(key), self.take(key, dict, {}))

    def sections(self, key: str) -> list[TomlSection]:
        """A list of tables within."""
        found = self.take(key, list, [])
        if not all(isinstance(each, dict) for each in found):
            self.values[key] = found
            raise self.error(key, "not what this key holds", expected=f"[[{key}]] sections")
        return [TomlSection(self.file, self.text, f"{self._path(key)}[{n}]", each) for n, each in enumerate(found, 1)]

    def finish(self) -> None:
        """Raise for the first key that nobody asked for."""
        for key in self.values:
            raise self.wrong(key, unknown("key", key, self._known))

    def error(self, key: str, message: str, *, expected: str = "") -> InputError:
        """The error for the value of a key."""
        return self.wrong(key, CellError(message, expected=expected))

    def wrong(self, key: str, problem: CellError) -> InputError:
        """An error with its place. An unknown key is its own value."""
        value = key if str(problem).startswith(("unknown key", "unknown column")) else self.values.get(key)
        return InputError(
            str(problem),
            file=self.file,
            line=self._line(key),
            column=self._path(key),
            value=value,
            expected=problem.expected,
            hint=problem.hint,
        )

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def _line(self, key: str) -> int | None:
        return line_of(self.text, self.name, key)


def line_of(text: str, section: str, key: str) -> int | None:
    """The line of a key, or else of the nearest that it stands in; tomllib tells no lines.

    `section` counts repeated tables: `tables[2].columns`.
    """
    wanted = f"{section}.{key}".strip(".")
    current, repeated, near = "", 0, None
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[{1,2})\s*([\w.-]+)\s*\]", line):
            repeated += header[1] == "[["
            current = name = re.sub(r"^tables\b", f"tables[{repeated}]", header[2])
        elif entry := re.match(r"""\s*([\w.'"-]+)\s*=""", line):
            name = re.sub(r"""["']""", "", f"{current}.{entry[1]}".strip("."))
        else:
            continue
        if name == wanted:
            return number
        if wanted.startswith(f"{name}."):
            near = number
    return near
