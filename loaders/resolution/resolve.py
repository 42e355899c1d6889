"""Which city is it? Sources as they are read, brought under the ids by which things are known.

Three steps for what was loaded together: ids that bear a number of something known; organisations by name; and cities
by all that is told of them (matching.py). What comes of it is told beside them, as matches, in a source of the same
collection. What persons decided stands above that, and reaches sources that are in the store already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement, City, Country, Match, Membership, Observation, Source
from citydiplomacy.graph.model.schema import REGISTRY, Record
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.store.manifest import SourceEntry
from citydiplomacy.graph.store.reader import Store

from .decisions import BY_PERSONS, BY_RESOLUTION, SAME, UNSURE, Decision, decisions, ids_told, matches, pair, told
from .identity import Identities, renamed
from .match_records import declared_match, of_matching
from .matching import Matching
from .matching import match as compare
from .organizations import matched
from .profiles import profiles
from .retelling import as_read, in_store, retold, told_under, with_matches
from .scoring import SURE

_THINGS = tuple(entry.cls for entry in REGISTRY.values() if "exact_match" in entry.by_name)
"""What has an id of its own by which others may know it."""


@dataclass
class Resolved:
    """How a load fared: cities that were new, pairs compared, cities found to be known ones."""

    cities: int = 0
    compared: int = 0
    same: int = 0
    doubtful: frozenset[str] = frozenset()
    """Cities that wait, by the ids that they have until a person decides."""
    bodies: frozenset[str] = frozenset()
    """Organisations that wait."""

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self.doubtful)


class Settled(list[SourceRecords]):
    """A load whose things are under their known ids already, as the shipped data and exports: nothing is compared."""


class Corrected(list[SourceRecords]):
    """A load of what a store wrote, corrected by hand: what its collection told there is under its known id already."""


class Resolution:
    """Brings sources under known ids as they are read, one load after another.

    decided: decisions of persons; those of the store if not given. sure: the weight from which a match is made; none
    is with infinity.
    """

    def __init__(self, store: Store | None, decided: Iterable[Decision] | None = None, sure: float = SURE) -> None:
        self._store = store
        self._sure = sure
        self._before = decisions(store) if store else []
        self._decided = list(decided) if decided is not None else list(self._before)
        self._done: set[str] = set()
        self.things: list[Record] = []
        """What was read so far and has an id of its own, as it is without decisions."""
        self._ties: list[Agreement] = []
        self._made: list[Match] = []
        self._read: list[tuple[str, Match]] | None = None
        self._in_store: dict[str, list[Record]] = {}
        self.last = Resolved()
        """How the load fared that was resolved last."""

    def settle(self, loads: Iterable[list[SourceRecords]]) -> Iterator[SourceRecords]:
        """Sources as they are to be told. Where persons decided something, all are read before the first is told."""
        waiting: list[SourceRecords] = []
        streamed = False
        for loaded in loads:
            known = isinstance(loaded, Settled)
            undecided = self._without_decisions(loaded, streamed)
            settled = self._told_before(loaded) if isinstance(loaded, Corrected) else set()
            resolved = self._taken(undecided) if known else self.resolve(undecided, settled)
            if self._decided:
                waiting += resolved
            else:
                streamed = True
                yield from resolved
        if self._decided:
            yield from self._by_decisions(waiting)
        elif self._store:
            yield from retold(self._store, ids_told(self._stored(), ()), ids_told(self._all_made(), ()), self._done)

    def resolve(self, loaded: list[SourceRecords], settled: Collection[str] = ()) -> list[SourceRecords]:
        """One load with things under their known ids, and the matches that brought them there.

        settled: ids of things that are not compared.
        """
        loaded = [replace(one, records=list(one.records), as_read=None) for one in loaded]
        self._done |= {one.source.collection or one.source.id for one in loaded}
        made: dict[str, Match] = {}
        self.last = Resolved()
        # A source may name things by the ids that another had for them.
        elsewhere = _names(self._all_made())
        new_ids = dict(elsewhere)
        records = [record for one in loaded for record in one.records]
        if any(isinstance(record, _THINGS) for record in records):
            known = self._known()
            names = {record.id for record in known}.union(settled)
            for found in (_declared(known, records), matched(known, names, records, self._sure)):
                made.update((one, match) for one, match in found if match.one not in settled)
            new_ids |= _names(made.values())
            things = renamed(filter(_is_thing, records), new_ids)
            fresh = [record for record in things if record.id not in names]
            if any(isinstance(record, City) for record in fresh):
                # What the load itself says of a known city counts too: its number tells it from the others.
                known += [record for record in things if record.id in names]
                matching = self._match(known, fresh, records, new_ids)
                made.update(of_matching(matching))
                new_ids |= {one: name for one, (name, _) in matching.same.items()}
        waits = (match.one for match in made.values() if match.verdict == UNSURE)
        self.last.bodies = frozenset(one for one in waits if one.startswith("organization/"))
        resolved = [told_under(one, list(one.records), new_ids) for one in loaded]
        self.things += [record for one in resolved for record in one.records if _is_thing(record)]
        self._ties += [record for one in resolved for record in one.records if isinstance(record, Agreement)]
        self._made += made.values()
        return with_matches(resolved, loaded, made.values(), new_ids)

    def _taken(self, loaded: list[SourceRecords]) -> list[SourceRecords]:
        """A settled load as it is; what it says of ids that mean one thing counts for those that come after."""
        self._done |= {one.source.collection or one.source.id for one in loaded}
        self.last = Resolved()
        for one in loaded:
            self.things += filter(_is_thing, one.records)
            self._ties += [record for record in one.records if isinstance(record, Agreement)]
            if one.source.id.startswith(BY_RESOLUTION):
                self._made += (record for record in one.records if isinstance(record, Match))
        return loaded

    def _told_before(self, loaded: list[SourceRecords]) -> set[str]:
        """The ids of things that the collections of a load tell in the store."""
        if not self._store:
            return set()
        collections = {one.source.collection or one.source.id for one in loaded}
        entries = self._store.manifest.sources.items()
        sources = [source_id for source_id, entry in entries if entry.collection in collections]
        return {one for source_id in sources for cls in _THINGS for one in self._store.ids(cls, source_id)}

    def has_read(self, source: Source) -> bool:
        """Whether a source, or its collection, was read before."""
        return (source.collection or source.id) in self._done

    def knows_only(self, collections: Collection[str]) -> bool:
        """Whether all that the store holds and was read before is of these collections."""
        stored = self._store.manifest.sources.values() if self._store else ()
        return self._done.union(entry.collection for entry in stored) <= set(collections)

    def _match(
        self,
        known: list[Record],
        fresh: list[Record],
        records: list[Record],
        new_ids: Mapping[str, str],
    ) -> Matching:
        lists: dict[str, set[str]] = defaultdict(set)
        for record in records:
            if isinstance(record, Membership) and record.member:
                lists[new_ids.get(record.member, record.member)].add(record.organization)
        cities = list(profiles(fresh, lists=lists))
        tied = set(_ties(records, new_ids))
        if tied:  # else nobody new has partners
            tied.update(_ties(self._known_ties(), {}))
        taken = {record.id for record in (*known, *fresh)}
        matching = compare(
            profiles(known, known=True, read={new_ids.get(record.id, record.id) for record in records}),
            cities,
            tied,
            taken,
            {pair(match) for match in self._all_made() if match.verdict == UNSURE},
            self._sure,
        )
        doubtful = frozenset(one for one, _ in matching.waiting)
        self.last = Resolved(len(cities), matching.compared, len(matching.same), doubtful)
        return matching

    def without(self, collection: str) -> list[Record]:
        """Things that others than a collection tell."""
        self._done.add(collection)
        return self._known()

    def _known(self) -> list[Record]:
        """Things told by other collections of the store, and by what was read before, as they are without decisions."""
        known = list(self.things)
        if self._store:
            for source_id, entry in self._store.manifest.sources.items():
                if entry.collection not in self._done:
                    if source_id not in self._in_store:
                        self._in_store[source_id] = list(self._things(source_id, entry))
                    known += self._in_store[source_id]
        return known

    def _known_ties(self) -> Iterator[Agreement]:
        """Ties that other collections of the store tell, and what was read before."""
        yield from self._ties
        if self._store:
            for source_id, entry in self._store.manifest.sources.items():
                if entry.collection not in self._done:
                    yield from self._store.records(Agreement, source_id)

    def _all_made(self) -> list[Match]:
        """Matches made in this run, and those of the store that it does not replace."""
        return self._made + self._stored(self._done)

    def _stored(self, without: Collection[str] = ()) -> list[Match]:
        """Matches of the store, of all collections but some; they are read once."""
        if self._read is None:
            self._read = matches(self._store) if self._store else []
        return [match for collection, match in self._read if collection not in without]

    def _things(self, source_id: str, entry: SourceEntry) -> Iterator[Record]:
        """Things of one source of the store, without what persons decided."""
        assert self._store
        if self._before and entry.reading:
            yield from filter(_is_thing, renamed(as_read(self._store, source_id, entry), _names(self._stored())))
        else:
            for cls in (*_THINGS, Observation):
                yield from filter(_is_thing, self._store.records(cls, source_id))

    def _without_decisions(self, loaded: list[SourceRecords], streamed: bool) -> list[SourceRecords]:
        """Take the decisions of persons out of a load; they take the place of those of the same source."""
        rest = []
        for one in loaded:
            if not one.source.id.startswith(BY_PERSONS):
                rest.append(one)
                continue
            if streamed and not all(isinstance(thing, Country) for thing in self.things):  # those go by their codes
                raise InputError(
                    f"{one.source.id} holds decisions on what is the same; sources were read before it",
                    hint="Name it before the other sources.",
                )
            self._decided = [decision for decision in self._decided if decision.source.id != one.source.id]
            self._decided += [Decision(one.source, match) for match in one.records if isinstance(match, Match)]
        return rest

    def _by_decisions(self, resolved: list[SourceRecords]) -> Iterator[SourceRecords]:
        new_ids = ids_told(self._all_made(), self._decided)
        there = set()
        for one in resolved:
            as_read = one.records if one.as_read is None else one.as_read
            under = told_under(one, as_read, new_ids)
            there |= {record.id for record in under.records}
            yield under
        if self._store:
            before = ids_told(self._stored(), self._before)
            for one in retold(self._store, before, new_ids, self._done):
                there |= {record.id for record in one.records}
                yield one
            there |= in_store(self._store, self._decided, new_ids, self._done)
        yield from told(self._decided, new_ids, there)


def _names(made: Iterable[Match]) -> dict[str, str]:
    """Ids by which things are known, by those under which they were read."""
    return {match.one: match.other for match in made if match.verdict == SAME}


def _ties(records: Iterable[Record], new_ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pairs of ids, sorted, that have a tie with each other."""
    for record in records:
        if isinstance(record, Agreement):
            yield from combinations(sorted(new_ids.get(one, one) for one in record.parties), 2)


def _is_thing(record: Record) -> bool:
    return isinstance(record, _THINGS) or (isinstance(record, Observation) and record.measure == "measure/population")


def _declared(known: list[Record], records: list[Record]) -> Iterator[tuple[str, Match]]:
    for one, (name, address) in Identities(known).declared(records).items():
        yield one, declared_match(one, name, address)
