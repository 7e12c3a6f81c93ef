"""The settings in which two models of one kind differ, where the models know them themselves, as those of a config do."""

from __future__ import annotations

from .frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .formula import Formula
    from .tree import Node


WHOLE = "the whole model"  # in place of a name, where the settings are those of two different models


class SettingChange(Frozen):
    """One setting that differs, with the trees before and after it alone was changed.

    ``in_letters`` is its share in the letters of what stays the same, and ``numbers`` has the numbers of these letters.
    """

    setting: str
    before: Any
    after: Any
    trees: tuple[Node, Node]
    in_letters: Formula
    numbers: Mapping[str, int]
    because: str


class SettingChanges(Frozen):
    """All changes, one after another; ``interact`` where the share of a setting depends on their order."""

    model: str
    changes: tuple[SettingChange, ...]
    interact: bool
