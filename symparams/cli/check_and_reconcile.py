"""``symparams check`` and ``reconcile``: a formula or a number of the user's."""

from __future__ import annotations

from .json import print_json
from .models import read, sizes_of, sizes_or_texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import Arguments


def check(arguments: Arguments) -> int:
    """``symparams check``."""
    from ..questions.checking.facts import facts
    from ..questions.checking.question import check

    known = sizes_or_texts(arguments.letters, "LETTER=LETTER or LETTER=SIZE")
    found = check(arguments.formula, read(arguments, arguments.model), known or None)
    if arguments.json:
        print_json(**facts(found))
    else:
        print(found)
    return 0 if found.agrees else 1


def reconcile(arguments: Arguments) -> int:
    """``symparams reconcile``."""
    from ..questions.reconciling.facts import facts
    from ..questions.reconciling.question import reconcile

    found = reconcile(read(arguments, arguments.model), arguments.reported, sizes_of(arguments.sizes))
    if arguments.json:
        print_json(**facts(found))
    else:
        print(found)
    return 0 if found.found else 1
