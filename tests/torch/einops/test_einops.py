"""einops on shapes: what the functions and the layers give, and that their parameters are those of einops."""

from __future__ import annotations

from importlib import import_module

import pytest

from symparams import keras, symbols, torch
from symparams.errors import ArgumentError, ShapeError, SymparamsError
from symparams.torch.einops import asnumpy, einsum, pack, parse_shape, rearrange, reduce, repeat, unpack
from symparams.torch.einops.layers import keras as keras_layers
from symparams.torch.einops.layers.torch import EinMix, Rearrange, Reduce
from tests.bad_input import refused
from tests.installed import installed

b, c, d, f, h, w, p = symbols("b c d f h w p")
x = torch.empty(b, c, h * p, w * p)

SHAPES = [
    (rearrange(x, "b c h w -> b (h w) c"), (b, h * p * w * p, c)),
    (rearrange(x, "b c (h p1) (w p2) -> b (h w) (p1 p2 c)", p1=p, p2=p), (b, h * w, c * p**2)),
    (rearrange([x, x], "n b ... -> b n ..."), (b, 2, c, h * p, w * p)),
    (rearrange(x, "b ... -> b (...)"), (b, c * h * p * w * p)),
    (rearrange(x, "b c ... -> b (...) c"), (b, h * p * w * p, c)),
    (rearrange(torch.empty(3), "n -> 1 n ()"), (1, 3, 1)),
    (reduce(x, "b c h w -> b c", "mean"), (b, c)),
    (reduce(torch.empty(2, 3, 8, 6), "b c (h 2) (w 2) -> b c h w", "max"), (2, 3, 4, 3)),
    (repeat(torch.empty(1, d), "1 d -> b n d", b=b, n=4), (b, 4, d)),
    (repeat(torch.empty(2, 3), "h w -> h (w 2)"), (2, 6)),
    (einsum(torch.empty(b, 5, d), torch.empty(b, 7, d), "b i d, b j d -> b i j"), (b, 5, 7)),
]


@pytest.mark.parametrize(("tensor", "shape"), SHAPES, ids=range(len(SHAPES)))
def test_a_pattern_gives_a_shape(tensor, shape) -> None:
    assert tensor.shape == shape


def test_what_is_packed_can_be_unpacked() -> None:
    joined, shapes = pack([torch.empty(b, d), torch.empty(b, 3, d), torch.empty(b, 2, 2, d)], "b * d")
    assert joined.shape == (b, 8, d)
    assert shapes == [(), (3,), (2, 2)]
    assert [each.shape for each in unpack(joined, shapes, "b * d")] == [(b, d), (b, 3, d), (b, 2, 2, d)]
    assert parse_shape(x, "b c _ _") == {"b": b, "c": c}


def test_layers_have_the_parameters_of_einops() -> None:
    mixed = torch.nn.Sequential(
        Rearrange("b c (h p1) (w p2) -> b (h w) (p1 p2 c)", p1=2, p2=2),
        EinMix("b t c -> b t h e", weight_shape="c h e", bias_shape="h e", c=4 * c, h=h, e=d),
        Reduce("b t h e -> b (h e)", "mean"),
        torch.nn.Linear(h * d, f),
    )
    assert str(mixed.count) == "4*c*h*d + h*d + d*h*f + f"
    assert [tuple(each.shape) for each in mixed[1].parameters()] == [(4 * c, h, d), (1, 1, h, d)]
    assert mixed(torch.empty(b, c, 8, 6)).shape == (b, f)


def test_layers_of_keras_are_steps_of_a_model() -> None:
    inputs = keras.Input((8, 6, c))
    outputs = keras_layers.Rearrange("b (h p) (w q) c -> b (h w) (p q c)", p=2, q=2)(inputs)
    outputs = keras_layers.EinMix("b t c -> b t e", weight_shape="c e", bias_shape="e", c=4 * c, e=d)(outputs)
    model = keras.Model(inputs, keras_layers.Reduce("b t e -> b e", "mean")(outputs))
    assert model.output_shape == (None, d)
    assert str(model.count) == "4*c*d + d"


REFUSED = [
    (SymparamsError, "does not fit an input of shape", lambda: rearrange(torch.empty(2, 3), "a b c -> c b a")),
    (SymparamsError, "7 does not divide into 2", lambda: rearrange(torch.empty(7), "(a 2) -> a")),
    (SymparamsError, "does not fit an input of shape", lambda: rearrange(torch.empty(6), "(a b) -> a b", a=2, b=2)),
    (SymparamsError, "leaves a and b open", lambda: rearrange(torch.empty(6), "(a b) -> a b")),
    (SymparamsError, "does not say what ² is", lambda: rearrange(torch.empty(6), "a -> (a ²)")),
    (ArgumentError, "EinMix: give the length of e as e=...", lambda: EinMix("b c -> b e", weight_shape="c e", c=3)),
    (ArgumentError, "einops takes a tensor", lambda: rearrange(3, "a -> a")),
    (ShapeError, "has a shape and no numbers", lambda: asnumpy(torch.empty(3))),
]


@pytest.mark.parametrize(("error", "words", "call"), REFUSED, ids=[words for _, words, _ in REFUSED])
def test_what_einops_refuses_is_refused(error, words, call) -> None:
    refused(error, words, call)


MIXES = [
    ("b t c -> b t e", "c e", "e", {"c": 3, "e": 4}),
    ("b (h c) -> b h e", "h c e", "h e", {"h": 2, "c": 3, "e": 4}),
    ("b t c -> b (h e)", "c h e", "e", {"c": 3, "h": 2, "e": 4}),
    ("t b (hw c) -> b hw c_out", "t c c_out", None, {"t": 2, "hw": 3, "c": 4, "c_out": 5}),
]


@pytest.mark.parametrize(("pattern", "weight", "bias", "lengths"), MIXES)
def test_weights_are_those_of_einops_itself(pattern, weight, bias, lengths) -> None:
    installed("torch")
    installed("einops")
    from einops.layers.torch import EinMix as Real

    real = Real(pattern, weight_shape=weight, bias_shape=bias, **lengths)
    ours = EinMix(pattern, weight_shape=weight, bias_shape=bias, **lengths)
    assert [(name, tuple(each.shape)) for name, each in real.named_parameters()] == [
        (name, each.shape) for name, each in ours.named_parameters()
    ]


@pytest.mark.parametrize("end", ["", ".layers", ".layers.torch", ".layers.keras"])
def test_only_the_beginning_of_an_import_changes(end) -> None:
    short, home = import_module(f"symparams.einops{end}"), import_module(f"symparams.torch.einops{end}")
    assert dir(short) == dir(home)
    assert all(getattr(short, name) is getattr(home, name) for name in getattr(home, "__all__", ()))
    with pytest.raises(AttributeError, match="rearange"):
        _ = short.rearange
