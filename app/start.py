"""Where `citydip` starts. Nothing else is imported before: Ctrl-C and closed streams are met from the first moment."""

from __future__ import annotations

import gc
import os
import signal
import sys
from types import FrameType

OBJECTS = 20_000
"""Of so many new ones the collector looks for garbage: what a start makes is not looked through at each step."""

_interrupted = False


def main() -> None:
    """Run the command line, with its exit codes."""
    gc.set_threshold(OBJECTS)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # of what is seldom dense: to start threads takes 60 ms
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # in the background a shell has it ignored
        signal.signal(signal.SIGINT, _interrupt)
    try:
        _open_streams()
        from .cli import main as run

        run()
    except BaseException as error:
        # Whatever comes of it: an import that is interrupted ends in an error of its own, in some libraries.
        if _interrupted and not (isinstance(error, SystemExit) and error.code == 130):
            os.write(2, b"citydip: interrupted; what was there before is as it was.\n")
            sys.exit(130)
        raise
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done, but for the end of the interpreter


def _interrupt(number: int, frame: FrameType | None) -> None:
    global _interrupted  # noqa: PLW0603 - a signal has nowhere else to put it
    _interrupted = True
    signal.default_int_handler(number, frame)


def _open_streams() -> None:
    """Stand something in for a standard stream that is closed, or the next file that is opened takes its number, and
    what is printed goes there. Reading and writing fail; talk goes nowhere.
    """
    for number, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


if __name__ == "__main__":
    main()
