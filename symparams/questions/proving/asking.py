"""What the installed framework says of a claim at points of a domain."""

from __future__ import annotations

from contextlib import suppress

from ...errors import brief
from .agreement import Refuted, sizes_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...core.claim import Claim, Installed, Reported
    from .domains import Domain, Point


def build_at(claim: Claim, installed: Installed, domain: Domain, point: Point) -> Reported:
    """What the framework says at a point. Raises :class:`Refuted` where it refuses the call."""
    try:
        return installed.ask(claim.call.at(domain.at(point)))
    except Exception as error:  # whatever a framework raises
        raise Refuted(f"{sizes_in_words(domain, point)}, {installed.against} refuses the call: {brief(str(error))}") from error


def builds_off_grid(claim: Claim, installed: Installed, domain: Domain, points: Iterable[Point]) -> dict[Point, Reported]:
    """What the framework says at points that it may refuse, as it refuses a window that is larger than the image."""
    found = {}
    for point in points:
        with suppress(Exception):
            found[point] = installed.ask(claim.call.at(domain.at(point)))
    return found
