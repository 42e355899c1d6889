"""The addresses of pages: a language, the id of what is shown, a form, and what is wanted of it.

`/city/mashhad`, `/fa/city/mashhad`, `/city/mashhad.json`, `/question/sister-cities?city=city/mashhad&sort=-start`.
English has no prefix. The same thing has the same address in every revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import parse_qsl, quote, unquote, urlencode

from ..errors import UsageError

MEDIA: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "svg": "image/svg+xml",
    "atom": "application/atom+xml; charset=utf-8",
}
"""Form -> media type: the forms of pages, by the suffix of an address or by what an asker accepts."""

LONGEST = 8_000
"""Letters of an address."""
MOST_FIELDS = 60
"""Fields of a query string."""


class Files(Protocol):
    """Where links lead on a page that is a file among files."""

    @property
    def static(self) -> str:
        """The folder of style and scripts, from the page."""

    def address(self, wanted: PageWanted) -> str:
        """Another page or its data, from the page; empty where there is no such file."""

    def holds(self, record_id: str) -> bool:
        """Whether a record has a page among the files."""

    @property
    def lists(self) -> Mapping[str, int]:
        """The classes of which there is a list, by folder: how many records are in it."""

    @property
    def round(self) -> Sequence[str]:
        """The cities round which the files are; none if they are of all."""

    @property
    def reported(self) -> Sequence[str]:
        """The cities of which there are reports and pictures."""


@dataclass(frozen=True)
class PageWanted:
    """What is asked for."""

    lang: str = "en"
    path: tuple[str, ...] = ()
    """The parts of the address, without language and suffix."""
    form: str = "html"
    query: tuple[tuple[str, str], ...] = ()
    files: Files | None = field(default=None, compare=False, repr=False)
    """Of a page that is a file: where its links lead."""

    def value(self, name: str) -> str:
        """The last value of a field of the query; empty if there is none."""
        return next((value for key, value in reversed(self.query) if key == name), "")

    def page_of(self, number: int, step: int, *, shrinks: bool = False) -> tuple[int, int]:
        """The page that is asked for of a number of things, so many on each, and the last there is; from 1.

        shrinks: the things become fewer as one goes through them, and after the last of a page comes the one before it.

        Raises UsageError for one that is not there: another page would pass for it.
        """
        text, last = self.value("page") or "1", max(1, -(-number // step))
        page = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
        if page < 1 or (page > last and not shrinks):
            raise UsageError(f"There is no page {text!r} of this.", hint=f"Pages are numbered from 1 to {last}.")
        return min(page, last), last

    @property
    def way_on(self) -> str:
        """The address to go on from while this is made: of a file the page that it is of, of a page the first."""
        return self.to(*(self.path if self.form != "html" else ())).address()

    def but(self, **changes: str | None) -> PageWanted:
        """The same with other fields in the query; None and empty leave one out. A field `f_x` is written `f.x`."""
        named = {name.replace("f_", "f.", 1) if name.startswith("f_") else name: to for name, to in changes.items()}
        return self.asking({**dict(self.query), **named})

    def asking(self, fields: Mapping[str, str | None]) -> PageWanted:
        """The same with these fields as its query; empty ones are left out."""
        return replace(self, query=tuple((name, value) for name, value in fields.items() if value))

    def to(self, *path: str, query: Iterable[tuple[str, str]] = ()) -> PageWanted:
        """Another page, in the same language and of the same date."""
        at = (("at", self.value("at")),) if self.value("at") else ()
        parts = tuple(part for each in path for part in each.split("/") if part)
        return PageWanted(self.lang, parts, "html", (*query, *at), self.files)

    def record(self, record_id: str) -> str:
        """The address of the page of a record."""
        return self.to(record_id).address()

    def address(self) -> str:
        """The whole address, from its slash on; on a page that is a file, the way from there, if there is one."""
        if self.files:
            return self.files.address(self)
        parts = [quote(part, safe="~@:!$,;=+'()*-._") for part in self.path]
        text = "/".join(["", *(["fa"] if self.lang == "fa" else []), *parts])
        if self.form != "html":
            text += f"{'' if parts else '/index'}.{self.form}"
        elif not parts:
            text += "/"
        return f"{text}?{urlencode(self.query, quote_via=quote, safe='/:.')}" if self.query else text


def parse(path: str, query: str = "") -> PageWanted:
    """What an address asks for; `path` and `query` as they stand in the address, percent-encoded.

    Raises UsageError for one that is too long, or is no text.
    """
    if len(path) + len(query) > LONGEST:
        raise UsageError("The address is too long.")
    try:
        parts = [unquote(part, errors="strict") for part in path.split("/")[1:]]
        fields = parse_qsl(query, keep_blank_values=False, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise UsageError("The address is no text.") from None
    if not all(part.isprintable() and part not in (".", "..") and "/" not in part for part in parts):
        raise UsageError("The address is no text.")
    lang = "fa" if parts[:1] == ["fa"] else "en"
    parts = [part for part in (parts[1:] if lang == "fa" else parts) if part]
    stem, dot, suffix = parts[-1].rpartition(".") if parts else ("", "", "")
    if dot and stem and suffix in MEDIA:
        return PageWanted(lang, (*parts[:-1], *([] if stem == "index" else [stem])), suffix, tuple(fields))
    return PageWanted(lang, tuple(parts), "html", tuple(fields))


def accepted(header: str) -> str:
    """The form that an Accept header likes best; `html` for a browser, and where nothing of ours is liked more.

    >>> accepted("text/turtle;q=0.9, application/json"), accepted("text/html,*/*;q=0.8"), accepted("*/*")
    ('json', 'html', 'html')
    """
    forms = {media.partition(";")[0]: form for form, media in MEDIA.items()}
    return forms[liked_best(forms, header) or MEDIA["html"].partition(";")[0]]


def liked_best(media: Iterable[str], header: str) -> str:
    """The media type that an Accept header likes best, the first of equals; empty if it takes none of them."""
    liked: dict[str, float] = {}
    for each in header.split(",")[:40]:
        name, *parameters = (part.strip().lower() for part in each.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            liked[name] = float(weight)
        except ValueError:
            continue

    def liking(one: str) -> float:
        return next((liked[each] for each in (one, f"{one.partition('/')[0]}/*", "*/*") if each in liked), 0.0)

    best = max(media, key=liking)
    return best if liking(best) > 0 else ""
