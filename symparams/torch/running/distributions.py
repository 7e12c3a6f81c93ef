"""``torch.distributions`` on shapes: what is drawn from a distribution, and its log-probabilities."""

from __future__ import annotations

from ...errors import ArgumentError
from ..tensors import Tensor
from .operations import broadcast, made, tensors_among

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.sizes import Shape


class Distribution:
    """A distribution for each position of its parameters."""

    kind = "torch.float32"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.batch_shape = self.batch_of(broadcast(tensors_among(*args, *kwargs.values())))
        vars(self).update(kwargs)

    def batch_of(self, shape: Shape) -> Shape:
        """The shape of the distributions, from that of their parameters."""
        return shape

    def sample(self, sample_shape: Any = ()) -> Tensor:
        """A tensor of what is drawn."""
        return made((*sample_shape, *self.batch_shape, *self.event_shape), self.kind)

    rsample = sample

    @property
    def event_shape(self) -> Shape:
        """The shape of one draw."""
        return ()

    def log_prob(self, value: Tensor) -> Tensor:
        """A number for each draw."""
        drawn = value.shape[: len(value.shape) - len(self.event_shape)]
        return made(broadcast([made(drawn, self.kind), made(self.batch_shape, self.kind)]), "torch.float32")

    def entropy(self) -> Tensor:
        """A number for each distribution."""
        return made(self.batch_shape, "torch.float32")

    def expected(self) -> Tensor:
        return made((*self.batch_shape, *self.event_shape), "torch.float32")

    mean = mode = variance = stddev = property(expected)


class OfClasses(Distribution):
    """Over the classes of the last axis."""

    kind = "torch.int64"

    def batch_of(self, shape: Shape) -> Shape:
        if not shape:
            raise ArgumentError("Categorical needs a tensor of probabilities or logits with at least one axis")
        return shape[:-1]


class OneHot(OfClasses):
    """Over the classes of the last axis, each as a vector."""

    kind = "torch.float32"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classes = broadcast(tensors_among(*args, *kwargs.values()))[-1]

    @property
    def event_shape(self) -> Shape:
        return (self.classes,)


class OfVectors(Distribution):
    """Over vectors: the last axis of the first parameter."""

    def __init__(self, loc: Tensor, *_: Any, **__: Any) -> None:
        self.batch_shape, self.vector = loc.shape[:-1], loc.shape[-1]

    @property
    def event_shape(self) -> Shape:
        return (self.vector,)


class Independent(Distribution):
    """Another distribution whose last axes are one event."""

    def __init__(self, base: Distribution, axes: int, **_: Any) -> None:
        split = len(base.batch_shape) - axes
        self.batch_shape, self.event = base.batch_shape[:split], (*base.batch_shape[split:], *base.event_shape)

    @property
    def event_shape(self) -> Shape:
        return self.event


def kl_divergence(p: Distribution, q: Distribution) -> Tensor:
    """A number for each pair of distributions."""
    return made(broadcast([made(p.batch_shape, p.kind), made(q.batch_shape, q.kind)]), "torch.float32")


NAMES: dict[str, Any] = {
    **dict.fromkeys("Normal Bernoulli Uniform Beta Exponential Laplace Gamma Poisson LogNormal Cauchy Gumbel StudentT HalfNormal".split(), Distribution),
    "Categorical": OfClasses, "OneHotCategorical": OneHot, "MultivariateNormal": OfVectors, "Dirichlet": OfVectors, "Independent": Independent,
    "kl_divergence": kl_divergence, "Distribution": Distribution,
}  # fmt: skip
