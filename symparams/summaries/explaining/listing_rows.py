"""A listing of tensors as a table: a row for each tensor, with the product of its axes."""

from __future__ import annotations

from ...errors import listed, several
from ...layers.parameter import Parameter
from ..table import SummaryTable
from ..text.listings import PEFT, listed_tensors, total_of_listing
from ..text.printers import LISTING
from ..text.row import SummaryLayer
from .explaining import Explanation
from .explanations import LayerWay

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..text.listings import ListedTensor

SHOWN = 5  # names in a note


def listing_table(lines: Sequence[tuple[int, str]], strong: bool = False) -> SummaryTable | None:
    """The table of the tensors in numbered lines; None without any. With ``strong``, only unmistakable lines are read."""
    tensors = listed_tensors(lines, strong)
    if not tensors:
        return None
    total = total_of_listing(line for place, line in lines if place > tensors[0].line)
    layers = [row_of_tensor(tensor, place) for place, tensor in enumerate(tensors, 1)]
    table = SummaryTable("", LISTING, layers, {} if total is None else {"total": total})
    table.shapes = {layer.name: tensor.shape for layer, tensor in zip(layers, tensors, strict=True) if tensor.shape is not None}
    table.alone = [explanation_of_tensor(tensor) for tensor in tensors]
    table.place = tensors[0].line
    table.remarks = remarks_on_tensors(tensors)
    return table


def row_of_tensor(tensor: ListedTensor, place: int) -> SummaryLayer:
    """The row of one tensor."""
    shape = "" if tensor.shape is None else str(tensor.shape)
    name = tensor.name or f"tensor {place}"
    params = 0 if tensor.is_buffer else tensor.size
    row = SummaryLayer(
        name, name, None, params, trainable=tensor.trainable, kernel=tensor.shape, shape_text=shape, params_text=f"{params:,}"
    )
    row.class_name = name
    return row


def explanation_of_tensor(tensor: ListedTensor) -> Explanation:
    """The product of a tensor's axes."""
    if tensor.is_buffer or not tensor.size:
        return Explanation(0, because="a buffer, which is not counted" if tensor.is_buffer else "")
    if tensor.shape is None:
        return Explanation(tensor.size, because="not explained: the listing does not show its shape")
    return Explanation(tensor.size, [LayerWay("Parameter", (Parameter(shape=tensor.shape),), 0, True, True)])


def remarks_on_tensors(tensors: Sequence[ListedTensor]) -> list[str]:
    """The buffers, and the numbers that are not the products of their shapes."""
    buffers = [tensor.name for tensor in tensors if tensor.is_buffer]
    wrong = [tensor for tensor in tensors if tensor.said not in (None, tensor.size)]
    return [
        *([f"{several(len(buffers), 'buffer')} not counted: {shortened(buffers)}"] if buffers else []),
        *(f"{tensor.name}: {tensor.shape} has {tensor.size:,} elements, not {tensor.said:,}" for tensor in wrong[:SHOWN]),
    ]


def shortened(names: Sequence[str]) -> str:
    """Some names, and how many more."""
    return listed([*names[:SHOWN], f"{len(names) - SHOWN} more"] if len(names) > SHOWN + 1 else names)


def peft_table(lines: Sequence[str]) -> SummaryTable | None:
    """The line of ``print_trainable_parameters()`` as a table of one row; None without one."""
    match = next((match for line in lines if (match := PEFT.search(line))), None)
    if match is None:
        return None
    trained, total = (int(text.replace(",", "")) for text in match.groups())
    row = SummaryLayer("model", "model", None, total, params_text=f"{total:,}")
    table = SummaryTable("", LISTING, [row], {"total": total, "trainable": trained, "non-trainable": total - trained})
    table.alone = [Explanation(total, because="the line says only the totals")]
    return table
