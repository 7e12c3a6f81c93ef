"""What the environment of the README lacks: PyTorch, Keras, TensorFlow, and what reads or draws for them.

A test of one of these is skipped without it. With ``SYMPARAMS_REQUIRE_FRAMEWORKS=1``, as in ``.ci/run``, it fails.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

REQUIRED = os.environ.get("SYMPARAMS_REQUIRE_FRAMEWORKS") == "1"


# Packages that import torchvision, in which a model's operators need not be compiled for this PyTorch to be built.
ON_TORCHVISION = ("torchvision", "timm", "transformers")
declared: list[object] = []  # the libraries of operators, which are gone when nothing holds them


def declare_operators() -> None:
    """Declares what torchvision expects of its compiled operators, where these are of another build of PyTorch."""
    if find_spec("torchvision") is None:
        return
    try:
        import_module("torchvision")
    except RuntimeError:
        library = import_module("torch").library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        declared.append(library)
        import_module("torchvision")


def installed(name: str, at_least: str | None = None) -> ModuleType:
    """The module of that name, of that version or a later one."""
    __tracebackhide__ = True  # a skip is reported where it is asked for
    if name in ON_TORCHVISION and "torchvision" not in sys.modules:
        declare_operators()
    try:
        module: ModuleType = pytest.importorskip(name, minversion=at_least)  # noqa: TID251
    except pytest.skip.Exception as missing:
        if not REQUIRED:
            raise
        pytest.fail(str(missing))
    return module
