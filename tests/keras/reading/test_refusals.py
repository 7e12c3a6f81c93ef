"""Sources and configs that describe no model are refused in one line."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import from_keras, keras, symbols
from symparams.errors import LetterError, SymparamsError, TextError
from tests.bad_input import refused
from tests.keras.reading.saved_configs import SMALL, entry, graph, on, part, sequence, tensor


def nested(depth: int) -> dict[str, Any]:
    model = sequence(entry([None, 4]), part("Dense", "dense", units=4))
    for number in range(depth):
        model = sequence(entry([None, 4]), model, name=f"s{number}")
    return model


def doubling(depth: int) -> dict[str, Any]:
    """A few hundred lines that describe 2**depth calls."""
    model = graph(entry([None, 4]), part("Dense", "dense", [on(tensor("x"))], units=4), name="m")
    for number in range(depth):
        inner = {**model, "name": "m", "inbound_nodes": [on(tensor("x")), on(tensor("m"))]}
        model = graph(entry([None, 4]), inner, ends=["m", 2, 0], name="m")
        del number
    return model


def rewired(**changes: Any) -> dict[str, Any]:
    model = graph(entry([None, 4]), part("Dense", "dense", [on(tensor("x"))], units=4))
    model["config"].update(changes)
    return model


LOOP = [
    entry([None, 4]),
    part("Dense", "a", [on(tensor("b"))], units=4),
    part("Dense", "b", [on(tensor("a"))], units=4),
]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "neither JSON nor the path"),
        ("LSTM(3)", "neither JSON nor the path"),
        ("missing.json", "cannot read 'missing.json': No such file"),
        ("a\0b.json", "cannot read"),
        ("{", "is not JSON"),
        ("[1, 2", "is not JSON"),
        ("{}", "lacks the 'class_name' and 'config'"),
        ("[3]", "has 3 in place of a layer"),
        ('{"class_name": "Sequential", "class_name": "Functional"}', "has the key 'class_name' twice"),
        ('{"a": NaN}', "contains NaN, which is not valid JSON"),
        ('{"a": ' + "9" * 5000 + "}", "is not JSON"),
        ("[" * 100_000, "nested too deep"),
        (b"\xff\xfe{", "not text in UTF-8"),
        (3, "cannot read 3"),
        (None, "cannot read None"),
        (SMALL | {"config": "x"}, "lacks the 'class_name' and 'config'"),
        (SMALL | {"keras_version": "1.2.2"}, "was written by Keras 1.2.2"),
        (part("Dense", "dense", units=3), r"is a single layer, dense \(Dense\), not a model"),
        (sequence(entry([None, 4]), part("Dense", "dense", units=float("nan"))), "units must be a whole number"),
        (sequence(entry([None, 4]), part("Dense", "dense", units=True)), "units must be a whole number"),
        (sequence(entry([None, 4]), part("Dense", "dense", units=-3)), "units must be a whole number"),
        (sequence(entry([None, -4]), part("Dense", "dense", units=3)), "must be a whole number"),
        (sequence(entry([None, 4]), part("Dense", "dense")), r"dense \(Dense\): Dense needs units"),
        (sequence(entry([None, 4]), part("Dens", "dense", units=3)), "is a Dens of keras.layers, not a layer of Keras"),
        (sequence(entry([None, 4]), part("Dense", "a\x1b[31m", units=3)), "is not the name of a layer"),
        (sequence(entry([None, 4]), part("Dense", "a\nb", units=3)), "is not the name of a layer"),
        (sequence(entry([None, 4]), part("Dense", "a" * 2000, units=3)), "is not the name of a layer"),
        (
            sequence(entry([None, 4]), part("Dense", "a", units=3), part("Dense", "a", units=3)),
            "give each layer of a model its own name",
        ),
        (nested(40), "nested more than 30 deep"),
        (doubling(25), "has more than 20000 calls of layers"),
        (graph(*LOOP), "the graph has a cycle: 'b' depends on its own output"),
        (rewired(output_layers=["nothing", 0, 0]), "refers to a layer 'nothing' that is not in the file"),
        (rewired(output_layers=["dense", 1, 0]), "refers to call 1 of 'dense', which has 1 call, counted from 0"),
        (rewired(output_layers=["dense", 0, 1]), "refers to output 1 of 'dense', which has 1 output, counted from 0"),
        (rewired(output_layers=["dense", -1, 0]), "refers to call -1 of 'dense'"),
        (rewired(output_layers=[]), "outputs|output_layers of a model"),
        (rewired(input_layers=3), "input_layers of a model"),
        (rewired(layers=[*LOOP, *LOOP]), "two layers called 'x'"),
    ],
    ids=lambda value: value[:50] if isinstance(value, str) else type(value).__name__,
)
def test_what_is_no_model_is_refused(source: Any, words: str) -> None:
    refused(SymparamsError, words, lambda: from_keras(source))


def test_a_config_that_contains_itself_is_refused() -> None:
    model = sequence(entry([None, 4]))
    model["config"]["layers"].append(model)
    refused(TextError, "nested", lambda: from_keras(model))
    lists: list[Any] = []
    lists.append(lists)
    refused(TextError, "nested", lambda: from_keras(sequence(entry([None, 4]), part("Dense", "dense", units=lists))))


def test_a_long_chain_in_any_order_is_no_trouble() -> None:
    parts = [entry([None, 4])]
    parts += [part("Dense", f"d{number}", [on(tensor(f"d{number - 1}" if number else "x"))], units=4) for number in range(3000)]
    parts[1:] = parts[:0:-1]
    assert from_keras(graph(*parts, ends=["d2999", 0, 0])).count == 3000 * 20


def test_a_model_in_letters_is_not_read_again() -> None:
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(symbols("n"))])
    refused(
        LetterError, r"'kernel' has the shape \(3, n\), not numbers: a model in letters needs no reading", lambda: from_keras(model)
    )
