"""Phrases in each language, written down before the rules or after: how many lead to the right answer."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.understanding.understand import Understanding, understand

HERE = Path(__file__).parent


class Expected(NamedTuple):
    """A phrase, what it means, and what must be said not to be understood."""

    text: str
    meant: tuple[str, ...]
    left: tuple[str, ...]
    held_out: bool

    def problem(self, found: Understanding) -> str:
        """What is wrong; empty if all is right."""
        said = " ".join(found.left).casefold().split()
        if found.line in self.meant and all(word.casefold() in said for word in self.left):
            return ""
        return f"{self.text}\n   {found.line}, left {found.left}; wanted {' | '.join(self.meant)}, left {self.left}"


def expected(name: str) -> list[Expected]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Expected(row["text"], tuple(row["understood"].split(" | ")), tuple(row["left"].split()), number % 3 == 0)
            for number, row in enumerate(csv.DictReader(file), 1)
        ]


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_of_60_phrases_at_least_55_lead_to_the_right_answer(shipped_store: Store, lang: str) -> None:
    phrases = expected(f"phrases.{lang}")
    assert len(phrases) == 60
    wrong = [(each, problem) for each in phrases if (problem := each.problem(understand(shipped_store, each.text)))]
    held_out = sum(each.held_out for each, _ in wrong)
    shares = f"{lang}: {60 - len(wrong)} of 60 right, of the 20 held out {20 - held_out}"
    assert len(wrong) <= 5, "\n".join([shares, *(problem for _, problem in wrong)])
    assert held_out <= 2, shares


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_phrases_of_later_stay_understood(shipped_store: Store, lang: str) -> None:
    found = [each.problem(understand(shipped_store, each.text)) for each in expected(f"later.{lang}")]
    assert [problem for problem in found if problem] == []
