"""For each limit of symparams/_startup/limits.py, an input that is just over it."""

from __future__ import annotations

import json
import struct
import zipfile
from itertools import count
from typing import TYPE_CHECKING, Any

from symparams import (
    check,
    from_huggingface,
    from_jax,
    from_keras,
    from_onnx,
    from_summary,
    from_torch,
    identify,
    reconcile,
    solve,
    symbols,
)
from symparams._startup.limits import (
    ARCHIVE_MEMBERS,
    ARCHIVE_METADATA,
    ARRAYS_IN_A_TREE,
    CONDITION_EXPONENT,
    CONDITION_NESTING,
    CONDITION_TEXT,
    CONFIG_FILE,
    DIGITS,
    DIGITS_IN_FORMULA,
    EXPONENT,
    FORMULA_TEXT,
    INDEX_FILE,
    LETTER_EXPONENT,
    LETTER_NAME,
    LETTER_NESTING,
    LETTER_TEXT,
    MODEL_NAME,
    MODEL_TEXT,
    MODULES_IN_MODULES,
    NAMES_IN_A_STATE_DICT,
    NESTING,
    NESTING_OF_A_SIZE,
    NPZ_ARRAYS,
    NPZ_HEADER,
    NUMBER_IN_MODEL_TEXT,
    NUMBER_TO_IDENTIFY,
    ONNX_AXES,
    ONNX_FIELDS,
    ONNX_INITIALIZERS,
    ONNX_TEXT,
    PASTED_TEXT,
    REPORTED_TEXT,
    ROWS_OF_A_TABLE,
    SAVED_MODEL,
    SHARDS,
    SIZES_IN_A_LIST,
    STEPS_IN_A_NAME,
    STEPS_TO_AN_ARRAY,
    TERMS_OF_A_SIZE,
)
from symparams.cli.model_text import read_model
from symparams.core.letter_expressions import expression_of
from symparams.core.notation.factoring import factored_polynomial
from symparams.core.polynomial import of_size
from symparams.huggingface.files import shapes_in
from symparams.keras.layers import Dense
from symparams.layers import Dense as PaperDense
from symparams.torch import nn
from tests.onnx.onnx_files import model, tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Over = Callable[[Path], Any]

a, b, c, d, m, n = symbols("a b c d m n")


def letters(many: int) -> list[Any]:
    return [symbols(f"x{place}") for place in range(many)]


def floors(deep: int) -> Any:
    size = n
    for place in range(deep):
        size = (size + place) // 3
    return size


def shared(deep: int) -> Any:
    """A size in which each level has the one below twice."""
    size = n
    for place in range(deep):
        size = (size + size // (place + 2)) // 3
    return size


def product(factors: list[Any]) -> Any:
    made = 1
    for each in factors:
        made = made * each
    return made


# ---------------------------------------------------------------- files
def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def sparse(path: Path, size: int) -> Path:
    """A file of that many bytes that takes no place on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def archive(path: Path, members: int = 0, metadata: int = 0, ending: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("config.json", json.dumps({"class_name": "Sequential", "config": {"name": "s", "layers": []}}))
        made.writestr("metadata.json", json.dumps({"keras_version": "3" + " " * metadata}))
        for place in range(members):
            made.writestr(f"{place}{ending}", "")
    return path


def npz(path: Path, start: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("w.npy", start)
    return path


def onnx_file(folder: Path, tensors: list[bytes], nodes: Sequence[bytes] = ()) -> Path:
    path = folder / "m.onnx"
    path.write_bytes(model(tensors, nodes))
    return path


def inside_dicts(inside: Any, deep: int) -> Any:
    for _ in range(deep):
        inside = {"a": inside}
    return inside


def grid(condition: str) -> Any:
    return PaperDense(3, n).count.grid(n=range(2, 9), where=condition).number


def gguf(path: Path, tensors: int = 0, values: int = 0, inside: bytes = b"") -> Path:
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, tensors, values) + inside)
    return path


def saved(inside: dict[str, Any], deep: int) -> dict[str, Any]:
    """A saved Keras model around another, that many times."""
    for place in range(deep):
        inside = {"class_name": "Sequential", "config": {"name": f"s{place}", "layers": [inside]}}
    return inside


def used_again(levels: int) -> dict[str, Any]:
    """Models that each use the one before twice: 2 to the power of ``levels`` calls of layers."""
    model = {"class_name": "Dense", "name": "dense", "config": {"name": "dense", "units": 3}}
    for level in range(levels):
        name = f"m{level}"
        twice = [[["in", 0, 0, {}]], [[model["config"]["name"], 0, 0, {}]]]
        layers = [
            {
                "class_name": "InputLayer",
                "name": "in",
                "config": {"name": "in", "batch_input_shape": [None, 3]},
                "inbound_nodes": [],
            },
            {**model, "inbound_nodes": twice},
        ]
        config = {
            "name": name,
            "layers": layers,
            "input_layers": [["in", 0, 0]],
            "output_layers": [[model["config"]["name"], 1, 0]],
        }
        model = {"class_name": "Functional", "name": name, "config": config}
    return model


def config_of(**fields: Any) -> dict[str, Any]:
    sizes = {"vocab_size": 10, "hidden_size": 4, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 8}
    return {"model_type": "llama", **sizes, **fields}


def nested_config(deep: int) -> dict[str, Any]:
    made = config_of()
    for _ in range(deep):
        made = {"model_type": "llava", "text_config": made, "vision_config": {"model_type": "clip_vision_model"}}
    return made


def index(path: Path, shards: int) -> Path:
    return written(path, json.dumps({"weight_map": {f"w{place}": f"{place}.safetensors" for place in range(shards)}}))


LINEAR = "(0): Linear(in_features=3, out_features=4, bias=True)"
LONG_TABLE = "Layer (type)  Output Shape  Param #\n" + "=" * 36 + "\n" + "a (Dense)     (None, 3)     12\n" * (ROWS_OF_A_TABLE + 1)


def nested_print(deep: int) -> str:
    lines = [f"{'  ' * place}(0): Sequential(" for place in range(1, deep)]
    return "\n".join(["Sequential(", *lines, "  " * deep + LINEAR, *("  " * place + ")" for place in reversed(range(deep)))])


OVER: dict[str, Over] = {
    "MODEL_TEXT": lambda _: read_model("Dense(3)" + " " * MODEL_TEXT),
    "FORMULA_TEXT": lambda _: check("n" + " " * FORMULA_TEXT, Dense(n)),
    "LETTER_TEXT": lambda _: expression_of("n" + " " * LETTER_TEXT),
    "REPORTED_TEXT": lambda _: reconcile(PaperDense(3, 4), "1" + "0" * REPORTED_TEXT + "M"),
    "LETTER_NAME": lambda _: symbols("n" * (LETTER_NAME + 1)),
    "NESTING": lambda _: read_model(f"Dense({'(' * NESTING}3{')' * NESTING})"),
    "LETTER_NESTING": lambda _: expression_of("(" * (LETTER_NESTING + 1) + "n" + ")" * (LETTER_NESTING + 1)),
    "EXPONENT": lambda _: read_model(f"Dense(n**{EXPONENT + 1})"),
    "LETTER_EXPONENT": lambda _: expression_of(f"n**{LETTER_EXPONENT + 1}"),
    "NUMBER_IN_MODEL_TEXT": lambda _: read_model(f"Dense({NUMBER_IN_MODEL_TEXT + 1})"),
    "DIGITS_IN_FORMULA": lambda _: check("9" * (DIGITS_IN_FORMULA + 1), Dense(n)),
    "DIGITS": lambda _: PaperDense(m, n).count.at(m=1, n="9" * (DIGITS + 1)),
    "NUMBER_TO_IDENTIFY": lambda _: identify(NUMBER_TO_IDENTIFY + 1),
    "TERMS_OF_A_SIZE": lambda _: PaperDense(sum(letters(TERMS_OF_A_SIZE + 1)), n).count.letters,
    "TERMS_OF_A_PRODUCT": lambda _: nn.LayerNorm([x + 1 for x in letters(13)]).count.letters,
    "PRODUCTS_OF_A_COUNT": lambda _: nn.Sequential(*[nn.LayerNorm([x + k for x in letters(11)]) for k in range(40)]).count.letters,
    "DEGREE": lambda _: PaperDense(((n**64) ** 64) ** 2, m).count.letters,
    "PARTS_OF_A_SIZE": lambda _: PaperDense(shared(12), m).count.letters,
    "NESTING_OF_A_SIZE": lambda _: Dense(floors(NESTING_OF_A_SIZE + 1)),
    "WORK_OF_FACTORING": lambda _: factored_polynomial(of_size(product([a + b, (sum(letters(4)) + 1) ** 8]))),
    "TERMS_OF_A_FORMULA": lambda _: check("(a+b+c+d)**25", Dense(n)),
    "BITS_OF_A_COEFFICIENT": lambda _: check("*".join(["9" * 30] * 21) + "*n", Dense(n)),
    "VALUES_OF_AN_ANSWER": lambda _: solve(PaperDense(1, n).count, equals=10**7, within="50%").values,
    "SIZES_IN_A_LIST": lambda _: solve(n, equals=3, among=[1] * 0 + [*range(1, SIZES_IN_A_LIST + 2)]),
    "SAVED_MODEL": lambda _: from_keras("{" + " " * SAVED_MODEL + "}"),
    "MODELS_IN_MODELS": lambda _: from_keras(saved({"class_name": "Dense", "config": {"name": "d", "units": 3}}, 31)),
    "CALLS_OF_LAYERS": lambda _: from_keras(used_again(16)),
    "LAYER_NAME": lambda _: from_keras({"class_name": "Sequential", "config": {"name": "n" * 1_001, "layers": []}}),
    "ARCHIVE_MEMBERS": lambda folder: from_keras(archive(folder / "m.keras", members=ARCHIVE_MEMBERS)),
    "ARCHIVE_METADATA": lambda folder: from_keras(archive(folder / "m.keras", metadata=ARCHIVE_METADATA)),
    "SAFETENSORS_HEADER": lambda folder: from_torch(
        written(folder / "m.safetensors", struct.pack("<Q", 100_000_001).decode("latin-1") + "{}")
    ),
    "NAMES_IN_A_STATE_DICT": lambda _: from_torch(dict.fromkeys(map(str, range(NAMES_IN_A_STATE_DICT + 1)), (3,))),
    "STEPS_IN_A_NAME": lambda _: from_torch({"a." * STEPS_IN_A_NAME + "weight": (3, 4)}),
    "MODULES_IN_MODULES": lambda _: from_summary(nested_print(MODULES_IN_MODULES + 2)),
    "CONFIG_FILE": lambda folder: from_huggingface(sparse(folder / "config.json", CONFIG_FILE + 1)),
    "CONFIG_NESTING": lambda _: from_huggingface(nested_config(10)),
    "MODEL_NAME": lambda _: from_huggingface("n" * (MODEL_NAME + 1)),
    "LAYERS_OF_A_CONFIG": lambda _: from_huggingface(config_of(num_hidden_layers=2_000_000, model_type="qwen2_moe")).count,
    "TENSORS_OF_A_CONFIG": lambda _: from_huggingface(config_of(num_hidden_layers=900_000)).tensors(),
    "INDEX_FILE": lambda folder: shapes_in(sparse(folder / "model.safetensors.index.json", INDEX_FILE + 1)),
    "SHARDS": lambda folder: shapes_in(index(folder / "model.safetensors.index.json", SHARDS + 1)),
    "GGUF_TENSORS": lambda folder: shapes_in(gguf(folder / "m.gguf", tensors=1_000_001)),
    "GGUF_VALUES": lambda folder: shapes_in(gguf(folder / "m.gguf", values=100_001)),
    "GGUF_TEXT": lambda folder: shapes_in(gguf(folder / "m.gguf", values=1, inside=struct.pack("<Q", 10_000_001))),
    "GGUF_LIST": lambda folder: shapes_in(
        gguf(folder / "m.gguf", values=1, inside=struct.pack("<QcIIQ", 1, b"k", 9, 4, 10_000_001))
    ),
    "ONNX_INITIALIZERS": lambda folder: from_onnx(
        onnx_file(folder, [tensor(str(place), ()) for place in range(ONNX_INITIALIZERS + 1)])
    ),
    "ONNX_AXES": lambda folder: from_onnx(onnx_file(folder, [tensor("w", (1,) * (ONNX_AXES + 1), packed=True)])),
    "ONNX_FIELDS": lambda folder: from_onnx(onnx_file(folder, [], [b"\x28\x00" * (ONNX_FIELDS + 1)])),
    "ONNX_TEXT": lambda folder: from_onnx(onnx_file(folder, [tensor("n" * (ONNX_TEXT + 1), (3,))])),
    "NPZ_ARRAYS": lambda folder: from_jax(archive(folder / "m.npz", members=NPZ_ARRAYS + 1, ending=".npy")),
    "NPZ_HEADER": lambda folder: from_jax(npz(folder / "m.npz", b"\x93NUMPY\x02\x00" + struct.pack("<I", NPZ_HEADER + 1))),
    "ARRAYS_IN_A_TREE": lambda _: from_jax({f"{place}": (3,) for place in range(ARRAYS_IN_A_TREE + 1)}),
    "STEPS_TO_AN_ARRAY": lambda _: from_jax(inside_dicts((3, 4), STEPS_TO_AN_ARRAY + 1)),
    "CONDITION_TEXT": lambda _: grid("n > 1" + " " * CONDITION_TEXT),
    "CONDITION_NESTING": lambda _: grid("(" * (CONDITION_NESTING + 1) + "n" + ")" * (CONDITION_NESTING + 1) + " > 1"),
    "CONDITION_EXPONENT": lambda _: grid(f"n**{CONDITION_EXPONENT + 1} > 1"),
    "CONDITION_BITS": lambda _: grid("((n**16)**16)**16 > 1"),
    "SIZES_IN_A_RANGE": lambda _: PaperDense(3, n).count.grid(n=range(1, 10**18 + 2)),
    "SIZES_ON_AN_AXIS": lambda _: PaperDense(3, n).count.grid(n=count(1)),
    "PASTED_TEXT": lambda _: from_summary("x" * (PASTED_TEXT + 1)),
    "ROWS_OF_A_TABLE": lambda _: from_summary(LONG_TABLE),
}
