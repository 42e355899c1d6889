"""How answers say that they are on ties of some strength alone."""

from __future__ import annotations

from collections.abc import Iterable

from citydiplomacy.graph.merged.strength import Strength
from citydiplomacy.graph.store.reader import Store

from .evidence import Figure, Label, Named, Rule
from .phrases import Phrase
from .speech import Speech


def ties(say: Speech, strength: Strength) -> Phrase:
    """`ties that 2 voices or more tell`."""
    if strength.kind is None:
        return say(
            "ties that {voices} or more tell",
            "پیوندهایی که {voices} صدا یا بیشتر می‌گویند",
            voices=say.counted(Figure(strength.voices, Rule("at-least", strength.voices)), "voice"),
        )
    kind = strength.kind
    return say(
        "ties with a source at least as reliable as “{kind}”",
        "پیوندهایی که منبعی دست‌کم به اعتبارِ «{kind}» دارند",
        kind=Named(kind.label(say.lang), kind.id, Label(kind.id)),
    )


def of_store(say: Speech, store: Store, sentences: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Sentences on a store; each says so if that shows only ties of some strength."""
    strength: Strength | None = getattr(store, "strength", None)
    if strength is None:
        return tuple(sentences)
    only = ties(say, strength)
    return tuple(
        say("Counting only {ties}: {sentence}", "تنها با شمردن {ties}: {sentence}", ties=only, sentence=sentence)
        for sentence in sentences
    )
