"""A count as a fast Python function of plain ints.

The polynomial is computed by Horner's scheme, with the most common letter factored out first: ``4*m*n + 4*n**2 + 4*n`` as
``4*(n*(m + n + 1))``. The code is built as a syntax tree with names of our own, ``x0``, ``x1`` ..., and never as text:
a symbol may have any name, and ``lambdify`` would run it as code.

>>> from symparams import symbols
>>> from symparams.layers import Dense
>>> d, h = symbols("d h")
>>> head = Dense(d, d / h).count.compiled("d", "h")
>>> head(768, 12)
49216

Only positive ints are computed this way. Anything else (a NumPy integer, which would wrap; a float, a bool) is left to
``Formula.at``, and so are values that leave a remainder, or make a size such as ``n - 5`` less than 1. ``Formula.at`` is
exact or refuses, so both always agree. The result is an int only if all values were, so one test of it is enough.

What a user gets is a method. Python pickles one as an object and a name, but not a function that was made here; and to call a
method costs no more, whereas a class with ``__call__`` takes half as long again.
"""

from __future__ import annotations

import ast
from collections import Counter
from functools import reduce
from math import gcd, lcm
from types import MethodType

from ..errors import LetterError, listed
from .algebra import number, view
from .polynomial import of_size
from .products import monomial_product
from .sizes import symbol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import FunctionType
    from typing import Any, Protocol

    from .algebra import Expr, Symbol
    from .polynomial import Polynomial
    from .terms import Monomial

    class Count(Protocol):
        """The part of a formula that is compiled: its letters, its terms, and the sizes that are not sizes for all values."""

        signed: bool

        @property
        def has_own_way(self) -> bool: ...
        @property
        def symbols(self) -> Mapping[str, Symbol]: ...
        @property
        def all_symbols(self) -> Mapping[str, Symbol]: ...
        @property
        def polynomial(self) -> Polynomial: ...
        def doubtful_sizes_in(self, letters: Iterable[Symbol]) -> Mapping[Expr, int]: ...
        def at(self, values: Mapping[str, int], /) -> int: ...


SELF = "self"
FUNCTIONS: Mapping[str, Callable[..., int]] = {"power_of_two": lambda value: 1 << (value - 1).bit_length()}
LONGEST_PRODUCT = 4  # x*x*x*x is faster than x**4; beyond, it is not
OPERATORS = {"+": ast.Add(), "*": ast.Mult(), "**": ast.Pow(), "//": ast.FloorDiv()}


def compiled(formula: Count, names: Sequence[str]) -> Callable[..., int]:
    """The function of the letters of those names, in that order. See :meth:`Formula.compiled`."""
    check_arguments(formula, names)
    return Compiled(formula, names).count


class Compiled:
    """A formula, the order of its letters, and the method ``count`` that takes their sizes."""

    def __init__(self, formula: Count, names: Sequence[str]) -> None:
        self.formula, self.names = formula, names
        self.function = function_of(formula, names)

    @property
    def count(self) -> Callable[..., int]:
        return MethodType(self.function, self)

    def at(self, *values: int) -> int:
        return self.formula.at(dict(zip(self.names, values, strict=True)))

    def __reduce__(self) -> tuple[object, ...]:
        return Compiled, (self.formula, self.names)

    def __repr__(self) -> str:
        return f"{self.formula!r}, taking {', '.join(self.names) or 'nothing'}"


def function_of(formula: Count, names: Sequence[str]) -> FunctionType:
    """The code of the method ``count``."""
    arguments = letters_as_arguments(len(names))
    at = ast.Return(ast.Call(ast.Attribute(_name(SELF), "at", ast.Load()), [_name(argument) for argument in arguments], []))
    body: list[ast.stmt] = [at] if formula.has_own_way else [fast(formula, names, at), at]
    signature = ast.arguments([ast.arg(SELF), *(ast.arg(argument) for argument in arguments)], [], None, [], [], None, [])
    code = ast.Module([ast.FunctionDef("count", signature, body, [])], [])
    scope: dict[str, Any] = {**FUNCTIONS}
    exec(compile(ast.fix_missing_locations(code), "<symparams>", "exec"), scope)  # noqa: S102  (no user's text is in it)
    function: FunctionType = scope["count"]
    return function


def fast(formula: Count, names: Sequence[str], at: ast.stmt) -> ast.stmt:
    """The statement that returns the count for sizes that are ints, and leaves all else to ``at``."""
    arguments = letters_as_arguments(len(names))
    letters = [formula.all_symbols.get(name) or symbol(name) for name in names]
    writer = Writer({letter: ((argument, 1),) for letter, argument in zip(letters, arguments, strict=True)}, at)
    for size, least in formula.doubtful_sizes_in(letters).items():
        value = writer.whole(*writer.fraction(of_size(size)))
        if not formula.signed:
            writer.refuse(ast.Compare(value, [ast.Lt()], [ast.Constant(least)]))
    answer = writer.step(writer.whole(*writer.fraction(formula.polynomial)))
    body: list[ast.stmt] = [*writer.steps, ast.If(_is_int(answer), [ast.Return(_name(answer))], [])]
    if arguments:
        sizes = [_is_size(argument) for argument in arguments]
        body = [ast.If(ast.BoolOp(ast.And(), sizes) if len(sizes) > 1 else sizes[0], body, [])]
    # After any error, for a value that is not an int or a division by 0, .at() is called, which explains it in our words.
    return ast.Try(body, [ast.ExceptHandler(_name("Exception"), None, [ast.Pass()])], [], [])


def letters_as_arguments(number: int) -> list[str]:
    """The names of the arguments that so many letters become."""
    return [f"x{place}" for place in range(number)]


def check_arguments(formula: Count, names: Sequence[str]) -> None:
    """Every letter once; that each is one of the formula's, the formula has looked at itself."""
    for name, times in Counter(names).items():
        if times > 1:
            raise LetterError(f"{name} is given twice")
    missing = [name for name in formula.symbols if name not in names]
    if missing:
        raise LetterError(f"cannot compile: no argument for {listed(missing)} (given {listed(names)})")


def cannot_compile(piece: str) -> LetterError:
    """The error for a piece that has no arithmetic of whole numbers."""
    return LetterError(f"cannot compile {piece}, which is not a polynomial, quotient, floor or ceiling; use .at() instead")


class Writer:
    """Writes polynomials in known variables. A piece that is not a polynomial is computed first, in a step of its own."""

    def __init__(self, known: dict[Expr, Monomial], otherwise: ast.stmt | None = None) -> None:
        self.known, self.otherwise = known, otherwise or ast.Pass()
        self.steps: list[ast.stmt] = []

    def fraction(self, polynomial: Polynomial) -> tuple[ast.expr, ast.expr]:
        """Numerator and denominator, with whole coefficients and no negative power in either."""
        scale = lcm(*(coefficient.denominator for coefficient in polynomial.terms.values()))
        terms: dict[Monomial, int] = {}
        for monomial, coefficient in polynomial.terms.items():
            ours: Monomial = ()
            for name, power in monomial:
                its = self.variables(name, polynomial.atoms[name])
                ours = monomial_product(ours, tuple((variable, exponent * power) for variable, exponent in its))
            terms[ours] = terms.get(ours, 0) + int(coefficient * scale)
        lowest: dict[str, int] = {}
        for monomial in terms:
            for variable, power in monomial:
                lowest[variable] = min(lowest.get(variable, 0), power)
        divisor = tuple((variable, -power) for variable, power in sorted(lowest.items()) if power)
        return _horner({monomial_product(monomial, divisor): c for monomial, c in terms.items()}), _product(scale, divisor)

    def variables(self, name: str, atom: Expr) -> Monomial:
        """A letter of a polynomial as a monomial in variables: ``1/(m + n)`` is a variable to the power -1."""
        if atom not in self.known:
            kind, parts = view(atom)
            self.known[atom] = self.power(parts, name) if kind == "pow" else ((self.step(self.piece(kind, parts, name)), 1),)
        return self.known[atom]

    def power(self, parts: Sequence[Expr], name: str) -> Monomial:
        """A power that was not multiplied out, such as ``1/(m + n)``."""
        power = number(parts[1])
        if power is None:
            raise cannot_compile(name)
        above, below = self.fraction(of_size(parts[0]))
        return tuple(sorted([(self.step(above), power), (self.step(below), -power)]))

    def piece(self, kind: str, parts: Sequence[Expr], name: str) -> ast.expr:
        """A piece that is not a polynomial: it is rounded, the larger of several, or a remainder."""
        if kind in ("Max", "Min"):
            function = "max" if kind == "Max" else "min"
            values = [_name(self.step(self.whole(*self.fraction(of_size(part))))) for part in parts]
            return reduce(lambda one, other: _call(function, one, other), values)
        if kind == "next_power_of_two":
            return _call("power_of_two", _name(self.step(self.whole(*self.fraction(of_size(parts[0]))))))
        if kind == "Mod":
            whole, by = (self.step(self.whole(*self.fraction(of_size(part)))) for part in parts)
            multiple = _operation(_operation(_name(whole), "//", _name(by)), "*", _name(by))
            return _operation(_name(whole), "+", _minus(multiple))
        if kind not in ("floor", "ceiling"):
            raise cannot_compile(name)
        above, below = self.fraction(of_size(parts[0]))
        return _operation(above, "//", below) if kind == "floor" else _minus(_operation(_minus(above), "//", below))

    def whole(self, above: ast.expr, below: ast.expr) -> ast.expr:
        """The quotient, which must leave no remainder."""
        if isinstance(below, ast.Constant) and below.value == 1:
            return above
        names = self.step(above), self.step(below)
        above, below = map(_name, names)
        quotient = _name(self.step(_operation(above, "//", below)))
        self.refuse(ast.Compare(_operation(quotient, "*", below), [ast.NotEq()], [above]))  # faster than the remainder
        return quotient

    def step(self, value: ast.expr) -> str:
        """The variable that holds the value."""
        variable = f"y{len(self.steps)}"
        self.steps.append(ast.Assign([ast.Name(variable, ast.Store())], value))
        return variable

    def refuse(self, test: ast.expr) -> None:
        """Where the test holds, ``Formula.at`` is called instead."""
        self.steps.append(ast.If(test, [self.otherwise], []))


# ---------------------------------------------------------------- Horner's scheme
def _horner(terms: Mapping[Monomial, int]) -> ast.expr:
    """The variable that most terms have is factored out, with everything else that they share; then the same inside, and
    for the rest."""
    content = gcd(*terms.values())
    if len(terms) > 1 and content > 1 and content == min(map(abs, terms.values())):
        return _operation(ast.Constant(content), "*", _horner({m: c // content for m, c in terms.items()}))
    summands: list[ast.expr] = []
    rest = dict(terms)
    while rest:
        uses = Counter(variable for monomial in rest for variable, _ in monomial)
        variable = max(sorted(uses), key=uses.__getitem__, default="")
        if uses[variable] < 2:
            summands += [_product(coefficient, monomial) for monomial, coefficient in rest.items()]
            break
        having = [monomial for monomial in rest if variable in dict(monomial)]
        front = _common(having)
        divisor = tuple((name, -power) for name, power in front)
        inside = {monomial_product(monomial, divisor): rest.pop(monomial) for monomial in having}
        summands.append(_operation(_product(1, front), "*", _horner(inside)))
    return _chain("+", summands or [ast.Constant(0)])


def _common(monomials: Sequence[Monomial]) -> Monomial:
    """The largest monomial that divides them all."""
    first, *others = map(dict, monomials)
    powers = {name: min(power, *(its.get(name, 0) for its in others)) for name, power in first.items()}
    return tuple((name, power) for name, power in powers.items() if power)


def _product(coefficient: int, monomial: Monomial) -> ast.expr:
    factors: list[ast.expr] = [] if coefficient == 1 and monomial else [ast.Constant(coefficient)]
    for variable, power in monomial:
        short = power <= LONGEST_PRODUCT
        factors += [_name(variable)] * power if short else [_operation(_name(variable), "**", ast.Constant(power))]
    return _chain("*", factors)


def _chain(operator: str, parts: Sequence[ast.expr]) -> ast.expr:
    """The parts joined by an operator, halved recursively: a thousand parts nest ten deep, since Python takes no thousand."""
    middle = len(parts) // 2
    return _operation(_chain(operator, parts[:middle]), operator, _chain(operator, parts[middle:])) if middle else parts[0]


# ---------------------------------------------------------------- code
def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _operation(left: ast.expr, operator: str, right: ast.expr) -> ast.expr:
    return ast.BinOp(left, OPERATORS[operator], right)


def _call(function: str, *values: ast.expr) -> ast.expr:
    return ast.Call(_name(function), list(values), [])


def _minus(value: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), value)


def _is_size(argument: str) -> ast.expr:
    """``x0 > 1 or x0 == 1 and x0 is not True``: mostly one comparison; a bool is refused."""
    more, one = (ast.Compare(_name(argument), [how], [ast.Constant(1)]) for how in (ast.Gt(), ast.Eq()))
    no_bool = ast.Compare(_name(argument), [ast.IsNot()], [ast.Constant(True)])
    return ast.BoolOp(ast.Or(), [more, ast.BoolOp(ast.And(), [one, no_bool])])


def _is_int(variable: str) -> ast.expr:
    """``y0.__class__ is int``, which is faster than ``type(y0)``."""
    return ast.Compare(ast.Attribute(_name(variable), "__class__", ast.Load()), [ast.Is()], [_name("int")])
