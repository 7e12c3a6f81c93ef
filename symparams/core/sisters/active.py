"""Active parameters: those that one token uses, with a few of the experts, and one row of each embedding if asked for."""

from __future__ import annotations

from ...errors import SettingError, brief, either
from ..tree import NOTHING, Sum, Weight, copied
from .experts import Experts
from .roles import named_tensors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..sizes import Dim
    from ..tree import Node
    from .roles import Named

EMBEDDING = ("all", "row", "none")


def active(node: Node, embedding: str, experts: Dim | None, per_token: Dim | None, alone: bool = False) -> Node:
    """The parameters that one token uses.

    Of ``experts`` experts, each token uses ``per_token``. Embeddings count as a whole, as one row, or not at all; one that is
    also the output head counts as a whole, since the head uses all of it. ``alone`` says that all are copies of an expert.
    """
    if embedding not in EMBEDDING:
        raise SettingError(f"embedding must be {either(map(repr, EMBEDDING))}, not {brief(embedding)}")
    tensors = named_tensors(node)
    own = Experts(tensors, experts, per_token, alone)
    heads = {each.leaf.to for each in tensors if each.is_tied and each.is_head}  # type: ignore[union-attr]
    kept = [used_part(each, embedding, heads, own) for each in tensors if not each.is_tied]
    return Sum(tuple(part for part in kept if part != NOTHING))


def used_part(named: Named, embedding: str, heads: set[str], experts: Experts) -> Node:
    """The part of a tensor that one token uses."""
    leaf = named.leaf
    if named.is_embedding and embedding != "all" and named.path not in heads:
        row = Weight(leaf.name, leaf.shape[1:])
        return copied(row, named.around) if embedding == "row" else NOTHING
    return experts.used(named) if experts.has(named) else copied(leaf, named.around)
