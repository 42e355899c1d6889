"""Progress bars: on a terminal, out of the way of what is said; none elsewhere."""

from __future__ import annotations

import io
import sys

import pytest

from citydiplomacy import output, progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("far", "shown"), [(("cities", 3, 0), "cities: 3.00 pages"), (("dump.json", 5, 10), "dump.json:  50%")]
)
def test_a_bar_moves_on_a_terminal(far: tuple[str, int, int], shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setattr(progress, "DELAY", 0)
    with progress.bar(" pages") as move:
        assert move is not None
        move(*far)
        output.say("a word")
    lines = terminal.getvalue().split("\n")
    assert lines[0].endswith(" \ra word")
    assert shown in lines[1]
    assert lines[1].endswith(" \r")


def test_there_is_no_bar_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", elsewhere := io.StringIO())
    with progress.bar(" pages") as move:
        assert move is None
    assert elsewhere.getvalue() == ""
