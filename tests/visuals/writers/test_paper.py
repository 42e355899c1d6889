"""The dossier on paper: by the rules of PDF/UA-1, and found by those who search in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.visuals.document.blocks import Document, Heading, Note, Paragraph, Points, Sheet
from citydiplomacy.visuals.document.dossier import dossier

from .conftest import CITIES, DAY, written

VERAPDF = Path(sys.prefix) / "verapdf" / "lib"
"""Where verapdf/tools.sh puts its jars."""
RULES = 106
"""Of PDF/UA-1, in veraPDF 1.28."""


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def papers(store: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Document, Path]]:
    """The dossier in each language, and its PDF."""
    made = {}
    for lang in ("en", "fa"):
        document = dossier(store, CITIES, lang, date=DAY)
        path = tmp_path_factory.mktemp("paper") / f"{lang}.pdf"
        path.write_bytes(written(document, ".pdf"))
        made[lang] = (document, path)
    return made


def test_both_languages_keep_every_rule_of_pdf_ua(papers: dict[str, tuple[Document, Path]]) -> None:
    java = shutil.which("java")
    if not java or not VERAPDF.is_dir():
        _missing("no veraPDF (make test fetches it)")
    assert java is not None
    paths = [str(path) for _, path in papers.values()]
    main = ["-cp", f"{VERAPDF}/*", "org.verapdf.apps.GreenfieldCliWrapper", "-f", "ua1"]
    told = subprocess.run([java, *main, *paths], capture_output=True, text=True, check=True).stdout
    found = [details.attrib for details in ElementTree.fromstring(told).iter("details")]
    assert [(int(each["passedRules"]), int(each["failedRules"])) for each in found] == [(RULES, 0)] * 2


def by_pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as paper:
        return " ".join(page.get_textpage().get_text_bounded() for page in paper)


def by_poppler(path: Path) -> str:
    if not shutil.which("pdftotext"):
        _missing("no pdftotext (make test installs poppler-utils)")
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
@pytest.mark.parametrize("lang", ["en", "fa"])
def test_nearly_every_word_is_found_and_every_city(
    papers: dict[str, tuple[Document, Path]], lang: str, read: Callable[[Path], str]
) -> None:
    """Words as a person searches them, in their letters' order: those with لا and هٔ too."""
    document, path = papers[lang]
    text = read(path)
    found, sought = set(_words(text)), [word for said in _said(document) for word in _words(said)]
    assert len(sought) > 2000
    lost = [word for word in sought if word not in found]
    assert len(lost) <= 0.02 * len(sought), sorted(set(lost))
    whole = " ".join(_words(text))
    cities = [
        str(row[0])
        for block in document.blocks
        if isinstance(block, Sheet) and block.key.startswith("sisters")
        for row in block.table.rows
    ]
    assert len(cities) > 20
    assert [city for city in cities if not all(word in whole for word in _words(city))] == []


def _said(document: Document) -> list[str]:
    """All that stands in the parts of the document, but the appendix, which is cut."""
    said, say = [], Speech(document.lang)
    for block in document.blocks:
        match block:
            case Heading() | Paragraph() | Note():
                said.append(str(block.text))
            case Points():
                said += map(str, block.items)
            case Sheet():
                said += [block.title, *map(str, block.table.titles), block.note]
                said += [say.shown(value) for row in block.table.rows for value in row if isinstance(value, str)]
    return said


def _words(text: str) -> list[str]:
    """Words of letters alone, in one form, the half-space and marks of direction left out."""
    folded = unicodedata.normalize("NFKC", text)
    plain = "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")
    return re.findall(r"[^\W\d_]{2,}", "".join(one for one in plain if unicodedata.category(one) != "Mn"))


def test_a_number_does_not_run_into_that_of_its_evidence(papers: dict[str, tuple[Document, Path]]) -> None:
    """The mark of an entry stands in brackets: 13 with evidence 2 is not read as 132."""
    document, path = papers["en"]
    first = next(block for block in document.blocks if isinstance(block, Points)).items[0]
    with pypdfium2.PdfDocument(path) as paper:
        page = re.sub(r"\s+", "", paper[0].get_textpage().get_text_bounded())
    for mark in first.marks:
        entries = document.numbers(mark)
        if entries:
            assert f"{mark.text}[{','.join(map(str, entries))}]" in page


def test_the_paper_knows_its_title_author_and_language(papers: dict[str, tuple[Document, Path]]) -> None:
    import pikepdf

    for lang, (document, path) in papers.items():
        with pikepdf.open(path) as paper:
            assert str(paper.docinfo["/Title"]) == document.title
            assert str(paper.docinfo["/Author"]) == document.author
            assert str(paper.docinfo["/CreationDate"]).startswith("D:20261127")
            assert str(paper.Root.Lang) == lang
            assert Speech(document.lang).number(document.revision) in str(paper.docinfo["/Subject"])
