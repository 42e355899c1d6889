"""Answers with a limit of time, rows and memory, asked in a process that can be killed.

The limits stand here, where nothing heavy is imported: the command line shows them in its help.
"""

from __future__ import annotations

SECONDS = 30.0
ROWS = 10_000
"""Limits of a free question, in either language, where none are given."""
MOST_SECONDS = 86_400.0
MOST_ROWS = 1 << 31
"""What may be allowed at most: a day, and more rows than memory holds."""
