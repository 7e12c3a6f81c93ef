"""What the environment of the README lacks: PyTorch, Keras, TensorFlow, and what reads or draws for them.

A test of one of these is skipped without it. With ``SYMPARAMS_REQUIRE_FRAMEWORKS=1``, as in ``.ci/run``, it fails.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

REQUIRED = os.environ.get("SYMPARAMS_REQUIRE_FRAMEWORKS") == "1"


def installed(name: str, at_least: str | None = None) -> ModuleType:
    """The module of that name, of that version or a later one."""
    __tracebackhide__ = True  # a skip is reported where it is asked for
    try:
        module: ModuleType = pytest.importorskip(name, minversion=at_least)  # noqa: TID251
    except pytest.skip.Exception as missing:
        if not REQUIRED:
            raise
        pytest.fail(str(missing))
    return module
