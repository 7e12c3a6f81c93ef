"""The rows of Embedding and ReversibleEmbedding."""

from __future__ import annotations

from ...core.catalogue import entry, when
from ...errors import SettingError
from ...layers.embedding import Embedding
from ..adapter_arguments import adapter_fields
from ..conventions import KERAS
from ..row import refusal, row, sizes_check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.sizes import OpenShape
    from ..axes import Axes
    from ..signature import Arguments


def check(a: Arguments) -> None:
    sizes_check("input_dim", "output_dim")(a)
    if a["version"] != "v3" and a.sparse and a.mask_zero:
        raise SettingError("Embedding: mask_zero=True cannot be combined with sparse=True")


def sizes(a: Arguments, _: Axes) -> dict[str, object]:
    if a.get("lora_rank") and not a.get("tie_weights", True) and adapter_fields(a)["quantization"] is None:
        raise refusal(a, "lora_rank", "must be None with tie_weights=False (use enable_lora(rank) once the layer is built)")
    return {"words": a.input_dim, "width": a.output_dim, **adapter_fields(a)}


def call_shape(a: Arguments, shape: OpenShape, options: Mapping[str, object]) -> OpenShape:
    """The output shape of a call: vectors for words, or with ``reverse=True`` a score for each word."""
    if not options.get("reverse"):
        return (*shape, a.output_dim)
    if not shape or shape[-1] not in (None, a.output_dim):
        raise refusal(a, "output_dim", f"must be the last axis of an input with reverse=True, whose shape is {shape}")
    return (*shape[:-1], a.input_dim)


row(
    "Embedding",
    entry=entry("keras.Embedding", Embedding, KERAS),
    check=check,
    sizes=sizes,
    gives=lambda a, x: (*x.shape, a.output_dim),
    also=("input_length",),  # still accepted by Keras 3, with a warning
    also_before=("use_one_hot_matmul",),
    default_input=(None,),  # in Keras 2 it may come first in a model, and reads sequences of any length
)
row(
    "ReversibleEmbedding",
    entry=entry(
        "keras.ReversibleEmbedding",
        Embedding,
        KERAS,
        when("tie_weights", False, "tie_weights=False has a separate table for the reverse projection", reverse_tables=1),
    ),
    check=sizes_check("input_dim", "output_dim"),
    sizes=sizes,
    gives=lambda a, x: (*x.shape, a.output_dim),
    called=call_shape,
    also=("lora_rank", "lora_alpha", "quantization_config", "weights", "input_length"),
    default_input=(None,),
)
