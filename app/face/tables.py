"""Tables and reports as Python users see them: plain values, DataFrames, and HTML for a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.queries.wording import tables

from ..errors import MissingExtraError
from ..naming import IdNames, statement
from ..opening import HELD
from ..output import Lang, plain_value, shown_value

if TYPE_CHECKING:
    import pandas as pd

    from citydiplomacy.queries.wording import sections

Language: TypeAlias = Literal["en", "fa"]
SHOWN = 200
"""Rows of a table that a notebook shows; the rest is counted."""

_DTYPES = {
    **{"integer": "Int64", "decimal": "Float64"},
    **dict.fromkeys(("ids", "texts", "statements"), "object"),
    **dict.fromkeys(("id", "text", "date", "boolean3", "iri", "class"), "string"),
}
"""Type of a column -> dtype of a DataFrame, also where all is unknown. Where no type is declared, the values tell."""


@dataclass(frozen=True, repr=False)
class Table(tables.Table):
    """Rows under the names and titles of their columns. None is unknown, a date of a question is EDTF.

    types: of each column, one of `queries.library.question.COLUMN_TYPES`, if they are declared: a `boolean3` is `yes`,
    `no` (checked) or `unknown`. Elsewhere True is yes, False a checked no.
    """

    rows: tuple[tuple[Any, ...], ...]
    title: str = ""
    types: tuple[str, ...] = ()
    lang: str = "en"

    def to_pandas(self) -> pd.DataFrame:
        """A DataFrame under the columns' names; unknown is `pandas.NA`, a date its EDTF, several values a list.

        Raises MissingExtraError without pandas.
        """
        try:
            import pandas as pd
        except ImportError:
            raise MissingExtraError("pandas", "pandas", "A DataFrame") from None
        cells = [list(map(plain_value, row)) for row in self.rows]
        frame = pd.DataFrame(cells, columns=list(self.names), dtype=object)
        declared = {name: _DTYPES[type_] for name, type_ in zip(self.names, self._types(), strict=True) if type_}
        return frame.astype(declared).convert_dtypes()

    def for_people(self, *, ids: bool = False, names: IdNames | None = None) -> tables.Table:
        """What a person reads: dates as dates, yes and no as words, and names in place of ids.

        An id beside its own name, and that of a tie which its row tells of, is left out; with `ids` these come last.
        names: who knows the names of other ids; without it they stand as they are.
        """
        if not self.types:
            return super().for_people(ids=ids)
        of_row = {name for name, type_ in zip(self.names, self.types, strict=True) if type_ == "id"}
        own = names.unnamed & of_row if names else set()
        told = {name for name in self.names if f"{name}_name" in self.names} | own
        id_ = {"en": "{} (id)", "fa": "{} (شناسه)"}[self.lang]
        titles = [
            id_.format(title)
            if name in told
            else self.titles[self.names.index(name.removesuffix("_name"))]
            if name.removesuffix("_name") in told
            else title
            for name, title in zip(self.names, self.titles, strict=True)
        ]
        rows = tuple(
            tuple(
                cell if name in told else _read(cell, type_, self.lang, names)
                for cell, name, type_ in zip(row, self.names, self.types, strict=True)
            )
            for row in self
        )
        return tables.Table(self.names, tuple(titles), rows).split(told.__contains__, ids=ids)

    def _types(self) -> tuple[str, ...]:
        return self.types or ("",) * len(self.names)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<Table {self.title!r}: {counted(len(self.rows), 'row')} of {', '.join(self.names)}>"

    def _repr_html_(self) -> str:
        """The table in its language and direction, for a notebook."""
        lang = Lang(self.lang)
        shown = self.for_people()
        from html import escape

        head = "".join(f"<th>{escape(title)}</th>" for title in shown.titles)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(shown_value(value, lang))}</td>' for value in row)}</tr>\n"
            for row in shown.rows[:SHOWN]
        )
        caption = f"<caption>{escape(self.title)}</caption>" if self.title else ""
        return (
            f"<table {_direction(self.lang)}>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>"
            f"{_rest(len(self) - SHOWN, len(shown.titles), lang)}</table>"
        )


@dataclass(frozen=True, repr=False)
class Report:
    """Headline sentences, the most telling one first, and the tables that they are made of, by key."""

    headlines: tuple[str, ...]
    tables: dict[str, Table]
    lang: str = "en"

    def __repr__(self) -> str:
        return f"<Report of {counted(len(self.headlines), 'headline')} and the tables {', '.join(self.tables)}>"

    def _repr_html_(self) -> str:
        """Headlines and tables in their language and direction, for a notebook."""
        from html import escape

        said = "".join(f"<li>{escape(headline)}</li>\n" for headline in self.headlines)
        shown = "\n".join(table._repr_html_() for table in self.tables.values())
        return f"<div {_direction(self.lang)}><ul>\n{said}</ul>\n{shown}</div>"


def report_of(report: sections.CityReport) -> Report:
    """A report of ours, its sections as tables."""
    made = {
        each.key: Table(each.names, each.titles, each.rows, each.title, lang=report.lang) for each in report.sections
    }
    return Report(report.headlines, made, report.lang)


def _read(value: Any, type_: str, lang: str, names: IdNames | None) -> Any:
    """A value of a column as a person reads it."""
    if not value:
        return value
    match type_:
        case "date":
            from citydiplomacy.graph.language.dates import from_edtf

            try:
                return from_edtf(value)
            except ValueError:  # whoever may write to a server writes what they like: it is shown as it is
                return value
        case "boolean3":
            return HELD[Lang(lang)][value]
        case "class":
            from citydiplomacy.graph.model.schema import class_title

            return class_title(value, lang)
        case "statements":
            return tuple(statement(each, lang) for each in value)
        case "id" if names:
            return names.of(value)
        case "ids" if names:
            return tuple(map(names.of, value))
        case _:
            return value


def _direction(lang: str) -> str:
    return f'lang="{lang}" dir="{"rtl" if lang == "fa" else "ltr"}"'


def _rest(more: int, width: int, lang: Lang) -> str:
    """A last row that counts what is not shown."""
    if more <= 0:
        return ""
    number = shown_value(more, lang)
    words = {Lang.EN: f"… {number} more rows", Lang.FA: f"… {number} سطر دیگر"}[lang]
    return f'\n<tfoot><tr><td colspan="{width}">{words}</td></tr></tfoot>'
