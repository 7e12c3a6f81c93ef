"""Tensors whose values are sizes: ``tf.shape(x)``, its parts and their combinations, with which TensorFlow computes shapes."""

from __future__ import annotations

from .arguments import Operand, Unknown, Use, sizes_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.sizes import Dim, OpenShape


def first_sizes(use: Use) -> OpenShape:
    return sizes_in(use.args[0] if use.args else None)


def getitem_sizes(use: Use) -> OpenShape:
    """The sizes in ``tf.shape(x)[0]`` or ``tf.shape(x)[:-1]``."""
    sizes, key = first_sizes(use), use.get("key", "slice_spec", place=1)
    key = key[0] if isinstance(key, tuple) and len(key) == 1 else key
    if isinstance(key, dict) and key.keys() == {"start", "stop", "step"}:
        key = slice(key["start"], key["stop"], key["step"])
    if not isinstance(key, int | slice):
        raise Unknown
    return sizes[key] if isinstance(key, slice) else (sizes[key],)


def concatenated_sizes(use: Use) -> OpenShape:
    """The sizes in a concatenation of sizes and vectors of sizes."""
    parts = use.args[0] if use.args and isinstance(use.args[0], list | tuple) else use.args
    found: list[Dim | None] = []
    for part in parts:
        found += sizes_in(part if isinstance(part, Operand | list | tuple) else (part,))
    return tuple(found)


HELD: dict[str, Callable[[Use], OpenShape]] = {
    "shape": lambda use: use.first,
    **dict.fromkeys(("getitem", "slicingoplambda"), getitem_sizes),
    **dict.fromkeys(("stack", "pack", "concat", "concatv2", "concatenate"), concatenated_sizes),
    **dict.fromkeys(("cast", "identity", "expanddims", "reshape", "squeeze"), first_sizes),
}


def sizes_held(name: str, use: Use) -> OpenShape | None:
    """The sizes in the output of an operation; None if its values are not sizes."""
    rule = HELD.get(name)
    try:
        return rule(use) if rule is not None else None
    except (Unknown, TypeError, ValueError, LookupError):
        return None
