"""What columns of lists are called, in many languages; all words folded.

A name of a column is read word by word: each says what stands in it (`city`, `country`, `start`), whose side of a tie
it is (`A`, `second`, `partner`), or nothing more. A name with a word that is not here is not recognised.
"""

from __future__ import annotations

from ..cells.concept_words import by_word, words

FIRST, SECOND = 1, 2
"""The sides of a tie."""

TWINS = words(
    "stedenband, twin, twins, twinned, twinning, sister, خواهر, خواهرخوانده, خواهرشهر, partnerstadt, jumelee, jumele, "
    "jumelage, hermana, hermanada, gemella, gemellata, gemellato, irma, kardes, побратим, التوأم, التوأمة, "
    "الشقيقة, خواهرخواندگی, hermanado, hermanadas, hermanados, hermanas, hermanamiento, gemellaggio, gemellati, "
    "geminada, geminado, geminadas, geminacao, kardeslik, zuster, vanort, testvervaros, vennskapsby, venskabsby, "
    "ystavyyskaupunki, infratit, pobratim, kembar, побратима, 姉妹都市, 友好城市, 姐妹城市, 友城, 자매도시"
)
"""Words by which a column says that a tie is one of sister cities."""

PARTNERS = words(
    "partner, partners, partnership, partnerships, partnerschaft, partnerschaften, partenariat, partenariats, "
    "partenaires, partnerstwo, partnerstwa, партнёры, партнеры"
)
"""Words that sister cities are called by as often as others."""

PARTNERSHIPS = words("partnerschaft, partnerschaften, stadtpartnerschaft, partnerstwo, partnerska, partnerskie")
"""Kinds of ties that are those of sister cities in a list that has no other word for these."""

SIDES = {
    **dict.fromkeys(
        words(
            "1, a, i, from, origin, source, src, first, own, home, us, american, domestic, اول, نخست, یکم, مبدا, "
            "مبدأ, erste, erster, von, premiere, premier, origine, depart, 我方, 中方, 中国, 国内, 日本, "
            "our, الأول, الأولى, первый, первая, первое, primera, primer, primeira, primeiro, prima, primo, birinci, "
            "pierwsze, pierwszy, pierwsza, 甲方, 甲, 自市, 本市, "
            "iranian, ایرانی, داخلی, francaise, francais, deutsche, российский, россии, polskie, espanola, italiana"
        ),
        FIRST,
    ),
    **dict.fromkeys(
        words(
            "vinabaer, vinabaeir, their, الثاني, الثانية, второй, вторая, второе, segunda, segundo, seconda, secondo, "
            "ikinci, drugie, drugi, druga, 乙方, 乙, "
            "2, b, ii, to, destination, dest, target, second, partner, partners, twin, twins, twinned, sister, "
            "other, linked, "
            "counterpart, foreign, friendship, friend, freundschafts, دوم, مقصد, خواهر, خواهرخوانده, خواهرشهر, همتا, "
            "دیگر, طرف مقابل, zweite, zweiter, nach, ziel, deuxieme, seconde, jumelee, jumele, jumelage, partenaire, "
            "partenaires, arrivee, hermana, hermano, hermanada, gemella, gemellata, gemellato, gemellate, irma, "
            "kardes, побратим, побратимы, التوأم, الشقيقة, توأم, overseas, abroad, hermanado, hermanadas, "
            "hermanados, "
            "hermanas, hermanamiento, gemellaggio, gemellati, geminada, geminado, geminadas, geminacao, kardeslik, "
            "jumelees, partnerska, partnerskie, partnerskiego, partnera, partnerske, partnerstwa, zuster, "
            "zustersteden, stedenband, vanort, vennskapsby, venskabsby, ystavyyskaupunki, testvervaros, infratit, "
            "agermanada, agermanat, agermanades, agermanament, ket nghia, huu nghi, побратимен, побратимени, "
            "infratite, pobratim, pobratimski, kembar, побратима, "
            "побратимства, побратимских, партнер, التوأمة, شقيقة, خواهرخواندگی, خواهرخوانده "
            "اش, جڑواں, תאומה, 友好, 姉妹, 姐妹, 友城, 자매, αδελφοποιημενη, αδελφη, αδελφοποιησης, αδελφοποιηση, "
            "المتوأمة, "
            "المتوامة, 外方, 对方, 外国, 国外, 海外, 提携, "
            "相手, 结好, 相手国, 외국, 상대, 교류, prijatelj, prijateljski, зарубежный, зарубежного, иностранный, "
            "партнёр, etrangere, etranger, "
            "auslandische, auslandischer, extranjera, extranjero, straniera, straniero, estera, estero, estrangeira, "
            "estrangeiro, yabanci, zagraniczne, zagraniczny, zagraniczna, buitenlandse, utlandsk, "
            "utlandska, utenlandsk, udenlandsk, zahranicni, kulfoldi, ulkomainen, خارجی, أجنبية, الأجنبية"
        ),
        SECOND,
    ),
}

UNTIL = words("to, nach, til, tot, ii")
"""Words for the second side that tell an end above dates."""


MISSING = words(
    "d, time, فعلی, کنونی, aktueller, aktuelle, actuel, actuelle, actual, attuale, atual, mevcut, текущий, الحالية, "
    "当前, "
    "r, rel, اسم, محل, استقرار, مقر, وقوع, of, the, in, on, by, for, name, names, no, der, die, das, des, de, "
    "du, la, "
    "le, l, نام, با, شهرستان, bezeichnung, nom, host, hosting, میزبان, partnerschaft, stadtepartnerschaft, accord, "
    "vertrag, code, partnership, cooperation, international, internationale, full, official, representation, "
    "current, "
    "englisch, english, en, fa, affiliation, establishment, formation, conclusion, signing, twinning, "
    "formed, "
    "concluded, s, beziehung, beziehungen, verbindung, unterzeichnung, abschluss, begrundung, aufnahme, di, del, "
    "della, da, do, el, los, las, et, y, e, firma, acuerdo, convenio, accordo, acordo, assinatura, podpisania, "
    "d, ky ket, ky, угоди, договору, підписання, встановлення, "
    "nawiazania, zawarcia, umowy, wspolpracy, karar, protokol, imza, anlasma, van, het, подписания, соглашения, "
    "الاتفاقية, اتفاقية, التوقيع, توقيع, الاتفاق, انعقاد, امضا, امضای, عقد, قرارداد, تفاهم, تفاهمنامه, نامه, "
    "توافقنامه, برقراری, نمایندگی, ارتباط, همکاری, پیمان, 名, 名称, 的, 側, 先, 명, with, mit, avec, con, com, iz, "
    "مع, معها, met, relations, ties, agreements, است, العلاقة, العلاقات, связей, связи, отношений, установления, "
    "заключения, protocolo, protocollo, "
    "protocole, aftale, av, avtal, avtale, overeenkomst, samenwerking, samarbete"
)
"""Words that say nothing more."""

SIGNINGS = words(
    "signing, firma, signature, unterzeichnung, assinatura, imza, imzalanma, imzalanmasi, podpisanie, podpisania, "
    "podpis, podpisu, podepsani, подписание, подписания, التوقيع, توقيع, امضا, امضای, ondertekening, undertecknande, "
    "tecknat, tecknad, tecknades, "
    "undertecknad, undertecknat, ondertekend, underskrevet, undertegnet, underskrift, undertegnelse, "
    "allekirjoitus, alairas, semnare, semnarea, semnarii, potpis, potpisivanja, "
    "potpisivanje, undirritun, 签署, 签订, 签约, 締結, 调印, 調印, 체결, penandatanganan, "
    "υπογραφη, υπογραφης, חתימה, підписання"
)
"""Words by which a column says that it tells when ties were signed, if nothing else in its name says more."""
RENEWALS = words(
    "renewal, renewals, renewed, reconfirmed, reaffirmed, extension, extended, prolongation, rinnovo, rinnovi, "
    "rinnovato, rinnovata, erneuerung, erneuerungen, erneuert, verlangerung, verlangert, vertragsverlangerung, "
    "renouvellement, renouvele, renouvelee, reconduction, renovacion, renovado, renovada, prorroga, renovacao, "
    "prorrogacao, yenileme, yenilenme, yenilendi, uzatma, odnowienie, odnowiono, przedluzenie, obnova, obnoveni, "
    "prodlouzeni, продление, продлен, возобновление, verlenging, verlengd, vernieuwing, hernieuwd, fornyelse, "
    "fornyet, "
    "fornyad, fornyat, forlangning, uusittu, megujitas, reinnoire, prelungire, endurnyjun, تمدید, تجدید, تجديد, "
    "التجديد, تمديد, 续签, 续约, 更新, 延長, 갱신, 연장"
)
"""Words by which a column says that it tells when ties were renewed: this is no beginning."""

_MEMBERS = (
    "member, members, signatory, signatories, member name, عضو, اعضا, mitglied, mitglieder, membre, membres, "
    "signataire, signataires, unterzeichner, miembro, miembros, membri, uye, uyeler, участник, участники"
)
MEMBERS = words(_MEMBERS)
"""Names of a column of those who belong to the network whose list it is."""

COLUMNS = by_word(
    city=(
        "sveitarfelag, baer, borg, kaupstadur, "
        "city, cities, town, towns, municipality, municipalities, commune, local government, local authority, "
        "council, city council, local council, member city, city name, full name, name, label, title, item, "
        "locality, settlement, place, urban area, metropolitan area, place name, "
        "capital, capital city, پایتخت, hauptstadt, capitale, شهر, شهرها, نام شهر, "
        "نام, شهرداری, عنوان, stadt, stadte, ort, gemeinde, kommune, ville, nom, municipalite, ciudad, citta, "
        "municipio, municipios, comune, comuni, cidade, cidades, ciudades, villes, stadten, orte, gemeinden, "
        "kommunen, "
        "sehir, sehirler, kent, kentler, miasta, gminy, mesta, obce, gemeenten, steden, byer, kommuner, stader, "
        "varosok, gradovi, orase, kaupungit, kunnat, города, municipalities, communities, город, المدينة, مدينة, "
        "community, prefectural city, miasto, gmina, mesto, obec, gemeente, stad, belediye, belediyesi, "
        "belediyeler, collectivite, collectivites, collectivite territoriale, mairie, ayuntamiento, ayuntamientos, "
        "entidad local, autarquia, camara municipal, samorzad, البلدية, بلدية, البلديات, муниципалитет, "
        "муниципальное "
        "образование, sehri, concelho, localidad, localita, "
        "municipi, municipis, ciutat, назва міста, громада, thanh pho, dia phuong, "
        "opstina, opcina, град, община, linn, pilseta, miestas, miesto, kommun, kaupunki, varos, telepules, oras, "
        "grad, kota, πολη, δημος, δημοι, עיר, місто, міста, город россии, مدن, شہر, 城市, "
        "城市名称, 都市, 都市名, 市町村, 市区町村, 自治体, 自治体名, 市, 도시, 시군구, 지자체, 자치단체, 자치단체명, "
        f"{_MEMBERS}"
    ),
    country=(
        "cc, ctry, country, countries, country name, country code, nation, iso, iso2, iso3, iso code, کشور, "
        "نام کشور, land, "
        "staat, pays, code pays, pais, paese, landercode, landerkurzel, stato, ulke, страна, الدولة, البلد, دولة, "
        "nazione, ulkesi, kraj, panstwo, zeme, stat, maa, orszag, tara, drzava, negara, χωρα, מדינה, країна, "
        "страны, quoc gia, nuoc, país, paisos, държава, drzava, riik, valsts, salis, krajina, země, بلد, ملک, 国家, "
        "国名, 国, 國家, 国・地域, 국가, 国别, "
        "国家名称, 所在国, 국가명, 相手国"
    ),
    region=(
        "canton, kanton, cantone, state, province, region, county, department, prefecture, district, استان, "
        "bundesland, kreis, provinz, "
        "departement, departamento, provincia, regione, il, ili, prov, uf, estado, wojewodztwo, powiat, "
        "provincie, comunidad autonoma, lan, okres, zupanija, comarca, distrito, tinh, "
        "регион, область, المحافظة, محافظة, شهرستان, 省, 省份, "
        "州, 都道府県, 都道府県名, 시도, 시도명, provinsi, субъект рф, субъект федерации, субъект"
    ),
    latitude=("latitude, lat, y, عرض جغرافیایی, عرض, breite, breitengrad, geographische breite"),
    longitude=("longitude, lon, lng, long, x, طول جغرافیایی, طول, lange, langengrad, geographische lange"),
    coordinates=(
        "coordinates, coordinate, coords, coord, geo, location, مختصات, مختصات جغرافیایی, koordinaten, coordonnees"
    ),
    population=(
        "population, pop, inhabitants, جمعیت, einwohner, einwohnerzahl, bevolkerung, habitants, poblacion, "
        "populacao, popolazione, abitanti, inwoners, nufus, ludnosc, население, عدد السكان, السكان, 人口"
    ),
    network=(
        "member of, membership in, membership of, mitglied bei, mitglied in, mitgliedschaft in, membre de, "
        "miembro de, "
        "membro di, membro de, عضویت در, عضو در, "
        "network, networks, organisations, organizations, netzwerke, reseaux, شبکه ها, network name, "
        "مجمع, اتحادیه, ائتلاف, organization, organisation, association, club, شبکه, سازمان, نهاد, انجمن, "
        "netzwerk, verband, verein, "
        "reseau"
    ),
    role=(
        "role, membership, membership type, type of membership, type of member, member type, member category, "
        "category of member, صفة العضوية, نوع العضوية, العضوية, tipo de membro, tipo de miembro, uyelik turu, نقش, "
        "سمت, نوع عضویت, function, funktion, fonction, funcion, funzione, funcao, cargo, position in the network, "
        "role in network, rol, ruolo, papel, rolle, mitgliedschaft, mitgliedsart, statut"
    ),
    status=("status, tie status, حالة, zustand, وضعیت, etat, durum, durumu, stan, stato attuale, статус, الحالة, 状态"),
    start=(
        "fra, fra ar, fran, fran ar, fra og med, 签署年份, 签署日期, 签署时间, 签订时间, 签约时间, 建立时间, "
        "结好年份, 缔结年份, 締結年, 提携年, yr, roku, vertragsunterzeichnung, "
        "unterzeichnung, vertragsabschluss, year, since, start, begin, creation, "
        "ouverture, eroffnung, apertura, abertura, acilis, otwarcia, открытия, افتتاح, الافتتاح, first linked, "
        "startjaar, beginjaar, startjahr, anfangsjahr, beginnjahr, startar, first twinned, first signed, created, "
        "inception, est, estd, estab, opened, opening, "
        "date of opening, year opened, beginning, date, "
        "signed, established, "
        "start date, start year, date of signing, from year, year of twinning, date of agreement, year signed, "
        "twinning year, twinned since, partnership since, سال, تاریخ, آغاز, شروع, از, از سال, سال آغاز, تاریخ امضا, "
        "سال امضا, تاریخ شروع, jahr, seit, datum, beginn, annee, depuis, debut, signature, anno, ano, año, fecha, "
        "data, desde, dal, yil, tarih, год, дата, السنة, سنة, التاريخ, period, years, term, periode, zeitraum, دوره, "
        "مدت, vertragsdatum, tarihi, yili, rok, od, jaar, sinds, vuosi, ev, godina, tahun, ετος, ετους, ημερομηνια, "
        "שנה, рік, any, nam, "
        "ngay, година, godina, aasta, gads, metai, с, تاريخ, "
        "منذ, 年, 年份, 日期, 时间, 结好时间, 结好日期, ar, pvm, dato, signed on, date signed, assinado em, "
        "assinatura, 결연일자, 결연일, 결연연도, 체결일자, 체결연도, 缔结日期, 締結日, 締結年月日, 提携年月日, "
        "提携日, 年月日, 연도, 체결일, duration, duree, dauer, laufzeit, duracion, duracao, durata, looptijd, "
        "varighet, "
        "varaktighet, sure, продолжительность, alkaen, vuodesta, eve, kezdete, zacatek, poczatek"
    ),
    joined=(
        "joined, joining, year of accession, data de adesao, fecha de adhesion, anno di adesione, uyelik tarihi, "
        "تاريخ الانضمام, سنة الانضمام, الانضمام, 加入时间, 加入年份, 加盟年, 가입연도, год вступления, дата "
        "вступления, year of joining, date of joining, member since, joining year, year joined, accession, date of "
        "accession, سال عضویت, تاریخ عضویت, عضو از, beitritt, beitrittsjahr, mitglied seit, adhesion, date d "
        "adhesion, annee d adhesion, membre depuis"
    ),
    end=(
        "expired, lapsed, cancelled, canceled, discontinued, ceased, beendet, aufgelost, gekundigt, abgelaufen, "
        "end, until, till, ended, end date, end year, expiry, expires, terminated, to year, valid until, left, "
        "eindjaar, endjahr, slutar, fermeture, schliessung, cierre, chiusura, закрытия, تعطیلی, الإغلاق, closed, "
        "closure, dissolved, "
        "withdrawal, date of withdrawal, withdrawn, date of leaving, exit, پایان, تا, "
        "تا سال, سال پایان, تاریخ پایان, "
        "ende, bis, fin, jusqu a, jusque, sortie, retrait, date de fin, date de sortie, fecha de fin, fecha fin, "
        "fecha final, hasta, baja, data fine, fino al, data de fim, data final, ate, austritt, enddatum, tot, einde, "
        "data zakonczenia, koniec, zakonczenie, konec, vege, bitis, bitis tarihi, окончание, дата окончания, "
        "расторжение, تاريخ الانتهاء, نهاية, الانتهاء, حتى, خاتمه, تاریخ خاتمه, سال خاتمه, 终止时间, 结束时间, 终止, "
        "終了, 終了年, slut, slutt, loppu, 종료, fecha de vencimiento, vencimiento, vencimento, data de vencimento, "
        "vigencia hasta, validade, scadenza, data di scadenza, ablauf, ablaufdatum, gultig bis, echeance, "
        "date d echeance, expiration, date d expiration, gecerlilik tarihi, срок действия, действует до, 有效期至, "
        "有効期限, 만료일, انقضا, تاریخ انقضا, سررسید, expiration date, date of expiry, "
        "expired on, ended on, terminated on, beeindigd, beeindiging, opgezegd, upphort, upphord, avslutat, "
        "avslutad, "
        "opphort, ophort, avsluttet, zakonczono, ukonceno, megszunt, paattynyt, завершено, 종료일, 만료"
    ),
    attested=("attested, checked, as of, seen, retrieved, last seen, accessed"),
    wikidata=("wikidata, qid, wikidata id, wikidata item, wikidata qid, wd, ویکی داده, ویکیداده"),
    geonames=("geonames, geoname id, geonames id, geonameid"),
    id=("id, code, key, identifier, kennung, شناسه, کد, identifiant, cle"),
    kind=(
        "kind, agreement, instrument, type of instrument, legal instrument, form of cooperation, "
        "form of partnership, "
        "type, type of agreement, agreement type, relation, relationship, type of relationship, category, نوع, نوع "
        "پیوند, نوع رابطه, نوع توافق, art, art der partnerschaft, nature, edge label, edge type, tipo, tip, turu, "
        "rodzaj, soort, тип, 类型, 種別, mission, mission type, type of mission, post, type of post, diplomatic "
        "mission, نوع نمایندگی, art der vertretung, vertretung, representation, type de representation, "
        "tipo de representacion, type de mission, typ, avtalstyp, avtaletype, "
        "aftaletype, "
        "교류형태, 교류유형, 결연유형, 결연형태, 협약종류, 유형, 关系类型, 结好类型, 类别, 種類, 提携種別"
    ),
    note=(
        "note, notes, remark, remarks, comment, comments, description, details, یادداشت, توضیح, توضیحات, ملاحظات, "
        "bemerkung, bemerkungen, anmerkung, anmerkungen, remarque, remarques, commentaire, observaciones, "
        "observacoes, nota, notas, aciklama, uwagi, opmerkingen, примечание, 备注, 備考, 비고, "
        "megjegyzes, huomautus, anmarkning, bemaerkning, poznamka, poznamky, napomena, napomene, ملاحظة"
    ),
    parties=(
        "parties, contracting parties, parties to the agreement, participating cities, cities involved, طرفین, "
        "طرف های توافق, شهرهای طرف توافق, vertragsparteien, beteiligte stadte, parties contractantes, "
        "villes parties, "
        "partes, ciudades firmantes, parti, taraflar, стороны, الأطراف"
    ),
    sender=(
        "consulate of, embassy of, mission of, representation of, konsulat von, botschaft von, consulat de, "
        "ambassade "
        "de, operator, sender, sending state, sending country, represented country, represents, country represented, "
        "pays represente, pays represente par, land vertreten, paese rappresentato, pais representado, "
        "کشور فرستنده, فرستنده, نماینده, entsendestaat, pays d envoi"
    ),
    acronym=("acronym, abbreviation, short name, کوته نوشت, abkurzung, sigle, acronyme"),
    founded=(
        "founded, foundation, founding year, year founded, established in, تاسیس, سال تاسیس, gegrundet, "
        "grundungsjahr, fonde, fondation"
    ),
    homepage=("url, website, web, homepage, home page, site, link, وبگاه, وبسایت, webseite, site web"),
    address=("reference, references, ref, source url, citation, منبع, مرجع, quelle, beleg"),
)
"""By a name of a column: what stands in it."""
ALONE = by_word(end="do, til, до, по, al")
"""The same, of names that say it only if nothing else stands in them."""
