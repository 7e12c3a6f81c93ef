"""The shapes of an EinsumDense equation such as ``"ab,bc->ac"``, with ``...`` at either end."""

from __future__ import annotations

from ..core.sizes import known, shown
from ..errors import ShapeError
from .axes import open_shape
from .row import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..core.sizes import Dim, OpenShape
    from .axes import Axes
    from .signature import Arguments


def einsum_shapes(a: Arguments, x: Axes) -> tuple[dict[str, object], OpenShape]:
    """The axes of kernel and bias, and the output shape."""
    given, kernel, out = _equation_parts(a)
    wanted = open_shape(
        a.output_shape if isinstance(a.output_shape, tuple | list) else (a.output_shape,), "EinsumDense: output_shape"
    )
    if a.bias_axes is not None and not isinstance(a.bias_axes, str):
        raise refusal(a, "bias_axes", "must be a string such as 'c'")
    left = given.startswith("...") or out.startswith("...")
    given, out = given.replace("...", ""), out.replace("...", "")
    free = len(x.shape) - len(given)
    if free < 0 or (free and "..." not in a.equation):
        raise ShapeError(f"EinsumDense: {a.equation!r} takes {len(given)} axes, not an input of shape {shown(x.shape)}")
    rest, named = (x.shape[:free], x.shape[free:]) if left else (x.shape[len(given) :], x.shape[: len(given)])
    sizes: dict[str, Dim | None] = dict(zip(given, named, strict=True))

    # output_shape leaves out the batch and the axes of the ellipsis; an ellipsis on the left includes the batch.
    whole = (*x.shape[: max(free, 1)], *wanted)[free:] if left else (*x.shape[:1], *wanted, *rest)
    needed = len(out) + (0 if left else free)
    if len(whole) != needed if a["version"] == "v3" else len(whole) < len(out):  # Keras 2 ignores axes beyond the output
        more = "fewer" if len(whole) < needed else "more"
        raise refusal(a, "output_shape", f"has {more} axes than {out!r}, the output of {a.equation!r} for {shown(x.shape)}")
    asked = dict(zip(out, whole, strict=False))
    for name, axis in asked.items():
        if axis is not None:
            if name in sizes and sizes[name] != axis:  # an axis that is unknown in the input must be None here, too
                raise ShapeError(
                    f"EinsumDense: axis {name} of {a.equation!r} is {sizes[name]} in the input and {axis} in output_shape"
                )
            sizes.setdefault(name, axis)
    missing = [name for name in kernel if name not in sizes]
    if missing:
        raise refusal(a, "output_shape", f"must give the size of axis {missing[0]} of {a.equation!r}")

    # An axis that output_shape leaves open is unknown in Keras 3, and taken from the input in Keras 2; never in a bias.
    keeps_open = a["version"] == "v3"
    left_open = {name for name in asked if asked[name] is None}

    def axes(names: str, may_be_open: bool) -> tuple[Dim, ...]:
        for name in names:
            if name in left_open and not may_be_open:
                raise ShapeError(f"EinsumDense: output_shape must give axis {name} of {a.equation!r}, since a weight has that size")
        return tuple(known(sizes[name], f"EinsumDense: axis {name}") for name in names)

    middle: tuple[Dim | None, ...] = tuple(
        asked[name] if name in asked and (keeps_open or asked[name] is not None) else sizes.get(name) for name in out
    )
    output = (*rest, *middle) if left else (*middle, *rest)
    found: dict[str, object] = {
        "kernel": axes(kernel, not keeps_open),
        "equation": f"{given},{kernel}->{out}" if "..." not in a.equation else None,
    }
    if not a.bias_axes and sizes.get(out[-1]) is not None:
        found["bias"] = axes(out[-1], True)  # the axes that a bias would have
    if a.bias_axes:
        if not set(a.bias_axes) <= set(out):
            raise refusal(a, "bias_axes", f"may only have axes of the output {out!r}")
        # The bias begins at its first axis and broadcasts over those it does not have.
        begins = min(map(out.index, a.bias_axes))
        found["bias"] = tuple(axes(name, False)[0] if name in a.bias_axes else 1 for name in out[begins:]) + (
            () if left else (1,) * free
        )
    return found, output


def _equation_parts(a: Arguments) -> tuple[str, str, str]:
    """The input, the kernel and the output of the equation."""
    text = a.equation.replace(" ", "") if isinstance(a.equation, str) else ""
    inputs, arrow, out = text.partition("->")
    given, comma, kernel = inputs.partition(",")
    ends = [(part.startswith("..."), part.endswith("...")) for part in (given, out)]
    plain = (part.strip(".") for part in (given, kernel, out))
    one_end = ends[0] == ends[1] and not all(ends[0]) and "." not in kernel
    if not arrow or not comma or not one_end or not all(part.isalpha() for part in plain):
        raise refusal(a, "equation", "must look like 'ab,bc->ac'")
    return given, kernel, out
