"""Names of bodies as they are compared: without articles and `and`, and without words such as network or association.

Lists write one body as `United Cities & Local Governments`, `UCLG` or `The United Cities and Local Governments`, and
leave out what is not needed to know it: `UNESCO Creative Cities`. How far a body reaches is part of its name: the
Global Covenant of Mayors is not the Covenant of Mayors.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from citydiplomacy.graph.language.text import HALF_SPACE, fold, spaced

_SMALL = (
    "and|the|of|for|in|on|to|a|an|de|des|du|d|la|le|les|l|et|pour|y|e|el|los|las|del|para|und|der|die|das|fur|von|di|"
    "della|delle|dei|degli|per|por|den|dem|aux|os|as|dos|das|и|за|و|برای|در|از|ها|های"
)
_GENERIC = (
    "network|networks|association|organization|organisation|initiative|programme|program|group|platform|campaign|section|"
    "reseau|red|rete|rede|netzwerk|netwerk|asociacion|associazione|associacao|verband|verein|организация|сеть|ассоциация|"
    "منظمة|شبكة|رابطة|شبکه|انجمن|سازمان|ابتکار|برنامه|گروه|کارزار"
)
_REACH = (
    "global|international|european|asian|african|american|regional|national|جهانی|بین‌المللی|اروپایی|آسیایی|آفریقایی"
)
_SAME = {
    "organisation": "organization", "programme": "program", "centre": "center", "city": "cities", "town": "towns",
    "government": "governments", "municipality": "municipalities", "world": "global", "worldwide": "global",
    "mondial": "global", "mondiale": "global", "mundial": "global", "internationale": "international",
    "internacional": "international", "asia": "asian", "europe": "european", "africa": "african", "america": "american",
    "historic": "historical", "سی40": "c40", "متروپولیس": "متروپلیس",
    "جهان": "جهانی", "آسیا": "آسیایی", "اروپا": "اروپایی", "آفریقا": "آفریقایی", "شهر": "شهرهای", "شهرها": "شهرهای",
    "دولتها": "دولتهای", "حکومتهای": "دولتهای", "حکومتها": "دولتهای",
}  # fmt: skip
_IN_OTHER_LANGUAGES = {
    "cities": "ville villes cites ciudad ciudades citta stadt stadte cidade cidades города городов город المدن مدن",
    "mayors": "maire maires alcaldes burgermeister prefeitos sindaci мэры мэров عمد",
    "governments": "gouvernements gobiernos governos governi regierungen власти властей الحكومات حكومات",
    "local": "locaux locales locais locali lokale lokalen местные местных المحلية",
    "united": "unis unies unidos unidas vereinigte vereinte unite объединенные المتحدة",
    "capitals": "capitales capitais capitali hauptstadte столицы столиц العواصم عواصم",
    "islamic": "islamique islamiques islamicas islamische islamischen исламских الاسلامية الإسلامية",
    "creative": "creatives creativas criativas kreative kreativen творческих الإبداعية المبدعة",
    "learning": "apprenantes aprendizaje aprendizagem lernende lernenden обучающихся التعلم",
    "educating": "educatrices educadoras educatrici", "heritage": "patrimoine patrimonio наследия التراث",
    "league": "lega liga ligue лига",
    "historical": "storiche storici historiques historicas historische historischen исторических التاريخية",
    "healthy": "saludables saudaveis sante gesunde gesunden здоровых الصحية",
    "smart": "intelligentes inteligentes", "sustainable": "durables sostenibles sustentaveis sostenibili",
    "resilient": "resilientes resilienti", "peace": "paix paz frieden pace мир мира السلام",
    "climate": "climat clima klima климат", "alliance": "alianza allianz alianca bundnis alleanza",
    "energy": "energie energia", "covenant": "convention konvent pacto patto",
    "european": "europeen europeenne europeennes europeo europea europeia europaische europaischen европейская "
    "الأوروبية",
    "global": "всемирная всемирной العالمية welt", "international": "internationale международная الدولية",
}  # fmt: skip
"""Words of such names in French, Spanish, German, Italian, Portuguese, Russian and Arabic."""
SAME = {fold(word): fold(same) for word, same in _SAME.items()}
SAME |= {fold(word): english for english, words in _IN_OTHER_LANGUAGES.items() for word in words.split()}
SMALL, GENERIC, REACH = (frozenset(fold(word) for word in listed.split("|")) for listed in (_SMALL, _GENERIC, _REACH))
_JOINED = re.compile(r"['’]s\b|\bو(?=ال)")  # in Arabic `and` is written with its word


def _number(word: str) -> str:
    """A word without the plural of English."""
    if len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        return word.removesuffix("ies") + "y" if word.endswith("ies") else word[:-1]
    return word


class BodyName(NamedTuple):
    """A name, ready for comparison."""

    key: str
    """Folded."""
    words: frozenset[str]
    """Folded words without articles and the like."""
    telling: frozenset[str]
    """Of these, without words such as network."""

    @property
    def naming(self) -> frozenset[str]:
        """The telling words that do not only say how far it reaches."""
        return self.telling - REACH


def _folded(name: str) -> list[str]:
    plain = _JOINED.sub(" ", name.replace(HALF_SPACE, "").replace("&", " and "))
    return [fold(word) for word in spaced(plain).split()]


def shortened(name: str, known: Container[str]) -> Iterator[str]:
    """A name with three words or more, one behind the other, put as their first letters, where these are a known word.

    >>> list(shortened("World Health Organization Healthy Cities", {"who", "healthy"}))
    ['who healthy cities']
    >>> list(shortened("International Council for Local Environmental Initiatives", {"iclei"}))
    ['iclei']
    """
    told = [word for word in _folded(name) if word and word not in SMALL]
    for first in range(len(told)):
        for last in range(first + 3, len(told) + 1):
            letters = "".join(word[0] for word in told[first:last])
            if letters in known:
                yield " ".join([*told[:first], letters, *told[last:]])


@lru_cache(maxsize=1 << 14)
def body_name(name: str) -> BodyName:
    """Take a name apart.

    >>> body_name("United Cities & Local Governments") == body_name("United Cities and Local Governments")
    True
    """
    folded = _folded(name)
    words = frozenset(_number(SAME.get(word, word)) for word in folded if word and word not in SMALL)
    return BodyName(fold(name.replace("&", "and")), words, words - GENERIC)
