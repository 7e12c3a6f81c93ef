"""``symparams solve``: the sizes that give a count, for one letter or several."""

from __future__ import annotations

from ...errors import ArgumentError
from ..command import LETTER, OTHERS, SWITCH, THING, Command
from ..values import letter_and_rest, sizes_in, sizes_of, whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from ..command import CommandLine
    from ..countable_subjects import Subject
    from .pairs import Pairs
    from .sizes_found import SizesFound


def run(asked: CommandLine) -> int:
    """Exit status 1 when no size gives the count."""
    from .question import solve

    refuse_bare_numbers(asked.sizes)
    thing, given = asked.thing_of(asked.model), sizes_of(asked.sizes)
    question = {
        name: asked.thing_of(text) for name in ("equals", "at_most", "at_least") if (text := getattr(asked, name)) is not None
    }
    if asked.within is not None:
        question["within"] = asked.within if asked.within.endswith("%") else whole_number(asked.within, "--within")
    if asked.for_ is not None and "," in asked.for_:
        return run_several(asked, thing, given, question)
    if asked.where:
        raise ArgumentError("--where has conditions on several letters: ask for these, as in --for d,h")
    for name in ("nearest", "most", "fewest"):
        question |= {name: True} if getattr(asked, name) else {}
    if asked.multiple_of is not None:
        question["multiple_of"] = multiple_in(asked.multiple_of)
    if asked.divides is not None:
        question["divides"] = whole_number(asked.divides, "--divides")
    if len(asked.among) > 1:
        raise ArgumentError("--among is given twice; for several letters, ask for these, as in --for d,h")
    if asked.among:
        question["among"] = among_in(asked.among[0])
    solution = solve(thing, for_=asked.for_, given=given, **question)
    asked.give(solution, model=asked.model)
    return 0 if solution else 1


def refuse_bare_numbers(sizes: Sequence[str]) -> None:
    """A number among the sizes is the count that is asked for, without its option."""
    for text in sizes:
        if text[:1].isdigit() and "=" not in text:
            raise ArgumentError(f"{text!r} is not a size such as n=300; for a count write --equals, --at-most or --at-least {text}")


def run_several(asked: CommandLine, thing: Subject, given: dict[str, int], question: dict[str, Any]) -> int:
    """``--for m,n``: pairs, or a grid of sizes for more letters, for one point and under conditions."""
    from .pairs import solve_pairs
    from .question import solve

    if asked.divides:
        raise ArgumentError(f"--divides applies to one letter, not to {asked.for_}; say it as --where '768 % n == 0'")
    letters = [each.strip() for each in asked.for_.split(",")]
    question |= {
        name: values
        for name, texts, read in (("multiple_of", [asked.multiple_of], multiple_in), ("among", asked.among, among_in))
        if (values := by_letter(texts, letters, read))
    }
    one: dict[str, Any] = {name: True for name in ("nearest", "most", "fewest") if getattr(asked, name)}
    if len(letters) == 2 and not one and not asked.where:
        found: Pairs | SizesFound = solve_pairs(thing, for_=tuple(letters), given=given, **question)
    else:
        found = solve(thing, for_=letters, given=given, where=asked.where or None, **one, **question)
    asked.give(found, model=asked.model)
    return 0 if found else 1


def by_letter(texts: Sequence[str | None], letters: Sequence[str], read: Callable[[str], Any]) -> dict[str, Any]:
    """``n=64`` for one letter, ``64`` for each."""
    found: dict[str, Any] = {}
    for text in texts:
        if text is not None:
            name, rest = letter_and_rest(text)
            found |= dict.fromkeys([name] if name else letters, read(rest))
    return found


def multiple_in(text: str) -> int:
    return whole_number(text, "--multiple-of")


def among_in(text: str) -> Any:
    return sizes_in(text, "--among")


COMMAND = Command(
    name="solve",
    help="the sizes that give a count, and the proof that there are no others; exit status 1 when there are none",
    options={
        "model": {"metavar": "MODEL", "help": THING},
        "sizes": OTHERS,
        "--for": {**LETTER, "help": "the letter to solve for, or several: m,n"},
        "--equals": {"metavar": "COUNT", "help": "the number of parameters, or a model that has this number"},
        "--nearest": {**SWITCH, "help": "with --equals: the sizes whose count comes nearest"},
        "--within": {"metavar": "COUNT", "help": "with --equals: how far off a count may be, such as 1000 or 1%%"},
        "--at-most": {"dest": "at_most", "metavar": "COUNT", "help": "the largest size with at most this many parameters"},
        "--at-least": {"dest": "at_least", "metavar": "COUNT", "help": "the smallest size with at least this many parameters"},
        "--most": {**SWITCH, "help": "the sizes with the most parameters"},
        "--fewest": {**SWITCH, "help": "the sizes with the fewest parameters"},
        "--multiple-of": {
            "dest": "multiple_of",
            "metavar": "NUMBER",
            "help": "only multiples of a number, such as 64, or of one letter, n=64",
        },
        "--divides": {"metavar": "NUMBER", "help": "only divisors of a number, such as the number of heads for a width"},
        "--among": {
            "metavar": "SIZES",
            "action": "append",
            "default": [],
            "help": "only these sizes: 64,128,256 or 1-1000; with several letters n=1-1000, once for each",
        },
        "--where": {
            "metavar": "CONDITION",
            "action": "append",
            "default": [],
            "help": 'with several letters: a condition such as "d %% h == 0"; may be given several times',
        },
    },
    run=run,
)
