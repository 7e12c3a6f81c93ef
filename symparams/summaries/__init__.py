"""Pasted tables of ``model.summary()``, torchinfo and torchsummary: read, checked, explained."""

from .._startup.lazy import names_of

HOMES = {
    "from_summary": "reading",
    "SummaryTable": "table",
    "SummaryTables": "tables",
    "SummaryLayer": "text.row",
    "Explanation": "explaining.explaining",
}

__all__ = [*HOMES]  # noqa: PLE0604  (they are texts)
__getattr__, __dir__ = names_of(__name__, HOMES)
