"""Models of an installed flax, haiku and equinox: read with just the parameters and the state that JAX has of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_jax
from symparams.errors import TextError
from tests.bad_input import refused
from tests.installed import installed

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def jax() -> Any:
    return installed("jax")


@pytest.fixture(scope="module")
def linen() -> Any:
    return installed("flax.linen")


@pytest.fixture(scope="module")
def nnx() -> Any:
    return installed("flax.nnx")


@pytest.fixture(scope="module")
def haiku() -> Any:
    return installed("haiku")


@pytest.fixture(scope="module")
def equinox() -> Any:
    return installed("equinox")


def numbers(jax: Any, tree: Any) -> int:
    return sum(leaf.size for leaf in jax.tree_util.tree_leaves(tree))


# ---------------------------------------------------------------- linen
# A layer, the shape of its input, and the class that it is read as: None where its arrays are listed as they are.
LINEN: list[tuple[Callable[[Any], Any], tuple[int, ...], str | None]] = [
    (lambda nn: nn.Dense(5), (2, 3), "Dense"),
    (lambda nn: nn.Dense(5, use_bias=False), (2, 3), "Dense"),
    (lambda nn: nn.DenseGeneral((3, 4)), (2, 5), None),
    (lambda nn: nn.Conv(6, (3, 3)), (2, 8, 8, 3), "Conv"),
    (lambda nn: nn.Conv(6, (3,), feature_group_count=3), (2, 8, 3), "Conv"),
    (lambda nn: nn.ConvTranspose(6, (3, 3)), (2, 8, 8, 3), "Conv"),
    (lambda nn: nn.LayerNorm(), (2, 3), "LayerNormalization"),
    (lambda nn: nn.RMSNorm(), (2, 3), "RMSNormalization"),
    (lambda nn: nn.GroupNorm(2), (2, 4), "GroupNormalization"),
    (lambda nn: nn.BatchNorm(use_running_average=False), (2, 3), "BatchNormalization"),
    (lambda nn: nn.RNN(nn.LSTMCell(6)), (2, 5, 3), "LSTM"),
    (lambda nn: nn.RNN(nn.OptimizedLSTMCell(6)), (2, 5, 3), "LSTM"),
    (lambda nn: nn.RNN(nn.GRUCell(6)), (2, 5, 3), "GRU"),
    (lambda nn: nn.RNN(nn.SimpleCell(6)), (2, 5, 3), "SimpleRNN"),
    (lambda nn: nn.RNN(nn.MGUCell(6)), (2, 5, 3), "Dense"),
    (lambda nn: nn.SelfAttention(2), (2, 5, 4), "MultiHeadAttention"),
    (
        lambda nn: nn.MultiHeadDotProductAttention(2, qkv_features=8, out_features=6, use_bias=False),
        (2, 5, 4),
        "MultiHeadAttention",
    ),
    (lambda nn: nn.PReLU(), (2, 3), None),
    (lambda nn: nn.WeightNorm(nn.Dense(4)), (2, 3), None),
    (lambda nn: nn.Sequential([nn.Dense(4), nn.relu, nn.Dense(4), nn.relu, nn.Dense(4)]), (2, 4), "Dense"),
]


@pytest.mark.parametrize("number", range(len(LINEN)))
def test_a_layer_of_linen_is_read(jax: Any, linen: Any, number: int) -> None:
    make, shape, wanted = LINEN[number]

    class Net(linen.Module):
        @linen.compact
        def __call__(self, x: Any) -> Any:
            return make(linen)(x)

    key = jax.random.PRNGKey(0)
    real = Net().init({"params": key}, jax.numpy.ones(shape))
    abstract = jax.eval_shape(Net().init, {"params": key}, jax.numpy.ones(shape))
    state = {name: inner for name, inner in real.items() if name != "params"}
    for source in (real, abstract, jax.tree_util.tree_map(lambda leaf: leaf.shape, real)):
        model = from_jax(source)
        assert int(model.count) == numbers(jax, real["params"])
        assert int(model.buffer_count) == numbers(jax, state)
    kinds = {type(part.layer).__name__ for part in model.parts}
    assert kinds <= {"Parameter", "Dense"} if wanted is None else wanted in kinds


def test_the_state_of_a_training_is_read(jax: Any, linen: Any) -> None:
    train_state, optax = installed("flax.training.train_state"), installed("optax")
    params = linen.Dense(5).init(jax.random.PRNGKey(0), jax.numpy.ones((2, 3)))["params"]
    state = train_state.TrainState.create(apply_fn=None, params=params, tx=optax.adam(1e-3))
    model = from_jax(state)
    assert int(model.count) == 20
    assert model.notes == ["not counted: step and opt_state"]


def test_what_has_no_parameters_yet_is_refused(linen: Any, haiku: Any) -> None:
    refused(TextError, "is a linen module, which has no parameters until it is initialized", lambda: from_jax(linen.Dense(3)))
    net = haiku.transform(abs)
    refused(TextError, "has no parameters until it is initialized", lambda: from_jax(net))


# ---------------------------------------------------------------- nnx
NNX: list[tuple[Callable[[Any, Any], Any], str | None]] = [
    (lambda nnx, r: nnx.Linear(3, 4, rngs=r), "Dense"),
    (lambda nnx, r: nnx.Linear(3, 4, use_bias=False, rngs=r), "Dense"),
    (lambda nnx, r: nnx.LinearGeneral(3, (4, 5), rngs=r), None),
    (lambda nnx, r: nnx.Einsum("ab,bcd->acd", (3, 4, 5), (4, 5), rngs=r), None),
    (lambda nnx, r: nnx.Conv(2, 6, (3,), rngs=r), "Conv"),
    (lambda nnx, r: nnx.ConvTranspose(2, 6, (3, 3), rngs=r), "Conv"),
    (lambda nnx, r: nnx.Embed(5, 4, rngs=r), "Embedding"),
    (lambda nnx, r: nnx.BatchNorm(4, rngs=r), "BatchNormalization"),
    (lambda nnx, r: nnx.LayerNorm(4, rngs=r), "LayerNormalization"),
    (lambda nnx, r: nnx.RMSNorm(4, rngs=r), "RMSNormalization"),
    (lambda nnx, r: nnx.GroupNorm(4, 2, rngs=r), "GroupNormalization"),
    (lambda nnx, r: nnx.MultiHeadAttention(2, 4, decode=False, rngs=r), "MultiHeadAttention"),
    (lambda nnx, r: nnx.LSTMCell(3, 4, rngs=r), "LSTM"),
    (lambda nnx, r: nnx.OptimizedLSTMCell(3, 4, rngs=r), "LSTM"),
    (lambda nnx, r: nnx.GRUCell(3, 4, rngs=r), "GRU"),
    (lambda nnx, r: nnx.Dropout(0.1, rngs=r), ""),
    (lambda nnx, r: nnx.LoRA(3, 2, 4, rngs=r), None),
]


@pytest.mark.parametrize("number", range(len(NNX)))
def test_a_layer_of_nnx_is_read(jax: Any, nnx: Any, number: int) -> None:
    make, wanted = NNX[number]

    class Net(nnx.Module):
        def __init__(self, rngs: Any) -> None:
            self.first, self.last = make(nnx, rngs), nnx.Linear(2, 2, rngs=rngs)

    net = Net(nnx.Rngs(0))
    parameters = numbers(jax, nnx.state(net, nnx.Param))
    statistics = numbers(jax, nnx.state(net, nnx.BatchStat))
    for source in (net, nnx.state(net), nnx.split(net)[1], nnx.eval_shape(lambda: Net(nnx.Rngs(0)))):
        model = from_jax(source)
        assert (int(model.count), int(model.buffer_count)) == (parameters, statistics)
    kinds = {type(part.layer).__name__ for part in from_jax(net).parts} - {"Dense"}
    assert kinds == ({wanted} if wanted else set()) - {"Dense"} if wanted is not None else kinds <= {"Parameter"}


def test_a_variable_in_two_modules_counts_once(jax: Any, nnx: Any) -> None:
    class Net(nnx.Module):
        def __init__(self, rngs: Any) -> None:
            self.embed, self.head = nnx.Embed(10, 4, rngs=rngs), nnx.Linear(4, 10, rngs=rngs)
            self.again = self.head.kernel

    net = Net(nnx.Rngs(0))
    assert int(from_jax(net).count) == numbers(jax, nnx.state(net, nnx.Param)) == 90


# ---------------------------------------------------------------- haiku
HAIKU: list[tuple[Callable[[Any, Any], Any], str | None]] = [
    (lambda hk, x: hk.Linear(5)(x), "Dense"),
    (lambda hk, x: hk.Linear(5, with_bias=False)(x), "Dense"),
    (lambda hk, x: hk.nets.MLP([5, 4])(x), "Dense"),
    (lambda hk, x: hk.LayerNorm(-1, True, True)(x), "LayerNormalization"),
    (lambda hk, x: hk.BatchNorm(True, True, 0.9)(x, True), "BatchNormalization"),
    (lambda hk, x: recurrence(hk.LSTM(6), x), "LSTM"),
    (lambda hk, x: recurrence(hk.GRU(6), x), "GRU"),
    (lambda hk, x: recurrence(hk.VanillaRNN(6), x), "SimpleRNN"),
    (lambda hk, x: hk.Conv1D(6, 3)(x[..., None]), "Conv"),
    (lambda hk, x: hk.Conv2D(6, 3)(x[..., None, None]), "Conv"),
    (lambda hk, x: hk.Conv2DTranspose(6, 3)(x[..., None, None]), "Conv"),
    (lambda hk, x: hk.Embed(10, 4)((x > 0).astype(int)), "Embedding"),
    (lambda hk, x: hk.MultiHeadAttention(2, 4, w_init=hk.initializers.Constant(1.0))(x[None], x[None], x[None]), "Dense"),
]


def recurrence(core: Any, x: Any) -> Any:
    return core(x, core.initial_state(x.shape[0]))[0]


@pytest.mark.parametrize("number", range(len(HAIKU)))
def test_a_layer_of_haiku_is_read(jax: Any, haiku: Any, number: int) -> None:
    make, wanted = HAIKU[number]
    net = haiku.transform_with_state(lambda x: make(haiku, x))
    params, state = net.init(jax.random.PRNGKey(0), jax.numpy.ones((2, 3)))
    model = from_jax(params)
    assert int(model.count) == numbers(jax, params)
    assert {type(part.layer).__name__ for part in model.parts} == {wanted}
    both = from_jax({"params": params, "state": state})
    assert (int(both.count), int(both.buffer_count)) == (numbers(jax, params), numbers(jax, state))


# ---------------------------------------------------------------- equinox
EQUINOX: list[tuple[Callable[[Any, Any], Any], str | None]] = [
    (lambda nn, key: nn.Linear(3, 4, key=key), "Dense"),
    (lambda nn, key: nn.MLP(2, 3, 8, 2, key=key), "Dense"),
    (lambda nn, key: nn.Conv2d(4, 6, 3, groups=2, key=key), "Conv"),
    (lambda nn, key: nn.ConvTranspose1d(2, 3, 3, key=key), "Conv"),
    (lambda nn, key: nn.LayerNorm(4), "LayerNormalization"),
    (lambda nn, key: nn.RMSNorm(4, use_bias=False), "RMSNormalization"),
    (lambda nn, key: nn.GroupNorm(2, 4), "GroupNormalization"),
    (lambda nn, key: nn.Embedding(5, 4, key=key), "Embedding"),
    (lambda nn, key: nn.GRUCell(3, 4, key=key), "GRU"),
    (lambda nn, key: nn.LSTMCell(3, 4, key=key), "LSTM"),
    (lambda nn, key: nn.MultiheadAttention(2, 4, key=key), "Dense"),
    (lambda nn, key: nn.PReLU(), None),
    (lambda nn, key: nn.Sequential([nn.Linear(2, 2, key=key), nn.Lambda(abs)]), "Dense"),
]


@pytest.mark.parametrize("number", range(len(EQUINOX)))
def test_a_module_of_equinox_is_read(jax: Any, equinox: Any, number: int) -> None:
    make, wanted = EQUINOX[number]
    module = make(equinox.nn, jax.random.PRNGKey(0))
    model = from_jax(module)
    assert int(model.count) == numbers(jax, equinox.filter(module, equinox.is_inexact_array))
    kinds = {type(part.layer).__name__ for part in model.parts}
    assert kinds == {"Parameter"} if wanted is None else wanted in kinds


def test_the_statistics_of_a_batch_are_buffers_in_equinox(jax: Any, equinox: Any) -> None:
    module = equinox.nn.BatchNorm(4, axis_name="batch", mode="ema")
    model = from_jax(module)
    assert int(model.count) == 8
    assert int(model.buffer_count) >= 8
