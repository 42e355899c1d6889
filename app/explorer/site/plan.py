"""Which pages a site of files has, and where each lies: the one rule that its links, its pages and its map go by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from itertools import permutations, takewhile
from urllib.parse import quote

from citydiplomacy.graph.model.schema import REGISTRY, Kind
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.graph.store.rows import select
from citydiplomacy.queries.library import catalogue
from citydiplomacy.visuals.document.methods import NETWORKS

from ...naming import holds_record
from ..address import PageWanted
from ..listing import ON_FILE

LANGUAGES = ("en", "fa")
ALONE = ((), ("search",), ("question",), ("compare",), ("world",), ("query",), ("model",), ("changes",))
"""Pages that are there once."""
BARE = frozenset({("search",), ("query",), ("compare",)})
"""Of these the ones whose data depend on what their reader writes: they have none."""
LONGEST = 200
"""Bytes of a name in the folder; disks take 255, and the form and what is asked for follow."""
OF_CITY = ("gaps", "advice", "dossier", "influence", "map", "network")
LOOKED = ({"look": "1"}, {"look": "1", "depth": "2"})
"""Of a network: the pages to look through."""
MOST_WITH_DATA = 2000
"""In a site of so many records each has its data as files too, but for workbooks, which lists and reports have; in a
larger one lists, questions and reports have data, and only reports on cities workbooks: those of long tables, as of the
influence of all cities, take minutes."""
_WRITTEN_BY = {
    "xlsx": ("office", ("openpyxl",)),
    "docx": ("office", ("docx", "typst")),
    "pdf": ("pdf", ("typst", "pikepdf")),
}
_REPORTS = frozenset((report,) for report in ("compare", *OF_CITY))
_HUBS = frozenset({"city", "organization", "source", "country", "region", "theme", "unit", "study"})
"""Records that many name, which do not all belong to what names them."""


@dataclass(frozen=True)
class SitePlan:
    """The pages of a site: of all records, or of those round some cities.

    only: ids of cities. depth: how many steps round them.
    """

    store: Store
    only: tuple[str, ...] = ()
    depth: int = 1

    @cached_property
    def records(self) -> frozenset[str]:
        """The records that have a page."""
        if not self.only:
            return frozenset(each for schema in REGISTRY.values() for each in self.store.ids(schema.cls))
        found, edge = set[str](), set(self.only)
        for _ in range(self.depth):
            edge = self._step(found, edge)
        return frozenset(found)

    @cached_property
    def lists(self) -> dict[str, int]:
        """The classes that have a list: folder -> how many records."""
        number = dict.fromkeys((schema.folder for schema in REGISTRY.values()), 0)
        for each in self.records:
            number[each.partition("/")[0]] += 1
        return {folder: size for folder, size in number.items() if size}

    @cached_property
    def reported(self) -> tuple[str, ...]:
        """The cities of which there are reports and pictures: those asked for, or those whose needs are told."""
        if self.only:
            return self.only
        return tuple(str(c) for (c,) in select(self.store, "SELECT DISTINCT ?c WHERE { ?n cd:needOf ?c } ORDER BY ?c"))

    @cached_property
    def _questions(self) -> frozenset[str]:
        return frozenset(catalogue.names("sparql"))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(city.partition("/")[2] for city in self.reported)

    def pages(self) -> Iterator[PageWanted]:
        """All pages, in both languages; their data are not among them."""
        for lang in LANGUAGES:
            for path, query in self._addresses():
                yield PageWanted(lang, path, "html", tuple(query.items()))

    def _addresses(self) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
        for path in ALONE:
            yield path, {}
        for name in sorted(self._questions):
            yield ("question", name), {}
        for network in NETWORKS:
            yield ("influence",), {} if network == next(iter(NETWORKS)) else {"network": network}
        names = sorted(self._names)
        for name in names:
            yield from (((report, name), {}) for report in OF_CITY)
            yield from ((("network", name), query) for query in LOOKED)
            yield ("compare", name), {}
        yield from ((("compare", *pair), {}) for pair in permutations(names, 2))
        for folder, size in sorted(self.lists.items()):
            yield (folder,), {}
            yield from (((folder,), {"page": str(number)}) for number in range(2, -(-size // ON_FILE) + 1))
        yield from ((tuple(record.split("/")), {}) for record in sorted(self.records))

    def file(self, wanted: PageWanted) -> str:
        """The path of a page or of its data in the folder; empty if there is no such file."""
        path, query = wanted.path, dict(wanted.query)
        if wanted.form != "html":
            query.pop("page", None)  # data are of all rows
        if not self._has(path, query) or not (wanted.form == "html" or self._has_data(path, wanted.form)):
            return ""
        stem = "/".join(map(_file_name, path)) or "index"
        told = "".join(f".{value}" for value in query.values())
        return f"{'fa/' if wanted.lang == 'fa' else ''}{stem}{told}.{wanted.form}"

    def _has(self, path: tuple[str, ...], query: dict[str, str]) -> bool:
        if path == ("influence",):
            return not query or (query.keys() == {"network"} and query["network"] in [*NETWORKS][1:])
        if len(path) == 1 and path[0] in self.lists:
            return not query or (query.keys() == {"page"} and query["page"].isdigit())
        if len(path) == 2 and path[0] == "network" and query:
            return path[1] in self._names and query in LOOKED
        if query:
            return False
        if path in ALONE or "/".join(path) in self.records:
            return True
        match path:
            case ("question", name):
                return name in self._questions
            case ("compare", name):
                return name in self._names
            case ("compare", one, other):
                return one != other and {one, other} <= self._names
            case (report, name):
                return report in OF_CITY and name in self._names
        return False

    def _has_data(self, path: tuple[str, ...], form: str) -> bool:
        if form in self.lacking:
            return False
        is_large = len(self.records) > MOST_WITH_DATA
        if "/".join(path) in self.records:
            return form != "xlsx" and not is_large
        if form == "xlsx" and (is_large or path == ("influence",)):
            return path[:1] in _REPORTS and len(path) > 1
        return path not in BARE

    @cached_property
    def lacking(self) -> dict[str, str]:
        """The forms that cannot be written here: form -> the optional extra that brings what writes it."""
        return {form: extra for form, (extra, modules) in _WRITTEN_BY.items() if not all(map(find_spec, modules))}

    def _step(self, found: set[str], edge: Iterable[str]) -> set[str]:
        """Take in what names the records of an edge, and all that these name; returns the actors among the latter."""
        before = set(found)
        asked = set(edge)
        while asked:
            record = asked.pop()
            found.add(record)
            naming = [each for each in self.store.referring(record) if each not in found]
            found.update(naming)
            asked.update(each for each in naming if each.partition("/")[0] not in _HUBS)
        wait, actors = found - before, set[str]()
        while wait:
            named = [each for each in self._named_by(wait.pop()) if each not in found]
            found.update(named)
            wait.update(named)
            actors.update(each for each in named if each.startswith(("city/", "organization/")))
        return actors

    def _named_by(self, record_id: str) -> Iterator[str]:
        """The records that a record names, and the sources that tell it."""
        record = self.store.get(record_id)
        if record is None:
            return
        for prop in record.schema.properties:
            if prop.kind is Kind.REFERENCE:
                value = getattr(record, prop.name)
                several: Sequence[str] = value if isinstance(value, tuple) else (value,) if value else ()
                yield from (each for each in several if holds_record(self.store, each))
        yield from self.store.claims(record_id)


def _file_name(part: str) -> str:
    """A part of an address as the name of a file or folder: one that disks do not take is cut, with its digest.

    >>> _file_name("mashhad"), len(_file_name("x" * 300))
    ('mashhad', 177)
    """
    told = part.encode()
    if len(told) <= LONGEST:
        return part
    return f"{told[: LONGEST - 40].decode(errors='ignore')}~{sha256(told).hexdigest()[:16]}"


@dataclass(frozen=True)
class Leads:
    """Where the links of one page of a site lead: to files, from the folder in which it lies."""

    plan: SitePlan
    page: PageWanted

    @cached_property
    def _folders(self) -> Sequence[str]:
        return self.plan.file(self.page).split("/")[:-1]

    @property
    def static(self) -> str:
        """The folder of style and scripts."""
        return f"{self._from_here('static')}/"

    def address(self, wanted: PageWanted) -> str:
        """Another page; empty where there is no such file."""
        file = self.plan.file(wanted)
        return quote(self._from_here(file), safe="~@!$,;=+'()*-._/") if file else ""

    def _from_here(self, file: str) -> str:
        *folders, name = file.split("/")
        here = self._folders
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(folders, here, strict=False)))
        return "/".join([*[".."] * (len(here) - shared), *folders[shared:], name])

    @property
    def lists(self) -> dict[str, int]:
        """The classes of which there is a list, and how many records are in it."""
        return self.plan.lists

    @property
    def round(self) -> tuple[str, ...]:
        """The cities round which the site is; none if it is of all."""
        return self.plan.only

    @property
    def reported(self) -> tuple[str, ...]:
        """The cities of which there are reports and pictures."""
        return self.plan.reported

    def holds(self, record_id: str) -> bool:
        """Whether a record has a page."""
        return record_id in self.plan.records
