"""What is told of a model type so far: its config class, tables of its classes, and what stands for fields that are not given."""

from __future__ import annotations

from .configs import ConfigClass
from .deriving import Deriving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from .builds import Build
    from .deriving import Derived
    from .expressions import Expression
    from .table import Table


class Told:
    """``extra`` are expressions that stand for fields, ``refused`` the classes that were not told, and why."""

    def __init__(self, model_type: str, config_class: Any) -> None:
        self.model_type = model_type
        self.its = ConfigClass(config_class)
        self.tables: list[Table] = []
        self.builds: list[Build] = []
        self.extra: dict[str, Expression] = {}
        self.counts = {"traced": 0, "fresh": 0, "refused": 0, "pairs": 0}
        self.stands = True  # whether a rule may stand for a field that is not given
        self.refused: dict[str, str] = {}
        self.also: dict[str, list[Mapping[str, Any]]] = {}

    def derived(self, used: set[str], builds: Sequence[Build]) -> list[Derived]:
        """What the config class computes of the fields that are used."""
        free = tuple(builds[0].inner) if builds else ()
        return Deriving(self.its, builds, self.extra).rules({field for field in used if not field.startswith(free or ("\0",))})
