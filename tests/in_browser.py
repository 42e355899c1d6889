"""What tests of any page ask a browser: is it readable for everyone, and does each word stay whole."""

from __future__ import annotations

from typing import Any

import pytest

GRAVE = ("serious", "critical")
_THIN = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
  const free = (name) => name.startsWith("data-") || ["id", "href", "title", "value", "datetime"].includes(name);
  const outline = (one) => [
    one.tagName,
    ...[...one.attributes].map(({ name, value }) => (free(name) ? name : `${name}=${value}`)),
    one.textContent.trim() !== "",
    `(${[...new Set([...one.children].map(outline))].sort()})`,
  ].join(" ");
  for (const several of document.querySelectorAll("tbody, ul, ol, #evidence")) {
    const seen = new Map();
    for (const each of [...several.children]) {
      const shape = outline(each);
      seen.set(shape, (seen.get(shape) ?? 0) + 1);
      if (seen.get(shape) > 2) each.remove();
    }
  }
  return twice;
}"""
"""Of rows, items and entries that have the same elements with the same attributes, and text or none, two stay: each
rule looks at an element with its style, and there are pages of ten thousand. Returns the ids that are there twice."""
_BROKEN = """(cells) => {
  const broken = [];
  for (const cell of cells) {
    if (cell.textContent.includes("//") || /\\S{31}/.test(cell.textContent)) continue;
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const word of text.data.matchAll(/[\\p{L}\\p{M}\\p{N}\u200c]+/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""


def broken_words(page: Any, cells: str = "td, th") -> list[str]:
    """Words of cells that go on in the next line. Cells with an address, or with so long a word, are left out."""
    return list(page.locator(cells).evaluate_all(_BROKEN))


def assert_readable(page: Any, *parts: str, **options: Any) -> None:
    """Axe finds nothing grave. Of a long page only so much stays that each kind of row is looked at.

    parts: selectors of what alone is looked at. options: of axe, beside that only what is wrong is told at length.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    assert page.evaluate(_THIN) == [], "ids that are there twice"
    found = axe.Axe().run(page, *parts, options={**axe.DEFAULT_OPTIONS, **options}).response
    assert found["passes"]
    bad = [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"] if each["impact"] in GRAVE]
    assert bad == []
