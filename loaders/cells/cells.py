"""Cells: how their text becomes a value, by what the schema says of the property."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Any

from citydiplomacy.graph.language.calendars import GREGORIAN
from citydiplomacy.graph.language.dates import parse_date
from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.language.text import ascii_digits, fold, normalize
from citydiplomacy.graph.model import ids
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Property, by_folder
from citydiplomacy.graph.model.values import Text
from citydiplomacy.ontology.schemes import schemes

from .. import bounds
from .concept_words import WORDS

UNSAVED = "#FORMULA!"
"""In the place of the result of a formula that a workbook does not hold."""
ERRORS = frozenset({UNSAVED, "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
"""What a spreadsheet writes into a cell whose formula went wrong."""

ERROR = "the cell holds an error"
NO_RESULT = "a formula without a saved result"
SAVE = "Open the workbook in a spreadsheet program and save it: then the results are saved too."

Reader = Callable[[str], Any]
"""A cell (not empty, no spaces around it) as a value; raises CellError."""


class CellError(ValueError):
    """A cell or column name that cannot be read. Who knows its place makes an InputError of it."""

    def __init__(self, message: str, *, expected: str = "", hint: str = "") -> None:
        self.expected, self.hint = expected, hint
        super().__init__(message)


class UnsavedFormula(CellError):
    """A formula whose result the workbook does not hold: what stands there cannot be read, and is not unknown."""

    def __init__(self) -> None:
        super().__init__(NO_RESULT, hint=SAVE)


class UnknownWord(CellError):
    """A word of others that our side has nothing for."""

    def __init__(self, message: str, word: str, known: Collection[str], shown: str = "") -> None:
        super().__init__(message, expected=shown or _listed(known), hint=_nearest(word, known))
        self.word = word


def unknown(what: str, name: str, known: Collection[str], shown: str = "") -> CellError:
    """The error for a name that is none of the known ones: it lists them and proposes the nearest."""
    return CellError(f"unknown {what}", expected=shown or _listed(known), hint=_nearest(name, known))


def _listed(known: Collection[str]) -> str:
    return "one of " + ", ".join(known)


def words_of(prop: Property | None) -> str:
    """The words that are expected in the cells of a property that holds concepts; empty for any other."""
    if prop is None or prop.kind is not Kind.CONCEPT:
        return ""
    return _listed([name.partition("/")[2] for name in schemes()[prop.range[0]]])


def _nearest(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else ""


def reader(
    prop: Property, *, lang: str = "", calendar: str = GREGORIAN, decimal: str = ".", thousands: str = ""
) -> Reader:
    """How one value of a property is read.

    `lang` is the language of a text, `calendar` that of years that do not name theirs, `decimal` the sign before
    decimals, `thousands` the one between thousands if there is one.
    """
    match prop.kind:
        case Kind.TEXT:
            tidy = normalize if lang.split("-", maxsplit=1)[0] == "fa" else str
            return lambda cell: Text(tidy(plain(cell)), lang)
        case Kind.STRING:
            return plain
        case Kind.INTEGER:
            return lambda cell: integer(_without(thousands, cell))
        case Kind.DECIMAL:
            return lambda cell: number(_without(thousands, cell), decimal)
        case Kind.DATE:
            return lambda cell: _date(cell, calendar)
        case Kind.IRI:
            return iri
        case Kind.REFERENCE:
            return _reference(prop.range)
        case Kind.CONCEPT:
            (scheme,) = prop.range
            return lambda cell: _concept(cell, scheme)
        case Kind.TERM:
            return lambda cell: _term(cell, prop.range)


CACHED = frozenset({Kind.DATE, Kind.REFERENCE, Kind.CONCEPT, Kind.TERM})
"""Kinds whose cells repeat themselves and cost something to read."""


class Cache(dict[str, Any]):
    """Cells read before. Bounded, so that a file of any length fits."""

    LIMIT = 1 << 16

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: str) -> Any:
        if len(self) >= self.LIMIT:
            self.clear()
        value = self[cell] = self._read(cell)
        return value


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(cell: str) -> str:
    """A text in composed form (NFC). Raises CellError for control characters, which no export could carry, and for
    more letters than a cell may have.
    """
    if len(cell) > bounds.CELL:
        raise CellError("more letters than are read", expected=f"at most {counted(bounds.CELL, 'letter')}")
    if cell.isascii() and cell.isprintable():
        return cell
    if found := _CONTROL.search(cell):
        raise CellError(f"the cell holds the control character U+{ord(found[0]):04X}", expected="text")
    return unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))


def _without(thousands: str, cell: str) -> str:
    """A number without the signs between its thousands; anything else as it is."""
    if not thousands or thousands not in cell:
        return cell
    whole = re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?!\d).*", cell)
    return cell.replace(thousands, "") if whole else cell


def integer(cell: str) -> int:
    """A whole number in ASCII, Persian or Arabic-Indic digits."""
    text = ascii_digits(cell).replace("\u2212", "-")
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise CellError("not a whole number", expected="a whole number such as 1400, without separators")
    return int(text)


def number(cell: str, decimal: str = ".") -> Decimal:
    """A number in ASCII, Persian or Arabic-Indic digits. The Arabic signs for decimals and thousands are read too."""
    text = ascii_digits(cell).replace("\u2212", "-")
    if "\u066c" in text and re.fullmatch(r"[+-]?[0-9]{1,3}(\u066c[0-9]{3})+(\u066b[0-9]+)?", text):
        text = text.replace("\u066c", "")
    text = text.replace("\u066b", decimal)
    if not re.fullmatch(rf"[+-]?[0-9]{{1,50}}({re.escape(decimal)}[0-9]{{1,50}})?", text):
        raise CellError(
            "not a number",
            expected=f"a number such as 3001184 or 36{decimal}26",
            hint="No thousands separators, units or exponents: 3001184, not 3,001,184 or 3.0e6; at most 50 digits.",
        )
    return Decimal(text.replace(decimal, "."))


_YEAR = re.compile(r"\d{4}-01-01T00:00:00Z")
"""How the query service of Wikidata writes a year: it tells no precision, and says no more than that."""


def _date(cell: str, calendar: str) -> Any:
    try:
        return parse_date(cell[:4] if _YEAR.fullmatch(cell) else cell, calendar=calendar)
    except ValueError as error:
        raise CellError(f"not a date: {error}", expected="a date such as 2014, 2014-02-27, 2004~ or 1392 SH") from None


_PLANES = "".join(f"{chr(plane)}-{chr(plane + 0xFFFD)}" for plane in range(0x10000, 0xE0000, 0x10000))
_WORD = rf"\w.~!$&'()*+,;=\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}-"
_PART = rf"(?:[{_WORD}:@/?]|%[0-9a-f]{{2}})*"
_IRI = re.compile(
    rf"(?!.*\s)(?:https?://[{_WORD}]+(?::[0-9]+)?(?![^/?#])|urn:[a-z0-9][a-z0-9-]+:|doi:|geo:){_PART}(?:#{_PART})?",
    re.IGNORECASE,
)
"""The IRIs of RFC 3987 that have one of these schemes, without user names, IPv6 hosts and private letters."""


def iri(cell: str) -> str:
    """An address or an identifier elsewhere: http, https, urn, doi or geo."""
    text = plain(cell)
    if not _IRI.fullmatch(text):
        raise CellError(
            "not a full address",
            expected="an address such as https://www.wikidata.org/entity/Q121157",
            hint="Write spaces as %20, and start with https://, http://, urn:, doi: or geo:.",
        )
    return text


def record_id(cell: str, folders: tuple[str, ...], short: str | None = None) -> str:
    """An id with its folder. It must be one of `folders`; an id without one gets `short`, or the only folder."""
    text = plain(cell)
    head, slash, _ = text.partition("/")
    whole = bool(slash) and head in folders
    if wrong := ids.fault(text if whole else f"{folders[0]}/{text}"):
        raise CellError(f"not an id: {wrong}", expected="letters, digits and hyphens, such as city/mashhad or mashhad")
    if whole:
        return text
    if len(folders) == 1:
        short = folders[0]
    if slash and (len(folders) > 1 or by_folder(text)):
        raise _wrong_folder(head, folders)
    if short is None:
        raise CellError("the id lacks its folder", expected=f"an id such as {folders[0]}/{text}", hint=_of(folders))
    return f"{short}/{text}"


def _wrong_folder(head: str, folders: tuple[str, ...]) -> CellError:
    if head in {entry.folder for entry in REGISTRY.values()} or head in schemes():
        return CellError(f"{head}/ is not what can stand here", expected=f"an id of {_of(folders)}")
    return unknown("folder of an id", head, folders)


def _of(folders: tuple[str, ...]) -> str:
    return ", ".join(f"{folder}/" for folder in folders)


def _reference(classes: tuple[str, ...]) -> Reader:
    if "*" not in classes:
        folders = tuple(REGISTRY[name].folder for name in classes)
        short = "city" if "city" in folders else None
        return lambda cell: record_id(cell, folders, short)
    records = {entry.folder for entry in REGISTRY.values()}
    folders = (*records, *(scheme for scheme in schemes() if scheme not in records))

    def read(cell: str) -> str:
        found = record_id(cell, folders)
        folder = found.partition("/")[0]
        return found if folder in records else _concept(found, folder)

    return read


def _concept(cell: str, scheme: str) -> str:
    known = schemes()[scheme]
    found = cell if "/" in cell else f"{scheme}/{cell}"
    if found not in known:
        found = _by_word(scheme).get(fold(cell), "")
    if not found:
        raise unknown(scheme.replace("-", " "), cell, [name.partition("/")[2] for name in known])
    return found


@cache
def _by_word(scheme: str) -> dict[str, str]:
    """The concepts of a scheme by what they are called in English and Persian, and by what else people call them."""
    called = {word: f"{scheme}/{short}" for word, short in WORDS.get(scheme, {}).items()}
    return called | {
        fold(label): each for each, concept in schemes()[scheme].items() for label in concept.labels.values()
    }


def _term(cell: str, names: tuple[str, ...]) -> str:
    if cell not in names:
        raise unknown("relation", cell, names)
    return cell
