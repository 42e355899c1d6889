"""The store as its readers see it: questions in SPARQL, records, an rdflib Dataset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

import pyoxigraph as ox

from citydiplomacy.errors import StoreError, UsageError
from citydiplomacy.ontology.terms import BASE, CD, PREFIXES, RDF, SKOS

from .. import memory
from ..closing import Closing
from ..language.text import fold
from ..model.schema import REGISTRY, Record, by_folder
from ..model.values import in_language
from ..rdf import triples
from ..rdf.graph_names import DEFAULT, ONTOLOGY_GRAPH, id_of, value
from ..rdf.sparql import check_read_only
from . import locks, manifest
from .manifest import Manifest

if TYPE_CHECKING:
    import rdflib

R = TypeVar("R", bound=Record)
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
LAST = 4096
"""Records of the merged view that stay as they were read last; a dossier reads a thousand, each three times."""


class Store(Closing):
    """A store opened for reading. It sees the revision that was current when it was opened, as of that day."""

    def __init__(
        self,
        folder: Path,
        state: Manifest,
        database: ox.Store,
        hold: locks.Hold | None = None,
        day: dt.date | None = None,
    ) -> None:
        self.folder = folder
        self.home = folder
        """Of a view, the folder of the store that it is of."""
        self.manifest = state
        self.day = day or dt.date.today()
        """On which ties are asked whether they stand."""
        self._database = database
        self._hold = hold
        self._read: dict[str, Record | None] = {}

    @classmethod
    def open_folder(cls, folder: Path, *, day: dt.date | None = None, older: bool = False) -> Self:
        """Open a store folder. Raises StoreError if it is missing, broken or of another format.

        day: on which ties are asked whether they stand; today if None. older: one of an older format is opened too, to
        read what its sources say of records that have not changed.
        """
        day = day or dt.date.today()
        memory.refuse_too_little()
        for _ in range(100):
            state = manifest.read(folder, older=older)
            generation = folder / state.generation
            try:
                hold = locks.share(generation)
            except FileNotFoundError:
                continue  # a writer swapped and swept between our two looks
            except OSError as error:
                raise StoreError(f"{generation}: cannot be read ({error.strerror}).") from None
            if not generation.exists():
                hold.close()
                continue
            try:
                if not state.days.covers(day):
                    from . import today  # seldom needed, and brings what writes views

                    revision = hold
                    state, hold = today.seen_on(folder, state, day)
                    revision.close()
                return cls(folder, state, ox.Store.read_only(str(folder / state.generation)), hold, day)
            except StoreError:
                hold.close()
                raise
            except OSError as error:
                hold.close()
                raise StoreError(
                    f"{folder}: the database cannot be opened ({error}).", hint="Build the store anew: citydip build"
                ) from None
        raise StoreError(f"{folder}: the manifest names a generation that is not there: {state.generation}")

    def close(self) -> None:
        """Let the store go; a writer may then remove this revision. A store that is forgotten is let go too."""
        if self._hold is not None:
            self._hold.close()

    def query(
        self, sparql: str, *, default: Sequence[str] | None = None, named: Sequence[str] | None = None
    ) -> Results:
        """Ask in SPARQL; the prefixes of `terms.PREFIXES` are known. Raises UsageError for what only an update may do,
        for what reaches outside the store, and for errors of syntax (with their place).

        default, named: IRIs of the graphs that are asked as the default graph, and by name, whatever the query says;
        where only one is given, there is none of the other. Raises UsageError for one that the store does not have.
        """
        check_read_only(sparql, self.graphs)
        dataset: dict[str, Any] = {}
        if default is not None or named is not None:
            for graph in (*(default or ()), *(named or ())):
                if graph not in self.graphs():
                    raise UsageError(
                        f"the store has no graph <{graph}>.", hint="Graphs are sources, named by their IRI."
                    )
            dataset = {
                "default_graph": [ox.NamedNode(each) for each in default or ()],
                "named_graphs": [ox.NamedNode(each) for each in named or ()],
            }
        try:
            return self._database.query(sparql, prefixes=PREFIXES, **dataset)
        except SyntaxError as error:
            raise UsageError(f"not SPARQL: {error}") from None

    def graphs(self) -> set[str]:
        """IRIs of the named graphs: one a source, and the ontology's."""
        return {BASE + name for name in self.manifest.sources} | {ONTOLOGY_GRAPH}

    def dataset(self) -> rdflib.Dataset:
        """The store as an rdflib Dataset; its default graph is the merged view."""
        import rdflib
        from oxrdflib import OxigraphStore

        database: Any = OxigraphStore(store=self._database)
        database.hold = self._hold  # whoever keeps the dataset alone still reads this revision
        return rdflib.Dataset(store=database)

    @overload
    def records(self, cls: type[R], source: str | None = None) -> Iterator[R]: ...
    @overload
    def records(self, cls: None = None, source: str | None = None) -> Iterator[Record]: ...
    def records(self, cls: type[Record] | None = None, source: str | None = None) -> Iterator[Record]:
        """Records in the order of their ids: of the merged view, or as one source (its id) tells them."""
        for schema in [cls.schema] if cls else REGISTRY.values():
            for record_id in self.ids(schema.cls, source):
                record = self.get(record_id, source)
                if record is not None:
                    yield record

    def ids(self, cls: type[Record], source: str | None = None) -> list[str]:
        """Ids of the records of a class, sorted: of the merged view, or of what one source (its id) tells."""
        graph = ox.NamedNode(BASE + source) if source else DEFAULT
        quads = self._database.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(cls.schema.types[0]), graph)
        found = {id_of(quad.subject) for quad in quads}
        return sorted(one for one in found if one.startswith(f"{cls.schema.folder}/"))

    def get(self, record_id: str, source: str | None = None) -> Record | None:
        """One record: merged, or as one source (its id) tells it. None if it is not there."""
        if source is None and record_id in self._read:
            return self._read[record_id]
        pairs = self.pairs(record_id, source)
        record = triples.read(record_id, pairs) if pairs else None
        if source is None:
            if len(self._read) >= LAST:
                self._read.clear()
            self._read[record_id] = record
        return record

    def pairs(self, record_id: str, source: str | None = None, predicate: str | None = None) -> list[tuple[str, Any]]:
        """(Predicate IRI, object term) of all that is said of a record, or by one predicate: merged, or by one source
        (its id)."""
        graph = ox.NamedNode(BASE + source) if source else DEFAULT
        only = ox.NamedNode(predicate) if predicate else None
        quads = self._database.quads_for_pattern(ox.NamedNode(BASE + record_id), only, None, graph)
        return [(quad.predicate.value, quad.object) for quad in quads]

    def has(self, record_id: str) -> bool:
        """Whether the merged view has a record."""
        node = ox.NamedNode(BASE + record_id)
        return any(self._database.quads_for_pattern(node, ox.NamedNode(RDF.type), None, DEFAULT))

    def name(self, record_id: str, lang: str = "en") -> str:
        """The name of a record in a language, else in English, else another, else its id."""
        if record_id in self._read or by_folder(record_id) is None:
            record = self.get(record_id)
            return record.label(lang) if record else record_id
        told = self.pairs(record_id, predicate=SKOS.prefLabel)  # a record has ten times as much to read
        return in_language(sorted(triples.text(term) for _, term in told), lang) or record_id

    def country(self, record_id: str) -> str:
        """The id of the country that a record lies in; empty if none is told."""
        return getattr(self.get(record_id), "country", None) or ""

    def claims(self, record_id: str) -> Mapping[str, Record]:
        """What each source says of a record: source id -> record."""
        node = ox.NamedNode(BASE + record_id)
        told: dict[str, triples.Terms] = {}
        for quad in self._database.quads_for_pattern(node, None, None, None):
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode):
                told.setdefault(graph.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
        read = {graph: triples.read_terms(record_id, told[graph]) for graph in sorted(told)}
        return {graph.removeprefix(BASE): record for graph, record in read.items() if record is not None}

    def naming(self, record_id: str) -> set[str]:
        """Ids of the sources that tell a record or name it."""
        node = ox.NamedNode(BASE + record_id)
        quads = (
            *self._database.quads_for_pattern(node, None, None, None),
            *self._database.quads_for_pattern(None, None, node, None),
        )
        return {id_of(quad.graph_name) for quad in quads if quad.graph_name != DEFAULT}

    def concerning(self, record_id: str) -> list[str]:
        """Ids of the matches that concern a record."""
        node = ox.NamedNode(BASE + record_id)
        quads = self._database.quads_for_pattern(None, ox.NamedNode(CD.concerns), node, DEFAULT)
        return sorted(id_of(quad.subject) for quad in quads)

    def referring(self, record_id: str) -> list[str]:
        """Ids of the records that name a record in a property of theirs, sorted; short-cuts are not asked."""
        node = ox.NamedNode(BASE + record_id)
        found = set()
        for quad in self._database.quads_for_pattern(None, None, node, DEFAULT):
            one = triples.record_id(value(quad.subject))
            schema = by_folder(one) if one else None
            if schema and any(prop.predicate == quad.predicate.value for prop in schema.properties):
                found.add(str(one))
        return sorted(found)

    def named(self, name: str) -> list[str]:
        """Ids of the records that have this name or other name in any language, spelling folded; sorted."""
        key = ox.Literal(fold(name))
        quads = self._database.quads_for_pattern(None, ox.NamedNode(SKOS.hiddenLabel), key, DEFAULT)
        return sorted(id_of(quad.subject) for quad in quads)

    def folded_names(self) -> Iterator[tuple[str, str]]:
        """All (folded name, id) pairs, for suggestions."""
        for quad in self._database.quads_for_pattern(None, ox.NamedNode(SKOS.hiddenLabel), None, DEFAULT):
            yield value(quad.object), id_of(quad.subject)

    def matched(self, iri: str) -> list[str]:
        """Ids of the records that say they are the same as a thing elsewhere (a Wikidata or GeoNames IRI)."""
        quads = self._database.quads_for_pattern(None, ox.NamedNode(SKOS.exactMatch), ox.NamedNode(iri), DEFAULT)
        return sorted(id_of(quad.subject) for quad in quads)

    def matches(self) -> Iterator[tuple[str, str]]:
        """All (address elsewhere, id) pairs."""
        for quad in self._database.quads_for_pattern(None, ox.NamedNode(SKOS.exactMatch), None, DEFAULT):
            yield value(quad.object), id_of(quad.subject)

    def quads(self, source: str | None = None) -> Iterator[ox.Quad]:
        """All quads, or those of one source (its id), for export."""
        return self._database.quads_for_pattern(None, None, None, ox.NamedNode(BASE + source) if source else None)
