"""What people did on a server, read as records: the projection backwards, and the checks of every source."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from citydiplomacy.errors import VALUE, UsageError, cut
from citydiplomacy.ontology.schemes import schemes

from ..model import checks, ids
from ..model.schema import REGISTRY, Kind, Record, RecordClass, Tie, by_folder
from ..model.sources import SourceRecords
from ..model.validity import ENDED
from ..model.values import Text
from ..neo4j.difference import Before, GraphChange, Thing
from ..neo4j.on_server import Key, digest, label_of
from ..neo4j.push_lock import State
from ..neo4j.unproject import (
    UnknownProperty,
    Unreadable,
    changes,
    edge_property,
    identifier,
    is_derived,
    joined,
    read,
    tie_types,
)
from ..property.projection import project
from ..store import subset
from ..store.reader import Store
from .pulled import locator, says, source_of
from .report import Deletion, PullReport, Refusal, named
from .server_edits import NewNode, ServerEdits, proposals
from .server_edits import Tie as ServerTie
from .withdrawals import Withdrawals


class Reading:
    """Turns what was found into records."""

    def __init__(
        self, store: Store, found: ServerEdits, before: list[SourceRecords], *, take_ids: bool = False
    ) -> None:
        self._store = store
        self._found = found
        self._pulls = Withdrawals(store, before)
        self._values: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self._where: dict[str, str] = {}
        self._uncarried: set[str] = set()
        self._report = PullReport()
        self._proposals(take_ids)
        self._project()
        for foreign, properties in found.held.foreign.items():
            thing, of = (foreign.told, foreign.type) if isinstance(foreign, Key) else (foreign, label_of(foreign))
            for called in properties:
                self._lose(f"{called} of {of}, which has no such property", thing)
        self._edited()
        for node in found.new_nodes:
            node_id = node.properties["id"]
            self._where.setdefault(node_id, locator(node.element, node.properties))
            self._thing(node_id, REGISTRY[node.label], node.properties, self._nodes.get(node_id, {}))
        for tie in found.new_ties:
            self._new_tie(tie)

    def open(self) -> set[str]:
        """Ids of what holds anything that the store does not have."""
        records = {record.id for record in self._records({})}
        return records | self._uncarried | self._pulls.things | {thing for thing, _ in self._report.refused}

    def report(self, who: str, when: dt.date) -> PullReport:
        """What is to be loaded, and what is to be told."""
        fresh = source_of(who, when)
        told = dict(self._pulls.kept.get(fresh.id, {}))
        before = self._pulls.before.get(fresh.id)
        then = {record.id: record for record in before.records} if before else {}
        for record in self._records(told):
            told[record.id] = record
        new = sorted(one for one, record in told.items() if record != then.get(one))
        self._report.made = [named(one, told.get, self._known) for one in new if self._known(one) is None]
        self._report.changed = [named(one, self._known) for one in new if self._known(one) is not None]
        self._report.withdrawn = [named(one, self._known) for one in sorted(self._pulls.things)]
        self._report.also_changed = sorted({*new} & {*self._report.also_changed})
        if told != then:
            dated = replace(before.source if before else fresh, retrieved=fresh.retrieved, kind=fresh.kind)
            self._report.told = SourceRecords(dated, [told[one] for one in sorted(told)])
        for source_id, one in sorted(self._pulls.before.items()):
            kept = [self._pulls.kept[source_id][known] for known in sorted(self._pulls.kept[source_id])]
            if source_id != fresh.id and kept != list(one.records):
                self._report.retold.append(SourceRecords(one.source, kept))
        return self._report

    def set_back(self, state: State) -> None:
        """Withdraw what pulls told, was not pushed since, and is no longer so on the server."""
        self._pulls.set_back(state, self._found)

    def deletions(self, state: State, ended: Mapping[str, str]) -> None:
        """What is missing on the server: withdrawn if pulls alone told it, else a question."""
        held, missing = self._found.held, list[Thing]()
        if Counter(state.held) - held.counts:
            sources = {name: entry.digest for name, entry in self._store.manifest.sources.items()}
            unchanged = {name for name, _ in state.sources.items() & sources.items()}
            missing = GraphChange.between(project(self._store), held, Before(unchanged, state.held)).deleted
        there = {thing.id for thing in missing}
        for unknown in sorted(ended.keys() - there):
            raise UsageError(
                f"{unknown} was not deleted on the server.", hint="What was is told by: citydip neo4j pull"
            )
        for thing in missing:
            record = self._known(thing.id)
            if record is None:
                continue  # a property or a claim of what is told
            told_by = self._store.claims(thing.id).keys()
            if told_by <= {*self._pulls.sources_of(thing.id)}:
                for source_id in sorted(told_by):
                    self._pulls.withdraw(thing.id, source_id)
            elif thing.id in ended:
                told: dict[str, Any] = {"status": ENDED}
                if ended[thing.id]:
                    self._note(thing.id, record.schema, "until", ended[thing.id], told)
                self._tell(thing.id, record.schema, told)
            else:
                deleted = named(thing.id, self._known)
                self._report.deleted.append(Deletion(deleted, tuple(sorted(told_by)), isinstance(record, Tie)))

    def _proposals(self, take_ids: bool) -> None:
        """Nodes without an id: told with one that they could have, or taken under it."""
        names: dict[str, str] = {}
        taken: set[str] = set()
        for one in proposals(self._found.nameless):
            if self._known(one.id) is not None or one.id in taken:
                self._report.proposed.append(one._replace(id=""))
            elif take_ids:
                taken.add(one.id)
                names[one.node.element] = one.id
                self._where[one.id] = locator(one.node.element, one.node.properties)
                called = {"label_en": one.name} if "label_en" not in one.node.properties else {}
                properties = {**one.node.properties, **called, "id": one.id}
                properties.pop("name", None)
                self._found.new_nodes.append(NewNode(one.node.label, properties, one.node.element))
            else:
                self._report.proposed.append(one)
        self._found.new_ties = [
            tie._replace(start=names.get(tie.start, tie.start), end=names.get(tie.end, tie.end))
            for tie in self._found.new_ties
        ]

    def _project(self) -> None:
        """What the store says of all this, as the server would hold it."""
        found = self._found
        asked = {*found.edited_nodes, *(node.properties["id"] for node in found.new_nodes)}
        asked |= {str(tie.properties.get("id", "")) for tie in found.edited_ties}
        known = {one for one in asked if self._known(one)}
        graph = project(subset.part(self._store, subset.closed(self._store, known)))
        self._nodes = {node.id: node.properties for node in graph.nodes}
        self._ties = {
            str(tie.properties["id"]): tie.properties for tie in graph.relationships if "id" in tie.properties
        }

    def _edited(self) -> None:
        for node_id, (properties, pushed) in self._found.edited_nodes.items():
            schema = by_folder(node_id)
            if schema is None or label_of(node_id) in ("Claim", "Concept", "Source"):
                self._lose(f"changes of {label_of(node_id)} nodes: only ties and things are pulled", node_id)
                self._uncarried.add(node_id)
            else:
                self._changed(node_id, schema, properties, self._nodes.get(node_id), pushed)
        for tie in self._found.edited_ties:
            tie_id = tie.properties.get("id")
            if tie.type not in tie_types() or tie_id is None:
                shown = Key(tie.type, tie.start, tie.end, str(tie_id or "")).told
                self._lose(f"properties of {tie.type}, which has none", shown)
                self._uncarried.add(shown)
            else:
                self._changed(
                    str(tie_id), tie_types()[tie.type][0], tie.properties, self._ties.get(str(tie_id)), tie.pushed
                )

    def _changed(
        self, thing: str, schema: RecordClass, now: dict[str, Any], then: dict[str, Any] | None, pushed: int
    ) -> None:
        if then is None:
            self._refuse(thing, "the store does not know it any more")
            return
        moved = digest(then) != pushed
        self._where[thing] = locator(self._found.database, now)
        if moved:
            self._report.also_changed.append(thing)
        self._thing(thing, schema, now, then, moved=moved)

    def _thing(
        self, thing: str, schema: RecordClass, now: dict[str, Any], then: dict[str, Any], *, moved: bool = False
    ) -> None:
        """Note what the properties of a node or relationship tell beyond what the store tells.

        moved: the store has changed since the push, so that what the server lacks need not be an analyst's work.
        """
        told: dict[str, Any] = {}
        if not then and now.get("label") and not any(one.startswith("label_") for one in now):
            told["labels"] = (Text(str(now["label"]), "und"),)
        for called, value in changes(now, then):
            if is_derived(schema, called):
                if then and not moved:
                    self._lose(f"{called} of {schema.name}, which is derived", thing)
                    self._uncarried.add(thing)
                continue
            unsaid = self._pulls.unsay(thing, schema, called, now.get(called), self._known(thing))
            if value is not None:
                if not self._note(thing, schema, called, value, told):
                    return
            elif not moved and not unsaid:
                self._lose(f"{called} of {schema.name} taken away: a source cannot unsay another", thing)
                self._uncarried.add(thing)
        self._tell(thing, schema, told)

    def _note(self, thing: str, schema: RecordClass, called: str, value: Any, told: dict[str, Any]) -> bool:
        """Add a property to what is told; whether it could be read."""
        try:
            field_name, values = read(schema, called, value, self._known(thing))
        except UnknownProperty as error:
            self._lose(str(error), thing)
            return True
        except Unreadable as error:
            self._refuse(thing, f"{called}: {error}")
            return False
        prop = schema.by_name[field_name]
        told[field_name] = joined(prop, told[field_name], values) if field_name in told else values
        return True

    def _new_tie(self, tie: ServerTie) -> None:
        """A relationship that an analyst drew: a property of the node that it starts from, or a record of its own."""
        shown = Key(tie.type, tie.start, tie.end, "").told
        start = by_folder(str(tie.start))
        if start is None or label_of(tie.start) == "Claim":
            self._lose(f"{tie.type} from a node that is no record", shown)
            return
        prop = edge_property(tie.type, start, label_of(str(tie.end)))
        if prop is not None:
            for called in tie.properties:
                self._lose(f"{called} of {tie.type}, which has no properties", shown)
            self._tell(tie.start, start, {prop.name: (tie.end,) if prop.many else tie.end})
        elif tie.type in tie_types():
            schema, values = tie_types()[tie.type]
            told: dict[str, Any] = {**values, **schema.tied(tie.start, tie.end)}
            for called, value in tie.properties.items():
                if not is_derived(schema, called) and not self._note(shown, schema, called, value, told):
                    return
            tie_id = tie.properties.get("id") or ids.derive(schema.name, told)
            if tie_id is None:
                missing = [one.name for one in schema.properties if one.required and one.name not in told]
                self._refuse(shown, f"{' and '.join(missing)} is missing")
            else:
                self._where.setdefault(str(tie_id), locator(tie.element, tie.properties))
                self._tell(str(tie_id), schema, told)
        else:
            self._refuse(shown, f"{start.name} has no such relationship to {label_of(str(tie.end))}")

    def _tell(self, thing: str, schema: RecordClass, told: dict[str, Any]) -> None:
        if not told and thing in self._values:
            return
        if by_folder(thing) is not schema:
            self._refuse(thing, f"the id of a {schema.name} begins with {schema.folder}/")
            return
        values = self._values[thing]
        for called, value in told.items():
            prop = schema.by_name[called]
            values[called] = joined(prop, values[called], value) if called in values else value

    def _records(self, before: dict[str, Record]) -> Iterator[Record]:
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
                self._refuse(thing, reason)
                del made[thing]
        yield from made.values()

    def _record(self, thing: str, values: dict[str, Any], before: Record | None) -> Record | None:
        schema = by_folder(thing)
        assert schema is not None
        known = self._known(thing)
        sayers = [kept[thing] for kept in self._pulls.kept.values() if thing in kept]
        merged = self._pulls.merged(thing, known)
        sayers += [merged] if merged is not None else []
        values = {
            called: value
            for called, value in values.items()
            if schema.by_name[called].required or not any(says(one, schema.by_name[called], value) for one in sayers)
        }
        if known is not None and all(
            any(says(one, schema.by_name[called], value) for one in sayers) for called, value in values.items()
        ):
            return None
        filled = dict(values)
        for prop in schema.properties:
            old = getattr(before, prop.name) if before else None
            if prop.required and prop.name not in values and known is not None:
                filled[prop.name] = getattr(known, prop.name)
            elif old and prop.name in values:
                filled[prop.name] = joined(prop, old, values[prop.name])
            elif old:
                filled[prop.name] = old
            if prop.many and prop.name in schema.ends and prop.name in values and known is not None:
                filled[prop.name] = joined(prop, getattr(known, prop.name), values[prop.name])
        if thing in self._where:
            filled["locators"] = (self._where[thing],)
        try:
            record = schema.record(identifier(thing), filled)
        except Unreadable as error:
            self._refuse(thing, str(error))
            return None
        wrong = list(checks.problems(record))
        for problem in wrong:
            self._refuse(thing, f"{problem.property} {problem.message} ({problem.value}; {problem.expected})")
        return None if wrong else record

    def _undefined(self, record: Record, made: dict[str, Record]) -> str:
        for prop in record.schema.properties:
            if prop.kind is not Kind.REFERENCE:
                continue
            value = getattr(record, prop.name) or ()
            for one in (value,) if isinstance(value, str) else value:
                concept = one in schemes().get(one.partition("/")[0], {})
                if one not in made and not concept and self._known(one) is None:
                    return f"{prop.name} refers to {one}, which nothing defines"
        return ""

    def _known(self, thing: str) -> Record | None:
        """What the store says of a thing, whose id may be one that no store has."""
        try:
            return self._store.get(identifier(thing))
        except Unreadable:
            return None

    def _lose(self, what: str, thing: str) -> None:
        """Count what records cannot carry, and where."""
        self._report.lost[what] += 1
        self._report.lost_on[what].append(named(thing, self._known))

    def _refuse(self, thing: str, reason: str) -> None:
        self._report.refused.append(Refusal(cut(thing, VALUE), cut(reason, 2 * VALUE)))
