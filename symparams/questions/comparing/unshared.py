"""A convolution against a locally connected layer, which has a kernel and a bias of its own at each place of the output."""

from __future__ import annotations

from ...core.formula import Formula
from ...core.sizes import volume
from ...core.tree_difference import change
from ...layers.convolution import Conv
from ...layers.locally_connected import LocallyConnected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.model import Layer, Part

SHARED = ("window", "inputs", "filters", "bias_sets")  # the fields that both have
ONE = "one for all places"


def is_unshared_pair(one: Layer, other: Layer) -> bool:
    """Whether one layer is a convolution and the other the same without sharing, over as many axes."""
    conv, local = (one, other) if isinstance(one, Conv) else (other, one)
    return (
        isinstance(conv, Conv)
        and isinstance(local, LocallyConnected)
        and len(conv.window) == len(local.window)
        and conv.groups == 1
    )


def differing_sizes(one: Layer, other: Layer) -> int:
    """The number of sizes in which they differ besides."""
    return sum(one.values()[name] != other.values()[name] for name in SHARED)


def with_sharing_of(part: Part) -> Part:
    """A locally connected layer as the convolution with its sizes."""
    layer = Conv.of({name: part.layer.values()[name] for name in SHARED})
    return part.but(layer=layer, node=part.all_of(layer.weights()), title=part.title)


def unsharing(old: Part, new: Part) -> dict[str, Any]:
    """The fields of the cause: kernels that were shared before or are shared after."""
    local = new if isinstance(new.layer, LocallyConnected) else old
    places = local.layer.values()["places"]
    many = f"one for each of {'*'.join(map(str, places))} places"
    share = Formula(change(old.node, new.node), signed=True)
    return {
        "layer": new.name if old.name == new.name else f"{old.name} -> {new.name}",
        "setting": "kernels",
        "before": many if local is old else ONE,
        "after": many if local is new else ONE,
        "formula": share,
        "because": f"{local.title} shares no weights between places: each of the {volume(places)} places of its output has a kernel "
        "and a bias of its own",
        "in_letters": share,
        "numbers": {},
    }
