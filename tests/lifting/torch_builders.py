"""Builders of PyTorch, as users write them. Nothing in them knows of lifting."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import nn
from torch.nn.utils import parametrizations


class Block(nn.Module):
    def __init__(self, d, h, bias):
        super().__init__()
        self.ln1, self.attn = nn.LayerNorm(d), nn.MultiheadAttention(d, h, bias=bias)
        self.mlp = nn.Sequential(nn.Linear(d, 4 * d, bias=bias), nn.GELU(), nn.Linear(4 * d, d, bias=bias))


class GPT(nn.Module):
    def __init__(self, V, T, d, h, L, bias=True):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(V, d), nn.Embedding(T, d)
        self.blocks = nn.ModuleList([Block(d, h, bias) for _ in range(L)])
        self.head = nn.Linear(d, V, bias=False)
        self.head.weight = self.wte.weight


class SwiGLU(nn.Module):
    def __init__(self, d, multiple_of):
        super().__init__()
        hidden = int(2 * (4 * d) / 3)
        hidden = multiple_of * ((hidden + multiple_of - 1) // multiple_of)
        self.w1, self.w2 = nn.Linear(d, hidden, bias=False), nn.Linear(hidden, d, bias=False)


class Llama(nn.Module):
    def __init__(self, V, d, L, multiple_of):
        super().__init__()
        self.embed = nn.Embedding(V, d)
        self.layers = nn.ModuleList(SwiGLU(d, multiple_of) for _ in range(L))


class Residual(nn.Module):
    def __init__(self, m, n, groups):
        super().__init__()
        self.conv = nn.Conv2d(m, n, 3, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(n)
        self.shortcut = nn.Conv2d(m, n, 1) if m != n else nn.Identity()


def make_divisible(v, divisor=8):
    new = max(divisor, int(v + divisor / 2) // divisor * divisor)
    return new + divisor if new < 0.9 * v else new


class Inverted(nn.Module):
    def __init__(self, i, o, t):
        super().__init__()
        hidden = int(round(i * t))  # noqa: RUF046  (as torchvision writes it)
        layers = [] if t == 1 else [nn.Conv2d(i, hidden, 1, bias=False), nn.BatchNorm2d(hidden)]
        layers += [nn.Conv2d(hidden, hidden, 3, groups=hidden, bias=False), nn.BatchNorm2d(hidden), nn.Conv2d(hidden, o, 1)]
        self.conv = nn.Sequential(*layers)


class MobileNet(nn.Module):
    def __init__(self, alpha, k):
        super().__init__()
        c = make_divisible(32 * alpha)
        features = [nn.Conv2d(3, c, 3, bias=False)]
        for t, o, many in [(1, 16, 1), (6, 24, 2), (6, 32, 3), (6, 64, 4), (6, 96, 3)]:
            width = make_divisible(o * alpha)
            for _ in range(many):
                features.append(Inverted(c, width, t))
                c = width
        self.features, self.classifier = nn.Sequential(*features), nn.Linear(c, k)


class Hybrid(nn.Module):
    def __init__(self, d, L, p, k, E):
        super().__init__()
        self.layers = nn.ModuleList()
        for i in range(L):
            mix = nn.Linear(d, 3 * d) if i % p == p - 1 else nn.Linear(d, d)
            ff = nn.ModuleList(nn.Linear(d, 2 * d) for _ in range(E)) if i >= L - k else nn.Linear(d, 4 * d)
            self.layers.append(nn.ModuleDict({"mix": mix, "ff": ff}))


class Adapted(nn.Module):
    """A frozen linear layer with LoRA, and a parameter of a user's own."""

    def __init__(self, d, r, n):
        super().__init__()
        self.base = nn.Linear(d, d).requires_grad_(False)
        self.a, self.b = nn.Parameter(torch.zeros(r, d)), nn.Parameter(torch.zeros((d, r)))
        self.scale = nn.Parameter(torch.ones(n) * 0.1)


class Shared(nn.Module):
    """One block used by all layers."""

    def __init__(self, d, L):
        super().__init__()
        block = nn.Linear(d, d)
        self.layers = nn.ModuleList([block] * L)


class MLP(nn.Module):
    """A loop that makes a list of sizes and walks it by pairs."""

    def __init__(self, m, n, k, L):
        super().__init__()
        sizes = [m, *([n] * L), k]
        layers = []
        for a, b in pairwise(sizes):
            layers += [nn.Linear(a, b), nn.ReLU()]
        self.net = nn.Sequential(*layers)


def lstm(m, n, L):
    return nn.LSTM(m, n, L)


def projected(m, n, r, L):
    return nn.LSTM(m, n, L, bidirectional=True, proj_size=r)


def gru(m, n, L):
    return nn.GRU(m, n, L, bidirectional=True)


def encoder(d, h, f, L):
    return nn.TransformerEncoder(nn.TransformerEncoderLayer(d, h, f), L, nn.LayerNorm(d))


def transformer(d, h, f, L, D):
    return nn.Transformer(d, h, L, D, f)


def cross_attention(d, h, k, v):
    return nn.MultiheadAttention(d, h, kdim=k, vdim=v)


# ---------------------------------------------------------------- of other kinds
class Expert(nn.Module):
    def __init__(self, d, f):
        super().__init__()
        self.up, self.gate, self.down = nn.Linear(d, f, bias=False), nn.Linear(d, f, bias=False), nn.Linear(f, d, bias=False)


class Experts(nn.Module):
    def __init__(self, d, f, E, shared):
        super().__init__()
        self.router = nn.Parameter(torch.empty(E, d))
        self.experts = nn.ModuleList([Expert(d, f) for _ in range(E)])
        if shared:
            self.shared = Expert(d, f * shared)


class MixtureOfExperts(nn.Module):
    """DeepSeek's: the first few layers, or none, are dense."""

    def __init__(self, d, f, g, E, L, first_k_dense, shared=1):
        super().__init__()
        self.layers = nn.ModuleList(Experts(d, g, E, shared) if i >= first_k_dense else Expert(d, f) for i in range(L))


@dataclass
class Config:
    """A configuration whose fields follow from others unless they are given."""

    d: int
    h: int
    g: int
    head_dim: int | None = None

    def __post_init__(self):
        self.head_dim = self.head_dim or self.d // self.h


class GroupedQuery(nn.Module):
    def __init__(self, config):
        super().__init__()
        e = config.head_dim
        self.q, self.o = nn.Linear(config.d, config.h * e), nn.Linear(config.h * e, config.d, bias=False)
        self.k, self.v = (nn.Linear(config.d, config.g * e) for _ in range(2))
        self.norm = nn.RMSNorm(e)


def grouped_query(d, h, g, L):
    return nn.ModuleList(GroupedQuery(Config(d, h, g)) for _ in range(L))


def wide_heads(d, h, g, head_dim, L):
    return nn.ModuleList(GroupedQuery(Config(d, h, g, head_dim)) for _ in range(L))


class Bottleneck(nn.Module):
    def __init__(self, i, width, stride):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(i, width, 1, bias=False), nn.Conv2d(width, width, 3, stride, bias=False)
        self.conv3, self.norm = nn.Conv2d(width, 4 * width, 1, bias=False), nn.BatchNorm2d(4 * width)
        self.shortcut = nn.Conv2d(i, 4 * width, 1, stride) if stride != 1 or i != 4 * width else None


class ResNet(nn.Module):
    def __init__(self, c, a, b, k):
        super().__init__()
        self.width = c
        self.stem, self.layer1, self.layer2 = nn.Conv2d(3, c, 7), self.stage(c, a, 1), self.stage(2 * c, b, 2)
        self.fc = nn.Linear(8 * c, k)

    def stage(self, width, many, stride):
        blocks = [Bottleneck(self.width, width, stride)]
        self.width = 4 * width
        return nn.Sequential(*blocks, *(Bottleneck(self.width, width, 1) for _ in range(1, many)))


class Inception(nn.Module):
    def __init__(self, i, c):
        super().__init__()
        self.one, self.pool = nn.Conv2d(i, c, 1), nn.Conv2d(i, c // 4, 1)
        self.three = nn.Sequential(OrderedDict(reduce=nn.Conv2d(i, c // 2, 1), conv=nn.Conv2d(c // 2, 2 * c, 3)))
        self.width = 3 * c + c // 4


def inceptions(i, c, L):
    net, width = nn.Sequential(), i
    for number in range(L):
        block = Inception(width, c)
        net.add_module(f"mixed{number}", block)
        width = block.width
    net.add_module("fc", nn.Linear(width, 10))
    return net


def weight_normed(m, n, L):
    return nn.Sequential(*(parametrizations.weight_norm(nn.Conv1d(m if i == 0 else n, n, 3)) for i in range(L)))


class Translator(nn.Module):
    """One embedding for both sides and the head."""

    def __init__(self, V, d, f, L, D):
        super().__init__()
        self.shared = nn.Embedding(V, d)
        self.encoder = nn.ModuleDict({"embed": self.shared, "layers": nn.ModuleList(nn.Linear(d, f) for _ in range(L))})
        self.decoder = nn.ModuleDict({"embed": self.shared, "layers": nn.ModuleList(nn.Linear(f, d) for _ in range(D))})
        self.head = nn.Linear(d, V, bias=False)
        self.head.weight = self.shared.weight


class Heads(nn.Module):
    """Modules by name, and parameters in lists, whose widths grow."""

    def __init__(self, d, K, n):
        super().__init__()
        self.heads = nn.ModuleDict({f"task{i}": nn.Linear(d, n + i) for i in range(K)})
        self.scales = nn.ParameterList([nn.Parameter(torch.randn(d, 2**i)) for i in range(K)])
        for i in range(1, K + 1):
            self.register_parameter(f"gain_{i}", nn.Parameter(torch.ones(d)))


def lazy(d, n):
    """The input of a lazy layer is seen when it is called."""
    net = nn.Sequential(nn.LazyLinear(n), nn.ReLU(), nn.LazyLinear(10))
    net(torch.zeros(2, d))
    return net


def squeezed(c, L):
    """MobileNetV3's: a whole number is made divisible."""
    return nn.ModuleList(
        nn.Sequential(nn.Conv2d(c, make_divisible(c // 4), 1), nn.Conv2d(make_divisible(c // 4), c, 1)) for _ in range(L)
    )


def flat(c, f, s):
    return nn.Sequential(nn.Conv2d(c, f, 3, padding=1), nn.Flatten(), nn.Linear(math.prod((f, s, s)), 10))


def stacked_cells(m, n, L):
    return nn.ModuleList(nn.GRUCell(m if i == 0 else n, n) for i in range(L))


def random_width(d):
    return nn.Linear(d, int(torch.randint(1, 10**6, (1,), device="cpu")))


CASES = [
    (GPT, {"V": 50257, "T": 1024, "d": 768, "h": 12, "L": 3}),
    (Llama, {"V": 1000, "d": 512, "L": 3, "multiple_of": 256}),
    (Residual, {"m": 8, "n": 12, "groups": 4}),
    (MobileNet, {"alpha": 1.0, "k": 1000}),
    (Hybrid, {"d": 64, "L": 6, "p": 3, "k": 2, "E": 4}),
    (Adapted, {"d": 64, "r": 8, "n": 5}),
    (Shared, {"d": 64, "L": 4}),
    (MLP, {"m": 7, "n": 11, "k": 5, "L": 3}),
    (lstm, {"m": 7, "n": 11, "L": 3}),
    (projected, {"m": 7, "n": 23, "r": 5, "L": 3}),
    (gru, {"m": 7, "n": 11, "L": 3}),
    (encoder, {"d": 48, "h": 4, "f": 37, "L": 3}),
    (transformer, {"d": 48, "h": 4, "f": 37, "L": 2, "D": 3}),
    (cross_attention, {"d": 48, "h": 4, "k": 10, "v": 12}),
    (MixtureOfExperts, {"d": 16, "f": 40, "g": 12, "E": 4, "L": 3, "first_k_dense": 0}),
    (MixtureOfExperts, {"d": 16, "f": 40, "g": 12, "E": 4, "L": 3, "first_k_dense": 1, "shared": 2}),
    (grouped_query, {"d": 64, "h": 8, "g": 2, "L": 3}),
    (wide_heads, {"d": 64, "h": 8, "g": 2, "head_dim": 16, "L": 3}),
    (ResNet, {"c": 16, "a": 3, "b": 4, "k": 10}),
    (inceptions, {"i": 24, "c": 16, "L": 3}),
    (weight_normed, {"m": 5, "n": 7, "L": 3}),
    (Translator, {"V": 101, "d": 12, "f": 20, "L": 2, "D": 3}),
    (Heads, {"d": 8, "K": 3, "n": 5}),
    (lazy, {"d": 8, "n": 5}),
    (squeezed, {"c": 64, "L": 2}),
    (flat, {"c": 3, "f": 8, "s": 16}),
    (stacked_cells, {"m": 5, "n": 7, "L": 3}),
]
