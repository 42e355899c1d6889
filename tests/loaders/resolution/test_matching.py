"""Which descriptions mean one city."""

from __future__ import annotations

from itertools import permutations
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citydiplomacy.loaders.names.place_names import name_key, place_name, skeleton
from citydiplomacy.loaders.resolution.background import Background
from citydiplomacy.loaders.resolution.candidates import FREQUENT, pairs
from citydiplomacy.loaders.resolution.matching import Matching, match
from citydiplomacy.loaders.resolution.profiles import ToldCity, distance
from citydiplomacy.loaders.resolution.scoring import SURE, score

TEHRAN = (35.69, 51.42)
KEYED = (
    "St. Gallen",
    "Ville de ",
    "Provincia di ",
    "Municipality of ",
    "Canton",
    "شهرداری ",
    " - ",
    " (",
    ")",
    ", ",
    "/",
    "59",
    "XIV",
    "metropolitana ",
)
"""What names are made of."""


def city(name: str, country: str | None = None, place: tuple[float, float] | None = None, **fields: object) -> ToldCity:
    """A city under an id of its first name."""
    tail = str(fields.pop("id", "")) or name.lower().replace(" ", "-")
    names = (name, *fields.pop("names", ()))  # type: ignore[misc]
    return ToldCity((f"city/{tail}",), names, f"country/{country}" if country else None, place, **fields)  # type: ignore[arg-type]


def same(one: ToldCity, other: ToldCity) -> bool:
    """Whether two descriptions are surely one city."""
    found = score(one, other)
    return found is not None and found.weight >= SURE


@pytest.mark.parametrize("name", ["تهران", "طهران", "Tehran", "Teheran", "Téhéran", "TEHRAN (Iran)"])
def test_tehran_is_tehran_in_any_script(name: str) -> None:
    assert same(city("Tehran", "ir", TEHRAN), city(name, "ir", TEHRAN))


@pytest.mark.parametrize(
    ("persian", "latin"),
    [("مشهد", "Mashhad"), ("تبریز", "Tabriz"), ("اصفهان", "Isfahan"), ("کراچی", "Karachi"), ("لاهور", "Lahore"),
     ("بغداد", "Baghdad"), ("دمشق", "Dimashq"), ("القاهرة", "Al-Qahira")],
)  # fmt: skip
def test_consonants_are_the_same_in_two_scripts(persian: str, latin: str) -> None:
    assert (
        place_name(persian).head.skeleton == place_name(latin).head.skeleton == skeleton(place_name(latin).head.latin)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (city("Birmingham", "gb", (52.48, -1.9)), city("Birmingham", "us", (33.52, -86.81))),
        (city("Valencia", "es", (39.47, -0.38)), city("Valencia", "ve", (10.17, -68.0))),
        (city("Córdoba", "ar", (-31.42, -64.18)), city("Córdoba", "es", (37.88, -4.77))),
        (city("Villanueva", "es", (37.18, -4.45)), city("Villanueva", "es", (38.32, -4.63))),
        (city("Vitry-sur-Seine", "fr", (48.79, 2.39)), city("Ivry-sur-Seine", "fr", (48.81, 2.39))),
        (city("Siena", "it", (43.32, 11.33)), city("Provincia di Siena", "it", (43.32, 11.33))),
        (city("Baden-Baden", "de", (48.76, 8.24)), city("Bühl/Baden", "de", (48.7, 8.14))),
        (city("Prague", "cz", (50.08, 14.44)), city("Prague 8", "cz", (50.11, 14.47))),
        (city("Kolkata"), city("Kolkata")),
        (city("Os de Balaguer", "es"), city("Balaguer", "es")),
        (city("Å i Lofoten", "no"), city("Lofoten", "no")),
    ],
)
def test_what_is_not_surely_one(one: ToldCity, other: ToldCity) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (city("Grande-Synthe", "fr", (51.01, 2.3)), city("Ville de Grande-Synthe", "fr", (51.01, 2.3))),
        (city("Köln", "de", (50.94, 6.96)), city("City of Koeln", "de", (50.94, 6.96))),
        (city("St. Pölten", "at", (48.2, 15.62)), city("Sankt Pölten", "at", (48.2, 15.63))),
        (city("Bruxelles/Brussel", "be", (50.85, 4.35)), city("Brussel", "be", (50.85, 4.35))),
        (city("Lahore", "pk"), city("LAHORE", "pk")),
        (city("Florence (Italy)", "it"), city("Florence", "it")),
        (city("Shiraz, Iran", "ir"), city("Shiraz", "ir")),
    ],
)
def test_what_surely_is(one: ToldCity, other: ToldCity) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Os Blancos", "Blancos"),
        ("La Paz", "Paz"),
        ("The Hague", "Hague"),
        ("L'Isle-sur-la-Sorgue", "Isle sur Sorgue"),
        ("De la Torre", "Torre"),
    ],
)
def test_an_article_before_a_name_says_nothing(name: str, bare: str) -> None:
    assert place_name(name).telling == place_name(bare).telling


def test_a_name_of_many_places_weighs_less() -> None:
    alone = match([], [city("Springfield", "us", id="a"), city("Springfield", "us", id="b")])
    assert set(alone.same) == {"city/a", "city/b"}
    others = [city("Springfield", "us", (30.0 + 5 * n, -90.0), id=f"s{n}") for n in range(4)]
    many = match([], [city("Springfield", "us", id="a"), city("Springfield", "us", id="b"), *others])
    assert not many.same


@pytest.mark.parametrize(
    ("half", "whole"), [("Pudong/Shanghai", "Shanghai"), ("Pudong/Shanghai", "Pudong"), ("TCS SEZ/Indore", "Indore")]
)
def test_half_of_a_name_with_a_slash_waits(half: str, whole: str) -> None:
    found = match([city(whole, "cn", known=True)], [city(half, "cn", id="row")])
    assert not found.same
    assert found.waiting


@pytest.mark.parametrize(
    ("one", "other"),
    [("Breitscheid/Hunsrück", "Bickenbach/Hunsrück"), ("Alpl Cfs/Dadri", "Acpl Cfs/Dadri"),
     ("Dadri (Alpl Cfs)", "Dadri (Acpl Cfs)")],
)  # fmt: skip
def test_two_parts_of_one_place_are_two(one: str, other: str) -> None:
    assert not match([], [city(one, "de", id="a"), city(other, "de", id="b")]).same


@pytest.mark.parametrize("name", ["Bolzano/Bozen", "Bolzano (Bozen)", "Bozen, Bolzano"])
def test_two_names_of_a_city_that_is_called_either_are_its(name: str) -> None:
    known = city("Bolzano", "it", names=("Bozen",), known=True)
    assert match([known], [city(name, "it", id="row")]).same == {
        "city/row": ("city/bolzano", score(known, city(name, "it")))
    }
    assert not match([city("Bolzano", "it", known=True)], [city(name, "it", id="row")]).same


def test_a_name_read_letter_by_letter_in_another_script_is_the_same() -> None:
    assert same(city("Амстердам", "nl"), city("Amsterdam", "nl"))
    assert not same(city("Киров", "ru"), city("Kovrov", "ru"))


@pytest.mark.parametrize(("name", "country", "known"), [("Βερολίνο", "de", "Berlin"), ("赣州", "cn", "Ganzhou")])
def test_a_name_in_another_script_that_is_known_is_the_same(name: str, country: str, known: str) -> None:
    assert same(city(known, country, others=(name,)), city(name, country))


def test_chinese_characters_of_the_same_sound_wait() -> None:
    found = match([city("Ganzhou", "cn", id="known", known=True)], [city("甘州", "cn", id="row")])
    assert not found.same
    assert found.waiting


def test_consonants_in_two_scripts_tell_little_where_names_in_one_script_differ() -> None:
    found = match([city("Jinan", "cn", names=("جینان",), known=True)], [city("Shanhe", "cn", id="row")])
    assert not found.same
    assert not found.waiting


def test_the_label_is_not_lost_behind_an_alias_of_another_form() -> None:
    assert same(city("Pärnu", "ee", others=("Pärnu City",)), city("Pärnu", "ee"))


TOWNS = {"Alder": (40.0, -75.0), "Birch": (40.2, -75.1), "Cedar": (40.1, -75.3), "Dogwood": (40.3, -75.0)}
"""Of one state."""


def in_state(name: str, place: tuple[float, float], *, others: int = 4) -> Matching:
    """What is made of a row with a state and no place, and a known city of its name somewhere; so many others of the
    state are known."""
    towns = dict(list(TOWNS.items())[:others])
    known = [city(town, "us", where, known=True) for town, where in {**towns, name: place}.items()]
    rows = [city(town, "us", id=f"r-{town}", region="region/pa") for town in (*TOWNS, name)]
    rows += [city(town, "us", id=f"o-{town}", region="region/oh") for town in ("Elm", "Fir")]
    rows += [city(town, "us", id=f"n-{town}", region="region/ny") for town in ("Elm", "Fir")]
    return match(known, rows)


@pytest.mark.parametrize(
    ("place", "others", "verdict"),
    [((40.2, -75.4), 4, "same"), ((41.0, -76.0), 4, "waits"), ((36.9, -90.0), 4, "new"), ((36.9, -90.0), 2, "waits")],
)
def test_a_row_of_a_state_is_the_city_among_others_of_that_state(
    place: tuple[float, float], others: int, verdict: str
) -> None:
    found = in_state("Norfolk", place, others=others)
    waits = any("city/r-Norfolk" in pair for pair in found.waiting)
    assert ("same" if "city/r-Norfolk" in found.same else "waits" if waits else "new") == verdict


def shared(one: str, other: str, common: int) -> Matching:
    """What is made of two rows of a list that have so many partners in common, and no other."""
    partners = [city(f"Partner {n}", "fr", (45.0 + n / 3, 3.0), id=f"p{n}") for n in range(common)]
    tied = {(f"city/{row}", f"city/p{n}") for n in range(common) for row in "ab"}
    rows = [city(one, "rs", id="a"), city(other, "rs", id="b")]
    return match([], [*rows, *partners], tied)


def test_most_partners_in_common_make_spellings_far_apart_one() -> None:
    assert set(shared("Prizren", "Prizrenas", 3).same) == {"city/a", "city/b"}
    assert not shared("Prizren", "Prizrenas", 1).same


def test_partners_in_common_do_not_make_a_part_one_with_the_whole() -> None:
    assert not shared("Pankow", "Pankow (Prenzlauer Berg)", 4).same
    assert not shared("Corinto", "Corinto Municipality", 4).same


def unshared(each: int) -> float:
    """The weight of two rows of one name that have so many partners, and none in common."""
    partners = [city(f"Partner {n}", "fr", id=f"p{n}") for n in range(2 * each)]
    tied = {(f"city/{'a' if n < each else 'b'}", partner.ids[0]) for n, partner in enumerate(partners)}
    found = match([], [city("Fulda", "de", id="a"), city("Fulda", "de", id="b"), *partners], tied)
    return next(scored.weight for pair, scored in found.waiting.items() if set(pair) == {"city/a", "city/b"})


def test_the_more_partners_two_rows_have_the_more_tells_that_none_is_in_common() -> None:
    assert unshared(1) > unshared(5)


def test_a_quarter_behind_a_dash_is_not_the_city_of_two_names() -> None:
    assert not same(city("Lahr/Schwarzwald", "de", (48.3, 7.9)), city("Lahr/Schwarzwald - Kuhbach", "de", (48.3, 7.9)))


def test_different_numbers_of_one_authority_are_two_cities() -> None:
    items = (frozenset({f"http://www.wikidata.org/entity/Q{number}"}) for number in (1, 2))
    one, other = (city("Aalborg", "dk", (57.05, 9.92), addresses=item) for item in items)
    assert score(one, other) is None


def test_a_group_takes_the_id_of_the_known_city() -> None:
    rows = [city("Tehran", "ir", TEHRAN, id="r1"), city("Teheran", "ir", TEHRAN, id="r2")]
    found = match([city("Tehran", "ir", TEHRAN, known=True)], rows)
    assert {one: name for one, (name, _) in found.same.items()} == {"city/r1": "city/tehran", "city/r2": "city/tehran"}


def test_a_new_group_takes_a_readable_id_that_is_free() -> None:
    rows = [city("Ville d'Aix", "fr", (43.5, 5.4), id="r1"), city("Aix", "fr", (43.5, 5.4), id="r2")]
    assert {name for name, _ in match([], rows).same.values()} == {"city/aix"}
    assert {name for name, _ in match([], rows, taken={"city/aix"}).same.values()} == {"city/aix-fr"}


def test_two_known_cities_are_never_made_one_and_their_likeness_was_seen_before() -> None:
    known = [city("Tehran", "ir", TEHRAN, known=True), city("Tehran", "ir", TEHRAN, id="teheran", known=True)]
    assert match(known, [city("Qom", "ir", (34.6, 50.9))]) == Matching(compared=0)


def test_a_chain_does_not_join_places_far_from_each_other() -> None:
    rows = [city("Town", "it", (45.0 + 0.1 * n, 9.0), id=f"r{n}") for n in range(4)]  # 11 km from one to the next
    found = match([], rows)
    joined: dict[str, list[ToldCity]] = {}
    for row in rows:
        name = found.same.get(row.ids[0], (row.ids[0], None))[0]
        joined.setdefault(name, []).append(row)
    assert len(joined) > 1
    assert all(distance(a.place, b.place) <= 15 for group in joined.values() for a in group for b in group)  # type: ignore[arg-type]


def test_cities_with_a_tie_are_two() -> None:
    rows = [city("Twin", "it", (45.0, 9.0), id="a"), city("Twin", "it", (45.0, 9.01), id="b")]
    assert match([], rows).same
    apart = match([], rows, tied={("city/a", "city/b")})
    assert not apart.same
    assert not apart.waiting


def test_a_pair_that_waits_elsewhere_is_not_told_again() -> None:
    rows = [city("Frankfurt", "de", (50.1, 8.68), id="a"), city("Frankfurt am Main", "de", (50.1, 8.68), id="b")]
    assert set(match([], rows).waiting) == {("city/b", "city/a")}
    assert not match([], rows, told={("city/a", "city/b")}).waiting


BERLIN = (52.52, 13.405)


def twins(*pairs: tuple[str, str]) -> set[tuple[str, str]]:
    """Ties of cities, by the tails of their ids."""
    return {(min(f"city/{a}", f"city/{b}"), max(f"city/{a}", f"city/{b}")) for a, b in pairs}


def outcome(*rows: ToldCity, tied: set[tuple[str, str]] | None = None) -> str:
    """What becomes of the first two of several rows of one list."""
    found = match([], rows, tied or set())
    one, other = (found.same.get(row.ids[0], (row.ids[0],))[0] for row in rows[:2])
    if one == other:
        return "same"
    return "waits" if {(one, other), (other, one)} & found.waiting.keys() else "different"


@pytest.mark.parametrize(
    ("one", "other", "becomes"),
    [
        ("Mitte (Berlin)", "Berlin - Mitte", "same"),
        ("Mitte (Berlin)", "Mitte, Berlin", "same"),
        ("Berlin-Mitte", "Mitte (Berlin)", "same"),
        ("Kadıköy (İstanbul)", "Istanbul – Kadikoy", "same"),
        ("Mitte (Berlin)", "Mitte (Hamburg)", "different"),
        ("Mitte, Berlin", "Mitte, Hamburg", "different"),
        ("Mitte (Berlin)", "Berlin", "different"),
        ("Berlin - Mitte", "Berlin", "different"),
        ("Mitte (Berlin)", "Mitte (Germany)", "waits"),
        ("Mitte (Germany)", "Mitte", "same"),
        ("Pruszcz", "Pruszcz Municipality", "different"),
        ("Pruszcz", "Gmina Pruszcz", "different"),
        ("Pruszcz", "Pruszcz rayon", "different"),
        ("Pruszcz", "Pruszcz County", "different"),
        ("Pruszcz", "Province of Pruszcz", "different"),
        ("Provincia di Pruszcz", "Pruszcz Province", "same"),
        ("Pruszcz", "City of Pruszcz", "same"),
        ("Özgön", "Uzgen", "same"),
        ("Prague", "Prague 8", "different"),
        ("Budapest XIII", "Budapest XIV", "different"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("swapped", [False, True])
def test_two_rows_of_one_list_at_one_point(one: str, other: str, becomes: str, swapped: bool) -> None:
    rows = [city(one, "de", BERLIN, id="a"), city(other, "de", BERLIN, id="b")]
    found = outcome(*(rows[::-1] if swapped else rows))
    # That of a place and its municipality waits; what only must not be is a match.
    assert found == becomes or (becomes == "different" and found == "waits")


def test_one_name_in_two_forms_is_one_place_without_partners_in_common() -> None:
    rows = [city("Mitte (Berlin)", "de", BERLIN, id="a"), city("Berlin - Mitte", "de", (52.54, 13.41), id="b")]
    others = [city(f"Partner {word}", "fr", id=word) for word in "xy"]
    assert outcome(*rows, *others, tied=twins(("a", "x"), ("b", "y"))) == "same"


def test_a_municipality_is_the_city_where_no_list_has_both() -> None:
    rows = [city("Comune di Siena", "it", (43.32, 11.33), id="row")]
    assert match([city("Siena", "it", (43.32, 11.33), known=True)], rows).same
    members = [
        city(name, "it", (43.32, 11.33), id=f"m{number}", lists=frozenset({f"organization/{number}"}))
        for number, name in enumerate(("Siena", "Comune di Siena"))
    ]
    assert match([], members).same
    assert not match([], [city("Siena", "it", (43.32, 11.33)), city("Comune di Siena", "it", (43.32, 11.33))]).same


def test_partners_in_common_are_evidence() -> None:
    rows = [city("Corinth", "gr", (37.94, 22.93), id="a"), city("Korinth", "gr", (37.94, 22.96), id="b")]
    others = [city(f"Partner {word}", "de", id=word) for word in ("x", "y", "z", "w")]
    assert outcome(*rows, *others) != "same"
    assert outcome(*rows, *others, tied=twins(("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"), ("z", "w"))) == "same"
    assert outcome(*rows, *others, tied=twins(("a", "x"), ("a", "y"), ("b", "z"), ("b", "w"))) != "same"


def test_partners_that_turn_out_to_be_one_are_one_partner() -> None:
    rows = [city("Corinth", "gr", (37.94, 22.93), id="a"), city("Korinth", "gr", (37.94, 22.96), id="b")]
    partners = [city(name, "de", BERLIN, id=name) for name in ("Mitte (Berlin)", "Berlin - Mitte")]
    ties = twins(*((one, partner.ids[0][5:]) for one, partner in zip("ab", partners, strict=True)))
    assert outcome(*rows, *partners, tied=ties) == "same"


def test_letters_of_latin_script_are_latin_whatever_their_code_point() -> None:
    assert place_name("Nəsimi").head.script == place_name("Nizami").head.script == "LATIN"
    assert outcome(city("Nizami", "az", (40.38, 49.83)), city("Nəsimi", "az", (40.39, 49.83))) == "different"


def test_many_names_at_one_point_are_no_evidence() -> None:
    rows = [city(name, "tr", (41.0, 29.0)) for name in ("Uzgen", "Özgön")]
    crowd = [city(f"Place{word}", "tr", (41.0, 29.0)) for word in "abcdefgh"]
    assert outcome(*rows) == "same"
    assert outcome(*rows, *crowd) != "same"


@pytest.mark.parametrize("rows", [500, 1000])
@pytest.mark.parametrize("name", ["Springfield", "Place {}", "Ville {} sur Mer"])
def test_the_pairs_compared_grow_with_the_rows(rows: int, name: str) -> None:
    cities = [city(name.format(number), "us", (30.0, -90.0), id=f"r{number}") for number in range(rows)]
    assert len(list(pairs(cities, Background()))) <= rows * 3 * FREQUENT


@pytest.mark.parametrize(
    ("one", "other", "compared"),
    [
        (("Uster", (47.35, 8.72)), ("Greifensee", (47.355, 8.72)), False),
        (("Uster", (47.35, 8.72)), ("Uschter", (47.36, 8.72)), True),
        (("Uster", (47.35, 8.72)), ("Greifensee", (47.35, 8.72)), True),
        (("Saint Ouen", (48.91, 2.33)), ("Saint Denis", (48.94, 2.36)), True),
        (("Saint Ouen", (48.91, 2.33)), ("Mont Saint Aignan", (49.0, 2.33)), False),
        (("Saint Ouen", (48.91, 2.33)), ("Saint Ouene", (49.2, 2.33)), True),
        (("Saint Ouen", (48.91, 2.33)), ("Saint Ouen", (49.7, 2.33)), True),
        (("Saint Ouen", (48.91, 2.33)), ("Saint Ouen", (43.3, 5.4)), False),
        (("Saint Ouen", (48.91, 2.33)), ("Saint Ouen", None), True),
    ],
)
def test_compared_are_those_whose_names_can_outweigh_how_far_apart_they_lie(
    one: tuple[str, tuple[float, float]], other: tuple[str, tuple[float, float] | None], compared: bool
) -> None:
    cities = [city(name, "fr", place, id=f"r{number}") for number, (name, place) in enumerate((one, other))]
    assert list(pairs(cities, Background())) == [(0, 1)] * compared


def test_namesakes_far_apart_are_compared_if_they_share_a_partner() -> None:
    cities = [city("Saint Ouen", "fr", place, id=f"r{place[0]}") for place in ((48.91, 2.33), (43.3, 5.4))]
    ties = {one.ids[0]: frozenset({"city/tehran"}) for one in cities}
    assert list(pairs(cities, Background(ties=ties))) == [(0, 1)]


@pytest.mark.parametrize("third", ["none", "row", "known"])
@pytest.mark.parametrize(
    ("ties", "same"),
    [
        ({"a": "tehran", "b": "lahore"}, set()),
        ({"a": "tehran", "b": "lahore", "third": "tehran"}, {"a", "third"}),
        ({"a": "tehran", "b": "tehran"}, {"a", "b", "third"}),
        ({"a": "tehran"}, {"a", "b", "third"}),
        ({}, {"a", "b", "third"}),
    ],
)
def test_rows_that_their_partners_tell_apart_do_not_become_one_through_a_third(
    third: str, ties: dict[str, str], same: set[str]
) -> None:
    """Of two villages of one name a list may tell nothing but the name, the country and their partners."""
    rows = {name: city("Newport", "gb", id=name) for name in "ab"}
    if third != "none":
        rows["third"] = city("Newport", "gb", id="third", known=third == "known")
    known = [row for row in rows.values() if row.known]
    tied = [(min(pair), max(pair)) for pair in ((f"city/{one}", f"city/{other}") for one, other in ties.items())]
    found = match(known, [row for row in rows.values() if not row.known], tied)
    told = {name: found.same.get(f"city/{name}", (f"city/{name}",))[0] for name in rows}
    groups = [{name for name in rows if told[name] == one} for one in set(told.values())]
    assert [group for group in groups if len(group) > 1] == [same & rows.keys()] * (len(same & rows.keys()) > 1)
    assert bool(found.waiting) == (len(groups) > 1)


def test_nothing_is_merged_if_one_asks_for_it() -> None:
    rows = [city("Lahore", "pk", (31.5, 74.3), id=f"r{number}") for number in range(2)]
    assert match([], rows).same
    found = match([], rows, sure=inf)
    assert not found.same
    assert len(found.waiting) == 1
    assert not match([], rows, sure=20.0).waiting.keys() - {("city/r1", "city/r0")}


NAMES = st.sampled_from(
    ["Aix", "Aix en Provence", "Ville d'Aix", "Birmingham", "Tehran", "تهران", "", "St. Aix", "Aixx"]
)
Row = tuple[str, str | None, tuple[float, float] | None]
PLACES = st.none() | st.tuples(st.sampled_from([45.0, 45.05, 45.1, 46.0]), st.sampled_from([9.0, 9.1]))

ROWS = st.tuples(NAMES, st.sampled_from(["it", "ir", None]), PLACES)


@given(st.lists(ROWS, min_size=2, max_size=5), st.data())
@settings(max_examples=60)
def test_the_order_of_rows_makes_no_difference(rows: list[Row], data: st.DataObject) -> None:
    cities = [city(name, country, place, id=f"r{number}") for number, (name, country, place) in enumerate(rows)]
    order = data.draw(st.sampled_from(list(permutations(cities))))
    known = [city("Aix", "it", (45.0, 9.0), id="aix", known=True)]
    assert match(known, cities) == match(known, order)


@given(st.lists(ROWS, max_size=6))
@settings(max_examples=60)
def test_what_is_the_same_is_one_id_and_waits_for_nobody(rows: list[Row]) -> None:
    cities = [city(name, country, place, id=f"r{number}") for number, (name, country, place) in enumerate(rows)]
    found = match([], cities)
    names = {one: name for one, (name, _) in found.same.items()}
    assert not any(one == other for one, other in found.waiting)
    assert all(one not in names for ids in found.waiting for one in ids)
    assert all(name not in names for name in names.values())


def test_namesakes_of_two_states_by_one_list_are_two() -> None:
    """Nor does a known one of that name, of whose state nobody tells, take any of them but one that it shares a partner
    with."""
    known = [city("Springfield", "us", known=True), city("Isesaki", "jp", known=True)]
    new = [city("Springfield", "us", id=f"list-{state}", region=f"region/list-{state}") for state in ("il", "ma", "mo")]
    alone = match(known, new)
    assert alone.same == {}
    assert {("city/springfield", f"city/list-{state}") for state in ("il", "ma", "mo")} == {
        (one, other) if one == "city/springfield" else (other, one) for one, other in alone.waiting
    }
    tied = {("city/isesaki", "city/list-mo"), ("city/isesaki", "city/springfield")}
    found = match(known, new, tied).same
    assert {one: name for one, (name, _) in found.items()} == {"city/list-mo": "city/springfield"}


@given(st.lists(st.sampled_from(KEYED)).map("".join) | st.text())
def test_the_key_of_a_name_alone_is_that_of_the_whole_name(name: str) -> None:
    assert name_key(name) == place_name(name).kind_key
