"""The world regions in which a city has no partner, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from citydiplomacy.ontology.schemes import schemes

from ..wording.evidence import Figure, Label, Named, SetByRule
from ..wording.phrases import Phrase
from ..wording.rows import Rows
from ..wording.speech import Speech

MOST_REGIONS = 5
"""That one sentence names."""


class Unreached(NamedTuple):
    """World regions of the finest grain without a partner, and rows of `world-regions-reached`."""

    regions: tuple[str, ...]
    reached: Rows

    def number(self) -> Figure:
        """How many."""
        finest = len(finest_regions())
        return Figure(finest, SetByRule("world regions", finest)) - self.reached.distinct("region")


def regions(
    say: Speech, city: Named, unreached: Unreached | None, *, of_country: bool, uncollected: bool
) -> list[Phrase]:
    """Regions without a partner; a continent of which no region is reached goes by its own name.

    unreached: None if no partner's country is known; of_country: the country of the city is told, so that ties can be
    told as abroad; uncollected: no source set out to collect the city's ties.
    """
    if uncollected:
        return [
            say(
                "in which world regions {city} has no partner is not known, since no source in these data set out to "
                "collect "
                "its ties",
                "این‌که {city} در کدام منطقه‌های جهان طرفی ندارد دانسته نیست، چون هیچ منبعی در این داده‌ها در پی "
                "پیوندهایش نبوده است",
                city=city,
            )
        ]
    if unreached is None:
        return [
            say(
                "which world regions {city} reaches is not known: no partner of {city} in a known foreign country is "
                "told in these data",
                "منطقه‌های طرف پیوند {city} دانسته نیست: در این داده‌ها طرفی از {city} که کشور خارجی‌اش معلوم باشد "
                "گفته نشده است",
                city=city,
            )
        ]
    regions = unreached.regions
    if not regions:
        return []
    concepts = schemes()["world-region"]
    whole = dict.fromkeys(_whole(region, set(regions)) for region in regions)
    finest = len(finest_regions())
    names = [
        say(
            "{region}{all}",
            "{region}{all}",
            all="" if region in regions else say(" (all)", " (همه)"),
            region=Named(concepts[region].label(say.lang), region, Label(region)),
        )
        for region in whole
    ]
    abroad = say(" abroad", " برون‌مرزی") if of_country else Phrase()
    of_all = say(
        "no standing tie{abroad} of {city} is known in these data with {number} of the {finest} world regions",
        "در این داده‌ها با {number} از {finest} منطقهٔ جهان پیوند{abroad} برقراری از {city} شناسایی نشده است",
        abroad=abroad,
        city=city,
        number=unreached.number(),
        finest=Figure(finest, SetByRule("world regions", finest)),
    )
    if len(names) <= MOST_REGIONS:
        return [say("{of_all}: {names}", "{of_all}: {names}", of_all=of_all, names=say.names(names, most=len(names)))]
    return [
        of_all,
        *(
            say(
                "no standing tie{abroad} of {city} is known in these data with these world regions: {names}",
                "در این داده‌ها با این منطقه‌های جهان پیوند{abroad} برقراری از {city} شناسایی نشده است: {names}",
                abroad=abroad,
                city=city,
                names=say.names(part, most=MOST_REGIONS),
            )
            for part in _even(names)
        ),
    ]


def _even(names: Sequence[Phrase]) -> list[Sequence[Phrase]]:
    """Names in as few parts of at most MOST_REGIONS as there can be, none more than one shorter than another."""
    parts = ceil(len(names) / MOST_REGIONS)
    ends = [round(len(names) * part / parts) for part in range(parts + 1)]
    return [names[start:end] for start, end in pairwise(ends)]


def finest_regions() -> tuple[str, ...]:
    """World regions (UN M49) of the finest grain."""
    concepts = schemes()["world-region"]
    wider = {concept.broader for concept in concepts.values()}
    return tuple(region for region, concept in concepts.items() if concept.broader and region not in wider)


def _whole(region: str, missing: set[str]) -> str:
    """The widest region around one of which every part is missing."""
    concepts = schemes()["world-region"]
    parent = concepts[region].broader
    if parent is None or not all(_missing(part.id, missing) for part in concepts.values() if part.broader == parent):
        return region
    return _whole(parent, missing)


def _missing(region: str, missing: set[str]) -> bool:
    parts = [part.id for part in schemes()["world-region"].values() if part.broader == region]
    return all(_missing(part, missing) for part in parts) if parts else region in missing
