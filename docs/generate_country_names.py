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
    "ar az bg bn bs ca cs da de el es et eu fi fr he hi hr hu hy id it ja ka kk ko ku ky lt lv mk ms nb nl pl ps pt ro "
    "ru sk sl sq sr sv sw ta tg th tk tr uk ur uz vi zh zh_Hant"
)
"""Those that lists of cities are met in: of Europe, Asia and the United Nations."""

WITHDRAWN = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}
"""Codes of three letters that ISO 3166-1 gave to a country before."""

DATA = Path(__file__).parents[1] / "loaders" / "data"


def main() -> None:
    """Write the table: a row a country, its code of three letters and its names."""
    locales = [Locale.parse(language) for language in LANGUAGES.split()]
    aliases = get_global("territory_aliases")
    letters = {codes[0]: name for name, codes in aliases.items() if _is_current(name, codes)}
    with (DATA / "countries" / "countries.csv").open(encoding="utf-8", newline="") as file:
        countries = list(csv.DictReader(file))
    with (DATA / "country-names.csv").open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(("id", "code3", "names"))
        for country in countries:
            code = country["code"]
            names = {locale.territories[code] for locale in locales if code in locale.territories}
            write.writerow((country["id"], letters[code], "|".join(sorted(names))))


def _is_current(name: str, codes: list[str]) -> bool:
    return len(name) == 3 and name.isalpha() and len(codes) == 1 and name not in WITHDRAWN


if __name__ == "__main__":
    main()
