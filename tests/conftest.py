"""What all tests share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.neo4j_fixtures"]

ROOT = Path(__file__).parent.parent

# How long an example takes depends on the machine. In CI the examples are the same at every run.
settings.register_profile("suite", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("suite")


def pytest_configure() -> None:
    """A run in the background inherits an ignored Ctrl-C, and would hand it on to the commands that tests interrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


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


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the shipped data. Not to be written to: copy it with `shutil.copytree`."""
    from citydiplomacy.graph.store import writer
    from citydiplomacy.loaders import files

    folder = tmp_path_factory.mktemp("shipped") / "store"
    writer.build(folder, (told for path in files.shipped() for told in files.load(path)))
    return folder
