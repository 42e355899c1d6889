"""The real command serving the shipped data, and other stores, on free ports."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from ...in_browser import assert_readable
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


def load_agreement(store: Path, folder: Path, one: str = "karachi", other: str = "lahore") -> str:
    """Load a further agreement of two cities into a store, from tables in a new folder; returns its id."""
    folder.mkdir()
    (folder / "source.toml").write_text('[source]\nid = "mine"\nkind = "blog"\ntitle_en = "Mine"\n')
    (folder / "agreements.csv").write_text(f"kind,parties,start\nfriendship,{other}|{one},2019\n")
    command = [CITYDIP, "load", str(folder), "--store", str(store)]
    subprocess.run(command, capture_output=True, check=True)
    return f"agreement/friendship/{one}--{other}"


@pytest.fixture(scope="module")
def served(shipped: Path) -> Iterator[Served]:
    """The shipped data, served."""
    with serving(shipped) as server:
        yield server


@contextmanager
def opening(browser: Any, start: str, own: str | tuple[str, ...], *also: str) -> Iterator[Callable[..., Any]]:
    """Opens pages by the rest of their address; what they ask of others, or complain of, is an error at the end.

    own: how addresses begin that a page may ask for. also: events of requests that are an error as well.
    """
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(path: str, *, script: bool = True, width: int = 1200) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda one: wrong.append(one.url) if not one.url.startswith(own) else None)
        for event in also:
            page.on(event, lambda one: wrong.append(one.url))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(start + path, timeout=90_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def assert_for_everyone(page: Any, direction: str, **options: Any) -> None:
    """The page runs in its direction, in its font, is cut off at no width, and a screen reader finds its way.

    options: of axe, beside that only what is wrong is told at length.
    """
    assert page.evaluate("getComputedStyle(document.body).direction") == direction
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Vazirmatn'))")
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_readable(page, **options)
