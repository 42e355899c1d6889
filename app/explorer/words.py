"""The words that every page has round what it shows, in both languages."""

from __future__ import annotations

from typing import NamedTuple


class Frame(NamedTuple):
    """Words of the frame of a page."""

    site: str
    skip: str
    search: str
    find: str
    more: str
    filter: str
    clear: str
    rows: str
    row: str
    out_of: str
    shown: str
    whole: str
    pages: str
    and_more: str
    as_data: str
    cite: str
    licence: str
    open_to_all: str
    """Of a server that asks for no token and can be reached from elsewhere."""
    of_day: str
    show: str
    at: str
    now: str
    needs_server: str
    """On a file, of a form: then the command that starts a server."""
    other: str
    """The other language, by its own name."""


FRAMES = {
    "en": Frame(
        site="City diplomacy",
        skip="To the content",
        search="A city, a network, a need, a question …",
        find="Find",
        more="More",
        filter="Filter the rows",
        clear="Without filters",
        rows="rows",
        row="row",
        out_of="of",
        shown=", shown here:",
        whole="all of it, to sort and filter",
        pages="Pages",
        and_more="and others:",
        as_data="This page as data",
        cite="How to cite",
        licence="Each source has a licence of its own, told beside its name where it is known. The software is under "
        "Apache-2.0. What is empty is unknown, never no.",
        open_to_all="This server is open: whoever can reach it reads all of it, without a password.",
        of_day="As it was at a date",
        show="Show",
        at="As it was:",
        now="as it is now",
        needs_server="These are files: to ask this, the pages must be served from the store, with",
        other="فارسی",
    ),
    "fa": Frame(
        site="دیپلماسی شهری",
        skip="رفتن به متن",
        search="یک شهر، شبکه، نیاز یا پرسش …",
        find="یافتن",
        more="بیشتر",
        filter="پالایش سطرها",
        clear="بی پالایش",
        rows="سطر",
        row="سطر",
        out_of="از",
        shown="، آنچه این‌جا آمده:",
        whole="همهٔ آن، برای مرتب کردن و پالایش",
        pages="صفحه‌ها",
        and_more="و مقدارهای دیگر:",
        as_data="این صفحه همچون داده",
        cite="شیوهٔ ارجاع",
        licence="هر منبع پروانهٔ خود را دارد که اگر دانسته باشد کنار نامش آمده است. پروانهٔ نرم‌افزار Apache-2.0 است. "
        "آنچه خالی است نامعلوم است، هرگز «نه» نیست.",
        open_to_all="این سرور باز است: هر که به آن دسترس دارد همه‌اش را بی گذرواژه می‌خواند.",
        of_day="چنان‌که در تاریخی بود",
        show="نشان بده",
        at="چنان‌که بود:",
        now="چنان‌که اکنون هست",
        needs_server="این‌ها پرونده‌اند: برای پرسیدن این، صفحه‌ها باید از انبار پیشکش شوند، با",
        other="English",
    ),
}
