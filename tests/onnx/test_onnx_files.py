"""ONNX files by their initializers: names, shapes, which are parameters, and files that are not what they say."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from symparams import from_onnx
from symparams.cli import main
from symparams.errors import TextError
from tests.bad_input import refused
from tests.installed import installed
from tests.onnx.onnx_files import FLOAT, INT64, model, node, tensor, written

if TYPE_CHECKING:
    from pathlib import Path

SMALL = model(
    [
        tensor("conv.weight", (8, 3, 3, 3)),
        tensor("conv.bias", (8,), packed=True),
        tensor("bn.scale", (8,)),
        tensor("bn.shift", (8,)),
        tensor("bn.m", (8,)),
        tensor("bn.v", (8,)),
        tensor("onnx::MatMul_7", (8, 4)),
        tensor("onnx::Reshape_9", (2,), INT64, size=8),
    ],
    [
        node("Conv", ["x", "conv.weight", "conv.bias"]),
        node("BatchNormalization", ["c", "bn.scale", "bn.shift", "bn.m", "bn.v"]),
        node("MatMul", ["z", "onnx::MatMul_7"], "/head/fc/MatMul"),
    ],
)


def test_initializers_are_counted_and_what_is_no_weight_is_a_buffer(tmp_path: Path) -> None:
    read = from_onnx(written(tmp_path / "small.onnx", SMALL))
    assert (int(read.count), int(read.buffer_count)) == (216 + 8 + 16 + 32, 16 + 2)
    assert [tensor.path for tensor in read.tensors()][:2] == ["conv.weight", "conv.bias"]
    assert [(layer.name, layer.class_name) for layer in read.layers if layer.name == "head/fc"] == [("head/fc", "MatMul")]
    assert read.notes == ["3 initializers of whole numbers or statistics are counted as buffers"]


LAYERS = [  # the arrays, the operations that read them, and the layer
    ({"a.weight": (24, 3, 3, 3), "a.bias": (24,)}, [("Conv", ["x", "a.weight", "a.bias"], {"group": 4})], "Conv", "4*3*3*3*6 + 24"),
    ({"a.weight": (6, 4, 2, 2), "a.bias": (4,)}, [("ConvTranspose", ["x", "a.weight", "a.bias"], {})], "ConvTranspose", "2*2*6*4 + 4"),
    ({"a.weight": (9, 5), "a.bias": (9,)}, [("Gemm", ["x", "a.weight", "a.bias"], {"transB": 1})], "Gemm", "5*9 + 9"),
    ({"a.weight": (5, 9), "a.bias": (9,)}, [("Gemm", ["x", "a.weight", "a.bias"], {})], "Gemm", "5*9 + 9"),
    ({"a.weight": (5, 9), "a.bias": (9,)}, [("MatMul", ["x", "a.weight"], {}), ("Add", ["a.bias", "y"], {})], "MatMul", "5*9 + 9"),
    ({"a.weight": (9, 5), "a.bias": (9,)}, [("Transpose", ["a.weight"], {}), ("Add", ["y", "a.bias"], {})], "MatMul", "5*9 + 9"),
    ({"a.weight": (100, 8)}, [("Gather", ["a.weight", "x"], {})], "Gather", "100*8"),
    ({"norm.weight": (8,), "norm.bias": (8,)}, [("LayerNormalization", ["x", "norm.weight", "norm.bias"], {})], "LayerNormalization", "8 + 8"),
    ({"norm.weight": (8,), "norm.bias": (8,)}, [("Mul", ["x", "norm.weight"], {}), ("Add", ["y", "norm.bias"], {})], "LayerNormalization", "8 + 8"),
    ({"a.w": (2, 20, 3), "a.r": (2, 20, 5), "a.b": (2, 40)}, [("LSTM", ["x", "a.w", "a.r", "a.b"], {})], "LSTM", "2*4*(3*5 + 5**2 + 2*5)"),
    ({"a.slope": (12, 1, 1)}, [("PRelu", ["x", "a.slope"], {})], "PRelu", "12"),
    ({"a.w": (1, 15, 3), "a.r": (1, 15, 5)}, [("GRU", ["x", "a.w", "a.r"], {})], "GRU", "3*(3*5 + 5**2)"),
]  # fmt: skip


@pytest.mark.parametrize(("shapes", "nodes", "title", "count"), LAYERS)
def test_arrays_are_the_layer_whose_operation_reads_them(
    tmp_path: Path, shapes: dict[str, tuple[int, ...]], nodes: list[tuple[str, list[str], dict[str, int]]], title: str, count: str
) -> None:
    tensors = [tensor(name, shape) for name, shape in {"z": (7,), **shapes}.items()]
    read = from_onnx(written(tmp_path / "one.onnx", model(tensors, [node(op, inputs, **more) for op, inputs, more in nodes])))
    layer = next(layer for layer in read.layers if layer.name != "z")
    assert (layer.class_name, layer.count.text()) == (title, count)
    assert [(each.path, each.shape) for each in read.tensors() if each.path != "z"] == list(shapes.items())


def test_each_of_two_recurrent_operations_in_one_module_is_a_layer(tmp_path: Path) -> None:
    names = [f"onnx::LSTM_{number}" for number in range(6)]
    shapes = [(1, 20, 3), (1, 20, 5), (1, 40), (1, 20, 5), (1, 20, 5), (1, 40)]
    nodes = [node("LSTM", ["x", *names[:3]], "/rnn/LSTM"), node("LSTM", ["y", *names[3:]], "/rnn/LSTM_1")]
    path = written(tmp_path / "rnn.onnx", model([tensor(*each) for each in zip(names, shapes, strict=True)], nodes))
    assert [(layer.name, layer.class_name) for layer in from_onnx(path).layers] == [("rnn/LSTM", "LSTM"), ("rnn/LSTM_1", "LSTM")]


def test_arrays_of_other_shapes_are_no_layer_and_count_all_the_same(tmp_path: Path) -> None:
    path = written(tmp_path / "odd.onnx", model([tensor("a.w", (3, 4)), tensor("a.b", (5,))], [node("Gemm", ["x", "a.w", "a.b"])]))
    assert [layer.class_name for layer in from_onnx(path).layers] == ["Parameter", "Parameter"]
    assert int(from_onnx(path).count) == 17


def test_letters_are_put_for_the_axes(tmp_path: Path) -> None:
    blocks = [tensor(f"h.{n}.{name}.weight", (32, 32)) for n in range(3) for name in ("a", "b")]
    path = written(tmp_path / "net.onnx", model([tensor("wte.weight", (100, 32)), *blocks]))
    read = from_onnx(path, letters={"d": 32, "V": 100, "L": 3})
    assert str(read.count) == "V*d + L*2*d**2" or str(read.count.expr) == "2*L*d**2 + V*d"
    assert read.count.at(read.values) == 3200 + 6 * 1024


@given(st.lists(st.lists(st.integers(0, 300), max_size=5), min_size=1, max_size=8), st.booleans())
def test_any_shapes_are_read_as_they_were_written(tmp_path_factory: Any, shapes: list[list[int]], packed: bool) -> None:
    names = {f"t{number}": tuple(shape) for number, shape in enumerate(shapes)}
    content = model([tensor(name, shape, packed=packed, size=0) for name, shape in names.items()])
    read = from_onnx(written(tmp_path_factory.mktemp("onnx") / "any.onnx", content))
    assert {each.path: each.shape for each in read.tensors()} == names
    assert int(read.count) == sum(prod(shape) for shape in names.values())


@given(st.integers(0, len(SMALL) - 1), st.integers(0, 255))
@example(at=174, byte=221)  # a kernel of one axis, read by a convolution
def test_a_damaged_file_is_read_or_refused_in_one_line(tmp_path_factory: Any, at: int, byte: int) -> None:
    path = tmp_path_factory.mktemp("onnx") / "damaged.onnx"
    for content in (SMALL[:at], SMALL[:at] + bytes([byte]) + SMALL[at + 1 :]):
        try:
            from_onnx(written(path, content))
        except TextError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it has no graphs"),
        (b"GGUF1234", "is not an ONNX file"),
        (b"\x08\x08:\xff\xff\xff\xff\x0f", "is not an ONNX file, or is damaged"),
        (model([]), "has no initializers"),
        (model([tensor("a", (2,)), tensor("a", (3,))]), "is there twice"),
        (model([tensor("", (2,))]), "which is no name"),
        (model([tensor("a", (2**63,), size=0)]), "damaged"),
        (model([tensor("a", (1,) * 65)]), "damaged"),
    ],
    ids=str,
)
def test_what_is_no_onnx_file_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = written(tmp_path / "x.onnx", content)
    refused(TextError, words, lambda: from_onnx(path))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused(TextError, "cannot be read: No such file", lambda: from_onnx(tmp_path / "none.onnx"))
    refused(TextError, "takes the path of a .onnx file", lambda: from_onnx({"a": (3,)}))


def test_the_command_line_takes_it_under_any_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("small.onnx", "small"):
        assert main(["import", written(tmp_path / name, SMALL)]) == 0
        assert "Total params: 272" in capsys.readouterr().out


def test_every_file_of_the_package_is_read_as_it_reads_it() -> None:
    """The models with which the package tests backends."""
    from pathlib import Path

    onnx = installed("onnx")
    from symparams.onnx.initializers import initializers_in

    files = sorted(Path(onnx.__file__).parent.rglob("*.onnx"))
    assert len(files) > 100
    for path in files:
        theirs = onnx.load(path, load_external_data=False).graph.initializer
        assert {each.name: (each.shape, each.data_type) for each in initializers_in(path)[0]} == {
            each.name: (tuple(each.dims), each.data_type) for each in theirs
        }
    assert FLOAT == onnx.TensorProto.FLOAT
