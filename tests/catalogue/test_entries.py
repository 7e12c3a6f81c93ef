"""Laws of the catalogue: every option sets fields that exist, says why, changes the count, and is an argument of its class."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import Formula
from symparams.core.catalogue import ALWAYS, Entry, Option
from symparams.keras.row import INCOMPLETE
from symparams.keras.signature import parameters, signatures
from symparams.keras.table import VERSIONS, classes_with_weights, every_row
from symparams.torch.signature import signature
from symparams.torch.signature import signatures as torch_signatures
from symparams.torch.table import every_row as every_torch_row
from tests.catalogue.every_layer import each_entry


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


# ---------------------------------------------------------------- what a class lacks is named
def test_every_row_of_keras_has_its_signature_and_its_layer() -> None:
    known = {name for version in VERSIONS for name in signatures(version)}
    lacking = [f"{name}: no file of symparams/keras/signatures has a line for it" for name in every_row() if name not in known]
    assert lacking + [f"{name}: {lacks}" for name, lacks in INCOMPLETE.items()] == []


def test_every_signature_of_keras_has_its_row() -> None:
    known = {name for version in VERSIONS for name, its in signatures(version).items() if not its.startswith("= ")}
    assert [f"{name}: no file of symparams/keras/rows has a row for it" for name in known if name not in every_row()] == []


def test_every_row_of_torch_has_its_signature_and_every_signature_its_row() -> None:
    rows, known = every_torch_row(), torch_signatures()
    lacking = [f"{name}: symparams/torch/signatures.txt has no line for it" for name in rows if name not in known]
    assert lacking + [f"{name}: no file of symparams/torch/rows has a row for it" for name in known if name not in rows] == []
