"""``python -m tests.summaries.every_record``: every recorded layer, printed by every printer, read, and what became of it.

Of each row that is read: **found** is the recorded layer, by the shapes of its tensors, alone or among others with its number; **other**
are only other layers with its number; **undecided** says that the search was not complete, or what the table does not show; **denied**
says that there is no such layer, which is wrong. ``--write`` puts the rows of its printers into the table of the documentation.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from symparams import from_summary
from tests.summaries.recorded_rows import (
    Recorded,
    recorded_keras_layers,
    recorded_keras_model_layers,
    recorded_torch_modules,
)
from tests.summaries.table_printers import OF_KERAS, OF_TORCH, Row, gluon, paddle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FILE = Path(__file__).parents[2] / "docs" / "recorded_layers.csv"
FOUND, OTHER, UNDECIDED, DENIED, MISREAD = KINDS = ("Found", "Other", "Undecided", "Denied", "Misread")
PROGRESS = 10  # seconds between two lines

SAME = ("Linear", "Embedding", "LayerNorm", "LSTM", "GRU")  # of the same formula and name in Paddle and in Gluon
IN_GLUON = {"Linear": "Dense", **{f"Conv{rank}d": f"Conv{rank}D" for rank in (1, 2, 3)}}
IN_PADDLE = {f"Conv{rank}d": f"Conv{rank}D" for rank in (1, 2, 3)} | {"RNN": "SimpleRNN"}


def is_denial(because: str) -> bool:
    """Whether a sentence says that no such layer, or no such class, exists."""
    return (because.startswith("not explained: no ") and " has " in because) or "is not a class of" in because


def tensors_of(way: Any) -> list[tuple[int, ...]] | None:
    """The shapes of the tensors of a layer that was found; None for one that only counts them."""
    if hasattr(way, "module"):
        return sorted(tuple(tensor.shape) for _, tensor in way.module.named_parameters())
    return sorted(tuple(map(int, tensor.shape)) for tensor in way.layer.weights) if hasattr(way, "layer") else None


def outcome(record: Recorded, text: str) -> tuple[str, str]:
    """What becomes of a record in a printed text: its kind, and the answer."""
    table = from_summary(text)
    place = -1 - len(getattr(record, "more", ()))
    layer, why = table.layers[place], table.explanations[place]
    if (layer.class_name, layer.params) != (record.row.class_name, record.row.params) or any(
        way.count != record.row.params for way in why.ways
    ):
        return MISREAD, str(layer)
    if is_denial(why.because):
        return DENIED, str(why)
    if not why.ways:
        return UNDECIDED, str(why)
    return FOUND if record.tensors in map(tensors_of, why.ways) else OTHER, str(why)


# ---------------------------------------------------------------- who prints what
def as_in(record: Recorded, names: dict[str, str], after: str) -> Recorded | None:
    """A module of PyTorch as another framework has it; None for a class that it does not have with the same formula."""
    class_name = record.row.class_name
    if class_name not in (*SAME, *names) or record.said.startswith(("utils", "parametrizations")):
        return None
    before, row = record.rows
    last = Row("after", after, row.gives, row.gives, 0)  # by which the printer is known
    there = Row(row.name, names.get(class_name, class_name), row.reads, row.gives, row.params)
    return Printed(record, [before, there, last])


class Printed(Recorded):
    """A record in rows that another framework prints, with one more at the end."""

    def __init__(self, record: Recorded, rows: Sequence[Row]) -> None:
        super().__init__(record.family, rows[:-1], record.tensors, record.said)
        self.more = rows[-1:]


def jobs() -> Iterator[tuple[str, str, Callable[[Sequence[Row]], str], Sequence[Recorded]]]:
    """The printers, each with the records that it prints."""
    modules = [*recorded_torch_modules()]
    for name, printer in OF_TORCH.items():
        yield name, "modules of PyTorch", printer, modules
    for name, printer, names, after in (("Gluon", gluon, IN_GLUON, "Dense"), ("Paddle", paddle, IN_PADDLE, "Conv2D")):
        yield name, "modules of PyTorch", printer, [there for record in modules if (there := as_in(record, names, after))]
    layers, inside = [*recorded_keras_layers()], [*recorded_keras_model_layers()]
    for name, printer in OF_KERAS.items():
        yield name, "layers of Keras", printer, layers
        yield name, "layers in models of Keras", printer, inside


def run(
    printer: Callable[[Sequence[Row]], str], records: Sequence[Recorded], label: str, shown: Sequence[str], silent: bool = False
) -> Counter[str]:
    """Reads every record as it is printed; a text that several records share is read once, and counted for each."""
    kinds: Counter[str] = Counter()
    known: dict[object, tuple[str, str]] = {}
    said, classes = time.monotonic(), set()
    for place, record in enumerate(records):
        text = printer([*record.rows, *getattr(record, "more", ())])
        key = (text, str(record.tensors))
        if key not in known:
            known[key] = outcome(record, text)
        kind, answer = known[key]
        kinds[kind] += 1
        if kind in shown and (record.row.class_name, answer) not in classes:
            classes.add((record.row.class_name, answer))
            print(f"{label}: {kind}: {record}\n    {answer}", flush=True)
        if not silent and time.monotonic() - said > PROGRESS:
            said = time.monotonic()
            print(f"{label}: {place + 1:,} of {len(records):,}", file=sys.stderr, flush=True)
    return kinds


def written_rows(path: Path) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """The rows of a file, by their printers: those of printers that are not asked for are kept."""
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from (((row[0], row[1]), row) for row in [*csv.reader(file)][1:])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.summaries.every_record", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every so many records")
    parser.add_argument("--printer", action="append", default=[], help="only these printers, by a word of their names")
    parser.add_argument("--show", action="append", default=[], choices=[kind.lower() for kind in KINDS], help="print these rows")
    parser.add_argument("--write", type=Path, nargs="?", const=FILE, help=f"write the table to a file (default: {FILE.name})")
    asked = parser.parse_args()
    rows = [["Printer", "What", "Rows", *KINDS]]
    left = dict(written_rows(asked.write)) if asked.write else {}
    for name, what, printer, records in jobs():
        if not asked.printer or any(word.lower() in name.lower() for word in asked.printer):
            part = records[:: asked.every]
            begun = time.process_time()
            kinds = run(printer, part, f"{name}, {what}", [kind for kind in KINDS if kind.lower() in asked.show])
            rows.append([name, what, *(f"{number:,}" for number in (len(part), *(kinds[kind] for kind in KINDS)))])
            print(" | ".join(rows[-1]), f"| {time.process_time() - begun:.0f} s", flush=True)
            left[name, what] = rows[-1]
            if asked.write:
                with asked.write.open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerows([rows[0], *left.values()])
    return int(any(int(row[3 + KINDS.index(kind)].replace(",", "")) for row in rows[1:] for kind in (DENIED, MISREAD)))


if __name__ == "__main__":
    sys.exit(main())
