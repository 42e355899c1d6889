"""One HTML file that works offline and lets nothing in: a content security policy that names its scripts by their
hashes, a template that escapes, data that a script reads as JSON."""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).parent


def render(name: str, scripts: Sequence[str], data: dict[str, Any], *, lang: str, **values: object) -> bytes:
    """A page from its template and style sheet (`templates/NAME.html`, `NAME.css`), scripts and data.

    scripts: in their order, as texts. data: what the scripts read, of JSON's own types. values: the template's words.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    style = "\n".join([_font(), template("page.css"), template(f"{name}.css")])
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    html = environment.get_template(f"{name}.html").render(
        lang="fa" if lang == "fa" else "en",
        direction="rtl" if lang == "fa" else "ltr",
        style=Markup(style),
        style_hash=_hash(style),
        script_hashes=[_hash(script) for script in scripts],
        scripts=[Markup(script) for script in scripts],
        data=Markup(as_json(data)),
        **values,
    )
    return html.encode()


def template(name: str) -> str:
    """The text of a file of `templates`."""
    return (HERE / "templates" / name).read_text(encoding="utf-8")


def page_words(name: str, lang: str) -> dict[str, Any]:
    """A page's own words (`templates/NAME.toml`) in a language: Persian for `fa`, else English."""
    told: dict[str, dict[str, Any]] = tomllib.loads(template(f"{name}.toml"))
    return told["fa" if lang == "fa" else "en"]


def web_address(address: str | None) -> str:
    """An address that a page may link to: of http or https; else empty."""
    return address if address and urlsplit(address).scheme in ("http", "https") else ""


def _font() -> str:
    font = base64.b64encode((HERE.parent / "fonts" / "Vazirmatn.woff2").read_bytes()).decode()
    url = f'url(data:font/woff2;base64,{font}) format("woff2")'
    return f"@font-face {{ font-family: Vazirmatn; font-weight: 100 900; src: {url}; }}"


def _hash(script: str) -> str:
    """The source expression by which a content security policy names an inline script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def as_json(value: Any) -> str:
    """JSON that can stand in a script element: nothing in it ends the element or opens a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
