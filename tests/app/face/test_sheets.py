"""Workbooks to fill in: titles and lists in the language, and they load as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from citydiplomacy.face import sheets
from citydiplomacy.graph.model.records import Agreement, Membership, Mission
from citydiplomacy.graph.store.reader import Store

from ...conftest import copied
from ..conftest import Run

openpyxl = pytest.importorskip("openpyxl")

FILLED = {
    ("membership", "fa"): ["گراتس (اتریش)", "متروپلیس", "ناظر", "۱۳۹۲", None, "فعال", "یادداشتی"],
    ("agreement", "en"): ["Mashhad (Iran)", "Graz (Austria)", "sister cities", "2014-02-27", None, "active", None],
    ("mission", "en"): ["Austria", "Mashhad (Iran)", "consulate", "2014", "2016", "ended", None],
}


@pytest.fixture
def store(shipped: Path, tmp_path: Path) -> Path:
    copied(shipped, tmp_path / "store")
    return tmp_path / "store"


@pytest.mark.parametrize(("kind", "lang"), FILLED)
def test_a_workbook_that_is_filled_in_loads_as_it_is(citydip: Run, store: Path, kind: str, lang: str) -> None:
    path = store.parent / "ours.xlsx"
    assert citydip("sheet", path, "--kind", kind, "--lang", lang, "--store", store).code == 0
    book = openpyxl.load_workbook(path)
    sheet = book[kind]
    assert sheet.sheet_view.rightToLeft == (lang == "fa")
    assert all(cell.comment for cell in sheet[1])
    assert len(sheet.data_validations.dataValidation) >= 4
    sheet.append(FILLED[kind, lang])
    book.save(path)
    ran = citydip("load", path, "--store", store, "--strict")
    assert ran.code == 0, ran.err
    with Store.open_folder(store) as opened:
        (found,) = (record for cls in (Membership, Agreement, Mission) for record in opened.records(cls, "source/ours"))
    if isinstance(found, Membership):
        assert (found.organization, found.role) == ("organization/metropolis", "role/observer")
        assert (found.start and found.start.edtf, found.status) == ("2013-03-21/2014-03-20", "status/active")
    elif isinstance(found, Agreement):
        assert "city/mashhad" in found.parties
        assert (found.kind, found.start and found.start.edtf) == ("agreement-kind/sister-city", "2014-02-27")
    else:
        assert (found.sender, found.host, found.status) == ("country/at", "city/mashhad", "status/ended")


FAIR = {
    ("membership", "en"): [
        (["Graz (Austria)", "Eurocities", "Full member", 2005, None, "In force", None], "role/member", "status/active"),
        (
            ["Linz, Austria", "ICLEI", "founding member", "c. 1998", "2020", "former", None],
            "role/founder",
            "status/ended",
        ),
    ],
    ("agreement", "fa"): [
        (
            ["مشهد (ایران)", "گراتس (اتریش)", "خواهرخوانده", "مهر ۱۳۹۲", None, "جاری", None],
            "sister-city",
            "status/active",
        ),
        (["مشهد (ایران)", "لاهور (پاکستان)", "یادداشت تفاهم", "۱۳۸۵/۲/۱۱", None, None, None], "memorandum", None),
    ],
    ("mission", "en"): [
        (
            ["Austria", "Mashhad (Iran)", "Consulate-General", 2014, None, "operating", None],
            "consulate",
            "status/active",
        ),
        (["Iran", "Graz (Austria)", "High Commission", None, None, "closed", None], "embassy", "status/ended"),
    ],
}
"""What a person writes, though it is not on the lists to choose from: what it is, and its status."""


@pytest.mark.parametrize(("kind", "lang"), FAIR)
def test_a_fair_word_that_is_not_on_the_list_is_read(citydip: Run, store: Path, kind: str, lang: str) -> None:
    path = store.parent / "ours.xlsx"
    assert citydip("sheet", path, "--kind", kind, "--lang", lang, "--store", store).code == 0
    book = openpyxl.load_workbook(path)
    for cells, *_ in FAIR[kind, lang]:
        book[kind].append(cells)
    book.save(path)
    ran = citydip("load", path, "--store", store, "--strict")
    assert ran.code == 0, ran.err
    with Store.open_folder(store) as opened:
        ties = [record for cls in (Membership, Agreement, Mission) for record in opened.records(cls, "source/ours")]
    told = {(getattr(tie, "role", None) or getattr(tie, "kind", "").partition("/")[2], tie.status) for tie in ties}
    assert told == {(what, status) for _, what, status in FAIR[kind, lang]}


def test_nothing_is_written_over(citydip: Run, store: Path) -> None:
    path = store.parent / "ours.xlsx"
    path.write_bytes(b"mine")
    ran = citydip("sheet", path, "--store", store)
    assert (ran.code, "is there already" in ran.err) == (2, True)
    assert path.read_bytes() == b"mine"
    assert citydip("sheet", store.parent / "ours.csv", "--store", store).code == 2


@pytest.mark.parametrize(
    ("cell", "name", "country"),
    [
        ("Graz (Austria)", "Graz", "Austria"),
        ("Halle (Saale) (Germany)", "Halle (Saale)", "Germany"),
        ("Tabriz, Iran", "Tabriz", "Iran"),
        ("تبریز، ایران", "تبریز", "ایران"),
        ("Portland, Maine (United States)", "Portland, Maine", "United States"),
        ("Lahore", "Lahore", ""),
    ],
)
def test_a_city_and_its_country_in_one_cell(cell: str, name: str, country: str) -> None:
    found = [re.search(pattern, cell) for pattern in (sheets.NAME, sheets.COUNTRY)]
    assert [told and (told[1] or "") for told in found] == [name, country]
