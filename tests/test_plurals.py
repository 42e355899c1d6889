"""No text of ours puts a noun in the plural after a number that may be one: `counted` is for that."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("app", "graph", "loaders", "queries", "visuals")
PLURAL = re.compile(r"^ (?!is\b|was\b|has\b|across\b)[a-z]+s\b")


def counts(part: ast.FormattedValue) -> bool:
    """Whether a part of a text is a count: the length of something, or a number with its thousands apart."""
    text = ast.unparse(part.value)
    thousands = part.format_spec is not None and ast.unparse(part.format_spec) == "f','"
    return thousands or text.startswith("len(") or ".number(" in text or text in {"number", "total", "errors"}


def plural_after_a_count(source: str) -> Iterator[str]:
    """The texts at fault."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.JoinedStr):
            continue
        for part, after in zip(node.values, node.values[1:], strict=False):
            noun = isinstance(after, ast.Constant) and PLURAL.match(str(after.value))
            if noun and isinstance(part, ast.FormattedValue) and counts(part):
                yield f"line {node.lineno}: {ast.unparse(node)}"


def test_nouns_fit_their_numbers() -> None:
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(files) > 100
    assert [f"{path}: {fault}" for path in files for fault in plural_after_a_count(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "fault", ['f"told by {len(claims)} sources"', 'f"{number:,} pairs wait"', 'f"of {say.number(size)} cities"']
)
def test_a_fault_is_seen(fault: str) -> None:
    assert list(plural_after_a_count(fault))
