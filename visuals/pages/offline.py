"""One HTML file that works offline and lets nothing in: a content security policy that names its scripts by their
hashes, a template that escapes, data that a script reads as JSON."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..svg.svg import font_face
from ..writers.html import policy_hash

HERE = Path(__file__).parent


def render(name: str, scripts: Sequence[str], data: dict[str, Any], *, lang: str, **values: object) -> bytes:
    """A page from its template and style sheet (`templates/NAME.html`, `NAME.css`), scripts and data.

    scripts: in their order, as texts. data: what the scripts read, of JSON's own types. values: the template's words.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    style = "\n".join([font_face(), template("page.css"), template(f"{name}.css")])
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
        style_hash=policy_hash(style),
        script_hashes=[policy_hash(script) for script in scripts],
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


def as_json(value: Any) -> str:
    """JSON that can stand in a script element: nothing in it ends the element or opens a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
