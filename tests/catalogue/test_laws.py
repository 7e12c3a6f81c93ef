"""What is always so, for every layer and every entry of the catalogue: a new one gets every law by being listed."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import reduce
from itertools import product
from operator import add
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import Formula, layers, symbols
from symparams.catalogue import whole_catalogue
from symparams.core.catalogue import ALWAYS, Entry, Option
from symparams.core.conventions import Tensor
from symparams.core.fields import REQUIRED
from symparams.core.formula import FORMS
from symparams.core.model import Layer
from symparams.errors import SettingError
from symparams.keras.signature import parameters
from symparams.keras.table import classes_with_weights
from symparams.torch.signature import signature
from symparams.torch.table import every_row as every_torch_row

LAYERS: dict[str, type[Layer]] = {name: getattr(layers, name) for name in layers.__all__}
AT_LEAST_LAYERS, AT_LEAST_ENTRIES = 10, 21

law = settings(max_examples=15, deadline=None, database=None, derandomize=True)
each_layer = pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)
CATALOGUE = whole_catalogue()
each_entry = pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)


WIDTHS = ("lora_rank", "projection", "connections")  # 0 is none of it, and a letter is a size: an axis of a tensor is at least 1


# ---------------------------------------------------------------- every layer, every way
def in_letters(layer: type[Layer], axes: int = 2) -> Layer:
    """The layer with a letter in every field, numbers by nature too; groups stay, for they must divide."""
    chosen: dict[str, Any] = {}
    for name, field in layer.fields.items():
        if field.fixed or field.check is not None or name == "groups":
            continue
        letters = [f"{field.letter}_{place}" for place in range(axes)] if field.several else [field.letter]
        made = tuple(map(symbols, letters))
        chosen[name] = made if field.several else made[0]
    return layer.symbolic(**chosen)


def variants(entry: Entry) -> Iterator[Layer]:
    """The entry with every option on and off, one way and both ways, with and without an adapter, and quantized."""
    switches = [option for option in entry.options if option.argument != ALWAYS]
    for on in product((False, True), repeat=len(switches)):
        plain = entry.symbolic({option.argument: option.value for option, is_on in zip(switches, on, strict=True) if is_on})
        directions = [plain.but(directions=number) for number in (1, 2)] if "directions" in plain.fields else [plain]
        for each in directions:
            yield each
            if not entry.name.startswith("keras."):  # what is put into a layer later are methods of Keras
                continue
            if "lora_rank" in each.fields and not each.fields["lora_rank"].fixed:
                yield each.but(lora_rank=symbols("r"))
            if "quantization" in each.fields:
                yield from quantized(each)


def quantized(layer: Layer) -> Iterator[Layer]:
    """The layer in every way in which it can be quantized."""
    equation = {"equation": "ab,bc->ac"} if "equation" in layer.fields else {}
    for how in ("int8", "int4", "int4/64", "float8", "gptq/4/64", "awq/4"):
        with suppress(SettingError):
            yield layer.but(quantization=how, **equation)


def every_layer() -> Iterator[tuple[str, Layer]]:
    for name, ours in LAYERS.items():
        yield name, ours.symbolic()
        yield f"{name} in letters", in_letters(ours)
    for name, entry in CATALOGUE.items():
        for place, layer in enumerate(variants(entry)):
            yield f"{name} {place}", layer


EVERY = dict(every_layer())
every = pytest.mark.parametrize("layer", EVERY.values(), ids=EVERY)


def numbers_for(layer: Layer) -> st.SearchStrategy[dict[str, int]]:
    """Sizes for all letters of a layer; zero where a part may not be there (an adapter of rank 0 freezes nothing)."""
    found = {name: {letter.name for letter in letters_in(value)} for name, value in layer.values().items()}
    lowest = {
        field.letter: field.least for name, field in layer.fields.items() if name not in WIDTHS and field.letter in found[name]
    }
    letters = set().union(*found.values())
    drawn = st.fixed_dictionaries({name: st.integers(lowest.get(name, 1), 10**6) for name in sorted(letters)})
    kv_heads = str(layer.values().get("kv_heads"))  # they divide the heads, so there are as many heads to each
    if str(layer.values().get("key_width")) == "d/h":  # as do the heads the width that is shared out among them
        return drawn.map(lambda numbers: numbers | {"d": numbers["d"] * numbers["h"]})
    return drawn.map(lambda numbers: numbers | {"h": numbers["h"] * numbers[kv_heads]}) if kv_heads not in ("h", "None") else drawn


def letters_in(value: Any) -> set[sympy.Symbol]:
    if isinstance(value, tuple):
        return set().union(*map(letters_in, value))
    return set(getattr(value, "free_symbols", ()))


def filled_in(layer: Layer, numbers: dict[str, int]) -> Layer:
    """The layer made anew with numbers where it has letters."""

    def number(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(number, value))
        return int(substituted(value, numbers)) if letters_in(value) else value

    return layer.of({name: number(value) for name, value in layer.values().items() if not layer.fields[name].fixed})


def substituted(expression: Any, numbers: dict[str, int]) -> Any:
    return expression.xreplace({letter: sympy.Integer(numbers[letter.name]) for letter in expression.free_symbols})


def at(formula: Formula, numbers: dict[str, int]) -> int:
    return formula.at({name: numbers[name] for name in formula.letters})


def elements(tensors: list[Tensor]) -> sympy.Expr:
    return sympy.expand(sympy.Add(*(sympy.Mul(*tensor.shape) for tensor in tensors)))


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


# ---------------------------------------------------------------- laws of forms
@every
def test_every_form_says_the_same_count(layer: Layer) -> None:
    count = layer.count
    for form in FORMS:
        assert sympy.expand(sympy.sympify(count.text(form), locals=dict(count.symbols))) == count.expr, form


@every
def test_every_form_has_latex_with_braces_that_close(layer: Layer) -> None:
    for form in FORMS:
        tex = layer.count.latex(form)
        assert tex.count("{") == tex.count("}")
        assert tex.count(r"\left") == tex.count(r"\right")
        assert tex.isascii()
        assert tex == tex.strip() != ""


@every
def test_sympy_reads_a_formula_as_its_expression(layer: Layer) -> None:
    assert sympy.sympify(layer.count) == layer.count.expr == sympy.expand(layer.count.expr)


SHOWN = """
from tests_of_seeds import EVERY
for name, layer in EVERY.items():
    count = layer.count
    print(name, repr(layer), repr(count), count.expr, count.polynomial.ordered(), list(count.terms), count.letters)
    for form in ("written", "expanded", "factored"):
        print(count.text(form), count.latex(form))
"""


def test_text_latex_and_repr_are_the_same_under_every_hash_seed() -> None:
    root = str(Path(__file__).parent.parent.parent)
    printed = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root}
        script = SHOWN.replace("tests_of_seeds", "tests.catalogue.test_laws")
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
        printed.add(done.stdout)
    assert len(printed) == 1
    assert printed.pop().count("\n") >= 4 * len(EVERY)


# ---------------------------------------------------------------- laws of layers
@every
def test_a_layer_equals_itself_made_again(layer: Layer) -> None:
    again = layer.of(layer.values())
    assert again == layer
    assert hash(again) == hash(layer)
    assert again.count == layer.count
    assert hash(again.count) == hash(layer.count)
    assert layer.but() == layer
    assert layer.weights() == again.weights()
    assert repr(again) == repr(layer)


@every
def test_a_layer_with_a_field_changed_is_another(layer: Layer) -> None:
    for name, field in layer.fields.items():
        if not field.fixed and field.check is None and name != "groups":
            other, its = symbols("another"), layer.values()[name]
            assert layer.but(**{name: (other,) * len(its) if field.several else other}) != layer


@each_layer
def test_every_field_has_a_letter_and_says_what_it_counts(layer: type[Layer]) -> None:
    assert layer.fields
    for name, field in layer.fields.items():
        assert field.doc, name
        assert not field.doc.endswith("."), name
        assert field.letter.isidentifier(), name
    letters = [field.letter for field in layer.fields.values()]
    assert len(set(letters)) == len(letters)


@each_layer
def test_a_symbolic_layer_has_the_letters_of_its_fields(layer: type[Layer]) -> None:
    made = layer.symbolic().values()
    for name, field in layer.fields.items():
        if field.fixed:
            assert made[name] == field.default
        elif layer.is_family or field.default is REQUIRED:
            letter = symbols(field.letter)
            assert made[name] == ((letter,) if field.several else letter)
        elif field.leader:
            assert layer.symbolic().follows(name) == field.leader
        else:
            assert made[name] == field.default


@each_layer
def test_every_layer_shows_its_formula_in_an_example(layer: type[Layer]) -> None:
    assert layer.__doc__
    assert layer.__doc__.strip().partition("\n")[0]
    assert ">>> print(" in layer.__doc__


@each_layer
def test_a_layer_cannot_be_changed(layer: type[Layer]) -> None:
    made = layer.symbolic()
    for name in layer.fields:
        with pytest.raises(AttributeError, match=rf"{layer.__name__} is frozen: use \.but\({name}="):
            setattr(made, name, 3)


# ---------------------------------------------------------------- laws of the catalogue
@each_entry
def test_every_option_sets_fields_that_exist_and_says_why(entry: Entry) -> None:
    for option in entry.options:
        assert option.because.strip()
        assert "\n" not in option.because
        assert option.settings
        assert option.settings.keys() <= entry.layer.fields.keys()
        assert not any(entry.layer.fields[name].fixed for name in option.settings)


@each_entry
def test_every_option_changes_the_count(entry: Entry) -> None:
    plain = entry.layer.symbolic()

    def count(option: Option) -> Formula:
        return plain.but(**option.of(entry.sizes(plain))).count

    for option in entry.options:  # of the plain layer, or of what the other way of the same switch makes of it
        turned = [count(other) for other in entry.options if other.argument == option.argument and other is not option]
        assert any(count(option) != other for other in (plain.count, *turned)), option


@each_entry
def test_the_reasons_are_those_of_the_settings(entry: Entry) -> None:
    for option in entry.options:
        decided = entry.decided({option.argument: option.value})
        assert option.because
        assert all(decided[field].because for field in option.settings)


CLASSES = list(classes_with_weights())
TORCH = {name: row for name, row in every_torch_row().items() if row.entry is not None}


@pytest.mark.parametrize(("version", "row", "entry"), CLASSES, ids=[f"{version}-{row.name}" for version, row, _ in CLASSES])
def test_an_option_is_an_argument_of_the_class_in_some_version(version: str, row: Any, entry: Entry) -> None:
    known = {name for other, same, _ in CLASSES if same is row for name in parameters(other, row.name)}
    assert {option.argument for option in entry.options} - {ALWAYS} <= known | set(row.also)
    assert entry.name == f"keras.{row.name}"


@pytest.mark.parametrize("row", TORCH.values(), ids=TORCH)
def test_a_class_of_torch_is_called_as_its_entry_and_has_its_options_as_arguments(row: Any) -> None:
    assert row.entry.name == f"torch.nn.{row.name}"
    assert {option.argument for option in row.entry.options} - {ALWAYS} <= signature(row.name).known.keys()


def test_sizes_of_any_length_are_counted_exactly() -> None:
    big = 10**40
    assert layers.LSTM(inputs=big, units=big).count.at() == 4 * (2 * big**2 + big)
    assert layers.LSTM.symbolic().count.at(m=big, n=big) == 4 * (2 * big**2 + big)
    assert math.isclose(float(layers.Dense.symbolic().count.at(m=big, n=1)), 1e40)
