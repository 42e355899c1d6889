"""A SPARQL endpoint elsewhere as Python users see it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citydiplomacy.queries.library import questions

from ..errors import UsageError
from ..naming import ids_of
from ..output import Lang
from . import asking
from .tables import Language, Table

if TYPE_CHECKING:
    import rdflib

    from citydiplomacy.graph.rdf import endpoint as remote


class Endpoint:
    """A SPARQL 1.1 endpoint elsewhere that holds such a store. It answers questions."""

    def __init__(self, address: str) -> None:
        from citydiplomacy.graph.rdf import endpoint as remote

        self._remote: remote.Endpoint = remote.Endpoint(address)

    @property
    def address(self) -> str:
        """Where it is asked."""
        return self._remote.address

    def ask(self, question: str | Path, *, lang: Language = "en", **values: object) -> Table:
        """As `Store.ask`; names are looked up there. Raises StoreError if the server does not answer."""
        asked = asking.question_of(question)
        given = ids_of(self._remote, asked, values, Lang(lang))
        return asking.table_of(questions.run(self._remote, asked, given), Lang(lang))

    def sparql(self, query: str) -> Table:
        """As `Store.sparql`. Raises StoreError if the server does not answer, UsageError if it refuses the query."""
        return asking.solutions(self._remote.query(query))

    def dataset(self) -> rdflib.Dataset:
        """The endpoint as an rdflib Dataset, for reading."""
        return self._remote.dataset()

    def __repr__(self) -> str:
        return f"<Endpoint {self.address}>"


def endpoint(address: str) -> Endpoint:
    """A SPARQL 1.1 endpoint, by its http(s) address; it is first asked when a question is."""
    if not address.startswith(("http://", "https://")):
        raise UsageError(f"{address!r} is no address of an endpoint.", hint="Write http://... or https://...")
    return Endpoint(address)
