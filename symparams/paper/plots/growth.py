"""How counts grow with a letter, and where one overtakes another."""

from __future__ import annotations

from itertools import combinations, islice, pairwise

from ..._startup.boundary import entrance
from ...core.model import count_of, subject_of_count
from ...core.sizes import letter_name
from ...errors import LetterError, SettingError, SizeError, SymparamsError, brief, letters_known, nearest
from .axes import NEUTRAL, as_float, axes, draw_legend, label_text, remove_frame, short_number, sizes_by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import Any

    from matplotlib.axes import Axes

    from ...core.formula import Formula, Values
    from ...core.sizes import ByLetter, Letter

POINTS = 120
REACH = 5_000  # sizes among which the first possible one is looked for
MOST_MARKED = 12


@entrance
def plot_growth(
    variants: object, letter: Letter, over: tuple[int, int] = (1, 4096), at: ByLetter[int] | None = None, ax: Axes | None = None
) -> Axes:
    """How the counts of variants grow with a letter, on two logarithmic axes; needs matplotlib.

    ``variants`` is a dict by name, ``{"LSTM": lstm, "GRU": gru}``, or a single formula, layer or model. ``over`` has the first and the
    last size of the letter, ``at`` the sizes of all others. Where one polynomial overtakes another, the first size at
    which it is larger is marked: a whole number, found exactly and not read off the drawing.

    Only possible sizes are drawn, such as the multiples of the number of heads: each with a dot where they are few, and otherwise
    sizes that are evenly spaced on the axis.

    Raises :class:`LetterError` for letters that are missing or unknown, :class:`SizeError` for an invalid range.
    """
    named = variants if isinstance(variants, dict) else {"": variants}
    if not named:
        raise SettingError('variants need names, such as {"LSTM": before, "GRU": after}')
    counts = {
        str(name): count_of(subject_of_count(its, "plot_growth takes formulas, layers and models")) for name, its in named.items()
    }
    name = letter_name(letter)
    letters = sorted({its for count in counts.values() for its in count.letters})
    if name not in letters:
        raise LetterError(f"no letter {brief(letter)} to grow; {letters_known(letters)}{nearest(name, letters)}")
    first, last = size_range(over)
    others = sizes_by_name(at, counts.values(), but=str(name))
    sizes = {title: Sizes(count, name, first, last, others) for title, count in counts.items()}
    points = {title: its.line() for title, its in sizes.items()}
    ax = axes(ax)
    steps = {its.step for its in sizes.values() if its.start is not None and its.start % its.step == 0}
    for number, (title, line) in enumerate(points.items()):
        its = sizes[title]
        marker = "." if its.step > 1 and its.are_few else ""  # a dot for each size, where not every number is one
        ax.plot(*zip(*line, strict=True), label=legend_text(title, name, its, steps), color=f"C{number}", marker=marker)
    for number, (size, count) in enumerate(overtakings(list(counts.values()), name, first, last, others)[:MOST_MARKED]):
        ax.plot([size], [as_float(count)], "o", color=NEUTRAL, zorder=3)
        place, side = ((-8, 6), "right") if number % 2 == 0 else ((8, -12), "left")  # the lines go from the lower left
        ax.annotate(
            f"{name} = {size:,}", (size, as_float(count)), xytext=place, textcoords="offset points", ha=side,
            fontsize="small", parse_math=False,
        )  # fmt: skip
    ax.set_xscale("log")
    ax.set_yscale("log")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda number, _: short_number(number))
    ax.set_xlabel(axis_label(name, steps), parse_math=False)
    ax.set_ylabel("parameters")
    ax.grid(visible=True, which="major", alpha=0.25)
    remove_frame(ax)
    if any(points):
        draw_legend(ax)
    return ax


def size_range(over: Sequence[object]) -> tuple[int, int]:
    """The first and the last size of the range."""
    match over:
        case (first, last) if type(first) is int and type(last) is int and 1 <= first < last:
            as_float(last)
            return first, last
    raise SizeError(f"over must be the first and the last size of the letter, such as (16, 4096), not {brief(over)}")


class Sizes:
    """The sizes of a letter in a range at which a count is possible: from ``start`` in steps of ``step``, such as the multiples of 8."""

    def __init__(self, count: Formula, letter: str, first: int, last: int, others: Values) -> None:
        self.count, self.letter, self.last, self.others = count, letter, last, others
        self.nearest = range(first, min(last, first + REACH) + 1)
        self.start, following = self.first_two()
        self.step = 1 if self.start is None or following is None else following - self.start

    def first_two(self) -> tuple[int | None, int | None]:
        """The first two possible sizes; None where there is none near."""
        found = self.counts(self.nearest)
        return next(found, (None,))[0], next(found, (None,))[0]

    def counts(self, sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Those of some sizes that are possible, with their counts; none that cannot be on a logarithmic axis."""
        if self.letter not in self.count.all_symbols:
            number = self.count.at(self.others)
            return ((size, number) for size in sizes if number > 0)
        axes: dict[str, Any] = {**self.others, self.letter: sizes}
        grid = self.count.grid(type(self.others)(axes))
        return ((point[self.letter], point["count"]) for point in grid if point["count"] > 0)

    @property
    def are_few(self) -> bool:
        """Whether all of them can be drawn."""
        return self.start is not None and (self.last - self.start) // self.step < POINTS

    def sampled(self) -> Sequence[int]:
        """All of them, or of many those that are evenly spaced on a logarithmic axis."""
        if self.start is None:
            return []
        if self.are_few:
            return range(self.start, self.last + 1, self.step)
        evenly = (self.start * (self.last / self.start) ** (step / POINTS) for step in range(POINTS + 1))
        steps = {min(round((size - self.start) / self.step), (self.last - self.start) // self.step) for size in evenly}
        return sorted(self.start + step * self.step for step in steps)

    def line(self) -> list[tuple[int, float]]:
        """The sampled sizes with their counts."""
        line = [(size, as_float(number)) for size, number in self.counts(self.sampled())]
        if not line:
            self.count.at(type(self.others)({**self.others, self.letter: self.nearest[0]}))  # says why it is no size
            raise SizeError(f"{self.count} is never positive, so it cannot be drawn on a logarithmic axis")
        return line


def legend_text(title: str, letter: str, sizes: Sizes, steps: Collection[int]) -> str:
    """The name of a variant, with the number that the letter has to be a multiple of where that is not so of all of them."""
    step = sizes.step if len(steps) > 1 and sizes.start is not None and sizes.start % sizes.step == 0 else 1
    return label_text(title if step == 1 else f"{title} ({letter} a multiple of {step})")


def axis_label(letter: str, steps: Collection[int]) -> str:
    """The label of the letter's axis, with the number that it has to be a multiple of: ``d, a multiple of 8``."""
    (step,) = steps if len(steps) == 1 else (1,)
    return letter if step == 1 else f"{letter}, a multiple of {step}"


def first_possible(counts: Sequence[Formula], letter: str, run: tuple[int, int], others: Values) -> set[tuple[int, int]]:
    """The first size of a run that is possible in all counts, with the count of the first of them; none where none is near."""
    first, last = run
    sizes = range(first, min(last, first + REACH) + 1)
    found = ((size, possible_count(counts, type(others)({**others, letter: size}))) for size in sizes)
    return set(islice(((size, count) for size, count in found if count is not None), 1))


def possible_count(counts: Sequence[Formula], values: Values) -> int | None:
    """The first of some counts at a point, or None where it is not possible in all of them."""
    try:
        first, *_ = [count.at(values) for count in counts]
    except SymparamsError:
        return None
    return first


def overtakings(counts: list[Formula], letter: str, first: int, last: int, others: Values) -> list[tuple[int, int]]:
    """The sizes at which one of two counts overtakes the other, or equals it, each with the count at that size.

    Only polynomials are compared: counts with a ``floor`` may overtake each other at every size.
    """
    from ...questions.solving.sequences import polynomial_coefficients as coefficients
    from ...questions.solving.univariate import polynomial_multiple, polynomial_sum, sign_runs, whole_multiple

    found = set()
    for one, other in combinations(counts, 2):
        its, others_ = (coefficients(each, letter, others) for each in (one, other))
        if its is None or others_ is None:
            continue
        runs = sign_runs(whole_multiple(polynomial_sum(its, polynomial_multiple(others_, -1))), first, last)
        for before, after in pairwise(runs):
            if before[2] != 0:  # what follows equality is not marked a second time
                found |= first_possible((one, other), letter, (after[0], after[1] or last), others)
    return sorted(found)
