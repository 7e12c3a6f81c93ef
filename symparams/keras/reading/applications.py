"""Three layers that keras.applications defines, in ConvNeXt and in InceptionResNetV2."""

from __future__ import annotations

from ...core.fields import dim
from ...core.model import Layer
from ...core.tree import weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...core.sizes import Dim, OpenShape
    from ...core.tree import Node
    from .custom import Reader


class LayerScale(Layer):
    r"""A learned factor for each channel, initially small (Touvron et al., 2021).

    >>> print(LayerScale.symbolic().count)
    c
    """

    channels: Dim = dim(letter="c", doc="channels of the input")

    def weights(self) -> Node:
        return weight("gamma", self.channels)


def layer_scale(config: dict[str, Any], shape: OpenShape) -> tuple[Layer, OpenShape]:
    return LayerScale(config["projection_dim"]), shape


def first_input(_: dict[str, object], shape: OpenShape | list[OpenShape]) -> tuple[None, OpenShape]:
    """The reader of a layer without weights, whose output has the shape of its first or only input."""
    return None, shape[0] if isinstance(shape, list) else shape


# For each class the last part of its module and one of its arguments, to tell it from a user's class of the same name.
OWN: dict[str, tuple[str, str, Reader]] = {
    "LayerScale": ("convnext", "projection_dim", layer_scale),
    "StochasticDepth": ("convnext", "drop_path_rate", first_input),
    "CustomScaleLayer": ("inception_resnet_v2", "scale", first_input),
}


def own_reader(class_name: str, module: str, config: Mapping[str, object]) -> Reader | None:
    """The reader of such a layer; older files do not have the module."""
    own_module, argument, reader = OWN.get(class_name, ("", "", first_input))
    is_own = module.endswith(f"applications.{own_module}") or (not module and argument in config)
    return reader if own_module and is_own else None
