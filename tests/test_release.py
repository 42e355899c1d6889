"""A release works alone: wheel and sdist are built and install the same, and in a clean environment it builds a store
and answers.

`make release-check` runs these.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from citydiplomacy import __version__

from .conftest import ROOT
from .test_docs import differences, section, sessions

PACKAGES = ("app", "ontology", "graph", "loaders", "queries", "visuals")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """`sdist`, built from a copy so that nothing is left in the repository, and `wheel`, built from the sdist."""
    copy, out = tmp_path_factory.mktemp("sources") / "copy", tmp_path_factory.mktemp("built")
    ignored = shutil.ignore_patterns("__pycache__", "build", "demo", "dist", "*.egg-info", ".*")
    shutil.copytree(ROOT, copy, ignore=ignored)
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # it warns of that
    command = [sys.executable, "-m", "build", "--outdir", str(out), str(copy)]
    done = subprocess.run(command, env=plain, check=True, capture_output=True, text=True)
    assert not re.search("warning|deprecat", done.stdout + done.stderr, re.IGNORECASE), "the build prints warnings"
    return {"sdist": next(out.glob("*.tar.gz")), "wheel": next(out.glob("*.whl"))}


@pytest.fixture(scope="module")
def wheel(built: dict[str, Path]) -> Path:
    return built["wheel"]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment."""
    folder = tmp_path_factory.mktemp("clean")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return folder / "bin"


def pip(python: Path | str, *arguments: Path | str) -> None:
    """Install with what the project is tested with."""
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", ROOT / "constraints.txt"]
    subprocess.run([*command, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def installed(wheel: Path, clean: Path) -> Path:
    """That environment with the wheel and what it depends on: nothing else."""
    pip(clean / "python", "--upgrade", wheel)
    return clean


def environment(installed: Path, folder: Path) -> dict[str, str]:
    """Nothing of this environment but the language of the machine."""
    return {"PATH": f"{installed}:/usr/bin:/bin", "HOME": str(folder), "LANG": os.environ.get("LANG", "C.UTF-8")}


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run citydip in a folder, with nothing of this environment in its own."""
    command = [installed / "citydip", *arguments]
    alone = environment(installed, folder)
    return subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, check=True)


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


def test_the_sdist_carries_what_makes_documents_and_tests_it(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"Makefile", "constraints.txt", "compose.yaml", "CHANGELOG.md", "CITATION.cff", "README.md", "LICENSE"}
    for name in (*PACKAGES, "benchmarks", "docs", "tests"):
        files = (path for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        wanted |= {str(path.relative_to(ROOT)) for path in files}
    assert wanted - inside == set()


def test_the_sdist_installs_what_the_wheel_does(built: dict[str, Path], tmp_path: Path) -> None:
    """Then what runs from the one runs from the other."""
    own = {"RECORD", "direct_url.json", "INSTALLER", "REQUESTED"}  # what pip writes of an installation

    def installs(what: Path) -> dict[str, bytes]:
        folder = tmp_path / what.suffix
        pip(sys.executable, "--no-deps", "--no-compile", "--target", folder, what)
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name not in own
        }

    assert installs(built["sdist"]) == installs(built["wheel"])


def test_the_version_is_said_in_one_place(built: dict[str, Path]) -> None:
    assert {path.name.split("-")[1].removesuffix(".tar.gz") for path in built.values()} == {__version__}
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [__version__]
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_first_session_of_the_readme_runs_from_it(installed: Path, tmp_path: Path) -> None:
    commands = list(sessions(section(ROOT / "README.md", "A first session")))
    assert len(commands) > 5
    for command, printed in commands:
        done = subprocess.run(
            [installed / "citydip", *shlex.split(command)[1:]],
            cwd=tmp_path,
            env=environment(installed, tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
        assert not list(differences(printed, done.stdout.splitlines())), command


def test_it_builds_and_answers_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    built = run(installed, tmp_path, "build", "--no-world")  # the first session builds it with the world
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
    run(installed, tmp_path, "build", "--no-world")
    run(installed, tmp_path, "draw", "network", "page.html", "Mashhad")
    run(installed, tmp_path, "export", "gexf", "cities.gexf", "--network", "cities")
    assert "Mashhad" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "مشهد" in (tmp_path / "cities.gexf").read_text(encoding="utf-8")


def test_what_needs_an_extra_says_which(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "build", "--no-world")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run(installed, tmp_path, "draw", "map", "figure.png", "Mashhad")
    assert caught.value.returncode == 1
    assert "pip install 'citydiplomacy[pdf]'" in caught.value.stderr
    (tmp_path / "book.xlsx").write_bytes(b"PK")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run(installed, tmp_path, "load", "book.xlsx")
    assert "pip install 'citydiplomacy[excel]'" in caught.value.stderr
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run(installed, tmp_path, "validate", "--shacl")
    assert "pip install 'citydiplomacy[shacl]'" in caught.value.stderr
