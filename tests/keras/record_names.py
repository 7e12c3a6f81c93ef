"""Prints every name that an installed Keras exports, in the form of ``symparams/keras/namespaces/names``.

``python -m tests.keras.record_names keras``, and likewise for ``tf_keras`` and ``tf_keras.api._v1.keras``.
"""

from __future__ import annotations

import inspect
import os
import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_KERAS = ("protobuf", "dtensor", "estimator", "src", "legacy_tf_layers", "api")  # some are there once others were imported
ELSEWHERE = ("layers",)  # whose signatures are in signatures/, or are not needed
LITERALS = (int, float, str, bool, type(None), tuple, list)


def signature_text(thing: Any) -> str:
    try:
        parameters = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return "(*args, **kwargs)"
    return f"({', '.join(parameter_text(each) for each in parameters if each.name != 'self')})"


def parameter_text(parameter: inspect.Parameter) -> str:
    stars = "*" * (parameter.kind is parameter.VAR_POSITIONAL) + "**" * (parameter.kind is parameter.VAR_KEYWORD)
    default: object = parameter.default
    if default is parameter.empty:
        return stars + parameter.name
    return f"{stars}{parameter.name}={default!r}" if isinstance(default, LITERALS) else f"{stars}{parameter.name}=None"


def is_another_name(path: str) -> bool:
    """Whether it is an operation in one of the modules that ``keras.ops`` has the names of, ``ops.nn.relu``."""
    return path.startswith(("ops.nn.", "ops.numpy.", "ops.linalg."))


def exported(module: ModuleType, path: str = "", depth: int = 0) -> Iterator[str]:
    """The lines of a module and of those below it."""
    for name in sorted(dir(module)):
        below = f"{path}.{name}" if path else name
        first = below.partition(".")[0]
        if name.startswith("_") or first in NOT_KERAS:
            continue
        value = getattr(module, name)
        signature = "" if first in ELSEWHERE or is_another_name(below) else signature_text(value)
        if isinstance(value, ModuleType):
            if depth < 6 and "keras" in value.__name__ and "src" not in below.split("."):
                yield f"m {below}"
                yield from exported(value, below, depth + 1)
        elif inspect.isclass(value):
            yield f"c {below}{signature}"
        elif callable(value):
            yield f"f {below}{signature}"
        else:
            yield f"v {below}"


if __name__ == "__main__":
    os.environ.setdefault("KERAS_BACKEND", "torch")
    print("\n".join(exported(import_module(sys.argv[1]))))
