"""Where a Neo4j server is and who asks it, as the environment tells."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from getpass import GetPassWarning, getpass
from urllib.parse import urlsplit

from citydiplomacy.errors import UsageError

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True, slots=True)
class Login:
    """Where a server is, and who asks it. The password is in no representation of it."""

    address: str
    user: str
    password: str = field(repr=False)

    @staticmethod
    def of(environment: Mapping[str, str] = os.environ, ask: Callable[[str], str] = getpass) -> Login:
        """From NEO4J_URI, NEO4J_USERNAME (else neo4j) and NEO4J_PASSWORD; asks for a password that is not there.

        Raises UsageError for an address that is missing or none of a Neo4j server, and where nobody can be asked.
        """
        address = _address(environment.get("NEO4J_URI", ""))
        user = environment.get("NEO4J_USERNAME") or "neo4j"
        password = environment.get("NEO4J_PASSWORD")
        if password is None:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("error", GetPassWarning)  # without a terminal, what is typed could be seen
                    password = ask(f"Password of {user} at {address}: ")
            except (EOFError, GetPassWarning):
                raise UsageError("no password.", hint="Set NEO4J_PASSWORD, or answer at a terminal.") from None
        return Login(address, user, password)


def _address(address: str) -> str:
    """The address itself. A refused one is not repeated: people paste passwords into addresses."""
    forms = "bolt://host:7687 or neo4j://host:7687, with +s for TLS and +ssc for TLS with a certificate of its own"
    if not address:
        raise UsageError("no address of a Neo4j server.", hint=f"Set NEO4J_URI: {forms}.")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise UsageError("NEO4J_URI is not an address.", hint=f"Write {forms}.") from None
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "NEO4J_URI holds a user or a password.", hint="Put them into NEO4J_USERNAME and NEO4J_PASSWORD."
        )
    if parts.scheme not in SCHEMES or not host or port == 0:
        raise UsageError("NEO4J_URI is no address of a Neo4j server.", hint=f"Write {forms}.")
    return address
