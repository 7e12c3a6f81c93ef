"""What of a model is counted: all of it, what is trained, with buffers, with what an optimizer keeps."""

from __future__ import annotations

from ...core.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .model_layers import Pieces


class Tally(Frozen):
    """``total*all + trained*trained + more``; ``formula`` says it in words."""

    switch: str
    says: str
    formula: str
    total: int
    trained: int
    more: int

    def of(self, total: int, trained: int) -> int:
        return self.total * total + self.trained * trained + self.more


def everything(pieces: Pieces) -> Tally:  # noqa: ARG001
    """All parameters, trained or not."""
    return Tally(switch="", says="", formula="", total=1, trained=0, more=0)


def trainable_only(pieces: Pieces) -> Tally:  # noqa: ARG001
    """What training changes, alone."""
    return Tally("trainable only", "only what is trained", "trainable", 0, 1, 0)


def with_buffers(pieces: Pieces) -> Tally:
    """PyTorch's buffers, too, such as a moving mean."""
    return Tally("with buffers", "with the buffers", f"parameters + {pieces.buffers}", 1, 0, pieces.buffers)


def adam(pieces: Pieces) -> Tally:  # noqa: ARG001
    """Keras's Adam: two moments of each weight that is trained, the iterations and the learning rate."""
    says = "with Adam's variables: two moments of all that is trained, the iterations and the learning rate"
    return Tally("optimizer", says, "parameters + 2*trainable + 2", 1, 2, 2)


def sgd(pieces: Pieces) -> Tally:  # noqa: ARG001
    """Keras's SGD: the iterations and the learning rate."""
    return Tally("optimizer", "with SGD's variables: the iterations and the learning rate", "parameters + 2", 1, 0, 2)


def momentum(pieces: Pieces) -> Tally:  # noqa: ARG001
    """Keras's SGD with momentum, which is one more of each weight that is trained."""
    says = "with the variables of SGD with momentum: one of all that is trained, the iterations and the learning rate"
    return Tally("optimizer", says, "parameters + trainable + 2", 1, 1, 2)


TALLIES = (trainable_only, with_buffers, adam, sgd, momentum)
