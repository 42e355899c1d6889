"""A small network of every kind of tie, and a browser that may fetch nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

LABELS = {
    "city/mashhad": ("Mashhad", "مشهد"),
    "city/karachi": ("Karachi", "کراچی"),
    "city/lahore": ("Lahore", "لاهور"),
    "city/najaf": ("Najaf", "نجف"),
    "city/karbala": ("Karbala", "کربلا"),
    "organization/uclg": ("United Cities and Local Governments", "شهرها و حکومت\u200cهای محلی متحد"),
    "country/pk": ("Pakistan", "پاکستان"),
}
KINDS = {"City": "شهر", "Organization": "سازمان", "Country": "کشور"}
TIES = [
    ("city/mashhad", "city/karachi", "sister-city", "active", True, "2013"),
    ("city/mashhad", "city/karachi", "memorandum", "unverified", None, ""),
    ("city/mashhad", "city/lahore", "sister-city", "signed", True, "2006"),
    ("city/mashhad", "city/najaf", "sister-city", "proposed", False, ""),
    ("city/mashhad", "city/karbala", "sister-city", "ended", False, "2009"),
    ("city/mashhad", "organization/uclg", "member-of", None, True, ""),
]


@pytest.fixture
def network() -> Callable[[str], nx.MultiGraph[str]]:
    """Makes the network in a language."""

    def make(lang: str = "en") -> nx.MultiGraph[str]:
        graph: nx.MultiGraph[str] = nx.MultiGraph()
        for place, (node, labels) in enumerate(LABELS.items()):
            kind = node.partition("/")[0].capitalize()
            graph.add_node(
                node,
                label=labels[lang == "fa"],
                kind=kind,
                kind_label=KINDS[kind] if lang == "fa" else kind,
                size=float(len(LABELS) - place),
                facts=["Population: 3,001,184"],
                sources=["Statistics, table 4"],
            )
        for a, b, kind, status, standing, since in TIES:
            graph.add_edge(
                *(a, b),
                kind=kind,
                kind_label=kind.replace("-", " "),
                status=status,
                status_label=status,
                standing=standing,
                since=since,
                sources=["The study, table 3"],
            )
        return graph

    return make


@dataclass
class Seen:
    """A page that is open, and what it did that it should not."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def labels(self) -> list[str]:
        """What the page has written on the canvas since it was last asked."""
        self.settle()
        return self.page.evaluate("() => window.written.splice(0)")

    def settle(self) -> None:
        """Wait until what changed has been drawn."""
        self.page.evaluate(
            """async () => {
              await document.fonts.ready;
              await new Promise((done) => setTimeout(done, 60));
              for (let turn = 0; turn < 2; turn++) await new Promise(requestAnimationFrame);
            }"""
        )

    def colours(self) -> set[str]:
        """The colours of the canvas that cover more than ten pixels, as #rrggbb."""
        self.settle()
        return set(
            self.page.evaluate(
                """() => {
                  const canvas = document.querySelector("#network canvas");
                  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
                  copy.drawImage(canvas, 0, 0);
                  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
                  const found = new Map();
                  for (let i = 0; i < data.length; i += 4) {
                    if (!data[i + 3]) continue;
                    const key = "#" + [0, 1, 2].map((j) => data[i + j].toString(16).padStart(2, "0")).join("");
                    found.set(key, (found.get(key) ?? 0) + 1);
                  }
                  return [...found].filter(([, number]) => number > 10).map(([key]) => key);
                }"""
            )
        )

    def assert_quiet(self) -> None:
        """No request, no message, no dialog."""
        assert (self.requests, self.complaints, self.dialogs) == ([], [], [])


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[[Path], Seen]]:
    """Opens a page, records what it asks for and says, and lets nothing but the page itself through."""
    contexts = []

    def open_page(path: Path) -> Seen:
        context = browser.new_context(viewport={"width": 1200, "height": 800})
        contexts.append(context)
        seen = Seen(context.new_page())

        def route(one: Any) -> None:
            if one.request.url == path.as_uri() and not seen.page.url.startswith("file:"):
                one.continue_()
            else:
                seen.requests.append(one.request.url)
                one.abort()

        def dialog(one: Any) -> None:
            seen.dialogs.append(one.message)
            one.dismiss()

        context.route("**/*", route)
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("dialog", dialog)
        seen.page.add_init_script(
            "window.written = []; const fill = CanvasRenderingContext2D.prototype.fillText;"
            "CanvasRenderingContext2D.prototype.fillText = function (text, ...rest)"
            "{ window.written.push(text); return fill.call(this, text, ...rest); };"
        )
        seen.page.goto(path.as_uri())
        seen.settle()
        return seen

    yield open_page
    for context in contexts:
        context.close()
