"""A process of its own that writes a store: `writer_process.py build|load FOLDER LETTER SIZE [FAULT]`.

Writes SIZE cities whose ids begin with LETTER as one source. It says "ready" when it begins; its exit code tells how it
ended: 0 done, 3 StoreError (told on stderr), 4 interrupted. FAULT: no-room, nobody (an unprivileged user), interrupt.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from citydiplomacy.errors import StoreError
from citydiplomacy.graph.model.records import City, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import writer


def cities(letter: str, size: int) -> SourceRecords:
    """One source of many cities."""
    records = [City(id=f"city/{letter}{n:06}", labels=(Text(f"{letter}{n}", "en"),)) for n in range(size)]
    return SourceRecords(Source(id="source/cities", kind="evidence-kind/dataset", labels=(Text("C", "en"),)), records)


def interrupted(told: SourceRecords) -> Iterator[SourceRecords]:
    """A source whose reading is interrupted."""
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(10)
    yield told


def main(write: str, folder: str, letter: str, size: str, fault: str = "") -> int:
    """Write, and tell how it ended."""
    if fault == "no-room":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    if fault == "nobody" and os.geteuid() == 0:  # root may write anywhere
        os.setgid(65534)
        os.setuid(65534)
    told = cities(letter, int(size))
    print("ready", flush=True)
    try:
        getattr(writer, write)(Path(folder), interrupted(told) if fault == "interrupt" else [told])
    except StoreError as error:
        print(error, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
