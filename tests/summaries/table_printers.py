"""Printers of tables: the same rows as each tool prints them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Row:
    """A row to print: its name, its class, what it reads (None for an input layer), what it gives, and its number.

    ``after`` are the names of the rows that it reads; without them it reads the row above.
    """

    def __init__(
        self, name: str, class_name: str, reads: str | None, gives: str, params: int, after: Sequence[str] | None = None
    ) -> None:
        self.name, self.class_name, self.reads, self.gives, self.params = name, class_name, reads, gives, params
        self.after = after


def ruled(
    rows: Sequence[Row],
    widths: tuple[int, ...],
    head: Sequence[str],
    cells: Callable[[Row], Sequence[str]],
    between: str,
    more: Callable[[Row], str] = lambda row: "",
) -> str:
    def line(texts: Sequence[str]) -> str:
        return "".join(text.ljust(width) for text, width in zip(texts, widths, strict=False)).rstrip()

    body = f"\n{between}\n".join(line(cells(row)) + more(row) for row in rows)
    rule = "=" * sum(widths)
    return f"{line(head)}\n{rule}\n{body}\n{rule}\n{total(rows)}\n"


def total(rows: Sequence[Row]) -> str:
    return f"Total params: {sum(row.params for row in rows):,}"


def keras_1(rows: Sequence[Row]) -> str:
    above = {row.name: row.after or [rows[place - 1].name] for place, row in enumerate(rows) if row.reads is not None and place}
    widths, head = (50, 30, 14, 30), ("Layer (type)", "Output Shape", "Param #", "Connected to")

    def cells(row: Row) -> Sequence[str]:
        first, *_ = above.get(row.name, [""])
        return f"{row.name} ({row.class_name})", row.gives, str(row.params), f"{first}[0][0]" if first else ""

    def more(row: Row) -> str:
        return "".join(f"\n{'':94}{name}[0][0]" for name in above.get(row.name, [])[1:])

    return ruled(rows, widths, head, cells, "_" * 124, more)


def keras_2(rows: Sequence[Row]) -> str:
    return ruled(
        rows, (50, 36, 14), ("Layer (type)", "Output Shape", "Param #"),
        lambda row: (f"{row.name} ({row.class_name})", row.gives, str(row.params)), "_" * 100,
    )  # fmt: skip


def keras_3(rows: Sequence[Row]) -> str:
    widths = (50, 36, 14)

    def line(bar: str, *texts: str) -> str:
        return bar + bar.join(f" {text}".ljust(width) for text, width in zip(texts, widths, strict=True)) + bar

    def rule(left: str, middle: str, right: str, drawn: str) -> str:
        return left + middle.join(drawn * width for width in widths) + right

    body = f"\n{rule('├', '┼', '┤', '─')}\n".join(
        line("│", f"{row.name} ({row.class_name})", row.gives, f"{row.params:,}") for row in rows
    )
    return "\n".join(
        [rule("┏", "┳", "┓", "━"), line("┃", "Layer (type)", "Output Shape", "Param #"), rule("┡", "╇", "┩", "━"), body, rule("└", "┴", "┘", "─"), f" {total(rows)}", ""]
    )  # fmt: skip


def one_line(rows: Sequence[Row]) -> str:
    return " ".join(keras_2(rows).split())


def markdown(rows: Sequence[Row]) -> str:
    lines = [f"{row.name} ({row.class_name}) | {row.gives} | {row.params}" for row in rows]
    return "\n".join(["Layer (type) | Output Shape | Param #", "---|---|---", *lines, "", total(rows)])


def torchinfo(rows: Sequence[Row]) -> str:
    def cells(row: Row) -> Sequence[str]:
        return (
            f"├─{row.class_name}: 1-{rows.index(row) + 1}",
            row.reads or "--",
            row.gives,
            f"{row.params:,}" if row.params else "--",
        )

    lines = ruled(rows, (42, 30, 30, 16), ("Layer (type:depth-idx)", "Input Shape", "Output Shape", "Param #"), cells, "")
    return lines.replace("\n\n", "\n")


def torchinfo_plain(rows: Sequence[Row]) -> str:
    def cells(row: Row) -> Sequence[str]:
        return f"├─{row.class_name}: 1-{rows.index(row) + 1}", row.gives, f"{row.params:,}" if row.params else "--"

    return ruled(rows, (42, 30, 16), ("Layer (type:depth-idx)", "Output Shape", "Param #"), cells, "").replace("\n\n", "\n")


def torchsummary(rows: Sequence[Row]) -> str:
    lines = [f"{f'{row.class_name}-{place}':>28} {row.gives:>30} {row.params:>15,}" for place, row in enumerate(rows, 1)]
    head = f"{'Layer (type)':>28} {'Output Shape':>30} {'Param #':>15}"
    return "\n".join(["-" * 76, head, "=" * 76, *lines, "=" * 76, total(rows), ""])


def fastai(rows: Sequence[Row]) -> str:
    def without_batch(shape: str) -> str:
        return f"[{shape.strip('[]()').partition(',')[2].strip()}]"

    return ruled(
        rows, (34, 30, 16, 10), ("Layer (type)", "Output Shape", "Param #", "Trainable"),
        lambda row: (row.class_name, without_batch(row.gives), f"{row.params:,}", "True"), "_" * 86,
    )  # fmt: skip


def paddle(rows: Sequence[Row]) -> str:
    lines = [
        f"{f'{row.class_name}-{place}':^30} {f'[{row.reads}]':^32} {row.gives:^30} {row.params:^15,}"
        for place, row in enumerate(rows, 1)
    ]
    head = f"{'Layer (type)':^30} {'Input Shape':^32} {'Output Shape':^30} {'Param #':^15}"
    return "\n".join(["-" * 110, head, "=" * 110, *lines, "=" * 110, total(rows), ""])


def gluon(rows: Sequence[Row]) -> str:
    lines = [f"{f'{row.class_name}-{place}':>30} {row.gives:>36} {row.params:>15}" for place, row in enumerate(rows, 1)]
    first = f"{'Input':>30} {rows[0].reads or '':>36} {0:>15}"
    head = f"{'Layer (type)':>30} {'Output Shape':>36} {'Param #':>15}"
    foot = ["Parameters in forward computation graph, duplicate included", f"   {total(rows)}"]
    return "\n".join(["-" * 84, head, "=" * 84, first, *lines, "=" * 84, *foot, ""])


OF_KERAS = {"Keras 1": keras_1, "Keras 2": keras_2, "Keras 3": keras_3, "one line": one_line, "Markdown": markdown}
OF_TORCH = {"torchinfo": torchinfo, "torchinfo without inputs": torchinfo_plain, "torchsummary": torchsummary, "fastai": fastai}
