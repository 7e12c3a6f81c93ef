"""``symparams import`` and ``summary``: what others saved or printed."""

from __future__ import annotations

import sys

from .output import counted, layers_of, print_json
from .reading import sizes_or_texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..cli import Arguments


def import_model(arguments: Arguments) -> int:
    """``symparams import``."""
    from ..saved import saved

    letters = sizes_or_texts(arguments.letters, "LETTER=NUMBER or LETTER=layer.argument")
    model = saved(sys.stdin.read() if arguments.file == "-" else arguments.file, letters or None)
    arguments.notes += [*model.notes, *(f"{letter} stands at {place}" for place, letter in model.replaced.items())]
    if not arguments.json:
        print(model.summary())
        return 0
    return print_json(
        file=arguments.file,
        values=model.values,
        replaced=model.replaced,
        layers=layers_of(model.summary()),
        trainable=counted(model.trainable_count),
        **counted(model.count),
    )


def summary(arguments: Arguments) -> int:
    """``symparams summary``."""
    from ..summaries.command import facts, summary_file

    found = summary_file(arguments.file, arguments.input)
    if arguments.json:
        print_json(**facts(found))
    else:
        print(found)
    return int(any(table.contradicted for table in found.tables))
