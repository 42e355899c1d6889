"""citydiplomacy: a knowledge graph of city diplomacy, and the tools to ask it.

>>> import citydiplomacy
>>> with citydiplomacy.Store.open("citydiplomacy-store") as store:  # doctest: +SKIP
...     store.get("city/mashhad")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citydiplomacy.graph.store.reader import Store

__all__ = ["Store", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`Store` is imported when it is first asked for, so that the command line starts at once."""
    if name == "Store":
        from citydiplomacy.graph.store.reader import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
