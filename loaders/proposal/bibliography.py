"""The mapping of a bibliography, of BibTeX or of Zotero: every entry becomes a source, so that claims can name it."""

from __future__ import annotations

from citydiplomacy.graph.language.text import fold

from ..layout.cell_kinds import cells_of
from .life import begin, by_ours
from .lists import ListPart
from .writing import Doubt, MappingText, quoted, table

_COLUMNS = {
    "key": ("key", "citekey", "citationkey", "citation-key", "bibtexkey", "id"),
    "type": ("itemtype", "entrytype", "type", "publicationtype", "documenttype"),
    "title": ("title", "titel", "titre", "عنوان"),
    "author": ("author", "authors", "editor", "creator", "autor", "auteur", "نویسنده"),
    "date": ("date", "year", "publicationyear", "issued"),
    "url": ("url", "link", "address"),
    "doi": ("doi",),
    "language": ("language", "langid"),
}
_KINDS = {
    "press": (
        "newspaperarticle",
        "magazinearticle",
        "newspaper",
        "press",
        "articlenewspaper",
        "articlemagazine",
        "news",
        "mgzn",
    ),
    "web-page": ("webpage", "online", "electronic", "www", "elec"),
    "blog": ("blogpost", "forumpost", "postweblog", "blog"),
    "official": ("statute", "bill", "case", "hearing", "standard", "legislation"),
    "dataset": ("dataset",),
    "encyclopedia": ("encyclopediaarticle", "dictionaryentry", "inreference"),
    "scholarly": (
        *(
            "article",
            "journalarticle",
            "book",
            "incollection",
            "inbook",
            "booksection",
            "inproceedings",
            "conferencepaper",
            "articlejournal",
            "chapter",
            "paperconference",
            "jour",
            "chap",
            "conf",
            "thes",
        ),
        *("proceedings", "phdthesis", "mastersthesis", "thesis", "collection", "preprint", "conference", "mvbook"),
    ),
}
"""Kinds of evidence by the types of BibTeX and Zotero; all others are literature."""


def columns(part: ListPart) -> dict[str, str]:
    """The columns of a bibliography by what they are; empty if a list is none: it has titles, and authors or types."""
    found = {
        what: name
        for what, names in _COLUMNS.items()
        for wanted in reversed(names)
        for name in part.header
        if fold(name) == wanted
    }
    typed = "type" in found and any(
        fold(cell) in words for words in _KINDS.values() for cell in _cells(part, found["type"])
    )
    whole = {"title", "author"} <= found.keys() and (typed or {"doi", "key"} & found.keys())
    return found if whole else {}


def _cells(part: ListPart, name: str) -> list[str]:
    return cells_of(part.rows, part.header.index(name))


def tables(part: ListPart, source: str, text: MappingText) -> bool:
    """Write the table of sources. Returns whether it is a bibliography."""
    found = columns(part)
    if not found:
        return False
    begin(part, "sources", text)
    named = "key" if "key" in found else "title"
    text.add("columns.id", table({"column": found[named], "slug": True, "prefix": f"{source}-"}))
    text.add("columns.label_und", quoted(found["title"]), Doubt.LANGUAGE)
    if "type" in found:
        kinds = {word: kind for kind, words in _KINDS.items() for word in words}
        ours = by_ours(sorted(set(_cells(part, found["type"]))), lambda word: kinds.get(fold(word), "literature"))
        text.add("columns.kind", table({"column": found["type"], "map": ours, "default": "literature"}), Doubt.WORDS)
    else:
        text.add("constants.kind", quoted("literature"), Doubt.KIND_OF_SOURCE)
    sign = " and " if any(" and " in cell for cell in _cells(part, found["author"])) else "; "
    text.add("columns.creators", table({"column": found["author"], "split": sign}))
    for what, ours_name in (("date", "date"), ("url", "address"), ("doi", "identifier")):
        if what in found:
            text.add(f"columns.{ours_name}", quoted(found[what]))
    return True
