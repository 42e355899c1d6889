"""Pages that the server makes by itself, of a few words: nobody waits for a process."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ..made import MadeFile

_PAGE = """<!DOCTYPE html>
<html lang="{lang}" dir="{dir}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/static/style.css">{head}</head>
<body><main><h1>{title}</h1>
{paragraphs}{more}</main></body></html>
"""
_DIRECTION = {"en": "ltr", "fa": "rtl"}
_SITE = {"en": "City diplomacy", "fa": "دیپلماسی شهری"}
_MAKING = {
    "en": "This is being made. It comes by itself in a moment; a file comes as a download.",
    "fa": "این در حال ساخته شدن است. تا چند لحظهٔ دیگر خودش می‌آید؛ پرونده دانلود می‌شود.",
}
_BACK = {"en": "Back to the pages", "fa": "بازگشت به صفحه‌ها"}
_AGAIN_SECONDS = 2


def page(told: Mapping[str, str], head: str = "", more: str = "") -> str:
    """A page that says something, as HTML by language; the first is the page's own. more: HTML below."""
    lang = next(iter(told))
    paragraphs = "".join(f'<p lang="{each}" dir="{_DIRECTION[each]}">{words}</p>\n' for each, words in told.items())
    title = " – ".join(f"{_SITE[each]}" for each in told)
    return _PAGE.format(lang=lang, dir=_DIRECTION[lang], title=title, head=head, paragraphs=paragraphs, more=more)


def being_made(lang: str, back: str) -> MadeFile:
    """Says so, and asks again by itself. back: where to go on from; a file that comes leaves the browser here."""
    again = f'<meta http-equiv="refresh" content="{_AGAIN_SECONDS}">'
    way = f'<p><a href="{escape(back)}">{_BACK[lang]}</a></p>\n'
    content = page({lang: _MAKING[lang]}, again, way).encode()
    return MadeFile(202, "text/html; charset=utf-8", content, {"cache-control": "no-store"})
