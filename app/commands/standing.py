"""Commands on the standing of cities: influence, its rank among their like, also on Spark, and whom they sit with."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from citydiplomacy.graph.language.plurals import counted

from ..errors import UsageError
from ..opening import open_store
from ..options import (
    DEFAULT_STORE,
    AtLeastOption,
    AtOption,
    ExcelOption,
    FormatOption,
    IdsOption,
    LangOption,
    StorePath,
    number_option,
)
from ..output import DATA_FORMATS, Format, Lang, print_table, say

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.standing.networks import Measured
    from citydiplomacy.queries.standing.peer_groups import Groups
    from citydiplomacy.queries.standing.rankings import Position
    from citydiplomacy.queries.wording.phrases import Phrase
    from citydiplomacy.queries.wording.sections import Section
    from citydiplomacy.queries.wording.speech import Speech
    from citydiplomacy.queries.wording.tables import TableColumn


class Network(StrEnum):
    """Where influence is measured."""

    AGREEMENTS = "agreements"
    MEMBERSHIPS = "memberships"
    NEWMAN = "newman"
    BACKBONE = "backbone"


class ScopeName(StrEnum):
    """Among whom a city is ranked."""

    ALL = "all"
    COUNTRY = "country"
    REGION = "region"
    SIZE = "size"


def influence(
    names: Annotated[
        list[str] | None, typer.Argument(help="The positions of these cities.", show_default="rank all")
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option("--measure", "-m", help="Measures, the first one ranks.", show_default="all")
    ] = None,
    network: Annotated[
        Network,
        typer.Option(
            "--network", "-n", help="Agreements, memberships (two-mode), or a projection of these: newman, backbone."
        ),
    ] = Network.AGREEMENTS,
    among: Annotated[
        list[ScopeName] | None, typer.Option(help="For cities: among whom they are ranked.", show_default="all four")
    ] = None,
    top: Annotated[int, number_option("How many cities to rank.")] = 20,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    at_least: AtLeastOption = "",
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    ids: IdsOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Rank cities by influence; or tell the rank and percentile of some among all, their country, region and size.

    Ranked are the cities with a known tie whose ties somebody set out to collect. A percentile is the share of the
    others surpassed, equals counting half; in groups of fewer than five there is none.

    Example: citydip influence Mashhad Tehran -m degree -m betweenness
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.standing import estimated, standing, tie_evidence
    from citydiplomacy.queries.wording import strengths
    from citydiplomacy.queries.wording.sections import CityReport, Section
    from citydiplomacy.queries.wording.speech import Speech

    from ..report_output import print_report

    speech = Speech(lang.value)
    with open_store(store, at, lang, at_least) as opened:
        chosen = [lookup.find(opened, name, "City", lang=lang) for name in names or []]
        if chosen:
            table, told = _positions(opened, chosen, measure, network, among or list(ScopeName), form, lang)
        else:
            all_ = standing.standing(opened, measure or None, lang.value, network.value)
            whole = all_.table
            table, told = Section(whole.names, whole.titles, whole.rows[:top], "ranking", ""), []
            if all_.estimated:
                told.append(estimated.sentence(speech, all_.estimated))
            if all_.uncollected:
                told.append(standing.not_ranked(speech, all_.uncollected))
        told.append(tie_evidence.sentence(speech, tie_evidence.of_network(opened, network.value)))
        sentences = strengths.of_store(speech, opened, told)
    if form is Format.JSON:
        print_report(CityReport(lang.value, sentences, (table,)), form, lang)
        return
    print_table(table, form, lang, ids=ids)
    for sentence in sentences:
        say(sentence)


def _positions(
    store: Store,
    cities: list[str],
    measures: list[str] | None,
    network: Network,
    scopes: list[ScopeName],
    form: Format,
    lang: Lang,
) -> tuple[Section, list[Phrase]]:
    from citydiplomacy.queries.standing import coverage, estimated, networks, rankings, standing, tie_strength
    from citydiplomacy.queries.standing.peer_groups import groups
    from citydiplomacy.queries.wording import namesakes
    from citydiplomacy.queries.wording.rows import ask
    from citydiplomacy.queries.wording.sections import section
    from citydiplomacy.queries.wording.tables import TableColumn

    speech, data = namesakes.speech(store, lang.value), form in DATA_FORMATS
    measured, among = networks.measure(store, network.value, measures), groups(store)
    tied = networks.members(store, network.value)
    positions = rankings.positions(measured, among, cities, [scope.value for scope in scopes])
    columns: list[TableColumn[Position]] = [
        TableColumn("city", "Id", "شناسه", lambda at: at.city),
        TableColumn("city_name", "City", "شهر", lambda at: measured.name(at.city, lang.value)),
        TableColumn("measure", "Key", "کلید", lambda at: at.measure),
        TableColumn("measure_name", "Measure", "سنجه", lambda at: standing.ranked_title(at.measure, lang.value)),
        TableColumn("value", "Value", "مقدار", lambda at: at.value),
        *estimated.bound_columns(measured, lambda at: at.bounds),
    ]
    for scope in scopes:
        columns += _data_columns(measured, among, scope.value, speech) if data else [_rank_column(speech, scope.value)]
    said = [estimated.sentence(speech, measured.bounds)] if measured.bounds else []
    for city in cities:
        named = coverage.named(store, city, lang.value)
        said += rankings.among_whom(speech, among, named) if city in measured.labels else ()
        said += () if city in tied else [standing.no_tie(speech, named)]
        strength = ask(store, "tie-strength", lang.value, city=city)
        said += map(speech.sentence, tie_strength.partner_cities(speech, named, strength))
        said += coverage.of_city(speech, store, city)
    return section(speech, "positions", standing.TITLE, columns, positions), said


def _rank_column(speech: Speech, scope: str) -> TableColumn[Position]:
    """For people: rank, number of cities and percentile in one cell."""
    from citydiplomacy.queries.standing import rankings
    from citydiplomacy.queries.standing.peer_groups import SCOPES
    from citydiplomacy.queries.wording.tables import TableColumn

    return TableColumn(scope, *SCOPES[scope], lambda at: rankings.rank_words(speech, at.ranks[scope]))


def _data_columns(measured: Measured, among: Groups, scope: str, speech: Speech) -> Iterator[TableColumn[Position]]:
    """For programs: the group, and each number in a column of its own."""
    from citydiplomacy.queries.standing import estimated, rankings
    from citydiplomacy.queries.standing.peer_groups import SCOPES
    from citydiplomacy.queries.wording.tables import TableColumn

    yield TableColumn(scope, *SCOPES[scope], lambda at: rankings.group_name(speech, among, at, scope))
    yield TableColumn(f"{scope}_rank", "Rank", "رتبه", lambda at: rank.rank if (rank := at.ranks[scope]) else None)
    yield from estimated.last_column(measured, f"{scope}_last", lambda at: at.ranks[scope])
    yield TableColumn(f"{scope}_size", "of", "از", lambda at: rank.size if (rank := at.ranks[scope]) else None)

    def percentile(at: Position) -> float | None:
        rank = at.ranks[scope]
        return None if rank is None or rank.percentile is None else round(rank.percentile, 1)

    yield TableColumn(f"{scope}_percentile", "Percentile", "صدک", percentile)


def co_members(
    city: Annotated[
        str, typer.Argument(help="City: name in English or Persian, id, or Wikidata item.", show_default="all cities")
    ] = "",
    every: Annotated[
        bool, typer.Option("--every", help="With a city: all that it shares an organisation with.")
    ] = False,
    top: Annotated[int, number_option("How many pairs to show.")] = 20,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    at_least: AtLeastOption = "",
    form: FormatOption = Format.TABLE,
    _: ExcelOption = False,
    ids: IdsOption = False,
    lang: LangOption = Lang.EN,
) -> None:
    """Tell with which cities a city is in more common organisations than chance makes likely.

    Chance keeps how many places each city and how many cities each organisation has (stochastic degree sequence model);
    pairs with p up to 0.05 are shown. The last column says whether p stays so when corrected for the number of pairs.

    Two cities, side by side: citydip compare CITY OTHER

    Example: citydip co-members Mashhad --every
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.standing import co_members as asked
    from citydiplomacy.queries.standing import coverage, tie_evidence
    from citydiplomacy.queries.wording.speech import Speech

    if every and not city:
        raise UsageError(
            "--every needs a city.", hint="Pairs that chance explains are too many to list for all cities."
        )
    with open_store(store, at, lang, at_least) as opened:
        asked_of = lookup.find(opened, city, "City", lang=lang) if city else None
        pairs = asked.co_members(opened, asked_of, lang.value, every=every, top=top)
        known = tie_evidence.of_network(opened, Network.MEMBERSHIPS.value)
        speech = Speech(lang.value)
        caveats = coverage.of_city(speech, opened, asked_of) if asked_of else []
    print_table(pairs.table, form, lang, ids=ids)
    for sentence in caveats:
        say(sentence)
    say(asked.summary(speech, pairs))
    say(tie_evidence.sentence(speech, known))


def spark(
    folder: Annotated[
        str, typer.Argument(help="What `export parquet` wrote: a folder, or any address that Spark reads.")
    ],
    out: Annotated[str, typer.Argument(help="Parquet to write: a row a city, a column a measure.")],
    measure: Annotated[
        list[str] | None,
        typer.Option("--measure", "-m", help="degree, pagerank, component, triangles, community.", show_default="all"),
    ] = None,
    master: Annotated[str, typer.Option(help="Where Spark runs: spark://host:7077, yarn, ...")] = "local[*]",
    _: LangOption = Lang.EN,
) -> None:
    """Measure the network of cities on Apache Spark, for networks that one machine cannot hold.

    The values are those that influence gives from the store itself, which is faster as long as the network fits into
    memory. The memory of Spark on this machine is told by SPARK_DRIVER_MEMORY.

    Example: citydip spark world-parquet ranks.parquet -m pagerank
    """
    from citydiplomacy.queries.measures import spark as engine

    names = measure or list(engine.MEASURES)
    for name in names:
        if name not in engine.MEASURES:
            raise UsageError(f"unknown measure {name!r}.", hint=f"Measures: {', '.join(engine.MEASURES)}.")
    with engine.session(master) as session:
        cities = engine.measure(engine.city_ties(session, folder), names, out)
    say(f"{out}: {counted(cities, 'city', 'cities')}, {', '.join(names)}.")
