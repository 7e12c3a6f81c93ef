"""Builders that need no framework: functions of sizes that give names and shapes, as a user writes them."""

from __future__ import annotations

import json
import math
import random
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import Any

from .random_builders import Module, Parameter


def make_divisible(v, divisor=8, min_value=None):
    if min_value is None:
        min_value = divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v


def linear(shapes, name, m, n, bias=True):
    shapes[f"{name}.weight"] = (n, m)
    if bias:
        shapes[f"{name}.bias"] = (n,)


# ---------------------------------------------------------------- language models
def llama(V, d, h, g, f, L):
    shapes: dict[str, Any] = {"embed": (V, d)}
    e = d // h
    for i in range(L):
        b = f"layers.{i}"
        shapes |= {f"{b}.q": (h * e, d), f"{b}.k": (g * e, d), f"{b}.v": (g * e, d), f"{b}.o": (d, h * e)}
        shapes |= {f"{b}.gate": (f, d), f"{b}.up": (f, d), f"{b}.down": (d, f), f"{b}.n1": (d,), f"{b}.n2": (d,)}
    return shapes | {"norm": (d,), "head": (V, d)}


def meta_llama(V, d, L, multiple_of):
    f = int(2 * (4 * d) / 3)
    f = multiple_of * ((f + multiple_of - 1) // multiple_of)
    shapes: dict[str, Any] = {"embed": (V, d)}
    for i in range(L):
        shapes |= {f"layers.{i}.w1": (f, d), f"layers.{i}.w2": (d, f), f"layers.{i}.w3": (f, d)}
    return shapes


def gpt(V, T, d, L, tie=True):
    m = Module()
    p = m.parameters
    p["wte"], p["wpe"] = Parameter((V, d)), Parameter((T, d))
    for i in range(L):
        for name, shape in {"qkv": (3 * d, d), "proj": (d, d), "fc": (4 * d, d), "out": (d, 4 * d), "ln": (d,)}.items():
            p[f"h.{i}.{name}"] = Parameter(shape)
    p["head"] = p["wte"] if tie else Parameter((V, d))
    return m


def bert(V, T, d, L, y):
    shapes: dict[str, Any] = {"words": (V, d), "places": (T, d), "types": (2, d)}
    for i in range(L):
        for name in ("query", "key", "value", "dense"):
            linear(shapes, f"encoder.{i}.{name}", d, d)
        linear(shapes, f"encoder.{i}.up", d, 4 * d)
        linear(shapes, f"encoder.{i}.down", 4 * d, d)
    linear(shapes, "pooler", d, d)
    linear(shapes, "classifier", d, y)
    return shapes


def moe(d, f, L, E, first_k_dense, shared):
    shapes: dict[str, Any] = {}
    for i in range(L):
        if i < first_k_dense:
            shapes[f"layers.{i}.mlp.up"] = (d, f)
        else:
            shapes[f"layers.{i}.gate"] = (E, d)
            for j in range(E):
                shapes[f"layers.{i}.experts.{j}.up"] = (d, f // 4)
            if shared > 0:
                shapes[f"layers.{i}.shared.up"] = (d, shared * f)
    return shapes


def hybrid(d, L, p):
    shapes: dict[str, Any] = {}
    for i in range(L):
        if i % p == p - 1:
            shapes[f"layers.{i}.attention"] = (d, 3 * d)
        else:
            shapes[f"layers.{i}.mamba"] = (d, 2 * d)
            shapes[f"layers.{i}.dt"] = (math.ceil(d / 16), 2 * d)
    return shapes


def albert(V, d, L):
    m = Module()
    m.parameters["embed"] = Parameter((V, d))
    for i in range(L):
        for name in ("attn", "mlp"):
            first = f"layers.0.{name}"
            m.parameters[f"layers.{i}.{name}"] = Parameter((d, d)) if i == 0 else m.parameters[first]
    return m


def t5(V, d, f, h, e, L, D):
    shapes: dict[str, Any] = {"shared": (V, d), "encoder.relative": (32, h), "decoder.relative": (32, h)}
    for side, many, attentions in (("encoder", L, 1), ("decoder", D, 2)):
        for i in range(many):
            for a in range(attentions):
                shapes |= {f"{side}.block.{i}.attn{a}.{n}": (d, h * e) for n in "qkvo"}
            shapes |= {f"{side}.block.{i}.wi": (f, d), f"{side}.block.{i}.wo": (d, f)}
    return shapes


def vit(d, L, patch, image, k):
    shapes: dict[str, Any] = {"patch": (d, 3, patch, patch), "cls": (1, 1, d), "pos": (1, (image // patch) ** 2 + 1, d)}
    for i in range(L):
        linear(shapes, f"blocks.{i}.qkv", d, 3 * d)
        linear(shapes, f"blocks.{i}.proj", d, d)
        linear(shapes, f"blocks.{i}.fc1", d, 4 * d)
        linear(shapes, f"blocks.{i}.fc2", 4 * d, d)
    linear(shapes, "head", d, k)
    return shapes


def lora(d, L, r, targets=("q", "v")):
    m = Module()
    for i in range(L):
        for name in "qkvo":
            m.parameters[f"layers.{i}.{name}"] = Parameter((d, d), requires_grad=False)
            if name in targets:
                m.parameters[f"layers.{i}.{name}.a"] = Parameter((r, d))
                m.parameters[f"layers.{i}.{name}.b"] = Parameter((d, r))
    return m


# ---------------------------------------------------------------- images
def mobilenet(alpha, k):
    c = make_divisible(32 * alpha)
    shapes: dict[str, Any] = {"stem": (c, 3, 3, 3)}
    n = 0
    for t, width, many in [(1, 16, 1), (6, 24, 2), (6, 32, 3), (6, 64, 4)]:
        o = make_divisible(width * alpha)
        for _ in range(many):
            hidden = round(c * t)
            shapes |= {
                f"features.{n}.expand": (hidden, c),
                f"features.{n}.depth": (hidden, 1, 3, 3),
                f"features.{n}.project": (o, hidden),
            }
            c, n = o, n + 1
    linear(shapes, "classifier", c, k)
    return shapes


def width_multiplier(alpha, c):
    return {"a": (int(c * alpha), c), "b": (int(32 * alpha + 4), int(c * alpha)), "c": (round(64 * alpha), 3)}


def vgg(c, k):
    shapes: dict[str, Any] = {}
    before = 3
    for i, width in enumerate([c, "M", 2 * c, "M", 4 * c, 4 * c, "M"]):
        if width != "M":
            shapes[f"features.{i}.weight"] = (width, before, 3, 3)
            before = width
    linear(shapes, "classifier", before * 7 * 7, k)
    return shapes


def residual(m, n):
    shapes: dict[str, Any] = {"conv1": (n, m, 3, 3), "conv2": (n, n, 3, 3)}
    if m != n:
        shapes["shortcut"] = (n, m)
    return shapes


def resnet_stages(c, a, b, k):
    shapes: dict[str, Any] = {"stem": (c, 3, 7, 7)}
    before = c
    for stage, many in enumerate((a, 2, b, 2)):
        width = c * 2**stage
        for i in range(many):
            shapes[f"layer{stage + 1}.{i}.conv1"] = (width, before if i == 0 else width, 3, 3)
            shapes[f"layer{stage + 1}.{i}.conv2"] = (width, width, 3, 3)
            if i == 0 and before != width:
                shapes[f"layer{stage + 1}.{i}.down"] = (width, before)
        before = width
    linear(shapes, "fc", before, k)
    return shapes


def densenet(c, growth, L, k):
    shapes: dict[str, Any] = {"stem": (c, 3, 7, 7)}
    width = c
    for i in range(L):
        shapes[f"dense.{i}.conv"] = (growth, width, 3, 3)
        shapes[f"dense.{i}.norm"] = (width,)
        width += growth
    linear(shapes, "classifier", width, k)
    return shapes


def unet(c, L):
    shapes: dict[str, Any] = {"stem": (c, 3, 3, 3)}
    for i in range(L):
        shapes[f"down.{i}"] = (c * 2 ** (i + 1), c * 2**i, 3, 3)
        shapes[f"up.{i}"] = (c * 2**i, c * 2 ** (i + 1), 2, 2)
    return shapes


def depthwise(c, L):
    return {f"blocks.{i}.{name}": shape for i in range(L) for name, shape in {"dw": (c, 1, 7, 7), "pw": (c, c)}.items()}


def convnext(a, b, c):
    shapes: dict[str, Any] = {}
    for stage, (many, width) in enumerate(zip((a, 1, b, 1), (c, 2 * c, 4 * c, 8 * c), strict=True)):
        for i in range(many):
            shapes |= {f"stages.{stage}.{i}.dw": (width, 1, 7, 7), f"stages.{stage}.{i}.up": (4 * width, width)}
    return shapes


def squeeze_excite(c, ratio, L):
    s = max(8, c // ratio)
    return {f"blocks.{i}.{name}": shape for i in range(L) for name, shape in {"reduce": (s, c), "expand": (c, s)}.items()}


# ---------------------------------------------------------------- others
def mlp(m, n, k, L):
    shapes: dict[str, Any] = {}
    widths = [m] + [n] * L + [k]
    for i, (a, b) in enumerate(pairwise(widths)):
        linear(shapes, f"net.{2 * i}", a, b)
    return shapes


def lstm(m, n, L):
    shapes: dict[str, Any] = {}
    for i in range(L):
        shapes |= {f"weight_ih_l{i}": (4 * n, m if i == 0 else n), f"weight_hh_l{i}": (4 * n, n), f"bias_ih_l{i}": (4 * n,)}
    return shapes


def bilstm(m, n, L):
    shapes: dict[str, Any] = {}
    for i in range(L):
        for suffix in ("", "_reverse"):
            shapes[f"weight_ih_l{i}{suffix}"] = (4 * n, m if i == 0 else 2 * n)
            shapes[f"weight_hh_l{i}{suffix}"] = (4 * n, n)
    return shapes


def mamba(d, L, expand, state):
    inner = expand * d
    rank = math.ceil(d / 16)
    shapes: dict[str, Any] = {}
    for i in range(L):
        shapes |= {f"layers.{i}.in": (2 * inner, d), f"layers.{i}.x": (rank + 2 * state, inner), f"layers.{i}.dt": (inner, rank),
                   f"layers.{i}.A": (inner, state), f"layers.{i}.out": (d, inner)}  # fmt: skip
    return shapes


def grouped(c, groups, k):
    if c % groups:
        raise ValueError("the channels do not divide into the groups")
    return {"conv": (c, c // groups, k, k), "norm": (c,)}


def nested(d, L):
    return {"params": {"blocks": [{"kernel": (d, 4 * d), "bias": (4 * d,)} for _ in range(L)], "head": {"kernel": (d, 10)}}}


def bottleneck(d, L, r):
    return {f"blocks.{i}.{name}": shape for i in range(L) for name, shape in {"a": (d, d // r), "b": (d // r, d)}.items()}


def embeddings(d, rows):
    return {"small": (rows, min(64, d)), "places": (rows + 2, d), "frozen": (2 * rows, d)}


def swiglu(d, multiple):
    f = int(8 * d / 3)
    return {"w": (d, ((f + multiple - 1) // multiple) * multiple), "v": (-(-f // multiple), d)}


def every_other(d, L):
    return {f"blocks.{i}.{'attn' if i % 2 else 'conv'}": (d, 3 * d if i % 2 else d) for i in range(L)}


def last_is_wide(d, k, L):
    return {f"head.{i}": (d, k if i == L - 1 else d) for i in range(L)}


def through_json(d):
    """The tag is lost, and the rule is plain enough to be found."""
    return json.loads(json.dumps({"a": [4 * d, d], "b": [d // 2]}))


# ---------------------------------------------------------------- what Python has forgotten where it came from
RATIO = 0.25
WIDTHS = {64: 1, 128: 2}


def float_on_the_left(d, L, ratio=0.75):
    return {f"blocks.{i}": (int(0.5 * d), int(2 / 3 * 4 * d), int(ratio * d) + int(RATIO * d)) for i in range(L)}


def squeeze_divisible(c, L):
    return {f"blocks.{i}": (c, make_divisible(c // 4)) for i in range(L)}


def in_a_set(d, n):
    return {"a": (d, n)} | ({"b": (n,)} if d in {96, 640} else {})


def in_a_table(d, n):
    return {"a": (d, WIDTHS.get(d, n))}


def one_for_each_size(a, b, c):
    """Equal sizes have one tensor between them."""
    return {f"embedding.{i}": (size,) for i, size in enumerate(sorted({a, b, c}))}


@lru_cache
def wide(d):
    return 4 * d


def cached(d, f, L):
    return {f"blocks.{i}": (wide(d), wide(f)) for i in range(L)}


# ---------------------------------------------------------------- the ends of loops
def first_is_carried(d, f, L, p):
    """The width before the loop is that of the first block, which is one of every p only where p is 1."""
    shapes, width = {}, f
    for i in range(L + 1):
        if (i + 1) % p == 0:
            shapes[f"blocks.{i}"] = (width, d)
        width = d
    return shapes | {"end": (width, 1)}


def two_of_three(f, k):
    """Of the first four blocks, it is those after the first that have a second tensor."""
    shapes: dict[str, Any] = {}
    for i in range(k):
        shapes[f"blocks.{i}.a"] = (f,)
        if i % 3 != 0:
            shapes[f"blocks.{i}.b"] = (f, f)
    return shapes


def after_an_empty_loop(d, L):
    shapes, width = {}, d
    for i in range(L - 1):
        shapes[f"blocks.{i}"] = (width, 2 * width)
        width = 2 * d
    return shapes | {"head": (width, 1)}


def by_pairs(m, n, k, L):
    """With one layer, the first is the last."""
    widths = [m] + [n] * (L - 1) + [k]
    return {f"net.{i}": (a, b) for i, (a, b) in enumerate(pairwise(widths))}


def edges(d, L, n):
    return {f"blocks.{i}": (d, d if i < n else 2 * d) for i in range(L)}


def summed(a, b, c):
    """A sum that NumPy makes."""
    return json.loads(json.dumps({"a": [a + b + c], "b": [a + b]}))


def by_root(d, L):
    return {f"blocks.{i}": (d, int(math.sqrt(d)), int(d**0.5), math.isqrt(d)) for i in range(L)}


def rule_of_thumb(V, k):
    """The width of an embedding of categories, as a rule of thumb has it."""
    return {"embedding": (V, min(50, round(1.6 * sqrt(V)))), "head": (k, math.ceil(math.log2(V)))}


def by_logarithm(d, s):
    """As many stages as an image can be halved."""
    shapes = {"bits": (d.bit_length(), int(math.log(d)) + 1)}
    return shapes | {f"up.{i}": (d * 2**i, d) for i in range(int(math.log2(s)) - 2)}


def with_zeros_in_front(d, L):
    shapes = {f"layer_{i:02d}.mlp.{j}.weight": (d, d) for i in range(L) for j in range(2)}
    return shapes | {f"block{str(i + 1).zfill(3)}.weight": (d, 3) for i in range(L)}


def mirrored(m, d, L):
    """A decoder with the widths of the encoder in reverse."""
    widths = [m, *[d] * L, d // 2]
    shapes = {f"encoder.{i}": (n, m) for i, (m, n) in enumerate(pairwise(widths))}
    return shapes | {f"decoder.{i}": (n, m) for i, (m, n) in enumerate(pairwise(widths[::-1]))}


def efficientnet(width, depth, k):
    """A second block of the first stage is there for large depths alone."""
    c = make_divisible(32 * width)
    shapes: dict[str, tuple[int, ...]] = {"stem": (c, 3, 3, 3)}
    for stage, (times, channels, number) in enumerate(((1, 16, 1), (6, 24, 2), (6, 40, 2), (6, 80, 3))):
        n = make_divisible(channels * width)
        for i in range(math.ceil(number * depth)):
            shapes[f"blocks.{stage}.{i}.depthwise"] = (c * times, 1, 3, 3)
            shapes[f"blocks.{stage}.{i}.project"] = (n, c * times)
            c = n
    return shapes | {"head": (k, c)}


def by_powers(d, L):
    return {f"blocks.{i}": (int(d ** (1 / 3)), round(6 * d**0.25), math.ceil(d**1.5)) for i in range(L)}


# ---------------------------------------------------------------- what must be refused
def by_sine(d, L):
    return {f"blocks.{i}": (d, int(1000 + 999 * math.sin(d))) for i in range(L)}


def fibonacci(d, L):
    shapes, a, b = {}, d, d
    for i in range(L):
        shapes[f"blocks.{i}"] = (a, b)
        a, b = b, a + b
    return shapes


def halves(d):
    shapes, i = {}, 0
    while d > 1:
        shapes[f"blocks.{i}"] = (d, d // 2)
        d, i = d // 2, i + 1
    return shapes


def at_random(d, L):
    return {f"blocks.{i}": (d, random.randint(1, 10**6)) for i in range(L)}


def by_digits(d):
    """A width that goes through a text."""
    return {"a": (d, int(str(d)[::-1]) + 1)}


def by_bits(d):
    return {"a": (d, int(json.dumps(int(d))).bit_count())}


def by_prime(d):
    value = int(str(d))
    while any(value % each == 0 for each in range(2, value)):
        value += 1
    return {"a": (d, value)}


calls = [0]


def with_state(d):
    calls[0] += 1
    return {"a": (d, calls[0])}


def names_at_random(d):
    return {f"a.{random.randint(0, 10**9)}": (d,)}


def pyramid(d, L):
    """The widths grow by powers of 1.3: no closed form adds them up."""
    return {f"blocks.{i}": (d, int(d * 1.3**i)) for i in range(L)}


def never_twice(d):
    if calls[0] % 2:
        raise ValueError("not now")
    return {"a": (d,)}


def triangle(d, L):
    """As many inner blocks as the number of the outer one."""
    return {f"outer.{i}.inner.{j}": (d, d) for i in range(L) for j in range(i + 1)}


def hashed(d):
    return {"a": (d, hash(str(int(d))) % 1000 + 1)}


def empty(d):
    return {}


def walked_back(c, L, k):
    """The decoder walks the widths of the encoder backwards."""
    shapes = {}
    widths = [c * 2**i for i in range(L)]
    before = 3
    for i, width in enumerate(widths):
        shapes[f"down.{i}"] = (width, before, 3, 3)
        before = width
    shapes["middle"] = (2 * before, before, 3, 3)
    before = 2 * before
    for i, width in enumerate(reversed(widths)):
        shapes |= {f"up.{i}.transposed": (before, width, 2, 2), f"up.{i}.convolution": (width, 2 * width, 3, 3)}
        before = width
    return {**shapes, "out": (k, before)}


def doubled(c, L, k):
    """Widths that double from one to the next, and back."""
    shapes = {}
    widths = [c]
    for _ in range(L - 1):
        widths.append(widths[-1] * 2)
    for i in range(L):
        shapes[f"down.{i}"] = (widths[i], widths[i - 1] if i else 3, 3, 3)
    before = widths[-1]
    for i, width in enumerate(widths[::-1][1:]):
        shapes |= {f"up.{i}.transposed": (before, width, 2, 2), f"up.{i}.convolution": (width, 2 * width, 3, 3)}
        before = width
    return {**shapes, "out": (k, before)}


STAGES = [(1, 16, 1), (6, 24, 2), (6, 40, 2), (6, 80, 3)]


def lettered_blocks(width, depth, k):
    """A width and a depth that are multiplied; blocks are ``block1a``, ``block2a``, ``block2b`` ..."""
    before = make_divisible(32 * width)
    shapes: dict[str, tuple[int, ...]] = {"stem": (before, 3, 3, 3)}
    for stage, (expand, channels, repeats) in enumerate(STAGES):
        after = make_divisible(channels * width)
        for i in range(math.ceil(repeats * depth)):
            name = f"block{stage + 1}{chr(97 + i)}"
            shapes |= {f"{name}_expand/kernel": (expand * before, before), f"{name}_project/kernel": (after, expand * before)}
            shapes[f"{name}_se/kernel"] = (max(1, int(before * 0.25)), expand * before)
            before = after
    return {**shapes, "head": (k, before)}


def fixed_depth(width, k):
    """All blocks in one list, whose number the code has written."""
    before, number = make_divisible(32 * width), 0
    shapes: dict[str, tuple[int, ...]] = {}
    for expand, channels, repeats in STAGES:
        for _ in range(math.ceil(repeats * 1.2)):
            after = make_divisible(channels * width)
            shapes |= {f"blocks.{number}.expand": (expand * before, before), f"blocks.{number}.project": (after, expand * before)}
            before, number = after, number + 1
    return {**shapes, "head": (k, before)}
