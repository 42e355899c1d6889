"""The README and docs/ are held to what they describe: commands, sessions, examples, links, numbers, the dictionary."""

from __future__ import annotations

import csv
import doctest
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer.main

from citydiplomacy.cli import app
from citydiplomacy.graph.export import formats
from citydiplomacy.graph.model.records import Agreement, City, Membership, Source
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library import catalogue

from .conftest import ROOT, copied

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS: Mapping[str, Any] = typer.main.get_command(app()).commands  # type: ignore[attr-defined]
CITYDIP = Path(sys.executable).with_name("citydip")
CUT = "…"
"""Alone on a line: lines left out. At the end of a line: the rest of it left out."""


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a page's text in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def section(page: Path, heading: str) -> str:
    """The text of a page below a heading of the second level."""
    _, _, rest = page.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    return rest.partition("\n## ")[0]


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def sessions(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of the console blocks of a page's text, each with the output printed below it."""
    for block in blocks(text, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *printed = part.rstrip("\n").split("\n")
            yield command, printed


def mentioned(page: Path) -> Iterator[str]:
    """Commands outside of console blocks: in code spans and indented lines. They may hold place holders."""
    text = prose(page)
    yield from (" ".join(span.split()) for span in re.findall(r"`(citydip [^`]+)`", text))
    yield from re.findall(r"^    (citydip .+?)(?:\s+#.*)?$", text, re.MULTILINE)


@pytest.fixture
def desk(tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the store of the shipped data where `citydip` looks for it."""
    copied(shipped, tmp_path / "citydiplomacy-store")
    monkeypatch.delenv("CITYDIPLOMACY_STORE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- the data dictionary ----------------------------------------------------------------------------------------------


def test_the_data_dictionary_is_what_the_declaration_says() -> None:
    generated = runpy.run_path(str(ROOT / "docs" / "generate.py"))["text"]()
    written = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == generated, "run: make generated"


def test_the_page_of_exports_lists_what_the_registry_lists() -> None:
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    assert "\n\n" + "\n".join(formats.table()) + "\n\n" in page


# --- commands and sessions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_in_a_session_parses(page: Path) -> None:
    for command, _ in sessions(page.read_text(encoding="utf-8")):
        program, name, *arguments = shlex.split(command)
        assert program == "citydip"
        assert name in COMMANDS, command
        context = COMMANDS[name].make_context(name, arguments)  # raises for an unknown option or value
        if name == "query" and not context.params["cypher"]:
            asked = catalogue.question(context.params["question"])
            given = {value.partition("=")[0] for value in context.params["values"] or ()}
            assert given <= set(asked.by_name), command


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_is_mentioned_exists_with_its_options(page: Path) -> None:
    for command in mentioned(page):
        first, *rest = command.removeprefix("citydip ").replace(",", " ").split()
        if first.startswith("-"):
            assert first in {"--help", "--version"}, command
            continue
        assert first in COMMANDS, command
        asked: Any = COMMANDS[first]
        while rest and rest[0] in getattr(asked, "commands", {}):
            asked = asked.commands[rest.pop(0)]
        options = {name for each in asked.params for name in (*each.opts, *each.secondary_opts)} | {"--help", "-h"}
        assert {word for word in rest if re.match(r"--?[a-z]", word)} <= options, command


def differences(printed: list[str], output: list[str]) -> Iterator[str]:
    """What a page prints that a command did not, in order; `…` as said above."""
    position = 0
    skipping = False
    for line in printed:
        if line == CUT:
            skipping = True
            continue
        found = next((at for at in range(position, len(output)) if same(line, output[at])), None)
        if found is None or (found > position and not skipping):
            yield f"printed: {line}\ncommand: {output[position] if position < len(output) else '(nothing more)'}"
            return
        position, skipping = found + 1, False
    if position < len(output) and not skipping:
        yield f"not printed: {output[position]}"


def same(printed: str, line: str) -> bool:
    if printed.endswith(f" {CUT}"):
        return line.startswith(printed.removesuffix(f" {CUT}"))
    return line.rstrip() == printed.rstrip()


@pytest.mark.parametrize("page", [page for page in PAGES if "```console" in page.read_text("utf-8")], ids=name_of)
def test_sessions_print_what_the_page_says(page: Path, desk: Path) -> None:
    if "$ citydip build" in page.read_text(encoding="utf-8"):
        shutil.rmtree(desk / "citydiplomacy-store")
    for command, printed in sessions(page.read_text(encoding="utf-8")):
        _, *arguments = shlex.split(command)
        done = subprocess.run(
            [CITYDIP, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}"
        assert not list(differences(printed, done.stdout.splitlines())), command


def test_the_comparison_of_sessions_sees_a_difference() -> None:
    output = ["a  1", "b  2", "c  3"]
    for good in (["a  1", "b  2", "c  3"], ["a …", CUT], [CUT, "c  3"], ["a  1", CUT, "c …"]):
        assert not list(differences(good, output))
    for bad in (["a  1", "c  3"], ["a  1", "b  2"], ["a  9", CUT], [CUT, "c  3", "b  2"], ["b  2", CUT]):
        assert list(differences(bad, output))


def test_every_saved_question_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in catalogue.names() if f"`{name}`" not in text] == []


# --- Python -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("desk")
def test_the_python_tour_gives_its_results(capsys: pytest.CaptureFixture[str]) -> None:
    page = ROOT / "docs" / "python.md"
    text = re.sub(r"^```.*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    results = doctest.DocTestRunner().run(examples)
    assert results.attempted > 20
    assert results.failed == 0, capsys.readouterr().out


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page.read_text("utf-8"), "python")], ids=name_of)
def test_python_blocks_run(page: Path) -> None:
    for block in blocks(page.read_text("utf-8"), "python"):
        exec(compile(block, str(page), "exec"), {})


def python_of(text: str) -> list[str]:
    """The Python of a page's text as programs: its sessions as one, each block as one of its own."""
    session = "".join(
        example.source for block in blocks(text, "pycon") for example in doctest.DocTestParser().get_examples(block)
    )
    return [*filter(None, [session]), *blocks(text, "python")]


def check_types(programs: Mapping[str, str], folder: Path) -> str:
    """What mypy says of programs, by their names, as strictly as of the package."""
    for name, program in programs.items():
        (folder / f"{name}.py").write_text(program, encoding="utf-8")
    command = ["mypy", "--strict", "--config-file", ROOT / "pyproject.toml", "--cache-dir", ROOT / ".mypy_cache", "."]
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_every_python_example_passes_strict_typing(tmp_path: Path) -> None:
    programs = {
        f"{page.stem.replace('-', '_').lower()}_{number}": program
        for page in PAGES
        for number, program in enumerate(python_of(page.read_text("utf-8")))
    }
    assert len(programs) >= 5
    assert check_types(programs, tmp_path) == ""


def test_an_example_of_a_wrong_type_is_seen(tmp_path: Path) -> None:
    wrong = 'import citydiplomacy as cd\n\ncd.open("store").get(cd.records.Agreement, "id").population\n'
    assert 'has no attribute "population"' in check_types({"wrong": wrong}, tmp_path)


# --- links and numbers ------------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- \u200c]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES[1:] if page.name != "README.md" and f"({page.name})" not in index] == []


def test_every_benchmark_stands_in_a_page_with_what_it_printed() -> None:
    block = re.compile(r"<!-- benchmarks/(\w+)\.py[^>]*? -->\n```text\n(.*?)```\n", re.DOTALL)
    printed = dict(found for page in PAGES for found in block.findall(page.read_text(encoding="utf-8")))
    scripts = {path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py")} - {"document", "synthetic"}
    assert printed.keys() == scripts
    assert all(text.strip() for text in printed.values())


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert pictures
    assert all(picture.stat().st_size < 300_000 for picture in pictures)


@pytest.fixture(scope="module")
def counted(shipped: Path) -> dict[str, int]:
    """What the pages say in numbers, counted in the shipped data."""
    with Store.open_folder(shipped) as store:
        sources = [each for each in store.records(Source) if "source/origins" not in (each.id, each.collection)]
        agreements, cities = list(store.records(Agreement)), {city.id for city in store.records(City)}
        tied = {party for tie in agreements for party in tie.parties}
        members = {membership.member for membership in store.records(Membership)}
        numbers = Counter(str(source.kind).removeprefix("evidence-kind/").replace("-", "_") for source in sources)
        numbers.update(
            sources=len(sources),
            claims=sum(entry.records for entry in store.manifest.sources.values()),
            merged=sum(store.manifest.counts.values()),
            supported=_count(store, "?record cd:support ?sources FILTER(?sources > 1)"),
            disputed=_count(store, "?record cd:disputed ?property"),
            agreements=len(agreements),
            undated=sum(tie.start is None for tie in agreements),
            cities=len(cities),
            only_members=len((cities & members) - tied),
        )
        numbers.update(f"in_{(source.collection or source.id).partition('/')[2]}" for source in sources)
    return dict(numbers) | _of_the_world()


def _of_the_world() -> dict[str, int]:
    """What the page on the data says of the world and of the coding, counted in their tables."""

    def rows(name: str) -> list[dict[str, str]]:
        with (ROOT / "loaders/data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def items(kind: str) -> int:
        told = [row for year in (2016, 2022) for row in rows(f"world/{kind}-{year}")]
        return len({row["id"] or row["item"].lower() for row in told})

    ties = {(row["kind"], row["one"], row["other"]) for year in (2016, 2022) for row in rows(f"world/ties-{year}")}
    verdicts = Counter(row["verdict"] for row in rows("places/matches"))
    persian = Counter(row["source"] for row in rows("places/cities") if row["label_fa"])
    return {
        "towns": items("cities"),
        "regions": items("regions"),
        "ties": len(ties),
        "joined": verdicts["same"],
        "apart": verdicts["different"],
        "waiting": verdicts["unsure"],
        "placed": sum(bool(row["latitude"]) for row in rows("world/cities-2022")),
        "in_geonames": len(rows("geonames/cities")),
        "numbered": sum(bool(re.search(r"; Q\d+\)$", row["name"])) for row in rows("world/cities-2016")),
        "cldr": persian["cldr"],
        "own": persian["persian-names"],
        "links": len(rows("coding/links")),
        "themes": len(rows("coding/themes")),
        "open_bodies": len({row["organization"] for row in rows("scopes/scopes")}),
    }


def _count(store: Store, pattern: str) -> int:
    rows: Any = store.query(f"SELECT (COUNT(DISTINCT ?record) AS ?n) {{ {pattern} }}")
    return int(next(iter(rows))["n"].value)


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("docs/data.md", "Without the world {sources} sources tell {claims:,} records; merged they are {merged:,}"),
        ("docs/data.md", "{supported} of the merged records are told by two or more voices, and {disputed} have"),
        ("docs/data.md", "press {press}, official sources {official}, cited literature {literature}"),
        ("docs/data.md", "encyclopedias {encyclopedia}, web pages {web_page}, datasets {dataset}, blogs {blog}"),
        ("docs/data.md", "scholarly works {scholarly}, statistics {statistics}, weak {weak}, coding {coding}"),
        ("docs/data.md", "| `mashhad-study` | {in_mashhad-study} |"),
        ("docs/data.md", "| `iran-cities-facts` | {in_iran-cities-facts} |"),
        ("docs/data.md", "the analyst's own coding: {links} links, each with a word of reason, the {themes} themes"),
        ("docs/data.md", "whom {open_bodies} networks are open to"),
        ("docs/data.md", "{towns:,} twin towns of the world, {regions} items that are"),
        ("docs/data.md", "told as regions, and their {ties:,} ties"),
        ("docs/data.md", "{joined} pairs are joined"),
        ("docs/data.md", "{apart} pairs are told apart, and {waiting} wait"),
        ("docs/data.md", "That number stands with {numbered} cities"),
        ("docs/data.md", "of {placed:,} cities are Wikidata's of 2022, of {in_geonames:,} GeoNames'"),
        ("docs/data.md", "of Unicode CLDR for {cldr} more, and of this project for {own}"),
        ("README.md", "the twin towns of {towns:,} cities as Wikidata told them"),
        ("README.md", "Without the world {undated} of the {agreements} agreements have no known date of beginning"),
        ("README.md", "{only_members} of the {cities} cities are there only as members of a network"),
    ],
)
def test_numbers_in_the_prose_are_those_of_the_data(page: str, sentence: str, counted: dict[str, int]) -> None:
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
    assert sentence.format_map(counted) in text


# --- the demo ---------------------------------------------------------------------------------------------------------


def test_the_demo_writes_what_it_says_and_builds_once(tmp_path: Path) -> None:
    """In a folder that looks like the repository, so that a demo/ of the user is left alone."""
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "demo.sh", tmp_path / "docs")
    for folder in ("ontology", "graph", "loaders"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    script = tmp_path / "docs" / "demo.sh"
    first = subprocess.run([script, CITYDIP], capture_output=True, text=True, check=True)
    written = re.findall(r"^  (demo/\S+)", first.stdout.partition("Written:")[2], re.MULTILINE)
    assert len(written) == 14
    assert all((tmp_path / path).exists() for path in written)
    quick = tmp_path / "citydip"  # what was written once is not written again to see that nothing is built again
    quick.write_text(f'#!/bin/sh\ncase $1 in draw|report|export) ;; *) exec "{CITYDIP}" "$@" ;; esac\n')
    quick.chmod(0o755)
    second = subprocess.run([script, quick], capture_output=True, text=True, check=True)
    assert "Mashhad" in first.stdout
    assert "Tehran" in first.stdout
    assert first.stdout == second.stdout.replace(str(quick), str(CITYDIP))
    assert "revision 1" in first.stderr
    assert "up to date" in second.stderr
    assert os.access(ROOT / "docs" / "demo.sh", os.X_OK)
