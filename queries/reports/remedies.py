"""What would serve unmet needs, or hinders them: an organisation or a barrier, with the votes it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..wording.rows import Row


@dataclass(frozen=True)
class Remedy:
    """What stands beside unmet needs: an organisation that would address them, or a barrier that hinders them."""

    id: str
    name: str
    row: Row
    """What the library says of it, for the first of the needs."""
    needs: tuple[Row, ...]
    peers: int = 0
    """Of an organisation: how many cities of the same country and sister cities are in it."""
    joining: Row | None = None
    """Of an organisation: its row of `may-join`."""

    @property
    def may_join(self) -> bool | None:
        """Of an organisation: whether the city may join it, by the rules that are told; None if that is unknown."""
        return {"yes": True, "no": False}.get(self.joining["may_join"]) if self.joining else None

    @property
    def votes(self) -> Decimal:
        """The votes for its needs, each as a part of its panel."""
        return sum((weight(need) for need in self.needs), Decimal(0))


def weight(need: Row) -> Decimal:
    """The votes for a need as a part of its panel; 0 where no panel scored it."""
    return Decimal(need["score"]) / need["panel_size"] if need["score"] is not None else Decimal(0)
