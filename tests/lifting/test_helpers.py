"""Helpers that only compute are followed along every branch; what else a function does, it does once."""

from __future__ import annotations

import inspect
import math
from random import Random
from types import FunctionType

import pytest

from symparams import lift
from symparams.lifting.helpers import calling, is_helper

LIMIT = 3


def make_divisible(v, divisor=8, min_value=None, *, limit=0.9):
    min_value = min_value or divisor
    new = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new < limit * v:
        new += divisor
    return new


def clipped(x, low, high):
    return low if x < low else min(x, high)


def odd(x):
    return x if x % 2 else x + 1


def inner(x):
    if x > 50 and x % 2 == 0:
        return x // 2
    return 3 * x


def outer(x, y):
    return inner(x) + (odd(y) if y > LIMIT else y)


def refuses(x):
    if x > 500:
        raise ValueError(f"{x} is too large")
    return x + 1


def build(alpha, d, f):
    def width(filters, divisor=8):
        filters *= alpha
        new = max(divisor, int(filters + divisor / 2) // divisor * divisor)
        if new < 0.9 * filters:
            new += divisor
        return int(new)

    return {
        "stem": (make_divisible(32 * alpha), width(24)),
        "divisible": (make_divisible(d * 1.5, 4, limit=0.8), make_divisible(f, min_value=16)),
        "clipped": (clipped(d, 10, f), odd(f)),
        "outer": (outer(d, f),),
        "nested": (make_divisible(make_divisible(make_divisible(d * alpha) * 3) / 4),),
        "refuses": (refuses(f),),
    }


def test_a_helper_is_exact_on_both_sides_of_its_comparisons_and_none_is_a_condition():
    model = lift(build, {"alpha": 1.0, "d": 40, "f": 64})
    assert model.given == ("500 >= f",)
    random = Random(0)
    for _ in range(300):
        sizes = {
            "alpha": random.choice([0.35, 0.75, random.uniform(0.05, 3)]),
            "d": random.randint(1, 200),
            "f": random.randint(1, 500),
        }
        assert model.count.at(sizes) == sum(map(math.prod, build(**sizes).values())), sizes


def test_an_error_on_another_branch_is_a_condition():
    model = lift(lambda f: {"a": (refuses(f),)}, {"f": 64})
    assert model.given == ("500 >= f",)


CALLS: list[int] = []


def counted(x):
    CALLS.append(x)
    return max(3, x)


def test_a_function_that_does_something_is_called_once():
    CALLS.clear()
    model = lift(lambda d: {"a": (counted(d),)}, {"d": 8})
    assert len(CALLS) == model.seen.constructions
    assert model.count.at(d=2) == 3


def listed(x):
    return [x, 3][x < 3]


def generator(x):
    yield max(3, x)


def closing(x):
    return (lambda: x) if x > 3 else None


@pytest.mark.parametrize("function", [counted, listed, generator, closing, test_an_error_on_another_branch_is_a_condition])
def test_code_that_may_do_more_than_compute_is_left_alone(function):
    assert not is_helper(function.__code__)


def signature(a, /, b, helper_=1, *, c=2):
    return a if b > helper_ else c


@pytest.mark.parametrize("function", [signature, make_divisible, clipped, outer])
def test_the_code_in_its_place_takes_the_same_arguments(function):
    code = calling(function.__code__)
    assert code is not function.__code__
    assert inspect.signature(FunctionType(code, {})) == inspect.signature(FunctionType(function.__code__, {}))


def test_a_choice_is_of_the_comparison_that_makes_it():
    """Nothing in the expressions says which: the runs do, and others where what they leave open differs."""

    def build(alpha, d, k):
        last = int(1280 * alpha) if alpha > 1.0 else 1280
        inner = d * 4 if k > 5 and alpha > 1 else 3 * d
        return {"a": (last, d), "b": (inner,), "c": (k,)}

    model = lift(build, {"alpha": 1.0, "d": 32, "k": 3})
    assert not model.given
    random = Random(0)
    for _ in range(200):
        sizes = {"alpha": random.uniform(0.1, 3), "d": random.randint(1, 99), "k": random.randint(1, 10)}
        assert model.count.at(sizes) == sum(map(math.prod, build(**sizes).values())), sizes
