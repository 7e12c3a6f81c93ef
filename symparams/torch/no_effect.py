"""What a user calls on a module that changes none of its shapes: where it is, how exact it is, whether it trains, its hooks."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self


class Unchanged:
    """A module as far as what is done to it changes nothing."""

    if TYPE_CHECKING:

        def modules(self) -> Iterator[Unchanged]: ...

    def train(self, mode: bool = True) -> Self:
        """The module itself: training changes no shape."""
        for module in self.modules():
            vars(module)["training"] = mode
        return self

    def eval(self) -> Self:
        """The module itself."""
        return self.train(False)

    def _as_it_is(self, *_: object, **__: object) -> Self:
        """The module itself: where it is and how exact its numbers are changes no shape."""
        return self

    to = to_empty = cpu = cuda = float = half = double = bfloat16 = type = zero_grad = share_memory = compile = _as_it_is

    def _nothing(self, *_: object, **__: object) -> None:
        """Nothing: there are no numbers, and nothing is run."""

    reset_parameters = flatten_parameters = _nothing
    register_forward_hook = register_forward_pre_hook = register_full_backward_hook = _nothing

    def extra_repr(self) -> str:
        """What a user's class says of itself; nothing here."""
        return ""
