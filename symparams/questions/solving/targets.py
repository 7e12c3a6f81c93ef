"""The target of a question: one number, the nearest to it, the largest below, the smallest above, all around it."""

from __future__ import annotations

from fractions import Fraction

from ...core.number_texts import is_short_number, number_of_text
from ...core.sizes import size
from ...errors import ArgumentError, SettingError, brief
from ..countable_subjects import formula_of, has_count, signed_formulas, subject_letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.formula import Formula

EQUALS, NEAREST, AT_MOST, AT_LEAST, WITHIN, MOST, FEWEST = (
    "equals",
    "nearest",
    "at_most",
    "at_least",
    "within",
    "most",
    "fewest",
)


def question_kind(
    equals: object, at_least: object, at_most: object, nearest: bool, within: object, most: bool = False, fewest: bool = False
) -> str:
    """The kind of question. Raises :class:`ArgumentError` for two questions at once, or none."""
    if most or fewest:
        other = [word for word, asked in (("most", most), ("fewest", fewest), ("nearest", nearest)) if asked][1:]
        other += [word for word, count in (("equals", equals), ("at_most", at_most), ("at_least", at_least)) if count is not None]
        if other or within is not None:
            raise ArgumentError(f"{MOST if most else FEWEST} cannot be combined with {(other or [WITHIN])[0]}; ask one at a time")
        return MOST if most else FEWEST
    if equals is None:
        if at_most is None and at_least is None:
            raise ArgumentError("solve needs a count: equals=N, at_most=N or at_least=N; or else most=True or fewest=True")
        if nearest or within is not None:
            raise ArgumentError(f"{'nearest' if nearest else 'within'} goes with equals=N, not with at_most or at_least")
        return AT_LEAST if at_most is None else AT_MOST if at_least is None else WITHIN
    if at_most is not None or at_least is not None:
        raise ArgumentError("equals cannot be combined with at_most or at_least; use within=1000 for the counts around a number")
    if nearest and within is not None:
        raise ArgumentError("nearest cannot be combined with within; ask one at a time")
    return NEAREST if nearest else EQUALS if within is None else WITHIN


def limits_of(
    equals: object, at_least: object, at_most: object, within: object, formula: object
) -> tuple[int | None, int | None, Formula | None, object]:
    """The least and the greatest count; for a limit in letters, also its count, and the layer, model or formula itself."""
    low_of, high_of = ("equals", "equals") if equals is not None else ("at_least", "at_most")
    low, high = (equals, equals) if equals is not None else (at_least, at_most)
    thing = None
    for limit in (low, high):
        if type(limit) is not int and limit is not None and has_count(limit):
            thing = limit
    other = None if thing is None else formula_of(thing, "solve", subject_letters(formula))
    if other is None:
        low, high = count_limit(low, low_of, formula), count_limit(high, high_of, formula)
    elif equals is None and low is not None and high is not None:
        raise ArgumentError("at_least and at_most must be numbers where both are given")
    else:
        zero = 0 if other.letters else int(other)
        low, high = (None if low is None else zero), (None if high is None else zero)
    if within is not None and low is not None and high is not None:
        tolerance = tolerance_of(within, None if other is not None and other.letters else low)
        low, high = low - tolerance, high + tolerance
    return low, high, other if other is not None and other.letters else None, thing


def count_limit(value: object, of: str, formula: object) -> int | None:
    """A count as a whole number of at least 0; a difference may be any whole number."""
    value = number_of_text(value, of) if is_short_number(value) else value
    if value is None or (type(value) is int and (value >= 0 or is_difference(formula))):
        return value
    whole = size(value, of, least=0)
    if not isinstance(whole, int):
        raise SettingError(f"{of} must be a number or a count, not {value}")
    return whole


def is_difference(formula: object) -> bool:
    """Whether a count may be negative: a difference, or an expression with parts that are subtracted."""
    counts = signed_formulas(formula, "solve", ())
    return any(sign < 0 or (its.signed and its.expr.is_nonnegative is not True) for sign, its in counts)


def tolerance_of(within: object, count: int | None) -> int:
    """``1000``, or ``"1%"`` of a count, rounded down."""
    if not isinstance(within, str):
        whole = size(within, "within", least=0)
        if isinstance(whole, int):
            return whole
    elif within.endswith("%") and len(within) <= 20 and set(within[:-1]) <= set("0123456789."):
        if count is None:
            raise SettingError(
                f"within={within!r} needs a number to be a percentage of; to compare two counts, "
                f"give a number of parameters, as in within=1000"
            )
        try:
            return int(Fraction(within[:-1]) * count / 100)
        except ValueError:
            pass
    raise SettingError(f"within takes a number of parameters, such as 1000, or a percentage, such as '1%', not {brief(within)}")
