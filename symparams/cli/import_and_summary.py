"""``symparams import`` and ``summary``: saved models and printed tables."""

from __future__ import annotations

from .models import read_saved
from .output import print_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import Arguments


def import_model(arguments: Arguments) -> int:
    """``symparams import``."""
    from ..summaries.files import text_of_file

    model = read_saved(arguments, text_of_file("-") if arguments.file == "-" else arguments.file, arguments.letters)
    summary = model._summary()
    summary.notes.clear()  # they are printed to standard error with the other notes
    print_answer(arguments, summary, file=arguments.file, values=model.values, replaced=model.replaced)
    return 0


def summary(arguments: Arguments) -> int:
    """``symparams summary``."""
    from ..summaries.files import summary_file
    from ..summaries.tables import SummaryTables

    found = summary_file(arguments.file, arguments.input).tables
    print_answer(arguments, SummaryTables(found))
    return int(any(table.contradicted for table in found))
