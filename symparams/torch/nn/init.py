"""``torch.nn.init``: every function returns its tensor unchanged, since there are no numbers."""

from __future__ import annotations

from ...errors import SettingError, UnknownLayerError, brief, either, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    T = TypeVar("T")

NAMES = """
calculate_gain constant constant_ dirac dirac_ eye eye_ kaiming_normal kaiming_normal_ kaiming_uniform kaiming_uniform_
normal normal_ ones_ orthogonal orthogonal_ sparse sparse_ trunc_normal_ uniform uniform_ xavier_normal xavier_normal_
xavier_uniform xavier_uniform_ zeros_
""".split()

LINEAR = "linear conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d sigmoid"
GAINS = {**dict.fromkeys(LINEAR.split(), 1), "tanh": 5 / 3, "relu": 2**0.5, "selu": 3 / 4}


def unchanged_tensor(tensor: T, *_: object, **__: object) -> T:
    """The tensor unchanged."""
    return tensor


def gain(nonlinearity: str, param: float | None = None) -> float:
    """The recommended factor for the initial weights before an activation (He et al., 2015, arXiv:1502.01852)."""
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else param
        return float((2 / (1 + slope**2)) ** 0.5)
    if nonlinearity not in GAINS:
        known = [*GAINS, "leaky_relu"]
        raise SettingError(
            f"calculate_gain: unknown nonlinearity {brief(nonlinearity)}; use {either(known)}{nearest(nonlinearity, known)}"
        )
    return float(GAINS[nonlinearity])


def __getattr__(name: str) -> Callable[..., Any]:
    if name not in NAMES:
        raise UnknownLayerError(f"torch.nn.init of PyTorch 2.13 has no {name!r}{nearest(name, NAMES)}")
    return gain if name == "calculate_gain" else unchanged_tensor


def __dir__() -> list[str]:
    return NAMES
