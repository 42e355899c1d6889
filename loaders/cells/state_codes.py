"""States and provinces by the codes of their posts, as lists of cities write them beside their names."""

from __future__ import annotations

from functools import cache

from citydiplomacy.graph.language.text import fold

_CODES = {
    "us": (
        "AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado, CT Connecticut, DE Delaware, FL "
        "Florida, GA Georgia, HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, KS Kansas, KY Kentucky, LA "
        "Louisiana, ME Maine, MD Maryland, MA Massachusetts, MI Michigan, MN Minnesota, MS Mississippi, MO Missouri, "
        "MT Montana, NE Nebraska, NV Nevada, NH New Hampshire, NJ New Jersey, NM New Mexico, NY New York, NC North "
        "Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, RI Rhode Island, SC South "
        "Carolina, SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia, WA Washington, WV West "
        "Virginia, WI Wisconsin, WY Wyoming, DC District of Columbia, PR Puerto Rico"
    ),
    "ca": (
        "AB Alberta, BC British Columbia, MB Manitoba, NB New Brunswick, NL Newfoundland and Labrador, NS Nova "
        "Scotia, NT Northwest Territories, NU Nunavut, ON Ontario, PE Prince Edward Island, QC Quebec, SK "
        "Saskatchewan, YT Yukon"
    ),
    "au": (
        "NSW New South Wales, QLD Queensland, SA South Australia, TAS Tasmania, VIC Victoria, WA Western Australia, "
        "ACT Australian Capital Territory, NT Northern Territory"
    ),
    "br": (
        "AC Acre, AL Alagoas, AP Amapá, AM Amazonas, BA Bahia, CE Ceará, DF Distrito Federal, ES Espírito Santo, GO "
        "Goiás, MA Maranhão, MT Mato Grosso, MS Mato Grosso do Sul, MG Minas Gerais, PA Pará, PB Paraíba, PR Paraná, "
        "PE Pernambuco, PI Piauí, RJ Rio de Janeiro, RN Rio Grande do Norte, RS Rio Grande do Sul, RO Rondônia, RR "
        "Roraima, SC Santa Catarina, SP São Paulo, SE Sergipe, TO Tocantins"
    ),
}


def state_names(code: str) -> frozenset[str]:
    """The names, folded, of the states that a code stands for: in some country each, so that there may be several.

    >>> sorted(state_names("OH")), sorted(state_names("W.A.")), state_names("Ohio")
    (['ohio'], ['washington', 'westernaustralia'], frozenset())
    """
    return _names().get(fold(code), frozenset())


@cache
def _names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for states in _CODES.values():
        for state in states.split(", "):
            code, _, name = state.partition(" ")
            found.setdefault(fold(code), set()).add(fold(name))
    return {code: frozenset(names) for code, names in found.items()}
