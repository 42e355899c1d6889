"""Decisions and facts by hand: what the pages do is what commands do, only for this machine, and only for its forms."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from citydiplomacy.graph.model.records import Agreement
from citydiplomacy.graph.store import locks, manifest
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.resolution.decisions import decisions

from ...conftest import copied
from ..conftest import CITYDIP, Run
from .conftest import Got, Served, serving

MEMBERS = """id,label_und,country,latitude,longitude
m-1,Ville de Paris,fr,48.8566,2.3522
m-3,Frankfurt Höchst,de,50.11,8.68
"""
PAIR = {"one": "city/m-3", "other": "city/frankfurt-am-main"}
SOURCE = {
    "source_title": "City of Lahore: sister cities",
    "source_lang": "en",
    "source_kind": "evidence-kind/official",
    "source_date": "2024",
    "source_address": "https://example.org/sister-cities",
    "locators": "item 4",
}
TIE = {
    "kind": "agreement-kind/sister-city",
    "parties": ["Lahore", "city/karachi"],
    "start": "۱۳۹۲",
    "status": "status/active",
    "note_en": 'Named "twin city" there',
    **SOURCE,
}
TIE_ID = "agreement/sister-city/karachi--lahore"


class Person:
    """A browser of a person: it brings its cookie and the token of the page that it saw last."""

    def __init__(self, server: Served, lang: str = "") -> None:
        self.server, self.lang = server, lang
        page = server.get(f"{lang}/edit")
        assert page.status == 200, page.text
        self.cookie = page.headers["set-cookie"].partition(";")[0]
        self.token = self.token_of(page)

    @staticmethod
    def token_of(page: Got) -> str:
        """The token that the forms of a page send; of the start page, which has none, that of another."""
        found = re.search(r'name="token" value="(\w+)"', page.text)
        return found[1] if found else ""

    def see(self, path: str) -> Got:
        """Look at a page."""
        page = self.server.get(self.lang + path, Cookie=self.cookie)
        self.token = self.token_of(page) or self.token
        return page

    def send(self, path: str, fields: dict[str, Any], **headers: str) -> Got:
        """Send the form of a page that was looked at."""
        self.see(path)
        return self.post(path, {"token": self.token, **fields}, **headers)

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> Got:
        """Send fields as they are."""
        data = urlencode(fields, doseq=True, errors="surrogatepass").encode()
        kept = {"Origin": self.server.address, "Cookie": self.cookie, "Content_Type": FORM} | headers
        return self.server.get(self.lang + path, data, **{name: value for name, value in kept.items() if value})


FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def prepared(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data, and a list with a city that may be a known one. Not to write to."""
    place = tmp_path_factory.mktemp("prepared")
    store, members = copied(shipped, place / "store"), place / "members"
    members.mkdir()
    (members / "source.toml").write_text('[source]\nid = "members"\nkind = "dataset"\ntitle_en = "Members"\n')
    (members / "cities.csv").write_text(MEMBERS)
    subprocess.run([CITYDIP, "load", str(members), "--store", str(store)], check=True, capture_output=True)
    return store


@pytest.fixture
def store(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it to write to."""
    return copied(prepared, tmp_path / "store")


@pytest.fixture
def server(store: Path) -> Iterator[Served]:
    """It, served to be edited."""
    with serving(store, "--edit", "--who", "Sara") as served:
        yield served


@pytest.fixture(scope="module")
def standing(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """A server to be edited, and its store, for what changes nothing."""
    store = copied(prepared, tmp_path_factory.mktemp("standing") / "store")
    with serving(store, "--edit", "--who", "Sara") as served:
        yield served, store


def quads(citydip: Run, store: Path) -> str:
    """All that a store holds."""
    path = store.parent / f"{store.name}.nq"
    path.unlink(missing_ok=True)
    assert citydip("export", "nquads", path, "--store", store).code == 0
    return path.read_text()


def revision(store: Path) -> int:
    return manifest.read(store).revision


def test_without_the_option_nothing_can_be_edited(served: Served) -> None:
    for path in ("/edit", "/edit/pairs", "/edit/fact/agreement", "/fa/edit/facts"):
        assert served.get(path).status == 404
        assert served.get(path, b"verdict=same", Origin=served.address, Content_Type=FORM).status == 405
    assert "/edit" not in served.get("/").text


@pytest.mark.parametrize("options", [("--host", "0.0.0.0"), ("--host", "::"), ("--name", "cities.example.org")])
def test_nobody_edits_from_elsewhere(citydip: Run, shipped: Path, options: tuple[str, str]) -> None:
    for lang, told in (("en", "for this machine alone"), ("fa", "تنها برای همین دستگاه")):
        ran = citydip("serve", "--edit", "--no-browser", *options, "--store", shipped, "--lang", lang)
        assert ran.code == 2
        assert told in ran.err


def test_nobody_edits_without_a_name(citydip: Run, shipped: Path) -> None:
    assert citydip("serve", "--edit", "--who", "?!", "--no-browser", "--store", shipped).code == 2


def test_pages_lead_to_what_can_be_edited(standing: tuple[Served, Path]) -> None:
    server, _ = standing
    page = server.get("/city/lahore").text
    assert "/edit/pairs" in page
    assert "/edit/fact?about=city/lahore" in page
    about = server.get("/edit/fact?about=city/lahore").text
    assert "/edit/fact/membership?member=city/lahore" in about
    assert "/edit/fact/city?id=city/lahore" in about
    assert "/edit/fact/openness" not in about, "of an organisation and a country"
    assert 'value="city/lahore"' in server.get("/edit/fact/membership?member=city/lahore").text


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_decision_on_the_page_is_that_of_the_command(
    citydip: Run, server: Served, store: Path, prepared: Path, tmp_path: Path, verdict: str
) -> None:
    before = quads(citydip, store)
    by_command = copied(prepared, tmp_path / "by-command")
    ran = citydip("resolve", verdict, *PAIR.values(), "--reason", "Looked", "--who", "Sara", "--store", by_command)
    person = Person(server)
    assert "Frankfurt Höchst" in person.see("/edit/pairs").text
    done = person.send("/edit/pairs", {**PAIR, "verdict": verdict, "reason": "Looked"})
    assert done.status == 200
    for line in ran.err.splitlines()[:-1]:
        assert line in done.text, "what follows is told"
    assert quads(citydip, store) == quads(citydip, by_command)
    again = person.send("/edit/pairs", {**PAIR, "verdict": verdict, "reason": "Looked"})
    assert "decided already" in again.text
    assert "Looked" in person.see("/edit/decisions").text
    assert person.send("/edit/decisions", PAIR).status == 200
    assert quads(citydip, store) == before


def test_a_decision_is_told_in_persian(server: Served) -> None:
    done = Person(server, "/fa").send("/edit/pairs", {**PAIR, "verdict": "same"})
    assert "از این پس" in done.text
    assert "from now on" not in done.text


def test_what_cannot_be_decided_is_told_and_changes_nothing(standing: tuple[Served, Path]) -> None:
    server, store = standing
    person, before = Person(server), revision(store)
    for fields in (
        {**PAIR, "verdict": "perhaps"},
        {"one": "city/m-3", "other": "city/nowhere-at-all", "verdict": "same"},
        {"one": "city/m-3", "other": "country/de", "verdict": "same"},
        {"one": "city/m-3", "other": "city/m-3", "verdict": "same"},
        {"verdict": "same"},
    ):
        refused = person.send("/edit/pairs", fields)
        assert (refused.status, 'role="alert"' in refused.text) == (400, True)
    assert person.send("/edit/decisions", PAIR).status == 400
    assert revision(store) == before


def folder_of(place: Path) -> Path:
    """The fact of TIE as a folder of tables."""
    folder = place / "tables"
    folder.mkdir()
    (folder / "source.toml").write_text(
        '[source]\nid = "by-hand-sara"\nkind = "coding"\ntitle_en = "Entered by hand by Sara"\n'
        'title_fa = "واردشده با دست: Sara"\ncreators = ["Sara"]\n'
    )
    (folder / "sources.csv").write_text(
        "id,label_en,kind,date,address\nby-hand-sara/city-of-lahore-sister-cities,City of Lahore: sister cities,"
        "official,2024,https://example.org/sister-cities\n"
    )
    (folder / "agreements.csv").write_text(
        "kind,parties,start,status,note_en,locators,source\nsister-city,lahore|karachi,۱۳۹۲,active,"
        '"Named ""twin city"" there",item 4,by-hand-sara/city-of-lahore-sister-cities\n'
    )
    return folder


def test_a_fact_on_the_page_is_that_of_a_load(
    citydip: Run, server: Served, store: Path, prepared: Path, tmp_path: Path
) -> None:
    before = quads(citydip, store)
    by_command = copied(prepared, tmp_path / "by-command")
    assert citydip("load", folder_of(tmp_path), "--store", by_command).code == 0
    person = Person(server)
    done = person.send("/edit/fact/agreement", TIE)
    assert done.status == 200, done.text
    assert "Entered:" in done.text
    assert quads(citydip, store) == quads(citydip, by_command)
    page = server.get(f"/{TIE_ID}").text
    assert "City of Lahore: sister cities" in page
    assert "item 4" in page
    again = person.send("/edit/fact/agreement", TIE)
    assert "nothing changed" in again.text
    source = "source/by-hand-sara/city-of-lahore-sister-cities"
    assert "City of Lahore: sister cities" in person.see("/edit/facts").text
    back = person.send("/edit/facts", {"source": source, "record": TIE_ID})
    assert back.status == 200
    assert quads(citydip, store) == before
    assert person.send("/edit/facts", {"source": source, "record": TIE_ID}).status == 400, "it is not there any more"


def test_what_is_entered_outlives_a_build(citydip: Run, server: Served, store: Path) -> None:
    person = Person(server)
    assert person.send("/edit/fact/agreement", TIE).status == 200
    new = {"label_en": "Xanadu", "country": "China", "latitude": "42.36", "longitude": "116.18", **SOURCE}
    assert person.send("/edit/fact/city", new).status == 200
    assert person.send("/edit/pairs", {**PAIR, "verdict": "same"}).status == 200
    held = [line for line in quads(citydip, store).splitlines() if "by-hand-sara" in line]
    ran = citydip("build", store.parent.parent / "nothing", "--store", store)
    assert ran.code == 2, "a build that fails leaves it"
    ran = citydip("build", "--no-world", "--store", store)
    assert ran.code == 0, ran.err
    assert "Carried over: source/by-hand-sara/city-of-lahore-sister-cities, 2 records entered by hand." in ran.err
    assert [line for line in quads(citydip, store).splitlines() if "by-hand-sara" in line] == held
    assert server.get("/city/xanadu").status == 200
    with Store.open_folder(store) as opened:
        assert len(decisions(opened)) == 1
    assert citydip("validate", "--store", store).code == 0


def test_further_facts_of_a_source_name_it_and_what_it_says_otherwise_is_refused(server: Served, store: Path) -> None:
    person = Person(server)
    assert person.send("/edit/fact/agreement", TIE).status == 200
    source = "source/by-hand-sara/city-of-lahore-sister-cities"
    more = {"member": "Lahore", "organization": "organization/uclg", "role": "role/member", "source": source}
    done = person.send("/edit/fact/membership", more)
    assert done.status == 200, done.text
    assert f'<option value="{source}" selected>' in done.text, "the next is of the same source"
    assert (
        person.send("/edit/fact/city", {"id": "Lahore", "alias_en": "Lahawr | the old", "source": source}).status == 200
    )
    assert person.send("/edit/fact/city", {"id": "Lahore", "alias_en": "Lavapuri", "source": source}).status == 200
    with Store.open_folder(store) as opened:
        told = opened.claims("city/lahore")[source]
        assert {name.value for name in told.aliases} == {"Lahawr | the old", "Lavapuri"}
    before = revision(store)
    two = person.send("/edit/fact/city", {"id": "Lahore", "alias_en": "Lohur", "source": source, "source_date": "2020"})
    assert "Two sources are named" in beside(two, "source_title")
    otherwise = person.send("/edit/fact/agreement", {**TIE, "start": "2001"})
    assert otherwise.status == 400
    assert beside(otherwise, "start").startswith("the same source tells it otherwise already")
    other_date = person.send("/edit/fact/agreement", {**TIE, "source_date": "2019"})
    assert "otherwise already" in beside(other_date, "source_date")
    assert revision(store) == before


def beside(page: Got, field: str) -> str:
    """What is told beside a field, which names it as its description."""
    found = re.search(
        rf'name="{field}"[^>]*aria-invalid="true" aria-describedby="(e-{field}-\d+)".*?id="\1">(.*?)</span>',
        page.text,
        re.S,
    )
    assert found, (field, re.findall(r'class="error"[^<]*', page.text))
    return found[2]


WRONG = {
    "parties": ({"parties": ["Lahore"]}, "too few values"),
    "parties, one twice": ({"parties": ["Lahore", "lahore"]}, "one value twice"),
    "parties, unknown": ({"parties": ["Lahore", "Nowhereland"]}, "nothing is called"),
    "kind": ({"kind": ""}, "a value is missing"),
    "kind, foreign": ({"kind": "agreement-kind/pact"}, "unknown agreement kind"),
    "start": ({"start": "long ago"}, "not a date"),
    "end": ({"end": "1999"}, "does not fit what else is told"),
    "status": ({"status": "<script>"}, "unknown status"),
    "note_en": ({"note_en": "a\x00b"}, "control character"),
    "source_title": ({"source_title": ""}, "Who says so?"),
    "source_title, without letters": ({"source_title": "?!"}, "Who says so?"),
    "source_kind": ({"source_kind": ""}, "a value is missing"),
    "source_date": ({"source_date": "soon"}, "not a date"),
    "source_address": ({"source_address": "javascript:alert(1)"}, "not a full address"),
    "source_address, none": ({"source_address": "", "locators": ""}, "Where can it be read?"),
    "start, two": ({"start": ["2001", "2002"]}, "takes one value"),
}


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_entered(standing: tuple[Served, Path]) -> None:
    server, store = standing
    person, persian, before = Person(server), Person(server, "/fa"), revision(store)
    for case, (changed, told) in WRONG.items():
        refused = person.send("/edit/fact/agreement", {**TIE, **changed})
        assert refused.status == 400, case
        assert told in beside(refused, case.partition(",")[0]), case
        assert 'value="https://example.org/sister-cities"' in refused.text or "source_address" in case, "it is kept"
        told_in_persian = persian.send("/edit/fact/agreement", {**TIE, **changed})
        assert re.search("[آ-ی]", beside(told_in_persian, case.partition(",")[0])), case
    foreign = person.send("/edit/fact/agreement", {**TIE, "source": "source/by-hand-maryam/x"})
    assert (foreign.status, "named no such source" in foreign.text) == (400, True)
    misspelt = person.send("/edit/fact/agreement", {**TIE, "sart": "2001"})
    assert (misspelt.status, "no field" in misspelt.text) == (400, True)
    no_source = person.send("/edit/fact/agreement", {key: TIE[key] for key in ("kind", "parties")})
    assert no_source.status == 400
    assert revision(store) == before


def test_what_is_counted_is_whole(standing: tuple[Served, Path]) -> None:
    server, _ = standing
    figure = {**{key: TIE[key] for key in TIE if key.startswith("source_") or key == "locators"}, "area": "Mashhad"}
    counted = {**figure, "measure": "measure/population"}
    refused = Person(server).send("/edit/fact/observation", {**counted, "value": "5.5"})
    assert (refused.status, "is not a whole number" in beside(refused, "value")) == (400, True)
    for good in ({**counted, "value": "1234.0"}, {**figure, "measure": "measure/area", "value": "5.5"}):
        assert Person(server).send("/edit/fact/observation", good).status < 400


def test_cities_are_told_of_under_the_same_rules(standing: tuple[Served, Path]) -> None:
    server, store = standing
    person, before = Person(server), revision(store)
    for changed, field in (
        ({"id": "Lahore", "latitude": "131"}, "latitude"),
        ({"id": "Nowhereland"}, "id"),
        ({"label_en": "Lahore"}, "label_en"),
        ({}, "label_en"),
        ({"id": "Lahore", "exact_match": "Q1"}, "exact_match"),
        ({"id": "Lahore", "country": "Lahore"}, "country"),
    ):
        refused = person.send("/edit/fact/city", {**changed, **SOURCE})
        assert refused.status == 400
        assert beside(refused, field)
    assert revision(store) == before


def test_a_thing_that_others_need_is_not_taken_back(server: Served, store: Path) -> None:
    person = Person(server)
    assert person.send("/edit/fact/city", {"label_en": "Xanadu", "country": "China", **SOURCE}).status == 200
    assert person.send("/edit/fact/agreement", {**TIE, "parties": ["Xanadu", "Lahore"]}).status == 200
    before = revision(store)
    source = "source/by-hand-sara/city-of-lahore-sister-cities"
    refused = person.send("/edit/facts", {"source": source, "record": "city/xanadu"})
    assert refused.status == 400
    assert "nothing defines" in refused.text
    assert revision(store) == before


def test_every_class_has_a_form(standing: tuple[Served, Path]) -> None:
    server, _ = standing
    person = Person(server)
    addresses = re.findall(r'href="(/edit/fact/[a-z]+)"', person.see("/edit/fact").text)
    assert len(addresses) >= 20
    for address in addresses:
        for lang in ("", "/fa"):
            page = server.get(lang + address, Cookie=person.cookie)
            assert page.status == 200
            assert 'name="source_title"' in page.text
    assert [server.get(f"/edit/fact/{name}").status for name in ("source", "match", "nothing", "a/b")] == [404] * 4


def test_forms_of_others_are_refused(server: Served, store: Path) -> None:
    person, before = Person(server), revision(store)
    person.see("/edit/pairs")
    fields = {"token": person.token, **PAIR, "verdict": "same"}
    other = Person(server)
    other.see("/edit/pairs")
    assert other.token != person.token
    attacks: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
        "no token": ({**PAIR, "verdict": "same"}, {}),
        "an empty token": (fields | {"token": ""}, {}),
        "the token of another": (fields | {"token": other.token}, {}),
        "two tokens": (fields | {"token": [person.token, person.token]}, {}),
        "a token that is no text": (fields | {"token": "ë"}, {}),
        "no cookie": (fields, {"Cookie": ""}),
        "a cookie that is set": (fields, {"Cookie": f"citydip-{server.port}={'x' * 43}"}),
        "the cookie of another": (fields, {"Cookie": other.cookie}),
        "another origin": (fields, {"Origin": "http://evil.example"}),
        "another port": (fields, {"Origin": f"http://127.0.0.1:{server.port + 1}"}),
        "another scheme": (fields, {"Origin": f"https://127.0.0.1:{server.port}"}),
        "no origin": (fields, {"Origin": ""}),
        "an origin that is hidden": (fields, {"Origin": "null"}),
        "another site": (fields, {"Sec_Fetch_Site": "same-site"}),
        "no form": (fields, {"Content_Type": "text/plain"}),
        "a form in parts": (fields, {"Content_Type": "multipart/form-data; boundary=x"}),
    }
    for name, (sent, headers) in attacks.items():
        assert person.post("/edit/pairs", sent, **headers).status in (403, 415), name
    rebound = person.post("/edit/pairs", fields, Host="evil.example", Origin="http://evil.example")
    assert rebound.status == 421
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert server.get("/edit/pairs", method=method, Cookie=person.cookie).status == 405
    by_address = server.get(f"/edit/pairs?{urlencode(fields)}", Cookie=person.cookie)
    assert by_address.status == 200
    assert revision(store) == before
    assert person.post("/edit/pairs", fields).status == 200, "and its own is taken"


def test_the_cookie_and_the_pages_are_for_nobody_else(standing: tuple[Served, Path]) -> None:
    server, _ = standing
    page = server.get("/edit/pairs")
    cookie = page.headers["set-cookie"]
    assert "SameSite=Strict" in cookie
    assert "HttpOnly" in cookie
    assert page.headers["cache-control"] == "no-store"
    assert page.headers.get_all("referrer-policy") == ["same-origin"], "so that its forms tell their origin"
    ordinary = server.get("/")
    assert ordinary.headers.get_all("referrer-policy") == ["no-referrer"]
    assert page.headers["content-security-policy"] == ordinary.headers["content-security-policy"]
    assert page.headers["access-control-allow-origin"] is None
    assert "set-cookie" not in ordinary.headers


def test_too_much_and_what_is_no_form_is_refused(standing: tuple[Served, Path]) -> None:
    server, store = standing
    person, before = Person(server), revision(store)
    person.see("/edit/fact/agreement")
    large = f"POST /edit/fact/agreement HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 1100000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(large.encode())
        assert line.recv(1000).split()[1] == b"413"
    assert person.send("/edit/fact/agreement", {f"f{number}": "x" for number in range(300)}).status == 400
    person.see("/edit/pairs")
    head = f"POST /edit/pairs HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {server.address}\r\n"
    head += f"Cookie: {person.cookie}\r\nContent-Type: {FORM}\r\nConnection: close\r\n"
    for body in (b"token=%ff%fe&one=%80", b"\xff\xfe\x00", b"token"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
            line.sendall(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            assert line.recv(1000).split()[1] in (b"400", b"403")
    assert revision(store) == before


HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e{{7*7}}\\|' OR 1=1 <x> . } ; DROP"


def test_hostile_text_stays_text(server: Served, store: Path) -> None:
    person = Person(server)
    done = person.send(
        "/edit/fact/agreement",
        {
            **TIE,
            "note_en": HOSTILE,
            "detail": [HOSTILE, "b"],
            "source_title": HOSTILE,
            "locators": HOSTILE,
            "source_creators": HOSTILE,
        },
    )
    assert done.status == 200, done.text
    everything = dict.fromkeys(
        ("kind", "parties", "start", "end", "attested", "status", "source", "source_lang", "note_en", *SOURCE), HOSTILE
    )
    refused = person.send("/edit/fact/agreement", everything)
    assert refused.status == 400
    decided = person.send("/edit/pairs", {**PAIR, "verdict": "same", "reason": HOSTILE})
    by_address = person.see(
        "/edit/fact/agreement?" + urlencode({"note_en": HOSTILE, "kind": HOSTILE, "about": HOSTILE})
    )
    about = person.see("/edit/fact?" + urlencode({"about": HOSTILE}))
    pages = [person.see(path) for path in ("/edit/facts", "/edit/decisions", "/edit/pairs", f"/{TIE_ID}")]
    for page in (done, refused, decided, by_address, about, *pages):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        written = re.sub(r'value="[^"]*"|<textarea.*?</textarea>', "", page.text, flags=re.S)  # as one wrote it
        assert "\u202e" not in written or page in pages
    with Store.open_folder(store) as opened:
        ((source, told),) = opened.claims(TIE_ID).items()
        assert isinstance(told, Agreement)
        assert told.notes[0].value == HOSTILE
        assert set(told.detail) == {HOSTILE, "b"}
        assert told.locators == (HOSTILE,)
        assert opened.name(source) == HOSTILE


def test_while_another_writes_it_says_so_and_keeps_what_was_written(server: Served, store: Path) -> None:
    person, before = Person(server), revision(store)
    with locks.writer(store):
        for path, fields in (("/edit/fact/agreement", TIE), ("/edit/pairs", {**PAIR, "verdict": "same"})):
            refused = person.send(path, fields)
            assert refused.status == 400
            assert "another process may be writing" in refused.text
            assert str(store) not in refused.text
            persian = Person(server, "/fa").send(path, fields)
            assert "فرایند دیگری" in persian.text
        kept = person.send("/edit/fact/agreement", TIE)
        assert 'value="City of Lahore: sister cities"' in kept.text
    assert revision(store) == before
    assert person.send("/edit/fact/agreement", TIE).status == 200


def test_many_at_once_are_all_entered(server: Served, store: Path) -> None:
    person = Person(server)
    person.see("/edit/fact/agreement")
    sent = [
        {**TIE, "token": person.token, "parties": ["Lahore", city]} for city in ("Tehran", "Qom", "Mashhad", "Karachi")
    ]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda fields: person.post("/edit/fact/agreement", fields), sent))
    assert [answer.status for answer in answers] == [200] * 4
    with Store.open_folder(store) as opened:
        assert len(opened.ids(Agreement, "source/by-hand-sara/city-of-lahore-sister-cities")) == 4


def test_a_process_that_is_killed_while_it_writes_leaves_the_old_store_or_the_new(
    citydip: Run, server: Served, store: Path
) -> None:
    person = Person(server)
    person.see("/edit/fact/agreement")
    fields = {**TIE, "token": person.token}
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(person.post, "/edit/fact/agreement", fields)
        while not asked.done() and len(list((store / "generations").iterdir())) == 1:
            time.sleep(0.001)
        for pid in children(server):
            os.kill(pid, signal.SIGKILL)
        assert asked.result().status in (200, 500, 503)
    assert citydip("info", "--store", store).code == 0
    while (again := person.post("/edit/fact/agreement", fields)).status in (500, 503):
        time.sleep(0.5)  # until the process is there again
    assert again.status == 200
    assert citydip("validate", "--store", store).code == 0


def children(server: Served) -> list[int]:
    """The processes that it started."""
    listed = [each.read_text() for each in Path(f"/proc/{server.process.pid}/task").glob("*/children")]
    return [int(pid) for pid in " ".join(listed).split()]


def test_another_person_of_nearly_the_same_name_is_told_so(server: Served, store: Path) -> None:
    assert Person(server).send("/edit/fact/agreement", TIE).status == 200
    with serving(store, "--edit", "--who", "SARA!") as other:
        page = other.get("/edit/fact/agreement")
        assert page.status == 400
        assert "too much alike" in page.text
