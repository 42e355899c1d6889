"""The folder of a site: which files are ours, which are as they were written, and how others take their place.

The list of what we wrote stands in the folder itself, a line a page: what the page was made of, then each of its files
with its digest. While a site is written, what is new is told there before it is written, so that what a killed writer
left is known as ours.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from citydiplomacy.graph.whole_files import check, write

from ...errors import CityDiplomacyError, UsageError

MARK = ".citydip-site"
_PART = ".part"


class File(NamedTuple):
    """A file of a site: its path in the folder, and what it holds."""

    path: str
    content: bytes


class ToldPage(NamedTuple):
    """What a line tells of a page: what it was made of, and the digests of its files by their paths."""

    made_of: str
    files: Mapping[str, str]


class Difference(NamedTuple):
    """Pages, by their paths, that are new, that have other bytes than before, and that are gone."""

    new: Sequence[str]
    changed: Sequence[str]
    gone: Sequence[str]


class Folder:
    """A folder that holds a site and nothing else."""

    def __init__(self, place: Path) -> None:
        """Raises UsageError for a folder with files of others, CityDiplomacyError where it cannot be written."""
        check(place / MARK)
        self._place = place
        self._told: dict[str, ToldPage] = {}
        self._was = self._read()
        self._refuse_files_of_others()
        self.written = self.removed = 0

    def __enter__(self) -> Folder:
        """Begin to write: what follows is told before it is there."""
        with _told(self._place):
            self._place.mkdir(parents=True, exist_ok=True)
            self._journal = (self._place / MARK).open("a", encoding="utf-8")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """All is written: what no page has any more goes, and so do folders that are empty."""
        self._journal.close()
        if kind is None:
            with _told(self._place):
                self._finish()

    @property
    def was(self) -> Mapping[str, ToldPage]:
        """What the folder held before, by page."""
        return self._was

    def fresh(self, page: str, made_of: str) -> bool:
        """Whether a page was made of the same, and all of its files are as they were written; then it stays."""
        told = self._was.get(page)
        if told is None or told.made_of != made_of or any(self._digest(path) != d for path, d in told.files.items()):
            return False
        self._told[page] = told
        return True

    def put(self, page: str, made_of: str, files: Iterable[File]) -> None:
        """Write the files of a page, those that are not there with the same content."""
        digests: dict[str, str] = {}
        with _told(self._place):
            for file in files:
                digests[file.path] = hashlib.sha256(file.content).hexdigest()
                if self._digest(file.path) == digests[file.path]:
                    continue
                self._journal.write(_line(page, ToldPage("", {file.path: ""})))
                self._journal.flush()
                place = self._place / file.path
                place.parent.mkdir(parents=True, exist_ok=True)
                part = place.with_name(place.name + _PART)
                part.write_bytes(file.content)
                part.replace(place)
                self.written += 1
        self._told[page] = ToldPage(made_of, digests)

    def difference(self) -> Difference:
        """Which pages of HTML are new, have other bytes than before, and are gone, so far as it is written now."""
        before, now = (
            {p: d for told in all_.values() for p, d in told.files.items()} for all_ in (self._was, self._told)
        )
        before, now = ({path: all_[path] for path in all_ if path.endswith(".html")} for all_ in (before, now))
        return Difference(
            sorted(now.keys() - before.keys()),
            sorted(path for path in now.keys() & before.keys() if now[path] != before[path]),
            sorted(before.keys() - now.keys()),
        )

    def text(self, path: str) -> str:
        """What a file of ours holds; empty if it is not there."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return (self._place / path).read_text(encoding="utf-8")
        return ""

    def _finish(self) -> None:
        kept = {path for told in self._told.values() for path in told.files}
        for path in sorted({path for told in self._was.values() for path in told.files} - kept):
            with contextlib.suppress(FileNotFoundError):
                (self._place / path).unlink()
                self.removed += 1
        for left in self._place.rglob(f"*{_PART}"):
            left.unlink()
        for folder in sorted((each for each in self._place.rglob("*") if each.is_dir()), reverse=True):
            with contextlib.suppress(OSError):
                folder.rmdir()
        write(self._place / MARK, "".join(_line(page, told) for page, told in sorted(self._told.items())))

    def _read(self) -> dict[str, ToldPage]:
        """What is told in the folder; of several lines on a page, all files, and that it is to be made anew."""
        found: dict[str, ToldPage] = {}
        try:
            lines = (self._place / MARK).read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return found
        except (OSError, UnicodeDecodeError) as error:
            raise CityDiplomacyError(f"{self._place / MARK}: cannot be read ({error}).") from None
        for line in filter(None, lines):
            page, made_of, *files = line.split("\t")
            told = dict(zip(files[::2], files[1::2], strict=False))
            found[page] = ToldPage("", {**found[page].files, **told}) if page in found else ToldPage(made_of, told)
        return found

    def _refuse_files_of_others(self) -> None:
        place = self._place
        if not place.exists():
            return
        ours = {MARK, *(path for told in self._was.values() for path in told.files)}
        for each in place.rglob("*"):
            if each.is_dir() and not each.is_symlink():
                continue
            name = str(each.relative_to(place))
            if name not in ours and name.removesuffix(_PART) not in ours:
                raise UsageError(
                    f"{place}: holds what no site wrote there ({name!r}); a site has its folder to itself.",
                    hint="Name a folder that is empty, not there yet, or made by this command.",
                )

    def _digest(self, path: str) -> str:
        place = self._place / path
        if place.is_symlink():
            return ""
        try:
            return hashlib.sha256(place.read_bytes()).hexdigest()
        except OSError:
            return ""


def _line(page: str, told: ToldPage) -> str:
    return "\t".join([page, told.made_of, *(part for each in told.files.items() for part in each)]) + "\n"


@contextlib.contextmanager
def _told(place: Path) -> Iterator[None]:
    """What the system says against writing, as an error of ours."""
    try:
        yield
    except OSError as error:
        raise CityDiplomacyError(
            f"{place}: cannot be written ({error.strerror or error}).", hint="Name a place that can be written."
        ) from error
