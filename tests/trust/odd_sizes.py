"""Expressions that SymPy has and nobody has for a size: sums, integrals, roots, functions, symbols with other assumptions or names."""

from __future__ import annotations

from typing import Any

import sympy

from symparams import symbols

m, n, k = symbols("m n k")
x = sympy.Symbol("x")
j = sympy.Symbol("j", integer=True, positive=True)
matrix = sympy.MatrixSymbol("A", 3, 3)
FUNCTIONS = (
    "floor",
    "ceiling",
    "sqrt",
    "factorial",
    "gamma",
    "Abs",
    "sign",
    "frac",
    "harmonic",
    "zeta",
    "bernoulli",
    "Heaviside",
    "log",
)
ASSUMPTIONS: tuple[dict[str, bool], ...] = (
    {"negative": True},
    {"zero": True},
    {"integer": False},
    {"even": True},
    {"commutative": False},
    {},
)
NAMES = ("", " ", "n\nm", "\x1b[31mn", "\ud800", "\u202en", "3", "n+1", "$n$", "n" * 10_000)


def deep(size: Any, many: int) -> Any:
    for _ in range(many):
        size = sympy.floor(size / 3, evaluate=False) + 1
    return size


ODD_SIZES: dict[str, Any] = {
    **{f"{name}(n/2)": getattr(sympy, name)(n / 2) for name in FUNCTIONS},
    **{str(how): sympy.Symbol("n", **how) for how in ASSUMPTIONS},
    **{repr(name[:20]): sympy.Symbol(name, integer=True, positive=True) for name in NAMES},
    **{repr(each): each for each in (sympy.oo, sympy.zoo, sympy.nan, sympy.I, sympy.pi, n + sympy.I, n * sympy.pi, 2.0 * n, n / 2, 2**n, n**n)},
    "two symbols": n + sympy.Symbol("n"),
    "cases": sympy.Piecewise((n, n > 3), (2 * n, True)),
    "sum": sympy.Sum(j, (j, 1, n)),
    "product": sympy.Product(j, (j, 1, n)),
    "integral": sympy.Integral(x, (x, 0, n)),
    "derivative": sympy.Derivative(n**2, n),
    "limit": sympy.Limit(n, n, 0),
    "order": sympy.O(n),
    "root": sympy.CRootOf(x**5 - x - 1, 0),
    "function": sympy.Function("f")(n),
    "lambda": sympy.Lambda(x, x),
    "dummy": sympy.Dummy("n"),
    "wild": sympy.Wild("n"),
    "indexed": sympy.IndexedBase("a")[n],
    "element": matrix[0, 0],
    "matrix": matrix,
    "determinant": sympy.Determinant(matrix),
    "bounds": sympy.AccumBounds(0, 1),
    "relation": sympy.Eq(n, 3),
    "truth": sympy.true,
    "set": sympy.Interval(0, 1),
    "tuple": sympy.Tuple(n, k),
    "polynomial": sympy.Poly(n**2 + 1, n),
    "large power": n**1_000_000,
    "tower": 2 ** (2 ** (2**n)),
    "long number": sympy.Integer(10) ** 5000,
    "larger": sympy.Max(n, 3),
    "remainder": sympy.Mod(n, k, evaluate=False),
    "division by 0": sympy.Mul(1, sympy.Pow(0, -1, evaluate=False), evaluate=False),
    "deep": deep(n, 200),
}  # fmt: skip
