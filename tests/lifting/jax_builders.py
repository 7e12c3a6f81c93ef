"""Builders of flax, equinox and haiku, as users write them: ``jax.eval_shape`` gives the shapes."""

from __future__ import annotations

import equinox as eqx
import flax.linen as nn
import haiku as hk
import jax
import jax.numpy as jnp
from flax import nnx


class Block(nn.Module):
    d: int
    h: int
    f: int

    @nn.compact
    def __call__(self, x):
        x = x + nn.MultiHeadDotProductAttention(num_heads=self.h)(nn.LayerNorm()(x))
        return x + nn.Dense(self.d)(nn.gelu(nn.Dense(self.f)(nn.LayerNorm()(x))))


class GPT(nn.Module):
    V: int
    T: int
    d: int
    h: int
    f: int
    L: int

    @nn.compact
    def __call__(self, ids):
        x = nn.Embed(self.V, self.d)(ids) + self.param("pos", nn.initializers.zeros, (self.T, self.d))
        for _ in range(self.L):
            x = Block(self.d, self.h, self.f)(x)
        return nn.Dense(self.V, use_bias=False)(nn.LayerNorm()(x))


def flax_gpt(V, T, d, h, f, L):
    return jax.eval_shape(GPT(V, T, d, h, f, L).init, jax.random.key(0), jax.ShapeDtypeStruct((1, T), jnp.int32))


class ConvNet(nn.Module):
    c: int
    k: int

    @nn.compact
    def __call__(self, x):
        for b in range(3):
            x = nn.Conv(self.c * 2**b, (3, 3), use_bias=False)(x)
            x = nn.BatchNorm(use_running_average=True)(x)
        return nn.Dense(self.k)(x.mean((1, 2)))


def flax_conv(i, c, k):
    return jax.eval_shape(ConvNet(c, k).init, jax.random.key(0), jax.ShapeDtypeStruct((1, 8, 8, i), jnp.float32))


class Net(eqx.Module):
    layers: list[eqx.nn.Linear]
    gru: eqx.nn.GRUCell
    head: eqx.nn.Linear

    def __init__(self, m, n, k, L, key):
        keys = jax.random.split(key, L + 2)
        self.layers = [eqx.nn.Linear(m if i == 0 else n, n, key=keys[i]) for i in range(L)]
        self.gru = eqx.nn.GRUCell(n, n, key=keys[-1])
        self.head = eqx.nn.Linear(n, k, key=keys[-2])


def equinox_net(m, n, k, L):
    return eqx.filter_eval_shape(Net, m, n, k, L, jax.random.key(0))


def equinox_mlp(m, n, k, depth):
    return eqx.filter_eval_shape(eqx.nn.MLP, m, k, n, depth, key=jax.random.key(0))


def haiku_mlp(m, n, k):
    def forward(x):
        return hk.Sequential([hk.Linear(n), jax.nn.relu, hk.Linear(2 * n), jax.nn.relu, hk.Linear(k)])(x)

    return jax.eval_shape(hk.transform(forward).init, jax.random.key(0), jax.ShapeDtypeStruct((1, m), jnp.float32))


def stacked(d, f, L):
    """Parameters of all layers in one tensor, as ``jax.vmap`` makes them."""

    def layer(key):
        up, down = jax.random.split(key)
        return {"up": jax.random.normal(up, (d, f)), "down": jax.random.normal(down, (f, d))}

    return jax.eval_shape(lambda key: jax.vmap(layer)(jax.random.split(key, L)), jax.random.key(0))


class Step(nn.Module):
    d: int

    @nn.compact
    def __call__(self, x, _):
        return x + nn.Dense(self.d)(nn.LayerNorm()(x)), None


class Scanned(nn.Module):
    d: int
    L: int

    @nn.compact
    def __call__(self, x):
        steps = nn.scan(Step, variable_axes={"params": 0}, split_rngs={"params": True}, length=self.L)
        return nn.Dense(3)(steps(self.d)(x, None)[0])


def flax_scan(d, L):
    return jax.eval_shape(Scanned(d, L).init, jax.random.key(0), jax.ShapeDtypeStruct((1, d), jnp.float32))


class Pair(nnx.Module):
    def __init__(self, d, f, rngs):
        self.up, self.down = nnx.Linear(d, f, rngs=rngs), nnx.Linear(f, d, rngs=rngs)


class Pairs(nnx.Module):
    def __init__(self, d, f, L, rngs):
        self.blocks = nnx.List([Pair(d, f, rngs) for _ in range(L)])


def flax_nnx(d, f, L):
    return nnx.state(nnx.eval_shape(lambda: Pairs(d, f, L, nnx.Rngs(0))), nnx.Param)


def flax_width(alpha, k):
    class Net(nn.Module):
        @nn.compact
        def __call__(self, x):
            for width in (32, 64):
                x = nn.Conv(int(width * alpha), (3, 3))(x) * 0.5
            return nn.Dense(k)(x.mean((1, 2)))

    return jax.eval_shape(Net().init, jax.random.key(0), jax.ShapeDtypeStruct((1, 8, 8, 3), jnp.float32))


def haiku_transformer(V, d, h, L):
    def forward(ids):
        x = hk.Embed(V, d)(ids)
        for _ in range(L):
            x = x + hk.MultiHeadAttention(h, d // h, w_init=hk.initializers.VarianceScaling(1.0), model_size=d)(x, x, x)
            x = x + hk.Linear(d)(jax.nn.gelu(hk.Linear(4 * d)(hk.LayerNorm(-1, True, True)(x))))
        return hk.Linear(V)(x)

    return jax.eval_shape(hk.transform(forward).init, jax.random.key(0), jax.ShapeDtypeStruct((1, 4), jnp.int32))


def haiku_gru(m, n, L):
    def forward(x):
        core = hk.DeepRNN([hk.GRU(n) for _ in range(L)])
        return core(x, core.initial_state(1))

    return jax.eval_shape(hk.transform(forward).init, jax.random.key(0), jax.ShapeDtypeStruct((1, m), jnp.float32))


CASES = [
    (flax_gpt, {"V": 101, "T": 16, "d": 24, "h": 4, "f": 37, "L": 3}),
    (flax_conv, {"i": 3, "c": 16, "k": 10}),
    (equinox_net, {"m": 7, "n": 11, "k": 5, "L": 3}),
    (equinox_mlp, {"m": 7, "n": 11, "k": 5, "depth": 3}),
    (haiku_mlp, {"m": 7, "n": 11, "k": 5}),
    (stacked, {"d": 5, "f": 7, "L": 3}),
    (flax_scan, {"d": 5, "L": 3}),
    (flax_nnx, {"d": 5, "f": 7, "L": 3}),
    (flax_width, {"alpha": 1.0, "k": 5}),
    (haiku_transformer, {"V": 31, "d": 12, "h": 3, "L": 2}),
    (haiku_gru, {"m": 5, "n": 7, "L": 3}),
]
