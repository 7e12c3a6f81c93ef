"""Builders of PyTorch, as users write them. Nothing in them knows of lifting."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import nn


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
]
