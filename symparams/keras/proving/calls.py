"""Calls in letters of every class of Keras that has weights, with each option that changes a formula: what is proved of it.

The letters are those of the catalogue. An argument that a version of Keras lacks is left out of the calls of that version.
"""

from __future__ import annotations

from functools import cache

from ...core.calls import LEFT_OUT, Call, Either
from ...core.sizes import symbols

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.sizes import Dim, OpenShape

b, c, d, f, g, h, l, m, n, p, r = symbols("b c d f g h l m n p r")
a, e, k, q, s, t = symbols("a e k q s t")
V, d_k, d_v, d_o, m_k, m_v = symbols("V d_k d_v d_o m_k m_v")
i, o = symbols("i o")  # channels of each group, of the input and of the output

BOTH = Either(True, False)
BIAS = {"use_bias": BOTH}
LORA = {"lora_rank": Either(LEFT_OUT, r)}
INT8, INT4, FLOAT8 = ({"dtype": f"{mode}_from_float32"} for mode in ("int8", "int4", "float8"))
BLOCKS = {"dtype": Either(*(f"{mode}/4_from_float32" for mode in ("int4", "gptq/4", "awq/4")))}  # of four inputs
WINDOWS = {1: (k,), 2: (a, b), 3: (a, b, e)}
SEQUENCE, VECTOR = (None, None, m), (None, m)


def image(rank: int, channels: Dim) -> OpenShape:
    """The shape of an input of a convolution, whose places are open."""
    return (None, *(None,) * rank, channels)


def convolutions(rank: int) -> dict[str, list[Call]]:
    """The convolutions over so many axes."""
    window, name = WINDOWS[rank], f"{rank}D"
    plain = {"filters": f, "kernel_size": window, **BIAS}
    grouped = Call(f"Conv{name}", {**plain, "groups": g}, image(rank, c), letters={"c": g * i, "f": g * o})
    transposed = Call(f"Conv{name}Transpose", plain, image(rank, c))
    found = {
        f"Conv{name}": [Call(f"Conv{name}", {**plain, **LORA}, image(rank, c)), grouped],
        f"Conv{name}Transpose": [transposed],
        f"ConvLSTM{name}": [Call(f"ConvLSTM{name}", plain, (None, None, *(40,) * rank, c))],
    }
    if rank < 3:
        depthwise = {"kernel_size": window, "depth_multiplier": m, **BIAS}
        separable = {**plain, "depth_multiplier": m}
        found[f"DepthwiseConv{name}"] = [Call(f"DepthwiseConv{name}", depthwise, image(rank, c))]
        found[f"SeparableConv{name}"] = [Call(f"SeparableConv{name}", separable, image(rank, c))]
        places = ((p,), (p, q))[rank - 1]
        seen = tuple(place + size - 1 for place, size in zip(places, window, strict=True))
        found[f"LocallyConnected{name}"] = [
            Call(f"LocallyConnected{name}", {**plain, "implementation": Either(1, 2, 3)}, (None, *seen, c), slow=True)
        ]
    if rank == 1:
        strided = {**plain, "strides": 2}
        ends = ((None, 2 * p + k - 2, c), (None, 2 * p + k - 1, c))  # the last place may be left over
        found["LocallyConnected1D"] += [Call("LocallyConnected1D", strided, end) for end in ends]
    return found


def recurrent() -> dict[str, list[Call]]:
    """The recurrences and their cells, by themselves, both ways and around a cell."""
    options: Mapping[str, Mapping[str, object]] = {"SimpleRNN": {}, "GRU": {"reset_after": BOTH}, "LSTM": {}}
    found: dict[str, list[Call]] = {"Bidirectional": [], "RNN": []}
    for name, more in options.items():
        arguments = {"units": n, **BIAS, **more}
        layer, cell = Call(name, arguments, SEQUENCE), Call(f"{name}Cell", arguments, VECTOR)
        found |= {name: [layer], f"{name}Cell": [cell]}
        found["Bidirectional"] += [Call("Bidirectional", {"layer": each}, SEQUENCE) for each in layer.variants()]
        found["RNN"] += [Call("RNN", {"cell": each}, SEQUENCE) for each in cell.variants()]
    for name in ("CuDNNGRU", "CuDNNLSTM"):
        layer = Call(name, {"units": n}, SEQUENCE)
        found[name] = [layer]
        found["Bidirectional"].append(Call("Bidirectional", {"layer": layer}, SEQUENCE))
    cells = [Call("GRUCell", {"units": n}), Call("LSTMCell", {"units": p})]
    found["StackedRNNCells"] = [Call("StackedRNNCells", {"cells": cells}, VECTOR)]
    return found


def normalizations() -> dict[str, list[Call]]:
    """What centres and scales."""
    trained = {"center": BOTH, "scale": BOTH}
    layer = {**trained, "rms_scaling": Either(LEFT_OUT, True)}
    return {
        "BatchNormalization": [Call("BatchNormalization", {**trained, "renorm": BOTH}, (None, c))],
        "LayerNormalization": [
            Call("LayerNormalization", layer, (None, c)),
            Call("LayerNormalization", {"axis": [1, 2]}, (None, c, d)),
        ],
        "GroupNormalization": [
            Call("GroupNormalization", {"groups": g, **trained}, (None, None, c), letters={"c": g * i}),
            Call("GroupNormalization", {"groups": -1}, (None, None, c)),
        ],
        "RMSNormalization": [
            Call("RMSNormalization", {}, (None, c)),
            Call("RMSNormalization", {"axis": [1, 2]}, (None, c, d)),
        ],
        "Normalization": [
            Call("Normalization", {}, (None, c)),
            Call("Normalization", {"axis": (1, 2)}, (None, c, d)),
            Call("Normalization", {"axis": None}, (None, c)),
            Call("Normalization", {"mean": 0.0, "variance": 1.0}, (None, c)),
        ],
        "SpectralNormalization": [
            Call("SpectralNormalization", {"layer": Call("Dense", {"units": n, **bias})}, VECTOR)
            for bias in ({}, {"use_bias": False})
        ]
        + [
            Call("SpectralNormalization", {"layer": Call("Conv2D", {"filters": f, "kernel_size": (a, b)})}, image(2, c)),
            Call("SpectralNormalization", {"layer": Call("Embedding", {"input_dim": V, "output_dim": d})}, (None, None)),
        ],
    }


def attention() -> dict[str, list[Call]]:
    """Attention, without heads and with them."""
    three: list[OpenShape] = [(None, None, d), (None, None, m_v), (None, None, m_k)]
    heads = {"num_heads": h, "key_dim": d_k, **BIAS, "use_gate": BOTH}
    grouped = {"head_dim": d_k, "num_query_heads": h, "num_key_value_heads": g, **BIAS, "use_gate": BOTH}
    return {
        "Attention": [
            Call("Attention", {"use_scale": BOTH, "score_mode": Either("dot", "concat")}, [(None, None, d), (None, None, d)])
        ],
        "AdditiveAttention": [Call("AdditiveAttention", {"use_scale": BOTH}, [(None, None, d), (None, None, d)])],
        "MultiHeadAttention": [
            Call("MultiHeadAttention", heads, [(None, None, d)] * 2),
            Call("MultiHeadAttention", {**heads, "value_dim": d_v, "output_shape": d_o}, three),
        ],
        "GroupQueryAttention": [
            Call("GroupQueryAttention", grouped, [(None, None, d)] * 2, letters={"h": g * i}),
            Call("GroupQueryAttention", grouped, [(None, None, d), (None, None, d), (None, None, m_k)], letters={"h": g * i}),
        ],
    }


def matrices() -> dict[str, list[Call]]:
    """Matrices, tables, and what they become when they are adapted or quantized."""
    dense, table = {"units": n, **BIAS}, {"input_dim": V, "output_dim": d}
    words = (None, None)
    matrix = {"equation": "ab,bc->ac", "output_shape": n}
    heads = {"equation": "abc,cde->abde", "output_shape": (None, h, d)}
    return {
        "Dense": [
            Call("Dense", {**dense, **LORA}, VECTOR),
            Call("Dense", {**dense, **INT8}, VECTOR),
            Call("Dense", {**dense, **INT4}, VECTOR, classes={"n": 2}),
            Call("Dense", {**dense, **FLOAT8}, VECTOR),
            Call("Dense", {**dense, **BLOCKS}, VECTOR, classes={"m": 4, "n": 2}),
        ],
        "EinsumDense": [
            Call("EinsumDense", {**matrix, "bias_axes": Either(None, "c"), **LORA}, VECTOR),
            Call("EinsumDense", {**heads, "bias_axes": Either(None, "d", "de")}, (None, None, m)),
            Call("EinsumDense", {**matrix, "bias_axes": "c", **INT8}, VECTOR),
        ],
        "Embedding": [
            Call("Embedding", {**table, **LORA}, words),
            Call("Embedding", {**table, **INT8}, words),
            Call("Embedding", {**table, **INT4}, words, classes={"d": 2}),
        ],
        "ReversibleEmbedding": [
            Call("ReversibleEmbedding", {**table, "tie_weights": BOTH}, words),
            Call("ReversibleEmbedding", {**table, **LORA}, words),
            Call("ReversibleEmbedding", {**table, "tie_weights": BOTH, **INT8}, words),
        ],
        "TimeDistributed": [
            Call("TimeDistributed", {"layer": Call("Dense", {"units": n, **bias})}, SEQUENCE) for bias in ({}, {"use_bias": False})
        ],
    }


def others() -> dict[str, list[Call]]:
    """The rest."""
    return {
        "PReLU": [
            Call("PReLU", {}, (None, c)),
            Call("PReLU", {}, (None, a, b, c)),
            Call("PReLU", {"shared_axes": [1, 2]}, (None, None, None, c)),
        ],
        "STFTSpectrogram": [
            Call(
                "STFTSpectrogram",
                {
                    "mode": Either("log", "stft", "real", "imag"),
                    "frame_length": l,
                    "frame_step": 1,
                    "fft_length": f,
                    "window": None,
                },
                (None, None, c),
                classes={"f": 2},
                rising=("l", "f"),
            )
        ],
    }


@cache
def calls() -> dict[str, list[Call]]:
    """All of them, by class."""
    found = matrices() | recurrent() | convolutions(1) | convolutions(2) | convolutions(3)
    return found | normalizations() | attention() | others()
