"""Takes pictures of what was made, to be looked at: each page in a browser, each sheet of paper.

    python docs/look.py demo demo/look

Needs pypdfium2, Playwright and Chromium, which `make look` brings.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pypdfium2
from playwright.sync_api import sync_playwright

WIDTHS = (1400, 390)
"""Of a page on a desk and on a phone, in pixels."""
TALLEST = 12_000
"""Pixels of a page that one picture shows."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def sheets(paper: Path, folder: Path) -> int:
    """A picture of each sheet of a PDF file. Returns how many there are."""
    with pypdfium2.PdfDocument(paper) as document:
        for number, page in enumerate(document, 1):
            page.render(scale=1.5).to_pil().save(folder / f"{paper.name}.{number:03}.png")
        return len(document)


def pages(files: list[Path], folder: Path) -> None:
    """A picture of each page in each width, as high as it is."""
    program = os.environ.get("CITYDIPLOMACY_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for file in files:
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 900})
                page.goto(file.resolve().as_uri())
                page.wait_for_timeout(1500)
                high = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
                page.set_viewport_size({"width": width, "height": max(high, 900)})
                page.screenshot(path=folder / f"{file.name}.{width}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    made, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    papers, files = sorted(made.glob("*.pdf")), sorted(made.glob("*.html"))
    count = sum(sheets(paper, folder) for paper in papers)
    pages(files, folder)
    print(f"{folder}: {count} sheets of {len(papers)} PDF files, {len(files)} pages in {len(WIDTHS)} widths")
