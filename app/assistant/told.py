"""An answer as a program takes it: rows, the sources that they rest on, what is not known, and what was cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from citydiplomacy.graph.language.plurals import counted

from ..data_package import Package, PackedTable, described
from ..output import Lang, plain_value

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store
    from citydiplomacy.queries.wording.phrases import Phrase
    from citydiplomacy.queries.wording.tables import Table

UNKNOWN = {
    Lang.EN: "An empty value is unknown, never no. What has no row is not known here: that does not say no.",
    Lang.FA: "مقدار خالی نامعلوم است، هرگز «نه» نیست. آنچه سطری ندارد اینجا دانسته نیست؛ این به معنای نبودن آن نیست.",
}
"""How silence is to be read; every answer says it."""


def answer(
    store: Store,
    lang: Lang,
    title: str,
    asked: dict[str, Any],
    tables: Sequence[tuple[str, str, Table]],
    *,
    limit: int,
    most: int,
    headlines: Sequence[Phrase | str] = (),
    unknown: Iterable[object] = (),
    more: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What is answered, with all that must be said with it.

    tables: key, title and table of each; of each at most `limit` rows are told, and how many there are; `most` is the
    greatest limit. unknown:
    sentences on what is not known. Sources are those of the rows told.
    """
    shown = [(key, name, table, table.rows[:limit]) for key, name, table in tables]
    parts = [
        PackedTable(key, name, type(table)(**{**_fields(table), "rows": rows})) for key, name, table, rows in shown
    ]
    package = Package(store, lang, title, asked, parts, headlines)
    view = {"at": view_at.edtf} if (view_at := getattr(store, "date", None)) else {}
    return {
        "title": title,
        "asked": asked | view,
        **(more or {}),
        **({"headlines": list(map(str, headlines))} if headlines else {}),
        "tables": [
            {
                "name": key,
                "title": name,
                "columns": dict(zip(table.names, table.titles, strict=True)),
                "rows": [
                    {column: plain_value(cell) for column, cell in zip(table.names, row, strict=True)} for row in rows
                ],
                "number": len(table.rows),
                **({"cut": cut(len(rows), len(table.rows), lang, most)} if len(rows) < len(table.rows) else {}),
            }
            for key, name, table, rows in shown
        ],
        "sources": [described(source, lang) for source in package.sources],
        "not_known": [*map(str, unknown), UNKNOWN[lang]],
        "cite": package.citation(),
        "revision": store.manifest.revision,
    }


def cut(told: int, of: int | None, lang: Lang, most: int) -> str:
    """That rows are left out, and how to have them. most: rows that are told of a table at all."""
    en = f"Only the first {counted(told, 'row')}{f' of {of:,}' if of else ''}"
    fa = f"تنها {told} سطر نخست{f' از {of}' if of else ''}"
    if told >= most:
        return {
            Lang.EN: f"{en}, and no limit is greater; ask for less.",
            Lang.FA: f"{fa}، و limit بزرگ‌تری نیست؛ محدودتر بپرسید.",
        }[lang]
    en, fa = f"{en}; ask with a greater limit, or for less.", f"{fa}؛ با limit بزرگ‌تر یا محدودتر بپرسید."
    return {Lang.EN: en, Lang.FA: fa}[lang]


def _fields(table: Table) -> dict[str, Any]:
    return {name: getattr(table, name) for name in table.__dataclass_fields__}
