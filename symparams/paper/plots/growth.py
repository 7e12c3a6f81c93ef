"""How counts grow with a letter, and where one overtakes another."""

from __future__ import annotations

from itertools import combinations, pairwise

from ...core.model import count_of, subject_of_count
from ...core.sizes import letter_name
from ...errors import LetterError, SettingError, SizeError, brief, letters_known, nearest
from .axes import NEUTRAL, as_float, axes, draw_legend, label_text, remove_frame, short_number, sizes_by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from ...core.formula import Formula, Values
    from ...core.sizes import ByLetter, Letter

POINTS = 120
MOST_MARKED = 12


def plot_growth(
    variants: object, letter: Letter, over: tuple[int, int] = (1, 4096), at: ByLetter[int] | None = None, ax: Axes | None = None
) -> Axes:
    """How the counts of variants grow with a letter, on two logarithmic axes; needs matplotlib.

    ``variants`` is a dict by name, ``{"LSTM": lstm, "GRU": gru}``, or a single formula, layer or model. ``over`` has the first and the
    last size of the letter, ``at`` the sizes of all others. Where one polynomial overtakes another, the first size at
    which it is larger is marked: a whole number, found exactly and not read off the drawing.

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
        raise LetterError(f"no letter {brief(letter)} to grow; {letters_known(letters)}{nearest(str(name), letters)}")
    first, last = size_range(over)
    others = sizes_by_name(at, [each for each in letters if each != name])
    points = {title: sampled_counts(count, name, first, last, others) for title, count in counts.items()}
    ax = axes(ax)
    for number, (title, line) in enumerate(points.items()):
        ax.plot(*zip(*line, strict=True), label=label_text(title), color=f"C{number}")
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
    ax.set_xlabel(name, parse_math=False)
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


def sampled_counts(count: Formula, letter: str, first: int, last: int, others: Values) -> list[tuple[int, float]]:
    """Counts at whole sizes that are evenly spaced on a logarithmic axis, without sizes at which the layer is impossible."""
    line: list[tuple[int, float]] = []
    refusal: SizeError | None = None
    for size in sorted({round(first * (last / first) ** (step / POINTS)) for step in range(POINTS)} | {last}):
        try:
            number = count.at(type(others)({**others, letter: size}))
        except SizeError as error:
            refusal = error
            continue
        if number > 0:
            line.append((size, as_float(number)))
    if not line:
        raise refusal or SizeError(f"{count} is never positive, so it cannot be drawn on a logarithmic axis")
    return line


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
                found.add((after[0], one.at(type(others)({**others, letter: after[0]}))))
    return sorted(found)
