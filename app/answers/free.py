"""A question without a header, in SPARQL or Cypher: asked as it stands, and its rows shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from citydiplomacy.graph.language.plurals import counted

from ..engines import Asked
from ..output import Format, Lang, rows, say


def show_sparql(opened: Asked, text: str, limit: int, form: Format, lang: Lang) -> None:
    from citydiplomacy.graph.limited.store import LimitedStore, answer_of

    if opened.endpoint:
        answer = answer_of(opened.endpoint.query(text), limit)
    else:
        assert opened.store is not None
        with LimitedStore(opened.store.folder) as limited:
            answer = limited.query(text, seconds=opened.deadline, limit=limit)
    rows(answer.columns, answer.columns, answer.rows, form, lang)
    _told_cut(answer.truncated, limit)


def show_cypher(opened: Asked, text: str, values: Mapping[str, Any], limit: int, form: Format, lang: Lang) -> None:
    if opened.server:
        from citydiplomacy.graph.neo4j import asking

        at, timeout = opened.server, opened.deadline
        answer = asking.run(at.driver, text, values, database=at.database, timeout=timeout, limit=limit, tell=say)
        at.tell()
        if at.footing.others:
            say(
                "Cypher without a header is asked as it stands, also over what others have on this server and copies "
                "of ours; with a header it is asked over what was pushed."
            )
    else:
        from citydiplomacy.graph.property.traps import cautions

        assert opened.graph is not None
        answer = opened.graph.run(text, values, timeout=opened.deadline, limit=limit)
        for caution in cautions(text):
            say(f"Careful: {caution}")
    rows(answer.columns, answer.columns, answer.rows, form, lang)
    _told_cut(answer.truncated, limit)


def _told_cut(truncated: bool, limit: int) -> None:
    if truncated:
        say(f"Only the first {counted(limit, 'row')}; for more: --limit.")
