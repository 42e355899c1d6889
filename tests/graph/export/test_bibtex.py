"""The bibliography of a store, read back by a parser of BibTeX."""

from __future__ import annotations

import re
from pathlib import Path

import bibtexparser
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.graph.export.bibtex import bibtex, escape
from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store.reader import Store

COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textquotedbl{}": '"',
    **{f"\\{sign}": sign for sign in "&%$#_"},
}


def said(text: str) -> str:
    """What LaTeX would write for the text of a field."""
    return re.sub(r"\\[a-z]+\{\}|\\[&%$#_]", lambda command: COMMANDS[command[0]], text)


def read(text: str) -> dict[str, dict[str, str]]:
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}


def test_all_sources_are_entries(shipped: Path) -> None:
    with Store.open_folder(shipped) as store:
        sources = list(store.records(Source))
    for lang in ("en", "fa"):
        found = read(bibtex(sources, lang))
        assert len(found) == len(sources) > 400
        for source in sources:
            entry = found[source.id.removeprefix("source/")]
            assert said(entry["title"].strip("{}") if "{" in entry["title"][:1] else entry["title"]) == source.label(
                lang
            )
            assert entry.get("date") == (source.date.edtf if source.date else None)
            assert ("url" in entry) == bool(source.address)
            assert ("note" in entry) == bool(source.licence)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_title_comes_back(text: str) -> None:
    title = " ".join(text.split())
    source = Source(id="source/x", labels=(Text(title or "x", "en"),), kind="evidence-kind/press")
    (entry,) = read(bibtex([source], "en")).values()
    assert entry["title"] == f"{{{escape(title or 'x')}}}"
    assert said(entry["title"][1:-1]) == (title or "x")
