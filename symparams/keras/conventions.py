"""Keras's storage of weights: gates and groups joined in one array, the biases of a gate stacked, each direction separate."""

from __future__ import annotations

from ..core.conventions import INPUTS_JOINED, JOINED, STACKED, Convention

KERAS = Convention(
    copies={
        "gates": JOINED,
        "groups": JOINED,
        "bias_sets": STACKED,
        "directions": ("forward/{}", "backward/{}"),
        "renorm_statistics": ("moving_stddev", "renorm_mean", "renorm_stddev"),
        "tracked": ("inputs_{}", "kernel_{}", "outputs_grad_{}"),
    }
)
KERAS_DENSE = KERAS.but(names={"zero_point": "kernel_zero"})
# A transposed convolution has the kernel of the convolution that it reverses, whose inputs are its outputs.
KERAS_TRANSPOSED = KERAS.but(layouts={"kernel": lambda axes: (*axes[:-2], axes[-1], axes[-2])})
KERAS_DEPTHWISE = KERAS.but(copies={**KERAS.copies, "groups": INPUTS_JOINED})
CUDNN = Convention(copies={"gates": JOINED, "bias_sets": JOINED, "directions": ("forward/{}", "backward/{}")})
