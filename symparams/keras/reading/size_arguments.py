"""The arguments of Keras that are sizes, which letters may replace."""

from __future__ import annotations

# Strides, dilations, windows of pools, groups and the like are not among them: a stride of 2 has nothing to do with a width
# of 2.
SIZES = frozenset(
    "units filters kernel_size input_dim output_dim output_size num_heads num_query_heads num_key_value_heads key_dim "
    "value_dim head_dim output_shape target_shape n depth_multiplier num_tokens max_tokens output_sequence_length num_bins "
    "height width shape batch_shape batch_input_shape input_shape input_length projection_dim rank lora_rank result_shape build_input_shape query_shape value_shape key_shape".split()
)
WITH_BATCH = ("batch_shape", "batch_input_shape", "build_input_shape", "result_shape", "query_shape", "value_shape", "key_shape")


def is_size(place: str) -> bool:
    """Whether the number at a place is a size; the batch axis is not."""
    argument, _, index = place.rpartition(".")[2].partition("[")
    return argument in SIZES and not (argument in WITH_BATCH and index.startswith("0]"))
