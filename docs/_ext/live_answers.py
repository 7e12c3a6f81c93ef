"""What the live page answers before its Python is up: the examples, and every layer in letters, as the library answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symparams.catalogue import whole_catalogue
from symparams.cli.live_page import FORMS, answer
from symparams.core.signatures import REQUIRED
from symparams.keras import table as keras_table
from symparams.torch import signature as torch_signature
from symparams.torch.table import every_row as every_torch_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
        "title": "Why do two differ?",
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
)


def known() -> dict[str, Any]:
    """The examples, the answers by question, and the formula of each layer by name."""
    answers = {}
    for model, other, sizes in questions():
        found = answer(model, other, sizes, FORMS)
        if "error" not in found:
            answers[question_key(model, other, sizes)] = found
    return {"examples": EXAMPLES, "answers": answers, "layers": dict(formulas()), "forms": FORMS}


def question_key(model: str, other: str, sizes: Mapping[str, str]) -> str:
    """What a question is found by: its texts without the spaces, and its sizes. ``live.js`` makes the same."""
    return "\n".join(["".join(model.split()), "".join(other.split()), *(f"{name}={sizes[name]}" for name in sorted(sizes))])


def questions() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for example in EXAMPLES:
        yield example["model"], example["other"], example["sizes"]
        yield example["model"], example["other"], {}
    for name, entry, arguments in classes():
        required = [argument for argument, default in arguments.items() if default is REQUIRED]
        fields = entry.layer.fields
        letters = [fields[each].letter if each in fields else each[0] for each in required]
        if len(set(letters)) == len(letters):
            yield f"{name}({', '.join(letters)})", "", {}


def formulas() -> Iterator[tuple[str, dict[str, str]]]:
    """The closed form of each class in the letters of its paper."""
    for name, entry, arguments in classes():
        count = entry.symbolic(arguments).count
        yield name, {"formula": count.text(), "latex": count.latex()}


def classes() -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """Every class with weights, by the name that a text calls it by: Keras's newest, and PyTorch's where Keras has none."""
    whole_catalogue()
    seen = set()
    for version, row, entry in sorted(keras_table.classes_with_weights(), key=lambda its: its[0], reverse=True):
        if row.name not in seen:
            seen.add(row.name)
            yield row.name, entry, keras_table.defaults(version, row)
    for name, row in every_torch_row().items():
        if row.entry is not None:
            arguments = torch_signature.signature(name).known
            yield f"nn.{name}", row.entry, arguments
            if name not in seen:
                yield name, row.entry, arguments
