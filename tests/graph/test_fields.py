"""Frozen classes of fields do as dataclasses do, though most of it is compiled late or shared."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from typing import Any

import pytest

from citydiplomacy.graph.fields import Frozen, frozen
from citydiplomacy.graph.model.records import City, Country
from citydiplomacy.graph.model.schema import REGISTRY


@frozen
class Point(Frozen):
    east: int
    north: int = 0
    names: list[str] = dataclasses.field(default_factory=list)


CITY = City(id="city/mashhad", country="country/ir", aliases=())


@pytest.mark.parametrize("thing", [CITY, Point(1, 2)])
def test_it_is_copied_whole_and_never_changed(thing: Any) -> None:
    assert pickle.loads(pickle.dumps(thing)) == copy.deepcopy(thing) == dataclasses.replace(thing) == thing
    name = dataclasses.fields(thing)[0].name
    for change in (lambda: setattr(thing, name, 0), lambda: delattr(thing, name)):
        with pytest.raises(dataclasses.FrozenInstanceError, match=name):
            change()


def test_it_is_equal_to_its_like_alone() -> None:
    assert hash(dataclasses.replace(CITY)) == hash(CITY)
    assert Country(id="country/ir") != City(id="country/ir")
    assert dataclasses.replace(CITY, country=None) != CITY
    assert repr(Point(1)) == "Point(east=1, north=0, names=[])"
    assert Point(1).names is not Point(1).names


def test_what_is_missing_or_too_much_is_told() -> None:
    point, city = Point, City
    with pytest.raises(TypeError, match=r"Point\.__init__\(\) missing 1 required positional argument: 'east'"):
        point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"City\.__init__\(\) got an unexpected keyword argument 'mayor'"):
        city(id="city/mashhad", mayor="")  # type: ignore[call-arg]


@pytest.mark.parametrize("name", REGISTRY)
def test_each_record_class_tells_its_fields(name: str) -> None:
    cls = REGISTRY[name].cls
    given = inspect.signature(cls).parameters
    assert list(given) == [field.name for field in dataclasses.fields(cls)]
    assert {each.kind for each in given.values()} == {inspect.Parameter.KEYWORD_ONLY}
