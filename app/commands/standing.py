"""Commands on the standing of cities: influence, its rank among their like, and whom they sit with beyond chance."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from ..opening import open_store
from ..options import DEFAULT_STORE, AtOption, FormatOption, LangOption, StorePath
from ..output import DATA_FORMATS, Format, Lang, named_columns, rows, say

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.standing.scopes import Groups


class Network(StrEnum):
    """Where influence is measured."""

    AGREEMENTS = "agreements"
    MEMBERSHIPS = "memberships"
    NEWMAN = "newman"
    BACKBONE = "backbone"


class Scope(StrEnum):
    """Among whom a city is ranked."""

    WORLD = "world"
    COUNTRY = "country"
    REGION = "region"
    SIZE = "size"


def influence(
    names: Annotated[
        list[str] | None, typer.Argument(help="The places of these cities.", show_default="rank all")
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
        list[Scope] | None, typer.Option(help="For cities: among whom they are ranked.", show_default="all four")
    ] = None,
    top: Annotated[int, typer.Option(help="How many cities to rank.")] = 20,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    form: FormatOption = Format.TABLE,
    lang: LangOption = Lang.EN,
) -> None:
    """Rank cities by influence; or tell the rank and percentile of some in the world, their country, region and size.

    Of a group only cities with a tie known here are counted. A percentile is the share of the others surpassed, equals
    counting half; in groups of fewer than five there is none.

    Example: citydip influence Mashhad Tehran -m degree -m betweenness
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.standing import standing, tie_evidence
    from citydiplomacy.queries.wording.speech import Speech

    with open_store(store, at, lang) as opened:
        chosen = [lookup.find(opened, name, "City") for name in names or []]
        if chosen:
            _places(opened, chosen, measure, network, among or list(Scope), form, lang)
        else:
            table = standing.standing(opened, measure or None, lang.value, network.value)
            if table.left_out:
                say(f"Left out, since they take hours on this network: {', '.join(table.left_out)}. See --measure.")
            rows(
                [name for name, _ in table.columns], [title for _, title in table.columns], table.rows[:top], form, lang
            )
        say(tie_evidence.sentence(Speech(lang.value), tie_evidence.of_network(opened, network.value)))


def _places(
    store: Store,
    cities: list[str],
    measures: list[str] | None,
    network: Network,
    scopes: list[Scope],
    form: Format,
    lang: Lang,
) -> None:
    from citydiplomacy.queries.standing import networks, standing
    from citydiplomacy.queries.standing.scopes import SCOPES, groups
    from citydiplomacy.queries.wording.speech import Speech

    speech = Speech(lang.value)
    found, among = networks.measure(store, network.value, measures), groups(store)
    data = form in DATA_FORMATS
    listed: list[list[Any]] = []
    for at in standing.positions(found, among, cities, [scope.value for scope in scopes]):
        line: list[Any] = [at.city, found.name(at.city, lang.value), at.measure, standing.title(at.measure, lang.value)]
        line.append(at.value)
        for scope, place in at.places.items():
            if data:
                line += [among.name(at.city, scope, lang.value), *((place.rank, place.size) if place else (None, None))]
                line.append(None if place is None or place.percentile is None else round(place.percentile, 1))
            else:
                line.append(standing.place_words(speech, place))
        listed.append(line)
    titles = {
        Lang.EN: ["Id", "City", "Key", "Measure", "Value"],
        Lang.FA: ["شناسه", "شهر", "کلید", "سنجه", "مقدار"],
    }[lang]
    columns = ["city", "city_name", "measure", "measure_name", "value"]
    if data:
        columns += [f"{scope}{part}" for scope in scopes for part in ("", "_rank", "_size", "_percentile")]
        rows(columns, columns, listed, form, lang)
    else:
        columns += [scope.value for scope in scopes]
        titles += [speech(*SCOPES[scope]) for scope in scopes]
        kept = named_columns(columns)
        shown = [[line[index] for index in kept] for line in listed]
        rows([columns[index] for index in kept], [titles[index] for index in kept], shown, form, lang)
    for city in cities:
        if city not in found.labels:
            name = record.label(lang.value) if (record := store.get(city)) else city
            say(
                speech(
                    f"{name}: no tie of it is known, so it has no place in the network.",
                    f"{name}: پیوندی از آن شناخته نیست و جایی در شبکه ندارد.",
                )
            )
        elif not data:
            say(f"{found.name(city, lang.value)}: {_described(among, city, speech.lang)}")


def _described(among: Groups, city: str, lang: str) -> str:
    """A city's country, world region and size class, with the figure that decides it."""
    from citydiplomacy.queries.reports.profile import date
    from citydiplomacy.queries.wording.speech import Speech

    speech = Speech(lang)
    unknown = {
        "country": ("country unknown", "کشور نامعلوم"),
        "region": ("region unknown", "منطقه نامعلوم"),
        "size": ("population unknown", "جمعیت نامعلوم"),
    }
    parts = [among.name(city, scope, lang) or speech(*words) for scope, words in unknown.items()]
    if city in among.population:
        number, period = among.population[city]
        told = date(period)
        parts[-1] += f" ({speech.number(number)}{speech(', ', '، ') + speech.date(told) if told else ''})"
    return speech("; ", "؛ ").join(parts)


def co_members(
    city: Annotated[
        str, typer.Argument(help="City: name in English or Persian, id, or Wikidata item.", show_default="all cities")
    ] = "",
    every: Annotated[
        bool, typer.Option("--every", help="With a city: all that it shares an organisation with.")
    ] = False,
    top: Annotated[int, typer.Option(help="How many pairs to show.")] = 20,
    store: StorePath = DEFAULT_STORE,
    at: AtOption = "",
    form: FormatOption = Format.TABLE,
    lang: LangOption = Lang.EN,
) -> None:
    """Tell with which cities a city is in more common organisations than chance makes likely.

    Chance keeps how many places each city and how many cities each organisation has (stochastic degree sequence model);
    pairs with p up to 0.05 are shown. The last column says whether p stays so when corrected for the number of pairs.

    Example: citydip co-members Mashhad --every
    """
    from citydiplomacy.graph.store import lookup
    from citydiplomacy.queries.standing import co_members as asked
    from citydiplomacy.queries.standing import tie_evidence
    from citydiplomacy.queries.wording.speech import Speech

    if every and not city:
        raise UsageError(
            "--every needs a city.", hint="Pairs that chance explains are too many to list for all cities."
        )
    with open_store(store, at, lang) as opened:
        asked_of = lookup.find(opened, city, "City") if city else None
        found = asked.co_members(opened, asked_of, lang.value, every=every, top=top)
        known = tie_evidence.of_network(opened, Network.MEMBERSHIPS.value)
    names = [name for name, _ in found.columns]
    kept = range(len(names)) if form in DATA_FORMATS else named_columns(names)
    shown = [[row[index] for index in kept] for row in found.rows]
    rows([names[index] for index in kept], [found.columns[index][1] for index in kept], shown, form, lang)
    speech = Speech(lang.value)
    say(asked.summary(speech, found))
    say(tie_evidence.sentence(speech, known))
