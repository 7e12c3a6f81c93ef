"""What we claim on a domain, and whether a framework says the same at a point of it."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.polynomial import Polynomial, evaluated
from ...core.sizes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.claim import Claim, Reported
    from ...core.sizes import Dim
    from .domains import Domain, Point


class Refuted(Exception):
    """A claim that is not proved, with the reason."""


class Ours(Frozen):
    """What we claim on one domain, as polynomials."""

    count: Polynomial
    trainable: Polynomial
    tensors: tuple[tuple[tuple[Polynomial, ...], bool], ...] | None


def claim_on(claim: Claim, domain: Domain) -> Ours:
    """A claim on a domain. Raises :class:`Refuted` where a size is not a polynomial."""

    def polynomial(size: Dim) -> Polynomial:
        found = domain.polynomial(size)
        if found is None:
            raise Refuted(f"{size} is not a polynomial")
        return found

    tensors = None
    if claim.tensors is not None:
        tensors = tuple((tuple(map(polynomial, tensor.shape)), tensor.trainable) for tensor in claim.tensors)
    return Ours(polynomial(claim.count.expr), polynomial(claim.trainable.expr), tensors)


def power_of(count: Polynomial, letter: str) -> int:
    """The highest power of a letter in a count."""
    return max((power for monomial in count.terms for name, power in monomial if name == letter), default=0)


# ---------------------------------------------------------------- at a point
def compare_counts(ours: Ours, domain: Domain, point: Point, said: Reported) -> None:
    """Raises :class:`Refuted` where a count is another one."""
    numbers = dict(zip(domain.letters, point, strict=True))
    for its, count, noun in (
        (said.count, ours.count, "parameters"),
        (said.trainable_count, ours.trainable, "parameters that are trained"),
    ):
        wanted = evaluated(count, numbers)
        if its != wanted:
            raise Refuted(f"{sizes_in_words(domain, point)}, the framework has {its} {noun}, and the formula gives {wanted}")


def compare_tensors(ours: Ours, domain: Domain, point: Point, said: Reported) -> None:
    """Raises :class:`Refuted` where a tensor has another shape."""
    if ours.tensors is None:
        return
    numbers = dict(zip(domain.letters, point, strict=True))
    wanted = [(tuple(evaluated(axis, numbers) for axis in shape), trained) for shape, trained in ours.tensors]
    found = [(tuple(tensor.shape), tensor.trainable) for tensor in said.tensors]
    if found != wanted:
        shapes = [", ".join(shown(shape) for shape, _ in each) or "none" for each in (found, wanted)]
        raise Refuted(f"{sizes_in_words(domain, point)}, the framework has tensors of {shapes[0]}, and we have {shapes[1]}")


def sizes_in_words(domain: Domain, point: Point) -> str:
    """``at m = 2, n = 3``, in the letters of the call."""
    return "at " + ", ".join(f"{name} = {number}" for name, number in domain.at(point).items()) if point else "in all"
