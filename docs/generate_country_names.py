"""Write loaders/data/country-names.csv: what countries are called in many languages, from Unicode CLDR by way of Babel.

    python -m pip install babel && python docs/generate_country_names.py

Babel is 30 MB and is needed for this alone, so the names are kept and it is not. Names in English and Persian stand in
loaders/data/countries/ already.
"""

from __future__ import annotations

import csv
from pathlib import Path

from babel import Locale
from babel.core import get_global

LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el es et eu fi fo fr ga gl he hi hr hu hy id is it ja ka kk km ko ku ky lb "
    "lo lt lv mk mn ms mt my nb ne nl pl ps pt ro ru si sk sl so sq sr sv sw ta tg th tk tr uk ur uz vi zh zh_Hant"
)
"""Those that lists of cities are met in: of Europe, Asia and the United Nations."""

WITHDRAWN = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}
"""Codes of three letters that ISO 3166-1 gave to a country before."""

DATA = Path(__file__).parents[1] / "loaders" / "data"


def main() -> None:
    """Write the table: a row a country, its code of three letters and its names. Names that stand there already stay:
    lists go on calling a country as CLDR did before."""
    locales = [Locale.parse(language) for language in LANGUAGES.split()]
    aliases = get_global("territory_aliases")
    letters = {codes[0]: name for name, codes in aliases.items() if _is_current(name, codes)}
    with (DATA / "countries" / "countries.csv").open(encoding="utf-8", newline="") as file:
        countries = list(csv.DictReader(file))
    with (DATA / "country-names.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"]: row["names"].split("|") for row in csv.DictReader(file)}
    with (DATA / "country-names.csv").open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(("id", "code3", "names"))
        for country in countries:
            code = country["code"]
            names = {locale.territories[code] for locale in locales if code in locale.territories}
            names.update(filter(None, known.get(country["id"], ())))
            write.writerow((country["id"], letters[code], "|".join(sorted(names))))


def _is_current(name: str, codes: list[str]) -> bool:
    return len(name) == 3 and name.isalpha() and len(codes) == 1 and name not in WITHDRAWN


if __name__ == "__main__":
    main()
