"""What software makes is known by its files: whoever changes one need not remember to say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from citydiplomacy.graph import software


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two folders in place of ours."""
    for name in ("graph/model/ids.py", "visuals/style.css"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(software, "_PACKAGE", tmp_path)
    return tmp_path


def digest(*folders: str) -> str:
    software.digest.cache_clear()
    return software.digest(*folders)


@pytest.fixture(autouse=True)
def forgotten():
    """No digest of a test stays."""
    yield
    software.digest.cache_clear()


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "graph/model/ids.py").write_text("other"),
        lambda root: (root / "graph/model/ids.py").rename(root / "graph/model/names.py"),
        lambda root: (root / "graph/more.py").write_text(""),
    ],
)
def test_a_change_anywhere_in_a_folder_is_another_software(package, change):
    of_graph, of_visuals, of_all = digest("graph"), digest("visuals"), digest()
    change(package)
    assert digest("graph") != of_graph
    assert digest() != of_all
    assert digest("visuals") == of_visuals


def test_what_is_compiled_is_none_of_it(package):
    before = digest()
    (package / "graph/__pycache__").mkdir()
    (package / "graph/__pycache__/ids.pyc").write_bytes(b"\0")
    assert digest() == before


def test_ours_has_its_files():
    assert len({digest(), digest("graph"), digest(*software.MAKING)}) == 3
