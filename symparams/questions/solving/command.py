"""``symparams solve``, ``identify`` and ``growth``: the questions of the command line, answered by the library, and printed."""

from __future__ import annotations

from ..errors import ArgumentError, SizeError
from .model_files import is_file
from .models import name_and_value, sizes_of
from .output import give
from .values import letter_and_rest, sizes_in, thing_of, whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..questions.countable_subjects import Subject
    from . import Arguments


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
        question["within"] = arguments.within if arguments.within.endswith("%") else whole_number(arguments.within, "--within")
    if arguments.for_ is not None and "," in arguments.for_:
        return solve_pairs(arguments, thing, given, question)
    for name in ("nearest", "most", "fewest"):
        question |= {name: True} if getattr(arguments, name) else {}
    if arguments.multiple_of is not None:
        question["multiple_of"] = whole_number(arguments.multiple_of, "--multiple-of")
    if arguments.divides is not None:
        question["divides"] = whole_number(arguments.divides, "--divides")
    if arguments.among is not None:
        question["among"] = sizes_in(arguments.among, "--among")
    solution = solve(thing, for_=arguments.for_, given=given, **question)
    give(arguments, solution, model=arguments.model)
    return 0 if solution else 1


def solve_pairs(arguments: Arguments, thing: Subject, given: dict[str, int], question: dict[str, Any]) -> int:
    """``symparams solve --for m,n``."""
    from ..questions.solving.pairs import solve_pairs

    for name in ("nearest", "most", "fewest", "divides"):
        if getattr(arguments, name):
            raise ArgumentError(f"--{name} applies to one letter, not to {arguments.for_}")
    letters = [each.strip() for each in arguments.for_.split(",")]
    if arguments.multiple_of is not None:
        name, text = letter_and_rest(arguments.multiple_of)
        by = whole_number(text, "--multiple-of")
        question["multiple_of"] = {name: by} if name else by
    if arguments.among is not None:
        name, text = letter_and_rest(arguments.among)
        question["among"] = {each: sizes_in(text, "--among") for each in ([name] if name else letters)}
    pairs = solve_pairs(thing, for_=tuple(letters), given=given, **question)
    give(arguments, pairs, model=arguments.model)
    return 0 if pairs else 1


def identify(arguments: Arguments) -> int:
    """``symparams identify``."""
    from ..questions.identifying.question import identify

    layers = [thing_of(arguments, text) if "(" in text or is_file(text) else text for text in arguments.layers]
    given: dict[str, int | tuple[int, ...]] = {}
    for name, text in (name_and_value(each, "NAME=SIZE") for each in arguments.sizes):
        if name in given:
            raise SizeError(f"{name} is given twice")
        axes = tuple(whole_number(each, name) for each in text.split(","))
        given[name] = axes if len(axes) > 1 else axes[0]
    found = identify(whole_number(arguments.number, "NUMBER"), layers or None, given)
    give(arguments, found)
    return 0 if found else 1


def growth(arguments: Arguments) -> int:
    """``symparams growth``."""
    from ..questions.growing.question import growth

    thing, given = thing_of(arguments, arguments.model), sizes_of(arguments.sizes)
    if arguments.against is not None:
        return against(arguments, thing, given)
    depth = None if arguments.depth is None else whole_number(arguments.depth, "--depth")
    grown = growth(thing, arguments.for_, given, at=sizes_in(arguments.at, "--at") if arguments.at else (), depth=depth)
    give(arguments, grown, model=arguments.model)
    return 0


def against(arguments: Arguments, thing: Subject, given: dict[str, int]) -> int:
    """``symparams growth --against``."""
    from ..questions.growing.crossings import crossings

    for name, its in (("--at", arguments.at), ("--depth", arguments.depth)):
        if its:
            raise ArgumentError(f"{name} cannot be used with --against")
    found = crossings(thing, thing_of(arguments, arguments.against), arguments.for_, given)
    give(arguments, found, first=arguments.model, second=arguments.against)
    return 0 if found else 1
