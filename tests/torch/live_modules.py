"""What a live module of PyTorch looks like from outside, for tests without PyTorch: attributes, and the names of classes."""

from __future__ import annotations

from math import prod
from typing import Any

from symparams.torch.builtin import Builtin
from symparams.torch.containers import ModuleDict, ModuleList, Sequential
from symparams.torch.module import Module
from symparams.torch.parameters import ParameterDict, ParameterList


class LiveTensor:
    """A tensor: a shape, and whether it is trained."""

    def __init__(self, shape: Any, requires_grad: bool = False) -> None:
        self.shape, self.requires_grad = tuple(shape), requires_grad

    def numel(self) -> int:
        return prod(self.shape)


class LiveModule:
    """What every module has."""

    _parameters: dict[str, Any]
    _buffers: dict[str, Any]
    _modules: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        for store in ("_parameters", "_buffers", "_modules"):
            if name in vars(self)[store]:
                return vars(self)[store][name]
        raise AttributeError(name)


def module_of(called: str, parameters: Any, buffers: Any, modules: Any, home: str = "__main__", /, **attributes: Any) -> LiveModule:
    """A live module of a class of that name; ``home`` is the Python module that the class comes from."""
    made: LiveModule = type(called, (LiveModule,), {"__module__": home})()
    vars(made).update(attributes, _parameters=dict(parameters), _buffers=dict(buffers), _modules=dict(modules))
    return made


OWN = (Builtin, Sequential, ModuleList, ModuleDict, ParameterList, ParameterDict)


def as_live(module: Module) -> Any:
    """A module of ours as PyTorch would have it, with the same tensor wherever ours is the same."""
    tensors: dict[int, LiveTensor] = {}

    def tensor(each: Any) -> LiveTensor | None:
        return None if each is None else tensors.setdefault(id(each), LiveTensor(each.shape, each.requires_grad))

    def walked(each: Module) -> LiveModule:
        attributes = {
            name: value for name, value in vars(each).items() if not name.startswith("_") and name not in each._parameters
        }
        return module_of(
            getattr(each, "title", type(each).__name__).removeprefix("nn."),
            {name: tensor(own) for name, own in each._parameters.items()},
            {name: tensor(own) for name, own in each._buffers.items()},
            {name: walked(child) for name, child in each._modules.items() if child is not None},
            "torch.nn.modules.its" if isinstance(each, OWN) else "__main__",
            **attributes,
        )

    return walked(module)
