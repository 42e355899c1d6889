"""Pulling: what analysts added or changed on a Neo4j server becomes a source of its own.

Changed is what no longer has the digest that it was pushed with; added is what has none, and a label or type of ours.
The source tells only what differs from the store, in records that pass the checks of every source. A deletion on the
server tells nothing: a source cannot unsay what another says.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from citydiplomacy.errors import StoreError, UsageError
from citydiplomacy.ontology.schemes import schemes

from ..language.dates import parse_date
from ..model import checks, ids
from ..model.records import Source
from ..model.schema import REGISTRY, Kind, Property, Record, RecordClass, by_folder
from ..model.sources import SourceRecords
from ..model.values import Text
from ..property.projection import project
from ..store import subset
from ..store.reader import Store
from .on_server import BATCH, digest, label_of
from .push_lock import read_state
from .server import explained
from .server_edits import ServerEdits, Tie, look
from .unproject import (
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

if TYPE_CHECKING:
    import neo4j


class Refusal(NamedTuple):
    """What was not taken, and why."""

    thing: str
    reason: str


@dataclass
class PullReport:
    """What a pull found."""

    told: SourceRecords | None = None
    """The source to be loaded, with what earlier pulls of it brought; None if there is nothing new."""
    new: list[str] = field(default_factory=list)
    """Ids of the records that it tells for the first time, or otherwise than before."""
    refused: list[Refusal] = field(default_factory=list)
    also_changed: list[str] = field(default_factory=list)
    """Ids of what was changed on the server and, since the push, in the store too: read these again."""
    lost: Counter[str] = field(default_factory=Counter)
    """What records cannot carry, in words, and how often."""


def pull(
    store: Store, driver: neo4j.Driver, database: str | None = None, *, who: str, when: dt.date | None = None
) -> PullReport:
    """Collect what analysts did on a server that a store was pushed to; nothing is written.

    who: the source's name. when: the day, else today. Raises UsageError for a name without letters, StoreError if the
    server does not answer or has never been pushed to.
    """
    if not ids.slug(who):
        raise UsageError(f"no name for a source: {who!r}", hint="Say who made the changes.")
    with explained(), driver.session(database=database, default_access_mode="READ", fetch_size=BATCH) as session:
        if read_state(session) is None:
            raise StoreError("nothing was pushed to this server.", hint="Push first: citydip neo4j push")
        found = session.execute_read(look)
    return _Reading(store, found).report(who, when or dt.datetime.now(dt.UTC).date())


class _Reading:
    """Turns what was found into records."""

    def __init__(self, store: Store, found: ServerEdits) -> None:
        self._store = store
        self._found = found
        self._values: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self._report = PullReport()

    def report(self, who: str, when: dt.date) -> PullReport:
        self._project()
        for what, number in self._found.foreign.items():
            self._report.lost[f"{what}, which has no such property"] += number
        self._edited()
        for label, properties in self._found.new_nodes:
            self._thing(properties["id"], REGISTRY[label], properties, self._nodes.get(properties["id"], {}))
        for tie in self._found.new_ties:
            self._new_tie(tie)
        source_id = f"source/neo4j-{ids.slug(who)}"
        told: dict[str, Record] = {}
        if source_id in self._store.manifest.sources:
            told = {record.id: record for record in self._store.records(source=source_id)}
        source = told.pop(source_id, None)
        fresh = {record.id: record for record in self._records(told) if record != told.get(record.id)}
        self._report.new = sorted(fresh)
        self._report.also_changed = sorted(fresh.keys() & self._report.also_changed)
        if fresh:
            source = source or Source(
                id=source_id,
                kind="evidence-kind/coding",
                labels=(Text(f"Changes on Neo4j: {who}", "en"), Text(f"تغییرها در نئوفورجی: {who}", "fa")),
                creators=(who,),
            )
            assert isinstance(source, Source)
            dated = replace(source, retrieved=parse_date(when.isoformat()))
            told |= fresh
            self._report.told = SourceRecords(dated, [told[one] for one in sorted(told)])
        return self._report

    def _project(self) -> None:
        """What the store says of all this, as the server would hold it."""
        found = self._found
        asked = {*found.edited_nodes, *(properties["id"] for _, properties in found.new_nodes)}
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
                self._report.lost[f"changes of {label_of(node_id)} nodes: only ties and things are pulled"] += 1
            else:
                self._changed(node_id, schema, properties, self._nodes.get(node_id), pushed)
        for tie in self._found.edited_ties:
            tie_id = tie.properties.get("id")
            if tie.type not in tie_types() or tie_id is None:
                self._report.lost[f"properties of {tie.type}, which has none"] += 1
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
                    self._report.lost[f"{called} of {schema.name}, which is derived"] += 1
            elif value is not None:
                if not self._note(thing, schema, called, value, told):
                    return
            elif not moved:
                self._report.lost[f"{called} of {schema.name} taken away: a source cannot unsay another"] += 1
        self._tell(thing, schema, told)

    def _note(self, thing: str, schema: RecordClass, called: str, value: Any, told: dict[str, Any]) -> bool:
        """Add a property to what is told; whether it could be read."""
        try:
            field_name, values = read(schema, called, value, self._known(thing))
        except UnknownProperty as error:
            self._report.lost[str(error)] += 1
            return True
        except Unreadable as error:
            self._refuse(thing, f"{called}: {error}")
            return False
        prop = schema.by_name[field_name]
        told[field_name] = joined(prop, told[field_name], values) if field_name in told else values
        return True

    def _new_tie(self, tie: Tie) -> None:
        """A relationship that an analyst drew: a property of the node that it starts from, or a record of its own."""
        shown = f"({tie.start})-[:{tie.type}]->({tie.end})"
        start = by_folder(str(tie.start))
        if start is None or label_of(tie.start) == "Claim":
            self._report.lost[f"{tie.type} from a node that is no record"] += 1
            return
        prop = edge_property(tie.type, start, label_of(str(tie.end)))
        if prop is not None:
            for called in tie.properties:
                self._report.lost[f"{called} of {tie.type}, which has no properties"] += 1
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
        if known is not None and all(_says(known, schema.by_name[called], value) for called, value in values.items()):
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

    def _refuse(self, thing: str, reason: str) -> None:
        self._report.refused.append(Refusal(thing, reason))


def _says(record: Record, prop: Property, value: Any) -> bool:
    """Whether a record says so already."""
    said = getattr(record, prop.name)
    return set(value) <= set(said) if isinstance(said, tuple) and isinstance(value, tuple) else bool(said == value)
