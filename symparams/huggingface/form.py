"""The rows of a class as a tree of weights in letters: ``V*d + L*(12*d**2 + 13*d)``.

What a config decides, such as which layers have experts, is decided; how many layers are of a kind is written in its fields
where the condition allows it, ``L - k`` of ``i >= first_k_dense_replace``, and is else a letter with a meaning of its own.
"""

from __future__ import annotations

from .._startup.once import cached_property
from ..core.tree import Sum, Tied, Times, Weight
from ..errors import SettingError
from .experts import FIXED, NUMBERS, PER_TOKEN, field_named
from .expressions import INDICES, of_tree, written
from .kinds import many_of
from .letters import Naming
from .symbolic import InLetters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from ..core.sizes import Dim
    from ..core.tree import Node
    from .counting import Evaluation
    from .expressions import Expression, Tree
    from .sites import Said, Scope, Site
    from .table import Tie


class Form:
    """The tree of the sites of one config, the parameters or the buffers, and the meaning of its letters."""

    def __init__(
        self,
        evaluation: Evaluation,
        sites: Sequence[Site],
        buffers: bool = False,
        recording: bool = False,
        in_numbers: bool = False,
        numbers: frozenset[str] = frozenset(),
    ) -> None:
        self.evaluation = evaluation
        self.naming = Naming(letter.name for letter in evaluation.config.open.values())
        self.letters = InLetters(evaluation, self.naming, recording, in_numbers, numbers)
        self.mentioned: set[tuple[Expression, Scope]] = set()
        self.kinds: dict[str, str] = {}  # the meaning of each letter that counts layers of a kind
        self.node: Node = Sum(tuple(node for site in sites if site.row.buffer is buffers for node in self.planted(site)))

    @property
    def values(self) -> dict[str, Any]:
        """The number of each letter."""
        return self.letters.values

    @property
    def settings(self) -> dict[str, Any]:
        """The fields that decided something, and their values."""
        return self.letters.settings

    @property
    def used_in_order(self) -> list[str]:
        """The fields that were read, lists without their indices: those of letters first."""
        return list(dict.fromkeys(field.partition("[")[0] for field in (*self.naming.of, *self.letters.seen, *self.settings)))

    @property
    def used(self) -> set[str]:
        """The same as a set."""
        return {*self.used_in_order}

    # ------------------------------------------------------------ experts
    @cached_property
    def experts(self) -> tuple[Dim, Dim] | None:
        """How many experts there are, and how many of them a token uses; None where the config does not say it."""
        config = self.evaluation.config
        number = field_named(config, NUMBERS)
        per_token = field_named(config, PER_TOKEN)
        fixed = FIXED.get(config.table.model_type)
        if number is None or (per_token is None and fixed is None):
            return None
        experts: Dim = self.letters.letter(number, config.fields[number])
        if fixed is not None or per_token is None:
            return experts, fixed or 1
        used: Dim = self.letters.letter(per_token, config.fields[per_token])
        return experts, used

    # ------------------------------------------------------------ a site
    def planted(self, site: Site) -> list[Node]:
        return self.level(site, ())

    def level(self, site: Site, indices: tuple[int, ...]) -> list[Node]:
        """The nodes of a site once the first indices are known."""
        level = len(indices)
        if not self.all_hold(site.conditions[level]):
            return []
        if level == len(site.loops):
            return [self.leaf(site)]
        loop = site.loops[level]
        evaluation = self.evaluation
        number = evaluation.value(loop.copies, loop.scope) or 0
        copies = self.letters.of(loop.copies.tree, loop.scope)
        if not site.turns[level]:
            if number == 0 and not self.letters.has_letter(loop.copies.tree, loop.scope):
                return []
            evaluation.enter(site, level, loop.first)
            return [repeated(node, copies, loop.per) for node in self.level(site, (*indices, loop.first))]
        return self.turned(site, indices, number, copies)

    def turned(self, site: Site, indices: tuple[int, ...], number: int, copies: Dim) -> list[Node]:
        """The nodes of a loop whose turns differ: equal ones together, as often as they come."""
        level, loop = len(indices), site.loops[len(indices)]
        groups: dict[Node, list[int]] = {}
        for index in range(loop.first, loop.first + number):
            self.evaluation.enter(site, level, index)
            for node in self.level(site, (*indices, index)):
                groups.setdefault(node, []).append(index)
        if not groups:
            return self.none_yet(site, level, number, copies)
        return [repeated(node, self.counted(site, level, turns, number, copies), loop.per) for node, turns in groups.items()]

    def none_yet(self, site: Site, level: int, number: int, copies: Dim) -> list[Node]:
        """Tensors that no layer has in this config, but as many as a field says that is 0 here: ``k`` dense layers."""
        loop = site.loops[level]
        last = level == len(site.loops) - 1 and not site.changing[level] and number > 0
        if not last or not self.letters.has_letter(loop.copies.tree, loop.scope) or self.never(site, level):
            return []
        many = many_of(self.asked(site, level), [], loop.first, number, copies, self)
        if many is None or not (self.letters.recording or hasattr(many, "free_symbols")):
            return []
        self.evaluation.enter(site, level, loop.first)
        try:
            return [Times(self.leaf(site), many, loop.per)]
        except SettingError:  # a field that nothing needs here is null
            return []

    def never(self, site: Site, level: int) -> bool:
        """Whether a condition of a site does not hold whatever the index is."""
        decided = (self.decided(condition.tree, scope) for condition, scope in site.conditions[level + 1])
        return any(tree[0] == "constant" and not tree[1] for tree in decided)

    def counted(self, site: Site, level: int, turns: list[int], number: int, copies: Dim) -> Dim:
        """How many turns these are, in the fields that decide it."""
        first = site.loops[level].first
        loop = site.loops[level]
        if not self.letters.has_letter(loop.copies.tree, loop.scope):
            return len(turns)
        asked = self.asked(site, level)
        if self.has_index_in_axes(site, level):
            self.refuse_open(site, level)
            return len(turns)
        many = many_of(asked, turns, first, number, copies, self)
        if many is not None:
            return many
        self.refuse_open(site, level)
        if len(turns) == number:
            for expression, scope in asked:
                self.letters.note(expression.tree, scope)
            return copies
        return self.kind(site, level, turns, asked, copies, number)

    def refuse_open(self, site: Site, level: int) -> None:
        """Raises :class:`SettingError` where the number of turns is open, but each has its own tensors."""
        loop = site.loops[level]
        for name in loop.copies.fields_read:
            self.letters.setting(name, loop.scope) if loop.scope.path + name in self.evaluation.config.unsure else None

    def kind(self, site: Site, level: int, turns: list[int], asked: list[Said], copies: Dim, number: int) -> Dim:
        """A letter for the number of layers of a kind; ``turns`` are those that are."""
        for expression, scope in asked:
            self.letters.note(expression.tree, scope)
        text = " and ".join(expression.text for expression, _ in asked) or f"{site.name} exists"
        meaning = f"the number of {site.loops[level].per} with {text}"
        for letter, known in self.kinds.items():
            if known == meaning:
                self.letters.values[letter] = len(turns)
                return self.letters.count_of(letter, len(turns))
        opposite = f"the number of {site.loops[level].per} with {negated_text(asked)}" if len(asked) == 1 else ""
        for letter, known in self.kinds.items():
            if opposite and known == opposite and self.letters.values[letter] == number - len(turns):
                return copies - self.letters.count_of(letter, number - len(turns))
        letter = self.naming.counting(f"L_{short_name(asked)}", meaning)
        self.kinds[letter], self.letters.values[letter] = meaning, len(turns)
        return self.letters.count_of(letter, len(turns))

    def asked(self, site: Site, level: int) -> list[Said]:
        """The conditions of a site that depend on the index of a loop, joined by and taken apart."""
        found: list[Said] = []
        for condition, scope in (said for at_level in site.conditions for said in at_level):
            for part in conjuncts(self.decided(condition.tree, scope)):
                if INDICES[level - scope.depth : level - scope.depth + 1] and INDICES[level - scope.depth] in part.indices:
                    found.append((part, scope))
        return found

    def decided(self, tree: Tree, scope: Scope) -> Tree:
        """A condition without the parts that the config decides for all layers."""
        if tree[0] == "not":
            inside = self.decided(tree[1], scope)
            return ("constant", not inside[1]) if inside[0] == "constant" else ("not", inside)
        if tree[0] not in ("and", "or"):
            return tree if of_tree(tree).indices else ("constant", self.letters.decided(tree, scope))
        ends = tree[0] == "or"  # the value that decides the whole
        parts = []
        for part in tree[1:]:
            done = self.decided(part, scope)
            if done[0] != "constant":
                parts.append(done)
            elif bool(done[1]) is ends:
                return ("constant", ends)
        return ("constant", not ends) if not parts else parts[0] if len(parts) == 1 else (tree[0], *parts)

    def has_index_in_axes(self, site: Site, level: int) -> bool:
        depth = level - site.scope.depth
        index = INDICES[depth] if 0 <= depth < len(INDICES) else None
        tied = any(tie.condition is not None and index in tie.condition.indices for tie in site.row.ties)
        frozen = any(condition is not None and index in condition.indices for condition in site.row.frozen)
        inner = any(index in loop.copies.indices for loop in site.loops if loop.scope.depth == site.scope.depth)
        return tied or frozen or inner or any(index in axis.indices for axis in site.row.axes)

    # ------------------------------------------------------------ a tensor
    def leaf(self, site: Site) -> Node:
        row, scope = site.row, site.scope
        shape = tuple(self.axis(axis.tree, scope) for axis in row.axes)
        tie = next((tie for tie in row.ties if self.applies(tie, scope)), None)
        if tie is not None:
            return Tied(site.name, shape, site.target(tie))
        frozen = any(condition is None or self.holds(condition, scope) for condition in row.frozen)
        return without_empty_axes(Weight(site.name, shape, not frozen), [self.evaluation.value(axis, scope) for axis in row.axes])

    def axis(self, tree: Any, scope: Scope) -> Dim:
        size = self.letters.size(tree, scope)
        if isinstance(size, int) and size < 0:
            raise SettingError(f"{self.evaluation.config.where}: {written(tree)} is {size}, but a size is at least 0")
        return size

    def applies(self, tie: Tie, scope: Scope) -> bool:
        return tie.condition is None or self.holds(tie.condition, scope)

    def all_hold(self, conditions: Iterable[Said]) -> bool:
        return all(self.holds(condition, scope) for condition, scope in conditions)

    def holds(self, condition: Any, scope: Scope) -> bool:
        """Whether a condition holds; its fields are settings, unless it is about the index, which is counted."""
        if not condition.indices:
            self.letters.note(condition.tree, scope)
        elif (condition, scope) not in self.mentioned:
            self.mentioned.add((condition, scope))
            self.letters.mention(condition, scope)
        return bool(self.evaluation.value(condition, scope))


def without_empty_axes(weight: Weight, numbers: Sequence[object]) -> Node:
    """A weight, whose axes that are 0 in this config are numbers of copies, which may be 0."""
    if 0 not in numbers:
        return weight
    node: Node = weight.but(shape=tuple(size for size, number in zip(weight.shape, numbers, strict=True) if number != 0))
    for size, number in zip(weight.shape, numbers, strict=True):
        if number == 0:
            node = Times(node, size, "rows")
    return node


def repeated(node: Node, copies: Dim, per: str) -> Node:
    return node if isinstance(copies, int) and copies == 1 else Times(node, copies, per)


def conjuncts(condition: Tree) -> list[Expression]:
    """The parts of a condition that is joined by and; ``not (a or b)`` is ``not a and not b``."""

    def split(tree: Tree, negative: bool) -> Iterable[Tree]:
        if tree[0] == "not":
            yield from split(tree[1], not negative)
        elif tree[0] == ("or" if negative else "and"):
            for part in tree[1:]:
                yield from split(part, negative)
        else:
            yield ("not", tree) if negative else tree

    return [of_tree(tree) for tree in split(condition, False)]


def negated_text(asked: list[Said]) -> str:
    tree = asked[0][0].tree
    return written(tree[1]) if tree[0] == "not" else written(("not", tree))


def short_name(asked: list[Said]) -> str:
    """A short name of a kind of layer: of its value in a list of types, or of the words of its condition."""
    tree = asked[0][0].tree if asked else ("constant", "kind")
    negative = tree[0] == "not"
    tree = tree[1] if negative else tree
    if tree[0] == "==" and tree[2][0] == "constant" and isinstance(tree[2][1], str) and not negative:
        return initials(tree[2][1])
    names = sorted({name for expression, _ in asked for name in expression.fields_read})
    return ("n" if negative else "") + (initials(names[0]) if names else "k")


def initials(text: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in text).split()
    return "".join(word[0] for word in words[:4] if word[0].isalpha()).lower() or "k"
