"""What pages are written with and no name holds: links, templates and tags, entities, flags, marks that nobody sees."""

from __future__ import annotations

import html
import re

_MAY_HOLD = re.compile(
    "[\\[{<&'\u00a0\u00ad\u202f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U0001f1e6-\U0001f1ff\U0001f3f4]"
)
_UNSEEN = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
    "|(?:[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0020-\U000e007f]*)\\s*"
)
_FIRM_SPACE = re.compile("(?<!\\d)[\u00a0\u202f]|[\u00a0\u202f](?!\\d)")
"""A space at which no line is broken, but for one within a number."""
_NOTE = re.compile(r"<ref\b[^>]*/>|<(ref|sup)\b[^>]*>.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)*([^\[\]|]*)\]\]|\[https?://\S+\s+([^\[\]]+)\]")
_IMAGE = re.compile(r"\[\[(?:File|Image|Datei|Bild|Fichier|Archivo|Файл|پرونده|ملف):[^\[\]]*\]\]\s*", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{([^{}|]+)((?:\|[^{}]*)?)\}\}")
_NO_WORDS = re.compile(r"(?:flag ?icon|flag ?deco|refn?|efn|sfn|cite|citation|note|#tag)\b", re.IGNORECASE)
_FLAG = re.compile(r"flag|drapeau|bandera|bandeira", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_QUOTES = re.compile(r"'{2,}")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z]+\d*);")


def without_markup(cell: str) -> str:
    """A cell as a page would show it, and without flags; where a line is broken, one begins.

    >>> without_markup("🇩🇪 [[Halle (Saale)|Halle]]<ref>a</ref>"), without_markup("{{flag|Germany}}, M&uuml;nchen")
    ('Halle', 'Germany, München')
    """
    if not _MAY_HOLD.search(cell):
        return cell
    text = _FIRM_SPACE.sub(" ", _UNSEEN.sub("", _NOTE.sub("", cell)))
    text = _LINK.sub(lambda found: found[1] or found[2] or "", _IMAGE.sub("", text))
    text = _TEMPLATE.sub(_shown, text)
    text = _QUOTES.sub("", _TAG.sub("", _BREAK.sub("\n", text)))
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _shown(template: re.Match[str]) -> str:
    """What is seen of a template: of a flag the country, of another the last of what it is given, else its name."""
    if _NO_WORDS.match(template[1].strip()):
        return ""
    given = [each.strip() for each in template[2].split("|")[1:] if "=" not in each]
    if not given:
        return template[1].strip()
    return given[0] if _FLAG.match(template[1].strip()) else given[-1]
