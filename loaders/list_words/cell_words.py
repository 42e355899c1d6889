"""What the cells of lists say, in many languages; all words folded."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from citydiplomacy.graph.language.text import HALF_SPACE, fold

from ..cells.concept_words import KINDS, by_word, words
from .other_words import OTHER_TIES

_UNKNOWN = (
    "NA, N/A, n/a, na, N.A., n.a., #N/A, nan, NaN, null, NULL, None, -, --, –, —, ―, ?, ??, ؟, …, ..., unknown, "
    "Unknown, not known, not available, not specified, n.d., n. d., N.D., s.d., s. d., s/d, S/D, TBD, tbc, نامعلوم, "
    "نامشخص, k. A., k.A., k. a., o. A., o. J., unbekannt, keine Angabe, keine Angaben, inconnu, inconnue, non "
    "précisé, non renseigné, desconocido, desconocida, sin datos, s.f., sconosciuto, sconosciuta, desconhecido, não "
    "informado, b.d., b. d., brak danych, nieznany, н/д, н.д., нет данных, неизвестно, bilinmiyor, okänt, okänd, "
    "saknas, ukjent, ukendt, uppgift saknas, ei tiedossa, onbekend, nincs adat, neznámo, غير معروف, غير محدد, 不明, "
    "不詳, 未詳, 未知, 不详, 미상"
)
NONE = words(
    "none, nil, nothing, no partner, no partners, no sister city, not applicable, not any, keine, keiner, keines, "
    "kein, aucun, aucune, néant, sans objet, ninguna, ninguno, no aplica, nessuna, nessuno, nenhuma, nenhum, yok, "
    "brak, geen, ingen, inga, inget, žádné, žádný, nincs, нет, немає, ندارد, ندارند, هیچ, هیچکدام, فاقد, بدون, لا "
    "يوجد, لا توجد, なし, 無し, 無, 无, 없음"
)
"""Cells that say that there is none."""
_LONGEST = 30
"""Letters of such a cell."""


@lru_cache(65_536)
def is_unknown(cell: str) -> bool:
    """Whether a cell usually means that something is unknown, or that there is none.

    >>> is_unknown("n/a"), is_unknown("Keine"), is_unknown("-"), is_unknown("Nantes")
    (True, True, True, False)
    """
    return len(cell) < _LONGEST and (cell.casefold() in _SIGNS or fold(cell) in NONE)


_SIGNS = frozenset(_UNKNOWN.casefold().split(", "))


def tie_of(said: str) -> str:
    """The kind of agreement that words are of: as they stand, without what is in brackets, or by the first kind of
    _STRONGEST of which they hold a word; empty if they are of none, deny it, or tie other things than cities.

    >>> tie_of("Städtepartnerschaft (ruhend)"), tie_of("patto di amicizia"), tie_of("university partnership")
    ('sister-city', 'friendship', '')
    """
    plain = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", said)
    for whole in (said, plain):
        if found := KINDS.get(fold(whole)):
            return found
    each = [fold(word) for word in re.findall(r"[^\W_]+", plain.replace(HALF_SPACE, ""))]
    if (OTHER_TIES | _DENIED) & set(each):
        return ""
    joined = [one + other for one, other in pairwise(each)]
    kinds = {KINDS[word] for told in (*each, *joined) for word in (told, _PLURAL.sub("", told)) if word in KINDS}
    return next((kind for kind in _STRONGEST if kind in kinds), "")


_PLURAL = re.compile("(?:ها|های)$")
_STRONGEST = ("memorandum", "sister-region", "sister-city", "friendship", "cooperation")
"""Kinds of agreements, what says most of them first: a memorandum of cooperation, a friendship and cooperation."""
_DENIED = words("no, not, none, without, kein, keine, nicht, sans, pas, non, sin, sem, senza, بدون, فاقد, нет, без")

_BODY = re.compile(
    r"(?:universit|gymnasi|lycee|hochschul|fachhochschul)[^\W\d_]*|[^\W\d_]*(?:schule|okulu|universitesi|lisesi)|"
    r"schools?|escuelas?|escolas?|ecoles?|scuol[ae]|szkol[ay]|skolan?|liceo|liceu|liceum|krankenhaus|museum|musee|museo|"
    r"دانشگاه|مدرسه|دبیرستان|بیمارستان|موزه|جامعة|школа|гимназия|университет|лицей"
)


def names_school(name: str) -> bool:
    """Whether a name is one of a school, a university or a museum, which is no city.

    >>> names_school("Gymnasium Nr. 5"), names_school("دانشگاه فردوسی"), names_school("L'Hospitalet de Llobregat")
    (True, True, False)
    """
    return any(_BODY.fullmatch(fold(word)) for word in re.findall(r"[^\W_]+", name.replace(HALF_SPACE, "")))


_DITTO = (
    '", "", ″, ”, “, „, \'\', 〃, 仝, 同, 同上, idem, Idem, IDEM, id., Id., ditto, Ditto, do., Do., dto., Dto., ebd., '
    'ibid, ibid., Ibid., -"-, - " -, –"–, — " —, -//-, -||-, ایضا, ایضاً, همان, همانند بالا, то же, -“-'
)
DITTO = frozenset(_DITTO.split(", "))
"""Cells that stand for the one above."""

MEMBERSHIPS = words(
    "member, membership, member of, is member of, belongs to, joined, عضو, عضویت, mitglied, membre, P463"
)
"""Kinds of ties that are memberships."""

BODIES = by_word(
    **{
        "city": (
            "city, cities, town, municipality, local government, commune, municipal authority, شهر, شهرداری, "
            "stadt, gemeinde, kommune, ville, Q515"
        ),
        "organization": (
            "national association, regional association, association of municipalities, association of local "
            "governments, local government association, network, city network, organization, organisation, "
            "association, شبکه, سازمان, نهاد, netzwerk, verband, reseau"
        ),
    }
)
"""Kinds of things that stand in a network."""

SUMS = words(
    "total, totals, grand total, sum, subtotal, count, average, جمع, جمع کل, مجموع, کل, تعداد, summe, gesamt, "
    "insgesamt, gesamtsumme, total general, somme, ensemble"
)
"""What stands before a sum under a list."""

CONTINENTS = words(
    "western europe, eastern europe, northern europe, southern europe, central europe, sub saharan africa, north "
    "africa, west africa, east africa, southern africa, south asia, southeast asia, south east asia, east asia, "
    "central asia, western asia, west asia, middle east and north africa, mena, latin america and the caribbean, "
    "caribbean, eurasia, mewa, apac, emea, asia pacific region, اوراسیا, آسیای مرکزی, آسیای غربی, africa, asia, "
    "europe, oceania, america, americas, north america, south america, latin america, central america, middle east, "
    "asia pacific, asia and the pacific, australia and oceania, afrika, asien, europa, amerika, nordamerika, "
    "sudamerika, ozeanien, afrique, asie, oceanie, amerique, amerique du nord, amerique du sud, آسیا, اروپا, آفریقا, "
    "اقیانوسیه, آمریکا, آمریکای شمالی, آمریکای جنوبی, آمریکای لاتین, خاورمیانه, африка, азия, европа, америка, 亚洲, "
    "欧洲, 非洲, 美洲, 大洋洲, アジア, ヨーロッパ, アフリカ"
)
"""What heads the rows of a list that is parted by where its cities lie."""

FOOTERS = tuple(
    words(
        "source, sources, note, notes, quelle, quellen, anmerkung, remarque, منبع, منابع, یادداشت, توضیح, last "
        "updated, stand, retrieved"
    )
)
"""How a line under a list begins that is no row of it."""

MARKS = frozenset(
    "x ✓ ✔ ● • 1 yes y true ja oui بله آری دارد عضو member mitglied membre".split()  # noqa: SIM905 - read more easily
)
"""Cells of a matrix that say: a member."""

NO_MARKS = frozenset(["0", "no", "n", "false", "nein", "non", "خیر", "نه", "ندارد", "-", "–", "✗", "✘"])
"""And those that say: none."""
