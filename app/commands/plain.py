"""Commands that are asked in plain words: by people, and by assistants that are programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.limited import SECONDS

from ..errors import MissingExtraError, UsageError
from ..naming import IdNames
from ..opening import open_store
from ..options import (
    DEFAULT_STORE,
    AtLeastOption,
    AtOption,
    ExcelOption,
    FormatOption,
    IdsOption,
    LangOption,
    SecondsOption,
    StorePath,
    number_option,
)
from ..output import DATA_FORMATS, Format, Lang, say

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.understanding.understand import Understanding

SUGGESTED = 5
"""Names that are suggested where nothing was understood."""


def ask(
    text: Annotated[list[str], typer.Argument(help="The question, in plain words of English or Persian.")],
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    at_least: AtLeastOption = "",
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    ids: IdsOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Answer plain words by a saved question or report. It says what was understood, and which words were not.

    Example: citydip ask "sister cities of Mashhad in Pakistan"
    """
    from citydiplomacy.queries.understanding.telling import told
    from citydiplomacy.queries.understanding.understand import understand
    from citydiplomacy.queries.understanding.vocabulary import question_of

    asked = " ".join(text)
    with open_store(store, "", lang) as opened:
        meant = understand(opened, asked)
        for sentence in told(opened, meant, lang.value):
            say(sentence)
        if not meant.answerable:
            raise UsageError(f"no answer to {asked!r}.", hint=_suggestions(opened, meant, lang))
        _tell_forms(meant)
        if meant.at:
            if at:
                raise UsageError("two dates: one in the question, one by --at.", hint="Leave one out.")
            at = meant.at.edtf
        if question_of(meant.asked) and not at and not at_least:
            _print(opened, meant, form, lang, ids=ids)
            return
    _answer(meant, store, at, at_least, form, lang, ids=ids)


def _tell_forms(meant: Understanding) -> None:
    """Say which command makes what the answer is wished as."""
    for form in meant.forms:
        if form == "dossier":
            made = f"report {' --against '.join(meant.cities)} -o dossier.html"
        else:
            made = f"draw {form} {form}.svg {' '.join(meant.cities)}"
        say(f"To have it as a file: citydip {made}")


def _answer(meant: Understanding, store: Path, at: str, at_least: str, form: Format, lang: Lang, *, ids: bool) -> None:
    """Ask what was understood, as the command of its own would."""
    from . import ask as reports

    values = {name: value for name, value in meant.values.items() if isinstance(value, str)}
    match meant.asked:
        case "show":
            if at_least:
                raise UsageError("--at-least goes with questions of ties, not with one record.")
            reports.show(values["record"], store, at, form, lang=lang)
        case "compare":
            more = list(meant.values.get("more", ()))
            reports.compare(values["city"], values["other"], more, store, at, at_least, form, ids=ids, lang=lang)
        case "gaps":
            reports.gaps(values["city"], store, at, at_least, form, ids=ids, lang=lang)
        case "recommend":
            from .advice import recommend

            recommend(values["city"], store=store, at=at, at_least=at_least, form=form, ids=ids, lang=lang)
        case "co-members":
            from .standing import co_members

            co_members(values.get("city", ""), store=store, at=at, at_least=at_least, form=form, ids=ids, lang=lang)
        case "influence":
            from .standing import influence

            measure = [values["measure"]] if "measure" in values else None
            names = list(meant.values.get("cities", ()))
            influence(names, measure, store=store, at=at, at_least=at_least, form=form, ids=ids, lang=lang)
        case _:
            with open_store(store, at, lang, at_least) as opened:
                _print(opened, meant, form, lang, ids=ids)


def _print(store: Store, meant: Understanding, form: Format, lang: Lang, *, ids: bool) -> None:
    """Print the answer of a saved question, with what is not known of it."""
    from ..answers.saved import print_answer
    from ..face.asking import narrowed_table

    table, notes = narrowed_table(store, meant, lang)
    if form not in DATA_FORMATS:
        one = len(table) == 1 and len(table.names) == 1 and isinstance(table.rows[0][0], int)  # a question for a number
        if one:
            say(f"{table.title}: {table.rows[0][0]:,}")
        elif table.rows:
            say(f"{table.title}: {counted(len(table), 'row')}")
    print_answer(table, store, form, lang, ids=ids)
    for note in notes:
        say(note)


def _suggestions(store: Store, meant: Understanding, lang: Lang) -> str:
    """What is named in the text, else what has such a name."""
    from citydiplomacy.queries.understanding.search import search

    near = [f"{IdNames(store, lang).of(each)} ({each})" for each in meant.named]
    near = near or [f"{hit.name} ({hit.id})" for hit in search(store, meant.text, lang.value, SUGGESTED)]
    if near:
        return f"Did you mean: {', '.join(near)}?"
    return "See 'citydip questions' for what can be asked."


def mcp(
    store: StorePath = DEFAULT_STORE,
    seconds: SecondsOption = SECONDS,
    limit: Annotated[int, number_option("Rows of a table that are told at most, whatever is asked.", "--limit")] = 1000,
    _: LangOption = Lang.EN,
) -> None:
    """Serve the graph to assistants by the Model Context Protocol, on standard input and output. It only reads.

    Example: citydip mcp --store citydiplomacy-store
    """
    from citydiplomacy.graph.store.reader import Store

    from ..assistant.asking import Graph

    try:
        from ..assistant.server import serve
    except ImportError:
        raise MissingExtraError("mcp", "mcp", "The Model Context Protocol") from None
    with Store.open_folder(store):  # or say at once that there is none
        pass
    serve(Graph(store, seconds, limit))
