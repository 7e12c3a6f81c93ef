"""Sizes: each is a Python int or a SymPy expression, and nothing in a layer asks which.

SymPy takes forty times as long to import as this file, so it is imported with the first symbol and not before.
"""

from __future__ import annotations

import sys
from math import prod

from .._startup.boundary import entrance
from .._startup.lazy import module_of
from .._startup.limits import LETTER_NAME
from ..errors import LetterError, ShapeError, SizeError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from typing import Any, Protocol, TypeAlias, TypeGuard, TypeVar

    from .algebra import Expr, Symbol

    V_co = TypeVar("V_co", covariant=True)

    Dim: TypeAlias = int | Expr
    Shape: TypeAlias = tuple[Dim, ...]
    OpenShape: TypeAlias = tuple[Dim | None, ...]
    Letter: TypeAlias = str | Symbol

    class ByLetter(Protocol[V_co]):
        """A mapping from letters, each by its name or as a symbol: ``{n: 300, "m": 15}``."""

        def items(self) -> AbstractSet[tuple[Letter, V_co]]: ...

else:  # SymPy is not imported for a name that only type checkers read
    Dim = Shape = OpenShape = object


def symbol(name: str) -> Symbol:
    """The one symbol of that name: positive and integer, as a size is.

    >>> symbol("n") is symbol("n")
    True
    """
    if not name.isidentifier() or len(name) > LETTER_NAME:
        raise LetterError(f"{name!r} is not a valid name for a letter: use letters, digits and underscores, such as d_model")
    from .algebra import symbol

    return symbol(name)


@entrance
def symbols(names: str) -> Any:
    """Symbols for sizes, positive and integer: one name gives one symbol, several give a tuple.

    Names are separated by spaces or commas. Raises :class:`LetterError` for an invalid name.

    >>> m, n = symbols("m n")
    >>> symbols("d_model").is_positive
    True
    """
    text: object = names
    if not isinstance(text, str):
        raise LetterError(f"symbols() takes its names in one string, such as symbols('m n'), not {brief(text)}")
    made = tuple(symbol(name) for name in text.replace(",", " ").split())
    if not made:
        raise LetterError("symbols() needs at least one name, such as symbols('m n')")
    return made[0] if len(made) == 1 else made


def letter_name(letter: Letter) -> str:
    """The name of a letter, which is given by name or as a symbol."""
    return letter if isinstance(letter, str) else getattr(letter, "name", str(letter))


def is_symbolic(value: object) -> TypeGuard[Expr]:
    """Whether a value is a SymPy expression, asked without importing SymPy."""
    if "sympy" not in sys.modules:
        return False
    from .algebra import is_expression

    return is_expression(value)


def size(value: object, of: str, least: int = 1) -> Dim:
    """The value as a size. Raises :class:`SizeError`, which names ``of``, for anything else."""
    if type(value) is int:
        if value >= least:
            return value
    elif is_symbolic(value):
        return _symbolic_size(value, of, least)
    elif not isinstance(value, bool) and hasattr(type(value), "__index__"):  # NumPy's integers are no ints
        try:
            return size(value.__index__(), of, least)  # type: ignore[attr-defined]
        except TypeError:
            pass
    raise _no_size(value, of, least)


def multiplier(value: object, of: str) -> Dim:
    """The value as an exact number that need not be whole, such as the width ``0.35``; a float is the fraction that it is."""
    if is_symbolic(value):
        return value
    if isinstance(value, bool) or not hasattr(value, "as_integer_ratio") or not 0 < value < float("inf"):  # type: ignore[operator]
        raise SizeError(f"{of} must be a positive number, such as 0.5, not {brief(value)}")
    from .algebra import rational

    return rational(*value.as_integer_ratio())


def _symbolic_size(value: Any, of: str, least: int) -> Dim:
    from .algebra import is_inexact, number
    from .work import within_limits

    whole = number(within_limits(value))
    if whole is not None:
        return size(whole, of, least)
    lacking = value.is_nonnegative if least == 0 else value.is_positive
    if value.is_number or is_inexact(value) or value.is_integer is False or lacking is False:
        raise _no_size(value, of, least)
    return value  # type: ignore[no-any-return]


def digits(number: object) -> str:
    """A number as text. Raises :class:`SizeError` for one that is too long for Python to print."""
    try:
        return str(number)
    except ValueError:
        raise SizeError("a number of more than 4,300 digits is not printed; use int(count)") from None


def _no_size(value: object, of: str, least: int) -> SizeError:
    return SizeError(f"{of} must be a whole number of at least {least}, or a symbol, not {brief(value)}{meant_number(value)}")


def meant_number(value: object) -> str:
    """What to write for a float such as ``1e8``; beyond 15 digits it need not be the number that was meant."""
    if not isinstance(value, float) or not value.is_integer():
        return ""
    return f"; write {int(value)}" if abs(value) < 10**15 else "; write it as a whole number, such as 10**18"


def split(whole: Dim, parts: Dim, what: str = "a size") -> Dim:
    """``whole / parts``, exactly: a remainder is an error.

    >>> split(768, 12)
    64
    """
    if isinstance(whole, int) and isinstance(parts, int):
        if whole % parts:
            raise SizeError(f"{what}: {brief(whole)} does not divide into {brief(parts)} equal parts")
        return whole // parts
    if parts == 1:
        return whole
    from .algebra import rational

    return whole / parts if not isinstance(whole, int) else rational(whole) / parts


def divided(whole: Dim, by: Dim) -> Dim | None:
    """``whole / by`` where that is an integer for all values of the letters, otherwise None.

    >>> n = symbol("n")
    >>> divided(6 * n, 2 * n), divided(n, 2)
    (3, None)
    """
    if isinstance(whole, int) and isinstance(by, int):
        return None if whole % by else whole // by
    from .algebra import whole_quotient
    from .work import within_limits

    return whole_quotient(*(each if isinstance(each, int) else within_limits(each) for each in (whole, by)))


def quotient(whole: Dim, by: Dim) -> Dim:
    """``whole / by`` rounded down; with letters, SymPy's exact ``floor``."""
    if isinstance(whole, int) and isinstance(by, int):
        return whole // by
    if by == 1:
        return whole
    from .algebra import floor, rational
    from .work import within_limits

    return floor(within_limits((whole if not isinstance(whole, int) else rational(whole)) / by))


def rounded_up(whole: Dim, by: Dim) -> Dim:
    """``whole / by`` rounded up; with letters, SymPy's exact ``ceiling``."""
    if isinstance(whole, int) and isinstance(by, int):
        return -(-whole // by)
    if by == 1:
        return whole
    from .algebra import ceiling, rational
    from .work import within_limits

    return ceiling(within_limits((whole if not isinstance(whole, int) else rational(whole)) / by))


def same(one: Dim | None, other: Dim | None) -> bool:
    """Whether two sizes are equal for all values of their letters; an unknown size equals only another unknown size.

    >>> n = symbol("n")
    >>> same(2 * (n + 1), 2 * n + 2), same(n, 4)
    (True, False)
    """
    if one is None or other is None or not (is_symbolic(one) or is_symbolic(other)):
        return one == other
    from .algebra import rational, vanishes
    from .work import within_limits

    return one == other or vanishes(within_limits(rational(0) + one - other))


def at_least(one: Dim, other: Dim) -> bool:
    """Whether a size is certainly at least another; False if the letters leave it open."""
    if isinstance(one, int) and isinstance(other, int):
        return one >= other
    return (one - other).is_nonnegative is True  # type: ignore[union-attr]


def larger(one: Dim, other: Dim) -> Dim:
    """The larger of two sizes; with letters, SymPy's exact ``Max``."""
    if isinstance(one, int) and isinstance(other, int):
        return max(one, other)
    from .algebra import maximum
    from .work import within_limits

    return maximum(*(each if isinstance(each, int) else within_limits(each) for each in (one, other)))


def next_power_of_two(value: Dim) -> Dim:
    """The least power of two that is not smaller; with letters, a function of that name.

    >>> next_power_of_two(400), next_power_of_two(symbol("n"))
    (512, next_power_of_two(n))
    """
    if isinstance(value, int):
        return int(1 << (value - 1).bit_length())
    from .algebra import power_of_two

    return power_of_two(value)


def volume(shape: Sequence[Dim | None]) -> Dim | None:
    """The number of scalars in a shape, None when an axis is unknown."""
    if any(axis is None for axis in shape):
        return None
    known = [axis for axis in shape if axis is not None]
    if all(isinstance(axis, int) for axis in known):
        return prod(known)
    result: Dim = 1
    for axis in known:
        result = result * axis
    return result


def known(axis: Dim | None, of: str) -> Dim:
    """An axis that a weight needs: unknown is an error, never zero."""
    if axis is None:
        raise ShapeError(f"{of} is None in the input, but a weight has that size: give it a number or a symbol")
    return axis


def shown(shape: Sequence[object]) -> str:
    """A shape as Keras prints it: ``(None, 64, 2*n)``."""
    return "(" + ", ".join(map(axis_text, shape)) + ("," if len(shape) == 1 else "") + ")"


def axis_text(axis: object) -> str:
    """An axis as text; one that is rounded as its authors write it, ``floor((H - 3)/2) + 1``."""
    text = digits(axis)
    if "floor(" not in text and "ceiling(" not in text:
        return text
    written: str = module_of("symparams.core.notation.text").size_text(axis)
    return written
