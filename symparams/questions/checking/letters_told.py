"""The meanings that a user gives for the letters of a formula."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.polynomial import of_size
from ...core.sizes import is_symbolic, size
from ...core.terms import ONE
from ...errors import LetterError, brief, listed, nearest
from .model_forms import letter_terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import ByLetter, Dim
    from ...core.terms import Terms
    from .model_in_letters import ModelInLetters


class Told(Frozen):
    """The possible meanings of each letter that is told: of a number, a size of the model, or the number itself.

    ``pinned`` has the letters that are told as letters of the model, by these."""

    meanings: dict[str, list[Terms]]
    pinned: dict[str, list[str]]

    def tellings(self) -> list[dict[str, Terms]]:
        """The letters with their first meanings, and with their last, where these are others: with twelve heads in each of
        twelve blocks, 12 may be either."""
        first, last = ({name: terms[at] for name, terms in self.meanings.items()} for at in (0, -1))
        return [first] if first == last else [first, last]


def letters_told(letters: ByLetter[str | Dim] | None, model: ModelInLetters) -> Told:
    """The meanings of letters that the user gives, as terms in the model's letters."""
    told = Told({}, {})
    if letters is None:
        return told
    if not hasattr(letters, "items"):
        raise LetterError(f"letters are given by name, as in letters={{'h': 'n'}}, not {brief(letters)}")
    for key, value in letters.items():
        name = key if isinstance(key, str) else getattr(key, "name", None)
        if not isinstance(name, str):
            raise LetterError(f"a letter is a name or a symbol, not {brief(key)}")
        if isinstance(value, str):
            told.meanings[name] = [letter_terms(known_letter(name, value, model))]
            if value in model.values:
                told.pinned.setdefault(value, []).append(name)
        elif is_symbolic(value):
            told.meanings[name] = [of_size(size(value, f"letters: {name}")).terms]
        else:
            number = size(value, f"letters: {name}")
            assert isinstance(number, int)
            told.meanings[name] = meanings_of_number(number, model)
    return told


def known_letter(name: str, letter: str, model: ModelInLetters) -> str:
    """A letter of the model. Raises :class:`LetterError` for any other."""
    if letter not in model.letters:
        raise LetterError(
            f"letters: {name} cannot be {letter}: the model's letters are {letters_in_words(model)}{nearest(letter, model.letters)}"
        )
    return letter


def meanings_of_number(number: int, model: ModelInLetters) -> list[Terms]:
    """The meanings of a number: the size of the model with that number, and a number of copies; without either, the number."""
    mere: Terms = {ONE: number}
    if number <= 1 or number not in model.equal_sizes:
        return [mere]
    size = letter_terms(model.equal_sizes[number][0])
    return [size, mere] if number in model.numbers else [size]


def letters_in_words(model: ModelInLetters) -> str:
    """The model's letters, with the numbers that they replace."""
    first = {names[0] for names in model.equal_sizes.values()}
    shown = [name for name in model.letters if name not in model.values or name in first]
    return listed(f"{name} = {model.values[name]}" if name in model.values else name for name in shown) or "none"
