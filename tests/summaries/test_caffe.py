"""Logs of Caffe, and the prototxt in them: the numbers are counted from the layers, and a shape of an output is never a weight."""

from __future__ import annotations

import pytest

from symparams import from_summary
from symparams.errors import TextError
from symparams.summaries.table import SummaryTable

CLASSES = {"conv": "Convolution", "ip": "InnerProduct", "fc": "InnerProduct"}


def prototxt(name: str, bottom: str, outputs: int, kernel: int = 0, group: int = 1, more: str = "") -> str:
    kind = next(kind for prefix, kind in CLASSES.items() if name.startswith(prefix))
    field = "convolution_param" if kind == "Convolution" else "inner_product_param"
    size = f"    kernel_size: {kernel}\n    group: {group}\n" if kernel else ""
    return (
        f'layer {{\n  name: "{name}"\n  type: "{kind}"\n  bottom: "{bottom}"\n  top: "{name}"\n{more}'
        f'  {field} {{\n    num_output: {outputs}\n{size}    weight_filler {{\n      type: "xavier"\n    }}\n  }}\n}}\n'
    )


def log(*steps: tuple[str, str, str]) -> str:
    """What Caffe says of each layer: the blob it reads, and the shape that it gives."""
    lines = []
    for name, bottom, shape in steps:
        lines += [f"Creating Layer {name}", *([f"{name} <- {bottom}"] if bottom else []), f"{name} -> {name}", f"Setting up {name}"]
        lines += [f"Top shape: {shape} (1000)", "Memory required for data: 3150080"]
    return "".join(f"I0312 10:02:11.1234{place:02d} 12345 net.cpp:{place}] {line}\n" for place, line in enumerate(lines, 10))


LENET = (
    "I0312 10:02:11.100000 12345 net.cpp:51] Initializing net from parameters:\nname: \"LeNet\"\n"
     'layer {\n  name: "data"\n  type: "Data"\n  top: "data"\n}\n'
    + prototxt("conv1", "data", 20, 5)
    + 'layer {\n  name: "pool1"\n  type: "Pooling"\n  bottom: "conv1"\n  top: "pool1"\n  pooling_param {\n    kernel_size: 2\n  }\n}\n'
    + prototxt("conv2", "pool1", 50, 5)
    + 'layer {\n  name: "pool2"\n  type: "Pooling"\n  bottom: "conv2"\n  top: "pool2"\n  pooling_param {\n    kernel_size: 2\n  }\n}\n'
    + prototxt("ip1", "pool2", 500)
    + 'layer {\n  name: "relu1"\n  type: "ReLU"\n  bottom: "ip1"\n  top: "ip1"\n}\n'
    + prototxt("ip2", "ip1", 10)
)  # fmt: skip
SHAPES = log(
    ("data", "", "64 1 28 28"), ("conv1", "data", "64 20 24 24"), ("pool1", "conv1", "64 20 12 12"), ("conv2", "pool1", "64 50 8 8"),
    ("pool2", "conv2", "64 50 4 4"), ("ip1", "pool2", "64 500"), ("relu1", "ip1", "64 500"), ("ip2", "ip1", "64 10"),
)  # fmt: skip


@pytest.mark.parametrize("text", [LENET + SHAPES, "> " + (LENET + SHAPES).replace("\n", "\n> "), (LENET + SHAPES) * 2])
def test_the_log_of_lenet_has_the_published_count(text: str) -> None:
    """431,080 in https://caffe.berkeleyvision.org/gathered/examples/mnist.html; a log has the net of each phase."""
    table = from_summary(text)
    assert table.total == 431080
    assert {layer.name: layer.params for layer in table.layers if layer.params} == {
        "conv1": 520, "conv2": 25050, "ip1": 400500, "ip2": 5010,
    }  # fmt: skip
    assert str(table.explanations[3]).startswith("Convolution, a window of 5x5, 50 filters on 20 channels, one bias set")


def test_groups_are_counted_as_caffenet_has_them() -> None:
    """60,965,224, the count of CaffeNet."""
    layers = [
        ("conv1", "data", 96, 11, 1, "10 96 55 55"), ("conv2", "conv1", 256, 5, 2, "10 256 27 27"), ("conv3", "conv2", 384, 3, 1, "10 384 13 13"),
        ("conv4", "conv3", 384, 3, 2, "10 384 13 13"), ("conv5", "conv4", 256, 3, 2, "10 256 6 6"), ("fc6", "conv5", 4096, 0, 1, "10 4096"),
        ("fc7", "fc6", 4096, 0, 1, "10 4096"), ("fc8", "fc7", 1000, 0, 1, "10 1000"),
    ]  # fmt: skip
    text = 'layer {\n name: "data"\n type: "Input"\n top: "data"\n input_param { shape: { dim: 10 dim: 3 dim: 227 dim: 227 } }\n}\n'
    text += "".join(prototxt(*layer[:5]) for layer in layers)
    assert from_summary(text + log(*((name, bottom, shape) for name, bottom, *_, shape in layers))).total == 60965224


def test_a_prototxt_alone_gives_what_its_channels_say_and_no_total() -> None:
    text = LENET.replace('type: "Data"', 'type: "Input"\n  input_param { shape: { dim: 1 dim: 1 dim: 28 dim: 28 } }')
    table = from_summary(text)
    assert {layer.name: layer.params for layer in table.layers if layer.params} == {"conv1": 520, "conv2": 25050, "ip2": 5010}
    assert table.total is None
    assert str(table.explanations[5]) == "the text does not show the shape that ip1 reads"


def test_a_log_without_the_kinds_of_its_layers_has_no_numbers() -> None:
    table = from_summary(SHAPES)
    assert [layer.params for layer in table.layers] == [None] * 8
    assert table.total is None
    assert "the log does not say what kind of layer it is" in str(table.explanations[1])


def test_weights_with_one_name_count_once() -> None:
    more = '  param {\n    name: "w"\n  }\n  param {\n    name: "b"\n  }\n'
    text = 'layer {\n name: "data"\n type: "Input"\n top: "data"\n input_param { shape: { dim: 10 dim: 30 } }\n}\n'
    text += prototxt("ip1", "data", 30, more=more) + prototxt("ip2", "ip1", 30, more=more)
    assert from_summary(text).total == 930


def test_a_shape_of_an_output_is_no_tensor() -> None:
    with pytest.raises(TextError, match="no table found"):
        from_summary("I0312 10:02:11.130010 12345 net.cpp:129] Top shape: 64 20 24 24 (737280)\n")


@pytest.mark.parametrize(("bias", "arrays"), [("", 1), ("  scale_param {\n    bias_term: true\n  }\n", 2)])
def test_a_scale_has_an_array_for_each_channel_and_one_more_with_a_bias(bias: str, arrays: int) -> None:
    data = 'layer {\n  name: "data"\n  type: "Data"\n  top: "data"\n}\n'
    scale = f'layer {{\n  name: "scale"\n  type: "Scale"\n  bottom: "conv1"\n  top: "scale"\n{bias}}}\n'
    steps = ("data", "", "64 1 28 28"), ("conv1", "data", "64 20 24 24"), ("scale", "conv1", "64 20 24 24")
    table = from_summary(data + prototxt("conv1", "data", 20, 5) + scale + log(*steps))
    assert {layer.name: layer.params for layer in table.layers if layer.params} == {"conv1": 520, "scale": 20 * arrays}


def one_layer(kind: str, reads: str, gives: str, more: str = "") -> SummaryTable:
    data = 'layer {\n  name: "data"\n  type: "Data"\n  top: "data"\n}\n'
    layer = f'layer {{\n  name: "it"\n  type: "{kind}"\n  bottom: "data"\n  top: "it"\n  its_param {{\n{more}  }}\n}}\n'
    text = data + layer + prototxt("ip1", "it", 3) + log(("data", "", reads), ("it", "data", gives), ("ip1", "it", "8 3"))
    table = from_summary(text)
    assert isinstance(table, SummaryTable)
    return table


@pytest.mark.parametrize(
    ("kind", "more", "count"),
    [
        ("PReLU", "", 20), ("PReLU", "    channel_shared: true\n", 1), ("BatchNorm", "", 41), ("Bias", "", 20),
        ("Embed", "    input_dim: 50\n    num_output: 7\n", 357), ("Embed", "    input_dim: 50\n    num_output: 7\n    bias_term: false\n", 350),
        ("LSTM", "    num_output: 6\n", 4 * 6 * (30 + 6 + 1)), ("RNN", "    num_output: 6\n", 6 * (30 + 6 + 1) + 6 * 7),
        ("Deconvolution", "    num_output: 4\n    kernel_size: 3\n", 20 * 4 * 9 + 4), ("Convolution", "    num_output: 4\n    kernel_h: 3\n    kernel_w: 2\n", 484),
        ("Convolution", "    num_output: 4\n    kernel_size: 3\n    bias_term: false\n    group: 2\n", 10 * 4 * 9),
        ("InnerProduct", "    num_output: 4\n    axis: 2\n", 124), ("InnerProduct", "    num_output: 4\n    bias_term: false\n", 20 * 30 * 4),
    ],
)  # fmt: skip
def test_each_kind_of_layer_has_the_arrays_that_caffe_gives_it(kind: str, more: str, count: int) -> None:
    table = one_layer(kind, "8 20 5 6", "8 4 5 6", more)
    assert table.layers[1].params == count
    assert table.total == count + 4 * 5 * 6 * 3 + 3


@pytest.mark.parametrize(
    ("kind", "more", "reason"),
    [
        ("Python", "", "Python is not one of Caffe's layers, so its weights are unknown"),
        ("Convolution", "    num_output: 5\n    kernel_size: 3\n    group: 3\n", "groups"),
    ],
)
def test_a_layer_without_a_known_number_says_why(kind: str, more: str, reason: str) -> None:
    table = one_layer(kind, "8 20 5 6", "8 4 5 6", more)
    assert table.layers[1].params is None
    assert table.total is None
    assert reason in str(table.explanations[1])
