"""A second witness: PyTorch's own symbolic shapes, which give the count of many a class as a polynomial.

A class is made with sizes that are symbols of PyTorch's; what it computes with them gives shapes in these symbols. Nothing but the
initial values is left out, for which a class wants numbers. Where a class asks whether a symbol is some number, the answer holds for
that number alone, and there is not a polynomial to compare with.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager

from ..._startup.lazy import module_of
from ...core.algebra import symbol
from ...core.calls import Call
from ...core.polynomial import of_size
from ...core.sizes import is_symbolic
from .library import class_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Protocol

    from ...core.algebra import Expr
    from ...core.polynomial import Polynomial
    from .library import Library

    class Node(Protocol):
        """What PyTorch keeps behind a symbolic number."""

        expr: Expr

    class Symbolic(Protocol):
        """A symbolic number of PyTorch's."""

        node: Node

        def __add__(self, other: Symbolic | int) -> Symbolic: ...
        def __radd__(self, other: int) -> Symbolic: ...
        def __mul__(self, other: Symbolic | int) -> Symbolic: ...
        def __rmul__(self, other: int) -> Symbolic: ...

    class Guard(Protocol):
        """What PyTorch found that its symbols have to fulfil."""

        expr: Expr

    class Environment(Protocol):
        """Where PyTorch keeps its symbols."""

        guards: Iterable[Guard]

        def create_symbol(self, number: int, source: object, **options: object) -> Expr: ...
        def create_symintnode(self, symbol: Expr, hint: int, source: object) -> Symbolic: ...


HINT = 5  # the number that PyTorch has behind the first symbol; the others have larger ones
RESETS = ("reset_parameters", "_reset_parameters")


def symbolic_count(torch: Library, call: Call, sizes: Mapping[str, Expr]) -> Polynomial | None:
    """The count of a call by PyTorch's symbols, in the free letters that ``sizes`` are written in; None where it has none."""
    letters = sorted({letter.name for size in sizes.values() for letter in size.free_symbols})
    if not letters or call.reads is not None:
        return None
    environment: Environment = module_of("torch.fx.experimental.symbolic_shapes").ShapeEnv()
    try:
        with module_of("torch._subclasses.fake_tensor").FakeTensorMode(shape_env=environment), without_values(torch):
            free = {name: symbol_for(environment, name, HINT + place) for place, name in enumerate(letters)}
            found = {name: computed_size(size, free) for name, size in sizes.items()}
            module = call_in_symbols(call, found).made(lambda name: class_of(torch, name))
            total = sum(its.numel() for _, its in module.named_parameters())
            own = {name: its.node.expr for name, its in free.items()}
    except Exception:  # noqa: BLE001  (a class that takes no symbols says so in many ways)
        return None
    settled = any(its.free_symbols != {its} for its in own.values())
    if settled or any(type(guard.expr).__name__ == "Equality" for guard in environment.guards):
        return None
    node: Node | None = getattr(total, "node", None)
    kept = {theirs: symbol(name) for name, its in own.items() for theirs in its.free_symbols}
    return of_size(total if node is None else node.expr.xreplace(kept))


def symbol_for(environment: Environment, name: str, hint: int) -> Symbolic:
    """A symbol of PyTorch's for a size of at least 1."""
    source = module_of("torch._dynamo.source").ConstantSource(name)
    dynamic = module_of("torch.fx.experimental.symbolic_shapes").DimDynamic.DYNAMIC
    its = environment.create_symbol(hint, source, dynamic_dim=dynamic, do_not_specialize_zero_one=True)
    return environment.create_symintnode(its, hint=hint, source=source)


def call_in_symbols(call: Call, sizes: Mapping[str, Symbolic | int]) -> Call:
    """A call with these sizes for its letters."""
    return call.but(arguments={name: argument_in_symbols(value, sizes) for name, value in call.arguments.items()})


def argument_in_symbols(value: object, sizes: Mapping[str, Symbolic | int]) -> object:
    """An argument with these sizes for its letters."""
    if isinstance(value, Call):
        return call_in_symbols(value, sizes)
    if isinstance(value, tuple | list):
        return type(value)(argument_in_symbols(each, sizes) for each in value)
    return computed_size(value, sizes) if is_symbolic(value) else value


def computed_size(size: Expr, values: Mapping[str, Symbolic | int]) -> Symbolic | int:
    """A polynomial of letters, computed with what is not a number."""
    total: Symbolic | int = 0
    for monomial, coefficient in of_size(size).terms.items():
        product: Symbolic | int = int(coefficient)
        for name, power in monomial:
            for _ in range(power):
                product = values[name] * product
        total = product + total
    return total


@contextmanager
def without_values(torch: Library) -> Iterator[None]:
    """Classes of PyTorch that leave their initial values out, and say no warning."""
    kept = [(cls, name, vars(cls)[name]) for cls in torch_classes(torch) for name in RESETS if name in vars(cls)]
    for cls, name, _ in kept:
        setattr(cls, name, lambda self: None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for cls, name, its in kept:
            setattr(cls, name, its)


def torch_classes(torch: Library) -> set[type]:
    """The classes of ``torch.nn``, and those they derive from."""
    found = [its for its in vars(torch.nn).values() if isinstance(its, type)]
    return {base for cls in found for base in cls.__mro__ if base.__module__.startswith("torch.nn")}
