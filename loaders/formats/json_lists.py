"""JSON that holds lists of objects, each of which is a table: exports of web services, node-link graphs, GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from citydiplomacy.errors import InputError

from .. import bounds
from ..cells.known_places import is_city
from .delimited import OpenTable
from .workbooks import number_text

SEVERAL = "|"
"""Between the values of a list in a cell."""
DEEPEST = 3
"""Keys in one another under which lists are looked for."""


def read_json(path: Path) -> dict[str, OpenTable]:
    """The lists of a file by the key that they stand under, with points between keys; a list that is the file has none.

    The columns are the keys of the objects, those of objects within them with a point between. The line of a row is its
    number in the list. Raises InputError for what is no JSON, or holds no list of objects.
    """
    found = {name: _table(path, name, rows) for name, rows in _lists(_read(path))}
    if not found:
        raise InputError(
            "no list of objects in it", file=path, expected='such as [{"city": "Mashhad"}], or one under a key'
        )
    return found


def beside_lists(path: Path) -> dict[str, str]:
    """The texts and numbers that stand in a file beside its lists, by their keys. Raises as `read_json` does."""
    whole = _read(path)
    lists = {name for name, _ in _lists(whole)}
    if "" in lists or not isinstance(whole, dict):
        return {}
    told = _flat(whole)
    return {key: value for key, value in told if not any(f"{key}.".startswith(f"{name}.") for name in lists) and value}


def _read(path: Path) -> Any:
    data = bounds.read_bytes(path, bounds.WHOLE)
    bounds.check_depth(data, path)
    try:
        return _whole(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("not UTF-8", file=path, hint="Save the file as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise InputError("not well-formed JSON", file=path, line=line) from None


def _whole(text: str) -> Any:
    """What a text of JSON holds; JSON Lines, a value on each line, as a list. Raises ValueError."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if error.msg != "Extra data" or not all(line.lstrip().startswith("{") for line in lines):
            raise
        rows = []
        for number, line in enumerate(lines, 1):
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError as wrong:
                raise json.JSONDecodeError(wrong.msg, "\n" * (number - 1), number - 1) from None
        return rows


def _lists(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(value, dict) and isinstance(value.get("bindings"), list):  # an answer in SPARQL's JSON form
        value = [{column: term.get("value", "") for column, term in row.items()} for row in value["bindings"]]
    if isinstance(value, list) and {_of_graph(each) for each in value} == {"node", "relationship"}:  # an export of APOC
        for kind in ("node", "relationship"):
            yield f"{name}.{kind}s".strip("."), [each for each in value if _of_graph(each) == kind]
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        yield name, value
    elif isinstance(value, dict) and (named := _named(value)):
        yield name, named
    elif isinstance(value, dict) and _of_cities(value):
        yield name, [{"city": city, "partners": rows} for city, rows in value.items()]
    elif isinstance(value, dict) and depth < DEEPEST:
        for key, below in value.items():
            yield from _lists(below, f"{name}.{key}".strip("."), depth + 1)


def _of_graph(row: Any) -> str:
    return str(row.get("type", "")) if isinstance(row, dict) else ""


def _named(value: dict[str, Any]) -> list[Any]:
    """Objects under their names as a list of them; empty if the keys of an object are no names: what stands under them
    has nothing in common."""
    rows = list(value.values())
    if len(rows) < 2 or not all(isinstance(row, dict) for row in rows):
        return []
    common = set.intersection(*map(set, rows))
    lists = any(
        isinstance(row[key], list) and any(isinstance(each, dict) for each in row[key]) for row in rows for key in row
    )
    return [{"name": key, **row} for key, row in value.items()] if common and not lists else []


def _of_cities(value: dict[str, Any]) -> bool:
    """Whether lists of objects stand under the names of cities, most of which are known."""
    return all(map(_objects, value.values())) and sum(map(is_city, value)) * 2 > len(value)


def _table(path: Path, name: str, rows: list[Any]) -> OpenTable:
    flat = [
        (number, dict(_flat(each)))
        for number, row in enumerate(rows, 1)
        for each in (_each(row) if isinstance(row, dict) else [{}])
    ]
    keys = dict.fromkeys(key for _, row in flat for key in row)
    told = {key for _, row in flat for key, cell in row.items() if cell}
    within = {
        key.rpartition(".")[0] for key in told
    }  # of an empty list of objects nothing is told but that it is there
    header = tuple(key for key in keys if key in told or key not in within)
    cells = ((number, [row.get(key, "") for key in header]) for number, row in flat)
    return OpenTable(f"{path}, {name}" if name else str(path), header, 0, cells)


def _each(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """An object, once with each of the objects of the first list of such in it; names of people are one text."""
    if row.get("type") == "Feature" and isinstance(row.get("properties"), dict):
        row = {**row["properties"], "geometry": row.get("geometry")}
    for key in ("attributes", "properties"):
        if isinstance(inner := row.get(key), dict) and not inner.keys() & row.keys():
            row = {**{name: value for name, value in row.items() if name != key}, **inner}
    row = {key: _plain(value) for key, value in row.items()}
    key = next((key for key, value in row.items() if _objects(value)), "")
    for each in row[key] if key else [None]:
        yield {**row, key: each} if key else row


def _objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _plain(value: Any) -> Any:
    """Names and dates of CSL as the texts that they are: `Doe, Ann; Roe, Bob`, `2019-05`."""
    if _objects(value) and all(each.keys() & {"family", "literal"} for each in value):
        names = (
            each.get("literal") or ", ".join(filter(None, (each.get("family"), each.get("given")))) for each in value
        )
        return "; ".join(map(str, names))
    if isinstance(value, dict) and isinstance(parts := value.get("date-parts"), list) and parts:
        ends = ("-".join(f"{int(number):02}" for number in part) for part in parts if isinstance(part, list))
        return "/".join(ends)
    return value


def _flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in row.items():
        match value:
            case {"type": "Point", "coordinates": [longitude, latitude, *_]}:
                yield f"{before}latitude", _text(latitude)
                yield f"{before}longitude", _text(longitude)
            case dict() if before.count(".") < DEEPEST:
                yield from _flat(value, f"{before}{key}.")
            case _:
                yield f"{before}{key}", _text(value)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return number_text(value)
        case list() if not any(isinstance(each, dict | list) for each in value):
            return SEVERAL.join(map(_text, value))
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
    return str(value)
