"""Calls in letters of every class of ``torch.nn`` that has parameters, with each option that changes a formula."""

from __future__ import annotations

from functools import cache

from ...core.calls import LEFT_OUT, Call, Either
from ...core.sizes import symbols

a, b, c, d, e, f, g, h, k, l, m, n, p = symbols("a b c d e f g h k l m n p")
L, K, V, m_k, m_v = symbols("L K V m_k m_v")
i, o = symbols("i o")  # channels of each group, of the input and of the output; or classes of each cluster

BOTH = Either(True, False)
BIAS = {"bias": BOTH}
WINDOWS = {1: (k,), 2: (a, b), 3: (a, b, e)}
LENGTH = 40  # of the places of an image that a Lazy class is shown: no shorter than a window


def matrices() -> dict[str, list[Call]]:
    """Matrices and tables."""
    table = {"num_embeddings": V, "embedding_dim": d}
    return {
        "Linear": [Call("Linear", {"in_features": m, "out_features": n, **BIAS})],
        "LazyLinear": [Call("LazyLinear", {"out_features": n, **BIAS}, (2, m))],
        "Bilinear": [Call("Bilinear", {"in1_features": m, "in2_features": l, "out_features": n, **BIAS})],
        "PReLU": [Call("PReLU", {"num_parameters": Either(LEFT_OUT, c)})],
        "Embedding": [Call("Embedding", table)],
        "EmbeddingBag": [Call("EmbeddingBag", table)],
        "LinearCrossEntropyLoss": [
            Call("LinearCrossEntropyLoss", {"in_features": m, "num_classes": k, "out_features": Either((), (a,)), **BIAS})
        ],
        "AdaptiveLogSoftmaxWithLoss": [
            Call(
                "AdaptiveLogSoftmaxWithLoss",
                {"in_features": d, "n_classes": V, "cutoffs": [a, b], "div_value": by, "head_bias": BOTH},
                letters={"b": a + i, "V": a + i + o},
                classes={"d": int(by**2)},
            )
            for by in (2.0, 4.0)
        ],
    }


def recurrent() -> dict[str, list[Call]]:
    """Recurrences of one layer and of any number of them, and their cells."""
    sizes = {"input_size": m, "hidden_size": n}
    options = {"num_layers": Either(LEFT_OUT, L), **BIAS, "bidirectional": BOTH}
    found = {name: [Call(name, {**sizes, **options})] for name in ("RNN", "GRU", "LSTM")}
    found["LSTM"].append(Call("LSTM", {**sizes, "proj_size": p, **options}, rising=("p", "n")))
    found["RNNBase"] = [Call("RNNBase", {"mode": Either("RNN_TANH", "RNN_RELU", "GRU", "LSTM"), **sizes, **BIAS})]
    found |= {name: [Call(name, {**sizes, **BIAS})] for name in ("RNNCell", "GRUCell", "LSTMCell")}
    return found | {"RNNCellBase": [Call("RNNCellBase", {**sizes, "num_chunks": g, **BIAS})]}


def convolutions(rank: int) -> dict[str, list[Call]]:
    """The convolutions over so many axes, plain and transposed, and those that wait for their input."""
    found: dict[str, list[Call]] = {}
    plain = {"out_channels": f, "kernel_size": WINDOWS[rank], **BIAS}
    for name in (f"Conv{rank}d", f"ConvTranspose{rank}d"):
        arguments = {"in_channels": c, **plain}
        grouped = Call(name, {**arguments, "groups": g}, letters={"c": g * i, "f": g * o})
        found[name] = [Call(name, arguments), grouped]
        found[f"Lazy{name}"] = [Call(f"Lazy{name}", plain, (2, c, *(LENGTH,) * rank))]
    return found


def normalizations() -> dict[str, list[Call]]:
    """What centres and scales."""
    tracked = {"affine": BOTH, **BIAS, "track_running_stats": BOTH}
    names = [f"{kind}{rank}d" for kind in ("BatchNorm", "InstanceNorm") for rank in (1, 2, 3)]
    found = {name: [Call(name, {"num_features": c, **tracked})] for name in (*names, "SyncBatchNorm")}
    for name in names:
        found[f"Lazy{name}"] = [Call(f"Lazy{name}", {"affine": BOTH}, (2, c, *(LENGTH,) * int(name[-2])))]
    for name, more in (("LayerNorm", BIAS), ("RMSNorm", {})):
        shapes = Either(c, (c, d), (a, b, c))
        found[name] = [Call(name, {"normalized_shape": shapes, "elementwise_affine": BOTH, **more})]
    groups = {"num_groups": g, "num_channels": c, "affine": BOTH, **BIAS}
    return found | {"GroupNorm": [Call("GroupNorm", groups, letters={"c": g * i})]}


def attention() -> dict[str, list[Call]]:
    """Attention and what is made of it. The heads share out the width, which is ``h*e``."""
    width = {"d": e * h}
    heads = {"embed_dim": d, "num_heads": h, **BIAS, "add_bias_kv": BOTH}
    layer = {"d_model": d, "nhead": h, "dim_feedforward": f}
    found = {
        "MultiheadAttention": [
            Call("MultiheadAttention", {**heads, **others}, letters=width, unless=same)
            for others, same in (
                ({}, {}),
                ({"kdim": d, "vdim": d}, {}),  # PyTorch keeps one matrix of three where all are the same, whoever says so
                ({"kdim": m_k}, {"m_k": d}),
                ({"vdim": m_v}, {"m_v": d}),
                ({"kdim": m_k, "vdim": m_v}, {"m_k": d, "m_v": d}),
            )
        ]
    }
    for side in ("Encoder", "Decoder"):
        name = f"Transformer{side}Layer"
        norm = Either(LEFT_OUT, Call("LayerNorm", {"normalized_shape": d}))
        stack = {f"{side.lower()}_layer": Call(name, layer), "num_layers": L, "norm": norm}
        found[name] = [Call(name, {**layer, **BIAS}, letters=width)]
        found[f"Transformer{side}"] = [Call(f"Transformer{side}", stack, letters=width)]
    whole = {**layer, "num_encoder_layers": L, "num_decoder_layers": K, **BIAS}
    return found | {"Transformer": [Call("Transformer", whole, letters=width)]}


@cache
def calls() -> dict[str, list[Call]]:
    """All of them, by class."""
    found = matrices() | recurrent() | convolutions(1) | convolutions(2) | convolutions(3)
    return found | normalizations() | attention()
