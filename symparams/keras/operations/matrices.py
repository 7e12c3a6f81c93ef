"""The shapes of operations on matrices and signals: ``svd``, ``cross``, ``stft``, ``segment_sum`` ..."""

from __future__ import annotations

from ...core.sizes import is_symbolic, quotient, shown, volume
from ...errors import ShapeError
from .arguments import Operand, Unknown, Use, axis_indices, broadcast_shapes, sizes_in
from .slices import diagonal_shape, shape_with_axes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...core.sizes import Dim, OpenShape
    from .arguments import Shapes


def smaller(one: Dim | None, other: Dim | None) -> Dim | None:
    if one is None or other is None:
        return None
    if one == other:
        return one
    if is_symbolic(one) or is_symbolic(other):
        raise Unknown
    return min(one, other)


def diag_shape(use: Use) -> OpenShape:
    k = use.get("k", place=1, default=0)
    if len(use.first) != 1:
        return diagonal_shape(Use(use.shapes, (), {"k": k, "axis1": 0, "axis2": 1}))
    side = None if use.first[0] is None else use.first[0] + abs(k)
    return (side, side)


def diagflat_shape(use: Use) -> OpenShape:
    return diag_shape(Use([(volume(use.first),)], (None, *use.args[1:]), use.named))


def cdist_shape(use: Use) -> OpenShape:
    one, other = use.shapes
    return (*broadcast_shapes([one[:-2], other[:-2]]), one[-2], other[-2])


def eig_shapes(use: Use) -> list[OpenShape]:
    return [use.first[:-1], use.first]


def qr_shapes(use: Use) -> list[OpenShape]:
    *batch, rows, columns = use.first
    inner = rows if use.get("mode", place=1, default="reduced") == "complete" else smaller(rows, columns)
    return [(*batch, rows, inner), (*batch, inner, columns)]


def svd_shapes(use: Use) -> list[OpenShape] | OpenShape:
    *batch, rows, columns = use.first
    inner = smaller(rows, columns)
    if not use.get("compute_uv", place=2, default=True):
        return (*batch, inner)
    whole = use.get("full_matrices", place=1, default=True)
    return [(*batch, rows, rows if whole else inner), (*batch, inner), (*batch, columns if whole else inner, columns)]


def kron_shape(use: Use) -> OpenShape:
    one, other = use.shapes
    rank = max(len(one), len(other))
    padded = [(1,) * (rank - len(each)) + tuple(each) for each in (one, other)]
    return tuple(None if None in pair else pair[0] * pair[1] for pair in zip(*padded, strict=True))


def segment_shape(use: Use) -> OpenShape:
    return (use.get("num_segments", place=2, default=None), *use.first[1:])


def vander_shape(use: Use) -> OpenShape:
    return (*use.first, use.get("N", place=1, default=None) or use.first[-1])


def trapezoid_shape(use: Use) -> OpenShape:
    (place,) = axis_indices(use.get("axis", place=3, default=-1), len(use.first))
    return shape_with_axes(use.first, place)


def histogram_shapes(use: Use) -> list[OpenShape]:
    bins = use.get("bins", place=1, default=10)
    if type(bins) is not int:
        raise Unknown
    return [(bins,), (bins + 1,)]


def correlate_shape(use: Use) -> OpenShape:
    (one,), (other,) = use.shapes
    mode = use.get("mode", place=2, default="valid")
    if one is None or other is None:
        return (None,)
    least = smaller(one, other)
    most = one + other - least  # type: ignore[operator]
    return ({"valid": most - least + 1, "same": most, "full": most + least - 1}[mode],)  # type: ignore[operator]


def extract_sequences_shape(use: Use) -> OpenShape:
    length, stride = (use.get(name, place=place) for place, name in ((1, "sequence_length"), (2, "sequence_stride")))
    whole = use.first[-1]
    return (*use.first[:-1], None if whole is None else quotient(whole - length, stride) + 1, length)


def stft_shapes(use: Use) -> list[OpenShape]:
    length, stride, fft = (
        use.get(name, place=place) for place, name in enumerate(("sequence_length", "sequence_stride", "fft_length"), 1)
    )
    whole = use.first[-1]
    if whole is not None and use.get("center", place=5, default=True):
        whole = whole + 2 * (fft // 2)
    frames = None if whole is None else quotient(whole - fft, stride) + 1
    if length > fft:
        raise Unknown
    return [(*use.first[:-1], frames, fft // 2 + 1)] * 2


def istft_shape(use: Use) -> OpenShape:
    """The shape of a signal from its spectrum: the windows, each moved by the stride, without the padding at both ends."""
    length, stride, fft = (
        use.get(name, place=place) for place, name in enumerate(("sequence_length", "sequence_stride", "fft_length"), 1)
    )
    wanted, frames = use.get("length", place=4, default=None), use.first[-2]
    if length > fft:
        raise Unknown
    if wanted is None and frames is not None:
        wanted = stride * (frames - 1) + fft - (2 * (fft // 2) if use.get("center", place=6, default=True) else 0)
    return (*use.first[:-2], wanted)


def lstsq_shape(use: Use) -> OpenShape:
    return (use.first[-1], *use.operand(1, "b")[1:])


def bincount_shape(use: Use) -> OpenShape:
    """The shape of the numbers of each value, of which nobody knows how many there are."""
    return (*use.first[:-1], None)


def ctc_decode_shapes(use: Use) -> list[OpenShape]:
    """The best readings of each example, and how likely each is."""
    batch, longest, _ = use.first
    best = use.get("top_paths", default=1)
    return [(best, batch, longest), (batch, best)]


def irfft_shape(use: Use) -> OpenShape:
    whole = use.first[-1]
    return (*use.first[:-1], use.get("fft_length", place=1, default=None) or (None if whole is None else 2 * (whole - 1)))


def view_real_shape(use: Use) -> OpenShape:
    return (*use.first, 2)


def unfold_shape(use: Use) -> OpenShape:
    """The shape of ``unfold``: the channels of each block, and the number of blocks."""
    batch, channels, *sides = use.first
    window, dilation, padding, stride = (
        pair(use.get(name, place=place, default=default))
        for place, (name, default) in enumerate((("kernel_size", None), ("dilation", 1), ("padding", 0), ("stride", 1)), 1)
    )
    blocks: Any = 1
    for side, size, rate, pad, step in zip(sides, window, dilation, padding, stride, strict=True):
        blocks = None if side is None or blocks is None else blocks * (quotient(side + 2 * pad - rate * (size - 1) - 1, step) + 1)
    return (batch, None if channels is None else channels * window[0] * window[1], blocks)


def fold_shape(use: Use) -> OpenShape:
    output, window = pair(use.get("output_size", place=1)), pair(use.get("kernel_size", place=2))
    batch, channels, _ = use.first
    return (batch, None if channels is None else quotient(channels, window[0] * window[1]), *output)


def pair(value: Any) -> tuple[Any, Any]:
    return tuple(value) if isinstance(value, tuple | list) else (value, value)


def cross_shape(use: Use) -> OpenShape:
    """The shape of a vector product, of vectors of 2 or 3 numbers; that of two vectors of 2 is a number."""
    lengths = [shape[-1] if shape else 1 for shape in use.shapes]
    for shape, length in zip(use.shapes, lengths, strict=True):
        if type(length) is int and length not in (2, 3):
            raise ShapeError(f"cross takes vectors of 2 or 3 numbers, not {shown(shape)}")
    if not all(type(length) is int for length in lengths):
        return broadcast_shapes(use.shapes)
    around = broadcast_shapes([shape[:-1] for shape in use.shapes])
    return (*around, 3) if 3 in lengths else around


def choices_shape(use: Use) -> OpenShape:
    return broadcast_shapes(use.shapes)


def ssim_shape(use: Use) -> OpenShape:
    return use.first[:-3]


def given_output_shape(use: Use) -> OpenShape:
    return sizes_in(use.get("output_shape", place=1))


def dstack_shape(use: Use) -> OpenShape:
    def deep(shape: OpenShape) -> OpenShape:
        return (1, *shape, 1) if len(shape) == 1 else (*shape, 1) if len(shape) == 2 else shape

    shapes = [*map(deep, use.shapes)]
    along = [shape[2] for shape in shapes]
    total: Any = None if None in along else sum(along[1:], along[0])  # type: ignore[arg-type]
    return shape_with_axes(shapes[0], 2, total)


def rearrange_shape(use: Use) -> OpenShape:
    """The shape of ``rearrange(x, "b (h w) c -> b h w c", h=8)``."""
    from ...core.einops import rearranged

    pattern = use.get("pattern", place=1)
    known = {
        name: value
        for name, value in use.named.items()
        if name not in ("x", "tensor", "pattern") and not isinstance(value, Operand)
    }
    return rearranged(use.first, pattern, known.get("axes_lengths", known))  # type: ignore[arg-type]


MATRICES: dict[str, Callable[[Use], Shapes]] = {
    "diag": diag_shape, "diagflat": diagflat_shape, "cdist": cdist_shape, **dict.fromkeys(("eig", "eigh"), eig_shapes), "qr": qr_shapes,
    "svd": svd_shapes, "kron": kron_shape, "vander": vander_shape, "trapezoid": trapezoid_shape, "histogram": histogram_shapes,
    "correlate": correlate_shape, "extractsequences": extract_sequences_shape, "stft": stft_shapes, "irfft": irfft_shape,
    **dict.fromkeys(("segmentsum", "segmentmax", "segmentmin", "segmentprod"), segment_shape),
    "viewasreal": view_real_shape, "viewascomplex": lambda use: use.first[:-1], "unfold": unfold_shape, "fold": fold_shape,
    "select": choices_shape, "cross": cross_shape, "ssim": ssim_shape, "psnr": lambda use: (), "allclose": lambda use: (),
    "scaleandtranslate": given_output_shape, "dstack": dstack_shape, "corrcoef": lambda use: (use.first[0],) * 2,
    "matrixrank": lambda use: use.first[:-2], "slogdet": lambda use: [use.first[:-2]] * 2, "pinv": lambda use: (*use.first[:-2], use.first[-1], use.first[-2]),
    "solvetriangular": lambda use: use.operand(1, "b"), "lufactor": lambda use: [use.first, use.first[:-1]],
    "ctcloss": lambda use: use.first[:1], "mapcoordinates": lambda use: use.operand(1, "coordinates")[1:], "sobeledges": view_real_shape,
    **dict.fromkeys(("isin", "array", "layernormalization", "rmsnormalization", "associativescan", "view"), lambda use: use.first),
    "rearrange": rearrange_shape, "istft": istft_shape, "lstsq": lstsq_shape, "bincount": bincount_shape, "ctcdecode": ctc_decode_shapes,
}  # fmt: skip
