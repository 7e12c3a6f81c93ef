"""A module of a class that is not PyTorch's: its parameters as they are, and the layer that they are where that is known."""

from __future__ import annotations

from ...core.conventions import Tensor
from ..module import Module
from ..module_counts import dotted_path
from .blocks import has_parameters
from .own_layers import parts_of_own_layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...core.model import Part
    from ..module_counts import Walk


class OtherModule(Module):
    """A module of any other class, with its parameters, buffers and modules as they are."""

    @property
    def title(self) -> str:
        """The name of its class."""
        return str(vars(self)["called"])

    def _parts_of(self, walk: Walk, path: str) -> Iterator[Part]:
        own = {name: tensor for name, tensor in self._parameters.items() if tensor is not None}
        is_whole = not any(id(tensor) in walk.first for tensor in own.values()) and not any(
            map(has_parameters, self._modules.values())
        )
        front = dotted_path(path)
        tensors = {
            name: Tensor(path=f"{front}.{name}" if front else name, shape=tensor.shape, trainable=tensor.requires_grad, role=name)
            for name, tensor in own.items()
        }
        parts = parts_of_own_layer(self.title, front, tensors) if own and is_whole else None
        if parts is None:
            yield from super()._parts_of(walk, path)
            return
        for name, tensor in own.items():
            walk.leaf(name, tensor, path)
        yield from parts
