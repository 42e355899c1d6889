"""The command that writes a dossier: a document to hand over, in the form that its file's suffix names."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from citydiplomacy.graph.language.plurals import counted

from ..opening import open_store
from ..options import DEFAULT_STORE, AtLeastOption, AtOption, StorePath, WithoutOption
from ..output import Lang, say


class Languages(StrEnum):
    """In which language a dossier is written."""

    EN = "en"
    FA = "fa"
    BOTH = "both"


def report(
    city: Annotated[str, typer.Argument(help="The city.", show_default=False)],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="File: .html, .pdf, .docx, .xlsx, .md or .json.", show_default=False)
    ],
    against: Annotated[
        list[str] | None, typer.Option(help="Another city, to tell it beside; up to four.", show_default=False)
    ] = None,
    without: WithoutOption = None,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    at_least: AtLeastOption = "",
    lang: Annotated[
        Languages, typer.Option("--lang", "-l", envvar="CITYDIPLOMACY_LANG", help="Language, or both: a file for each.")
    ] = Languages.EN,
    author: Annotated[str, typer.Option(help="Who hands it over.")] = "citydiplomacy",
) -> None:
    """Write the dossier of a city, alone or beside others: what is told, by whom, and what is not known.

    Example: citydip report Mashhad --against Tehran --lang fa -o mashhad.html
    """
    from citydiplomacy.graph import whole_files
    from citydiplomacy.graph.language.dates import from_edtf
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.visuals.document.dossier import dossier
    from citydiplomacy.visuals.writers import formats

    as_file = formats.of(out)
    languages = [Lang.EN, Lang.FA] if lang is Languages.BOTH else [Lang(lang.value)]
    paths = [_named(out, each) for each in languages] if len(languages) > 1 else [out]
    for path in paths:
        whole_files.check(path)
    with open_store(store, at, languages[0], at_least) as opened:
        cities = [lookup.find(opened, name, "City", lang=languages[0]) for name in (city, *(against or ()))]
        ruled_out = {lookup.find(opened, name, "Organization", "City", lang=languages[0]) for name in without or ()}
        today = from_edtf(dt.datetime.now(tz=dt.UTC).date().isoformat())
        made = [dossier(opened, cities, each.value, date=today, author=author, without=ruled_out) for each in languages]
        files = [as_file(document) for document in made]
    for path, content, document in zip(paths, files, made, strict=True):
        whole_files.write(path, content)
        entries = counted(len(document.entries), "entry of evidence", "entries of evidence")
        say(f"{path}: {entries}, {counted(len(document.references), 'source')}.")


def _named(out: Path, lang: Lang) -> Path:
    """The file of a language, beside that of the other: mashhad.fa.pdf."""
    return out.with_suffix(f".{lang.value}{out.suffix}")
