"""Who answers a question: the store, its graph for Cypher, a SPARQL endpoint, or a Neo4j server.

Servers are asked instead of a store: no folder is opened for them, and names are looked up there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from citydiplomacy.graph.fields import Frozen, frozen

from .errors import CityDiplomacyError, UsageError
from .opening import open_store
from .output import Lang, not_carried, say

if TYPE_CHECKING:
    import neo4j

    from citydiplomacy.graph.limited.deadline import Deadline
    from citydiplomacy.graph.neo4j.push_lock import State
    from citydiplomacy.graph.neo4j_questions.footing import Footing
    from citydiplomacy.graph.property.embedded import EmbeddedGraph
    from citydiplomacy.graph.rdf.endpoint import Endpoint
    from citydiplomacy.graph.store.lookup import Names
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.library.in_cypher import CypherEngine


class Engine(StrEnum):
    """Who answers."""

    STORE = "store"
    EMBEDDED = "embedded"
    NEO4J = "neo4j"


@frozen
class Destination(Frozen):
    """Where a question is to be asked, as the command line has it."""

    engine: Engine | None
    store: Path
    at: str
    at_least: str
    endpoint: str
    database: str
    seconds: float
    lang: Lang
    with_others: bool = False

    @property
    def is_server(self) -> bool:
        """Whether it is no store of ours that is asked."""
        return bool(self.endpoint) or self.engine is Engine.NEO4J

    def check(self, of_cypher: bool) -> None:
        """Refuse words that do not go together. Raises UsageError."""
        for option, value in (("--at", self.at), ("--at-least", self.at_least)):
            if value and self.is_server:
                raise UsageError(
                    f"{option} asks a store, not a server.", hint="Leave out --engine neo4j and --endpoint."
                )
        if self.endpoint and (of_cypher or self.engine is not None):
            raise UsageError("an endpoint is asked in SPARQL.", hint="Leave out --engine and --cypher, or --endpoint.")
        if self.database and self.engine is not Engine.NEO4J:
            raise UsageError("--database names one of a Neo4j server.", hint="Add --engine neo4j.")
        if self.with_others and self.engine is not Engine.NEO4J:
            raise UsageError("--with-others asks a Neo4j server.", hint="Add --engine neo4j.")

    def _here(self) -> State | None:
        """What a server says that holds the store here, if there is one that can be read."""
        from citydiplomacy.graph.neo4j_exchange.wanted import state_of_manifest
        from citydiplomacy.graph.store import manifest

        try:
            return state_of_manifest(manifest.read(self.store))
        except CityDiplomacyError:
            return None

    @contextmanager
    def opened(self, default: Engine) -> Iterator[Asked]:
        """Who answers, until the end of the block; `default` if nobody is named."""
        from citydiplomacy.graph.limited.deadline import Deadline

        engine = self.engine or default
        if self.endpoint:
            from citydiplomacy.graph.limited.endpoint import LimitedEndpoint

            deadline = Deadline(self.seconds)
            with LimitedEndpoint(self.endpoint, deadline) as endpoint:
                yield Asked(deadline, endpoint, endpoint=endpoint)
        elif engine is Engine.NEO4J:
            from citydiplomacy.graph.neo4j.login import Login
            from citydiplomacy.graph.neo4j.server import connect
            from citydiplomacy.graph.neo4j_questions.footing import Footing
            from citydiplomacy.graph.neo4j_questions.server_names import ServerNames

            login, database = Login.of(), self.database or None
            deadline = Deadline(self.seconds)
            with connect(login, database, deadline.left()) as driver:
                server = Server(driver, database, Footing.of(driver, database), self._here(), self.with_others)
                yield Asked(deadline, ServerNames(driver, database, deadline), server=server)
        else:
            with open_store(self.store, self.at, self.lang, self.at_least) as store:
                if engine is Engine.STORE:
                    yield Asked(Deadline(self.seconds), store, store=store)
                    return
                from citydiplomacy.graph.property.embedded import EmbeddedGraph

                with EmbeddedGraph.open(store, not_carried) as graph:
                    yield Asked(Deadline(self.seconds), store, store=store, graph=graph)


@frozen
class Server(Frozen):
    """A Neo4j server, as it was found."""

    driver: neo4j.Driver
    database: str | None
    footing: Footing
    here: State | None
    """What it would say of itself if it held the store here; None where there is none."""
    with_others: bool

    def tell(self) -> None:
        """Tell how its graph differs from what is asked of it."""
        self.footing.tell(say, self.here, dt.date.today())

    def check_again(self) -> None:
        """Refuse an answer during which the graph was pushed anew. Raises StoreError."""
        self.footing.check_again(self.driver, self.database)


@frozen
class Asked(Frozen):
    """Who answers, who knows the names there, and how long it may take."""

    deadline: Deadline
    names: Names
    store: Store | None = None
    graph: EmbeddedGraph | None = None
    endpoint: Endpoint | None = None
    server: Server | None = None

    @property
    def answerer(self) -> Store | Endpoint | CypherEngine:
        """Who answers saved questions."""
        if self.server or self.graph:
            from citydiplomacy.queries.library.in_cypher import CypherEngine

            if self.server:
                at = self.server
                return CypherEngine.neo4j(at.driver, at.database, self.deadline, with_others=at.with_others)
            assert self.graph is not None
            return CypherEngine.embedded(self.graph, self.deadline)
        answerer = self.endpoint or self.store
        assert answerer is not None
        return answerer
