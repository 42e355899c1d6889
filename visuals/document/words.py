"""The words that a document says of itself, in English and Persian."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentWords:
    """Headings and labels of a document's own parts."""

    contents: str
    evidence: str
    evidence_note: str
    sources: str
    asked: str
    back: str
    close: str
    disputed: str
    revision: str
    made_by: str
    page: str
    of_kind: str
    not_drawn: str

    @staticmethod
    def of(lang: str) -> DocumentWords:
        """Those of a language."""
        return _FA if lang == "fa" else _EN


_EN = DocumentWords(
    contents="Contents",
    evidence="Evidence",
    evidence_note="What the numbers of the text rest on: each question, its answer, the sources of each row.",
    sources="Sources",
    asked="Asked",
    back="Back to the text",
    close="Close",
    disputed="Sources disagree on",
    revision="revision",
    made_by="Made by",
    page="Page",
    of_kind="kind",
    not_drawn="Figure, drawn in the other formats",
)
_FA = DocumentWords(
    contents="فهرست",
    evidence="گواه‌ها",
    evidence_note="آنچه عددهای متن بر آن استوار است: هر پرسش، پاسخ آن، و منبع‌های هر سطر با شماره.",
    sources="منبع‌ها",
    asked="پرسش",
    back="بازگشت به متن",
    close="بستن",
    disputed="اختلاف منبع‌ها بر سر",
    revision="بازنگری",
    made_by="تهیه با",
    page="صفحهٔ",
    of_kind="گونه",
    not_drawn="نمودار، که در قالب‌های دیگر کشیده شده است",
)
