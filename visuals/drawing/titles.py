"""What figures are called: whose ties they show, how far these were collected, as of when and how strongly told."""

from __future__ import annotations

from collections.abc import Sequence

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.standing import coverage
from citydiplomacy.queries.wording import strengths
from citydiplomacy.queries.wording.phrases import Phrase, in_brief
from citydiplomacy.queries.wording.speech import Speech

TIES = ("The ties of {cities}", "پیوندهای {cities}")
EVERYWHERE = ("Ties between cities, all of these data", "پیوندهای میان شهرها، همهٔ این داده‌ها")


def of_ties(focus: Sequence[str]) -> tuple[str, str]:
    """What the ties of some actors, or of all cities if none is named, are called, in English and Persian."""
    return TIES if focus else EVERYWHERE


def title(store: Store, focus: Sequence[str], say: Speech, words: tuple[str, str]) -> str:
    """The title of a figure that stands alone: what is said beside it is not shown with it.

    focus: ids of those that it is of; none for all cities. words: what is shown, in English and Persian; `{cities}`
    stands for their names.
    """
    names = say.names([in_brief(record.label(say.lang)) for one in focus if (record := store.get(one))])
    return alone(store, focus, say, str(say(*words, cities=names)))


def alone(store: Store, focus: Sequence[str], say: Speech, title: str) -> str:
    """A title of whatever wording with what has to be said where nothing stands beside it."""
    if any(coverage.uncollected(store, one) for one in focus if one.startswith("city/")):
        title += say(", as far as they were collected", "، تا آن‌جا که گردآوری شده")
    (whole,) = strengths.of_store(say, store, [Phrase(title)])
    return str(whole)
