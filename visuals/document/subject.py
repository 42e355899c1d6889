"""What a dossier is about: its cities, and what is known of them, each asked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from citydiplomacy.graph.store.reader import Store
from citydiplomacy.queries.recommendation.report import Recommendation, recommend
from citydiplomacy.queries.reports.comparison import Comparison, compare
from citydiplomacy.queries.reports.difference import title
from citydiplomacy.queries.reports.gaps import Gaps
from citydiplomacy.queries.standing.coverage import named
from citydiplomacy.queries.wording.evidence import Named
from citydiplomacy.queries.wording.namesakes import speech
from citydiplomacy.queries.wording.rows import Rows, ask
from citydiplomacy.queries.wording.speech import Speech

from ..charts.bars import Dimension, dimensions
from ..drawing import scene
from ..maps.scene import MapScene
from ..maps.scene import scene as map_scene

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Subject:
    """Cities by id, the first of which the dossier is of, in a language."""

    store: Store
    cities: tuple[str, ...]
    lang: str
    without: frozenset[str] = frozenset()
    """Networks and cities that who asks rules out."""

    @cached_property
    def say(self) -> Speech:
        """The language to speak in."""
        return speech(self.store, self.lang)

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """The cities' names, as marks."""
        return tuple(named(self.store, city, self.lang) for city in self.cities)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names alone, as sentences tell them."""
        return tuple(map(str, map(self.say.said, self.named)))

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The first city against each other."""
        return tuple(compare(self.store, self.cities[0], other, self.lang) for other in self.cities[1:])

    @cached_property
    def advice(self) -> tuple[Recommendation, ...]:
        """What each might turn to."""
        return tuple(recommend(self.store, city, self.lang, without=self.without) for city in self.cities)

    @cached_property
    def by_kind(self) -> list[Dimension]:
        """How many ties of each kind are known of each."""
        return dimensions(self.store, self.cities, self.lang)

    @property
    def gaps(self) -> tuple[Gaps, ...]:
        """What each needs and lacks."""
        return tuple(each.gaps for each in self.advice)

    @cached_property
    def graph(self) -> nx.MultiGraph[str]:
        """The standing ties round the cities."""
        return scene.around(self.store, self.cities, self.lang, standing=True)

    @cached_property
    def places(self) -> MapScene:
        """The same on a map."""
        return map_scene(self.store, self.cities, self.lang, graph=self.graph)

    def ask(self, question: str, **values: str) -> Rows:
        """The rows of a question, in the language."""
        return ask(self.store, question, self.lang, **values)

    @cache  # noqa: B019 - the subject lives as long as its document is made
    def strength(self, city: str) -> Rows:
        """Each tie of a city with each voice that tells it."""
        return self.ask("tie-strength", city=city)

    @cache  # noqa: B019 - the subject lives as long as its document is made
    def tellers(self, city: str) -> dict[str, Rows]:
        """The voices that tell each tie of a city, by its id."""
        return self.strength(city).each("tie")

    @cache  # noqa: B019 - the subject lives as long as its document is made
    def title(self, record_id: str | None) -> str | None:
        """A record in words: its name, or what it ties and how."""
        record = self.store.get(record_id) if record_id else None
        return title(self.store, record, self.lang) if record else record_id

    def key(self, city: str) -> str:
        """A city's part of an address in the document."""
        return city.rpartition("/")[2]
