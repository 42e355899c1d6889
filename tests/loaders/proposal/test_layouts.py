"""Lists in layouts that are common in public: what each states is what is proposed and loaded, no more and no less."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from citydiplomacy.graph.model.records import Agreement, City, Membership, Mission, Observation, Organization, Route
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders import files
from citydiplomacy.loaders.proposal.propose import propose

from .test_cases import Told

LISTS = {
    "marks_and_years": (
        "City,Metropolis,C40,Last visit\nLyon,1986,x,2019\nMilan,x,2009,2018\nPorto,no,,2017\n",
        "alone: Porto ?\n"
        "Lyon ? in C40 member\n"
        "Lyon ? in Metropolis member 1986\n"
        "Milan ? in C40 member 2009\n"
        "Milan ? in Metropolis member\n",
    ),
    "who_is_no_member": (
        "City,Organisation,Member\nGraz,Eurocities,yes\nLinz,Eurocities,no\n",
        "Graz ? in Eurocities member\nalone: Linz ?\n",
    ),
    "membership_yes_or_no": (
        "City,Country,Membership\nGraz,Austria,yes\nLinz,Austria,no\n",
        "Graz at in organization/net member\nalone: Linz at\n",
    ),
    "city_states_are_no_headings": (
        "Sister city,Since\nSingapore,\nLuxembourg,1990\nBonn,1988\n",
        "sister-city: Bonn ? -- city/own 1988\n"
        "sister-city: Luxembourg ? -- city/own 1990\n"
        "sister-city: Singapore ? -- city/own\n",
    ),
    "mayors_are_no_cities": (
        "City,Country,Twin city mayor\nGraz,Austria,Attila\nLinz,Austria,Egbert\n",
        "alone: Graz at\nalone: Linz at\n",
    ),
    "airports_of_sister_cities": (
        "City,Airport,Sister city,Country\nGraz,GRZ,Pécs,Hungary\n",
        "sister-city: Graz ? -- Pécs hu\n",
    ),
    "czech": (
        "Partnerské město;Země;Od roku\nLipsko;Německo;1973\nVídeň;Rakousko;1995\n",
        "sister-city: Lipsko de -- city/own 1973\nsister-city: Vídeň at -- city/own 1995\n",
    ),
    "header_over_two_lines_in_persian": (
        "ردیف,شهر,کشور,تاریخ,,وضعیت\n"
        ",,,امضا,پایان,\n"
        "1,لاهور,پاکستان,1385/02/12,,فعال\n"
        "2,کراچی,پاکستان,1391/02/20,1396/02/20,پایان‌یافته\n",
        "sister-city: city/own -- لاهور pk 2006-05-02 active\n"
        "sister-city: city/own -- کراچی pk 2012-05-09..2017-05-10 ended\n",
    ),
    "wiki_flags": (
        'Sister city,Since\n"🇩🇪 Bonn, Germany",1988\n"🇵🇱 Opole, Poland",1997\n"🇮🇹 Ferrara, Italy",2005\n',
        "sister-city: Bonn de -- city/own 1988\n"
        "sister-city: Ferrara it -- city/own 2005\n"
        "sister-city: Opole pl -- city/own 1997\n",
    ),
    "wikitext_cells": (
        "City,Twin town,Country,Year\n"
        "[[Oxford]],[[Bonn]],{{flag|Germany}},1947\n"
        "[[Oxford]],[[Grenoble]],{{flag|France}},1989\n"
        '[[Oxford]],"[[León, Nicaragua|León]]",{{flag|Nicaragua}},1986<ref name=x/>\n',
        "sister-city: Bonn de -- Oxford ? 1947\n"
        "sister-city: Grenoble fr -- Oxford ? 1989\n"
        "sister-city: León ni -- Oxford ? 1986\n",
    ),
    "html_entities": (
        "Ville,Pays,Ville jumel&eacute;e,Pays de la ville jumel&eacute;e,Depuis\n"
        "Saint-L&ocirc;,France,M&uuml;nchen,Allemagne,1966\n"
        "Orl&eacute;ans,France,W&uuml;rzburg,Allemagne,1960\n",
        "sister-city: München de -- Saint-Lô fr 1966\nsister-city: Orléans fr -- Würzburg de 1960\n",
    ),
    "german_list": (
        "Partnerstädte der Stadt Graz\n"
        "Stand: 31.12.2020\n"
        "\n"
        "Partnerstadt;Land;Seit;Bemerkung\n"
        "Coventry;Vereinigtes Königreich;17. Mai 1957;\n"
        "Groningen;Niederlande;1964;\n"
        "Montclair;USA;1950;älteste\n"
        "Pula;Kroatien;1972;ruht seit 1991\n"
        "Quelle: Stadt Graz;;;\n",
        "sister-city: Coventry gb -- city/own 1957-05-17\n"
        "sister-city: Groningen nl -- city/own 1964\n"
        "sister-city: Montclair us -- city/own 1950\n"
        "sister-city: Pula hr -- city/own 1972\n",
    ),
    "french_dates": (
        "Commune;Code département;Région;Commune partenaire;Pays;Date du jumelage\n"
        "Rennes;35;Bretagne;Exeter;Royaume-Uni;1er juin 1956\n"
        "Rennes;35;Bretagne;Brno;République tchèque;1965\n"
        "Brest;29;Bretagne;Kiel;Allemagne;14 mars 1964\n",
        "sister-city: Brest/Bretagne ? -- Kiel de 1964-03-14\n"
        "sister-city: Brno cz -- Rennes/Bretagne ? 1965\n"
        "sister-city: Exeter gb -- Rennes/Bretagne ? 1956-06-01\n",
    ),
    "turkish": (
        "Sıra No;Kardeş Şehir;Ülke;Anlaşma Tarihi;Meclis Kararı\n"
        "1;Köln;Almanya;15.03.1997;1997/123\n"
        "2;Barselona;İspanya;17.01.1997;1997/12\n"
        "3;Şam;Suriye;2.5.2006;2006/88\n",
        "sister-city: Barselona es -- city/own 1997-01-17\n"
        "sister-city: Köln de -- city/own 1997-03-15\n"
        "sister-city: city/own -- Şam sy 2006-05-02\n",
    ),
    "russian": (
        "№;Город-побратим;Страна;Дата подписания соглашения\n"
        "1;Гамбург;Германия;12 апреля 1957 г.\n"
        "2;Мельбурн;Австралия;28 ноября 1989 г.\n"
        "3;Стамбул;Турция;1990\n",
        "sister-city: city/own -- Гамбург de 1957-04-12\n"
        "sister-city: city/own -- Мельбурн au 1989-11-28\n"
        "sister-city: city/own -- Стамбул tr 1990\n",
    ),
    "arabic": (
        "المدينة,الدولة,المدينة التوأم,دولة المدينة التوأم,السنة\n"
        "عمّان,الأردن,بغداد,العراق,١٩٨٥\n"
        "القاهرة,مصر,إسطنبول,تركيا,١٩٨٨\n",
        "sister-city: إسطنبول tr -- القاهرة eg 1988\nsister-city: بغداد iq -- عمّان jo 1985\n",
    ),
    "chinese": (
        "序号,我方城市,外方城市,国别,结好日期\n"
        "1,上海市,横滨市,日本,1973年11月30日\n"
        "2,上海市,大阪市,日本,1974年4月18日\n"
        "3,广州市,福冈市,日本,1979年5月2日\n",
        "sister-city: 上海市 ? -- 大阪市 jp 1974-04-18\n"
        "sister-city: 上海市 ? -- 横滨市 jp 1973-11-30\n"
        "sister-city: 广州市 ? -- 福冈市 jp 1979-05-02\n",
    ),
    "japanese": (
        "都道府県,自治体名,提携自治体名,国名,提携年月日\n"
        "神奈川県,横浜市,上海市,中華人民共和国,1973年11月30日\n"
        "京都府,京都市,パリ市,フランス,1958年6月15日\n"
        "北海道,札幌市,ポートランド市,アメリカ合衆国,昭和34年11月17日\n",
        "sister-city: パリ市 fr -- 京都市/京都府 ? 1958-06-15\n"
        "sister-city: ポートランド市 us -- 札幌市/北海道 ? 1959-11-17\n"
        "sister-city: 上海市 cn -- 横浜市/神奈川県 ? 1973-11-30\n",
    ),
    "korean": (
        "도시,자매도시,국가,체결일\n서울,도쿄,일본,1988-09-03\n부산,후쿠오카,일본,1989.10.24\n",
        "sister-city: 도쿄 jp -- 서울 ? 1988-09-03\nsister-city: 부산 ? -- 후쿠오카 jp 1989-10-24\n",
    ),
    "members_by_year": (
        "City,Country,Region,Joined,Status\n"
        "Accra,Ghana,Africa,2012,Active\n"
        "Lagos,Nigeria,Africa,2008,Inactive\n"
        "Amman,Jordan,Central East Asia,2013,Active\n",
        "Accra gh in organization/net member 2012 active\n"
        "Amman jo in organization/net member 2013 active\n"
        "Lagos ng in organization/net member 2008 dormant\n",
    ),
    "signatories": (
        "Signatory;Country;Population;Date of adhesion;Commitments;Status\n"
        "Zaragoza;Spain;674.317;25 Apr 2011;2020, 2030;Active\n"
        "Braga;Portugal;181.494;13 Oct 2011;2020;On hold\n"
        "Tunis;Tunisia;1.056.247;;2030;Withdrawn\n",
        "Braga pt in organization/net member 2011-10-13 dormant\n"
        "Braga pt population=181494\n"
        "Tunis tn in organization/net member ended\n"
        "Tunis tn population=1056247\n"
        "Zaragoza es in organization/net member 2011-04-25 active\n"
        "Zaragoza es population=674317\n",
    ),
    "embassies": (
        "Country,Mission,City,Address,Phone\n"
        'Germany,Embassy,Tehran,"Ferdowsi Ave 320",+98 21 39990000\n'
        'Pakistan,Consulate-General,Mashhad,"Imam Khomeini Ave",+98 51 38544088\n'
        "Turkey,Consulate General,Tabriz,,\n",
        "de embassy in Tehran ?\npk consulate in Mashhad ?\ntr consulate in Tabriz ?\n",
    ),
    "ranges": (
        "City A,City B,Period\n"
        "Graz,Pécs,1989–1995\n"
        "Linz,Halle,1975 - present\n"
        "Wien,Zagreb,1994-\n"
        "Bern,Thun,until 2003\n",
        "sister-city: Bern ? -- Thun ? ..2003\n"
        "sister-city: Graz ? -- Pécs ? 1989..1995\n"
        "sister-city: Halle ? -- Linz ? 1975\n"
        "sister-city: Wien ? -- Zagreb ? 1994\n",
    ),
    "persian_office": (
        "شهرداری مشهد,,,,\n"
        "فهرست خواهرخوانده\u200cها,,,,\n"
        "ردیف,نام شهر,کشور,تاریخ امضای تفاهم\u200cنامه,ملاحظات\n"
        "۱,لاهور,پاکستان,۱۳۸۵/۰۲/۱۲,\n"
        "۲,کراچی,پاکستان,اردیبهشت ۱۳۹۱,غیرفعال\n"
        "۳,ارومچی,جمهوری خلق چین,۱۳۹۴,\n"
        "جمع,۳,,,\n",
        "sister-city: city/own -- ارومچی cn 2015-03-21/2016-03-19\n"
        "sister-city: city/own -- لاهور pk 2006-05-02\n"
        "sister-city: city/own -- کراچی pk 2012-04-20/2012-05-20 dormant\n",
    ),
    "printed_pages": (
        "City,Country,Sister City,Country,Year\n"
        "Graz,Austria,Pécs,Hungary,1989\n"
        "Linz,Austria,Halle,Germany,1975\n"
        "Page 1 of 2,,,,\n"
        "City,Country,Sister City,Country,Year\n"
        "Wien,Austria,Zagreb,Croatia,1994\n"
        "Wels,Austria,Tábor,Czechia,1995\n"
        "Page 2 of 2,,,,\n",
        "sister-city: Graz at -- Pécs hu 1989\n"
        "sister-city: Halle de -- Linz at 1975\n"
        "sister-city: Tábor cz -- Wels at 1995\n"
        "sister-city: Wien at -- Zagreb hr 1994\n",
    ),
    "country_headings": (
        "Sister city,Established,Notes\nGermany,,\nBonn,1988,\nDresden,1995,\nFrance,,\nLyon,2001,friendship\n",
        "sister-city: Bonn de -- city/own 1988\n"
        "sister-city: Dresden de -- city/own 1995\n"
        "sister-city: Lyon fr -- city/own 2001\n",
    ),
    "matrix_years": (
        "City,Country,C40,Eurocities,ICLEI\nLyon,France,,1986,2005\nMilan,Italy,2009,1989,\nPorto,Portugal,,,2012\n",
        "Lyon fr in Eurocities member 1986\n"
        "Lyon fr in ICLEI member 2005\n"
        "Milan it in C40 member 2009\n"
        "Milan it in Eurocities member 1989\n"
        "Porto pt in ICLEI member 2012\n",
    ),
    "matrix_years_fa": (
        "شهر,متروپلیس,یو\u200cسی\u200cال\u200cجی\nتهران,۱۳۷۱,۱۳۸۴\nمشهد,۱۳۷۳,\n",
        "تهران ? in متروپلیس member 1992-03-21/1993-03-20\n"
        "تهران ? in یو\u200cسی\u200cال\u200cجی member 2005-03-21/2006-03-20\n"
        "مشهد ? in متروپلیس member 1994-03-21/1995-03-20\n",
    ),
    "kinds_by_columns": (
        "City,Country,Sister city,Friendship city\nLyon,France,x,\nLeipzig,Germany,,x\nMilan,Italy,x,x\n",
        "friendship: Leipzig de -- city/own\n"
        "friendship: Milan it -- city/own\n"
        "sister-city: Lyon fr -- city/own\n"
        "sister-city: Milan it -- city/own\n",
    ),
    "several_with_countries": (
        "City,Sister cities\n"
        'Graz,"Pécs (Hungary), Pula (Croatia), Montclair (USA)"\n'
        'Linz,"Halle (Germany), Linköping (Sweden)"\n',
        "sister-city: Graz ? -- Montclair us\n"
        "sister-city: Graz ? -- Pula hr\n"
        "sister-city: Graz ? -- Pécs hu\n"
        "sister-city: Halle de -- Linz ?\n"
        "sister-city: Linköping se -- Linz ?\n",
    ),
    "countries_first": (
        "Year;Partner country;Partner city;Country;City\n"
        "1989;Hungary;Pécs;Austria;Graz\n"
        "1975;Germany;Halle;Austria;Linz\n",
        "sister-city: Graz at -- Pécs hu 1989\nsister-city: Halle de -- Linz at 1975\n",
    ),
    "spaces_and_marks_unseen": (
        "City\u00a0Name,Country,Twin\u00a0town,Twin\u00a0country,Year\n"
        "Graz\u00a0,Austria,\u00a0Pécs,Hungary,1989\u00a0\n"
        "\u200bLinz,Austria,Halle\u00a0(Saale),Germany,1975\n",
        "sister-city: Graz at -- Pécs hu 1989\nsister-city: Halle (Saale) de -- Linz at 1975\n",
    ),
    "member_period": (
        "City,Country,Network,Membership period\n"
        "Lyon,France,Eurocities,1986-present\n"
        "Oslo,Norway,Eurocities,1989-2014\n",
        "Lyon fr in Eurocities member 1986\nOslo no in Eurocities member 1989..2014\n",
    ),
    "spanish": (
        "Ciudad;País;Ciudad hermana;País de la ciudad hermana;Fecha de hermanamiento;Estado\n"
        "Zaragoza;España;Pau;Francia;8 de octubre de 1960;Vigente\n"
        "Sevilla;España;Kansas City;Estados Unidos;1969;Suspendido\n",
        "sister-city: Kansas City us -- Sevilla es 1969 dormant\n"
        "sister-city: Pau fr -- Zaragoza es 1960-10-08 active\n",
    ),
    "sister_states": (
        "City,State,Sister State,Country,Year\nColumbus,Ohio,Hubei,China,1979\n",
        "alone: Columbus/Ohio ?\n",
    ),
    "partner_and_type_cols": (
        "Stadt;Art der Verbindung;Partner;Land;Beginn;Ende\n"
        "Köln;Städtepartnerschaft;Lille;Frankreich;1958;\n"
        "Köln;Städtefreundschaft;Rio de Janeiro;Brasilien;2011;\n"
        "Köln;Projektpartnerschaft;Treptow-Köpenick;Deutschland;1990;2005\n",
        "alone: Treptow-Köpenick de\n"
        "friendship: Köln ? -- Rio de Janeiro br 2011\n"
        "sister-city: Köln ? -- Lille fr 1958\n",
    ),
    "french_two_sides": (
        "Ville française;Département;Ville étrangère;Pays;Année\n"
        "Tours;37;Luxembourg;Luxembourg;1962\n"
        "Lyon;69;Francfort;Allemagne;1960\n",
        "sister-city: Francfort de -- Lyon/69 ? 1960\nsister-city: Luxembourg lu -- Tours/37 ? 1962\n",
    ),
    "councils": (
        "Council,Twinned with,Country,Date of twinning,Contact email\n"
        "Oxford City Council,Bonn,Germany,1947,a@b.org\n"
        "Coventry City Council,Volgograd,Russia,1944,c@d.org\n",
        "sister-city: Bonn de -- Oxford City Council ? 1947\n"
        "sister-city: Coventry City Council ? -- Volgograd ru 1944\n",
    ),
    "member_yes_no": (
        "City,Country,Member of UCLG,Member of Metropolis\n"
        "Lyon,France,yes,no\n"
        "Milan,Italy,no,yes\n"
        "Porto,Portugal,yes,\n",
        "Lyon fr in UCLG member\nMilan it in Metropolis member\nPorto pt in UCLG member\n",
    ),
    "events": (
        "Event,City,Country,Date\nUrban Forum,Medellín,Colombia,2014\nUrban Forum,Kuala Lumpur,Malaysia,2018\n",
        "alone: Kuala Lumpur my\nalone: Medellín co\n",
    ),
    "visits": (
        "Date,Visitor,City,Country\n2014-05-01,Mayor,Lahore,Pakistan\n2015-06-01,Deputy mayor,Milan,Italy\n",
        "alone: Lahore pk\nalone: Milan it\n",
    ),
    "fa_members": (
        "نام شهر;استان;نام مجمع;سال عضویت;نوع عضویت\n"
        "مشهد;خراسان رضوی;مجمع شهرداران آسیایی;۱۳۸۷;عضو هیئت مدیره\n"
        "تبریز;آذربایجان شرقی;متروپلیس;۱۳۹۲;عضو اصلی\n",
        "تبریز/آذربایجان شرقی ? in متروپلیس member 2013-03-21/2014-03-20\n"
        "مشهد/خراسان رضوی ? in مجمع شهرداران آسیایی board-member 2008-03-20/2009-03-20\n",
    ),
    "fa_consulates": (
        "کشور;نوع نمایندگی;شهر;سال تأسیس\n"
        "پاکستان;سرکنسولگری;مشهد;۱۳۵۰\n"
        "ترکیه;کنسولگری;تبریز;۱۳۲۰\n"
        "آلمان;سفارت;تهران;۱۳۳۰\n",
        "de embassy in تهران ? 1951-03-22/1952-03-20\n"
        "pk consulate in مشهد ? 1971-03-21/1972-03-20\n"
        "tr consulate in تبریز ? 1941-03-21/1942-03-20\n",
    ),
    "chinese_by_province": (
        "省份,城市,外国友好城市,国家,结好时间\n"
        "江苏省,南京市,名古屋市,日本,1978.12.21\n"
        "江苏省,南京市,圣路易斯市,美国,1979年11月2日\n",
        "sister-city: 南京市/江苏省 ? -- 名古屋市 jp 1978-12-21\n"
        "sister-city: 南京市/江苏省 ? -- 圣路易斯市 us 1979-11-02\n",
    ),
    "russian_two_sides": (
        "Город России;Зарубежный город-партнёр;Страна;Год\nКазань;Тебриз;Иран;2009\nАстрахань;Решт;Иран;1999\n",
        "sister-city: Астрахань ? -- Решт ir 1999\nsister-city: Казань ? -- Тебриз ir 2009\n",
    ),
    "footnote_rows": (
        "City,Country,Twin,Year\n"
        "Graz,Austria,Pécs[a],1989[1]\n"
        "Linz,Austria,Halle[b],1975[2]\n"
        "[1] City archive,,,\n"
        "[a] since 1990 also partner,,,\n",
        "sister-city: Graz at -- Pécs ? 1989\nsister-city: Halle ? -- Linz at 1975\n",
    ),
    "codes_of_countries_after_names": (
        'City,Twin\n"Graz, AUT","Pécs, HUN"\n"Linz, AUT","Halle, DEU"\n',
        "sister-city: Graz at -- Pécs hu\nsister-city: Halle de -- Linz at\n",
    ),
    "status_words": (
        "City,Twin,Status\n"
        "Graz,Pécs,Active partnership\n"
        "Linz,Halle,Terminated in 2010\n"
        "Wien,Zagreb,Paused since 2022\n",
        "sister-city: Graz ? -- Pécs ? active\n"
        "sister-city: Halle ? -- Linz ? ..2010 ended\n"
        "sister-city: Wien ? -- Zagreb ? dormant\n",
    ),
}

ASKED = {"constants.parties": "city/own", "constants.organization": "organization/net"}
"""What a list does not say of itself, and whoever looks at the proposal fills in."""


def facts(records: Iterable[Record]) -> list[str]:
    """What records say, a line each, with the cities as the list names them, their states and their countries."""
    known = {record.id: record for record in records}
    told: set[str] = set()

    def last(of: str | None) -> str:
        return (of or "?").rpartition("/")[2]

    def name(of: str) -> str:
        told.add(of)
        record = known.get(of)
        if not isinstance(record, City):
            return record.label("und") if isinstance(record, Organization) else of
        region = f"/{known[record.region].label('und')}" if record.region else ""  # type: ignore[attr-defined]
        return f"{record.label('und')}{region} {last(record.country)}"

    def life(tie: Agreement | Membership | Mission) -> str:
        until = f"..{tie.end.edtf}" if tie.end else ""
        dates = f" {tie.start.edtf if tie.start else ''}{until}" if tie.start or tie.end else ""
        return dates + (f" {last(tie.status)}" if tie.status else "")

    lines = []
    for record in known.values():
        match record:
            case Agreement():
                parties = " -- ".join(sorted(map(name, record.parties)))
                lines.append(f"{last(record.kind)}: {parties}{life(record)}")
            case Membership():
                lines.append(f"{name(record.member)} in {name(record.organization)} {last(record.role)}{life(record)}")
            case Mission():
                lines.append(f"{last(record.sender)} {last(record.kind)} in {name(record.host)}{life(record)}")
            case Route():
                lines.append(f"flight: {name(record.origin)} > {name(record.destination)}")
            case Observation():
                lines.append(f"{name(record.area)} {last(record.measure)}={record.value}")
    alone = [each.id for each in known.values() if isinstance(each, City | Organization) and each.id not in told]
    return sorted(lines + [f"alone: {name(each)}" for each in alone])


def read(path: Path, **more: str) -> Told:
    def filled(toml: str) -> str:
        for key, value in {**ASKED, **more}.items():
            toml = toml.replace(f'{key} = ""', f'{key} = "{value}"')
        return toml

    return Told(path, edit=filled)


@pytest.mark.parametrize(("text", "right"), LISTS.values(), ids=LISTS.keys())
def test_what_a_list_states(tmp_path: Path, text: str, right: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    assert facts(read(path).records) == sorted(right.splitlines())


def test_flights_are_routes_and_other_traffic_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Origin,Destination,Airline\nMashhad,Najaf,Iran Air\n", encoding="utf-8")
    assert facts(read(path).records) == ["flight: Mashhad ? > Najaf ?"]
    for header in ("from,to,passengers", "University,City,Partner university,Partner city"):
        path.write_text(header + "\n" + ",".join("ABCD"[: header.count(",") + 1]) + "\n", encoding="utf-8")
        assert 'constants.kind = ""  # ?' in read(path, **{"constants.kind": "cooperation"}).toml


def test_years_under_unknown_names_are_no_memberships(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("City,Country,Renewed,Last audit\nGraz,Austria,2001,2014\n", encoding="utf-8")
    found = read(path)
    assert facts(found.records) == ["alone: Graz at"]
    assert '"Renewed": "2001"' in found.unread()


def test_missions_of_a_country_that_the_list_does_not_name(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Host country,Host city,Mission type\nFrance,Paris,Embassy\nIndia,Mumbai,Consulate General\n")
    assert facts(read(path, **{"constants.sender": "country/ir"}).records) == [
        "ir consulate in Mumbai in",
        "ir embassy in Paris fr",
    ]


ROWS = [
    ["City", "Country", "Twin", "Twin country"],
    ["Graz", "Austria", "Pécs", "Hungary"],
    ["Graz", "Austria", "Pula", "Croatia"],
]
PAGE = (
    "<html><head><style>td {}</style></head><body><table><tr><td>menu</td></tr></table>"
    "<table><caption>Twins</caption>"
    "<tr><th>City<th>Country</th><th>Twin</th><th>Twin country</th></tr><tr><td rowspan=2>Graz</td>"
    "<td rowspan=2>Austria</td><td>P&eacute;cs</td><td>Hungary</td></tr><tr><td>Pula<td>Croatia</table></body></html>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", PAGE.encode()),
        ("saved by a program.xls", PAGE.encode()),
        ("unicode text.txt", "\n".join(map("\t".join, ROWS)).encode("utf-16")),
    ],
)
def test_pages_and_texts_with_tabs(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert files.lacks_mapping(path)
    assert facts(read(path).records) == ["sister-city: Graz at -- Pula hr", "sister-city: Graz at -- Pécs hu"]


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("A study.\n\tOne line has a tab.\nTwo\tthree.\nجدول ۱. نیازها\n", False),
        ("City | Twin\nGraz | Pula\n", True),
        ("City;Twin\nGraz;Pula\n", True),
        ("Sister cities\nGraz\nPula\n", True),
    ],
)
def test_a_text_that_numbers_its_tables_is_no_list(tmp_path: Path, text: str, is_list: bool) -> None:
    path = tmp_path / "study.txt"
    path.write_text(text, encoding="utf-8")
    assert files.lacks_mapping(path) is is_list


@pytest.mark.parametrize(
    ("numbers", "right"),
    [(["1.234", "12.345"], ["1234", "12345"]), (["1'234", "5"], ["1234", "5"]), (["1234.50", "2"], ["", "2"])],
)
def test_points_between_thousands(tmp_path: Path, numbers: list[str], right: list[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"City;Population\nGraz;{numbers[0]}\nLinz;{numbers[1]}\n", encoding="utf-8")
    cities = zip(("Graz", "Linz"), right, strict=True)
    told = [f"{city} ? population={number}" for city, number in cities if number]  # no half of a person is told
    assert [fact for fact in facts(read(path).records) if "population" in fact] == told


def test_the_rule_of_a_table_in_text_is_no_second_line_of_its_header(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    rows = ("From | To | Type | Since", "--- | --- | --- | ---", "Toledo | C40 | member of | 1950")
    path.write_text("\n".join(f"| {row} |" for row in rows) + "\n| Toledo | Valencia | sister city | 1950")
    assert 'where = { Type = ["member of"] }' in propose(path)
    assert facts(read(path).records) == ["Toledo ? in C40 member 1950", "sister-city: Toledo ? -- Valencia ? 1950"]
