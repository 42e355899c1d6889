"""Lists as ministries, networks and cities publish them: kinds in more words, marks that repeat the cell above, two
lists in one sheet, several parties in one cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement, City, Membership, Region
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.tables.folder import load_tables

from .test_cases import Told
from .test_layouts import facts, read

LISTS = {
    "kinds_whose_column_nobody_knows_by_name": (
        "Ville;Pays;Ville étrangère;Pays étranger;Forme du lien d'amitié;Date de signature\n"
        "Nantes;France;Cardiff;Royaume-Uni;Jumelage;1964\nNantes;France;Recife;Brésil;Coopération décentralisée;2003\n"
        "Nantes;France;Kindia;Guinée;Pacte d'amitié;1992\n",
        "cooperation: Nantes fr -- Recife br 2003\nfriendship: Kindia gn -- Nantes fr 1992\n"
        "sister-city: Cardiff gb -- Nantes fr 1964\n",
    ),
    "ties_that_are_none_between_cities": (
        "source,target,relation,year\nGraz,Pula,cooperation,1994\nGraz,Pécs,twinned,2003\n"
        "Graz,Bodynet,member of,1995\nBodynet,Lille,headquartered in,1986\n",
        "Graz ? in Bodynet member 1995\n"
        "cooperation: Graz ? -- Pula ? 1994\nsister-city: Graz ? -- Pécs ? 2003\n",
    ),
    "an_end_beside_a_role": (
        "Member since,City,Country,Membership status\n2009,Aarhus,DK,Full member\n"
        "2015,Tirana,AL,Full member (until 2020)\n2012,Graz,AT,Associate\n",
        "Aarhus dk in organization/net member 2009\nGraz at in organization/net associate 2012\n"
        "Tirana al in organization/net member 2015..2020\n",
    ),
    "statuses_in_portuguese": (
        "Município;País;Cidade geminada;País parceiro;Ano;Estado do acordo\n"
        "Beja;Portugal;Salamanca;Espanha;1981;Ativo\n"
        "Beja;Portugal;Fez;Marrocos;2001;Em negociação\nBeja;Portugal;Praia;Cabo Verde;1983;Rescindido\n",
        "sister-city: Beja pt -- Fez ma 2001 negotiated\nsister-city: Beja pt -- Praia cv 1983 ended\n"
        "sister-city: Beja pt -- Salamanca es 1981 active\n",
    ),
    "years_of_two_calendars_and_an_end_in_words": (
        "شهر;کشور;سال خواهرخواندگی;نوع تفاهم;توضیحات\nکربلا;عراق;در دست بررسی;خواهرخواندگی;\n"
        "لاهور;پاکستان;2006;خواهرخواندگی;\nقونیه;ترکیه;1392/3/4;تفاهم‌نامه همکاری;منقضی شده در 1397\n",
        "memorandum: city/own -- قونیه tr 2013-05-25..2018-03-21/2019-03-20\nsister-city: city/own -- لاهور pk 2006\n"
        "sister-city: city/own -- کربلا iq proposed\n",
    ),
    "a_country_under_the_word_for_twins": (
        "Ville,Jumelage Pays,Jumelage Depuis\nBirmingham,Royaume-Uni,1951\nLeipzig,Allemagne,1981\n",
        "sister-city: Birmingham gb -- city/own 1951\nsister-city: Leipzig de -- city/own 1981\n",
    ),
    "an_expiry": (
        "Ciudad;País;Ciudad hermana;País hermano;Fecha de firma;Fecha de vencimiento\n"
        "Medellín;Colombia;Milán;Italia;15 de marzo de 2013;15 de marzo de 2018\nCali;Colombia;Nagoya;Japón;2001;\n",
        "sister-city: Cali co -- Nagoya jp 2001\nsister-city: Medellín co -- Milán it 2013-03-15..2018-03-15\n",
    ),
    "hosts_are_no_members": (
        "network,city,country,role,from,to\nNet,Bonn,Germany,host,2002,\nNet,Graz,Austria,member,1994,\n"
        "Net,Kazan,Russia,treasurer,2019,2022\nNet,Milan,Italy,large city,2016,\n"
        "Net,Linz,Austria,invited guest,2015,\n",
        "Graz at in Net member 1994\nKazan ru in Net treasurer 2019..2022\nMilan it in Net member 2016\n"
        "alone: Bonn de\nalone: Linz at\n",
    ),
    "years_after_a_name_with_brackets": (
        "Sister city\nCopenhagen (Denmark) - 1979\nMoscow (Russia) 2007-2022\nWinnipeg (Canada), since 1971\n",
        "sister-city: Copenhagen dk -- city/own 1979\nsister-city: Moscow ru -- city/own 2007..2022\n"
        "sister-city: Winnipeg ca -- city/own 1971\n",
    ),
    "states_between_names_and_countries": (
        "Ciudad hermana,Desde\n\"Mobile, Alabama (EE. UU.)\",1993\n\"Milán, Italia\",2001\n",
        "sister-city: Milán it -- city/own 2001\nsister-city: Mobile us -- city/own 1993\n",
    ),
    "a_column_of_one_partner_among_others": (
        "City;Twin 1;Twin 2;Twin 3\nLublin (PL);Debrecen (HU);Viseu (PT);\n"
        "Rzeszów (PL);Bielefeld (DE);Klagenfurt (AT);Lviv (UA)\n",
        "sister-city: Bielefeld de -- Rzeszów pl\nsister-city: Debrecen hu -- Lublin pl\n"
        "sister-city: Klagenfurt at -- Rzeszów pl\nsister-city: Lublin pl -- Viseu pt\n"
        "sister-city: Lviv ua -- Rzeszów pl\n",
    ),
    "marks_that_are_letters": (
        "City,Country,Partner city,Partner country,Since\n"
        "दिल्ली,India,パリ,France,1998\nदिल्ली,India,バリ,Indonesia,1999\n"
        "กรุงเทพ,Thailand,दल्ली,India,2001\n",
        "sister-city: दल्ली in -- กรุงเทพ th 2001\nsister-city: दिल्ली in -- バリ id 1999\n"
        "sister-city: दिल्ली in -- パリ fr 1998\n",
    ),
    "years_of_which_one_is_meant": (
        "City,Country,Twin,Twin country,Since\nGraz,Austria,Pula,Croatia,1998/99\nGraz,Austria,Pécs,Hungary,c1989\n"
        "Graz,Austria,Lyon,France,1964-?\nLinz,Austria,Halle,Germany,?–1999\nLinz,Austria,Brno,Czechia,(1995)\n",
        "sister-city: Brno cz -- Linz at 1995\nsister-city: Graz at -- Lyon fr 1964\n"
        "sister-city: Graz at -- Pula hr 1998/1999\n"
        "sister-city: Graz at -- Pécs hu 1989~\nsister-city: Halle de -- Linz at ..1999\n",
    ),
    "kinds_in_more_words": (
        "Partnerstadt;Land;Art der Partnerschaft;seit\nLyon;Frankreich;Städtepartnerschaft;1964\n"
        "Coventry;Vereinigtes Königreich;Städtefreundschaft;1959\nMoskau;Russland;Städtepartnerschaft (ruhend);1988\n"
        "Graz;Österreich;Freundschafts- und Kooperationsvertrag;k. A.\nKumasi;Ghana;Klimapartnerschaft;2013\n",
        "alone: Graz at\nalone: Kumasi gh\nfriendship: Coventry gb -- city/own 1959\n"
        "sister-city: Lyon fr -- city/own 1964\n"
        "sister-city: Moskau ru -- city/own 1988 dormant\n",
    ),
    "kinds_in_italian": (
        "Comune;Gemellato con;Nazione;Dal;Tipo\nTorino;Lione;Francia;1958;gemellaggio\n"
        "Milano;Shanghai;Cina;1979;patto di amicizia\nBari;Durazzo;Albania;1999;memorandum d'intesa\n"
        "Roma;Parigi;Francia;1956;gemellaggio tra scuole\n",
        "alone: Parigi fr\nalone: Roma ?\nfriendship: Milano ? -- Shanghai cn 1979\n"
        "memorandum: Bari ? -- Durazzo al 1999\n"
        "sister-city: Lione fr -- Torino ? 1958\n",
    ),
    "an_instrument_and_its_end": (
        "City,Country,Partner City,Partner Country,Instrument,Signed on,Valid until\n"
        "Qom,Iran,Najaf,Iraq,Memorandum of Understanding,2014-01-01,2019-01-01\n"
        "Qom,Iran,Graz,Austria,Letter of Intent,2016,n.d.\n",
        "memorandum: Graz at -- Qom ir 2016\nmemorandum: Najaf iq -- Qom ir 2014-01-01..2019-01-01\n",
    ),
    "marks_that_repeat": (
        'City;Country;Twin;Twin country;Year\nGraz;Austria;Pécs;Hungary;1989\n"""";"""";Pula;Croatia;1972\n'
        "idem;idem;Coventry;United Kingdom;1957\nLinz;do.;Halle;Germany;1975\n〃;〃;Tampere;Finland;1995\n",
        "sister-city: Coventry gb -- Graz at 1957\nsister-city: Graz at -- Pula hr 1972\n"
        "sister-city: Graz at -- Pécs hu 1989\n"
        "sister-city: Halle de -- Linz at 1975\nsister-city: Linz at -- Tampere fi 1995\n",
    ),
    "a_state_in_two_ways": (
        "City,State,Country,Sister city,Sister country,Year\nToledo,Ohio,USA,Toledo,Spain,1931\n"
        "Toledo,OH,USA,Szeged,Hungary,1990\nPortland,ME,USA,Archangel,Russia,1988\n"
        "Portland,Oregon,USA,Sapporo,Japan,1959\n",
        "sister-city: Archangel ru -- Portland/ME us 1988\nsister-city: Portland/Oregon us -- Sapporo jp 1959\n"
        "sister-city: Szeged hu -- Toledo/Ohio us 1990\nsister-city: Toledo es -- Toledo/Ohio us 1931\n",
    ),
    "parts_of_the_world": (
        "City,Country,Region,Mayor,Year Joined\nAthens,Greece,Europe,A. B.,2007\nAmman,Jordan,MENA,C. D.,2008\n",
        "Amman jo in organization/net member 2008\nAthens gr in organization/net member 2007\n",
    ),
    "cities_and_their_associations": (
        "Member name,Type of member,Country,Joined\nBarcelona,Local government,Spain,2004\n"
        "Association of Municipalities,National association,Netherlands,2004\n",
        "Barcelona es in organization/net member 2004\n",
    ),
    "several_parties_in_a_cell": (
        "Agreement,Parties,Signed on,Signatories,Status\n"
        "MoU on water,Qom (Iran); Lahore (Pakistan); Xi'an (China),2014,Mayor X; Mayor Y; Mayor Z,Expired\n"
        "Twinning,Graz (Austria); Pécs (Hungary),1989,Mayor S; Mayor T,In force\n",
        "memorandum: Lahore pk -- Qom ir -- Xi'an cn 2014 ended\nsister-city: Graz at -- Pécs hu 1989 active\n",
    ),
    "partners_by_number": (
        "city_id,name,country_code,partner_id,since\n1,Graz,AT,2,1989\n2,Pécs,HU,1,1989\n3,Linz,AT,,\n",
        "alone: Linz at\nsister-city: Graz at -- Pécs hu 1989\n",
    ),
    "a_note_without_delimiters": (
        "Twin towns\nCountry,City,Since\nPakistan,Lahore,2006\n,Karachi,2012\nChina,Xi'an,1985\n\n"
        "Source: city hall\n",
        "sister-city: Karachi pk -- city/own 2012\nsister-city: Lahore pk -- city/own 2006\n"
        "sister-city: Xi'an cn -- city/own 1985\n",
    ),
    "two_lists_in_a_file": (
        "City,Country,Partner,Country,Year\nGraz,Austria,Pécs,Hungary,1989\nLinz,Austria,Halle,Germany,1975\n\n"
        "Friendship agreements\nCity,Country,Partner,Country,Year\nGraz,Austria,Xi'an,China,2018\n"
        "Wien,Austria,Brno,Czechia,2001\n\n"
        "City,Network,Since\nGraz,Eurocities,2002\nLinz,ICLEI,1995\n",
        "Graz ? in Eurocities member 2002\nLinz ? in ICLEI member 1995\nfriendship: Brno cz -- Wien at 2001\n"
        "friendship: Graz at -- Xi'an cn 2018\nsister-city: Graz at -- Pécs hu 1989\n"
        "sister-city: Halle de -- Linz at 1975\n",
    ),
    "where_missions_are": (
        "نام نمایندگی,شهر محل استقرار,کشور محل استقرار,نوع نمایندگی\nسرکنسولگری در لاهور,لاهور,پاکستان,سرکنسولگری\n"
        "سفارت در برلین,برلین,آلمان,سفارت\n",
        "ir consulate in لاهور pk\nir embassy in برلین de\n",
    ),
    "a_neo4j_answer": (
        "a.name,a.country,type(r),r.since,b.name,b.country\nGraz,Austria,TWINNED_WITH,1989,Pécs,Hungary\n",
        "sister-city: Graz at -- Pécs hu 1989\n",
    ),
    "korean": (
        "시군구,국가,자매도시,국가,결연일자\n부산,대한민국,시모노세키,일본,1976-10-11\n",
        "sister-city: 부산 kr -- 시모노세키 jp 1976-10-11\n",
    ),
    "swedish": (
        "Kommun;Land;Vänort;Land;År\nUppsala;Sverige;Bærum;Norge;1947\nUppsala;Sverige;Tartu;Estland;saknas\n",
        "sister-city: Bærum no -- Uppsala se 1947\nsister-city: Tartu ee -- Uppsala se\n",
    ),
    "members_in_arabic": (
        "اسم المدينة;الدولة;تاريخ الانضمام;صفة العضوية\nعمان;الأردن;1980;عضو عامل\nأنقرة;تركيا;1985;عضو مراقب\n",
        "أنقرة tr in organization/net observer 1985\nعمان jo in organization/net member 1980\n",
    ),
    "signings_and_renewals": (
        "Comune;Comune estero;Nazione estera;Rinnovo;Firma\nTorino;Lione;Francia;2008;1958\n"
        "Milano;Francoforte;Germania;1999–2009;1969\n",
        "sister-city: Francoforte de -- Milano ? 1969\nsister-city: Lione fr -- Torino ? 1958\n",
    ),
    "signings_and_renewals_in_persian": (
        "شهر,شهر خواهرخوانده,کشور,تمدید,امضای تفاهم‌نامه\nمشهد,لاهور,پاکستان,1395,1385\n",
        "sister-city: لاهور pk -- مشهد ? 2006-03-21/2007-03-20\n",
    ),
    "dates_under_the_word_for_twins": (
        "Town;Twin town;Country;Twinned in;Current state\nYork;Dijon;France;1953;\n"
        "Hull;Freetown;Sierra Leone;1980;Dormant since 2015\nHull;Rotterdam;Netherlands;1936;Ended in 2010\n",
        "sister-city: Dijon fr -- York ? 1953\nsister-city: Freetown sl -- Hull ? 1980 dormant\n"
        "sister-city: Hull ? -- Rotterdam nl 1936..2010 ended\n",
    ),
    "kinds_in_korean": (
        "지자체명,외국 도시,국가명,체결일,교류형태\n서울,타이베이,대만,1968-03-23,자매결연\n"
        "대구,교토,일본,2010-05-01,우호협력\n",
        "friendship: 교토 jp -- 대구 ? 2010-05-01\nsister-city: 서울 ? -- 타이베이 tw 1968-03-23\n",
    ),
    "states_of_agreements_in_arabic": (
        "المدينة;الدولة;المدينة الشقيقة;الدولة;تاريخ التوقيع;حالة الاتفاقية\nدبي;الإمارات العربية المتحدة;شنغهاي;"
        "الصين;2000;منتهية\nالرباط;المغرب;إسطنبول;تركيا;;قيد الدراسة\n",
        "sister-city: إسطنبول tr -- الرباط ma proposed\nsister-city: دبي ae -- شنغهاي cn 2000 ended\n",
    ),
    "ends_in_dutch": (
        "Gemeente,Stedenband met,Land,Sinds,Beëindigd\nTilburg,Same,Tanzania,1987,2015\n"
        "Tilburg,Matagalpa,Nicaragua,1986,\n",
        "sister-city: Matagalpa ni -- Tilburg ? 1986\nsister-city: Same tz -- Tilburg ? 1987..2015\n",
    ),
    "schools_among_cities": (
        "Kommune;Partner;Partnerland;Art;Beginn\nBonn;Potsdam;Deutschland;Städtepartnerschaft;1988\n"
        "Bonn;Gymnasium Nr. 5;Polen;Schulpartnerschaft;2001\nBonn;Oxford;Großbritannien;Städtepartnerschaft;1947\n",
        "sister-city: Bonn ? -- Oxford gb 1947\nsister-city: Bonn ? -- Potsdam de 1988\n",
    ),
    "renewals_alone": (
        "City,Twin,Country,Renewal\nGraz,Pécs,Hungary,2009–2014\nGraz,Pula,Croatia,2012–2016\n",
        "sister-city: Graz ? -- Pula hr\nsister-city: Graz ? -- Pécs hu\n",
    ),
}  # fmt: skip


def test_numbers_of_cities_are_no_cities(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Year,Number of sister cities,Country\n2001,12,France\n2002,13,France\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column is recognised as a city"):
        read(path)


def test_what_stands_between_a_name_and_its_country_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('Ciudad hermana\n"Mobile, Alabama (EE. UU.)"\n"Milán, Italia"\n"Lima, Perú"\n', encoding="utf-8")
    cities = [each for each in read(path).records if isinstance(each, City)]
    assert [alias.value for city in cities for alias in city.aliases] == ["Mobile, Alabama (EE. UU.)"]


@pytest.mark.parametrize(("text", "right"), LISTS.values(), ids=LISTS.keys())
def test_what_a_list_states(tmp_path: Path, text: str, right: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    assert facts(read(path, **{"constants.sender": "country/ir"}).records) == sorted(right.splitlines())


def test_roles_below_years(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "City,Country,2015,2018\nUtrecht,NL,member,member\nMalmö,SE,,observer\nBergen,NO,observer,\n", encoding="utf-8"
    )
    found = read(path)
    assert facts(found.records) == [
        "Bergen no in organization/net observer",
        "Malmö se in organization/net observer",
        "Utrecht nl in organization/net member",
    ]
    told = [each.attested.edtf for each in found.records if isinstance(each, Membership) and each.attested]
    assert sorted(told) == ["2015", "2018", "2018"]
    assert not found.unread()


def test_schools_are_told_as_no_cities(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("City,Twin\nGraz,Pécs\nGraz,Pula\nLinz,University of Halle\nLinz,Halle\n", encoding="utf-8")
    assert 'rows "Twin" = "University of Halle"' in read(path).unread()


def test_a_second_list_in_a_sheet_is_one_of_its_own(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [
        ["City", "Country", "Sister city", "Country", "Year"],
        ["Graz", "Austria", "Pécs", "Hungary", 1989],
        ["Linz", "Austria", "Halle", "Germany", 1975],
        [],
        ["City", "Country", "Friendship city", "Country", "Year", "Mayor"],
        ["Graz", "Austria", "Xi'an", "China", 2018, "A. B."],
        ["Linz", "Austria", "Brno", "Czechia", 1988, "C. D."],
    ]:
        sheet.append(row)
    book.save(path := tmp_path / "list.xlsx")
    found = read(path)
    assert facts(found.records) == [
        "friendship: Brno cz -- Linz at 1988",
        "friendship: Graz at -- Xi'an cn 2018",
        "sister-city: Graz at -- Pécs hu 1989",
        "sister-city: Halle de -- Linz at 1975",
    ]
    assert 'column "Mayor": "A. B."' in found.unread()
    (fates,) = found.report.fates.values()
    assert fates.unread == ("Mayor",)
    assert found.report.lost() == (0, 4)


def test_a_row_of_words_is_no_second_header(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("City,Twin,Note\nGraz,Pécs,x\nLinz,Halle,x\n\nCity,Town,Name\nWien,Brno,x\n", encoding="utf-8")
    assert "until" in read(path).toml
    path.write_text("City,Twin,Note\nGraz,Pécs,x\nLinz,Halle,x\nWien,Brno,Name\n\nBari,Bled,x\n", encoding="utf-8")
    assert "until" not in read(path).toml


def test_one_state_is_one_region(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("City,State,Twin\nToledo,Ohio,Szeged\nToledo,OH,Lyon\nParis,TX,Bari\n", encoding="utf-8")
    found = read(path)
    assert sorted(each.label("und") for each in found.records if isinstance(each, Region)) == ["Ohio", "TX"]
    assert 'same = { State = { Ohio = ["OH"] } }  # ? one that is written in two ways' in found.toml


@pytest.mark.parametrize(
    ("encoding", "city", "text"),
    [
        ("cp1250", "Łódź", "Miasto;Województwo;Miasto partnerskie;Państwo\nŁódź;łódzkie;Lwów;Ukraina\n"),
        ("cp1252", "A Coruña", "Ciudad;País;Ciudad hermanada;País;Año\nA Coruña;España;Brest;Francia;1968\n"),
        ("cp1252", "São Tomé", "Cidade;País;Cidade-irmã;País\nSão Tomé;São Tomé e Príncipe;São Paulo;Brasil\n"),
        ("cp1254", "Muğla", "Şehir;Ülke;Kardeş şehir;Ülke\nMuğla;Türkiye;Köln;Almanya\n"),
    ],
)
def test_letters_are_those_that_were_written(tmp_path: Path, encoding: str, city: str, text: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    assert any(city in tie for tie in Told(path).ties())


def test_what_a_kind_was_called_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("City,Twin,Type\nGraz,Pécs,twinning\nLinz,Halle,Friendship pact\n", encoding="utf-8")
    told = {each.kind: each.detail for each in read(path).records if isinstance(each, Agreement)}
    assert told == {
        "agreement-kind/sister-city": ("twinning",),
        "agreement-kind/friendship": ("Friendship pact",),
    }


def test_marks_and_empty_cells_below_one_another(tmp_path: Path) -> None:
    rows = "City,Twin,Year\nGraz,Pécs,1989\n,Pula,idem\nLinz,Halle,1975\n"
    (tmp_path / "list.csv").write_text(rows, encoding="utf-8")
    table = '[[tables]]\nrecord = "cities"\ncolumns.id = {{ column = "{}", slug = true }}\n'
    (tmp_path / "list.toml").write_text(
        '[source]\nid = "list"\nkind = "dataset"\ntitle_en = "A list"\n'
        '[defaults]\nfile = "list.csv"\nfill = ["City"]\nditto = ["idem"]\n'
        '[[tables]]\nrecord = "agreements"\ncolumns.start = "Year"\nconstants.kind = "sister-city"\n'
        'columns.parties = { columns = ["City", "Twin"], slug = true }\n'
        + "".join(map(table.format, ("City", "Twin"))),
        encoding="utf-8",
    )
    (loaded,) = load_tables(tmp_path / "list.toml", LoadReport()).sources
    told = {each.parties: each.start and each.start.edtf for each in loaded.records if isinstance(each, Agreement)}
    assert told == {
        ("city/graz", "city/pecs"): "1989",
        ("city/graz", "city/pula"): "1989",
        ("city/halle", "city/linz"): "1975",
    }
