"""The command line: citydip."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from . import __version__
from .commands import advice, ask, diff, draw, export, load, neo4j, query, resolve, spark, standing, store
from .errors import CityDiplomacyError, visible

app = typer.Typer(
    name="citydip",
    help="A knowledge graph of city diplomacy, every claim with its source, and the tools to ask it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    load.build,
    load.load,
    store.info,
    store.sources,
    store.validate,
    query.query,
    ask.questions,
    ask.show,
    ask.compare,
    ask.gaps,
    advice.recommend,
    standing.influence,
    standing.co_members,
    diff.diff,
    export.export,
    draw.draw,
    spark.spark,
):
    app.command()(command)


app.add_typer(neo4j.app)
app.add_typer(resolve.app)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"citydip {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version.")
    ] = False,
) -> None: ...


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 it failed, 2 the call or its input is wrong, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except RecursionError:
        typer.echo("citydip: what is given is nested too deeply.", err=True)
        sys.exit(2)
    except MemoryError:
        typer.echo("citydip: out of memory.", err=True)
        sys.exit(1)
    except CityDiplomacyError as error:
        typer.echo(f"citydip: {error}", err=True)
        sys.exit(error.exit_code)
    except SystemExit as done:
        if done.code == 130:  # Typer makes this of Ctrl-C
            typer.echo("citydip: interrupted; what was there before is as it was.", err=True)
        raise
    except BrokenPipeError:  # the reader of our output has had enough
        _give_up_stdout()
        sys.exit(0)
    except OSError as error:
        _give_up_stdout()
        typer.echo(visible(f"citydip: {error.filename or 'the output'}: {error.strerror or error}."), err=True)
        sys.exit(1)


def _give_up_stdout() -> None:
    """Let what is left of the output go nowhere, so that the interpreter does not fail on it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
