"""``model.summary()``: Keras's table, with the formula of every layer beside its number."""

from __future__ import annotations

from ..frozen import Frozen
from ..printing.tables import Maths, boxed_table, html_table, latex_table, markdown_table
from .tensor import shape_text, tensors_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from ..formula import Formula
    from .counted import Counted
    from .model import Model
    from .tensor import KerasTensor

UNITS = ("B", "KB", "MB", "GB", "TB")


class SummaryRow(Frozen):
    """One layer: its name and class, the shape of its output, its count, what it is connected to.

    ``depth`` is how many models it stands in below the one that the summary is of; ``trainable`` is None where there is
    nothing to train.
    """

    __slots__ = ("class_name", "connected_to", "count", "depth", "name", "output_shape", "trainable")
    name: str
    class_name: str
    output_shape: Any
    count: Formula
    connected_to: tuple[str, ...]
    trainable: bool | None
    depth: int

    @property
    def title(self) -> str:
        """Its name and class."""
        return f"{self.name} ({self.class_name})"

    @property
    def formula(self) -> str:
        """The formula as text, nothing where there is nothing to count."""
        return written(self.count)


# The columns that every table has, and those that it may have: the head, and what stands below it.
COLUMNS: dict[str, Callable[[SummaryRow], str]] = {
    "Layer (type)": lambda row: f"{'    ' * (row.depth - 1)}└ {row.title}" if row.depth else row.title,
    "Output Shape": lambda row: shape_text(row.output_shape),
    "Param #": lambda row: number_text(row.count),
    "Formula": lambda row: row.formula,
    "Connected to": lambda row: ", ".join(row.connected_to) or "-",
    "Trainable": lambda row: {True: "Y", False: "N", None: "-"}[row.trainable],
}
ALWAYS = ("Layer (type)", "Output Shape", "Param #", "Formula")
NUMBERS = ("Param #",)


class Summary:
    """The table of a model. ``print`` shows it; ``rows`` has its lines; ``markdown()``, ``html()`` and ``latex()`` write it.

    ``expand_nested`` shows the layers of the models inside, too, ``show_trainable`` what is trained, as in Keras.
    """

    def __init__(self, model: Model, expand_nested: bool = False, show_trainable: bool = False) -> None:
        self.title = model.name
        self.rows = [*rows_of(model, expand_nested)]
        self.total, self.trainable, self.non_trainable = model.count, model.trainable_count, model.non_trainable_count
        shown = {"Connected to": branches(self.rows), "Trainable": show_trainable}
        self.head = tuple(name for name in COLUMNS if name in ALWAYS or shown[name])

    @property
    def totals(self) -> list[tuple[str, Formula]]:
        """The lines below the table."""
        return [("Total params", self.total), ("Trainable params", self.trainable), ("Non-trainable params", self.non_trainable)]

    def cells(self, row: SummaryRow, other: Mapping[str, str] | None = None) -> list[str]:
        """What the table shows of a layer; ``other`` says a column in another way."""
        return [(other or {}).get(name) or COLUMNS[name](row) for name in self.head]

    def __str__(self) -> str:
        return "\n".join(
            [
                f'Model: "{self.title}"',
                boxed_table(self.head, [self.cells(row) for row in self.rows], self.right),
                *(f" {name}: {number_text(count)}{size_text(count)}" for name, count in self.totals),
            ]
        )

    def __repr__(self) -> str:
        return f"<Summary of {self.title}: {len(self.rows)} layers, {self.total} parameters>"

    def foot(self, cells: Callable[[str, Formula], dict[str, str]]) -> list[list[str]]:
        """The totals as rows of the table."""
        return [[cells(name, count).get(column, "") for column in self.head] for name, count in self.totals]

    @property
    def right(self) -> list[int]:
        """Where the columns of numbers stand."""
        return [self.head.index(name) for name in NUMBERS]

    def markdown(self) -> str:
        """The table as Markdown, with a line for each total."""

        def code(text: str) -> str:
            return f"`{text}`" if text else ""

        def number(count: Formula) -> str:
            return code(number_text(count)) if count.letters else number_text(count)

        rows = [
            self.cells(
                row,
                {"Output Shape": code(shape_text(row.output_shape)), "Param #": number(row.count), "Formula": code(row.formula)},
            )
            for row in self.rows
        ]
        foot = self.foot(
            lambda name, count: {
                "Layer (type)": f"**{name}**", "Param #": f"**{number(count)}**", "Formula": code(written(count)),
            }
        )  # fmt: skip
        return markdown_table(self.head, [*rows, *foot])

    def html(self) -> str:
        """The table as HTML, with a line for each total; every text in it is escaped."""
        foot = self.foot(lambda name, count: {"Layer (type)": name, "Param #": number_text(count), "Formula": written(count)})
        return html_table(self.head, [self.cells(row) for row in self.rows], foot, self.right)

    def latex(self, names: Mapping[Any, str] | None = None) -> str:
        """The table as LaTeX's ``tabular``, with formulas as :meth:`Formula.latex` writes them; needs booktabs and amsmath.

        ``names`` says how letters are written, ``{"n": r"n_{\\text{units}}"}``.
        """
        self.total.latex(names=names)  # refuses a letter that there is not

        def maths(count: Formula, form: str) -> str:
            its = {key: tex for key, tex in (names or {}).items() if str(key) in count.letters}
            return Maths(count.latex(form, its)) if count.polynomial.terms else ""

        def number(count: Formula) -> str:
            return maths(count, "expanded") if count.letters else number_text(count)

        rows = [
            self.cells(
                row,
                {
                    "Layer (type)": "-- " * row.depth + row.title,
                    "Param #": number(row.count),
                    "Formula": maths(row.count, "written"),
                },
            )
            for row in self.rows
        ]
        foot = self.foot(lambda name, count: {"Layer (type)": name, "Param #": number(count), "Formula": maths(count, "written")})
        return latex_table(self.head, rows, foot, self.right)

    def _repr_markdown_(self) -> str:
        return self.markdown()

    def _repr_html_(self) -> str:
        return self.html()


def rows_of(model: Model, expand_nested: bool, depth: int = 0) -> Iterator[SummaryRow]:
    """The layers of a model, each followed by those inside it where they are wanted."""
    reads: dict[int, list[str]] = {}
    for call in model.steps:
        reads.setdefault(id(call.layer), []).extend(source(tensor) for tensor in call.inputs)
    for layer in model.layers:
        yield SummaryRow(
            name=layer.name,
            class_name=layer.class_name,
            output_shape=layer.output_shape,
            count=layer.count,
            connected_to=tuple(reads.get(id(layer), ())),
            trainable=trains(layer),
            depth=depth,
        )
        if expand_nested and hasattr(layer, "layers"):
            yield from rows_of(layer, expand_nested, depth + 1)


def source(tensor: KerasTensor) -> str:
    """Where a tensor comes from, as Keras writes it: ``dense[0][0]``, the output 0 of call 0."""
    call = tensor.call
    if call is None:
        return "-"
    calls = next((at for at, its in enumerate(call.layer.calls) if its is call), 0)
    outputs = next((at for at, its in enumerate(tensors_in(call.outputs)) if its is tensor), 0)
    return f"{call.layer.name}[{calls}][{outputs}]"


def branches(rows: list[SummaryRow]) -> bool:
    """Whether the layers are more than a chain, so that what they are connected to has to be said."""
    before: dict[int, str] = {}
    shown = {row.name for row in rows}
    for row in rows:
        reads = [name for name, _, _ in (source.partition("[") for source in row.connected_to) if name in shown]
        chain = reads in ([], [before.get(row.depth)])
        if not chain or (not row.connected_to and row.depth in before):
            return True
        before = {depth: name for depth, name in before.items() if depth <= row.depth} | {row.depth: row.name}
    return False


def trains(layer: Counted) -> bool | None:
    """Whether training changes anything in it; None where there is nothing."""
    return layer.trainable if layer.count.polynomial.terms else None


def written(count: Formula) -> str:
    """The formula as text, nothing where there is nothing to count."""
    return count.text() if count.polynomial.terms else ""


def number_text(count: Formula) -> str:
    """The number as Keras prints it, or the formula multiplied out where letters remain."""
    number = count.polynomial.constant()
    return count.text("expanded") if number is None else f"{number:,}"


def size_text(count: Formula) -> str:
    """What it takes in memory at four bytes a parameter, as Keras prints it."""
    number = count.polynomial.constant()
    if number is None:
        return ""
    size, unit = float(4 * number), 0
    while size >= 1024 and unit < len(UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f" ({size:.2f} {UNITS[unit]})"
