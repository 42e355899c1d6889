"""What people read, from the store with the world: seconds, sizes, and when a page is ready in a browser.

    python benchmarks/documents.py

Every command is a process of its own; the figures are medians of `RUNS`, after one that compiles the modules and keeps
what is measured of the store. A page is ready when its whole picture is drawn first, by the clock of a headless
Chromium that draws by software. pyvis' own page of a random network as large, with its script in it, is compared by
size alone: there its layout does not settle within two minutes. Beside each figure stands its goal.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
from _common import print_table, seconds
from _processes import CITYDIP, compiled_in, of_command
from playwright.sync_api import Page, sync_playwright
from pyvis.network import Network

RUNS = 3
NODES = 200
READY = "() => document.querySelector('canvas')?.dataset.ready"

GOALS = {
    "dossier.html": (3.0, 1.5),
    "dossier.pdf": (5.0, None),
    "dossier.docx": (5.0, None),
    "dossier.xlsx": (None, None),
    "all ties.svg": (2.0, None),
    "world.html": (None, 2.0),
    "network.html": (None, 1.0),
}
"""Seconds of processor and megabytes, None where nothing was promised."""


def main() -> None:
    """Run and print."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as store, tempfile.TemporaryDirectory() as compiled:
        environment = compiled_in(compiled) | {"CITYDIPLOMACY_STORE": store}
        subprocess.run([CITYDIP, "build"], check=True, capture_output=True, env=environment)
        with tempfile.TemporaryDirectory() as folder:
            network = written(Path(folder), environment)
            print()
            ready(Path(folder), *network)


def written(folder: Path, environment: dict[str, str]) -> tuple[int, int]:
    """Print what the files of people take; returns how many nodes and ties the page of a network has."""
    commands = {name: [*words(name), str(folder / name)] for name in GOALS}
    cities, network = around(folder / "network.html", environment)
    commands["network.html"] += cities
    rows = []
    for name, command in commands.items():
        runs = [of_command([CITYDIP, *command], environment) for _ in range(1 + RUNS)][1:]
        clock, processor = (median(figures) for figures in zip(*runs, strict=True))
        size = (folder / name).stat().st_size / 1e6
        goals = [seconds(goal) if goal else "" for goal in GOALS[name]]
        rows.append([name, seconds(clock), seconds(processor), goals[0], f"{size:.2f}", goals[1]])
    print_table(["", "seconds", "processor", "goal", "MB", "goal"], rows)
    return network


def words(name: str) -> list[str]:
    """The command that writes a file, but for its name."""
    if name.startswith("dossier"):
        return ["report", "Mashhad", "--against", "Tehran", "-o"]
    return {"all ties.svg": ["draw", "map"], "world.html": ["draw", "world"]}.get(name, ["draw", "network"])


def around(target: Path, environment: dict[str, str]) -> tuple[list[str], tuple[int, int]]:
    """Cities round which a picture of the network has `NODES` nodes or more: the first ones by ties; and how many nodes
    and ties it has."""
    ranked = [CITYDIP, "influence", "--format", "csv", "--ids"]
    table = subprocess.run(ranked, check=True, capture_output=True, text=True, env=environment).stdout
    cities: list[str] = []
    for line in table.splitlines()[1:]:
        cities.append(line.split(",")[1])
        drawn = [CITYDIP, "draw", "network", str(target), *cities]
        told = subprocess.run(drawn, check=True, capture_output=True, text=True, env=environment).stderr
        nodes, ties = (int(number.replace(",", "")) for number in re.findall(r"([\d,]+) (?:nodes|ties)", told))
        if nodes >= NODES:
            break
    return cities, (nodes, ties)


def ready(folder: Path, nodes: int, ties: int) -> None:
    """Print when pages are ready; pyvis' own is of a random network with as many nodes and ties."""
    own = folder / "pyvis.html"
    chromium = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        ours = opened(page, folder / "network.html", READY)
        graph = nx.gnm_random_graph(nodes, ties, seed=1)
        pyvis = Network(height="900px", width="100%", cdn_resources="in_line")
        pyvis.from_nx(nx.relabel_nodes(graph, {node: f"Name of {node}" for node in graph}))
        own.write_text(pyvis.generate_html(), encoding="utf-8")
        world = opened(page, folder / "world.html", READY)
        browser.close()

    def size(path: Path) -> str:
        return f"{path.stat().st_size / 1e6:.2f}"

    rows = [
        [f"network of {nodes} nodes and {ties} ties", seconds(ours), "1.0", size(folder / "network.html")],
        ["pyvis' own page of as many", "", "", size(own)],
        ["world page", seconds(world), "4.0", size(folder / "world.html")],
    ]
    print_table(["", "ready after s", "goal", "MB"], rows)


def opened(page: Page, path: Path, when: str) -> float:
    """Seconds until a page is ready: the value of an expression in milliseconds, once there is one."""
    page.goto(path.as_uri())
    told: Any = page.wait_for_function(when, timeout=120_000).json_value()
    return float(told) / 1000


if __name__ == "__main__":
    main()
