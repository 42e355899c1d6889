"""Runs the benchmarks that the pages of docs/ name, and puts what they print into the pages.

    python benchmarks/document.py [--only NAME ...] [FOLDER OF THE WORLD DATA]

A comment `<!-- benchmarks/NAME.py ... -->` is a command, WORLD in it the folder; the block after it is what it printed.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

from _common import WORLD

from citydiplomacy.graph import whole_files

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"<!-- (benchmarks/(\w+)\.py[^>]*?) -->\n```text\n.*?```\n", re.DOTALL)


def main() -> None:
    """Run and write, block by block, so that what was measured before an error or a cut is kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=WORLD, help="default: ../shared/world")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these, such as build or influence")
    given = parser.parse_args()
    for page in sorted((ROOT / "docs").glob("*.md")):
        commands = {found[1]: found[2] for found in BLOCK.finditer(page.read_text(encoding="utf-8"))}
        for command, name in commands.items():
            if not given.only or name in given.only:
                print(command, file=sys.stderr, flush=True)
                words = [str(given.folder.resolve()) if word == "WORLD" else word for word in shlex.split(command)]
                ran = subprocess.run([sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
                _put(page, command, ran.stdout)


def _put(page: Path, command: str, printed: str) -> None:
    """Replace the block of a command."""
    text = page.read_text(encoding="utf-8")
    block = f"<!-- {command} -->\n```text\n{printed.strip(chr(10))}\n```\n"
    whole_files.write(page, BLOCK.sub(lambda found: block if found[1] == command else found[0], text))


if __name__ == "__main__":
    main()
