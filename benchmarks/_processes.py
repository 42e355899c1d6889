"""What the benchmarks of building share: the 2016 files, and runs in processes of their own."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from _common import WORLD, timed

HERE = Path(__file__).parent
CITYDIP = str(Path(sys.executable).with_name("citydip"))
FILES = ("wikidata-2016-names.tsv", "wikidata-2016-twinned.tsv")


class Run(NamedTuple):
    """What a call in a process of its own took, and what it returned beside."""

    seconds: float
    processor: float
    """Seconds of all processors, imports included: what else the machine does weighs less on it."""
    megabytes: float
    """Peak of the memory that the process held."""
    result: Any


def world_folder(description: str | None) -> Path:
    """The folder of the world data by the command line; exits with 2 and a message if it lacks the files of 2016."""
    folder: Path = with_world_folder(argparse.ArgumentParser(description=description)).folder
    return folder


def with_world_folder(parser: argparse.ArgumentParser) -> Any:
    """What the command line says, the folder of the world data beside what a parser knows already; exits likewise."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", nargs="?", type=Path, default=WORLD, help="default: ../shared/world")
    given = parser.parse_args()
    missing = [name for name in FILES if not (given.folder / name).is_file()]
    if missing:
        parser.error(f"{given.folder} lacks {' and '.join(missing)}: give the folder of the world data as an argument")
    given.folder = given.folder.resolve()
    return given


def mapping_for(folder: Path, place: Path, name: str = "wikidata-2016/source.toml") -> Path:
    """A mapping of this folder (its path here) for the world data of a folder, written into another."""
    text = (HERE / name).read_text(encoding="utf-8")
    path = place / name.replace("/", "-")
    path.write_text(text.replace("../../../shared/world", str(folder)), encoding="utf-8")
    return path


def alone(work: Callable[..., tuple[float, Any]], *arguments: object) -> Run:
    """Call a function, which returns its seconds and a result, in a fresh process.

    The caller must be slim: a process inherits the peak of the one that starts it.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measured, work, *arguments).result()


def _measured(work: Callable[..., tuple[float, Any]], *arguments: object) -> Run:
    start = time.process_time()
    seconds, result = work(*arguments)
    processor = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Run(seconds, processor, peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), result)


def by_turns(works: Mapping[str, Callable[[int], Run]], turns: int) -> dict[str, Run]:
    """Do each work at each turn, whose number it is given. Returns the median of each figure, and the first result."""
    runs: dict[str, list[Run]] = {name: [] for name in works}
    for turn in range(turns):
        for name, work in works.items():
            runs[name].append(work(turn))
    return {name: _medians(several) for name, several in runs.items()}


def in_folder_of_its_own(
    place: Path, name: str, work: Callable[..., tuple[float, Any]], given: object
) -> Callable[[int], Run]:
    """A work for `by_turns` that is given something and, at each turn, a new folder."""

    def at(turn: int) -> Run:
        target = place / f"{name} {turn}"
        target.mkdir()
        return alone(work, given, target)

    return at


def _medians(runs: list[Run]) -> Run:
    seconds, processor, megabytes = (median(figures) for figures in list(zip(*runs, strict=True))[:3])
    return Run(seconds, processor, megabytes, runs[0].result)


def compiled_in(folder: str) -> dict[str, str]:
    """The environment of commands whose modules are compiled in a folder, as those of an installed package are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": folder}


def of_command(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds by the clock and by the processor that a command takes, from start to exit."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock, _ = timed(partial(subprocess.run, command, env=environment, check=True, capture_output=True))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
