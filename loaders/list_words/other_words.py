"""Words by which a column says that it, or its list, tells of something else than sister cities; all folded."""

from __future__ import annotations

from ..cells.concept_words import words

HOSTS = words("host, hosting, receiving, میزبان, پذیرنده, gastland, empfangsstaat, accueil, hote")
"""Words by which a column says that it is of where missions are."""
FLIGHTS = words(
    "flight, flights, airline, airlines, airport, airports, iata, icao, carrier, aircraft, airfare, پرواز, "
    "پروازها, فرودگاه, ایرلاین, هواپیمایی, flug, fluge, flughafen, fluggesellschaft, vols, aeroport, vuelo, "
    "vuelos, aerolinea, aeropuerto, havayolu, ucus, havalimani, рейс, рейсы, авиакомпания, аэропорт, 航班, "
    "航空公司, 机场"
)
"""Words by which a column says that a list is one of flights."""
PERSONS = words(
    "mayor, contact, email, mail, phone, website, url, population, founded, size, distance, flag, image, logo, "
    "person, "
    "شهردار, تماس, تلفن, burgermeister, oberburgermeister, maire, alcalde, sindaco, prefeito, burmistrz, "
    "prezydent, мэр, رئيس, عمدة, 市长, 市長"
)
"""Words by which a column tells of a city something else than its name."""
EVENTS = words(
    "event, events, visit, visits, visiting, visited, visitor, visitors, delegation, delegations, conference, "
    "conferences, forum, "
    "meeting, congress, summit, exhibition, رویداد, رویدادها, بازدید, دیدار, سفر, هیئت, همایش, نشست, نمایشگاه, "
    "veranstaltung, besuch, besuche, evenement, visite, visites, evento, visita, etkinlik, ziyaret, событие, "
    "визит"
)
"""Words by which a column says that a list is of what happened in cities."""
OTHER_TIES = words(
    "university, universities, school, schools, college, hospital, hospitals, port, ports, museum, museums, chamber, "
    "company, companies, دانشگاه, مدرسه, بیمارستان, بندر, موزه, شرکت, universitat, schule, universite, ecole, lycee, "
    "universidad, escuela, universita, scuola, universitesi, scuole, schulen, ecoles, lycees, escuelas, escolas, "
    "universidades, okullar, университет, школа, школы, 大学, passengers, train, trains, railway, rail, bus, buses, "
    "ferry, travel, trip, trips, trade, export, exports, import, imports, migrants, migration, flow, flows, tons, "
    "office, offices, bureau, bureaus, bureaux, buro, buros, oficina, oficinas, ufficio, دفتر, دفاتر, tonnes, "
    "freight, capacity, departure, departures, مسافر, مسافران, قطار, اتوبوس, صادرات, واردات, مهاجر, مهاجران, "
    "zug, handel, passagiere, passagers, commerce"
)
"""Words by which a column says that what ties two cities is traffic, or are schools and the like, "
"and no agreement."""
OTHER_CITIES = words(
    "capital, nearest, next, closest, former, previous, old, new, birth, largest, "
    "پایتخت, نزدیکترین, سابق, قدیم, مرکز, hauptstadt, nachste, ehemalige, grosste, capitale, chef, proche, ancienne, "
    "capitale, cercana, antigua, vicina, proxima, antiga, baskent, eski, stolica, столица, бывший, ближайший, "
    "العاصمة, الأقرب, 首都, 首府"
)
"""Words by which a column names another city than one of a tie: the capital, the nearest."""
