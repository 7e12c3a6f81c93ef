"""Which expression each axis of a torch tensor was made with: read where ``torch.empty`` and its like are given sizes.

PyTorch is not imported: where a user's code has, its own hook for functions is used.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, ExitStack

from ..lifting.tagged_numbers import TaggedInt, expression_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType
    from typing import Any, Self

    from ..lifting.built import Axes, HasShape


class TorchTags:
    """Watches tensors being made, as long as it is entered. What it knows of is kept by the storage of each."""

    def __init__(self, tags: bool) -> None:
        self.tags = tags
        self.known: dict[int, tuple[object, tuple[int, ...], Axes]] = {}
        self.entered = ExitStack()

    def __enter__(self) -> Self:
        torch = sys.modules.get("torch")
        if torch is not None and hasattr(torch, "nn"):
            self.entered.enter_context(torch.device("meta"))
            if self.tags:
                self.entered.enter_context(self.watching(torch))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.entered.close()

    def watching(self, torch: Any) -> AbstractContextManager[object]:
        """PyTorch's hook: called with every function of PyTorch that the builder calls."""
        seen = self.seen

        class Watching(torch.overrides.TorchFunctionMode):  # type: ignore[misc]
            def __torch_function__(self, function: Any, types: object, args: Any = (), kwargs: Any = None) -> object:
                made = function(*args, **(kwargs or {}))
                if type(made) is torch.Tensor:
                    seen(made, args, kwargs or {})
                return made

        entered: AbstractContextManager[object] = Watching()
        return entered

    def seen(self, made: HasShape, args: tuple[object, ...], named: Mapping[str, object]) -> None:
        """A tensor that is made of sizes has their expressions, one made of a tensor of its shape those of that tensor."""
        shape = tuple(made.shape)
        sizes = list(whole_numbers([*args, *(named[name] for name in ("size", "shape") if name in named)]))[: len(shape)]
        if any(isinstance(size, TaggedInt) for size in sizes) and tuple(map(int, sizes)) == shape:
            self.keep(made, shape, tuple(map(expression_of, sizes)))
            return
        for each in args:
            axes = self.axes_of(each)
            axes = axes if axes is not None and tuple(getattr(each, "shape", ())) == shape else None
            if axes is not None:
                self.keep(made, shape, axes)
                return

    def keep(self, made: Any, shape: tuple[int, ...], axes: Axes) -> None:
        self.known[made.untyped_storage()._cdata] = (made, shape, axes)

    def axes_of(self, tensor: Any) -> Axes | None:
        """The expressions of a tensor's axes, or None."""
        if not self.known or not hasattr(tensor, "untyped_storage") or hasattr(tensor, "materialize"):  # of a lazy module
            return None
        _, shape, axes = self.known.get(tensor.untyped_storage()._cdata, (None, None, None))
        return axes if shape == tuple(tensor.shape) else None


def whole_numbers(values: list[object]) -> Iterator[int]:
    """The whole numbers in arguments, those in tuples too, up to the first that is something else."""
    for value in values:
        if isinstance(value, tuple | list):
            yield from whole_numbers([*value])
        elif isinstance(value, int) and not isinstance(value, bool):
            yield value
