"""PyTorch itself, imported to try what we claim of it: nothing but ``prove`` imports this."""

from __future__ import annotations

import warnings

from ..._startup.lazy import module_of
from ...core.claim import BUFFER, Installed, Reported
from ...core.conventions import Tensor
from ...errors import SettingError
from .library import class_of
from .symbolic import symbolic_count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.calls import Call
    from .library import Library, Live


def installed() -> Installed:
    """PyTorch as it is installed. Raises :class:`SettingError` where it is not."""
    try:
        torch: Library = module_of("torch")
    except ImportError as error:
        raise SettingError("prove needs PyTorch, which is not installed: pip install torch") from error
    return Installed(
        against=f"PyTorch {torch.__version__.partition('+')[0]}",
        beside="",
        ask=lambda call: reported(torch, call),
        symbolic=lambda call, sizes: symbolic_count(torch, call, sizes),
    )


def reported(torch: Library, call: Call) -> Reported:
    """What PyTorch says of a call. It is made on the meta device, whose tensors have shapes and no numbers."""
    with warnings.catch_warnings(), torch.device("meta"):
        warnings.simplefilter("ignore")  # of what is slow to run
        module = call.made(lambda name: class_of(torch, name))
        if call.reads is not None:
            module.initialize_parameters(torch.empty(call.reads))
        parameters = dict(module.named_parameters())
        found = [tensor(path, its, "") for path, its in parameters.items()]
        buffers = [tensor(path, its, BUFFER) for path, its in module.named_buffers()]
    return Reported((*found, *buffers), sum(its.numel() for its in parameters.values()))


def tensor(path: str, its: Live, role: str) -> Tensor:
    """A tensor of PyTorch as one of ours. A buffer is never trained."""
    return Tensor(path=path, shape=tuple(map(int, its.shape)), trainable=its.requires_grad and role != BUFFER, role=role)
