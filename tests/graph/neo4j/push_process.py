"""A process of its own that pushes: `push_process.py STORE [ROWS [SECONDS]]`, to the server that the environment names.

ROWS: rows a transaction. SECONDS: how long it waits for a server that is gone. It says "sent" after each transaction;
its exit code is 0, or 3 for an error of ours, told on stderr.
"""

from __future__ import annotations

import sys
from pathlib import Path

from citydiplomacy.errors import CityDiplomacyError
from citydiplomacy.graph.neo4j import marks, server, statements
from citydiplomacy.graph.neo4j.login import Login
from citydiplomacy.graph.neo4j_exchange.plan import PushOptions
from citydiplomacy.graph.neo4j_exchange.push import push
from citydiplomacy.graph.store.reader import Store


def main(folder: str, rows: str = "", seconds: str = "") -> int:
    """Push, and tell how it ended."""
    if rows:
        statements.BATCH = marks.BATCH = int(rows)
    if seconds:
        server.RETRY_SECONDS = float(seconds)
    try:
        options = PushOptions(replace=True)
        with Store.open_folder(Path(folder)) as store, server.connect(Login.of()) as driver:
            push(store, driver, options=options, progress=lambda done, every: print("sent", done, every, flush=True))
    except CityDiplomacyError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
