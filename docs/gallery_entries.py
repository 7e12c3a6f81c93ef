"""The formulas of the gallery: a title, and the Python of each, whose imports and letters are written for it."""

from __future__ import annotations

import ast

from symparams import Formula, compare, from_huggingface, keras, symbols
from symparams.core.formula import formula_of_expression
from symparams.keras import v1
from symparams.torch import nn

IMPORTS = {
    "compare": "from symparams import compare",
    "from_huggingface": "from symparams import from_huggingface",
    "keras": "from symparams import keras",
    "v1": "from symparams.keras import v1",
    "nn": "from symparams.torch import nn",
}
NAMES = {"compare": compare, "from_huggingface": from_huggingface, "keras": keras, "v1": v1, "nn": nn}

GALLERY: dict[str, dict[str, str]] = {
    "Dense layers and embeddings": {
        "A dense layer": "nn.Linear(m, n).count",
        "Two layers, with a bottleneck of r": "nn.Sequential(nn.Linear(d, r, bias=False), nn.Linear(r, d, bias=False)).count",
        "A perceptron with L hidden layers": "nn.Sequential(nn.Linear(m, n), (L - 1)*nn.Linear(n, n), nn.Linear(n, k)).count",
        "A bilinear layer": "nn.Bilinear(m, l, n).count",
        "An embedding": "nn.Embedding(V, d).count",
        "Dense with LoRA, in Keras": "keras.layers.Dense(n, lora_rank=r).count",
    },
    "Recurrent layers": {
        "A simple recurrent layer": "keras.layers.SimpleRNN(n).count",
        "LSTM": "keras.layers.LSTM(n).count",
        "LSTM of PyTorch, with a second bias": "nn.LSTM(m, n).count",
        "LSTM with a projection to p": "nn.LSTM(m, n, proj_size=p).count",
        "L layers of LSTM, in both directions": "nn.LSTM(m, n, num_layers=L, bidirectional=True).count",
        "GRU": "keras.layers.GRU(n).count",
        "GRU with one bias": "keras.layers.GRU(n, reset_after=False).count",
        "A bidirectional LSTM": "keras.layers.Bidirectional(keras.layers.LSTM(n)).count",
        "A convolutional LSTM": "keras.layers.ConvLSTM2D(f, (a, b)).count",
    },
    "Convolutions": {
        "A convolution": "nn.Conv2d(c, f, (a, b)).count",
        "In groups": "nn.Conv2d(c, f, (a, b), groups=g).count",
        "Depthwise": "keras.layers.DepthwiseConv2D((a, b)).count",
        "Separable": "keras.layers.SeparableConv2D(f, (a, b)).count",
        "A convolution with batch normalization": "nn.Sequential(nn.Conv2d(c, f, 3, bias=False), nn.BatchNorm2d(f)).count",
        "Not shared between places": "v1.layers.LocallyConnected2D(f, (a, b)).count",
    },
    "Normalization": {
        "Batch normalization, with its moving moments": "keras.layers.BatchNormalization().count",
        "The part of it that is trained": "keras.layers.BatchNormalization().trainable_count",
        "Layer normalization": "nn.LayerNorm(d).count",
        "RMS normalization": "nn.RMSNorm(d).count",
    },
    "Attention and Transformers": {
        "Attention": "nn.MultiheadAttention(d, h).count",
        "With heads of width e, in Keras": "keras.layers.MultiHeadAttention(h, e).count",
        "With g heads of key and value": "keras.layers.GroupQueryAttention(e, h, g).count",
        "A layer of an encoder": "nn.TransformerEncoderLayer(d, h, f).count",
        "A layer of a decoder": "nn.TransformerDecoderLayer(d, h, f).count",
        "An encoder of L layers": "(L*nn.TransformerEncoderLayer(d, h, 4*d)).count",
        "E experts and a router": "nn.Sequential(nn.Linear(d, E, bias=False), E*nn.Sequential(nn.Linear(d, f), nn.Linear(f, d))).count",
    },
    "Published models": {
        "GPT-2": 'from_huggingface("gpt2").count',
        "BERT": 'from_huggingface("bert-base-uncased").count',
        "T5": 'from_huggingface("t5-base").count',
        "ViT": 'from_huggingface("vit-base-patch16-224").count',
        "Llama 2": 'from_huggingface("llama-2-7b").count',
        "Llama 3, with fewer heads of key and value": 'from_huggingface("llama-3-8b").count',
        "Mixtral": 'from_huggingface("mixtral-8x7b").count',
        "DeepSeek-V3": 'from_huggingface("deepseek-v3").count',
        "Mamba": 'from_huggingface("mamba-130m").count',
    },
    "More than a count": {
        "Parameters of Mixtral that one token uses": 'from_huggingface("mixtral-8x7b").active()',
        "KV cache of Llama 3, in elements per token": 'from_huggingface("llama-3-8b").kv_cache()',
        "KV cache of DeepSeek-V3": 'from_huggingface("deepseek-v3").kv_cache()',
        "LoRA on the query and value of Llama 2": 'from_huggingface("llama-2-7b").lora(r)',
        "GPT-2 without its embeddings": 'from_huggingface("gpt2").without("embeddings")',
    },
    "Differences": {
        "From Keras's LSTM to PyTorch's": "compare(keras.layers.LSTM(n), nn.LSTM(m, n)).total",
        "From LSTM to GRU": "compare(keras.layers.LSTM(n), keras.layers.GRU(n)).total",
        "From Keras's LSTM to cuDNN's, in both directions": (
            "compare(keras.layers.Bidirectional(keras.layers.LSTM(n)), keras.layers.Bidirectional(v1.layers.CuDNNLSTM(n))).total"
        ),
    },
}


def script(python: str) -> str:
    """The Python of an entry as a script of its own: with what it imports, and its letters."""
    used = names_in(python)
    letters = sorted(set(used) - set(NAMES))
    lines = [IMPORTS[name] for name in NAMES if name in used]
    if letters:
        lines = ["from symparams import symbols", *lines, "", f'{", ".join(letters)} = symbols("{" ".join(letters)}")']
    return "\n".join([*lines, f"print({python})"])


def formula(python: str) -> Formula:
    """The formula of an entry."""
    letters = {name: symbols(name) for name in names_in(python) if name not in NAMES}
    made = eval(python, NAMES | letters)
    return made if isinstance(made, Formula) else formula_of_expression(made)


def names_in(python: str) -> list[str]:
    return [node.id for node in ast.walk(ast.parse(python)) if isinstance(node, ast.Name)]
