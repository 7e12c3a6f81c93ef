"""What changes a layer after it is built: ``enable_lora`` and ``quantize``, each a value of a field of our layer.

Both may also come with the arguments, ``lora_rank=4`` and ``dtype="int8_from_float32"``. The order in which they came
decides where Keras has the new tensors, and nothing else.
"""

from __future__ import annotations

from ..core.sizes import size
from ..errors import SettingError
from .adapter_arguments import LORA, check_constraints, why
from .dtype_policies import asked_for, policy, refuse_half_int8
from .graph import Graph
from .row import is_layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..core.conventions import Tensor
    from ..core.model import Layer
    from ..layers.quantization import Quantization
    from .graph import Counted
    from .row import RowLayer

    Filters = str | Sequence[str] | Callable[[RowLayer], object] | None

QUANTIZED = ("Dense", "EinsumDense", "Embedding", "ReversibleEmbedding")
ADAPTERS = ("lora_rank", "quantization")  # the fields that change after a layer is built


def plain(core: Layer | None) -> Layer | None:
    """The layer as it is built, without what came later."""
    changed = {field: core.fields[field].default for field in ADAPTERS if core is not None and field in core.fields}
    return core.but(**changed) if core is not None and changed else core


# ---------------------------------------------------------------- later
def enable_lora(layer: RowLayer, rank: object) -> None:
    """Freezes the kernel and adds a low-rank update of it."""
    built = layer._its
    core = built.core
    if core is None or "lora_rank" not in layer.arguments or built.inner or layer.version != "v3":
        raise SettingError(
            f"{layer.class_name} has no LoRA; Dense, EinsumDense, Embedding, ReversibleEmbedding and the convolutions have it"
        )
    check_constraints(layer.arguments)
    if core.values()["lora_rank"] != 0:
        raise SettingError(f"{layer.name} has LoRA enabled already")
    how = core.values().get("quantization")
    if how is not None and how.is_calibrated:
        raise SettingError(f"{layer.name} is quantized by {how.mode}, with which LoRA does not go")
    change(layer, "lora_rank", size(rank, f"{layer.class_name}: rank"), LORA)


def quantize(layer: RowLayer, mode: object, config: object) -> None:
    """Stores the weights of a layer as integers, or multiplies them as 8-bit floats."""
    of = f"{layer.class_name}.quantize"
    how = asked_for(mode, config, of)
    if layer.class_name not in QUANTIZED or layer.version != "v3":
        raise SettingError(
            f"{layer.class_name} has no quantize; Dense, EinsumDense, Embedding and ReversibleEmbedding of Keras 3 have it"
        )
    store(layer, how, by_default=config is None)


def store(layer: RowLayer, how: Quantization, by_default: bool = False) -> None:
    """Gives a layer its quantization, which may come once."""
    core = layer._its.core
    assert core is not None, "a layer that is quantized has weights"
    if core.values()["quantization"] is not None:
        raise SettingError(f"{layer.name} is quantized already, to {core.values()['quantization']}")
    if how.is_calibrated:
        raise SettingError(
            f"{layer.name}: {how.mode} needs data to calibrate with, which only Keras has; a layer that was saved so is "
            f"{layer.class_name}(..., dtype='{how}_from_float32')"
        )
    _, dtype = policy(layer.arguments["dtype"], f"{layer.class_name}: dtype")
    refuse_half_int8(how, dtype, layer.name)
    change(layer, "quantization", how, why(how, by_default))


def change(layer: RowLayer, field: str, value: object, because: str) -> None:
    built = layer._its
    assert built.core is not None
    layer.built_as = built.but(core=built.core.but(**{field: value}), because={**built.because, field: because})
    layer.adapted = (*layer.adapted, field)


# ---------------------------------------------------------------- a whole model
def quantize_model(model: Graph, mode: object, config: object, filters: Filters) -> None:
    """Quantizes each layer that has it, and passes over the others, as Keras does.

    ``filters`` is a regular expression, several, or a function of the layer: whose name none of them finds stays.
    """
    how = asked_for(mode, config, f"{model.name}.quantize")
    if filters is not None and not callable(filters) and not isinstance(filters, str | list | tuple):
        raise SettingError(
            f"{model.name}.quantize: filters must be a regular expression, a list of them or a function, not {filters!r}"
        )
    if how.is_calibrated:
        raise SettingError(
            f"{model.name}.quantize: {how.mode} needs data to calibrate with, which only Keras has; its layers are saved with "
            f"dtype='{how}_from_float32'"
        )
    for layer in leaves_of(model, set()):
        if layer.version == "v3" and can_be(layer, how) and chosen(layer, filters):
            store(layer, how, by_default=config is None)


def leaves_of(thing: Counted, seen: set[int]) -> Iterator[RowLayer]:
    """The layers that hold the weights, each once, and not the operations on tensors."""
    inside = thing.layers if isinstance(thing, Graph) else thing._its.inner if is_layer(thing) else ()
    if not inside and is_layer(thing) and id(thing) not in seen:
        yield thing
    seen.add(id(thing))
    for each in inside:
        if id(each) not in seen:
            yield from leaves_of(each, seen)


def can_be(layer: RowLayer, how: Quantization) -> bool:
    """Whether Keras quantizes the layer so: no table of vectors is multiplied as 8-bit floats."""
    core = layer._its.core
    if core is None or "quantization" not in core.fields:
        return False
    return how.mode != "float8" or "Embedding" not in layer.class_name


def chosen(layer: RowLayer, filters: Filters) -> bool:
    """Whether the filters let a layer through."""
    if filters is None:
        return True
    if callable(filters):
        return bool(filters(layer))
    from re import search

    return any(search(pattern, layer.name) for pattern in ([filters] if isinstance(filters, str) else filters))


# ---------------------------------------------------------------- where Keras has the new tensors
def in_order(tensors: list[Tensor], layer: RowLayer) -> list[Tensor]:
    """The tensors in Keras's order: what came later stands behind, and a quantization that came with the policy in front.

    Integers and their scales are not trained, and so stand behind all others anyway.
    """
    core = layer._its.core
    how = core.values().get("quantization") if core is not None else None
    if (how is None and not layer.adapted) or (how is not None and how.mode != "float8"):
        return tensors
    owners = {owner_of(tensor): None for tensor in tensors}
    places = {owner: place for place, owner in enumerate(owners)}

    def place(tensor: Tensor) -> tuple[int, int]:
        field = came_with(tensor.role)
        later = layer.adapted.index(field) + 1 if field in layer.adapted else -1 if field == "quantization" else 0
        return places[owner_of(tensor)], later

    return sorted(tensors, key=place)


def owner_of(tensor: Tensor) -> str:
    """The layer that has a tensor: one of the projections of an attention, say."""
    return tensor.path.rpartition("/")[0]


def came_with(role: str) -> str:
    """The field that brought a tensor; none for those that the layer has by itself."""
    return "lora_rank" if role.startswith("lora_") else "quantization" if role in ("scale", "amax_history") else ""
