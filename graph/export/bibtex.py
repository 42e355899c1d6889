"""The sources of a store as BibTeX, for LaTeX with biblatex, Zotero and their like; text stays Unicode."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from ..model.records import Source

_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # a brace alone, even as \{, would end the field
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        '"': r"\textquotedbl{}",
        **{sign: rf"\{sign}" for sign in "&%$#_"},
    }
)
_LANGUAGES = {"en": "english", "fa": "persian"}
"""Of babel, as far as we write them."""


def bibtex(sources: Iterable[Source], lang: str) -> str:
    """An entry a source, in the order of ids; titles in a language, as far as sources have one in it.

    Unknown authors, dates and licences are left out. `date` and `urldate` are EDTF, as biblatex reads it.
    """
    return "\n".join(_entry(source, lang) for source in sorted(sources, key=lambda source: source.id))


def escape(text: str) -> str:
    """A text as it stands in a field: in one line, every letter itself, none of it a command of LaTeX."""
    return " ".join(text.split()).translate(_ESCAPED)


def _entry(source: Source, lang: str) -> str:
    identifier = source.identifier or ""
    doi = identifier.removeprefix("https://doi.org/").removeprefix("doi:")
    fields = {
        "title": f"{{{escape(source.label(lang))}}}",
        "author": " and ".join(f"{{{escape(name)}}}" for name in source.creators),
        "date": source.date.edtf if source.date else "",
        "url": quote(source.address or "", safe="%/:?#[]@!$&'()*+,;=~-._"),
        "urldate": source.retrieved.edtf if source.retrieved else "",
        "doi": escape(doi) if doi.startswith("10.") else "",
        "langid": _LANGUAGES.get(source.languages[0], "") if len(source.languages) == 1 else "",
        "note": f"Licence: {escape(source.licence)}" if source.licence else "",
    }
    told = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{'online' if source.address else 'misc'}{{{_key(source.id)}{told}\n}}\n"


def _key(source_id: str) -> str:
    """The id of a source as a key, which is of letters, digits and a few signs."""
    return quote(source_id.removeprefix("source/"), safe="/.-_").replace("%", ":")
