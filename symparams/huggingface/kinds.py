"""How many layers are of a kind, in the fields that say so: ``i >= k`` is so of ``L - k`` layers."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from ..core.sizes import Dim
    from .counting import Evaluation
    from .expressions import Tree
    from .sites import Said, Scope
    from .symbolic import InLetters

    class Made(Protocol):
        letters: InLetters
        evaluation: Evaluation


FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def many_of(asked: list[Said], turns: list[int], first: int, number: int, copies: Dim, made: Made) -> Dim | None:
    """The number of turns that fulfil all conditions, as a size; None where the conditions are of no known form."""
    if first != 0 or not asked:
        return None
    if len(asked) == 1:
        every = every_so_often(asked[0], copies, made)
        if every is not None:
            return every
    low: tuple[Dim, int] = (0, 0)
    high: tuple[Dim, int] = (copies, number)
    without = 0
    for expression, scope in asked:
        found = bound(expression.tree, scope, made)
        if found is None:
            return None
        relation, size, value = found
        if relation == ">=" and low == (0, 0):
            low = (size, value)
        elif relation == "<" and high == (copies, number):
            high = (size, value)
        elif relation == "==" and len(asked) == 1 and len(turns) == 1:
            return 1
        elif relation == "!=" and 0 <= value < number:
            without += 1
        else:
            return None
    return None if high[1] - low[1] - without != len(turns) or high[1] > number else high[0] - low[0] - without


def bound(tree: Tree, scope: Scope, made: Made) -> tuple[str, Dim, int] | None:
    """``i >= k`` as its relation, the size and its number; the relation is one of >=, <, == and !=."""
    negative = tree[0] == "not"
    tree = tree[1] if negative else tree
    if tree[0] not in FLIPPED:
        return None
    relation, one, other = tree
    if one[0] != "index":
        relation, one, other = FLIPPED[relation], other, one
    if one[0] != "index" or indices_in(other):
        return None
    relation = OPPOSITE[relation] if negative else relation
    more = int(relation in ("<=", ">"))
    if type(number_of(other, scope, made)) is not int:
        return None
    size = made.letters.size(other, scope) + more if relation not in ("==", "!=") else made.letters.size(other, scope)
    value = number_of(other, scope, made) + more
    return {"<=": "<", ">": ">="}.get(relation, relation), size, value


def every_so_often(said: Said, copies: Dim, made: Made) -> Dim | None:
    """The number of turns with ``(i + c) % p == r``."""
    expression, scope = said
    tree = expression.tree
    negative = tree[0] == "not"
    tree = tree[1] if negative else tree
    if tree[0] == "%":
        tree, negative = ("==", tree, ("constant", 0)), not negative
    if tree[0] not in ("==", "!=") or tree[1][0] != "%" or indices_in(tree[2]):
        return None
    negative ^= tree[0] == "!="
    (_, inside, cycle), rest = tree[1], tree[2]
    shift: Tree = ("constant", 0)
    if inside[0] in ("+", "-") and inside[1][0] == "index":
        shift = inside[2] if inside[0] == "+" else ("-", ("constant", 0), inside[2])
    elif inside[0] != "index":
        return None
    if indices_in(shift) or indices_in(cycle):
        return None
    p, r, c = (number_of(part, scope, made) for part in (cycle, rest, shift))
    if not all(type(number) is int for number in (p, r, c)) or not 0 <= r < p or not 0 <= c <= p:
        return None
    from ..core.sizes import quotient, rounded_up

    letters = made.letters
    sizes = [letters.size(part, scope) for part in (cycle, rest, shift)]
    if rest[0] == shift[0] == "constant" and r == 0 and c == 1:
        many: Any = quotient(copies, sizes[0])
    elif shift == ("constant", 0):
        many = rounded_up(copies - sizes[1], sizes[0])
    else:
        return None
    turns: Dim = copies - many if negative else many
    return turns


def indices_in(tree: Tree) -> bool:
    from .expressions import collect

    names, indices = set[str](), set[str]()
    collect(tree, names, indices)
    return bool(indices)


def number_of(tree: Tree, scope: Scope, made: Made) -> Any:
    return made.evaluation.value_of(tree, scope)
