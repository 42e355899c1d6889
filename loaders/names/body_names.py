"""Names of bodies as they are compared: without articles and `and`, and without words such as network or association.

Lists write one body as `United Cities & Local Governments`, `UCLG` or `The United Cities and Local Governments`, and
leave out what is not needed to know it: `UNESCO Creative Cities`. How far a body reaches is part of its name: the
Global Covenant of Mayors is not the Covenant of Mayors.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from citydiplomacy.graph.language.text import HALF_SPACE, fold
from citydiplomacy.graph.letters import spaced

_SMALL = (
    "and|the|of|for|in|on|to|a|an|de|des|du|d|la|le|les|l|et|pour|y|e|el|los|las|del|para|und|der|die|das|fur|von|di|"
    "della|delle|dei|degli|per|por|den|dem|aux|os|as|dos|das|и|за|و|برای|در|از|ها|های"
)
_GENERIC = (
    "network|networks|association|organization|organisation|initiative|programme|program|group|platform|campaign|section|"
    "asbl|aisbl|vzw|inc|ltd|gmbh|"
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
SHORT = 3
"""Letters from which on initials tell a name."""
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
    written: tuple[str, ...]
    """Folded words in their order, as spelled, without articles and the like."""

    @property
    def naming(self) -> frozenset[str]:
        """The telling words that do not only say how far it reaches."""
        return self.telling - REACH

    @property
    def initials(self) -> str:
        """The first letters of its words, in their order."""
        return "".join(word[0] for word in self.written)

    def in_short(self, known: Container[str]) -> Iterator[frozenset[str]]:
        """Its words where a run of three or more is told by its initials, of those initials that are `known`.

        >>> [sorted(words) for words in body_name("World Health Organization Cities").in_short({"who"})]
        [['city', 'who']]
        """
        for start, end in combinations(range(len(self.written) + 1), 2):
            short = self.initials[start:end]
            if len(short) >= SHORT and short in known:
                yield _compared((*self.written[:start], short, *self.written[end:]))


@lru_cache(maxsize=1 << 14)
def body_name(name: str) -> BodyName:
    """Take a name apart.

    >>> body_name("United Cities & Local Governments") == body_name("United Cities and Local Governments")
    True
    """
    plain = _JOINED.sub(" ", name.replace(HALF_SPACE, "").replace("&", " and "))
    folded = [fold(word) for word in spaced(plain).split()]
    written = tuple(word for word in folded if word and word not in SMALL)
    words = _compared(written)
    return BodyName(fold(name.replace("&", "and")), words, words - GENERIC, written)


def _compared(written: Iterable[str]) -> frozenset[str]:
    """Words in the one form of all their forms and languages."""
    return frozenset(_number(SAME.get(word, word)) for word in written)
