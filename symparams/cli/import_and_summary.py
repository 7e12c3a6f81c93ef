"""``symparams import`` and ``summary``: saved models and printed tables."""

from __future__ import annotations

import os

from ..errors import TextError, brief
from .model_files import TABLE, kind_of_file
from .models import read_saved
from .output import print_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import Arguments


def import_model(arguments: Arguments) -> int:
    """``symparams import``."""
    from ..summaries.files import text_of_file

    kind = kind_of_file(arguments.file)
    if kind == TABLE and not arguments.letters:
        return printed_tables(arguments, "")
    model = read_saved(arguments, text_of_file("-") if arguments.file == "-" else arguments.file, arguments.letters)
    if kind:
        arguments.notes.insert(0, f"{arguments.file} is read as {kind}, by how it begins")
    summary = model._summary()
    summary.notes.clear()  # they are printed to standard error with the other notes
    print_answer(arguments, summary, file=arguments.file, values=model.values, replaced=model.replaced)
    return 0


def summary(arguments: Arguments) -> int:
    """``symparams summary``."""
    refuse_model(arguments.file)
    return printed_tables(arguments, arguments.input)


def refuse_model(text: str) -> None:
    """``summary`` reads a table; that of a model is made by another command."""
    if text.rstrip().endswith(")") and not os.path.exists(text):
        raise TextError(
            f"summary reads the file of a printed table, or - for standard input; the table of a model is printed by show {brief(text)}"
        )


def printed_tables(arguments: Arguments, input_shape: str) -> int:
    """The tables in a text."""
    from ..summaries.files import summary_file
    from ..summaries.tables import SummaryTables

    found = summary_file(arguments.file, input_shape).tables
    print_answer(arguments, SummaryTables(found))
    return int(any(table.contradicted for table in found))
