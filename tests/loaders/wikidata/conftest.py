"""A server on loopback that plays Wikidata's query service: it answers from a small world, and fails to order."""

from __future__ import annotations

import json
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox
import pytest

from .world import service_data

Fault = Callable[["Handler", bytes], None]
"""Answers a request in place of the service; it gets the right answer too."""


class Played:
    """The server's side of a test: what was asked, and the faults that wait for the next requests, first come first."""

    def __init__(self, data: ox.Store) -> None:
        self.data = data
        self.queries: list[str] = []
        self.agents: list[str] = []
        self.faults: list[Fault | None] = []
        self.page = 2
        """Cities in a page."""
        self.address = ""

    def answer(self, query: str) -> bytes:
        for limit in ("LIMIT 500", "LIMIT 200"):
            query = query.replace(limit, f"LIMIT {self.page}")
        results = self.data.query(query)
        assert isinstance(results, ox.QuerySolutions)
        answer = json.loads(results.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        answer["results"]["bindings"].sort(key=str)
        return json.dumps(answer, ensure_ascii=False).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    played: Played

    def do_POST(self) -> None:
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        (query,) = form["query"]
        self.played.queries.append(query)
        self.played.agents.append(self.headers["User-Agent"])
        right = self.played.answer(query)
        fault = self.played.faults.pop(0) if self.played.faults else None
        if fault:
            fault(self, right)
        else:
            self.reply(200, right)

    def reply(self, code: int, body: bytes, kind: str = "application/sparql-results+json", **headers: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", f"{kind};charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


def busy(code: int = 429, **headers: str) -> Fault:
    return lambda handler, _: handler.reply(code, b"Rate limit exceeded", "text/plain", **headers)


def cut(handler: Handler, right: bytes) -> None:
    """Half of the answer, then the line is dead."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/sparql-results+json")
    handler.send_header("Content-Length", str(len(right)))
    handler.end_headers()
    handler.wfile.write(right[: len(right) // 2])
    handler.close_connection = True


def stopped(handler: Handler, right: bytes) -> None:
    """The service ran out of time: whole as far as HTTP knows, but the JSON stops, and an exception follows."""
    handler.reply(200, right[: len(right) // 2] + b"\njava.util.concurrent.TimeoutException\n")


def slow(handler: Handler, _: bytes) -> None:
    time.sleep(1)
    handler.close_connection = True


def html(handler: Handler, _: bytes) -> None:
    handler.reply(200, b"<!DOCTYPE html><html><title>Log in to the hotel's network</title></html>", "text/html")


def error_json(handler: Handler, _: bytes) -> None:
    handler.reply(200, b'{"error": {"code": "readonly", "info": "maintenance"}}')


@pytest.fixture
def wikidata() -> Iterator[Played]:
    """The service, running."""
    played = Played(service_data())
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Playing", (Handler,), {"played": played}))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    played.address = f"http://127.0.0.1:{server.server_port}/sparql"
    yield played
    server.shutdown()
    server.server_close()
    thread.join()
