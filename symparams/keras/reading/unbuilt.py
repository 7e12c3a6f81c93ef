"""A Sequential whose file has no input shape: its layers are listed, and using its counts raises an error."""

from __future__ import annotations

from ...core.formula import Formula
from ..model import Sequential

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Never, Self

    from ...errors import ShapeError


class UnknownCount(Formula):
    """A count that is unknown until the input shape is given; using it raises an error that says so."""

    def __init__(self, error: ShapeError) -> None:
        self._error, self.signed = error, False

    def __getattr__(self, name: str) -> Never:
        if name == "node":  # the tree, from which everything else follows
            raise self._error
        raise AttributeError(name)

    def __repr__(self) -> str:
        return "Formula(unknown)"


class Unbuilt(Sequential):
    """A Sequential from a file without an input shape; ``build(input_shape)`` gives it one."""

    @classmethod
    def of(cls, model: Sequential) -> Self:
        """An unbuilt copy with the same layers."""
        return cls(model.layers, trainable=model.trainable, name=model.name)

    def _counted(self, which: str) -> Formula:
        if self.built:
            return getattr(super(), which)  # type: ignore[no-any-return]
        return UnknownCount(self.no_input())

    @property
    def count(self) -> Formula:
        return self._counted("count")

    @property
    def trainable_count(self) -> Formula:
        return self._counted("trainable_count")

    @property
    def non_trainable_count(self) -> Formula:
        return self._counted("non_trainable_count")
