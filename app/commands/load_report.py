"""The report of a load: told in a few lines on stderr, and written whole as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from citydiplomacy.graph import whole_files
from citydiplomacy.graph.language.plurals import counted
from citydiplomacy.graph.language.text import persian_digits
from citydiplomacy.loaders.report import Reason, Report, Tally

from ..errors import UsageError
from ..output import Lang, say, shown_value

REASONS = 4
"""Reasons of a file that are told, the most frequent first; a written report has all."""

_FA = {
    "read": "ردیف خوانده",
    "made": "ساخته",
    "merged": "یکی‌شده",
    "waiting": "در انتظار",
    "refused": "ردشده",
    "left_out": "کنارگذاشته",
    "unread": "خانهٔ ناخوانده",
    "left out": "کنارگذاشته",
    "noted": "یادداشت",
    "not a number": "عدد نیست",
    "not a whole number": "عدد صحیح نیست",
    "not a date": "تاریخ نیست",
    "not a full address": "نشانی کامل نیست",
    "not a regular expression": "عبارت باقاعده نیست",
    "the cell holds an error": "در خانه خطای فرمول است",
    "the cell does not match": "خانه با الگو نمی‌خواند",
    "a value is missing": "مقداری نیست",
    "another row tells it otherwise": "ردیفی دیگر جز این می‌گوید",
    "one-sided": "یک‌طرفه: هیچ ردیفی پیوند را از سوی دیگر نمی‌گوید",
    "is out of range": "بیرون از بازه است",
    "is out of range; swapped with the longitude?": "بیرون از بازه است؛ با طول جغرافیایی جابه‌جا شده است؟",
    "is not in its form": "به شکلی که باید نیست",
    "has too few values": "شمار مقدارهایش کم است",
    "has one value twice": "یک مقدار را دو بار دارد",
    "does not fit what else is told": "با گفته‌های دیگر نمی‌خواند",
    "the row has not as many cells as the header": "ردیف به اندازهٔ سرستون‌ها خانه ندارد",
    "a deprecated statement, left out": "گزارهٔ منسوخ؛ کنار گذاشته شد",
    "a date that is not precise enough, left out": "تاریخ به اندازهٔ بسنده دقیق نیست؛ کنار گذاشته شد",
    "a statement without a value, left out": "گزارهٔ بی‌مقدار؛ کنار گذاشته شد",
    "a statement of another form": "گزاره‌ای به شکلی دیگر",
    "a line that is not JSON": "سطر JSON نیست",
    "a line that is not UTF-8": "سطر UTF-8 نیست",
    "a column that is not read": "ستونی که خوانده نمی‌شود",
    "a one-sided tie": "پیوند یک‌طرفه",
    "a city that is its own twin": "شهری که خواهرخواندهٔ خود است",
    "a country without a code of ISO 3166-1": "کشوری بی کد ISO 3166-1",
    "several countries, left open": "چند کشور؛ باز گذاشته شد",
    "another population of the same time, left out": "جمعیتی دیگر از همان زمان؛ کنار گذاشته شد",
    "a tie with several periods; the others are in its note": "پیوندی با چند دوره؛ دوره‌های دیگر در یادداشت آن است",
    "a start after the end, left out; it is in the note": "آغازی پس از پایان؛ کنار گذاشته شد و در یادداشت آن است",
    "not a pair of coordinates": "مختصات نیست",
    "coordinates out of range": "مختصات بیرون از بازه",
    "coordinates out of range; swapped?": "مختصات بیرون از بازه؛ جابه‌جا شده است؟",
    "a place on another globe than the earth": "جایی نه بر زمین",
    "not an item of Wikidata": "موردی از ویکی‌داده نیست",
    "not a number of people": "شمار جمعیت نیست",
    "not a time": "زمان نیست",
    "not a place": "جایی نیست",
    "not a precision": "دقت نیست",
    "not a language": "زبان نیست",
    "a tie told by neither side": "پیوندی که هیچ‌یک از دو سو نگفته است",
    "JSON that is no entity": "JSON است، ولی موجودیتی نیست",
    "more than one place; the first stands": "بیش از یک جا؛ نخستین می‌ماند",
    "more than one date; the first stands": "بیش از یک تاریخ؛ نخستین می‌ماند",
    "not an id": "شناسه نیست",
    "more letters than are read": "نویسه‌ها بیش از آن است که خوانده می‌شود",
    "the id lacks its folder": "شناسه پوشه ندارد",
    "wording without a date": "عبارت تاریخ هست و تاریخ نیست",
    "is missing": "مقداری نیست",
    "refers to the wrong kind of thing": "به چیزی از گونه‌ای دیگر برمی‌گردد",
    "is no known relation": "رابطه‌ای شناخته نیست",
}
_FA_WITH_NAMES = {
    r"^(.+)/ is not what can stand here$": r"\1/ اینجا نمی‌تواند بیاید",
    r"^unknown (.+)$": r"ناشناخته: \1",
    r"^an? (.+) needs an id$": r"شناسه ندارد: \1",
    r"^no (.+) in the row$": r"ردیف \1 ندارد",
    r"^has two values in one language \((.+)\)$": r"در یک زبان (\1) دو مقدار دارد",
    r"^is not in the scheme (.+)$": r"در طرح \1 نیست",
    r"^(.+) tells nothing$": r"\1 چیزی نمی‌گوید",
    r"^(.+) is empty$": r"\1 خالی است",
    r"^the cell holds the control character (.+)$": r"در خانه نویسهٔ کنترلی \1 است",
    r"^(.+) is (.+)$": r"\1 «\2» است",
}
"""Reasons that name a column, a cell or a word, the last of them whatever it says."""

_FA_EXAMPLES = {
    r"^line (\d+)": r"سطر \1",
    r"^(سطر \d+), column ": r"\1، ستون ",
    r", row (\d+)$": r"، ردیف \1",
    r"^(\S+) names (\S+), which does not name it$": r"\1 از \2 نام می‌برد، ولی \2 از آن نام نمی‌برد",
}
"""What examples say beside what stands in the file."""


def tell(report: Report, lang: Lang) -> None:
    """One line a file, then its reasons with an example each."""
    reasons: dict[str, list[Reason]] = {}
    for reason in report.reasons():
        reasons.setdefault(reason.file, []).append(reason)
    for file, tally in report.files.items():
        say(f"{file}: {_counts(tally, lang)}")
        told = reasons.get(file, [])
        for reason in told[:REASONS]:
            say(f"  {_words(reason.kind, lang)} {_number(reason.number, lang)}: {_reason(reason, lang)}")
        if len(told) > REASONS:
            rest = _number(len(told) - REASONS, lang)
            say(f"  … {rest} more" if lang is Lang.EN else f"  … {rest} دلیل دیگر")


def _counts(tally: Tally, lang: Lang) -> str:
    """Rows read, and what became of them where there are any."""
    rows = counted(tally.read, "row read", "rows read")
    if lang is Lang.FA:
        rows = f"{_number(tally.read, lang)} {_words('read', lang)}"
    parts = [rows] if tally.read or not tally.waiting else []
    for name, number in asdict(tally).items():
        if name != "read" and number:
            parts.append(f"{_number(number, lang)} {_words(name, lang)}")
    return ("، " if lang is Lang.FA else ", ").join(parts)


def _reason(reason: Reason, lang: Lang) -> str:
    example = reason.examples[0]
    if lang is Lang.FA:
        for pattern, persian in _FA_EXAMPLES.items():
            example = re.sub(pattern, persian, example)
        example = re.sub(r"(?:^سطر |، ردیف )\d+", lambda place: persian_digits(place[0]), example)
    return f"{_words(reason.reason, lang)} ({example})"


def _number(number: int, lang: Lang) -> str:
    return shown_value(number, lang)


def _words(words: str, lang: Lang) -> str:
    if lang is Lang.EN:
        return words.replace("_", " ") if words in _FA else words
    if known := _FA.get(words) or _FA.get(words.partition(":")[0]):
        return known
    for pattern, persian in _FA_WITH_NAMES.items():
        if re.match(pattern, words):
            return re.sub(pattern, persian, words)
    return words


def writer(path: Path) -> Callable[[Report], None]:
    """How a report is written whole, by the end of the file's name. Raises UsageError for another."""
    match path.suffix.lower():
        case ".json":
            return lambda report: _write_json(report, path)
        case ".csv":
            return lambda report: _write_csv(report, path)
    raise UsageError(f"{path}: a report is written as .json or .csv.")


def _write_json(report: Report, path: Path) -> None:
    whole = {
        "files": [{"file": file, **asdict(tally)} for file, tally in report.files.items()],
        "reasons": [asdict(reason) for reason in report.reasons()],
    }
    whole_files.write(path, json.dumps(whole, ensure_ascii=False, indent=2) + "\n")


def _write_csv(report: Report, path: Path) -> None:
    """One row a count: what became of rows, and the reasons with their examples."""
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n")
    write.writerow(("file", "kind", "reason", "number", "examples"))
    for name, tally in report.files.items():
        write.writerows((name, kind.replace("_", " "), "", number, "") for kind, number in asdict(tally).items())
    write.writerows(
        (each.file, each.kind, each.reason, each.number, "|".join(each.examples)) for each in report.reasons()
    )
    whole_files.write(path, text.getvalue())
