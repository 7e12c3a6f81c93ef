"""The initializers of an ONNX graph: their names, shapes and number formats, and the operations that read them."""

from __future__ import annotations

import os

from .._startup.limits import ONNX_AXES, ONNX_INITIALIZERS
from ..core.frozen import Frozen
from ..errors import LimitError, SymparamsError, TextError, brief
from .protobuf import Wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .protobuf import Value

# Numbers of fields, as onnx.proto has them.
GRAPH, FUNCTIONS = 7, 25
NODE, INITIALIZER, SPARSE = 1, 5, 15
DIMS, DATA_TYPE, NAME = 1, 2, 8
INPUT, NODE_NAME, OP_TYPE, ATTRIBUTE = 1, 3, 4, 5
ATTRIBUTE_NAME, ATTRIBUTE_INTEGER = 1, 3
LARGEST_AXIS = 2**63
WHOLE_NUMBERS = {5: "int16", 6: "int32", 7: "int64", 9: "bool", 12: "uint32", 13: "uint64", 8: "string"}


class Initializer(Frozen):
    """One initializer, and the uses of it: the operation, its name, the place among its inputs, its groups, and ``transB``."""

    name: str
    shape: tuple[int, ...]
    data_type: int
    uses: tuple[tuple[str, str, int, int, bool], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether its numbers are indices, sizes and the like, and not weights, which may be stored in 8 bits or less."""
        return self.data_type in WHOLE_NUMBERS


class Graph:
    """The main graph of a model, while it is read."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.initializers: dict[str, Initializer] = {}
        self.uses: dict[str, list[tuple[str, str, int, int, bool]]] = {}
        self.sparse = 0

    def read(self, graph: Value) -> None:
        for value in self.wire.message(graph.start, graph.end):
            if value.field == INITIALIZER:
                self.initializer(value)
            elif value.field == NODE:
                self.node(value)
            elif value.field == SPARSE:
                self.sparse += 1

    def initializer(self, tensor: Value) -> None:
        name, shape, data_type = "", [], 0
        for value in self.wire.message(tensor.start, tensor.end):
            if value.field == DIMS:
                for axis in self.wire.numbers(value):
                    shape.append(axis)
                    if len(shape) > ONNX_AXES or axis >= LARGEST_AXIS:
                        raise self.wire.damaged()
            elif value.field == DATA_TYPE:
                data_type = value.number
            elif value.field == NAME:
                name = self.wire.text(value)
        if not name or not name.isprintable() or name in self.initializers:
            raise TextError(f"{self.wire.called} has an initializer called {brief(name)}, which is no name, or is there twice")
        if len(self.initializers) >= ONNX_INITIALIZERS:
            raise LimitError(f"{self.wire.called} has more than {ONNX_INITIALIZERS:,} initializers")
        self.initializers[name] = Initializer(name, tuple(shape), data_type)

    def node(self, node: Value) -> None:
        inputs: list[str] = []
        name = op_type = ""
        attributes: dict[str, int] = {}
        for value in self.wire.message(node.start, node.end):
            if value.field == INPUT:
                inputs.append(self.wire.text(value))
            elif value.field == NODE_NAME:
                name = self.wire.text(value)
            elif value.field == OP_TYPE:
                op_type = self.wire.text(value)
            elif value.field == ATTRIBUTE:
                attributes |= self.attribute(value)
        groups, turned = max(1, attributes.get("group", 1)), bool(attributes.get("transB", 0))
        for place, each in enumerate(inputs):
            self.uses.setdefault(each, []).append((op_type, name, place, groups, turned))

    def attribute(self, attribute: Value) -> dict[str, int]:
        """An attribute that is a whole number."""
        name, number = "", 0
        for value in self.wire.message(attribute.start, attribute.end):
            if value.field == ATTRIBUTE_NAME:
                name = self.wire.text(value)
            elif value.field == ATTRIBUTE_INTEGER:
                number = value.number
        return {name: number}


def initializers_in(source: str | os.PathLike[str]) -> tuple[list[Initializer], int]:
    """The initializers of a file with their uses, and the number of sparse ones, which are not read."""
    path = os.fspath(source)
    called = brief(os.path.basename(path))
    try:
        with open(path, "rb") as file:
            wire = Wire(file, os.fstat(file.fileno()).st_size, called)
            graph = Graph(wire)
            graphs = [value for value in wire.message(0, wire.size) if value.field == GRAPH and value.number < 0]
            if len(graphs) != 1:
                raise TextError(f"{called} is not an ONNX file: it has {len(graphs) or 'no'} graphs")
            graph.read(graphs[0])
    except (OSError, ValueError) as error:
        if isinstance(error, SymparamsError):
            raise
        raise TextError(f"{called} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    found = [each.but(uses=tuple(graph.uses.get(name, ()))) for name, each in graph.initializers.items()]
    return found, graph.sparse
