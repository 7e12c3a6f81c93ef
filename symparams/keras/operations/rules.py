"""The output shapes of operations: ``x + y``, ``ops.mean(x, axis=1)``, ``tf.concat``, ``x[:, 0]``.

A rule takes a :class:`Use` and gives a shape or a list of shapes, or raises :class:`Unknown`. The names are those of Keras 3's
classes and of TensorFlow's functions in lowercase without underscores: ``reducemean`` for ``ReduceMean`` and
``math.reduce_mean``.
"""

from __future__ import annotations

from ...core.sizes import shown, volume
from ...errors import ShapeError
from .arguments import Operand, Unknown, Use, axis_indices, broadcast_shapes, constant_shape, sizes_in
from .matrices import MATRICES
from .products import PRODUCTS
from .rearranging import MOVES
from .slices import SLICES
from .windows import WINDOWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.sizes import OpenShape
    from .arguments import Shapes


def first_shape(use: Use) -> OpenShape:
    return use.first


def elementwise_shape(use: Use) -> OpenShape:
    constants = [shape for shape in map(constant_shape, [*use.args, use.named.get("y"), use.named.get("x2")]) if shape]
    return broadcast_shapes([*use.shapes, *constants])


def reduce_shape(use: Use) -> OpenShape:
    shape = stacked_shape(use)
    axis = use.get("axis", "axes", place=1, default=None)
    gone = range(len(shape)) if axis is None else axis_indices(axis, len(shape))
    if use.get("keepdims", "keep_dims", place=2, default=False):
        return tuple(1 if place in gone else each for place, each in enumerate(shape))
    return tuple(each for place, each in enumerate(shape) if place not in gone)


def along_an_axis(place: int) -> Callable[[Use], Shapes]:
    """The shape of the first argument, which has to have the axis that is the argument in this place."""

    def shape(use: Use) -> Shapes:
        axis = use.get("axis", place=place, default=None)
        if type(axis) is int and not -len(use.first) <= axis < len(use.first):
            raise ShapeError(f"a shape {shown(use.first)} has no axis {axis}")
        return first_shape(use)

    return shape


def cumulative_shape(use: Use) -> OpenShape:
    """The shape of sums along an axis; without an axis, those of all numbers one after the other."""
    shape = along_an_axis(1)(use)
    return (volume(use.first),) if "axis" in use.named and use.named["axis"] is None else shape  # type: ignore[return-value]


def average_shape(use: Use) -> OpenShape:
    """The shape of a mean, whose weights may be a tensor as well."""
    return reduce_shape(Use(use.shapes[:1], use.args[:2], {key: value for key, value in use.named.items() if key != "weights"}))


def norm_shape(use: Use) -> OpenShape:
    """The shape of a norm, whose second argument is its order."""
    axis, keepdims = use.get("axis", place=2, default=None), use.get("keepdims", place=3, default=False)
    return reduce_shape(Use(use.shapes, use.args[:1], {"axis": axis, "keepdims": keepdims}))


def stacked_shape(use: Use) -> OpenShape:
    """The shape of the first argument; TensorFlow stacks tensors in a list along a new first axis."""
    first = use.args[0] if use.args else None
    tensors = [each for each in first if isinstance(each, Operand)] if isinstance(first, list | tuple) else []
    return (len(tensors), *use.first) if tensors else use.first


def fft_shapes(use: Use) -> list[OpenShape]:
    """The shapes of a Fourier transform of pairs of real and imaginary parts."""
    return [use.first, use.first]


def rfft_shapes(use: Use) -> list[OpenShape]:
    length = use.get("fft_length", default=None) or use.first[-1]
    if length is not None and type(length) is not int:
        raise Unknown
    return [(*use.first[:-1], None if length is None else length // 2 + 1)] * 2


def moments_shapes(use: Use) -> list[OpenShape]:
    return [reduce_shape(use)] * 2


def quantile_shape(use: Use) -> OpenShape:
    return (*use.operand(1, "q"), *reduce_shape(Use(use.shapes, (), use.named)))


def sequence_mask_shape(use: Use) -> OpenShape:
    longest = use.get("maxlen", place=1)
    if type(longest) is not int:
        raise Unknown
    return (*use.first, longest)


def scatter_shape(use: Use) -> OpenShape:
    return sizes_in(use.get("shape", place=2))


def shape_of_shape(use: Use) -> OpenShape:
    """The shape of a tensor that holds the shape of another."""
    return (len(use.first),)


def fill_shape(use: Use) -> OpenShape:
    return sizes_in(use.get("shape", "dims", place=0))


def second_shape(use: Use) -> OpenShape:
    return use.operand(1, "v", "x2", "b", "predictions")


def batch_shape_rule(gone: int) -> Callable[[Use], Shapes]:
    return lambda use: use.first[:-gone]


RULES: dict[str, Callable[[Use], Shapes]] = {
    **dict.fromkeys(
        "relu relu6 sigmoid tanh softplus softsign logsigmoid silu swish gelu elu selu celu leakyrelu "
        "hardsigmoid hardsilu hardswish hardtanh exp exp2 expm1 log log1p log2 log10 sqrt rsqrt square cbrt abs absolute "
        "negative neg sign sin cos tan sinh cosh arcsin arccos arctan asin acos atan erf erfc floor ceil round rint trunc clip "
        "clipbyvalue clipbynorm cast saturatecast identity copy stopgradient dropout "
        "nantonum isnan isinf isfinite logicalnot oneslike zeroslike fulllike reciprocal converttotensor "
        "ensureshape tril triu squareplus sparseplus sparsesigmoid softshrink hardshrink tanhshrink threshold "
        "checknumerics conjugate layernorm rmsnorm arccosh arcsinh arctanh angle real imag conj deg2rad rad2deg erfinv fabs i0 "
        "sinc signbit isneginf isposinf isreal fliplr flipud bitwiseinvert bitwisenot batchnorm "
        "batchnormalization sparsemax gaussianblur elastictransform affinetransform perspectivetransform rgbtohsv hsvtorgb "
        "argpartition digitize cholesky choleskyinverse inv emptylike scatterupdate sliceupdate binarycrossentropy bandpart "
        "intopk flipleftright flipupdown addn addloss addmetric".split(),
        first_shape,
    ),
    **dict.fromkeys(("softmax", "logsoftmax", "flip", "reverse", "l2normalize", "normalize", "sort", "argsort"), along_an_axis(1)), "roll": along_an_axis(2),
    **dict.fromkeys(
        "add addv2 subtract sub multiply mul divide truediv truedivide realdiv dividenonan divnonan floordivide floordiv mod "
        "floormod power pow maximum minimum fmax fmin equal notequal greater greaterequal less lessequal logicaland logicalor "
        "logicalxor squareddifference arctan2 atan2 hypot where biasadd logaddexp logaddexp2 fmod isclose heaviside ldexp "
        "nextafter gcd lcm polar bitwiseand bitwiseor bitwisexor bitwiseleftshift bitwiserightshift leftshift rightshift "
        "complex radd rsub rmul rtruediv rpow".split(),
        elementwise_shape,
    ),
    **dict.fromkeys(
        "mean sum max min amax amin prod std var any all median logsumexp argmax argmin nanmean nansum reducemean reducesum "
        "reducemax reducemin reduceprod reduceany reduceall reducestd reducevariance reducelogsumexp countnonzero nanmax nanmin "
        "nanprod nanstd nanvar nanmedian nanargmax nanargmin ptp".split(),
        reduce_shape,
    ),
    "average": average_shape, "norm": norm_shape, **dict.fromkeys(("cumsum", "cumprod", "nancumsum", "nancumprod"), cumulative_shape),
    **MOVES,
    **SLICES,
    **PRODUCTS,
    **WINDOWS,
    **MATRICES,
    **dict.fromkeys(("fft", "ifft", "fft2", "ifft2"), fft_shapes), "rfft": rfft_shapes, "moments": moments_shapes,
    **dict.fromkeys(("quantile", "percentile", "nanquantile", "nanpercentile"), quantile_shape), "scatter": scatter_shape,
    **dict.fromkeys(("signal.fft", "signal.ifft", "signal.fft2d", "signal.ifft2d"), first_shape), "signal.rfft": lambda use: rfft_shapes(use)[0],
    "sequencemask": sequence_mask_shape,
    "shape": shape_of_shape, **dict.fromkeys(("size", "rank", "ndim"), lambda use: ()),
    **dict.fromkeys(("fill", "ones", "zeros", "normal", "uniform", "truncatednormal"), fill_shape),
    **dict.fromkeys(("searchsorted", "solve"), second_shape), **dict.fromkeys(("det", "logdet"), batch_shape_rule(2)),
    **dict.fromkeys(("categoricalcrossentropy", "sparsecategoricalcrossentropy"), lambda use: use.operand(1, "output")[:-1]),
}  # fmt: skip


# The other operations of Keras 3, whose output shapes are known only from a file.
RECORDED = frozenset(
    "AllClose Arange Array AssociativeScan Bincount CDist CTCDecode CTCLoss Cond Corrcoef Correlate Cross Diag Diagflat Dstack Eig Eigh "
    "ExtractSequences Fold ForiLoop Full Function Geomspace Histogram I0 IRFFT ISTFT IsIn JVP Kron Linspace Logspace Lstsq LuFactor Map "
    "MapCoordinates MatrixRank Nonzero PSNR Pinv Qr Rearrange SSIM STFT SVD ScaleAndTranslate Scan SegmentMax SegmentMin SegmentProd "
    "SegmentReduction SegmentSum Select Slogdet SobelEdges SolveTriangular Switch Trapezoid Unfold Unique UnravelIndex Vander VectorizedMap "
    "View ViewAsComplex ViewAsReal WhileLoop".split()
)


def rule_of(name: str) -> Callable[[Use], Shapes] | None:
    """The rule of an operation, by its name in Keras 3 or Keras 2, ``GetItem`` or ``__operators__.getitem``."""
    *_, module, last = ("", *name.split("."))
    return RULES.get(f"{module}.{rule_name(last)}") or RULES.get(rule_name(last))


def rule_name(name: str) -> str:
    """The name in the table of rules: ``reducemean`` for ``math.reduce_mean``."""
    return name.rpartition(".")[2].replace("_", "").lower()
