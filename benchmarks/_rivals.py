"""What others make of cities that may be one, for benchmarks/resolution_constructed.py: pairs merged, and likely."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from rapidfuzz.fuzz import token_sort_ratio

from citydiplomacy.graph.language.text import fold
from citydiplomacy.loaders.resolution.background import background
from citydiplomacy.loaders.resolution.candidates import pairs
from citydiplomacy.loaders.resolution.profiles import CityProfile, distance

ALIKE, NEAR = 95, 5.0
"""Of the plain rule: percent, kilometres."""
Pairs = set[tuple[str, str]]
def by_rule(): pass
def by_splink(): pass
def by_nomenklatura(): pass
