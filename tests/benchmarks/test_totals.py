from __future__ import annotations

import gc
from collections import Counter
from math import prod
from typing import TYPE_CHECKING, Any

import pytest
import sympy
from sympy.core.cache import clear_cache

from symparams.core.polynomial import polynomial_of_shapes
from symparams.core.products import monomial_product

from .shapes import all_distinct, of_layers, of_many_symbols, repeated, resnet152

if TYPE_CHECKING:
    from collections.abc import Callable

    from .race import Race
    from .shapes import Shape

MANY = 100_000


def forget() -> None:
    """From nothing: neither SymPy nor we remember a product."""
    clear_cache()
    monomial_product.cache_clear()
    gc.collect()


def added(shapes: list[Shape]) -> Any:
    return sympy.expand(sympy.Add(*[sympy.Mul(*shape) for shape in shapes]))


def summed(shapes: list[Shape]) -> Any:
    return sympy.expand(sum(sympy.Mul(*shape) for shape in shapes))


def multiplied(shapes: list[Shape]) -> int:
    total = 0
    for shape in shapes:
        total += prod(shape)
    return total


def test_a_total_costs_what_counting_the_shapes_costs(race: Race) -> None:
    shapes = repeated(MANY)
    assert len(set(shapes)) == len(of_layers()) == 37
    assert sum(Counter(shapes).values()) == MANY
    work = "total of 100,000 tensors, 37 distinct shapes, sizes already built"
    race.at_most(
        1.3, work, "`collections.Counter` of the shapes", lambda: polynomial_of_shapes(shapes), lambda: Counter(shapes), rounds=15
    )


def test_a_total_from_nothing_is_sympy_s_sum_of_all(race: Race) -> None:
    assert polynomial_of_shapes(repeated(MANY)).expression() == added(repeated(MANY))
    race.faster(
        10,
        "the same from the start, closed form included",
        "SymPy: `Add` of all products, `expand`",
        lambda: polynomial_of_shapes(repeated(MANY)).expression(),
        lambda: added(repeated(MANY)),
        before=forget,
        rounds=5,
    )


def test_a_total_from_nothing_is_sympy_s_sum_one_by_one(race: Race) -> None:
    """The rival sums a tenth of the tensors and its time is taken ten times: it grows in proportion to their number."""
    tenth = repeated(MANY // 10 if race.enabled else 500)
    assert polynomial_of_shapes(tenth).expression() == summed(tenth)
    race.faster(
        800,
        "the same",
        "SymPy: `sum` of all products, `expand` (10,000 tensors, times 10)",
        lambda: polynomial_of_shapes(repeated(MANY)).expression(),
        lambda: summed(tenth),
        before=forget,
        rounds=3,
        scale=MANY / len(tenth),
    )


@pytest.mark.parametrize(
    ("shapes", "what"), [(all_distinct, "1,000 tensors, every shape distinct"), (of_many_symbols, "1,000 tensors, 200 symbols")]
)
@pytest.mark.parametrize("closed", [False, True])
def test_a_total_of_distinct_shapes_is_sympy_s(race: Race, shapes: Callable[[], list[Shape]], what: str, closed: bool) -> None:
    tensors = shapes()
    assert len(set(tensors)) == 1000
    assert polynomial_of_shapes(tensors).expression() == added(tensors)
    mark = None if closed else 40

    def ours() -> object:
        return polynomial_of_shapes(tensors).expression() if closed else polynomial_of_shapes(tensors)

    work = f"{what}, closed form included" if closed else what
    race.faster(mark, work, "SymPy: `Add` of all products, `expand`", ours, lambda: added(tensors), before=forget, rounds=11)


def test_a_total_of_numbers_is_a_loop_s(race: Race) -> None:
    shapes = resnet152()
    assert len(shapes) == 932
    assert polynomial_of_shapes(shapes).constant() == multiplied(shapes) == 60_419_944  # as Keras's documentation has it

    def ours() -> None:
        for _ in range(50):
            polynomial_of_shapes(shapes)

    def its() -> None:
        for _ in range(50):
            multiplied(shapes)

    race.at_most(2, "932 numeric tensors (ResNet-152)", "a Python loop of `math.prod`", ours, its, rounds=15)
