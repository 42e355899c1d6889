"""How strong a tie is told: by what kind of evidence, and in how many voices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from citydiplomacy.errors import UsageError
from citydiplomacy.ontology.schemes import Concept, schemes

from ..language.text import ascii_digits, fold

SCHEME = "evidence-kind"


@dataclass(frozen=True, slots=True)
class Strength:
    """What a tie must reach: so many voices, or a source that is at least as reliable as a kind of evidence."""

    voices: int = 1
    kind: Concept | None = None

    def __str__(self) -> str:
        return self.kind.id.partition("/")[2] if self.kind else str(self.voices)

    def reached(self, voices: int, reliabilities: Iterable[int]) -> bool:
        """Whether a tie reaches it that so many voices tell, by sources of some reliabilities (1 to 5)."""
        if self.kind is None:
            return voices >= self.voices
        return max(reliabilities, default=0) >= (self.kind.reliability or 1)


def strength(text: str, lang: str = "en") -> Strength:
    """A strength as people write it: `press`, `مطبوعات`, `2`. Raises UsageError for what is neither, which
    names what there is, in English by the words of the command, in Persian by their titles.

    >>> strength("press").kind.reliability, strength("۲").voices
    (4, 2)
    """
    number = ascii_digits(text.strip())
    if number.isdecimal() and int(number) > 0:
        return Strength(voices=int(number))
    kinds = schemes()[SCHEME]
    for kind in kinds.values():
        if fold(text) in map(fold, {kind.id.partition("/")[2], *kind.labels.values()}):
            return Strength(kind=kind)
    possible = sorted(kinds.values(), key=lambda kind: (-(kind.reliability or 1), kind.id))
    names = [kind.label(lang) if lang == "fa" else kind.id.partition("/")[2] for kind in possible]
    raise UsageError(
        f"no kind of evidence and no number of voices: {text!r}.",
        hint=f"Possible are, from the most reliable: {('، ' if lang == 'fa' else ', ').join(names)}; "
        "or a number of voices: 2, 3, ...",
    )
