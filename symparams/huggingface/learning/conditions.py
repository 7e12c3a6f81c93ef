"""The shortest condition that says where something is there, over comparisons that the code made, held against every build."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from .expressions import fields_of, text, value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from .expressions import Expression

    Literal: TypeAlias = tuple[Expression, bool]  # an atom, and which way it has to come out
    Condition: TypeAlias = Any  # True, ("is", Literal), ("and", ...) or ("or", ...)

OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
MOST_ATOMS = 60
LONGEST = 5  # comparisons of a condition that is sought in every way
NULLABLE: set[str] = set()  # fields that may be None: a comparison of one that cannot be made is false, and so is its opposite


def holds(atom: Expression, fields: Mapping[str, Any], indices: Sequence[int]) -> bool:
    """Whether a comparison comes out true; one that cannot be made does not."""
    try:
        return bool(value(atom, fields, indices))
    except (TypeError, KeyError, IndexError, ZeroDivisionError, ValueError):
        return False


def satisfied(condition: Condition, fields: Mapping[str, Any], indices: Sequence[int] = ()) -> bool:
    if condition is True:
        return True
    if condition[0] == "is":
        atom, side = condition[1]
        return holds(atom, fields, indices) is side
    return (all if condition[0] == "and" else any)(satisfied(each, fields, indices) for each in condition[1:])


def fields_in(condition: Condition) -> Iterator[Expression]:
    """The atoms of a condition."""
    if condition is True:
        return
    if condition[0] == "is":
        yield condition[1][0]
    else:
        for each in condition[1:]:
            yield from fields_in(each)


def joined(conditions: Sequence[Condition]) -> Condition:
    """All of them at once, each said once."""
    found: list[Condition] = []
    for each in conditions:
        for one in each[1:] if each is not True and each[0] == "and" else [each]:
            if one is not True and one not in found:
                found.append(one)
    return True if not found else found[0] if len(found) == 1 else ("and", *found)


def words(condition: Condition) -> str:
    """A condition as Python writes it."""
    if condition[0] == "is":
        return literal_text(*condition[1])
    parts = [f"({words(each)})" if each[0] != "is" and each[0] != condition[0] else words(each) for each in condition[1:]]
    return f" {condition[0]} ".join(parts)


def literal_text(atom: Expression, side: bool) -> str:
    if side:
        return text(atom)
    kind = atom[0] if isinstance(atom, tuple) else ""
    if kind in OPPOSITE and (not fields_of(atom) & NULLABLE or (kind in ("==", "!=") and all(is_bare(each) for each in atom[1:]))):
        return text((OPPOSITE[kind], *atom[1:]))
    if kind == "none":
        return f"{text(atom[1], 1)} is not None"
    return (
        f"not {text(atom, 5)}"
        if kind in ("truth",) and isinstance(atom[1], tuple) and atom[1][0] == "field"
        else f"not ({text(atom)})"
    )


def is_bare(expression: Expression) -> bool:
    """Whether it has a value whatever a field is, None too."""
    return not isinstance(expression, tuple) or expression[0] in ("field", "index")


# ---------------------------------------------------------------- the search
def rivals(condition: Condition, masks: Mapping[Expression, int], everything: int) -> Iterator[tuple[Expression, Expression, int]]:
    """Each comparison of a condition, another that would do in its place, and an example at which it decides."""
    if condition is True:
        return
    for atom in dict.fromkeys(fields_in(condition)):
        decides = mask_of(condition, {**masks, atom: everything}, everything) ^ mask_of(condition, {**masks, atom: 0}, everything)
        place = (decides & -decides).bit_length() - 1
        for other, mask in masks.items() if decides else ():
            alike = (masks[atom] ^ mask) & decides
            if other != atom and alike in (0, decides):
                yield atom, other, place


def mask_of(condition: Condition, masks: Mapping[Expression, int], everything: int) -> int:
    """The examples at which a condition holds, as bits, by those of its comparisons."""
    if condition[0] == "is":
        atom, side = condition[1]
        return masks[atom] if side else everything ^ masks[atom]
    each = [mask_of(its, masks, everything) for its in condition[1:]]
    return reduce(and_, each) if condition[0] == "and" else reduce(or_, each)


def shortest(
    atoms: Sequence[Expression],
    examples: Sequence[tuple[Mapping[str, Any], Sequence[int]]],
    there: Sequence[bool],
    masks: dict[Expression, int] | None = None,
) -> Condition | None:
    """The shortest condition that is so exactly at the examples where something is there, or None. Atoms come dearest last; ``masks`` keep how they came out."""
    if all(there):
        return True
    if not any(there):
        return None
    everything = (1 << len(examples)) - 1
    target = int("".join("01"[bool(its)] for its in reversed(there)), 2)
    literals: list[tuple[Literal, int]] = []
    seen: set[int] = set()
    for atom in atoms:
        mask = masks.get(atom) if masks is not None else None
        if mask is None:
            mask = int("".join("01"[holds(atom, *each)] for each in reversed(examples)), 2)
            if masks is not None:
                masks[atom] = mask
        if mask in (0, everything) or mask in seen:
            continue
        seen |= {mask, everything ^ mask}
        literals += [((atom, True), mask), ((atom, False), everything ^ mask)]
        if len(literals) >= 2 * MOST_ATOMS:
            break
    for size in range(1, LONGEST + 1):
        found = nested(literals, target, everything, size)
        if found is not None:
            return found
    return cover(literals, target)


def single(
    atoms: Iterable[Expression], examples: Sequence[tuple[Mapping[str, Any], Sequence[int]]], there: Sequence[bool]
) -> Condition | None:
    """The first comparison that by itself, or by its opposite, is so exactly where something is there."""
    return next(
        (
            ("is", (atom, side))
            for atom in atoms
            for side in (True, False)
            if all(holds(atom, *each) is (side is its) for each, its in zip(examples, there, strict=True))
        ),
        None,
    )


def nested(literals: Sequence[tuple[Literal, int]], target: int, universe: int, size: int) -> Condition | None:
    """The first condition of so many comparisons that is ``a and (...)`` or ``a or (...)`` all the way."""
    above = [(literal, mask) for literal, mask in literals if mask & target == target and mask & universe != universe]
    if size == 1:
        return next((("is", literal) for literal, mask in above if mask & universe == target), None)
    for literal, mask in above:
        rest = nested(literals, target, universe & mask, size - 1)
        if rest is not None:
            return with_literal("and", literal, rest)
    for literal, mask in literals:
        if mask & universe and not mask & universe & ~target:
            left = target & ~mask
            rest = nested(literals, left, universe & ~mask, size - 1) if left else None
            if rest is not None:
                return with_literal("or", literal, rest)
    return None


def with_literal(kind: str, literal: Literal, rest: Condition) -> Condition:
    return (kind, ("is", literal), *(rest[1:] if rest[0] == kind else [rest]))


def cover(literals: Sequence[tuple[Literal, int]], target: int, widest: int = 4) -> Condition | None:
    """Few conjunctions, the one that covers most first; and the same for the opposite, whichever is shorter."""
    terms: list[Condition] = []
    left = target
    while left and len(terms) < 6:
        best: tuple[int, Condition] | None = None
        for first, start in literals:
            if not start & left:
                continue
            chosen, mask = [first], start
            while mask & ~target and len(chosen) < widest:
                step = max(
                    literals,
                    key=lambda its: (
                        bool(its[1] & mask & left),
                        -(its[1] & mask & ~target).bit_count(),
                        (its[1] & mask & left).bit_count(),
                    ),
                )
                if (step[1] & mask) == mask:
                    break
                chosen.append(step[0])
                mask &= step[1]
            if not mask & ~target and mask & left:
                gain = (mask & left).bit_count() * 8 - len(chosen)
                if best is None or gain > best[0]:
                    best = gain, (("and", *(("is", each) for each in chosen)) if len(chosen) > 1 else ("is", chosen[0]), mask)
        if best is None:
            return None
        terms.append(best[1][0])
        left &= ~best[1][1]
    if left:
        return None
    return terms[0] if len(terms) == 1 else ("or", *terms)
