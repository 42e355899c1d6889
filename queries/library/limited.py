"""Questions of one's own with a header, asked of a store in a process that can be killed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from citydiplomacy.graph.limited import SECONDS
from citydiplomacy.graph.limited.deadline import Deadline
from citydiplomacy.graph.limited.worker import Worker
from citydiplomacy.graph.store.reader import Store

from . import questions
from .question import Question


def run(
    folder: Path, question: Question, values: Mapping[str, object], seconds: float | Deadline = SECONDS
) -> questions.Answer:
    """Ask a store's folder. Raises what `questions.run` raises, and StoreError if it takes too long."""
    with Worker(f"{__name__}:_Opened", str(folder)) as worker:
        answer: questions.Answer = worker.ask(question, dict(values), seconds=seconds)
        return answer


class _Opened:
    """The store inside the process."""

    def __init__(self, folder: str) -> None:
        self._store = Store.open_folder(Path(folder))

    def answer(self, question: Question, values: Mapping[str, object], deadline: Deadline) -> questions.Answer:  # noqa: ARG002
        return questions.run(self._store, question, values)
