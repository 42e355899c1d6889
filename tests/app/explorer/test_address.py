"""Addresses: what is written of a page is what is read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citydiplomacy.errors import UsageError
from citydiplomacy.explorer.address import MEDIA, PageWanted, accepted, parse

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs")), min_size=1)
PARTS = TEXT.filter(lambda part: "/" not in part and part not in (".", "..", "fa") and "." not in part)


@given(
    st.sampled_from(["en", "fa"]),
    st.lists(PARTS, max_size=4),
    st.sampled_from(sorted(MEDIA)),
    st.dictionaries(TEXT, TEXT, max_size=4),
)
def test_an_address_is_read_as_it_is_written(lang, path, form, query):
    wanted = PageWanted(lang, tuple(path), form, tuple(query.items()))
    written, _, fields = wanted.address().partition("?")
    assert parse(written, fields) == wanted


@given(st.text(), st.text())
def test_whatever_is_written_is_read_or_refused(path, query):
    try:
        wanted = parse(f"/{path}", query)
    except UsageError:
        return
    assert not {".", ".."} & set(wanted.path)
    assert all("/" not in part for part in wanted.path)


@pytest.mark.parametrize("path", ["/../etc/passwd", "/city/%2e%2e/x", "/city/a%2Fb", "/city/%ff", "/city/a%00b"])
def test_what_is_no_address_is_refused(path):
    with pytest.raises(UsageError):
        parse(path)


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "html"),
        ("application/json", "json"),
        ("text/csv;q=0.4, text/turtle;q=0.6", "ttl"),
        ("image/png", "html"),
        ("", "html"),
        ("text/*;q=nonsense, application/json;q=0.1", "json"),
    ],
)
def test_the_form_is_what_the_asker_likes_best(header, form):
    assert accepted(header) == form
