"""A table or a report as files to pass on: data, what they mean, who says so, and how to cite them.

The shape is that of Our World in Data: `x.csv`, `x.json` and `x.metadata.json`, or all of them and a README in `x.zip`.
The same store on the same day gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import UsageError
from .naming import is_id
from .output import Format, Lang, plain_value, write_delimited

if TYPE_CHECKING:
    from citydiplomacy.graph.model.records import Source
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.wording.phrases import Phrase
    from citydiplomacy.queries.wording.tables import Table

SUFFIXES = (".csv", ".json", ".metadata.json", ".zip")
_ISOLATE, _END = "\u2066", "\u2069"
"""Round what is written from left to right within Persian."""


@dataclass(frozen=True)
class PackedTable:
    """A table to pass on: its key, which names its files, its title, and the types of its columns if declared."""

    key: str
    title: str
    table: Table
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Package:
    """What is passed on: tables, what was asked, and what has to be said with it."""

    store: Store
    lang: Lang
    title: str
    question: dict[str, Any]
    """The name of what was asked (`question` or `command`), and its parameters."""
    parts: Sequence[PackedTable]
    headlines: Sequence[Phrase | str] = ()
    caveats: Sequence[Phrase | str] = ()

    def write(self, out: Path) -> int:
        """Write the files that the suffix names, whole or not at all; returns how many sources they rest on."""
        from citydiplomacy.graph.whole_files import write

        if (suffix := _suffix_of(out)) == ".zip":
            write(out, self._zip(out.stem))
        else:
            (part,) = self.parts
            write(out, {".csv": self._csv, ".json": self._json, ".metadata.json": self._metadata}[suffix](part))
        return len(self.sources)

    def _zip(self, name: str) -> bytes:
        from citydiplomacy.graph.export.archives import add_undated

        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for file, content in self._files(name):
                add_undated(archive, file, content)
        return packed.getvalue()

    def _files(self, name: str) -> Iterator[tuple[str, str]]:
        yield "README.md", self._readme(name)
        for part in self.parts:
            key = part.key if len(self.parts) > 1 else name
            yield f"{key}.csv", self._csv(part)
            yield f"{key}.json", self._json(part)
            yield f"{key}.metadata.json", self._metadata(part)

    def _csv(self, part: PackedTable) -> str:
        text = io.StringIO()
        write_delimited(text, part.table.names, part.table.rows, Format.CSV)
        return text.getvalue()

    def _json(self, part: PackedTable) -> str:
        return _dumped(_records(part))

    def _metadata(self, part: PackedTable) -> str:
        return _dumped(self._told(part.title, _columns(part)))

    def data(self) -> dict[str, Any]:
        """All of it as JSON has it: what its metadata tell, and the rows of each table."""
        tables = {part.key: {"title": part.title, **_columns(part), "data": _records(part)} for part in self.parts}
        return self._told(self.title, {"tables": tables})

    def _told(self, title: str, of_tables: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "title": title,
            "language": self.lang.value,
            "question": self.question,
            **self._view(),
            **of_tables,
            "headlines": list(map(str, self.headlines)),
            "caveats": list(map(str, self.caveats)),
            "sources": [described(source, self.lang) for source in self.sources],
            "citation": self.citation(),
            "software": {"name": "citydiplomacy", "version": version(), "licence": "Apache-2.0"},
            "revision": self.store.manifest.revision,
            "date": _today().isoformat(),
        }

    def _view(self) -> dict[str, dict[str, str]]:
        """Of a view of the store, at which date it is, and which ties it shows."""
        date, strength = (getattr(self.store, part, None) for part in ("date", "strength"))
        told = {"at": date.edtf if date else "", "at_least": str(strength) if strength else ""}
        return {"view": view} if (view := {name: value for name, value in told.items() if value}) else {}

    def citation(self, *, state: bool = True) -> str:
        """How to cite: the package, the state of its store and the day; the sources stand beside it."""
        revision, day = self.store.manifest.revision, _today().isoformat()
        if self.lang is Lang.FA:
            from citydiplomacy.queries.wording.speech import Speech
            from citydiplomacy.visuals.drawing.words import day as day_in

            ours = self._ltr(f"The citydiplomacy authors, citydiplomacy {version()}")
            of = f"، ویرایش {Speech('fa').number(revision)} انبار، {day_in(_today(), 'fa')}" if state else ""
            return f"«{self.title}». {ours}{of}. همراه با منابع آن."
        of = f", revision {revision} of the store, {day}" if state else ""
        return f'"{self.title}". The citydiplomacy authors, citydiplomacy {version()}{of}. With its sources.'

    @cached_property
    def sources(self) -> list[Source]:
        """The sources that rows name or that tell the ties, needs and figures in them, and those behind the numbers of
        headlines; by title.
        """
        from citydiplomacy.graph.model.records import Source
        from citydiplomacy.queries.wording.phrases import Phrase
        from citydiplomacy.visuals.document.appendix import Appendix

        ids = set(_ids(part.table for part in self.parts))
        told = {id_ for id_ in ids if not id_.startswith(_KNOWN_BY_MANY)}
        named = {id_ for id_ in ids if id_.startswith("source/")}
        for id_ in sorted(told - named):
            named |= set(self.store.claims(id_))
        appendix = Appendix(self.store, self.lang.value)
        for headline in self.headlines:
            if isinstance(headline, Phrase):
                appendix.add(headline)
        named |= {reference.id for reference in appendix.references}
        records = [self.store.get(id_) for id_ in sorted(named)]
        found = [record for record in records if isinstance(record, Source)]
        return sorted(found, key=lambda source: (source.label(self.lang.value), source.id))

    def _ltr(self, value: object) -> str:
        return f"{_ISOLATE}{value}{_END}" if self.lang is Lang.FA else str(value)

    def _readme(self, name: str) -> str:
        english = self.lang is Lang.EN
        asked = ", ".join(f"{key} {self._ltr(value)}" for key, value in _flat(self.question | self._view()))
        lines = [f"# {self.title}", "", f"{'Asked' if english else 'پرسش'}: {asked}", ""]
        lines += [f"- {_line(str(each))}" for each in self.headlines]
        lines += ["", "## Files and their columns" if english else "## پرونده‌ها و ستون‌هایشان", ""]
        for part in self.parts:
            key = part.key if len(self.parts) > 1 else name
            lines += [f"### {_line(part.title)}", "", self._ltr(f"{key}.csv, {key}.json, {key}.metadata.json"), ""]
            for column, title in zip(part.table.names, part.table.titles, strict=True):
                lines.append(f"- {self._ltr(f'`{column}`')}: {_line(title)}")
            lines.append("")
        empty = "An empty cell is unknown, never no." if english else "خانهٔ خالی نامعلوم است، هرگز «نه» نیست."
        lines += [empty, ""]
        if self.caveats:
            lines += ["## To bear in mind" if english else "## در یاد داشته باشید", ""]
            lines += [*(f"- {_line(str(each))}" for each in self.caveats), ""]
        lines += ["## How to cite" if english else "## شیوهٔ ارجاع", "", _line(self.citation()), ""]
        lines += ["## Sources and their licences" if english else "## منابع و پروانهٔ آن‌ها", ""]
        unknown = "licence not known" if english else "پروانه نامعلوم"
        for source in self.sources:
            licence = self._ltr(source.licence) if source.licence else unknown
            address = f" {self._ltr(f'<{source.address}>')}" if source.address else ""
            lines.append(f"- {_line(source.label(self.lang.value))} ({licence}){address}")
        return "\n".join([*lines, ""])


_KNOWN_BY_MANY = ("city/", "country/", "organization/", "region/", "unit/", "world-region/", "theme/")
"""What many sources tell of, so that a row that names it does not rest on all of them."""


def check(out: Path, *, several: bool = False) -> None:
    """Refuse a place that data cannot be written to, before they are asked for.

    Raises UsageError for a suffix that is none of data, or none of several tables; CityDiplomacyError if the place
    cannot be written.
    """
    from citydiplomacy.graph import whole_files

    if (suffix := _suffix_of(out)) not in SUFFIXES:
        raise UsageError(f"{out}: data are written as {', '.join(SUFFIXES)}.")
    if several and suffix != ".zip":
        raise UsageError(f"{out}: a report is several tables.", hint="Name a .zip, or a folder.")
    whole_files.check(out)


def _suffix_of(out: Path) -> str:
    return ".metadata.json" if out.name.lower().endswith(".metadata.json") else out.suffix.lower()


def _columns(part: PackedTable) -> dict[str, Any]:
    """How many rows a table has, and what its columns are."""
    types = part.types or ("",) * len(part.table.names)
    return {
        "rows": len(part.table.rows),
        "columns": {
            name: {"title": title} | ({"type": type_} if type_ else {})
            for name, title, type_ in zip(part.table.names, part.table.titles, types, strict=True)
        },
    }


def _records(part: PackedTable) -> list[dict[str, Any]]:
    return [{name: plain_value(value) for name, value in row.items()} for row in part.table.records()]


def _ids(tables: Iterable[Table]) -> Iterator[str]:
    """The ids of records that stand in tables."""
    for table in tables:
        for row in table.rows:
            for cell in row:
                several = cell if isinstance(cell, tuple) else (cell,)
                yield from (each for each in several if isinstance(each, str) and is_id(each))


def described(source: Source, lang: Lang) -> dict[str, Any]:
    """What identifies a source, for programs."""
    told = {
        "id": source.id,
        "title": source.label(lang.value),
        "creators": list(source.creators),
        "date": source.date.edtf if source.date else None,
        "retrieved": source.retrieved.edtf if source.retrieved else None,
        "address": source.address,
        "licence": source.licence,
    }
    return {name: value for name, value in told.items() if value}


def _flat(question: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in question.items():
        if isinstance(value, Mapping):
            yield from _flat(value)
        else:
            yield key, value


def _line(text: str) -> str:
    """A text in one line of Markdown, in which nothing is a tag."""
    return " ".join(text.split()).replace("<", "&lt;")


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


@cache
def version() -> str:
    """The version of this package."""
    from importlib import metadata

    return metadata.version("citydiplomacy")
