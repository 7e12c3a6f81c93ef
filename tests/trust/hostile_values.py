"""Values that no function expects: objects that raise, numbers without end, lists in themselves."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Never

import numpy as np
import sympy

from symparams import keras, symbols, torch
from symparams.layers import Dense

if TYPE_CHECKING:
    from collections.abc import Iterator


class Raises:
    """An object whose attributes raise."""

    def __getattr__(self, name: str) -> Never:
        raise RuntimeError(f"no {name}")


class RaisesAtOnce:
    """An object of which not even the methods can be asked for."""

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__":
            return RaisesAtOnce
        raise ValueError(f"no {name}")


class NoRepr:
    def __repr__(self) -> Never:
        raise ZeroDivisionError

    __str__ = __repr__


class NoEqual:
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> Never:
        raise RuntimeError("not comparable")


class NoItems:
    def __len__(self) -> Never:
        raise RuntimeError("no length")

    def __iter__(self) -> Never:
        raise OSError("not readable")

    def items(self) -> Never:
        raise KeyError("no items")


class NoIndex:
    def __index__(self) -> Never:
        raise OverflowError


class EveryName:
    """An object that answers to every name, as a mock does."""

    def __getattr__(self, name: str) -> EveryName:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: object, **__: object) -> EveryName:
        return self

    def __iter__(self) -> Iterator[EveryName]:
        return iter([self])


def many_times(times: int) -> dict[str, Any]:
    """A dict in which one thing is found a thousand million million times, as an alias of YAML makes it."""
    made: dict[str, Any] = {"kernel": (3, 4)}
    for _ in range(times):
        made = {"a": made, "b": made}
    return made


def inside_itself(into: Any, put: Any) -> Any:
    put(into)
    return into


def nested(many: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(many):
        made = [made]
    return made


m, n = symbols("m n")
PLAIN: list[Any] = [
    *(None, True, 0, -1, 5, 1.5, math.nan, math.inf, "", "x", "\0", "\ud800", b"x", 1j),
    *((), [], {}, {1: 2}, {"n": "a-b"}, {None: None}),
]
VALUES: dict[str, Any] = {
    **{repr(each): each for each in PLAIN},
    "a number of 5,000 digits": 10**5000,
    "digits": "9" * 5000,
    "a list in itself": inside_itself([], lambda made: made.append(made)),
    "a dict in itself": inside_itself({}, lambda made: made.update(a=made)),
    "a deep list": nested(3000),
    "a range without end": range(10**12),
    **{type(each).__name__: each for each in (Raises(), RaisesAtOnce(), NoRepr(), NoEqual(), NoItems(), NoIndex(), object(), Decimal("NaN"), Fraction(1, 3), ValueError("x"))},
    "a function that raises": lambda *_, **__: 1 / 0,
    "a type": int,
    "a module": math,
    "infinity": sympy.oo,
    "no number": sympy.nan,
    "a negative size": -n,
    "half a size": n / 2,
    "a relation": sympy.Eq(n, 1),
    "a matrix": sympy.Matrix([[1]]),
    "a formula": Dense(m, n).count,
    "a layer": Dense(m, n),
    "an unbuilt layer": keras.layers.Dense(3),
    "a tensor": keras.Input((3,)),
    "a module of torch": torch.nn.Linear(3, n),
}  # fmt: skip
STRANGE: dict[str, Any] = {"an array": np.zeros((2, 3)), "a mock": EveryName()}
