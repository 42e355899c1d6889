"""A crawl from the start page: of each kind of link some are followed, and each leads to a page or to data."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from html import unescape

import html5rdf
import pyoxigraph as ox
import pytest

from citydiplomacy.explorer.address import parse
from citydiplomacy.explorer.making import Maker

OF_A_KIND = 1
"""Links that are followed of each kind: the same first part of the address, fields, and form, in one language."""
MOST_FIELDS = 1
"""Fields of an address that is followed: each facet adds one, and their combinations have no end."""


@pytest.fixture(scope="module")
def maker(shipped) -> Maker:
    return Maker(str(shipped))


@pytest.mark.parametrize("lang", ["", "/fa"])
def test_every_kind_of_link_leads_somewhere(maker, lang):
    language = parse(f"{lang}/", "").lang
    todo, seen, kinds = [(f"{lang}/", "")], set[str](), Counter[tuple[object, ...]]()
    while todo:
        address, came_from = todo.pop(0)
        path, _, query = address.partition("?")
        wanted = parse(path, query)
        made = maker.made(wanted)
        assert made.status == 200, (address, came_from, made.content[-600:])
        match wanted.form:
            case "html":
                text = made.content.decode()
                html5rdf.HTMLParser(strict=True).parse(text)
                for link in re.findall(r'<(?:a|link)[^>]*href="(/[^"]*)"', text):
                    to = unescape(link).partition("#")[0]
                    kind = _kind(to)
                    follow = kinds[kind] < OF_A_KIND and len(kind[-1]) <= MOST_FIELDS and kind[0] == language
                    if follow and to not in seen and not to.startswith("/static/"):
                        seen.add(to)
                        kinds[kind] += 1
                        todo.append((to, address))
            case "json":
                assert json.loads(made.content)
            case "ttl":
                assert list(ox.parse(made.content, format=ox.RdfFormat.TURTLE))
            case "atom" | "svg":
                ET.fromstring(made.content)
            case _:
                assert made.content
    assert len(seen) > 150


def _kind(address: str) -> tuple[str, tuple[str, ...], int, str, frozenset[str]]:
    path, _, query = address.partition("?")
    wanted = parse(path, query)
    named = wanted.path[:2] if wanted.path[:1] == ("question",) else wanted.path[:1]
    return wanted.lang, named, len(wanted.path), wanted.form, frozenset(name for name, _ in wanted.query)
