"""What all tests share."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from citydiplomacy import words

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store

    from .queries.again.recomputed import Recomputed

pytest_plugins = ["tests.neo4j_fixtures"]

ROOT = Path(__file__).parent.parent
LONGEST = (
    "queries/library/test_parity.py",
    "queries/test_headlines.py",
    "visuals/document/test_dossier.py",
    "queries/measures/test_spark.py",
    "test_docs.py",
    "app/commands/test_neo4j_commands.py",
    "graph/neo4j/test_history.py",
    "graph/neo4j/test_push.py",
    "queries/library/test_wrong_values.py",
    "app/explorer/test_crawl.py",
    "app/explorer/test_site.py",
    "visuals/writers/test_page.py",
    "test_release.py",
    "app/commands/test_commands.py",
    "app/explorer/test_in_browser.py",
    "app/commands/test_wikidata.py",
    "loaders/test_world.py",
    "app/commands/test_spark_command.py",
    "neo4j_server/test_server.py",
    "visuals/writers/test_paper.py",
    "visuals/writers/test_letters.py",
    "app/explorer/test_serve.py",
    "loaders/test_geonames.py",
)
"""Files that take long, most of all those of few tests: the longest first."""

# How long an example takes depends on the machine. In CI the examples are the same at every run.
settings.register_profile("suite", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("suite")


def pytest_configure() -> None:
    """A run in the background inherits an ignored Ctrl-C, and would hand it on to the commands that tests interrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)  # After fixtures and -m had their say.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, so that no process waits at the end for one that began a long file late."""
    numbers = Counter(item.path for item in items)
    places = {ROOT / "tests" / path: place for place, path in enumerate(LONGEST)}
    items.sort(key=lambda item: (places.get(item.path, len(places)), -numbers[item.path]))


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A test that lets the process speak Persian does not hand that on to the next one."""
    yield
    words.choose((), {})


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the study, the facts and the world data, which a clone does not carry.

    CITYDIPLOMACY_SHARED names it, else `../shared`. Without it the test is skipped; in CI that is a failure.
    """
    folder = Path(os.environ.get("CITYDIPLOMACY_SHARED") or ROOT.parent / "shared")
    if not (folder / "facts").is_dir():
        reason = f"no shared data at {folder} (set CITYDIPLOMACY_SHARED)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


def copied(store: Path, to: Path) -> Path:
    """A copy of a store to write to, without what others keep below theirs, and may be making just now."""
    return Path(
        shutil.copytree(store, to, ignore=shutil.ignore_patterns("at", "cypher", "history", "least", "measures"))
    )


@pytest.fixture(scope="session")
def shipped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the shipped data without the world, made once for all processes. Not to write to: take it `copied`."""
    return _built_once(request, tmp_path_factory, world=False)


@pytest.fixture(scope="session")
def shipped_store(shipped: Path) -> Iterator[Store]:
    """The same, opened."""
    from citydiplomacy.graph.store.reader import Store

    with Store.open_folder(shipped) as opened:
        yield opened


@pytest.fixture(scope="session")
def recomputed(shipped: Path, shipped_store: Store) -> Recomputed:
    """Takes numbers and names again from the quads of the shipped data; what rdflib found is kept for all processes."""
    from .queries.again.recomputed import Recomputed

    return Recomputed(shipped_store, shipped.parent / "answers")


@pytest.fixture(scope="session")
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `shipped`, with the twin towns of the world: larger, and slower to ask."""
    return _built_once(request, tmp_path_factory, world=True)


def _built_once(request: pytest.FixtureRequest, factory: pytest.TempPathFactory, *, world: bool) -> Path:
    from citydiplomacy.graph.store import writer
    from citydiplomacy.loaders import files

    base = factory.getbasetemp()
    if hasattr(request.config, "workerinput"):  # One of several: its own folder is inside that of all.
        base = base.parent
    folder = base / ("world" if world else "shipped") / "store"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "manifest.json").exists():
            writer.build(folder, (told for path in files.shipped(world=world) for told in files.load(path)))
    return folder


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium as the machine has it (CITYDIPLOMACY_CHROMIUM or on the path); nothing is downloaded."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = os.environ.get("CITYDIPLOMACY_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not program:
        _missing("no chromium (install it, or set CITYDIPLOMACY_CHROMIUM)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("no playwright")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
