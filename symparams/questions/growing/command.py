"""``symparams growth``: how a count grows with one size, and where another count overtakes it."""

from __future__ import annotations

from ...errors import ArgumentError
from ..command import LETTER, OTHERS, THING, Command
from ..values import sizes_in, sizes_of, whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..command import CommandLine
    from ..countable_subjects import Subject


def run(asked: CommandLine) -> int:
    """The parts of one count, or where two cross."""
    from .question import growth

    thing, given = asked.thing_of(asked.model), sizes_of(asked.sizes)
    if asked.against is not None:
        return run_against(asked, thing, given)
    depth = None if asked.depth is None else whole_number(asked.depth, "--depth")
    grown = growth(thing, asked.for_, given, at=sizes_in(asked.at, "--at") if asked.at else (), depth=depth)
    asked.give(grown, model=asked.model)
    return 0


def run_against(asked: CommandLine, thing: Subject, given: dict[str, int]) -> int:
    """``--against``: exit status 1 when neither overtakes the other."""
    from .crossings import crossings

    for name, its in (("--at", asked.at), ("--depth", asked.depth)):
        if its:
            raise ArgumentError(f"{name} cannot be used with --against")
    found = crossings(thing, asked.thing_of(asked.against), asked.for_, given)
    asked.give(found, first=asked.model, second=asked.against)
    return 0 if found else 1


COMMAND = Command(
    name="growth",
    help="the shares of the parts of a model as one size grows; with --against, where another count overtakes it",
    options={
        "model": {"metavar": "MODEL", "help": THING},
        "sizes": OTHERS,
        "--for": LETTER,
        "--at": {"metavar": "SIZES", "default": "", "help": "the sizes at which the shares are shown: 64,128,256"},
        "--depth": {"metavar": "STEPS", "help": "group the weights by this many steps of their paths"},
        "--against": {"metavar": "MODEL", "help": "another model; exit status 1 when neither overtakes the other"},
    },
    run=run,
)
