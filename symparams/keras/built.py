"""A layer once its input is known."""

from __future__ import annotations

from ..core.frozen import Frozen
from .graph import KerasCountable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from ..core.model import Layer
    from ..core.sizes import OpenShape

    Inputs: TypeAlias = OpenShape | list[OpenShape]  # one shape for a layer of one input, a list for a layer of several
    Shapes: TypeAlias = "OpenShape | Sequence[Shapes]"  # several outputs; states may be lists themselves


class Buildable(KerasCountable):
    """A layer or a model, either of which may be inside a layer."""

    def _built(self, shape: Inputs) -> Built:
        """Its build for an input of that shape, or for a list of shapes where it has several inputs."""
        raise NotImplementedError


class Built(Frozen):
    """The build of a layer: our layer, the reasons for its settings, its output shape and the layers inside it.

    ``own`` holds a wrapper's own weights, apart from the layers inside it. ``width_because`` says why the last axis of the
    output differs from the input's, for the layer that reads it next. ``steps`` tells whether the names of the layers inside
    are part of the paths of their weights, and ``leading`` names a weight of theirs that comes before those of ``own``.
    """

    output: Shapes
    core: Layer | None = None
    because: Mapping[str, str] = {}
    width_because: str = ""
    inner: tuple[Buildable, ...] = ()
    own: Layer | None = None
    steps: bool = True
    leading: str = ""
