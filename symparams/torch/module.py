"""``nn.Module``, the base class of users' modules. It keeps parameters, buffers and modules as PyTorch does, and counts them."""

from __future__ import annotations

from copy import deepcopy

from .._startup.lazy import module_of
from .._startup.limits import COPIES_IN_A_LIST
from ..core.frozen import Frozen
from ..core.letter_conditions import init_in_letters
from ..core.model import Countable, Layer
from ..core.sizes import is_symbolic, size
from ..errors import ArgumentError, SettingError, ShapeError, brief, nearest
from .calls_without_effect import Unchanged
from .contents import OURS, STORES, as_content, as_module, check_plain_contents, left_out
from .module_contents import ModuleContents
from .module_counts import QUANTITIES, RESERVED, repeated_node
from .tensors import Buffer, Parameter, Tensor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, Self

    from ..core.model import Part
    from ..core.sizes import Dim
    from ..core.tree import Node
    from .module_counts import Walk
    from .shape_rules import ShapeLike


class Module(ModuleContents, Unchanged):
    """A module of PyTorch with shapes in place of numbers. Everything that ``__init__`` sets is counted; ``forward`` is run only
    where the module is called, on tensors that are shapes.

    >>> from symparams import symbols
    >>> from symparams.torch import nn
    >>> d, V = symbols("d V")
    >>> class Model(nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.embedding = nn.Embedding(V, d)
    ...         self.head = nn.Linear(d, V)
    ...         self.head.weight = self.embedding.weight
    >>> print(Model().count)
    V*d + V
    """

    _modules: dict[str, Module | None]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "__init__" in vars(cls) and not cls.__module__.startswith("symparams."):
            cls.__init__ = init_in_letters(vars(cls)["__init__"])  # type: ignore[method-assign]

    def __init__(self, *args: object, **kwargs: object) -> None:
        if args or kwargs:
            raise ArgumentError(f"{type(self).__name__}: call Module.__init__ without arguments, not with {[*args, *kwargs]!r}")
        vars(self).update({store: {} for store in STORES}, training=True)

    # ------------------------------------------------------------ attributes
    def __getattr__(self, name: str) -> Any:
        for store in STORES:
            if name in vars(self).get(store, ()):
                return vars(self)[store][name]
        known = [each for store in STORES for each in vars(self).get(store, ())]
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}{nearest(name, known)}")

    def __setattr__(self, name: str, value: Any) -> None:
        value = as_content(value, type(self), name)
        kinds = zip(STORES, (Parameter, Buffer, Module), strict=True)
        kind = next((store for store, cls in kinds if isinstance(value, cls)), None)
        if kind is None:
            self._set_plainly(name, value)
            return
        if "_modules" not in vars(self):
            raise ArgumentError(f"{type(self).__name__}: call super().__init__() before setting {name}")
        check_not_reserved(type(self), name)
        for store in (vars(self), *(vars(self)[each] for each in STORES if each != kind)):
            store.pop(name, None)
        vars(self)[kind][name] = value
        if name in QUANTITIES:  # found before the method of that name
            vars(self)[name] = value

    def _set_plainly(self, name: str, value: object) -> None:
        check_not_reserved(type(self), name)
        for store in STORES:
            known = vars(self).get(store, ())
            if name in known and (value is None or (store == "_buffers" and isinstance(value, Tensor))):
                known[name] = value
                return
            if name in known:
                raise ArgumentError(f"{type(self).__name__}: {name} is a {store[1:-1]} and cannot be set to {value!r}")
        vars(self)[name] = value

    def __delattr__(self, name: str) -> None:
        holders = [store for store in (vars(self), *(vars(self)[each] for each in STORES)) if name in store]
        for store in holders:
            del store[name]
        if not holders:
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def _registered(self, store: str, name: object, value: object) -> None:
        """Adds a value by name, with the checks of ``register_parameter`` and the like."""
        if not isinstance(name, str):
            raise ArgumentError(f"{type(self).__name__}: the name of a {store[1:-1]} must be a string, not {brief(name)}")
        if not name or "." in name:
            raise SettingError(f"{type(self).__name__}: a name must be non-empty and without '.', not {brief(name)}")
        if "_modules" not in vars(self):
            raise ArgumentError(f"{type(self).__name__}: call super().__init__() before setting {name}")
        check_not_reserved(type(self), name)
        if name not in vars(self)[store] and self._has_otherwise(name, store):
            raise SettingError(f"{type(self).__name__} already has an attribute {name!r}; use another name")
        vars(self)[store][name] = value

    def _has_otherwise(self, name: str, store: str) -> bool:
        """Whether it has an attribute of that name outside a store, asked without the search of a near name that a miss costs."""
        return (
            any(name in vars(self)[other] for other in STORES if other != store) or name in vars(self) or hasattr(type(self), name)
        )

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Adds a parameter, or None to reserve its name."""
        if param is not None and not isinstance(param, Parameter):
            raise ArgumentError(
                f"{type(self).__name__}: {name} must be an nn.Parameter, such as nn.Parameter((3, 4)), not {brief(param)}"
            )
        self._registered("_parameters", name, param)

    def register_buffer(self, name: str, tensor: ShapeLike | None, persistent: bool = True) -> None:
        """Adds a buffer, given as a tensor or a shape."""
        if tensor is not None and not isinstance(tensor, Tensor):
            tensor = Buffer(tensor)
        if tensor is not None:
            tensor.persistent = persistent
        self._registered("_buffers", name, tensor)

    def add_module(self, name: str, module: Countable | None) -> None:
        """Adds a module."""
        self._registered("_modules", name, as_module(module, type(self), name))

    register_module = add_module

    # ------------------------------------------------------------ changes
    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Sets whether its parameters are trained."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def apply(self, fn: Callable[[Module], object]) -> Self:
        """Calls a function on every module inside it, and last on itself."""
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def forward(self, *_: Any, **__: Any) -> Any:
        """What the module computes; a user's class has its own, which only a call runs."""
        raise ShapeError(f"{type(self).__name__} has no forward, so it cannot be called; its parameters are counted without a call")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What ``forward`` gives for tensors without numbers, such as ``torch.empty(2, T, d)``. No count needs it."""
        return module_of("symparams.torch.running.calls").called(self, args, kwargs)

    # ------------------------------------------------------------ as text
    def _get_name(self) -> str:
        return f"{'Parametrized' if 'parametrizations' in self._modules else ''}{type(self).__name__}"

    def __str__(self) -> str:
        """PyTorch's tree of modules, with the count of each."""
        text: str = module_of("symparams.torch.printing.tree").tree_text(self)
        return text

    def summary(self, *_: object, **__: object) -> None:
        """Prints the table of its layers with their formulas; ``table(module)`` is the object."""
        print(self._answer())

    # ------------------------------------------------------------ as a part of another
    def _repeated(self, copies: Dim) -> Copies:
        return Copies(self, copies)

    def _in_turn(self, parts: Sequence[Countable]) -> Module:
        together = InTurn()
        for number, part in enumerate(parts):
            together.add_module(str(number), part)
        return together

    def _tree(self, walk: Walk, path: str) -> Node:
        check_plain_contents(self)
        return super()._tree(walk, path)

    def _left_out(self) -> list[str]:
        """The modules and parameters in plain lists and dicts, which PyTorch does not register either, a sentence each."""
        registered = {id(each) for _, module in self.named_modules() for each in (module, *module._parameters.values())}
        return [
            f"{f'{path}.' if path else ''}{name} {why}"
            for path, module in self.named_modules()
            for name, value in vars(module).items()
            if name not in OURS and (why := left_out(value, registered))
        ]

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """A copy with new parameters, tied where the originals are; letters and sizes are shared."""
        made = type(self).__new__(type(self))
        memo[id(self)] = made
        vars(made).update({name: copied_value(value, memo) for name, value in vars(self).items()})
        return made


class InTurn(Module):
    """Modules one after another, and copies of them: ``k*Block(d) + (L - k)*Other(d)``."""

    def forward(self, input: Any) -> Any:
        """What the last of them gives."""
        for module in self.children():
            input = module(input)
        return input


class Copies(Module):
    """Copies of a module, each with parameters of its own. If their number is a letter they have a formula but no list, and the
    paths of their weights contain ``i``."""

    def __init__(self, part: Module, copies: Dim) -> None:
        super().__init__()
        vars(self)["copies"] = number = size(copies, "Copies: copies", least=0)
        if isinstance(number, int) and number <= COPIES_IN_A_LIST:
            vars(self)["copies"] = 1
            for index in range(number):
                self.add_module(str(index), deepcopy(part))
        else:
            self.i = deepcopy(part)

    @property
    def _are_listed(self) -> bool:
        return "i" not in self._modules

    def _tree(self, walk: Walk, path: str) -> Node:
        return repeated_node(super()._tree(walk, path), self.copies)

    def _buffer_tree(self, walk: Walk, path: str) -> Node:
        return repeated_node(super()._buffer_tree(walk, path), self.copies)

    def _parts_of(self, walk: Walk, path: str) -> Iterator[Part]:
        parts = super()._parts_of(walk, path)
        yield from parts if self._are_listed else (part.times("layers", self.copies) for part in parts)

    def _refuse_to_list(self, store: str = "", path: str = "") -> None:  # noqa: ARG002
        if not self._are_listed:
            raise ShapeError(
                f"{path or 'a stack'} has {self.copies} layers, so its parameters have a formula but cannot be listed: "
                "give num_layers a number to see its parameters by name"
            )

    @property
    def title(self) -> str:
        """``L x Block``."""
        first = next(iter(self._modules.values()), None)
        return f"{self.copies if 'i' in self._modules else len(self)} x {'module' if first is None else first.title}"

    def __len__(self) -> int:
        self._refuse_to_list()
        return len(self._modules)

    def __iter__(self) -> Iterator[Module | None]:
        self._refuse_to_list()
        return iter(self._modules.values())

    def __getitem__(self, place: int) -> Module | None:
        self._refuse_to_list()
        return list(self._modules.values())[place]


def check_not_reserved(cls: type[object], name: str) -> None:
    """Raises :class:`SettingError` for a name that would hide an attribute of the count."""
    if name in RESERVED:
        raise SettingError(f"{cls.__name__}: symparams uses the name {name} itself; give the attribute another name")


def copied_value(value: object, memo: dict[int, object]) -> object:
    """A copy of a value. Letters are unique and our layers are frozen, so neither is copied."""
    if isinstance(value, Layer | Frozen | type) or is_symbolic(value):
        return value
    if type(value) is dict:
        return {key: copied_value(each, memo) for key, each in value.items()}
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return type(value)(copied_value(each, memo) for each in value)
    return deepcopy(value, memo)
