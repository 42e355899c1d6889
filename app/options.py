"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import Format, Lang

StorePath = Annotated[
    Path,
    typer.Option(
        "--store", "-s", envvar="CITYDIPLOMACY_STORE", help="Folder of the store.", show_default="citydiplomacy-store"
    ),
]
DEFAULT_STORE = Path("citydiplomacy-store")

AtOption = Annotated[
    str,
    typer.Option(
        "--at",
        help="As it was at a date or within a stretch of time: 2010, 2010-05, '1392 SH'.",
        show_default="now",
    ),
]

FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print rows.")]
LangOption = Annotated[Lang, typer.Option("--lang", "-l", help="Language of labels, headlines, digits and dates.")]
