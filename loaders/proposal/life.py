"""What tables of a mapping share: how their rows are taken, and the kind, life and notes of ties."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from citydiplomacy.graph.language.text import ascii_digits, fold

from ..cells.asides import brackets
from ..cells.concept_words import KINDS, STATUSES, status_within
from ..cells.spells import ENDED, is_whole_date, spell
from ..layout.cell_kinds import all_cells, is_date, is_serial
from ..layout.crossed import is_mark
from ..list_words.cell_words import tie_of
from ..list_words.column_names import PARTNERS, PARTNERSHIPS, TWINS
from ..list_words.headers import meaning, names_city, words_of
from ..list_words.other_words import EVENTS, OTHER_TIES
from ..tables.column_map import IN_FIGURES, ORDERS, SERIAL
from .lists import ListPart
from .writing import Doubt, MappingText, quoted, table, written

_ENDED = rf"until|till|bis|jusqu'en|jusqu’en|hasta|fino al|{ENDED}"
_IN = r"(?:(?:in|on|im|am|seit|en|le|el|nel|since|as of)\s+)?"
_DATED = r"([^;,()]*?\d{4}(?:[-/.]\d\d?){0,2})"
_UNTIL = (
    rf"(?:(?i:\b(?:{_ENDED})\s+{_IN})|"
    rf"(?:^|\s)(?:تا|(?:پایان(?:\s?یافته)?|خاتمه|لغو|منقضی|انقضا)(?:\s+شد(?:ه)?)?(?:\s+در)?)\s+(?:سال\s+)?){_DATED}"
)
"""An end that stands in a text, with its date."""


def begin(part: ListPart, record: str, text: MappingText) -> None:
    """The section of a table, with the settings that it does not share with the others."""
    text.begin("[[tables]]")
    text.add("record", quoted(record))
    settings(part, text, own=True)


_GUESSED = {
    "encoding": Doubt.ENCODING,
    "fill": Doubt.FILLED,
    "each": Doubt.SEVERAL,
    "aside": Doubt.ASIDE,
    "heads": Doubt.HEADS,
    "across": Doubt.ACROSS,
    "ditto": Doubt.DITTO,
    "same": Doubt.SAME,
}
OWN = (
    "sheet",
    "where",
    "asks",
    "unless",
    "each",
    "aside",
    "heads",
    "across",
    "fill",
    "skip",
    "until",
    "ditto",
    "same",
    "footnotes",
    "markup",
    "header",
    "na",
    "decimal",
    "thousands",
)


def settings(part: ListPart, text: MappingText, *, own: bool) -> None:
    """How a file is written: own for each table, or what all of them share."""
    alone = "file" in part.settings
    shared = not alone and part.settings.get("sheet") is None
    for key, value in part.settings.items():
        if (alone or (key in OWN and (not shared or key in ("where", "asks", "across")))) == own:
            text.add(key, written(value), _GUESSED.get(key) if key in part.doubts else None)


def kind(part: ListPart, text: MappingText, told: str = "") -> None:
    """The kind of agreements: of a column, else what is told, else what the names of columns say, else asked."""
    if "kind" in part.found:
        words = sorted(set(part.cells("kind")))
        guessed = [word for word in words if fold(word) not in KINDS or fold(word) in PARTNERSHIPS]
        tie = tie_of if any(tie_of(word) == "sister-city" for word in words) else _twinned
        ours = by_ours(words, tie)
        text.add("columns.kind", table({"column": part.found["kind"], "map": ours}), Doubt.WORDS if guessed else None)
        if any(map(tie_of, guessed)) and "detail" not in part.found:
            part.found["detail"] = part.found["kind"]
    elif told:
        text.add("constants.kind", quoted(told))
    elif of_title := _kind_of_names(part):
        text.add("constants.kind", quoted(of_title), Doubt.TIE)
    elif not part.names(TWINS) and (part.names(OTHER_TIES | EVENTS) or _is_of_others(part)):
        text.add("constants.kind", quoted(""), Doubt.TIE)
    else:
        text.add("constants.kind", quoted("sister-city"), None if part.names(TWINS) else Doubt.TIE)
    if "detail" in part.found:
        text.add("columns.detail", quoted(part.found["detail"]))
    text.add("constants.locators", quoted("row {row}"))


def _is_of_others(part: ListPart) -> bool:
    """Whether a column of cities has words in its name that nobody knows, and nothing says that they are partners."""
    names = [part.found[what] for what in ("city", "partner city") if what in part.found]
    unknown = any(meaning(name) is None and names_city(name) and not re.fullmatch(r"column\d+", name) for name in names)
    return unknown and not part.names(PARTNERS) and not tie_of(part.title)


def _twinned(word: str) -> str:
    """The kind that a word of a list is of which has none for sister cities, as it may call these partnerships."""
    return "sister-city" if fold(word) in PARTNERSHIPS else tie_of(word)


def _kind_of_names(part: ListPart) -> str:
    """The kind of agreements that the title of a list, or the name of the column of partners, says to be another than
    that of sister cities."""
    names = [part.found[what] for what in ("partner city", "city") if what in part.found]
    kinds = [tie_of(part.title), *map(tie_of, names)]
    if kinds[0] == "cooperation" and not any(PARTNERS & {fold(word)} for word in words_of(part.title)):
        return "cooperation"  # partners may be sister cities
    return next((kind for kind in kinds if kind in ("friendship", "memorandum")), "")


def life(part: ListPart, text: MappingText, start: str = "start") -> None:
    """Start, end, status and notes of ties."""
    found = part.found
    what = next((each for each in (start, "start", "joined") if each in found), "")
    cells = part.cells(what)
    former = [cell for cell in cells if _former(cell)]
    ended = any(told[1] for told in map(spell, (re.sub(r"\s*\(.*", "", cell) for cell in cells)) if told)
    beside = what in found and found.get("status") == found[what]
    if what:
        date(text, "start", found[what], cells, spells=True, beside_status=beside)
    if "end" not in found and ended:
        date(text, "end", found[what], cells, spells=True, beside_status=beside)
    elif "end" in found:
        date(text, "end", found["end"], part.cells("end"))
    if "attested" in found:
        date(text, "attested", found["attested"], part.cells("attested"))
    if "status" in found:
        words = sorted(set(part.cells("status")))
        ours = by_ours(words, lambda word: STATUSES.get(fold(word), "") or status_within(word)[1])
        doubt = Doubt.WORDS if any(fold(word) not in STATUSES for word in words) else None
        more: dict[str, object] = {}
        if beside:
            ours.pop("", None)
            more = {"else": ""}
        text.add("columns.status", table({"column": found["status"], "map": ours, **more}), doubt)
        if doubt and "note" not in found and not beside:
            text.add("columns.note_und", quoted(found["status"]), Doubt.LANGUAGE)
    else:
        _status_in_passing(part, found[what] if former else "", former, text)
    if "note" not in found and what and any(_has_aside(cell) and not _former(cell) for cell in cells):
        found["note"] = found[what]
    if "note" in found:
        text.add("columns.note_und", quoted(found["note"]), Doubt.LANGUAGE)
    if "end" not in found and not ended:
        _end_in_passing(part, text)


def _status_in_passing(part: ListPart, dated: str, former: Sequence[str], text: MappingText) -> None:
    """A status that stands after a year, `1997 (former)`, or in notes that say nothing else."""
    said = {_in_brackets(cell) for cell in former}
    noted = {cell for cell in part.cells("note") if fold(cell) in STATUSES}
    if words := sorted(said | noted):
        columns = [column for column, there in ((part.found.get("note", ""), noted), (dated, said)) if there]
        take: dict[str, object] = {"column": columns[0]} if len(columns) == 1 else {"columns": columns}
        if said:
            take["pattern"] = r"^(?:[^(]*\()?([^()]*)"
        ours = by_ours(words, lambda word: STATUSES[fold(word)])
        text.add("columns.status", table({**take, "map": ours, "else": ""}), Doubt.WORDS)
    elif of_kind := sorted(filter(_former, set(part.cells("kind")))):  # `Städtepartnerschaft (ruhend)`
        ours = by_ours(of_kind, lambda word: STATUSES[fold(_in_brackets(word))])
        text.add("columns.status", table({"column": part.found["kind"], "map": ours, "else": ""}), Doubt.WORDS)


def _end_in_passing(part: ListPart, text: MappingText) -> None:
    """An end that stands in notes, `until 2010`, or beside what a tie or its partner is: `full member (until 2020)`."""
    for what in ("note", "status", "role", "kind", "detail"):
        told = (re.search(_UNTIL, cell) for cell in part.cells(what))
        if any(end and is_date(end[1]) for end in told):
            text.add("columns.end", table({"column": part.found[what], "pattern": f"^(?:.*?{_UNTIL})?"}), Doubt.WORDS)
            return


def date(
    text: MappingText,
    ours: str,
    column: str,
    cells: Sequence[str],
    *,
    spells: bool = False,
    beside_status: bool = False,
) -> None:
    """How dates are read: as they are, or by the order of their parts, or of most the years that they begin with.

    Where nothing tells whether days or months come first, their years alone are read, and the order is asked.
    spells: a cell may tell of the end too. beside_status: some cells tell a status instead.
    """
    how: dict[str, object] = {"column": column}
    doubt = None
    said = [told for cell in cells if (told := status_within(cell))[1]]
    marks = sorted({re.escape(cell) for cell in cells if is_mark(cell) and not is_whole_date(cell)})
    if marks:  # of a matrix, some cells of which say only that there is something
        how["pattern"] = f"^(?:(?!(?:{'|'.join(marks)})$).+)?"
        cells = [cell for cell in cells if not is_mark(cell)]
    elif beside_status and (statuses := sorted(map(re.escape, {word for word, ours in said if ours != "signed"}))):
        words = "|".join(statuses)
        how["pattern"] = kept = rf"^(?:(?!{words}).+?(?=[,;،؛]\s*(?:{words})|$))?"
        cells = [found[0] for cell in cells if (found := re.match(kept, cell)) and found[0]]
    elif spells and any(map(_has_aside, cells)):
        how["pattern"] = r"^(.+?)(?:\s*[\[(][^\[\]()]*[\])])*$"
        cells = [re.sub(r"(?:\s*[\[(][^\[\]()]*[\])])*$", "", cell) for cell in cells]
    if spells and any(map(spell, cells)):
        how["spell"], doubt = True, Doubt.SPELL
        cells = [end for cell in cells for end in (spell(cell) or (cell,)) if end]
    if all_cells(cells, is_serial):
        how["dates"], doubt = SERIAL, Doubt.SERIAL
    figures = [found.group(1, 2) for cell in cells if (found := IN_FIGURES.fullmatch(ascii_digits(cell)))]
    sure = [order for at, order in enumerate(ORDERS) if any(int(parts[at]) > 12 for parts in figures)]
    if figures and not all(map(is_whole_date, cells)):
        if len(sure) == 1:
            how["dates"] = sure[0]
        elif len(how) == 1:
            how["pattern"], doubt = r"^(?:\d\d?[/.-]\d\d?[/.-](?=\d{4}$))?(.+)", Doubt.ORDER
    elif (
        len(how) == 1
        and not all_cells(cells, is_whole_date, 0.5)
        and all_cells(cells, lambda cell: bool(re.match(r"\d{4}\b", cell)), 0.5)
    ):
        how["pattern"] = r"^\d{4}\b"
    text.add(f"columns.{ours}", table(how) if len(how) > 1 else quoted(column), doubt)


def _has_aside(cell: str) -> bool:
    """Whether something stands in brackets after a date and is no part of it: `1997 (former)`, `1958 (new 2010)`."""
    told, said = brackets(cell)
    return bool(said) and (_former(cell) or (not is_whole_date(cell) and (is_whole_date(told) or bool(spell(told)))))


def _former(cell: str) -> bool:
    """Whether a status stands in brackets after something: `1997 (former)`."""
    return fold(_in_brackets(cell)) in STATUSES


def _in_brackets(cell: str) -> str:
    return cell.rpartition("(")[2].rstrip(") ")


def by_ours(words: Sequence[str], ours: Callable[[str], str]) -> dict[str, list[str]]:
    """Their words by ours."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(ours(word), []).append(word)
    return found
