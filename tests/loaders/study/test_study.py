"""The study's text is read by what its tables say, not by where their cells happen to stand."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.language.text import fold, persian_digits
from citydiplomacy.graph.model.records import Agreement, Assessment, City, Interviewee, Need, Observation, Study
from citydiplomacy.graph.model.values import Text
from citydiplomacy.loaders.study.reader import StudyReading, read_study

TUS = City(id="city/tus", labels=(Text("Tus", "en"), Text("توس", "fa")))
PLACES = {"هرات": "city/herat", "مرو": "city/merv", "بلخ": "city/balkh", "عمان": "country/om"}

FRONT = """پژوهشی دربارهٔ شهر توس
نام نویسنده (استاد)
چکیده
پنل (با شرکت ۱۲ تن) برگزار شد و ۵ اولویت در چهار محور به دست آمد.
۱. مقدمه
۲. روش
۲.۲. محدوده مورد مطالعه
شهر توس با مساحت ۴۵ کیلومتر مربع در سرشماری سال ۱۳۹۵، ۱۲۳،۴۵۶ نفر جمعیت داشت (سالنامه توس، ۱۳۹۶: ۷).
در سال ۱۳۹۲ بیش از ۲ میلیون نفر زائر، و ۷۰۰۰ گردشگر (سالنامه توس، ۱۳۹۲: ۹) آمدند.
سه نمایندگی دیپلماتیک (دفتر توس، ۱۳۹۴) دارد.
با شهرهای هرات و مرو خراسان خواهرخوانده است. و با شهرهایی از عمان، بلخ خراسان تفاهم‌نامه دارد (دفتر توس، ۱۳۹۴).
۱. این پنل در تاریخ ۳ مهر ماه ۱۳۹۳ بود.
""".strip()
TITLES = {
    1: "اولویت نیازها در بخش اقتصاد",
    2: "اولویت نیازها در بخش سازمان‌ها",
    3: "تخصص و زمان مصاحبه‌ها",
    4: "گفته‌های مسئولان",
}
Row = Sequence[object]
TABLES: dict[int, list[Row]] = {
    1: [("ردیف", "نیازها", "امتیاز ^۱"), (1, "نیاز به راه", 12), (2, "نیاز به هتل", 9), (3, "نیاز به آمار", 2)],
    2: [("ردیف", "نیازها", "امتیاز"), (1, "نیاز به زبان", 8), (2, "نیاز به عضویت", 7)],
    3: [("کد", "تخصص", "زمان"), (1, "جغرافیا", 20), (2, "حقوق", 35), ("مجموع", "", 55)],
    4: [("«سخن نخست» (کد ۲)",), ("«سخن دوم» و «سخن سوم» (کد ۱)",)],
}


def study_text(tables: dict[int, list[Row]] | None = None, front: str = FRONT) -> str:
    """A small study, its tables as given in place of the usual ones; None for a table takes it out."""
    parts = [front]
    for number, rows in {**TABLES, **(tables or {})}.items():
        lines = ["\t".join(persian_digits(str(cell)) for cell in row) for row in rows]
        parts += [f"جدول {persian_digits(str(number))}. {TITLES[number]}", "", *lines, "ماخذ: یافته‌ها", ""]
    return "\n".join(parts)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], StudyReading]:
    def reader(text: str) -> StudyReading:
        path = tmp_path / "study.txt"
        path.write_text(text, encoding="utf-8")
        return read_study(path, city=TUS, places=PLACES)

    return reader


def needs(reading: StudyReading) -> dict[str, tuple[str, int, int]]:
    """Label, score and rank by id."""
    scores = {record.need: record for record in reading.records if isinstance(record, Assessment)}
    return {
        record.id: (record.label("fa"), scores[record.id].score or 0, scores[record.id].rank or 0)
        for record in reading.records
        if isinstance(record, Need)
    }


USUAL = {
    "need/econ-01": ("نیاز به راه", 12, 1),
    "need/econ-02": ("نیاز به هتل", 9, 2),
    "need/econ-03": ("نیاز به آمار", 2, 3),
    "need/orgs-01": ("نیاز به زبان", 8, 1),
    "need/orgs-02": ("نیاز به عضویت", 7, 2),
}


def test_a_small_study(read: Callable[[str], StudyReading]) -> None:
    reading = read(study_text())
    assert needs(reading) == USUAL
    assert reading.totals == {
        "panel": 12,
        "needs": 5,
        "needs/economy": 3,
        "needs/organizations": 2,
        "interviews": 2,
        "minutes": 55,
    }
    panel, interviews = (record for record in reading.records if isinstance(record, Study))
    assert (panel.id, panel.participants, panel.date and panel.date.edtf) == ("study/tus-panel", 12, "2014-09-25")
    assert (interviews.id, interviews.participants, interviews.minutes) == ("study/tus-interviews", 2, 55)
    assert reading.source.label("fa") == "پژوهشی دربارهٔ شهر توس"
    assert reading.source.creators == ("نام نویسنده",)
    assert [(p.table, p.row, p.code, p.quotations) for p in reading.passages] == [(4, 1, "2", 1), (4, 2, "1", 2)]


def test_figures_and_ties_of_the_area_of_study(read: Callable[[str], StudyReading]) -> None:
    reading = read(study_text())
    figures = {
        (record.measure or "").removeprefix("measure/"): (
            record.value,
            record.qualifier,
            record.period and record.period.original,
        )
        for record in reading.records
        if isinstance(record, Observation)
    }
    assert figures == {
        "population": (123456, None, "۱۳۹۵"),
        "area": (45, None, None),
        "pilgrims": (2_000_000, "qualifier/more-than", "۱۳۹۲"),
        "tourists": (7000, None, "۱۳۹۲"),
        "diplomatic-missions": (3, None, "۱۳۹۴"),
    }
    assert [record.id for record in reading.records if isinstance(record, Agreement)] == [
        "agreement/sister-city/herat--tus",
        "agreement/sister-city/merv--tus",
        "agreement/memorandum/country-om--tus",
        "agreement/memorandum/balkh--tus",
    ]
    assert [(tie.place, tie.country) for tie in reading.ties] == [
        ("هرات", "خراسان"),
        ("مرو", "خراسان"),
        ("عمان", "عمان"),
        ("بلخ", "خراسان"),
    ]
    # What the wording does not give is said, not guessed.
    assert any("foreign-airlines" in remark.found for remark in reading.remarks)


def test_ties_with_names_that_nobody_knows_are_told_but_no_records(tmp_path: Path) -> None:
    (tmp_path / "study.txt").write_text(study_text(), encoding="utf-8")
    reading = read_study(tmp_path / "study.txt", city=TUS, places={"هرات": "city/tus"})
    assert [tie.place for tie in reading.ties] == ["هرات", "مرو", "عمان", "بلخ"]
    assert not [record for record in reading.records if isinstance(record, Agreement)]
    told = [remark.reading for remark in reading.remarks if "with «" in remark.found]
    assert ["the city itself" in reading for reading in told] == [True, False, False, False]


def test_a_heading_written_from_right_to_left_is_turned_and_reported(read: Callable[[str], StudyReading]) -> None:
    reading = read(study_text(front=FRONT.replace("۲.۲. محدوده", "۱.۲. محدوده")))
    assert {record.locators for record in reading.records if isinstance(record, Observation)} == {("section 2.1",)}
    assert [remark.reading for remark in reading.remarks if remark.found == "section 1.2"] == ["read as 2.1: chapter 2"]


def test_turned_columns_are_read_by_content_and_reported(read: Callable[[str], StudyReading]) -> None:
    header, first, *rest = TABLES[1]
    turned = read(study_text({1: [header, first, *(row[::-1] for row in rest)]}))
    assert needs(turned) == USUAL
    reported = [remark for remark in turned.remarks if "columns" in remark.found]
    assert [re.findall(r"row (\d)", remark.found) for remark in reported] == [["2"], ["3"]]
    lines = study_text({1: [header, first, *(row[::-1] for row in rest)]}).split("\n")
    assert [lines[remark.line - 1].split("\t")[1] for remark in reported] == ["نیاز به هتل", "نیاز به آمار"]
    assert not [remark for remark in read(study_text()).remarks if "columns" in remark.found]


def test_a_whole_table_turned_with_its_header_is_not_odd(read: Callable[[str], StudyReading]) -> None:
    reading = read(study_text({1: [row[::-1] for row in TABLES[1]]}))
    assert needs(reading) == USUAL
    assert not [remark for remark in reading.remarks if "columns" in remark.found]


def test_a_row_broken_over_a_page_is_joined_and_reported(read: Callable[[str], StudyReading]) -> None:
    header, first, second, third = TABLES[1]
    reading = read(study_text({1: [header, first, second, (), ("", "و مهمانسرا", ""), third]}))
    assert needs(reading)["need/econ-02"] == ("نیاز به هتل و مهمانسرا", 9, 2)
    assert needs(reading)["need/econ-03"] == USUAL["need/econ-03"]
    assert [remark.reading for remark in reading.remarks if "without numbers" in remark.found] == [
        "joined to row 2 of table 1"
    ]


@pytest.mark.parametrize("digits", ["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "0123456789"])
def test_digits_of_every_keyboard(read: Callable[[str], StudyReading], digits: str) -> None:
    text = study_text().translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", digits)).replace("ی", "ي").replace("ک", "ك")
    assert needs(read(text)) == USUAL
    assert read(text).totals["minutes"] == 55


def test_header_words_that_are_misread_or_missing_are_reported(read: Callable[[str], StudyReading]) -> None:
    misread = read(study_text({2: [("رتبف", "نیازها", "امتیاز"), *TABLES[2][1:]]}))
    assert needs(misread) == USUAL
    assert any("رتبف" in remark.found and "rank" in remark.reading for remark in misread.remarks)
    missing = read(study_text({2: TABLES[2][1:]}))
    assert needs(missing) == USUAL
    assert any("no header" in remark.found for remark in missing.remarks)


def test_totals_that_do_not_add_up_are_reported(read: Callable[[str], StudyReading]) -> None:
    reading = read(study_text({3: [*TABLES[3][:-1], ("مجموع", "", 56)]}, FRONT.replace("۵ اولویت", "۶ اولویت")))
    assert reading.totals["minutes"] == 55
    found = [remark.found for remark in reading.remarks]
    assert "56 minutes in all by table 3" in found
    assert "6 needs by the text" in found


def test_a_passage_over_two_lines_is_one(read: Callable[[str], StudyReading]) -> None:
    reading = read(study_text({4: [("«سخنی که",), ("دراز است» (کد ۲)",), ("بی‌کد",), ("«سخن دوم» (کد ۱)",)]}))
    assert [(p.row, p.code) for p in reading.passages] == [(1, "2"), (2, "1")]
    assert {"passage 1 of table 4 runs over lines", "words outside the passages of table 4"} <= {
        remark.found for remark in reading.remarks
    }


@pytest.mark.parametrize(
    ("tables", "message", "at"),
    [
        ({1: [*TABLES[1][:-1], (3, "نیاز به آمار", 13)]}, "above the size of the panel", "نیاز به آمار"),
        ({1: [*TABLES[1][:-1], (7, "نیاز به آمار", 9)]}, "cannot be told apart", "نیاز به آمار"),
        ({1: [*TABLES[1][:-1], (3, "نیاز به آمار", "")]}, "cannot be told apart", "نیاز به آمار"),
        ({1: [*TABLES[1][:-1], (3, 4, 9)]}, "cannot be told apart", "۳\t۴\t۹"),
        ({1: [("ردیف", "نیازها", "امتیاز")]}, "has no rows", "جدول ۱."),
        ({1: [("همه با هم در یک خط",)]}, "neither cells nor coded passages", "جدول ۱."),
        ({4: [("«سخن» (کد ۹)",)]}, "nobody who was interviewed", "(کد ۹)"),
    ],
)
def test_what_cannot_be_read_safely_is_an_error_with_its_line(
    read: Callable[[str], StudyReading], tables: dict[int, list[Row]], message: str, at: str
) -> None:
    text = study_text(tables)
    with pytest.raises(InputError, match=message) as caught:
        read(text)
    assert caught.value.line is not None
    assert at in text.split("\n")[caught.value.line - 1]


def test_a_missing_table_is_an_error_with_the_line_that_speaks_of_it(read: Callable[[str], StudyReading]) -> None:
    text = study_text(front=FRONT + "\nچند نمونه در جدول ۲ آمده است.").replace("جدول ۲. ", "")
    with pytest.raises(InputError, match="table 2 is missing") as caught:
        read(text)
    assert caught.value.line is not None
    assert "جدول ۲" in text.split("\n")[caught.value.line - 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty text"),
        ("عنوان\nمتنی بی جدول", "size of the panel"),
        ("عنوان\nپنل (با شرکت ۱۲ تن)", "no table of needs"),
        (study_text().replace("بخش سازمان‌ها", "بخش اقتصاد"), "second table of needs on one axis"),
        (study_text().replace("بخش سازمان‌ها", "بخش دیگر"), "axis of table 2 cannot be told"),
        (study_text().replace("جدول ۲.", "جدول ۱."), "table 1 has two captions"),
        (study_text({4: TABLES[3]}), "second table of interviews"),
        (study_text().replace("۳ مهر ماه", "۳۱ مهر ماه"), "no such day"),
    ],
)
def test_texts_that_are_no_such_study(read: Callable[[str], StudyReading], text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(text)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_study(tmp_path / "none.txt")
    (tmp_path / "other.txt").write_bytes("جدول".encode("cp1256"))
    with pytest.raises(InputError, match="UTF-8"):
        read_study(tmp_path / "other.txt")


# --- the study itself -------------------------------------------------------------------------------------------------


def facts(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "facts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def mashhad(shared: Path) -> StudyReading:
    return read_study(shared / "study" / "mashhad-study.fa.txt")


def test_the_study_gives_all_needs_with_their_scores(shared: Path, mashhad: StudyReading) -> None:
    expected = {
        f"need/{row['id']}": (fold(row["label_fa"]), int(row["score"]), int(row["rank"]))
        for row in facts(shared, "needs.tsv")
    }
    assert {key: (fold(label), score, rank) for key, (label, score, rank) in needs(mashhad).items()} == expected
    assert [mashhad.totals[f"needs/{row['id']}"] for row in facts(shared, "axes.tsv")] == [13, 8, 7, 14]
    assert mashhad.totals["needs"] == 42
    assert {record.panel_size for record in mashhad.records if isinstance(record, Assessment)} == {30}


def test_the_study_gives_all_interviewees(shared: Path, mashhad: StudyReading) -> None:
    read = {record.code: record for record in mashhad.records if isinstance(record, Interviewee)}
    rows = facts(shared, "interviewees.tsv")
    assert {code: record.minutes for code, record in read.items()} == {row["code"]: int(row["minutes"]) for row in rows}
    assert mashhad.totals["minutes"] == 347
    different = {row["code"] for row in rows if fold(read[row["code"]].expertise[0].value) != fold(row["expertise_fa"])}
    # The text writes the degree of these two with one letter less than the facts do.
    assert different == {"7", "8"}


def test_the_study_gives_figures_ties_and_passages(shared: Path, mashhad: StudyReading) -> None:
    figures = {record.measure: record.value for record in mashhad.records if isinstance(record, Observation)}
    assert figures == {
        "measure/population": 3062242,
        "measure/area": 328,
        "measure/pilgrims": 22_000_000,
        "measure/tourists": 796069,
        "measure/diplomatic-missions": 8,
        "measure/domestic-flight-destinations": 34,
        "measure/foreign-flight-destinations": 20,
        "measure/foreign-airlines": 10,
    }
    panel = next(record for record in mashhad.records if record.id == "study/mashhad-panel")
    assert isinstance(panel, Study)
    assert panel.date is not None
    assert (panel.date.edtf, panel.participants) == ("2016-01-08", 30)
    assert [tie.kind for tie in mashhad.ties].count("sister-city") == 4
    assert [tie.kind for tie in mashhad.ties].count("memorandum") == 5
    spoken = {(passage.table, passage.code) for passage in mashhad.passages}
    assert spoken == {
        (int(row["locator"].removeprefix("table ")), row["interviewee"])
        for row in facts(shared, "barriers.tsv")
        if row["locator"].startswith("table")
    }


def test_the_oddities_of_the_study_are_reported(shared: Path, mashhad: StudyReading) -> None:
    lines = (shared / "study" / "mashhad-study.fa.txt").read_text(encoding="utf-8").split("\n")
    turned = [remark for remark in mashhad.remarks if "columns" in remark.found]
    assert [re.findall(r"\d+", remark.found) for remark in turned] == [[str(row), "2"] for row in (5, 6, 7, 8)]
    assert all(lines[remark.line - 1].count("\t") == 2 for remark in turned)
    assert sum("joined to row 4 of table 2" in remark.reading for remark in mashhad.remarks) == 1


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_columns_give_the_same_records(shared: Path, mashhad: StudyReading, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    shuffled = []
    for line in (shared / "study" / "mashhad-study.fa.txt").read_text(encoding="utf-8").split("\n"):
        cells = line.split("\t")
        chance.shuffle(cells)
        shuffled.append("\t".join(cells))
    path = tmp_path / "shuffled.txt"
    path.write_text("\n".join(shuffled), encoding="utf-8")
    reading = read_study(path)
    assert reading.records == mashhad.records
    assert reading.totals == mashhad.totals
    assert sum("columns" in remark.found for remark in reading.remarks) > 20
