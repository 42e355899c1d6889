"""Writing a file or a folder: whole or not at all. It is made beside its place, and moved there when it is whole.

What is made beside carries a lock: what a killed process left there has none, and the next that writes into that folder
removes it.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from citydiplomacy.errors import CityDiplomacyError, UsageError

MARK = ".citydip-export"
"""The file in a folder of ours that lists what we wrote there, a line a file, its path and its SHA-256: a folder is
replaced only if it holds nothing else."""

_SUFFIX = ".citydip-part"


def check(path: str | Path, *, is_folder: bool = False) -> None:
    """Raise at once what writing a file or a folder to `path` would raise; nothing is left there. To be called before
    the work whose outcome goes there.
    """
    place = Path(path).resolve() if is_folder else Path(path)
    with _told(Path(path)):
        _refuse_what_is_there(place, is_folder=is_folder)
        if not is_folder and _is_written_through(place):
            there = place if place.exists() else place.resolve().parent
            there.stat()
            if not os.access(there, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return
        there = next(folder for folder in place.absolute().parents if folder.exists())
        with _beside(there / place.name, is_folder=is_folder):
            pass


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
    this ends, whatever happens to the machine. Raises CityDiplomacyError if the place cannot be written, UsageError for
    a folder.
    """
    path = Path(path)
    with _told(path):
        _refuse_what_is_there(path, is_folder=False)
        if _is_written_through(path):
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
        _refuse_what_is_there(place, is_folder=True)
        with _beside(place, is_folder=True) as part:
            yield part
            written = "".join(f"{name}\t{_digest(part / name)}\n" for name in _files(part))
            (part / MARK).write_text(written, encoding="utf-8")
            part.chmod(0o777 & ~_umask())
            _refuse_what_is_there(place, is_folder=True)
            if place.exists() and any(place.iterdir()):
                with _beside(place, is_folder=True) as old:  # two steps: killed between them, there is no folder
                    place.replace(old)
                    part.replace(place)
            else:
                part.replace(place)


def _is_written_through(path: Path) -> bool:
    return path.is_symlink() or (path.exists() and not path.is_file())


def _refuse_what_is_there(place: Path, *, is_folder: bool) -> None:
    """Raise UsageError where a file stands that should be a folder, or the other way round, or files of others."""
    way = next((folder for folder in place.parents if folder.exists()), place.parent)
    if not way.is_dir():
        raise UsageError(f"{way}: not a folder.", hint="Name a place that can be written.")
    if not place.exists():
        return
    if not is_folder:
        if place.is_dir():
            raise UsageError(f"{place} is a folder.", hint="Name the file to write.")
        return
    if not place.is_dir():
        raise UsageError(f"{place}: not a folder.", hint="Name a folder that is empty or not there yet.")
    ours = _written(place)
    there = _files(place) if ours else sorted(path.name for path in place.iterdir())  # not the whole tree of others
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
    """A locked file or folder beside a path; what is left of it at the end goes, and so does what the dead left of any
    other there.
    """
    with _folders_to(path):
        for left in path.parent.glob(f".*.????????{_SUFFIX}"):
            with contextlib.suppress(OSError):
                lock = _locked(left)
                _remove(left)
                os.close(lock)
        part, lock = _part(path, is_folder=is_folder)
        try:
            yield part
        finally:
            os.close(lock)
            _remove(part)


def _part(path: Path, *, is_folder: bool) -> tuple[Path, int]:
    """A new file or folder beside a path, and its lock; another if somebody swept it away before it was locked."""
    import tempfile  # which a saved question does without

    while True:
        if is_folder:
            part = Path(tempfile.mkdtemp(_SUFFIX, f".{path.name}.", path.parent))
        else:
            handle, name = tempfile.mkstemp(_SUFFIX, f".{path.name}.", path.parent)
            os.close(handle)
            part = Path(name)
        with contextlib.suppress(FileNotFoundError, BlockingIOError):
            lock = _locked(part)
            if part.exists():
                return part, lock
            os.close(lock)


@contextmanager
def _folders_to(path: Path) -> Iterator[None]:
    """Make the folders on the way to a path; they go again if nothing comes to stand in them."""
    made = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        with contextlib.suppress(OSError):
            for empty in made:
                empty.rmdir()


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
