"""Random modules that nobody measured, with arguments that PyTorch takes or refuses, in numbers or in letters."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import sympy

from symparams import symbols

if TYPE_CHECKING:
    from collections.abc import Callable


class Spec:
    """A module to be made twice: a class or a function of ``torch.nn``, and its arguments."""

    def __init__(self, name: str, /, **kwargs: Any) -> None:
        self.name, self.kwargs = name, kwargs

    def __repr__(self) -> str:
        return f"{self.name}({', '.join(f'{name}={value!r}' for name, value in self.kwargs.items())})"


class Shape(tuple[Any, ...]):
    """Stands for a tensor of that shape."""


class Draw:
    """Random arguments; now and then one that is none."""

    def __init__(self, rng: random.Random, wild: bool) -> None:
        self.rng, self.wild = rng, wild

    def size(self) -> int:
        return self.rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 31, 64, 100, 768, 30522])

    def small(self) -> int:
        return self.rng.randint(1, 6)

    def maybe(self, chance: float = 0.5) -> bool:
        return self.rng.random() < chance

    def some(self, **optional: Any) -> dict[str, Any]:
        """Some of the optional arguments, each made when it is chosen."""
        return {name: make() if callable(make) else make for name, make in optional.items() if self.maybe()}

    def flag(self) -> bool:
        return self.maybe()

    def axes(self, rank: int, least: int = 1) -> Any:
        one = lambda: self.rng.randint(least, 4)
        count = rank + (self.rng.choice([-1, 1]) if self.wild and self.maybe(0.1) and rank > 1 else 0)
        return one() if self.maybe() else tuple(one() for _ in range(count))


def linear(d: Draw) -> Spec:
    return Spec("Linear", in_features=d.size(), out_features=d.size(), **d.some(bias=d.flag))


def lazy_linear(d: Draw) -> Spec:
    return Spec("LazyLinear", out_features=d.size(), **d.some(bias=d.flag))


def bilinear(d: Draw) -> Spec:
    return Spec("Bilinear", in1_features=d.size(), in2_features=d.size(), out_features=d.size(), **d.some(bias=d.flag))


def embedding(d: Draw) -> Spec:
    rows = d.size()
    reach = rows + (2 if d.wild else -1)
    optional = d.some(padding_idx=lambda: d.rng.randint(-min(rows, reach), max(reach, 0)), _freeze=d.flag, sparse=d.flag)
    if d.maybe(0.3):
        optional["_weight"] = Shape((rows, 3))
        return Spec("Embedding", num_embeddings=rows, embedding_dim=d.rng.choice([3, 3, 4]) if d.wild else 3, **optional)
    return Spec("Embedding", num_embeddings=rows, embedding_dim=d.size(), **optional)


def embedding_bag(d: Draw) -> Spec:
    modes = ["sum", "mean", "max"]
    return Spec("EmbeddingBag", num_embeddings=d.size(), embedding_dim=d.size(), **d.some(mode=lambda: d.rng.choice(modes)))


def prelu(d: Draw) -> Spec:
    return Spec("PReLU", **d.some(num_parameters=d.size, init=0.1))


def recurrent(d: Draw) -> Spec:
    name = d.rng.choice(["RNN", "GRU", "LSTM", "RNNBase"])
    hidden = d.size()
    optional = d.some(num_layers=d.small, bias=d.flag, batch_first=d.flag, bidirectional=d.flag, dropout=d.rng.random)
    if name == "RNN":
        optional |= d.some(nonlinearity=lambda: d.rng.choice(["tanh", "relu"] + ["gelu"] * d.wild))
    if name == "RNNBase":
        optional["mode"] = d.rng.choice(["RNN_TANH", "RNN_RELU", "GRU", "LSTM"] + ["CNN"] * d.wild)
    if (name == "LSTM" or optional.get("mode") == "LSTM" or (d.wild and name != "RNNBase" and d.maybe(0.2))) and d.maybe():
        optional["proj_size"] = d.rng.randint(0, hidden if d.wild else hidden - 1)
    if d.wild and d.maybe(0.2):
        optional["dropout"] = d.rng.choice([-0.1, 1.5, True])
    return Spec(name, input_size=d.size(), hidden_size=hidden, **optional)


def cell(d: Draw) -> Spec:
    name = d.rng.choice(["RNNCell", "GRUCell", "LSTMCell", "RNNCellBase"])
    optional = {"bias": d.flag(), "num_chunks": d.small()} if name == "RNNCellBase" else d.some(bias=d.flag)
    return Spec(name, input_size=d.size(), hidden_size=d.size(), **optional)


def convolution(d: Draw) -> Spec:
    rank, transposed, lazy = d.rng.randint(1, 3), d.flag(), d.flag()
    name = f"{'Lazy' * lazy}Conv{'Transpose' * transposed}{rank}d"
    groups = d.rng.choice([1, 1, 2, 3, 4])
    over = d.rng.choice([0, 0, 1]) if d.wild else 0
    optional = d.some(stride=lambda: d.axes(rank), padding=lambda: d.axes(rank, 0), dilation=lambda: d.axes(rank), bias=d.flag) | (
        {"groups": groups} if groups > 1 or d.flag() else {}
    )
    if transposed:
        optional |= d.some(output_padding=lambda: d.axes(rank, 0))
    elif d.maybe(0.3):
        modes = ["zeros", "reflect", "replicate", "circular"] + ["mirror"] * d.wild
        optional["padding_mode"] = d.rng.choice(modes)
        optional["padding"] = d.rng.choice(["same", "valid"] + ["causal"] * d.wild)
        if not d.wild:
            optional.pop("stride", None)
    if not lazy:
        optional["in_channels"] = groups * d.size() + over
    return Spec(name, out_channels=groups * d.size(), kernel_size=d.axes(rank), **optional)


def batch(d: Draw) -> Spec:
    name = d.rng.choice([f"{kind}Norm{rank}d" for kind in ("Batch", "Instance") for rank in (1, 2, 3)] + ["SyncBatchNorm"])
    lazy = d.flag() and name != "SyncBatchNorm"
    optional = d.some(affine=d.flag, track_running_stats=d.flag, bias=d.flag, momentum=0.2, eps=1e-3)
    return Spec(f"Lazy{name}", **optional) if lazy else Spec(name, num_features=d.size(), **optional)


def layer_norm(d: Draw) -> Spec:
    name = d.rng.choice(["LayerNorm", "RMSNorm"])
    shape = d.size() if d.flag() else [d.small() for _ in range(d.small())]
    optional = d.some(elementwise_affine=d.flag, eps=1e-3)
    if name == "LayerNorm":
        optional |= d.some(bias=d.flag)
    return Spec(name, normalized_shape=shape, **optional)


def group_norm(d: Draw) -> Spec:
    groups = d.small()
    channels = groups * d.size() + (1 if d.wild and d.flag() else 0)
    return Spec("GroupNorm", num_groups=groups, num_channels=channels, **d.some(affine=d.flag, bias=d.flag))


def attention(d: Draw) -> Spec:
    heads = d.small()
    width = heads * d.small() + (1 if d.wild and d.flag() else 0)
    other = lambda: d.rng.choice([width, d.size()])
    optional = d.some(kdim=other, vdim=other, bias=d.flag, add_bias_kv=d.flag, add_zero_attn=d.flag, batch_first=d.flag)
    return Spec("MultiheadAttention", embed_dim=width, num_heads=heads, **optional)


def transformer_layer(d: Draw, side: str = "") -> Spec:
    heads = d.small()
    optional = d.some(
        dim_feedforward=d.size,
        bias=d.flag,
        norm_first=d.flag,
        batch_first=d.flag,
        activation=lambda: d.rng.choice(["relu", "gelu"] + ["selu"] * d.wild),
    )
    side = side or d.rng.choice(["Encoder", "Decoder"])
    return Spec(f"Transformer{side}Layer", d_model=heads * d.small(), nhead=heads, **optional)


def stack(d: Draw) -> Spec:
    side = d.rng.choice(["Encoder", "Decoder"])
    optional = d.some(norm=lambda: layer_norm(d))
    return Spec(
        f"Transformer{side}", **{f"{side.lower()}_layer": transformer_layer(d, side)}, num_layers=d.rng.randint(0, 4), **optional
    )


def transformer(d: Draw) -> Spec:
    heads = d.small()
    number = lambda: d.rng.randint(0, 3)
    optional = d.some(num_encoder_layers=number, num_decoder_layers=number, dim_feedforward=d.size, bias=d.flag, norm_first=d.flag)
    return Spec("Transformer", d_model=heads * d.small(), nhead=heads, **optional)


def adaptive(d: Draw) -> Spec:
    cutoffs = sorted(d.rng.sample(range(1, 200), d.small()))
    if d.wild and d.flag():
        d.rng.shuffle(cutoffs)
    classes = max(cutoffs) + d.rng.randint(0 if d.wild else 1, 50)
    optional = d.some(div_value=lambda: d.rng.choice([1.0, 2.0, 2.5, 4.0, 8]), head_bias=d.flag)
    return Spec("AdaptiveLogSoftmaxWithLoss", in_features=d.size(), n_classes=classes, cutoffs=cutoffs, **optional)


def loss(d: Draw) -> Spec:
    name = d.rng.choice("BCELoss BCEWithLogitsLoss CrossEntropyLoss MultiLabelSoftMarginLoss MultiMarginLoss NLLLoss".split())
    weight = lambda: Shape((d.size(),))
    return Spec(name, **d.some(weight=weight, **({"pos_weight": weight} if name == "BCEWithLogitsLoss" else {})))


def linear_loss(d: Draw) -> Spec:
    classes = d.size()
    weight = lambda: Shape((classes + (1 if d.wild and d.flag() else 0),))
    optional = d.some(bias=d.flag, weight=weight, out_features=lambda: tuple(d.small() for _ in range(2)))
    return Spec("LinearCrossEntropyLoss", in_features=d.size(), num_classes=classes, **optional)


def parameters(d: Draw) -> Spec:
    shapes = [Shape(d.rng.randint(0, 5) for _ in range(d.rng.randint(0, 4))) for _ in range(d.rng.randint(0, 5))]
    if d.flag():
        return Spec("ParameterList", values=shapes)
    return Spec("ParameterDict", parameters={f"p{d.rng.randint(0, 99)}": shape for shape in shapes})


def sequential(d: Draw) -> Spec:
    families = [family for family in FAMILIES if family is not orthogonal]  # which has no place on the meta device
    return Spec("Sequential", args=[d.rng.choice(families)(d) for _ in range(d.small())])


def reparametrized(d: Draw) -> Spec:
    where = d.rng.choice(["utils", "utils.parametrizations"])
    inner = d.rng.choice([linear, convolution, recurrent, bilinear])(Draw(d.rng, False))
    while inner.name.startswith(("Lazy", "RNNBase")):
        inner = d.rng.choice([linear, convolution])(Draw(d.rng, False))
    weight = "weight_hh_l0" if inner.name in ("RNN", "GRU", "LSTM") else "weight"
    norm = d.rng.choice(["weight_norm", "spectral_norm"])
    odd = [None, 7, -1] if d.wild and norm == "spectral_norm" else []
    return Spec(f"{where}.{norm}", module=inner, name=weight, **d.some(dim=lambda: d.rng.choice([0, 1, *odd])))


def orthogonal(d: Draw) -> Spec:
    """With few numbers, for PyTorch has to calculate some."""
    inner = d.rng.choice(
        [
            Spec("Linear", in_features=d.small(), out_features=d.small()),
            Spec("Conv2d", in_channels=d.small(), out_channels=d.small(), kernel_size=d.axes(2)),
            Spec("ConvTranspose1d", in_channels=d.small(), out_channels=d.small(), kernel_size=d.small()),
            Spec("LSTM", input_size=d.small(), hidden_size=d.small()),
        ]
    )
    maps = ["matrix_exp", "cayley", "householder"] + ["polar"] * d.wild
    optional = d.some(orthogonal_map=lambda: d.rng.choice(maps), use_trivialization=d.flag)
    name = "weight_hh_l0" if inner.name == "LSTM" else d.rng.choice(["weight", "weight", "bias"])
    return Spec("utils.parametrizations.orthogonal", module=inner, name=name, **optional)


PLAIN = ["ReLU", "GELU", "Tanh", "Softmax", "Flatten", "Identity", "Sigmoid", "MSELoss", "SiLU", "Hardswish", "CTCLoss"]


def plain(d: Draw) -> Spec:
    if d.flag():
        return Spec(d.rng.choice(PLAIN))
    if d.flag():
        return Spec("Dropout", p=d.rng.choice([0.1, 0, 1, 0.5] + [1.5, -1] * d.wild))
    return Spec("MaxPool2d", kernel_size=d.small(), **d.some(stride=d.small))


FAMILIES: list[Callable[[Draw], Spec]] = [
    linear, lazy_linear, bilinear, embedding, embedding_bag, prelu, recurrent, recurrent, cell, convolution, convolution, batch,
    layer_norm, group_norm, attention, attention, transformer_layer, stack, transformer, adaptive, loss, linear_loss, parameters,
    sequential, reparametrized, reparametrized, orthogonal, plain,
]  # fmt: skip

SIZES = frozenset(
    "in_features out_features in1_features in2_features num_embeddings embedding_dim num_parameters input_size hidden_size "
    "in_channels out_channels kernel_size num_features normalized_shape num_channels dim_feedforward num_classes".split()
)


def in_letters(value: Any, numbers: dict[str, int]) -> Any:
    """A spec with a letter for each size, the same letter for the same number."""
    if isinstance(value, Spec):
        grouped = value.kwargs.get("groups", 1) != 1 or value.name in ("GroupNorm", "AdaptiveLogSoftmaxWithLoss")
        grouped = grouped or "padding_idx" in value.kwargs or value.kwargs.get("proj_size") or "weight" in value.kwargs
        return Spec(
            value.name,
            **{
                name: lettered(each, numbers) if name in SIZES and not grouped else in_letters(each, numbers)
                for name, each in value.kwargs.items()
                if name != "_weight"
            },
        )
    if isinstance(value, dict):
        return {name: in_letters(each, numbers) for name, each in value.items()}
    return type(value)(in_letters(each, numbers) for each in value) if type(value) in (list, tuple) else value


def lettered(value: Any, numbers: dict[str, int]) -> Any:
    if isinstance(value, list | tuple):
        return tuple(lettered(each, numbers) for each in value)
    numbers[f"s{value}"] = value
    return symbols(f"s{value}")


def number(size: Any, numbers: dict[str, int]) -> int:
    if isinstance(size, int):
        return size
    done = size.xreplace({letter: sympy.Integer(numbers[letter.name]) for letter in size.free_symbols})
    assert done.is_Integer, size
    return int(done)


def cannot_be_called(spec: Any) -> bool:
    """What PyTorch makes and then refuses to call, and symparams refuses to make: a convolution with too few sizes, or too many."""
    if isinstance(spec, list):
        return any(map(cannot_be_called, spec))
    if not isinstance(spec, Spec):
        return False
    if "Conv" in spec.name:
        rank = int(spec.name[-2])
        lengths = {name: len(value) for name, value in spec.kwargs.items() if isinstance(value, tuple)}
        return any(length not in ((rank,) if name == "kernel_size" else (1, rank)) for name, length in lengths.items())
    return any(map(cannot_be_called, spec.kwargs.values()))
