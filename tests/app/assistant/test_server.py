"""`citydip mcp`, a process that the client of the protocol's own library asks over its standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from citydiplomacy.assistant import told
from citydiplomacy.output import Lang

from ...conftest import copied
from ..conftest import CITYDIP, Ran, Run

Call = tuple[str, dict[str, Any]]
Answers = list[Any]


def asked(store: Path, calls: Sequence[Call], *options: str, between: Callable[[], None] = lambda: None) -> Answers:
    """The results of some calls, in order, by one server."""

    async def run() -> Answers:
        arguments = ["mcp", "--store", str(store), *options]
        async with Client(StdioServerParameters(command=CITYDIP, args=arguments, env=dict(os.environ))) as client:
            found = []
            for name, given in calls:
                found.append(await client.call_tool(name, given))
                between()
            return found

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests has a loop in this thread
        return apart.submit(asyncio.run, asyncio.wait_for(run(), 120)).result()


def answer(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content
    told_as_text: dict[str, Any] = json.loads(result.content[0].text)
    assert told_as_text == result.structured_content
    return told_as_text


def test_every_tool_answers_with_sources_and_what_is_not_known(shipped: Path) -> None:
    calls: list[Call] = [
        ("show", {"name": "WeGO"}),
        ("ask", {"text": "sister cities of Mashhad in Pakistan"}),
        ("ask", {"text": "شکاف‌های مشهد", "lang": "fa", "limit": 2}),
        ("saved", {"question": "sister-cities", "values": {"city": "مشهد"}, "lang": "fa", "limit": 2}),
        ("saved", {"question": "sister-cities", "values": {"city": "Mashhad"}, "at": "2010"}),
        ("compare", {"one": "Mashhad", "other": "تهران", "limit": 2}),
        ("compare", {"one": "Mashhad", "other": "Tehran", "more": ["Qom"], "limit": 2}),
        ("gaps", {"city": "Mashhad", "limit": 2}),
        ("sparql", {"query": "SELECT ?tie { ?tie a cd:Agreement } ORDER BY ?tie LIMIT 2"}),
        ("cypher", {"query": "MATCH ({id: $c})-[t:TWINNED_WITH]-() RETURN t.id", "parameters": {"c": "city/qom"}}),
        ("ask", {"text": "WeGO in 2015"}),
    ]  # fmt: skip
    answers = list(map(answer, asked(shipped, calls)))
    for call, each in zip(calls, answers, strict=True):
        assert each["tables"], call
        assert all(source["id"].startswith("source/") and source["title"] for source in each["sources"]), call
        assert each["sources"], call
        lang = Lang(call[1].get("lang", "en"))
        assert each["not_known"][-1] == told.UNKNOWN[lang]
    partners = [row["partner"] for row in answers[1]["tables"][0]["rows"]]
    assert partners == ["city/karachi", "city/lahore"]
    assert answers[1]["understood"]
    assert answers[1]["not_understood"] == []
    few = answers[3]["tables"][0]
    assert (len(few["rows"]), few["number"] > 2) == (2, True)
    assert str(few["number"]) in few["cut"]
    assert "held" in answers[4]["tables"][0]["columns"]
    # A report's own section on what is not known is told as such.
    assert len(answers[5]["not_known"]) > 1
    assert "unknown" not in {table["name"] for table in answers[5]["tables"]}


def test_what_is_not_understood_is_said_and_not_answered(shipped: Path) -> None:
    (found,) = asked(shipped, [("ask", {"text": "who is the mayor of Mashhad"})])
    told_ = answer(found)
    assert (told_["tables"], told_["not_understood"]) == ([], ["mayor"])
    assert told_["near"] == [{"id": "city/mashhad", "name": "Mashhad"}]


def test_names_questions_and_the_model_are_found(shipped: Path) -> None:
    hits, listed, model = map(
        answer, asked(shipped, [("search", {"text": "teheran"}), ("questions", {}), ("model", {})])
    )
    assert hits["hits"][0]["id"] == "city/tehran"
    assert hits["hits"][0]["told_by"] > 1
    assert {"sister-cities", "members-of-both"} <= {each["name"] for each in listed["questions"]}
    assert model["classes"]["Membership"]["properties"]["organization"] == "org:organization"


WRONG: Sequence[tuple[Call, str]] = (
    (("saved", {"question": "nope"}), "no question is called"),
    (("saved", {"question": "sister-cities"}), "needs a value for city"),
    (("show", {"name": "Mashhadd"}), "Did you mean"),
    (("show", {"name": "Mashhadd", "lang": "fa"}), "آیا منظورتان"),
    (("sparql", {"query": "INSERT DATA { <a:a> <a:b> 1 }"}), "a question only reads"),
    (("sparql", {"query": "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"}), "SERVICE"),
    (("sparql", {"query": "SELECT"}), "not SPARQL"),
    (("cypher", {"query": "CREATE (:City)"}), "CREATE"),
    (("compare", {"one": "Mashhad", "other": "Mashhad"}), "compared with itself"),
    (("compare", {"one": "Mashhad", "other": "Tehran", "more": ["Qom", "Yazd", "Urmia", "Rasht"]}), "2 to 5 cities"),
    (("search", {"text": "a", "limit": 0}), "limit"),
)
"""A call, and what its error says."""


def test_a_wrong_call_is_an_error_that_says_what_to_do(shipped: Path) -> None:
    for found, (call, said) in zip(asked(shipped, [call for call, _ in WRONG]), WRONG, strict=True):
        assert found.is_error, call
        assert said in found.content[0].text, call
        assert str(shipped) not in found.content[0].text


def test_a_question_without_end_is_ended_and_the_server_goes_on(shipped: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    ended, after = asked(shipped, [("sparql", {"query": endless}), ("show", {"name": "Qom"})], "--seconds", "1")
    assert ended.is_error
    assert "longer than 1 s" in ended.content[0].text
    assert answer(after)["title"] == "Qom"


def test_no_more_rows_than_the_server_allows(shipped: Path) -> None:
    query = {"query": "SELECT ?tie { ?tie a cd:Agreement }", "limit": 1000}
    saved = {"question": "sister-cities", "values": {"city": "Mashhad"}, "limit": 1000}
    calls: list[Call] = [("sparql", query), ("saved", saved), ("saved", saved | {"limit": 2})]
    *greatest, fewer = map(answer, asked(shipped, calls, "--limit", "5"))
    for each in greatest:
        (table,) = each["tables"]
        assert len(table["rows"]) == 5
        assert "first 5 rows" in table["cut"]
        assert "greater limit" not in table["cut"], "there is none"
    assert "greater limit" in fewer["tables"][0]["cut"]


def test_a_load_is_seen_by_the_next_question(shipped: Path, tmp_path: Path) -> None:
    store = copied(shipped, tmp_path / "store")
    manifest = store / "manifest.json"

    def loaded() -> None:
        state = json.loads(manifest.read_text())
        manifest.write_text(json.dumps(state | {"revision": state["revision"] + 1}))

    before, after = map(answer, asked(store, [("show", {"name": "Qom"})] * 2, between=loaded))
    assert after["revision"] == before["revision"] + 1


def test_without_a_store_it_says_so_at_once(citydip: Run, tmp_path: Path) -> None:
    ran = citydip("mcp", "--store", tmp_path / "nothing")
    assert (ran.code, ran.out) == (1, "")
    assert "nothing" in ran.err


BEGIN = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2024-11-05", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}},
}


@pytest.mark.parametrize(
    ("streams", "code", "said"),
    [
        ("<&-", 2, "citydip: standard input: it cannot be read: Bad file descriptor\n"),
        ("< begin >&-", 1, "citydip: the output: Bad file descriptor.\n"),
        ("< begin > /dev/full", 1, "citydip: the output: No space left on device.\n"),
        ("< begin | head -c 10", 0, ""),
    ],
)
def test_closed_streams_are_one_error(
    command: Callable[[str], Ran], tmp_path: Path, streams: str, code: int, said: str
) -> None:
    (tmp_path / "begin").write_text(json.dumps(BEGIN) + "\n")
    ran = command(f"citydip mcp {streams}")
    assert (ran.code, ran.err) == (code, said)
