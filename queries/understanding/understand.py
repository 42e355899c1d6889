"""Plain words understood, by rules: which saved question or report is asked, with which values, and what is left.

Each way to ask (`Wording`) says what must be there. Of those that fit counts the one that leaves the fewest words, then
the one that takes the fewest to narrow its answer, then the one that asks for most words. What a word was taken for is
told, and so is each word that was not understood; one that denies and that no wording means stops the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store

from .fitting import Fit, Values, fits, of_cities
from .names import name_index
from .narrowing import Narrowing
from .pieces import Piece, named_otherwise, pieces
from .vocabulary import folders, parameters
from .words import words

MOST_NAMES = 3
"""NameIndex that may be spelt otherwise in one text."""
MOST_WORDS = 200
"""Words of a text that is read: the time grows with their square."""
ANY = folders("record")
MOST_TRIES = 40
"""Stretches of a text that are tried as names."""
ROUND = ((2, 2), (2, 1), (1, 2), (2, 0), (0, 2), (1, 1), (1, 0), (0, 1))
"""Pieces before and after one that nobody knows that may be of a name with it."""
LONGEST = 5
"""Phrases of such a name."""


@dataclass(frozen=True)
class Understanding:
    """What was understood of a text."""

    text: str
    asked: str = ""
    """The name of a saved question or report; empty if none was understood."""
    values: Values = field(default_factory=dict)
    """Its parameters: ids, dates, numbers."""
    narrowed: tuple[Narrowing, ...] = ()
    """What its answer is narrowed to."""
    at: Date | None = None
    """As it was at this date."""
    left: tuple[str, ...] = ()
    """Words that were not understood, or that the answer does not take up."""
    denied: tuple[str, ...] = ()
    """Of these those that deny: what is asked is then another thing, and nothing is answered."""
    missing: tuple[str, ...] = ()
    """Parameters without a value."""
    taken: tuple[tuple[str, str], ...] = ()
    """What is spelt otherwise: as it was typed, and the word or id that it was taken for."""
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Parameter -> other records of the same name: the best known was taken."""
    forms: tuple[str, ...] = ()
    """What the answer is wished as beside its table: `dossier`, `map`, `network`; each can be had of `cities`."""
    named: tuple[str, ...] = ()
    """Where no question was understood: the records that the text names all the same."""

    @property
    def cities(self) -> tuple[str, ...]:
        """The cities that are asked about."""
        return of_cities(self.values)

    @property
    def answerable(self) -> bool:
        """Whether it can be asked as it was understood."""
        return bool(self.asked) and not self.missing and not self.denied

    @property
    def line(self) -> str:
        """In short, `sister-cities city=city/mashhad where in=country/pk at=2010`; `-` if it cannot be asked."""
        if not self.answerable:
            return "-"
        values = [
            f"{name}={value if isinstance(value, str) else '|'.join(value)}" for name, value in self.values.items()
        ]
        where = sorted(f"{each.by}={each.value}" for each in self.narrowed)
        at = [f"at={self.at.edtf}"] if self.at else []
        forms = [f"as={each}" for each in self.forms]
        return " ".join([self.asked, *values, *(["where"] if where else []), *where, *at, *forms])


def understand(store: Store, text: str) -> Understanding:
    """What a text asks of a store. Raises UsageError for one of more words than a question has."""
    if len(words(text)) > MOST_WORDS:
        raise UsageError("the question is too long.", hint=f"At most {MOST_WORDS} words are read.")
    listed = pieces(store, text)
    best = _best(store, listed)
    for _ in range(MOST_NAMES):
        better = _with_a_name_spelt(store, best.listed if best else listed, best)
        if better is None:
            break
        best = better
    if best is None:
        open_ = [piece for piece in listed if piece.denies or not piece.empty]
        unknown = [piece for piece in open_ if not piece.of("record")]
        named = [ids[0] for piece in open_ if (ids := piece.records(ANY, name_index(store)))]
        left = tuple(dict.fromkeys(piece.said for piece in unknown or open_))
        return Understanding(text, left=left, named=tuple(dict.fromkeys(named)))
    left = tuple(dict.fromkeys(piece.said for piece in best.left))
    denied = tuple(piece.said for piece in best.left if piece.denies)
    taken = tuple(
        (piece.said, piece.meant)
        for place, piece in enumerate(best.listed)
        if piece.meant and (place in best.used or piece.empty)
    )
    return Understanding(
        text,
        best.wording.asked,
        best.values,
        best.narrowed,
        best.at,
        left,
        denied,
        best.missing,
        taken,
        best.others,
        best.forms,
    )


def _best(store: Store, listed: Sequence[Piece]) -> Fit | None:
    return min(fits(store, listed), key=lambda fit: fit.rank, default=None)


def _with_a_name_spelt(store: Store, listed: Sequence[Piece], best: Fit | None) -> Fit | None:
    """A better fit, once words that nobody knows are read as a name that is spelt otherwise, or as part of one."""
    types = [parameters(best.wording.asked)[name].type for name in best.missing] if best else ["actor"]
    guessed = best is None or best.wording.says_something  # names alone are no reason to take any short word for one
    wanted = [folder for type_ in types for folder in folders(type_)] if guessed else []
    tries = [
        [*listed[:place], near, *listed[place + length :]]
        for place, length in islice(_unknown(listed), MOST_TRIES)
        if (near := named_otherwise(store, listed[place : place + length], wanted, missing=best is not None))
    ]
    found = [fit for tried in tries if (fit := _best(store, tried)) and (best or not (fit.left or fit.missing))]
    better = min(found, key=lambda fit: fit.rank, default=None)
    return better if better and (best is None or better.rank[:3] < best.rank[:3]) else None


def _unknown(listed: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """(Place, length) of stretches from one piece that nobody knows to another, with nothing that means something; and
    these with a name right before or after them, which may be part of a longer one. Then of one that nobody knows with
    words round it that mean something alone, and may be of its name: the creative cities network.
    """
    unknown = [not piece.readings for piece in listed]
    for first, begins in enumerate(unknown):
        for last in range(first, min(first + LONGEST, len(listed))) if begins else ():
            if not unknown[last] and not listed[last].empty:
                break
            if unknown[last]:
                yield first, last - first + 1
                if first and listed[first - 1].of("record"):
                    yield first - 1, last - first + 2
                if last + 1 < len(listed) and listed[last + 1].of("record"):
                    yield first, last - first + 2
    for place in (place for place, begins in enumerate(unknown) if begins):
        for before, after in ROUND:
            if before <= place < len(listed) - after:
                yield place - before, before + 1 + after
