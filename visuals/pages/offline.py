"""One HTML file that works offline and lets nothing in: a content security policy that names its scripts by their
hashes, a template that escapes, data that a script reads as JSON."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..svg.colors import dark_rules
from ..svg.svg import font_face
from ..writers.html import policy_hash

HERE = Path(__file__).parent
_NO_LINKS: Mapping[str, object] = {
    "style": "",
    "style_link": "",
    "scripts": (),
    "script_links": (),
    "script_hashes": (),
    "home": "",
}


@dataclass(frozen=True)
class Looked:
    """A page to look through: its template and style sheet (`templates/NAME.html`, `NAME.css`), scripts and data."""

    name: str
    scripts: Mapping[str, str]
    """Name -> text, in their order."""
    data: Mapping[str, Any]
    """What the scripts read, of JSON's own types."""
    lang: str
    values: Mapping[str, object]
    """The template's words."""

    def file(self) -> bytes:
        """All in one file, which works offline."""
        from markupsafe import Markup

        style = "\n".join([font_face(), style_of(self.name)])
        return self._render(
            style=Markup(style),
            style_hash=policy_hash(style),
            script_hashes=[policy_hash(script) for script in self.scripts.values()],
            scripts=[Markup(script) for script in self.scripts.values()],
        )

    def linked(self, folder: str, home: str, site: str) -> bytes:
        """The page alone: its style (NAME.css) and scripts lie in a folder of a site, to whose start it leads."""
        return self._render(
            style_link=f"{folder}{self.name}.css",
            script_links=[f"{folder}{name}" for name in self.scripts],
            home=home,
            site=site,
        )

    def _render(self, **links: object) -> bytes:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from markupsafe import Markup

        environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )
        html = environment.get_template(f"{self.name}.html").render(
            lang="fa" if self.lang == "fa" else "en",
            direction="rtl" if self.lang == "fa" else "ltr",
            data=Markup(as_json(self.data)),
            **{**_NO_LINKS, **links},
            **self.values,
        )
        return html.encode()


def template(name: str) -> str:
    """The text of a file of `templates`."""
    return (HERE / "templates" / name).read_text(encoding="utf-8")


def style_of(name: str) -> str:
    """The style sheet of a page, without the font."""
    return "\n".join([template("page.css"), template(f"{name}.css"), dark_rules()])


def page_words(name: str, lang: str) -> dict[str, Any]:
    """A page's own words (`templates/NAME.toml`) in a language: Persian for `fa`, else English."""
    told: dict[str, dict[str, Any]] = tomllib.loads(template(f"{name}.toml"))
    return told["fa" if lang == "fa" else "en"]


def as_json(value: Any) -> str:
    """JSON that can stand in a script element: nothing in it ends the element or opens a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
