"""Embedding and ReversibleEmbedding."""

from __future__ import annotations

from ...core.catalogue import entry, when
from ...errors import SettingError
from ...layers.embedding import Embedding
from ..adapter_arguments import adapters
from ..conventions import KERAS
from ..row import refuse, row, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.sizes import OpenShape
    from ..axes import Axes
    from ..signature import Arguments


def check(a: Arguments) -> None:
    whole("input_dim", "output_dim")(a)
    if a["version"] != "v3" and a.sparse and a.mask_zero:
        raise SettingError("Embedding: mask_zero=True does not go with sparse=True")


def sizes(a: Arguments, _: Axes) -> dict[str, object]:
    if a.get("lora_rank") and not a.get("tie_weights", True) and adapters(a)["quantization"] is None:
        raise refuse(a, "lora_rank", "does not go with tie_weights=False; enable_lora(rank) after the layer is built does")
    return {"words": a.input_dim, "width": a.output_dim, **adapters(a)}


def called(a: Arguments, shape: OpenShape, options: Mapping[str, object]) -> OpenShape:
    """Vectors for words, or with ``reverse=True`` a score for each word."""
    if not options.get("reverse"):
        return (*shape, a.output_dim)
    if not shape or shape[-1] not in (None, a.output_dim):
        raise refuse(a, "output_dim", f"must be the last axis of what is taken back, whose shape is {shape}")
    return (*shape[:-1], a.input_dim)


row(
    "Embedding",
    entry=entry("keras.Embedding", Embedding, KERAS),
    check=check,
    sizes=sizes,
    gives=lambda a, x: (*x.shape, a.output_dim),
    also=("input_length",),  # Keras 3 still takes it, with a warning
    also_before=("use_one_hot_matmul",),
    default_input=(None,),  # Keras 2 lets a model begin with it, reading sequences of any length
)
row(
    "ReversibleEmbedding",
    entry=entry(
        "keras.ReversibleEmbedding",
        Embedding,
        KERAS,
        when("tie_weights", False, "tie_weights=False has a table of its own for the way back", reverse_tables=1),
    ),
    check=whole("input_dim", "output_dim"),
    sizes=sizes,
    gives=lambda a, x: (*x.shape, a.output_dim),
    called=called,
    also=("lora_rank", "lora_alpha", "quantization_config", "weights", "input_length"),
    default_input=(None,),
)
