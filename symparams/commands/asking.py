"""``symparams check`` and ``reconcile``: a formula or a number of the user's."""

from __future__ import annotations

from .output import print_json
from .reading import read, sizes_of, sizes_or_texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..cli import Arguments


def check(arguments: Arguments) -> int:
    """``symparams check``."""
    from ..checking.asking import check
    from ..checking.command import facts

    known = sizes_or_texts(arguments.letters, "LETTER=LETTER or LETTER=SIZE")
    found = check(arguments.formula, read(arguments, arguments.model), known or None)
    if arguments.json:
        print_json(**facts(found))
    else:
        print(found)
    return 0 if found.agrees else 1


def reconcile(arguments: Arguments) -> int:
    """``symparams reconcile``."""
    from ..reconciling.asking import reconcile
    from ..reconciling.command import facts

    found = reconcile(read(arguments, arguments.model), arguments.reported, sizes_of(arguments.sizes))
    if arguments.json:
        print_json(**facts(found))
    else:
        print(found)
    return 0 if found.found else 1
