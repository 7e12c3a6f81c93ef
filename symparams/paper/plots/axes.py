"""The common parts of the pictures: axes, sizes for letters, short numbers, names as text, never as mathematics."""

from __future__ import annotations

from ...core.formula import Values
from ...core.number_texts import is_short_number, number_of_text
from ...core.sizes import letter_name
from ...errors import LetterError, SettingError, SizeError, letters_known, nearest, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from matplotlib.axes import Axes

    from ...core.formula import Formula
    from ...core.sizes import ByLetter

LONGEST = 44  # characters of a name
NEUTRAL = "0.5"  # a grey that can be seen in light and dark
UNITS = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "k"))
PLAIN: dict[str, Any] = {"parse_math": False}  # a name with dollars in it is not mathematics


def axes(ax: Axes | None, width: float = 7, height: float = 4) -> Axes:
    """The given axes, or those of a new figure. Raises :class:`SettingError` without matplotlib."""
    try:
        from matplotlib.axes import Axes
    except ImportError as error:
        raise SettingError("plots need matplotlib: pip install 'symparams[plot]'") from error
    if ax is not None:
        if not isinstance(ax, Axes):
            raise SettingError(f"ax must be matplotlib's Axes, such as plt.gca(), not a {type(ax).__name__}")
        return ax
    import matplotlib.pyplot as plt

    _, made = plt.subplots(figsize=(width, height), layout="constrained")
    return made


def sizes_by_name(at: ByLetter[int] | None, counts: Iterable[Formula], but: str = "") -> Values:
    """Sizes by the names of their letters; letters that cancel in the counts may be among them, and the one on the axis not."""
    counts = [*counts]
    known = sorted({name for count in counts for name in count.letters} - {but})
    cancelled = {name for count in counts for name in count.all_symbols}
    given = {letter_name(key): number_given(size, letter_name(key)) for key, size in (at or {}).items()}
    for name in given:
        if name not in known and (name == but or name not in cancelled):
            raise LetterError(f"no letter {name} here; {letters_known(known)}{nearest(name, known)}")
    return Values(given)


def number_given(value: object, of: str) -> int:
    """A size as a number, also of a text such as ``"1.5k"``, or of NumPy; anything else is refused by the count."""
    number = number_of_text(value, of) if is_short_number(value) else value
    return int(number) if hasattr(type(number), "__index__") and type(number) is not bool else number  # type: ignore[call-overload,return-value]


def as_float(count: int) -> float:
    """A count as a float, to be drawn. Raises :class:`SizeError` if it is too large for one."""
    try:
        return float(count)
    except OverflowError:
        raise SizeError("a count of more than 308 digits cannot be plotted") from None


def short_number(number: float) -> str:
    """A number as the labels of an axis show it: ``1.4M``."""
    for size, unit in UNITS:
        if abs(number) >= size:
            return f"{number / size:.3g}{unit}" if abs(number) < 1000 * UNITS[0][0] else f"{number:.0e}"
    return f"{number:.3g}"


def label_text(name: str) -> str:
    """A name as a label: on one line, and not too long."""
    name = printable(name)
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def draw_legend(ax: Axes, **options: Any) -> None:
    """The legend, with its texts unchanged."""
    made = ax.legend(frameon=False, **options)
    for text in made.get_texts():
        text.set_parse_math(False)


def remove_frame(ax: Axes) -> None:
    """Removes the lines of the frame that have no labels."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
