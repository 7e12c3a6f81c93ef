"""``symparams check`` and ``reconcile``: a user's own formula, or a reported number."""

from __future__ import annotations

from .models import read, sizes_of, sizes_or_texts
from .output import give

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import Arguments


def check(arguments: Arguments) -> int:
    """``symparams check``."""
    from ..questions.checking.question import check

    known = sizes_or_texts(arguments.letters, "LETTER=LETTER or LETTER=SIZE")
    found = check(arguments.formula, read(arguments, arguments.model), known or None)
    give(arguments, found)
    return 0 if found.agrees else 1


def reconcile(arguments: Arguments) -> int:
    """``symparams reconcile``."""
    from ..questions.reconciling.question import reconcile

    found = reconcile(read(arguments, arguments.model), arguments.reported, sizes_of(arguments.sizes))
    give(arguments, found)
    return 0 if found.found else 1
