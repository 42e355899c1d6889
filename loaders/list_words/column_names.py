"""What columns of lists are called, in English, Persian, German and French; all words folded.

A name of a column is read word by word: each says what stands in it (`city`, `country`, `start`), whose side of a tie
it is (`A`, `second`, `partner`), or nothing more. A name with a word that is not here is not recognised.
"""

from __future__ import annotations

from citydiplomacy.graph.language.text import fold


def by_word(**words: str) -> dict[str, str]:
    """Words by what they say, of which the first counts where one is listed twice."""
    return {fold(word): what for what, listed in reversed(words.items()) for word in listed.split(", ")}


FIRST, SECOND = 1, 2
"""The sides of a tie."""

SIDES = {
    word: side
    for side, listed in (
        (
            FIRST,
            "1, a, i, from, origin, source, src, first, own, home, اول, نخست, یکم, مبدا, مبدأ, erste, "
            "erster, von, premiere, premier, origine, depart",
        ),
        (
            SECOND,
            "2, b, ii, to, destination, dest, target, second, partner, partners, twin, twins, twinned, "
            "sister, other, "
            "counterpart, foreign, دوم, مقصد, خواهر, خواهرخوانده, خواهرشهر, همتا, دیگر, طرف مقابل, zweite, "
            "zweiter, "
            "nach, ziel, deuxieme, seconde, jumelee, jumele, jumelage, partenaire, partenaires, arrivee, "
            "hermana, hermano, hermanada, gemella, gemellata, gemellato, gemellate, irma, kardes, побратим, побратимы, "
            "التوأم, الشقيقة, توأم",
        ),
    )
    for word in map(fold, listed.split(", "))
}

TWINS = frozenset(
    map(
        fold,
        [
            "twin",
            "twins",
            "twinned",
            "twinning",
            "sister",
            "خواهر",
            "خواهرخوانده",
            "خواهرشهر",
            "partnerstadt",
            "jumelee",
            "jumele",
            "jumelage",
            "hermana",
            "hermanada",
            "gemella",
            "gemellata",
            "gemellato",
            "irma",
            "kardes",
            "побратим",
            "التوأم",
            "الشقيقة",
        ],
    )
)
"""Words by which a column says that a tie is one of sister cities."""

MISSING = frozenset(
    map(
        fold,
        [
            "of",
            "the",
            "in",
            "on",
            "by",
            "for",
            "name",
            "names",
            "no",
            "der",
            "die",
            "das",
            "des",
            "de",
            "du",
            "la",
            "le",
            "l",
            "نام",
            "با",
            "شهرستان",
            "bezeichnung",
            "nom",
            "host",
            "hosting",
            "میزبان",
            "partnerschaft",
            "stadtepartnerschaft",
            "accord",
            "vertrag",
            "code",
            "partnership",
            "cooperation",
            "international",
            "internationale",
            "full",
            "official",
            "representation",
            "current",
            "englisch",
            "english",
            "en",
            "fa",
        ],
    )
)
"""Words that say nothing more."""

COLUMNS = by_word(
    city="city, cities, town, towns, municipality, municipalities, commune, local government, local authority, "
    "member city, "
    "city name, full name, name, label, title, item, locality, settlement, شهر, شهرها, نام شهر, نام, شهرداری, عنوان, "
    "stadt, stadte, ort, gemeinde, kommune, ville, nom, municipalite, ciudad, citta, municipio, "
    "comune, cidade, sehir, kent, город, المدينة, مدينة",
    country="country, countries, country name, country code, nation, iso, iso2, iso3, iso code, کشور, نام کشور, "
    "land, staat, "
    "pays, code pays, pais, paese, landercode, landerkurzel, stato, ulke, страна, الدولة, البلد, دولة",
    region="state, province, region, county, department, prefecture, district, استان, bundesland, kreis, provinz, "
    "departement, departamento, provincia, regione, il",
    latitude="latitude, lat, y, عرض جغرافیایی, عرض, breite, breitengrad, geographische breite",
    longitude="longitude, lon, lng, long, x, طول جغرافیایی, طول, lange, langengrad, geographische lange",
    coordinates="coordinates, coordinate, coords, coord, geo, location, مختصات, مختصات جغرافیایی, koordinaten, "
    "coordonnees",
    population="population, pop, inhabitants, جمعیت, einwohner, einwohnerzahl, bevolkerung, habitants",
    network="network, networks, organisations, organizations, netzwerke, reseaux, شبکه ها, "
    "network name, organization, organisation, association, club, شبکه, سازمان, نهاد, انجمن, "
    "netzwerk, "
    "verband, verein, reseau",
    role="role, membership, membership type, type of membership, member type, نقش, سمت, نوع عضویت, rolle, "
    "mitgliedschaft, "
    "mitgliedsart, statut",
    status="status, tie status, zustand, وضعیت, etat",
    start="year, since, start, begin, creation, created, inception, opened, opening, date of opening, "
    "year opened, beginning, date, signed, established, start date, start year, date of signing, from year, "
    "year of twinning, date of agreement, year signed, twinning year, twinned since, partnership since, سال, "
    "تاریخ, آغاز, "
    "شروع, از, از سال, سال آغاز, تاریخ امضا, سال امضا, تاریخ شروع, jahr, seit, datum, beginn, annee, depuis, "
    "debut, signature, anno, ano, año, fecha, data, desde, dal, yil, tarih, год, дата, السنة, سنة, التاريخ",
    joined="joined, year of joining, date of joining, member since, joining year, year joined, accession, "
    "date of accession, "
    "سال عضویت, تاریخ عضویت, عضو از, beitritt, beitrittsjahr, mitglied seit, adhesion, date d adhesion, "
    "annee d adhesion, "
    "membre depuis",
    end="end, until, till, ended, end date, end year, expiry, expires, terminated, to year, valid until, "
    "left, closed, closure, dissolved, withdrawn, date of leaving, exit, پایان, "
    "تا, تا سال, "
    "سال پایان, تاریخ پایان, ende, bis, fin, jusqu a, jusque",
    attested="attested, checked, as of, seen, retrieved, last seen, accessed",
    wikidata="wikidata, qid, wikidata id, wikidata item, wikidata qid, wd, ویکی داده, ویکیداده",
    geonames="geonames, geoname id, geonames id, geonameid",
    id="id, code, key, identifier, kennung, شناسه, کد, identifiant, cle",
    kind="kind, agreement, type, type of agreement, agreement type, relation, relationship, "
    "type of relationship, category, "
    "نوع, نوع پیوند, نوع رابطه, نوع توافق, art, art der partnerschaft, nature, edge label, edge type",
    note="note, notes, remark, remarks, comment, comments, description, details, یادداشت, توضیح, توضیحات, ملاحظات, "
    "bemerkung, bemerkungen, anmerkung, anmerkungen, remarque, remarques, commentaire",
    sender="operator, sender, sending state, sending country, represented country, represents, "
    "country represented, کشور فرستنده, "
    "فرستنده, نماینده, entsendestaat, pays d envoi",
    acronym="acronym, abbreviation, short name, کوته نوشت, abkurzung, sigle, acronyme",
    founded="founded, foundation, founding year, year founded, established in, تاسیس, سال تاسیس, gegrundet, "
    "grundungsjahr, fonde, "
    "fondation",
    homepage="url, website, web, homepage, home page, site, link, وبگاه, وبسایت, webseite, site web",
    address="reference, references, ref, source url, citation, منبع, مرجع, quelle, beleg",
)
"""By a name of a column: what stands in it."""
