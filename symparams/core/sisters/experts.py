"""The experts of a model: which tensors are theirs, and how much of each a token uses."""

from __future__ import annotations

from ...errors import SettingError
from ..notation.equal_parts import OF_LAYERS
from ..tree import Times, Weight, copied
from .roles import EXPERTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..sizes import Dim
    from ..tree import Node
    from .roles import Named

NUMBERS_OF_COPIES = ("i", "*")  # steps of a path that stand for every copy


class Experts:
    """The experts of a model, of which each token uses ``per_token``.

    They are in a module called ``experts``, or where ``experts`` is a letter, what has so many copies. ``alone`` says that the
    model is nothing but copies of an expert.
    """

    def __init__(self, tensors: Sequence[Named], experts: Dim | None, per_token: Dim | None, alone: bool) -> None:
        self.experts, self.per_token, self.alone = experts, per_token, alone
        self.listed = numbers_listed(tensors)
        if per_token is not None and tensors and not any(map(self.has, tensors)):
            raise SettingError(
                "no tensor is of an expert, so per_token does not apply: call the module of the experts experts, or give their "
                "letter, as in active(experts=E, per_token=2)"
            )

    def has(self, named: Named) -> bool:
        """Whether a tensor is one of the experts'."""
        return named.is_expert or self.place(named) is not None

    def used(self, named: Named) -> Node:
        """The part of an expert's tensor that one token uses."""
        whole = copied(named.leaf, named.around)
        if self.per_token is None:
            raise SettingError(f"{named.path} is of several experts: say how many a token uses, as in active(per_token=2)")
        place = self.place(named)
        if place is not None:
            copies = named.around[place]
            around = (*named.around[:place], Times(copies.part, self.per_token, copies.per), *named.around[place + 1 :])
            return copied(named.leaf, around)
        if self.experts is not None:
            return fraction_of(whole, self.experts, self.per_token)
        steps = steps_after_experts(named)
        if steps[1:2] and steps[0].isdigit():
            return fraction_of(whole, self.listed[listing_of(named)], self.per_token)
        if len(steps) == 1 and len(named.leaf.shape) > 1:  # all experts in one tensor
            return copied(Weight(named.leaf.name, (self.per_token, *named.leaf.shape[1:])), named.around)
        raise SettingError(f"{named.path} does not show how many experts there are: say it, as in active(experts=8, per_token=2)")

    def place(self, named: Named) -> int | None:
        """Which of the copies around a tensor are the experts; None where none are."""
        if self.experts is not None:
            return next(
                (
                    place
                    for place, each in enumerate(named.around)
                    if not isinstance(each.copies, int) and each.copies == self.experts
                ),
                None,
            )
        if self.alone:
            return 0
        if not named.is_expert:
            return None
        before = len(named.steps) - len(steps_after_experts(named))
        stars = [place for place, step in enumerate(named.steps) if step in NUMBERS_OF_COPIES]
        if before not in stars:
            return None
        modules = [place for place, each in enumerate(named.around) if each.per in OF_LAYERS]
        from_the_end = len(stars) - stars.index(before)  # a multiple of the whole model has copies and no step
        return modules[-from_the_end] if len(modules) >= len(stars) else None


def steps_after_experts(named: Named) -> tuple[str, ...]:
    """The steps of a path behind ``experts``."""
    place = next(number for number, step in enumerate(named.steps) if step in EXPERTS)
    return named.steps[place + 1 :]


def listing_of(named: Named) -> tuple[str, ...]:
    """The path of the list that an expert is in."""
    return named.steps[: len(named.steps) - len(steps_after_experts(named))]


def numbers_listed(tensors: Sequence[Named]) -> Mapping[tuple[str, ...], int]:
    """How many experts each list has, ``experts.0`` to ``experts.7``."""
    found: dict[tuple[str, ...], set[str]] = {}
    for named in tensors:
        if named.is_expert:
            found.setdefault(listing_of(named), set()).add(steps_after_experts(named)[0])
    return {listing: len(numbers) for listing, numbers in found.items()}


def fraction_of(whole: Node, experts: Dim, per_token: Dim) -> Node:
    """``per_token / experts`` of a tensor, which is a whole number of experts."""
    if experts == per_token:
        return whole
    from ..algebra import rational

    share = rational(per_token) / experts if isinstance(per_token, int) else per_token / experts
    return Times(whole, share, "experts in use")
