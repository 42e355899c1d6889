"""Whether a city may join a body, told anew from the quads: the rule of `may-join` in other words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .measures import Measures

CONTINENTS = {f"world-region/{name}" for name in ("africa", "americas", "antarctica", "asia", "europe", "oceania")}


def may_join(of: Measures, city: str, body: str) -> str:
    """Yes, no or unknown."""
    return "yes" if (city, body) in of.members.edges else max(_reasons(of, city, body), key=ORDER.index)


ORDER = ("yes", "unknown", "no")


def _reasons(of: Measures, city: str, body: str) -> Iterator[str]:
    yield "yes"
    scope = f"scope/{body.partition('/')[2]}"
    if of.one("org:role", scope) != "role/member":
        yield "unknown"
        return
    yield _area(of, city, body, of.one("cd:openTo", scope))
    admits = of.told["cd:admits"].get(scope, [])
    if admits and "member-kind/city" not in admits:
        yield "no"
    yield _size(of, city, scope)
    places = [city, of.country(city) or ""]
    for trait in of.told["cd:requires"].get(scope, []):
        if not any(trait in of.told["cd:hasTrait"].get(place, []) for place in places):
            yield "no" if any(trait in of.told["cd:lacksTrait"].get(place, []) for place in places) else "unknown"
    if any((city, first) not in of.members.edges for first in of.told["cd:firstIn"].get(scope, [])):
        yield "unknown"
    how = of.one("cd:admission", scope)
    yield {"admission/closed": "no", "admission/application": "yes", None: "yes"}.get(how, "unknown")


def _area(of: Measures, city: str, body: str, area: str | None) -> str:
    land = of.country(city)
    lands = {land, of.region(city)}
    while wider := {of.one("skos:broader", one or "") for one in lands} - lands - {None}:
        lands |= wider
    inside = lands & ({area} | set(of.told["cd:comprises"].get(area or "", []))) - {None}
    inside |= CONTINENTS if set(of.told["cd:comprises"].get(area or "", [])) >= CONTINENTS else set()
    perhaps = lands & set(of.told["cd:mayComprise"].get(area or "", []))
    told = of.one("cd:verdict", f"openness/{body.partition('/')[2]}/{(land or '/').partition('/')[2]}")
    if told in ("openness/open", "openness/unclear"):
        return "yes" if told == "openness/open" else "unknown"
    if told == "openness/shut" or (area and land and not inside and not perhaps):
        return "no"
    return "yes" if inside else "unknown"


def _size(of: Measures, city: str, scope: str) -> str:
    least, most = (of.one(f"cd:{bound}Inhabitants", scope) for bound in ("least", "most"))
    if least is None and most is None:
        return "yes"
    figures: dict[str, list[float]] = {}
    for figure, (area,) in of.told["cd:area"].items():
        if area == city and of.one("cd:measure", figure) == "measure/population" and not of.one("cd:topic", figure):
            value = float(of.one("cd:value", figure) or 0)
            figures.setdefault(of.one("cd:period_latest", figure) or "", []).append(value)
    if not figures:
        return "unknown"
    lowest, highest = float(least or 0), float(most or "inf")
    fits = [lowest <= value <= highest for value in figures[max(figures)]]
    values = figures[max(figures)]
    if all(fits):
        return "yes"
    doubt = 1 if max(figures) else 2  # a figure without a date bars only where it is far off
    return "no" if max(values) * doubt < lowest or min(values) > highest * doubt else "unknown"
