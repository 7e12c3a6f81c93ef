"""``reconcile``: why a model does not have the number that somebody reports."""

from __future__ import annotations

from .answer import Reconciliation
from .model_layers import Pieces
from .reported_number import read_reported
from .search import Search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.model import Countable
    from ...core.sizes import ByLetter


def reconcile(model: Countable, reported: int | str, given: ByLetter[int] | None = None) -> Reconciliation:
    """Under which readings a model has exactly the number that somebody reports: the fewest changes first.

    ``reported`` is a number, or a text such as ``"1,442,400"``, ``"124M"`` or ``"73 MiB"``; one with a unit is rounded to its
    last digit, or at a zero at its end where that does not fit. ``given`` has the sizes of the model's letters. A change is one
    of a list: another bias convention, a layer left out, a head that is not there, an optimizer's variables counted, and so
    on. At most two of them are taken together, and one where a rounded number says too little for two. Where none fits, the
    answer says so, and how near one came.

    Raises :class:`LetterError` where a letter has no size, :class:`SettingError`, :class:`SizeError` and :class:`TextError` for
    what is no model and no number.

    >>> from symparams.layers import LSTM
    >>> print(reconcile(LSTM(15, 16), 2112))
    LSTM has 2048 parameters, and 2112 is reported.
    <BLANKLINE>
    It is the count
      lstm with two biases, of the input and of the state
        +4*n = +64, with n = 16
    """
    pieces, number = Pieces(model, given), read_reported(reported)
    search = Search(pieces, number)
    return Reconciliation(pieces, number, search, search.ways())
