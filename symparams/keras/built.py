"""What a layer is once its input is known."""

from __future__ import annotations

from ..core.frozen import Frozen
from .graph import Counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from ..core.model import Layer
    from ..core.sizes import OpenShape

    Inputs: TypeAlias = OpenShape | list[OpenShape]  # of what reads one tensor, and of what reads several
    Shapes: TypeAlias = "OpenShape | Sequence[Shapes]"  # several outputs, of which states may be lists themselves


class Buildable(Counted):
    """A layer or a model, either of which may be inside a layer."""

    def _built(self, shape: Inputs) -> Built:
        """What it is inside a layer, for an input of that shape, or for inputs of those shapes where it reads several."""
        raise NotImplementedError


class Built(Frozen):
    """What a layer is once its input is known: our layer and why its settings, its output, the layers inside it.

    ``own`` is what a wrapper has itself, beside the layers inside it. ``width_because`` is why the last axis of the output
    is not the input's, for whatever reads it next; ``steps`` whether the names of the layers inside are steps in the paths
    of their weights, and ``leading`` the name of a weight of the layers inside that comes before those of ``own``.
    """

    output: Shapes
    core: Layer | None = None
    because: Mapping[str, str] = {}
    width_because: str = ""
    inner: tuple[Buildable, ...] = ()
    own: Layer | None = None
    steps: bool = True
    leading: str = ""
