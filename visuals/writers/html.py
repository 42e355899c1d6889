"""A document as one HTML file that opens offline: every number opens a card with what it rests on."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

from citydiplomacy.queries.wording.speech import Speech

from ..document.blocks import Document, Heading, Note, Paragraph, Picture, Points, Sheet
from ..document.inline import pieces
from ..document.words import Words
from ..svg.svg import font_face
from .claims import first, lines

TEMPLATES = Path(__file__).parent / "templates"


def as_html(document: Document) -> bytes:
    """The document as a page. The same document gives the same bytes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    say, marked = Speech(document.lang), set[int]()
    style = font_face() + "\n" + (TEMPLATES / "document.css").read_text(encoding="utf-8")
    script = (TEMPLATES / "document.js").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["picture"] = lambda block: isinstance(block, Picture)
    for kind in (Heading, Note, Paragraph, Points, Sheet):
        environment.tests[kind.__name__.lower()] = lambda block, kind=kind: isinstance(block, kind)
    environment.filters |= {
        "pieces": lambda text: list(pieces(text, document.lang, document.numbers)),
        "lines": lambda entry: lines(entry, document.lang),
        "source": lambda text: int(re.sub(r"\D", "", text)),
        "new": lambda entries: first(entries, marked),
        "shown": say.shown,
        "number": say.number,
        "date": say.date,
        "svg": lambda picture: Markup(picture.svg.markup()),
        "safe_link": lambda address: address if is_link(address) else "",
        "numeric": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    }
    return (
        environment.get_template("document.html")
        .render(
            document=document,
            direction="rtl" if document.lang == "fa" else "ltr",
            words=Words.of(document.lang),
            style=Markup(style),
            style_hash=policy_hash(style),
            script=Markup(script),
            script_hash=policy_hash(script),
        )
        .encode()
    )


def is_link(address: str) -> bool:
    """Whether an address may become a link: to a page or a mailbox, and to nothing that runs."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "mailto" or (parts.scheme in ("http", "https") and bool(parts.netloc))


def policy_hash(text: str) -> str:
    """The source expression by which a content security policy names an inline script or style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
