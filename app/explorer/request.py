"""The SPARQL 1.1 Protocol, for reading: what an asker sent. https://www.w3.org/TR/sparql11-protocol/"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from ..errors import UsageError


@dataclass(frozen=True)
class Query:
    """A query, and what it is asked of; without a text, the description of the service is wanted."""

    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    accept: str = ""
    service: str = ""
    """The address of the service itself."""


class RefusedError(UsageError):
    """A request that the protocol does not have, with its status of HTTP."""

    def __init__(self, status: int, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.status = status

    def __reduce__(self) -> Any:
        return type(self), (self.status, self.message)


def read(method: str, media: str, fields: bytes, body: bytes, accept: str, service: str) -> Query:
    """The query that a request sends. fields: of its address. Raises RefusedError."""
    told = fields_of(fields)
    if method == "POST":
        kind, *parameters = (part.strip().lower() for part in media.split(";"))
        charset = next((each[8:].strip('"') for each in parameters if each.startswith("charset=")), "utf-8")
        if charset not in ("utf-8", "utf8", "us-ascii"):
            raise RefusedError(415, f"{charset!r}: a query is sent as UTF-8.")
        if kind == "application/x-www-form-urlencoded":
            told += fields_of(body)
        elif kind == "application/sparql-query":
            if any(name == "query" for name, _ in told):
                raise RefusedError(400, "The query is sent twice.")
            try:
                told.append(("query", body.decode("utf-8")))
            except UnicodeDecodeError:
                raise RefusedError(400, "The query is not UTF-8.") from None
        elif kind == "application/sparql-update":
            raise RefusedError(403, "This service only reads.")
        else:
            raise RefusedError(
                415,
                "A query is sent as application/sparql-query or application/x-www-form-urlencoded.",
            )
    if any(name == "update" for name, _ in told):
        raise RefusedError(403, "This service only reads.")
    texts = [value for name, value in told if name == "query"]
    if len(texts) > 1:
        raise RefusedError(400, "More than one query is sent.")
    if not texts and method == "POST":
        raise RefusedError(400, "No query is sent.")
    return Query(
        texts[0] if texts else "",
        tuple(value for name, value in told if name == "default-graph-uri"),
        tuple(value for name, value in told if name == "named-graph-uri"),
        accept,
        service,
    )


def fields_of(text: bytes) -> list[tuple[str, str]]:
    """The fields of a form, or of the query of an address. Raises RefusedError for what is none."""
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        raise RefusedError(400, "What is sent is not percent-encoded UTF-8.") from None
