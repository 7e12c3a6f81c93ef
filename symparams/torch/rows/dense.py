"""The rows of Linear, Bilinear and PReLU."""

from __future__ import annotations

from ...core.catalogue import entry, when
from ...core.conventions import Convention
from ...layers.activation import PReLU
from ...layers.dense import Bilinear, Dense
from ..conventions import MATRIX, SLOPE
from ..row import Lazy, row, sizes_check

NO_BIAS = when("bias", False, "bias=False leaves the bias out", bias_sets=0)

row(
    "Linear",
    entry=entry("torch.nn.Linear", Dense, MATRIX, NO_BIAS),
    check=sizes_check("in_features", "out_features"),
    sizes=lambda a: {"inputs": a.in_features, "units": a.out_features},
    absent="bias",
)
row("LazyLinear", lazy=Lazy(becomes="Linear", argument="in_features", width=lambda a, shape: shape[-1]))
row(
    "Bilinear",
    entry=entry("torch.nn.Bilinear", Bilinear, Convention(outputs_first=True, names={"kernel": "weight"}), NO_BIAS),
    check=sizes_check("in1_features", "in2_features", "out_features"),
    sizes=lambda a: {"inputs": a.in1_features, "other_inputs": a.in2_features, "units": a.out_features},
    absent="bias",
)
ONE_SLOPE = when("num_parameters", 1, "PReLU has a single slope, unless num_parameters asks for one per channel", shape=1)
row(
    "PReLU",
    entry=entry("torch.nn.PReLU", PReLU, SLOPE, ONE_SLOPE),
    check=sizes_check("num_parameters"),
    sizes=lambda a: {"shape": (a.num_parameters,)},
)
