"""Every public object can be pickled and copied, also in another process, and a copy is equal where the object is a value.

Layers, models and modules in the manner of a framework compare by identity, as they do there: two layers of the same sizes are two.
"""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor

import pytest

from symparams import compare, from_huggingface, from_keras, from_summary, from_torch, keras, lift, symbols, torch
from symparams.core.formula import Formula
from symparams.core.model import Countable
from symparams.core.tree import Weight
from symparams.errors import LimitError, SettingError, SizeError, SymparamsError
from symparams.layers import GRU, LSTM, Dense
from symparams.tables.answer import Answer
from tests.tables.every_answer import ANSWERS
from tests.trust.hostile_values import NoRepr

m, n, k = symbols("m n k")


def builder(m, n, *, bias=True):
    return {"w": (m, n)} | ({"b": (n,)} if bias else {})


class Scale(keras.layers.Layer):
    """A layer of a user's own, with a weight of its own."""

    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1],), name="scale")

    def call(self, x):
        return x * self.scale


def read_scale(config, shape):
    return Dense(shape[-1], 1), shape


def scaled(width):
    return keras.Sequential([keras.Input((width,)), Scale(), keras.layers.Dense(n)])


MODEL = keras.Sequential([keras.Input((64, m)), keras.layers.Bidirectional(keras.layers.GRU(n)), keras.layers.Dense(k)])
TENSOR = keras.layers.Dense(n)(keras.Input((4, m)))
SAVED = {
    "class_name": "Sequential",
    "config": {"name": "s", "layers": [
        {"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [None, 3]}},
        {"class_name": "Dense", "config": {"name": "d", "units": 3}},
    ]},
}  # fmt: skip
OWN = {
    "class_name": "Sequential",
    "config": {"name": "s", "layers": [
        {"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [None, 3]}},
        {"class_name": "mine>Scale", "config": {"name": "scale"}},
    ]},
}  # fmt: skip
PRINTED = "Net(\n  (a): Linear(in_features=3, out_features=4, bias=True)\n)"
VALUES = {
    "a layer": LSTM(m, n),
    "a formula": LSTM(m, n).count,
    "a multiple": 2 * LSTM(m, n),
    "several layers": LSTM(m, n) + (k - 1) * GRU(m, n),
    "a state dict": from_torch({"a.weight": (3, 4), "a.bias": (3,)}, letters={"m": 4}),
    "a config": from_huggingface("gpt2"),
    "a count of a config": from_huggingface("gpt2").count,
    "a lifted model": lift(builder, {"m": 15, "n": 16}),
    "a lifted count": lift(builder, {"m": 15, "n": 16}).count,
    "a printed module": from_summary(PRINTED),
    "a difference of own layers": compare(scaled(3), scaled(4)),
    **{title: answer for title, (answer, _) in ANSWERS.items()},
}
IDENTITIES = {
    "a model of Keras": MODEL,
    "a functional model": keras.Model(TENSOR, TENSOR),
    "a tensor": TENSOR,
    "a layer of Keras": MODEL.layers[0],
    "an unbuilt layer": keras.v1.layers.CuDNNLSTM(n),
    "a saved model": from_keras(SAVED),
    "a module": torch.nn.Linear(m, n),
    "modules in modules": torch.nn.Sequential(torch.nn.Linear(3, n), torch.nn.TransformerEncoderLayer(8, 2)),
    "a parameter": torch.nn.Linear(3, n).weight,
    "a multiple of a model": 2 * MODEL,
    "a live model": from_keras(keras.Sequential([keras.Input((3,)), Scale(), keras.layers.Dense(4)])),
    "a layer read by a user": from_keras(OWN, extra={"Scale": read_scale}),
    "a compiled count": LSTM(m, n).count.compiled("n", "m"),
}
ARGUMENTS = {"bytes": ("float32",), "lora": (4,), "without": ("biases",), "leading": ("n",), "given": ({"n": 3},)}
COPIES = {"pickle": lambda thing: pickle.loads(pickle.dumps(thing)), "copy": copy.copy, "deepcopy": copy.deepcopy}


def count_of(thing) -> str:
    return "" if isinstance(thing, Answer) or not hasattr(thing, "count") or callable(thing.count) else str(thing.count)


@pytest.mark.parametrize("way", COPIES)
@pytest.mark.parametrize("title", VALUES)
def test_a_copy_of_a_value_is_equal_to_it(title, way):
    thing = VALUES[title]
    made = COPIES[way](thing)
    assert made == thing
    assert hash(made) == hash(thing)
    assert (repr(made), count_of(made)) == (repr(thing), count_of(thing))


@pytest.mark.parametrize("way", COPIES)
@pytest.mark.parametrize("title", IDENTITIES)
def test_a_copy_of_what_has_an_identity_has_the_same_count(title, way):
    thing = IDENTITIES[title]
    made = COPIES[way](thing)
    assert (repr(made), count_of(made)) == (repr(thing), count_of(thing))
    assert hash(thing) == hash(thing)


class Attributes(MemoryError):
    """An error whose words are put together from its attributes, as NumPy's are."""

    def __str__(self):
        return f"no memory for {self.shape}"


def raised(error):
    """The error of ours for one that a user's object raises."""

    class Sizes:
        def items(self):
            raise error

    with pytest.raises(SymparamsError) as caught:
        LSTM(m, n).count.at(Sizes())
    return caught.value


@pytest.mark.parametrize(
    "error", [SizeError("x"), LimitError("x"), *map(raised, (KeyError("x"), RecursionError(), Attributes(), OSError(5, "x")))]
)
def test_an_error_can_be_sent(error):
    made = pickle.loads(pickle.dumps(error))
    assert str(made) == str(error)
    assert isinstance(made, SymparamsError)
    assert type(made).__mro__ == type(error).__mro__


def test_what_differs_is_not_equal():
    assert compare(LSTM(3, 4), LSTM(3, 5)) == compare(LSTM(3, 4), LSTM(3, 5))
    assert compare(LSTM(3, 4), LSTM(3, 5)) != compare(LSTM(3, 4), LSTM(3, 6))
    assert from_torch({"a": (3, 4)}) != from_torch({"a": (3, 5)})
    assert from_huggingface("gpt2") == from_huggingface("gpt2")
    assert from_huggingface("gpt2") != from_huggingface({"model_type": "gpt2", "n_embd": 12})
    assert 2 * LSTM(m, n) == 2 * LSTM(m, n) != 3 * LSTM(m, n)
    assert 2 * MODEL == 2 * MODEL


def test_a_pickled_lifted_model_says_that_its_code_is_missing():
    model = lift(builder, {"m": 15, "n": 16})
    assert copy.copy(model).count == model.count
    with pytest.raises(SettingError, match="lift it again"):
        pickle.loads(pickle.dumps(model))._variant({"bias": False})


def given_by(thing):
    """Every formula, model and answer that its attributes and its methods without arguments give."""
    for name in dir(type(thing)):
        if name.startswith("_") or name in ("to_pandas", "to_polars"):
            continue
        with contextlib.suppress(
            SymparamsError, TypeError, AttributeError, NotImplementedError
        ):  # it needs arguments, or does not have it
            got = getattr(thing, name)
            if inspect.ismethod(got):
                with contextlib.redirect_stdout(io.StringIO()):
                    got = got(*ARGUMENTS.get(name, ()))
            if isinstance(got, Formula | Countable | Answer):
                yield got


@pytest.mark.filterwarnings("ignore:weights are missing")  # of a layer without an input
@pytest.mark.parametrize("title", [*VALUES, *IDENTITIES])
def test_what_it_gives_can_be_sent(title):
    for got in given_by({**VALUES, **IDENTITIES}[title]):
        made = pickle.loads(pickle.dumps(got))
        assert (repr(made), count_of(made)) == (repr(got), count_of(got))


@pytest.mark.parametrize("functions", [keras.ops, keras.ops.image, torch.nn.functional], ids=lambda each: each.__name__)
def test_a_function_is_the_same_each_time_and_elsewhere(functions):
    for name in dir(functions):
        with contextlib.suppress(SymparamsError):  # some shapes are not known
            function = getattr(functions, name)
            assert getattr(functions, name) is function, name
            assert not inspect.isfunction(function) or pickle.loads(pickle.dumps(function)) is function, name


def test_the_parameters_of_an_optimizer_can_be_read_twice():
    optimizer = torch.optim.Adam(torch.nn.Linear(m, n).parameters(), lr=0.1)
    for _ in range(2):
        assert len(optimizer.param_groups[0]["params"]) == 2


def double(thing):
    return thing, str(thing.count if hasattr(thing, "count") else thing)


def test_a_copy_of_a_compiled_count_says_the_same():
    cache = from_huggingface("gpt2").kv_cache(dtype="fp16")
    for count, sizes in (
        (LSTM(m, n).count, (15, 16)),
        (Dense(m, m / n).count, (768, 12)),
        (cache, (12, 768)),
        (LSTM(3, 4).count, ()),
    ):
        function = count.compiled()
        for way in COPIES.values():
            assert way(function)(*sizes) == function(*sizes) == count.at(dict(zip(count.letters, sizes, strict=True)))


def test_other_processes_take_and_give_them():
    things = [
        MODEL,
        LSTM(m, n).count,
        LSTM(m, n).count.compiled(),
        torch.nn.Linear(m, n),
        from_huggingface("gpt2"),
        compare(LSTM(3, 4), LSTM(3, 5)),
    ]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        for thing, (sent, text) in zip(things, pool.map(double, things), strict=True):
            assert (repr(sent), text) == (repr(thing), double(thing)[1])


@pytest.mark.parametrize("title", [*VALUES, *IDENTITIES])
def test_no_repr_raises(title):
    assert repr({**VALUES, **IDENTITIES}[title])


HUGE = 10**5000


@pytest.mark.parametrize(
    "make",
    [
        lambda: Dense(HUGE, 3),
        lambda: Dense(HUGE, n).count,
        lambda: compare(Dense(HUGE, 3), Dense(3, 3)),
        lambda: keras.Input((HUGE,)),
        lambda: keras.Sequential([keras.Input((3,)), keras.layers.Dense(HUGE)]),
        lambda: keras.Sequential([keras.Input((3,)), keras.layers.Dense(HUGE)]).weights,
        lambda: torch.nn.Linear(HUGE, 3),
        lambda: from_torch({"a.weight": (HUGE, 3)}),
        lambda: Weight("w", (NoRepr(),)),
    ],
)
def test_no_repr_raises_for_what_cannot_be_printed(make):
    assert len(repr(make())) < 10_000
