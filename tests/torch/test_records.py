"""What real PyTorch reported, against what symparams says: built from arguments, in letters, and read as if it were live.

``records/README.md`` says what a record is. No PyTorch is needed: :mod:`live_modules` stands in for its modules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sympy import Integer

from symparams import from_torch, symbols
from symparams.torch import nn
from tests.recorded import read
from tests.torch.live_modules import LiveTensor, as_live, module_of

Record = dict[str, Any]

AT_LEAST = {"torch_layers": 928, "torch_models": 50}
# Arguments that are sizes, so that a letter may stand for their number.
SIZES = {
    "in_features", "out_features", "in1_features", "in2_features", "num_embeddings", "embedding_dim", "num_parameters",
    "input_size", "hidden_size", "proj_size", "in_channels", "out_channels", "kernel_size", "num_features", "normalized_shape",
    "num_channels", "dim_feedforward", "num_classes", "embed_dim", "kdim", "vdim", "d_model",
}  # fmt: skip


def each(family: str, called: str, takes: Callable[[Record], bool] = lambda record: True) -> pytest.MarkDecorator:
    rows = [pytest.param(its, id=f"{its[called]}-{its['id']}") for its in read(family) if takes(its)]
    return pytest.mark.parametrize("record", rows)


# ---------------------------------------------------------------- building
class Letters:
    """One letter for each number: where two sizes are equal they stay equal."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def put(self, value: Any) -> Any:
        if isinstance(value, list):
            return tuple(map(self.put, value))
        if type(value) is not int or value == 0:
            return value
        self.numbers[f"s{value}"] = value
        return symbols(f"s{value}")

    def number(self, size: Any) -> int:
        if isinstance(size, int):
            return size
        done = size.xreplace({letter: Integer(self.numbers[letter.name]) for letter in size.free_symbols})
        assert done.is_Integer, f"{size} is {done} at {self.numbers}"
        return int(done)

    def total(self, formula: Any) -> int:
        return int(formula.at({name: self.numbers[name] for name in formula.letters}))


def as_it_is(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def made(value: Any, put: Any) -> Any:
    """A value of a record, with the modules and tensors in it made."""
    if isinstance(value, dict) and "class_name" in value:
        return getattr(nn, value["class_name"])(**arguments(value["kwargs"], put))
    if isinstance(value, dict) and value and value.keys() <= {"tensor", "parameter"}:
        [shape] = value.values()
        return nn.Parameter(shape)
    if isinstance(value, dict):
        return {name: made(each, put) for name, each in value.items()}
    return [made(each, put) for each in value] if isinstance(value, list) else value


def arguments(given: Record, put: Any) -> Record:
    return {name: put(value) if name in SIZES else made(value, put) for name, value in given.items()}


def built(record: Record, put: Any = as_it_is) -> Any:
    """The module of a record: a class of ``torch.nn``, or ``parametrizations.weight_norm(Linear)``."""
    name, _, inside = record["class"].partition("(")
    make: Any = getattr(nn, name) if not inside else nn.utils
    for step in name.removeprefix("utils.").split(".") if inside else ():
        make = getattr(make, step)
    module = make(**arguments(record["kwargs"], put))
    if name.startswith("Lazy"):
        module(tuple(map(put, record["input_shape"])))
    return module


def listed(module: Any) -> tuple[list[Any], list[Any]]:
    """The parameters and the buffers of a module as a record has them."""
    return (
        [[name, list(tensor.shape), tensor.requires_grad] for name, tensor in module.named_parameters()],
        [[name, list(tensor.shape)] for name, tensor in module.named_buffers()],
    )


# ---------------------------------------------------------------- modules
@pytest.mark.parametrize(("family", "least"), AT_LEAST.items())
def test_no_record_has_got_lost(family: str, least: int) -> None:
    assert len(read(family)) >= least
    assert len({record["id"] for record in read(family)}) == len(read(family))


@each("torch_layers", "class")
def test_a_module_in_numbers_is_what_pytorch_reported(record: Record) -> None:
    module = built(record)
    assert listed(module) == (record["parameters"], record["buffers"])
    assert int(module.count) == record["total"]
    assert int(module.trainable_count) == record["trainable"]
    assert int(module.non_trainable_count) == record["total"] - record["trainable"]
    assert int(module.buffer_count) == record["in_buffers"]


def has_letters(record: Record) -> bool:
    """Not where which part is there depends on which size is larger, or on a remainder, or where a size is a tensor's."""
    by_size = any(word in record["class"] for word in ("Adaptive", "orthogonal", "GroupNorm"))
    return not by_size and record["kwargs"].get("groups", 1) == 1 and "weight" not in record["kwargs"]


@each("torch_layers", "class", has_letters)
def test_a_module_in_letters_is_what_pytorch_reported(record: Record) -> None:
    letters = Letters()
    module = built(record, letters.put)
    assert letters.total(module.count) == record["total"]
    assert letters.total(module.trainable_count) == record["trainable"]
    assert letters.total(module.buffer_count) == record["in_buffers"]
    assert [[name, [*map(letters.number, tensor.shape)], tensor.requires_grad] for name, tensor in module.named_parameters()] == (
        record["parameters"]
    )


@each("torch_layers", "class")
def test_a_live_module_is_read_as_what_pytorch_reported(record: Record) -> None:
    model = from_torch(as_live(built(record)))
    assert listed(model.module) == (record["parameters"], record["buffers"])
    assert int(model.count) == record["total"]
    assert int(model.trainable_count) == record["trainable"]
    assert int(model.buffer_count) == record["in_buffers"]


@each("torch_layers", "class")
def test_a_state_dict_is_read_as_its_shapes(record: Record) -> None:
    """It does not say what a buffer is; a name in it is counted unless it is one that PyTorch's own buffers have."""
    module = built(record)
    model = from_torch({name: tuple(tensor.shape) for name, tensor in module.state_dict().items()})
    buffers = [name for name, _ in record["buffers"]]
    assert {tensor.path for tensor in model.tensors()} - set(buffers) == {name for name, *_ in record["parameters"]}
    assert int(model.count) + int(model.buffer_count) == record["total"] + record["in_buffers"]


# ---------------------------------------------------------------- models
def live_model(record: Record) -> Any:
    """The model of a record as modules that have what the record lists, and tied where that alone gives its total."""
    parts = record["modules"]
    tensors = {
        (part["name"], name): LiveTensor(shape, requires_grad) for part in parts for name, shape, requires_grad in part["own"]
    }
    if record["total"] != record["total_untied"]:  # the table of the words is the output's matrix
        *_, last = tensors
        first = next(its for its in tensors if tensors[its].shape == tensors[last].shape)
        assert tensors[first].numel() == record["total_untied"] - record["total"]
        tensors[last] = tensors[first]
    modules: dict[str, Any] = {}
    for part in parts:
        own = {name: tensors[part["name"], name] for name, *_ in part["own"]}
        buffers = {name: LiveTensor(shape) for name, shape, *_ in part["own_buffers"]}
        modules[part["name"]] = module = module_of(part["class"], own, buffers, {})
        if part["name"]:
            parent, _, name = part["name"].rpartition(".")
            modules[parent]._modules[name] = module
    return modules[""]


@each("torch_models", "kind")
def test_a_model_is_read_with_the_totals_that_pytorch_reported(record: Record) -> None:
    model = from_torch(live_model(record))
    assert int(model.count) == record["total"]
    assert int(model.untied_count) == record["total_untied"]
    assert int(model.trainable_count) == record["trainable"]
    assert int(model.buffer_count) == record["in_buffers"]
    assert [(layer.name, layer.class_name, int(layer.count)) for layer in model.layers] == [
        (part["name"] or part["class"], part["class"], part["params"]) for part in record["modules"][1:] or record["modules"]
    ]
    tied = [tensor for tensor in model.tensors() if tensor.tied_to]
    assert len(tied) == (record["total"] != record["total_untied"])
