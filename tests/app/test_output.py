"""What commands print: data on stdout, talk on stderr, in five formats and two languages."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from citydiplomacy.graph.model.records import City, Source
from citydiplomacy.graph.model.sources import SourceRecords
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store import writer
from citydiplomacy.output import Format, rows

from .conftest import Run

ROWS = [
    ("info",),
    ("sources",),
    ("validate",),
    ("questions",),
    ("questions", "sister-cities"),
    ("query", "sister-cities", "city=Mashhad"),
    ("query", "statistics", "city=Tehran"),
    ("show", "Mashhad"),
    ("compare", "Mashhad", "Tehran"),
    ("gaps", "Mashhad"),
    ("recommend", "Mashhad", "--top", "3"),
    ("influence",),
]
"""Every command that prints rows."""


@pytest.mark.parametrize("arguments", ROWS, ids=" ".join)
def test_json_is_json(citydip: Run, arguments: tuple[str, ...]) -> None:
    ran = citydip(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    data = json.loads(ran.out)
    assert data
    assert arguments != ("validate",) or {row["severity"] for row in data} == {"WARN"}


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("arguments", ROWS, ids=" ".join)
def test_csv_and_tsv_are_tables_of_one_width(
    citydip: Run, arguments: tuple[str, ...], form: str, delimiter: str
) -> None:
    ran = citydip(*arguments, "-f", form)
    assert ran.code == 0, ran.err
    header, *rows = csv.reader(io.StringIO(ran.out), delimiter=delimiter)
    assert len(set(header)) == len(header)
    assert all(len(row) == len(header) for row in rows)
    assert rows or arguments == ("validate",)


@pytest.mark.parametrize("form", ["table", "md"])
@pytest.mark.parametrize("lang", ["en", "fa"])
@pytest.mark.parametrize("arguments", [row for row in ROWS if row[0] != "validate"], ids=" ".join)
def test_tables_for_people_come_in_both_languages(
    citydip: Run, arguments: tuple[str, ...], form: str, lang: str
) -> None:
    ran = citydip(*arguments, "-f", form, "-l", lang)
    assert ran.code == 0, ran.err
    assert ("|" in ran.out) >= (form == "md")
    assert re.search("[آ-ی]" if lang == "fa" else "[A-Za-z]", ran.out)


def test_every_format_says_the_same(citydip: Run) -> None:
    question = ("query", "needs-above-half", "city=Mashhad")
    in_json: list[dict[str, Any]] = json.loads(citydip(*question, "-f", "json").out)
    in_csv = list(csv.DictReader(io.StringIO(citydip(*question, "-f", "csv").out)))
    in_tsv = list(csv.DictReader(io.StringIO(citydip(*question, "-f", "tsv").out), delimiter="\t"))
    assert len(in_json) == 31
    assert in_csv == in_tsv == [{name: str(value) for name, value in row.items()} for row in in_json]
    table = citydip(*question, "-f", "md").out
    for row in in_json:
        assert row["need_name"] in table


def test_persian_tables_have_persian_digits_labels_and_dates(citydip: Run) -> None:
    ran = citydip("query", "needs-by-axis", "city=مشهد", "--lang", "fa")
    assert "سازمان‌های بین‌المللی" in ran.out
    assert "۱۳" in ran.out
    assert not re.search(r"\d", ran.out, re.ASCII)
    assert "نیازها به محور" in ran.err
    assert not re.search(r"[0-9]", ran.err), "digits of the talk are Persian too"
    studies = citydip("query", "studies", "city=مشهد", "-l", "fa").out
    assert "۱۸ دی ۱۳۹۴" in studies, "dates are Solar Hijri"
    assert "8 January 2016" in citydip("query", "studies", "city=مشهد").out


def test_data_for_programs_have_ascii_digits_and_iso_dates_in_either_language(citydip: Run) -> None:
    for lang in ("en", "fa"):
        rows = json.loads(citydip("query", "studies", "city=Mashhad", "-f", "json", "-l", lang).out)
        panel = next(row for row in rows if row["study"] == "study/mashhad-panel")
        assert (panel["date"], panel["participants"]) == ("2016-01-08", 30)


def test_no_number_has_digits_that_only_the_computing_gave(capsys: pytest.CaptureFixture[str]) -> None:
    computed = 34.300000000000004, 0.1 + 0.2, 5.0, Decimal("34.30")
    for form, expected in {
        Format.CSV: "a,b,c,d\n34.3,0.3,5.0,34.30\n",
        Format.TSV: "a\tb\tc\td\n34.3\t0.3\t5.0\t34.30\n",
        Format.MD: "| 34.3 | 0.3 | 5 | 34.30 |",
    }.items():
        rows("abcd", "abcd", [computed], form)
        assert expected in capsys.readouterr().out
    rows("abcd", "abcd", [computed], Format.JSON)
    assert json.loads(capsys.readouterr().out) == [{"a": 34.3, "b": 0.3, "c": 5, "d": 34.3}]


@pytest.mark.parametrize("network", ["agreements", "newman"])
def test_measures_are_told_without_them(citydip: Run, network: str) -> None:
    out = citydip("influence", "--top", "500", "-n", network, "-f", "csv").out
    assert re.search(r"\d\.\d{5}", out)
    assert not re.search(r"\.\d*(0{5}|9{5})\d+\b", out.replace("e-", ""))


def test_talk_stays_off_stdout(citydip: Run) -> None:
    ran = citydip("query", "needs-above-half", "city=Mashhad", "-f", "csv")
    assert ran.err == ""
    table = citydip("query", "needs-above-half", "city=Mashhad")
    assert table.err.strip() == "Needs above half of the panel (Mashhad): 31 of 42 (74 %)"
    assert "31 of 42" not in table.out


def test_one_source_is_no_sources(citydip: Run) -> None:
    assert "told by 1 source\n" in citydip("show", "need/orgs-01").err
    assert re.search(r"told by [2-9]\d* sources\n", citydip("show", "city/mashhad").err)
    assert re.search(r"told by 2 sources in 1 voice\n", citydip("show", "membership/amf/tehran/secretariat-host").err)


def test_compare_headlines_have_numbers_in_either_language(citydip: Run) -> None:
    for lang, digit in (("en", "[0-9]"), ("fa", "[۰-۹]")):
        ran = citydip("compare", "Mashhad", "Tehran", "--lang", lang, "--format", "json")
        headlines = json.loads(ran.out)["headlines"]
        assert headlines
        assert sum(bool(re.search(digit, headline)) for headline in headlines) > len(headlines) / 2
        assert all(re.search("[آ-ی]", headline) for headline in headlines) == (lang == "fa")


@pytest.mark.parametrize(
    "name", ["Mashhad", "mashhad", "MESHED", "مشهد", "مشـهد", "city/mashhad", "Q121157", "q121157", "Meshhed"]
)
def test_a_city_answers_to_all_its_names(citydip: Run, name: str) -> None:
    ran = citydip("show", name)
    if ran.code == 2:
        assert "Mashhad (city/mashhad)" in ran.err, "did you mean"
        assert name == "Meshhed"
    else:
        assert "Mashhad (city/mashhad)" in ran.err


def test_an_address_elsewhere_is_a_name_too(citydip: Run) -> None:
    same = "https://www.wikidata.org/entity/Q121157"
    assert "city/mashhad" in citydip("show", same).err


def test_show_tells_which_claim_stands_and_which_differ(citydip: Run) -> None:
    rows = json.loads(citydip("show", "city/mashhad", "-f", "json").out)
    latitude = {row["merged"]: row["sources"] for row in rows if row["property"] == "latitude"}
    assert set(latitude) == {"stands", "differs"}
    assert "wikipedia-sco-mashhad" in latitude["differs"]


def test_influence_of_named_cities_only(citydip: Run) -> None:
    rows = json.loads(citydip("influence", "Mashhad", "تهران", "-f", "json").out)["positions"]
    assert {row["city"] for row in rows} == {"city/mashhad", "city/tehran"}
    assert len(json.loads(citydip("influence", "--top", "5", "-f", "json").out)["ranking"]) == 5


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_hostile_names_stay_text(citydip: Run, tmp_path: Path, form: str) -> None:
    hostile = {
        "one": "<script>alert(1)</script>",
        "two": "'; DROP TABLE cities; --",
        "three": '"quoted", with commas | and bars',
        "four": "} INSERT DATA { <a:a> <a:b> <a:c>;",
        "five": "\u202eright to left",
    }
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "source.toml").write_text('[source]\nid = "hostile"\nkind = "blog"\ntitle_en = "Hostile"\n')
    with (folder / "cities.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "label_en"), *hostile.items()])
    assert citydip("build", folder, "--no-shipped", "--store", tmp_path / "store").code == 0
    for name, label in hostile.items():
        ran = citydip("show", label, "--store", tmp_path / "store", "--format", form)
        assert ran.code == 0, ran.err
        assert f"(city/{name})" in ran.err
        asked = citydip("query", "sister-cities", f"city={label}", "-s", tmp_path / "store", "-f", form)
        assert asked.code == 0, asked.err
    everything = citydip(
        "query", "-", "-s", tmp_path / "store", "-f", form, stdin="SELECT ?n { ?c a schema:City ; skos:prefLabel ?n }"
    )
    if form == "json":
        assert {row["n"] for row in json.loads(everything.out)} == set(hostile.values())
    if form == "csv":
        assert {row["n"] for row in csv.DictReader(io.StringIO(everything.out))} == set(hostile.values())


STEERING = {"id": "hostile", "label_en": "\x1b]0;owned\x07\x1b[31mRed\x9b", "long": "x" * 100_000}


def written(folder: Path, city: City) -> Path:
    """A store with one city, as only a writer without checks lets it through."""
    source = Source(id="source/hostile", kind="evidence-kind/blog", labels=(Text(STEERING["label_en"], "en"),))
    writer.build(folder / "store", [SourceRecords(source, [city])])
    return folder / "store"


@pytest.fixture
def steering(tmp_path: Path) -> Path:
    """A store whose names steer a terminal."""
    label, alias = Text(STEERING["label_en"], "en"), Text(STEERING["long"], "en")
    return written(tmp_path, City(id="city/red", labels=(label,), aliases=(alias,)))


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_the_shapes_speak_the_language_that_is_asked(citydip: Run, tmp_path: Path, lang: str) -> None:
    store = written(tmp_path, City(id="city/x", labels=(Text("X", "en"),), latitude=Decimal(97)))
    ran = citydip("validate", "--shacl", "--store", store, "--lang", lang, "-f", "json")
    assert ran.code == 1
    (said,) = [row["message"] for row in json.loads(ran.out) if row["message"].startswith("City.latitude")]
    assert (
        said
        == {
            "en": "City.latitude: a decimal number, at most one, from -90 to 90.",
            "fa": "City.latitude: عدد دهدهی، حداکثر یکی، از منفی ۹۰ تا ۹۰.",
        }[lang]
    )
    assert ran.err.strip() == {"en": "2 errors, 0 warnings.", "fa": "۲ خطا، ۰ هشدار."}[lang]


@pytest.mark.parametrize(
    "arguments",
    [("sources",), ("show", "city/red"), ("query", "sister-cities", "city=city/red"), ("gaps", "city/red"),
     ("query", "-")],
)  # fmt: skip
@pytest.mark.parametrize("form", ["table", "md", "json", "csv"])
def test_nothing_in_a_store_steers_the_terminal(
    citydip: Run, steering: Path, arguments: tuple[str, ...], form: str
) -> None:
    asked = "SELECT ?name { ?city a schema:City ; skos:prefLabel ?name }"
    ran = citydip(*arguments, "--store", steering, "-f", form, stdin=asked)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", ran.err)
    if form in ("table", "md"):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", ran.out)
        assert arguments[0] not in ("sources", "show") or r"\x1b[31mRed" in ran.out + ran.err
    elif arguments[1:] == ("-",):
        read = json.loads(ran.out)[0]["name"] if form == "json" else list(csv.reader(io.StringIO(ran.out)))[1][0]
        assert read == STEERING["label_en"], "data stay as they are"


def test_a_long_word_pads_no_table(citydip: Run, steering: Path) -> None:
    ran = citydip("show", "city/red", "--store", steering)
    assert ran.code == 0, ran.err
    assert ran.out.count("x") >= 100_000, "nothing of it is lost"
    assert len(ran.out) < 200_000
    assert max(map(len, ran.out.splitlines())) < 300


def test_csv_for_excel_is_marked_as_utf8_and_has_no_formula(
    citydip: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("=1+1", "+cmd", "-2 x", "@SUM(A1)", "\tx", "-5", "+98 51", "Qom")
    cities = [City(id=f"city/x{at}", labels=(Text(name, "en"),)) for at, name in enumerate(names)]
    writer.build(tmp_path / "store", [SourceRecords(Source(id="source/x", kind="evidence-kind/blog"), tuple(cities))])
    monkeypatch.setenv("CITYDIPLOMACY_STORE", str(tmp_path / "store"))
    query = tmp_path / "names.rq"
    query.write_text(
        'SELECT ?name (-3 AS ?number) { ?c skos:prefLabel ?name FILTER(CONTAINS(STR(?c), "/city/x")) } ORDER BY ?c',
        encoding="utf-8",
    )
    plain, excel = citydip("query", query, "--format", "csv"), citydip("query", query, "--excel", "--format", "csv")
    rows = list(csv.reader(io.StringIO(excel.out.removeprefix("\ufeff"))))[1:]
    assert [row[0] for row in rows] == ["'=1+1", "'+cmd", "'-2 x", "'@SUM(A1)", "'\tx", "-5", "'+98 51", "Qom"]
    assert {row[1] for row in rows} == {"-3"}
    assert excel.out[0] == "\ufeff" != plain.out[0]
    assert "'=1+1" not in plain.out
    assert citydip("query", query, "--excel") == excel
    assert citydip("query", query, "--excel", "--format", "json").code == 2


@pytest.mark.parametrize(("lang", "title"), [("en", "Partner"), ("fa", "طرف")])
def test_csv_for_excel_bears_titles_in_the_language(citydip: Run, tmp_path: Path, lang: str, title: str) -> None:
    asked = ("query", "sister-cities", "city=Mashhad", "--lang", lang)
    head = citydip(*asked, "--excel").out.removeprefix("\ufeff").splitlines()[0].split(",")
    assert title in head
    assert citydip(*asked, "--format", "csv").out.startswith("agreement,partner,partner_name")
    report = ("gaps", "Mashhad", "--lang", lang)
    people = list(csv.reader(io.StringIO(citydip(*report, "--excel").out.removeprefix("\ufeff"))))
    keys = list(csv.reader(io.StringIO(citydip(*report, "--format", "csv").out)))
    assert len(people) == len(keys)
    titles, names = ({tuple(row) for row in rows} for rows in (people, keys))
    assert any(row[0].endswith(":columns") for row in names)
    assert not {row[0] for row in titles} & {row[0] for row in names}
    folder = tmp_path / "report"
    citydip(*report, "--excel", "--output", folder)
    heads = {tuple(next(csv.reader(file.open(encoding="utf-8-sig")))) for file in folder.glob("*.csv")}
    assert all(any(row[1 : len(head) + 1] == head for row in titles) for head in heads if len(head) > 1)


def test_the_sections_of_a_report_become_files(citydip: Run, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    assert citydip("gaps", "Mashhad", "--excel", "--output", folder).out == ""
    sections = json.loads(citydip("gaps", "Mashhad", "--format", "json").out)
    assert {path.stem for path in folder.glob("*.csv")} == sections.keys() - {"parts"}
    with (folder / "headlines.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Sentence"] for row in csv.DictReader(file)] == sections["headlines"]
    refused = citydip("gaps", "Mashhad", "--output", folder)
    assert refused.code == 2
    assert "Add --format csv" in refused.err


def test_ids_come_last_and_only_when_asked(citydip: Run) -> None:
    asked = ("query", "sister-cities", "city=Mashhad")
    plain, ids = citydip(*asked), citydip(*asked, "--ids")
    assert not re.search(r"\b(city|source|agreement)/", plain.out)
    assert all("agreement/" not in line[:60] for line in ids.out.splitlines())
    assert "agreement/sister-city/lahore--mashhad" in ids.out
    data = citydip(*asked, "--format", "csv")
    assert data.out.startswith("agreement,partner,partner_name")


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_values_are_words_and_no_keys(citydip: Run, lang: str) -> None:
    unknown = citydip("query", "unknowns", "city=Mashhad", "--lang", lang).out
    assert ("Agreement" if lang == "en" else "توافق") in unknown
    said = citydip("query", "evidence", "record=agreement/sister-city/lahore--mashhad", "--lang", lang).out
    assert not re.search(r"attested:|prefLabel|cd:", said)
    dated = citydip("query", "evidence", "record=study/mashhad-panel", "--lang", lang).out
    assert "_original" not in dated
    assert ("participants: 30" if lang == "en" else "شرکت‌کنندگان: ۳۰") in dated
    assert ("as the source writes it" if lang == "en" else "به نوشتهٔ منبع") in dated
    disputed = citydip("query", "disputed-claims", "city=Mashhad", "--lang", lang).out
    assert ("status" if lang == "en" else "وضعیت") in disputed
    assert "cd:" not in disputed


@pytest.mark.parametrize("form", ["table", "md"])
def test_a_table_of_a_report_without_rows_says_so_and_has_no_heads(citydip: Run, form: str) -> None:
    ran = citydip("gaps", "Tabriz", "--format", form)
    empty = re.search(r"Needs that no active tie addresses, by votes\n-*\n?(.*)\n", ran.out)
    assert empty is not None
    assert empty[1] == "No row: nothing of this is known here."
    persian = citydip("gaps", "Tabriz", "--format", form, "--lang", "fa")
    assert persian.out.count("بی سطر: در این باره چیزی شناسایی نشده است.") == ran.out.count("No row: ")


def test_values_of_a_dispute_are_in_the_digits_calendar_and_units_of_the_language(citydip: Run) -> None:
    persian = citydip("query", "disputed-claims", "city=Mashhad", "--lang", "fa").out
    english = citydip("query", "disputed-claims", "city=Mashhad").out
    assert "۲۰۰۸ م" in persian
    assert re.search(r"مشهد \(جمعیت، ۲۰۱۶ م\) +مقدار +۳٬۳۷۲٬۰۹۰ +نفر ", persian)
    assert re.search(r"Mashhad \(area, no date\) +value +458 +square kilometres", english)
    told = json.loads(citydip("query", "disputed-claims", "city=Mashhad", "--format", "json").out)
    assert {"property": "cd:value", "value_text": 458, "unit_name": "square kilometres"}.items() <= next(
        row for row in told if row["value_text"] == 458
    ).items()
    said = citydip("query", "evidence", "record=observation/area/mashhad/2016", "--lang", "fa").out
    assert "مقدار: ۸۵۰" in said


def test_a_reader_is_shown_the_note_of_his_language_alone_and_of_names_all(citydip: Run) -> None:
    persian, english = (citydip("show", "Mashhad", "--lang", lang).out for lang in ("fa", "en"))
    assert "می‌خوانند" in persian
    assert "Label, country" not in persian
    assert "Label, country and coordinates agree." in english
    assert "می‌خوانند" not in english
    assert "Mashhad (انگلیسی)، مشهد" in persian
    assert "(en)" not in persian + english
    assert "(fa)" not in persian + english
    data = citydip("show", "Mashhad", "--format", "json").out
    assert "Mashhad (en)" in data
    assert "مشهد (fa)" in data
