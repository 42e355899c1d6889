"""The generated parts of docs/cypher.md (the model, the answers of its examples) and docs/citydiplomacy.cypher.

`python docs/generate_cypher.py` writes them anew; a test holds them equal to `page(...)` and `saved()`.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from citydiplomacy.graph.model.records import ACTORS
from citydiplomacy.graph.model.schema import REGISTRY
from citydiplomacy.graph.property.declared import Model, declared
from citydiplomacy.graph.property.embedded import EmbeddedGraph
from citydiplomacy.graph.store import writer
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders import files
from citydiplomacy.queries.library import catalogue, in_cypher

PAGE = Path(__file__).with_name("cypher.md")
SAVED = Path(__file__).with_name("citydiplomacy.cypher")
BEGIN, END = "<!-- model: generated -->\n", "<!-- end of the model -->\n"
EXAMPLE = re.compile(r"(^```cypher\n(?P<text>[^`]+)^```\n\n)(?P<table>(?:^\|[^\n]*\n)+)", re.MULTILINE)
"""An example with the table of its answer below."""

ACTOR, ANYTHING = "Actor", "anything"
COMMON = {"id", "iri", "label", "label_en", "label_fa", "aliases", "sources", "agreed_by", "disputed", "disagreements"}
ASKED = (
    "sister-cities",
    "agreements",
    "memberships",
    "networks-missing",
    "partners-of-partners",
    "neighbourhood",
    "shortest-path",
    "needs-unaddressed",
    "barriers-to-need",
    "single-source",
)
"""The saved questions of the file for Neo4j Browser."""
PARAMETERS = {
    "city": "'city/mashhad'",
    "other": "'city/tehran'",
    "need": "'need/econ-01'",
    "lang": "'en'",
    "limit": "20",
    "steps": "2",
}


# --- the model --------------------------------------------------------------------------------------------------------


def model() -> str:
    """The picture and the tables of the model, from its declaration."""
    found = declared()
    return "\n".join(["```mermaid", *_picture(found), "```", "", *_nodes(found), "", *_relationships(found), ""])


Ends = list[tuple[list[str], list[str]]]
"""Where a type goes from and to: labels that go to the same labels together."""


def _ends(found: Model, type_: str) -> Ends:
    """As the declaration has it. `Actor` is all five who can be a party; `anything` is any node."""
    if not found.ends[type_]:
        starts = [entry.name for entry in REGISTRY.values() for prop in entry.properties if prop.edge == type_]
        return [(starts or [ANYTHING], [ANYTHING])]
    by_start: dict[str, set[str]] = {}
    for start, end in found.ends[type_]:
        by_start.setdefault(start, set()).add(end)
    by_ends: dict[tuple[str, ...], set[str]] = {}
    for start, ends in by_start.items():
        by_ends.setdefault(tuple(_together(found, ends)), set()).add(start)
    return sorted((_together(found, starts), list(ends)) for ends, starts in by_ends.items())


def _together(found: Model, labels: set[str]) -> list[str]:
    """Labels in the order of declaration."""
    if len(labels) > 10:
        return [ANYTHING]
    rest = labels - set(ACTORS) if labels >= set(ACTORS) else labels
    return ([ACTOR] if labels >= set(ACTORS) else []) + [label for label in found.nodes if label in rest]


def _picture(found: Model) -> Iterator[str]:
    """A Mermaid flow chart: an arrow from label to label, with all types that go this way."""
    yield "flowchart LR"
    yield f'  {ACTOR}(["{" · ".join(ACTORS)}"])'
    yield f"  {ANYTHING}([{ANYTHING}])"
    arrows: dict[tuple[str, str], list[str]] = {}
    for type_ in found.relationships:
        for starts, ends in _ends(found, type_):
            for arrow in product(starts, ends):
                arrows.setdefault(arrow, []).append(type_)
    for (start, end), types in arrows.items():
        yield f'  {start} -->|"{"<br/>".join(types)}"| {end}'


def _nodes(found: Model) -> Iterator[str]:
    names = "`id`, `iri`, `label`, `label_en`, `label_fa`, `sources`, `agreed_by`, `disputed`"
    yield f"| Node | Its properties, beside {names} |"
    yield "|---|---|"
    for label, types in found.nodes.items():
        yield f"| `{label}` | {_names(types)} |"


def _relationships(found: Model) -> Iterator[str]:
    beside = "Its properties, beside `id`, `iri`, `sources`, `agreed_by`, `disputed`"
    yield f"| Relationship | From and to | {beside} |"
    yield "|---|---|---|"
    alike: dict[tuple[str, str], list[str]] = {}
    for type_, types in found.relationships.items():
        ends = [f"{' · '.join(starts)} → {' · '.join(ends)}" for starts, ends in _ends(found, type_)]
        alike.setdefault(("; ".join(ends), _names(types) if types else "none"), []).append(type_)
    for (ends_told, names), similar in alike.items():
        yield f"| {', '.join(f'`{type_}`' for type_ in similar)} | {ends_told} | {names} |"


def _names(types: Iterable[str]) -> str:
    """Names of properties, without those that all have; of a date only the first of three."""
    names = (name for name in types if name not in COMMON and not name.endswith(("_from", "_to")))
    return ", ".join(f"`{name}`" for name in names)


# --- examples ---------------------------------------------------------------------------------------------------------


def page(graph: EmbeddedGraph, written: str) -> str:
    """The page with its model and the answers of its examples anew."""
    start, end = written.index(BEGIN) + len(BEGIN), written.index(END)
    return EXAMPLE.sub(
        lambda match: match[1] + _answer(graph, match["text"]), written[:start] + model() + written[end:]
    )


def _answer(graph: EmbeddedGraph, text: str) -> str:
    answer = graph.run(text)
    rows = [answer.columns, ["---"] * len(answer.columns), *([_cell(value) for value in row] for row in answer.rows)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def saved() -> str:
    """Some of the saved questions for Neo4j Browser: each a statement under its title."""
    parts = [
        "// Questions of city diplomacy for Neo4j Browser. Generated by `make generated`; do not edit.",
        "// Set the parameters first, then ask one statement after the other, or keep each as a favourite.",
        f":param {{{', '.join(f'{name}: {value}' for name, value in PARAMETERS.items())}}};",
    ]
    for name in ASKED:
        asked = catalogue.question(name)
        text = re.sub(r"^//\+.*\n", "", in_cypher.text(asked, "neo4j"), flags=re.MULTILINE)
        parts.append(f"\n// {asked.title['en']} · {asked.title['fa']} ({name})\n{text.strip()};")
    return "\n".join(parts) + "\n"


def main() -> None:
    """Write both."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        writer.build(store, (told for path in files.shipped(world=False) for told in files.load(path)))
        with Store.open_folder(store) as opened, EmbeddedGraph.open(opened) as graph:
            PAGE.write_text(page(graph, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    SAVED.write_text(saved(), encoding="utf-8")


if __name__ == "__main__":
    main()
