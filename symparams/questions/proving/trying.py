"""Trying a claim: the framework is asked at every point of a grid, and what it says is compared with the formula."""

from __future__ import annotations

from itertools import product
from math import prod

from ...core.calls import value_at
from ...core.frozen import Frozen
from .agreement import Refuted, claim_on, compare_counts, compare_tensors, power_of
from .answer import Proof
from .asking import build_at, builds_off_grid
from .degrees import break_of_premise, degree_in
from .domains import domains
from .grids import axes, coincidences, lines
from .record import Bound, Record, fingerprint
from .wording import degree_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...core.claim import Claim, Installed, Reported
    from .agreement import Ours
    from .degrees import Degree
    from .domains import Domain, Point


class Tried(Frozen):
    """What came of one domain."""

    bounds: tuple[Bound, ...]
    grid: int
    checked: int
    symbolic: bool


def proof_of(claim: Claim, installed: Installed) -> Proof:
    """The proof of a claim, or where it fails."""
    try:
        found = [try_domain(claim, installed, domain) for domain in domains(claim.call)]
    except Refuted as error:
        return Proof(claim, installed.against, installed.beside, record=None, refuted=str(error))
    record = Record(
        bounds=highest_bounds(found),
        grids=len(found),
        builds=sum(each.grid for each in found),
        checked=sum(each.checked for each in found),
        symbolic=all(each.symbolic for each in found),
        fingerprint=fingerprint(claim),
    )
    return Proof(claim, installed.against, installed.beside, record)


def highest_bounds(found: list[Tried]) -> tuple[Bound, ...]:
    """The bounds of all domains together: of each letter the highest."""
    by_letter = zip(*(each.bounds for each in found), strict=True)
    return tuple(max(bounds, key=lambda bound: bound.power) for bounds in by_letter)


# ---------------------------------------------------------------- one domain
def try_domain(claim: Claim, installed: Installed, domain: Domain) -> Tried:
    """Tries a claim on one domain. Raises :class:`Refuted` where it fails."""
    ours = claim_on(claim, domain)
    powers, builds = grid_builds(claim, installed, domain, ours)
    numbers = axes(powers, apart=not claim.call.slow)
    along = builds_off_grid(claim, installed, domain, lines(numbers))
    hold_to_premise(domain, builds | {point: said for point, said in along.items() if not is_left_out(claim, domain, point)})
    further = along | builds_off_grid(
        claim, installed, domain, (*coincidences(numbers), *points_of_remainders(claim, domain, numbers))
    )
    for point, said in further.items():
        compare_counts(ours, domain, point, said)
    bounds = tuple(
        Bound(letter, power, degree_in_words(its), axis[0], axis[-1])
        for letter, power, its, axis in zip(domain.letters, powers, degrees_of_builds(builds, domain), numbers, strict=True)
    )
    return Tried(bounds, prod(map(len, numbers)), len(further), agrees_in_symbols(claim, installed, domain, ours))


def grid_builds(claim: Claim, installed: Installed, domain: Domain, ours: Ours) -> tuple[list[int], dict[Point, Reported]]:
    """Asks at every point of the grid, which grows until it is large enough for the framework's degrees and for ours."""
    powers = [power_of(ours.count, letter) for letter in domain.letters]
    builds: dict[Point, Reported] = {}
    while True:
        for point in product(*axes(powers, apart=not claim.call.slow)):
            if point not in builds:
                builds[point] = build_at(claim, installed, domain, point)
                compare_tensors(ours, domain, point, builds[point])
                compare_counts(ours, domain, point, builds[point])
        needed = [max(power, its.power) for power, its in zip(powers, degrees_of_builds(builds, domain), strict=True)]
        if needed == powers:
            return powers, builds
        powers = needed


def agrees_in_symbols(claim: Claim, installed: Installed, domain: Domain, ours: Ours) -> bool:
    """Whether the framework's own symbols give our polynomial; False where they give none. Raises :class:`Refuted` for another."""
    its = installed.symbolic(claim.call, domain.sizes)
    if its is not None and its != ours.count:
        raise Refuted(f"the framework's symbolic shapes give {its.expression()}, and the formula {ours.count.expression()}")
    return its is not None


def degrees_of_builds(builds: dict[Point, Reported], domain: Domain) -> list[Degree]:
    """The degree of the framework's count in each letter."""
    tensors = {point: said.tensors for point, said in builds.items()}
    return [degree_in(tensors, place) for place in range(len(domain.letters))]


def hold_to_premise(domain: Domain, builds: dict[Point, Reported]) -> None:
    """Raises :class:`Refuted` where an axis is not a straight line in a letter."""
    tensors = {point: said.tensors for point, said in builds.items()}
    for place, letter in enumerate(domain.letters):
        wrong = break_of_premise(tensors, place)
        if wrong:
            raise Refuted(f"the premise does not hold in {letter}: {wrong}")


def points_of_remainders(claim: Claim, domain: Domain, numbers: list[range]) -> Iterator[Point]:
    """Points at which a size is less than what it is divided by, so that nothing is left but its remainder."""
    base = tuple(axis[0] for axis in numbers)
    for name in claim.call.classes:
        place = domain.letters.index(name)
        yield (*base[:place], 0, *base[place + 1 :])


def is_left_out(claim: Claim, domain: Domain, point: Point) -> bool:
    """Whether a point is one where the class does something else."""
    sizes, unless = domain.at(point), claim.call.unless
    return bool(unless) and all(sizes[name] == value_at(size, sizes) for name, size in unless.items())
