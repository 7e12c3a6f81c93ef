"""The kinds of the numbers of a model that is known by its arrays, for letters."""

from __future__ import annotations

from ...core.letters_for_numbers import BLOCKS, CLASSES, GROUPS, HEADS, OUTPUTS, ROWS, SIZE, WINDOW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = {
    "units": OUTPUTS,
    "words": ROWS,
    "window": WINDOW,
    "groups": GROUPS,
    "heads": HEADS,
    "kv_heads": HEADS,
    "blocks": BLOCKS,
    "repeats": BLOCKS,
}
OF_CLASSES = frozenset("head classifier lm_head logits predictions output outputs".split())  # the modules of last layers


def kind_of(place: str, places: Mapping[str, int]) -> str:  # noqa: ARG001  (other readers look at the places around)
    """The kind of the number at a place: that of a field of a layer, or an axis of an array."""
    owner, _, argument = place.rpartition(".")
    kind = KINDS.get(argument.partition("[")[0], SIZE)
    return CLASSES if kind is OUTPUTS and owner.lower() in OF_CLASSES else kind
