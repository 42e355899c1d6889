"""Parameters of a saved question are bound in its code, never in strings or comments, and never twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.queries.library.question import Question


def filled(text: str, terms: dict[str, str]) -> str:
    """A text with terms in the place of its parameters."""
    return Question("tried", "tried.rq", {}, {}, (), (), "merged", None, None, False, None, (), text, ("sparql",)).fill(
        terms
    )


STRINGS = st.text(st.characters(exclude_characters="\"'\\\n\r", exclude_categories=("Cs",))).map(
    lambda text: text + " $city "
)


@given(STRINGS, st.sampled_from(['"{}"', "'{}'", '"""{}"""', "'''{}'''"]))
def test_a_name_in_a_string_is_left_alone(text: str, around: str) -> None:
    quoted = around.format(text.replace("\u2028", " "))
    query = f"SELECT ?x {{ ?x ?p {quoted} . ?x ?q $city }}"
    assert filled(query, {"city": "<c>"}) == f"SELECT ?x {{ ?x ?p {quoted} . ?x ?q <c> }}"


@given(STRINGS)
def test_a_name_in_a_comment_is_left_alone(text: str) -> None:
    query = f"SELECT ?x {{ ?x ?q $city }} # {text}\n"
    assert filled(query, {"city": "<c>"}) == "SELECT ?x { ?x ?q <c> } \n"


def test_only_whole_names_with_a_dollar_are_bound() -> None:
    terms = {"city": "<c>", "x": "<x>", "city2": "<2>", "cityx": "<cx>"}
    assert filled("$city ?city $city2 $cityx $x <http://a/$city>", terms) == "<c> ?city <2> <cx> <x> <http://a/$city>"


def test_a_bound_term_is_not_bound_again() -> None:
    assert filled("$a $b", {"a": '"$b"', "b": "<b>"}) == '"$b" <b>'
