"""Writing a file or a folder: whole or not at all. It is made beside its place, and moved there when it is whole.

What is made beside carries a lock: what a killed process left there has none, and the next writer removes it.
"""

from __future__ import annotations

import contextlib
import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from citydiplomacy.errors import CityDiplomacyError, UsageError

MARK = ".citydip-export"
"""The file in a folder of ours that lists what we wrote there, a line a file, its path and its SHA-256: a folder is
replaced only if it holds nothing else."""

_SUFFIX = ".citydip-part"


def write(path: str | Path, content: bytes | str, *, durable: bool = False) -> Path:
    """Write a file as `writing` does, with all its content at once; text as UTF-8."""
    with writing(path, durable=durable) as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return Path(path)


@contextmanager
def writing(path: str | Path, *, durable: bool = False) -> Iterator[IO[bytes]]:
    """A temporary file beside `path`, which is moved there at the end, so that nobody meets half a file.

    If the block fails, the temporary file goes, and what was at `path` stays. Folders on the way are made. What is no
    plain file (`/dev/stdout`, a named pipe, a link) is written through, never replaced. durable: it is on the disk when
    this ends, whatever happens to the machine. Raises CityDiplomacyError if the place cannot be written.
    """
    path = Path(path)
    with _told(path):
        if path.is_symlink() or (path.exists() and not path.is_file()):
            with path.open("wb") as file:
                yield file
            return
        with _beside(path, is_folder=False) as part:
            with part.open("wb") as file:
                yield file
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
            part.chmod(0o666 & ~_umask())
            part.replace(path)
            if durable:
                _on_disk(path.parent)


@contextmanager
def folder(path: str | Path) -> Iterator[Path]:
    """An empty folder beside `path` to be filled, which takes its place at the end, whole.

    `path` may be missing, empty, or made here before: then what was written is gone. Any other folder is refused with
    UsageError before anything is written, for the files of others are not ours to remove. If the block fails, what was
    at `path` stays. Raises CityDiplomacyError if the place cannot be written.
    """
    place = Path(path).resolve()
    with _told(Path(path)):
        _refuse_files_of_others(place)
        with _beside(place, is_folder=True) as part:
            yield part
            written = "".join(f"{name}\t{_digest(part / name)}\n" for name in _files(part))
            (part / MARK).write_text(written, encoding="utf-8")
            part.chmod(0o777 & ~_umask())
            _refuse_files_of_others(place)
            if place.exists() and any(place.iterdir()):
                with _beside(place, is_folder=True) as old:  # two steps: killed between them, there is no folder
                    place.replace(old)
                    part.replace(place)
            else:
                part.replace(place)


def _refuse_files_of_others(place: Path) -> None:
    if not place.exists():
        return
    if not place.is_dir():
        raise UsageError(f"{place}: not a folder.", hint="Name a folder that is empty or not there yet.")
    there = _files(place)
    ours = _written(place)
    if others := [name for name in there if name != MARK and name not in ours]:
        raise UsageError(
            f"{place}: holds what no export wrote there ({others[0]!r}); an export replaces its folder whole.",
            hint="Name a folder that is empty, not there yet, or made by an export.",
        )


def as_written(place: Path) -> bool:
    """Whether a folder is one of ours, with all that we wrote there and nothing else, each byte as it was."""
    ours = _written(place)
    return bool(ours) and {*ours, MARK} == set(_files(place)) and all(_digest(place / n) == ours[n] for n in ours)


def _written(place: Path) -> dict[str, str]:
    """What we wrote in a folder, with its digest; nothing if the folder is not ours."""
    if not (place / MARK).is_file():
        return {}
    lines = (place / MARK).read_text(encoding="utf-8").split("\n")
    return {name: digest for name, _, digest in (line.partition("\t") for line in lines) if name}


def _digest(path: Path) -> str:
    from hashlib import file_digest  # seldom needed, and takes its time

    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _files(place: Path) -> list[str]:
    """What is in a folder and no folder itself, by its path from there; sorted."""
    return sorted(str(path.relative_to(place)) for path in place.rglob("*") if path.is_symlink() or not path.is_dir())


@contextmanager
def _beside(path: Path, *, is_folder: bool) -> Iterator[Path]:
    """A locked file or folder beside a path; what is left of it at the end goes, and so does what the dead left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{glob.escape(path.name)}.????????{_SUFFIX}"):
        with contextlib.suppress(OSError):
            lock = _locked(left)
            _remove(left)
            os.close(lock)
    prefix = f".{path.name}."
    if is_folder:
        part = Path(tempfile.mkdtemp(_SUFFIX, prefix, path.parent))
    else:
        handle, name = tempfile.mkstemp(_SUFFIX, prefix, path.parent)
        os.close(handle)
        part = Path(name)
    try:
        lock = _locked(part)
        try:
            yield part
        finally:
            os.close(lock)
    finally:
        _remove(part)


def _locked(path: Path) -> int:
    """Hold a file or folder. Raises BlockingIOError if another process does."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says against writing, as an error of ours."""
    try:
        yield
    except BrokenPipeError:
        raise  # the reader of a pipe has had enough: nothing went wrong
    except OSError as error:
        raise CityDiplomacyError(
            f"{path}: cannot be written ({error.strerror or error}).",
            hint="Name a place that can be written.",
        ) from error


def _on_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
