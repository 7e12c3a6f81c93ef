"""What is told of a model type so far: its config class, tables of its classes, and what stands for fields that are not given."""

from __future__ import annotations

import contextlib
from functools import cached_property

from .builds import only_config
from .choices import places
from .configs import ConfigClass
from .deriving import Deriving
from .expressions import fields_of

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
        theirs = {field for field in used if field.startswith(free or ("\0",)) and not self.is_set_from_outside(field, builds)}
        return Deriving(self.its, [*builds, *self.only], self.extra).rules(used - theirs)

    @cached_property
    def only(self) -> list[Build]:
        """Configs of many depths, and of other places in the stack: rules for layers hold for them too."""
        found = []
        for field, numbers in places(self.its):
            for number in numbers:
                with contextlib.suppress(Exception):  # an illegal one says nothing
                    found.append(only_config(self.its.kind, self.its.put({}, field, number)))
        return found

    def is_set_from_outside(self, field: str, builds: Sequence[Build]) -> bool:
        """Whether a class writes a field of a sub-config of any type, of what is not in that sub-config."""
        sub = next((sub for sub in builds[0].inner if field.startswith(sub)), "\0")
        return any(
            any(not each.startswith(sub) for each in fields_of(build.derived[field])) for build in builds if field in build.derived
        )
