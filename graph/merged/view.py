"""The default graph of a store: the merged view, written with the sources and refreshed record by record."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any

import pyoxigraph as ox

from citydiplomacy.ontology.terms import BASE, CD, ORG, PREFIXES, PROV, RDF, SCHEMA, SKOS, XSD

from ..language.text import fold
from ..model.holding import Held
from ..model.records import LINK_TERMS, Organization, Source
from ..model.schema import Record, by_folder
from ..model.sources import reliability, voice
from ..model.validity import ALWAYS, Span
from ..rdf import triples
from ..rdf.graph_names import DEFAULT, id_of, value
from .rule import Claim, Merged, merge
from .shortcuts import STANDING, Triple, shortcuts, standing

LOT = 20_000
"""Records that are left out at once."""
_SHORTCUT_PREDICATES = {ORG.memberOf, CD.twinnedWith, *(f"{CD}{name}" for name in LINK_TERMS)}
_SUPPORTED_BY = f"<{PROV.hadPrimarySource}> "
_SUPPORT = f"<{CD.support}> "
_DISPUTED = f"<{CD.disputed}> "
_FOLDED = f"<{SKOS.hiddenLabel}> "
CORRECTION = "evidence-kind/correction"
_WEIGHS = {Source.schema.by_name[name].predicate for name in ("kind", "reliability", "date", "origin")}
_ENDS = "|".join(f"<{triples.companion(SCHEMA.endDate, part)}>" for part in ("earliest", "latest"))
_START = f"<{triples.companion(SCHEMA.startDate, 'earliest')}>"
_BORDERS = (
    f'{{ ?tie {_ENDS} ?border }} UNION {{ ?tie {_START} ?start BIND(?start - "P1D"^^xsd:dayTimeDuration AS ?border) }}'
)
"""The days by which ties may be over, and are, and the eves of their starts: after each, a tie may answer otherwise."""


def view_quads(
    record: Record, fragments: list[str], sources: Iterable[str], voices: int, disputed: Iterable[str], day: dt.date
) -> str:
    """The N-Quads of a merged record: its own, folded names, who tells it, voices, disputes, standing, short-cuts."""
    held = standing(record, day)
    lines = [*fragments, *STANDING.get(held, ())]
    lines += [_FOLDED + encode_basestring(key) for key in sorted({fold(name) for name in callable_by(record)})]
    lines += [_SUPPORTED_BY + triples.node(source) for source in sources]
    lines.append(f'{_SUPPORT}"{voices}"^^<{XSD.integer}>')
    lines += [f"{_DISPUTED}<{record.schema.by_name[name].predicate}>" for name in disputed]
    own = triples.quads(record.id, lines)
    return own + "".join([f"{triples.node(s)} <{p}> {triples.node(o)} .\n" for s, p, o in shortcuts(record, held)])


def callable_by(record: Record) -> Iterator[str]:
    """What a record can be asked for by: its names and other names, and an organisation's short name."""
    yield from (name.value for name in (*record.labels, *record.aliases))
    if isinstance(record, Organization) and record.acronym:
        yield record.acronym


class MergedView:
    """Keeps the default graph of a database in step with its named graphs, and with the day."""

    def __init__(self, database: ox.Store, day: dt.date) -> None:
        self._database = database
        self._day = day
        self._sources: dict[str, tuple[str, int, dt.date | None, bool]] = {}
        self._origins: dict[str, str] | None = None

    def has(self, record_id: str) -> bool:
        """Whether a record stands in the view."""
        node = ox.NamedNode(BASE + record_id)
        return any(self._database.quads_for_pattern(node, ox.NamedNode(RDF.type), None, DEFAULT))

    def steady(self) -> Span:
        """The days around that of the view on which each tie answers alike whether it stands."""
        before = self._border(f"MAX(?border) AS ?end) WHERE {{ {_BORDERS} FILTER(?border < {_day(self._day)}")
        until = self._border(f"MIN(?border) AS ?end) WHERE {{ {_BORDERS} FILTER(?border >= {_day(self._day)}")
        return Span(before + dt.timedelta(1) if before else ALWAYS.first, until or ALWAYS.last)

    def passed(self, days: Span) -> set[str]:
        """Ids of the ties that may answer otherwise than on the days which the view was made for."""
        low, high = (self._day, days.first) if self._day < days.first else (days.last, self._day)
        query = f"SELECT ?tie WHERE {{ {_BORDERS} FILTER(?border >= {_day(low)} && ?border < {_day(high)}) }}"
        rows = self._database.query(query, prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        return {id_of(row["tie"]) for row in rows}

    def replace_graph(self, graph: str, text: bytes) -> set[str]:
        """Make a named graph (its IRI) hold just the given N-Quads. Returns the ids of the records that changed."""
        node, end = ox.NamedNode(graph), f" <{graph}> .\n".encode()
        stands = self._database.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=node) or b""
        there, wanted = (set(lines.splitlines(keepends=True)) for lines in (stands, text.replace(end, b" .\n")))
        # Lines are compared first: most of them stay, and one that is only written otherwise is the same quad.
        before, after = (
            {ox.Quad(told.subject, told.predicate, told.object, node) for told in _parsed(b"".join(lines))}
            for lines in (there - wanted, wanted - there)
        )
        self._apply(before - after, after - before)
        self._sources.clear()
        self._origins = None
        changed = before ^ after
        if any(quad.subject == node and quad.predicate.value in _WEIGHS for quad in changed):
            changed |= set(self._database.quads_for_pattern(None, None, None, node))
        return {id_of(quad.subject) for quad in changed}

    def replace_ontology(self, graph: str, text: bytes) -> None:
        """Replace the ontology, which stands in the default graph as it is."""
        node = ox.NamedNode(graph)
        for quad in self._database.quads_for_pattern(None, None, None, node):
            self._database.remove(ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT))
        self._database.clear_graph(node)
        self._database.extend(ox.parse(text, ox.RdfFormat.N_QUADS))

    def tell_voices(self) -> set[str]:
        """Bring up to date whose voice each source is. Returns the records that sources tell whose voice is another."""
        sources = self._database.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(CD.Source), None)
        told = {
            _voice_quad(name, voice(name, self._chains()))
            for name in (id_of(quad.subject) for quad in sources if quad.subject == quad.graph_name)
        }
        before = set(self._database.quads_for_pattern(None, ox.NamedNode(CD.voice), None, DEFAULT))
        self._apply(before - told, told - before)
        self._sources.clear()
        changed = {ox.NamedNode(value(quad.subject)) for quad in before - told}
        said = (quad for source in changed for quad in self._database.quads_for_pattern(None, None, None, source))
        return {id_of(quad.subject) for quad in said}

    def claims(self, record_id: str) -> list[Claim]:
        """What each source says of a record."""
        by_source: dict[str, list[tuple[str, object]]] = {}
        for quad in self._database.quads_for_pattern(ox.NamedNode(BASE + record_id), None, None, None):
            if isinstance(quad.graph_name, ox.NamedNode):
                by_source.setdefault(value(quad.graph_name), []).append((quad.predicate.value, quad.object))
        found = []
        for graph, pairs in by_source.items():
            record = triples.read(record_id, pairs)
            if record is not None:
                found.append(self._claim(graph.removeprefix(BASE), record))
        return found

    def joined(self, record_id: str, view: bytes, first: str, others: Sequence[tuple[str, Record]]) -> bytes:
        """The N-Quads of the view of a record that several sources tell.

        view: those that it would have by its first source alone. others: the other sources, each with what it says.
        """
        own = ox.NamedNode(BASE + record_id)
        told = [quad for quad in _parsed(view) if quad.subject == own]
        record = triples.read(record_id, [(quad.predicate.value, quad.object) for quad in told])
        assert record is not None
        merged = merge([self._claim(first, record), *(self._claim(*other) for other in others)])
        return self._text(merged).encode()

    def refresh(self, record_id: str) -> tuple[bool, bool]:
        """Merge a record again. Returns whether it stood before and whether it stands now."""
        node = ox.NamedNode(BASE + record_id)
        schema = by_folder(record_id)
        # `about` is a short-cut of links, and a property of studies: what a record says itself is not left standing.
        derived = _SHORTCUT_PREDICATES - {prop.predicate for prop in schema.properties} if schema else set()
        derived = {*derived, CD.voice}  # `tell_voices` keeps those
        before = {
            quad
            for quad in self._database.quads_for_pattern(node, None, None, DEFAULT)
            if quad.predicate.value not in derived
        }
        old = triples.read(record_id, [(quad.predicate.value, quad.object) for quad in before]) if before else None
        before |= {shortcut_quad(triple) for triple in shortcuts(old, _told(old, before))} if old else set()
        claims = self.claims(record_id)
        after = set(_parsed(self._text(merge(claims)))) if claims else set()
        self._apply(
            {quad for quad in before - after if not self._given(quad, otherwise_than=node)},
            after - before,
        )
        return bool(before), bool(after)

    def leave_out(self, record_ids: Collection[str]) -> None:
        """Take records out of the view, with the short-cuts that no other gives; what sources say of them stays."""
        types = {schema.types[0] for record_id in record_ids if (schema := by_folder(record_id))}
        there = [
            quad.subject
            for name in types
            for quad in self._database.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(name), DEFAULT)
        ]
        left_out = {ox.NamedNode(BASE + record_id) for record_id in record_ids}
        lost = {triple for node in there if node in left_out for triple in self._shortcuts(node)}
        if lost:
            lost -= {triple for node in there if node not in left_out for triple in self._shortcuts(node)}
        subjects = [triples.node(record_id) for record_id in record_ids]
        for start in range(0, len(subjects), LOT):
            lot = " ".join(subjects[start : start + LOT])
            self._database.update(f"DELETE {{ ?one ?p ?o }} WHERE {{ VALUES ?one {{ {lot} }} ?one ?p ?o }}")
        self._remove(map(shortcut_quad, lost))

    def refresh_all(self, record_ids: Iterable[str], counts: Counter[str]) -> set[str]:
        """Merge records again, keep the counts by class in step, and return the ids that no source tells any more."""
        removed = set()
        for record_id in sorted(record_ids):
            schema = by_folder(record_id)
            stood, stands = self.refresh(record_id)
            if schema is not None:
                counts[schema.name] += stands - stood
            if stood and not stands:
                removed.add(record_id)
        return removed

    def _claim(self, source_id: str, record: Record) -> Claim:
        known = self._sources.get(source_id)
        if known is None:
            source = self._told_by(source_id, source_id)
            known = (source_id, 1, None, False)
            if isinstance(source, Source):
                whose = voice(source_id, self._chains())
                seen = source.date.latest if source.date else None
                known = (whose, reliability(source), seen, source.kind == CORRECTION)
            self._sources[source_id] = known
        whose, reliable, date, corrects = known
        return Claim(source_id, whose, reliable, date, record, corrects)

    def _chains(self) -> dict[str, str]:
        """The origin of each source that has one, as it says itself."""
        if self._origins is None:
            quads = self._database.quads_for_pattern(None, ox.NamedNode(PROV.wasDerivedFrom), None, None)
            self._origins = {
                id_of(quad.subject): id_of(quad.object) for quad in quads if quad.subject == quad.graph_name
            }
        return self._origins

    def _told_by(self, source_id: str, record_id: str) -> Record | None:
        node, graph = ox.NamedNode(BASE + record_id), ox.NamedNode(BASE + source_id)
        quads = self._database.quads_for_pattern(node, None, None, graph)
        return triples.read(record_id, [(quad.predicate.value, quad.object) for quad in quads])

    def _shortcuts(self, node: Any) -> Iterator[Triple]:
        """The short-cuts that a record of the view gives."""
        told = list(self._database.quads_for_pattern(node, None, None, DEFAULT))
        record = triples.read(id_of(node), [(quad.predicate.value, quad.object) for quad in told])
        return shortcuts(record, _told(record, told)) if record is not None else iter(())

    def _given(self, quad: ox.Quad, *, otherwise_than: ox.NamedNode | None = None) -> bool:
        """Whether a record, or one other than that, gives a short-cut."""
        if quad.predicate.value not in _SHORTCUT_PREDICATES or isinstance(quad.subject, ox.Triple):
            return False
        ties = {found.subject for found in self._database.quads_for_pattern(None, None, quad.subject, DEFAULT)}
        for tie in ties - {otherwise_than}:
            if not any(self._database.quads_for_pattern(tie, None, quad.object, DEFAULT)):
                continue
            if quad in map(shortcut_quad, self._shortcuts(tie)):
                return True
        return False

    def _text(self, merged: Merged) -> str:
        """The N-Quads of a merged record."""
        fragments, _ = triples.predicate_objects(merged.record)
        return view_quads(merged.record, fragments, merged.sources, merged.voices, merged.disputed, self._day)

    def _border(self, asked: str) -> dt.date | None:
        rows = self._database.query(f"SELECT ({asked}) }}", prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        found = next(rows)["end"]
        return dt.date.fromisoformat(found.value) if found else None

    def _apply(self, gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> None:
        self._remove(gone)
        self._database.extend(new)

    def _remove(self, quads: Iterable[ox.Quad]) -> None:
        for quad in quads:
            self._database.remove(quad)


def _told(record: Record, quads: Iterable[ox.Quad]) -> Held | None:
    """Whether a tie stands, as the view says it among what it says of the tie."""
    if standing(record, ALWAYS.first) is None:
        return None
    told = next((value(quad.object) for quad in quads if quad.predicate.value == CD.standing), "")
    return {"true": Held.YES, "false": Held.NO}.get(told, Held.UNKNOWN)


def _voice_quad(source: str, whose: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(BASE + source), ox.NamedNode(CD.voice), ox.NamedNode(BASE + whose), DEFAULT)


def _day(day: dt.date) -> str:
    return f'"{day}"^^xsd:date'


def _parsed(text: str | bytes) -> Iterator[ox.Quad]:
    return ox.parse(text, ox.RdfFormat.N_QUADS, lenient=True)


def shortcut_quad(triple: Triple) -> ox.Quad:
    """A short-cut as it stands in the merged view."""
    subject, predicate, object_ = triple
    return ox.Quad(ox.NamedNode(BASE + subject), ox.NamedNode(predicate), ox.NamedNode(BASE + object_), DEFAULT)
