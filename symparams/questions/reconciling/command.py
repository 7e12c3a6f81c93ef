"""``symparams reconcile``: why a model does not have the reported number of parameters."""

from __future__ import annotations

from ..command import MODEL, SIZES, Command
from ..values import sizes_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..command import CommandLine


def run(asked: CommandLine) -> int:
    """Exit status 1 when no reading gives the number."""
    from .question import reconcile

    found = reconcile(asked.read(asked.model), asked.reported, sizes_of(asked.sizes))
    asked.give(found)
    return 0 if found.found else 1


COMMAND = Command(
    name="reconcile",
    help="how a model can have a reported number of parameters; exit status 1 when it cannot",
    options={
        "model": {"metavar": "MODEL", "help": MODEL},
        "reported": {"metavar": "NUMBER", "help": 'the reported number: 1442400, "124M", "1.3 B", "73 MiB"'},
        "sizes": SIZES,
    },
    run=run,
)
