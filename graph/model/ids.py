"""Ids: stable, readable, and the same whichever source speaks first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from ..letters import OPTIONAL_MARKS, spaced
from .schema import REGISTRY, RecordClass
from .values import Date

_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
        "ʻ": "",
        "ʼ": "",
        "'": "",
        "’": "",
        "‘": "",
        "`": "",
    }
)


def slug(name: str) -> str:
    """A name as part of an id: letters and digits, lower case, accents off, words joined by hyphens.

    Letters of other scripts stay as they are, with the marks that tell them apart.

    >>> slug("Xi'an"), slug("São Paulo"), slug("Iași"), slug("パリ") == slug("バリ")
    ('xian', 'sao-paulo', 'iasi', False)
    """
    plain = OPTIONAL_MARKS.sub("", unicodedata.normalize("NFKD", name).lower()).translate(_LETTERS)
    return "-".join(spaced(unicodedata.normalize("NFC", plain)).split())


def tail(record_id: str) -> str:
    """An id as part of another id: `mashhad` for a city, `country-iraq` style for anything else.

    >>> tail("city/mashhad"), tail("country/iq")
    ('mashhad', 'country-iq')
    """
    folder, _, rest = record_id.partition("/")
    rest = rest.replace("/", "-")
    return rest if folder == "city" else f"{folder}-{rest}"


def membership(member: str, organization: str, role: str) -> str:
    """`membership/c40/karachi`, or `membership/c40/karachi/board-member` for a role other than plain member."""
    plain = f"membership/{last(organization)}/{tail(member)}"
    return plain if role == "role/member" else f"{plain}/{last(role)}"


def agreement(kind: str, parties: Iterable[str]) -> str:
    """`agreement/sister-city/lahore--mashhad`: the parties in the order of the alphabet."""
    return f"agreement/{last(kind)}/{'--'.join(sorted(tail(party) for party in parties))}"


def period(date: Date | None) -> str:
    """A date as part of an id, without the marks that an IRI cannot hold."""
    return re.sub(r"[^\w.~-]", "", date.edtf.replace("/", "--")) if date else "undated"


def observation(measure: str, area: str, topic: str | None = None, when: Date | None = None) -> str:
    """`observation/population/mashhad/2016`, or `.../undated`."""
    about = f"/{tail(topic)}" if topic else ""
    return f"observation/{last(measure)}/{tail(area)}{about}/{period(when)}"


def last(record_id: str) -> str:
    """What follows the folder: `board-member` of `role/board-member`."""
    return record_id.partition("/")[2].replace("/", "-")


_PART = re.compile(r"[\w.,;:~+!()'&=*$@-]+")
LONGEST = 200
"""Bytes of a source's id as the name of a folder (`folder_name`)."""

_NO_NAME = re.compile(
    r'^\.|\.$|^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?=\.|$)|[/\\:*?"<>|%\x00-\x1f\x7f]', re.IGNORECASE
)
"""What no folder may have in its name, or be called, here or on other systems."""


def folder_name(source_id: str) -> str:
    """The id of a source, as the name of one folder that is no other's, not hidden, and not a way out.

    Percent signs as in URLs.

    >>> folder_name("source/un/2020"), folder_name("source/nul"), folder_name("source/...")
    ('un%2F2020', '%6E%75%6C', '%2E.%2E')
    """
    name = source_id.removeprefix("source/")
    return _NO_NAME.sub(lambda found: "".join(f"%{ord(letter):02X}" for letter in found[0]), name)


def fault(record_id: str) -> str:
    """What keeps a text from being an id, in a few words; empty if it can be one.

    An id is one or more parts between slashes, as a path is; as a path it also stands in addresses and folders. So no
    part is empty, `.` or `..`, and none has a space, a backslash, or a letter that is not seen.

    >>> fault("city/mashhad"), fault("source/../other"), fault("source//x"), fault("city/a b")
    ('', 'a part of it is ..', 'a part of it is empty', 'it holds the letter U+0020')
    """
    parts = record_id.split("/")
    for part in parts:
        if part in ("", ".", ".."):
            return f"a part of it is {part}" if part else "a part of it is empty"
        if not _PART.fullmatch(part) and (wrong := next((each for each in part if not _stands(each)), "")):
            letter = f"U+{ord(wrong):04X}"
            return f"it holds the letter {letter}"
    if parts[0] == "source" and len(folder_name(record_id).encode()) > LONGEST:
        return f"as a folder's name it is longer than {LONGEST} bytes"
    if not unicodedata.is_normalized("NFC", record_id):
        return "it is not in composed form (Unicode NFC)"
    return ""


def _stands(letter: str) -> bool:
    """Whether a letter may stand in an id; the vowel signs of Indic scripts and Thai are letters too."""
    is_mark = unicodedata.category(letter)[0] == "M" and not OPTIONAL_MARKS.fullmatch(letter)
    return is_mark or bool(_PART.fullmatch(letter))


_TABLE_FILE = re.compile(r"/[^/]+\.(csv|toml)(/|$)")


class SourcePaths:
    """The ids of sources as the paths under which they are exported: which two would meet there.

    Two meet if they differ in nothing but capital letters, and if one is that of a file of the other: `foo` and
    `foo/cities.csv`.
    """

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}
        self._files: dict[str, str] = {}

    def add(self, source_id: str) -> str | None:
        """Take in an id. Returns the other one that it meets, if there is one; the same id does not meet itself."""
        key = unicodedata.normalize("NFC", source_id.casefold())
        folders = {key[: found.start()] for found in _TABLE_FILE.finditer(key)}
        met = self._taken.setdefault(key, source_id)
        for folder in folders:
            self._files.setdefault(folder, source_id)
        meeting = (met, self._files.get(key), *(self._taken.get(folder) for folder in folders))
        return next((other for other in meeting if other not in (None, source_id)), None)


def derive(record_class: str, values: dict[str, Any]) -> str | None:
    """The id of a record that has none of its own, from the values of its required properties.

    None if the class wants an id of its own (a city, an organisation, a need) or a needed value is missing.
    """
    try:
        match record_class:
            case "Membership":
                return membership(values["member"], values["organization"], values["role"])
            case "Scope":
                plain = f"scope/{last(values['organization'])}"
                return plain if values["role"] == "role/member" else f"{plain}/{last(values['role'])}"
            case "Openness":
                return f"openness/{last(values['organization'])}/{last(values['country'])}"
            case "Roster":
                return f"roster/{last(values['organization'])}/{period(values.get('date'))}"
            case "Assessment":
                return f"assessment/{last(values['study'])}/{last(values['need'])}"
            case "Match":
                return f"match/{'--'.join(sorted(tail(values[name]) for name in ('one', 'other')))}"
            case "Observation":
                return observation(values["measure"], values["area"], values.get("topic"), values.get("period"))
            case _:
                return _of_ends(REGISTRY[record_class], values)
    except (KeyError, AttributeError, TypeError):
        return None


def _of_ends(entry: RecordClass, values: dict[str, Any]) -> str | None:
    """`route/mashhad--najaf`, `mission/consulate/country-iraq--mashhad`: the kind, if it has one, and the two ends; of
    ends without an order as the alphabet has them. None for what ties nothing."""
    if not entry.ends:
        return None
    if len(entry.ends) == 1:
        ends = sorted(tail(one) for one in values[entry.ends[0]])
    else:
        ends = [tail(values[name]) for name in entry.ends]
    kind = [values[entry.kind.name].rpartition("/")[2]] if entry.kind else []
    return "/".join((entry.folder, *kind, "--".join(ends)))
