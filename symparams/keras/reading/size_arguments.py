"""The arguments of Keras that are sizes, which letters may replace."""

from __future__ import annotations

from ...core.letters_for_numbers import BLOCKS, CLASSES, GROUPS, HEADS, LENGTH, OTHER, OUTPUTS, ROWS, SIZE, WINDOW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# Strides, dilations, windows of pools and the like are not among them: a stride of 2 has nothing to do with a width of 2.
SIZES = frozenset(
    "filters output_dim output_size key_dim value_dim head_dim output_shape target_shape n output_sequence_length "
    "num_bins height width shape batch_shape batch_input_shape input_shape input_length projection_dim rank lora_rank "
    "result_shape build_input_shape query_shape value_shape key_shape".split()
)
WITH_BATCH = ("batch_shape", "batch_input_shape", "build_input_shape", "result_shape", "query_shape", "value_shape", "key_shape")
OF_INPUT = ("batch_shape", "batch_input_shape", "build_input_shape", "input_shape")
OF_CLASSES = frozenset("predictions classifier classes logits head output outputs".split())  # the names of last layers
KINDS = {
    "units": OUTPUTS,
    "input_dim": ROWS,
    "num_tokens": ROWS,
    "max_tokens": ROWS,
    "kernel_size": WINDOW,
    "repeats": BLOCKS,
    "groups": GROUPS,
    "num_heads": HEADS,
    "num_query_heads": HEADS,
    "num_key_value_heads": HEADS,
}


def kind_of(place: str, places: Mapping[str, int]) -> str:
    """The kind of the number at a place; the batch axis is not a size, and of an input only the last axis is a width."""
    argument, _, index = place.rpartition(".")[2].partition("[")
    if argument in SIZES and not (argument in WITH_BATCH and index.startswith("0]")):
        front, _, axis = place.rpartition("[")
        is_length = argument in (*OF_INPUT, "target_shape") and axis[:-1].isdecimal() and f"{front}[{int(axis[:-1]) + 1}]" in places
        return LENGTH if is_length else SIZE
    if argument == "units" and place.rpartition(".")[0].rpartition("/")[2].lower() in OF_CLASSES:
        return CLASSES
    return KINDS.get(argument, OTHER)
