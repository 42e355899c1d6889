"""Workbooks of OpenDocument with just the elements that a test gives, as no library writes them."""

from __future__ import annotations

import zipfile
from pathlib import Path


def opendocument(path: Path, rows: str) -> Path:
    """Write a workbook of one sheet `list`. rows: its elements. Returns the path."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        packed.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
            f'<table:table table:name="list">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path
