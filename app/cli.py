"""The command line: citydip."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer

from . import __version__, words
from .errors import CityDiplomacyError, visible
from .options import LangOption
from .output import Lang, for_excel

MODULES = {
    **dict.fromkeys(("build", "load", "sheet"), "load"),
    **dict.fromkeys(("info", "sources", "validate"), "store"),
    "query": "query",
    **dict.fromkeys(("ask", "mcp"), "plain"),
    **dict.fromkeys(("questions", "show", "compare", "gaps"), "ask"),
    "recommend": "advice",
    **dict.fromkeys(("influence", "co-members"), "standing"),
    "diff": "diff",
    "export": "export",
    "draw": "draw",
    "report": "report",
    **dict.fromkeys(("serve", "site"), "serve"),
    "spark": "standing",
    **dict.fromkeys(("neo4j", "resolve"), ""),
}
"""In which module of `commands` each command is; those with commands below them are modules of their own name."""


def app(*names: str) -> typer.Typer:
    """The command line with some commands, or with all: only their modules are imported."""
    made = typer.Typer(
        name="citydip",
        help="A knowledge graph of city diplomacy, every claim with its source, and the tools to ask it.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(_options)
    for name in names or MODULES:
        module = import_module(f"{__package__}.commands.{MODULES[name] or name}")
        if MODULES[name]:
            made.command()(getattr(module, name.replace("-", "_")))
        else:
            made.add_typer(module.app)
    return made


def _named(arguments: Sequence[str]) -> tuple[str, ...]:
    """The command that the command line calls; none if that must be looked for among all."""
    first = next((number for number, word in enumerate(arguments) if word not in ("--lang", "-l", *words.LANGUAGES)), 0)
    return tuple(word for word in arguments[first : first + 1] if word in MODULES)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"citydip {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version.")
    ] = False,
    lang: LangOption = Lang.EN,
) -> None: ...


_Refused: type[Exception] = typer.BadParameter.__mro__[2]
"""What the reader of the command line refuses: ClickException, which stands in one package or another by version."""


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 it failed, 2 the call or its input is wrong, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words.choose(sys.argv[1:], os.environ)
    for_excel(False)
    try:
        try:
            _run()
        finally:
            sys.stdout.flush()
    except RecursionError:
        _fail("what is given is nested too deeply.", 2)
    except MemoryError:
        _fail("out of memory.", 1)
    except CityDiplomacyError as error:
        _fail(error, error.exit_code)
    except SystemExit as done:
        if done.code == 130:  # Typer makes this of Ctrl-C
            _fail("interrupted; what was there before is as it was.", 130)
        raise
    except BrokenPipeError:  # the reader of our output has had enough
        _give_up_stdout()
        sys.exit(0)
    except OSError as error:
        _give_up_stdout()
        _fail(visible(f"{error.filename or words.told('the output')}: {words.told(error.strerror or str(error))}."), 1)


def _run() -> None:
    """Read the command line and do what it says. Raises SystemExit with another code than 0."""
    command = typer.main.get_command(app(*_named(sys.argv[1:])))
    if words.language() == words.PERSIAN:
        from .words.help import in_persian

        in_persian(command)
    try:
        code = command.main(standalone_mode=False)
    except _Refused as error:
        text = io.StringIO()
        error.show(text)  # type: ignore[attr-defined]
        typer.echo(words.told(text.getvalue() + _way_out(error)), err=True, nl=False)
        code = error.exit_code  # type: ignore[attr-defined]
    if isinstance(code, int) and code:
        sys.exit(code)


def _way_out(error: Exception) -> str:
    """What helps to write a call of a command that was refused: its example; with too many names, what its help says of
    other commands."""
    context: Any = getattr(error, "ctx", None)
    if context is None or context.parent is None:
        return ""
    command, lines, shown = context.command, [], context.command_path
    if " extra argument" in str(error) and any(each.param_type_name == "argument" for each in command.params):
        lines, shown = ["A name of several words stands in quotes."], context.find_root().command_path
    lines += [each for each in (command.help or "").split("\n\n") if f": {shown} " in each]
    return "".join(f"{' '.join(line.split())}\n" for line in lines)


def _fail(error: CityDiplomacyError | str, code: int) -> NoReturn:
    """Tell what went wrong, in the chosen language, and end."""
    text = words.told(error) if isinstance(error, str) else error.told(words.told)
    typer.echo(f"citydip: {text}", err=True)
    sys.exit(code)


def _give_up_stdout() -> None:
    """Let what is left of the output go nowhere, so that the interpreter does not fail on it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
