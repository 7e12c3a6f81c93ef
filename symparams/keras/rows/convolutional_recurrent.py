"""Convolutional LSTMs: ConvLSTM1D, ConvLSTM2D, ConvLSTM3D."""

from __future__ import annotations

from ...core.catalogue import NO_BIAS, entry
from ...errors import ShapeError
from ...layers.convolutional_recurrent import ConvLSTM
from ..conventions import KERAS
from ..default_inputs import input_with_lengths
from ..row import check_seed, row
from ..sliding_windows import (
    PLACES,
    check_strides_or_dilation,
    check_window,
    inferred_window_lengths,
    spatial_shape,
    window_axes,
)
from .recurrent import BASE, BASE_BEFORE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.conventions import Convention
    from ..axes import Axes
    from ..built import Shapes
    from ..signature import Arguments

IN_CELL = KERAS.but(under="conv_lstm_cell")


def check(rank: int) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        check_window(a, rank)
        check_strides_or_dilation(a)
        check_seed(a)

    return check


def sizes(rank: int) -> Callable[[Arguments, Axes], dict[str, object]]:
    def sizes(a: Arguments, x: Axes) -> dict[str, object]:
        # Keras 3 needs the size of the state before the first step; with stateful=True its whole shape must be known.
        needed = ["batch"] * a.stateful + PLACES[rank].split() * (a["version"] == "v3" or a.stateful)
        unknown = next((name for name in needed if x[name] is None), None)
        if unknown is not None:
            raise ShapeError(
                f"{x.owner}: {unknown} is None in the input, but the state needs that size{' (stateful=True)' * a.stateful}: "
                "give it a number or a symbol"
            )
        return {"window": a.kernel_size, "inputs": x.channels, "filters": a.filters}

    return sizes


def output_shapes(rank: int) -> Callable[[Arguments, Axes], Shapes]:
    """The output shapes: the last output or all, then the two states if asked for."""

    def gives(a: Arguments, x: Axes) -> Shapes:
        state = spatial_shape(a, x, inferred_window_lengths(rank, a, x), a.filters)
        output = (x["batch"], x["time"], *state[1:]) if a.return_sequences else state
        return [output, state, state] if a.return_state else output

    return gives


def convention(a: Arguments) -> Convention:
    """The convention, which in Keras 3 has a step for the cell in the paths."""
    return IN_CELL if a["version"] == "v3" else KERAS


for rank, window in ((1, "k"), (2, "a b"), (3, "a b e")):
    row(
        f"ConvLSTM{rank}D",
        entry=entry(f"keras.ConvLSTM{rank}D", ConvLSTM, IN_CELL, NO_BIAS, window=window),
        takes=window_axes(rank, "batch time"),
        check=check(rank),
        sizes=sizes(rank),
        gives=output_shapes(rank),
        own_input=input_with_lengths(window_axes(rank, "batch time")),
        states=True,
        stored=convention,
        also=BASE,
        also_before=BASE_BEFORE,
    )
