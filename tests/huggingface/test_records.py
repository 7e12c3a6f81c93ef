"""Every recorded config of a type that has a table: totals, names, shapes and ties are those that the real library built.

A type without a table is refused, never counted wrong, and ``data/refused.txt`` says why where the learning refused it.
"""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_huggingface
from symparams.errors import SymparamsError
from symparams.huggingface.tables import refusals, table_of
from tests.recorded import read

if TYPE_CHECKING:
    from symparams.core.conventions import Tensor

FAMILIES = ("hf_models", "hf_models_2")
RECORDS = [record for family in FAMILIES for record in read(family)]


def has_table(record: dict[str, Any]) -> bool:
    table = table_of(record["model_type"])
    return table is not None and record["class"] in table.roles


READ = [each for each in RECORDS if has_table(each)]
BY_TYPE = {name: [each for each in READ if each["model_type"] == name] for name in sorted({each["model_type"] for each in READ})}


def model_of(record: dict[str, Any]) -> Any:
    return from_huggingface(record["config"], architecture=record["class"])


def starred(path: str) -> str:
    return ".".join("*" if step.isdigit() else step for step in path.split("."))


def shapes(tensors: list[Tensor], tied: list[list[str]]) -> collections.Counter[tuple[str, tuple[Any, ...]]]:
    """The tensors, a tied one under the name that the record has for it."""
    first = {name: group[0] for group in tied for name in group}
    once = {first.get(each.path, each.path): each.shape for each in tensors if each.tied_to is None or each.path in first}
    return collections.Counter((starred(path), shape) for path, shape in once.items())


def recorded_shapes(record: dict[str, Any]) -> collections.Counter[tuple[str, tuple[Any, ...]]]:
    found: collections.Counter[tuple[str, tuple[Any, ...]]] = collections.Counter()
    for name, shape, count, *_ in record["params"]:
        found[name, tuple(shape)] += count
    return found


def groups(tensors: list[Tensor]) -> set[frozenset[str]]:
    """The names of each tensor that is used several times."""
    found: dict[str, set[str]] = {}
    for each in tensors:
        if each.tied_to is not None:
            found.setdefault(each.tied_to, {each.tied_to}).add(each.path)
    return {frozenset(names) for names in found.values()}


def refused_types() -> set[str]:
    """The types that the learning refused, by its published list."""
    return {name.partition(" ")[0] for name in refusals()}


def may_be_refused(error: SymparamsError) -> bool:
    """Whether a refusal is that of a part of a type that is on the list of types without a table."""
    return "which has no formula yet: " in str(error) and any(f"type '{name}'" in str(error) for name in refused_types())


def differences(record: dict[str, Any]) -> list[str]:
    model = model_of(record)
    said = []
    for which, formula in (
        ("total", model.count),
        ("total_untied", model.untied_count),
        ("trainable", model.trainable_count),
    ):
        number = formula.at(model.values)
        if number != record[which]:
            said.append(f"{record['id']} {record['class']}: {which} {number}, recorded {record[which]}")
    tensors = model.tensors()
    ties = {frozenset(group) for group in record.get("tied") or []}
    ours = shapes(tensors, record.get("tied") or [])
    if "params" in record and ours != recorded_shapes(record):
        theirs = recorded_shapes(record)
        said.append(f"{record['id']} {record['class']}: only here {[*(ours - theirs)][:3]}, only recorded {[*(theirs - ours)][:3]}")
    if ties and not ties <= groups(tensors):
        said.append(f"{record['id']} {record['class']}: ties {sorted(map(sorted, ties - groups(tensors)))[:2]}")
    return said


@pytest.mark.parametrize("model_type", BY_TYPE)
def test_a_type_is_built_as_recorded(model_type):
    said = []
    for record in BY_TYPE[model_type]:
        try:
            said += differences(record)
        except SymparamsError as error:
            if not may_be_refused(error):
                said.append(f"{record['id']} {record['class']}: refused, {error}")
    assert not said, "\n".join(["", *said])


@pytest.mark.parametrize("model_type", BY_TYPE)
def test_the_formula_gives_the_total(model_type):
    """The formula itself, in letters, at the values of the config; the counts above are sums over the table."""
    for record in BY_TYPE[model_type][:3]:
        try:
            model = model_of(record)
        except SymparamsError as error:
            assert may_be_refused(error), error
            continue
        assert {*model.count.letters} <= {*model.values}
        for which, formula in (("total", model.count), ("total_untied", model.untied_count), ("trainable", model.trainable_count)):
            letters = {name: model.values[name] for name in formula.letters}
            number = formula.expr.xreplace({formula.symbols[name]: value for name, value in letters.items()})
            assert number == record[which], f"{record['id']} {record['class']} {which}: {formula}"


def test_other_types_are_refused():
    refused = [each for each in RECORDS if not has_table(each)]
    for record in refused[::10]:
        with pytest.raises(SymparamsError):
            model_of(record)
