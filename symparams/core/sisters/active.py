"""Active parameters: those that one token uses, with a few of the experts, and one row of each embedding if asked for."""

from __future__ import annotations

from ...errors import SettingError, either
from ..tree import NOTHING, Sum, Times, Weight, copied
from .roles import named_tensors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..sizes import Dim
    from ..tree import Node
    from .roles import Named

EMBEDDING = ("all", "row", "none")


def active(node: Node, embedding: str, experts: Dim | None, per_token: Dim | None) -> Node:
    """The parameters that one token uses.

    Of ``experts`` experts, each token uses ``per_token``. Embeddings count as a whole, as one row, or not at all; one that is
    also the output head counts as a whole, since the head uses all of it.
    """
    if embedding not in EMBEDDING:
        raise SettingError(f"embedding must be {either(map(repr, EMBEDDING))}, not {embedding!r}")
    tensors = named_tensors(node)
    heads = {each.leaf.to for each in tensors if each.is_tied and each.is_head}  # type: ignore[union-attr]
    kept = [used_part(each, embedding, heads, experts, per_token) for each in tensors if not each.is_tied]
    return Sum(tuple(part for part in kept if part != NOTHING))


def used_part(named: Named, embedding: str, heads: set[str], experts: Dim | None, per_token: Dim | None) -> Node:
    """The part of a tensor that one token uses."""
    leaf = named.leaf
    whole = copied(leaf, named.around)
    if named.is_embedding and embedding != "all" and named.path not in heads:
        row = Weight(leaf.name, leaf.shape[1:])
        return copied(row, named.around) if embedding == "row" else NOTHING
    if not named.is_expert:
        return whole
    if per_token is None:
        raise SettingError(f"{named.path} is of several experts: say how many a token uses, as in active(per_token=2)")
    if experts is not None:
        return fraction_of(whole, experts, per_token)
    if len(leaf.shape) > 1 and "*" not in after_experts(named):
        return copied(Weight(leaf.name, (per_token, *leaf.shape[1:])), named.around)
    raise SettingError(f"{named.path} does not show how many experts there are: say it, as in active(experts=8, per_token=2)")


def after_experts(named: Named) -> tuple[str, ...]:
    place = next(number for number, step in enumerate(named.steps) if step == "experts")
    return named.steps[place:]


def fraction_of(whole: Node, experts: Dim, per_token: Dim) -> Node:
    """``per_token / experts`` of a tensor, which is a whole number of experts."""
    if experts == per_token:
        return whole
    from ..algebra import rational

    share = rational(per_token) / experts if isinstance(per_token, int) else per_token / experts
    return Times(whole, share, "experts in use")
