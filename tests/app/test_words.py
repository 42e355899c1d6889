"""Persian all the way: help, errors, notes and reports of loads speak the language that is asked for."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from citydiplomacy import cli, words
from citydiplomacy.words import help as helping

from ..conftest import ROOT, copied
from .conftest import Run
from .test_bad_input import SOURCE, TABLES

PERSIAN = re.compile("[آ-ی]")
SPOKEN = ("app", "graph", "loaders", "queries", "visuals")
TELLING = {
    "say",
    "tell",
    "refuse",
    "lose",
    "Unreadable",
    "UnknownProperty",
    "unread",
    "leave_out",
    "note",
    "BadParameter",
    "wrong",
    "_refuse",
    "_fail",
    "error",
    "beyond",
    "Problem",
}
"""Functions that are given what a user reads; errors are known by the end of their names."""
FOR_PROGRAMMERS = {"TypeError", "AttributeError", "PermissionError", "FrozenInstanceError"}


def templates(node: ast.AST) -> Iterator[str]:
    """The texts in an expression, `{}` for what varies, and those in what varies."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from templates(part.value)
    elif isinstance(node, ast.Dict):
        return  # of both languages
    else:
        for below in ast.iter_child_nodes(node):
            yield from templates(below)


def said(path: Path) -> Iterator[tuple[int, str]]:
    """What a module says to users, with its lines: texts of errors and notes, without names of columns and files."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Yield) and node.value and path.parts[-2:] == ("model", "checks.py"):
            yield from ((node.lineno, text) for text in templates(node.value))  # what breaks a rule of a record
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
        persian_too = name == "say" and len(node.args) > 1
        if persian_too or name in FOR_PROGRAMMERS or not (name in TELLING or name.endswith("Error")):
            continue
        for keyword in ("column", "file", "line", "value", "extra"):
            node.keywords = [each for each in node.keywords if each.arg != keyword]
        args = node.args[2:] if name == "MissingExtraError" else node.args  # first a library's name and an extra's
        for given in (*args, *(each.value for each in node.keywords)):
            yield from ((node.lineno, text) for text in templates(given))


def alone(text: str) -> bool:
    """Whether a text has words of English, and no Persian is known for it."""
    bare = re.sub(r"`[^`]*`|--[a-z-]+|citydip [a-z ]+|\S*/\S*", "", text.replace("{}", " "))
    if (
        sum(bool(re.search("[A-Za-z]{2}", word)) for word in bare.split()) < 2
        or PERSIAN.search(text)
        or text[:1] in " ;"
        or text[-1:] == " "
    ):
        return False  # a name, or a piece of another text
    return not any(PERSIAN.search(words.persian(text.replace("{}", filled))) for filled in ("x", "", "repeats"))


@pytest.mark.parametrize("folder", SPOKEN)
def test_what_is_said_is_said_in_persian_too(folder: str) -> None:
    untold = [
        f"{path.relative_to(ROOT)}:{line} {text!r}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, text in said(path)
        if alone(text)
    ]
    assert untold == []


def commands(command: Any, path: str = "citydip") -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{path} {name}")


COMMANDS = dict(commands(typer.main.get_command(cli.app())))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help_in_persian(name: str) -> None:
    command = COMMANDS[name]
    told = helping.command_help(command.help).split("\n")
    assert [line for line in told if line.strip("\b") and not PERSIAN.search(line)] == []
    helps = [each.help for each in command.params if getattr(each, "help", None)]
    shown = [f"({each.show_default})" for each in command.params if isinstance(each.show_default, str)]
    untold = [text for text in (*helps, *shown) if not PERSIAN.search(helping.option_help(text))]
    assert [text for text in untold if text not in {"(citydiplomacy-store)"}] == []


@pytest.mark.parametrize("name", [name for name, each in COMMANDS.items() if not hasattr(each, "commands")])
def test_every_command_takes_a_language(name: str) -> None:
    assert "--lang" in {word for each in COMMANDS[name].params for word in each.opts}


@pytest.mark.parametrize(
    "arguments",
    [
        "--help", "draw --help", "export -h", "neo4j", "draw", "draw --foo", "compare Mashhad", "compare Mashhad a b",
        "recommend Mashhad --top 0", "info --format xml", "nothing", "show Mashhadd", "compare Mashhad Mashhad",
        "compare Mashhad c40", "query nope", "query sister-cities", "query sister-cities city=Mashhad x=1",
        "influence -m x", "draw x.gif", "export gexf x.gexf --source nobody", "show Mashhad --at 13999", "diff . 2010",
        "query --cypher CREATE", "resolve undo city/qom city/mashhad", "load nowhere", "co-members --every",
    ],
)  # fmt: skip
def test_help_and_refusals_speak_persian(
    citydip: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITYDIPLOMACY_LANG", "fa")
    ran = citydip(*arguments.split())
    text = ran.out + ran.err
    assert PERSIAN.search(text)
    prose = re.sub(r"citydip [^\n؛»]*|این است: .*", "", text)  # what is typed, and names
    assert [line for line in prose.split("\n") if re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", line)] == []


@pytest.mark.parametrize("case", TABLES)
def test_bad_input_is_told_in_persian(citydip: Run, shipped: Path, tmp_path: Path, case: str) -> None:
    name, text, _ = TABLES[case]
    folder, store = tmp_path / "bad", copied(shipped, tmp_path / "store")
    folder.mkdir()
    (folder / "source.toml").write_text(SOURCE, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    ran = citydip("load", folder, "--store", store, "--strict", "--lang", "fa")
    assert ran.code == 2
    told = ran.err.replace(str(folder), "")
    assert all(PERSIAN.search(line) for line in told.strip().split("\n")), told
    assert not re.search(r"line \d|column |found |expected ", told), told


def test_the_language_is_that_of_the_last_word_on_it() -> None:
    chosen = [
        words.choose(arguments.split(), environment)
        for arguments, environment in [
            ("info", {}),
            ("info", {words.VARIABLE: "fa"}),
            ("info --lang en", {words.VARIABLE: "fa"}),
            ("--lang en info --lang=fa", {}),
            ("info -lfa", {}),
            ("info -l", {}),
            ("info --lang de", {}),
        ]
    ]
    assert chosen == ["en", "fa", "en", "fa", "fa", "en", "en"]


def test_a_language_before_the_command_holds_for_it(citydip: Run) -> None:
    assert citydip("--lang", "fa", "sources") == citydip("sources", "--lang", "fa")


def test_persian_is_good_persian() -> None:
    for english, persian in words.messages():
        assert not re.search("[يكةۀ]", persian), english
        assert persian.count("{}") == english.count("{}") or re.search(r"\{\d", persian), english


def test_english_reads_no_persian() -> None:
    code = (
        "import sys; sys.argv = ['citydip', '--help']; from citydiplomacy import cli, words\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        "assert words._told.cache_info().currsize == 0 and 'citydiplomacy.graph.model.records' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_sentence_in_a_sentence_ends_once() -> None:
    told = words.persian("not a date: 1000 is not a Solar Hijri year from 1262 to 1500.")
    assert told == "تاریخ نیست: ۱۰۰۰ سالی از هجری خورشیدی میان ۱۲۶۲ و ۱۵۰۰ نیست."
