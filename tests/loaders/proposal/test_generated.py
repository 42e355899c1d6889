"""Lists made up in many layouts: what is proposed and loaded holds no fact that the list does not state, and what it
states and the records do not hold is named in the report."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from citydiplomacy.graph.language.text import normalize
from citydiplomacy.graph.model.ids import slug
from citydiplomacy.graph.model.records import Agreement, City, Membership
from citydiplomacy.graph.model.schema import Record
from citydiplomacy.loaders.proposal.propose import propose
from citydiplomacy.loaders.report import LoadReport
from citydiplomacy.loaders.tables.folder import load_tables

if TYPE_CHECKING:
    import pytest

CITIES = ("Toledo", "Valencia", "Córdoba", "San José", "Graz", "Ürümqi", "Lyon", "Saint Petersburg")
PERSIAN = ("تولدو", "والنسیا", "شیراز", "لاهور", "گراتس", "لیون")
COUNTRIES = {"Spain": "es", "United States": "us", "Venezuela": "ve", "Austria": "at", "China": "cn", "France": "fr"}
PERSIAN_COUNTRIES = {"اسپانیا": "es", "ایران": "ir", "پاکستان": "pk", "اتریش": "at", "فرانسه": "fr"}
NETWORKS = ("Eurocities", "C40")
HEADERS = {
    "en": ("City A", "Country A", "City B", "Country B", "Year", "City", "Country", "Network"),
    "en2": ("city", "country", "partner", "partner country", "since", "town", "country", "organisation"),
    "de": ("Stadt", "Land", "Partnerstadt", "Partnerland", "Jahr", "Stadt", "Land", "Netzwerk"),
    "fr": ("Ville", "Pays", "Ville jumelée", "Pays jumelé", "Année", "Ville", "Pays", "Réseau"),
    "fa": ("شهر اول", "کشور اول", "شهر دوم", "کشور دوم", "سال", "شهر", "کشور", "شبکه"),
}
"""Of ties the two sides and the year, of members a city, its country and the network."""
DOUBLE = {
    "en": (["City A", "", "City B", "", ""], ["Name", "Country", "Name", "Country", "Year"]),
    "de": (["Stadt A", "", "Stadt B", "", ""], ["Name", "Land", "Name", "Land", "Jahr"]),
    "fr": (["Ville A", "", "Ville B", "", ""], ["Nom", "Pays", "Nom", "Pays", "Année"]),
    "fa": (["شهر اول", "", "شهر دوم", "", ""], ["نام", "کشور", "نام", "کشور", "سال"]),
}
"""Headers over two lines."""
PARTNER = {"en": "Sister city", "en2": "partner", "de": "Partnerstadt", "fr": "Ville jumelée", "fa": "شهر خواهرخوانده"}
MEMBER = {"en": "Member", "en2": "member", "de": "Mitglied", "fr": "Membre", "fa": "عضو"}
REGION = {"en": "State", "en2": "province", "de": "Bundesland", "fr": "Département", "fa": "استان"}
STATUSES = {
    "en": ("former", "suspended"),
    "en2": ("active", "ended"),
    "de": ("ruhend", "beendet"),
    "fr": ("actif", "suspendu"),
    "fa": ("فعال", "پایان‌یافته"),
}
TOTALS = {"en": "Total", "en2": "Grand total", "de": "Summe", "fr": "Total général", "fa": "جمع کل"}
OWN = ("own", "")

Side = tuple[str, str]


@dataclass
class Made:
    """A list: its bytes, and the facts that it states."""

    layout: str
    rows: list[list[str]] = field(default_factory=list)
    above: list[list[str]] = field(default_factory=list)
    """Its header, and lines over it."""
    further: list[list[str]] = field(default_factory=list)
    """A second list below its rows, with a gap, a title and a header."""
    below: list[list[str]] = field(default_factory=list)
    ties: list[tuple[frozenset[Side], str]] = field(default_factory=list)
    """The sides (name, country or nothing) and the start of each row that names two cities."""
    members: set[tuple[str, str, str]] = field(default_factory=set)
    cities: set[Side] = field(default_factory=set)
    """Those that stand there without a tie or a membership."""
    places: set[tuple[str, str, str]] = field(default_factory=set)
    """Name, country and state of cities, where it tells of states."""
    seen: dict[Side, str] = field(default_factory=dict)
    """The last year in which a city is marked as a member."""
    heads: int = 0
    """Rows that only head those below them."""
    merged: list[tuple[int, int]] = field(default_factory=list)
    """The first and the last of rows whose first two cells are those of one city."""
    name: str = "list.csv"
    encoding: str = "utf-8"
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Words:
    """What lists of one language are written with."""

    lang: str
    names: Sequence[str]
    countries: dict[str, str]
    years: Sequence[str]

    @property
    def place(self) -> st.SearchStrategy[Side]:
        return st.tuples(st.sampled_from(self.names), st.sampled_from(["", *self.countries]))

    @property
    def year(self) -> st.SearchStrategy[str]:
        return st.sampled_from(["", *self.years])

    @property
    def first(self) -> list[str]:
        """A city and a country: without any country a column is not known as one of countries."""
        return [self.names[0], next(iter(self.countries))]

    def side(self, row: Sequence[str]) -> Side:
        return row[0], self.countries.get(row[1], "")


@st.composite
def lists(draw: st.DrawFn) -> Made:
    lang = draw(st.sampled_from(sorted(HEADERS)))
    names, countries = (PERSIAN, PERSIAN_COUNTRIES) if lang == "fa" else (CITIES, COUNTRIES)
    solar = lang == "fa" and draw(st.booleans())
    words = Words(lang, names, countries, list(map(str, range(1370, 1403) if solar else range(1950, 2020))))
    layout = draw(st.sampled_from([name for name in LAYOUTS if lang != "en2" or name != "header_over_two_lines"]))
    made = Made(layout)
    LAYOUTS[layout](draw, made, words)
    if draw(st.booleans()):
        made.above[:0] = [["A list of cities"]] * draw(st.integers(1, 2))
    if layout not in ("edges", "two_lists", "items") and draw(st.booleans()):
        made.below = [[TOTALS[lang], *[""] * (len(made.above[-1]) - 2), str(len(made.rows))]]
    _written(draw, made, lang)
    event(f"{layout}, {made.name}, {made.encoding}")
    return made


def two_sides(draw: st.DrawFn, made: Made, words: Words) -> None:
    made.above = [list(HEADERS[words.lang][:5])]
    made.rows.append([*words.first, words.names[1], words.first[1], words.years[0]])
    rows = st.lists(st.tuples(words.place, words.place, words.year), min_size=1, max_size=8)
    for side, beside, start in draw(rows):
        made.rows.append([draw(st.sampled_from([side[0], side[0], side[0], ""])), side[1], *beside, start])
    for row in made.rows:
        if row[0] and row[2]:
            made.ties.append((frozenset({words.side(row), words.side(row[2:])}), row[4]))


def header_over_two_lines(draw: st.DrawFn, made: Made, words: Words) -> None:
    two_sides(draw, made, words)
    made.above = [list(line) for line in DOUBLE[words.lang]]


def members(draw: st.DrawFn, made: Made, words: Words) -> None:
    *_, city, country, network = HEADERS[words.lang]
    made.above = [[city, country, network, HEADERS[words.lang][4]]]
    for side, start in draw(st.lists(st.tuples(words.place, words.year), min_size=1, max_size=8)):
        made.rows.append([*side, draw(st.sampled_from(NETWORKS)), start])
    made.rows.append([*words.first, "C40", words.years[0]])
    made.members = {(*words.side(row), row[2]) for row in made.rows}


def own_list(draw: st.DrawFn, made: Made, words: Words) -> None:
    made.above = [[PARTNER[words.lang], HEADERS[words.lang][6], HEADERS[words.lang][4]]]
    made.rows = [[*words.first, words.years[0]]]
    made.rows += [[*side, start] for side, start in draw(st.lists(st.tuples(words.place, words.year), max_size=8))]
    made.ties = [(frozenset({OWN, words.side(row)}), row[2]) for row in made.rows]


def matrix(draw: st.DrawFn, made: Made, words: Words) -> None:
    made.above = [[*HEADERS[words.lang][5:7], *NETWORKS]]
    mark = draw(st.sampled_from(["x", "✓", "1"]))
    made.rows = [[*words.first, mark, mark]]
    cells = st.sampled_from([mark, ""])
    rows = st.lists(st.tuples(words.place, st.tuples(cells, cells)), max_size=8)
    made.rows += [[*side, *marks] for side, marks in draw(rows)]
    for row in made.rows:
        made.members |= {(*words.side(row), of) for of, cell in zip(NETWORKS, row[2:], strict=True) if cell}
        made.cities.add(words.side(row))


def edges(draw: st.DrawFn, made: Made, words: Words) -> None:
    names, year = words.names, words.years[0]
    made.above = [["From", "To", "Type", "Since"]]
    made.rows = [[names[0], "C40", "member of", year], [names[0], names[1], "sister city", year]]
    ends = st.tuples(st.sampled_from(names), st.sampled_from([*names, *NETWORKS]), words.year)
    for one, other, start in draw(st.lists(ends, max_size=8)):
        made.rows.append([one, other, "member of" if other in NETWORKS else "sister city", start])
    for one, other, _, start in made.rows:
        if other in NETWORKS:
            made.members.add((one, "", other))
        else:
            made.ties.append((frozenset({(one, ""), (other, "")}), start))


def empty_below(draw: st.DrawFn, made: Made, words: Words) -> None:
    """A city stands once, and its cells are empty in the rows of its further partners."""
    made.above = [list(HEADERS[words.lang][:5])]
    for one in draw(st.lists(st.sampled_from(words.names), min_size=2, max_size=4, unique=True)):
        side = (one, draw(st.sampled_from(sorted(words.countries))))
        partners = draw(st.lists(st.tuples(words.place, words.year), min_size=3, max_size=4))
        made.merged.append((len(made.rows), len(made.rows) + len(partners) - 1))
        for number, ((other, country), start) in enumerate(partners):
            beside = (other, country or words.first[1])
            made.rows.append([*(side if number == 0 else ("", "")), *beside, start])
            made.ties.append((frozenset({words.side(side), words.side(beside)}), start))


def marks_that_repeat(draw: st.DrawFn, made: Made, words: Words) -> None:
    """A city and its country stand once, and marks below them say that they are the same."""
    empty_below(draw, made, words)
    made.merged.clear()
    mark = draw(st.sampled_from(['"', "idem", "〃", "ditto", "-//-"]))
    made.rows = [[cell or mark for cell in row[:2]] + row[2:] for row in made.rows]


def spells(draw: st.DrawFn, made: Made, words: Words) -> None:
    """From when until when, in one cell."""
    made.above = [list(HEADERS[words.lang][:5])]
    made.rows.append([*words.first, words.names[1], words.first[1], f"{words.years[0]}–{words.years[5]}"])
    for side, beside, start in draw(st.lists(st.tuples(words.place, words.place, words.year), max_size=8)):
        until = draw(st.sampled_from(["", f"–{words.years[-1]}", f" - {words.years[-1]}"])) if start else ""
        made.rows.append([*side, *beside, start + until])
    for row in made.rows:
        made.ties.append((frozenset({words.side(row), words.side(row[2:])}), row[4][:4]))


def statuses(draw: st.DrawFn, made: Made, words: Words) -> None:
    """A status in brackets after the name of a partner, or nothing."""
    two_sides(draw, made, words)
    for row in made.rows:
        if row[2]:
            row[2] = draw(st.sampled_from([row[2], *(f"{row[2]} ({each})" for each in STATUSES[words.lang])]))
    made.rows.append([*words.first, f"{words.names[2]} ({STATUSES[words.lang][0]})", words.first[1], ""])
    made.ties.append((frozenset({words.side(words.first), words.side((words.names[2], words.first[1]))}), ""))


def regions(draw: st.DrawFn, made: Made, words: Words) -> None:
    """The state or province of a city beside it: namesakes of two are two cities."""
    city, country = HEADERS[words.lang][5:7]
    made.above = [[city, REGION[words.lang], country, HEADERS[words.lang][7]]]
    for side, region in draw(st.lists(st.tuples(words.place, st.sampled_from(["", "Alba", "Borsa"])), max_size=8)):
        made.rows.append([side[0], region, side[1], "C40"])
    made.rows.append([words.first[0], "Alba", words.first[1], "C40"])
    made.members = {(*words.side((row[0], row[2])), "C40") for row in made.rows}
    made.places = {(*words.side((row[0], row[2])), row[1]) for row in made.rows}


def years(draw: st.DrawFn, made: Made, words: Words) -> None:
    """A column a year, and marks of who was a member then."""
    made.above = [[MEMBER[words.lang], HEADERS[words.lang][6], "2019", "2020", "2021"]]
    mark = draw(st.sampled_from(["x", "✓"]))
    made.rows = [[*words.first, mark, mark, mark]]
    cells = st.sampled_from([mark, "", "-"])
    for name in draw(st.lists(st.sampled_from(words.names[1:]), max_size=5, unique=True)):
        made.rows.append([name, words.first[1], *draw(st.tuples(cells, cells, cells))])
    for row in made.rows:
        made.cities.add(words.side(row))
        if last := [year for year, cell in zip(made.above[0][2:], row[2:], strict=True) if cell == mark]:
            made.seen[words.side(row)] = last[-1]
    made.members = {(*side, "a-network") for side in made.seen}


def crossed(draw: st.DrawFn, made: Made, words: Words) -> None:
    """A matrix of cities, of which one half or both are filled in: marks, or since when."""
    names = draw(st.lists(st.sampled_from(words.names), min_size=3, max_size=6, unique=True))
    made.above = [[HEADERS[words.lang][5], *names]]
    grid = [["" for _ in names] for _ in names]
    both = draw(st.booleans())
    cells = st.sampled_from(["", "", *words.years[:3], "x"])
    for one in range(len(names)):
        for other in range(one + 1, len(names)):
            cell = words.years[0] if (one, other) in ((0, 1), (1, 2)) else draw(cells)
            grid[one][other] = cell
            grid[other][one] = cell if both else ""
            if cell:
                made.ties.append((frozenset({(names[one], ""), (names[other], "")}), "" if cell == "x" else cell))
    made.rows = [[name, *row] for name, row in zip(names, grid, strict=True)]
    made.cities = {(name, "") for name in names}


def headings(draw: st.DrawFn, made: Made, words: Words) -> None:
    """A country in a row of its own above its cities."""
    made.above = [[PARTNER[words.lang], HEADERS[words.lang][4]]]
    partners = st.lists(st.tuples(st.sampled_from(words.names), st.sampled_from(words.years)), min_size=1, max_size=4)
    for country in draw(st.lists(st.sampled_from(sorted(words.countries)), min_size=1, max_size=3, unique=True)):
        made.rows.append([country, ""])
        made.heads += 1
        for name, start in draw(partners):
            made.rows.append([name, start])
            made.ties.append((frozenset({OWN, words.side((name, country))}), start))


def two_lists(draw: st.DrawFn, made: Made, words: Words) -> None:
    """Ties, and below them the members of networks."""
    second = Made("members")
    two_sides(draw, made, words)
    made.rows.append([*words.first, words.names[2], words.first[1], words.years[1]])
    made.ties.append(
        (frozenset({words.side(words.first), words.side((words.names[2], words.first[1]))}), words.years[1])
    )
    members(draw, second, words)
    title = draw(st.sampled_from([[], [["Members"]]]))
    made.further, made.members = [[], *title, *second.above, *second.rows], second.members


def items(draw: st.DrawFn, made: Made, words: Words) -> None:
    """A city's own list in lines: after a bullet or a number the partner, its country and the year."""
    bullet = draw(st.sampled_from(["- ", "* ", "• ", "1. "]))
    between = draw(st.sampled_from([(", ", "", " (", ")"), (" (", ")", ", ", ""), (" – ", "", " – ", "")]))
    made.above = [[PARTNER[words.lang]]]
    rows = [(name, words.first[1], words.years[0]) for name in words.names[:2]]
    rows += [(*side, start) for side, start in draw(st.lists(st.tuples(words.place, words.year), max_size=8))]
    for name, country, start in rows:
        of = f"{between[0]}{country}{between[1]}" if country else ""
        made.rows.append([f"{bullet}{name}{of}" + (f"{between[2]}{start}{between[3]}" if start else "")])
        made.ties.append((frozenset({OWN, words.side((name, country))}), start))


LAYOUTS = {
    each.__name__: each
    for each in (
        *(two_sides, members, own_list, matrix, edges, empty_below, header_over_two_lines),
        *(marks_that_repeat, spells, two_lists, statuses, regions, years, crossed, headings, items),
    )
}


def _written(draw: st.DrawFn, made: Made, lang: str) -> None:
    """Write the list as a file of some kind."""
    form = draw(st.sampled_from([".csv", ".csv", ".csv", ".xlsx", ".xlsx", ".html", ".txt"]))
    lines = [*made.above, *made.rows, *made.further, *made.below]
    if made.layout == "items":
        made.name = draw(st.sampled_from(["list.txt", "list.md", "list.csv"]))
        made.data = "\n".join(line for (line,) in lines).encode()
        return
    if form == ".xlsx":
        made.name, made.data = "list.xlsx", _workbook(made)
        return
    if form == ".html" and not made.further:
        cells = ("".join(f"<td>{escape(cell)}</td>" for cell in line) for line in lines)
        made.name, made.data = "list.html", f"<table>{''.join(f'<tr>{each}</tr>' for each in cells)}</table>".encode()
        return
    if form == ".txt" and len(made.above) == 1 and not made.further:  # as Markdown has it
        rule = ["---"] * len(made.above[0])
        lines = [*made.above, rule, *made.rows, *made.below]
        made.name, made.data = "list.txt", "\n".join(f"| {' | '.join(line)} |" for line in lines).encode()
        return
    sign = draw(st.sampled_from([",", ";", "\t", "|"]))
    text = io.StringIO()
    csv.writer(text, delimiter=sign, lineterminator=draw(st.sampled_from(["\n", "\r\n"]))).writerows(lines)
    made.encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1256" if lang == "fa" else "cp1252"]))
    told = text.getvalue()
    if made.encoding.startswith("cp"):
        told = told.replace("ی", "ي").replace("✓", "x").replace("〃", "idem")
    made.data = told.encode(made.encoding)


def _workbook(made: Made) -> bytes:
    """The list as a workbook, in which the cells of a city that stand below one another are merged."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (*made.above, *made.rows, *made.further, *made.below):
        sheet.append([cell or None for cell in row])
    for start, last in made.merged:
        for column in (1, 2):
            at = len(made.above) + 1
            sheet.merge_cells(start_row=at + start, end_row=at + last, start_column=column, end_column=column)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def one_name(sides: frozenset[Side]) -> bool:
    """Whether nothing tells two sides apart: they have one name, and one of them no country, or both the same."""
    return len({name for name, _ in sides}) == 1 and (len(sides) == 1 or any(not country for _, country in sides))


def names(records: Sequence[Record]) -> dict[str, Side]:
    """Name and country of cities by id."""
    return {
        each.id: (normalize(each.label("und") or each.label("fa") or ""), (each.country or "/").partition("/")[2])
        for each in records
        if isinstance(each, City)
    }


def answered(made: Made, line: str) -> str:
    """A line of a proposal with the answer to what it asks."""
    if line.startswith("encoding ="):
        assert "# ?" in line
        return f'encoding = "{made.encoding}"\n'
    if line.startswith("fill =") and made.layout != "empty_below":
        return ""  # it is asked: here a city is just not told
    line = line.replace('constants.organization = ""', 'constants.organization = "a-network"')
    return line.replace('constants.parties = ""', 'constants.parties = "city/own"')


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=lists())
def test_no_fact_is_invented_and_none_is_lost_in_silence(tmp_path_factory: pytest.TempPathFactory, made: Made) -> None:
    folder = tmp_path_factory.mktemp("made")
    (folder / made.name).write_bytes(made.data)
    proposed = propose(folder / made.name)
    lines = [answered(made, line) for line in proposed.splitlines(keepends=True)]
    (folder / "list.toml").write_text("".join(lines), encoding="utf-8")
    report = LoadReport()
    records = load_tables(folder / "list.toml", report).sources[0].records
    told = names(records) | {"city/own": OWN}
    stated = (
        {side for sides, _ in made.ties for side in sides}
        | {(name, of) for name, of, _ in made.members}
        | {OWN}
        | made.cities
    )
    alone = {cell.partition(" (")[0] for row in made.rows for cell in row}
    assert all(city in stated or city[0] in alone for city in told.values())
    assert not {name for name, _ in told.values()} & {*NETWORKS, *TOTALS.values()}
    assert set(told.values()) >= {side for side in stated if side[0]}

    if made.places:
        assert sum(isinstance(each, City) for each in records) == len(made.places)

    ties = [each for each in records if isinstance(each, Agreement)]
    held = {frozenset(told[party] for party in each.parties) for each in ties}
    assert held <= {sides for sides, _ in made.ties}
    for each in ties:
        sides = frozenset(told[party] for party in each.parties)
        starts = {start for of, start in made.ties if of == sides}
        written = each.start and (each.start.original or each.start.edtf)
        assert (written or "") in starts | ({""} if "" in starts else set())
    seen = {told[each.member]: each.attested.edtf for each in records if isinstance(each, Membership) if each.attested}
    assert seen == made.seen
    members = {(*told[each.member], each.organization) for each in records if isinstance(each, Membership)}
    assert members == {(name, of, f"organization/{slug(network)}") for name, of, network in made.members}

    for name, tally in report.files.items():
        assert tally.read == tally.made + tally.merged + tally.waiting + tally.refused + tally.left_out, name
    reasons = Counter(each.kind for each in report.reasons())
    whole = {sides for sides, _ in made.ties if not one_name(sides)}
    assert held == whole
    # A matrix whose halves are both filled in tells each tie twice; of it a row that says nothing is left out.
    silent = sum(not any(row[1:]) for row in made.rows) if made.layout == "crossed" else len(made.rows) - len(made.ties)
    if (silent > 0 and not made.members) or any(map(one_name, held ^ {s for s, _ in made.ties})):
        assert reasons["refused"] or reasons["left out"]
    assert report.lost()[1] <= len(made.rows) + len(made.further) + len(made.below)
    for row in made.below:
        assert row[0] in proposed.partition("# Not read")[2]
