"""A crawl from the start page: of each kind of link some are followed, and each leads to a page or to data."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html import unescape

import html5rdf
import pyoxigraph as ox
import pytest

from citydiplomacy.explorer.address import PageWanted, parse
from citydiplomacy.explorer.making import Maker

MOST_FIELDS = 1
"""Fields of an address that is followed: each facet adds one, and their combinations have no end."""


@pytest.fixture(scope="module")
def maker(shipped) -> Maker:
    return Maker(str(shipped))


@pytest.mark.parametrize("lang", ["", "/fa"])
def test_every_kind_of_link_leads_somewhere(maker, lang):
    language = parse(f"{lang}/", "").lang
    todo, seen, kinds = [(f"{lang}/", "")], set[str](), set[tuple[object, ...]]()
    while todo:
        address, came_from = todo.pop(0)
        wanted = parse(*_parts(address))
        made = maker.made(wanted)
        assert made.status == 200, (address, came_from, made.content[-600:])
        match wanted.form:
            case "html":
                text = made.content.decode()
                html5rdf.HTMLParser(strict=True).parse(text)
                for link in re.findall(r'<(?:a|link)[^>]*href="(/[^"]*)"', text):
                    to = unescape(link).partition("#")[0]
                    link_to = parse(*_parts(to))
                    new = _kinds(link_to) - kinds
                    follow = new and link_to.lang == language and len(_fields(link_to)) <= MOST_FIELDS
                    if follow and to not in seen and not to.startswith("/static/"):
                        seen.add(to)
                        kinds |= new
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


def _parts(address: str) -> tuple[str, str]:
    path, _, query = address.partition("?")
    return path, query


def _fields(wanted: PageWanted) -> frozenset[str]:
    return frozenset(name for name, _ in wanted.query)


def _kinds(wanted: PageWanted) -> set[tuple[object, ...]]:
    """What is of one kind, of which one is followed: pages of a place with a field. As data, places with a form and
    fields with a form: not each field of each place in each form."""
    named = wanted.path[:2] if wanted.path[:1] == ("question",) else wanted.path[:1]
    place = named, len(wanted.path)
    if wanted.form == "html":
        return {(*place, _fields(wanted))}
    return {(*place, wanted.form), (wanted.form, _fields(wanted))}
