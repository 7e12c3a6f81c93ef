"""Losses with tensors: most keep the weights of the classes as a buffer, and two have parameters."""

from __future__ import annotations

from math import prod

from ...core.sizes import quotient, size
from ...errors import SettingError
from ..builtin import builtin_class
from ..containers import ModuleList, Sequential
from ..module import Module
from ..row import refusal, row, sizes_check
from ..shape_rules import shape_of
from ..tensors import Parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.signatures import Arguments
    from ...core.sizes import Dim
    from ..row import Buffers, Building


def weight_buffers(*names: str) -> Callable[[Arguments], Buffers]:
    """The buffers given as arguments, as a tensor or a shape."""
    return lambda a: {name: None if a[name] is None else shape_of(a[name], f"{a['class_name']}: {name}") for name in names}


for name in "BCELoss CrossEntropyLoss MultiLabelSoftMarginLoss MultiMarginLoss NLLLoss NLLLoss2d".split():
    row(name, buffers=weight_buffers("weight"))
row("BCEWithLogitsLoss", buffers=weight_buffers("weight", "pos_weight"))


# ---------------------------------------------------------------- with parameters
def check_linear(a: Arguments) -> None:
    sizes_check("in_features", "num_classes")(a)
    a["out_features"] = tuple(size(each, "LinearCrossEntropyLoss: out_features") for each in a.out_features)
    if a.weight is not None and shape_of(a.weight, "LinearCrossEntropyLoss: weight") != (a.num_classes,):
        raise refusal(a, "weight", f"must have the shape ({a.num_classes},)")
    if not 0 <= a.label_smoothing <= 1:
        raise refusal(a, "label_smoothing", "must be a number from 0 to 1")


def build_linear_cross_entropy(module: Building) -> None:
    a = module._arguments
    module._keep("weight", weight_buffers("weight")(a)["weight"])
    module.linear = builtin_class("Linear")(a.in_features, prod(a.out_features, start=a.num_classes), bias=a.bias)


row("LinearCrossEntropyLoss", check=check_linear, build=build_linear_cross_entropy)


def check_adaptive(a: Arguments) -> None:
    """Checks that the cutoffs increase and stay below the number of classes, as far as they are numbers."""
    sizes_check("in_features", "n_classes")(a)
    if not isinstance(a.cutoffs, tuple | list) or not a.cutoffs:
        raise refusal(a, "cutoffs", "must be a list of at least one number of classes")
    a["cutoffs"] = [size(each, "AdaptiveLogSoftmaxWithLoss: cutoffs") for each in a.cutoffs] + [a.n_classes]
    for low, high in zip(a.cutoffs, a.cutoffs[1:], strict=False):
        if isinstance(low, int) and isinstance(high, int) and low >= high:
            raise SettingError(
                f"AdaptiveLogSoftmaxWithLoss: cutoffs must increase and stay below n_classes, not {a.cutoffs[:-1]!r}"
            )
    if isinstance(a.div_value, bool) or not isinstance(a.div_value, int | float) or not a.div_value > 0:
        raise refusal(a, "div_value", "must be a number above 0")
    if not isinstance(a.in_features, int) and a.div_value != int(a.div_value):
        raise refusal(a, "div_value", f"must be a whole number with in_features={a.in_features}")


def build_adaptive(module: Building) -> None:
    """The build: a head for the frequent classes and the clusters; each cluster is narrower by the factor ``div_value``."""
    a = module._arguments
    shortlist, clusters = a.cutoffs[0], len(a.cutoffs) - 1
    module.head = builtin_class("Linear")(a.in_features, shortlist + clusters, bias=a.head_bias)
    module.tail = tail = ModuleList()
    for number in range(clusters):
        narrow = narrowed_width(a.in_features, a.div_value, number + 1)
        wide = a.cutoffs[number + 1] - a.cutoffs[number]
        tail.append(Sequential(matrix(a.in_features, narrow), matrix(narrow, wide)))


def narrowed_width(features: Dim, by: float, times: int) -> Dim:
    """The width of a cluster; PyTorch's integer division may give 0."""
    return int(features // by**times) if isinstance(features, int) else quotient(features, int(by) ** times)


def matrix(inputs: Dim, outputs: Dim) -> Module:
    """A Linear without bias, which in PyTorch may also have 0 features."""
    if inputs != 0 and outputs != 0:
        return builtin_class("Linear")(inputs, outputs, bias=False)
    empty = Module()
    empty.register_parameter("weight", Parameter((outputs, inputs)))
    return empty


row("AdaptiveLogSoftmaxWithLoss", check=check_adaptive, build=build_adaptive)
