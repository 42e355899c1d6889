"""Lists whose sides are told by words that nobody knows, and what is left out where nothing tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.loaders.list_words.headers import partly
from citydiplomacy.loaders.proposal.propose import propose

from .test_layouts import facts, read

LISTS = {
    "both_sides": (
        "Northern city,Northern country,Southern city,Southern country,Twinned\n"
        "Bonn,Germany,Chengdu,China,2009\nGraz,Austria,Pécs,Hungary,1989\n",
        "sister-city: Bonn de -- Chengdu cn 2009\nsister-city: Graz at -- Pécs hu 1989\n",
    ),
    "endings_of_words_differ": (
        "Город прибрежный,Страна прибрежная,Город внутренний,Страна внутренняя,Связь\n"
        "Гавр,Франция,Брно,Чехия,побратим\nКиль,Германия,Грац,Австрия,побратим\n",
        "sister-city: Брно cz -- Гавр fr\nsister-city: Грац at -- Киль de\n",
    ),
    "the_first_side": (
        "№;Город РФ;Субъект РФ;Город-побратим;Страна;Год установления связей\n"
        "1;Волгоград;Волгоградская область;Ковентри;Великобритания;1944\n2;Казань;Татарстан;Анталья;Турция;2002\n",
        "sister-city: Анталья tr -- Казань/Татарстан ? 2002\n"
        "sister-city: Волгоград/Волгоградская область ? -- Ковентри gb 1944\n",
    ),
    "ordinals": (
        "الرقم,المدينة الأولى,البلد الأول,المدينة الثانية,البلد الثاني,سنة التوأمة,نوع العلاقة\n"
        "1,بيروت,لبنان,يريفان,أرمينيا,2010,توأمة\n2,تونس,تونس,روما,إيطاليا,2003,صداقة\n",
        "friendship: تونس tn -- روما it 2003\nsister-city: بيروت lb -- يريفان am 2010\n",
    ),
    "capitals_are_no_side": (
        "Nearest city,Former city,Sister city,Country\nRoma,Bonn,Lille,France\nWien,Graz,Kiel,Germany\n",
        "sister-city: Kiel de -- city/own\nsister-city: Lille fr -- city/own\n",
    ),
    "a_region_of_whom_nothing_tells": (
        "Bureau,Province,Sister city,Country\nQazx,Alzanie,Lille,France\nVubn,Norvanie,Kiel,Germany\n",
        "sister-city: Kiel de -- city/own\nsister-city: Lille fr -- city/own\n",
    ),
    "partnerships_of_a_list_without_another_word": (
        "Kommune;Partner;Staat;Art;seit\nGraz;Pula;Kroatien;Partnerschaft;1972\nGraz;Pécs;Ungarn;Freundschaft;1989\n",
        "friendship: Graz ? -- Pécs hu 1989\nsister-city: Graz ? -- Pula hr 1972\n",
    ),
    "partnerships_beside_sister_cities": (
        "Kommune;Partner;Staat;Art;seit\nGraz;Pula;Kroatien;Partnerschaft;1972\n"
        "Graz;Pécs;Ungarn;Städtepartnerschaft;1989\n",
        "cooperation: Graz ? -- Pula hr 1972\nsister-city: Graz ? -- Pécs hu 1989\n",
    ),
    "columns_for_each_partner": (
        "City,Partner 1,Partner 1 country,Year 1,Partner 2,Partner 2 country,Year 2\n"
        "Prague,Berlin,Germany,1995,Kyoto,Japan,1996\nBrno,Leipzig,Germany,1973,,,\n",
        "sister-city: Berlin de -- Prague ? 1995\nsister-city: Brno ? -- Leipzig de 1973\n"
        "sister-city: Kyoto jp -- Prague ? 1996\n",
    ),
    "groups_above_columns_that_are_not_understood": (
        "No.,City in Japan,,Partner abroad,,,Date\n,Prefecture,City,State,City,Country,concluded\n"
        "1,Aichi,Nagoya,California,Los Angeles,USA,1959-04-01\n2,Hyogo,Kobe,Washington,Seattle,USA,1957-10-21\n",
        "sister-city: Kobe/Hyogo ? -- Seattle/Washington us 1957-10-21\n"
        "sister-city: Los Angeles/California us -- Nagoya/Aichi ? 1959-04-01\n",
    ),
    "categories_of_members": (
        "Local authority,Nation,Category,Date of accession,Date of withdrawal\n"
        "Utrecht,Netherlands,Full,2010-05-01,\nZagreb,Croatia,Associate,2013,2019-12-31\n",
        "Utrecht nl in organization/net member 2010-05-01\nZagreb hr in organization/net associate 2013..2019-12-31\n",
    ),
    "in_catalan": (
        "Municipi;Comarca;Ciutat agermanada;País;Any d'agermanament\n"
        "Terrassa;Vallès Occidental;Pàmies;França;1961\nReus;Baix Camp;Astorga;Espanya;1997\n",
        "sister-city: Astorga es -- Reus/Baix Camp ? 1997\n"
        "sister-city: Pàmies fr -- Terrassa/Vallès Occidental ? 1961\n",
    ),
    "in_vietnamese": (
        "STT,Thành phố,Thành phố kết nghĩa,Quốc gia,Năm ký kết\n"
        "1,Hà Nội,Warszawa,Ba Lan,2000\n2,Huế,Rennes,Pháp,1993\n",
        "sister-city: Huế ? -- Rennes fr 1993\nsister-city: Hà Nội ? -- Warszawa pl 2000\n",
    ),
    "a_list_with_another_column_of_cities_is_nobodys_own": (
        "Place,Qazx town,Country,Year\nCupar,Halle,Germany,1990\nElgin,Landshut,Germany,1956\n",
        "alone: Cupar ?\nalone: Elgin ?\n",
    ),
    "places_of_a_district": (
        "Local Authority,Place,Linked place,Linked country,First linked\nFife,Dunfermline,Trondheim,Norway,1945\n"
        "Fife,Cupar,Coudekerque,France,1990\nAngus,Forfar,Chabanais,France,\n",
        "sister-city: Chabanais fr -- Forfar ?\nsister-city: Coudekerque fr -- Cupar ? 1990\n"
        "sister-city: Dunfermline ? -- Trondheim no 1945\n",
    ),
    "what_stands_in_brackets": (
        "From (city),From (country),To (city),To (country)\nMedellín,Colombia,Bilbao,Spain\n",
        "sister-city: Bilbao es -- Medellín co\n",
    ),
    "missions_in_french": (
        "Ville;Représentation;Pays représenté;Date d'ouverture;Adresse\n"
        "Lyon;Consulat général;Algérie;1963;rue X\nLille;Consulat;Maroc;1970;rue Z\n",
        "dz consulate in Lyon ? 1963\nma consulate in Lille ? 1970\n",
    ),
    "in_greek": (
        "Δήμος;Αδελφοποιημένη πόλη;Χώρα;Έτος αδελφοποίησης\nΑθήνα;Λευκωσία;Κύπρος;1988\nΠάτρα;Μπάρι;Ιταλία;\n",
        "sister-city: Αθήνα ? -- Λευκωσία cy 1988\nsister-city: Μπάρι it -- Πάτρα ?\n",
    ),
    "functions_of_members": (
        "City;Country;Organisation;Function;Term\nLille;France;UCLG;Vice-President;2019-2022\n",
        "Lille fr in UCLG vice-president 2019..2022\n",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list(name: str, tmp_path: Path) -> None:
    text, stated = LISTS[name]
    path = tmp_path / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    found = read(path)
    assert facts(found.records) == sorted(stated.splitlines())
    assert found.report.lost()[0] == 0


@pytest.mark.parametrize("name", ["City official", "City status", "Town hall", "Former city", "City"])
def test_what_is_of_no_side(name: str) -> None:
    assert partly(name) is None


def test_a_region_of_whom_nothing_tells_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LISTS["a_region_of_whom_nothing_tells"][0], encoding="utf-8")
    assert '"Province": "Alzanie"' in read(path).unread()


@pytest.mark.parametrize(
    "header",
    [
        "Visiting city,Country,Host city,Date of visit",
        "City A,Country A,City B,Visit",
        "City with office abroad,Country,Office city,Opened",
        "Northern city,Country,Southern city,Since",
    ],
)
def test_what_ties_cities_is_asked_where_nothing_tells(header: str, tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text(f"{header}\nOsaka,Japan,Hamburg,2019-05-02\nLille,France,Bremen,2020-01-10\n", encoding="utf-8")
    try:
        proposed = propose(path)
    except InputError:
        return
    assert 'constants.kind = "sister-city"' not in proposed


def test_json_of_lists_below_the_names_of_cities(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    sisters = {"Tampere": [{"city": "Łódź", "country": "Poland"}], "Turku": [{"city": "Gdańsk", "country": "Poland"}]}
    path.write_text(json.dumps(sisters), encoding="utf-8")
    assert facts(read(path).records) == ["sister-city: Gdańsk pl -- Turku ?", "sister-city: Tampere ? -- Łódź pl"]


def test_memberships_of_a_city_that_is_not_named_are_asked(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Network,Short name,Member since,Role\nEurocities,EC,1999,full member\nICLEI,,2008,associate\n")
    proposed = propose(path)
    assert 'record = "memberships"' in proposed
    assert 'constants.member = ""  # ?' in proposed


def test_lists_of_a_document(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Sister cities of Nancy", 1)
    for item in ("Newcastle, United Kingdom (1954)", "Karlsruhe, Germany (1955)", "Padua & Este, Italy (1964)"):
        document.add_paragraph(item, style="List Bullet")
    document.add_paragraph("Contact: the office.")
    document.save(str(tmp_path / "list.docx"))
    assert facts(read(tmp_path / "list.docx").records) == [
        "sister-city: Karlsruhe de -- city/own 1955",
        "sister-city: Newcastle gb -- city/own 1954",
        "sister-city: Padua & Este it -- city/own 1964",
    ]
