"""The signatures of PyTorch's classes: ``signatures.txt`` has a line for each class of ``torch.nn`` 2.13. Only those of the
three recurrent layers, which are declared as overloads, are typed by hand."""

from __future__ import annotations

import os
from functools import cache

from .._startup.python_syntax import ast, parsed
from ..core.frozen import Frozen
from ..core.signatures import REQUIRED, Arguments, bound_arguments, literal_value
from ..errors import ArgumentError
from .names_of_keras import unknown_argument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Signature(Frozen):
    """The arguments of a class and their defaults: positional ones, keyword-only ones; ``free`` accepts any."""

    by_place: dict[str, object]
    by_name: dict[str, object]
    free: bool

    def bound(self, owner: str, args: tuple[object, ...], kwargs: Mapping[str, object]) -> Arguments:
        """The arguments of one call. Raises :class:`ArgumentError` for those that PyTorch does not accept."""
        said = "" if self.free else unknown_argument(owner, kwargs, self.known)
        if said:
            raise ArgumentError(said)
        return Arguments() if self.free else bound_arguments(owner, self.by_place, args, kwargs, self.by_name)

    @property
    def known(self) -> dict[str, object]:
        """All arguments, and the default of each."""
        return self.by_place | self.by_name


@cache
def signatures() -> dict[str, str]:
    """The signature of every class as text, by name."""
    path = os.path.join(os.path.dirname(__file__), "signatures.txt")
    with open(path, encoding="utf-8") as lines:
        return {name: rest.rstrip()[:-1] for name, _, rest in (line.partition("(") for line in lines)}


@cache
def signature(name: str) -> Signature:
    """``"in_features, out_features, bias=True"`` as a :class:`Signature`."""
    tree = parsed(f"lambda {signatures()[name]}: None")
    assert isinstance(tree, ast.Lambda)
    declared = tree.args
    names = [argument.arg for argument in declared.args]
    by_place: dict[str, object] = dict.fromkeys(names, REQUIRED)
    by_place.update(zip(names[len(names) - len(declared.defaults) :], map(literal_value, declared.defaults), strict=True))
    by_name = {
        argument.arg: REQUIRED if default is None else literal_value(default)
        for argument, default in zip(declared.kwonlyargs, declared.kw_defaults, strict=True)
    }
    return Signature(by_place=by_place, by_name=by_name, free=declared.vararg is not None)
