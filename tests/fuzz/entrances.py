"""Every entrance for what a stranger can give: a function of a text or of bytes, seeds, and the words that its texts are made of."""

from __future__ import annotations

import contextlib
import io
import json
import struct
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from symparams import (
    check,
    from_huggingface,
    from_jax,
    from_keras,
    from_onnx,
    from_summary,
    from_torch,
    latex,
    reconcile,
    solve,
    symbols,
)
from symparams.cli import Arguments, main
from symparams.cli.models import model_of
from symparams.core.letter_expressions import expression_of
from symparams.huggingface.files import shapes_in
from symparams.keras import Input, Sequential
from symparams.keras.layers import LSTM, Dense, EinsumDense
from symparams.layers import LSTM as PAPER_LSTM
from symparams.tables.formats import FORMATS
from tests.fuzz.watch import FOLDER
from tests.onnx.onnx_files import INT64, model, node, tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

n, m = symbols("n m")
MODEL = Sequential([Input((64, m)), LSTM(n), Dense(3)])
COUNT = PAPER_LSTM(m, n).count


EXPLAINED = 6  # of so many tables one is explained, in one format: that takes ten times as long as reading it


class Entrance(NamedTuple):
    """One entrance. ``words`` are put between and in place of parts of the seeds."""

    enter: Callable[[str], object]
    seeds: Sequence[str]
    words: Sequence[str]


NUMBERS = [
    "0",
    "-1",
    "1",
    "2",
    "64",
    "65",
    "0.5",
    "1e400",
    "nan",
    "1_0",
    "0x1f",
    "9" * 31,
    "9" * 4001,
    "9" * 4400,
    "-9223372036854775809",
    "²",
    "٣",
]
SIGNS = [
    *"()[]{}+-*/^%,.:;=<>!&|~@#$\\'\"`_? \n\t\r\x00\x1b",
    "**",
    "//",
    "(((((",
    ")))))",
    "[[[[",
    "{{{{",
    "\ud800",
    "\u202e",
    "é",
    "\U0001d427",
    "\ufb01",
]


# ---------------------------------------------------------------- texts
def every_output(thing: object) -> None:
    for written in ("count", "output_shape", "notes", "assumed"):
        with contextlib.suppress(AttributeError):
            repr(getattr(thing, written))
    if hasattr(thing, "count"):
        str(thing.count)
        latex(thing.count)


def enter_model(text: str) -> None:
    arguments = Arguments()
    every_output(model_of(arguments, text))


def enter_summary(text: str) -> None:
    answer = from_summary(text)
    repr(answer)
    number = crc32(text.encode("utf-8", "replace"))
    if number % EXPLAINED == 0:
        [*FORMATS.values()][number // EXPLAINED % len(FORMATS)](answer)


def enter_command(text: str) -> None:
    words = [word.replace("\x00", "") for word in text.split("\x1f")]
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.suppress(SystemExit):
        status = main(words)
        assert status in (0, 1, 2)
    assert "please report" not in out.getvalue(), out.getvalue()


def enter_tree(text: str) -> None:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return
    every_output(from_jax(tree))


# ---------------------------------------------------------------- files; each character of a text is a byte
def as_file(name: str, read: Callable[[Path], object], text: str, encoding: str = "latin-1") -> None:
    path = Path(FOLDER) / name
    path.write_bytes(text.encode(encoding, "replace"))
    read(path)


def enter_archive(text: str) -> None:
    path = Path(FOLDER) / "model.keras"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")  # of a name given twice
        for part in text.split("\x1f"):
            name, _, content = part.partition("\x1e")
            with contextlib.suppress(ValueError):
                archive.writestr(name.replace("\x00", "")[:50] or "x", content.encode("utf-8", "replace"))
    every_output(from_keras(path))


def enter_damaged_archive(text: str) -> None:
    as_file("damaged.keras", lambda path: every_output(from_keras(path)), text)


def zipped(files: dict[str, str]) -> str:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue().decode("latin-1")


def header(tensors: dict[str, object]) -> str:
    inside = json.dumps(tensors)
    return struct.pack("<Q", len(inside)).decode("latin-1") + inside


def onnx() -> str:
    tensors = [tensor("a.weight", (4, 3)), tensor("onnx::MatMul_1", (3, 2), packed=True), tensor("i", (2,), data_type=INT64)]
    return model(tensors, [node("MatMul", ["x", "onnx::MatMul_1"], "/a/MatMul"), node("Add", ["x", "a.weight"])]).decode("latin-1")


def arrays() -> str:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, shape in {"a/kernel": "(3, 4)", "a/bias": "(4,)"}.items():
            described = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"
            start = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(described) + 1)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), start + described.encode() + b"\n" + bytes(48))
    return out.getvalue().decode("latin-1")


def gguf() -> str:
    key = struct.pack("<Q", 4) + b"arch" + struct.pack("<I", 8) + struct.pack("<Q", 5) + b"llama"
    tensor = struct.pack("<Q", 3) + b"a.w" + struct.pack("<I", 2) + struct.pack("<QQ", 4, 3) + struct.pack("<IQ", 0, 0)
    return (b"GGUF" + struct.pack("<IQQ", 3, 1, 1) + key + tensor).decode("latin-1")


KERAS = json.dumps({
    "class_name": "Functional",
    "config": {
        "name": "f",
        "layers": [
            {"class_name": "InputLayer", "name": "x", "config": {"name": "x", "batch_shape": [None, 8, 3], "dtype": "float32"}, "inbound_nodes": []},
            {"class_name": "LSTM", "name": "l", "config": {"name": "l", "units": 4, "return_sequences": True}, "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [None, 8, 3], "dtype": "float32", "keras_history": ["x", 0, 0]}}], "kwargs": {}}]},
            {"class_name": "Dense", "name": "d", "config": {"name": "d", "units": 2}, "inbound_nodes": [[["l", 0, 0, {}]]]},
        ],
        "input_layers": [["x", 0, 0]], "output_layers": [["d", 0, 0]],
    },
    "keras_version": "3.15.0",
})  # fmt: skip
SEQUENTIAL = json.dumps({
    "class_name": "Sequential",
    "config": {"name": "s", "layers": [
        {"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [None, 8, 8, 3]}},
        {"class_name": "Conv2D", "config": {"name": "c", "filters": 4, "kernel_size": [3, 3], "strides": [2, 2], "padding": "same"}},
        {"class_name": "TimeDistributed", "config": {"name": "t", "layer": {"class_name": "Dense", "config": {"name": "d", "units": 3}}}},
        {"class_name": "Lambda", "config": {"name": "f", "function": ["4wEA", None, None]}},
    ]},
})  # fmt: skip
LLAMA = json.dumps({
    "model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 100, "hidden_size": 16, "num_hidden_layers": 2,
    "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 32, "tie_word_embeddings": False, "head_dim": None,
})  # fmt: skip
MIXED = json.dumps({
    "model_type": "qwen2_moe", "vocab_size": 100, "hidden_size": 16, "num_hidden_layers": 3, "num_attention_heads": 4, "decoder_sparse_step": 1,
    "moe_intermediate_size": 8, "shared_expert_intermediate_size": 8, "num_experts": 4, "intermediate_size": 32, "mlp_only_layers": [1],
})  # fmt: skip
JSON_WORDS = [
    *NUMBERS, '"', ",", ":", "{", "}", "[", "]", "null", "true", "-", '{"a":1,"a":2}', "[[[[[[", '{"a":{"a":{"a":', '"units"', '"class_name"', '"config"',
    '"layer"', '"layers"', '"Bidirectional"', '"Embedding"', '"MultiHeadAttention"', '"Functional"', '"Sequential"', '"__keras_tensor__"', '"keras_history"',
    '"\\ud800"', "NaN", "Infinity", "1e999", '"' + "x" * 300 + '"', '"num_hidden_layers"', '"hidden_size"', '"quantization_config"', '"auto_map"', "[1,2]", "[]", "{}",
]  # fmt: skip
MODEL_WORDS = [
    *SIGNS, *NUMBERS, "Dense", "LSTM", "GRU", "Sequential", "Input", "Model", "Bidirectional", "TimeDistributed", "Conv2D", "Embedding", "Flatten", "Reshape",
    "MultiHeadAttention", "nn.", "nn.Linear", "nn.Sequential", "nn.LSTM", "nn.Transformer", "nn.MultiheadAttention", "keras.v1.layers.", "torch.", "keras.ops.", "(n)", "[n]",
    "n", "m", "n**64", "(a+b+c+d)", "**2", "//", "units=", "name=", "use_bias=False", "None", "True", "lambda: 0", "for x in y", "if n else", "*x", "**x", "f''", "...",
    "x = ", "import os", "model.add(", "model = ", "__import__('os')", "open('x','w')", "exec('1')", ".__class__", "2*", "return_sequences=True", "padding='same'", "strides=n",
]  # fmt: skip
FORMULA_WORDS = [
    *SIGNS,
    *NUMBERS,
    "n",
    "m",
    "nm",
    r"\frac{n}{m}",
    r"\left(",
    r"\right)",
    r"\text{in}",
    r"\cdot",
    r"d_{model}",
    r"\alpha",
    "n^2",
    "^{64}",
    "²",
    "₁",
    "= 12",
    "P =",
    "$$",
]
TABLE = """Model: "sequential"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 lstm (LSTM)                 (None, 64, 16)            2048

 time_distributed (TimeDistr  (None, 64, 3)            51
 ibuted)

 dense (Dense)               (None, 64, 5)             20
=================================================================
Total params: 2,119 (8.28 KB)
Trainable params: 2,119 (8.28 KB)
Non-trainable params: 0 (0.00 Byte)
"""
TORCHINFO = """==========================================================================================
Layer (type:depth-idx)                   Output Shape              Param #
==========================================================================================
Net                                      [1, 10]                   --
├─Conv2d: 1-1                            [1, 6, 24, 24]            156
├─Sequential: 1-2                        [1, 10]                   --
│    └─Linear: 2-1                       [1, 10]                   34,570
==========================================================================================
Total params: 34,726
"""
PRINTED = """Net(
  (conv): Conv2d(3, 6, kernel_size=(5, 5), stride=(1, 1))
  (seq): Sequential(
    (0): Linear(in_features=3, out_features=4, bias=True)
    (1): MultiheadAttention(
      (out_proj): NonDynamicallyQuantizableLinear(in_features=8, out_features=8, bias=True)
    )
  )
  (2-3): 2 x LSTM(3, 4, batch_first=True)
)
"""
TABLE_WORDS = [
    *SIGNS, *NUMBERS, "====", "____", "----", "─", "│", "├─", "└─", "━", "┃", "\n\n", "Layer (type)", "Output Shape", "Param #", "Total params:", "(Dense)", "(LSTM)",
    "(None, 3)", "[1, 3]", "Linear(in_features=3, out_features=4, bias=True)", "(0): ", "  ", "Connected to", "depth-idx", "1-1", "Trainable", "Model: \"x\"", "ibuted)", "--",
]  # fmt: skip

ENTRANCES: dict[str, Entrance] = {
    "a model as text": Entrance(enter_model, [
        "Sequential([Input((64, m)), Bidirectional(GRU(n)), Dense(k)])", "2*LSTM(n)", "MultiHeadAttention(h, d//h)", "nn.Sequential(nn.Linear(3, n), nn.LayerNorm((n, 4)))",
        "Sequential([Input((h, w, 3)), Conv2D(f, 3, strides=2, padding='same'), Flatten(), Dense((a+b)**4)])", "Dense(3, name='x')(Input((4,)))",
        "x = Input((64, m))\ny = LSTM(n)(x)\nmodel = Model(x, y)", "model = Sequential()\nmodel.add(Input((3,)))\nmodel.add(Dense(4))", "Embedding(V, d) + Dense(n)", LLAMA, KERAS, TABLE,
    ], MODEL_WORDS),
    "a formula": Entrance(lambda text: check(text, MODEL).explain(), [
        "4*(n*m + n**2 + n) + 3*n + 3", r"$4 \times [n(m+1)+n^2] + 3(n+1)$", r"\frac{n}{2}\left(m + 1\right)", "P = 4n(m+n+1) = 2048", "12Ld^2", "number of units * 3",
    ], FORMULA_WORDS),
    "a key of letters": Entrance(expression_of, ["3*d", "T + 2", "d/h", "2*(d + 1)**2", "-n"], FORMULA_WORDS),
    "LaTeX for a letter": Entrance(lambda text: latex(COUNT, names={"n": text}), [r"d_{\text{model}}", r"\hat{n}", "N", r"\mathbf{x}_{t}", r"n'"], [
        *SIGNS, r"\hat{", r"\text{", r"\mathrm{", r"\input{x}", r"\write18{x}", "_{", "^{", r"\alpha", "{" * 100, "}" * 100, r"\hat{" * 400, "%", "$",
    ]),
    "a number as text": Entrance(lambda text: (COUNT.at(m=3, n=text), reconcile(PAPER_LSTM(3, 4), text)), ["300", "124M", "1,442,400", "1.5 k", "12_000", "~5M"], [*NUMBERS, *SIGNS, "k", "M", "B", "%"]),
    "a reported number": Entrance(lambda text: reconcile(PAPER_LSTM(3, 4), text).explain(), ["128", "0.1 k", "~130", "512 B", "128 parameters"], [*NUMBERS, *SIGNS, "k", "MB", "GiB", "params"]),
    "sizes as text": Entrance(lambda text: solve(COUNT, equals=text, given={"m": text}), ["300", "124M"], [*NUMBERS, *SIGNS]),
    "names of letters": Entrance(symbols, ["m n", "d_model, n"], [*SIGNS, *NUMBERS, "n", "x" * 101]),
    "an equation": Entrance(lambda text: every_output(EinsumDense(text, (None, n), bias_axes="c")(Input((4, m)))), ["abc,cd->abd", "...x,xy->...y", "ab,bc->ac"], [*SIGNS, *"abcdxyz", "->", "...", ","]),
    "a printed table": Entrance(enter_summary, [TABLE, TORCHINFO, TABLE + TORCHINFO], TABLE_WORDS),
    "a printed module": Entrance(enter_summary, [PRINTED], TABLE_WORDS),
    "a saved Keras model": Entrance(lambda text: every_output(from_keras(text)), [KERAS, SEQUENTIAL], JSON_WORDS),
    "an archive": Entrance(enter_archive, [f"config.json\x1e{KERAS}\x1fmetadata.json\x1e{{\"keras_version\": \"3.15.0\"}}", f"config.json\x1e{SEQUENTIAL}"], [*JSON_WORDS, "\x1f", "\x1e", "config.json"]),
    "a damaged archive": Entrance(enter_damaged_archive, [zipped({"config.json": SEQUENTIAL, "metadata.json": "{}"})], ["PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "\x00", "\xff" * 4, "config.json"]),
    "a config": Entrance(lambda text: as_file("config.json", lambda path: every_output(from_huggingface(path)), text, "utf-8"), [LLAMA, MIXED], JSON_WORDS),
    "a header of safetensors": Entrance(lambda text: as_file("m.safetensors", lambda path: every_output(from_torch(path)), text), [
        header({"a.weight": {"dtype": "F32", "shape": [3, 4], "data_offsets": [0, 48]}, "a.bias": {"dtype": "F32", "shape": [3], "data_offsets": [48, 60]}}) + "\x00" * 60,
    ], [*JSON_WORDS, "\x00" * 8, "\xff" * 8, "data_offsets", "a.b.c", "weight_ih_l0"]),
    "a header of GGUF": Entrance(lambda text: as_file("m.gguf", shapes_in, text), [gguf()], ["GGUF", "\x00" * 8, "\xff" * 8, "\x01\x00\x00\x00\x00\x00\x00\x00", "\t\x00\x00\x00", "\x08\x00\x00\x00"]),
    "an ONNX file": Entrance(lambda text: as_file("m.onnx", lambda path: every_output(from_onnx(path)), text), [onnx()], ["\x00", "\x08\x08", "\x0a\x04", ":\x7f", "\xff" * 9 + "\x01", "\x10\x01", "B\x01a", "a.b.c"]),
    "an archive of arrays": Entrance(lambda text: as_file("m.npz", lambda path: every_output(from_jax(path)), text), [arrays()], ["PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "(3, 4)", "(", ",)", "'descr'", "'shape'", "__import__('os')", "True", *NUMBERS]),
    "a tree of arrays": Entrance(enter_tree, ['{"params": {"Dense_0": {"kernel": [3, 4], "bias": [4]}, "Dense_1": {"kernel": [4, 2]}}}', '{"a/b": {"w": [3, 4], "b": [4]}}'], [*JSON_WORDS, '"kernel"', '"scale"', '"LayerNorm_0"', '"a/b"', '"params"']),
    "a condition of a grid": Entrance(lambda text: COUNT.grid(m=[2, 3], n=[4, 5], where=text).number, ["n % m == 0", "2*m <= n <= 4*m and n != 3", "n**2 // m < 7"], [*FORMULA_WORDS, "and", "or", "<=", "==", "%", "//", "divides(m, n)"]),
    "an index": Entrance(lambda text: as_file("model.safetensors.index.json", shapes_in, text, "utf-8"), ['{"metadata": {}, "weight_map": {"a": "m.safetensors", "b": "../x.safetensors"}}'], [*JSON_WORDS, "../", "/etc/passwd", "weight_map"]),
    "a command line": Entrance(enter_command, [
        "count\x1fLSTM(n)\x1fm=15\x1fn=16\x1f--json", "compare\x1fLSTM(n)\x1fGRU(n)\x1f--format\x1fmarkdown", "check\x1f4*n*m\x1fLSTM(n)", "solve\x1fDense(n)\x1f--equals\x1f300\x1fm=3", "identify\x1f2400",
        "latex\x1fLSTM(n)\x1f--form\x1ffactored\x1f--name\x1fn=N\x1f--at\x1fm=3\x1fn=4", "growth\x1fDense(n)\x1fm=3", "reconcile\x1fLSTM(3)\x1f120\x1fm=4", "show\x1fGRU", "list\x1fConv", "models\x1fgpt",
        "sweep\x1fDense(n)\x1fm=3\x1fn=4..9\x1f--at-most\x1f20", "completion\x1fwords\x1f--\x1fco", "count\x1fx = Input((m,))\nModel(x, Dense(n)(x))", "prove\x1fkeras.layers.Dense", "import\x1fgpt2", "compare\x1fgpt2\x1fLSTM(n)",
    ], [*MODEL_WORDS, "\x1f", "\x1f--json", "\x1f--format\x1fcsv", "\x1f--form\x1fexpanded", "n=", "n=n", "--at", "--name", "--equals", "--nearest", "--within", "10%", "5M", "--help", "-", "--for", "n=1.5k"]),
}  # fmt: skip
