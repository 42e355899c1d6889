"""The files that pages link to: style, scripts and the font; those of others come from their installed packages."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
FONT = '@font-face{font-family:Vazirmatn;font-weight:100 900;font-display:swap;src:url("Vazirmatn.woff2")}\n'


def names() -> tuple[str, ...]:
    """All of them."""
    from citydiplomacy.visuals.pages import network_page, world_page

    scripts = dict.fromkeys((*network_page.SCRIPTS, *world_page.SCRIPTS))
    return (*_FRAME, "network.css", "world.css", "vis-network.js", *scripts)


@cache
def file(name: str) -> tuple[str, bytes] | None:
    """Media type and content of a file; None if there is none of this name."""
    if name in _FRAME:
        return TYPES[Path(name).suffix], _FRAME[name]()
    if name not in names():
        return None
    from citydiplomacy.visuals.pages import network_page, offline

    if name.endswith(".css"):
        content = FONT + offline.style_of(name.removesuffix(".css"))
    else:
        content = network_page.scripts()[name] if name == "vis-network.js" else offline.template(name)
    return TYPES[Path(name).suffix], content.encode()


def _style() -> bytes:
    from citydiplomacy.visuals.writers.html import document_style

    return (FONT + document_style()).encode() + _own("explorer.css")


def _document(name: str) -> bytes:
    from importlib.resources import files

    return (files("citydiplomacy.visuals.writers") / "templates" / name).read_bytes()


def _font() -> bytes:
    from importlib.resources import files

    return (files("citydiplomacy.visuals") / "fonts" / "Vazirmatn.woff2").read_bytes()


def _own(name: str) -> bytes:
    return (TEMPLATES / name).read_bytes()


_FRAME: dict[str, Callable[[], bytes]] = {
    "style.css": _style,
    "document.js": partial(_document, "document.js"),
    "explorer.js": partial(_own, "explorer.js"),
    "search.js": partial(_own, "search.js"),
    "tables.js": partial(_own, "tables.js"),
    "icon.svg": partial(_own, "icon.svg"),
    "Vazirmatn.woff2": _font,
}
"""What every page links to."""
