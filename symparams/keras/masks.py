"""Masks: the steps of a sequence that count, which ``Embedding(mask_zero=True)`` and ``Masking`` give, and other layers hand on.

No count depends on a mask; a user's own ``call`` may, which gets it as Keras gives it.
"""

from __future__ import annotations

from .graph import KerasTensor, mapped_structure, tensors_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from ..core.sizes import OpenShape
    from .graph import Call, KerasCountable
    from .row import RowLayer

HAND_ON = frozenset(  # the classes whose output has the mask of their input
    """
    Activation ELU LeakyReLU PReLU ReLU ThresholdedReLU Softmax GroupedQueryAttention GroupQueryAttention MultiHeadAttention Dense Identity
    BatchNormalization SyncBatchNormalization GroupNormalization LayerNormalization UnitNormalization Normalization Rescaling
    ActivityRegularization AlphaDropout Dropout GaussianDropout GaussianNoise SpatialDropout1D SpatialDropout2D SpatialDropout3D
    TimeDistributed Masking
    """.split()
)
RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "CuDNNLSTM", "CuDNNGRU", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "Bidirectional")
MERGING = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate")


class MasksOfCall:
    """The masks of a call of a layer that is a user's, found when one of them is asked for: its ``compute_mask`` is the user's code."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.masks: list[KerasTensor | None] | None = None

    def found(self, place: int) -> KerasTensor | None:
        if self.masks is None:
            self.masks = masks_computed(self.call)
        return self.masks[place] if place < len(self.masks) else None


class WaitingMask:
    """One of these masks, or None, as it will be found."""

    def __init__(self, masks: MasksOfCall, place: int, resized: Callable[[OpenShape], OpenShape] | None = None) -> None:
        self.masks, self.place, self.resized = masks, place, resized

    def found(self) -> KerasTensor | None:
        mask = self.masks.found(self.place)
        return mask if mask is None or self.resized is None else KerasTensor(self.resized(mask.shape), mask.dtype)

    def with_axes(self, resized: Callable[[OpenShape], OpenShape]) -> WaitingMask:
        """The same mask in other sizes."""
        return WaitingMask(self.masks, self.place, resized)


def mask_of(tensor: KerasTensor) -> KerasTensor | None:
    """The mask of a tensor, if it has one."""
    return tensor.known_mask


def masks_of(structure: object) -> Any:
    """The structure with the mask of each tensor in its place, or None."""
    return mapped_structure(structure, mask_of)


def without_graph(tensor: KerasTensor) -> KerasTensor:
    """A tensor of the same shape and with the same mask that is in no graph."""
    made = KerasTensor(tensor.shape, tensor.dtype)
    made.mask = tensor.mask
    return made


# ---------------------------------------------------------------- what a layer gives
def put_masks(call: Call) -> None:
    """Gives the outputs of a call their masks."""
    layer = call.layer
    own = layer.computes_masks
    if own:
        masks = MasksOfCall(call)
        for place, tensor in enumerate(tensors_in(call.outputs)):
            tensor.mask = WaitingMask(masks, place)
    elif own is None and (makes_mask(layer) or any(tensor.mask is not None for tensor in call.inputs)):
        for tensor, mask in zip(tensors_in(call.outputs), masks_computed(call), strict=False):
            tensor.mask = mask


def makes_mask(layer: KerasCountable) -> bool:
    """Whether a layer gives a mask for any input."""
    return layer.class_name == "Masking" or (layer.class_name == "Embedding" and bool(layer.arguments["mask_zero"]))  # type: ignore[attr-defined]


def supports_masking(layer: RowLayer) -> bool:
    """Whether a layer of Keras takes an input with a mask without warning that the mask is lost."""
    if layer.row.name == "Embedding":
        return bool(layer.arguments["mask_zero"])
    return layer.row.name in HAND_ON or layer.row.name in (*RECURRENT, *MERGING, "Attention", "Dot", "GlobalAveragePooling1D")


def masks_computed(call: Call) -> list[KerasTensor | None]:
    """The masks of the outputs of a call, in their order."""
    first = call.args[0] if call.args else next(iter(call.kwargs.values()), None)
    given = call.kwargs.get("mask")
    return [*flat(call.layer.compute_mask(first, masks_of(first) if given is None else given))]  # type: ignore[attr-defined]


def flat(structure: object) -> Iterator[KerasTensor | None]:
    """The masks in nested lists, None among them."""
    if isinstance(structure, list | tuple):
        for each in structure:
            yield from flat(each)
    elif structure is None or isinstance(structure, KerasTensor):
        yield structure


def mask_by_class(layer: RowLayer, inputs: Any, mask: Any) -> Any:
    """The mask that a layer of Keras gives for an input with this one, or for several with these."""
    name, arguments = layer.row.name, layer.arguments
    if name == "Embedding":
        return KerasTensor(inputs.shape, "bool") if arguments["mask_zero"] else None
    if name == "Masking":
        return KerasTensor(inputs.shape[:-1], "bool")
    if name in RECURRENT:
        return mask_of_recurrence(layer, next(flat(mask), None))
    if name in MERGING:
        return next((each for each in flat(mask) if each is not None), None)
    if name == "Attention":
        return next(flat(mask), None)
    return mask if name in HAND_ON else None


def mask_of_recurrence(layer: RowLayer, mask: KerasTensor | None) -> Any:
    """The mask of the whole sequence, where the layer returns one; its states have none."""
    inner = layer.arguments.get("layer")
    arguments = inner.arguments if inner is not None else layer.arguments
    found = mask if arguments.get("return_sequences") else None
    return (found, found) if inner is not None and layer.arguments.get("merge_mode", "concat") is None else found
