"""Every text that is told in Persian is said somewhere: what nobody says any more is no burden to translators."""

from __future__ import annotations

import ast
import errno
import os
import re
import tomllib
from functools import cache

import pytest

from ..conftest import ROOT
from .test_words import SPOKEN, templates

SYSTEM = {os.strerror(number) for number in errno.errorcode}
LEAST = 3
"""Letters of a part of a text that is put together of two."""


@cache
def spoken() -> tuple[str, ...]:
    """All texts in the code, `{}` for what varies."""
    found = {
        text
        for folder in SPOKEN
        for path in (ROOT / folder).rglob("*.py")
        if ROOT / "app" / "words" not in path.parents
        for text in templates(ast.parse(path.read_text(encoding="utf-8")))
    }
    return tuple(sorted(found | {re.sub(r"\{[^{} ]+\}", "{}", text) for text in found}))


@cache
def corpus() -> str:
    return "\0".join(spoken())


@cache
def filled() -> re.Pattern[str]:
    """The texts with words at both ends, anything in the place of what varies."""
    varying = [text for text in spoken() if re.fullmatch(r" ?[A-Za-z]{2}.*\{\}.* [A-Za-z]{3,}\W?", text)]
    return re.compile("|".join(".*".join(map(re.escape, text.split("{}"))) for text in varying), re.DOTALL)


def is_said(piece: str) -> bool:
    return piece in corpus() or filled().fullmatch(piece) is not None


def is_used(message: str) -> bool:
    """Whether a text, or each piece of it, is said, in one or put together of two."""
    if message in SYSTEM or is_said(message):
        return True
    for piece in (piece.removesuffix(".") for piece in message.split("{}")):
        halves = ((piece[:cut], piece[cut:]) for cut in range(LEAST, len(piece) - LEAST + 1))
        if not is_said(piece) and not any(is_said(one) and is_said(other) for one, other in halves):
            return False
    return True


@pytest.mark.parametrize("name", ["messages", "reports"])
def test_every_text_is_said_somewhere(name: str) -> None:
    told = tomllib.loads((ROOT / "app" / "words" / f"{name}.toml").read_text(encoding="utf-8"))
    assert [message for message in told if not is_used(message)] == []


@pytest.mark.parametrize("message", ["nobody says this any more", "{} is a thing of the past: {}"])
def test_what_nobody_says_is_found(message: str) -> None:
    assert not is_used(message)
