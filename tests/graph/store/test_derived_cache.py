"""What is made of a store that one may read and not write: it is kept with the user."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from citydiplomacy.errors import StoreError
from citydiplomacy.graph.store import derived_cache

from ...conftest import copied

ASK = """
import sys
from pathlib import Path
from citydiplomacy.errors import StoreError
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.views.at_date import StoreAt
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.standing.networks import measure
try:
    with Store.open_folder(Path(sys.argv[1])) as store:
        with StoreAt.of(store, parse_date("2010")) as view:
            print(view.folder, view.counts.left_out)
        with EmbeddedGraph.open(store) as graph:
            print(graph.run("MATCH (c:City) RETURN count(*) AS n").rows[0][0])
        print(measure(store, "agreements", ["degree"]).values["degree"]["city/mashhad"])
except StoreError as error:
    print(error.message)
    with Store.open_folder(Path(sys.argv[1])) as store:
        print(measure(store, "agreements", ["degree"]).values["degree"]["city/mashhad"])
"""
WITHOUT = "--bounding-set=-dac_override,-dac_read_search,-fowner"
"""What root has above others where files are concerned."""


@pytest.fixture
def office(shipped: Path, tmp_path: Path) -> Iterator[Path]:
    """A store that we may read and not write."""
    folder = copied(shipped, tmp_path / "office" / "store")
    for name in ("cypher", "at", "measures"):
        shutil.rmtree(folder / name, ignore_errors=True)
    everything = [folder, *folder.rglob("*")]
    for path in everything:
        if os.getuid() == 0:
            os.chown(path, 65534, 65534)
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    for path in everything:
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.fixture
def ask(office: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Ask that store as somebody to whom modes of files apply."""
    as_others = []
    if os.getuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may write everywhere, and there is no setpriv to make it like others")
        as_others = [setpriv, WITHOUT, "--inh-caps=-all"]

    def run(cache: Path = tmp_path / "cache") -> subprocess.CompletedProcess[str]:
        command = [*as_others, sys.executable, "-c", ASK, str(office)]
        environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    return run


def test_a_store_of_others_is_asked_at_a_date_and_in_cypher(
    office: Path, ask: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    before = sorted(office.rglob("*"))
    first, again = ask(), ask()
    at, cities, partners = first.stdout.splitlines()
    assert at.startswith(str(tmp_path / "cache" / "citydiplomacy" / "store-"))
    assert int(at.split()[-1]) > 0
    assert int(cities) > 400
    assert int(partners) > 10
    assert again.stdout == first.stdout
    kinds = sorted(line.rpartition("/")[2] for line in first.stderr.splitlines() if "is kept in" in line)
    assert kinds == ["at.", "cypher.", "measures."], "of each kind it is told where it is"
    assert again.stderr == "", "once"
    assert sorted(office.rglob("*")) == before
    (place,) = (tmp_path / "cache" / "citydiplomacy").iterdir()
    for folder in (place, place.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_without_a_folder_of_ones_own_it_says_so(
    ask: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    said = ask(tmp_path / "file")
    assert "cannot be kept: not there" in said.stdout
    assert int(said.stdout.splitlines()[-1]) > 10, "what needs no place is answered"
    assert said.stderr == ""


def test_a_cache_of_somebody_else_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "citydiplomacy").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(StoreError, match="belongs to somebody else"):
        derived_cache._place_of_user(tmp_path / "store", "the view", OSError("no"))


def test_two_stores_of_one_name_have_two_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "link").symlink_to(tmp_path / "a" / "store", target_is_directory=True)
    one, other, linked = (
        derived_cache._place_of_user(tmp_path / path, "the view", OSError("no"))
        for path in ("a/store", "b/store", "link")
    )
    assert one != other
    assert one == linked
