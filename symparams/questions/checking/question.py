"""``check``: where a formula written by hand is wrong."""

from __future__ import annotations

from functools import cached_property
from itertools import product

from ..._startup.boundary import entrance
from ...core.formula import Formula
from ...core.frozen import Frozen
from ...core.model import Countable
from ...core.notation.forms import Mul, letters_of
from ...core.terms import ONE, exact
from ...errors import LetterError, SymparamsError, TextError, letters_known, listed
from .answer import Check, Here
from .expanding import expand
from .folding import folded_numbers
from .in_general import in_general
from .letter_matching import MOST_TRIES, LetterMatching
from .letters_told import letters_told
from .model_forms import letter_terms, letters_in_terms
from .model_in_letters import models_in_letters
from .parsing import formula_and_claim, unit_of_rounded
from .proving import prove_reading
from .quotients import reading_with_quotients
from .reading import equally_good_readings
from .refining import Refining
from .right_readings import MARK, RightReadings, letter_of
from .rows import MISSING, RIGHT
from .text_meanings import is_size_mark, marked_size, notations_with_sizes, possible_notations, size_mark
from .written_terms import written_terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from ...core.notation.forms import Notation
    from ...core.sizes import ByLetter, Dim
    from ...core.terms import Terms
    from .letters_told import Told
    from .model_in_letters import ModelInLetters
    from .reading import FormulaReading


@entrance
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
    refuse_reported_number(formula_text)
    text, claimed = formula_and_claim(formula_text)
    ways = models_in_letters(model)
    questions = [Question(text, claimed, its, letters_told(letters, its)) for its in ways]
    unit = unit_of_rounded(text)
    is_letter = bool(letters) or any(unit in {*its.letters, *its.count.letters} for its in ways)
    if unit and not is_letter and all(each.right() is None for each in questions):
        raise TextError(no_formula(text, "a rounded number"))
    if not questions[0].is_in_own_letters:
        questions.sort(key=lambda each: not each.model.values)
    found = answered(questions)
    if isinstance(model, Countable) and not (found.agrees or found.gives_this_count or found.where):
        alone = "" if found.letters else only_one_layer(model, found.value)
        usual = bool(found.letters) or not is_a_number_alone(found)
        plain = usual and all(row.verdict == MISSING for row in found.wrong)
        found.counted = alone or ("" if plain else way_of_counting(model, found.value, usual=usual))
    return found


def refuse_reported_number(text: str) -> None:
    """Refuses a number with a word for its unit, or for what it counts, of which a formula would make a product of letters."""
    from ..reconciling.reported_number import kind_in_words

    if kind := kind_in_words(text):
        raise TextError(no_formula(text.strip(), kind))


def no_formula(text: str, kind: str) -> str:
    """The error for a reported number in place of a formula."""
    return f"{text} is {kind} and no formula: reconcile says how a model fits a reported number"


def is_a_number_alone(found: Check) -> bool:
    """Whether no term of a formula is right, its terms added up, so that its value can tell what was counted."""
    has_right = any(row.verdict == RIGHT for row in found.rows_by_term)
    return not has_right and found.reading.factor is None


def only_one_layer(model: Countable, value: object) -> str:
    """The clause that a number is the count of one layer of several; empty where it is not, or that of different ones."""
    counts = {part.name: Formula(part.node).polynomial.constant() for part in model.parts}
    alone = [name for name, count in counts.items() if count == value]
    return f"only {alone[0]} is counted" if len(alone) == 1 < len(counts) and value else ""


def way_of_counting(model: Countable, value: object, *, usual: bool) -> str:
    """The way of counting that gives a number, where there is a clear one; with ``usual``, where the terms of a formula tell much
    already, a single change that is hardly met by chance."""
    from ..reconciling.question import reconcile

    if not isinstance(value, int) or value <= 0:
        return ""
    try:
        answer = reconcile(model, value)
    except SymparamsError:  # a letter without a size
        return ""
    if usual and (answer.verdict != "cause" or answer.chance > HARDLY or len(answer.readings[0].sentences) > 1):
        return ""
    return str(answer.readings[0]) if answer.verdict in ("cause", "alternatives") else ""


HARDLY = 0.02  # the chance that a value is met by a way of counting where the terms of a formula tell something else
FEWEST_TRIES = 120  # of readings, for each meaning of a text
MOST_TERMS_TRIED = 120_000  # the terms of the model, once for each reading
MOST_MEANINGS = 3  # of a text
MOST_REFINED = 16  # readings
MOST_STEPS = 30_000  # of the searches for a single mistake


def answered(questions: list[Question]) -> Check:
    """The best answer to the same question about one model in several ways: right, or right at these sizes, or with few errors."""
    for each in questions:
        if (found := each.right()) is not None:
            return found
    for each in questions:
        if (found := each.right_here()) is not None:
            return found
    return min((each.wrong() for each in questions), key=lambda answer: answer.errors)


class Coarse(Frozen):
    """The readings of one notation of a formula, with the ``terms``, in which equal sizes are one, best first; and the one in
    which each letter has its most usual meaning."""

    notation: Notation
    terms: Terms
    readings: list[FormulaReading]
    usual: FormulaReading


class Question:
    """A formula's text and a model; ``told`` has the meanings that the user gives for letters."""

    def __init__(self, text: str, claimed: int | None, model: ModelInLetters, told: Told) -> None:
        self.text, self.claimed, self.model, self.told = text, claimed, model, told
        self.notations = list(possible_notations(text, {*model.letters, *model.count.letters}, told))

    @property
    def is_in_own_letters(self) -> bool:
        """Whether the formula is written in the model's own letters."""
        return any(letters_of(notation) <= {*self.model.count.letters, *self.told.meanings} for notation in self.notations)

    # ------------------------------------------------------------ right, at all sizes or at these
    @cached_property
    def searches(self) -> list[tuple[Notation, RightReadings]]:
        """The searches for right readings, for each meaning of the text."""
        found = []
        for notation in self.notations:
            sized = sized_notations(notation, self.model.equal_sizes)
            found += [(each, RightReadings(expand(each), self.model, self.told)) for each in sized]
        return found

    def right(self) -> Check | None:
        """The answer with a reading that is right tensor by tensor."""
        rivals: list[FormulaReading] = []
        for notation, search in self.searches:
            kept = search.named_as_in_the_model()
            found = search.right(kept)
            if not found and kept and kept != set(search.open):
                found = search.right()
            elif not found and kept:
                rivals += search.right()
            if found:
                return self.checked(notation, search, found[0])
            for reading in search.here(kept):  # several letters may be one size
                general = in_general(search.terms, reading.letters, self.model, {})
                if general.is_right:
                    return self.check(notation, general.reading, [])
        self.rivals = rivals
        return None

    def checked(self, notation: Notation, search: RightReadings, reading: FormulaReading) -> Check:
        """The answer for a right reading: it may be right only because of equal sizes, as letters with usual names show."""
        pinned = search.pinned(reading)
        if pinned and search.fit_again(reading, pinned) is None:
            general = in_general(search.terms, reading.letters, self.model, pinned)
            if not general.is_right:
                return self.check(notation, general.reading, [reading], Here(general, merged=False))
        if self.model.layers == 1 and writes_sizes_alike(reading):
            general = in_general(search.terms, reading.letters, self.model, {})
            if not general.is_right and general.equal:
                return self.check(notation, reading, [], Here(general, merged=True))
        return self.check(notation, reading, [])

    def right_here(self) -> Check | None:
        """The answer with a reading that is right because sizes are equal that the formula tells apart."""
        if self.rivals:
            return None
        for notation, search in self.searches:
            for reading in search.here(search.named_as_in_the_model()):
                general = in_general(search.terms, reading.letters, self.model, search.pinned(reading))
                if not general.is_right:
                    return self.check(notation, general.reading, [], Here(general, merged=False))
        return None

    # ------------------------------------------------------------ wrong
    @cached_property
    def coarse(self) -> list[Coarse]:
        """The readings in which equal sizes are one, of the best meanings of the text."""
        merged, tellings = self.model.merged(), self.told.tellings()
        equal = {names[0]: [self.model.sizes[name] for name in names] for names in self.model.equal_sizes.values()}
        marks: dict[str, Terms] = {size_mark(number): letter_terms(names[0]) for number, names in self.model.equal_sizes.items()}
        sized = [each for notation in self.notations for each in notations_with_sizes(notation, set(self.model.equal_sizes))]
        ways = list(product(sized, tellings))
        most = max(FEWEST_TRIES, min(MOST_TRIES, MOST_TERMS_TRIED // max(len(merged.total), 1)) // len(ways))
        found: list[Coarse] = []
        for notation, telling in ways:
            terms = expand(notation)
            matching = LetterMatching(terms, merged, {**telling, **marks}, equal)
            found.append(Coarse(notation, terms, matching.readings(most), matching.usual_reading()))
        return sorted(found, key=lambda each: each.readings[0].merit)[:MOST_MEANINGS]

    def wrong(self) -> Check:
        """The answer with the reading that has the fewest errors."""
        return min(map(self.wrong_as, self.coarse), key=lambda answer: answer.errors)

    def wrong_as(self, coarse: Coarse) -> Check:
        """The answer for one meaning of the text."""
        terms, readings = coarse.terms, coarse.readings
        refined = [
            Refining(terms, each, self.model, self.told.meanings).reading() for each in [*readings[:MOST_REFINED], coarse.usual]
        ]
        reading = min(refined, key=lambda each: each.rank)
        near = self.nearly_right(terms, readings) if reading.factor is None else None
        if near is not None and cost(near) <= cost(reading):
            reading = near
        where: dict[str, Terms] = {}
        if not reading.fits and (right := reading_with_quotients(readings, self.model)):
            reading, where = right
        same = self.values_of(reading) == self.values_of(readings[0])
        equal = [other for other in equally_good_readings(readings) if same and not self.is_foreign(other)]
        others = [] if where else self.rivals or equal
        return self.check(coarse.notation, reading, others, where=where)

    def nearly_right(self, terms: Terms, readings: list[FormulaReading]) -> FormulaReading | None:
        """The reading with a single mistake, if there is one."""
        search = RightReadings(terms, self.model, self.told)
        tries = [{name: choice.terms for name, choice in meanings.items()} for meanings in search.near_the_count()]
        tries += [coarse.letters for coarse in readings[:MOST_REFINED] if not self.is_foreign(coarse)]
        found, steps, corrected = [], MOST_STEPS, MOST_STEPS
        for letters in tries:
            sizes, corrected = search.with_one_term_corrected(letters, corrected)
            if sizes is None:
                sizes, steps = search.nearly(letters, steps)
            if sizes is not None:
                coarse = readings[0].but(letters=letters, sizes={}, factor=None)
                found.append(Refining(terms, coarse, self.model, self.told.meanings).reading(sizes))
        return min(found, key=lambda each: (cost(each), ratios(each), search.unlikely(each)), default=None)

    def values_of(self, reading: FormulaReading) -> dict[str, object]:
        """The value of each letter that is a size, and the meaning of each other one."""
        return {name: self.model.values.get(letter_of(terms), terms) for name, terms in reading.letters.items()}

    def is_foreign(self, reading: FormulaReading) -> bool:
        """Whether a letter is read as no size of the model."""
        return any(name not in self.model.letters for terms in reading.letters.values() for name in letters_in_terms(terms))

    def check(
        self,
        notation: Notation,
        reading: FormulaReading,
        others: list[FormulaReading],
        here: Here | None = None,
        where: dict[str, Terms] | None = None,
    ) -> Check:
        """The answer with this reading. Raises :class:`LetterError` for a letter that is told and not in the formula."""
        written = {name for name in letters_of(notation) if not is_size_mark(name)}
        unknown = self.told.meanings.keys() - written
        if unknown:
            raise LetterError(f"letters: the formula has no {listed(sorted(unknown))}; {letters_known(sorted(written))}")
        prove_reading(notation, reading)
        is_product = not written and isinstance(notation, Mul) and len(list(written_terms(notation))) == 1
        if not reading.fits and reading.factor is None and not where and here is None and not is_product:
            numbers = {f"{name}{MARK}": marked_size(name) for name in reading.letters if is_size_mark(name)}
            reading = reading.but(yours=folded_numbers(reading.yours, reading.its, numbers))
        cancelled = sorted(written - reading.letters.keys())
        stopped = not reading.fits and any(search.stopped for _, search in self.searches)
        return Check(notation, self.model, reading, others, self.claimed, where or {}, here, cancelled, stopped)


def sized_notations(notation: Notation, sizes: Collection[int]) -> list[Notation]:
    """A notation with its numbers as numbers, and one without letters also with its numbers as sizes, which is tried first."""
    if letters_of(notation):
        return [notation]
    return [*notations_with_sizes(notation, sizes), notation]


def cost(reading: FormulaReading) -> tuple[int, int]:
    """The number of terms that differ, and more for unusual meanings of letters; of equal ones, the fewer terms."""
    wrong = sum(reading.yours.get(monomial, 0) != reading.its.get(monomial, 0) for monomial in {*reading.yours, *reading.its})
    return reading.strain + wrong, wrong


def ratios(reading: FormulaReading) -> int:
    """How odd the wrong factors of a formula are: twice a term is a likelier mistake than 18 for 14."""
    both = [(c, reading.its[monomial]) for monomial, c in reading.yours.items() if reading.its.get(monomial, c) != c]
    parts = [exact(c.numerator * its.denominator, c.denominator * its.numerator) for c, its in both]
    return sum(max(abs(part.numerator), part.denominator) for part in parts)


def writes_sizes_alike(reading: FormulaReading) -> bool:
    """Whether a formula has one letter for several sizes, or multiples of one."""
    letters = [terms for terms in reading.sizes.values() if not any(monomial == ONE for monomial in terms)]
    names = [name for terms in letters for monomial in terms for name, _ in monomial]
    return len(names) > len(set(names)) and not any(is_size_mark(name) for name in names)
