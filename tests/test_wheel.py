"""The wheel works alone: installed in a clean environment, in an empty folder, it builds and answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGES = ("app", "ontology", "graph", "loaders", "queries", "visuals")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the sources, so that the build leaves nothing in the repository."""
    copy = tmp_path_factory.mktemp("sources")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(copy)], check=True, capture_output=True
    )
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel and what it depends on, and nothing else."""
    folder = tmp_path_factory.mktemp("clean")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run(
        [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "-c", ROOT / "constraints.txt", wheel],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return folder / "bin"


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run citydip in a folder, with nothing of this environment in its own."""
    clean = {"PATH": f"{installed}:/usr/bin:/bin", "HOME": str(folder), "LANG": os.environ.get("LANG", "C.UTF-8")}
    return subprocess.run(
        [installed / "citydip", *arguments], cwd=folder, env=clean, capture_output=True, text=True, check=True
    )


def test_the_wheel_carries_every_file_of_the_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if name.startswith("citydiplomacy/")}
    wanted = {
        "/".join(("citydiplomacy", *(path.relative_to(ROOT).parts[name == "app" :])))
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == wanted


def test_it_builds_and_answers_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    built = run(installed, tmp_path, "build")
    assert "revision 1" in built.stderr
    asked = run(installed, tmp_path, "query", "needs-above-half", "city=Mashhad", "--format", "csv")
    assert len(asked.stdout.splitlines()) == 1 + 31
    persian = run(installed, tmp_path, "query", "needs-by-axis", "city=مشهد", "--lang", "fa")
    assert "سازمان‌های بین‌المللی" in persian.stdout


def test_its_data_come_from_its_own_place(installed: Path, tmp_path: Path) -> None:
    code = "from citydiplomacy.loaders import files; print(*files.shipped(), sep='\\n')"
    found = subprocess.run(
        [installed / "python", "-c", code], cwd=tmp_path, env={}, capture_output=True, text=True, check=True
    )
    for line in found.stdout.splitlines():
        assert "site-packages/citydiplomacy/loaders/data" in line
        assert Path(line).is_relative_to(installed.parent)


def test_a_page_and_exports_need_no_extras(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "build")
    run(installed, tmp_path, "draw", "page.html", "Mashhad")
    run(installed, tmp_path, "export", "gexf", "cities.gexf", "--network", "cities")
    assert "Mashhad" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "مشهد" in (tmp_path / "cities.gexf").read_text(encoding="utf-8")


def test_what_needs_an_extra_says_which(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "build")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run(installed, tmp_path, "draw", "figure.svg", "Mashhad")
    assert caught.value.returncode == 1
    assert "pip install 'citydiplomacy[figures]'" in caught.value.stderr
    (tmp_path / "book.xlsx").write_bytes(b"PK")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run(installed, tmp_path, "load", "book.xlsx")
    assert "pip install 'citydiplomacy[excel]'" in caught.value.stderr
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run(installed, tmp_path, "validate", "--shacl")
    assert "pip install 'citydiplomacy[shacl]'" in caught.value.stderr
