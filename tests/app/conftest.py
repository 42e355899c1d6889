"""The command line in the test's own process (`citydip`), and as a process of its own (`command`)."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from citydiplomacy import cli

CITYDIP = str(Path(sys.executable).with_name("citydip"))
"""The installed command."""


class Ran(NamedTuple):
    """How a command ended: exit code, data on stdout, talk on stderr."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def citydip(shipped: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the shipped data (`CITYDIPLOMACY_STORE` names it), with `stdin` if given."""
    monkeypatch.setenv("CITYDIPLOMACY_STORE", str(shipped))

    def run(*arguments: object, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["citydip", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def command(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Ran]:
    """Run a line of shell with the installed command, in an empty folder and on the shipped data."""
    monkeypatch.setenv("CITYDIPLOMACY_STORE", str(shipped))
    monkeypatch.setenv("PATH", str(Path(CITYDIP).parent), prepend=":")

    def run(line: str) -> Ran:
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {line}"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
