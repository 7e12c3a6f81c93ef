"""What a user gives as ``letters=``: letters and expressions of letters, each with a number or with places."""

from __future__ import annotations

from ..errors import LetterError, brief, listed
from .frozen import Frozen
from .letter_expressions import expression_of
from .sizes import is_symbolic, size, symbol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from .algebra import Expr
    from .sizes import Dim

    Finder: TypeAlias = Callable[[str, object], list[str]]  # the places that a name means


class Given(Frozen):
    """One key of ``letters``: its text, its expression, its number, and the places that were named."""

    name: str
    size: Expr
    number: int
    places: tuple[str, ...] = ()

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters in it."""
        return tuple(sorted(letter.name for letter in self.size.free_symbols))

    @property
    def is_letter(self) -> bool:
        """Whether it is a single letter, and not an expression."""
        return self.letters == (self.name,)


def given_in(letters: object, find: Finder, places: Mapping[str, int]) -> list[Given]:
    """The keys of ``letters``. Raises :class:`LetterError` for what is not one, and for a place that is given twice."""
    if not hasattr(letters, "items"):
        raise LetterError(f"letters are given by name, as in letters={{'n': 300}}, not {brief(letters)}")
    sizes = expressions_of(list(letters.items()))
    found = [given_of(name, its, where, find, places) for name, (its, where) in sizes.items()]
    owner: dict[str, str] = {}
    for each in found:
        for place in each.places:
            if place in owner:
                raise LetterError(f"{owner[place]} and {each.name} are both given for {place}")
            owner[place] = each.name
    return found


def expressions_of(items: list[tuple[object, object]]) -> dict[str, tuple[Expr, object]]:
    """The expression of each key and what it is given, by the text of the key. A user's own symbol is that letter everywhere."""
    own = {key.name: key for key, _ in items if is_symbolic(key) and hasattr(key, "name")}
    found: dict[str, tuple[Expr, object]] = {}
    for key, where in items:
        if not isinstance(key, str) and not is_symbolic(key):
            raise LetterError(f"a letter is a name or a symbol, not {brief(key)}")
        made = expression_of(key) if isinstance(key, str) else key
        name = key if isinstance(key, str) else str(key)
        if isinstance(made, int) or not made.free_symbols:
            raise LetterError(f"{name!r} is not a valid name for a letter: it has no letter in it; write d_model, 3*d or T + 2")
        if name in found:
            raise LetterError(f"{name} is given twice")
        found[name] = made.xreplace({symbol(each): its for each, its in own.items()}), where
    return found


def given_of(name: str, its: Expr, where: object, find: Finder, places: Mapping[str, int]) -> Given:
    """One key with its number, or the number at its places."""
    if not isinstance(where, str | list | tuple):
        number = size(where, f"letters: {name}")
        if not isinstance(number, int):
            raise LetterError(f"letters: {name} is a number such as 300 or a place such as 'lstm.units', not {brief(where)}")
        return Given(name=name, size=its, number=number)
    named = [where] if isinstance(where, str) else where
    found = [place for each in named for place in find(name, each)]
    numbers = {places[place] for place in found}
    if len(numbers) != 1:
        raise LetterError(f"{name} must be one number, not {listed(sorted(numbers)) or 'none'} ({listed(found)})")
    number = numbers.pop()
    size(number, f"{name} at {found[0]}")
    return Given(name=name, size=its, number=number, places=tuple(found))


# ---------------------------------------------------------------- the numbers of the letters
def values_of(given: list[Given]) -> dict[str, int]:
    """The number of each letter. That of a letter with no key of its own follows from an expression.

    Raises :class:`LetterError` for an expression that is another number, or that leaves a letter open.
    """
    values = {each.name: each.number for each in given if each.is_letter}
    waiting = [each for each in given if not each.is_letter]
    while waiting:
        solved = next((each for each in waiting if len({*each.letters} - values.keys()) <= 1), None)
        if solved is None:
            unknown = sorted({*waiting[0].letters} - values.keys())
            raise LetterError(f"{waiting[0].name} = {waiting[0].number} leaves {listed(unknown)} open: give the number of each")
        waiting.remove(solved)
        for letter in {*solved.letters} - values.keys():
            values[letter] = solution_of(solved, letter, values)
        number = number_of(solved.size, values)
        if number != solved.number:
            raise LetterError(f"{solved.name} is {number} where {values_shown(solved, values)}, not {solved.number}")
    return values


def number_of(its: Expr, values: Mapping[str, int]) -> Dim:
    """The number of an expression, an int where it is a whole one."""
    from .algebra import number, rational

    made = its.xreplace({letter: rational(values[letter.name]) for letter in its.free_symbols if letter.name in values})
    whole = number(made)
    return made if whole is None else whole


def solution_of(given: Given, letter: str, values: Mapping[str, int]) -> int:
    """The number of the one open letter of an expression, which must be linear in it."""
    one, two, three = (number_of(given.size, {**values, letter: value}) for value in (1, 2, 3))
    if isinstance(one, int) and isinstance(two, int) and isinstance(three, int):
        step = two - one
        if step and three - two == step and (given.number - one) % step == 0 and (given.number - one) // step >= 0:
            return (given.number - one) // step + 1
    raise LetterError(f"{given.name} = {given.number} does not give {letter}: give the number of {letter} as well")


def values_shown(given: Given, values: Mapping[str, int]) -> str:
    return listed(f"{letter} is {values[letter]}" for letter in given.letters)
