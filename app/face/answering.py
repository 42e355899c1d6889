"""Answers to plain words: what was understood, asked as a saved question or a report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from citydiplomacy.queries.understanding.telling import title
from citydiplomacy.queries.understanding.vocabulary import REPORTS

from ..errors import UsageError
from ..output import Lang
from ..told import values_told
from . import asking
from .tables import Report, Table, report_of

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.understanding.understand import Understanding


def answer(store: Store, meant: Understanding, lang: Lang) -> tuple[Table | Report, list[str]]:
    """The answer to what was understood, of its date if it has one: a report's tables, or a table under its title; and
    sentences on what is not known of it. Raises UsageError if it cannot be asked.
    """
    if not meant.answerable:
        left = f" Not understood: {', '.join(meant.left)}." if meant.left else ""
        raise UsageError(f"no answer to {meant.text!r}.{left}")
    if meant.at is not None:
        from citydiplomacy.graph.views.at_date import StoreAt

        with StoreAt.of(store, meant.at) as view:
            return answer(view, replace(meant, at=None), lang)
    if meant.asked in REPORTS:
        return _report(store, meant, lang), []
    return asking.narrowed_table(store, meant, lang)


def _report(store: Store, meant: Understanding, lang: Lang) -> Table | Report:
    values = {name: value for name, value in meant.values.items() if isinstance(value, str)}
    match meant.asked:
        case "show":
            record = store.get(values["record"])
            assert record is not None
            told = values_told(store, record, store.claims(record.id), lang, data=False)
            return Table(told.names, told.titles, told.rows, record.label(lang.value), lang=lang.value)
        case "compare":
            from citydiplomacy.queries.reports.comparison import compare_all

            cities = [values["city"], values["other"], *meant.values.get("more", ())]
            return report_of(compare_all(store, cities, lang.value))
        case "gaps":
            from citydiplomacy.queries.reports.gaps import gaps

            return report_of(gaps(store, values["city"], lang.value))
        case "recommend":
            from citydiplomacy.queries.recommendation.report import recommend

            return report_of(recommend(store, values["city"], lang.value))
        case "co-members":
            from citydiplomacy.queries.standing.co_members import co_members

            pairs = co_members(store, values.get("city"), lang.value).table
            return Table(pairs.names, pairs.titles, pairs.rows, title(meant.asked, lang.value), lang=lang.value)
        case _:
            from . import influence

            measures = [values["measure"]] if "measure" in values else None
            if of := meant.values.get("cities"):
                return report_of(influence.positions(store, list(of), "agreements", measures, lang.value))
            return report_of(influence.ranking(store, "agreements", measures, lang.value))
