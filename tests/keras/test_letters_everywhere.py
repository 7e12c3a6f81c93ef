"""A letter in any place of any Keras layer, and values that are no sizes: a layer of the right sizes, or a refusal by name.

Each class of each version is taken once, as ``records/`` has it. In numbers it is what Keras says (``test_records.py``,
``test_differential.py``), so in letters it is held against itself in numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import sympy

from symparams import symbols
from symparams.errors import LONGEST, SymparamsError
from symparams.keras.function_names import ENDINGS
from symparams.keras.signature import parameters
from tests.keras.recorded_layers import APIS, Letters, Record, shapes_in
from tests.keras.unmeasured_layers import FAMILIES, called, records_for

NAMES_AXES = ("axis", "axes", "dims", "shared_axes", "attention_axes")
NO_SIZES: dict[str, Any] = {
    "letter": symbols("s"),
    "letter of the user's": sympy.Symbol("u"),
    "letters": [symbols("s"), symbols("t")],
    "what may be 0": symbols("s") - 1,
    "half": sympy.Rational(1, 2),
    "NaN": float("nan"),
    "infinity": float("inf"),
    "very long": 10**5000,
    "set": {3},
}


def classes() -> Iterator[tuple[str, str]]:
    """Each class of each version; those of v1 that v2 has, too, are left to v2."""
    old = {record["class"] for record in records_for("v2")}
    for version in FAMILIES:
        names = {record["class"] for record in records_for(version)}
        yield from ((version, name) for name in sorted(names - old if version == "v1" else names))


@pytest.fixture(params=classes(), ids="-".join)
def case(request: pytest.FixtureRequest) -> tuple[str, Record]:
    """The first record of a class that symparams builds: of those that were lent, an older Keras may refuse some."""
    version, name = request.param
    for record in records_for(version):
        if record["class"] == name:
            with suppress(SymparamsError):
                told(version, record)
                return version, record
    raise AssertionError(f"no record of {name} is built")


def told(version: str, record: Record, letters: Letters | None = None) -> tuple[Any, ...]:
    """Tensors, counts and output shapes, with numbers for the letters; printed on the way."""
    letters = letters or Letters()
    layer, out = called(APIS[version], record, APIS[version].Input)
    assert all(map(repr, (layer, out, layer.count, layer.weights)))
    assert layer.count.latex()
    assert layer.count.text("factored")
    return (
        [(tensor.name, tuple(map(letters.number, tensor.shape)), tensor.trainable) for tensor in layer.weights],
        letters.total(layer.count),
        letters.total(layer.trainable_count),
        [tuple(map(letters.number, shape)) for shape in shapes_in(out)],
    )


# ---------------------------------------------------------------- one letter
def places(value: Any, *path: Any) -> Iterator[tuple[Any, ...]]:
    """Where a number above 1 stands. An axis of 1 is a case of its own to some layers: it goes with every size."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 1:
        yield path
    elif isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, *path, key)


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    """The same value with another at that place."""
    if not path:
        return by
    changed = list(value) if isinstance(value, list) else dict(value)
    changed[path[0]] = replaced(value[path[0]], path[1:], by)
    return changed


def test_a_letter_in_one_place_is_a_size_or_is_refused_by_name(case: tuple[str, Record]) -> None:
    version, record = case
    wanted = told(version, record)
    for path in [*places(record["kwargs"], "kwargs"), *places(record["input_shapes"], "input_shapes")]:
        letters = Letters()
        one = replaced(record, path, letters.put(at(record, path)))
        named = next(key for key in reversed(path) if isinstance(key, str))
        try:
            found = told(version, one, letters)
        except SymparamsError as refusal:
            said = str(refusal)
            assert named in said or any(letter in said for letter in letters.numbers), (path, said)
        else:
            assert named not in NAMES_AXES, path
            assert found == wanted, path


# ---------------------------------------------------------------- all in one text
def written(version: str, value: Any, letters: Letters) -> str:
    """A layer of a record as a user writes it, with letters where its input has sizes."""
    if isinstance(value, dict) and "class_name" in value:
        given = ", ".join(f"{name}={written(version, each, letters)}" for name, each in value.get("kwargs", {}).items())
        return f"{'' if version == 'v3' else version + '.'}{value['class_name']}({given})"
    return f"[{', '.join(written(version, each, letters) for each in value)}]" if isinstance(value, list) else repr(value)


def test_the_command_line_reads_the_same_layer(run: Any, case: tuple[str, Record]) -> None:
    version, record = case
    if record.get("input_mode", "single") != "single" or record.get("post"):
        pytest.skip("called on more than one tensor, or changed later, which no text says")
    letters = Letters(above=1)
    call = written(version, {"class_name": record["class"], "kwargs": record["kwargs"]}, letters)
    dtype = (record.get("input_dtypes") or [None])[0]
    shape = record["input_shapes"][0] if record["class"] == "Reshape" else letters.put(record["input_shapes"][0])
    model = f"Sequential([Input(batch_shape={tuple(shape)}, dtype={dtype!r}), {call}])"
    total = told(version, record)[1]
    status, counted, said = run("count", model)
    if status == 2:  # a size that has to divide, or an axis of an equation
        assert any(letter in said for letter in letters.numbers), said
        return
    assert status == 0
    assert run("latex", model)[0] == 0
    used = set(re.findall(r"\w+", counted))
    given = [f"{name}={number}" for name, number in letters.numbers.items() if name in used]
    assert run("count", model, *given)[1].splitlines()[-1] == str(total)


# ---------------------------------------------------------------- what is no size
def test_no_value_of_an_argument_ends_in_an_error_from_inside(case: tuple[str, Record]) -> None:
    version, record = case
    for argument in parameters(version, record["class"]):
        if argument.endswith(ENDINGS) and record["class"] != "Dense":  # read in one place for every layer
            continue
        for kind, value in NO_SIZES.items():
            try:
                told_at_all(version, replaced(record, ("kwargs",), record["kwargs"] | {argument: value}))
            except SymparamsError as refusal:
                assert "\n" not in str(refusal)
                assert 0 < len(str(refusal)) <= LONGEST + 3, (argument, kind)


def told_at_all(version: str, record: Record) -> None:
    """Builds and prints a layer."""
    layer, out = called(APIS[version], record, APIS[version].Input)
    assert layer.count.latex()
    assert repr(layer)
    assert repr(out)
