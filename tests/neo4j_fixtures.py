"""A real Neo4j server for the tests: `neo4j` to ask it, `neo4j_killable` for tests that kill it.

The tests that use one are marked `neo4j`. They run wherever `make test` has fetched a server, or on the empty server
that NEO4J_URI names (with NEO4J_USERNAME and NEO4J_PASSWORD); the tests that kill always start one of their own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from .neo4j_server.server import USER, Login, Neo4jServer, empty, folder, is_empty, version

if TYPE_CHECKING:
    from neo4j import Driver

FIXTURES = {"neo4j", "neo4j_server", "neo4j_jars", "neo4j_killable"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "neo4j: asks a real Neo4j server (set by the fixtures that a test uses)")


@pytest.hookimpl(tryfirst=True)  # Before -m chooses.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("neo4j")


@pytest.fixture(scope="session")
def neo4j_jars() -> None:
    """A server can be started here. Without one the test is skipped; in CI that is a failure."""
    if not (folder() / "ready").is_file():
        reason = f"no Neo4j {version()} at {folder()} (make test fetches it)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Login]:
    """The server of this run of the tests, empty at its start. It is shared: tests reach its data by `neo4j`."""
    if uri := os.environ.get("NEO4J_URI"):
        login = Login(uri, os.environ.get("NEO4J_USERNAME", USER), os.environ.get("NEO4J_PASSWORD", ""))
        with login.driver() as driver:
            if not is_empty(driver):
                pytest.fail(f"the tests empty their database, and the one at {uri} (NEO4J_URI) is not empty")
        yield login
    else:
        request.getfixturevalue("neo4j_jars")
        with Neo4jServer(tmp_path_factory.mktemp("neo4j")) as server:
            yield server


@pytest.fixture
def neo4j(neo4j_server: Login) -> Iterator[Driver]:
    """A driver of a server with nothing in it: what a test leaves there is removed after it."""
    with neo4j_server.driver() as driver:
        yield driver
        empty(driver)


@pytest.fixture(scope="session")
def _neo4j_killable(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    request.getfixturevalue("neo4j_jars")
    with Neo4jServer(tmp_path_factory.mktemp("neo4j-killable")) as server:
        yield server


@pytest.fixture
def neo4j_killable(_neo4j_killable: Neo4jServer) -> Neo4jServer:
    """A second server, which a test may stop, kill and restart. It runs and is empty when the test begins."""
    if not _neo4j_killable.running:
        _neo4j_killable.start()
    with _neo4j_killable.driver() as driver:
        empty(driver)
    return _neo4j_killable
