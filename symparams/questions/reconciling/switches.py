"""The switches: each is one way in which people count a model differently, as a function from its layers to changes.

A switch that changes nothing in a model is not tried on it. :data:`SWITCHES` are all that are ever tried, in addition to which
parameters are counted (:mod:`.tallies`) and how the number is written (:mod:`.reported_number`). Of changes that are equally
likely, those of the earlier switch come first.
"""

from __future__ import annotations

from .adapter_switches import low_rank_adapters, packed_4_bit
from .feed_forward_switches import gates_left_out, usual_inner_width
from .input_switches import (
    flattened_input,
    forgotten_depth,
    input_not_doubled,
    input_of_the_first,
    other_data_format,
    steps_of_recurrence,
    swapped_sizes,
)
from .layer_switches import (
    blocks_only,
    counted_twice,
    cross_attention_left_out,
    layers_left_out,
    layers_miscounted,
    layers_of_one_name,
    matrices_only,
    tied_head,
)
from .weight_switches import (
    bias_convention,
    bias_of_the_input,
    confused_heads,
    counted_per_unit,
    forgotten_kernel,
    narrow_keys,
    other_directions,
    other_gates,
    other_vocabulary,
    other_window,
    separable_or_whole,
    vectors_of_normalization,
    without_groups,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .changes import Change
    from .model_layers import Pieces

SWITCHES = (
    tied_head,
    gates_left_out,
    layers_left_out,
    layers_of_one_name,
    matrices_only,
    blocks_only,
    bias_convention,
    vectors_of_normalization,
    flattened_input,
    steps_of_recurrence,
    forgotten_depth,
    input_not_doubled,
    input_of_the_first,
    separable_or_whole,
    cross_attention_left_out,
    usual_inner_width,
    confused_heads,
    narrow_keys,
    counted_per_unit,
    other_data_format,
    without_groups,
    other_window,
    other_vocabulary,
    other_directions,
    counted_twice,
    layers_miscounted,
    bias_of_the_input,
    swapped_sizes,
    forgotten_kernel,
    other_gates,
    packed_4_bit,
    low_rank_adapters,
)


def all_changes(pieces: Pieces) -> list[Change]:
    """Every change of every switch that changes the count of this model."""
    found: list[Change] = []
    for switch in SWITCHES:
        found += switch(pieces)
    return found
