"""Nets of Caffe: the log of a net that is set up, and the ``prototxt`` that it prints. Both say what each layer is; neither counts.

``net.cpp:129] Top shape: 64 20 24 24 (737280)`` is what a layer gives, never a weight.
"""

from __future__ import annotations

import re

from ...core.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .cells import Shape

SET_UP = re.compile(r"\bSetting up ([^\s]{1,200})\s*$")
CREATED = re.compile(r"\bCreating Layer ([^\s]{1,200})\s*$")
READS = re.compile(r"(?:\] |^\s*)([^\s]{1,200}) <- ([^\s]{1,200})\s*$")
GIVES = re.compile(r"(?:\] |^\s*)([^\s]{1,200}) -> ([^\s]{1,200})(?: \(in-place\))?\s*$")
TOP = re.compile(r"\bTop shape: ((?:\d{1,9} )*\d{1,9})(?: \(\d+\))?\s*$")
BLOCK = re.compile(r"(?:^|\s)layers? ?\{\s*$|(?:^|\s)layers? ?\{ ")
TOKEN = re.compile(r"([A-Za-z_]\w*)\s*(?::\s*(?:\"([^\"\n]{0,300})\"|([^\s{}\"]{1,100}))|(?:(\{))|:\s*(\{))|(\})")
OLD_TYPES = {  # as the first prototxt files wrote them
    "CONVOLUTION": "Convolution", "DECONVOLUTION": "Deconvolution", "INNER_PRODUCT": "InnerProduct", "POOLING": "Pooling", "RELU": "ReLU",
    "LRN": "LRN", "DROPOUT": "Dropout", "SOFTMAX": "Softmax", "SOFTMAX_LOSS": "SoftmaxWithLoss", "DATA": "Data", "ACCURACY": "Accuracy",
    "CONCAT": "Concat", "ELTWISE": "Eltwise", "SPLIT": "Split", "FLATTEN": "Flatten", "IMAGE_DATA": "ImageData", "TANH": "TanH", "SIGMOID": "Sigmoid",
}  # fmt: skip
LEAST = 2  # layers that make a net


class CaffeLayer:
    """One layer: its name, its class and arguments where a ``prototxt`` has them, the blobs that it reads and gives."""

    def __init__(self, name: str) -> None:
        self.name, self.class_name = name, ""
        self.arguments: dict[str, list[str]] = {}
        self.bottoms: list[str] = []
        self.tops: list[str] = []
        self.shapes: list[Shape] = []  # of its tops, from the log

    def argument(self, name: str, default: int) -> int:
        """An argument that is a number."""
        values = self.arguments.get(name, [])
        return int(values[0]) if values and values[0].isdigit() else default

    def switch(self, name: str, default: bool) -> bool:
        values = self.arguments.get(name, [])
        return values[0] == "true" if values else default


class CaffeNet(Frozen):
    """The layers of a net in their order, and its place in the text."""

    layers: list[CaffeLayer]
    place: int


def caffe_net(lines: Sequence[str]) -> CaffeNet | None:
    """The net in a text; None where there is none."""
    place = next((place for place, line in enumerate(lines) if TOP.search(line) or BLOCK.search(line)), None)
    if place is None:
        return None
    layers: dict[str, CaffeLayer] = {}
    for block in blocks_in("\n".join(lines)):
        read_block(block, layers)
    read_log(lines, layers)
    found = [layer for layer in layers.values() if layer.class_name or layer.shapes]
    return CaffeNet(found, place) if len(found) >= LEAST else None


# ---------------------------------------------------------------- prototxt
def blocks_in(text: str) -> Iterator[dict[str, list[str]]]:
    """The fields of each ``layer { ... }``, those of the brackets inside among them."""
    fields: dict[str, list[str]] = {}
    depth, inside = 0, 0  # inside is the depth of the layer
    for match in TOKEN.finditer(text):
        name, quoted, plain, opened, also, closed = match.groups()
        if opened or also:
            depth += 1
            if name in ("layer", "layers") and not inside:
                inside, fields = depth, {}
        elif closed:
            if depth == inside and inside:
                yield fields
                inside = 0
            depth = max(0, depth - 1)
        elif inside:
            fields.setdefault(name, []).append(quoted if quoted is not None else plain)


def read_block(fields: dict[str, list[str]], layers: dict[str, CaffeLayer]) -> None:
    """Puts one ``layer { ... }`` to the layers."""
    name = fields.get("name", [""])[0]
    if not name or "type" not in fields:
        return
    layer = layers.setdefault(name, CaffeLayer(name))
    layer.class_name = OLD_TYPES.get(fields["type"][0], fields["type"][0])
    layer.arguments = fields
    layer.bottoms, layer.tops = fields.get("bottom", []), fields.get("top", [])


# ---------------------------------------------------------------- the log
def read_log(lines: Sequence[str], layers: dict[str, CaffeLayer]) -> None:
    """Puts what the log says of each layer to the layers."""
    current: CaffeLayer | None = None
    for line in lines:
        if match := CREATED.search(line) or SET_UP.search(line):
            current = layers.setdefault(match[1], CaffeLayer(match[1]))
            if "Setting up" in line:
                current.shapes = []
        elif match := READS.search(line):
            layer = layers.setdefault(match[1], CaffeLayer(match[1]))
            layer.bottoms += [match[2]] if match[2] not in layer.bottoms else []
        elif match := GIVES.search(line):
            layer = layers.setdefault(match[1], CaffeLayer(match[1]))
            layer.tops += [match[2]] if match[2] not in layer.tops else []
        elif (match := TOP.search(line)) and current is not None:
            current.shapes.append(tuple(map(int, match[1].split())))
