"""A process that may take too little memory is told so; by itself the engine would end it without a word of ours."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from ..app.conftest import CITYDIP
from ..conftest import copied

COMMANDS = {
    "query": ("query", "sister-cities", "city=Mashhad"),
    "ask": ("ask", "sister cities of Mashhad"),
    "mcp": ("mcp",),
    "draw": ("draw", "map", "x.svg", "Mashhad"),
    "load": ("load", "."),
    "build": ("build", "--no-world"),
}


def limited(megabytes: int, store: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = f'ulimit -c 0; ulimit -v {megabytes * 1024}; exec "$@"'
    return subprocess.run(
        ["bash", "-c", line, "-", CITYDIP, *arguments, "--store", str(store)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_too_little_memory_is_one_clear_error(shipped: Path, tmp_path: Path, command: str) -> None:
    store = shipped if command != "build" else tmp_path / "new"
    ran = limited(400, store, tmp_path, *COMMANDS[command])
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines()[-2:] == [
        "citydip: the store's engine needs more memory than this process may take.",
        "Look at `ulimit -v`.",
    ]
    assert list(tmp_path.iterdir()) == []


def test_enough_memory_is_enough(shipped: Path, tmp_path: Path) -> None:
    ran = limited(1200, shipped, tmp_path, *COMMANDS["ask"])
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("megabytes", [450, 550, 650, 750, 900, 1200])
def test_cypher_is_answered_or_one_clear_error(shipped: Path, tmp_path: Path, megabytes: int) -> None:
    ran = limited(megabytes, copied(shipped, tmp_path / "store"), tmp_path, "query", "--cypher", "RETURN 1 AS n")
    if ran.returncode:
        assert ran.returncode == 1
        assert re.fullmatch(
            "citydip: .* needs more memory than this process may take.\nLook at `ulimit -v`.\n", ran.stderr
        )
    else:
        assert ran.stdout.split() == ["n", "-", "1"]
