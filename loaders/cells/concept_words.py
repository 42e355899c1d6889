"""Fair words for the kinds, roles and statuses of ties, as people write them in many languages; all words folded."""

from __future__ import annotations

import re
from collections.abc import Mapping

from citydiplomacy.graph.language.text import fold
from citydiplomacy.ontology.schemes import schemes


def words(listed: str) -> frozenset[str]:
    """Words with commas between them, folded."""
    return frozenset(map(fold, listed.split(", ")))


def by_word(**listed: str) -> dict[str, str]:
    """Words by what they say, of which the first counts where one is listed twice."""
    return {fold(word): what for what, several in reversed(listed.items()) for word in several.split(", ")}


def _names(scheme: str) -> dict[str, str]:
    """The names that our concepts have in either language."""
    concepts = schemes()[scheme].values()
    return {fold(name): one.id.partition("/")[2] for one in concepts for name in one.labels.values()}


ROLES = _names("role") | by_word(
    **{
        "associate": (
            "associate, associated, associated member, associate member, membre associe, miembro "
            "asociado, membro associado, assoziiertes mitglied, عضو منتسب, عضو مشارك, affiliate, "
            "affiliate member, indirect member, عضو وابسته, assoziiert"
        ),
        "observer": (
            "observer, observer member, observer city, ناظر, عضو ناظر, عضو مراقب, observador, "
            "osservatore, наблюдатель, gozlemci, beobachter, observateur"
        ),
        "founder": (
            "founder, founding member, founding city, miembro fundador, membro fundador, عضو مؤسس, "
            "بنیان گذار, مؤسس, grundungsmitglied, membre fondateur"
        ),
        "board-member": (
            "board, board member, member of the board, عضو هیات مدیره, هیئت مدیره, هیات مدیره, عضو هیئت مدیره, vorstand"
        ),
        "president": ("president, رئیس, prasident"),
        "vice-president": ("vice president, نایب رئیس, vizeprasident"),
        "member": (
            "member, full member, full, ordinary member, regular member, active, active member, عضو, "
            "عضو عامل, miembro, miembro pleno, miembro titular, membro, membro pieno, membro efetivo, "
            "ordentliches mitglied, membre actif, membre titulaire, tam uye, uye, член, "
            "действительный член, عضو اصلی, mitglied, vollmitglied, membre, former member"
        ),
    }
)

NO_MEMBERS = words(
    "host, hosts, hosting, guest, guests, invited, candidate, applicant, prospective, partner, supporter, donor, "
    "sponsor, میزبان, میزبانی, مهمان, میهمان, نامزد, داوطلب, متقاضی, حامی, gastgeber, gast, kandidat, hote, invite, "
    "candidat, sede, anfitrion, invitado, candidata, candidato, ospite, aday, misafir, кандидат, гость, مضيف, "
    "ضيف, مرشح"
)
"""Words of what a city is to a body without being its member."""


def role_of(words_: str) -> str:
    """The role that words are of, a member's where they say no other; empty if it may be none: a host, a guest.

    >>> role_of("Full member"), role_of("large city"), role_of("host of the 2019 congress")
    ('member', 'member', '')
    """
    if known := ROLES.get(fold(words_)):
        return known
    return "" if NO_MEMBERS & {fold(word) for word in re.findall(r"[^\W\d_]+", words_)} else "member"


STATUSES = by_word(
    **{
        "active": (
            "active, current, in force, in effect, valid, operating, operational, دایر, فعال است, "
            "معتبر, laufend, em vigor, in vigore, yururlukte, faal, действующий, действующее, "
            "действующая, aktivna, gaeldende, 現存, 有効, 有效, 유효, ongoing, existing, yes, live, فعال, "
            "برقرار, جاری, aktiv, bestehend, actif, en vigueur, en cours, activo, activa, vigente, "
            "attivo, ativo, aktif, aktywna, aktywne, действует, ساري, "
            "سارية, نشطة, devam ediyor, yururlukte, w mocy, gallande, gyldig, 继续有效, 交流中"
        ),
        "signed": (
            "signed, concluded, formal, امضا شده, unterzeichnet, signe, signee, firmado, firmada, firmato, firmata, "
            "assinado, assinada, podpisano, podpisana, podpisane, imzalandi, подписано, подписан, موقعة, "
            "تم التوقيع, 已签署, 签署, 締結済, 체결"
        ),
        "ended": (
            "ended, end, terminated, former, former member, former twin, dissolved, expired, "
            "cancelled, canceled, lapsed, closed, discontinued, withdrawn, revoked, broken off, past, "
            "historic, پایان یافته, لغو شده, منقضی, خاتمه یافته, سابق, beendet, aufgelost, ehemalig, "
            "erloschen, gekundigt, termine, rompu, ancien, expire, resilie, extinto, extinguido, "
            "concluso, zakonczona, zakonczone, sona erdi, прекращено, "
            "прекращён, расторгнуто, 终止, 已终止, 解除, 終了, 解消, 종료, 해지, منتهية, منتهي, ملغاة, sona ermis, "
            "rescindido, rescindida, revocado, revocada, revocato, revocata, terminado, terminada, rozwiazana, "
            "rozwiazane, "
            "encerrado, encerrada, wygasla, avslutad, avsluttet, beeindigd, finalizado, finalizada, cessato"
        ),
        "dormant": (
            "dormant, inactive, emeritus, ruht, ruht derzeit, suspended, on hold, frozen, paused, sleeping, غیرفعال, "
            "معلق, تعلیق شده, متوقف, راکد, ruhend, inaktiv, ausgesetzt, suspendu, inactif, en "
            "sommeil, gele, suspendido, suspendida, inactivo, inactiva, sospeso, suspenso, "
            "zawieszona, zawieszone, askida, приостановлено, "
            "приостановлен, заморожено, 中断, 中止, 休止, 暂停, 중단, معلقة, متوقفة, vilande, slapend"
        ),
        "planned": (
            "planned, in preparation, intended, در دست اقدام, برنامه ریزی شده, geplant, prevu, prevue, "
            "en projet, in vorbereitung, in planung, planeado, planeada, planejado, planejada, previsto, prevista, "
            "in programma, planowana, planowane, planlanan, planlaniyor, планируется, مخطط, مخططة, 计划中, 予定, 예정"
        ),
        "proposed": (
            "proposed, suggested, پیشنهاد شده, پیشنهادی, vorgeschlagen, propose, proposee, propuesto, "
            "propuesta, under review, under consideration, under discussion, pending, در دست بررسی, در حال بررسی, "
            "in prufung, a l etude, en estudio, em estudo, allo studio, degerlendiriliyor, на рассмотрении, "
            "قيد الدراسة, 検討中, 검토중, "
            "proposto, proposta, proponowana, proponowane, onerilen, предложено, مقترح, مقترحة, 提案中"
        ),
        "negotiated": (
            "negotiated, in negotiation, under negotiation, negotiating, در حال مذاکره, در مذاکره, in "
            "verhandlung, en negociation, en cours de negociation, en negociacion, em negociacao, "
            "em curso de negociacao, in "
            "trattativa, in corso di negoziazione, w negocjacjach, w trakcie negocjacji, muzakere asamasinda, "
            "на стадии "
            "переговоров, ведутся переговоры, في التفاوض, قيد التفاوض, 商谈中, 谈判中, 協議中, 협의중"
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


def status_within(words: str) -> tuple[str, str]:
    """Those of the first part of a text, between commas, that begins with a status.

    >>> status_within("1992, suspended"), status_within("1992")
    (('suspended', 'dormant'), ('', ''))
    """
    told = map(status_of, re.split(r"[,;،؛]\s*", words))
    return next((found for found in told if found[1]), ("", ""))


KINDS = by_word(
    **{
        "sister-city": (
            "sister city, sister cities, sister city relationship, sister city partnership, sister "
            "town, town twinning, twinning agreement, twin, twins, twin town, twin towns, twin city, "
            "twin cities, twinned, twinning, twinned with, sister, sister city agreement, "
            "خواهرخوانده, خواهرخواندگی, خواهرشهری, خواهرشهر, شهر خواهرخوانده, stadtepartnerschaft, "
            "gemeindepartnerschaft, partnergemeinde, partnerstadt, jumelage, jumele, ville jumelee, jumelee, jumelees, "
            "gemellata, gemellate, hermanada, hermanadas, geminada, geminadas, verschwistert, "
            "partnerstadte, partnergemeinden, stadtepartnerschaften, jumelages, villes jumelees, ciudades "
            "hermanas, ciudades hermanadas, hermanamientos, citta gemellate, gemellaggi, cidades irmas, cidades "
            "geminadas, geminacoes, kardes sehirler, kardes kentler, miasta partnerskie, города побратимы, "
            "побратимы, "
            "zustersteden, vanorter, vennskapsbyer, venskabsbyer, ystavyyskaupungit, testvervarosok, "
            "orase infratite, "
            "خواهرخوانده ها, خواهرخوانده های, خواهرخواندگی ها, مدن توأم, المدن التوأم, 友好城市关系, "
            "twinned administrative body, P190, hermanamiento, gemellaggio, geminacao, kardes sehir, "
            "kardeslik, miasto partnerskie, побратим, 友好城市, 姉妹都市, 자매도시, 자매결연, 자매결연도시, "
            "자매교류, 姉妹提携, "
            "姉妹都市提携, stedenband, vanort, vanortsavtal, vennskapsby, venskabsby, توأمة, اتفاقية توأمة"
        ),
        "sister-region": ("sister region, sister state, sister province, regional partnership, خواهراستان"),
        "friendship": (
            "friendship, friendship city, friendship cities, friend city, friendship agreement, "
            "friendly city, friendly relations, دوستی, پیمان دوستی, freundschaft, stadtefreundschaft, "
            "stadtefreundschaften, villes amies, ciudades amigas, dost sehirler, "
            "freundschaftsvertrag, freundschaftliche beziehungen, amitie, dostluk, dostluk protokolu, "
            "友好交流, 友好交流都市, 友好都市, 友好交流关系城市, 友好提携, 우호도시, 우호협력도시, 우호협력, "
            "우호결연, 우호교류, "
            "우호교류도시, vriendschapsband, vanskapsavtal, صداقة, اتفاقية صداقة, "
            "дружба, pacte d amitie, amistad, amicizia, przyjazn"
        ),
        "memorandum": (
            "memorandum, mou, memorandum of understanding, memorandum of cooperation, memorandum of "
            "agreement, letter of intent, declaration of intent, memorando, memorando de "
            "entendimiento, memorando de entendimento, memorandum d intesa, protocollo d intesa, "
            "carta de intencion, niyet mektubu, mutabakat zapti, меморандум, 备忘录, 谅解备忘录, 覚書, 양해각서, "
            "یادداشت تفاهم همکاری, تفاهم نامه, یادداشت تفاهم, absichtserklarung, protocole d accord, 업무협약, "
            "مذكرة تفاهم, "
            "intentieverklaring, avsiktsforklaring"
        ),
        "cooperation": (
            "cooperation, cooperation agreement, partnership, partner city, partner, collaboration, "
            "همکاری, موافقتنامه همکاری, zusammenarbeit, kooperation, partnerschaft, cooperation "
            "decentralisee, partenariat, contrat de cooperation, cooperazione, cooperacion, "
            "cooperacao, isbirligi, wspolpraca, сотрудничество, تعاون, 合作, 协力, 협력, پیمان همکاری, "
            "قرارداد همکاری, samarbetsavtal, samarbete, samenwerking, samenwerkingsverband, samarbejde, "
            "samarbeidsavtale, "
            "yhteistyo, egyuttmukodes, 교류협력, 협력도시, اتفاقية تعاون"
        ),
    }
)
"""Kinds of agreements."""

MISSIONS = by_word(
    **{
        "embassy": (
            "embassy, high commission, embassy section, embassy branch office, chancery, سفارت, "
            "سفارتخانه, embajada, ambasciata, embaixada, buyukelcilik, посольство, ambasada, سفارة, "
            "大使馆, 大使館, 대사관, botschaft, ambassade, diplomatic mission"
        ),
        "consulate": (
            "consulate, consulates, consulate general, honorary consul, honorary consulate general, "
            "career consulate, general consulate, honorary consulate, vice consulate, consular "
            "agency, consular office, consular section, کنسولگری, سرکنسولگری, کنسولگری افتخاری, "
            "konsulat, generalkonsulat, honorarkonsulat, consulat, consulat general, consulat "
            "honoraire, consulado, consulado general, consulado honorario, consulado geral, "
            "consolato, consolato generale, konsolosluk, baskonsolosluk, fahri konsolosluk, "
            "консульство, генеральное консульство, قنصلية, قنصلية عامة, القنصلية العامة, 领事馆, 总领事馆, "
            "総領事館, 領事館, 총영사관, کنسولگری کل"
        ),
        "international-office": ("international office, liaison office, united nations office, دفتر بین المللی"),
    }
)

WORDS: Mapping[str, Mapping[str, str]] = {
    "role": ROLES,
    "status": STATUSES,
    "agreement-kind": KINDS,
    "mission-kind": MISSIONS,
}
"""By scheme the short names of its concepts, by the words for them."""
