"""The command that writes a dossier: a document to hand over, in the form that its file's suffix names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from citydiplomacy.graph.language.plurals import counted

from ..errors import UsageError
from ..opening import open_store
from ..options import DEFAULT_STORE, AtOption, LangOption, StorePath
from ..output import Lang, say


def report(
    city: Annotated[str, typer.Argument(help="The city.", show_default=False)],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="File: .html, .pdf, .docx, .xlsx, .md or .json.", show_default=False)
    ],
    against: Annotated[str, typer.Option(help="Another city, to tell it against.", show_default=False)] = "",
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    lang: LangOption = Lang.EN,
    author: Annotated[str, typer.Option(help="Who hands it over.")] = "citydiplomacy",
) -> None:
    """Write the dossier of a city, alone or against another: what is told, by whom, and what is not known.

    Example: citydip report Mashhad --against Tehran --lang fa -o mashhad.html
    """
    from citydiplomacy.graph.language.dates import from_edtf
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.graph.whole_files import write
    from citydiplomacy.visuals.document.dossier import dossier
    from citydiplomacy.visuals.writers import formats

    as_file = formats.of(out)
    with open_store(store, at, lang) as opened:
        names = [name for name in (city, against) if name]
        cities = [lookup.find(opened, name, "City") for name in names]
        today = from_edtf(dt.datetime.now(tz=dt.UTC).date().isoformat())
        if out.is_dir():
            raise UsageError(f"{out} is a folder.", hint="Name the file to write.")
        document = dossier(opened, cities, lang.value, date=today, author=author)
        write(out, as_file(document))
    entries = counted(len(document.entries), "entry of evidence", "entries of evidence")
    say(f"{out}: {entries}, {counted(len(document.references), 'source')}.")
