"""Office files and packages of data are archives: the same content gives the same bytes if nothing in them tells when
they were packed."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that an archive can tell."""


def undated(
    data: bytes, modified: dt.date, change: Callable[[str, bytes], bytes] = lambda _, content: content
) -> bytes:
    """The archive with its entries in their order, none with a time of its own, last modified on a day.

    change: given the name of each entry and its content, returns what is to be its content.
    """
    packed = io.BytesIO()
    told = f"{modified.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in read.infolist():
            content = read.read(entry)
            if entry.filename == "docProps/core.xml":  # the libraries tell the time of saving
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + told, content)
            add_undated(written, entry.filename, change(entry.filename, content))
    return packed.getvalue()


def add_undated(archive: zipfile.ZipFile, name: str, content: bytes | str) -> None:
    """Add an entry that has no time of its own."""
    made = zipfile.ZipInfo(name, DAY)
    made.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(made, content)
