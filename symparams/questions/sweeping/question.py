"""``sweep``: a count over a grid of sizes, as an answer that prints, and that has every format."""

from __future__ import annotations

from ..._startup.boundary import entrance
from .answer import Sweep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.sizes import ByLetter
    from ..countable_subjects import Subject


@entrance
def sweep(
    formula: Subject,
    axes: ByLetter[Any] | None = None,
    *,
    where: object = None,
    at_most: int | str | None = None,
    at_least: int | str | None = None,
    largest: bool = False,
    smallest: bool = False,
    nearest: int | str | None = None,
    **named: Any,
) -> Sweep:
    """The count of a formula, a layer or a model over a grid of sizes: ``sweep(model, n=range(16, 1025), m=[300])``.

    Each letter has a range, a list or one size. ``where`` has conditions such as ``"d % h == 0"``, ``at_most`` and ``at_least``
    limit the count. ``largest``, ``smallest`` or ``nearest`` ask for one point alone. ``formula.grid(...)`` gives the points
    themselves, as arrays or one by one.

    Raises :class:`LetterError` for letters without sizes, and :class:`ArgumentError` for two points at once.

    >>> from symparams.layers import LSTM
    >>> print(sweep(LSTM.symbolic(), n=range(1, 1000), m=300, at_most=10**6, largest=True))
    ┏━━━━━┳━━━━━━━━━━━━┓
    ┃   n ┃ parameters ┃
    ┡━━━━━╇━━━━━━━━━━━━┩
    │ 371 │    997,248 │
    └─────┴────────────┘
    1 point of 999
    """
    from ...errors import ArgumentError
    from ..countable_subjects import formula_of

    asked = {"largest": largest, "smallest": smallest, "nearest": nearest is not None}
    chosen = [name for name, wanted in asked.items() if wanted]
    if len(chosen) > 1:
        raise ArgumentError(f"sweep takes one of {' and '.join(chosen)}")
    grid = formula_of(formula, "sweep").grid(axes, where=where, at_most=at_most, at_least=at_least, **named)
    if not chosen:
        return Sweep(grid)
    found = grid.nearest(nearest) if nearest is not None else getattr(grid, chosen[0])()
    return Sweep(grid, [] if found is None else [found])
