"""The real command serving the shipped data, and other stores, on free ports."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from ..conftest import CITYDIP


class Got(NamedTuple):
    """An answer: its status, headers and content."""

    status: int
    headers: Any
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode()


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    address: str
    process: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        """Its port on this machine."""
        return int(self.address.rpartition(":")[2])

    def get(self, path: str, data: bytes | None = None, method: str | None = None, **headers: str) -> Got:
        """Ask it; `content_type` is the header Content-Type."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        url = self.address + quote(path, safe="/?&=%:~+,;.@!$'()*-_#")
        request = urllib.request.Request(url, data, named, method=method)
        try:
            with urllib.request.build_opener(_Stays).open(request, timeout=90) as answer:
                return Got(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Got(error.code, error.headers, error.read())


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


@contextmanager
def serving(store: Path, *options: str, told: Path | None = None) -> Iterator[Served]:
    """Run the command on a store until the end of the block. told: a file for what it says."""
    command = [CITYDIP, "serve", "--store", str(store), "--no-browser", *options]
    with tempfile.TemporaryDirectory() as folder:
        told = told or Path(folder) / "told"
        with told.open("w") as file, subprocess.Popen(command, stderr=file, stdout=subprocess.DEVNULL) as process:
            try:
                yield Served(_address(told, process), process)
            finally:
                process.terminate()
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()


def _address(told: Path, process: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        if found := re.search(r"http://\S+?:\d+", told.read_text()):
            return found[0].replace("0.0.0.0", "127.0.0.1")
        assert process.poll() is None, told.read_text()
        time.sleep(0.1)
    raise AssertionError("it does not say its address")


def load_agreement(store: Path, folder: Path) -> str:
    """Load a further agreement of Lahore and Karachi into a store, from tables in a new folder; returns its id."""
    folder.mkdir()
    (folder / "source.toml").write_text('[source]\nid = "mine"\nkind = "blog"\ntitle_en = "Mine"\n')
    (folder / "agreements.csv").write_text("kind,parties,start\nfriendship,lahore|karachi,2019\n")
    command = [CITYDIP, "load", str(folder), "--store", str(store)]
    subprocess.run(command, capture_output=True, check=True)
    return "agreement/friendship/karachi--lahore"


@pytest.fixture(scope="module")
def served(shipped: Path) -> Iterator[Served]:
    """The shipped data, served."""
    with serving(shipped) as server:
        yield server
