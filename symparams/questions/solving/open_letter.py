"""The letter that is asked for, and the sizes of the others."""

from __future__ import annotations

from functools import reduce
from operator import add

from ...core.formula import Values
from ...errors import LetterError, letters_known, listed, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from ...core.formula import Formula
    from ...core.sizes import ByLetter, Dim
    from ..countable_subjects import Signed

    Sizes: TypeAlias = Mapping[str, Dim]


def formulas_and_sizes(counts: Sequence[Signed], for_: object, given: ByLetter[Dim] | None) -> tuple[list[Formula], list[Sizes]]:
    """The formulas, and the sizes that each is given. Sizes in other letters (``{"f": 4*d}``) are substituted at once."""
    formulas = [formula for _, formula in counts]
    given = with_own_sizes(formulas, for_, given)
    if len(formulas) == 1 or not hasattr(given or {}, "items"):
        values: list[Sizes] = [formulas[0]._values(given, {}) if given else {}]
    else:
        values = _sizes_by_formula(counts, for_, given or {})
    kinds = {type(size) for sizes in values for size in sizes.values()}
    if kinds <= {int}:
        return formulas, values
    return [formula.given(sizes) for formula, sizes in zip(formulas, values, strict=True)], [{} for _ in formulas]


def with_own_sizes(formulas: Sequence[Formula], for_: object, given: ByLetter[Dim] | None) -> ByLetter[Dim] | None:
    """The given sizes, and those that letters bring along, once it is said which letter is asked for."""
    own = {name: size for formula in formulas for name, size in formula.own_sizes.items()}
    if for_ is None or not own or not hasattr(given if given is not None else {}, "items"):
        return given
    said = dict((given or {}).items())
    names = {_letter_name(for_), *map(_letter_name, said)}
    return {**{name: size for name, size in own.items() if name not in names}, **said}


def _sizes_by_formula(counts: Sequence[Signed], for_: object, given: ByLetter[Dim]) -> list[Sizes]:
    """The given sizes divided between formulas: each gets those of its own letters, and a size for each letter that cancels."""
    letters = {name for _, formula in counts for name in formula.letters}
    of_a_model = isinstance(given, Values)
    sizes = dict(given.items())
    names = {_letter_name(key) for key in sizes}
    known = letters.union(*(formula.all_symbols for _, formula in counts))  # with those that cancel in a count
    for key in sizes:
        if _letter_name(key) not in known and not of_a_model:
            raise LetterError(f"no letter {key} here; {letters_known(sorted(letters))}{nearest(_letter_name(key), letters)}")
    spare = cancelled_letters(counts, letters) - names - {_letter_name(for_)}
    if for_ is not None or letters - spare - names:
        sizes |= dict.fromkeys(spare, 1)
    return [
        formula._values({key: size for key, size in sizes.items() if _letter_name(key) in formula.symbols}, {})
        for _, formula in counts
    ]


def cancelled_letters(counts: Sequence[Signed], letters: set[str]) -> set[str]:
    """The letters that are not in the difference, and that no size depends on."""
    polynomial = reduce(add, (formula.polynomial.scaled(sign) for sign, formula in counts))
    used = {letter.name for monomial in polynomial.terms for name, _ in monomial for letter in polynomial.atoms[name].free_symbols}
    used |= {letter.name for _, formula in counts for size in formula.doubtful_sizes for letter in size.free_symbols}
    return letters - used


def letter_asked_for(for_: object, formulas: Sequence[Formula], values: Sequence[Sizes], who: str = "solve") -> str:
    """The name of the letter that is asked for, once every other letter has a size."""
    one = len(formulas) == 1
    known = values[0].keys() if one else {name for sizes in values for name in sizes}
    letters = list(formulas[0].symbols) if one else sorted({name for formula in formulas for name in formula.symbols})
    if for_ is None:
        open_ones = [name for name in letters if name not in known]
        if len(open_ones) != 1:
            has = f"{listed(open_ones)} are open" if open_ones else "no letter is open"
            raise LetterError(f"{who}: for which letter? In {formulas[0]}, {has}; choose one and give sizes for the others")
        return open_ones[0]
    if isinstance(for_, tuple | list | set):
        raise LetterError(f"{who} takes one letter, not {listed(map(str, for_)) or 'none'}; solve_pairs takes two")
    name = _letter_name(for_)
    holders = [formula for formula in formulas if name in formula.symbols]
    if not holders:
        formulas[0]._name(for_)  # raises the error that lists the letters
    for formula in holders:
        if not isinstance(for_, str) and for_ != formula.symbols[name]:
            raise LetterError(
                f"{name} is not the formula's {name}: the two symbols have different assumptions; use symparams.symbols({name!r})"
            )
    if name in known:
        raise LetterError(f"{name} is both asked for and given")
    missing = [letter for letter in letters if letter not in known and letter != name]
    if missing:
        has = f"given {listed(sorted(known))}" if known else "none given"
        raise LetterError(f"cannot solve for {name}: no size for {listed(missing)} ({has}); add given={{{missing[0]!r}: ...}}")
    return name


def _letter_name(key: object) -> str:
    """The name of a letter that is given as a string or a symbol."""
    return key if isinstance(key, str) else getattr(key, "name", str(key))
