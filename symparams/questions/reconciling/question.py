"""``reconcile``: why a model does not have the reported number of parameters."""

from __future__ import annotations

from ..._startup.boundary import entrance
from .answer import Reconciliation
from .model_layers import Pieces
from .reported_number import read_percentage, read_reported
from .search import ReadingSearch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.model import Countable
    from ...core.sizes import ByLetter


@entrance
def reconcile(model: Countable, reported: int | str, given: ByLetter[int] | None = None) -> Reconciliation:
    """The ways of counting a model that give exactly the reported number, those with the fewest changes first.

    ``reported`` is a number, or a string such as ``"1,442,400"``, ``"124M"`` or ``"73 MiB"``; a number with a unit is taken as
    rounded to its last digit or, where that does not fit, at the zeros at its end; ``"0.06%"`` is the share of adapters, as peft prints it. ``given`` has the sizes of the model's
    letters. The changes are those of a fixed list: another bias convention, a layer left out, an additional head, an
    optimizer's variables, and so on. At most two changes are combined, or only one where the number is too rounded for two.
    Where nothing fits, the answer says so, and shows the nearest reading.

    Raises :class:`LetterError` for a letter without a size, and :class:`SettingError`, :class:`SizeError` or :class:`TextError`
    for anything else than a model and a number.

    >>> from symparams.layers import LSTM
    >>> print(reconcile(LSTM(15, 16), 2112))
    LSTM has 2048 parameters; the reported number is 2112.
    <BLANKLINE>
    It matches if
      lstm has two biases, one for the input and one for the state
        +4*n = +64, with n = 16
    <BLANKLINE>
    By chance, a change as usual as this would give about one in 40 numbers of this size.
    """
    pieces = Pieces(model, given)
    share = read_percentage(reported, pieces.total) if isinstance(reported, str) else None
    number = share or read_reported(reported)
    search = ReadingSearch(pieces, number)
    return Reconciliation(pieces, number, search, search.ways())
