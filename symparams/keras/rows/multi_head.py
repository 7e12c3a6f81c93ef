"""Attention with heads: MultiHeadAttention and GroupQueryAttention."""

from __future__ import annotations

from ...core.catalogue import always, entry, when
from ...core.signatures import on_or_off
from ...core.sizes import known, same, size, split
from ...errors import SettingError, ShapeError
from ...layers.attention import MultiHeadAttention
from ..axes import agreed_size, axis_index, mismatch_in_words, shape_text
from ..conventions import KERAS
from ..row import check_seed, refusal, row, sizes_check
from .attention import own_input, query_value_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.sizes import Dim, OpenShape
    from ..built import Shapes
    from ..signature import Arguments

NO_BIASES = when("use_bias", False, "use_bias=False leaves the bias of each projection out", bias_sets=0, output_bias_sets=0)
GATE = when("use_gate", True, "use_gate=True multiplies the output of the heads by a gate, a projection of the query", gates=1)
SHARED = always("GroupQueryAttention lets the heads of the query share keys and values in groups", kv_heads="groups")


# ---------------------------------------------------------------- arguments
def check_heads(a: Arguments) -> None:
    """The checks of both layers with heads."""
    name = a["class_name"]
    if a.get("sliding_window") is not None:
        a["sliding_window"] = size(a.sliding_window, f"{name}: sliding_window")
    if not isinstance(a.dropout, int | float) or not 0 <= a.dropout <= 1:
        raise refusal(a, "dropout", "must be a number from 0 to 1")
    check_seed(a, "dropout")
    if on_or_off(a.get("flash_attention"), f"{name}: flash_attention") and a.dropout > 0:
        raise SettingError(f"{name}: flash_attention cannot be combined with dropout={a.dropout!r}; leave one of them out")


def check_multi_head(a: Arguments) -> None:
    name = a["class_name"]
    check_heads(a)
    sizes_check("num_heads", "key_dim")(a)
    if a.value_dim is None or (a["version"] != "v3" and a.value_dim == 0):
        a["value_dim"] = a.key_dim
    sizes_check("value_dim")(a)
    if isinstance(a.output_shape, tuple | list):
        a["output_shape"] = tuple(size(axis, f"{name}: output_shape") for axis in a.output_shape) or None
    elif a.output_shape is None or (isinstance(a.output_shape, int) and a.output_shape == 0):
        a["output_shape"] = None
    else:
        a["output_shape"] = (size(a.output_shape, f"{name}: output_shape"),)
    axes = a.attention_axes
    if axes is not None:
        a["attention_axes"] = tuple(axes) if isinstance(axes, tuple | list) else (axes,)


def check_grouped(a: Arguments) -> None:
    check_heads(a)
    sizes_check("head_dim", "num_query_heads", "num_key_value_heads")(a)
    split(a.num_query_heads, a.num_key_value_heads, f"{a['class_name']}: num_query_heads over num_key_value_heads")


# ---------------------------------------------------------------- shapes
def check_key_and_value(a: Arguments, value: OpenShape, key: OpenShape) -> None:
    """Checks that key and value differ only in their last axis, as Keras 3 requires."""
    of = f"{a['class_name']}: value {shape_text(value)} and key {shape_text(key)}"
    if len(value) != len(key):
        raise ShapeError(f"{of} must have the same number of axes")
    for axis, (one, other) in enumerate(zip(value[1:-1], key[1:-1], strict=True), 1):
        if not same(one, other):
            raise ShapeError(f"{of} must be the same in axis {axis}: {mismatch_in_words(one, other)}")


def attention_axes(a: Arguments, rank: int) -> tuple[int, ...]:
    """The axes over which attention runs; negative ones count on the projected tensor, which ends in heads and width."""
    if a.attention_axes is None:
        axes = tuple(range(1, rank - 1))
    else:
        axes = tuple(axis_index(axis, rank + 1, f"{a['class_name']}: attention_axes") for axis in a.attention_axes)
    if a["version"] != "v3" and (not axes or len(set(axes)) < len(axes) or rank in axes):
        raise ShapeError(
            f"{a['class_name']}: attention_axes must be different axes other than the features, not {a.attention_axes}"
        )
    return axes


def multi_head_sizes(a: Arguments, shapes: list[OpenShape]) -> dict[str, object]:
    query, value, key = query_value_key(a, shapes, 2)
    attention_axes(a, len(value))
    if a["version"] == "v3":
        check_key_and_value(a, value, key)
    width = known(query[-1], f"{a['class_name']}: the last axis of query")
    return {
        "inputs": width,
        "heads": a.num_heads,
        "key_width": a.key_dim,
        "value_width": a.value_dim,
        "key_inputs": known(key[-1], f"{a['class_name']}: the last axis of key"),
        "value_inputs": known(value[-1], f"{a['class_name']}: the last axis of value"),
        "outputs": a.output_shape or (width,),
    }


def multi_head_output_shape(a: Arguments, shapes: list[OpenShape]) -> OpenShape:
    """The query's shape with the output axes in place of the last."""
    places = shapes[0][:-1] if a["version"] == "v3" else query_and_key_axes(a, shapes)[0][:-1]
    return (*places, *(a.output_shape or shapes[0][-1:]))


def query_and_key_axes(a: Arguments, shapes: list[OpenShape]) -> tuple[OpenShape, OpenShape]:
    """The axes of the query, and those of key and value, with the heads, as TensorFlow infers them from the products."""
    query, value, key = query_value_key(a, shapes, 2)
    of = f"{a['class_name']} of {shape_text(shapes)}"
    if not len(query) == len(value) == len(key):
        raise ShapeError(f"{of}: all tensors must have the same number of axes")
    read = [agreed_size(one, other, f"{of}, key and value") for one, other in zip(key[:-1], value[:-1], strict=True)]
    asks: list[Dim | None] = list(query[:-1])
    for axis in set(range(len(asks))) - set(attention_axes(a, len(query))):
        asks[axis] = read[axis] = agreed_size(asks[axis], read[axis], f"{of}, query and key")
    return (*asks, a.num_heads), (*read, a.num_heads)


def multi_head_call_shapes(a: Arguments, shapes: list[OpenShape], options: Mapping[str, object]) -> Shapes:
    output = multi_head_output_shape(a, shapes)
    if not options.get("return_attention_scores"):
        return output
    if a["version"] == "v3":  # which gives the length of the query for both axes, whatever the attention axes and the key
        query = shapes[0]
        return [output, (query[0], a.num_heads, query[1], query[1])]
    asks, read = query_and_key_axes(a, shapes)
    axes = attention_axes(a, len(shapes[0]))
    others = [place for axis, place in enumerate(asks) if axis not in axes]
    return [output, (*others, *(asks[axis] for axis in axes), *(read[axis] for axis in axes))]


def grouped_sizes(a: Arguments, shapes: list[OpenShape]) -> dict[str, object]:
    query, value, key = query_value_key(a, shapes, 3)
    name = a["class_name"]
    if max(map(len, shapes)) > 3:
        raise ShapeError(f"{name} takes (batch, length, features), not {shape_text(shapes)}")
    check_key_and_value(a, value, key)
    width, read = (known(shape[-1], f"{name}: the last axis of {of}") for shape, of in ((query, "query"), (value, "value")))
    if not same(width, read):
        raise ShapeError(
            f"{name}: the last axes of query {shape_text(query)} and value {shape_text(value)}: {mismatch_in_words(width, read)}"
        )
    return {
        "inputs": width,
        "heads": a.num_query_heads,
        "groups": a.num_key_value_heads,
        "key_width": a.head_dim,
        "key_inputs": known(key[-1], f"{name}: the last axis of key"),
        "value_inputs": read,
    }


def grouped_call_shapes(a: Arguments, shapes: list[OpenShape], options: Mapping[str, object]) -> Shapes:
    query, _, key = query_value_key(a, shapes, 3)
    scores = (query[0], a.num_query_heads, query[1], key[1])
    return [query, scores] if options.get("return_attention_scores") else query


row(
    "MultiHeadAttention",
    entry=entry("keras.MultiHeadAttention", MultiHeadAttention, KERAS, NO_BIASES, GATE),
    reads="query value key",
    check=check_multi_head,
    sizes=multi_head_sizes,
    gives=multi_head_output_shape,
    called=multi_head_call_shapes,
    own_input=own_input,
)
row(
    "GroupQueryAttention",
    entry=entry("keras.GroupQueryAttention", MultiHeadAttention, KERAS, NO_BIASES, GATE, SHARED, groups="g"),
    reads="query value key",
    check=check_grouped,
    sizes=grouped_sizes,
    gives=lambda a, x: x[0],
    called=grouped_call_shapes,
    own_input=own_input,
)
