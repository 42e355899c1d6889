"""citydiplomacy: a knowledge graph of city diplomacy, and the tools to ask it."""

__version__ = "0.1.0"
