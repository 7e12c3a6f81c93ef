"""Trees of arrays as Python prints them: nested dictionaries of shapes, ``nnx.State``, modules of nnx and equinox, JSON.

``{'Dense_0': {'kernel': (3, 4)}}``, ``kernel=Param(value=Array(shape=(3, 4), ...``, ``Linear(weight=f32[4,3], ...``.
"""

from __future__ import annotations

import re

from ...core.frozen import Frozen
from ...errors import several
from .array_tables import ArrayRow, axes_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .cells import Shape

AXES = r"\s*(?:\d+\s*(?:,\s*\d+\s*)*,?\s*)?"
TOKEN = re.compile(
    rf"""\#\ (?:\w+:\ )?(?P<size>[\d,]+)\ \([^\n]*|\#[^\n]*
    |ArrayMetadata\ :\s+name=(?P<stored>[^,\s]{{1,500}}),[^\n]{{0,500}}?\bshape=\((?P<stored_axes>{AXES})\)
    |(?:'(?P<key>[^'\n]{{1,300}})'|"(?P<quoted>[^"\n]{{1,300}})"|(?P<bare>(?<!\w)[A-Za-z_]\w{{0,200}}))\s*[:=](?!=)
    |(?P<dtype>\b(?:b?float|complex|u?int|bool|key|pred|bf|[fiusc])\d{{0,3}}(?:_e\dm\d\w*)?)\[(?P<array_axes>{AXES})\]
    |\((?P<round>{AXES})\)|\[(?P<square>{AXES})\]
    |(?P<class_name>(?<![\w.])[A-Za-z_][\w.]{{0,200}})?(?P<open>[(\[{{])
    |(?P<close>[)\]}}])|(?P<comma>,)|(?P<gap>\.\.\.|…)""",
    re.VERBOSE,
)
BEGINNING = re.compile(r"\{\s*(?:['\"][\w/~.]|$)|\w\((?:\{|\s*$|\s*#)|\w=\w{1,200}\(|[a-z]\d+\[\d")
HOLDERS = frozenset(("Array", "ShapeDtypeStruct", "ArrayMetadata", "ArrayImpl", "ArrayRestoreArgs"))  # with their shape=
OTHER_VARIABLES = frozenset("BatchStat Cache RngKey RngCount RngState Intermediate Metric OptState OptVariable OptArray".split())
NAMES = re.compile(r"(?:kernel|bias|scale|embeddings?|weights?|offset|gamma|beta|mean|var|[wb]|pos_?emb\w*|cls\w*)(?:_\w+|\d+)?$")
NAMED = re.compile(r"\w\.\w")  # a key of a state dict, which is a path itself
NO_ARRAYS = frozenset("kernel_size strides padding pool_size dilation_rate data_offsets input_shape class_name model_type".split())
AUTOMATIC = re.compile(r"([A-Z]\w*?)_\d+$")  # Dense_0
PARAMETERS = "params"  # the collection beside which the others are


class Frame:
    """One pair of brackets: the key before it, its class, and how many things without a key it has."""

    def __init__(self, key: str, class_name: str, bracket: str) -> None:
        self.key, self.class_name, self.bracket = key, class_name, bracket
        self.members = 0


class PrintedArray(Frozen):
    """One array: its path, its axes or None, its number of elements where they are not shown, and the classes around it."""

    path: tuple[str, ...]
    axes: Shape | None
    size: int | None
    owner: str
    variable: str


class TreeReader:
    """Reads the arrays of one text, bracket by bracket."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.key = ""
        self.found: list[PrintedArray] = []
        self.bare = False  # whether a dictionary had shapes without a class
        self.refused = False
        self.gaps = 0  # places at which something was left out

    def read(self, text: str) -> list[PrintedArray]:
        for match in TOKEN.finditer(text):
            if match["open"]:
                self.open(match["class_name"] or "", match["open"])
            elif match["close"]:
                self.close()
            elif match["comma"]:
                self.key = ""
            elif match["gap"]:
                self.gaps += not (self.frames and any(frame.class_name in HOLDERS for frame in self.frames))
            elif match["dtype"]:
                self.array(self.key or self.index(), match["array_axes"])
            elif match["stored"]:
                self.add(tuple(re.split(r"[./]", match["stored"])), axes_of(match["stored_axes"]))
            elif match["size"] and self.frames:
                self.size(int(match["size"].replace(",", "") or 0))
            elif (axes := match["round"] if match["round"] is not None else match["square"]) is not None:
                self.shape(axes)
            elif name := match["key"] or match["quoted"] or match["bare"]:
                self.key = name
        return [] if self.refused else self.found

    def open(self, class_name: str, bracket: str) -> None:
        key = self.key or (self.index() if self.frames else "")
        self.frames.append(Frame(key, class_name.rpartition(".")[2], bracket))
        self.key = ""

    def close(self) -> None:
        if self.frames:
            self.frames.pop()
        self.key = ""

    def index(self) -> str:
        """The place of something without a key in the brackets around it."""
        if not self.frames or self.frames[-1].class_name:
            return ""
        self.frames[-1].members += 1
        return str(self.frames[-1].members - 1)

    def array(self, name: str, axes: str) -> None:
        self.add((*(frame.key for frame in self.frames), name), axes_of(axes))

    def shape(self, axes: str) -> None:
        """Brackets with numbers: a shape where a dictionary or an array has them."""
        around = self.frames[-1] if self.frames else None
        if around is None or not self.key:
            return
        if self.key == "shape" and (around.class_name in HOLDERS or around.bracket == "{"):
            self.add(tuple(frame.key for frame in self.frames), axes_of(axes))
        elif around.bracket == "{" or around.class_name == "FrozenDict":
            self.refused |= self.key in NO_ARRAYS and self.key != "data_offsets"
            self.bare |= self.key not in NO_ARRAYS
            if self.key not in NO_ARRAYS:
                self.array(self.key, axes)

    def size(self, number: int) -> None:
        """The number of elements behind the bracket of a variable of nnx, for one whose values are printed."""
        if self.frames[-1].class_name in OTHER_VARIABLES or self.frames[-1].class_name.endswith("Param"):
            self.add(tuple(frame.key for frame in self.frames), None, number)

    def add(self, path: tuple[str, ...], axes: Shape | None, size: int | None = None) -> None:
        steps = (step for whole in path for step in (whole.split(".") if NAMED.search(whole) else [whole]))
        path = tuple(step for step in steps if step and step not in ("value", "raw_value", "item_metadata", "tree"))
        if self.found and self.found[-1].path == path and self.found[-1].axes is None:
            self.found.pop()  # the shape follows the number
        variables = [frame.class_name for frame in self.frames if is_variable(frame.class_name)]
        owners = [frame.class_name for frame in self.frames if frame.class_name and not is_variable(frame.class_name)]
        owners = [name for name in owners if name not in (*HOLDERS, "State", "FrozenDict", "OrderedDict")]
        self.found.append(PrintedArray(path, axes, size, owners[-1] if owners else "", variables[-1] if variables else ""))


def is_variable(class_name: str) -> bool:
    """Whether a class is one of nnx's variables."""
    return class_name in OTHER_VARIABLES or class_name.endswith("Param")


class PrintedTree(Frozen):
    """The rows of a tree, one for each module with arrays, its place in the text, and what is not in the text."""

    rows: list[ArrayRow]
    place: int
    lacking: list[str]


def printed_tree(lines: Sequence[str]) -> PrintedTree | None:
    """The tree in a text; None where there is none."""
    place = next((place for place, line in enumerate(lines) if BEGINNING.search(line)), None)
    if place is None:
        return None
    reader = TreeReader()
    arrays = reader.read("\n".join(lines[place:]))
    named = sum(bool(array.path and NAMES.match(array.path[-1])) for array in arrays)
    if not arrays or (reader.bare and 2 * named <= len(arrays)) or any(len(array.path) < 1 for array in arrays):
        return None
    lacking = [f"the text leaves out parts of the tree, at {several(reader.gaps, 'place')} with '...'"] if reader.gaps else []
    lacking += [f"the text is cut off: {several(len(reader.frames), 'bracket')} not closed"] if reader.frames else []
    return PrintedTree(rows_of_arrays(without_collections(arrays)), place, lacking)


def without_collections(arrays: list[PrintedArray]) -> list[PrintedArray]:
    """The arrays with their paths in the collection of the parameters; those of the others are marked as such."""
    if not any(array.path[0] == PARAMETERS for array in arrays):
        return arrays
    return [
        array.but(path=array.path[1:]) if array.path[0] == PARAMETERS and len(array.path) > 1 else array.but(variable="Cache")
        for array in arrays
    ]


def rows_of_arrays(arrays: Iterable[PrintedArray]) -> list[ArrayRow]:
    """The arrays by their modules."""
    modules: dict[str, list[PrintedArray]] = {}
    for array in arrays:
        modules.setdefault("/".join(array.path[:-1]), []).append(array)
    return [row_of_module(path, inside) for path, inside in modules.items()]


def row_of_module(path: str, arrays: Sequence[PrintedArray]) -> ArrayRow:
    """The row of one module."""
    mine = [array for array in arrays if array.variable not in {*OTHER_VARIABLES}]
    unseen = [array.size or 0 for array in mine if array.axes is None]
    shapes = {array.path[-1]: array.axes for array in mine if array.axes is not None}
    automatic = AUTOMATIC.search(path.rpartition("/")[2])
    class_name = next((array.owner for array in arrays if array.owner), automatic[1] if automatic else "")
    return ArrayRow(
        path=path,
        class_name=class_name,
        output=None,
        arrays=shapes,
        others={array.path[-1]: array.axes or ((array.size,) if array.size else ()) for array in arrays if array not in mine},
        said=sum(unseen) if unseen else None,
        cut=bool(unseen),
    )
