"""Prints the names that an installed PyTorch exports, in the form of ``symparams/torch/namespaces/names.txt``.

``python -m tests.torch.record_names``. Modules that other packages complete, such as ``utils.tensorboard``, are written by hand.
"""

from __future__ import annotations

import inspect
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = """
optim optim.lr_scheduler optim.swa_utils optim.optimizer utils utils.data utils.checkpoint cuda cuda.amp amp backends backends.cudnn
backends.cuda backends.mps backends.mkldnn backends.openmp jit distributed autograd autograd.functional random nn.utils nn.utils.rnn nn.utils.prune nn.parallel
nn.parameter nn.attention hub fft linalg special distributions onnx fx export profiler quantization ao mps xpu cpu version testing sparse
nested func multiprocessing utils.data.distributed utils.data.dataset utils.data.dataloader distributions.normal distributions.categorical
""".split()


def kind(value: object) -> str:
    return "m" if isinstance(value, ModuleType) else "c" if inspect.isclass(value) else "f" if callable(value) else "v"


def names_in(module: ModuleType, everything: bool) -> Iterator[str]:
    """The names of a module with their kinds; of modules below ``torch`` only classes and functions of PyTorch."""
    for name in sorted(dir(module)):
        value = getattr(module, name)
        home = str(getattr(value, "__module__", ""))
        own = everything or (kind(value) in "cf" and home.startswith(("torch", "_")))
        if not name.startswith("_") and kind(value) != "m" and own:
            yield f"{kind(value)}/{name}"


def exported() -> Iterator[str]:
    yield f": {' '.join(names_in(import_module('torch'), everything=True))}"
    for path in MODULES:
        yield f"{path}: {' '.join(names_in(import_module(f'torch.{path}'), everything=False))}"
    yield "nn.modules:"
    below = import_module("torch.nn.modules")
    yield from (f"nn.modules.{name}:" for name in dir(below) if kind(getattr(below, name)) == "m" and not name.startswith("_"))


if __name__ == "__main__":
    print("\n".join(exported()))
