"""Live models whose own code is the graph, as Keras shows them from outside: read by what they hold, or refused."""

from __future__ import annotations

from math import prod
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from symparams import check, compare, from_keras, latex, reconcile, table
from symparams.errors import LetterError, SettingError, ShapeError, TextError
from symparams.keras import layers
from symparams.layers import Parameter
from tests.bad_input import refused

if TYPE_CHECKING:
    from collections.abc import Callable


class Live:
    """What Keras has of every layer: a name, weights, the layers inside. A class that says no config has code of its own."""

    trainable = built = True

    def __init__(self, name: str, *inside: Live, weights: Any = (), **config: Any) -> None:
        self.name, self.inside, self.config = name, inside, config
        self.own = [SimpleNamespace(name=f"{name}/{key}:0", shape=shape) for key, shape in weights]

    def __init_subclass__(cls, keras: bool = False) -> None:
        cls.__module__ = "keras.src.layers" if keras else "__main__"

    def _flatten_layers(self, include_self: bool, recursive: bool) -> list[Live]:
        assert not include_self
        assert not recursive
        return list({id(each): each for each in self.inside}.values())

    @property
    def weights(self) -> list[Any]:
        found = self.own + [array for each in self.inside for array in each.weights]
        return list({id(array): array for array in found}.values())

    @property
    def trainable_weights(self) -> list[Any]:
        return self.weights if self.trainable else []

    def count_params(self) -> int:
        return sum(prod(array.shape) for array in self.weights)

    def get_config(self) -> dict[str, Any]:
        if type(self).__module__ == "__main__":
            raise NotImplementedError("Object was created by passing non-serializable arguments")
        return {"name": self.name, "trainable": self.trainable, **{k: v for k, v in self.config.items() if k != "built_for"}}

    def get_build_config(self) -> dict[str, Any] | None:
        return {"input_shape": self.config["built_for"]} if "built_for" in self.config else None


class Dense(Live, keras=True):
    pass


class Dropout(Live, keras=True):
    pass


class Lambda(Live, keras=True):
    pass


class Block(Live):
    pass


class Net(Live):
    pass


def dense(name: str, inputs: int, units: int) -> Dense:
    return Dense(name, weights=[("kernel", (inputs, units)), ("bias", (units,))], units=units, built_for=[2, inputs])


def test_what_it_holds_is_counted_once_and_layer_by_layer() -> None:
    shared = dense("shared", 8, 8)
    live = Net(
        "net",
        Block("block", shared, Dropout("drop", rate=0.1), weights=[("scale", (8,)), ("step", ())]),
        shared,
        dense("out", 8, 3),
        weights=[("token", (1, 8))],
    )
    model = from_keras(live)
    assert int(model.count) == live.count_params() == 8 + 8 + 1 + 72 + 27
    assert [(layer.name, layer.class_name) for layer in model.layers] == [
        ("token", "Variable"),
        ("block", "Block"),
        ("shared", "Dense"),
        ("out", "Dense"),
    ]
    assert [tensor.path for tensor in model.weights] == [
        "net/token",
        "net/block/scale",
        "net/block/step",
        "net/block/shared/kernel",
        "net/block/shared/bias",
        "net/out/kernel",
        "net/out/bias",
    ]
    assert model.notes == []
    assert repr(model) == "<Net name=net, 4 layers, 116 parameters>"
    printed = str(model._summary(expand_nested=True))
    assert "8*3 + 3" in printed
    assert "Connected to" not in printed
    assert str(table(model))
    assert latex(model)


def test_a_lambda_layer_is_held_and_has_no_weights() -> None:
    model = from_keras(Net("net", dense("first", 3, 4), Lambda("twice")))
    assert [layer.name for layer in model.layers] == ["first", "twice"]
    assert model.count.at() == 16


def test_letters_stand_for_sizes_and_for_the_axes_of_arrays() -> None:
    live = Net("net", Block("block", dense("ffn", 8, 32)), weights=[("token", (1, 8))])
    model = from_keras(live, letters={"d": 8, "f": "block/ffn.units"})
    assert str(model.count) == "d + d*f + f"
    assert model.values == {"d": 8, "f": 32}
    assert model.replaced == {"token.shape[1]": "d", "block/ffn.units": "f", "block/ffn.build_input_shape[1]": "d"}
    refused(LetterError, "7", lambda: from_keras(live, letters={"h": 7}))


def test_two_of_them_are_compared() -> None:
    small, large = (from_keras(Net("net", dense("hidden", 8, units), dense("out", units, 3))) for units in (16, 32))
    assert compare(small, large).total == 16 * (8 + 1 + 3)


def test_what_its_config_does_not_give_is_counted_by_the_arrays() -> None:
    odd = Dense("odd", weights=[("kernel", (8, 3)), ("gain", (3,)), ("bias", (3,))], units=3, built_for=[2, 8])
    silent = Dense("silent", weights=[("kernel", (4, 3)), ("bias", (3,))], units=3)
    live = Net("net", odd, silent, odd)
    model = from_keras(live)
    assert int(model.count) == live.count_params() == 30 + 15
    assert model.notes == [
        "'odd' (Dense) is counted from its arrays, without a formula: its config does not give its weights",
        "'silent' (Dense) is counted from its arrays, without a formula: the input shape it was built for is unknown",
    ]
    assert [tensor.path for tensor in model.weights][:3] == ["net/odd/kernel", "net/odd/gain", "net/odd/bias"]


def test_a_config_that_cannot_be_read_is_no_reason_to_refuse() -> None:
    class TimeDistributed(Live, keras=True):
        pass

    inner = {"class_name": "Mine", "module": "__main__", "registered_name": "Mine", "config": {"name": "mine"}}
    live = Net("net", TimeDistributed("each", dense("mine", 8, 3), layer=inner, built_for=[2, 5, 8]))
    model = from_keras(live)
    assert int(model.count) == 27
    assert model.notes[0].startswith("'each' (TimeDistributed) is read from the layers that it holds: ")
    assert "is a Mine" in model.notes[0]


def test_a_class_of_ones_own_may_have_a_reader() -> None:
    class Gate(Live):
        def get_config(self) -> dict[str, Any]:
            return {"name": self.name, "width": 5}

    live = Net("net", Gate("gate", weights=[("w", (5,))], built_for=[2, 5]))
    model = from_keras(live, extra={"Gate": lambda config, shape: Parameter(shape=(config["width"],))})
    assert int(model.count) == 5
    assert model.layers[0].class_name == "Gate"


def test_a_layer_that_is_never_called_counts_nothing_and_is_noted() -> None:
    unused, empty = Dense("unused", units=3), Block("empty")
    unused.built = empty.built = False
    model = from_keras(Net("net", dense("a", 2, 2), unused, empty))
    assert (int(model.count), [layer.name for layer in model.layers]) == (6, ["a", "unused", "empty"])
    assert model.notes == [
        "'unused' (Dense) was never called, so it has no weights, and Keras counts none for it",
        "'empty' (Block) was never called, so it has no weights, and Keras counts none for it",
    ]


def test_what_has_no_weights_yet_is_no_zero() -> None:
    unused = Dense("unused", units=3)
    unused.built = False
    refused(TextError, "'unused' .Dense. has no weights yet: call the model on its input", lambda: from_keras(Net("net", unused)))
    never_called = Net("net", dense("a", 2, 2), unused)
    never_called.built = False
    refused(TextError, "'unused' .Dense. has no weights yet", lambda: from_keras(never_called))

    class Sequential(Live, keras=True):
        built = False

    refused(TextError, "'later' .Sequential. has no weights yet", lambda: from_keras(Net("net", Sequential("later", layers=[]))))

    class Waiting(Live):
        @property
        def weights(self) -> list[Any]:
            raise ValueError("Weights for model 'x' have not yet been created.")

    refused(TextError, "'net' .Net. has no weights yet", lambda: from_keras(Net("net", Waiting("x"))))


def test_an_array_in_two_layers_counts_once() -> None:
    one, two = dense("one", 8, 8), dense("two", 8, 8)
    two.own = one.own
    model = from_keras(Net("net", one, two))
    assert [(layer.name, int(layer.count)) for layer in model.layers] == [("one", 72), ("two", 0)]
    assert model.notes[-1] == "kernel and bias of 'two' (Dense) belong to another layer too, and are counted there"


def test_it_is_no_layer_to_build_with() -> None:
    model = from_keras(Net("net", dense("a", 2, 2)))
    refused(ShapeError, r"net \(Net\) cannot be called", lambda: model(layers.Input((2,))))


@pytest.mark.parametrize("thing", [SimpleNamespace(), object(), 3])
def test_what_is_no_model_is_refused(thing: Any) -> None:
    refused(TextError, "from_keras cannot read", lambda: from_keras(thing))


@pytest.mark.parametrize("ask", [latex, table, lambda it: compare(it, it), lambda it: check("n", it), lambda it: reconcile(it, 3)])
def test_a_live_model_is_read_before_it_is_asked_about(ask: Callable[[Any], Any]) -> None:
    refused(SettingError, r"read it first, with from_keras\(\.\.\.\)", lambda: ask(Net("net")))
