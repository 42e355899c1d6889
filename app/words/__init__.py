"""What the command line says, in Persian: messages, notes, reports and help are written in English where they are said,
and stand here once more (`*.toml`), with `{}` for each part that varies.

The Persian is read when it is asked for, so that English starts as fast as ever, and kept as read, as questions are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

VARIABLE = "CITYDIPLOMACY_LANG"
"""Names the language of all commands."""
ENGLISH, PERSIAN = "en", "fa"
LANGUAGES = (ENGLISH, PERSIAN)

_DIGITS = str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_QUOTED = re.compile(r"(['\"])((?:(?!\1)[^\\])*)\1")
_HOLE = re.compile(r"\{(\d*)\}")
_MARGIN = re.compile(r"(\s+|\S+\s{2,})(\S.*)", re.DOTALL)
"""What is indented, or stands beside a word in a list."""

_JOINTS = {", ": "، ", " in ": " در ", " and ": " و ", " or ": " یا "}
"""Between things that are listed."""
_NAMES = re.compile(r"[\w./:-]+(?:, [\w./:-]+)*(?: (?:and|or) [\w./:-]+)?")
"""Names in a row."""

_chosen = ENGLISH


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Speak the language that the command line asks for: the last `--lang`, else that of the environment, else English.

    What is no language is left to whoever reads the options.
    """
    global _chosen  # noqa: PLW0603 - a process speaks one language, also where nobody passes it on
    wanted = environment.get(VARIABLE, "")
    for number, word in enumerate(arguments):
        if word in ("--lang", "-l"):
            wanted = arguments[number + 1] if number + 1 < len(arguments) else wanted
        elif word.startswith("--lang="):
            wanted = word.removeprefix("--lang=")
        elif re.fullmatch("-l(?:en|fa)", word):
            wanted = word[2:]
    _chosen = wanted if wanted in LANGUAGES else ENGLISH
    return _chosen


def language() -> str:
    """The language that was chosen."""
    return _chosen


def told(text: str) -> str:
    """A text of ours in the language that was chosen."""
    return persian(text) if _chosen == PERSIAN else text


def persian(text: str) -> str:
    """A text of ours in Persian, what varies in it too; as it is where no Persian is known.

    >>> persian("nothing is called 'Qom' here")
    'اینجا چیزی به نام «Qom» نیست'
    >>> persian("12 rows in 3 tables"), persian("city/qom: a value is missing")
    ('۱۲ ردیف در ۳ جدول', 'city/qom: مقداری نیست')
    """
    for between in ("\n\n", "\n"):
        if between in text:
            return between.join(map(persian, text.split(between)))
    found = known(text)
    if found is not None:
        return found
    if margin := _MARGIN.fullmatch(text):
        return margin[1] + persian(margin[2])
    if quoted := _QUOTED.fullmatch(text):
        return f"«{quoted[2]}»"
    for place in (colon.end() for colon in re.finditer(": ", text)):
        if (tail := persian(text[place:])) != text[place:]:
            return text[:place] + tail
    return text


def known(text: str) -> str | None:
    """A text of ours in Persian: a number, a number of things, or what is written here; None for others."""
    if _NUMBER.fullmatch(text):
        return text.translate(_DIGITS)
    told = _told()
    if text in told.whole:
        return told.whole[text]
    number, _, noun = text.partition(" ")
    if noun in told.nouns and _NUMBER.fullmatch(number):
        return f"{number.translate(_DIGITS)} {told.nouns[noun]}"
    for shape in told.shapes:
        if all(piece in text for piece in shape.pieces) and (found := shape.pattern().fullmatch(text)):
            if not shape.pieces[-1] and text.endswith(".") and (bare := known(text[:-1])) is not None:
                return f"{bare}."  # it ends a sentence, and no value
            values = [persian(part) for part in found.groups()]
            numbers = iter(range(len(values)))
            return _HOLE.sub(lambda hole: values[int(hole[1]) if hole[1] else next(numbers)], shape.persian)  # noqa: B023
    if text.endswith(".") and (bare := known(text[:-1])) is not None:
        return f"{bare}."
    for joint, joined in _JOINTS.items():
        first, met, rest = text.partition(joint)
        if met and ((beginning := known(first)) is not None or _NAMES.fullmatch(text)):
            return (beginning or first) + joined + persian(rest)
    return None


class _Shape(NamedTuple):
    """A message with parts that vary."""

    pieces: tuple[str, ...]
    persian: str

    def pattern(self) -> re.Pattern[str]:
        return _pattern(self.pieces)


@cache
def _pattern(pieces: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, pieces)))


class _Told(NamedTuple):
    """All that is told in Persian: whole texts, shapes (what has most letters first), nouns after numbers."""

    whole: Mapping[str, str]
    shapes: Sequence[_Shape]
    nouns: Mapping[str, str]


@cache
def _told() -> _Told:
    whole, shapes = {}, []
    for english, text in messages():
        if "{}" in english:
            shapes.append(_Shape(tuple(english.split("{}")), text))
        else:
            whole[english] = text
    shapes.sort(key=lambda shape: -sum(map(len, shape.pieces)))
    return _Told(whole, shapes, _read("nouns"))


def messages() -> Iterator[tuple[str, str]]:
    """All texts of ours, English and Persian."""
    for name in ("messages", "reports", "help"):
        yield from _read(name).items()


@cache
def _read(name: str) -> Mapping[str, str]:
    from citydiplomacy.ontology.compiled import literal

    read: Mapping[str, str] = literal(str(Path(__file__).with_name(f"{name}.toml")), (__file__,), _parsed)
    return read


def _parsed(data: bytes) -> Mapping[str, str]:
    import tomllib

    return tomllib.loads(data.decode("utf-8"))
