"""Drafts: what the rows of a source tell of its records, put together until every row is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.checks import circle, problems
from citydiplomacy.graph.model.ids import derive
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Property, Record, RecordClass
from citydiplomacy.graph.model.table_cells import SINGULAR
from citydiplomacy.graph.model.values import Date, Text

from ..cells.coordinates import AXES
from .rows import RowPlan, required


@dataclass(slots=True)
class Draft:
    """A record in the making and where its parts come from."""

    values: dict[str, Any]
    plan: RowPlan
    line: int
    rows: int = 1
    later: dict[tuple[str, object], tuple[RowPlan, int]] = field(default_factory=dict)
    """Values that a later row brought: (field, value of many or None) -> its place."""

    def place(self, name: str, value: object = None) -> tuple[RowPlan, int]:
        """The table and line that told a field, or one of its values."""
        return self.later.get((name, value)) or self.later.get((name, None)) or (self.plan, self.line)


CONFLICT = "another row tells it otherwise"

NO_LATER: dict[tuple[str, object], tuple[RowPlan, int]] = {}
"""Shared by all drafts of one row."""


class Drafts:
    """The records of one source in the making."""

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}

    def add(self, plan: RowPlan, line: int, values: dict[str, Any]) -> bool:
        """Take in a row. Returns whether it told more of a record that another row told already."""
        record_id = values.pop("id", None) or derive(plan.entry.name, values)
        if record_id is None:
            raise _no_id(plan, line, values)
        for name in _several(plan.entry):
            told = values.get(name, ())
            if len(set(told)) < len(told):  # told now, since the values of several rows are united
                expected = f"{plan.entry.by_name[name].rule.several} or more different ones"
                raise plan.error(name, line, "has one value twice", value="|".join(told), expected=expected)
        draft = self.drafts.get(record_id)
        if draft is None:
            self.drafts[record_id] = Draft(values, plan, line, later=NO_LATER)
            return False
        _merge(draft, plan, line, values, record_id)
        draft.rows += 1
        return True

    def records(self) -> Iterator[tuple[Record, Draft]]:
        """The records, sorted by id, each complete and possible; the drafts are used up.

        Raises InputError for what is wrong in a table of ours; what is wrong in others' is told and left out.
        """
        for record_id in sorted(self.drafts):
            draft = self.drafts.pop(record_id)
            try:
                yield _record(record_id, draft), draft
            except InputError as error:
                draft.plan.faults.record(error, draft.rows)


def _no_id(plan: RowPlan, line: int, values: dict[str, Any]) -> InputError:
    missing = [name for name in required(plan.entry) if not values.get(name)]
    if missing:
        return plan.error(missing[0], line, "a value is missing", expected=f"{missing[0]} of the {plan.entry.folder}")
    return plan.error(
        "id",
        line,
        f"a {plan.entry.folder} needs an id",
        expected=f"an id such as {plan.entry.folder}/a-short-name",
    )


def _merge(draft: Draft, plan: RowPlan, line: int, values: dict[str, Any], record_id: str) -> None:
    """Unite what another row tells of the same record. Raises InputError for a second value where one is allowed."""
    if draft.later is NO_LATER:
        draft.later = {}
    held = draft.values
    if plan.faults.lenient and "labels" in values and "labels" in held:
        _other_names(held["labels"], values)
    for name, value in values.items():
        if name in held:
            _check_agrees(draft, plan, line, name, value, record_id)
    for name, value in values.items():
        if name not in held:
            held[name] = value
            draft.later[name, None] = (plan, line)
            continue
        prop = plan.entry.by_name[name]
        if prop.many:
            known = held[name]
            if type(known) is not dict:
                known = held[name] = dict.fromkeys(known)
            for each in value:
                if each not in known:
                    known[each] = None
                    if prop.kind is Kind.REFERENCE:
                        draft.later[name, each] = (plan, line)
        elif prop.kind is Kind.TEXT:
            held[name] = tuple(dict.fromkeys((*held[name], *value)))


def _other_names(held: tuple[Text, ...], values: dict[str, Any]) -> None:
    """Make of each label that another row told otherwise another name, as the merged view does."""
    known = {text.lang: text for text in held}
    others = tuple(text for text in values["labels"] if known.get(text.lang, text) != text)
    if others:
        values["labels"] = tuple(text for text in values["labels"] if text not in others)
        values["aliases"] = (*values.get("aliases", ()), *others)


def _check_agrees(draft: Draft, plan: RowPlan, line: int, name: str, value: Any, record_id: str) -> None:
    """Raise InputError for a second value, or a second label in one language, where another row told one already."""
    prop, held = plan.entry.by_name[name], draft.values[name]
    if prop.many:
        return
    if prop.kind is Kind.TEXT:
        if found := _second_label(held, value):
            raise plan.error(
                f"{SINGULAR.get(name, name)}_{found[1].lang}",
                line,
                f"{record_id} has another in this language in line {draft.place(name)[1]}",
                value=found[1].value,
                expected=f"{found[0].value} as there, or nothing",
                hint="Other names are aliases.",
                reason=CONFLICT,
            )
    elif not _agree(prop, held, value):
        first_plan, first_line = draft.place(name)
        raise plan.error(
            name,
            line,
            f"{record_id} has another {name} in line {first_line}"
            + (f" of {first_plan.file}" if first_plan.file != plan.file else ""),
            value=_shown(value),
            expected=f"{_shown(held)} as there, or nothing",
            hint="If the rows mean two different things, give each an id of its own.",
            reason=CONFLICT,
        )


def _second_label(held: tuple[Text, ...], told: tuple[Text, ...]) -> tuple[Text, Text] | None:
    """Two different texts in one language, one held and one told, where only one may be."""
    by_lang = {text.lang: text for text in held}
    return next(((by_lang[text.lang], text) for text in told if by_lang.get(text.lang, text) != text), None)


def _agree(prop: Property, one: Any, other: Any) -> bool:
    """Whether two rows say the same: of places the first is kept where they are near enough to be one."""
    if isinstance(one, Date) and isinstance(other, Date):
        return one.edtf == other.edtf
    return bool(one == other or (prop.rule.near is not None and abs(one - other) <= prop.rule.near))


def _shown(value: Any) -> str:
    return value.edtf if isinstance(value, Date) else str(value)


def _record(record_id: str, draft: Draft) -> Record:
    entry, values = draft.plan.entry, draft.values
    for name in required(entry):
        if values.get(name) in (None, ()):
            raise draft.plan.error(name, draft.line, "a value is missing", expected=f"a value for {name}")
    for name in _tuples(entry):
        value = values.get(name)
        if value is not None and (len(value) > 1 or type(value) is dict):
            values[name] = tuple(sorted(set(value)))
    record = entry.cls(id=record_id, **values)
    wrong = list(problems(record))
    for problem in wrong:
        plan, line = draft.place(problem.property)
        error = plan.error(problem.property, line, problem.message, value=problem.value, expected=problem.expected)
        if problem.property in required(entry):
            raise error
        plan.faults.cell(error)
    if not wrong:
        return record
    # Half a place is none, and the other half may be the wrong one.
    # Of two values that do not fit one another, either may be wrong.
    names = {name for problem in wrong for name in (problem.property, problem.other) if name} - {*required(entry)}
    without: dict[str, Any] = {
        name: () if name in _tuples(entry) else None for name in names.union(AXES if names.intersection(AXES) else ())
    }
    return replace(record, **without)


@cache
def _tuples(entry: RecordClass) -> tuple[str, ...]:
    return tuple(prop.name for prop in entry.properties if prop.many or prop.kind is Kind.TEXT)


@cache
def _several(entry: RecordClass) -> tuple[str, ...]:
    """The properties that must have several different values."""
    return tuple(prop.name for prop in entry.properties if prop.rule.several > 1)


def check_hierarchies(sources: Collection[Drafts]) -> None:
    """Raise InputError for a record that is, by way of others, part of itself, or repeats itself."""
    for entry, prop in [(each, prop) for each in REGISTRY.values() for prop in each.hierarchies]:
        name = prop.name
        drafts: dict[str, Draft] = {}
        wider: dict[str, tuple[str, ...]] = {}
        for source in sources:
            for record_id, draft in source.drafts.items():
                if draft.plan.entry is entry and (above := draft.values.get(name)):
                    drafts.setdefault(record_id, draft)
                    wider[record_id] = (*wider.get(record_id, ()), *((above,) if isinstance(above, str) else above))
        if cycle := circle(wider):
            plan, line = drafts[cycle[0]].place(name, cycle[1])
            raise plan.error(name, line, f"it {prop.hierarchy} itself: {' < '.join(cycle)}", value=cycle[1])
