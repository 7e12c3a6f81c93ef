"""Laws of counts: storage changes none, terms add up, and numbers may be put in before or after counting."""

from __future__ import annotations

import math
from functools import reduce
from operator import add

import sympy
from hypothesis import given
from hypothesis import strategies as st

from symparams import layers, symbols
from symparams.core.catalogue import Entry
from symparams.core.model import Layer
from tests.catalogue.every_layer import (
    AT_LEAST_ENTRIES,
    AT_LEAST_LAYERS,
    CATALOGUE,
    LAYERS,
    WIDTHS,
    at,
    each_entry,
    elements,
    every,
    filled_in,
    law,
    numbers_for,
    substituted,
    variants,
)

# ---------------------------------------------------------------- laws of counts


def test_the_laws_see_all_layers_and_entries() -> None:
    assert len(LAYERS) >= AT_LEAST_LAYERS
    assert len(CATALOGUE) >= AT_LEAST_ENTRIES


@each_entry
def test_storage_does_not_change_the_count(entry: Entry) -> None:
    for layer in variants(entry):
        tensors = entry.convention.tensors(layer.weights())
        assert elements(tensors) == layer.count.expr, layer
        trained = [tensor for tensor in tensors if tensor.trainable]
        assert elements(trained) == layer.trainable_count.expr, layer


@each_entry
def test_a_framework_stores_each_tensor_under_a_path_of_its_own(entry: Entry) -> None:
    for layer in variants(entry):
        paths = [tensor.path for tensor in entry.convention.tensors(layer.weights())]
        assert len(set(paths)) == len(paths), layer


@every
def test_coefficients_are_whole_without_groups(layer: Layer) -> None:
    assert all(coefficient.denominator == 1 for coefficient in layer.count.polynomial.terms.values())
    assert all(power > 0 for monomial in layer.count.polynomial.terms for _, power in monomial)


@every
def test_trained_and_not_trained_add_up_to_the_count(layer: Layer) -> None:
    assert sympy.expand(layer.trainable_count + layer.non_trainable_count) == layer.count.expr


@every
def test_the_terms_add_up_to_the_count(layer: Layer) -> None:
    assert sympy.expand(reduce(add, layer.count.terms.values(), sympy.Integer(0))) == layer.count.expr


@every
@law
@given(data=st.data())
def test_giving_sizes_before_or_after_counting_is_the_same(layer: Layer, data: st.DataObject) -> None:
    numbers = data.draw(numbers_for(layer))
    made = filled_in(layer, numbers)
    for ours, its in (
        (layer.count, made.count),
        (layer.trainable_count, made.trainable_count),
        (layer.non_trainable_count, made.non_trainable_count),
    ):
        assert at(ours, numbers) == int(its)


@every
@law
@given(data=st.data())
def test_giving_sizes_one_by_one_or_at_once_is_the_same(layer: Layer, data: st.DataObject) -> None:
    count = layer.count
    numbers = {name: number for name, number in data.draw(numbers_for(layer)).items() if name in count.letters}
    step = count
    for name in data.draw(st.permutations(sorted(numbers))):
        if name in step.letters:  # a letter goes when the copies it counts are none
            step = step.given({name: numbers[name]})
    assert int(step) == count.at(numbers) == int(substituted(count.expr, numbers)) == int(count.given(numbers))


@every
def test_none_of_a_part_is_the_layer_without_it(layer: Layer) -> None:
    """A number of copies that may be zero gives the same whether it is zero before or after counting.

    Not the rank of an adapter or the width of a projection: they are axes of a tensor, and at least 1.
    """
    for name, field in layer.fields.items():
        value = layer.values()[name]
        if field.least == 0 and name not in WIDTHS and not isinstance(value, int):
            assert layer.count.given({value: 0}) == layer.but(**{name: 0}).count, name


@law
@given(groups=st.integers(1, 64), inputs=st.integers(1, 64), filters=st.integers(1, 64), window=st.integers(1, 9))
def test_a_convolution_in_groups_counts_the_same_in_letters(groups: int, inputs: int, filters: int, window: int) -> None:
    numbers = {"g": groups, "c": groups * inputs, "f": groups * filters, "k": window}
    layer = layers.Conv.symbolic(groups=symbols("g"))
    expected = window * inputs * groups * filters + groups * filters
    assert layer.count.at(numbers) == int(filled_in(layer, numbers).count) == expected


# ---------------------------------------------------------------- laws of the catalogue


def test_sizes_of_any_length_are_counted_exactly() -> None:
    big = 10**40
    assert layers.LSTM(inputs=big, units=big).count.at() == 4 * (2 * big**2 + big)
    assert layers.LSTM.symbolic().count.at(m=big, n=big) == 4 * (2 * big**2 + big)
    assert math.isclose(float(layers.Dense.symbolic().count.at(m=big, n=1)), 1e40)
