"""Which numbers of a model are counted: all parameters, the trained ones, the buffers too, the optimizer's variables too."""

from __future__ import annotations

from ...core.frozen import Frozen
from .priors import MANY_CALLS, POINTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .model_layers import Pieces

FEW_CALLS, MOST_CALLS = 2, 6


class Tally(Frozen):
    """A way of counting: ``total*all + trained*trained + more``; ``formula`` is the same in words."""

    switch: str
    says: str
    formula: str
    total: int
    trained: int
    more: int

    def of(self, total: int, trained: int) -> int:
        """The count of a model with these totals."""
        return self.total * total + self.trained * trained + self.more

    @property
    def points(self) -> int:
        """How unusual it is."""
        return POINTS.get(self.switch, 0) + MANY_CALLS * (self.total > FEW_CALLS)


def all_parameters(pieces: Pieces) -> Tally:  # noqa: ARG001
    """All parameters, trained or not."""
    return Tally(switch="", says="", formula="", total=1, trained=0, more=0)


def trainable_only(pieces: Pieces) -> Tally:  # noqa: ARG001
    """Only the parameters that are trained."""
    return Tally("trainable only", "only trainable parameters are counted", "trainable", 0, 1, 0)


def nothing_frozen(pieces: Pieces) -> Tally:
    """The parameters that would be trained if no layer were frozen."""
    number = pieces.trained_if_nothing_is_frozen
    says = "trainable parameters are counted, as if no layer were frozen"
    return Tally("nothing frozen", says, f"trainable if unfrozen = {number}", 0, 0, number)


def with_buffers(pieces: Pieces) -> Tally:
    """The buffers of PyTorch as well, such as a moving mean."""
    return Tally("with buffers", "the buffers are included", f"parameters + {pieces.buffers}", 1, 0, pieces.buffers)


def once_per_call(times: int) -> Callable[[Pieces], Tally]:
    """Everything several times, as in a table that adds up a row for each call."""
    often = "twice" if times == FEW_CALLS else f"{times} times"
    says = f"everything is counted {often}, as in a table that lists a layer once for each call"
    return lambda _: Tally("once per call", says, f"{times}*parameters", times, 0, 0)


def adam_variables(pieces: Pieces) -> Tally:  # noqa: ARG001
    """The variables of Adam in Keras: two moments of each trained weight, the iterations and the learning rate."""
    says = "Adam's variables are included: two moments per trainable parameter, the iterations and the learning rate"
    return Tally("optimizer", says, "parameters + 2*trainable + 2", 1, 2, 2)


def two_moments(pieces: Pieces) -> Tally:  # noqa: ARG001
    """The two moments of Adam alone, as a tool counts them that adds up all arrays of a state."""
    return Tally("optimizer", "Adam's two moments per trainable parameter are included", "parameters + 2*trainable", 1, 2, 0)


def sgd_variables(pieces: Pieces) -> Tally:  # noqa: ARG001
    """The variables of SGD in Keras: the iterations and the learning rate."""
    return Tally("optimizer", "SGD's variables are included: the iterations and the learning rate", "parameters + 2", 1, 0, 2)


def momentum_variables(pieces: Pieces) -> Tally:  # noqa: ARG001
    """The variables of SGD with momentum in Keras: one more for each trained weight."""
    says = "the variables of SGD with momentum are included: one per trainable parameter, the iterations and the learning rate"
    return Tally("optimizer", says, "parameters + trainable + 2", 1, 1, 2)


TALLIES = (
    trainable_only,
    with_buffers,
    nothing_frozen,
    *map(once_per_call, range(FEW_CALLS, MOST_CALLS + 1)),
    adam_variables,
    two_moments,
    sgd_variables,
    momentum_variables,
)
