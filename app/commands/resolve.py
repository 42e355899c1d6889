"""Commands on what is the same: `citydip resolve`, and `same`, `different`, `unsure`, `apply`, `undo`, `decisions`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citydiplomacy.graph.language.plurals import counted

from ..options import DEFAULT_STORE, FormatOption, LangOption, StorePath, WhoOption, number_option
from ..output import DATA_FORMATS, Format, Lang, print_table, rows, say

if TYPE_CHECKING:
    from citydiplomacy.loaders.resolution.decisions import Decision
    from citydiplomacy.loaders.resolution.judging import Judge

app = typer.Typer(
    name="resolve",
    invoke_without_command=True,
    rich_markup_mode=None,
)

One = Annotated[str, typer.Argument(help="An id, as the list has it, or a name.", show_default=False)]
Other = Annotated[str, typer.Argument(help="The other id or name; its id stands for both.", show_default=False)]
Why = Annotated[str, typer.Option("--reason", help="Why, in a few words.")]


@app.callback()
def resolve(
    context: typer.Context,
    store: StorePath = DEFAULT_STORE,
    limit: Annotated[int, number_option("How many pairs; 0 for all.", "--limit", least=0)] = 20,
    form: FormatOption = Format.TABLE,
    lang: LangOption = Lang.EN,
) -> None:
    """Which city is it? Without a command: list the pairs that may be one, the likeliest first, and what parts them.

    Pairs that share a city stand together, under one number of their group.

    Example: citydip resolve --limit 0 --format csv
    """
    if context.invoked_subcommand:
        return
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.loaders.resolution.judging import waiting

    from ..answers.waiting import in_groups, table_of

    with Store.open_folder(store) as opened:
        pairs = in_groups(waiting(opened))
        shown = pairs[:limit] if limit else pairs
        table = table_of(opened, shown, lang.value)
    if table.rows or form is not Format.TABLE:
        rows(table.names, table.titles, table.rows, form, lang)  # with the ids: whoever decides names them
    wait = counted(len(pairs), "pair waits", "pairs wait")
    say(f"{wait}; {len(shown):,} shown (--limit)." if len(shown) < len(pairs) else f"{wait}.")
    if shown:
        say("To decide: citydip resolve same ONE OTHER, or different, or unsure; undo takes it back.")


VERDICTS = {
    "same": """Decide that two ids mean one city; what is told under the first is told under the other from now on.

    Example: citydip resolve same city/etmun-a1542 city/prague
    """,
    "different": """Decide that two ids mean two cities; they are told apart from now on.

    Example: citydip resolve different city/etmun-a1825 city/genoa --reason "The province"
    """,
    "unsure": """Say that it was looked at and is still open; the pair comes last in the list.

    Example: citydip resolve unsure city/etmun-a1825 city/genoa
    """,
}
"""What can be decided on a pair, each a command, and its help."""


def _deciding(verdict: str) -> Callable[..., None]:
    """The command that decides so."""

    def decide(
        one: One,
        other: Other,
        reason: Why = "",
        who: WhoOption = "",
        store: StorePath = DEFAULT_STORE,
        lang: LangOption = Lang.EN,
    ) -> None:
        _decide(store, who, lang, lambda judge: judge.decide(one, other, verdict, reason))

    return decide


for _verdict, _help in VERDICTS.items():
    app.command(_verdict, help=_help)(_deciding(_verdict))


@app.command()
def apply(
    file: Annotated[
        Path,
        typer.Argument(
            help="A sheet (.csv, .tsv, .xlsx, .ods) with the columns one, other, verdict; and reason, who, date."
        ),
    ],
    who: WhoOption = "",
    store: StorePath = DEFAULT_STORE,
    lang: LangOption = Lang.EN,
) -> None:
    """Take the decisions of a file, all or, if a line is wrong, none.

    Example: citydip resolve apply decisions.csv --who Sara
    """
    _decide(store, who, lang, lambda judge: judge.apply(file))


@app.command()
def undo(one: One, other: One, store: StorePath = DEFAULT_STORE, lang: LangOption = Lang.EN) -> None:
    """Take back what was decided on a pair; everything is told as before.

    Example: citydip resolve undo city/etmun-a1542 city/prague
    """
    _decide(store, "", lang, lambda judge: judge.undo(one, other))


@app.command()
def decisions(store: StorePath = DEFAULT_STORE, form: FormatOption = Format.TABLE, lang: LangOption = Lang.EN) -> None:
    """List what persons decided; as CSV it is a file for `citydip resolve apply`.

    Example: citydip resolve decisions --format csv
    """
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.loaders.resolution.decisions import decisions as decided
    from citydiplomacy.ontology.schemes import schemes
    from citydiplomacy.queries.wording.tables import Table, TableColumn

    verdicts = schemes()["match-verdict"]

    def verdict(decision: Decision) -> str:
        concept = decision.match.verdict
        return concept.partition("/")[2] if form in DATA_FORMATS else verdicts[concept].label(lang.value)

    columns: tuple[TableColumn[Decision], ...] = (
        TableColumn("one", "One", "یکی", lambda decision: decision.match.one),
        TableColumn("other", "Other", "دیگری", lambda decision: decision.match.other),
        TableColumn("verdict", "Verdict", "رأی", verdict),
        TableColumn(
            "reason", "Reason", "دلیل", lambda decision: " ".join(text.value for text in decision.match.reason)
        ),
        TableColumn("who", "Who", "چه کسی", lambda decision: decision.who),
        TableColumn("date", "Date", "تاریخ", lambda decision: decision.match.date),
    )
    with Store.open_folder(store) as opened:
        table = Table.of(lang.value, columns, decided(opened))
    print_table(table, form, lang)


def _decide(folder: Path, who: str, lang: Lang, act: Callable[[Judge], object]) -> None:
    """Let a person act, and say what follows."""
    from ..answers.decided import decide

    done = decide(folder, who, act, lang, say)
    if done.changed:
        say(f"{folder}: revision {done.revision}, {counted(done.decisions, 'decision')}.")
    else:
        say(f"Nothing changed: {folder} held this already (revision {done.revision}).")
