"""A document as one HTML file that opens offline: every number opens a card with what it rests on."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citydiplomacy.graph.model.values import Date
from citydiplomacy.queries.wording.speech import Speech

from ..document.blocks import Document, Heading, Note, Paragraph, Picture, Points, Sheet
from ..document.inline import pieces
from ..document.words import DocumentWords
from ..svg.colors import dark_rules
from ..svg.plain_text import safe_link
from ..svg.svg import font_face
from .claims import MOST_SHOWN, first, lines, more
from .properties import revision

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SHORT = 20
"""Letters of a date that stays on one line."""
LONG = 30
"""Letters of a word that may be broken anywhere on paper: of an address, not of a name."""
TEMPLATES = Path(__file__).parent / "templates"


def as_html(document: Document) -> bytes:
    """The document as a page. The same document gives the same bytes."""
    from markupsafe import Markup

    style = font_face() + "\n" + document_style()
    script = template("document.js")
    return (
        environment()
        .get_template("document.html")
        .render(
            in_context(document),
            revision=revision(document),
            style=Markup(style),
            style_hash=policy_hash(style),
            script=Markup(script),
            script_hash=policy_hash(script),
        )
        .encode()
    )


def template(name: str) -> str:
    """The text of a file of `templates`."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def document_style() -> str:
    """The style sheet of documents, without the font."""
    return template("document.css") + dark_rules()


def in_context(document: Document, place: Callable[[str], str] = lambda _: "") -> dict[str, Any]:
    """What `blocks.html` asks of the page that it sets a document on. place: the address of a record, "" for none."""
    return {
        "document": document,
        "direction": "rtl" if document.lang == "fa" else "ltr",
        "words": DocumentWords.of(document.lang),
        "say": Speech(document.lang),
        "comma": str(Speech(document.lang)(",", "،")),
        "marked": set[int](),
        "place": place,
    }


def environment(*folders: Path) -> Environment:
    """What sets documents, with templates of other folders before ours; its filters read the page's `in_context`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.tests["picture"] = lambda block: isinstance(block, Picture)
    for kind in (Heading, Note, Paragraph, Points, Sheet):
        made.tests[kind.__name__.lower()] = lambda block, kind=kind: isinstance(block, kind)
    of_page: dict[str, Callable[..., Any]] = {
        "line": _line,
        "lines": lambda page, entry: lines(entry, page["document"].lang),
        "more": lambda page, rows: more(rows, MOST_SHOWN, page["say"]),
        "day": lambda page, value: isinstance(value, Date) and len(page["say"].date(value)) <= SHORT,
        "shown": lambda page, value: page["say"].shown(value),
        "number": lambda page, value: page["say"].number(value),
        "date": lambda page, value: page["say"].date(value),
    }
    alone: dict[str, Callable[..., Any]] = {
        "shown_first": lambda rows: rows[:MOST_SHOWN],
        "source": lambda text: int(re.sub(r"\D", "", text)),
        "breaks": lambda value: isinstance(value, str) and any(len(word) > LONG for word in value.split()),
        "svg": lambda picture: Markup(picture.svg.markup()),
        "safe_link": safe_link,
        "numeric": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    }
    made.filters |= {name: pass_context(call) for name, call in of_page.items()} | alone
    return made


def _line(page: Mapping[str, Any], text: str) -> Markup:
    """A line of words, numbers that open what they rest on, and names that lead to their pages.

    Written here and in no template: a page has hundreds of them.
    """
    from markupsafe import Markup, escape

    made = []
    for piece in pieces(text, page["document"].lang, page["document"].numbers):
        words: str = escape(piece.text)
        apart = f'<bdi dir="{piece.direction}">{words}</bdi>' if piece.direction else ""
        if piece.entries:
            made += [f'<span id="m{number}"></span>' for number in first(piece.entries, page["marked"])]
            entries = " ".join(map(str, piece.entries))
            opens = f'class="mark" href="#e{piece.entries[0]}" data-entries="{entries}"'
            made.append(f"<a {opens}>{apart or f'<bdi>{words}</bdi>'}</a>")
        elif piece.id and (to := page["place"](piece.id)):
            made.append(f'<a href="{escape(to)}">{apart or f"<bdi>{words}</bdi>"}</a>')
        else:
            made.append(apart or words)
    return Markup("".join(made))


def policy_hash(text: str) -> str:
    """The source expression by which a content security policy names an inline script or style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
