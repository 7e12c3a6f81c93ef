"""Layers and models without an input: a script runs on, as with Keras, and no number is said that is not known."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from symparams import keras, symbols
from symparams.errors import ShapeError
from symparams.keras import v2
from tests.bad_input import refused

m, n = symbols("m n")


class Net(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.scale = self.add_weight(shape=(n,), name="scale")
        self.dense = keras.layers.Dense(n)
        self.drop = keras.layers.Dropout(0.5)

    def call(self, x: Any) -> Any:
        return self.drop(self.dense(x)) * self.scale


def chain(door: Any) -> Any:
    return door.Sequential([door.layers.Dense(n), door.layers.Dropout(0.5), door.layers.Dense(3)])


def printed(model: Any) -> str:
    lines: list[str] = []
    model.summary(print_fn=lines.append)
    return "\n".join(lines)


@pytest.mark.parametrize("door", [keras, v2])
def test_the_summary_says_which_layers_are_unbuilt_and_no_total(door):
    model = chain(door)
    shown = printed(model)
    assert shown.count("unbuilt") == 2
    assert "│ dropout (Dropout) │ ?            │       0 │" in shown
    assert "Total params: unknown, as sequential has no input yet" in shown
    assert "Total params: 0" not in shown
    model.build((None, m))
    assert "unbuilt" not in printed(model)


def test_the_summary_of_an_own_model_that_is_not_built():
    net = Net()
    assert "dense (Dense)" in printed(net)
    assert "unbuilt" in printed(net)
    assert "unknown, as net (Net) has no input yet" in printed(net)
    assert "unknown" in printed(keras.Sequential())


def asked(thing: Any, name: str) -> Any:
    found = getattr(thing, name)
    return found() if callable(found) else found


@pytest.mark.parametrize("ask", ["weights", "variables", "trainable_weights", "non_trainable_variables", "get_weights"])
def test_the_weights_are_an_empty_list_as_in_keras_and_a_warning_says_so(ask):
    for thing in (keras.layers.Dense(3), chain(keras), chain(v2)):
        with pytest.warns(UserWarning, match="weights are missing from the list: .* has no input yet") as caught:
            found = asked(thing, ask)
        assert found == []
        assert caught[0].filename == __file__


def test_weights_that_are_known_are_in_the_list():
    with pytest.warns(UserWarning, match="net"):
        assert [tensor.name for tensor in Net().weights] == ["scale"]
    built = keras.layers.Dense(3)
    built.build((None, 4))
    with pytest.warns(UserWarning, match="sequential"):
        assert len(keras.Sequential([built, keras.layers.Dense(2)]).weights) == 2


def test_with_an_input_nothing_is_warned_of():
    model, net = chain(keras), Net()
    model.build((None, m))
    net.build((None, m))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(model.weights) == 4
        assert len(net.weights) == 3
        assert keras.layers.Dropout(0.5).weights == []


@pytest.mark.parametrize("ask", [lambda model: model.count, lambda model: model.count_params(), lambda model: model.tensors()])
def test_its_count_is_refused(ask):
    for model in (chain(keras), Net()):
        refused(ShapeError, "has no input yet", lambda model=model: ask(model))
