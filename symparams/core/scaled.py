"""A model so many times: ``compare(2 * a, b)`` asks what b has other than twice what a has."""

from __future__ import annotations

from .model import Counts
from .sizes import size
from .tree import times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from .parts import Part
    from .sizes import Dim
    from .tree import Node

PER = "models"


class Scaled(Counts):
    """``copies`` of a layer or model, each with weights of its own; what it is otherwise, the one is.

    >>> from symparams.layers import LSTM
    >>> print((2 * LSTM.symbolic()).count)
    2*4*(m*n + n**2 + n)
    """

    def __init__(self, copies: Any, thing: Any) -> None:
        self.copies: Dim = size(copies, "how many times a model is taken")
        self.thing = thing

    @property
    def node(self) -> Node:
        """All its weights."""
        from .layer import Layer

        return times(self.thing.weights() if isinstance(self.thing, Layer) else self.thing.node, **{PER: self.copies})

    @property
    def parts(self) -> list[Part]:
        """The layers of one, each as often as there are copies."""
        from ..questions.comparing.answer import parts_of

        return [
            part.but(node=times(part.node, **{PER: self.copies}), copies={**part.copies, PER: self.copies})
            for part in parts_of(self.thing)
        ]

    @property
    def built(self) -> bool:
        """Whether the input is known."""
        return bool(getattr(self.thing, "built", True))

    def by_itself(self, taken: Iterable[str] = (), *sizes: Any) -> Scaled:
        """The same, on an input in letters where it has none."""
        from .layer import Layer

        return self if isinstance(self.thing, Layer) else Scaled(self.copies, self.thing.by_itself(taken, *sizes))

    def letters_used(self) -> set[str]:
        """The letters in its sizes, and in how often it is there."""
        from .layer import Layer

        own = {letter.name for letter in getattr(self.copies, "free_symbols", ())}
        return own | (set(self.thing.count.letters) if isinstance(self.thing, Layer) else self.thing.letters_used())

    @property
    def title(self) -> str:
        """``2 x LSTM``."""
        title = str(getattr(self.thing, "title", type(self.thing).__name__))
        return f"{self.copies} x ({title})" if ", " in title else f"{self.copies} x {title}"

    def __getattr__(self, name: str) -> Any:
        if name in ("own_letters", "input_shape"):
            return getattr(self.thing, name)
        raise AttributeError(f"{self.title} has no attribute {name!r}: it is {self.copies} of them")

    def __repr__(self) -> str:
        return f"<{self.title}>"
