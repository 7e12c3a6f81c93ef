"""Inputs that once hung, exploded or raised something foreign: the entrance, and the text."""

from __future__ import annotations

from tests.onnx.onnx_files import model as onnx_file
from tests.onnx.onnx_files import tensor

# A head in two lines, in which two columns have the same name.
HEAD_IN_PIECES = f"""Layer (typ         Output Shap:depth-idx)                   Output Shape              Param #
{"=" * 90}
Net                                      [1, 10]                   --
├─Seque: 1-2                             [1, 10]                  5 --
Total params: 34,726"""
ROWS_AND_GAPS = [  # of 4,900 characters in each line, and of empty lines
    "Layer (type)  Output Shape  Param #", *(f"dense_{place} (Dense)  (None, 10)  110{' ' * 4_860}" for place in range(120)),
    *(f"x{'_' * 4_900} x" for _ in range(20)), *("1" * 4_900 for _ in range(20)), *("(1, " * 1_200 for _ in range(8)), *("" for _ in range(600_000)),
    "Total params: 13,200",
]  # fmt: skip
ONE_LONG_AXIS = onnx_file([tensor("w", [0] * 1_000_000, packed=True)]).decode("latin-1")  # the shape of a tensor

FOUND: list[tuple[str, str]] = [
    ("a model as text", "Dense((a+b+c+d)**64)"),
    ("a model as text", f"Dense({'*'.join(f'(a{place}+1)' for place in range(30))})"),
    ("a model as text", "Dense(((n**64+1)**64+1)**64)"),
    ("a model as text", f"nn.LayerNorm(({', '.join(f'a{place}+b{place}' for place in range(16))}))"),
    ("a model as text", "LSTM(1if n else 2)"),
    ("a reported number", "1k"),  # whose only reading is in another unit
    ("a printed table", HEAD_IN_PIECES),
    ("a printed table", "\n".join(ROWS_AND_GAPS)),
    ("a printed table", "\n".join(ROWS_AND_GAPS[121:161])),
    ("a command line", "latex\x1fLSTM(n)\x1f--width\x1f²"),
    ("a command line", f"latex\x1fLSTM(n)\x1f--depth\x1f{'9' * 5000}"),
    ("a condition of a grid", "((((((n**16)**16)**16)**16)**16)**16) < 3"),
    ("a condition of a grid", "n**0161 > 3"),
    ("an ONNX file", ONE_LONG_AXIS),
    ("LaTeX for a letter", r"\hat{" * 1600 + "n" + "}" * 1600),
    (
        "a command line",
        f"latex\x1f--form\x1ffactored\x1fSequential([Input((a,)), {', '.join(f'Dense(n{place})' for place in range(60))}])",
    ),
]
