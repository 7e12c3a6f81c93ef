"""Pasted tables of ``model.summary()``, torchinfo and torchsummary: read, checked, explained."""

from .._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .explaining.explaining import Explanation as Explanation
    from .reading import from_summary as from_summary
    from .table import SummaryTable as SummaryTable
    from .tables import SummaryTables as SummaryTables
    from .text.row import SummaryLayer as SummaryLayer

HOMES = {
    "from_summary": "reading",
    "SummaryTable": "table",
    "SummaryTables": "tables",
    "SummaryLayer": "text.row",
    "Explanation": "explaining.explaining",
}

__all__ = [*HOMES]  # noqa: PLE0604  (they are texts)
__getattr__, __dir__ = names_of(__name__, HOMES)
