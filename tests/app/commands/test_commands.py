"""Calling citydip: examples that run as printed, exit codes, questions of one's own, pipes and interrupts."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from citydiplomacy import __version__, cli
from citydiplomacy.graph.store.reader import Store

from ...conftest import copied
from ..conftest import CITYDIP, Ran, Run

ALL = sorted(typer.main.get_command(cli.app()).commands)  # type: ignore[attr-defined]
COMMANDS = [name for name in ALL if name not in {"neo4j", "spark", "mcp", "serve", "site"}]
"""Those that end soon, and need no server, no client and no Spark; the others have tests of their own."""
OWN = '[source]\nid = "my-members"\nkind = "dataset"\ntitle_en = "My members"\n'


@pytest.fixture
def desk(tmp_path: Path, shipped: Path) -> Path:
    """A folder with a store in its usual place, and a source of one's own in both forms."""
    copied(shipped, tmp_path / "citydiplomacy-store")
    folder = tmp_path / "my-members"
    folder.mkdir()
    (folder / "source.toml").write_text(OWN)
    (folder / "memberships.csv").write_text("member,organization,role\nmashhad,c40,observer\n")
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "source"
    for row in (("id", "my-book"), ("kind", "dataset"), ("title_en", "My book")):
        book.active.append(row)
    sheet = book.create_sheet("memberships")
    for row in (("member", "organization", "role"), ("tabriz", "c40", "observer")):
        sheet.append(row)
    book.save(tmp_path / "my-members.xlsx")
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_every_command_runs_as_printed(
    citydip: Run, desk: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    helped = citydip(name, "--help")
    assert helped.code == 0
    (example,) = re.findall(r"Example: citydip (.*)", helped.out)
    assert example.split()[0] == name
    monkeypatch.chdir(desk)
    monkeypatch.delenv("CITYDIPLOMACY_STORE")
    ran = citydip(*example.split())
    assert ran.code == 0, ran.err
    assert ran.out or ran.err


def test_help_lists_every_command_and_the_version_is_told(citydip: Run) -> None:
    ran = citydip("--help")
    assert ran.code == 0
    assert all(re.search(rf"^  {name} +\w", ran.out, re.MULTILINE) for name in ALL)
    assert citydip("--version").out == f"citydip {__version__}\n"


WRONG = [
    (("nonsense",), "No such command"),
    (("query",), "one question is wanted"),
    (("query", "sister-cities", "--format", "yaml"), "yaml"),
    (("query", "sister-cities"), "needs a value for city"),
    (("query", "sister-cities", "city=Mashhad", "town=x"), "no parameter 'town'"),
    (("query", "sister-cities", "Mashhad"), "name=value"),
    (("query", "sister-cites", "city=Mashhad"), "Did you mean sister-cities"),
    (("query", "valid-at", "city=Mashhad", "date=1392/13/40"), "1392/13/40"),
    (("query", "sister-cities", "city=Mashhadd"), "Did you mean: Mashhad (city/mashhad)"),
    (("query", "sister-cities", "city=مشهدد"), "Did you mean: Mashhad (city/mashhad)"),
    (("query", "sister-cities", "city=Pakistan"), "among city records"),
    (("show", "Xyzzyq"), "nothing is called 'Xyzzyq'"),
    (("questions", "no-such"), "no question is called"),
    (("compare", "Mashhad"), "Missing argument"),
    (("compare", "Mashhad", "Teheranopolis"), "nothing is called"),
    (("gaps", "UCLG"), "among city records"),
    (("influence", "--measure", "fame"), "fame"),
    (("export", "pdf", "x.pdf"), "pdf"),
    (("export", "nquads", "x.nq", "--source", "nobody"), "no source 'nobody'"),
    (("draw", "network", "x.docx", "Mashhad"), "docx"),
    (("draw", "network", "x.html", "Mashhad", "--depth", "9"), "depth"),
    (("load", "nowhere"), "no such file"),
    (("load", "README.txt.gz"), "no such file"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=lambda each: " ".join(each) if each else None)
def test_a_wrong_call_is_exit_code_2_and_says_the_way_out(
    citydip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = citydip(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


@pytest.mark.parametrize("name", ["info", "sources", "validate", "show Mashhad", "load .", "query needs city=Mashhad"])
def test_no_store_is_exit_code_1_and_says_how_to_make_one(citydip: Run, tmp_path: Path, name: str) -> None:
    ran = citydip(*name.replace(".", str(tmp_path)).split(), "--store", tmp_path / "none")
    assert ran.code == 1
    assert "no store here" in ran.err
    assert "citydip build" in ran.err


def test_output_that_cannot_be_written_has_its_exit_code(command: Callable[[str], Ran], tmp_path: Path) -> None:
    ran = command("citydip info > /dev/full")
    assert ran.code == 1
    assert "No space left" in ran.err
    assert "Traceback" not in ran.err
    (tmp_path / "file").touch()
    for form in ("csv", "turtle", "graphml"):
        ran = command(f"citydip export {form} file/x")  # a call that cannot be right, known before the work
        assert ran.code == 2
        assert "file" in ran.err
        assert "Traceback" not in ran.err


# --- questions of one's own -------------------------------------------------------------------------------------------

FREE = "SELECT ?city WHERE { ?city cd:twinnedWith <https://w3id.org/citydiplomacy/city/mashhad> } ORDER BY ?city"
HEADED = """#+ title: {en: Twins, fa: خواهرها}
#+ description: {en: Twins of a city., fa: خواهرهای یک شهر.}
#+ view: merged
#+ parameters:
#+   - {name: city, type: city, description: {en: The city, fa: شهر}}
#+ columns:
#+   - {name: twin, type: id, title: {en: Twin, fa: خواهر}}

SELECT ?twin WHERE { ?twin cd:twinnedWith $city } ORDER BY ?twin
"""


def test_a_question_from_standard_input(citydip: Run) -> None:
    twins = [row["city"] for row in json.loads(citydip("query", "-", "-f", "json", stdin=FREE).out)]
    assert "city/urumqi" in twins
    assert citydip("query", "-", "-f", "csv", stdin="ASK { ?a cd:twinnedWith ?b }").out == "answer\ntrue\n"
    built = citydip("query", "-", "-f", "json", stdin="CONSTRUCT { ?a a cd:Twin } WHERE { ?a cd:twinnedWith ?b }")
    assert {"subject", "predicate", "object"} == set(json.loads(built.out)[0])


def test_a_question_from_a_file_with_and_without_a_header(citydip: Run, tmp_path: Path) -> None:
    (tmp_path / "free.rq").write_text(FREE, encoding="utf-8")
    (tmp_path / "twins.rq").write_text(HEADED, encoding="utf-8")
    free = json.loads(citydip("query", tmp_path / "free.rq", "-f", "json").out)
    headed = json.loads(citydip("query", tmp_path / "twins.rq", "city=مشهد", "-f", "json").out)
    assert [row["city"] for row in free] == [row["twin"] for row in headed]
    assert (
        citydip("query", "-", "city=Q121157", "-f", "json", stdin=HEADED).out
        == json.dumps(headed, ensure_ascii=False, indent=2) + "\n"
    )
    assert "خواهرها" in citydip("query", tmp_path / "twins.rq", "city=مشهد", "-l", "fa").err


def test_parameters_need_a_header(citydip: Run, tmp_path: Path) -> None:
    (tmp_path / "free.rq").write_text(FREE, encoding="utf-8")
    ran = citydip("query", tmp_path / "free.rq", "city=Mashhad")
    assert ran.code == 2
    assert "without a header takes no parameters" in ran.err
    (tmp_path / "twins.rq").write_text(HEADED.replace("$city", "?any"), encoding="utf-8")
    ran = citydip("query", tmp_path / "twins.rq", "city=Mashhad")
    assert ran.code == 2
    assert "never used" in ran.err
    ran = citydip("query", tmp_path / "twins.rq")
    assert ran.code == 2


def test_a_parameter_is_a_term_and_never_text_of_the_query(citydip: Run) -> None:
    ran = citydip("query", "sister-cities", "city=x> } ; DROP ALL #")
    assert ran.code == 2
    assert "nothing is called" in ran.err


def test_a_question_that_cannot_be_read_is_said_so(citydip: Run, tmp_path: Path) -> None:
    (tmp_path / "latin.rq").write_bytes("# Köln\nSELECT * { ?s ?p ?o }".encode("latin-1"))
    ran = citydip("query", tmp_path / "latin.rq")
    assert ran.code == 2
    assert "UTF-8" in ran.err
    ran = citydip("query", tmp_path)
    assert ran.code == 2


# --- the real command -------------------------------------------------------------------------------------------------


def test_a_reader_that_has_had_enough_is_no_error(command: Callable[[str], Ran]) -> None:
    for line in (
        "citydip sources | head -1",
        "citydip sources --format csv | head -1",
        "citydip query statistics city=Tehran -f json | head -1",
        "citydip export nquads /dev/stdout | head -1",
        "citydip info | true",
    ):
        ran = command(line)
        assert "Traceback" not in ran.err, line
        assert "Exception" not in ran.err, line
        assert "rror" not in ran.err, line


def test_what_is_no_plain_file_is_written_through(command: Callable[[str], Ran], tmp_path: Path) -> None:
    (tmp_path / "elsewhere.nq").touch()
    (tmp_path / "link.nq").symlink_to("elsewhere.nq")
    command("mkfifo pipe && (timeout 30 cat pipe > copy.nq & citydip export nquads pipe; wait)")
    assert command("citydip export nquads link.nq").code == 0
    assert (tmp_path / "link.nq").is_symlink()
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "copy.nq").read_bytes() == (tmp_path / "elsewhere.nq").read_bytes() != b""


def test_data_and_talk_of_the_real_command_are_apart(command: Callable[[str], Ran]) -> None:
    ran = command("LC_ALL=C citydip query needs-by-axis city=مشهد -l fa 2> talk.txt | tee data.txt")
    assert ran.code == 0
    assert "سازمان‌های بین‌المللی" in ran.out, "Persian whatever the locale"
    assert "نیازها به محور" in command("cat talk.txt").out


@pytest.mark.parametrize("write", ["load", "build"])
def test_ctrl_c_in_the_middle_leaves_the_store_as_it_was(tmp_path: Path, shipped: Path, write: str) -> None:
    store = tmp_path / "store"
    copied(shipped, store)
    with Store.open_folder(store) as opened:
        before = sorted(map(str, opened.quads()))
    manifest = (store / "manifest.json").read_bytes()
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "source.toml").write_text(OWN)
    (folder / "cities.csv").write_text("id,label_en\n" + "".join(f"many-{n},Many {n}\n" for n in range(60_000)))
    arguments = [CITYDIP, write, str(folder), "--store", str(store)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not (store / "generations" / "000002").exists():
        time.sleep(0.01)
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "interrupted; what was there before is as it was" in said
    assert "Traceback" not in said
    assert (store / "manifest.json").read_bytes() == manifest
    with Store.open_folder(store) as opened:
        assert sorted(map(str, opened.quads())) == before
    assert [path.name for path in (store / "generations").iterdir()] == ["000001"]
