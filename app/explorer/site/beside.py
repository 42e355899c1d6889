"""What lies beside the pages of a site: the names that its search knows, and the map that search engines read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.understanding import names
from citydiplomacy.queries.understanding.search import QUESTION, REPORT, TITLES, titles
from citydiplomacy.visuals.pages.offline import as_json

from ..address import PageWanted
from .folder import File
from .plan import LANGUAGES, SitePlan

REPORTS = {"compare": "compare", "influence": "influence"}
"""Where reports stand that need no city."""
MOST_IN_MAP = 50_000
"""Addresses of one map, by its protocol."""


def files(plan: SitePlan, pages: Sequence[PageWanted], address: str) -> Iterator[File]:
    """The files beside the pages. address: where the site will stand, for its map; empty for no map."""
    yield File("static/names.js", f'"use strict";\nconst NAMES = {as_json(_names(plan))};\n'.encode())
    if address:
        yield from _map(plan, pages, address if address.endswith("/") else f"{address}/")


def _names(plan: SitePlan) -> dict[str, Any]:
    """All that the search finds, as it lies in the folder, with its names folded."""
    ties = names.name_index(plan.store).ties
    told: dict[str, list[names.Name]] = {}
    for name in names.all_names(plan.store).names:
        if name.id in plan.records:
            told.setdefault(name.id, []).append(name)
    for name in titles():
        kind, _, rest = name.id.partition("/")
        if (kind == QUESTION and plan.file(PageWanted("en", ("question", rest)))) or (
            kind == REPORT and rest in REPORTS
        ):
            told.setdefault(name.id, []).append(name)
    return {
        "kinds": {schema.folder: [schema.title(lang) for lang in LANGUAGES] for schema in REGISTRY.values()}
        | {QUESTION: ["Question", "پرسش"], REPORT: ["Report", "گزارش"]},
        "things": [_thing(plan, each, told[each], ties.get(each, 0)) for each in sorted(told)],
    }


def _thing(plan: SitePlan, id_: str, named: Iterable[names.Name], ties: int) -> list[Any]:
    """Id, its names in English and Persian, the country in which it lies in both, its ties, its page, and all names:
    each as it is, with its words folded, and folded whole where that is not the same.
    """
    kind, _, rest = id_.partition("/")
    within = ["", ""]
    if kind == QUESTION:
        own, file = [catalogue.question(rest).title[lang] for lang in LANGUAGES], f"question/{rest}.html"
    elif kind == REPORT:
        own, file = [TITLES[rest][lang] for lang in LANGUAGES], f"{REPORTS[rest]}.html"
    else:
        record = plan.store.get(id_)
        assert record is not None
        own, file = [record.label(lang) for lang in LANGUAGES], plan.file(PageWanted("en", tuple(id_.split("/"))))
        if kind in ("city", "region") and (country := plan.store.get(plan.store.country(id_))):
            within = [country.label(lang) for lang in LANGUAGES]
    all_ = [[n.text, n.begins] + ([n.key] if n.key != n.begins.replace(" ", "") else []) for n in named]
    return [id_, *own, *within, ties, file, all_]


def _map(plan: SitePlan, pages: Sequence[PageWanted], address: str) -> Iterator[File]:
    """The map of the site, in several files under one if there are many pages."""
    of = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    parts = [
        f"{head}<urlset {of}>\n"
        + "".join(f"<url><loc>{escape(address + plan.file(each))}</loc></url>\n" for each in part)
        + "</urlset>\n"
        for part in (pages[at : at + MOST_IN_MAP] for at in range(0, len(pages), MOST_IN_MAP))
    ]
    if len(parts) == 1:
        yield File("sitemap.xml", parts[0].encode())
        return
    for number, part in enumerate(parts, 1):
        yield File(f"sitemap{number}.xml", part.encode())
    listed = "".join(f"<sitemap><loc>{escape(address)}sitemap{n + 1}.xml</loc></sitemap>\n" for n in range(len(parts)))
    yield File("sitemap.xml", f"{head}<sitemapindex {of}>\n{listed}</sitemapindex>\n".encode())
