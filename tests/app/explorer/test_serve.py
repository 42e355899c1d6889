"""The server that runs: what it answers, whom it refuses, and that neither a query nor a crash brings it down."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import gc
import http.client
import json
import os
import re
import shutil
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import pytest

from citydiplomacy.explorer.request import Query
from citydiplomacy.explorer.server.pool import Pool
from citydiplomacy.graph.store import writer
from citydiplomacy.loaders import files

from ...conftest import copied
from .conftest import Served, load_agreement, serving

QUERY = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
ENDLESS = "/sparql?query=SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }".replace(" ", "%20")


def said(server: Served, text: bytes, wait: float = 5) -> bytes:
    """What it answers to some bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as line:
        line.sendall(text)
        answer = b""
        with contextlib.suppress(TimeoutError):  # a line may stay open after its answer
            while piece := line.recv(65536):
                answer += piece
        return answer


def workers(server: Served) -> list[int]:
    """The processes that it started."""
    listed = [each.read_text() for each in Path(f"/proc/{server.process.pid}/task").glob("*/children")]
    return [int(pid) for pid in " ".join(listed).split()]


def settled(server: Served) -> set[int]:
    """The processes that answer, once the one that makes what pages begin with has ended."""
    stood, found = 0, set[int]()
    for _ in range(900):
        now = set(workers(server))
        stood = stood + 1 if now == found else 0
        found = now
        if stood >= 15 and len(found) == 2 * max(2, os.cpu_count() or 1):
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def test_forms_come_by_suffix_and_by_what_is_accepted(served):
    page = served.get("/city/mashhad")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8"), page.text
    by_suffix = served.get("/city/mashhad.json")
    accepted = served.get("/city/mashhad", Accept="application/json")
    assert json.loads(by_suffix.content) == json.loads(accepted.content)
    assert accepted.headers["vary"] == "accept"
    assert served.get("/city/mashhad", Accept="text/turtle").headers["content-type"].startswith("text/turtle")
    assert served.get("/fa/city/mashhad.csv").text.startswith("table,")
    assert served.get("/city/mashhad.gif").status == 404


def test_what_has_not_changed_is_not_sent_again(served):
    tag = served.get("/city/qom").headers["etag"]
    again = served.get("/city/qom", If_None_Match=tag)
    assert (again.status, again.content) == (304, b"")


def test_pages_may_do_nothing_but_show(served):
    for path in ("/", "/city/mashhad", "/world", "/static/style.css", "/nothing", "/sparql"):
        headers = served.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "*" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["access-control-allow-origin"] is None


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "10.0.0.7"]
)
def test_a_name_that_was_rebound_is_refused(served, host):
    assert (
        served.get("/", Host=host).status == 421
        if host
        else said(served, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 421")
    )
    assert served.get("/", Host=f"localhost:{served.port}").status == 200


def test_a_form_of_another_page_is_refused(served):
    form = {"data": b"query=ASK{}", "Content_Type": "application/x-www-form-urlencoded"}
    assert served.get("/sparql", **form, Origin="http://evil.example").status == 403
    assert served.get("/sparql", **form, Origin=served.address).status == 200
    assert served.get("/city/mashhad", method="POST", data=b"").status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/static/../../pyproject.toml",
        "/static/%2e%2e%2fcli.py",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/city/..%2f..%2fmanifest.json",
    ],
)
def test_no_path_leads_out(served, path):
    answer = said(served, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert answer.split()[1] in (b"400", b"404")
    assert b"root:" not in answer


def test_too_much_is_refused(served):
    long = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + b"x" * 40_000 + b"\r\n\r\n"
    assert said(served, long).split()[1] in (b"400", b"431")
    assert served.get("/search?q=" + "x" * 9000).status == 400
    assert said(served, QUERY + b"Content-Length: 2000000\r\n\r\n").split()[1] == b"413"
    chunks = QUERY + b"Transfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    assert said(served, chunks + chunk * 20 + b"0\r\n\r\n").split()[1] == b"413"


def test_a_body_that_does_not_come_is_no_error_of_the_server(shipped, tmp_path):
    told = tmp_path / "told"
    with serving(shipped, told=told) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as line:
            line.sendall(QUERY + b"Content-Length: 100\r\n\r\nSEL")
            time.sleep(0.5)
        assert server.get("/static/icon.svg").status == 200
    assert "Traceback" not in told.read_text()


def test_who_sends_too_slowly_is_let_go_and_others_are_served(served):
    lines = [socket.create_connection(("127.0.0.1", served.port), timeout=30) for _ in range(50)]
    for line in lines:
        line.sendall(b"GET / HTTP/1.1\r\nHost: loc")
    assert served.get("/").status == 200
    body = socket.create_connection(("127.0.0.1", served.port), timeout=30)
    body.sendall(QUERY + b"Content-Length: 100\r\n\r\nSEL")
    for line in [*lines, body]:
        with line, contextlib.suppress(ConnectionError):
            assert b"200" not in line.recv(1000).partition(b"\r\n")[0]


def test_a_line_that_is_used_stays_open(served):
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    line.connect()
    first = line.sock
    for _ in range(60):  # longer than an asker may be slow
        line.request("GET", "/static/icon.svg")
        assert line.getresponse().read().startswith(b"<svg")
        time.sleep(0.25)
    assert line.sock is first


def test_an_answer_does_not_wait_until_its_beginning_is_acknowledged(served):
    """The system acknowledges what comes after 40 ms, and a beginning alone is followed by nothing before that."""
    line = http.client.HTTPConnection("127.0.0.1", served.port)
    took = []
    for _ in range(40):
        begun = time.perf_counter()
        line.request("GET", "/city/qom")
        line.getresponse().read()
        took.append(time.perf_counter() - begun)
    line.close()
    assert sorted(took)[20] < 0.03


def test_errors_tell_no_path_of_the_machine(tmp_path, shipped):
    store = copied(shipped, tmp_path / "store")
    with serving(store) as server:
        assert server.get("/city/mashhad").status == 200
        (store / "manifest.json").rename(tmp_path / "aside.json")
        answers = [server.get(path) for path in ("/city/qom", "/fa/city/qom", "/city/qom.json", "/sparql?query=ASK{}")]
        assert [answer.status for answer in answers] == [500] * 4
        assert not any(str(tmp_path) in answer.text or "Traceback" in answer.text for answer in answers)
        (tmp_path / "aside.json").rename(store / "manifest.json")
        assert server.get("/city/qom").status == 200


def test_a_query_ends_at_its_limits_and_says_which_option_lifts_them(shipped):
    with serving(shipped, "--seconds", "5", "--limit", "5") as server:
        server.get("/sparql?query=ASK%7B%7D")
        begun = time.monotonic()
        late = server.get(ENDLESS)
        assert time.monotonic() - begun < 30
        assert late.status == 503
        assert "longer than 5 s" in late.text
        many = server.get("/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D")
        assert (many.status, "--limit" in many.text) == (400, True)
        page = server.get("/query?sparql=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D").text
        assert "Only the first 5 rows" in page
        assert "--seconds" in page
        assert server.get("/query?" + ENDLESS.partition("?")[2].replace("query=", "sparql=")).status == 503


def test_a_hundred_runaway_queries_leave_the_pages_as_they_were(shipped):
    with serving(shipped, "--seconds", "2") as server:
        server.get("/city/mashhad")
        with ThreadPoolExecutor(101) as threads:
            runaway = [threads.submit(server.get, ENDLESS) for _ in range(100)]
            time.sleep(1)
            assert server.get("/city/qom").status == 200
            answers = [each.result() for each in runaway]
        assert {answer.status for answer in answers} == {503}
        assert any("Too many ask at once" in answer.text and answer.headers["retry-after"] for answer in answers)
        assert server.get("/sparql?query=ASK%7B%7D").status == 200


def test_a_browser_that_waits_is_told_so_and_gets_its_page_by_itself(shipped, tmp_path):
    store = copied(shipped, tmp_path / "store")
    shutil.rmtree(store / "measures", ignore_errors=True)
    (store / "measures").mkdir()
    browser = {"Accept": "text/html,*/*;q=0.8"}
    with (store / "measures" / "builder-groups.lock").open("w") as lock, serving(store) as server:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as if another process were long at it
        told = server.get("/fa/advice/mashhad", **browser)
        assert (told.status, told.headers["cache-control"]) == (202, "no-store")
        assert '<html lang="fa" dir="rtl">' in told.text
        assert "در حال ساخته شدن" in told.text
        assert '<meta http-equiv="refresh"' in told.text
        assert '<a href="/fa">' in told.text or '<a href="/fa/">' in told.text
        file = server.get("/fa/dossier/mashhad.pdf", **browser)
        assert (file.status, '<a href="/fa/dossier/mashhad">' in file.text) == (202, True), "files too, and a way on"
        with ThreadPoolExecutor(1) as program:
            waits = program.submit(server.get, "/fa/advice/mashhad")
            time.sleep(1)
            assert not waits.done(), "a program waits"
            fcntl.flock(lock, fcntl.LOCK_UN)
            assert waits.result().status == 200
        for path in ("/fa/advice/mashhad", "/fa/dossier/mashhad.pdf"):
            while (made := server.get(path, **browser)).status == 202:
                time.sleep(0.2)
            assert made.status == 200, path


def test_a_query_ends_when_its_asker_goes(shipped):
    with serving(shipped, "--seconds", "600") as server:
        server.get("/")
        before = settled(server)
        line = socket.create_connection(("127.0.0.1", server.port))
        line.sendall(f"GET {ENDLESS} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(1)
        line.close()
        for _ in range(100):
            if before - set(workers(server)):
                break
            time.sleep(0.1)
        assert len(before - set(workers(server))) == 1
        assert server.get("/sparql?query=ASK%7B%7D").status == 200


def test_an_asker_who_goes_leaves_no_error_behind(shipped):
    """The killed process fails for nobody: that is no error to be told on the terminal."""

    async def asked() -> list[object]:
        told: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
        pool = Pool("citydiplomacy.explorer.making:Maker", str(shipped), size=1)
        asking = asyncio.create_task(pool.ask(Query(unquote(ENDLESS.partition("=")[2])), seconds=60))
        await asyncio.sleep(1)
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
        assert (await pool.ask(Query("ASK {}"), seconds=60)).status == 200
        gc.collect()
        await asyncio.sleep(0)
        pool.close()
        return told

    with ThreadPoolExecutor(1) as beside:  # a browser of other tests has a loop in this thread
        assert beside.submit(asyncio.run, asked()).result() == []


def test_a_process_that_is_killed_is_replaced_and_ends_with_the_server(shipped):
    with serving(shipped) as server:
        assert server.get("/city/mashhad").status == 200
        for pid in settled(server):  # they wait for a question, which finds another in their place
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        for path in ("/city/tehran", "/city/qom", "/sparql?query=ASK%7B%7D", "/city/lahore"):
            assert server.get(path).status == 200
        left = workers(server)
        server.process.kill()
        server.process.wait()
        for _ in range(100):
            if not any(Path(f"/proc/{pid}").exists() for pid in left):
                break
            time.sleep(0.1)
        assert [pid for pid in left if Path(f"/proc/{pid}").exists()] == []


def test_a_store_that_is_replaced_is_shown_from_the_next_page_on(tmp_path, shipped):
    store = copied(shipped, tmp_path / "store")
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "source.toml").write_text(
        '[source]\nid = "more"\ntitle_en = "More"\nkind = "press"\naddress = "https://example.org/"\n'
    )
    (folder / "cities.csv").write_text("id,label_en,country\nnewtown,Newtown,ir\n")
    with serving(store) as server:
        assert server.get("/city/newtown").status == 404
        number = json.loads(server.get("/search.json?q=Mashhad").content)["revision"]
        writer.load(store, files.load(folder))
        assert server.get("/city/newtown").status == 200
        assert json.loads(server.get("/search.json?q=Mashhad").content)["revision"] == number + 1


def test_what_pages_begin_with_is_made_before_it_is_asked_for(tmp_path, shipped):
    store = copied(shipped, tmp_path / "store")
    for folder in ("measures", "history"):
        shutil.rmtree(store / folder, ignore_errors=True)
    with serving(store) as server:
        server.get("/")
        settled(server)
        made = {path.name for path in (store / "measures").iterdir()}
        for end in ("names", "world-all-en", "world-all-fa", "agreements-betweenness", "newman-strength"):
            assert any(name.endswith(f"-{end}") for name in made), (end, made)
        assert len(list((store / "history").iterdir())) == 1
        for path in ("/world", "/fa/world", "/influence", "/changes", "/search?q=Mashhad"):
            assert server.get(path).status == 200
        assert {path.name for path in (store / "measures").iterdir()} == made
        load_agreement(store, tmp_path / "more")
        server.get("/")
        settled(server)
        assert len(list((store / "history").iterdir())) == 2


def test_it_says_what_it_is_open_to_and_ends_at_ctrl_c(shipped, tmp_path):
    told = tmp_path / "told"
    with serving(shipped, "--host", "0.0.0.0", told=told) as server:
        assert server.get("/").status == 200
        assert server.get("/", Host="10.1.2.3").status == 200
        assert server.get("/", Host="evil.example").status == 421
        assert "no password is asked for" in told.read_text()
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(30) == 0
    assert "Ended." in told.read_text()


def test_what_is_open_to_all_says_so_on_its_pages(shipped, served):
    told = ("whoever can reach it reads all of it", "هر که به آن دسترس دارد")
    with serving(shipped, "--host", "0.0.0.0") as server:
        assert told[0] in server.get("/city/mashhad").text
        assert told[1] in server.get("/fa/").text
    assert told[0] not in served.get("/").text


def test_with_a_token_only_who_knows_it_is_let_in(shipped, tmp_path):
    told = tmp_path / "told"
    with serving(shipped, "--host", "0.0.0.0", "--token", told=told) as server:
        (token,) = re.findall(r"\?token=([\w-]{32})", told.read_text())
        assert "no password" not in told.read_text()
        for path in (
            "/",
            "/city/mashhad.json",
            "/sparql?query=ASK{}",
            "/fa/nothing",
            "/?token=",
            f"/?token={token[:-1]}",
        ):
            refused = server.get(path)
            assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
            assert "ask for a token" in refused.text
            assert "رمزی" in refused.text
            assert token not in refused.text
        assert server.get("/sparql", data=b"query=ASK{}", Cookie="; =", Authorization=f"Basic {token}").status == 401
        assert server.get("/static/style.css").status == 200, "of the page that says so"
        assert server.get("/static/city/mashhad").status == 401
        assert server.get("/sparql", method="OPTIONS").status == 405, "it tells nothing"
        let_in = server.get(f"/fa/city/mashhad?at=2010&token={token}")
        assert let_in.status == 200
        assert 'url=/fa/city/mashhad?at=2010"' in let_in.text
        cookie, *rules = let_in.headers["set-cookie"].split("; ")
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} == {*rules}
        assert "مشهد" in server.get("/fa/city/mashhad", Cookie=f"other=1; {cookie}").text
        assert server.get("/sparql?query=ASK{}", Authorization=f"Bearer {token}").status == 200
        assert "//evil" not in server.get(f"//evil.example/?token={token}").text
        assert said(server, f"GET /\\evil.example/?token={token} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()).count(
            b'"/evil.example/"'
        ), "a browser takes a backslash for a slash"
        again = server.get(f"/city?token={token}&page=2", Cookie=f"citydip-token-{server.port}={token}")
        assert token not in again.text, "an address that tells it leads to one that does not, for who is in already too"
        assert '<a href="/city?page=2">' in again.text
        assert server.get("/", Host="evil.example", Authorization=f"Bearer {token}").status == 421
        assert "whoever can reach" not in server.get("/", Authorization=f"Bearer {token}").text


def test_wrong_words_are_one_clear_error(command, served):
    ran = command("citydip serve --no-browser --store nowhere")
    assert (ran.code, "no store here" in ran.err) == (1, True)
    ran = command(f"citydip serve --no-browser --port {served.port}")
    assert (ran.code, "--port" in ran.err) == (2, True)
