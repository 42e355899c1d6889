"""How answers say that they are on ties of some strength alone, or of another day than today."""

from __future__ import annotations

from collections.abc import Iterable

from citydiplomacy.graph.language.date_words import is_between
from citydiplomacy.graph.merged.strength import Strength
from citydiplomacy.graph.model.values import Date
from citydiplomacy.graph.store.reader import Store

from .evidence import Figure, Label, Named, SetByRule
from .phrases import Phrase
from .speech import Speech


def ties(say: Speech, strength: Strength) -> Phrase:
    """`ties that 2 voices or more tell`."""
    if strength.kind is None:
        return say(
            "ties that {voices} or more tell",
            "پیوندهایی که {voices} صدا یا بیشتر می‌گویند",
            voices=say.counted(Figure(strength.voices, SetByRule("at-least", strength.voices)), "voice"),
        )
    kind = strength.kind
    return say(
        "ties told by “{kind}” or better",
        "پیوندهای به گفتهٔ «{kind}» یا معتبرتر",
        kind=Named(kind.label(say.lang), kind.id, Label(kind.id)),
    )


def as_of(say: Speech, store: Store) -> Phrase:
    """The date at which a store is seen, `with ties as of 2015`; nothing of a store as it is.

    Ties are of the date: what rules, needs and figures are told without a day is as it is told today.
    """
    date: Date | None = getattr(store, "date", None)
    if date is None:
        return Phrase()
    shown = say.date(date)
    if is_between(date, say.lang):
        return say(f"with ties at some time {shown}", f"با پیوندهای زمانی {shown}")
    return say(f"with ties as of {shown}", f"با پیوندها چنان‌که در {shown} بود")


def limits(say: Speech, store: Store) -> Phrase:
    """What begins a sentence on a store that shows only ties of some strength, or is seen at a date; else nothing."""
    strength: Strength | None = getattr(store, "strength", None)
    only = say("counting only {ties}", "تنها با شمردن {ties}", ties=ties(say, strength)) if strength else Phrase()
    both = say(", ", "، ").joined([each for each in (as_of(say, store), only) if each])
    return Phrase(both.begun(), ": ") if both else both


def of_store(say: Speech, store: Store, sentences: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Sentences on a store, with its `limits`."""
    begin = limits(say, store)
    return tuple(Phrase(begin, sentence) for sentence in sentences)
