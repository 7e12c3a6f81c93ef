"""``compare``: why two models differ."""

from __future__ import annotations

from ..._startup.boundary import entrance
from ...core.framework_modules import unread
from ...core.model import Countable
from ...errors import SettingError
from .answer import Difference
from .by_tensors import matched_tensors
from .formulas_as_models import as_model
from .missing_inputs import models_with_inputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.algebra import Expr
    from ...core.formula import Formula


@entrance
def compare(before: Countable | Formula | Expr, after: Countable | Formula | Expr) -> Difference:
    """Why two models or layers differ in their number of parameters.

    Takes formulas, SymPy expressions, layers of :mod:`symparams.layers`, and layers and models of one framework or of two. A framework's layer without
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
    sides: dict[str, Countable] = {}
    for side, given in (("before", before), ("after", after)):
        thing = as_model(given)
        if not isinstance(thing, Countable):
            raise SettingError(f"compare takes layers and models; {side} is {unread(thing)}")
        sides[side] = thing
    for side, other in (("before", "after"), ("after", "before")):
        sides[side] = sides[side].in_view_of(sides[other])
    models, notes = models_with_inputs(sides)
    notes += [f"{side}: {note}" for side, thing in sides.items() for note in thing._left_out()]
    tensors = matched_tensors(models[0], models[1])
    if tensors is not None:
        notes += tensors.notes_in_words()
        models = [tensors.before, tensors.after]
    difference = Difference(models[0], models[1], notes, tensors)
    difference.polynomial  # noqa: B018  (one name for two symbols is refused here, not later)
    return difference
