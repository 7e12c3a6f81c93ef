"""The shapes that operations without weights give: ``x + y``, ``ops.mean(x, axis=1)``, ``tf.concat``, ``x[:, 0]``.

A rule gets a :class:`Use` and gives a shape or a list of them; None says that it cannot know. Names are those of Keras 3's
classes and of TensorFlow's functions, written small and without underscores: ``ReduceMean``, ``math.reduce_mean``.
"""

from __future__ import annotations

from math import prod

from ...dims import is_symbolic, shown, split, volume
from ...errors import ShapeError
from .plain import is_shape, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from ...dims import Dim, OpenShape

    Shapes: TypeAlias = OpenShape | list[OpenShape]

MISSING: Any = object()


class Use:
    """One use of an operation: the shapes of its tensors, in order, and its arguments by name or by place."""

    def __init__(self, shapes: list[OpenShape], args: tuple[Any, ...], named: dict[str, Any]) -> None:
        self.shapes, self.args, self.named = shapes, args, named

    @property
    def first(self) -> OpenShape:
        return self.shapes[0]

    def get(self, *names: str, place: int = 99, default: Any = MISSING) -> Any:
        """An argument under any of its names, or at its place."""
        for name in names:
            if name in self.named:
                return plain(self.named[name])
        if place < len(self.args):
            return plain(self.args[place])
        if default is MISSING:
            raise Unknown
        return default


class Unknown(Exception):
    """An operation whose output shape its arguments do not tell."""


def same(use: Use) -> OpenShape:
    return use.first


def broadcast(use: Use) -> OpenShape:
    """NumPy's rule; an axis that is unknown in one and wide in another has the other's width."""
    constants = [shape for shape in map(constant_shape, [*use.args, use.named.get("y")]) if shape]
    result: list[Dim | None] = []
    shapes = [*use.shapes, *constants]
    for place in range(-max(map(len, shapes)), 0):
        axes = [shape[place] for shape in shapes if len(shape) >= -place]
        wide = [axis for axis in axes if axis != 1 and axis is not None]
        if any(axis != wide[0] for axis in wide):
            raise ShapeError(f"shapes {' and '.join(map(shown, shapes))} do not go together")
        result.append(wide[0] if wide else None if None in axes else 1)
    return tuple(result)


def constant_shape(value: Any) -> OpenShape:
    """The shape of a constant beside a tensor; () for a number."""
    value = plain(value)
    shape: OpenShape = ()
    while isinstance(value, tuple) and value:
        shape, value = (*shape, len(value)), value[0]
    return shape if isinstance(value, int | float) else ()


def axes_of(wanted: Any, rank: int) -> list[int]:
    """Axes as places from the front."""
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    if not all(type(axis) is int and -rank <= axis < rank for axis in wanted):
        raise Unknown
    return [axis % rank for axis in wanted]


def reduced(use: Use) -> OpenShape:
    axis = use.get("axis", "axes", place=1, default=None)
    gone = range(len(use.first)) if axis is None else axes_of(axis, len(use.first))
    if use.get("keepdims", "keep_dims", place=2, default=False):
        return tuple(1 if place in gone else each for place, each in enumerate(use.first))
    return tuple(each for place, each in enumerate(use.first) if place not in gone)


def reshaped(use: Use) -> OpenShape:
    wanted = use.get("newshape", "shape", place=1)
    if not is_shape(wanted):
        raise Unknown
    if all(axis is not None and axis != -1 for axis in wanted):
        return tuple(wanted)
    whole = volume(use.first)
    if whole is None:  # the batch axis goes to the axis left open; nothing else is known of it
        return tuple(None if axis == -1 else axis for axis in wanted)
    return tuple(
        split(whole, prod(each for each in wanted if each not in (-1, None)), "reshape") if axis == -1 else axis for axis in wanted
    )


def transposed(use: Use) -> OpenShape:
    order = use.get("axes", "perm", place=1, default=None)
    if order is None:
        return use.first[::-1]
    places = axes_of(order, len(use.first))
    if sorted(places) != list(range(len(use.first))):
        raise Unknown
    return tuple(use.first[place] for place in places)


def expanded(use: Use) -> OpenShape:
    (place,) = axes_of(use.get("axis", "dim", place=1), len(use.first) + 1)
    return (*use.first[:place], 1, *use.first[place:])


def squeezed(use: Use) -> OpenShape:
    axis = use.get("axis", "squeeze_dims", place=1, default=None)
    if axis is None or axis == ():
        return tuple(each for each in use.first if each != 1)
    gone = axes_of(axis, len(use.first))
    return tuple(each for place, each in enumerate(use.first) if place not in gone)


def joined(use: Use) -> OpenShape:
    (place,) = axes_of(use.get("axis", place=1, default=0), len(use.first))
    if any(len(shape) != len(use.first) for shape in use.shapes):
        raise ShapeError(f"shapes {' and '.join(map(shown, use.shapes))} do not go together")
    along = [shape[place] for shape in use.shapes]
    length = None if None in along else sum(along[1:], along[0])  # type: ignore[arg-type]
    return (*use.first[:place], length, *use.first[place + 1 :])


def stacked(use: Use) -> OpenShape:
    (place,) = axes_of(use.get("axis", place=1, default=0), len(use.first) + 1)
    return (*use.first[:place], len(use.shapes), *use.first[place:])


def divided(use: Use) -> list[OpenShape]:
    parts = use.get("indices_or_sections", "num_or_size_splits", place=1)
    (place,) = axes_of(use.get("axis", place=2, default=0), len(use.first))
    whole = use.first[place]
    lengths: list[Dim | None]
    if type(parts) is int and 0 < parts <= 1000:
        lengths = [None if whole is None else split(whole, parts, "split")] * parts
    elif "num_or_size_splits" in use.named and is_shape(parts):
        lengths = list(parts)
    else:
        raise Unknown
    return [(*use.first[:place], length, *use.first[place + 1 :]) for length in lengths]


def multiplied(use: Use) -> OpenShape:
    """A matrix product; what stands before the two last axes is broadcast."""
    if len(use.shapes) != 2 or min(map(len, use.shapes)) < 2:
        raise Unknown
    left, right = use.shapes
    left = (*left[:-2], left[-1], left[-2]) if use.get("transpose_a", "adjoint_a", default=False) else left
    right = (*right[:-2], right[-1], right[-2]) if use.get("transpose_b", "adjoint_b", default=False) else right
    if left[-1] is not None and right[-2] is not None and left[-1] != right[-2]:
        raise ShapeError(f"matrices of shapes {shown(left)} and {shown(right)} do not go together")
    return (*broadcast(Use([left[:-2], right[:-2]], (), {})), left[-2], right[-1])


def repeated(use: Use) -> OpenShape:
    times, axis = use.get("repeats", place=1), use.get("axis", place=2, default=None)
    (place,) = axes_of(axis, len(use.first))
    length = use.first[place]
    if type(times) is not int:
        raise Unknown
    return (*use.first[:place], None if length is None else length * times, *use.first[place + 1 :])


def tiled(use: Use) -> OpenShape:
    times = use.get("repeats", "multiples", place=1)
    if not is_shape(times) or None in times or len(times) != len(use.first):
        raise Unknown
    return tuple(None if axis is None else axis * number for axis, number in zip(use.first, times, strict=True))  # type: ignore[operator]


def padded(use: Use) -> OpenShape:
    widths = use.get("pad_width", "paddings", place=1)
    if (
        not isinstance(widths, tuple)
        or len(widths) != len(use.first)
        or not all(is_shape(each) and len(each) == 2 for each in widths)
    ):
        raise Unknown
    return tuple(None if axis is None else axis + before + after for axis, (before, after) in zip(use.first, widths, strict=True))


def one_hot(use: Use) -> OpenShape:
    classes, axis = use.get("num_classes", "depth", place=1), use.get("axis", default=-1)
    (place,) = axes_of(-1 if axis is None else axis, len(use.first) + 1)
    return (*use.first[:place], classes, *use.first[place:])


def broadcast_to(use: Use) -> OpenShape:
    wanted = use.get("shape", place=1)
    if not is_shape(wanted):
        raise Unknown
    return tuple(wanted)


def sliced(use: Use) -> OpenShape:
    """``x[key]``: whole numbers take an axis away, None makes one, slices keep a part."""
    key = use.get("key", "slice_spec", place=1)
    keys = [
        slice(each["start"], each["stop"], each["step"]) if is_slice(each) else each
        for each in (key if isinstance(key, tuple) else (key,))
    ]
    taken = sum(1 for each in keys if each is not None and each is not ...)
    if ... not in keys:
        keys.append(...)
    if taken > len(use.first) or keys.count(...) > 1:
        raise Unknown
    axes: list[Dim | None] = list(use.first)
    result: list[Dim | None] = []
    for each in keys:
        if each is None:
            result.append(1)
        elif each is ...:
            kept = len(use.first) - taken
            result, axes = result + axes[:kept], axes[kept:]
        elif type(each) is int:
            axes.pop(0)
        elif isinstance(each, slice):
            result.append(part(axes.pop(0), each))
        else:
            raise Unknown
    return tuple(result)


def is_slice(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"start", "stop", "step"}


def part(length: Dim | None, key: slice) -> Dim | None:
    """How much of an axis a slice keeps."""
    if not all(each is None or type(each) is int for each in (key.start, key.stop, key.step)) or key.step == 0:
        raise Unknown
    if key == slice(None) or length is None:
        return length
    if is_symbolic(length):
        raise Unknown
    return len(range(*key.indices(int(length))))  # type: ignore[arg-type]


def resized(use: Use) -> OpenShape:
    size = use.get("size", "target_size", place=1)
    first = use.get("data_format", default=None) == "channels_first"
    if not is_shape(size) or len(size) != 2 or len(use.first) not in (3, 4):
        raise Unknown
    return (*use.first[:-2], *size) if first else (*use.first[:-3], *size, use.first[-1])


RULES: dict[str, Callable[[Use], Shapes]] = {
    **dict.fromkeys(
        "relu relu6 sigmoid tanh softplus softsign softmax logsoftmax logsigmoid silu swish gelu elu selu celu leakyrelu hardsigmoid "
        "hardsilu hardswish hardtanh exp exp2 expm1 log log1p log2 log10 sqrt rsqrt square cbrt abs absolute negative neg sign sin cos "
        "tan sinh cosh arcsin arccos arctan asin acos atan erf erfc floor ceil round rint trunc clip clipbyvalue clipbynorm cast "
        "saturatecast identity copy stopgradient dropout cumsum cumprod flip reverse roll l2normalize normalize nantonum isnan isinf "
        "isfinite logicalnot oneslike zeroslike fulllike reciprocal converttotensor ensureshape sort argsort tril triu squareplus "
        "sparseplus sparsesigmoid softshrink hardshrink tanhshrink threshold checknumerics conjugate layernorm rmsnorm".split(),
        same,
    ),
    **dict.fromkeys(
        "add addv2 subtract sub multiply mul divide truediv truedivide realdiv dividenonan divnonan floordivide floordiv mod floormod power "
        "pow maximum minimum fmax fmin equal notequal greater greaterequal less lessequal logicaland logicalor logicalxor "
        "squareddifference arctan2 atan2 hypot where biasadd radd rsub rmul rtruediv rpow".split(),
        broadcast,
    ),
    **dict.fromkeys(
        "mean sum max min amax amin prod std var any all median logsumexp argmax argmin nanmean nansum reducemean reducesum reducemax "
        "reducemin reduceprod reduceany reduceall reducestd reducevariance reducelogsumexp countnonzero".split(),
        reduced,
    ),
    **dict.fromkeys(("matmul", "batchmatmul", "batchmatmulv2"), multiplied),
    **dict.fromkeys(("concatenate", "concat", "concatv2"), joined),
    **dict.fromkeys(("stack", "pack"), stacked),
    **dict.fromkeys(("getitem", "slicingoplambda"), sliced),
    **dict.fromkeys(("pad", "padv2"), padded),
    "reshape": reshaped, "transpose": transposed, "expanddims": expanded, "squeeze": squeezed, "split": divided,
    "repeat": repeated, "tile": tiled, "onehot": one_hot, "broadcastto": broadcast_to, "resize": resized,
}  # fmt: skip


def rule_of(name: str) -> Callable[[Use], Shapes] | None:
    """The rule of an operation by its name in either Keras, ``GetItem`` or ``__operators__.getitem``."""
    return RULES.get(name.rpartition(".")[2].replace("_", "").lower())
