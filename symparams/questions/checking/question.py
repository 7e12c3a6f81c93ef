"""``check``: where a formula written by hand is wrong."""

from __future__ import annotations

from itertools import product

from ...core.polynomial import of_size
from ...core.sizes import is_symbolic, size
from ...core.terms import ONE
from ...errors import LetterError, brief, letters_known, listed, nearest
from .answer import Check
from .expanding import expand
from .letter_matching import MOST_TRIES, LetterMatching
from .model_forms import letter_terms
from .model_in_letters import model_in_letters
from .parsing import formula_and_claim
from .proving import prove_reading
from .quotients import reading_with_quotients
from .reading import equally_good_readings
from .text_meanings import is_size_mark, notations_with_sizes, possible_notations, size_mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ...core.formula import Formula
    from ...core.model import Countable
    from ...core.notation.forms import Notation
    from ...core.sizes import ByLetter, Dim
    from ...core.terms import Terms
    from .model_in_letters import ModelInLetters
    from .reading import FormulaReading


def check(formula_text: str, model: Formula | Countable, letters: ByLetter[str | Dim] | None = None) -> Check:
    r"""The terms that a formula lacks, has too much of, or has with a wrong factor, each with the tensor that owns it.

    ``formula_text`` is Python or LaTeX, as it is pasted: ``4*(n*m + n**2)``, ``12Ld^2``, ``4 \times [n(m+1)+n^2]``. ``model``
    is a layer, a model or a :class:`Formula`. The formula's letters are the model's letters of the same name, or are found by
    trial; ``letters={"h": "n"}`` says which is which, by the model's letter or by a size (``{"h": 256}``).

    Raises :class:`TextError` for an invalid formula, :class:`LetterError` for letters that do not fit.

    >>> from symparams.layers import LSTM
    >>> answer = check("4(nm + n^2)", LSTM.symbolic())
    >>> [(row.verdict, row.times(row.its), row.owners) for row in answer.wrong]
    [('missing', '4*n', ['bias'])]
    >>> check("4h(x + h + 1)", LSTM.symbolic()).agrees
    True
    """
    text, claimed = formula_and_claim(formula_text)
    its = model_in_letters(model)
    told = letters_told(letters, its)
    tellings = [told]
    if (otherwise := letters_told(letters, its, its.numbers)) != told:
        tellings.append(otherwise)
    best: tuple[FormulaReading, Notation, list[FormulaReading]] | None = None
    tries = 0
    marks: dict[str, Terms] = {size_mark(number): letter_terms(name) for name, number in its.values.items()}
    for notation, telling in product(notations_of_text(text, its, told), tellings):
        readings = LetterMatching(expand(notation), its, {**telling, **marks}).readings(MOST_TRIES - tries)
        tries += len(readings)
        if best is None or readings[0].merit < best[0].merit:
            best = readings[0], notation, readings
        if best[0].fits or tries >= MOST_TRIES:
            break
    assert best is not None, "a text has at least one reading"
    reading, notation, readings = best
    letters_read = [name for name in reading.letters if not is_size_mark(name)]
    unknown = told.keys() - set(letters_read)
    if unknown:
        raise LetterError(f"letters: the formula has no {listed(sorted(unknown))}; {letters_known(letters_read)}")
    where: dict[str, Terms] = {}
    if not reading.fits and (found := reading_with_quotients(readings, its)):
        reading, where = found
    prove_reading(notation, reading)
    rivals = [other for other in readings[1:] if other.fits] if not reading.fits else []
    others = [] if where else rivals or equally_good_readings(readings)
    return Check(notation, its, reading, others, claimed, where)


def notations_of_text(text: str, model: ModelInLetters, told: Mapping[str, Terms]) -> list[Notation]:
    """The notations that a formula's text may mean."""
    known = {*model.letters, *told}
    sizes = set(model.values.values())
    return [sized for notation in possible_notations(text, known) for sized in notations_with_sizes(notation, sizes)]


def letters_told(letters: ByLetter[str | Dim] | None, model: ModelInLetters, numbers: Collection[int] = ()) -> dict[str, Terms]:
    """The meanings of letters that the user gives, as terms in the model's letters. A number is the model's letter for it,
    except for ``numbers``: with twelve heads in each of twelve blocks, 12 may be either."""
    if letters is None:
        return {}
    if not hasattr(letters, "items"):
        raise LetterError(f"letters are given by name, as in letters={{'h': 'n'}}, not {brief(letters)}")
    found: dict[str, Terms] = {}
    by_number = {number: name for name, number in model.values.items() if number > 1 and number not in numbers}
    for key, value in letters.items():
        name = key if isinstance(key, str) else getattr(key, "name", None)
        if not isinstance(name, str):
            raise LetterError(f"a letter is a name or a symbol, not {brief(key)}")
        if isinstance(value, str):
            if value not in model.letters:
                raise LetterError(
                    f"letters: {name} cannot be {value}: the model's letters are {letters_in_words(model)}{nearest(value, model.letters)}"
                )
            found[name] = letter_terms(value)
        elif is_symbolic(value):
            found[name] = of_size(size(value, f"letters: {name}")).terms
        else:
            number = size(value, f"letters: {name}")
            assert isinstance(number, int)
            found[name] = letter_terms(by_number[number]) if number in by_number else {ONE: number}
    return found


def letters_in_words(model: ModelInLetters) -> str:
    """The model's letters, with the numbers that they replace."""
    return listed(f"{name} = {model.values[name]}" if name in model.values else name for name in model.letters) or "none"
