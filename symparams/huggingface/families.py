"""The types that have a table, each with the formula of its usual class and its own defaults."""

from __future__ import annotations

from ..core.framework import Family
from ..errors import SymparamsError
from .reading import from_dict
from .sites import usual_class
from .tables import model_types, table_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def families() -> Iterator[Family]:
    """A family for each type, in order; one whose defaults build nothing says why."""
    for name in model_types():
        table = table_of(name)
        assert table is not None
        try:
            model = from_dict({"model_type": name}, None, f"a config of {name}")
            yield Family(name, model.class_name, str(model.count), dict(model.letters), model.number("count"))
        except SymparamsError as error:
            yield Family(name, usual_class(table), f"none with the defaults: {error}", {}, None)
