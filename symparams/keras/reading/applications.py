"""Three layers that keras.applications defines for itself, in ConvNeXt and in InceptionResNetV2."""

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
    r"""A learned factor for each channel, which begins small (Touvron et al., 2021).

    >>> print(LayerScale.symbolic().count)
    c
    """

    channels: Dim = dim(letter="c", doc="channels of the input")

    def weights(self) -> Node:
        return weight("gamma", self.channels)


def layer_scale(config: dict[str, Any], shape: OpenShape) -> tuple[Layer, OpenShape]:
    return LayerScale(config["projection_dim"]), shape


def first_input(_: dict[str, object], shape: OpenShape | list[OpenShape]) -> tuple[None, OpenShape]:
    """No weights: the output is as the first input, whether that is alone or a residual is added."""
    return None, shape[0] if isinstance(shape, list) else shape


# By the class, the last part of its module, and an argument that it has: a user's own LayerScale is another class.
OWN: dict[str, tuple[str, str, Reader]] = {
    "LayerScale": ("convnext", "projection_dim", layer_scale),
    "StochasticDepth": ("convnext", "drop_path_rate", first_input),
    "CustomScaleLayer": ("inception_resnet_v2", "scale", first_input),
}


def own_reader(class_name: str, module: str, config: Mapping[str, object]) -> Reader | None:
    """The reader of such a layer; older files do not say the module."""
    its_module, argument, reader = OWN.get(class_name, ("", "", first_input))
    is_it = module.endswith(f"applications.{its_module}") or (not module and argument in config)
    return reader if its_module and is_it else None
