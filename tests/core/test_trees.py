"""The tree of weights: what is tied, named, repeated, nothing, wide or deep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy

from symparams import Formula, symbols
from symparams.core import Dim, Layer, Node, dim
from symparams.core.tree import NOTHING, Times, beside, leaves, named, tied, times, weight
from symparams.errors import ArgumentError
from symparams.layers import Dense
from tests.bad_input import refused

m, n, L, d = symbols("m n L d")


def test_tied_weights_count_once() -> None:
    tree = weight("wte", m, d) + named("head", tied("kernel", m, d, to="wte"))
    count = Formula(tree)
    assert count.expr == d * m
    assert {path: str(term) for path, term in count.terms.items()} == {"wte": "m*d", "head/kernel": "0"}
    assert str(count) == "m*d"


def test_named_parts_are_steps_in_a_path() -> None:
    tree = named("encoder", times(named("block", Dense(d, 4 * d)), layers=L)) + named("head", Dense(d, m))
    assert [path for path, _, _ in leaves(tree)] == ["encoder/block/kernel", "encoder/block/bias", "head/kernel", "head/bias"]
    assert Formula(tree).expr == sympy.expand(L * (4 * d**2 + 4 * d) + d * m + m)
    assert str(Formula(tree)) == "L*(4*d**2 + 4*d) + d*m + m"


def test_equal_parts_of_one_path_are_one_term() -> None:
    assert {path: str(term) for path, term in Formula(weight("a", n) + weight("a", n) + weight("b", m)).terms.items()} == {
        "a": "2*n",
        "b": "m",
    }


@pytest.mark.parametrize(("copies", "count", "text"), [(0, 0, "0"), (1, 12, "3*4"), (2, 24, "2*3*4")])
def test_no_copy_and_one_copy(copies: int, count: int, text: str) -> None:
    formula = Formula(times(weight("kernel", 3, 4), layers=copies))
    assert (int(formula), formula.text()) == (count, text)
    assert [*formula.terms] == ([] if copies == 0 else ["kernel"])


def test_times_needs_to_know_per_what() -> None:
    refused(
        ArgumentError,
        r"times\(\) needs a keyword that says what the copies are for: times\(part, gates=4\)",
        lambda: times(weight("a", 3)),
    )
    assert times(weight("a", 3), gates=4, directions=2) == Times(Times(weight("a", 3), 4, "gates"), 2, "directions")


def test_nothing_counts_nothing_in_every_form() -> None:
    count = Formula(NOTHING)
    assert int(count) == 0 == count
    assert {count.text(form) for form in ("written", "expanded", "factored")} == {"0"}
    assert count.terms == {}


def test_a_tree_is_equal_by_value_and_never_changed() -> None:
    assert weight("a", 3) == weight("a", 3) != weight("a", 3, trainable=False)
    with pytest.raises(AttributeError, match="Weight is frozen; make a new one"):
        weight("a", 3).name = "b"


def test_a_wide_tree_is_counted() -> None:
    tree = beside(*(weight(f"w{place}", n, m) for place in range(20_000)))
    assert Formula(tree).expr == 20_000 * m * n


def test_a_deep_tree_is_counted_printed_and_filled_in() -> None:
    node: Any = weight("a", n)
    for place in range(150):
        node = times(named(f"part{place}", node), layers=2)
    count = Formula(node)
    assert count.expr == 2**150 * n
    assert count.at(n=3) == int(count.given(n=3)) == 3 * 2**150
    assert sympy.sympify(count.text(), locals={"n": n}) == 2**150 * n
    assert len(next(iter(count.terms)).split("/")) == 151


class Forgotten(Layer):
    """A layer whose author forgot the return."""

    inputs: Dim = dim(letter="m", doc="features")

    def weights(self) -> Node:  # type: ignore[return]
        weight("kernel", self.inputs)


class Listed(Layer):
    """A layer whose author returned a list."""

    inputs: Dim = dim(letter="m", doc="features")

    def weights(self) -> Node:
        return [weight("kernel", self.inputs)]  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda: Forgotten(3).count, r"^Forgotten\.weights\(\) returns None; it must return weights"),
        (lambda: Listed.symbolic().count, r"^Listed\.weights\(\) returns \[.*; it must return weights"),
        (lambda: weight("bias", 3) * 4, r"^weights are repeated by times\(part, gates=4\)"),
        (lambda: n * weight("bias", 3), r"^weights are repeated by times\(part, gates=n\)"),
        (lambda: weight("bias", 3) + 4, r"^\+ sets weights beside each other, not 4;"),
    ],
)
def test_mistakes_in_a_layer_of_ones_own_are_refused_with_what_to_write(write: Callable[[], object], words: str) -> None:
    refused(ArgumentError, words, write)
