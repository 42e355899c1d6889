"""Every command that writes a file or a folder knows before its work that the place cannot be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from citydiplomacy import cli
from citydiplomacy.graph.export.formats import FORMATS

from ..conftest import Run

FILES: dict[str, tuple[str, tuple[str, ...]]] = {
    "draw": (".svg", ("draw", "map", "{}", "Mashhad")),
    "draw a page": (".html", ("draw", "world", "{}")),
    "report": (".pdf", ("report", "Mashhad", "--out", "{}")),
    "compare": (".zip", ("compare", "Mashhad", "Tehran", "--output", "{}")),
    "gaps": (".zip", ("gaps", "Mashhad", "--output", "{}")),
    "recommend": (".zip", ("recommend", "Mashhad", "--output", "{}")),
    "query": (".metadata.json", ("query", "sister-cities", "city=Mashhad", "--output", "{}")),
    "build": (".json", ("build", "--report", "{}")),
    "load": (".csv", ("load", "nothing/", "--report", "{}")),
    "sheet": (".xlsx", ("sheet", "{}")),
    **{
        f"export {name}": (form.suffix, ("export", name, "{}", *(["Mashhad"] if name == "xlsx" else [])))
        for name, form in FORMATS.items()
        if form.suffix
    },
}
"""The calls that write a file, and the end of its name."""
FOLDERS: dict[str, tuple[str, ...]] = {
    "compare": ("compare", "Mashhad", "Tehran", "--excel", "--output", "{}"),
    "gaps": ("gaps", "Mashhad", "--format", "csv", "--output", "{}"),
    "recommend": ("recommend", "Mashhad", "--format", "tsv", "--output", "{}"),
    "site": ("site", "{}", "--only", "mashhad"),
    **{f"export {name}": ("export", name, "{}") for name, form in FORMATS.items() if not form.suffix},
}
"""The calls that write a folder."""
NEED_A_STORE = ("load", "sheet", "site")
"""These look at the store first; the others are given none here, and do not come to miss it."""
READ = {("build", "paths"), ("load", "paths"), ("apply", "file")}
"""Parameters that name what is read."""

Place = Callable[[Path, str], Path]

NO_PLACE: dict[str, tuple[Place, int, str]] = {
    "below a file": (lambda folder, end: folder / "file" / f"x{end}", 2, "file: not a folder"),
    "far below a file": (lambda folder, end: folder / "file" / "a" / f"x{end}", 2, "file: not a folder"),
    "where nobody may write": (lambda _, end: Path(f"/proc/new{end}"), 1, "cannot be written"),
    "below what nobody may write": (lambda _, end: Path(f"/proc/new/folder/x{end}"), 1, "cannot be written"),
    "a name too long": (lambda folder, end: folder / f"{'x' * 260}{end}", 1, "cannot be written"),
}
"""Where nothing can be written, the exit code and what is said."""
NO_FILE = NO_PLACE | {"a folder": (lambda folder, end: folder / f"folder{end}", 2, "is a folder")}
NO_FOLDER = NO_PLACE | {
    "a file": (lambda folder, _: folder / "file", 2, "not a folder"),
    "a folder with files of others": (lambda folder, _: folder / "full", 2, "holds what no "),
}


def refused(citydip: Run, folder: Path, arguments: tuple[str, ...], end: str, bad: tuple[Place, int, str]) -> None:
    (folder / f"folder{end}").mkdir()
    (folder / "full").mkdir()
    for file in (folder / "file", folder / "full" / "thesis.docx"):
        file.write_text("mine")
    before = sorted(folder.rglob("*"))
    place, code, told = bad
    ran = citydip(*(each.replace("{}", str(place(folder, end))) for each in arguments))
    assert (ran.code, ran.out) == (code, ""), ran.err
    assert told in ran.err
    assert ran.err.startswith("citydip: ")
    assert len(ran.err.splitlines()) == 2, "what is wrong, and a way out"
    assert sorted(folder.rglob("*")) == before, "nothing is left behind"


@pytest.mark.parametrize("bad", NO_FILE)
@pytest.mark.parametrize("writer", FILES)
def test_no_place_for_a_file(
    citydip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: str, bad: str
) -> None:
    end, arguments = FILES[writer]
    if writer not in NEED_A_STORE:
        monkeypatch.setenv("CITYDIPLOMACY_STORE", str(tmp_path / "no-store"))
    refused(citydip, tmp_path, arguments, end, NO_FILE[bad])


@pytest.mark.parametrize("bad", NO_FOLDER)
@pytest.mark.parametrize("writer", FOLDERS)
def test_no_place_for_a_folder(
    citydip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: str, bad: str
) -> None:
    if writer not in NEED_A_STORE:
        monkeypatch.setenv("CITYDIPLOMACY_STORE", str(tmp_path / "no-store"))
    refused(citydip, tmp_path, FOLDERS[writer], "", NO_FOLDER[bad])


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_files_of_both_languages(citydip: Run, tmp_path: Path, language: str) -> None:
    (tmp_path / f"x.{language}.pdf").mkdir()
    ran = citydip("report", "Mashhad", "--lang", "both", "--out", tmp_path / "x.pdf")
    assert ran.code == 2
    assert f"x.{language}.pdf is a folder" in ran.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("compare", "a", "b", "-o", "x"), "--format csv"), (("gaps", "a", "-o", "x.csv"), "Name a .zip")],
)
def test_a_wrong_form_is_told_as_soon(citydip: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = citydip(*arguments)
    assert ran.code == 2
    assert told in ran.err


def commands(command: Any) -> Iterator[Any]:
    """The commands below one that is a group, and itself if it is none."""
    if not hasattr(command, "commands"):
        yield command
    for below in getattr(command, "commands", {}).values():
        yield from commands(below)


def test_no_command_is_forgotten() -> None:
    writing = {
        command.name
        for command in commands(typer.main.get_command(cli.app()))
        for each in command.params
        if each.type.name == "path" and each.name != "store" and (command.name, each.name) not in READ
    }
    assert writing == {name.split()[0] for name in (*FILES, *FOLDERS)}
