"""Lists of pages of the web, `<ul>` and `<ol>`: what heads their items, and lists that are of no cities."""

from __future__ import annotations

from pathlib import Path

import pytest

from citydiplomacy.errors import InputError
from citydiplomacy.graph.model.records import Agreement

from .test_strangers import ties, told

PAGE = """<!doctype html><html><head><title>Graz</title><script>"<ul><li>Wien"</script></head><body>
<nav><ul><li>Paris</li><li>London</li></ul></nav>
<header><h1>Twin towns of Graz</h1><ul><li>Berlin<li>Rome</ul></header>
<ul class="menu"><li><a href="/">Home</a></li><li><a>Contact</a></li><li>News</li></ul>
<h2>Hungary</h2><ul><li>Pécs (1989)</li></ul>
<h2>Croatia</h2><ol><li>Pula (1972)<li>Dubrovnik <b>(1994)</b></ol><ul><li>Print</li><li>Share</li></ul>
<h2>Links</h2><ul><li>Imprint</li><li>Privacy</li></ul>
<footer><ul><li>Vienna</li></ul></footer></body></html>"""


def test_lists_below_their_countries(tmp_path: Path) -> None:
    """Menus, what stands at the top and the foot of a page and links are no cities."""
    found = told(tmp_path, PAGE, "page.html", city="own")
    assert ties(found) == [
        ("Dubrovnik", "city/own", "1994"),
        ("Pula", "city/own", "1972"),
        ("Pécs", "city/own", "1989"),
    ]
    assert found.countries() == {"Dubrovnik": "hr", "Pula": "hr", "Pécs": "hu"}
    assert 'rows "heading" = "Links"' in found.unread()
    assert 'sheet "Twin towns of Graz 2": "Print"' in found.unread()
    assert found.report.lost() == (0, 3)


def test_addresses_below_a_part_of_the_world(tmp_path: Path) -> None:
    """What stands at the end of a page below the last heading of its lists is no city."""
    page = (
        "<html><h1>Partnerstädte</h1><h2>Europa</h2><ul><li><b>Coventry</b> (Großbritannien) seit 1957</li>"
        "<li>Triest (Italien) seit 1973</li></ul><h2>Amerika</h2><ul><li>Montclair (USA) seit 1950</li></ul>"
        "<h3>Kontakt</h3><ul><li>Rathaus, Hauptplatz 1</li><li>Tel. 0316 872</li></ul>"
    )
    found = told(tmp_path, page, "page.html", city="own")
    assert ties(found) == [
        ("Coventry", "city/own", "1957"),
        ("Montclair", "city/own", "1950"),
        ("Triest", "city/own", "1973"),
    ]
    assert found.countries() == {"Coventry": "gb", "Montclair": "us", "Triest": "it"}


def test_kinds_that_head_lists(tmp_path: Path) -> None:
    page = (
        "<h1>Graz</h1><h2>Sister cities</h2><ul><li>Lyon, France</li><li>Milan, Italy</ul>"
        "<p><strong>Friendship cities</strong></p><ul><li>Linz, Austria</li></ul>"
    )
    found = told(tmp_path, page, "page.html", city="own")
    assert sorted(each.kind for each in found.records if isinstance(each, Agreement)) == [
        "agreement-kind/friendship", "agreement-kind/sister-city", "agreement-kind/sister-city",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        "<ul><li>Graz<ul><li>Pula (1972)<li>Lyon (1980)</ul><li>Linz<ul><li>Halle (1975)</ul></ul>",
        "<h2>Graz</h2><h3>Partners</h3><ul><li>Pula (1972)</li><li>Lyon (1980)</li></ul>"
        "<h2>Linz</h2><h3>Partners</h3><ul><li>Halle (1975)</li></ul>",
        "<p>Graz:</p><ul><li>Pula (1972)</li><li>Lyon (1980)</li></ul><p>Linz:<ul><li>Halle (1975)</li></ul>",
    ],
)
def test_cities_that_head_their_partners(tmp_path: Path, page: str) -> None:
    assert ties(told(tmp_path, f"<html><body>{page}", "page.html")) == [
        ("Graz", "Lyon", "1980"),
        ("Graz", "Pula", "1972"),
        ("Halle", "Linz", "1975"),
    ]


def test_what_the_title_says_that_they_are(tmp_path: Path) -> None:
    """Of a page whose lists stand below countries."""
    page = (
        "<h1>Friendship cities of Graz</h1><h2>Hungary</h2><ul><li>Pécs</ul><h2>Croatia</h2><ul><li>Pula<li>Split</ul>"
    )
    found = told(tmp_path, page, "page.html", city="own")
    assert {each.kind for each in found.records if isinstance(each, Agreement)} == {"agreement-kind/friendship"}
    assert found.countries() == {"Pula": "hr", "Split": "hr", "Pécs": "hu"}


@pytest.mark.parametrize("title", ["", "<h1>Twin towns</h1>"])
def test_a_page_of_links_has_no_cities(tmp_path: Path, title: str) -> None:
    """Nor has one that names what it is about."""
    page = f"<html><body>{title}<ul><li>Home</li><li>Our mayor</li><li>Germany</li><li>English</li></ul>"
    with pytest.raises(InputError, match="no column is recognised as a city"):
        told(tmp_path, page, "page.html")


def test_a_page_with_a_table_is_that_table(tmp_path: Path) -> None:
    page = "<ul><li>Paris<li>Rome</ul><table><tr><th>City<th>Twin<tr><td>Graz<td>Pula</table>"
    assert ties(told(tmp_path, page, "page.html")) == [("Graz", "Pula", None)]
