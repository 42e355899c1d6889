"""A store that keeps what it is asked, so that a test can tell how much work an answer takes."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from citydiplomacy.graph.store.reader import Results, Store


class Listening(Store):
    """A store that keeps the texts of what it is asked, and the ids of the records that it reads."""

    @cached_property
    def asked(self) -> Counter[str]:
        """How often each text was asked, whatever its spaces."""
        return Counter()

    @cached_property
    def read(self) -> Counter[str]:
        """How often each record of the merged view was read from the disk."""
        return Counter()

    def twice(self) -> list[str]:
        """What was asked, or read, more than once."""
        return [each for each, times in (self.asked + self.read).items() if times > 1]

    def query(self, sparql: str) -> Results:
        """Ask, and keep what was asked."""
        self.asked[" ".join(sparql.split())] += 1
        return super().query(sparql)

    def pairs(self, record_id: str, source: str | None = None, **of: Any) -> list[tuple[str, Any]]:
        """Read, and keep what was read whole."""
        if source is None and not of:
            self.read[record_id] += 1
        return super().pairs(record_id, source, **of)
