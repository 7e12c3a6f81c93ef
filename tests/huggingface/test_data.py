"""Laws of every table that ships: all of it is read, nothing in it is a coincidence of the configs that it was learned from."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from symparams import from_huggingface
from symparams.errors import SettingError, SizeError, SymparamsError
from symparams.huggingface.known_types import KnownTypes
from symparams.huggingface.table import Block, Row, Use
from symparams.huggingface.tables import FOLDER, REFUSED, model_types, refusals, table_of
from tests.bad_input import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from symparams.huggingface.expressions import Expression
    from symparams.huggingface.table import Item, Table

FIXED_PLANS = {"mobilenet_v1", "mobilenet_v2"}  # whose classes have one plan of layers, whatever the config says
NEEDS_MORE = (" is null, ", "which has no formula yet: ", "_types) is not num_hidden_layers")
MOST_WRITTEN_OUT = 8  # equal modules that are numbered in a file, as the convolutions of a stem are


def everything(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        if isinstance(item, Block):
            yield from everything(item.inside)


def items_of(table: Table) -> list[Item]:
    return [item for name in table.roles for item in everything(table.rows(name))]


def conditions(table: Table) -> Iterator[Expression]:
    """What decides whether there is a tensor."""
    for item in items_of(table):
        if item.condition is not None:
            yield item.condition


def expressions(table: Table) -> Iterator[Expression]:
    yield from conditions(table)
    yield from table.guards
    for item in items_of(table):
        match item:
            case Row(axes=axes, ties=ties, frozen=frozen):
                yield from axes
                yield from (tie.condition for tie in ties if tie.condition is not None)
                yield from (condition for condition in frozen if condition is not None)
            case Block(copies=copies) if copies is not None:
                yield copies
            case Use(overwritten=overwritten):
                yield from (expression for _, expression in overwritten)
    for derived in table.derived:
        yield derived.expression
        if derived.condition is not None:
            yield derived.condition


@pytest.mark.parametrize("name", model_types())
def test_every_name_has_a_default_or_is_computed(name):
    table = table_of(name)
    assert table is not None
    known = {*table.defaults, *(derived.field for derived in table.derived)}
    used = {field for expression in expressions(table) for field in expression.fields_read}
    subs = {field.partition(".")[0] for field in known if "." in field} | table.sub_fields
    unknown = {field for field in used - known if field.partition(".")[0] not in subs or "." not in field} - subs
    assert not unknown, f"{name} reads {sorted(unknown)}, which have neither a default nor a rule"


@pytest.mark.parametrize("name", model_types())
def test_no_tensor_depends_on_a_tie(name):
    table = table_of(name)
    assert table is not None
    for class_name in table.roles:
        items = [item for item in everything(table.rows(class_name)) if item.condition is not None]
        shapes = Counter(item.name for item in items if isinstance(item, Row))  # one of two shapes is there in any case
        said = [
            str(item.condition)
            for item in items
            if any("tie_" in field for field in item.condition.fields_read)
            and not (isinstance(item, Row) and shapes[item.name] > 1)
        ]
        assert not said, f"{class_name}: whether tensors are tied decides nothing but that: {said}"


@pytest.mark.parametrize("name", model_types())
def test_layers_are_not_written_out_by_number(name):
    table = table_of(name)
    assert table is not None
    for class_name in table.roles:
        rows = [item for item in everything(table.rows(class_name)) if isinstance(item, Row)]
        alike = Counter((re.sub(r"(?<![^.])\d+(?![^.])", "*", row.name), row.axes) for row in rows)
        worst = alike.most_common(1)
        assert name in FIXED_PLANS or not worst or worst[0][1] <= MOST_WRITTEN_OUT or "*" not in worst[0][0][0], (
            f"{class_name}: {worst}"
        )


@pytest.mark.parametrize("name", model_types())
def test_every_class_is_counted_and_its_formula_is_the_count(name):
    table = table_of(name)
    assert table is not None
    counted, reasons = 0, []
    for class_name in table.roles:
        try:
            model = from_huggingface({"model_type": name}, architecture=class_name)
        except SymparamsError as error:
            reasons.append(str(error))
            continue
        counted += 1
        assert {*model.count.letters} <= {*model.values}, f"{class_name}: {model.count}"
        sizes = {letter: value for letter, value in model.values.items() if letter in model.count.letters}
        expr = model.count.expr.xreplace({model.count.symbols[letter]: value for letter, value in sizes.items()})
        assert expr == model.number("count"), f"{class_name}: {model.count}"
        assert {*model.letters} == {*model.values}
    # the class itself builds nothing with its own defaults, or one of its parts has no table
    needs_more = all(any(words in reason for words in NEEDS_MORE) for reason in reasons)
    assert counted or needs_more, f"no class of {name} is built by its defaults: {reasons[0]}"


@pytest.mark.parametrize("name", model_types())
def test_more_layers_are_counted_as_the_table_counts_them(name):
    """``at`` itself compares the formula with the table at other sizes; here it must not refuse twice as many layers."""
    try:
        model = from_huggingface({"model_type": name})
    except SymparamsError:
        return
    for letter, field in model.letters.items():
        if letter not in model.kinds and model.values[letter] and ("layers" in field or field in ("n_layer", "depth")):
            try:
                doubled = model.count.at({**model.values, letter: 2 * model.values[letter]})
            except SizeError as error:
                assert "not at these sizes" in str(error)  # a list of the config has as many elements as there are layers
            else:
                in_place_of_experts = field == "num_dense_layers"  # the first of as many layers as before
                assert doubled < model.number("count") if in_place_of_experts else doubled > model.number("count")


@pytest.mark.parametrize("name", model_types())
def test_a_list_that_is_computed_need_not_be_given(name):
    table = table_of(name)
    assert table is not None
    empty = {field for field, defaults in table.defaults.items() if field.endswith("layer_types") and defaults[0].value == []}
    assert not empty & {derived.field for derived in table.derived}


def test_what_is_refused_has_a_reason_and_no_table():
    for name, why in refusals().items():
        model_type, _, class_name = name.partition(" ")
        table = table_of(model_type)
        assert why
        assert class_name not in table.roles if table and class_name else table is None and not class_name, name


def test_the_list_of_refusals_has_every_type_without_a_table():
    """Its first line says how many types the release has; the tables and the list have them all."""
    with open(os.path.join(FOLDER, REFUSED), encoding="utf-8") as file:
        said = re.fullmatch(r"# transformers [\d.]+: (\d+) types, (\d+) with a table, (\d+) without one\n", file.readline())
    assert said is not None
    types, with_table, without = map(int, said.groups())
    assert types == with_table + without
    assert with_table == len(model_types())
    assert without == sum(" " not in name for name in refusals())


def test_a_refused_class_is_refused_with_the_reason():
    name, why = next((name, why) for name, why in refusals().items() if " " in name)
    model_type, _, class_name = name.partition(" ")
    refused(
        SettingError,
        f"the class {class_name} of {model_type} has no formula yet: {why}; those that have one are ",
        lambda: from_huggingface({"model_type": model_type}, architecture=class_name),
    )


def test_the_types_are_listed_with_their_reasons():
    name, why = next((name, why) for name, why in refusals().items() if " " not in name)
    listed = KnownTypes().table().to("csv").splitlines()
    assert "llama,LlamaForCausalLM,yes" in listed
    assert any(line.startswith(f"{name},,") and why[:40] in line for line in listed)
