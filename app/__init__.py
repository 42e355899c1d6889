"""citydiplomacy: a knowledge graph of city diplomacy, and the tools to ask it.

>>> import citydiplomacy as cd
>>> with cd.open("citydiplomacy-store") as store:  # doctest: +SKIP
...     store.ask("sister-cities", city="Mashhad").to_pandas()

docs/python.md says what is stable: the names of `__all__`, and what `Store`, `Endpoint`, `Table`, `Report` and `Figure`
offer.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citydiplomacy.graph.model import records

    from . import errors
    from .face.endpoint import Endpoint, endpoint
    from .face.figures import Figure
    from .face.loading import Loaded, build, load
    from .face.store import Store, open
    from .face.tables import Report, Table

__all__ = [
    "Endpoint",
    "Figure",
    "Loaded",
    "Report",
    "Store",
    "Table",
    "__version__",
    "build",
    "endpoint",
    "errors",
    "load",
    "open",
    "records",
]
__version__ = "0.1.0"

_MODULES = {"errors": "errors", "records": "graph.model.records"}
_MODULE_OF = {
    **dict.fromkeys(("Store", "open"), "face.store"),
    **dict.fromkeys(("Endpoint", "endpoint"), "face.endpoint"),
    **dict.fromkeys(("Loaded", "build", "load"), "face.loading"),
    **dict.fromkeys(("Report", "Table"), "face.tables"),
    "Figure": "face.figures",
}


def __getattr__(name: str) -> Any:
    """A name is imported when it is first asked for, so that the command line starts at once."""
    if name in _MODULES:
        value: Any = import_module(f"{__name__}.{_MODULES[name]}")
    elif name in _MODULE_OF:
        value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
