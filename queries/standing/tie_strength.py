"""Who tells the ties that a sentence counts: how many have the word of officials, press or studies, how many only that
of others."""

from __future__ import annotations

from citydiplomacy.graph.network import CITY_TIES
from citydiplomacy.ontology.schemes import schemes

from ..wording.evidence import Figure, Named
from ..wording.phrases import Phrase
from ..wording.rows import Rows
from ..wording.speech import Speech

PRESS = schemes()["evidence-kind"]["evidence-kind/press"].reliability or 1
STRONG = tuple(range(PRESS, 6))
"""The reliability of the press, and of what is more reliable."""


MOST_LETTERS = 30
"""Of the names of voices that are told."""


def told_by(say: Speech, ties: Rows) -> Phrase:
    """` (4 told by officials, press, studies or the like, 9 by Wikidata alone)`: what goes behind a clause that counts
    the partners of some ties.

    ties: rows of `tie-strength`.
    """
    strong = ties.where(reliability=STRONG)
    weak = ties.without(partner=strong.values("partner"))
    kinds = schemes()["evidence-kind"]
    collections = {kinds[f"evidence-kind/{kind}"].label(say.lang) for kind in ("dataset", "encyclopedia")}
    by_voice = sorted(weak.each("voice").values(), key=len, reverse=True)
    named = say.names([rows.name("voice") for rows in by_voice])
    in_short = len(named) <= MOST_LETTERS and all(collections.issuperset(row["evidence_names"]) for row in weak)
    return of_counts(say, strong.distinct("partner"), weak.distinct("partner"), named if in_short else None)


def of_counts(say: Speech, strong: Figure, weak: Figure, voices: Phrase | None = None) -> Phrase:
    """The same of two numbers, and of who tells the weaker ones, if that is said by name."""
    voices = voices or say("weaker sources", "منبع‌های سست‌تر")
    if not weak:
        return say(
            " ({all}told by officials, press, studies or the like)",
            " ({all}به گفتهٔ مقام‌ها، مطبوعات، پژوهش‌ها و مانند آن)",
            all="" if strong.value == 1 else say("all ", "همه "),
        )
    if not strong:
        return say(
            " ({all}told by {voices} alone)",
            " ({all}تنها به گفتهٔ {voices})",
            all="" if weak.value == 1 else say("all ", "همه "),
            voices=voices,
        )
    return say(
        " ({strong} told by officials, press, studies or the like, {weak} by {voices} alone)",
        " ({strong} به گفتهٔ مقام‌ها، مطبوعات، پژوهش‌ها و مانند آن، {weak} تنها به گفتهٔ {voices})",
        strong=strong,
        weak=weak,
        voices=voices,
    )


def partner_cities(say: Speech, city: Named, strength: Rows) -> list[Phrase]:
    """Clauses on how many partner cities a city has by standing ties and who tells them, and how many are told by
    ties of which nobody knows whether they stand; none without any.

    strength: rows of `tie-strength`.
    """
    standing = of_cities(strength.where(kind=CITY_TIES, stands="yes"))
    unsure = of_cities(strength.where(kind=CITY_TIES, stands="unknown")).without(partner=standing.values("partner"))
    clauses = []
    if standing:
        clauses.append(
            say(
                "{partners} of {city} by standing ties {are} known{told}",
                "{partners} شهر طرف پیوند برقرار {city} شناسایی شده است{told}",
                partners=say.counted(standing.distinct("partner"), "partner city", "partner cities"),
                city=city,
                are="is" if standing.distinct("partner").value == 1 else "are",
                told=told_by(say, standing),
            )
        )
    if unsure:
        clauses.append(
            say(
                "{partners} of {city} {are} told by ties that are not known to stand",
                "{partners} شهر طرف پیوند {city} گفته شده که برقراری آن پیوند دانسته نیست",
                partners=say.counted(unsure.distinct("partner"), "partner city", "partner cities"),
                city=city,
                are="is" if unsure.distinct("partner").value == 1 else "are",
            )
        )
    return clauses


def of_cities(ties: Rows) -> Rows:
    """Those of some rows of `tie-strength` with a city: a region can be a party too."""
    told = ties.values("partner")
    cities = [partner for partner in told if partner.startswith("city/")]
    return ties if len(cities) == len(told) else ties.where(partner=cities)
