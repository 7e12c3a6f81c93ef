"""Attention without heads: Attention and AdditiveAttention."""

from __future__ import annotations

from ...core.catalogue import entry, when
from ...core.sizes import known
from ...errors import ArgumentError, ShapeError
from ...layers.attention import AdditiveAttention, Attention
from ..axes import agreed_size, checked_choice, shape_text
from ..conventions import KERAS
from ..default_inputs import free_letter
from ..row import check_seed, refusal, row
from .merging import broadcast_axes, broadcast_axis

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.sizes import OpenShape
    from ..built import Shapes
    from ..signature import Arguments


def query_value_key(a: Arguments, shapes: list[OpenShape], least: int) -> tuple[OpenShape, OpenShape, OpenShape]:
    """The three shapes; without a key, the value is the key too."""
    name = a["class_name"]
    if len(shapes) < 2:
        raise ArgumentError(f"{name} must be called on a query and a value, such as layer(x, x), not on a single tensor")
    query, value, *rest = shapes
    key = rest[0] if rest else value
    if min(map(len, (query, value, key))) < least:
        raise ShapeError(f"{name} takes tensors of at least {least} axes, not of shapes {shape_text(shapes)}")
    return query, value, key


def own_input(_: Arguments, taken: set[str]) -> list[OpenShape]:
    """A sequence of vectors that attends to itself."""
    width = free_letter("d", taken)
    return [(None, None, width)] * 2


def check_headless(a: Arguments) -> None:
    if a.get("dropout") is not None and not isinstance(a.dropout, int | float):
        raise refusal(a, "dropout", "must be a number")
    check_seed(a, "dropout")
    if "score_mode" in a:
        checked_choice(a.score_mode, ("dot", "concat"), f"{a['class_name']}: score_mode")


def headless_shapes(a: Arguments, shapes: list[OpenShape]) -> tuple[OpenShape, OpenShape]:
    """The shapes of the output and of the scores."""
    name = a["class_name"]
    if not 2 <= len(shapes) <= 3:
        raise ShapeError(f"{name} takes a list of 2 or 3 tensors, [query, value] or [query, value, key], not of {len(shapes)}")
    query, value, key = query_value_key(a, shapes, 2)
    if a["version"] == "v3":
        return (*query[:-1], value[-1]), (*query[:-1], key[-2])
    of = f"{name} of {shape_text(shapes)}"
    if a.get("score_mode") == "dot":
        agreed_size(query[-1], key[-1], f"{of}, query and key")
    else:  # query and key are added, so an axis of 1 is repeated
        width = broadcast_axis(query[-1], key[-1], "v2", f"{of}, query and key")
        broadcast_axis(width, value[-1] if a.use_scale and "score_mode" not in a else None, "v2", f"{of}, its scale")
    agreed_size(key[-2], value[-2], f"{of}, key and value")
    batch = broadcast_axes(list(query[:-2]), list(key[:-2]), "v2", of)
    output = (*broadcast_axes(batch, list(value[:-2]), "v2", of), query[-2], value[-1])
    return output, (*batch, query[-2], key[-2])


def additive_sizes(a: Arguments, shapes: list[OpenShape]) -> dict[str, object]:
    """The size of the scale: the features of the query in Keras 3, and of the value before."""
    headless_shapes(a, shapes)
    place = 0 if a["version"] == "v3" else 1
    width = shapes[place][-1]
    if not a.use_scale and width is None:
        width = 1  # no weight has this size
    return {"inputs": known(width, f"{a['class_name']}: the last axis of {('query', 'value')[place]}")}


def headless_call_shapes(a: Arguments, shapes: list[OpenShape], options: Mapping[str, object]) -> Shapes:
    output, scores = headless_shapes(a, shapes)
    return [output, scores] if options.get("return_attention_scores") else output


row(
    "Attention",
    entry=entry(
        "keras.Attention",
        Attention,
        KERAS,
        when("use_scale", True, "use_scale=True learns a factor that scales the scores", scales=1),
        when("score_mode", "concat", "score_mode='concat' learns a weight for the scores", score_weights=1),
    ),
    reads="inputs",
    check=check_headless,
    gives=lambda a, x: headless_shapes(a, x)[0],
    called=headless_call_shapes,
    also_before=("dropout", "causal", "seed"),
    own_input=own_input,
)
row(
    "AdditiveAttention",
    entry=entry(
        "keras.AdditiveAttention",
        AdditiveAttention,
        KERAS,
        when("use_scale", False, "use_scale=False leaves the scale of the features out", scales=0),
    ),
    reads="inputs",
    check=check_headless,
    sizes=additive_sizes,
    gives=lambda a, x: headless_shapes(a, x)[0],
    called=headless_call_shapes,
    also=("seed",),
    also_before=("dropout", "causal", "seed"),
    own_input=own_input,
)
