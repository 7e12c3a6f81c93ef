"""Every recorded layer, printed by every printer, is read as it is, and is found or said to be undecided: it is never denied."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import from_summary
from tests.recorded import read
from tests.summaries.table_printers import OF_KERAS, OF_TORCH, Row, gluon, paddle

KERAS_FAMILIES = ("keras3_layers", "tfkeras_layers", "tfkeras_v1_layers")
STEP = 37  # of the recorded layers of Keras; each is printed by every printer


def shape_text(shape: Any, brackets: str = "()", open_axis: str = "None") -> str:
    axes = ", ".join(open_axis if axis is None else str(axis) for axis in shape)
    return f"{brackets[0]}{axes}{',' if len(shape) == 1 and brackets == '()' else ''}{brackets[1]}"


def is_plain(shape: Any) -> bool:
    return isinstance(shape, list) and all(axis is None or isinstance(axis, int) for axis in shape)


def keras_layers() -> list[tuple[str, dict[str, Any]]]:
    """Recorded layers with one input and one output, as they are when they are built."""
    found = [(family, record) for family in KERAS_FAMILIES for record in read(family)]
    return [
        (family, record)
        for family, record in found
        if record["total"] and not record.get("post") and len(record["input_shapes"]) == len(record.get("output_shapes") or ()) == 1
        and is_plain(record["input_shapes"][0]) and is_plain(record["output_shapes"][0])
    ][::STEP]  # fmt: skip


@pytest.mark.parametrize("printer", OF_KERAS)
def test_no_layer_of_keras_is_denied(printer: str) -> None:
    layers = keras_layers()
    found = 0
    for _, record in layers:
        reads, gives = shape_text(record["input_shapes"][0]), shape_text(record["output_shapes"][0])
        rows = [Row("input_1", "InputLayer", None, reads, 0), Row("x_1", record["class"], reads, gives, record["total"])]
        table = from_summary(OF_KERAS[printer](rows))
        assert [(layer.class_name, layer.params) for layer in table.layers] == [
            ("InputLayer", 0),
            (record["class"], record["total"]),
        ]
        why = table.explanations[1]
        assert all(way.count == record["total"] for way in why.ways)
        assert not is_denial(why.because), (record["class"], record["kwargs"], str(why))
        assert "off by 0" not in str(why)
        found += bool(why.ways)
    assert len(layers) > 50
    assert found > 0.75 * len(layers)  # the law is that none is denied; this is how many are found


def is_denial(because: str) -> bool:
    """Whether a sentence says that no such layer exists."""
    return because.startswith("not explained: no ") and " has " in because


# ---------------------------------------------------------------- PyTorch
def shapes_of(record: dict[str, Any]) -> tuple[list[int], list[int]] | None:
    """An input and an output of a recorded module; None for a class whose shapes do not follow from its arguments."""
    class_name, given = record["class"], record["kwargs"]
    rank = int(class_name[-2]) if class_name[-2:-1].isdigit() and class_name.endswith("d") else 0
    if class_name == "Linear":
        return [2, given["in_features"]], [2, given["out_features"]]
    if class_name.startswith("Conv") and rank:
        return [2, given["in_channels"], *[9] * rank], [2, given["out_channels"], *[7] * rank]
    if "num_features" in given and not class_name.startswith("Lazy"):
        return ([2, given["num_features"], *[5] * (rank or 2)],) * 2
    if class_name in ("LayerNorm", "RMSNorm"):
        shape = given["normalized_shape"]
        return ([2, *(shape if isinstance(shape, list) else [shape])],) * 2
    if class_name == "Embedding":
        return [2, 7], [2, 7, given["embedding_dim"]]
    if class_name in ("LSTM", "GRU", "RNN") and not given.get("proj_size"):
        return [2, 7, given["input_size"]], [2, 7, given["hidden_size"] * (1 + bool(given.get("bidirectional")))]
    return None


def torch_modules() -> list[tuple[dict[str, Any], tuple[list[int], list[int]]]]:
    return [(record, shapes) for record in read("torch_layers") if record["total"] and (shapes := shapes_of(record)) is not None][
        ::2
    ]


def found_parameters(way: Any) -> list[tuple[int, ...]]:
    return sorted(tuple(tensor.shape) for _, tensor in way.module.named_parameters())


@pytest.mark.parametrize("printer", OF_TORCH)
def test_no_module_of_pytorch_is_denied(printer: str) -> None:
    modules = torch_modules()
    found = right = 0
    for record, (reads, gives) in modules:
        rows = [
            Row("before", "Dropout", shape_text(reads, "[]"), shape_text(reads, "[]"), 0),
            Row("x", record["class"], shape_text(reads, "[]"), shape_text(gives, "[]"), record["total"]),
        ]
        table = from_summary(OF_TORCH[printer](rows))
        layer, why = table.layers[-1], table.explanations[-1]
        assert (layer.class_name, layer.params) == (record["class"], record["total"])
        assert not is_denial(why.because), (record["class"], record["kwargs"], str(why))
        true = sorted(tuple(shape) for _, shape, _ in record["parameters"])
        found += bool(why.ways)
        right += any(found_parameters(way) == true for way in why.ways)
        if why.ways and not why.doubt and record.get("groups", 1) == 1:
            assert found_parameters(why.ways[0]) == true or "Conv" in record["class"], (record, str(why))
    assert len(modules) > 120
    assert found > (0.9 if printer == "fastai" else 0.97) * len(modules)
    assert right > (0.9 if printer == "torchinfo" else 0.75) * len(modules)


IN_GLUON = {"Linear": "Dense", **{f"Conv{rank}d": f"Conv{rank}D" for rank in (1, 2, 3)}}
IN_PADDLE = {f"Conv{rank}d": f"Conv{rank}D" for rank in (1, 2, 3)} | {"RNN": "SimpleRNN"}


@pytest.mark.parametrize(("printer", "names"), [(gluon, IN_GLUON), (paddle, IN_PADDLE)], ids=["gluon", "paddle"])
def test_no_layer_of_the_other_frameworks_is_denied(printer: Any, names: dict[str, str]) -> None:
    same = ("Linear", "Embedding", "LayerNorm", "LSTM", "GRU", *names)
    modules = [(record, shapes) for record, shapes in torch_modules() if record["class"] in same]
    found = 0
    for record, (reads, gives) in modules:
        name = names.get(record["class"], record["class"])
        rows = [
            Row("before", "Dropout", shape_text(reads, "[]"), shape_text(reads, "[]"), 0),
            Row("x", name, shape_text(reads, "[]"), shape_text(gives, "[]"), record["total"]),
            Row("after", "Dense" if printer is gluon else "Conv2D", shape_text(gives, "[]"), shape_text(gives, "[]"), 0),
        ]
        table = from_summary(printer(rows))
        layer, why = table.layers[-2], table.explanations[-2]
        assert (layer.class_name, layer.params) == (name, record["total"])
        assert not is_denial(why.because), (record["class"], record["kwargs"], str(why))
        found += bool(why.ways)
    assert len(modules) > 50
    assert found > 0.9 * len(modules)
