"""Changes to a layer after it is built: ``enable_lora`` and ``quantize`` each set a field of our layer.

Both may also be arguments, ``lora_rank=4`` and ``dtype="int8_from_float32"``. Their order decides only where Keras lists the
new tensors.
"""

from __future__ import annotations

from ..core.sizes import size
from ..errors import SettingError, brief
from .adapter_arguments import LORA, check_constraints, quantization_reason
from .dtype_policies import quantization_and_dtype, refuse_half_int8, requested_quantization
from .graph import Graph
from .row import is_layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..core.conventions import Tensor
    from ..core.model import Layer
    from ..layers.quantization import Quantization
    from .graph import KerasCountable
    from .row import RowLayer

    Filters = str | Sequence[str] | Callable[[RowLayer], object] | None

QUANTIZED = ("Dense", "EinsumDense", "Embedding", "ReversibleEmbedding")
ADAPTERS = ("lora_rank", "quantization")  # the fields that change after a layer is built


def without_adapters(core: Layer | None) -> Layer | None:
    """The layer without LoRA and without a quantization."""
    changed = {field: core.fields[field].default for field in ADAPTERS if core is not None and field in core.fields}
    return core.but(**changed) if core is not None and changed else core


# ---------------------------------------------------------------- later
def enable_lora(layer: RowLayer, rank: object) -> None:
    """Freezes the kernel and adds a low-rank update to it."""
    built = layer._current
    core = built.core
    if core is None or "lora_rank" not in layer.arguments or built.inner or layer.version != "v3":
        raise SettingError(
            f"{layer.class_name} does not support LoRA; Dense, EinsumDense, Embedding, ReversibleEmbedding and convolutions of Keras 3 do"
        )
    check_constraints(layer.arguments)
    if core.values()["lora_rank"] != 0:
        raise SettingError(f"LoRA is already enabled for {layer.name}; enable it once")
    how = core.values().get("quantization")
    if how is not None and how.is_calibrated:
        raise SettingError(f"{layer.name} is quantized by {how.mode}, which cannot be combined with LoRA")
    change_field(layer, "lora_rank", size(rank, f"{layer.class_name}: rank"), LORA)


def quantize(layer: RowLayer, mode: object, config: object) -> None:
    """Stores the weights of a layer as integers, or multiplies them as 8-bit floats."""
    of = f"{layer.class_name}.quantize"
    how = requested_quantization(mode, config, of)
    if layer.class_name not in QUANTIZED or layer.version != "v3":
        raise SettingError(
            f"{layer.class_name} cannot be quantized; Dense, EinsumDense, Embedding and ReversibleEmbedding of Keras 3 can"
        )
    store_quantization(layer, how, by_default=config is None)


def store_quantization(layer: RowLayer, how: Quantization, by_default: bool = False) -> None:
    """Sets the quantization of a layer that has none yet."""
    core = layer._current.core
    assert core is not None, "only layers with weights are quantized"
    if core.values()["quantization"] is not None:
        raise SettingError(f"{layer.name} is already quantized to {core.values()['quantization']}; quantize it once")
    if how.is_calibrated:
        raise SettingError(
            f"{layer.name}: {how.mode} is calibrated with data, which needs Keras itself; write a layer that is already calibrated "
            f"as {layer.class_name}(..., dtype='{how}_from_float32')"
        )
    _, dtype = quantization_and_dtype(layer.arguments["dtype"], f"{layer.class_name}: dtype")
    refuse_half_int8(how, dtype, layer.name)
    change_field(layer, "quantization", how, quantization_reason(how, by_default))


def change_field(layer: RowLayer, field: str, value: object, because: str) -> None:
    built = layer._current
    assert built.core is not None
    layer.built_as = built.but(core=built.core.but(**{field: value}), because={**built.because, field: because})
    layer.adapted = (*layer.adapted, field)


# ---------------------------------------------------------------- a whole model
def quantize_model(model: Graph, mode: object, config: object, filters: Filters) -> None:
    """Quantizes each layer that can be quantized, as Keras does.

    ``filters`` is a regular expression, several, or a function of the layer: only the layers that match are quantized.
    """
    how = requested_quantization(mode, config, f"{model.name}.quantize")
    if filters is not None and not callable(filters) and not isinstance(filters, str | list | tuple):
        raise SettingError(
            f"{model.name}.quantize: filters must be a regular expression, a list of them or a function, not {brief(filters)}"
        )
    if how.is_calibrated:
        raise SettingError(
            f"{model.name}.quantize: {how.mode} is calibrated with data, which needs Keras itself; write layers that are already "
            f"calibrated with dtype='{how}_from_float32'"
        )
    for layer in leaf_layers(model, set()):
        if layer.version == "v3" and can_be_quantized(layer, how) and matches_filters(layer, filters):
            store_quantization(layer, how, by_default=config is None)


def leaf_layers(thing: KerasCountable, seen: set[int]) -> Iterator[RowLayer]:
    """The innermost layers, which own the weights, each once, without operations on tensors."""
    if thing.lacks_input:  # in a model of a user, a layer that its call does not use
        return
    inside = thing.inside() if isinstance(thing, Graph) else thing._current.inner if is_layer(thing) else ()
    if not inside and is_layer(thing) and id(thing) not in seen:
        yield thing
    seen.add(id(thing))
    for each in inside:
        if id(each) not in seen:
            yield from leaf_layers(each, seen)


def can_be_quantized(layer: RowLayer, how: Quantization) -> bool:
    """Whether Keras quantizes the layer this way: embeddings, for one, have no float8."""
    core = layer._current.core
    if core is None or "quantization" not in core.fields:
        return False
    return how.mode != "float8" or "Embedding" not in layer.class_name


def matches_filters(layer: RowLayer, filters: Filters) -> bool:
    """Whether a layer matches the filters."""
    if filters is None:
        return True
    if callable(filters):
        return bool(filters(layer))
    from re import search

    return any(search(pattern, layer.name) for pattern in ([filters] if isinstance(filters, str) else filters))


# ---------------------------------------------------------------- where Keras lists the new tensors
def tensors_in_order(tensors: list[Tensor], layer: RowLayer) -> list[Tensor]:
    """The tensors in Keras's order: those added later come last, those of a quantized dtype policy first.

    Integers and their scales are not trained, so they come after all others anyway.
    """
    core = layer._current.core
    how = core.values().get("quantization") if core is not None else None
    if (how is None and not layer.adapted) or (how is not None and how.mode != "float8"):
        return tensors
    owners = {owner_path(tensor): None for tensor in tensors}
    places = {owner: place for place, owner in enumerate(owners)}

    def place(tensor: Tensor) -> tuple[int, int]:
        field = field_of_role(tensor.role)
        later = layer.adapted.index(field) + 1 if field in layer.adapted else -1 if field == "quantization" else 0
        return places[owner_path(tensor)], later

    return sorted(tensors, key=place)


def owner_path(tensor: Tensor) -> str:
    """The path of the layer that owns a tensor: one of the projections of an attention, say."""
    return tensor.path.rpartition("/")[0]


def field_of_role(role: str) -> str:
    """The field that added a tensor of this role; empty for the layer's own."""
    return "lora_rank" if role.startswith("lora_") else "quantization" if role in ("scale", "amax_history") else ""
