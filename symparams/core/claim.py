"""A claim: what we say of one call in letters, and how the framework itself is asked about the same call with numbers.

A door makes the claims, ``prove`` tries them; see :mod:`symparams.questions.proving`.
"""

from __future__ import annotations

from math import prod

from .frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .algebra import Expr
    from .calls import Call
    from .conventions import Tensor
    from .formula import Formula
    from .polynomial import Polynomial


BUFFER = "buffer"  # the role of a tensor that is none of those that are counted


class Reported(Frozen):
    """What a framework says of a call with numbers: its tensors, and its own count."""

    tensors: tuple[Tensor, ...]
    count: int

    @property
    def trainable_count(self) -> int:
        """How many numbers of its tensors are trained."""
        trained = (tensor.shape for tensor in self.tensors if tensor.trainable)
        return sum(prod(axis for axis in shape if isinstance(axis, int)) for shape in trained)


class Claim(Frozen):
    """One call of a class, and our count of it.

    ``tensors`` are None where there is no list of them, since a letter says how many layers there are. A tensor
    whose role is :data:`BUFFER` is compared, and not counted.
    """

    row: str  # the path of the class: keras.layers.LSTM
    call: Call
    count: Formula
    trainable: Formula
    tensors: tuple[Tensor, ...] | None

    @property
    def where(self) -> str:
        """The letters that are not free, by those that are: ``d = e*h``; what is rounded, with all of its remainders; and what is left out."""
        shared = [f"{name} = {size}" for name, size in self.call.letters.items()]
        rounded = [f"every remainder of {name} by {number}" for name, number in self.call.classes.items()]
        same = " and ".join(f"{name} = {size}" for name, size in self.call.unless.items())
        return ", ".join(shared + rounded + [f"unless {same}"] * bool(same))

    def __str__(self) -> str:
        return f"{self.call} on {self.call.read}" if self.call.read else str(self.call)


class Installed(Frozen):
    """A release of a framework as it is installed here, where claims are tried.

    ``symbolic`` gives the count of a call as the framework's own symbols say it, where the letters of the call are these
    expressions of free letters; None where they say nothing.
    """

    against: str  # the release: "Keras 3.15.1"
    beside: str  # what else was installed and took part: "torch 2.13.0"; empty where nothing did
    ask: Callable[[Call], Reported]  # makes a call, all of whose sizes are numbers
    symbolic: Callable[[Call, Mapping[str, Expr]], Polynomial | None] = lambda call, sizes: None


class Prover(Frozen):
    """How the claims of one release are proved."""

    names: Callable[[], Iterable[str]]  # the classes whose formulas are proved
    claims: Callable[[str], Iterable[Claim]]  # about one of these classes
    unproved: Mapping[str, str]  # what is not claimed for all sizes, and why
    installed: Callable[[], Installed]  # imports the framework; raises SettingError where it is not installed
    file: str  # where the certificate is that ships

    def every_claim(self) -> Iterator[Claim]:
        """The claims about all classes."""
        for name in self.names():
            yield from self.claims(name)
