"""What was learned of how cities choose, and how well it did: the files beside this module, written by benchmarks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store

from ..wording.evidence import Figure, SetByRule, When


@dataclass(frozen=True)
class Learned:
    """Weights of a conditional logit (`measures.choice`), and how lists made by it did where it was not learned."""

    name: str
    weights: Mapping[str, float]
    told: Mapping[str, str]
    """How it was learned: `then` and `later`, the dates (EDTF) between which the choices fell, and more in words."""
    measured: Mapping[str, int]

    def figure(self, of: str) -> Figure:
        """A number that was measured."""
        return Figure(self.measured[of], SetByRule(f"{self.name} {of}", self.measured[of]))

    def day(self, of: str) -> When:
        """`then` or `later`."""
        return When(from_edtf(self.told[of]), SetByRule(f"{self.name} {of}", self.told[of]))


@cache
def learned(name: str) -> Learned:
    """By the name of its file."""
    told = tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
    return Learned(name, told["weights"], told["learned"], told["measured"])


def measured_of(store: Store) -> bool:
    """Whether what was measured was measured of stores like this: of all its ties, as they are told now."""
    date: Date | None = getattr(store, "date", None)
    past = date is not None and date.earliest is not None and date.earliest < store.day
    return not past and getattr(store, "strength", None) is None
