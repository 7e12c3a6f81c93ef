"""Keras's quantization configs, for ``layer.quantize(config=...)`` and ``model.quantize(config=...)``.

>>> from symparams import keras
>>> layer = keras.layers.Dense(16)
>>> layer.build((None, 64))
>>> layer.quantize(config=Int4QuantizationConfig(block_size=32))
>>> print(layer.count, [tensor.shape for tensor in layer.weights])
656 [(16,), (64, 8), (2, 16), (2, 16), (64,)]

Quantizers and calibration data are accepted and do not change a count.
"""

from __future__ import annotations

from ..errors import SettingError
from ..layers.quantization import quantization
from .dtype_policies import BLOCK
from .namespaces.modules import others_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..core.sizes import Dim
    from ..layers.quantization import Quantization


def Int8QuantizationConfig(weight_quantizer: object = None, activation_quantizer: object = "default") -> Quantization:  # noqa: ARG001
    """Integers of 8 bits, with one scale per output."""
    return quantization("Int8QuantizationConfig", "int8")


def Int4QuantizationConfig(
    weight_quantizer: object = None, activation_quantizer: object = "default", block_size: Dim | None = BLOCK
) -> Quantization:
    """Integers of 4 bits, two to a byte; ``block_size`` inputs share a scale, or all with None or -1."""
    of = "Int4QuantizationConfig"
    how = quantization(of, "int4", block=block_size)
    if how.block is not None and (weight_quantizer is not None or activation_quantizer not in ("default", None)):
        raise SettingError(f"{of}: block_size cannot be combined with your own quantizer; use block_size=None")
    return how


def Float8QuantizationConfig() -> Quantization:
    """Products of 8-bit floats, scaled by the recent largest values."""
    return quantization("Float8QuantizationConfig", "float8")


def GPTQConfig(
    dataset: object,  # noqa: ARG001
    tokenizer: object,  # noqa: ARG001
    *,
    weight_bits: int = 4,
    group_size: Dim = BLOCK,
    **options: object,
) -> Quantization:
    """Integers found by GPTQ, with a scale for every ``group_size`` inputs (-1: one for all)."""
    return quantization("GPTQConfig", "gptq", bits=weight_bits, block=group_size)


def AWQConfig(
    dataset: object,  # noqa: ARG001
    tokenizer: object,  # noqa: ARG001
    *,
    weight_bits: int = 4,
    group_size: Dim = BLOCK,
    **options: object,
) -> Quantization:
    """Integers of 4 bits found by AWQ, with a scale for every ``group_size`` inputs (-1: one for all)."""
    return quantization("AWQConfig", "awq", bits=weight_bits, block=group_size)


__getattr__ = others_in("v3", "quantizers")
