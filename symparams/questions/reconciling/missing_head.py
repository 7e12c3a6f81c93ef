"""A dense head that is in the reported number and not in the model: how many units would make up the rest."""

from __future__ import annotations

from ...core.formula import Formula
from ...core.frozen import Frozen
from ...core.model import Layer
from ...core.tree import Weight
from ...errors import LetterError
from ...layers.attention import MultiHeadAttention
from ...layers.convolution import Conv
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.normalization import Normalization
from ...layers.recurrent import LSTM, Recurrent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

    from ...core.sizes import Dim
    from .model_layers import Piece, Pieces

MOST_UNITS = 1000  # classes of ImageNet
MOST_PER_FEATURE = 2  # so many units on a few features meet a number by chance


class Head(Frozen):
    """``units`` with a bias each, on the ``width`` features that come last."""

    units: int
    width: int
    odd: int = 2
    switch: ClassVar[str] = "head"

    @property
    def says(self) -> str:
        return f"with a Dense({self.units}) on the last {self.width} features"

    @property
    def formula(self) -> str:
        return f"+{self.units}*({self.width} + 1) = +{self.units * (self.width + 1)}"


def head_for(rest: int, width: int | None) -> Head | None:
    """The head that has just the rest of a number; None where there is none, or none that is likely."""
    if width is None or rest <= 0 or rest % (width + 1):
        return None
    units = rest // (width + 1)
    return Head(units=units, width=width) if units <= min(MOST_UNITS, MOST_PER_FEATURE * width) else None


def last_width(pieces: Pieces) -> int | None:
    """How many features a head on the model would read; None where the model does not say it, or is a single layer of ours."""
    if isinstance(pieces.thing, Layer) or not pieces.all:
        return None
    shape = pieces.thing.known_output_shape()
    width = shape[-1] if isinstance(shape, tuple) and shape else features(pieces.all[-1])
    if width is None or isinstance(width, tuple):
        return None
    try:
        return pieces.number(Formula(Weight("features", (width,))))
    except LetterError:  # one that cancels in the count has no size
        return None


def features(piece: Piece) -> Dim | None:
    """How many features leave a layer."""
    match piece.layer:
        case LSTM(units=units, directions=directions, projection=projection):
            return directions * (units if projection == 0 else projection)
        case Recurrent(units=units, directions=directions):
            return directions * units
        case Dense(units=width) | Embedding(width=width) | Conv(filters=width):
            return width
        case MultiHeadAttention(outputs=(*_, width)) | Normalization(shape=(*_, width)):
            return width
    return None
