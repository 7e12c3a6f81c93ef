"""Roots and logarithms: ``math`` takes their plain number from a tagged one, so its functions are ours while a builder runs."""

from __future__ import annotations

import math

from . import functions as of
from .expressions import divided
from .tagged_numbers import TaggedFloat, TaggedInt, expression_of, plain, real, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .tagged_numbers import Plain


def is_tagged(given: tuple[object, ...]) -> bool:
    return bool(given) and isinstance(given[0], TaggedInt | TaggedFloat)


def remembering(name: str, python: Callable[..., Plain]) -> Callable[..., Any]:
    """A function of ``math`` that remembers what its number was."""

    def function(*given: Any) -> Plain:
        value = python(*map(plain, given)) if is_tagged(given) else python(*given)
        if not is_tagged(given) or len(given) > 2:
            return value
        inside = expression_of(given[0])
        if name == "isqrt":
            return whole(int(value), of.truncated(of.rooted("sqrt", inside)))
        made = of.rooted(name, inside)
        if len(given) == 2:  # log(d, 8) is a quotient of two
            made = of.double(divided(made, of.real(python(plain(given[1])))))
        return real(float(value), made)

    return function


ROOTS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    name: (getattr(math, name), remembering(name, getattr(math, name))) for name in ("sqrt", "isqrt", "log2", "log", "log10")
}


def put_in(scopes: tuple[dict[str, object], ...]) -> None:
    """Puts these functions into ``math``, and where a builder has imported them by name."""
    for scope in (vars(math), *scopes):
        for name, (python, ours) in ROOTS.items():
            if scope.get(name) is python:
                scope[name] = ours


def take_out(scopes: tuple[dict[str, object], ...]) -> None:
    for scope in (vars(math), *scopes):
        for name, (python, ours) in ROOTS.items():
            if scope.get(name) is ours:
                scope[name] = python
