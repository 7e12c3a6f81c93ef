"""Every recorded layer with parameters as the rows that tell a printer of it: the layers that it reads, and its own row at the end."""

from __future__ import annotations

import json
from typing import Any

from tests.recorded import read
from tests.summaries.table_printers import Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OF_KERAS_LAYERS = ("keras3_layers", "tfkeras_layers", "tfkeras_v1_layers")
OF_KERAS_MODELS = ("keras3_models", "tfkeras_models", "keras_applications", "keras_applications_tf")
MODELS = ("Functional", "Sequential", "Model")


class Recorded:
    """A layer: the ``rows`` to print, the last of which is its own, and the shapes of the ``tensors`` that it really has."""

    def __init__(self, family: str, rows: Sequence[Row], tensors: Sequence[Sequence[int]], said: str) -> None:
        self.family, self.rows, self.said = family, [*rows], said
        self.tensors = sorted(map(tuple, tensors))

    @property
    def row(self) -> Row:
        return self.rows[-1]

    def __str__(self) -> str:
        return f"{self.family}: {self.said} on {self.row.reads} gives {self.row.gives}, {self.row.params}"


def shape_text(shape: Sequence[int | None], brackets: str = "()", open_axis: str = "None") -> str:
    axes = ", ".join(open_axis if axis is None else str(axis) for axis in shape)
    return f"{brackets[0]}{axes}{',' if len(shape) == 1 and brackets == '()' else ''}{brackets[1]}"


def shapes_text(shapes: Sequence[Sequence[int | None]]) -> str:
    """What Keras prints of one output or of several."""
    texts = [*map(shape_text, shapes)] or ["multiple"]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def flat_shapes(shapes: Any) -> Iterator[list[int | None]]:
    """The shapes in nested lists of shapes."""
    if isinstance(shapes, list) and all(axis is None or isinstance(axis, int) for axis in shapes):
        yield shapes
    elif isinstance(shapes, list):
        for inside in shapes:
            yield from flat_shapes(inside)


# ---------------------------------------------------------------- Keras
def keras_rows(
    class_name: str, reads: Sequence[Sequence[int | None]], gives: Sequence[Sequence[int | None]], params: int
) -> list[Row]:
    """A row for each tensor that a layer reads, and its own."""
    inputs = [Row(f"input_{place}", "InputLayer", None, shape_text(shape), 0) for place, shape in enumerate(reads, 1)]
    return [*inputs, Row("x_1", class_name, shape_text(reads[0]), shapes_text(gives), params, after=[row.name for row in inputs])]


def recorded_keras_layers() -> Iterator[Recorded]:
    """Every layer that Keras recorded alone, with its parameters as they are when it is built."""
    for family in OF_KERAS_LAYERS:
        for record in read(family):
            reads, gives = [*flat_shapes(record["input_shapes"])], record.get("output_shapes") or []
            if record["total"] and reads:
                yield Recorded(
                    family, keras_rows(record["class"], reads, [*flat_shapes(gives)] if gives else [], record["total"]),
                    [weight["shape"] for weight in record["weights"]], f"{record['class']}({record['kwargs']}) {record.get('post', '')}",
                )  # fmt: skip


def recorded_keras_model_layers() -> Iterator[Recorded]:
    """Every different layer inside the recorded models of Keras: equal ones of a model or of several are printed once."""
    seen = set()
    for family in OF_KERAS_MODELS:
        for model in read(family):
            written = {layer["config"].get("name"): layer for layer in json.loads(model["model_json"])["config"].get("layers", ())}
            given = {layer["name"]: [*flat_shapes(layer.get("output_shape"))] for layer in model["layers"]}
            for layer in model["layers"]:
                gives = given[layer["name"]]
                reads = inputs_of(written.get(layer["name"]), given)
                tensors = [shape for _, shape, *_ in layer.get("weights", ())]
                key = (layer["class"], str(reads), str(gives), layer.get("params"), str(tensors))
                if layer.get("params") and reads and gives and layer["class"] not in MODELS and key not in seen:
                    seen.add(key)
                    rows = keras_rows(layer["class"], reads, gives, layer["params"])
                    yield Recorded(
                        family, rows, tensors, f"{model.get('model') or model['kind']}: {layer['class']} {layer['name']}"
                    )


def inputs_of(layer: dict[str, Any] | None, given: dict[str, list[list[int | None]]]) -> list[list[int | None]]:
    """The shapes that a layer reads, from a file of Keras 3 or of Keras 2; empty where the file does not say them."""
    nodes = (layer or {}).get("inbound_nodes") or []
    if not nodes:
        shape = (layer or {}).get("build_config", {}).get("input_shape")
        return [*flat_shapes(shape)] if shape else []
    if isinstance(nodes[0], dict):
        return [*shapes_of_tensors(nodes[0])]
    read_by = nodes[0] if isinstance(nodes[0], list) and nodes[0] and isinstance(nodes[0][0], list) else nodes
    return [given[name][place] for name, _, place, *_ in read_by if name in given and place < len(given[name])]


def shapes_of_tensors(node: Any) -> Iterator[list[int | None]]:
    """The shapes of all tensors in a node of a file."""
    if isinstance(node, dict) and node.get("class_name") == "__keras_tensor__":
        yield node["config"]["shape"]
    elif isinstance(node, dict | list):
        for inside in node.values() if isinstance(node, dict) else node:
            yield from shapes_of_tensors(inside)


# ---------------------------------------------------------------- PyTorch
NOT_CALLED = ("ParameterList", "ParameterDict", "RNNBase", "RNNCellBase")  # no table has rows of these: no forward of their own


def recorded_torch_modules() -> Iterator[Recorded]:
    """Every module that PyTorch recorded, on an input of this kind."""
    for record in read("torch_layers"):
        class_name, given = record["class"], record["kwargs"]
        if "(" in class_name:  # utils.weight_norm(Linear): a table has the class of the module
            class_name, given = given["module"]["class_name"], given["module"]["kwargs"]
        shapes = torch_shapes(class_name, given, record.get("input_shape")) if class_name not in NOT_CALLED else None
        if record["total"] and shapes is not None:
            reads, gives = (shape_text(shape, "[]") for shape in shapes)
            rows = [
                Row("before", "Dropout", reads, reads, 0),
                Row("x", class_name.removeprefix("Lazy"), reads, gives, record["total"]),  # its class changes when it is called
            ]
            yield Recorded("torch_layers", rows, [shape for _, shape, _ in record["parameters"]], f"{record['class']}({given})")


def torch_shapes(class_name: str, given: dict[str, Any], shape: list[int] | None) -> tuple[list[int], list[int]] | None:
    """An input and an output of a module; None for a class of which this does not know how it is called."""
    rank = int(class_name[-2]) if class_name[-2:-1].isdigit() and class_name.endswith("d") else 0
    if class_name in ("Linear", "LazyLinear"):
        reads = shape or [2, given["in_features"]]
        return reads, [*reads[:-1], given["out_features"]]
    if "Conv" in class_name and rank:
        return shape or [2, given["in_channels"], *[9] * rank], [2, given["out_channels"], *[7] * rank]
    width = given.get("num_features", given.get("num_channels", given.get("num_parameters")))
    if width is not None or ("Norm" in class_name and shape) or class_name == "PReLU":
        return (shape or [2, width if width not in (None, 1) else 6, *[5] * (rank or 2)],) * 2
    if "normalized_shape" in given:
        axes = given["normalized_shape"]
        return ([2, *(axes if isinstance(axes, list) else [axes])],) * 2
    if class_name.startswith("Embedding"):
        return [2, 7], [2, *[7] * (class_name == "Embedding"), given["embedding_dim"]]
    if class_name in ("LSTM", "GRU", "RNN"):
        width = (given.get("proj_size") or given["hidden_size"]) * (1 + bool(given.get("bidirectional")))
        return [2, 7, given["input_size"]], [2, 7, width]
    if class_name in ("LSTMCell", "GRUCell", "RNNCell"):
        return [2, given["input_size"]], [2, given["hidden_size"]]
    if class_name == "Bilinear":
        return [2, given["in1_features"]], [2, given["out_features"]]
    if class_name == "MultiheadAttention":
        return ([7, 2, given["embed_dim"]],) * 2
    if class_name.startswith("Transformer"):
        return ([7, 2, transformer_width(given)],) * 2
    if class_name.endswith("Loss") and "in_features" in given:
        return [2, given["in_features"]], [2]
    return None


def transformer_width(given: dict[str, Any]) -> int:
    inside = given.get("encoder_layer") or given.get("decoder_layer")
    return int(transformer_width(inside["kwargs"]) if inside else given.get("d_model", 512))
