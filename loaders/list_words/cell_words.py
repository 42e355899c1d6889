"""What the cells of lists say, in many languages; all words folded."""

from __future__ import annotations

from citydiplomacy.graph.language.text import fold

from .column_names import by_word, words

UNKNOWN = frozenset(
    [
        "NA",
        "N/A",
        "n/a",
        "na",
        "#N/A",
        "nan",
        "NaN",
        "null",
        "NULL",
        "None",
        "-",
        "–",
        "—",
        "?",
        "؟",
        "نامعلوم",
        "نامشخص",
        "unknown",
    ]
)
"""Cells that usually mean: unknown."""

ROLES = by_word(
    **{
        "associate": (
            "associate, associated, associated member, associate member, indirect member, عضو وابسته, assoziiert"
        ),
        "observer": ("observer, ناظر, beobachter, observateur"),
        "founder": ("founder, founding member, بنیان گذار, بنیانگذار, مؤسس, grundungsmitglied, membre fondateur"),
        "board-member": ("board, board member, عضو هیئت مدیره, vorstand"),
        "president": ("president, رئیس, prasident"),
        "vice-president": ("vice president, نایب رئیس, vizeprasident, vice-président"),
        "member": (
            "member, full member, active, active member, عضو, عضو اصلی, mitglied, vollmitglied, membre, former member"
        ),
    }
)

STATUSES = by_word(
    **{
        "active": (
            "active, current, in force, valid, ongoing, existing, yes, live, فعال, برقرار, جاری, aktiv, "
            "bestehend, actif, en vigueur, en cours, activo, activa, vigente, attivo, ativo, aktif, aktywna, "
            "aktywne, действует, ساري"
        ),
        "signed": ("signed, concluded, formal, امضا شده, امضاشده, unterzeichnet, signe"),
        "ended": (
            "ended, end, terminated, former, former member, former twin, dissolved, expired, cancelled, canceled, "
            "lapsed, closed, discontinued, withdrawn, revoked, broken off, past, historic, پایان یافته, "
            "پایانیافته, لغو شده, لغوشده, منقضی, خاتمه یافته, سابق, beendet, aufgelost, ehemalig, erloschen, "
            "gekundigt, termine, rompu, ancien, expire, resilie, extinto, extinguido, concluso, zakonczona, "
            "zakonczone, sona erdi, прекращено"
        ),
        "dormant": (
            "dormant, inactive, emeritus, suspended, on hold, frozen, paused, sleeping, غیرفعال, معلق, تعلیق شده, "
            "متوقف, راکد, ruhend, inaktiv, ausgesetzt, suspendu, inactif, en sommeil, gele, suspendido, suspendida, "
            "inactivo, inactiva, sospeso, suspenso, zawieszona, zawieszone, askida, приостановлено"
        ),
        "planned": ("planned, in preparation, intended, در دست اقدام, برنامه ریزی شده, geplant, prevu, prevue"),
        "proposed": ("proposed, suggested, پیشنهاد شده, پیشنهادشده, پیشنهادی, vorgeschlagen, propose"),
        "negotiated": (
            "negotiated, in negotiation, under negotiation, negotiating, در حال مذاکره, در مذاکره, in "
            "verhandlung, en negociation"
        ),
        "unverified": ("unverified, unconfirmed, unclear, تایید نشده, ungeklart, non confirme"),
    }
)


def status_of(words: str) -> tuple[str, str]:
    """The words with which a text begins that are of a status, and the status: both empty if there are none.

    >>> status_of("suspended since 2022"), status_of("Saale")
    (('suspended', 'dormant'), ('', ''))
    """
    told = words.split()
    for end in range(len(told), 0, -1):
        if status := STATUSES.get(fold(" ".join(told[:end]))):
            return " ".join(told[:end]).rstrip(",;:"), status
    return "", ""


KINDS = by_word(
    **{
        "sister-city": (
            "sister city, sister cities, sister town, twin, twins, twin town, twin towns, twin city, twin cities, "
            "twinned, twinning, twinned with, town twinning, sister, sister city agreement, خواهرخوانده, "
            "خواهرخواندگی, خواهرشهری, خواهرشهر, شهر خواهرخوانده, stadtepartnerschaft, partnerstadt, jumelage, "
            "jumele, ville jumelee, twinned administrative body, P190, hermanamiento, gemellaggio, geminacao, "
            "kardes sehir, kardeslik, miasto partnerskie, побратим, 友好城市, 姉妹都市, 자매도시"
        ),
        "sister-region": ("sister region, sister state, sister province, regional partnership, خواهراستان"),
        "friendship": (
            "friendship, friendship city, friendship agreement, friendly city, friendly relations, دوستی, پیمان "
            "دوستی, freundschaft, stadtefreundschaft, amitie, pacte d amitie, amistad, amicizia, dostluk, "
            "przyjazn"
        ),
        "memorandum": (
            "memorandum, mou, memorandum of understanding, letter of intent, تفاهم نامه, تفاهمنامه, یادداشت "
            "تفاهم, absichtserklarung, protocole d accord"
        ),
        "cooperation": (
            "cooperation, co-operation, cooperation agreement, partnership, partner city, partner, collaboration, "
            "همکاری, موافقتنامه همکاری, zusammenarbeit, kooperation, partnerschaft, cooperation decentralisee, "
            "partenariat"
        ),
    }
)
"""Kinds of agreements."""

MEMBERSHIPS = words(
    "member, membership, member of, is member of, belongs to, joined, عضو, عضویت, mitglied, membre, P463"
)
"""Kinds of ties that are memberships."""

MISSIONS = by_word(
    **{
        "embassy": (
            "embassy, high commission, embassy section, سفارت, سفارتخانه, botschaft, ambassade, diplomatic mission"
        ),
        "consulate": (
            "consulate, consulate general, consulate-general, general consulate, honorary consulate, vice "
            "consulate, consular agency, consular office, consular section, کنسولگری, سرکنسولگری, کنسولگری "
            "افتخاری, konsulat, generalkonsulat, honorarkonsulat, consulat, consulat general, consulat honoraire"
        ),
        "international-office": ("international office, liaison office, united nations office, دفتر بین المللی"),
    }
)

BODIES = by_word(
    **{
        "city": (
            "city, cities, town, municipality, local government, commune, municipal authority, شهر, شهرداری, "
            "stadt, gemeinde, kommune, ville, Q515"
        ),
        "organization": (
            "network, city network, organization, organisation, association, شبکه, سازمان, نهاد, netzwerk, "
            "verband, reseau"
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
    "africa, asia, europe, oceania, america, americas, north america, south america, latin america, "
    "central america, middle east, asia pacific, asia and the pacific, australia and oceania, afrika, asien, "
    "europa, amerika, nordamerika, sudamerika, ozeanien, afrique, asie, oceanie, amerique, amerique du nord, "
    "amerique du sud, آسیا, اروپا, آفریقا, اقیانوسیه, آمریکا, آمریکای شمالی, آمریکای جنوبی, آمریکای لاتین, "
    "خاورمیانه, африка, азия, европа, америка, 亚洲, 欧洲, 非洲, 美洲, 大洋洲, アジア, ヨーロッパ, アフリカ"
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
