"""Operations element by element: their operands are broadcast together."""

from __future__ import annotations

from ...errors import ArgumentError
from ..tensors import Tensor, joint_dtype
from .operations import broadcast, made, operation, tensors_among

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NUMBERS = """
abs absolute acos acosh add addcdiv addcmul alpha_dropout angle arccos arcsin arctan arctanh arctan2 asin asinh atan atan2 atanh bernoulli
bitwise_and bitwise_not bitwise_or bitwise_xor ceil celu celu_ clamp clamp_max clamp_min clip clone conj contiguous copysign cos cosh deg2rad detach
digamma div divide dropout dropout1d dropout2d dropout3d elu elu_ erf erfc erfinv exp exp2 expm1 feature_alpha_dropout fix float_power floor
floor_divide fmax fmin fmod frac gelu gumbel_softmax hardshrink hardsigmoid hardswish hardtanh hardtanh_ hypot i0 ldexp leaky_relu leaky_relu_ lerp
lgamma log log10 log1p log2 log_softmax logaddexp logit logsigmoid masked_fill maximum minimum mish mul multiply nan_to_num neg negative nextafter
polygamma positive pow rad2deg real imag reciprocal relu relu6 relu_ remainder round rrelu rrelu_ rsqrt rsub selu selu_ sgn sigmoid sign silu sin
sinc sinh softmax softmin softplus softshrink softsign special_erf sqrt square sub subtract tan tanh tanhshrink threshold threshold_ tril triu
true_divide trunc xlogy logcumsumexp fliplr flipud heaviside
local_response_norm
"""
TRUTHS = """
eq ne lt le gt ge greater greater_equal less less_equal not_equal isclose isfinite isinf isnan isneginf isposinf isreal logical_and logical_not
logical_or logical_xor isin signbit
"""
INTEGRAL = "bitwise_and bitwise_not bitwise_or bitwise_xor".split()


@operation(NUMBERS)
def elementwise(*args: Any, **kwargs: Any) -> Tensor:
    """Numbers, one for each element."""
    tensors = operands(args, kwargs)
    return made(broadcast(tensors), joint_dtype(*tensors))


@operation(TRUTHS)
def truth(*args: Any, **kwargs: Any) -> Tensor:
    """A truth value for each element."""
    return made(broadcast(operands(args, kwargs)), "torch.bool")


@operation("type_as")
def type_as(input: Tensor, other: Tensor) -> Tensor:
    """The numbers of the first tensor in the type of the second."""
    return made(input.shape, other.dtype)


@operation("isin")
def is_in(elements: Tensor, test_elements: object, **_: object) -> Tensor:
    return made(elements.shape, "torch.bool")


@operation("where")
def where(condition: Tensor, input: object = None, other: object = None) -> Tensor:
    """The elements of one or the other."""
    if input is None:
        from .operations import unknown_shape

        raise unknown_shape("where(condition) with a condition alone")
    chosen = tensors_among(input, other)
    return made(broadcast([condition, *chosen]), joint_dtype(*chosen) if chosen else "torch.float32")


@operation(
    "prelu dropout dropout1d dropout2d dropout3d alpha_dropout feature_alpha_dropout softmax log_softmax softmin normalize roll flip cumsum cumprod"
)
def first_alone(input: Tensor, *_: object, **__: object) -> Tensor:
    """A tensor of the shape of the first argument, whatever the others are."""
    (given,) = operands((input,), {})
    return made(given.shape, given.dtype)


@operation("scatter scatter_add scatter_reduce index_add index_copy index_fill put masked_scatter renorm")
def written_into(input: Tensor, *_: object, **__: object) -> Tensor:
    """A tensor into which others are written."""
    return made(input.shape, input.dtype)


def operands(args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Tensor]:
    found = tensors_among(*args, *(value for name, value in kwargs.items() if name != "out"))
    if not found:
        raise ArgumentError(
            f"a function of torch takes a tensor, not {args[0]!r}" if args else "a function of torch takes a tensor"
        )
    return found


@operation("rot90")
def rotated(input: Tensor, k: int = 1, dims: Any = (0, 1)) -> Tensor:
    """A tensor turned in the plane of two axes."""
    return input if k % 2 == 0 else input.transpose(*dims)
