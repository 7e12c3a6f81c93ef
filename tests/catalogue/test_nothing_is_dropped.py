"""Whatever has parameters is counted or refused, in every container and every argument of both frameworks: no silent zero."""

from __future__ import annotations

import pickle
from collections import OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from symparams import einops, from_huggingface, from_jax, from_summary, keras, layers, lift, symbols, table
from symparams.errors import SymparamsError
from symparams.torch import nn

if TYPE_CHECKING:
    from collections.abc import Callable

d, m, L = symbols("d m L")
KL = keras.layers


class LiveModule:
    """A live module of PyTorch, as code recognizes it that does not import PyTorch."""

    def named_parameters(self) -> list[object]:
        return []


class LiveLayer:
    """A live layer of Keras, likewise."""

    def get_config(self) -> dict[str, object]:
        return {}

    def count_params(self) -> int:
        return 12


class Array:
    """An array of floats, as code recognizes it that does not import NumPy."""

    dtype = "float32"

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape


PASTED = """
Layer (type)                 Output Shape              Param #
=================================================================
dense (Dense)                (None, 64)                640
=================================================================
Total params: 640
"""
Parameter = type("Parameter", (), {"__module__": "torch.nn.parameter"})
Variable = type("Variable", (), {"__module__": "keras.src.backend.common.variables"})


class Block(nn.Module):
    def __init__(self, width: Any) -> None:
        super().__init__()
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)


# What has parameters: the thing, and its count in a module of ours; None where it does not belong there.
OURS_IN_TORCH = {
    "a module": (lambda: nn.Linear(d, m), d * m + m),
    "a module of one's own": (lambda: Block(d), 8 * d**2 + 5 * d),
    "a letter's multiple": (lambda: L * Block(d), L * (8 * d**2 + 5 * d)),
    "a number's multiple": (lambda: 3 * Block(d), 3 * (8 * d**2 + 5 * d)),
    "a multiple of a multiple": (lambda: L * (3 * Block(d)), 3 * L * (8 * d**2 + 5 * d)),
    "a sum of multiples": (lambda: m * Block(d) + (L - m) * nn.Linear(d, d), m * (8 * d**2 + 5 * d) + (L - m) * (d**2 + d)),
    "a letter's multiple of a Sequential": (lambda: L * nn.Sequential(nn.Linear(d, d)), L * (d**2 + d)),
}
OTHERS: dict[str, Callable[[], object]] = {
    "a layer of Keras": lambda: KL.Dense(3),
    "a model of Keras": lambda: keras.Sequential([keras.Input((m,)), KL.Dense(3)]),
    "a multiple of a layer of Keras": lambda: L * KL.Dense(3),
    "a sum of a module and a layer of Keras": lambda: Block(d) + KL.Dense(3),
    "a layer in the paper's letters": layers.LSTM.symbolic,
    "a multiple of such a layer": lambda: L * layers.LSTM.symbolic(),
    "a formula": lambda: layers.LSTM.symbolic().count,
    "a tree of weights": lambda: layers.LSTM.symbolic().weights(),
    "a configured model": lambda: from_huggingface("gpt2"),
    "a pasted table": lambda: from_summary(PASTED),
    "a lifted model": lambda: lift(lambda d: nn.Linear(d, d), {"d": 8}),
    "a model that was read": lambda: from_jax({"dense": {"kernel": Array((3, 4))}}),
    "a layer of einops of Keras": lambda: einops.layers.keras.EinMix("b c -> b d", weight_shape="c d", c=3, d=4),
    "a weight of Keras": lambda: keras.Variable(shape=(3, 4), initializer="zeros"),
    "a live module": LiveModule,
    "a live layer": LiveLayer,
    "a live parameter": Parameter,
    "a live variable": Variable,
}


def with_attribute(value: Any) -> nn.Module:
    module = nn.Module()
    module.part = value
    return module


def replaced(value: Any) -> nn.Module:
    made = nn.ModuleList([nn.ReLU()])
    made[0] = value
    return made


def added(value: Any) -> nn.Module:
    made = nn.Module()
    made.add_module("part", value)
    return made


INTO_TORCH: dict[str, Callable[[Any], Any]] = {
    "an attribute": with_attribute,
    "add_module": added,
    "Sequential": lambda value: nn.Sequential(nn.ReLU(), value),
    "a Sequential by names": lambda value: nn.Sequential({"part": value}),
    "append": lambda value: nn.Sequential().append(value),
    "ModuleList": lambda value: nn.ModuleList([value]),
    "extend": lambda value: nn.ModuleList().extend([value]),
    "insert": lambda value: nn.ModuleList([nn.ReLU()]).insert(0, value),
    "an item": replaced,
    "ModuleDict": lambda value: nn.ModuleDict({"part": value}),
    "a module in a module": lambda value: with_attribute(nn.Sequential(with_attribute(value))),
}
PLAIN: dict[str, Callable[[Any], Any]] = {
    "a list": lambda value: [value],
    "a tuple": lambda value: (value, 3),
    "a dict": lambda value: {"part": value},
    "a list in a dict": lambda value: {"parts": [[value]]},
}


@pytest.mark.parametrize("container", INTO_TORCH)
@pytest.mark.parametrize("kind", OURS_IN_TORCH)
def test_a_module_and_its_multiples_count_in_every_container(kind, container):
    make, count = OURS_IN_TORCH[kind]
    assert INTO_TORCH[container](make()).count == count


@pytest.mark.parametrize("container", [*INTO_TORCH, "ParameterList", "ParameterDict", "an argument", "register_parameter"])
@pytest.mark.parametrize("kind", OTHERS)
def test_a_module_refuses_what_it_cannot_count(kind, container):
    others: dict[str, Callable[[Any], object]] = {
        "ParameterList": lambda value: nn.ParameterList([value]),
        "ParameterDict": lambda value: nn.ParameterDict({"part": value}),
        "an argument": lambda value: nn.TransformerEncoder(nn.TransformerEncoderLayer(d, 1, d, activation=value), 2),
        "register_parameter": lambda value: nn.Module().register_parameter("part", value),
    }
    put = {**INTO_TORCH, **others}[container]
    with pytest.raises(SymparamsError) as caught:
        put(OTHERS[kind]())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("plain", PLAIN)
@pytest.mark.parametrize("kind", OTHERS)
def test_nor_does_a_plain_list_hide_it(kind, plain):
    with pytest.raises(SymparamsError):
        with_attribute(PLAIN[plain](OTHERS[kind]())).count  # noqa: B018


@pytest.mark.parametrize("plain", PLAIN)
@pytest.mark.parametrize("kind", OURS_IN_TORCH)
def test_modules_in_plain_lists_are_dropped_as_by_pytorch_and_a_note_says_so(kind, plain):
    module = with_attribute(PLAIN[plain](OURS_IN_TORCH[kind][0]()))
    module.head = nn.Linear(d, d)
    assert module.count == d**2 + d
    (note,) = table(module).notes
    assert note.startswith("Note: part is a plain ")
    assert "use nn.Module" in note
    assert "part is a plain" in repr(module)


Pair = namedtuple("Pair", "one other")


@dataclass
class Settings:
    """A dataclass of a user's own."""

    part: Any


COLLECTIONS: dict[str, Callable[[Any], Any]] = {
    "a deque": lambda value: deque([value]),
    "a namespace": lambda value: SimpleNamespace(part=value),
    "a dataclass": Settings,
    "a frozenset": lambda value: frozenset([value]),
}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_nor_do_other_collections_hide_a_module(collection):
    module = with_attribute(COLLECTIONS[collection](nn.Linear(d, d)))
    assert module.count == 0
    assert "PyTorch does not register the module" in repr(module)
    with pytest.raises(SymparamsError):
        with_attribute(COLLECTIONS[collection](KL.Dense(3))).count  # noqa: B018


@pytest.mark.parametrize("value", [Array((3, 4)), [Array((3, 4))], {"weights": {"kernel": Array((3,))}}])
def test_an_array_is_no_parameter_and_a_note_says_so(value):
    module = with_attribute(value)
    assert module.count == 0
    assert "not" in table(nn.Sequential(nn.Linear(3, 3), module)).notes[0]


@pytest.mark.parametrize("value", [Array((3, 4)), d, KL.Dense])
@pytest.mark.parametrize("container", [lambda value: nn.ParameterList([value]), lambda value: nn.ParameterDict({"part": value})])
def test_containers_of_parameters_take_no_arrays_and_sizes(container, value):
    if value is KL.Dense:  # a class is plain data, as everywhere
        assert container(value).count == 0
        return
    with pytest.raises(SymparamsError, match=r"write nn\.Parameter"):
        container(value)


def test_a_list_of_registered_modules_needs_no_note():
    module = nn.Module()
    module.first = nn.Linear(d, d)
    module.order = [module.first]
    assert module.count == d**2 + d
    assert not table(module).notes


class Config:
    """A config of a user's own."""

    width = 3

    def get_config(self) -> dict[str, int]:
        return {"width": 3}


@pytest.mark.parametrize(
    "value", [nn.Linear, KL.Dense, Config, Config(), {"a": [1, 2]}, [1, "two", None], "text", 3.5, len, lambda: 3, {1, 2}, d, d + 1],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_classes_configs_and_plain_data_pass(value):
    assert with_attribute(value).count == 0
    assert not table(nn.Sequential(nn.Linear(3, 3), with_attribute(value))).notes


# ---------------------------------------------------------------- Keras
OURS_IN_KERAS = {
    "a layer": (lambda: KL.Dense(d), d**2 + d),
    "a letter's multiple": (lambda: L * KL.Dense(d), L * (d**2 + d)),
    "a number's multiple": (lambda: 3 * KL.Dense(d), 3 * (d**2 + d)),
    "a multiple of a model": (lambda: L * keras.Sequential([KL.Dense(4 * d), KL.Dense(d)]), L * (8 * d**2 + 5 * d)),
    "a multiple of a multiple": (lambda: L * (3 * KL.Dense(d)), 3 * L * (d**2 + d)),
    "a sum of multiples": (lambda: m * KL.Dense(d) + (L - m) * KL.Dense(d, use_bias=False), m * (d**2 + d) + (L - m) * d**2),
}
OTHERS_IN_KERAS = OTHERS | {
    "a module": lambda: nn.Linear(d, d),
    "a multiple of a module": lambda: L * nn.Linear(d, d),
    "a sum of a layer and a module": lambda: KL.Dense(3) + nn.Linear(d, d),
}
COUNTS_IN_KERAS = ("a weight of Keras",)  # in a user's own layer
for _name in ("a layer of Keras", "a model of Keras", "a multiple of a layer of Keras", "a layer of einops of Keras"):
    del OTHERS_IN_KERAS[_name]


class OwnLayer(KL.Layer):
    """A layer of a user's own that holds a thing in some way and calls it."""

    def __init__(self, value: Any, put: Callable[[Any], Any]) -> None:
        super().__init__()
        self.part = put(value)

    def call(self, x: Any) -> Any:
        return first_of(self.part)(x)


class OwnModel(keras.Model):
    """A model of a user's own, likewise."""

    def __init__(self, value: Any, put: Callable[[Any], Any]) -> None:
        super().__init__()
        self.part = put(value)

    def call(self, x: Any) -> Any:
        return first_of(self.part)(x)


def first_of(held: Any) -> Any:
    """The first value in nested collections."""
    while isinstance(held, list | tuple | dict | set):
        held = next(iter(held.values() if isinstance(held, dict) else held))
    return held


class Layers(list[Any]):
    """A list of a user's own class."""


# The ways in which a user's own layer or model may hold a layer; Keras tracks each of them.
HELD: dict[str, Callable[[Any], Any]] = {
    "an attribute": lambda value: value,
    "a list": lambda value: [value],
    "a tuple": lambda value: (value, 3),
    "a named tuple": lambda value: Pair(value, None),
    "a dict": lambda value: {"part": value},
    "an OrderedDict": lambda value: OrderedDict(part=value),
    "a defaultdict": lambda value: defaultdict(list, part=value),
    "a list of a user's own": lambda value: Layers([value]),
    "a set": lambda value: {value},
    "a list in a dict": lambda value: {"parts": [[value]]},
}


def owned(kind: type, value: Any, put: Callable[[Any], Any]) -> Any:
    made = kind(value, put)
    made(keras.Input((d,)))
    return made


@pytest.mark.parametrize("holder", HELD)
@pytest.mark.parametrize("kind", [OwnLayer, OwnModel])
@pytest.mark.parametrize("part", OURS_IN_KERAS)
def test_a_layer_and_its_multiples_count_in_an_own_layer(part, kind, holder):
    make, count = OURS_IN_KERAS[part]
    made = owned(kind, make(), HELD[holder])
    assert made.count == count
    assert in_sequential(kind(make(), HELD[holder])).count == count
    assert pickle.loads(pickle.dumps(made.part)) is not None


@pytest.mark.parametrize("holder", HELD)
@pytest.mark.parametrize("kind", [OwnLayer, OwnModel])
@pytest.mark.parametrize("other", [each for each in OTHERS_IN_KERAS if each not in COUNTS_IN_KERAS])
def test_an_own_layer_refuses_what_it_cannot_count(other, kind, holder):
    value = OTHERS_IN_KERAS[other]()
    with pytest.raises(SymparamsError, match="would not be counted"):
        kind(value, HELD[holder])


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_collection_that_keras_does_not_look_into_is_noted(collection):
    class Own(KL.Layer):
        def __init__(self, value: Any) -> None:
            super().__init__()
            self.part = value

        def call(self, x: Any) -> Any:
            return x

    model = in_sequential(Own(COLLECTIONS[collection](KL.Dense(3))))
    assert model.count == 0
    assert "Keras finds no layers" in str(table(model))
    assert "Keras finds no layers" in str(table(in_sequential(model)))


def test_a_layer_that_no_call_uses_is_noted_in_every_model():
    class Own(KL.Layer):
        def __init__(self) -> None:
            super().__init__()
            self.spare = L * KL.Dense(3)

        def call(self, x: Any) -> Any:
            return x

    model = keras.Sequential([keras.Input((d,)), Own(), KL.Dense(4)])
    assert model.count == 4 * d + 4
    assert table(model).notes == ["Note: call does not use dense, which therefore has no weights, as in Keras"]


def in_sequential(value: Any) -> Any:
    return keras.Sequential([keras.Input((d,)), value])


def added_to_sequential(value: Any) -> Any:
    model = keras.Sequential([keras.Input((d,))])
    model.add(value)
    return model


def called(value: Any) -> Any:
    x = keras.Input((d,))
    return keras.Model(x, value(x))


def built_later(value: Any) -> Any:
    model = keras.Sequential([value])
    model.build((None, d))
    return model


INTO_KERAS: dict[str, Callable[[Any], Any]] = {
    "Sequential": in_sequential,
    "add": added_to_sequential,
    "a call": called,
    "a Sequential built later": built_later,
    "a model in a model": lambda value: in_sequential(in_sequential(value)),
}


@pytest.mark.parametrize("container", INTO_KERAS)
@pytest.mark.parametrize("kind", OURS_IN_KERAS)
def test_a_layer_and_its_multiples_count_in_every_model(kind, container):
    make, count = OURS_IN_KERAS[kind]
    assert INTO_KERAS[container](make()).count == count


@pytest.mark.parametrize("container", [*INTO_KERAS, "TimeDistributed", "activation", "RNN", "a kernel_initializer", "an attribute"])
@pytest.mark.parametrize("kind", OTHERS_IN_KERAS)
def test_a_model_refuses_what_it_cannot_count(kind, container):
    others: dict[str, Callable[[Any], object]] = {
        "TimeDistributed": KL.TimeDistributed,
        "activation": lambda value: KL.Dense(3, activation=value),
        "RNN": lambda value: KL.RNN([value]),
        "a kernel_initializer": lambda value: KL.Dense(3, kernel_initializer=value),
        "an attribute": lambda value: setattr(KL.Dense(3), "part", value),
    }
    put = {**INTO_KERAS, **others}[container]
    value = OTHERS_IN_KERAS[kind]()
    with pytest.raises((SymparamsError, TypeError, AttributeError)):
        put(value)


def test_an_own_layer_with_weights_is_no_activation_either():
    for value in (
        einops.layers.keras.EinMix("b c -> b d", weight_shape="c d", c=3, d=3),
        OwnLayer(KL.Dense(3), lambda value: value),
    ):
        with pytest.raises(SymparamsError, match="whose weights would not be counted"):
            KL.Dense(3, activation=value)


def test_a_layer_with_weights_is_no_activation_but_one_without_is():
    with pytest.raises(SymparamsError, match="whose weights would not be counted"):
        KL.Dense(3, activation=KL.PReLU())
    assert in_sequential(KL.Dense(3, activation=KL.ReLU())).count == 3 * d + 3
    assert nn.TransformerEncoderLayer(8, 1, 8, activation=nn.PReLU(5)).count == nn.TransformerEncoderLayer(8, 1, 8).count + 5
