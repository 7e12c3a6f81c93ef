"""Keras itself, imported to try what we claim of it: nothing but ``prove`` imports this."""

from __future__ import annotations

import os
import warnings
from re import sub

from ..._startup.lazy import module_of
from ...core.claim import Installed, Reported
from ...core.conventions import Tensor
from ...errors import SettingError
from ..table import find_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol, TypeAlias

    from ...core.calls import Call
    from ...core.sizes import OpenShape

    Feed: TypeAlias = Callable[[OpenShape], object]  # a tensor of a shape, to call a layer on

    class Weight(Protocol):
        """A variable of Keras. It has a path since Keras 3, and before it TensorFlow's name."""

        name: str
        shape: Iterable[int]

    class Layer(Protocol):
        """A layer of Keras."""

        name: str
        weights: list[Weight]
        trainable_weights: list[Weight]

        def build(self, shape: object) -> None: ...
        def count_params(self) -> int: ...
        def __call__(self, *inputs: object) -> object: ...

    class Module(Protocol):
        """An installed module."""

        __version__: str


def installed(version: str) -> Installed:
    """Keras of a version as it is installed. Raises :class:`SettingError` where it is not."""
    return installed_keras() if version == "v3" else installed_tf_keras(version)


def installed_keras() -> Installed:
    """Keras 3, on the backend that is chosen, or else on PyTorch."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    keras = needed_module("keras", "Keras 3")
    backend: str = module_of("keras.backend").backend()
    make_input = module_of("keras").Input
    return Installed(
        against=f"Keras {keras.__version__}",
        beside=title_of(backend),
        ask=lambda call: reported(module_of("keras").layers, lambda shape: make_input(batch_shape=shape), call),
    )


def installed_tf_keras(version: str) -> Installed:
    """Keras 2, or as TensorFlow 1 has it."""
    os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")  # else parts of tf_keras look for others in Keras 3
    needed_module("tensorflow", "TensorFlow")
    library = needed_module("tf_keras", "tf_keras")
    layers = module_of("tf_keras" if version == "v2" else "tf_keras.api._v1.keras").layers
    zeros = module_of("tensorflow").zeros  # which takes less time than tf_keras's Input
    return Installed(
        against=f"tf_keras {library.__version__}{'' if version == 'v2' else ' (tf.compat.v1)'}",
        beside=title_of("tensorflow"),
        ask=lambda call: reported(layers, lambda shape: zeros([1 if size is None else size for size in shape]), call),
    )


def needed_module(name: str, title: str) -> Module:
    """A module of what is installed."""
    try:
        module: Module = module_of(name)
    except ImportError as error:
        raise SettingError(f"prove needs {title}, which is not installed: pip install {name}") from error
    return module


def title_of(name: str) -> str:
    """``torch 2.13.0``."""
    version: str = module_of(name).__version__
    return f"{name} {version.partition('+')[0]}"


def reported(layers: object, feed: Feed, call: Call) -> Reported:
    """What Keras says of a call. A layer that reads several tensors is called on them, any other is built."""

    def find_class(name: str) -> Callable[..., Layer]:
        found: Callable[..., Layer] = getattr(layers, name)
        return found

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is deprecated
        layer = call.made(find_class)
        if not isinstance(call.reads, list):
            layer.build(call.reads)
        else:
            inputs = list(map(feed, call.reads))
            layer(*([inputs] if find_row("v3", call.name).reads == ("inputs",) else inputs))
    return Reported(tuple(tensors_of(layer)), int(layer.count_params()))


def tensors_of(layer: Layer) -> list[Tensor]:
    """The weights of a layer, in Keras's order. Those whose paths are alike get a number each."""
    trained = {id(weight) for weight in layer.trainable_weights}
    seen: dict[str, int] = {}
    found = []
    for weight in layer.weights:
        path = path_of(weight, layer)
        seen[path] = seen.get(path, 0) + 1
        numbered = path if seen[path] == 1 else f"{path} {seen[path]}"
        found.append(Tensor(path=numbered, shape=tuple(map(int, weight.shape)), trainable=id(weight) in trained, role=""))
    return found


def path_of(weight: Weight, layer: Layer) -> str:
    """The path of a weight inside its layer, without the numbers that count the layers of a process."""
    path: str = getattr(weight, "path", weight.name.partition(":")[0])
    return sub(r"_\d+(?=/|$)", "", path).removeprefix(f"{sub(r'_[0-9]+$', '', layer.name)}/")
