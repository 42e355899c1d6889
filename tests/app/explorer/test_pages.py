"""What pages say, and that they say the same in every form; made here without a server."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from urllib.parse import quote

import html5rdf
import openpyxl
import pyoxigraph as ox
import pytest

from citydiplomacy.explorer.address import accepted, parse
from citydiplomacy.explorer.desk import Desk
from citydiplomacy.explorer.making import Maker
from citydiplomacy.explorer.pages.record import PANELS, TELLS_OF
from citydiplomacy.graph.model.records import City
from citydiplomacy.graph.model.schema import by_folder
from citydiplomacy.queries.library import catalogue, questions

PAGES = (
    "/",
    "/city",
    "/city/mashhad",
    "/city/mashhad?table=said&sort=-value",
    "/organization/uclg",
    "/country/ir",
    "/need",
    "/source/mashhad-study",
    "/study",
    "/question",
    "/question/sister-cities",
    "/question/sister-cities?city=Mashhad&sort=-start&f.status=status/active",
    "/question/shortest-path",
    "/question/shortest-path?city=Mashhad&other=Lahore",
    "/compare",
    "/compare/mashhad/tehran",
    "/compare/mashhad/tehran/istanbul",
    "/gaps/mashhad",
    "/advice/mashhad",
    "/influence",
    "/influence/mashhad",
    "/dossier/mashhad",
    "/map/mashhad",
    "/network/mashhad",
    "/network/mashhad?look=1",
    "/world",
    "/query",
    "/query?sparql=ASK{?s ?p ?o}",
    "/query?sparql=SELECT",
    "/model",
    "/search?q=mashad",
    "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/nothing",
)


@pytest.fixture(scope="module")
def maker(shipped) -> Maker:
    return Maker(str(shipped))


def made(maker: Maker, address: str):
    path, _, query = address.replace(" ", "%20").partition("?")
    return maker.made(parse(path, query))


@pytest.mark.parametrize("lang", ["", "/fa"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_valid_and_says_nothing_in_the_other_language(maker, address, lang):
    page = made(maker, lang + address)
    assert page.status == {"/nothing": 404, "/query?sparql=SELECT": 400}.get(address, 200)
    text = page.content.decode()
    html5rdf.HTMLParser(strict=True).parse(text)
    assert f'lang="{lang[1:] or "en"}"' in text.partition("<head>")[0]
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert not re.search(r"<script(?![^>]*(?:src|application/json))|\son\w+=|style=", text)
    if lang and "look" not in address and address != "/world":
        frame = re.sub(
            r"<(pre|textarea|bdi|code|option|svg).*?</\1>|<[^>]*>", " ", text.partition("<body>")[2], flags=re.S
        )
        assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{3,} [a-z]{2,}", frame.partition("منبع‌ها")[0]), frame


def test_what_a_name_can_be_is_listed_in_the_language_of_the_page(maker):
    assert "Granada (Nicaragua) (city/granada-ni)" in made(maker, "/compare/Granada/mashhad").content.decode()
    assert "گرانادا (نیکاراگوئه)" in made(maker, "/fa/compare/Granada/mashhad").content.decode()


def test_hostile_text_stays_text(maker):
    text = made(maker, PAGES[-2]).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize(
    ("text", "understood", "way", "shown"),
    [
        (
            "sister cities of Mashhad in Pakistan",
            "in Pakistan",
            "/question/sister-cities?city=city/mashhad",
            "/city/karachi",
        ),
        ("Tehran vs Istanbul", "Compare cities", "/compare/tehran/istanbul", ""),
        ("Tehran, Mashhad and Qom compared", "Compare cities", "/compare/tehran/mashhad/qom", ""),
        ("نیازهای بی‌پاسخ مشهد", "مشهد", "/fa/question/needs-unaddressed?city=city/mashhad", "/fa/need/"),
        ("influence of Mashhad", "Mashhad", "/influence/mashhad", ""),
    ],
)
def test_plain_words_lead_to_an_answer_that_says_what_was_understood(maker, text, understood, way, shown):
    page = made(maker, f"{'/fa' if way.startswith('/fa') else ''}/search?q={quote(text)}").content.decode()
    said = page.partition("<main")[2].partition("</ul>")[0]
    assert "Understood:" in said or "چنین فهمیده شد" in said
    assert understood in said
    assert f'href="{way}"' in page
    assert f'href="{shown}' in page
    assert "Nothing is called" not in page


def test_every_saved_question_has_a_form_with_its_parameters(maker):
    for name in catalogue.names("sparql"):
        text = made(maker, f"/question/{name}").content.decode()
        for parameter in catalogue.question(name).parameters:
            assert (f'name="{parameter.name}"' in text) == (parameter.type != "lang"), name


def test_a_question_tells_the_same_in_every_form_as_the_library(maker, shipped_store):
    address = "/question/sister-cities{}?city=city/mashhad"
    rows = questions.run(shipped_store, "sister-cities", {"city": "city/mashhad"}).records()
    told = json.loads(made(maker, address.format(".json")).content)
    assert [row["partner"] for row in told["tables"]["sister-cities"]["data"]] == [row["partner"] for row in rows]
    assert {each["id"] for each in told["sources"]} >= {source for row in rows for source in row["sources"]}
    assert told["citation"]
    listed = list(csv.DictReader(io.StringIO(made(maker, address.format(".csv")).content.decode())))
    assert [row["partner"] for row in listed] == [row["partner"] for row in rows]
    turtle = made(maker, address.format(".ttl")).content
    subjects = {each.subject.value.rpartition("diplomacy/")[2] for each in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert subjects >= {row["agreement"] for row in rows} | {row["partner"] for row in rows}
    page = made(maker, address.format("")).content.decode()
    assert all(f'href="/{row["partner"]}"' in page for row in rows)


def test_a_share_names_what_is_counted_and_a_field_shows_a_name(maker):
    page = made(maker, "/question/needs-unaddressed?city=city/mashhad").content.decode()
    assert "Needs that no active tie addresses (Mashhad): 12 of 42 (29 %)." in page
    assert re.search(r'<input[^>]* value="Mashhad"', page)
    assert "نیازهایی که هیچ پیوند فعالی به آن‌ها پاسخ نمی‌دهد (مشهد): ۱۲ از ۴۲" in (
        made(maker, "/fa/question/needs-unaddressed?city=city/mashhad")
        .content.decode()
        .replace("\u2068", "")
        .replace("\u2069", "")
    )


@pytest.mark.parametrize(("lang", "kind"), [("", "city network"), ("/fa", "شبکهٔ شهری")])
def test_what_is_no_record_goes_by_its_name_on_a_page_and_by_its_id_in_data(maker, lang, kind):
    page = made(maker, f"{lang}/organization/uclg").content.decode()
    assert kind in page
    assert not re.search(r">(\u2068)?(organization-kind|status|role)/", page)
    told = json.loads(made(maker, f"{lang}/organization/uclg.json").content)["tables"]["said"]["data"]
    assert "organization-kind/city-network" in json.dumps(told)


@pytest.mark.parametrize("lang", ["", "/fa"])
def test_an_answer_is_drawn_as_its_header_says(maker, lang):
    page = made(maker, f"{lang}/question/sister-cities?city=city/mashhad").content.decode()
    assert page.count("<figure") == 1
    assert ".svg" in page
    drawn = made(maker, f"{lang}/question/sister-cities.svg?city=city/mashhad")
    assert (drawn.status, drawn.media) == (200, "image/svg+xml")
    assert "<figure" not in made(maker, f"{lang}/question/sources-of-city?city=city/mashhad").content.decode()
    assert made(maker, f"{lang}/question/sources-of-city.svg?city=city/mashhad").status == 406


def test_a_map_tells_the_ties_that_it_draws(maker):
    rows = json.loads(made(maker, "/map/mashhad.json").content)["tables"]["ties"]["data"]
    assert rows
    assert all("city/mashhad" in (row["one"], row["other"]) for row in rows)


def test_who_cannot_be_shown_a_page_is_not_told_how_to_cite_it(maker):
    assert "How to cite" in made(maker, "/").content.decode()
    assert "How to cite" not in made(maker, "/nothing").content.decode()


def test_data_have_the_rows_that_the_page_was_filtered_to(maker):
    address = "/question/sister-cities{}?city=city/mashhad&f.status=status/active&sort=-partner"
    told = json.loads(made(maker, address.format(".json")).content)["tables"]["sister-cities"]["data"]
    assert told
    assert {row["status"] for row in told} == {"status/active"}
    names = [row["partner_name"] for row in told]
    assert names == sorted(names, reverse=True)


def test_a_workbook_holds_all_rows_and_the_sources(maker):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(made(maker, "/city.xlsx").content))
    assert max(sheet.max_row for sheet in book) > 800


def test_a_city_says_what_nobody_tells(maker):
    text = made(maker, "/city/karachi").content.decode()
    assert "That is unknown, not none." in text
    assert "no source in these data set out to collect" in text.lower()


@pytest.mark.parametrize(("lang", "first"), [("en", "City of Iran; told by"), ("fa", "شهر ایران؛ به گفتهٔ")])
def test_a_city_says_of_which_country_it_is_and_what_its_long_page_holds(maker, shipped_store, lang, first):
    page = made(maker, f"{'/fa' if lang == 'fa' else ''}/city/mashhad").content.decode()
    assert f"<li>{first}" in page
    listed = re.findall(r'<a href="#(t-[a-z-]+)">', page)
    assert len(listed) > 10
    assert [page.count(f'id="{each}"') for each in listed] == [1] * len(listed)
    others = (made(maker, f"/{city}").content.decode() for city in shipped_store.ids(City)[::60])
    assert any('href="#t-' not in other for other in others)  # a short page needs no list
    assert re.search('<td class="day">[^<]+</td>', page)  # a date stands on one line


def test_a_page_of_a_day_shows_that_day(maker):
    now = json.loads(made(maker, "/question/sister-cities.json?city=city/mashhad").content)
    then = json.loads(made(maker, "/question/sister-cities.json?city=city/mashhad&at=2005").content)
    assert then["view"] == {"at": "2005"}
    assert "held" in then["tables"]["sister-cities"]["columns"]
    assert then["tables"]["sister-cities"]["rows"] != now["tables"]["sister-cities"]["rows"] or then != now
    page = made(maker, "/city/mashhad?at=2005").content.decode()
    assert 'href="/country/ir?at=2005"' in page


def test_a_panel_is_left_out_only_where_its_question_has_no_answer(shipped_store):
    for city in [*shipped_store.ids(City)[::60], "city/mashhad", "city/karachi"]:
        naming = {by_folder(each).name for each in shipped_store.referring(city)}
        for question in PANELS["city"]:
            if TELLS_OF.get(question, question) not in {question, *naming}:
                assert questions.run(shipped_store, question, {"city": city}).rows == [], (city, question)


def test_a_wrong_name_says_what_comes_near(maker):
    page = made(maker, "/gaps/mashhadd")
    assert page.status == 400
    assert "Did you mean: Mashhad" in page.content.decode()
    assert "آیا" in made(maker, "/fa/gaps/mashhadd").content.decode()


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/city.csv?countri=ir", "countri"),
        ("/question/sister-cities.csv?city=mashhad&since=2000", "since"),
        ("/city/mashhad.json?table=nothing", "nothing"),
        ("/city/mashhad.csv?find=iran", "find"),
    ],
)
def test_a_field_that_a_page_does_not_have_is_said_and_not_passed_over(maker, address, named):
    page = made(maker, address)
    assert page.status == 400
    assert named in page.content.decode()
    assert named in made(maker, f"/fa{address}").content.decode()


def test_yes_and_no_are_chosen_by_the_same_address_in_both_languages(maker):
    address = "/question/may-join{}?city=mashhad&f.may_join=yes"
    rows = [made(maker, lang + address.format(".csv")).content.decode().splitlines()[1:] for lang in ("", "/fa")]
    assert {row.split(",")[0] for row in rows[0]} == {row.split(",")[0] for row in rows[1]} != set()
    assert "/fa/question/may-join?city=mashhad&amp;f.may_join=yes" in made(maker, address.format("")).content.decode()


def test_texts_that_do_not_recur_are_no_facets(maker):
    facets = set(re.findall(r"[?;]f\.(\w+)=", made(maker, "/question/may-join?city=mashhad").content.decode()))
    assert {"may_join", "area"} <= facets
    assert not facets & {"condition", "form"}


def test_cypher_is_asked_and_its_errors_have_their_place(maker):
    pytest.importorskip("ladybug")
    page = made(maker, "/query?cypher=MATCH (c:City {id: 'city/mashhad'}) RETURN c.label AS name")
    assert "<td>Mashhad</td>" in page.content.decode()
    wrong = made(maker, "/query?cypher=MATCH (c:City) RETURN c.nothing AS x")
    assert wrong.status == 400
    assert "nothing" in wrong.content.decode()


FORMS = {
    "json": "application/json",
    "csv": "text/csv",
    "ttl": "text/turtle",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LACKING = {
    "/": {"ttl"},
    "/question": {"ttl"},
    "/model": {"ttl"},
    "/query?sparql=SELECT * {?s a schema:City} LIMIT 3": {"ttl"},
    "/query?sparql=SELECT (COUNT(*) AS ?n) {?s a schema:City}": {"ttl"},
    "/dossier/mashhad": {"csv", "ttl"},
    "/compare": set(FORMS),
    "/question/sister-cities": set(FORMS),
    "/world": set(FORMS),
    "/query": set(FORMS),
}
"""Pages that are no table, or whose rows name nothing: the forms that they lack."""
READ = {
    "json": json.loads,
    "csv": lambda told: list(csv.DictReader(io.StringIO(told.decode()))),
    "ttl": lambda told: list(ox.parse(told, format=ox.RdfFormat.TURTLE)),
    "xlsx": lambda told: openpyxl.load_workbook(io.BytesIO(told)).sheetnames,
}


@pytest.mark.parametrize(
    "address",
    [
        *LACKING,
        "/city",
        "/organization/uclg",
        "/need?f.city=city/mashhad",
        "/source",
        "/agreement?f.country=country/pk",
        "/question/sister-cities?city=city/mashhad",
        "/compare/mashhad/tehran",
        "/gaps/mashhad",
        "/advice/mashhad",
        "/influence/mashhad",
        "/map/mashhad",
        "/network/mashhad",
        "/search?q=mashhad",
        "/changes?since=2000",
        "/fa/city/qom",
    ],
)
def test_every_page_with_a_table_is_data_by_suffix_and_by_what_is_accepted(maker, address):
    path, _, query = address.replace(" ", "%20").partition("?")
    for form, media in FORMS.items():
        assert accepted(f"{media}, text/html;q=0.5") == form
        page = maker.made(replace(parse(path, query), form=form))
        if form in LACKING.get(address, ()):
            assert page.status == 406, (form, page.content[:200])
            continue
        assert (page.status, page.media.partition(";")[0]) == (200, media), (form, page.content[:200])
        assert READ[form](page.content), form
        if path != "/":
            assert maker.made(parse(f"{path}.{form}", query)).status == 200


@pytest.mark.parametrize("city", ["city/lahore", "city/paris", "city/mashhad"])
def test_a_page_asks_no_question_that_cannot_have_an_answer(maker, shipped_store, monkeypatch, city):
    """Most cities of the world have one sister city and no more: some 15 questions each would be asked for nothing."""
    asked: list[str] = []
    answer = Desk.answer
    monkeypatch.setattr(Desk, "answer", lambda desk, name, *more: (asked.append(name), answer(desk, name, *more))[1])
    made(maker, f"/{city}")
    naming = {by_folder(each).name for each in shipped_store.referring(city)}
    assert {"sister-cities", "evidence"} <= set(asked)
    assert {name for name in asked if name in TELLS_OF and TELLS_OF[name] not in naming} == set()
