"""Other ways to count a chain of layers that reads an image: a gray one for one in color, and where it flattens it, with another
padding, other strides, or without its pooling."""

from __future__ import annotations

from ..errors import SymparamsError
from .layer import KerasLayer, layer_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, Protocol, TypeAlias

    from ..core.formula import Formula
    from .graph import KerasCountable

    class Chain(Protocol):
        """A chain of layers, as ``Sequential`` is one."""

        @property
        def layers(self) -> Sequence[KerasCountable]: ...
        @property
        def built(self) -> bool: ...
        @property
        def input_shape(self) -> Any: ...
        @property
        def count(self) -> Formula: ...
        def add(self, layer: object) -> None: ...

    Changed: TypeAlias = Callable[[KerasLayer], KerasLayer | None]

IMAGES = 4  # axes of several images
GRAY, COLOR = 1, 3  # channels
OTHER_COLORS = {
    GRAY: {COLOR: "the input is an image in color, with 3 channels; in fact it has 1"},
    COLOR: {GRAY: "the input is a gray image, with 1 channel; in fact it has 3"},
}
FEW = 8  # pooling layers that are left out one by one
OTHER = {"valid": "same", "same": "valid"}
EFFECT = {"same": "which keeps the size of the image", "valid": "which makes the image smaller"}


def counts_of_other_images(model: Chain, empty: Callable[[], Chain]) -> Iterable[tuple[str, str, int]]:
    """The kind of each, a clause that says it, and the number. ``empty`` makes a chain without layers."""
    layers, shape = model.layers, model.input_shape if model.built else None
    if not layers or shape is None:
        return
    flattens = [place for place, layer in enumerate(layers) if getattr(layer, "class_name", "") == "Flatten"]
    counts = [(says, count_with(model, empty(), shape, change)) for says, change in slips(layers[: (flattens or [0])[-1]])]
    for channels, says in other_colors(shape).items():
        if channels != GRAY or "Conv" not in getattr(layers[0], "class_name", ""):  # a convolution whose depth is forgotten
            counts.append((says, count_with(model, empty(), (*shape[:-1], channels), lambda layer: layer)))
    seen = set()
    for says, number in counts:
        if number is not None and number not in seen:
            seen.add(number)
            yield "image", says, number


def other_colors(shape: Any) -> dict[int, str]:
    """The other numbers of channels that an image of this shape may have, each with a clause that says it."""
    return OTHER_COLORS.get(shape[-1], {}) if isinstance(shape, tuple) and len(shape) == IMAGES else {}


def slips(layers: Sequence[KerasCountable]) -> Iterator[tuple[str, Changed]]:
    """What people do differently to the image before it is flattened, and the change of each layer."""
    convolutions = [layer for layer in layers if isinstance(layer, KerasLayer) and "Conv" in layer.class_name]
    pools = [layer for layer in layers if isinstance(layer, KerasLayer) and "Pooling" in layer.class_name]
    for own, other in OTHER.items():
        some = [layer for layer in convolutions if layer.arguments.get("padding") == own]
        if some:
            yield (
                f"{called(some)} counted with padding={other!r}, {EFFECT[other]}",
                lambda layer, some=some, other=other: changed(layer, padding=other) if layer in some else layer,  # type: ignore[misc]
            )
    for some in [pools, *([pool] for pool in pools if 1 < len(pools) <= FEW)]:
        if some:
            yield (
                f"{called(some)} left out, so that a larger image is flattened",
                lambda layer, some=some: None if layer in some else layer,  # type: ignore[misc]
            )
    wide = [layer for layer in convolutions if set(axes(layer.arguments.get("strides"))) - {1}]
    if wide:
        yield (
            f"{called(wide)} counted with strides of 1",
            lambda layer: changed(layer, strides=1) if layer in wide else layer,
        )


def called(layers: Sequence[KerasLayer]) -> str:
    """Some layers with a verb: ``conv2d is``, ``all 3 convolutions are``."""
    if len(layers) == 1:
        return f"{layers[0].name} is"
    kind = "pooling layers" if "Pooling" in layers[0].class_name else "convolutions"
    return f"{'both' if len(layers) == 2 else f'all {len(layers)}'} {kind} are"


def axes(value: object) -> tuple[object, ...]:
    """The numbers of an argument for each axis."""
    return value if isinstance(value, tuple) else (value,)


def changed(layer: KerasLayer, **arguments: object) -> KerasLayer:
    """A layer with other arguments."""
    config = {name: value for name, value in layer.get_config().items() if name not in ("name", "dtype")}
    return type(layer).from_config(config | arguments)


def count_with(model: Chain, copy: Chain, shape: Any, change: Changed) -> int | None:
    """The count of a chain with another input and changed layers, which are added to a ``copy``; None where they do not fit, or letters
    remain."""
    copy.add(layer_class("v3", "InputLayer")(batch_shape=shape))
    try:
        for layer in model.layers:
            now = change(layer) if isinstance(layer, KerasLayer) else layer
            if now is not None:
                copy.add(now._cloned())
        return None if copy.count.letters else int(copy.count)
    except SymparamsError:
        return None
