"""What is told beside the answer of a Neo4j server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citydiplomacy.answers import saved
from citydiplomacy.engines import Server
from citydiplomacy.errors import StoreError
from citydiplomacy.graph.neo4j_questions.footing import Footing
from citydiplomacy.graph.property.cypher import CypherResult
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.library.in_cypher import CypherEngine
from citydiplomacy.queries.library.questions import Answer

if TYPE_CHECKING:
    import pytest


def test_an_answer_is_shown_though_there_is_no_time_to_look_for_wrong_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def late(*_: Any) -> Any:
        raise StoreError("the query took too long and was stopped.")

    engine = CypherEngine("neo4j", lambda *_: CypherResult((), [], truncated=False), late, late)
    driver: Any = None
    server = Server(driver, None, Footing(None, imported=False, quiet=False, others=True), None, with_others=False)
    saved._tell_misfits(server, engine, Answer(catalogue.question("sister-cities"), [], ()), {"city": "city/ayla"})
    assert "could not be looked through in time" in capsys.readouterr().err
