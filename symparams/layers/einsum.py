"""A dense layer between any axes, named by an einsum equation."""

from __future__ import annotations

from ..core import Dim, Layer, Node, dims, number, setting, times, weight
from ..errors import SettingError
from . import equation
from .adapters import adapted, lora_rank, quantized, quantized_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .quantization import Quantization


class EinsumDense(Layer):
    r"""A dense layer between any axes of input and output, named by an einsum equation.

    >>> print(EinsumDense(kernel=(16, 4, 8), bias=(4, 8)).count)
    544
    >>> print(EinsumDense(kernel=(16, 4, 8), bias=(4, 8), equation="abc,cde->abde", quantization="int8").count)
    576
    """

    kernel: tuple[Dim, ...] = dims(letter="k", doc="the axes of the kernel")
    bias: tuple[Dim, ...] = dims(letter="b", doc="the axes of the bias", default=(1,))
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias, 0 without", default=1, least=0)
    equation: str | None = setting(
        letter="equation",
        doc="which axes are contracted, such as ab,bc->ac; needed by a quantization",
        check=equation.read,
        default=None,
    )
    lora_rank: Dim = lora_rank()
    quantization: Quantization | None = quantized_as()

    def validate(self) -> None:
        if self.quantization is not None and self.quantization.mode != "float8" and self.equation is None:
            raise SettingError(
                "EinsumDense: quantization needs an equation without an ellipsis, such as 'abc,cde->abde', for the axes of its scales"
            )
        self.weights()  # raises an error for a kernel that does not fit the equation or the quantization

    def weights(self) -> Node:
        bias = times(weight("bias", *self.bias), bias_sets=self.bias_sets)
        node, how = adapted(weight("kernel", *self.kernel) + bias, "kernel", self.lora_rank), self.quantization
        if how is None or how.mode == "float8" or self.equation is None:
            return quantized(node, "kernel", how)
        if how.is_calibrated:
            matrix = equation.largest_cut(self.kernel, f"EinsumDense: {how.mode}")
        else:
            matrix = equation.matrix(self.equation, self.kernel)
        return quantized(node, "kernel", how, matrix=matrix, outputs=equation.outputs(self.equation, self.kernel))
