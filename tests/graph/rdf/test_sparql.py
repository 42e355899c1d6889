"""SPARQL texts by their tokens: parameters are bound and dangers found in code, never in strings or comments."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.rdf.sparql import check_read_only, tokens

PIECES = st.sampled_from(
    ["SELECT", " ", "\n", "?x", "$city", "$x1", "<http://a/b>", "<", ">", "'", '"', "'''", '"""', "\\", "#", "a:b", ":",
     "_:b", "{", "}", "SERVICE", "INSERT", "FROM", "@fa", "مشهد", "1.5", "^^", "||", "&&", "/", "*", "%", "‌"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS)
@example("SELECT * { ?s ?p 'unclosed }")
@example('"""a"b""c"""$x')
def test_tokens_joined_are_the_text(text: str) -> None:
    found = list(tokens(text))
    assert "".join(token.text for token in found) == text
    line = 1
    for token in found:
        assert token.line == line
        line += token.text.count("\n")


GRAPH = "https://w3id.org/citydiplomacy/source/press"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "ASK { ?insert ?p 'DELETE' }",
        '# SERVICE <x>\nSELECT * { ?s ?p """LOAD " <x>""" }',
        "PREFIX load: <http://example.org/> SELECT * { ?s load:DROP ?o }",
        f"SELECT * FROM <{GRAPH}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{GRAPH}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * { ?s <http://example.org/INSERT> ?o }",
        "SELECT * { ?s ?p 'it\\'s SERVICE <x>' }",
    ],
)
def test_what_only_reads_may_pass(query: str) -> None:
    check_read_only(query, lambda: {GRAPH})


@pytest.mark.parametrize(
    ("query", "line", "word"),
    [
        ("INSERT DATA { }", 1, "INSERT"),
        ("# a comment\n\ninsert data { }", 3, "INSERT"),
        ("PREFIX a: <b>\nDELETE WHERE { ?s ?p ?o }", 2, "DELETE"),
        ("CLEAR ALL", 1, "CLEAR"),
        ("CREATE GRAPH <x>", 1, "CREATE"),
        ("ADD <a> TO <b>", 1, "ADD"),
        ("MOVE <a> TO <b>", 1, "MOVE"),
        ("COPY <a> TO <b>", 1, "COPY"),
        ("SELECT * {\n'a' ?p ?o .\nSERVICE <x> { } }", 3, "SERVICE"),
        ("SELECT * { 'unclosed SERVICE <x> { } }", 1, "SERVICE"),
        ("SELECT * FROM <http://elsewhere/x> { }", 1, "FROM <http://elsewhere/x>"),
        ("PREFIX x: <http://elsewhere/> SELECT * FROM x:y { }", 1, "FROM"),
        (f"SELECT * FROM <{GRAPH}> FROM NAMED <http://elsewhere/x> {{ }}", 1, "FROM <http://elsewhere/x>"),
        ("SELECT * FROM # hidden\n <http://elsewhere/x> { }", 1, "FROM <http://elsewhere/x>"),
    ],
)
def test_what_writes_or_reaches_outside_is_refused_with_its_line(query: str, line: int, word: str) -> None:
    with pytest.raises(UsageError, match=f"line {line}: {word}"):
        check_read_only(query, lambda: {GRAPH})
