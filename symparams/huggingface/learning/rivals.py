"""Configs that tell comparisons apart which came out the same way in every build: ``is_gated_act`` and ``dense_act_fn == 'relu'``."""

from __future__ import annotations

import contextlib

from .builds import only_config
from .conditions import holds
from .expressions import fields_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, TypeAlias

    from .configs import ConfigClass
    from .expressions import Expression
    from .folding import Doubt, Folding, Key

    Config: TypeAlias = tuple[
        Mapping[str, Any], Mapping[str, Any]
    ]  # what the config class is given, and all fields that it makes of it

MOST_TOLD = 24  # of one class
MOST_TRIES = 4  # for two comparisons: a config class takes much that no model can be built of


def told_apart(
    folding: Folding, its: ConfigClass, flips: Mapping[str, list[Any]], builds: Callable[[Mapping[str, Any]], bool]
) -> bool:
    """Whether there were two comparisons that changing one field more tells apart; ``builds`` is given such configs."""
    built: list[Mapping[str, Any]] = []
    near: dict[int, list[Config]] = {}
    of_one_field = lambda its: fields_of(its[0][1]) != fields_of(its[0][2])
    for (_, one, other), (number, indices) in sorted(folding.doubts.items(), key=of_one_field):
        before = folding.builds[number]
        alike = are_alike(one, other, before.fields, indices)
        if any(are_alike(one, other, fields, indices) is not alike for fields in built):
            continue
        if number not in near:
            near[number] = list(changed_by_one(before.given, its, flips))
        tries = [each for each in near[number] if are_alike(one, other, each[1], indices) is not alike]
        first = next((fields for given, fields in tries[:MOST_TRIES] if builds(given)), None)
        built += [] if first is None else [first]
        if len(built) == MOST_TOLD:
            break
    return bool(built)


def is_of_two_fields(doubt: tuple[Doubt, Key]) -> bool:
    """Whether two comparisons are of different fields: they come after those of one, such as that it is None, or false."""
    (_, one, other), _ = doubt
    return fields_of(one) != fields_of(other)


def are_alike(one: Expression, other: Expression, fields: Mapping[str, Any], indices: tuple[int, ...]) -> bool:
    return holds(one, fields, indices) == holds(other, fields, indices)


def changed_by_one(given: Mapping[str, Any], its: ConfigClass, flips: Mapping[str, list[Any]]) -> Iterator[Config]:
    """The legal configs with another value of one field, of those that were compared with something."""
    for field, values in flips.items():
        for each in (*values, its.defaults.get(field)):
            with contextlib.suppress(Exception):  # an illegal config says nothing
                changed = its.put(given, field, each)
                yield changed, only_config(its.kind, changed).fields
