"""Influence as reports: the ranking of a network, and the positions of cities among their like."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.standing import coverage, estimated, networks, rankings, standing, tie_evidence
from citydiplomacy.queries.standing.peer_groups import SCOPES, Rank, groups
from citydiplomacy.queries.standing.rankings import Position
from citydiplomacy.queries.wording.namesakes import speech
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.queries.wording.sections import CityReport, Section, section
from citydiplomacy.queries.wording.speech import Speech
from citydiplomacy.queries.wording.tables import TableColumn


def ranking(store: Store, network: str, measures: Sequence[str] | None, lang: str) -> CityReport:
    """All cities of a network, ranked by the first measure."""
    say = speech(store, lang)
    all_ = standing.standing(store, measures, lang, network)
    title = say("Cities by influence", "شهرها به نفوذ")
    table = Section(all_.table.names, all_.table.titles, all_.table.rows, "ranking", title)
    not_ranked = standing.not_ranked(say, all_.uncollected) if all_.uncollected else Phrase()
    return _report(say, store, network, table, not_ranked, estimated.sentence(say, all_.estimated))


def positions(
    store: Store, cities: Sequence[str], network: str, measures: Sequence[str] | None, lang: str
) -> CityReport:
    """The positions of cities (ids) on each measure, in each scope; rank and percentile are None where unknown."""
    say = speech(store, lang)
    measured, among = networks.measure(store, network, measures), groups(store)

    def percentile(rank: Rank | None) -> Decimal | None:
        return rankings.one_digit(rank.percentile) if rank and rank.percentile is not None else None

    columns: tuple[TableColumn[tuple[Position, str]], ...] = (
        TableColumn("city", "Id", "شناسه", lambda at: at[0].city),
        TableColumn("city_name", "City", "شهر", lambda at: measured.name(at[0].city, lang)),
        TableColumn("measure", "Key", "کلید", lambda at: at[0].measure),
        TableColumn("measure_name", "Measure", "سنجه", lambda at: standing.ranked_title(at[0].measure, lang)),
        TableColumn("value", "Value", "مقدار", lambda at: at[0].value),
        *estimated.bound_columns(measured, lambda at: at[0].bounds),
        TableColumn("scope", "Key of the scope", "کلید دامنه", lambda at: at[1]),
        TableColumn("scope_name", "Among", "در میان", lambda at: say(*SCOPES[at[1]])),
        TableColumn("group", "Cities of", "شهرهای", lambda at: rankings.group_name(say, among, *at)),
        TableColumn("rank", "Rank", "رتبه", lambda at: rank.rank if (rank := at[0].ranks[at[1]]) else None),
        *estimated.last_column(measured, "last", lambda at: at[0].ranks[at[1]]),
        TableColumn("size", "of", "از", lambda at: rank.size if (rank := at[0].ranks[at[1]]) else None),
        TableColumn("percentile", "Percentile", "صدک", lambda at: percentile(at[0].ranks[at[1]])),
    )
    table = section(
        say,
        "positions",
        standing.TITLE,
        columns,
        [(at, scope) for at in rankings.positions(measured, among, cities) for scope in at.ranks],
    )
    tied = networks.members(store, network)
    absent = [standing.no_tie(say, coverage.named(store, city, lang)) for city in cities if city not in tied]
    caveats = [sentence for city in cities for sentence in coverage.of_city(say, store, city)]
    return _report(say, store, network, table, *caveats, estimated.sentence(say, measured.bounds), *absent)


def _report(say: Speech, store: Store, network: str, table: Section, *headlines: Phrase) -> CityReport:
    evidence = tie_evidence.sentence(say, tie_evidence.of_network(store, network))
    return CityReport(say.lang, (evidence, *filter(None, headlines)), (table,))
