"""A study's text by its lines: sections, tables and their rows, with remarks on whatever is odd.

Tables are found by their captions («جدول ۱. ...») and their columns by the words of the header; every row is then read
by its content, because columns turn round between the pages of a right-to-left text: the rank is the number that
continues the sequence, the text is the cell that is no number, the score is what is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.calendars import SOLAR
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.language.text import HALF_SPACE, ascii_digits, fold, normalize, persian_digits
from citydiplomacy.graph.model.values import Date

from .. import bounds

_CAPTION = re.compile(r"جدول ?\(?(\d+)\)? ?[.:\-–] ?(.+)")
_MENTION = re.compile(r"جدول ?\(?(\d+)")
_END_OF_TABLE = re.compile(r"(?:ماخذ|مأخذ|منبع)\b")
HEADING = re.compile(r"(\d)[.\-](\d)[.\-]? ?([^\d].*)")
_CHAPTER = re.compile(r"(\d)\. ([آ-ی ]{2,40})")
_FOOTNOTE_MARK = re.compile(r"\s*\^\d+")
# Words of a header (folded) that tell what a column holds.
HEADERS = {
    "rank": ("ردیف", "رتبه", "شماره", "کد"),
    "text": ("نیاز", "اولویت", "تخصص"),
    "score": ("امتیاز", "زمان"),
}


@dataclass(frozen=True)
class Remark:
    """Something odd in the text: where, what was found, and how it was read."""

    line: int
    found: str
    reading: str


@dataclass
class PrintedTable:
    """A table as its lines: line number, cells joined by tabs."""

    number: int
    caption: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its lines, with ASCII digits."""
        return ascii_digits("\n".join(line for _, line in self.lines))


@dataclass
class Row:
    """A row of a table: its number, its text, its score or time."""

    line: int
    number: int
    text: str
    value: int


def is_study(path: Path) -> bool:
    """Whether a text may be that of a study: it speaks of its tables by their numbers, «جدول ۱», in its first
    mebibyte."""
    with path.open("rb") as file:
        start = file.read(1 << 20)
    return bool(_MENTION.search(ascii_digits(start.decode("utf-8", errors="replace"))))


class StudyText:
    """A study's text by lines, with its sections and tables, and the remarks on what is odd in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            raw = bounds.read_bytes(path, bounds.WHOLE).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError("not UTF-8 text", file=path, hint="Save the text as UTF-8.") from error
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        self.remarks: list[Remark] = []
        # Half-spaces are as often missing as not, so nothing is recognised by them.
        self.cells = [[normalize(cell) for cell in line.split("\t")] for line in raw.split("\n")]
        self.plain = [ascii_digits(" ".join(filter(None, cells)).replace(HALF_SPACE, "")) for cells in self.cells]
        self.sections = list(self._sections())

    def error(self, message: str, line: int | None, *, value: object = None, expected: str = "") -> InputError:
        return InputError(message, file=self.path, line=line, value=value, expected=expected)

    def remark(self, line: int, found: str, reading: str) -> None:
        self.remarks.append(Remark(line, found, reading))

    def date(self, words: str, line: int) -> Date:
        try:
            return parse_date(persian_digits(words), calendar=SOLAR)
        except ValueError as error:
            raise self.error(str(error), line, value=words) from None

    def locator(self, line: int) -> str:
        """The section of a line; for a footnote, the section that carries its mark."""
        if found := re.match(r"(\d+)\. ", self.plain[line - 1]):
            for above in range(line - 1, 0, -1):
                if f"^{found[1]}" in self.plain[above - 1]:
                    return f"section {self.sections[above - 1]}, footnote {found[1]}"
        section = self.sections[line - 1]
        return f"section {section}" if section else f"line {line}"

    def _sections(self) -> Iterator[str]:
        """The section that each line stands in, as `2.2`; headings that are written from right to left are turned."""
        chapter, section = 0, ""
        for number, line in enumerate(self.plain, 1):
            if (found := HEADING.fullmatch(line)) and len(line) < 120:
                first, second = int(found[1]), int(found[2])
                if first != chapter and second == chapter:
                    self.remark(number, f"section {first}.{second}", f"read as {second}.{first}: chapter {chapter}")
                    first, second = second, first
                section = f"{first}.{second}"
            elif (found := _CHAPTER.fullmatch(line)) and int(found[1]) == chapter + 1:
                chapter = int(found[1])
                section = str(chapter)
            yield section

    def tables(self) -> list[PrintedTable]:
        """All tables in order; every number up to the last and every table that is spoken of must have its caption."""
        tables: dict[int, PrintedTable] = {}
        mentions: dict[int, int] = {}
        current: PrintedTable | None = None
        for line, (cells, plain) in enumerate(zip(self.cells, self.plain, strict=True), 1):
            if (found := _CAPTION.fullmatch(plain)) and len(plain) < 200:
                current = PrintedTable(int(found[1]), found[2], line)
                if current.number in tables:
                    raise self.error(f"table {current.number} has two captions", line)
                tables[current.number] = current
                continue
            for mention in _MENTION.findall(plain):
                mentions.setdefault(int(mention), line)
            if _END_OF_TABLE.match(plain):
                current = None
            elif current and plain:
                current.lines.append((line, "\t".join(cells)))
        for number in range(1, max([*tables, *mentions], default=0) + 1):
            if number not in tables:
                raise self.error(
                    f"table {number} is missing",
                    mentions.get(number),
                    expected=f"a caption that begins with «جدول {persian_digits(str(number))}.»",
                )
        return [tables[number] for number in sorted(tables)]

    def rows(self, table: PrintedTable) -> tuple[list[Row], int | None]:
        """The rows of a table of number, text and value, and the total that its last row may state."""
        lines = [(line, written) for line, written in table.lines if "\t" in written]
        for line, written in table.lines:
            if "\t" not in written and line < lines[-1][0]:  # what follows the last row is the text going on
                self.remark(line, "a line without cells inside a table", f"left out of table {table.number}")
        order = self._header(table, lines)
        rows: list[Row] = []
        total: int | None = None
        for line, written in lines:
            cells = [_FOOTNOTE_MARK.sub("", cell).strip() for cell in written.split("\t")]
            numbers = [(i, int(ascii_digits(cell))) for i, cell in enumerate(cells) if re.fullmatch(r"\d+", cell)]
            texts = [(i, cell) for i, cell in enumerate(cells) if cell and not re.fullmatch(r"\d+", cell)]
            if len(texts) == 1 and not numbers and rows:
                rows[-1].text += f" {texts[0][1]}"
                self.remark(line, "a row without numbers", f"joined to row {rows[-1].number} of table {table.number}")
                continue
            if len(texts) == 1 and len(numbers) == 1 and fold(texts[0][1]) in ("مجموع", "جمع", "جمعکل", "کل"):
                total = numbers[0][1]
                continue
            expected = len(rows) + 1
            ranks = [place for place, number in numbers if number == expected]
            if len(texts) != 1 or len(numbers) != 2 or not ranks:
                raise self.error(
                    f"the cells of a row of table {table.number} cannot be told apart",
                    line,
                    value=" | ".join(cells),
                    expected=f"number {expected}, one text and one score or time",
                )
            rank = order.index("rank") if "rank" in order and order.index("rank") in ranks else ranks[0]
            value_at, value = next((place, number) for place, number in numbers if place != rank)
            places = {"rank": rank, "text": texts[0][0], "score": value_at}
            if any(place >= len(order) or order[place] != role for role, place in places.items()):
                self.remark(
                    line,
                    f"row {expected} of table {table.number}: columns not in the order of the header",
                    f"by content: number {expected}, value {value}",
                )
            rows.append(Row(line, expected, texts[0][1], value))
        if not rows:
            raise self.error(f"table {table.number} has no rows", table.line)
        return rows, total

    def _header(self, table: PrintedTable, lines: list[tuple[int, str]]) -> list[str]:
        """What the header says of each column; taken off the lines."""
        line, written = lines[0]
        cells = written.split("\t")
        if any(re.fullmatch(r"\d+", cell) for cell in cells):
            self.remark(line, f"table {table.number} has no header", "every row read by its content")
            return []
        del lines[0]
        order = [next((role for role, words in HEADERS.items() if fold(cell).startswith(words)), "") for cell in cells]
        left = [role for role in HEADERS if role not in order]
        unknown = [place for place, role in enumerate(order) if not role]
        if len(left) == len(unknown) == 1:
            order[unknown[0]] = left[0]
            self.remark(
                line, f"header «{cells[unknown[0]]}» of table {table.number}", f"the {left[0]}, as none else is"
            )
        elif left:
            self.remark(line, f"header of table {table.number} without {', '.join(left)}", "every row read by content")
        return order


def has_header(table: PrintedTable, words: tuple[str, ...]) -> bool:
    """Whether a column of a table is headed by one of some words (folded)."""
    header = next(line for _, line in table.lines if "\t" in line)
    return any(fold(cell).startswith(words) for cell in header.split("\t"))
