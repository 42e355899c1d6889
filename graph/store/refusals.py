"""What a load may not say: ids that nothing defines, a source that another collection has, paths that meet."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from citydiplomacy.errors import InputError
from citydiplomacy.ontology.terms import BASE, RDF

from ..language.plurals import counted
from ..model import ids
from ..rdf.graph_names import DEFAULT, id_of
from . import manifest
from .manifest import Manifest
from .source_stream import Feed, Mention


def refuse_taken(name: str, entry: manifest.SourceEntry, old: Manifest) -> None:
    there = old.sources.get(name)
    if there is not None and there.collection != entry.collection:
        raise InputError(
            f"{name} is in the store already, loaded with {there.collection}; this is {entry.collection}",
            hint="Give the source another id: one source belongs to one collection.",
        )


def refuse_meeting(new: Iterable[str], there: Iterable[str] = ()) -> None:
    paths = ids.SourcePaths()
    for name in sorted(there):
        paths.add(name)
    for name in sorted(new):
        if other := paths.add(name):
            raise InputError(
                f"{name} and {other} would be one path where sources are exported",
                hint="Give one of the sources another id, that differs in more than capital letters or a file's name.",
            )


def refuse_undefined(undefined: dict[str, Mention]) -> None:
    """Raise InputError for ids that nothing defines, with the place of the first, and those of some others."""
    shown = [(name, by.record, by.place(name)) for name, by in sorted(undefined.items())[:5]]
    first = shown[0][2]
    told = [
        f"{name} (named by {record}, line {place.line})"
        if place and place.line and len(shown) > 1
        else f"{name} (named by {record})"
        for name, record, place in shown
    ]
    more = f" and {len(undefined) - 5} more" if len(undefined) > 5 else ""
    raise InputError(
        f"{counted(len(undefined), 'id')} that nothing defines: {', '.join(told)}{more}",
        file=first.file if first else None,
        line=first.line if first else None,
        column=first.column if first else None,
        hint="Add the missing rows, or load the source that defines them first.",
    )


def refuse_references(database: ox.Store, feed: Feed, concepts: frozenset[str], removed: set[str]) -> None:
    """Refuse a load that refers to what nothing defines, or removes what others refer to."""

    def defined(name: str) -> bool:
        return any(database.quads_for_pattern(ox.NamedNode(BASE + name), ox.NamedNode(RDF.type), None, DEFAULT))

    undefined = {
        name: by
        for name, by in feed.references.items()
        if name not in feed.known and name not in concepts and not defined(name)
    }
    for name in removed:
        user = next(iter(database.quads_for_pattern(None, None, ox.NamedNode(BASE + name), DEFAULT)), None)
        if user is not None:
            undefined[name] = Mention(id_of(user.subject))
    if undefined:
        refuse_undefined(undefined)
