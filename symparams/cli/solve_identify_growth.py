"""``symparams solve``, ``identify`` and ``growth``: what the command line says, asked of the library, and printed."""

from __future__ import annotations

from ..core.file_endings import is_file
from ..errors import ArgumentError, SizeError
from .json import counted, print_json
from .models import pair, sizes_of
from .values import by_letter, sizes_in, thing_of, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..questions.solving.answer import Solution
    from ..questions.solving.pairs import Pairs
    from . import Arguments

SHORT = 1_000  # sizes that JSON lists one by one


def solve(arguments: Arguments) -> int:
    """``symparams solve``."""
    from ..questions.solving.question import solve

    thing, given = thing_of(arguments, arguments.model), sizes_of(arguments.sizes)
    question = {
        name: thing_of(arguments, text)
        for name in ("equals", "at_most", "at_least")
        if (text := getattr(arguments, name)) is not None
    }
    if arguments.within is not None:
        question["within"] = arguments.within if arguments.within.endswith("%") else whole(arguments.within, "--within")
    if arguments.for_ is not None and "," in arguments.for_:
        return solve_pairs(arguments, thing, given, question)
    for name in ("nearest", "most", "fewest"):
        question |= {name: True} if getattr(arguments, name) else {}
    if arguments.multiple_of is not None:
        question["multiple_of"] = whole(arguments.multiple_of, "--multiple-of")
    if arguments.divides is not None:
        question["divides"] = whole(arguments.divides, "--divides")
    if arguments.among is not None:
        question["among"] = sizes_in(arguments.among, "--among")
    solution = solve(thing, for_=arguments.for_, given=given, **question)
    if arguments.json:
        print_json(model=arguments.model, **facts_of_solution(solution))
    else:
        print(solution)
    return 0 if solution else 1


def solve_pairs(arguments: Arguments, thing: Any, given: dict[str, int], question: dict[str, Any]) -> int:
    """``symparams solve --for m,n``."""
    from ..questions.solving.pairs import solve_pairs

    for name in ("nearest", "most", "fewest", "divides"):
        if getattr(arguments, name):
            raise ArgumentError(f"--{name} is asked for one letter, not for {arguments.for_}")
    letters = [each.strip() for each in arguments.for_.split(",")]
    if arguments.multiple_of is not None:
        name, text = by_letter(arguments.multiple_of)
        by = whole(text, "--multiple-of")
        question["multiple_of"] = {name: by} if name else by
    if arguments.among is not None:
        name, text = by_letter(arguments.among)
        question["among"] = {each: sizes_in(text, "--among") for each in ([name] if name else letters)}
    pairs = solve_pairs(thing, for_=tuple(letters), given=given, **question)
    if arguments.json:
        print_json(model=arguments.model, **facts_of_pairs(pairs))
    else:
        print(pairs)
    return 0 if pairs else 1


def identify(arguments: Arguments) -> int:
    """``symparams identify``."""
    from ..questions.identifying.question import identify

    layers = [thing_of(arguments, text) if "(" in text or is_file(text) else text for text in arguments.layers]
    given: dict[str, Any] = {}
    for name, text in (pair(each, "NAME=SIZE") for each in arguments.sizes):
        if name in given:
            raise SizeError(f"{name} is given twice")
        axes = tuple(whole(each, name) for each in text.split(","))
        given[name] = axes if len(axes) > 1 else axes[0]
    found = identify(whole(arguments.number, "NUMBER"), layers or None, given)
    if arguments.json:
        readings = [
            {"layer": its.name, "sizes": its.sizes, "formula": its.formula.text(), "points": its.points} for its in found.readings
        ]
        print_json(number=found.number, total=found.total, readings=readings, searched=found.searched.splitlines())
    else:
        print(found)
    return 0 if found else 1


def growth(arguments: Arguments) -> int:
    """``symparams growth``."""
    from ..questions.growing.question import growth

    thing, given = thing_of(arguments, arguments.model), sizes_of(arguments.sizes)
    if arguments.against is not None:
        return against(arguments, thing, given)
    depth = None if arguments.depth is None else whole(arguments.depth, "--depth")
    grown = growth(thing, arguments.for_, given, at=sizes_in(arguments.at, "--at") if arguments.at else (), depth=depth)
    if not arguments.json:
        print(grown)
        return 0
    head, rows = grown.head, [dict(zip(grown.head, row, strict=True)) for row in grown.rows]
    shares = {size: {name: str(share) for name, share in grown.shares(size).items()} for size in grown.at}
    parts = [
        {"part": row[head[0]], "formula": row[head[1]], "shares": {size: its[row[head[0]]] for size, its in shares.items()}}
        | ({"limit": row[head[-1]]} if grown.foot else {})
        for row in rows
    ]
    more = {"leading": str(grown.leading), "degree": grown.degree} if grown.foot else {}
    return print_json(model=arguments.model, letter=grown.letter, parts=parts, **counted(grown.total), **more)


def against(arguments: Arguments, thing: Any, given: dict[str, int]) -> int:
    """``symparams growth --against``."""
    from ..questions.growing.crossings import crossings

    for name, its in (("--at", arguments.at), ("--depth", arguments.depth)):
        if its:
            raise ArgumentError(f"{name} goes without --against")
    found = crossings(thing, thing_of(arguments, arguments.against), arguments.for_, given)
    if arguments.json:
        larger = {1: "first", -1: "second", 0: None}
        runs = [{"first": run.first, "last": run.last, "larger": larger[run.sign]} for run in found.runs]
        print_json(first=arguments.model, second=arguments.against, letter=found.letter, overtakes=found.overtakes, runs=runs)
    else:
        print(found)
    return 0 if found else 1


# ---------------------------------------------------------------- what JSON says
def facts_of_solution(solution: Solution) -> dict[str, Any]:
    """The sizes and the proof."""
    many = sum(map(len_of, solution.ranges))
    return {
        "letter": solution.letter,
        "ranges": ranges_of(solution.ranges),
        "values": solution.values if many <= SHORT else None,
        "proof": solution.proof.splitlines(),
    }


def facts_of_pairs(pairs: Pairs) -> dict[str, Any]:
    """The rows, each a size of one letter and the ranges of the other."""
    rows = [{pairs.outer: size, pairs.inner: ranges_of(ranges)} for size, ranges in pairs.rows]
    return {"letters": pairs.letters, "total": len(pairs), "rows": rows, "reason": pairs.reason}


def ranges_of(ranges: Sequence[range]) -> list[dict[str, int]]:
    """Ranges with both ends."""
    return [{"first": each[0], "last": each[-1], "step": each.step} for each in ranges]


def len_of(each: range) -> int:
    """The length of a range that may be too long for ``len``."""
    return (each[-1] - each[0]) // each.step + 1
