"""The study's own text as a source: its tables of needs and interviews, its passages, and what it says of its city.

study_text.py reads the lines, study_area.py the section on the city; here they become records. Whatever is odd is told
in a remark with its line, and what cannot be read safely is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.language.text import HALF_SPACE, fold, persian_digits
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.records import Assessment, City, Interviewee, Need, Source, Study
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.values import Date, Text

from .area import NamedTie, read_area
from .lines import PrintedTable, Remark, Row, StudyText, has_header

MASHHAD = City(id="city/mashhad", labels=(Text("Mashhad", "en"), Text("مشهد", "fa")))

# Words of a caption (folded) that tell the axis of a table of needs, and the prefix of its needs' ids.
AXES = {
    "economy": ("econ", ("اقتصاد", "سرمایهگذاری")),
    "organizations": ("orgs", ("سازمان",)),
    "society": ("soc", ("اجتماعی", "فرهنگی", "زیارت")),
    "communication": ("comm", ("ارتباطات", "تبلیغات")),
}
_PASSAGE = re.compile(r"(?P<quotes>«[^«»]*»(?:[\s،,؛]*(?:و\s+)?«[^«»]*»)*)[\s.]*\(\s*کد\s*(?P<code>\d+)\s*\)")
_PANEL_SIZE = re.compile(r"(?:پنل \(با شرکت|نظرات) (\d+) (?:تن|نفر)(?: از اعضای? شرکت ?کننده در (?:یک )?پنل)?")
_PANEL_DATE = re.compile(r"پنل .*?در تاریخ (\d{1,2} [آ-ی]+ ?(?:ماه)? \d{4})")
_NEEDS_IN_ALL = re.compile(r"(\d+) اولویت در (?:چهار|\d+) محور")


@dataclass(frozen=True)
class Passage:
    """A testimony to be coded by a person: its table, its place there, who spoke and how many quotations it has."""

    line: int
    table: int
    row: int
    code: str
    quotations: int


@dataclass
class StudyReading:
    """What was read from the text of a study.

    totals: `needs`, `needs/<axis>`, `panel` (people), `interviews`, `minutes`.
    """

    source: Source
    records: list[Record] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    ties: list[NamedTie] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)


def read_study(path: Path, *, city: City = MASHHAD, places: Mapping[str, str] | None = None) -> StudyReading:
    """Read a study's text (UTF-8, cells separated by tabs) into records and remarks.

    places: ids of records by the Persian names of cities and countries; ties with others are only told in `ties`.

    Raises InputError with the line for a table that is missing or cannot be read, and for a score above the panel.
    """
    return _Reader(StudyText(path), city, {fold(name): record_id for name, record_id in (places or {}).items()}).read()


class _Reader:
    def __init__(self, text: StudyText, city: City, places: Mapping[str, str]) -> None:
        self.text, self.city, self.places = text, city, places
        name = ids.last(city.id)
        self.panel, self.interviews = f"study/{name}-panel", f"study/{name}-interviews"
        self.reading = StudyReading(self._source(name), remarks=text.remarks)

    def read(self) -> StudyReading:
        tables = self.text.tables()
        self.reading.records.append(self.city)
        size = self._panel()
        axes: dict[str, list[Row]] = {}
        coded: list[PrintedTable] = []
        for table in tables:
            if _PASSAGE.search(table.text):
                coded.append(table)
            elif "\t" not in table.text:
                raise self.text.error(f"table {table.number} has neither cells nor coded passages", table.line)
            elif "مصاحبه" in fold(table.caption) or has_header(table, ("تخصص", "زمان")):
                self._interviewees(table)
            else:
                axis = self._axis(table)
                if axis in axes:
                    raise self.text.error("a second table of needs on one axis", table.line, value=axis)
                axes[axis] = self._needs(table, axis, size)
        if not axes:
            raise self.text.error("no table of needs", None, expected="a caption such as «جدول ۱. اولویت نیازها ...»")
        self._count(axes)
        for table in coded:
            self._passages(table)
        figures, self.reading.ties, agreements = read_area(self.text, self.city, self.places)
        self.reading.records += [*figures, *agreements]
        self.reading.remarks.sort(key=lambda remark: remark.line)
        return self.reading

    def _source(self, name: str) -> Source:
        """The title is the first line that says anything; the authors follow it, each with a position in brackets."""
        lines = [line for line in self.text.plain if line]
        if not lines:
            raise self.text.error("an empty text", None)
        front = lines[1 : next((i for i, line in enumerate(lines) if line.startswith("چکیده")), 1)]
        authors = tuple(line.partition("(")[0].strip() for line in front if "(" in line and "@" not in line)
        return Source(
            id=f"source/{name}-study-text",
            kind="evidence-kind/scholarly",
            labels=(Text(lines[0], "fa"),),
            creators=authors,
            languages=("fa",),
            reliability=4,  # read by machine from a text without half-spaces: what a person read from it goes before
        )

    # --- needs, interviews, passages ----------------------------------------------------------------------------------

    def _panel(self) -> int:
        """The size of the panel and its record."""
        sizes = [
            (line, int(found[1]))
            for line, text in enumerate(self.text.plain, 1)
            for found in _PANEL_SIZE.finditer(text)
            if "پنل" in found[0]
        ]
        if not sizes:
            raise self.text.error(
                "the size of the panel is not said", None, expected="words such as «پنل (با شرکت ۳۰ تن»"
            )
        size = sizes[0][1]
        for line, other in sizes:
            if other != size:
                self.text.remark(
                    line, f"a panel of {other}", f"the first statement stands: {size} (line {sizes[0][0]})"
                )
        date: Date | None = None
        locators = {f"section {self.text.sections[line - 1]}" for line, _ in sizes if self.text.sections[line - 1]}
        for line, text in enumerate(self.text.plain, 1):
            if date is None and (found := _PANEL_DATE.search(text)):
                date = self.text.date(found[1], line)
                locators.add(self.text.locator(line))
        names = {name.lang: name.value for name in self.city.labels}
        labels = (
            Text(f"Panel on city diplomacy in {self.city.label('en')}", "en"),
            Text(f"پنل دیپلماسی شهری در {names.get('fa', self.city.label('en'))}", "fa"),
        )
        self.reading.records.append(
            Study(
                id=self.panel,
                kind="study-kind/panel",
                city=self.city.id,
                labels=labels,
                date=date,
                participants=size,
                locators=tuple(sorted(locators)),
            )
        )
        self.reading.totals["panel"] = size
        return size

    def _axis(self, table: PrintedTable) -> str:
        caption = fold(table.caption)
        hits = {axis: sum(word in caption for word in words) for axis, (_, words) in AXES.items()}
        best = max(hits, key=lambda axis: hits[axis])
        if not hits[best] or list(hits.values()).count(hits[best]) > 1:
            known = "، ".join(word for _, words in AXES.values() for word in words)
            raise self.text.error(
                f"the axis of table {table.number} cannot be told", table.line, value=table.caption, expected=known
            )
        return best

    def _needs(self, table: PrintedTable, axis: str, size: int) -> list[Row]:
        rows, _ = self.text.rows(table)
        for before, row in zip([None, *rows], rows, strict=False):
            if row.value > size:
                raise self.text.error(
                    "a score above the size of the panel", row.line, value=row.value, expected=f"0 to {size}"
                )
            if before and row.value > before.value:
                self.text.remark(row.line, f"row {row.number} scores more than the row above it", "kept as it stands")
            need = f"need/{AXES[axis][0]}-{row.number:02}"
            place = (f"table {table.number}, row {row.number}",)
            self.reading.records += [
                Need(id=need, axis=f"axis/{axis}", city=self.city.id, labels=(Text(row.text, "fa"),), locators=place),
                Assessment(
                    id=ids.derive("Assessment", {"study": self.panel, "need": need}) or "",
                    need=need,
                    study=self.panel,
                    score=row.value,
                    panel_size=size,
                    rank=row.number,
                    locators=place,
                ),
            ]
        return rows

    def _count(self, axes: Mapping[str, list[Row]]) -> None:
        """The totals of needs, held against what the text says of them."""
        totals = self.reading.totals
        totals.update({f"needs/{axis}": len(rows) for axis, rows in axes.items()})
        totals["needs"] = sum(map(len, axes.values()))
        for line, text in enumerate(self.text.plain, 1):
            for found in _NEEDS_IN_ALL.finditer(text):
                if int(found[1]) != totals["needs"]:
                    said_needs = f"{counted(int(found[1]), 'need')} by the text"
                    self.text.remark(line, said_needs, f"{counted(totals['needs'], 'need')} by its tables")

    def _interviewees(self, table: PrintedTable) -> None:
        if "interviews" in self.reading.totals:
            raise self.text.error("a second table of interviews", table.line)
        rows, stated = self.text.rows(table)
        minutes = sum(row.value for row in rows)
        if stated is not None and stated != minutes:
            self.text.remark(
                table.line,
                f"{counted(stated, 'minute')} in all by table {table.number}",
                f"the rows add up to {minutes}",
            )
        names = {name.lang: name.value for name in self.city.labels}
        self.reading.records.append(
            Study(
                id=self.interviews,
                kind="study-kind/interviews",
                city=self.city.id,
                labels=(
                    Text(f"Interviews with officials of {self.city.label('en')} on city diplomacy", "en"),
                    Text(f"مصاحبه با مسئولان {names.get('fa', self.city.label('en'))} دربارهٔ دیپلماسی شهری", "fa"),
                ),
                participants=len(rows),
                minutes=minutes,
                locators=(f"table {table.number}",),
            )
        )
        self.reading.records += [
            Interviewee(
                id=self._interviewee(str(row.number)),
                code=str(row.number),
                labels=(
                    Text(f"Interviewee {row.number}", "en"),
                    Text(f"مصاحبه{HALF_SPACE}شوندهٔ {persian_digits(str(row.number))}", "fa"),
                ),
                expertise=(Text(row.text, "fa"),),
                study=self.interviews,
                minutes=row.value,
                locators=(f"table {table.number}, row {row.number}",),
            )
            for row in rows
        ]
        self.reading.totals |= {"interviews": len(rows), "minutes": minutes}

    def _interviewee(self, code: str) -> str:
        return f"interviewee/{ids.last(self.city.id)}-{code}"

    def _passages(self, table: PrintedTable) -> None:
        """The passages of a table of testimonies; their sentences stay in the text, a person codes them."""
        text = table.text
        known = [record.code for record in self.reading.records if isinstance(record, Interviewee) and record.code]
        end = 0
        for row, found in enumerate(_PASSAGE.finditer(text), 1):
            line, begins = (table.lines[text.count("\n", 0, at)][0] for at in (found.end(), found.start()))
            if found["code"] not in known:
                raise self.text.error(
                    "a passage of nobody who was interviewed",
                    line,
                    value=f"(کد {persian_digits(found['code'])})",
                    expected=f"one of {', '.join(known)}" if known else "a table of interviews",
                )
            if text[end : found.start()].strip():
                self.text.remark(
                    begins, f"words outside the passages of table {table.number}", "left out: no code follows them"
                )
            if begins != line:
                self.text.remark(
                    begins, f"passage {row} of table {table.number} runs over lines", f"joined up to line {line}"
                )
            quotations = found["quotes"].count("«")
            self.reading.passages.append(Passage(line, table.number, row, found["code"], quotations))
            end = found.end()
