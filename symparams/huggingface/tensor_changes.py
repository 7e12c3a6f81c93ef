"""Two models of different types, tensor by tensor: those of one role side by side, and blocks of which there are more or fewer as one change."""

from __future__ import annotations

from ..core.collected import CollectedFormula
from ..core.setting_changes import SettingChange, SettingChanges
from ..core.sizes import shown
from ..core.tensor_roles import role_of, section_of
from ..core.tree import NOTHING, Sum, Tied, Times, Weight, copied, leaves
from ..core.tree_difference import change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    from ..core.tree import Node

    Trees: TypeAlias = tuple[Node, Node]  # before and after

MOST = 9  # changes that are told one by one


def by_name(node: Node) -> dict[str, Node]:
    """The tensors of a tree by name, all that have one name together."""
    found: dict[str, list[Node]] = {}
    for path, leaf, around in leaves(node):
        if not isinstance(leaf, Tied):
            found.setdefault(path, []).append(copied(leaf, around))
    return {path: together(nodes) for path, nodes in found.items()}


def together(nodes: Iterable[Node]) -> Node:
    """Several trees as one."""
    some = tuple(nodes)
    return some[0] if len(some) == 1 else Sum(some)


def tensor_changes(title: str, before: Node, after: Node) -> SettingChanges:
    """The tensors that differ between two models, by their roles."""
    old, new = (by_role(by_name(node)) for node in (before, after))
    pairs = {role: (old.get(role, NOTHING), new.get(role, NOTHING)) for role in dict.fromkeys([*old, *new])}
    pairs = {role: trees for role, trees in pairs.items() if share_of(trees).polynomial.terms}
    blocks = {role: copies for role, trees in pairs.items() if (copies := copies_that_differ(trees)) is not None}
    found = [
        change_of_blocks(copies, [pairs.pop(role) for role in blocks if blocks[role] == copies])
        for copies in dict.fromkeys(blocks.values())
    ]
    told = [change_of_role(label, trees) for label, trees in labelled(pairs, before, after).items()]
    found += told if len(told) <= MOST else changes_of_sections(pairs)
    return SettingChanges(title, tuple(found), False)


def by_role(tensors: Mapping[str, Node]) -> dict[str, Node]:
    """The tensors by role; a name whose role several have keeps itself."""
    roles = {name: role_of(name) for name in tensors}
    many = [*roles.values()]
    return {role if many.count(role) == 1 else name: tensors[name] for name, role in roles.items()}


def labelled(pairs: Mapping[str, Trees], before: Node, after: Node) -> dict[str, Trees]:
    """The pairs by the name of the tensor, where both models have the same or only one has it, and else by the role."""
    names: dict[str, list[str]] = {}
    for node in (before, after):
        for name in by_name(node):
            names.setdefault(role_of(name), []).append(name)
    alone = {role: its[0] for role, its in names.items() if len({*its}) == 1}
    return {alone.get(role, role): trees for role, trees in pairs.items()}


def share_of(trees: Trees) -> CollectedFormula:
    """What the second tree has more than the first."""
    return CollectedFormula(change(*trees), signed=True)


def copies_that_differ(trees: Trees) -> tuple[int, int] | None:
    """The numbers of blocks before and after, where nothing else differs."""
    one, other = map(repeated, trees)
    if one is None or other is None or one[1] != other[1] or one[0] == other[0]:
        return None
    return one[0], other[0]


def repeated(node: Node) -> tuple[int, Weight] | None:
    """A tensor of each block, without its name, and the number of blocks; None for anything else."""
    many = 1
    while isinstance(node, Times):
        if not isinstance(node.copies, int):
            return None
        many, node = many * node.copies, node.part
    return (many, Weight("", node.shape)) if isinstance(node, Weight) else None


def change_of_blocks(copies: tuple[int, int], pairs: list[Trees]) -> SettingChange:
    """More or fewer blocks of the same tensors."""
    trees = together(old for old, _ in pairs), together(new for _, new in pairs)
    why = f"there are {copies[0]} blocks with weights of their own before and {copies[1]} after"
    return SettingChange(
        setting="blocks", before=copies[0], after=copies[1], trees=trees, in_letters=share_of(trees), numbers={}, because=why
    )


def change_of_role(role: str, trees: Trees) -> SettingChange:
    """A tensor of another shape, or one that only one model has."""
    shapes = [shapes_in(tree) for tree in trees]
    article = role if "." in role else f"the {role}"
    several = role.endswith("embeddings")
    exist, have = ("exist", "have") if several else ("exists", "has")
    why = f"{article} {exist} only {'after' if not shapes[0] else 'before'}" if "" in shapes else f"{article} {have} another shape"
    values = [shape or "none" for shape in shapes]
    return SettingChange(
        setting=role, before=values[0], after=values[1], trees=trees, in_letters=share_of(trees), numbers={}, because=why
    )


def changes_of_sections(pairs: Mapping[str, Trees]) -> list[SettingChange]:
    """Many tensors by the section of the model that they are in."""
    sections: dict[str, list[str]] = {}
    for role in pairs:
        sections.setdefault(section_of(role), []).append(role)
    found = []
    for section, roles in sections.items():
        trees = together(pairs[role][0] for role in roles), together(pairs[role][1] for role in roles)
        if len(roles) == 1:
            found.append(change_of_role(roles[0], trees))
            continue
        counts = [CollectedFormula(tree).polynomial.constant() for tree in trees]
        values = [f"{int(count or 0):,} parameters" for count in counts]
        sides = ((0, "before"), (1, "after"))
        why = "; ".join(f"{largest_in_words({role: pairs[role][at] for role in roles})} {side}" for at, side in sides if counts[at])
        found.append(
            SettingChange(
                setting=section, before=values[0], after=values[1], trees=trees, in_letters=share_of(trees), numbers={}, because=why
            )
        )
    return [each for each in found if each.in_letters.polynomial.terms]


def largest_in_words(trees: Mapping[str, Node]) -> str:
    """The largest of some tensors with its shape, and how many others there are."""
    sizes = {role: CollectedFormula(tree).polynomial.constant() or 0 for role, tree in trees.items()}
    largest = max(sizes, key=lambda role: sizes[role])
    rest = sum(map(bool, sizes.values())) - 1
    verb = "are" if largest.endswith("embeddings") or " and " in largest else "is"
    named = largest if "." in largest else f"the {largest}"
    return f"{named} {verb} {shapes_in(trees[largest])}{f', and there are {rest} more,' if rest else ''}"


def shapes_in(node: Node) -> str:
    """The shapes of the tensors of one name, each with the number of its copies."""
    each = (" x ".join([*(str(times.copies) for times in around), shown(leaf.shape)]) for _, leaf, around in leaves(node))
    return ", ".join(each)
