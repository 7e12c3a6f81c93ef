"""The networks of ``keras.applications`` are Keras's: names, order, shapes and weights of their layers, in numbers and in letters."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from symparams import keras, symbols
from symparams.errors import ArgumentError, SettingError, ShapeError, UnknownLayerError
from symparams.keras.architectures.table import ARCHITECTURES, EARLIER
from symparams.keras.namespaces.exported import exported_names
from tests.bad_input import refused
from tests.installed import installed
from tests.recorded import read

c, h, k, w = symbols("c h k w")
RECORDS = [
    record
    for family in ("keras_applications", "keras_applications_tf")
    for record in read(family)
    if "data_format" not in record["kwargs"]  # which is no argument of theirs, but a setting of the session
]
ADDITIONS = ("Add", "Multiply", "TrueDivide", "Subtract")  # operations and layers at once: a table of Keras does not tell which


def network(name: str, version: Any = keras, **arguments: Any) -> Any:
    return getattr(version.applications, name)(weights=None, **arguments)


def tuples(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in arguments.items()}


def test_every_network_of_keras_3_is_here() -> None:
    names = {path.split(".")[-1] for path in exported_names("v3") if path.startswith("applications.")}
    assert {name for name in names if name[0].isupper()} == ARCHITECTURES.keys()
    assert {record["model"] for record in RECORDS} >= ARCHITECTURES.keys() - {"ResNet152V2"}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: f"{record['model']}-{record['id'][-6:]}")
def test_a_network_is_what_keras_recorded(record: dict[str, Any]) -> None:
    model = network(record["model"], **tuples(record["kwargs"]))
    assert (int(model.count), int(model.trainable_count)) == (record["total"], record["trainable"])
    assert list(model.output_shape) == record["output_shape"]
    assert [(layer.name, layer.class_name) for layer in model.layers] == [(row["name"], row["class"]) for row in record["layers"]]
    for layer, row in zip(model.layers, record["layers"], strict=True):
        assert list(layer.output_shape) == row["output_shape"]
        assert [[list(weight.shape), weight.trainable] for weight in layer.weights] == [
            weight[1:] for weight in row.get("weights", [])
        ]


def connections(config: dict[str, Any]) -> dict[str, list[str]]:
    """From the config of a model, the layers that each layer reads."""
    return {layer["name"]: [name for node in layer["inbound_nodes"] for name in histories(node)] for layer in config["layers"]}


def histories(node: Any) -> list[str]:
    if isinstance(node, dict):
        if "keras_history" in node:
            return [str(node["keras_history"][0])]
        return [name for value in node.values() for name in histories(value)]
    return [name for value in node for name in histories(value)] if isinstance(node, list) else []


@pytest.mark.parametrize("name", sorted(ARCHITECTURES.keys() - {"ResNet152V2"}))
def test_each_layer_reads_what_it_reads_in_keras(name: str) -> None:
    record = next(record for record in RECORDS if record["model"] == name)
    model = network(name, **tuples(record["kwargs"]))
    found: dict[str, list[str]] = {}
    for step in model.steps:
        found[step.layer.name] = [tensor.call.layer.name for tensor in step.inputs]
    real = connections(json.loads(record["model_json"])["config"])
    assert {layer: sorted(read) for layer, read in found.items()} == {layer: sorted(read) for layer, read in real.items()}


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_letters_have_the_numbers_of_every_size(name: str) -> None:
    sizes = random.Random(name)
    numbers = {"h": sizes.randint(75, 140), "w": sizes.randint(75, 140), "c": sizes.randint(1, 9), "k": sizes.randint(2, 9)}
    lettered = network(name, input_shape=(h, w, c), classes=k)
    numbered = network(name, input_shape=(numbers["h"], numbers["w"], numbers["c"]), classes=numbers["k"])
    assert lettered.count.at({letter: numbers[letter] for letter in lettered.count.letters}) == int(numbered.count)
    shapes = [layer.output_shape for layer in lettered.layers]
    at = {symbols(letter): number for letter, number in numbers.items()}
    found = [tuple(size.subs(at) if hasattr(size, "subs") else size for size in shape) for shape in shapes]
    assert found == [layer.output_shape for layer in numbered.layers]


def test_the_number_of_classes_is_a_letter_of_the_formula() -> None:
    assert str(network("ResNet50", classes=k).count.expr) == "2049*k + 23587712"
    assert str(network("VGG16", classes=k).count.expr) == "4097*k + 134260544"


def test_a_network_is_the_base_of_another_model() -> None:
    base = keras.applications.MobileNetV2(input_shape=(96, 96, 3), include_top=False, weights="imagenet")
    base.trainable = False
    inputs = keras.Input((96, 96, 3))
    x = keras.applications.mobilenet_v2.preprocess_input(inputs)
    x = keras.layers.Dense(k)(keras.layers.GlobalAveragePooling2D()(base(x, training=False)))
    model = keras.Model(inputs, x)
    assert str(model.trainable_count.expr) == "1281*k"
    assert base.get_layer("block_16_project").output.shape == (None, 3, 3, 320)
    on_tensor = network("VGG16", input_tensor=keras.Input((64, 64, 3)), include_top=False)
    assert on_tensor.output_shape == (None, 2, 2, 512)
    assert keras.Model(on_tensor.input, on_tensor.get_layer("block3_conv3").output).count == 1_735_488


REFUSED: dict[str, tuple[Any, Any, str]] = {
    "classes": (SettingError, lambda: keras.applications.VGG16(classes=10), "the weights of ImageNet have 1000 classes, not 10; give weights=None"),
    "letters": (SettingError, lambda: keras.applications.VGG16(classes=k), "have 1000 classes, not k; give weights=None as well$"),
    "small": (ShapeError, lambda: network("Xception", input_shape=(32, 32, 3)), "at least 71 x 71, not 32 x 32$"),
    "two sizes": (ShapeError, lambda: network("VGG16", input_shape=(32, 32)), "the rows, the columns and the channels of an image"),
    "unknown size": (ShapeError, lambda: network("VGG16", input_shape=(None, 64, 3)), "needs every size of input_shape.*give include_top=False"),
    "channels": (ShapeError, lambda: keras.applications.VGG16(input_shape=(64, 64, 1), include_top=False), "need 3 channels, not 1"),
    "pooling": (SettingError, lambda: network("VGG16", include_top=False, pooling="mean"), "pooling is None, 'avg' or 'max', not 'mean'$"),
    "weights": (SettingError, lambda: keras.applications.VGG16(weights="imagnet"), "the path of a file, not 'imagnet'$"),
    "tensor": (SettingError, lambda: network("VGG16", input_tensor=3), "input_tensor is a symbolic tensor"),
    "alpha": (SettingError, lambda: network("MobileNet", alpha=k), "alpha is a positive number, not k, since each width is rounded"),
    "argument": (ArgumentError, lambda: network("ResNet50", clases=3), "no argument 'clases'; did you mean 'classes'"),
    "other version": (UnknownLayerError, lambda: network("RegNetX002"), "keras.v2 and keras.v1 have it"),
    "weights of a size": (SettingError, lambda: keras.v2.applications.ResNetRS50(weights="imagnet-i224"), "the path of a file"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_keras_refuses_is_refused(case: str) -> None:
    error, call, words = REFUSED[case]
    refused(error, words, call)


@pytest.mark.filterwarnings("ignore")  # those of the backend
@pytest.mark.parametrize("name", ["ResNet152V2", "VGG19", "MobileNetV3Small", "EfficientNetB0", "InceptionV3", "ConvNeXtTiny"])
def test_the_installed_keras_builds_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    real = installed("keras", at_least="3.15")
    real.utils.clear_session()
    arguments = {"include_top": False, "pooling": "max", "input_shape": (97, 110, 3)}
    theirs, ours = network(name, real, **arguments), network(name, **arguments)
    assert [(layer.name, list(layer.weights and [tuple(each.shape) for each in layer.weights])) for layer in theirs.layers] == [
        (layer.name, [each.shape for each in layer.weights]) for layer in ours.layers
    ]


@pytest.mark.parametrize("version", ["v2", "v1"])
@pytest.mark.parametrize("name", ARCHITECTURES)
def test_the_networks_of_earlier_versions_have_the_counts_of_keras_3(name: str, version: str) -> None:
    assert int(network(name, getattr(keras, version), classes=7).count) == int(network(name, classes=7).count)


@pytest.mark.parametrize(
    "name", ["MobileNetV3Small", "MobileNetV2", "ResNet50", "ConvNeXtTiny", "EfficientNetB0", "NASNetMobile", "DenseNet121"]
)
def test_keras_2_builds_the_same(name: str) -> None:
    theirs = network(name, installed("tf_keras"), classes=7)
    ours = network(name, keras.v2, classes=7)
    assert theirs.count_params() == int(ours.count)
    assert [tuple(each.shape) for each in theirs.trainable_weights] == [each.shape for each in ours.trainable_weights]


# What tf_keras 2.21 counts with classes=7.
OF_KERAS_2 = {
    "RegNetX002": 2_339_223,
    "RegNetX004": 4_811_879,
    "RegNetX006": 5_704_023,
    "RegNetX008": 6_628_679,
    "RegNetX016": 8_327_031,
    "RegNetX032": 14_357_175,
    "RegNetX040": 20_842_839,
    "RegNetX064": 24_669_839,
    "RegNetX080": 37_755_559,
    "RegNetX120": 43_977_127,
    "RegNetX160": 52_355_047,
    "RegNetX320": 105_470_223,
    "RegNetY002": 2_817_427,
    "RegNetY004": 3_933_383,
    "RegNetY006": 5_480_183,
    "RegNetY008": 5_529_439,
    "RegNetY016": 10_372_325,
    "RegNetY032": 18_000_089,
    "RegNetY040": 19_627_551,
    "RegNetY064": 29_377_763,
    "RegNetY080": 37_262_931,
    "RegNetY120": 49_693_615,
    "RegNetY160": 80_709_131,
    "RegNetY320": 141_518_049,
    "ResNetRS101": 61_689_639,
    "ResNetRS152": 84_738_599,
    "ResNetRS200": 91_351_591,
    "ResNetRS270": 128_069_863,
    "ResNetRS350": 162_233_703,
    "ResNetRS420": 190_227_559,
    "ResNetRS50": 33_710_631,
}


def test_every_network_that_only_keras_2_has_is_here() -> None:
    names = {path.split(".")[-1] for path in exported_names("v2") if path.startswith("applications.")}
    assert {name for name in names if name[0].isupper()} - ARCHITECTURES.keys() == EARLIER.keys() == OF_KERAS_2.keys()


@pytest.mark.parametrize("name", OF_KERAS_2)
def test_a_network_of_keras_2_has_the_count_of_keras_2(name: str) -> None:
    assert int(network(name, keras.v2, classes=7).count) == OF_KERAS_2[name]


def test_the_networks_of_keras_2_in_letters() -> None:
    for name in ("RegNetY002", "ResNetRS50"):
        lettered = network(name, keras.v1, classes=k, input_shape=(h, w, 3))
        assert lettered.count.at(k=7) == OF_KERAS_2[name]
    assert keras.v2.applications.ResNetRS50(weights="imagenet-i224").count == network("ResNetRS50", keras.v2).count
    base = network("RegNetY002", keras.v2, include_top=False, pooling="max", input_shape=(97, 110, 3))
    assert (base.name, base.output_shape, int(base.count)) == ("regnety002", (None, 368), 2_814_844)
    names = [layer.name for layer in base.layers]
    assert "regnety002_Stage_3_YBlock_6_squeeze_and_excite_excite" in names
    assert "BlockGroup2__block_0_batch_norm_1" in [layer.name for layer in network("ResNetRS50", keras.v2).layers]
