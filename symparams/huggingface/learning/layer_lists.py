"""Lists with a word for each layer, where a class has no default of its own: ``layer_types`` and the like."""

from __future__ import annotations

from itertools import cycle, islice

from .choices import DEPTH, last
from .configs import flattened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .configs import ConfigClass

WORDS = {"mlp_layer_types": "dense", "layer_types": "full_attention"}


def with_layer_lists(its: ConfigClass, given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with a list for each that is not given, as long as there are layers."""
    made = dict(given)
    for field, default in its.defaults.items():
        depth = depth_beside(its, field)
        if default is None and last(field) in WORDS and depth is not None:
            made = its.put(made, field, [WORDS[last(field)]] * its.raw(given)[depth])
    return made


def with_lists_resized(its: ConfigClass, given: Mapping[str, Any], start: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with the lists of a start repeated or cut to their own number of layers."""
    made = dict(given)
    lists = {field: items for field, items in flattened(start, set(its.sub)).items() if last(field) in WORDS}
    for field, items in lists.items():
        depth = depth_beside(its, field)
        if items and depth is not None and flattened(given, set(its.sub)).get(field) == items:
            made = its.put(made, field, [*islice(cycle(items), its.raw(given)[depth])])
    return made


def depth_beside(its: ConfigClass, field: str) -> str | None:
    """The number of layers in the (sub-)config of a field."""
    path = field.rpartition(".")[0]
    return next(
        (
            name
            for name, default in its.defaults.items()
            if type(default) is int and name.rpartition(".")[0] == path and DEPTH.search(last(name))
        ),
        None,
    )
