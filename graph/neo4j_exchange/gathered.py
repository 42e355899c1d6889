"""What is told of each thing that people did something to: values, and the records that they make, checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from citydiplomacy.errors import VALUE, in_a_line
from citydiplomacy.ontology.schemes import schemes
from citydiplomacy.ontology.terms import BASE

from ..model import checks
from ..model.schema import REGISTRY, Kind, Record, RecordClass, by_folder
from ..neo4j.marks import Nameless
from ..neo4j.unproject import (
    UnknownProperty,
    Unreadable,
    changes,
    identifier,
    is_derived,
    joined,
    read,
    without_blanks,
)
from ..store.reader import Store
from .pulled import says
from .report import PullReport, Refusal, named
from .server_edits import NewNode
from .withdrawals import Withdrawals


class GatheredValues:
    """Values by thing; what cannot be told is told to the report, with the reason."""

    def __init__(self, store: Store, pulls: Withdrawals, report: PullReport, lang: str) -> None:
        self._store = store
        self._pulls = pulls
        self._report = report
        self._lang = lang
        self._values: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self.where: dict[str, str] = {}
        """The locator of each thing: see `pulled.locator`."""

    def note(self, thing: str, schema: RecordClass, called: str, value: Any, told: dict[str, Any]) -> bool:
        """Add a property to what is told; whether it could be read."""
        try:
            field_name, values = read(schema, called, value, self.known(thing))
        except UnknownProperty as error:
            self.lose(str(error), thing)
            return True
        except Unreadable as error:
            self.refuse(thing, f"{called}: {error}")
            return False
        prop = schema.by_name[field_name]
        told[field_name] = joined(prop, told[field_name], values) if field_name in told else values
        return True

    def filled(
        self, thing: str, schema: RecordClass, now: Mapping[str, Any], then: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What the properties of a thing tell now: an empty text tells nothing, and is told as that where none was."""
        found = without_blanks(now)
        for called in sorted(now.keys() - found.keys() - then.keys()):
            self.lose(f"{called} of {schema.name}, which is an empty text", thing)
        return found

    def tell(self, thing: str, schema: RecordClass, told: Mapping[str, Any]) -> None:
        """Let a thing be told so, beside what is told of it already."""
        if not told and thing in self._values:
            return
        if by_folder(thing) is not schema:
            self.refuse(thing, f"the id of a {schema.name} begins with {schema.folder}/")
            return
        values = self._values[thing]
        for called, value in told.items():
            prop = schema.by_name[called]
            values[called] = joined(prop, values[called], value) if called in values else value

    def records(self, before: Mapping[str, Record]) -> Iterator[Record]:
        """The records that pass every check, each with what the source told of it before."""
        made = {}
        for thing, values in sorted(self._values.items()):
            record = self._record(thing, values, before.get(thing))
            if record is not None:
                made[thing] = record
        while refused := [
            (thing, reason) for thing, record in made.items() if (reason := self._undefined(record, made))
        ]:
            for thing, reason in refused:
                self.refuse(thing, reason)
                del made[thing]
        yield from made.values()

    def _record(self, thing: str, values: dict[str, Any], before: Record | None) -> Record | None:
        schema = by_folder(thing)
        assert schema is not None
        known = self.known(thing)
        sayers = [kept[thing] for kept in self._pulls.kept.values() if thing in kept]
        merged = self._pulls.merged(thing, known)
        sayers += [merged] if merged is not None else []
        new = {
            name for name, value in values.items() if not any(says(one, schema.by_name[name], value) for one in sayers)
        }
        if known is not None and not new:
            return None
        filled = {name: value for name, value in values.items() if name in new or schema.by_name[name].required}
        for prop in schema.properties:
            old, there = getattr(before, prop.name, None), prop.name in filled
            if prop.required and not there and known is not None:
                filled[prop.name] = getattr(known, prop.name)
            elif old:
                filled[prop.name] = joined(prop, old, filled[prop.name]) if there else old
            if prop.many and prop.name in schema.ends and there and known is not None:
                filled[prop.name] = joined(prop, getattr(known, prop.name), filled[prop.name])
        if thing in self.where:
            filled["locators"] = (self.where[thing],)
        try:
            record = schema.record(identifier(thing), filled)
        except Unreadable as error:
            self.refuse(thing, str(error))
            return None
        wrong = list(checks.problems(record))
        for problem in wrong:
            self.refuse(thing, f"{problem.property} {problem.message} ({problem.value}; {problem.expected})")
        right = {name: value for name, value in values.items() if name not in {problem.property for problem in wrong}}
        if wrong and known is not None and len(right) < len(values):
            return self._record(thing, right, before)  # what is wrong of a thing holds up nothing else
        return None if wrong else record

    def _undefined(self, record: Record, made: Mapping[str, Record]) -> str:
        for prop in record.schema.properties:
            if prop.kind is not Kind.REFERENCE:
                continue
            value = getattr(record, prop.name) or ()
            for one in (value,) if isinstance(value, str) else value:
                concept = one in schemes().get(one.partition("/")[0], {})
                if one not in made and not concept and self.known(one) is None:
                    return f"{prop.name} refers to {one}, which nothing defines"
        return ""

    def known(self, thing: str) -> Record | None:
        """What the store says of a thing, whose id may be one that no store has."""
        try:
            return self._store.get(identifier(thing))
        except Unreadable:
            return None

    def refuse_nameless(self, nodes: Iterable[Nameless], there: Container[str]) -> None:
        """Tell of nodes with our label that have lost their id, or never had one. there: ids of the nodes of ours."""
        for node in nodes:
            was = str(node.properties.get("iri", "")).removeprefix(BASE)
            known = bool(was) and self.known(was) is not None
            if known and was in there:
                self._refuse_copy(str(node), was)
            else:
                reason = f"its id was taken away on the server; it was {was}" if known else "it has our label and no id"
                self.refuse(str(node), reason)

    def refuse_renamed(self, node: str, was: str, there: Container[str]) -> None:
        """Tell of a node with the marks of ours and another id. was: that of ours. there: ids of the nodes of ours."""
        if was in there:
            self._refuse_copy(node, was)
        else:
            self.refuse(node, f"its id was changed on the server; it was {was}")

    def _refuse_copy(self, node: str, of: str) -> None:
        self.refuse(node, f"it is a copy of {of}, with our marks; without _digest it is a node of its own")

    def refuse_double(self, node: NewNode, then: Mapping[str, Any]) -> None:
        """Tell of a node with an id that another has, if it says anything else. then: what the store tells of that."""
        schema = REGISTRY[node.label]
        more = (name for name, value in changes(without_blanks(node.properties), then) if value is not None)
        if any(not is_derived(schema, name) for name in more):
            self.refuse(f"{node.properties['id']} ({node.element})", "another node there has this id")

    def lose(self, what: str, thing: str) -> None:
        """Count what records cannot carry, and where."""
        what = in_a_line(what, VALUE)
        self._report.lost[what] += 1
        self._report.lost_on[what].append(named(thing, self._lang, self.known))

    def refuse(self, thing: str, reason: str) -> None:
        """Tell what is not taken, and why."""
        self._report.refused.append(Refusal(in_a_line(thing, VALUE), in_a_line(reason, 2 * VALUE)))
