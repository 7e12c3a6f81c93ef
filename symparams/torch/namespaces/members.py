"""What each name of ``torch`` is here: a class of this library, a stand-in, a function without effect, or one that is refused."""

from __future__ import annotations

from ...errors import UnknownLayerError
from ..parallel import AveragedModel, DistributedDataParallel
from ..running import distributions, sequences
from ..running.operations import find_operation
from ..tensors import Parameter, Tensor
from .stand_ins import COUNTS, KNOWN, refusing, stand_in_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NO_FILES = "symparams reads no files of PyTorch that run code, and has no numbers; from_torch reads a live module or .safetensors"
OURS = {
    "Tensor": Tensor,
    "Parameter": Parameter,
    "DistributedDataParallel": DistributedDataParallel,
    "AveragedModel": AveragedModel,
}


OPERATIONS = (
    "",
    "fft",
    "linalg",
    "special",
    "nn.utils.rnn",
    "func",
    "nn.utils",
    "nn.utils.stateless",
)  # modules whose functions are operations on tensors


def operation_in(module: str, name: str) -> Any:
    """The operation of a name, or None."""
    if module == "nn.utils.rnn":
        return getattr(sequences, name, None)
    return find_operation(f"linalg_{name}" if module == "linalg" and name in ("norm", "vector_norm", "matrix_norm") else name)


def member(module: str, name: str, kind: str) -> Any:
    """What a name stands for."""
    path = f"{module}.{name}" if module else name
    if name in OURS:
        return OURS[name]
    if path in KNOWN:
        return KNOWN[path]
    if module.startswith("distributions") and name in distributions.NAMES:
        return distributions.NAMES[name]
    if module in OPERATIONS:
        found = operation_in(module, name)
        if found is not None:
            return found
    if kind == "c":
        return stand_in_class(module, name)
    if kind == "f":
        return refusing(f"torch.{path}", NO_FILES if name in ("load", "save") or module == "hub" else COUNTS)
    if not module and name in ("inf", "nan", "pi", "e", "newaxis"):
        return {"inf": float("inf"), "nan": float("nan"), "pi": 3.141592653589793, "e": 2.718281828459045}.get(name)
    if not module:
        return f"torch.{name}"
    raise UnknownLayerError(f"torch.{path} is a value of PyTorch that symparams does not have: {COUNTS}")
