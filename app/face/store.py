"""The store as Python users see it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from citydiplomacy.graph.closing import Closing
from citydiplomacy.graph.limited import MOST_ROWS, SECONDS
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store import lookup
from citydiplomacy.queries.library import questions

from .. import opening
from ..errors import StoreError, UsageError
from ..naming import ids_of
from ..output import Lang
from . import asking
from .figures import Figure, FigureName
from .tables import Language, Report, Table, report_of

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from citydiplomacy.graph.property.embedded import EmbeddedGraph
    from citydiplomacy.graph.store.reader import Store as Reader
    from citydiplomacy.queries.understanding.search import Hit
    from citydiplomacy.queries.understanding.understand import Understanding

R = TypeVar("R", bound=Record)
NetworkName: TypeAlias = Literal["agreements", "memberships", "newman", "backbone"]


class Store(Closing):
    """A store opened for reading: it shows the revision that was current then, or its view at a date.

    Names are taken as the command takes them: in English or Persian, as id, Wikidata item or IRI elsewhere. A store
    that is closed, or forgotten, lets its revision go. Not to be shared by threads.
    """

    def __init__(self, folder: Path, at: Date | None = None, at_least: str = "") -> None:
        self._opened = opening.opened(folder, at, at_least)
        self._closed = False
        self._folder, self._at = folder, at
        self._graph: EmbeddedGraph | None = None

    @property
    def folder(self) -> Path:
        """Where the store lies."""
        return self._folder

    @property
    def at(self) -> Date | None:
        """The date of the view; None for the store as it is."""
        return self._at

    @property
    def revision(self) -> int:
        """The revision that is shown."""
        return self._opened.manifest.revision

    # --- records ---

    def find(self, name: str, *classes: type[Record]) -> str:
        """The id of what has a name, among the records of some classes or all.

        Raises UsageError, with suggestions, if nothing or more than one thing has it.
        """
        return lookup.find(self._reader, name, *(asking.record_class(cls).schema.name for cls in classes))

    def search(self, text: str, *, lang: Language = "en", limit: int = 10) -> list[Hit]:
        """What a person may be typing the name of, best first: records, saved questions and reports, a letter amiss or
        not. Each `Hit` has its kind, id and name in `lang`, and the name that fits if that is another one.
        """
        from citydiplomacy.queries.understanding.search import search

        return search(self._reader, asking.text(text), Lang(lang), asking.at_most(limit))

    def get(self, cls: type[R], name: str, *, source: str | None = None) -> R:
        """One record of a class, by id or name: merged, or as one source (its id) tells it.

        Raises UsageError if there is none, or the source does not tell it.
        """
        record_id = self.find(name, cls)
        record = self._reader.get(record_id, source)
        if not isinstance(record, cls):
            tellers = ", ".join(self._reader.claims(record_id))
            raise UsageError(f"{source} tells nothing of {record_id}.", hint=f"Told by: {tellers}.")
        return record

    def records(self, cls: type[R], *, source: str | None = None) -> Iterator[R]:
        """All records of a class in the order of their ids: merged, or as one source (its id) tells them."""
        return self._reader.records(asking.record_class(cls), asking.teller(self._reader, source))

    def claims(self, record: R) -> dict[str, R]:
        """What each source says of a record, by the source's id."""
        claims = self._reader.claims(record.id)
        return {source: claim for source, claim in claims.items() if isinstance(claim, type(record))}

    # --- questions ---

    def ask(self, question: str | Path, *, lang: Language = "en", **values: object) -> Table:
        """Ask a saved question, by its name, or one of your own, by the path of its file.

        values: its parameters; names and records become ids, days are `datetime.date` or YYYY-MM-DD. The table has its
        titles, and labels, in `lang`. A view at a date tells of each tie whether it held. Raises UsageError for
        parameters that are wrong, InputError for a file that is.
        """
        asked = asking.question_of(question)
        given = ids_of(self._reader, asked, values, Lang(lang))
        answerer: Reader | CypherEngine = self._reader
        if isinstance(question, Path) and "sparql" not in asked.languages:
            from citydiplomacy.queries.library.in_cypher import CypherEngine

            answerer = CypherEngine.embedded(self._property_graph())
        return asking.table_of(questions.run(answerer, asked, given), Lang(lang), self._reader)

    def understand(self, text: str) -> Understanding:
        """What plain words of either language ask: a saved question or report with its values, what its answer is
        narrowed to, and the words that were not understood. `answer` asks it.
        """
        from citydiplomacy.queries.understanding.understand import understand

        return understand(self._reader, asking.text(text))

    def answer(self, asked: str | Understanding, *, lang: Language = "en") -> Table | Report:
        """The answer to plain words, or to what was understood of them. Raises UsageError if they ask nothing known."""
        from citydiplomacy.queries.understanding.understand import Understanding

        from . import answering

        meant = asked if isinstance(asked, Understanding) else self.understand(asked)
        return answering.answer(self._reader, meant, Lang(lang))[0]

    def sparql(self, query: str) -> Table:
        """Ask in SPARQL, without a limit of time; the prefixes of the ontology are known. For values, see `solutions`.

        The default graph is the merged view; what a source says is in the graph of its IRI. Raises UsageError for what
        is not SPARQL, writes, or reaches outside.
        """
        return asking.solutions(self._reader.query(asking.text(query)))

    def cypher(self, query: str, parameters: Mapping[str, object] | None = None, *, seconds: float = SECONDS) -> Table:
        """Ask the property graph in Cypher, in the embedded engine; the graph is built when it is first asked.

        Values are str, int, float, bool, list, dict or None; nodes, relationships and paths are dicts. Warns of what
        the graph could not carry, and of what the engine reads otherwise than Neo4j. Raises UsageError for what is not
        Cypher, writes, or reaches outside, StoreError after `seconds`, MissingExtraError without the engine.
        """
        from citydiplomacy.graph.property.traps import cautions

        answer = self._property_graph().run(asking.text(query), parameters, timeout=seconds, limit=MOST_ROWS)
        for caution in cautions(query):
            warnings.warn(caution, stacklevel=2)
        return Table(answer.columns, answer.columns, tuple(answer.rows))

    # --- networks and reports ---

    def network(self, name: NetworkName | Literal["actors"] = "agreements", *, standing: bool = True) -> nx.Graph[str]:
        """A network for NetworkX, whose nodes are ids with `kind` and `labels`: yours to change.

        agreements: cities, an edge a pair, with `ties`, `kinds` and `weight`. memberships: cities and organisations,
        two-mode, with `roles`. newman, backbone: projections of these onto cities, with `weight`. actors: all actors
        and their ties, a multigraph. standing: without ties that are known not to stand.
        """
        from citydiplomacy.graph import network
        from citydiplomacy.queries.standing.networks import projected

        match name:
            case "agreements":
                return network.city_ties(self._reader, standing=standing)
            case "memberships":
                return network.two_mode(self._reader, standing=standing)
            case "newman" | "backbone":
                return projected(self._reader, name, standing=standing)
            case "actors":
                return network.actors(self._reader, standing=standing)
        raise UsageError(
            f"unknown network {name!r}", hint="Networks: agreements, memberships, newman, backbone, actors."
        )

    def compare(self, one: str, other: str, *more: str, lang: Language = "en") -> Report:
        """Two to five cities side by side, the first with each other: what each has, what only one has, what it lacks,
        and how well all this is known.
        """
        from citydiplomacy.queries.reports.comparison import compare_all

        return report_of(compare_all(self._reader, [*map(self._city, (one, other, *more))], Lang(lang)))

    def gaps(self, city: str, *, lang: Language = "en") -> Report:
        """What a city needs and no tie of it addresses, who could address it, what hinders, and what is not known."""
        from citydiplomacy.queries.reports.gaps import gaps

        return report_of(gaps(self._reader, self._city(city), Lang(lang)))

    def recommend(
        self, city: str, *, top: int = 10, every: bool = False, without: str | Iterable[str] = (), lang: Language = "en"
    ) -> Report:
        """Networks and cities that a city might turn to, what speaks for each and against, and who says so.

        top: how many networks, and how many cities. every: also networks that are shut to it, or of one other
        continent. without: names of networks and cities to leave out.
        """
        from citydiplomacy.queries.recommendation.report import recommend

        out = {lookup.find(self._reader, name, "Organization", "City") for name in asking.several(without)}
        most, place = asking.at_most(top), self._city(city)
        return report_of(recommend(self._reader, place, Lang(lang), most, all_networks=every, without=out))

    def influence(
        self,
        *cities: str,
        network: NetworkName = "agreements",
        measures: str | Iterable[str] | None = None,
        lang: Language = "en",
    ) -> Report:
        """All cities of a network by influence (table `ranking`): the first measure ranks; all if none is named.

        With cities: their places among all, their country, region and size class (table `positions`), a row a city,
        measure and scope. Raises UsageError for an unknown city, network or measure.
        """
        from . import influence

        wanted = None if measures is None else asking.several(measures)
        if cities:
            chosen = [self._city(city) for city in cities]
            return report_of(influence.positions(self._reader, chosen, network, wanted, Lang(lang)))
        return report_of(influence.ranking(self._reader, network, wanted, Lang(lang)))

    def draw(self, figure: FigureName, *actors: str, lang: Language = "en", standing: bool = True) -> Figure:
        """The ties of some cities or other actors as a figure, which a notebook shows: a network, or a map.

        standing: without ties that are not known to stand. Raises UsageError for an unknown name or figure, and
        for no name.
        """
        from . import figures

        if not actors:
            raise UsageError("A figure of whose ties?", hint="Name a city: store.draw('map', 'Mashhad')")
        focus = [lookup.find(self._reader, name, "City", "Organization", "Country", "Region") for name in actors]
        return figures.draw(self._reader, figure, focus, Lang(lang).value, standing=standing)

    # --- the rest ---

    def dataset(self) -> rdflib.Dataset:
        """The store as an rdflib Dataset, for reading; its default graph is the merged view."""
        return self._reader.dataset()

    def close(self) -> None:
        """Let the store go; a writer may then remove this revision."""
        if self._graph is not None:
            self._graph.close()
            self._graph = None
        self._closed = True
        self._opened.close()

    def __repr__(self) -> str:
        return f"<Store {self.folder}, revision {self.revision}{f', at {self.at.edtf}' if self.at else ''}>"

    @property
    def _reader(self) -> Reader:
        """What is asked: of a revision that was let go a writer may have removed parts."""
        if self._closed:
            raise StoreError(f"{self.folder}: the store is closed.", hint="Open it anew: cd.open(...)")
        return self._opened

    def _city(self, name: str) -> str:
        return lookup.find(self._reader, name, "City")

    def _property_graph(self) -> EmbeddedGraph:
        if self._graph is None:
            from citydiplomacy.graph.property.embedded import EmbeddedGraph

            self._graph = EmbeddedGraph.open(self._reader, _not_carried)
        return self._graph


def open(
    folder: str | os.PathLike[str] = "citydiplomacy-store",
    at: str | int | Date | None = None,
    *,
    at_least: str | int = "",
) -> Store:
    """Open a store; with a date (`2010`, `2010-05`, `1392 SH`, «۱۳۹۲»), its view as it was at that date.

    at_least: shows only ties that so many voices tell (`2`), or that have a source at least as reliable as a kind of
    evidence (`press`). Raises StoreError if there is no store or it cannot be opened, UsageError for what is no date,
    no kind of evidence and no number of voices.
    """
    return Store(Path(folder), opening.date_of(str(at), Lang.EN) if isinstance(at, str | int) else at, str(at_least))


def _not_carried(lost: Mapping[str, int]) -> None:
    for what, number in sorted(lost.items()):
        warnings.warn(f"Not carried into the property graph: {what} ({number:,}).", stacklevel=2)
