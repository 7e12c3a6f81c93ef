"""Values with parameters that a module or a layer would not count: they are refused wherever they are put into one."""

from __future__ import annotations

from .formula import Formula
from .live_objects import PLAIN, is_live_holder
from .model import Countable
from .tree import Node


def counts_elsewhere(value: object) -> bool:
    """Whether a value has parameters: a layer or a model of any framework, a formula, a tree of weights, or a live object."""
    if type(value) in PLAIN or isinstance(value, type):
        return False
    return isinstance(value, Countable | Formula | Node) or is_live_holder(value)
