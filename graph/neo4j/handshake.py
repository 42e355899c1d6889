"""Whether a port speaks Bolt or answers as the web does: known at once, where a driver tries for half a minute."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from citydiplomacy.errors import StoreError

BOLT_PORT = 7687
SECONDS = 3.0
"""How long an answer is waited for; who says nothing is left to the driver."""

# The magic number and four proposals of versions: 5.0 to 5.8, two that are line ends, so that a web server answers what
# it holds for a request, and none.
_HELLO = b"\x60\x60\xb0\x17" + b"\x00\x08\x08\x05" + b"\r\n\r\n" * 2 + b"\x00\x00\x00\x00"


def refuse_web(address: str) -> None:
    """Refuse the address of a web server, as Browser's is. Raises StoreError.

    Only a port without TLS tells it; who cannot be reached is left to the driver, which says why.
    """
    parts = urlsplit(address)
    if "+" in parts.scheme or not parts.hostname:
        return
    try:
        with socket.create_connection((parts.hostname, parts.port or BOLT_PORT), timeout=SECONDS) as connection:
            connection.settimeout(SECONDS)
            connection.sendall(_HELLO)
            answer = connection.recv(64)
    except OSError:
        return
    if answer.startswith(b"HTTP") or answer.lstrip().startswith(b"<"):
        place = f"{parts.hostname}:{parts.port or BOLT_PORT}"
        raise StoreError(
            f"{place} answers as a web server, not in Bolt.",
            hint="Browser's address is another: NEO4J_URI names the Bolt port, mostly 7687.",
        )
