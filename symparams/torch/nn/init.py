"""``torch.nn.init``: every function gives its tensor back, for there are no numbers to fill it with."""

from __future__ import annotations

from ...errors import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

NAMES = """
calculate_gain constant constant_ dirac dirac_ eye eye_ kaiming_normal kaiming_normal_ kaiming_uniform kaiming_uniform_
normal normal_ ones_ orthogonal orthogonal_ sparse sparse_ trunc_normal_ uniform uniform_ xavier_normal xavier_normal_
xavier_uniform xavier_uniform_ zeros_
""".split()


def filled(tensor: Any, *_: Any, **__: Any) -> Any:
    """The tensor as it is."""
    return tensor


def gain(*_: Any, **__: Any) -> float:
    """A factor for numbers that are not there."""
    return 1.0


def __getattr__(name: str) -> Callable[..., Any]:
    if name not in NAMES:
        raise AttributeError(f"torch.nn.init has no {name!r}{nearest(name, NAMES)}")
    return gain if name == "calculate_gain" else filled


def __dir__() -> list[str]:
    return NAMES
