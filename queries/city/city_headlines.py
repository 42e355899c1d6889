"""Sentences on the ties of one city: its sister cities and its memberships, who tells them, and as of when."""

from __future__ import annotations

from citydiplomacy.graph.model.holding import UNDER_WAY
from citydiplomacy.graph.model.schema import class_title

from ..standing.coverage import MEMBERSHIPS, SISTER_CITIES
from ..standing.tie_strength import of_cities, told_by
from ..wording.days import told_days
from ..wording.phrases import Phrase
from ..wording.rows import Rows
from ..wording.speech import Speech
from .profile import MEMBER_GRADES, SISTER, CityProfile


def sister_cities(say: Speech, city: CityProfile) -> list[Phrase]:
    """How many standing sister cities a city has, where, who says so and when; and what is meant, or may stand."""
    collected = SISTER_CITIES not in city.uncollected
    if not city.sisters_known:
        return [
            say(
                "no standing sister city of {city} is known in these data{why}",
                "در این داده‌ها خواهرخواندهٔ برقراری از {city} شناسایی نشده است{why}",
                city=city.named,
                why=""
                if collected
                else say(
                    ", and no source in them set out to collect them",
                    " و هیچ منبعی در پی آن‌ها نبوده است",
                ),
            ),
            *_sister_lands(say, city),
            *_unsure_sisters(say, city),
        ]
    told = told_by(say, city.sisters("yes"))
    clauses = [
        say(
            "{sisters} of {city} {are} known{reach}{told}",
            "{sisters} خواهرخواندهٔ برقرار {city}{reach} شناسایی شده است{told}",
            city=city.named,
            sisters=say.counted(city.sister_cities.number(), "standing sister city", "standing sister cities"),
            are="is" if len(city.sister_cities) == 1 else "are",
            reach=spread(say, city.sister_cities),
            told=told,
        )
        if city.sister_cities and collected
        else say(
            "no source in these data set out to collect the sister cities of {city}: only {sisters}, told of others, "
            "{are} known{told}",
            "هیچ منبعی در این داده‌ها در پی خواهرخوانده‌های {city} نبوده است: تنها {sisters} خواهرخواندهٔ برقرار "
            "شناسایی شده است{told}",
            city=city.named,
            sisters=say.counted(city.sister_cities.number(), "standing one"),
            are="is" if len(city.sister_cities) == 1 else "are",
            told=told,
        )
        if city.sister_cities
        else say(
            "no sister city of {city} is told in these data as standing",
            "در این داده‌ها خواهرخواندگی برقراری برای {city} گفته نشده است",
            city=city.named,
        ),
        *_sisters_when(say, city),
        *_sister_lands(say, city),
        *_unsure_sisters(say, city),
    ]
    if coming := city.ties("agreement", statuses=UNDER_WAY):
        clauses.append(
            say(
                "{ties} of {city} {are} last told as proposed, planned or under negotiation",
                "{ties} توافق {city} به آخرین گفته در حد پیشنهاد، برنامه یا مذاکره است",
                ties=say.counted(coming, "agreement"),
                city=city.named,
                are="is" if coming.value == 1 else "are",
            )
        )
    return clauses


def _sisters_when(say: Speech, city: CityProfile) -> list[Phrase]:
    """As of when the standing sister cities are told."""
    ties = city.agreements.where(agreement=city.sisters("yes").values("tie"))
    days = told_days(say, ties, "agreement", "attested", "start")
    if not days:
        return []
    return [
        say(
            "{ties} of {city} {were} last told {days}",
            "آخرین گفته دربارهٔ خواهرخوانده‌های برقرار {city}: {days}",
            ties="the standing sister city" if (one := len(ties.each("agreement")) == 1) else "standing sister cities",
            were="was" if one else "were",
            city=city.named,
            days=days,
        )
    ]


def _sister_lands(say: Speech, city: CityProfile) -> list[Phrase]:
    """With what else than cities it is told as twinned: a province is no sister city."""
    twinned = city.strength.where(kind=(SISTER, "agreement-kind/sister-region"), stands="yes")
    lands = twinned.without(partner=of_cities(twinned).values("partner"))
    if not lands:
        return []
    places = lands.distinct("partner")
    names = [
        say(
            "{name} ({kind})",
            "{name} ({kind})",
            name=name,
            kind=class_title(name.id.partition("/")[0], say.lang).lower(),
        )
        for name in lands.names("partner")
    ]
    return [
        say(
            "{places} {are} told as twinned with {city} and not counted as {one}: {names}",
            "{places} طرف خواهرخواندگی برقرار {city} شهر نیست و شهر خواهرخوانده شمرده نشده است: {names}",
            places=say.counted(places, "place that is no city", "places that are no cities"),
            one="a sister city" if places.value == 1 else "sister cities",
            city=city.named,
            are="is" if places.value == 1 else "are",
            names=say.names(names, total=places),
        )
    ]


def _unsure_sisters(say: Speech, city: CityProfile) -> list[Phrase]:
    """How many sister cities are told of which nobody knows whether they stand."""
    ties = city.sisters("unknown").without(partner=city.sister_cities.values("partner"))
    if not ties:
        return []
    return [
        say(
            "{sisters} of {city} {are} told and not known to stand",
            "{sisters} خواهرخواندهٔ {city} گفته شده و برقراری آن دانسته نیست",
            sisters=say.counted(ties.distinct("partner"), "sister city", "sister cities"),
            city=city.named,
            are="is" if ties.distinct("partner").value == 1 else "are",
        )
    ]


def spread(say: Speech, cities: Rows) -> Phrase:
    """In how many countries and world regions cities lie: ` in 10 countries and 6 world regions`."""
    countries, regions = cities.distinct("country"), cities.distinct("region")
    if not countries:
        return Phrase()
    text = say(
        " in {least}{countries}",
        " در {least}{countries} کشور",
        least=say("at least ", "دست‌کم ") if cities.where(country=None) else "",
        countries=say.counted(countries, "country", "countries"),
    )
    if not regions:
        return text
    return text + say(
        " and {regions}", " و {regions} منطقهٔ جهان", regions=say.counted(regions, "world region", "world regions")
    )


def member(say: Speech, city: CityProfile, rosters: Rows) -> list[Phrase]:
    """In how many networks and bodies a city is, and who says so. rosters: rows of `rosters`."""
    if not city.networks.value:
        return [*_no_membership(say, city, rosters), *_unsure_memberships(say, city)]
    bodies = say.counted(city.networks, "network or body", "networks and bodies")
    held = city.places.where(grade=MEMBER_GRADES).values("membership")
    told = told_by(say, city.strength.where(tie=held))
    if MEMBERSHIPS not in city.uncollected:
        return [
            say(
                "{city} is known as a member of {bodies}{told}",
                "عضویت {city} در {bodies} شبکه و نهاد شناسایی شده است{told}",
                city=city.named,
                bodies=bodies,
                told=told,
            ),
            *_unsure_memberships(say, city),
        ]
    clauses = [
        say(
            "no source in these data set out to collect the memberships of {city}: only {bodies} {are} known{told}",
            "هیچ منبعی در این داده‌ها در پی عضویت‌های {city} نبوده است: تنها عضویت در {bodies} شبکه و نهاد "
            "شناسایی شده است{told}",
            city=city.named,
            bodies=bodies,
            are="is" if city.networks.value == 1 else "are",
            told=told,
        )
    ]
    if lists := city.places.where(membership=_listed(city.places, rosters), grade=MEMBER_GRADES):
        clauses.append(
            say(
                "lists of members name {city} in {names}",
                "فهرست‌های اعضا {city} را در {names} نام می‌برند",
                city=city.named,
                names=say.names(lists.names("organization"), 1, total=lists.distinct("organization")),
            )
        )
    return [*clauses, *_unsure_memberships(say, city)]


def members_when(say: Speech, city: CityProfile) -> list[Phrase]:
    """As of when the standing memberships are told."""
    places = city.places.where(grade=MEMBER_GRADES)
    days = told_days(say, places, "membership", "last_seen")
    if not days:
        return []
    return [
        say(
            "{ties} of {city} {were} last told {days}",
            "آخرین گفته دربارهٔ عضویت‌های برقرار {city}: {days}",
            ties="the standing membership" if (one := len(places.each("membership")) == 1) else "standing memberships",
            were="was" if one else "were",
            city=city.named,
            days=days,
        )
    ]


def _no_membership(say: Speech, city: CityProfile, rosters: Rows) -> list[Phrase]:
    """What is known of a city of which no membership is: who looked for one, and as of when."""
    dated = rosters.without(date=None)
    latest = max((row["date"] for row in dated), default=None)
    clauses = [
        say(
            "no standing membership of {city} is known in these data{why}",
            "در این داده‌ها عضویت برقراری از {city} شناسایی نشده است{why}",
            city=city.named,
            why=say(", and no source in them set out to collect any", " و هیچ منبعی در پی عضویت‌هایش نبوده است")
            if MEMBERSHIPS in city.uncollected
            else "",
        )
    ]
    if latest and not _listed(city.memberships, rosters):
        clauses.append(
            say(
                "none of the {lists} of members in these data is known to name {city} (the latest of {day})",
                "در هیچ‌یک از {lists} فهرست اعضای این داده‌ها نام {city} دیده نشده است (تازه‌ترین: {day})",
                lists=say.counted(rosters.distinct("roster"), "list"),
                city=city.named,
                day=dated.where(date=latest).first_of("date").date("date") or "",
            )
        )
    return clauses


def _listed(memberships: Rows, rosters: Rows) -> tuple[str, ...]:
    """Those of some memberships that the source of a list of members tells."""
    lists = {(row["organization"], row["source"]) for row in rosters}
    return tuple(
        row["membership"]
        for row in memberships
        if any((row["organization"], source) in lists for source in row["sources"])
    )


def _unsure_memberships(say: Speech, city: CityProfile) -> list[Phrase]:
    """In how many networks and bodies a membership is told of which nobody knows whether it stands."""
    known = city.places.where(grade=MEMBER_GRADES).values("organization")
    told = city.memberships.where(grade=MEMBER_GRADES, counts="unknown").without(organization=known)
    if not told:
        return []
    return [
        say(
            "a membership of {city} in {bodies} is told and not known to stand",
            "عضویت {city} در {bodies} شبکه و نهاد گفته شده و برقراری‌اش دانسته نیست",
            city=city.named,
            bodies=say.counted(told.distinct("organization"), "network or body", "networks and bodies"),
        )
    ]
