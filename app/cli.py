"""The command line: citydip."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from . import __version__, ask_commands, export_commands, store_commands
from .errors import CityDiplomacyError

app = typer.Typer(
    name="citydip",
    help="A knowledge graph of city diplomacy, every claim with its source, and the tools to ask it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    store_commands.build,
    store_commands.load,
    store_commands.info,
    store_commands.sources,
    store_commands.validate,
    ask_commands.query,
    ask_commands.questions,
    ask_commands.show,
    ask_commands.compare,
    ask_commands.gaps,
    ask_commands.influence,
    export_commands.export,
    export_commands.draw,
):
    app.command()(command)


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
        app()
    except CityDiplomacyError as error:
        typer.echo(f"citydip: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("citydip: interrupted; what was there before is as it was.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has had enough
        sys.exit(0)
