"""A dense head that is in the reported number but not in the model, or has other units there: how many would give the rest."""

from __future__ import annotations

from ...core.formula import Formula
from ...core.frozen import Frozen
from ...core.model import Layer
from ...core.tree import Weight
from ...errors import LetterError, several
from ...layers.attention import MultiHeadAttention
from ...layers.convolution import Conv
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.normalization import Normalization
from ...layers.recurrent import LSTM, Recurrent
from .priors import POINTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

    from ...core.sizes import Dim
    from .model_layers import Piece, Pieces

MOST_UNITS = 1000  # classes of ImageNet
NARROWEST = 20  # features: other units of a head on fewer give many numbers
MOST_PER_FEATURE = 2  # more units than this per feature match a number by chance


class MissingHead(Frozen):
    """A dense head: ``units`` with a bias each, on the last ``width`` features."""

    units: int
    width: int
    points: int = POINTS["head"]
    switch: ClassVar[str] = "head"

    @property
    def says(self) -> str:
        """The head as a clause."""
        return f"a Dense({self.units}) is added on the last {self.width} features"

    @property
    def formula(self) -> str:
        """The effect on the count."""
        return f"+{self.units}*({self.width} + 1) = +{self.units * (self.width + 1)}"


class OtherHead(MissingHead):
    """The head ``name`` of a model with other units than its ``own``, as for another number of classes."""

    name: str = ""
    own: int = 0

    @property
    def says(self) -> str:
        return f"{self.name} has {several(self.units, 'unit')}, not {self.own}, as for another number of classes"

    @property
    def formula(self) -> str:
        more = self.units - self.own
        return f"{more:+}*({self.width} + 1) = {more * (self.width + 1):+}"


def other_head(pieces: Pieces, number: int) -> OtherHead | None:
    """The last layer of a model with as many units as give a number; None where it is not dense, or no such number is likely."""
    last = pieces.all[-1] if len(pieces.all) > 1 else None
    sizes = last.layer.values() if last is not None and isinstance(last.layer, Dense) else {}
    width, units = sizes.get("inputs"), sizes.get("units")
    if last is None or not isinstance(width, int) or not isinstance(units, int) or width < NARROWEST or sizes.get("bias_sets") != 1:
        return None
    if units == width:  # a layer inside of a model, such as a pooler
        return None
    if pieces.counts(last.place) != (units * (width + 1),) * 2:  # tied, frozen, or a copy
        return None
    found = likely_head(number - pieces.total + units * (width + 1), width)
    name = f"{last.title} {last.name}" if last.name.replace(".", "").isdigit() else last.name
    return None if found is None else OtherHead(units=found.units, width=width, name=name, own=units)


def likely_head(rest: int, width: int | None) -> MissingHead | None:
    """The head with exactly the rest of a number; None where no head fits, or none that is likely."""
    if width is None or rest <= 0 or rest % (width + 1):
        return None
    units = rest // (width + 1)
    return MissingHead(units=units, width=width) if units <= min(MOST_UNITS, MOST_PER_FEATURE * width) else None


def last_width(pieces: Pieces) -> int | None:
    """The number of features that a head on the model would read; None where it is unknown, or for a single layer of ours."""
    if isinstance(pieces.thing, Layer) or not pieces.all:
        return None
    shape = pieces.thing.known_output_shape()
    width = shape[-1] if isinstance(shape, tuple) and shape else output_features(pieces.all[-1])
    if width is None or isinstance(width, tuple):
        return None
    try:
        return pieces.number(Formula(Weight("features", (width,))))
    except LetterError:  # a letter that cancels in the count has no size
        return None


def output_features(piece: Piece) -> Dim | None:
    """The number of features in a layer's output."""
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
