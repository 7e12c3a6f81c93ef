"""``compare``: why two models differ."""

from __future__ import annotations

from ...core.framework_modules import unread
from ...core.model import Countable
from ...errors import SettingError
from .answer import Difference
from .missing_inputs import models_with_inputs


def compare(before: Countable, after: Countable) -> Difference:
    """Why two models or layers differ in their number of parameters.

    Takes layers of :mod:`symparams.layers`, and layers and models of one framework or of two. A framework's layer without
    an input is given that of the other side, or one in letters. Raises :class:`SettingError` for anything else, and
    :class:`LetterError` where one name is used for two symbols.

    >>> from symparams import keras, symbols
    >>> n = symbols("n")
    >>> lstm, cudnn = keras.layers.LSTM(n), keras.v1.layers.CuDNNLSTM(n)
    >>> difference = compare(keras.layers.Bidirectional(lstm), keras.layers.Bidirectional(cudnn))
    >>> difference.total
    8*n
    >>> difference.causes
    [Cause(bidirectional: bias_sets 1 -> 2, 2*4*n)]
    >>> print(difference.relation())
    after = before + 8*n
    """
    sides = {"before": before, "after": after}
    for side, thing in sides.items():
        if not isinstance(thing, Countable):
            raise SettingError(f"compare takes layers and models; {side} is {unread(thing)}")
    for side, other in (("before", "after"), ("after", "before")):
        sides[side] = sides[side].in_view_of(sides[other])
    (before, after), notes = models_with_inputs(sides)
    notes += [f"{side}: {note}" for side, thing in sides.items() for note in thing._left_out()]
    difference = Difference(before, after, notes)
    difference.polynomial  # noqa: B018  (one name for two symbols is refused here, not later)
    return difference
