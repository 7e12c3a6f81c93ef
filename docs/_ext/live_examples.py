"""The examples of the live page."""

from __future__ import annotations

from typing import Any

PASTED = """\
Model: "sequential"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 embedding (Embedding)       (None, None, 300)         192000
 bidirectional (Bidirection  (None, 600)               1442400
 al)
=================================================================
Total params: 1634400 (6.23 MB)
Trainable params: 1634400 (6.23 MB)
Non-trainable params: 0 (0.00 Byte)
_________________________________________________________________
"""
EXAMPLES: tuple[dict[str, Any], ...] = (
    {"title": "One layer", "model": "LSTM(n)", "other": "", "sizes": {"m": "300", "n": "300"}},
    {
        "title": "A model",
        "model": "Sequential([\n    Input((64, m)),\n    Bidirectional(GRU(n, return_sequences=True)),\n    TimeDistributed(Dense(k)),\n])",
        "other": "",
        "sizes": {"k": "8", "m": "15", "n": "16"},
    },
    {
        "title": "Why do two models differ?",
        "model": "Bidirectional(LSTM(n))",
        "other": "Bidirectional(CuDNNLSTM(n))",
        "sizes": {"m": "300", "n": "300"},
    },
    {
        "title": "A pasted summary",
        "model": PASTED,
        "other": "Sequential([Embedding(640, 300), Bidirectional(CuDNNLSTM(300))])",
        "sizes": {},
    },
    {
        "title": "PyTorch",
        "model": "nn.TransformerEncoderLayer(d, h, f)",
        "other": "",
        "sizes": {"d": "512", "f": "2048"},
    },
    {
        "title": "A few lines of a script",
        "model": "x = Input((64, m))\ny = LSTM(n, return_sequences=True)(x)\ny = LSTM(n)(y)\nmodel = Model(x, Dense(k)(y))",
        "other": "",
        "sizes": {"k": "8", "m": "15", "n": "16"},
    },
    {
        "title": "A config.json",
        "model": '{"model_type": "llama", "num_key_value_heads": 8, "intermediate_size": 14336}',
        "other": "",
        "sizes": {},
    },
)
