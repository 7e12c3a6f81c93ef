"""Random counts, with sizes that are not polynomials, and values for their letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy
from hypothesis import strategies as st

from symparams import symbols
from symparams.core.formula import Formula
from symparams.core.tree import Sum, leaves, times, weight
from symparams.errors import SymparamsError

LETTERS = symbols("d h m n")
NAMES = [letter.name for letter in LETTERS]


def sizes_of(count: Formula) -> Iterator[Any]:
    for _, leaf, around in leaves(count.node):
        yield from leaf.shape
        yield from (copies.copies for copies in around)


letters = st.sampled_from(LETTERS)
quotients = st.builds(lambda above, below: above / below, letters, st.sampled_from([*LETTERS, 2, 3]))
whole_sizes = st.recursive(
    st.one_of(letters, st.integers(1, 9).map(sympy.Integer)),
    lambda size: st.one_of(
        st.builds(lambda a, b: a + b, size, size),
        st.builds(lambda a, b: a * b, size, size),
        st.builds(lambda a, b: sympy.floor(a / b) + 1, size, size),
        st.builds(lambda a, b: sympy.ceiling(a / (b + 1)), size, size),
    ),
    max_leaves=5,
)
sizes = st.one_of(
    whole_sizes,
    quotients,
    st.builds(lambda a, b: a - b, whole_sizes, st.one_of(letters, st.integers(1, 9))),
    st.builds(lambda a, b, c: a / (b + c), whole_sizes, letters, letters),
    st.builds(lambda a, b, c: sympy.floor(a / (b - c)), letters, letters, st.integers(1, 3)),
)
counts = st.builds(
    lambda shapes, copies, signed: Formula(times(Sum(tuple(weight("w", *shape) for shape in shapes)), copies=copies), signed),
    st.lists(st.lists(sizes, min_size=1, max_size=3), min_size=1, max_size=5),
    st.one_of(letters, st.integers(0, 9), st.builds(lambda letter, less: letter - less, letters, st.integers(1, 9))),
    st.booleans(),
).filter(
    lambda count: set(count.letters) == {letter.name for size in sizes_of(count) for letter in sympy.sympify(size).free_symbols}
)
values = st.fixed_dictionaries({name: st.one_of(st.integers(1, 30), st.integers(1, 2**70)) for name in NAMES})


def outcome(function: Any, *args: Any) -> Any:
    try:
        return function(*args)
    except SymparamsError as error:
        return type(error), str(error)
