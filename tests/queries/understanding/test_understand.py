"""Plain words understood: what holds of every text, and what is told of it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citydiplomacy.errors import UsageError
from citydiplomacy.graph.model.records import Disagreement
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.library import catalogue
from citydiplomacy.queries.library.questions import run
from citydiplomacy.queries.understanding.narrowing import Narrowing, narrow
from citydiplomacy.queries.understanding.telling import told
from citydiplomacy.queries.understanding.understand import MOST_WORDS, understand
from citydiplomacy.queries.understanding.vocabulary import parameters, vocabulary

WORDS = (
    "Mashhad", "مشهد", "Tehran", "Metropolis", "WeGO", "sister cities", "خواهرخوانده‌های", "networks", "needs", "of",
    "in", "not", "Pakistan", "since", "2015", "۱۳۹۴", "vs", "both", "members", "عضو", "zebra", "گورخر", "،", "planned",
)  # fmt: skip


def test_a_text_that_is_no_question_is_not_read_for_minutes(shipped_store: Store) -> None:
    assert understand(shipped_store, "Mashhad " * MOST_WORDS).asked
    with pytest.raises(UsageError, match="too long"):
        understand(shipped_store, "Mashhad " * 50_000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join) | st.text(max_size=40))
def test_any_text_is_read_and_what_is_asked_can_be_asked(shipped_store: Store, text: str) -> None:
    meant = understand(shipped_store, text)
    for lang in ("en", "fa"):
        assert all(told(shipped_store, meant, lang)) or not text.strip()
    if "zebra" in text:
        assert "zebra" in " ".join(meant.left)
    if not meant.answerable:
        assert meant.line == "-"
    elif meant.asked in catalogue.names("sparql"):
        values = {name: value for name, value in meant.values.items() if isinstance(value, str)}
        narrow(shipped_store, run(shipped_store, meant.asked, values), meant.narrowed, list(values.values()))


@pytest.mark.parametrize("text", ["", "show me", "؟"])
def test_words_that_say_nothing_ask_nothing(shipped_store: Store, text: str) -> None:
    assert understand(shipped_store, text).asked == ""


@pytest.mark.parametrize(
    "text", ["networks that Mashhad is missing", "مشهد عضو یو‌سی‌ال‌جی نیست؟", "Mashhad without networks"]
)
def test_what_is_lacking_is_not_answered_by_what_is_there(shipped_store: Store, text: str) -> None:
    meant = understand(shipped_store, text)
    assert meant.line == "-"
    assert meant.denied


def test_every_wording_asks_something_that_there_is() -> None:
    meanings = {reading.value for readings in vocabulary().readings.values() for reading in readings}
    for wording in vocabulary().wordings:
        parameters(wording.asked)
        assert all(part.slot or part.meanings & meanings for part in wording.parts), wording


def test_a_question_is_asked_by_its_own_title_in_both_languages(shipped_store: Store) -> None:
    """Also by those that nobody wrote a wording for: of questions of a city, with the city."""
    wrong = []
    for question in catalogue.questions():
        if list(parameters(question.name)) == ["city"]:
            for title, name in zip(question.title.values(), ("Mashhad", "مشهد"), strict=True):
                meant = understand(shipped_store, f"{title} {name}")
                if meant.asked != question.name or meant.left:
                    wrong.append((question.name, title, meant.asked, meant.left))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("sister cities of Mashad in Paksitan", "en", "“Paksitan” was taken for Pakistan."),
        ("flights from Qom to Iraq", "en", "Understood: Direct flights; The city: Qom, Iran; in Iraq."),
        ("پروازهای مشهد به پاکستان", "fa", "چنین فهمیده شد: پروازهای مستقیم؛ شهر: مشهد، ایران؛ در پاکستان."),
        ("sister cities of Mashhad that have a metro", "en", "Not understood, or not taken up: metro."),
        ("sister cities of Atlantis", "en", "Not told: The city."),
        ("cities that are not twinned with Mashhad", "en", "So nothing is answered."),
    ],
)  # fmt: skip
def test_what_was_understood_is_said(shipped_store: Store, text: str, lang: str, said: str) -> None:
    assert said in told(shipped_store, understand(shipped_store, text), lang)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ties of Mashhad in May 2014", "agreements city=city/mashhad at=2014-05"),
        ("agreements of Tehran between 2010 and 2015", "agreements city=city/tehran at=2010/2015"),
        ("agreements of Tehran before 1392 SH", "agreements city=city/tehran where before=2013-03-21/2014-03-20"),
        ("خواهرخوانده‌های مشهد که در سال ۲۰۰۶ امضا شدند", "sister-cities city=city/mashhad where during=2006"),
        ("پیوندهای مشهد در اردیبهشت ۱۳۹۳", "agreements city=city/mashhad at=2014-04-21/2014-05-21"),
    ],
)
def test_dates_are_read_in_both_calendars(shipped_store: Store, text: str, line: str) -> None:
    assert understand(shipped_store, text).line == line


def test_a_title_that_asks_is_no_name_of_a_record(shipped_store: Store) -> None:
    """What sources differ on is called by a sentence, and who says it asks for what it is about."""
    titles = [label.value for each in shipped_store.records(Disagreement) for label in each.labels]
    assert len(titles) > 20
    asked = {text: str(understand(shipped_store, text).values) for title in titles for text in (title, f"{title}؟")}
    assert not {text: values for text, values in asked.items() if "disagreement/" in values}


def partners(store: Store, *narrowed: Narrowing) -> tuple[set[object], int]:
    found = narrow(store, run(store, "sister-cities", {"city": "mashhad"}), narrowed, ["city/mashhad"])
    return {row["partner"] for row in found.answer.records()}, found.undated


def test_rows_are_kept_by_place_partner_concept_and_time(shipped_store: Store) -> None:
    everyone, _ = partners(shipped_store)
    pakistan = {"city/karachi", "city/lahore"}
    assert partners(shipped_store, Narrowing("in", "country/pk"))[0] == pakistan < everyone
    assert pakistan < partners(shipped_store, Narrowing("in", "world-region/asia"))[0] < everyone
    assert partners(shipped_store, Narrowing("in", "country/ir"))[0] == set()  # Mashhad's own end does not count
    assert partners(shipped_store, Narrowing("with", "city/lahore"))[0] == {"city/lahore"}
    proposed = partners(shipped_store, Narrowing("status", "status/proposed"))[0]
    assert "city/barcelona" in proposed
    assert not proposed & partners(shipped_store, Narrowing("standing", "yes"))[0]


def test_a_row_of_a_body_is_not_one_of_the_body_that_it_is_part_of(shipped_store: Store) -> None:
    """Mashhad is also in bodies that belong to Metropolis: whether it is a member of Metropolis they do not tell."""
    meant = understand(shipped_store, "is Mashhad a member of Metropolis")
    answer = run(shipped_store, "memberships", {"city": "city/mashhad"})
    rows = narrow(shipped_store, answer, meant.narrowed, ["city/mashhad"]).answer.records()
    assert {row["organization"] for row in rows} == {"organization/metropolis"}


def test_rows_without_a_date_are_left_out_and_counted(shipped_store: Store) -> None:
    """Karachi is told since 2012; of Lahore nobody says since when."""
    within, undated = partners(shipped_store, Narrowing("in", "country/pk"), Narrowing("since", "2010"))
    assert (within, undated) == ({"city/karachi"}, 1)
    assert partners(shipped_store, Narrowing("in", "country/pk"), Narrowing("before", "2010")) == (set(), 1)
    assert partners(shipped_store, Narrowing("in", "country/pk"), Narrowing("during", "2012"))[0] == {"city/karachi"}


@pytest.mark.parametrize(("by", "first"), [("oldest", "2006"), ("newest", "2023-05-10")])
def test_rows_are_put_in_the_order_of_their_beginning_and_those_without_one_last(
    shipped_store: Store, by: str, first: str
) -> None:
    answer = run(shipped_store, "sister-cities", {"city": "mashhad"})
    found = narrow(shipped_store, answer, [Narrowing(by, "yes")], ["city/mashhad"])
    begun = [row["start"] for row in found.answer.records()]
    assert len(begun) == len(answer.rows)
    assert begun[0] == first
    assert [bool(start) for start in begun] == sorted(map(bool, begun), reverse=True)
    assert (found.unplaced, found.undated) == (begun.count(None), 0)
