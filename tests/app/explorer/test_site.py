"""The explorer as files: every link leads somewhere, the same store gives the same bytes, and what is there stays."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import signal
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import html5rdf
import pytest

from citydiplomacy.explorer.address import MEDIA, PageWanted
from citydiplomacy.explorer.site.folder import MARK
from citydiplomacy.explorer.site.plan import Leads, SitePlan
from citydiplomacy.graph.model.records import City, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store

from ...conftest import copied
from ...queries.conftest import SOURCES
from ..conftest import CITYDIP
from .conftest import load_agreement

ADDRESS = "https://example.org/cities/"


def write(folder: Path, store: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [CITYDIP, "site", str(folder), "--store", str(store), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


def contents(folder: Path) -> dict[str, bytes]:
    """All files, by their paths."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def links(page: str, text: str) -> Iterator[str]:
    """The paths of the files of the site to which a page leads."""
    for address in re.findall(r'(?:href|src|action)="([^"]*)"', text):
        if not re.match(r"https?://|mailto:|#", address):
            path = unquote(address.partition("#")[0].partition("?")[0]) or posixpath.basename(page)
            yield posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


@pytest.fixture(scope="module")
def store(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of its own, to load into."""
    return copied(shipped, tmp_path_factory.mktemp("site") / "store")


@pytest.fixture(scope="module")
def site(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site, not to be written to."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    done = write(folder, store, "--only", "lahore", "--address", ADDRESS)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_link_leads_to_a_file_and_every_file_is_reached(site):
    files = contents(site)
    reached, todo = set[str](), ["index.html"]
    while todo:
        page = todo.pop()
        reached.add(page)
        if page.endswith(".html"):
            to = set(links(page, files[page].decode()))
            assert to <= files.keys(), (page, to - files.keys())
            todo += to - reached
    beside = {MARK, "sitemap.xml", "static/names.js", "static/Vazirmatn.woff2"}
    assert files.keys() - reached == beside


def test_pages_are_valid_relative_and_ask_nothing_of_others(site):
    for path, content in contents(site).items():
        if not path.endswith(".html"):
            continue
        text = content.decode()
        html5rdf.HTMLParser(strict=True).parse(text)
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), path
        assert not re.search(r'(?:href|src|action)="/', text), path
        assert not re.search(r'(?:src|action)="https?:|<link[^>]*href="https?:', text), path
        assert f'lang="{"fa" if path.startswith("fa/") else "en"}"' in text.partition("<head>")[0]


def test_forms_that_need_a_server_say_so(site):
    for path in ("query.html", "question/sister-cities.html", "changes.html", "fa/compare.html"):
        text = (site / path).read_text()
        assert "<fieldset disabled" in text
        assert "citydip serve" in text


@pytest.fixture(scope="module")
def example(store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The example of the help, run as printed: how it ended, and its folder."""
    helped = subprocess.run([CITYDIP, "site", "--help"], capture_output=True, text=True, check=True).stdout
    (words,) = re.findall(r"Example: citydip (site .*)", helped)
    desk = tmp_path_factory.mktemp("example")
    (desk / "citydiplomacy-store").symlink_to(store)
    plain = {name: value for name, value in os.environ.items() if name != "CITYDIPLOMACY_STORE"}
    command = [CITYDIP, *words.split()]
    done = subprocess.run(command, cwd=desk, env=plain, capture_output=True, text=True, check=False, timeout=600)
    return done, desk / words.split()[1]


def test_the_example_of_the_help_runs_as_printed(example):
    done, folder = example
    assert done.returncode == 0, done.stderr
    assert "no sitemap" in done.stderr
    assert (folder / "index.html").exists()


def test_the_same_store_gives_the_same_bytes(site, example):
    """With an address, and the names of cities in other letters, as without."""
    again, first = contents(example[1]), contents(site)
    del first["sitemap.xml"]
    assert {path: content for path, content in again.items() if path != MARK} == {
        path: content for path, content in first.items() if path != MARK
    }


def test_what_is_there_stays_and_what_is_not_is_made_again(site, store, tmp_path):
    folder = Path(shutil.copytree(site, tmp_path / "pages"))
    (folder / "city/lahore.html").write_text("spoilt")
    (folder / "fa/city/lahore.html").unlink()
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")}
    done = write(folder, store, "--only", "lahore", "--address", ADDRESS)
    assert "2 files written, 0 removed" in done.stderr
    assert contents(folder) == contents(site)
    changed = {str(path.relative_to(folder)) for path, time_ in before.items() if path.stat().st_mtime_ns != time_}
    assert changed == {"city/lahore.html"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store of a few cities and its site, which is soon made. Neither is to be written to."""
    folder = tmp_path_factory.mktemp("small")
    writer.build(folder / "store", SOURCES)
    done = write(folder / "pages", folder / "store", "--only", "ayla")
    assert done.returncode == 0, done.stderr
    return folder / "store", folder / "pages"


def test_a_change_of_the_store_changes_only_the_pages_that_tell_it(small, tmp_path):
    store, site = small
    folder, changed = Path(shutil.copytree(site, tmp_path / "pages")), copied(store, tmp_path / "store")
    agreement = load_agreement(changed, tmp_path / "tables", "ayla", "nameless")
    done = write(folder, changed, "--only", "ayla")
    assert done.returncode == 0, done.stderr
    one, other = contents(site), contents(folder)
    new = {path for path in other.keys() - one.keys() if path.endswith(".html")}
    assert {f"{agreement}.html", f"fa/{agreement}.html", "source/mine.html"} <= new
    assert one["model.html"] == other["model.html"]
    assert one["city/ayla.html"] != other["city/ayla.html"]
    fresh = tmp_path / "fresh"
    write(fresh, changed, "--only", "ayla")
    apart = {path for path, content in contents(fresh).items() if other.get(path) != content}
    assert apart <= {MARK, "updates.atom", "fa/updates.atom"}  # these two tell what was before
    feed = ET.fromstring(other["updates.atom"])
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 2
    assert "city/ayla.html" in str(entries[0].findtext("{http://www.w3.org/2005/Atom}content"))


def test_files_of_others_are_refused(site, store, tmp_path):
    folder = Path(shutil.copytree(site, tmp_path / "pages"))
    (folder / "city" / "notes.txt").write_text("mine")
    before = contents(folder)
    done = write(folder, store, "--only", "lahore")
    assert done.returncode != 0
    assert "notes.txt" in done.stderr
    assert contents(folder) == before


def test_a_killed_build_is_taken_up_again(small, tmp_path):
    store, site = small
    folder = tmp_path / "pages"
    command = [CITYDIP, "site", str(folder), "--store", str(store), "--only", "ayla"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        for _ in range(600):
            if len(list(folder.rglob("*.html"))) > 20:
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
    whole = contents(site)
    assert len(contents(folder)) < len(whole), "it was done before it was killed"
    done = write(folder, store, "--only", "ayla")
    assert done.returncode == 0, done.stderr
    left = {path for path, content in contents(folder).items() if whole.get(path) != content}
    assert left <= {MARK, "updates.atom", "fa/updates.atom"}


def test_the_map_names_every_page_once(site):
    addresses = [
        each.text for each in ET.parse(site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert len(addresses) == len(set(addresses))
    assert set(addresses) == {ADDRESS + path for path in contents(site) if path.endswith(".html")}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--depth", "2"), "--depth goes with --only"),
        (("--only", "mashhadd"), "Did you mean"),
        (("--address", "javascript:alert(1)"), "is no address of the web"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_written(store, tmp_path, options, told):
    done = write(tmp_path / "pages", store, *options)
    assert done.returncode != 0
    assert told in done.stderr
    assert not (tmp_path / "pages").exists()


def test_each_page_has_a_file_of_its_own_and_links_go_there_and_back(shipped_store):
    for plan in (SitePlan(shipped_store), SitePlan(shipped_store, ("city/lahore", "city/qom"), 2)):
        pages = list(plan.pages())
        files = [plan.file(each) for each in pages]
        assert all(files)
        assert len({file.casefold() for file in files}) == len(files)  # disks that know no small letters
        data = {plan.file(PageWanted(p.lang, p.path, form, p.query)) for p in pages for form in MEDIA if form != "html"}
        assert not data & set(files)
        deep = Leads(plan, pages[-1])
        for each, file in zip(pages[::97], files[::97], strict=True):
            way = posixpath.join(posixpath.dirname(plan.file(pages[-1])), unquote(deep.address(each)))
            assert posixpath.normpath(way) == file


def test_an_id_that_no_disk_takes_as_a_name_has_a_file_all_the_same(tmp_path):
    names = ["x" * 300, "x" * 301, "ب" * 150, "mashhad"]
    cities = [City(id=f"city/{name}", labels=(Text(name, "en"),)) for name in sorted(names)]
    about = Source(id="source/one", kind="evidence-kind/press", labels=(Text("One", "en"),))
    writer.build(tmp_path / "store", [SourceRecords(about, cities)])
    with Store.open_folder(tmp_path / "store") as opened:
        plan = SitePlan(opened)
        files = [plan.file(PageWanted("en", ("city", name))) for name in names]
        assert len(set(files)) == len(names)
        assert all(len(part.encode()) <= 255 for file in files for part in file.split("/"))
        assert files[-1] == "city/mashhad.html"


def test_a_small_site_holds_what_is_round_its_cities(shipped_store):
    one, two = (SitePlan(shipped_store, ("city/lahore",), depth).records for depth in (1, 2))
    assert "city/lahore" in one
    assert {each for each in one if each.startswith("agreement/")} == {
        each for each in shipped_store.referring("city/lahore") if each.startswith("agreement/")
    }
    assert one < two < SitePlan(shipped_store).records
