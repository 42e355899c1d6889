"""The lists of a page of the web, `<ul>` and `<ol>`: their items, each below what heads it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .bulleted import ABOVE, END, HEADING, ITEM
from .delimited import untaken

_APART = frozenset({"style", "script", "template", "noscript", "nav", "footer", "aside", "select", "head"})
"""What is no part of what a page tells; of its header the headings are."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"})
_BLOCKS = frozenset({"p", "div", "section", "article", "main", "td", "th", "tr", "table", "dd", "dl", "body"})
_BOLD = frozenset({"b", "strong"})


def read_lists(text: str) -> dict[str, list[list[str]]]:
    """The items of the lists of a page as rows below a header: what heads them and what heads that, if anything does,
    and the item. A list that is not the first below its heading stands in a table of its own: it may be of another
    kind, such as links to other pages."""
    parser = _Lists()
    parser.feed(text)
    parser.close()
    tables: dict[int, list[tuple[str, str, str]]] = {}
    for each in parser.lists:
        tables.setdefault(each.place, []).extend((each.heading, each.above, item) for item in each.items)
    found: dict[str, list[list[str]]] = {}
    for number, items in enumerate((tables[place] for place in sorted(tables) if tables[place]), 1):
        columns = zip((HEADING, ABOVE, ITEM), zip(*items, strict=True), strict=True)
        told = {name: cells for name, cells in columns if any(cells)}
        headed = bool(parser.title) and HEADING in told and parser.title not in told[HEADING]
        rows = [[parser.title]] * headed + [list(told), *map(list, zip(*told.values(), strict=True))]
        found[untaken(parser.title or "list", found, number)] = rows
    return found


@dataclass(slots=True)
class _List:
    above: str
    heading: str
    place: int
    """How many lists stand above it below the same heading."""
    items: list[str] = field(default_factory=list)
    open: list[str] | None = None
    """The text of the item that is open."""
    within: int = 0
    """Lists in that item."""


class _Lists(HTMLParser):
    """The lists of a page, as they begin."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lists: list[_List] = []
        self.title = ""
        self._open: list[_List] = []
        self._headings: dict[str, str] = {}
        """Those that hold, by their tags: the first h1, the last h2 below it, and so on."""
        self._apart = self._header = self._below = 0
        self._text: list[str] = []
        """Of the block or heading that is open."""
        self._bold = self._plain = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._apart = 0 if tag == "body" else self._apart + (tag in _APART)
        self._header += tag == "header"
        if self._apart:
            return
        if tag in ("ul", "ol"):
            self._begin_list()
        elif tag == "li" and self._open:
            self._end_item(self._open[-1])
            self._open[-1].open, self._open[-1].within = [], 0
        elif tag in _BLOCKS | _HEADINGS | {"br"} and not self._open:
            self._end_block("")
        elif tag in _BLOCKS | {"br"} and self._open[-1].open is not None:
            self._open[-1].open.append(" ")
        elif tag in _BOLD:
            self._bold = True

    def handle_endtag(self, tag: str) -> None:
        self._header -= tag == "header" and self._header > 0
        if tag in _APART:
            self._apart = max(self._apart - 1, 0)
        elif self._apart:
            return
        elif tag in ("ul", "ol") and self._open:
            self._end_item(self._open[-1])
            self._open.pop()
        elif tag == "li" and self._open:
            self._end_item(self._open[-1])
        elif tag in _BLOCKS | _HEADINGS and not self._open:
            self._end_block(tag)
        elif tag in _BOLD:
            self._bold = False

    def handle_data(self, data: str) -> None:
        if self._apart:
            return
        if self._open:
            if (text := self._open[-1].open) is not None and not self._open[-1].within:
                text.append(data)
        else:
            self._text.append(data)
            self._plain = self._plain or (not self._bold and bool(data.strip()))

    def _begin_list(self) -> None:
        if self._open:  # what stands in the item before it heads it
            outer = self._open[-1]
            told = _plain("".join(outer.open or ()))
            outer.within += 1
            self._open.append(_List(outer.heading, told or outer.heading, outer.place))
        else:
            self._end_block("")
            *above, heading = ["", *self._headings.values()]
            upper = " / ".join(each for each in above if each and each != self.title)
            self._open.append(_List(upper, heading, self._below))
        if not self._header:
            self.lists.append(self._open[-1])
            self._below += len(self._open) == 1

    @staticmethod
    def _end_item(told: _List) -> None:
        if told.open is not None and not told.within and (item := END.sub("", _plain("".join(told.open)))):
            told.items.append(item)
        told.open = None

    def _end_block(self, tag: str) -> None:
        """What stood in a block: a heading, if it is one, or a line that is bold or ends with a colon."""
        text, said = _plain("".join(self._text)), not self._plain
        self._text, self._plain = [], False
        if not text:
            return
        if tag not in _HEADINGS:
            if not said and text[-1] not in ":：":
                return
            tag = "p"
            if self._below and self._headings and "p" not in self._headings:  # beside the list that stands above it
                self._headings.popitem()
        if tag == "h1" and not self.title:
            self.title = text.rstrip(":：")
        kept = [key for key in self._headings if key[0] == "h" and (tag[0] != "h" or key < tag)]
        self._headings = {**{key: self._headings[key] for key in kept}, tag: text.rstrip(":：")}
        self._below = 0


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
