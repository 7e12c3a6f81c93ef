"""``symparams identify``: which layers and sizes have a number of parameters."""

from __future__ import annotations

from ...core.frameworks import framework_of_file
from ...errors import SizeError
from ..command import OTHERS, Command
from ..values import name_and_value, whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..command import CommandLine


def run(asked: CommandLine) -> int:
    """Exit status 1 when nothing has the number."""
    from .question import identify

    layers = [asked.thing_of(text) if "(" in text or framework_of_file(text) else text for text in asked.layers]
    given: dict[str, int | tuple[int, ...]] = {}
    for name, text in (name_and_value(each, "NAME=SIZE") for each in asked.sizes):
        if name in given:
            raise SizeError(f"{name} is given twice")
        axes = tuple(whole_number(each, name) for each in text.split(","))
        given[name] = axes if len(axes) > 1 else axes[0]
    found = identify(whole_number(asked.number, "NUMBER"), layers or None, given)
    asked.give(found)
    return 0 if found else 1


COMMAND = Command(
    name="identify",
    help="which layers and sizes have a given number of parameters, the likeliest first; exit status 1 when none do",
    options={
        "number": {"metavar": "NUMBER", "help": "the number of parameters"},
        "sizes": {**OTHERS, "help": "known sizes, such as inputs=4096 or window=3,3"},
        "--layer": {
            "dest": "layers",
            "metavar": "LAYER",
            "action": "append",
            "default": [],
            "help": "search this layer only: a name such as LSTM, or a model in letters (may be repeated)",
        },
    },
    run=run,
)
