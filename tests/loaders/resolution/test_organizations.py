"""Bodies as lists write them, in English and Persian: which known body each spelling is, and what waits or is new."""

from __future__ import annotations

import pytest

from citydiplomacy.graph.model.records import Organization
from citydiplomacy.graph.model.values import Text
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.resolution.decisions import SAME, UNSURE
from citydiplomacy.loaders.resolution.organizations import matched

KNOWN = {
    "United Cities and Local Governments": (
        "United Cities & Local Governments",
        "Cités et Gouvernements Locaux Unis",
        "Ciudades y Gobiernos Locales Unidos",
        "CGLU",
        "UCLG",
        "United Cities and Local Governments (UCLG)",
        "یوسی‌ال‌جی",
    ),
    "UNESCO Creative Cities Network": (
        "UNESCO Creative Cities",
        "Network of Creative Cities of UNESCO",
        "UNESCO Creative Cities Network (UCCN)",
        "Creative Cities Network",
        "UCCN",
        "شبکه شهرهای خلاق",
        "شبکهٔ شهرهای خلاق یونسکو",
        "شهرهای خلاق یونسکو",
    ),
    "ICLEI - Local Governments for Sustainability": (
        "ICLEI – Local Governments for Sustainability",
        "Local Governments for Sustainability",
        "Iclei",
        "ایکلی",
    ),
    "C40 Cities Climate Leadership Group": ("C40 Cities", "C-40", "C40"),
    "Asian Mayors Forum": ("Asian Mayors' Forum", "Asian Mayors Forum (AMF)", "مجمع شهرداران آسیایی"),
    "Metropolis": ("METROPOLIS", "Metropolis - World Association of the Major Metropolises", "متروپلیس"),
    "League of Historical Cities": ("The League of Historical Cities", "اتحادیه شهرهای تاریخی"),
    "Organization of Islamic Capitals and Cities": (
        "Organisation of Islamic Capitals & Cities (OICC)",
        "Organization of Islamic Capitals and Cities - OICC",
        "سازمان پایتخت‌ها و شهرهای اسلامی",
        "سازمان پایتختها و شهرهاي اسلامي",
    ),
    "World Smart Sustainable Cities Organization": (
        "WeGO",
        "World Smart Sustainable Cities Organisation",
        "WeGO (World Smart Sustainable Cities Organization)",
    ),
    "UNESCO Global Network of Learning Cities": (
        "Global Network of Learning Cities",
        "شبکه جهانی شهرهای یادگیرنده یونسکو",
    ),
    "CITYNET": ("CityNet", "City Net"),
    "UCLG Asia-Pacific": ("UCLG ASPAC", "UCLG Asia-Pacific"),
    "Global Covenant of Mayors for Climate and Energy": (
        "Global Covenant of Mayors",
        "GCoM",
        "Global Covenant of Mayors for Climate & Energy (GCoM)",
    ),
    "Covenant of Mayors": ("The Covenant of Mayors", "میثاق شهرداران"),
    "Organization of World Heritage Cities": (
        "Organisation des villes du patrimoine mondial",
        "Organización de las Ciudades del Patrimonio Mundial",
        "OVPM",
    ),
    "International Association of Mayors and Officials from Capitals and Metropolises partially or entirely "
    "French-Speaking": ("Association Internationale des Maires Francophones",),
    "Mayors for Peace": ("mayors for peace", "شهرداران برای صلح"),
}
"""English label of a body, and how it is written."""

IN_OTHER_WORDS = {
    "UNESCO Creative Cities Network": (
        "شبکه شهر های خلاق",
        "UNESCO's Creative Cities Network",
        "Réseau des villes créatives de l'UNESCO",
    ),
    "UNESCO Global Network of Learning Cities": ("Réseau mondial UNESCO des villes apprenantes",),
    "UCLG Middle East and West Asia": ("UCLG Middle East & West Asia Section (UCLG-MEWA)",),
    "C40 Cities Climate Leadership Group": ("گروه رهبری اقلیمی شهرهای C40",),
    "Asian Mayors Forum": (
        "Asia Mayors Forum",
        "مجمع شهرداران آسیا",
    ),
    "Metropolis": ("متروپولیس",),
    "Organization of Islamic Capitals and Cities": (
        "Organisation des capitales et villes islamiques",
        "منظمة العواصم والمدن الإسلامية",
    ),
    "Mayors for Peace": (
        "Maires pour la paix",
        "Alcaldes por la Paz",
        "Bürgermeister für den Frieden",
        "Мэры за мир",
        "Mayor for Peace",
    ),
    "United Cities and Local Governments": (
        "Vereinigte Städte und lokale Regierungen",
        "Cidades e Governos Locais Unidos",
        "منظمة المدن والحكومات المحلية المتحدة",
    ),
    "Climate Alliance": ("Klima-Bündnis", "Alianza del Clima"),
    "Covenant of Mayors": ("Convention des Maires", "Konvent der Bürgermeister", "Pacto de los Alcaldes"),
    "International Association of Educating Cities": (
        "Association internationale des villes éducatrices",
        "Asociación Internacional de Ciudades Educadoras",
    ),
    "Energy Cities": ("Energie-Cités",),
    "League of Historical Cities": ("Lega delle città storiche",),
}
"""The same, by words of other languages or of other forms."""


def found(store: Store, name: str) -> list[tuple[str, str]]:
    """The bodies that a name is or may be: English label, verdict."""
    lang = "fa" if any("آ" <= letter <= "ی" for letter in name) else "en"
    record = Organization(id="organization/as-written", labels=(Text(name, lang),))
    made = matched(store.records(Organization), (), [record], 4.0)
    return [(store.name(match.other), match.verdict) for _, match in made]


@pytest.mark.parametrize(
    ("body", "name"),
    [(body, name) for known in (KNOWN, IN_OTHER_WORDS) for body, names in known.items() for name in names],
)
def test_a_spelling_finds_its_body(shipped_store: Store, body: str, name: str) -> None:
    assert found(shipped_store, name) == [(body, SAME)]


def test_what_several_could_be_waits(shipped_store: Store) -> None:
    several = found(shipped_store, "Healthy Cities Network")
    assert len(several) > 1
    assert SAME not in {verdict for _, verdict in several}


@pytest.mark.parametrize(
    "name",
    [
        "EUROCITIES Network",
        "UNESCO Network",
        "Metropolis Association",
        "Polis Network",
        "UCLG World",
        "Eurocities asbl",
    ],
)
def test_a_name_of_one_word_beside_such_as_network_waits(shipped_store: Store, name: str) -> None:
    ((_, verdict),) = found(shipped_store, name)
    assert verdict != SAME


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("UNESCO Creative Cities Netwrok", "UNESCO Creative Cities Network"),
        ("Organization of World Heritaeg Cities", "Organization of World Heritage Cities"),
        ("Eurocites", "Eurocities"),
        ("Citynett", "CITYNET"),
        ("Local Goverments and United Cities", "United Cities and Local Governments"),
        ("Intrenational Association of Educating Cities", "International Association of Educating Cities"),
        ("شهردران برای صلح", "Mayors for Peace"),
        ("متروپولس", "Metropolis"),
    ],
)
def test_a_misspelt_name_waits(shipped_store: Store, name: str, body: str) -> None:
    assert found(shipped_store, name) == [(body, UNSURE)]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("World Health Organization European Healthy Cities Network", "WHO European Healthy Cities Network"),
        ("World Health Organisation Healthy Cities", "WHO European Healthy Cities Network"),
        (
            "United Nations Educational, Scientific and Cultural Organization Creative Cities Network",
            "UNESCO Creative Cities Network",
        ),
        ("شبکه شهرهای خلاق سازمان آموزشی، علمی و فرهنگی ملل متحد", "UNESCO Creative Cities Network"),
    ],
)
def test_a_name_that_writes_out_the_initials_of_a_body_waits(shipped_store: Store, name: str, body: str) -> None:
    assert found(shipped_store, name) == [(body, UNSURE)]


def test_initials_that_no_source_tells_wait() -> None:
    known = Organization(id="organization/river-towns", labels=(Text("Union of Quiet River Towns", "en"),))
    written = Organization(id="organization/as-written", labels=(Text("UQRT", "en"),))
    ((_, match),) = matched([known], (), [written], 4.0)
    assert (match.other, match.verdict) == (known.id, UNSURE)


@pytest.mark.parametrize("name", ["African Mayors Forum", "NATO", "Metro", "World Bank", "متروی تهران"])
def test_a_name_with_like_initials_or_letters_is_new(shipped_store: Store, name: str) -> None:
    assert found(shipped_store, name) == []


@pytest.mark.parametrize(
    "name",
    [
        "Alliance for Healthy Cities", "Strong Cities Network", "شبکه شهرهای مقاوم", "Global Network of Cities",
        "Metropolis Magazine", "World Heritage Committee", "شهرهای خلاق ایران", "Creative Cities of Canada",
        "میراث جهانی",
    ],
)  # fmt: skip
def test_a_body_of_which_nothing_is_known_is_new(shipped_store: Store, name: str) -> None:
    assert found(shipped_store, name) == []


@pytest.mark.parametrize("name", ["United Cities and Local Governments Asia Pacific", "شهرهای متحد و حکومت‌های محلی"])
def test_a_name_that_holds_that_of_another_body_is_not_merged_with_it(shipped_store: Store, name: str) -> None:
    assert SAME not in {verdict for _, verdict in found(shipped_store, name)}


@pytest.mark.parametrize(
    "name",
    [
        "Covenant of Mayors for Asia", "World Mayors for Peace", "European League of Historical Cities",
        "Asian Resilient Cities Network", "میثاق جهانی شهرداران", "International Network of Sister Cities of Africa",
        "European Network of Learning Cities", "ICLEI Europe", "UCLG Africa", "World Cities Culture Forum",
        "European Mayors for Peace", "Covenant of Mayors Europe", "UNESCO Creative Cities of Design",
        "Mayors for Peace Foundation", "European Association of Historic Towns",
        "Réseau européen des villes apprenantes",
    ],
)  # fmt: skip
def test_how_far_a_body_reaches_tells_it_from_another(shipped_store: Store, name: str) -> None:
    assert SAME not in {verdict for _, verdict in found(shipped_store, name)}
