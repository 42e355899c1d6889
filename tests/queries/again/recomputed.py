"""Marks taken again: each number, date and name from the quads of a store, by rdflib and NetworkX, as anybody could."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import rdflib

from citydiplomacy.graph.export.rdf import write_nquads
from citydiplomacy.graph.store.reader import Store

from .answers import Answers
from .measures import RULES, Measures

DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٫", "0123456789.", "٬")


class Recomputed:
    """What a store's exported N-Quads give."""

    def __init__(self, store: Store, kept: Path) -> None:
        """kept: a folder for answers, of this store alone, that several processes may share."""
        kept.mkdir(exist_ok=True)
        out = io.StringIO()
        write_nquads(store, out)
        dataset = rdflib.Dataset()
        dataset.parse(data=out.getvalue(), format="nquads")
        self.measures = Measures(dataset)
        self._answers = {lang: Answers(dataset, lang, kept) for lang in ("en", "fa")}

    def check(self, mark: Mapping[str, Any], lang: str) -> None:
        """That a mark, as JSON, tells what its evidence gives, in value and in text."""
        found = self.taken(mark["from"], lang)
        if "date" in mark:
            assert found == mark["date"], mark
            return
        if "id" in mark:
            assert found is None or mark["text"].casefold() == found.casefold(), mark
            return
        assert found == pytest.approx(mark["value"], rel=5e-4), mark  # a measure has four digits that count
        if number := re.search(r"[\d.]+", mark["text"].translate(DIGITS).replace(",", "")):
            cut = mark["text"].startswith(("under", "over", "زیر", "بالای"))
            assert cut or float(number[0]) == pytest.approx(mark["value"], rel=1e-9), mark

    def taken(self, evidence: Mapping[str, Any], lang: str) -> Any:
        """What evidence, as JSON, gives."""
        match evidence:
            case {"question": _}:
                found = self._answers[lang].taken(evidence)
                return float(found) if isinstance(found, Decimal | Fraction) else found
            case {"measure": _}:
                return self.measures.taken(evidence)
            case {"record": record}:
                return self.measures.label(record, lang)
            case {"rule": "told by name" | "size class", "value": value}:
                return None if evidence["rule"] == "size class" else value
            case {"rule": rule, "value": value}:
                assert RULES[rule] == value
                return value
            case {"reckoned": how, "of": of}:
                one, other = (self.taken(each, lang) for each in of)
                match how:
                    case "sum":
                        return one + other
                    case "difference":
                        return one - other
                    case "share":
                        return int(Fraction(100 * Fraction(one) / Fraction(other) + Fraction(1, 2)))
        raise AssertionError(evidence)
