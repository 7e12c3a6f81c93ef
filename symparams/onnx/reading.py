"""ONNX files by their initializers: ``from_onnx`` reads names and shapes, and passes over the numbers."""

from __future__ import annotations

import os

from .._startup.boundary import entrance
from ..errors import TextError, brief, several
from ..jax.named_arrays.group import Array, Group, with_lists
from ..jax.named_arrays.reading import read_arrays
from .initializers import initializers_in
from .layers import GATES, Use, onnx_layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ..jax.named_arrays.model import ArrayModel
    from ..jax.named_arrays.reading import Source
    from .initializers import Initializer

__all__ = ["from_onnx"]

PREFIX = "onnx."
BUFFERS = ("running_mean", "running_var", "moving_mean", "moving_variance", "num_batches_tracked")
STATISTICS = (3, 4)  # the places of the mean and the variance among the inputs of a BatchNormalization


@entrance
def from_onnx(source: object, letters: Mapping[Any, object] | str | None = None, *, also: object = None) -> ArrayModel:
    """The model of an ONNX file, initializer by initializer, with letters for sizes if asked for.

    ``source`` is a path. Names and shapes are read; the numbers, in the file or beside it, are passed over. Indices, sizes and other
    whole numbers are buffers, and so are the statistics of a batch normalization. A weight that an exporter has only numbered is in
    the group of the operation that reads it. Arrays that one operation reads as the weights of a layer are that layer. ``letters`` and ``also`` are as in :func:`symparams.from_torch`.

    Raises :class:`~symparams.errors.TextError` for a file that is not ONNX, or is damaged.
    """
    return read_arrays(source_of(source), lambda: source_of(also), onnx_layer, PREFIX, letters, also)


def source_of(source: object) -> Source:
    if not isinstance(source, str | os.PathLike):
        raise TextError(f"from_onnx takes the path of a .onnx file, not {brief(source)}")
    found, sparse = initializers_in(source)
    name = os.path.basename(os.fspath(source))
    if not found:
        raise TextError(
            f"{brief(name)} has no initializers: its weights may be constants of its nodes; export it with initializers"
        )
    root = Group()
    for each in found:
        steps = steps_of(each)
        root.put(steps, Array(path=each.name, shape=each.shape, parameter=is_parameter(each)))
        if each.uses:
            put_use(root, steps, each.uses[0])
    with_lists(root)
    whole = sum(1 for each in found if not is_parameter(each))
    notes = [
        f"{several(whole, 'initializer')} of whole numbers or statistics {'is' if whole == 1 else 'are'} counted as buffers"
    ] * bool(whole)
    notes += [f"{several(sparse, 'sparse initializer')} {'is' if sparse == 1 else 'are'} not read"] * bool(sparse)
    return root, name, notes


def put_use(root: Group, steps: Sequence[str], use: tuple[str, str, int, int, bool]) -> None:
    """Keeps with the group of an array what reads it."""
    group = root
    for step in steps[:-1]:
        group = group.inner(step)
    operation, _, place, groups, turned = use
    known = group.source if isinstance(group.source, dict) else {}
    group.source = {**known, steps[-1]: Use(operation, place, groups, turned)}


def is_parameter(each: Initializer) -> bool:
    """Whether an initializer is a weight."""
    is_statistic = bool(each.uses) and all(use == "BatchNormalization" and place in STATISTICS for use, _, place, *_ in each.uses)
    return not (each.is_whole or is_statistic or each.name.endswith(BUFFERS))


def steps_of(each: Initializer) -> list[str]:
    """The groups that an initializer is in, and its own name there."""
    if "::" in each.name and each.uses and "/" in each.uses[0][1]:  # onnx::MatMul_153, which only its operation names
        *around, last = [step for step in each.uses[0][1].replace(".", "/").split("/") if step]
        return [*around, *([last] if each.uses[0][0] in GATES else []), each.name]
    return [step for step in each.name.replace("/", ".").split(".") if step] or [each.name]
