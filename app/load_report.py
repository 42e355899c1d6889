"""The report of a load: told in a few lines on stderr, and written whole as JSON or CSV."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from citydiplomacy.graph import whole_files
from citydiplomacy.graph.export.tables import row
from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.model.records import Match
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.loaders.report import LoadReport, Reason, Tally
from citydiplomacy.loaders.resolution.decisions import SAME, UNSURE

from . import words
from .errors import LONGEST, VALUE, UsageError, cut
from .output import Format, Lang, say, shown_value, write, write_delimited

REASONS = 4
"""Reasons of a file that are told, the most frequent first; a written report has all."""


SHOWN = 5
"""Records of a class, and matches, that are shown."""
LOST = 0.1
"""Of the rows of lists: a larger share that is lost is said first."""


def tell(report: LoadReport, lang: Lang) -> None:
    """One line a file, then its reasons with an example each; of lists the share of rows that were lost."""
    reasons: dict[str, list[Reason]] = {}
    for reason in report.reasons():
        reasons.setdefault(reason.file, []).append(reason)
    lost, rows = report.lost()
    if lost > LOST * rows:
        say(f"{_number(lost, lang)} of {_number(rows, lang)} rows are lost, more than a tenth: see the reasons below.")
    for file, tally in report.files.items():
        say(f"{file}: {_counts(tally, lang)}")
        told = reasons.get(file, [])
        for reason in told[:REASONS]:
            kind, number = words.told(reason.kind), _number(reason.number, lang)
            say(f"  {kind} {number}: {_reason(reason.reason)} ({_example(reason)})")
        if len(told) > REASONS:
            say(f"  … {_number(len(told) - REASONS, lang)} more")
    for file, fates in report.fates.items():
        if fates.unread:
            unread = cut(", ".join(cut(name, VALUE) for name in fates.unread), LONGEST)
            say(f"{Path(file).name}: columns that nothing reads: {unread}")
    if lost:
        share = shown_value(100 * lost / rows, lang)
        say(f"{_number(lost, lang)} of {_number(rows, lang)} rows are lost ({share} %).")


def show(told: Sequence[SourceRecords], lang: Lang) -> None:
    """The first records of each class as they would go into a store, and which of them are known there or may be."""
    records: dict[str, list[Record]] = {}
    for record in (record for each in told for record in each.records):
        records.setdefault(record.schema.name, []).append(record)
    matches = [match for match in records.pop("Match", []) if isinstance(match, Match)]
    for several in records.values():
        write(f"{several[0].schema.table} ({_number(len(several), lang)})")
        for record in several[:SHOWN]:
            write("  " + "; ".join(f"{name}: {cell}" for name, cell in row(record).items()))
    for verdict, title in ((SAME, "Known already"), (UNSURE, "May be known; citydip resolve will ask")):
        if found := [match for match in matches if match.verdict == verdict]:
            write(f"{words.told(title)} ({_number(len(found), lang)})")
            for match in found[:SHOWN]:
                write(f"  {match.one} = {match.other}")


def _example(reason: Reason) -> str:
    """Where a reason was met first and what stands there, and what should, if that is known."""
    example = words.told(reason.examples[0])
    if not reason.expected:
        return example
    expected = words.told(cut(reason.expected, EXPECTED))
    return f"{example}{words.told('; expected {}').replace('{}', expected)}"


EXPECTED = 200
"""Letters of what was expected; a written report has all."""


def _counts(tally: Tally, lang: Lang) -> str:
    """Rows read, and what became of them where there are any."""
    rows = words.told(counted(tally.read, "row read", "rows read"))
    parts = [rows] if tally.read or not tally.waiting else []
    for name, number in asdict(tally).items():
        if name != "read" and number:
            parts.append(f"{_number(number, lang)} {words.told(name.replace('_', ' '))}")
    return ("، " if lang is Lang.FA else ", ").join(parts)


def _number(number: int, lang: Lang) -> str:
    return shown_value(number, lang)


def _reason(reason: str) -> str:
    """A reason in words; one that names a column and what stands there is known by no other than this."""
    told = words.told(reason)
    column, is_, value = reason.partition(" is ")
    return f"{column} «{value}» است" if is_ and told == reason and words.language() == words.PERSIAN else told


def writer(path: Path) -> Callable[[LoadReport], None]:
    """How a report is written whole, by the end of the file's name. Raises UsageError for another, and
    what writing there would raise.
    """
    whole_files.check(path)
    match path.suffix.lower():
        case ".json":
            return lambda report: _write_json(report, path)
        case ".csv":
            return lambda report: _write_csv(report, path)
    raise UsageError(f"{path}: a report is written as .json or .csv.")


def _write_json(report: LoadReport, path: Path) -> None:
    lost, rows = report.lost()
    whole = {
        "files": [{"file": file, **asdict(tally)} for file, tally in report.files.items()],
        "reasons": [asdict(reason) for reason in report.reasons()],
        "rows": rows,
        "lost": lost,
        "columns not read": {file: fates.unread for file, fates in report.fates.items()},
    }
    whole_files.write(path, json.dumps(whole, ensure_ascii=False, indent=2) + "\n")


def _write_csv(report: LoadReport, path: Path) -> None:
    """One row a count: what became of rows, and the reasons with their examples."""
    text = io.StringIO()
    rows: list[Sequence[object]] = [
        (name, kind.replace("_", " "), "", number, "", "")
        for name, tally in report.files.items()
        for kind, number in asdict(tally).items()
    ]
    rows += [
        (each.file, each.kind, each.reason, each.number, "|".join(each.examples), each.expected)
        for each in report.reasons()
    ]
    rows += [
        (file, "columns not read", "", len(fates.unread), "|".join(fates.unread), "")
        for file, fates in report.fates.items()
        if fates.unread
    ]
    write_delimited(text, ("file", "kind", "reason", "number", "examples", "expected"), rows, Format.CSV)
    whole_files.write(path, text.getvalue())
