"""LoRA (Hu et al., 2021): each targeted matrix of ``out`` by ``in`` gets two of rank r, ``r*(in + out)`` parameters."""

from __future__ import annotations

from ...errors import SettingError, brief, either, nearest
from ..sizes import size
from ..tree import Sum, Weight, copied
from .roles import named_tensors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..sizes import Dim
    from ..tree import Node
    from .roles import Named

ALL_LINEAR = "all-linear"
BIAS = ("none", "all", "lora_only")


def lora(
    node: Node, r: object, targets: object, bias: str = "none", save: Iterable[str] = (), layers: Iterable[int] | None = None
) -> Node:
    """The parameters that LoRA of rank ``r`` trains in the modules of these names, or in all linear layers but the head.

    Modules whose names end in one of ``save`` are trained as a whole; with ``layers``, only the blocks of these numbers are
    adapted.
    """
    rank = size(r, "r")
    if bias not in BIAS:
        raise SettingError(f"bias must be {either(map(repr, BIAS))}, not {brief(bias)}")
    tensors = [each for each in named_tensors(node) if not each.is_tied]
    chosen = targeted(tensors, targets)
    if layers is not None:
        chosen = in_layers(chosen, len({*layers}))
    parts = [part for each in chosen for part in adapters(each, rank)]
    owners = {each.owner for each in chosen}
    trained = [each for each in tensors if each.is_bias and (bias == "all" or (bias == "lora_only" and each.owner in owners))]
    ends = tuple(save)
    trained += [each for each in tensors if ends and ".".join(each.owner).endswith(ends) and each not in trained]
    return Sum((*parts, *(copied(each.leaf, each.around) for each in trained)))


def in_layers(chosen: Iterable[Named], many: int) -> list[Named]:
    """The matrices in so many of the blocks. Raises :class:`SettingError` where not all of them are in every block."""
    blocks = {each.around[0].copies if each.around else None for each in chosen}
    if len(blocks) != 1 or None in blocks:
        raise SettingError("layers= needs targets that every layer has once: name others")
    return [each.but(around=(each.around[0].but(copies=many), *each.around[1:])) for each in chosen]


def targeted(tensors: Iterable[Named], targets: object) -> list[Named]:
    """The matrices that are targeted. Raises :class:`SettingError` where a name is that of no matrix."""
    matrices = [each for each in tensors if len(each.shape) > 1 and not each.is_bias and "norm" not in each.module.lower()]
    if targets == ALL_LINEAR:
        return [each for each in matrices if (each.is_linear or each.is_of_experts) and not each.is_head]
    names = [targets] if isinstance(targets, str) else list(targets) if hasattr(targets, "__iter__") else []
    known = list(dict.fromkeys(each.module for each in matrices))
    for name in names:
        if not isinstance(name, str) or not any(is_called(each, name) for each in matrices):
            raise SettingError(f"no matrix is called {name!r}{nearest(name, known)}; there are {', '.join(known[:20])}")
    if not names:
        raise SettingError(f"targets are names of modules, such as ['q_proj', 'v_proj'], or 'all-linear', not {brief(targets)}")
    return [each for each in matrices if any(is_called(each, name) for name in names)]


def is_called(named: Named, name: str) -> bool:
    """Whether the path of a module ends with a name."""
    steps = tuple(name.split("."))
    return named.owner[-len(steps) :] == steps


def adapters(named: Named, rank: Dim) -> list[Node]:
    """The two matrices of rank r: of a linear layer, of an embedding, of a convolution, of all experts at once.

    peft gives two adapters to the tensor that holds both the gates and the first layers of all experts.
    """
    shape = named.shape
    if named.is_of_experts and "gate_up" in named.path:
        rank = 2 * rank
    if len(shape) == 2:
        sides: list[tuple[Dim, ...]] = [(rank, shape[1]), (shape[0], rank)]
    elif named.is_of_experts:
        sides = [(shape[0], rank, shape[2]), (shape[0], shape[1], rank)]
    elif named.inputs_first:
        sides = [(*shape[:-1], rank), (rank, shape[-1])]
    else:
        sides = [(rank, *shape[1:]), (shape[0], rank)]
    return [copied(Weight(f"{named.path}.lora_{letter}", side), named.around) for letter, side in zip("AB", sides, strict=True)]
