"""What people did on a server, read as records: the projection backwards, and the checks of every source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from citydiplomacy.ontology.terms import BASE

from ..model import ids
from ..model.schema import REGISTRY, RecordClass, by_folder
from ..model.sources import SourceRecords
from ..model.values import Text
from ..neo4j.last_push import SaidAtPush
from ..neo4j.marks import Key, digest, drawn_anew, tie_digest
from ..neo4j.on_server import label_of
from ..neo4j.push_lock import State
from ..neo4j.unproject import changes, edge_property, edge_types, is_derived, key_of, tie_types, underived
from ..property.projection import Relationship, project
from ..property.values import Properties
from ..store.reader import Store
from ..views import subset
from .deletions import Deletions, missing
from .gathered import GatheredValues
from .pulled import locator, source_of
from .report import PullReport, RecordChange, named
from .server_edits import NewNode, ServerEdits, ServerTie, proposals
from .withdrawals import Withdrawals


class RecordReading:
    """Turns what was found into records."""

    def __init__(
        self,
        store: Store,
        found: ServerEdits,
        before: list[SourceRecords],
        *,
        take_ids: bool = False,
        lang: str = "en",
    ) -> None:
        self._store = store
        self._found = found
        self._lang = lang
        self._pulls = Withdrawals(store, before)
        self._report = PullReport()
        self._gathered = GatheredValues(store, self._pulls, self._report, lang)
        self._uncarried: set[str] = set()
        self._renamed: set[str] = set()
        """Ids that somebody has given to nodes of ours."""
        self._anew: dict[str, str] = {}
        """Relationships of ours that somebody has moved, by what tells them now."""
        self._drawn: set[str] = set()
        """Ids of ties that stand on the server, and that no push made."""
        self._said = SaidAtPush(found.held.said)
        self._dropped: set[str] = set()
        """What tells something beyond the store that sources told at the push: people can have written it too."""
        self._proposals(take_ids)
        self._project()
        for foreign, properties in found.held.foreign.items():
            thing, of = (foreign.told, foreign.type) if isinstance(foreign, Key) else (foreign, label_of(foreign))
            for called in properties:
                self._gathered.lose(f"{called} of {of}, which has no such property", thing)
        self._gathered.refuse_nameless(found.without_id, found.held.nodes)
        self._edited()
        for node in found.new_nodes:
            self._new_node(node)
        for node in found.doubles:
            self._gathered.refuse_double(node, self._nodes.get(node.properties["id"], {}))
        for tie in found.new_ties:
            self._new_tie(tie)

    def open(self) -> set[str]:
        """Ids of what holds anything that the store does not have."""
        records = {record.id for record in self._gathered.records({})}
        untold = records | self._uncarried | self._pulls.things | {thing for thing, _ in self._report.refused}
        return untold | {moved for moved, thing in self._anew.items() if thing in untold}

    def report(self, who: str, when: dt.date) -> PullReport:
        """What is to be loaded, and what is to be told."""
        fresh = source_of(who, when)
        told = dict(self._pulls.kept.get(fresh.id, {}))
        before = self._pulls.before.get(fresh.id)
        then = {record.id: record for record in before.records} if before else {}
        for record in self._gathered.records(told):
            told[record.id] = record
        known = self._gathered.known
        new = sorted(one for one, record in told.items() if record != then.get(one))
        self._report.made = [named(one, self._lang, known, told.get) for one in new if known(one) is None]
        self._report.changed = [
            RecordChange(named(one, self._lang, known), RecordChange.between(told[one], then.get(one) or was))
            for one in new
            if (was := known(one)) is not None
        ]
        self._report.copied = [named(one.tie.told, self._lang, known) for one in sorted(self._found.held.copies)]
        self._report.withdrawn = [named(one, self._lang, known) for one in sorted(self._pulls.things)]
        self._report.also_changed = sorted(({*new} | self._dropped) & {*self._report.also_changed})
        if told != then:
            dated = replace(before.source if before else fresh, retrieved=fresh.retrieved, kind=fresh.kind)
            self._report.told = SourceRecords(dated, [told[one] for one in sorted(told)])
        for source_id, one in sorted(self._pulls.before.items()):
            kept = [self._pulls.kept[source_id][name] for name in sorted(self._pulls.kept[source_id])]
            if source_id != fresh.id and kept != list(one.records):
                self._report.retold.append(SourceRecords(one.source, kept))
        return self._report

    def set_back(self, state: State) -> None:
        """Withdraw what pulls told, was not pushed since, and is no longer so on the server."""
        self._pulls.set_back(state, self._found)
        self._pulls.seen(self._gathered.where, self._uncarried | {thing for thing, _ in self._report.refused})

    def deletions(self, state: State, ended: Mapping[str, str]) -> None:
        """What is missing on the server: withdrawn if pulls alone told it, else a question."""
        deletions = Deletions(self._store, self._pulls, self._gathered, self._drawn, self._lang)
        deletions.tell(missing(self._store, self._found.held, state), ended, self._report)

    def _proposals(self, take_ids: bool) -> None:
        """Nodes without an id: told with one that they could have, or taken under it."""
        names: dict[str, str] = {}
        taken: set[str] = set()
        for one in proposals(self._found.nameless):
            if self._gathered.known(one.id) is not None or one.id in taken:
                self._report.proposed.append(one._replace(id=""))
            elif take_ids:
                taken.add(one.id)
                names[one.node.element] = one.id
                self._gathered.where[one.id] = locator(one.node.element, one.node.properties)
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
        asked = {*found.edited_nodes, *(node.properties["id"] for node in (*found.new_nodes, *found.doubles))}
        asked |= {str(tie.properties.get("id", "")) for tie in (*found.edited_ties, *found.new_ties)}
        known = {one for one in asked if self._gathered.known(one)}
        graph = project(subset.part(self._store, subset.closed(self._store, known)))
        self._nodes = {node.id: node.properties for node in graph.nodes}
        self._ties = {str(tie.properties["id"]): tie for tie in graph.relationships if "id" in tie.properties}

    def _edited(self) -> None:
        self._uncarried |= {one for one in self._found.edited_nodes if one in self._found.held.unmarked}
        for node_id, (properties, pushed) in self._found.edited_nodes.items():
            label, schema = label_of(node_id), by_folder(node_id)
            if self._has_new_id(node_id, properties):
                self._renamed.add(node_id)
                continue
            if node_id in self._found.held.mislabelled:
                self._gathered.lose(f"another label of ours on a {label}", node_id)
            elif node_id in self._found.held.unmarked:
                self._gathered.lose(f"the label of a {label} or a mark of the push, taken away", node_id)
            if schema is None or label in ("Claim", "Concept", "Source"):
                self._gathered.lose(f"changes of {label} nodes: only ties and things are pulled", node_id)
                self._uncarried.add(node_id)
            elif pushed == 0 and node_id not in self._nodes:
                self._new_node(NewNode(label, properties, ""))
            else:
                then = self._nodes.get(node_id)
                moved = then is not None and pushed not in (0, digest(then))
                self._changed(node_id, schema, properties, then, moved=moved)
        for tie in self._found.edited_ties:
            if not self._renamed.isdisjoint((tie.start, tie.end)):
                self._uncarried.add(Key(*tie[:3], str(tie.properties.get("id", ""))).told)
            else:
                self._edited_tie(tie)

    def _edited_tie(self, tie: ServerTie) -> None:
        key = Key(tie.type, tie.start, tie.end, str(tie.properties.get("id", "")))
        then = self._ties.get(key.id)
        if key in self._found.held.unmarked:
            self._gathered.lose(f"a mark of the push on {tie.type}, taken away", key.told)
            self._uncarried.add(key.told)
        if tie.type in tie_types() and key.id and (then is None or _same_place(then, key)):
            moved = then is not None and tie_digest(key, then.properties) != tie.pushed
            self._changed(
                key.id, tie_types()[tie.type][0], tie.properties, then.properties if then else None, moved=moved
            )
        elif tie.type in tie_types() or (tie.type in edge_types() and not tie.properties):
            # Drawn anew with what it had: as people move a relationship. Its id is that of another.
            self._anew[key.told] = self._new_tie(tie._replace(properties=drawn_anew(tie.properties)))
        else:
            whose = f"properties of {tie.type}, which has none" if tie.properties else f"{tie.type} between others"
            self._gathered.lose(whose, key.told)
            self._uncarried.add(key.told)

    def _changed(
        self, thing: str, schema: RecordClass, now: dict[str, Any], then: Properties | None, *, moved: bool
    ) -> None:
        if then is None:
            if not self._has_new_id(thing, now):
                self._gathered.refuse(thing, "the store does not know it any more")
            return
        self._gathered.where[thing] = locator(self._found.database, now)
        if moved:
            self._report.also_changed.append(thing)
        self._thing(thing, schema, now, then, moved=moved)

    def _has_new_id(self, thing: str, now: Mapping[str, Any]) -> bool:
        """Whether somebody has given another id to a thing of ours, which is told then."""
        was = str(now.get("iri", "")).removeprefix(BASE)
        renamed = was not in ("", thing) and self._gathered.known(was) is not None
        if renamed:
            self._gathered.refuse_renamed(thing, was, self._found.held.nodes)
        return renamed

    def _new_node(self, node: NewNode) -> None:
        node_id = node.properties["id"]
        if node.element:
            self._gathered.where.setdefault(node_id, locator(node.element, node.properties))
        schema, then = REGISTRY[node.label], self._nodes.get(node_id, {})
        self._thing(node_id, schema, node.properties, underived(schema, then, node.properties))

    def _thing(
        self, thing: str, schema: RecordClass, now: dict[str, Any], then: Properties, *, moved: bool = False
    ) -> None:
        """Note what the properties of a node or relationship tell beyond what the store tells.

        moved: the store has changed since the push, so that what the server lacks need not be an analyst's work.
        """
        told: dict[str, Any] = {}
        now = self._gathered.filled(thing, schema, now, then)
        if not then and now.get("label") and not any(one.startswith("label_") for one in now):
            told["labels"] = (Text(str(now["label"]), "und"),)
        for called, value in changes(now, then):
            if is_derived(schema, called):
                if then and not moved:
                    self._gathered.lose(f"{called} of {schema.name}, which is derived", thing)
                    self._uncarried.add(thing)
                continue
            unsaid = self._pulls.unsay(thing, schema, called, now.get(called), self._gathered.known(thing))
            if value is not None:
                if not self._gathered.note(thing, schema, called, value, told) and not then:
                    return  # what is new is taken whole or not at all
            elif not moved and not unsaid:
                self._gathered.lose(f"{called} of {schema.name} taken away: a source cannot unsay another", thing)
                self._uncarried.add(thing)
        fresh = self._said.unsaid(thing, told) if moved else told
        if fresh != told:
            self._dropped.add(thing)
        self._gathered.tell(thing, schema, fresh)

    def _new_tie(self, tie: ServerTie) -> str:
        """Note a relationship that was drawn, as a property or a record; returns by what name it is told or refused."""
        shown, start = Key(tie.type, tie.start, tie.end, "").told, by_folder(str(tie.start))
        if start is None or label_of(tie.start) == "Claim":
            self._gathered.lose(f"{tie.type} from a node that is no record", shown)
            self._uncarried.add(shown)
            return shown
        prop = edge_property(tie.type, start, label_of(str(tie.end)))
        if prop is not None:
            for called in tie.properties:
                self._gathered.lose(f"{called} of {tie.type}, which has no properties", shown)
            self._gathered.tell(tie.start, start, {prop.name: (tie.end,) if prop.many else tie.end})
            return tie.start
        if tie.type in tie_types():
            schema, values = tie_types()[tie.type]
            then = self._ties.get(str(tie.properties.get("id", "")))
            if then is not None and _same_place(then, tie):  # a copy of ours
                self._drawn.add(str(then.properties["id"]))
                self._thing(str(then.properties["id"]), schema, tie.properties, then.properties, moved=True)
                return str(then.properties["id"])
            told: dict[str, Any] = {**values, **schema.tied(tie.start, tie.end)}
            for called, value in self._gathered.filled(shown, schema, tie.properties, {}).items():
                if is_derived(schema, called):
                    continue
                if called in values:
                    if values[called] not in (value, f"{schema.by_name[called].range[0]}/{value}"):
                        self._gathered.lose(f"{called} of {tie.type}, which the type tells otherwise", shown)
                elif not self._gathered.note(shown, schema, called, value, told):
                    return shown
            tie_id = tie.properties.get("id") or ids.derive(schema.name, told)
            if tie_id is None:
                missing = [one.name for one in schema.properties if one.required and one.name not in told]
                self._gathered.refuse(shown, f"{' and '.join(missing)} is missing")
            else:
                self._gathered.where.setdefault(str(tie_id), locator(tie.element, tie.properties))
                self._gathered.tell(str(tie_id), schema, told)
                self._drawn.add(str(tie_id))
                return str(tie_id)
        elif "/" not in str(tie.end):
            self._gathered.refuse(shown, f"{tie.type} to a node that is no record")
        else:
            self._gathered.refuse(shown, f"{start.name} has no such relationship to {label_of(str(tie.end))}")
        return shown


def _same_place(tie: Relationship, key: Key | ServerTie) -> bool:
    """Whether a relationship of the projection is of this type, and between these ends."""
    return Key(tie.type, tie.start[1], tie.end[1], "") == key_of(key.type, key.start, key.end, "")
