"""The tables of a comparison: what both cities have and what only one, their roles, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from citydiplomacy.graph.language.dates import from_edtf
from citydiplomacy.graph.language.text import alphabetical

from ..city.profile import CityProfile, status
from ..city.roles import Role
from ..wording.rows import Row
from ..wording.sections import Section, section
from ..wording.speech import Speech
from ..wording.tables import Cell, TableColumn

T = TypeVar("T")

THREE_VALUED = {"yes": True, "no": False, "unknown": None}
_SIDES = ("both", "a", "b")


@dataclass(frozen=True)
class Sides:
    """Two cities side by side, in a language."""

    say: Speech
    a: CityProfile
    b: CityProfile

    @property
    def both(self) -> tuple[CityProfile, CityProfile]:
        """The cities."""
        return self.a, self.b

    def section(
        self,
        key: str,
        title: tuple[str, str],
        who: tuple[str, str],
        side: Callable[[T], str],
        columns: Iterable[TableColumn[T]],
        things: Iterable[T],
    ) -> Section:
        """A table of things of both or of one: first those of both. who: the titles of the column that says whose."""
        names = {
            "both": self.say("both", "هر دو"),
            "a": self.say(f"known of {self.a.name} alone", f"تنها از {self.a.name} شناسایی‌شده"),
            "b": self.say(f"known of {self.b.name} alone", f"تنها از {self.b.name} شناسایی‌شده"),
        }
        sides: tuple[TableColumn[T], ...] = (
            TableColumn("side", "Side", "سمت", side),
            TableColumn("side_name", *who, lambda thing: names[side(thing)]),
        )
        ordered = sorted(things, key=lambda thing: _SIDES.index(side(thing)))
        return section(self.say, key, title, (*sides, *columns), ordered)


def _side(in_a: object, in_b: object) -> str:
    return "both" if in_a and in_b else "a" if in_a else "b"


def networks(sides: Sides, rows: Iterable[Row]) -> Section:
    """Organisations that one of the cities is in. rows: those of `networks-compared`."""

    def member(key: str) -> Callable[[Row], Cell]:
        return lambda row: THREE_VALUED[row[key]]

    def checked(row: Row) -> Cell:
        lists = ((row["city_member"], row["city_list"]), (row["other_member"], row["other_list"]))
        return next((from_edtf(day) for answer, day in lists if answer == "no" and day), None)

    in_a, in_b = member("city_member"), member("other_member")
    columns: tuple[TableColumn[Row], ...] = (
        TableColumn("organization", "Id", "شناسه", lambda row: row["organization"]),
        TableColumn("organization_name", "Network or body", "شبکه یا نهاد", lambda row: row["organization_name"]),
        TableColumn("member_a", f"{sides.a.name} is a member", f"{sides.a.name} عضو است", in_a),
        TableColumn("member_b", f"{sides.b.name} is a member", f"{sides.b.name} عضو است", in_b),
        TableColumn("checked", "Full list without the other", "فهرست کامل بی شهر دیگر", checked),
    )
    return sides.section(
        "networks",
        ("Networks of both and of one only (– is unknown)", "شبکه‌های مشترک و یکسویه (– یعنی نامعلوم)"),
        ("Who", "کدام شهر"),
        lambda row: _side(in_a(row), in_b(row)),
        columns,
        rows,
    )


def partners(sides: Sides, lacking_a: Iterable[Row], lacking_b: Iterable[Row]) -> Section:
    """Standing sister cities of both or one; the other's absence is checked where a source tells of a tie that does
    not stand.

    lacking: rows of `sister-cities-missing`, of each city, against the other.
    """
    missing = tuple({row["partner"]: row for row in rows} for rows in (lacking_a, lacking_b))
    tied = tuple({row["partner"]: row for row in city.sister_cities} for city in sides.both)
    each_other = {city.id for city in sides.both}  # the headlines say it
    rows = [row for partner, row in {**tied[1], **tied[0]}.items() if partner not in each_other]
    rows.sort(key=lambda row: (alphabetical(str(row["partner_name"])), row["partner"]))

    def twinned(index: int) -> Callable[[Row], Cell]:
        return lambda row: row["partner"] in tied[index] or THREE_VALUED[missing[index][row["partner"]]["twinned"]]

    def status_of(row: Row) -> Cell:
        tie = missing[0].get(row["partner"]) or missing[1].get(row["partner"])
        return status(sides.say, tie) if tie else None

    columns: tuple[TableColumn[Row], ...] = (
        TableColumn("partner", "Id", "شناسه", lambda row: row["partner"]),
        TableColumn("partner_name", "Sister city", "خواهرخوانده", lambda row: row["partner_name"]),
        TableColumn("country_name", "Country", "کشور", lambda row: row["country_name"]),
        TableColumn("twinned_a", f"{sides.a.name} has it", f"{sides.a.name} دارد", twinned(0)),
        TableColumn("twinned_b", f"{sides.b.name} has it", f"{sides.b.name} دارد", twinned(1)),
        TableColumn("other_status", "The other's tie is", "پیوند شهر دیگر", status_of),
    )
    return sides.section(
        "partners",
        ("Sister cities of both and of one only (– is unknown)", "خواهرخوانده‌های مشترک و یکسویه (– یعنی نامعلوم)"),
        ("Who", "کدام شهر"),
        lambda row: _side(row["partner"] in tied[0], row["partner"] in tied[1]),
        columns,
        rows,
    )


def disagreements(sides: Sides) -> Section:
    """What sources are marked to disagree on, and whom it touches."""
    claims: dict[str, list[tuple[CityProfile, Row]]] = {}
    for city in sides.both:
        for row in city.disagreements:
            claims.setdefault(row["disagreement"], []).append((city, row))

    def number(key: str) -> Callable[[str], Cell]:
        return lambda disagreement: len({row[key] for _, row in claims[disagreement]} - {None})

    columns: tuple[TableColumn[str], ...] = (
        TableColumn("disagreement", "Id", "شناسه", lambda disagreement: disagreement),
        TableColumn(
            "disagreement_name",
            "What sources disagree on",
            "موضوع ناهمخوانی منابع",
            lambda disagreement: claims[disagreement][-1][1]["disagreement_name"],
        ),
        TableColumn("claims", "Claims", "گزاره‌ها", number("claim")),
        TableColumn("sources", "Sources", "منبع‌ها", number("source")),
    )
    touched = {disagreement: [city for city, _ in rows] for disagreement, rows in claims.items()}
    return sides.section(
        "disagreements",
        ("Marked disagreements of sources", "ناهمخوانی‌های نشان‌شدهٔ منبع‌ها"),
        ("Whom it touches", "دربارهٔ"),
        lambda disagreement: _side(sides.a in touched[disagreement], sides.b in touched[disagreement]),
        columns,
        sorted(claims),
    )


class _RoleOf(NamedTuple):
    city: CityProfile
    role: Role


def roles(sides: Sides) -> Section:
    """The roles of both cities, the highest first."""
    columns: tuple[TableColumn[_RoleOf], ...] = (
        TableColumn("city", "Id of the city", "شناسهٔ شهر", lambda row: row.city.id),
        TableColumn("city_name", "City", "شهر", lambda row: row.city.name),
        TableColumn("role", "Id of the role", "شناسهٔ نقش", lambda row: row.role.role),
        TableColumn("role_name", "Role", "نقش", lambda row: row.role.role_name),
        TableColumn("organization", "Id", "شناسه", lambda row: row.role.organization),
        TableColumn("organization_name", "Network or body", "شبکه یا نهاد", lambda row: row.role.organization_name),
        TableColumn("grade", "Grade", "درجه", lambda row: row.role.grade),
        TableColumn("bonus", "Bonus", "امتیاز افزوده", lambda row: row.role.bonus),
        TableColumn("since", "Since", "از", lambda row: row.role.since),
        TableColumn("last_seen", "Last told", "آخرین گفته", lambda row: row.role.last_seen),
        TableColumn("sources", "Sources", "منبع‌ها", lambda row: len(row.role.sources)),
    )
    rows = [
        _RoleOf(city, role)
        for city in sides.both
        for role in sorted(city.roles, key=lambda role: (role.height, role.bonus), reverse=True)
    ]
    return section(
        sides.say,
        "roles",
        ("Roles as last told, the highest first", "نقش‌ها، چنان‌که آخرین بار گفته شده، بالاترین نخست"),
        columns,
        rows,
    )


def evidence(sides: Sides) -> Section:
    """How many sources of each kind tell of each city, and how many claims rest on them: the most reliable first."""
    kinds: dict[tuple[int, str], tuple[list[Row], list[Row]]] = {}
    for index, city in enumerate(sides.both):
        for row in city.sources:
            kinds.setdefault((-row["reliability"], row["kind_name"] or ""), ([], []))[index].append(row)

    def sources(index: int) -> Callable[[tuple[int, str]], Cell]:
        return lambda kind: len(kinds[kind][index])

    def claims(index: int) -> Callable[[tuple[int, str]], Cell]:
        return lambda kind: sum(row["claims"] for row in kinds[kind][index])

    a, b = (city.name for city in sides.both)
    columns: tuple[TableColumn[tuple[int, str]], ...] = (
        TableColumn("kind_name", "Kind of source", "گونهٔ منبع", lambda kind: kind[1] or None),
        TableColumn("reliability", "Reliability, 1 to 5", "اعتبار، ۱ تا ۵", lambda kind: -kind[0]),
        TableColumn("sources_a", f"{a}: sources", f"{a}: منبع‌ها", sources(0)),
        TableColumn("sources_b", f"{b}: sources", f"{b}: منبع‌ها", sources(1)),
        TableColumn("claims_a", f"{a}: claims, once a source", f"{a}: گزاره‌ها، برای هر منبع یک بار", claims(0)),
        TableColumn("claims_b", f"{b}: claims, once a source", f"{b}: گزاره‌ها، برای هر منبع یک بار", claims(1)),
    )
    return section(sides.say, "evidence", ("Evidence", "شواهد"), columns, sorted(kinds))
