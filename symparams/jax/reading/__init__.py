"""Parameter trees of JAX: ``from_jax`` reads nested names and shapes, live modules and states, without importing JAX."""

from __future__ import annotations

from ..._startup.boundary import entrance
from ..automatic_names import PREFIX
from ..named_arrays.reading import read_arrays
from .layers import recognized
from .trees import source_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..named_arrays.model import ArrayModel

__all__ = ["from_jax"]


@entrance
def from_jax(source: object, letters: Mapping[Any, object] | str | None = None, *, also: object = None) -> ArrayModel:
    """The model of a tree of arrays or shapes, with letters for sizes if asked for.

    ``source`` is what ``model.init`` or ``jax.eval_shape`` of it returns, a nested dict of names with arrays or shapes, a state of
    nnx, a live module of nnx or equinox, a ``TrainState``, or the metadata of an orbax checkpoint. Arrays are asked for their shapes
    only. Arrays under ``params`` are parameters; those of other collections, such as ``batch_stats`` and ``cache``, are buffers.

    Groups of arrays that are called and shaped as a layer of flax, haiku or equinox stores them become that layer, proved by its
    shapes; all other arrays are listed as they are. ``letters`` and ``also`` are as in :func:`symparams.from_torch`.

    Raises :class:`~symparams.errors.TextError` for a source that cannot be read, and :class:`~symparams.errors.LetterError` for
    letters that are unused or do not fit together.

    >>> tree = {"params": {"Dense_0": {"kernel": (784, 128), "bias": (128,)}, "Dense_1": {"kernel": (128, 10), "bias": (10,)}}}
    >>> model = from_jax(tree, letters={"n": 128})
    >>> print(model.count)
    784*n + n + 10*n + 10
    >>> [layer.class_name for layer in model.layers]
    ['Dense', 'Dense']
    """
    return read_arrays(source_of(source), lambda: source_of(also), recognized, PREFIX, letters, also)
