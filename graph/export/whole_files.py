"""Writing a file: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from citydiplomacy.errors import CityDiplomacyError


def write(path: str | Path, content: bytes) -> Path:
    """Write a file as `writing` does, with all its content at once."""
    with writing(path) as file:
        file.write(content)
    return Path(path)


@contextmanager
def writing(path: str | Path) -> Iterator[IO[bytes]]:
    """A temporary file beside `path`, which is moved there at the end, so that nobody meets half a file.

    If the block fails, the temporary file goes, and what was at `path` stays. Folders on the way are made. What is no
    plain file (`/dev/stdout`, a named pipe, a link) is written through, never replaced. Raises CityDiplomacyError if
    the place cannot be written.
    """
    path = Path(path)
    temporary = ""
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            with path.open("wb") as file:
                yield file
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BrokenPipeError:
        raise  # the reader of a pipe has had enough: nothing went wrong
    except OSError as error:
        raise CityDiplomacyError(
            f"{path}: cannot be written ({error.strerror or error}).",
            hint="Name a place that can be written.",
        ) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
