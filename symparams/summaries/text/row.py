"""One row of a pasted table."""

from __future__ import annotations

import re

from ...errors import several
from .cells import CUT, WITH_CROSSES, connections_of, is_params, output_of, params_of, shapes_in_cell, switch_of
from .names import SUMMARIZED, keras_name, torch_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .cells import Shape, Shapes
    from .rows import RawRow

BRANCH = re.compile(r"( *)(└|(?<= )\?(?= |$))")  # before a layer of a nested model; some terminals print a question mark
STEP = 3  # the indentation of Keras 3 for each level of nested models


class SummaryLayer:
    """A row: ``name``, ``class_name``, ``output_shape``, ``params``; ``trainable``, ``depth``, ``connected`` where the text has them.

    A value is None where the text does not show it: ``params`` of a layer that is not built, a class that was cut off.
    """

    def __init__(
        self,
        name: str,
        class_name: str | None,
        output_shape: Shapes,
        params: int | None,
        *,
        trainable: bool | None = None,
        depth: int = 0,
        connected: list[tuple[str, int | None, bool]] | None = None,
        input_shape: Shapes = None,
        kernel: Shape | None = None,
        outputs: list[Shape] | None = None,
        shape_text: str = "",
        params_text: str = "",
    ) -> None:
        self.name, self.class_name, self.output_shape, self.params = name, class_name, output_shape, params
        self.trainable, self.depth, self.input_shape = trainable, depth, input_shape
        self.connections, self.kernel = connected, kernel
        self.outputs = outputs or []
        self.shape_text, self.params_text = shape_text, params_text
        self.class_beginning = ""  # the beginning of a class that was cut off
        self.groups: int | None = None  # from the column of torchinfo
        self.weights: dict[str, int] = {}  # the sizes of its tensors, where a verbose table lists them
        self.found: list[Shape] = []  # the outputs that follow from the layer, where the text does not show all of them

    @property
    def connected(self) -> tuple[str, ...]:
        """The names of the layers whose outputs the row reads, where the table has a column for them."""
        return tuple(name for name, _, _ in self.connections or ())

    @property
    def title(self) -> str:
        """``lstm (LSTM)``, with a question mark where the class was cut off."""
        return self.name if self.name == self.class_name else f"{self.name} ({self.class_name or '?'})"

    def __repr__(self) -> str:
        params = "no number" if self.params is None else several(self.params, "parameter")
        return f"<SummaryLayer {self.title}, {self.shape_text or 'no shape'}, {params}>"


def keras_layer(row: RawRow, breaks: bool) -> SummaryLayer:
    """A row of a Keras table."""
    join = "" if breaks else " "
    cell = row.text("layer", join)
    depth, lead = row.depth, (row.cells["layer"] or [""])[0]
    branch = BRANCH.match(lead)
    if branch is not None:
        depth = max(1, (len(branch[1].removeprefix(" ")) + 1) // STEP)
        cell = cell.replace(branch[2], "", 1)
    name, class_name = keras_name(cell)
    layer = _layer(row, name, class_name, depth, join)
    if class_name is None:
        layer.class_beginning = cell.rpartition("(")[2].strip().rstrip(CUT) if "(" in cell else ""
    return layer


def torch_layer(row: RawRow) -> SummaryLayer:
    """A row of torchinfo, or of torchsummary, which numbers the calls: ``Linear-4``."""
    cell = " ".join(row.cells["layer"])
    match = SUMMARIZED.fullmatch(cell.strip())
    name, class_name, depth = (cell.strip(), match.group(1), 0) if match else torch_name(cell)
    layer = _layer(row, name, class_name, depth, " ")
    groups = row.text("groups")
    layer.groups = int(groups) if groups.isdecimal() else None
    layer.weights = row.weights
    return layer


def _layer(row: RawRow, name: str, class_name: str | None, depth: int, join: str) -> SummaryLayer:
    shape, number = row.text("output", join), row.text("params", join)
    connected = None
    if "connected" in row.cells:
        connected = connections_of(row.text("connected", join))
    trainable = switch_of(row.text("trainable"))
    if trainable is None and number.startswith("(") and params_of(number) is not None:
        trainable = False  # torchinfo puts frozen numbers in brackets
    return SummaryLayer(
        name,
        class_name,
        output_of(shape),
        params_of(number) if is_params(number) and CUT not in number else None,
        trainable=trainable,
        depth=depth,
        connected=connected,
        input_shape=output_of(row.text("input", join)),
        kernel=next(iter(shapes_in_cell(row.text("kernel", join))), None),
        outputs=shapes_in_cell(shape) or crossed_shape(shape),
        shape_text=shape,
        params_text=number,
    )


def crossed_shape(text: str) -> list[Shape]:
    """The shape in ``64x112x112``; empty for another text."""
    return [tuple(map(int, text.split("x")))] if WITH_CROSSES.fullmatch(text) else []
