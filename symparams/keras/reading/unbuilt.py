"""A Sequential whose file does not say what it reads: its layers are listed, and its counts refuse when they are used."""

from __future__ import annotations

from ...core.formula import Formula
from ..model import Sequential

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Never, Self

    from ...errors import ShapeError


class UnknownCount(Formula):
    """A count that needs what nobody said yet; whatever is asked of it says so."""

    def __init__(self, error: ShapeError) -> None:
        self._error, self.signed = error, False

    def __getattr__(self, name: str) -> Never:
        if name == "node":  # the tree, which everything else is read off
            raise self._error
        raise AttributeError(name)

    def __repr__(self) -> str:
        return "Formula(unknown)"


class Unbuilt(Sequential):
    """A Sequential as a file without an input shape has it; ``build(input_shape)`` gives it one."""

    @classmethod
    def of(cls, model: Sequential) -> Self:
        """The same layers, listed."""
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
