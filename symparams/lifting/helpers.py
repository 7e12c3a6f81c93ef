"""Helpers of a builder's that only compute, such as ``make_divisible``: followed along every branch.

A comparison in a builder's code is a condition of the formula, since nobody knows what the other branch would make. A function of
numbers that does nothing but compute may be run again: each comparison in it is then a part of the size that it gives,
``new + 8 if new < 0.9*v else new``. Its code is replaced, while a builder runs, by a call of :class:`Helper`.
"""

from __future__ import annotations

import builtins
import dis
import inspect
import math
import sys
from types import CellType, CodeType, FunctionType

from .conditions import choice
from .following import FOLLOWED, Followed
from .stand_ins import STAND_INS
from .tagged_numbers import RECORDINGS, TaggedFloat, TaggedInt, expression_of, plain, tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .conditions import Comparison
    from .expressions import Expression
    from .tagged_numbers import Plain

MOST_BRANCHES = 32
LONGEST = 200  # instructions
DEEPEST = 3  # helpers that call each other

# What only computes: an instruction that is not named here may do anything.
STARTS = ("LOAD_FAST", "STORE_FAST", "LOAD_CONST", "LOAD_SMALL_INT", "LOAD_DEREF", "BINARY_OP", "COMPARE_OP", "UNARY_", "POP_JUMP_",
          "JUMP_", "RETURN_", "CALL", "PRECALL", "FORMAT_")  # fmt: skip
COMPUTING = set("RESUME NOP CACHE PUSH_NULL KW_NAMES COPY_FREE_VARS LOAD_GLOBAL IS_OP TO_BOOL POP_TOP SWAP COPY EXTENDED_ARG NOT_TAKEN "
                "RAISE_VARARGS LOAD_ASSERTION_ERROR LOAD_COMMON_CONSTANT BUILD_STRING CONVERT_VALUE".split())  # fmt: skip
CALLED = {"int", "max", "min", "round", "bool", "ValueError", "AssertionError", "TypeError"}
OF_MATH = {"ceil", "floor", "sqrt", "log2", "log", "log10", "isqrt"}
NOT_ONE_CALL = (
    inspect.CO_VARARGS | inspect.CO_VARKEYWORDS | inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
)


class NotFollowed(Exception):
    """A helper gives something else than a number on one of its branches, or has too many."""


class Raises(NotFollowed):
    """A branch raises an error, as at numbers that it is not meant for."""


class Helper:
    """Stands in the code of a helper: called with the variables of its outer functions, and its arguments."""

    def __init__(self, code: CodeType) -> None:
        self.code = code

    def __call__(self, outer: Sequence[object], given: Sequence[object]) -> object:
        scope = sys._getframe(1).f_globals
        function = FunctionType(self.code, scope, None, None, tuple(map(CellType, outer)))
        positional = self.code.co_argcount
        named = dict(zip(self.code.co_varnames[positional:], given[positional:], strict=False))

        def run() -> object:
            return function(*given[:positional], **named)

        values = [*outer, *given]
        if not any(map(is_tagged, values)) or not all(map(is_simple, values)) or not uses_only_helpers(self.code, scope):
            return run()
        try:
            return Branches(run).number()
        except NotFollowed:
            return run()


def is_tagged(value: object) -> bool:
    return isinstance(value, TaggedInt | TaggedFloat)


def is_simple(value: object) -> bool:
    return value is None or isinstance(value, int | float | str)


# ---------------------------------------------------------------- running it along every branch
class Branches:
    """All branches of one call of a helper."""

    def __init__(self, run: Callable[[], object]) -> None:
        self.run, self.left = run, MOST_BRANCHES

    def number(self) -> Plain:
        """What the helper gives, with one expression for all of its branches."""
        value, outcomes = self.one_run([])
        self.whole = isinstance(value, int)
        expression = self.rest(value, outcomes, 0, True)
        return tagged(plain(value), expression)

    def one_run(self, forced: Sequence[bool]) -> tuple[Plain, Sequence[tuple[Comparison, bool]]]:
        """One run with its first comparisons as forced."""
        FOLLOWED.append(Followed(forced))
        try:
            value = self.run()
        except Exception as error:
            raise Raises from error
        finally:
            its = FOLLOWED.pop()
        if its.lost or not isinstance(value, int | float) or isinstance(value, bool):
            raise NotFollowed
        return value, its.outcomes

    def rest(self, value: Plain, outcomes: Sequence[tuple[Comparison, bool]], place: int, real_way: bool) -> Expression:
        """The expression from one comparison on, given how those before it came out; on the real way, they did come out so."""
        if isinstance(value, int) is not self.whole:
            raise NotFollowed
        if place == len(outcomes):
            return expression_of(value)
        comparison, outcome = outcomes[place]
        as_it_came = self.rest(value, outcomes, place + 1, real_way)
        self.left -= 1
        if not self.left:
            raise NotFollowed
        try:
            other = self.one_run([*(its for _, its in outcomes[:place]), not outcome])
        except Raises:
            if not real_way:
                raise
            RECORDINGS[-1].noted(comparison, outcome)
            return as_it_came
        otherwise = self.rest(*other, place + 1, False)
        return choice(comparison, *((as_it_came, otherwise) if outcome else (otherwise, as_it_came)))


# ---------------------------------------------------------------- its code
def is_helper(code: CodeType) -> bool:
    """Whether code computes with its arguments, does nothing else, and has branches."""
    return has_branches(code) and only_computes(code)


def has_branches(code: CodeType) -> bool:
    return any(each.opname in ("COMPARE_OP", "TO_BOOL") or "POP_JUMP" in each.opname for each in dis.get_instructions(code))


def only_computes(code: CodeType) -> bool:
    """Whether no instruction of code does anything else; what the globals in it are is seen when it is called."""
    if code.co_flags & NOT_ONE_CALL or code.co_cellvars or "__class__" in code.co_freevars:
        return False
    instructions = list(dis.get_instructions(code))
    return len(instructions) <= LONGEST and all(map(computes, instructions, [None, *instructions]))


def computes(its: dis.Instruction, before: dis.Instruction | None) -> bool:
    if its.opname in ("LOAD_ATTR", "LOAD_METHOD"):
        return its.argval in OF_MATH and before is not None and before.opname == "LOAD_GLOBAL" and before.argval == "math"
    return its.opname in COMPUTING or its.opname.startswith(STARTS)


def uses_only_helpers(code: CodeType, scope: Mapping[str, object], deep: int = 0) -> bool:
    """Whether every global that code uses is a number, one of Python's own functions, or a function that only computes, too."""
    return all(is_pure(each.argval, scope, deep) for each in dis.get_instructions(code) if each.opname == "LOAD_GLOBAL")


def is_pure(name: str, scope: Mapping[str, object], deep: int) -> bool:
    missing = name not in scope
    its = getattr(builtins, name, None) if missing else scope[name]
    if missing or its is STAND_INS.get(name):
        return name in CALLED
    if isinstance(its, FunctionType) and deep < DEEPEST:
        code = next((each.code for each in its.__code__.co_consts if isinstance(each, Helper)), its.__code__)
        return only_computes(code) and uses_only_helpers(code, its.__globals__, deep + 1)
    return its is math or is_simple(its)


def calling(code: CodeType) -> CodeType:
    """Code with the same arguments and outer variables that has a :class:`Helper` run the given code."""
    scope: dict[str, FunctionType] = {}
    outer, positional = code.co_freevars, code.co_varnames[: code.co_argcount]
    named = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    only_here = positional[: code.co_posonlyargcount]
    signature = [*only_here, *(["/"] if only_here else []), *positional[len(only_here) :], *(["*", *named] if named else [])]
    helper = "helper" + "_" * max(map(len, (*outer, *positional, *named, "")))  # longer than any other name
    source = f"""def outside({", ".join(outer)}):
    def inside({", ".join(signature)}):
        {helper} = {MARK!r}
        return {helper}(({"".join(f"{name}, " for name in outer)}), ({"".join(f"{name}, " for name in (*positional, *named))}))
    return inside"""
    exec(source, scope)  # noqa: S102  (names of a function that Python has compiled)
    inside: FunctionType = scope["outside"](*outer)
    made = inside.__code__
    if made.co_freevars != outer:
        return code
    constants = tuple(Helper(code) if constant == MARK else constant for constant in made.co_consts)
    return made.replace(co_consts=constants, co_name=code.co_name, co_filename=code.co_filename, co_firstlineno=code.co_firstlineno)


MARK = "the helper"
