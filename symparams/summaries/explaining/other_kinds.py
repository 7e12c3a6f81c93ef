"""Everything in a text that counts parameters without a head 'Layer (type)': printed modules, Lightning, flax, haiku, Flux, listings."""

from __future__ import annotations

from ..._startup.limits import ROWS_OF_A_TABLE
from ...errors import TextError
from .array_rows import array_summaries, tree_summaries
from .caffe_rows import caffe_summaries
from .explaining import Explanation
from .flux_rows import flux_summaries
from .lightning_rows import lightning_summaries
from .listing_rows import listing_table, peft_table
from .printed_module_rows import module_tables
from .torchsummaryx_rows import torchsummaryx_summaries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..table import SummaryTable


def tables_of_other_kinds(lines: Sequence[str], beside: Sequence[SummaryTable]) -> list[tuple[int, SummaryTable]]:
    """The tables of other kinds in a text, each with its place; ``beside`` are those with a head, which printed modules may settle."""
    found = [
        *lightning_summaries(lines),
        *array_summaries(lines),
        *caffe_summaries(lines),
        *torchsummaryx_summaries(lines),
        *flux_summaries(lines),
    ]
    if not found and not beside and (trees := tree_summaries(lines)):
        refuse_too_many_rows(trees)
        return trees
    found += modules_beside(lines, beside) if beside else [(place, table) for place, table in module_tables([*lines])]
    numbered = [(place, line) for place, line in enumerate(lines) if "Layer (type" not in line]
    listing = listing_table(numbered, strong=bool(found or beside))
    if listing is not None:
        found.append((listing.place, listing))
    if not found and not beside and (trained := peft_table(lines)) is not None:
        found.append((0, trained))
    refuse_too_many_rows(found)
    return found


def refuse_too_many_rows(tables: Sequence[tuple[int, SummaryTable]]) -> None:
    """Refuses a table that is longer than any model."""
    for _, table in tables:
        if len(table.layers) > ROWS_OF_A_TABLE:
            raise TextError(f"the text has {len(table.layers):,} rows, more than {ROWS_OF_A_TABLE:,}")


def modules_beside(lines: Sequence[str], beside: Sequence[SummaryTable]) -> list[tuple[int, SummaryTable]]:
    """The printed modules next to tables: one with the numbers of a table settles its open readings, any other is its own table."""
    try:
        modules = [(place, table) for place, table in module_tables([*lines]) if len(table.layers) > 1 and table.of_the_model]
    except TextError as error:
        beside[0].remarks.append(str(error))
        return []
    left = []
    for place, module in modules:
        same = next((table for table in beside if settle_by_module(table, module)), None)
        if same is None:
            left.append((place, module))
    return left


def settle_by_module(table: SummaryTable, module: SummaryTable) -> bool:
    """Settles the rows of a table by the printed module; False where its numbers are not those of the table."""
    numbers = sorted(layer.params for layer in table.layers if layer.params)
    if numbers != sorted(layer.params for layer in module.layers if layer.params):
        return False
    printed: dict[tuple[str | None, int | None], list[Explanation]] = {}
    for layer, why in zip(module.layers, module.alone, strict=True):
        printed.setdefault((layer.class_name, layer.params), []).append(why)
    whys = []
    for layer, why in zip(table.layers, table.alone, strict=True):
        meant = printed.get((layer.class_name, layer.params), []) if layer.params else []
        one = len({each.ways[0].cores for each in meant if each.ways}) == 1
        whys.append(meant[0] if one else why)
    table.alone = whys
    return True
