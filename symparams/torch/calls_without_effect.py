"""Methods of a module that do not change its shapes: its device, its precision, its training mode, its hooks."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Self


class Handle:
    """What ``register_forward_hook`` gives."""

    def __init__(self, hooks: dict[int, Any], number: int) -> None:
        self.hooks, self.number = hooks, number

    def remove(self) -> None:
        """Takes the function away again."""
        self.hooks.pop(self.number, None)


class Unchanged:
    """The methods of a module that have no effect on its shapes."""

    if TYPE_CHECKING:

        def modules(self) -> Iterator[Unchanged]: ...

    def train(self, mode: bool = True) -> Self:
        """The module itself: the mode does not change a shape."""
        for module in self.modules():
            vars(module)["training"] = mode
        return self

    def eval(self) -> Self:
        """The module itself."""
        return self.train(False)

    def _as_it_is(self, *_: object, **__: object) -> Self:
        """The module itself: device and precision do not change a shape."""
        return self

    to = to_empty = cpu = cuda = xpu = ipu = mtia = float = half = double = bfloat16 = type = zero_grad = share_memory = compile = (
        _as_it_is
    )

    def _nothing(self, *_: object, **__: object) -> None:
        """Does nothing: there are no numbers, and nothing is run."""

    reset_parameters = flatten_parameters = load_state_dict = _nothing

    def register_forward_hook(self, hook: Callable[..., Any], *_: object, **__: object) -> Handle:
        """A function that is given the output whenever the module is called."""
        hooks = vars(self).setdefault("_hooks", {})
        hooks[len(hooks)] = hook
        return Handle(hooks, len(hooks) - 1)

    def register_forward_pre_hook(self, *_: object, **__: object) -> Handle:
        """Accepted, and without effect on a count."""
        return Handle({}, 0)

    register_full_backward_hook = register_backward_hook = register_full_backward_pre_hook = register_forward_pre_hook
    register_state_dict_pre_hook = register_state_dict_post_hook = register_load_state_dict_pre_hook = (
        register_load_state_dict_post_hook
    ) = register_forward_pre_hook

    call_super_init = dump_patches = False
    T_destination = dict
    get_extra_state = set_extra_state = _nothing

    def extra_repr(self) -> str:
        """The description of a user's class; empty by default."""
        return ""
