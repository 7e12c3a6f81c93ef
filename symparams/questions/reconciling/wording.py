"""What ``reconcile`` found, in words."""

from __future__ import annotations

from ...errors import several
from ..checking.model_in_letters import THE_MODEL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .reported_number import Reported

MOST_SHOWN = 8  # readings


def headline(title: str, count: int, reported: str) -> str:
    """The two numbers that differ."""
    return f"{title.replace(THE_MODEL, THE_MODEL.capitalize())} has {several(count, 'parameter')}, and {reported} is reported."


def as_it_is(how: str) -> str:
    """That the number is the count; ``how`` it was read, where not to its last digit."""
    return f"That is the count as it is{how and f', with {how}'}."


def verdict(many: int, sure: bool, two: bool) -> str:
    """How many readings give the number, and whether anything but the number speaks for them; ``two``: by two changes."""
    ties = f"{many} readings give that number, and nothing in it tells which is meant. " if many > 1 else ""
    chance = ", by two changes at once, which may be chance" if two else ""
    return f"{ties}It {'is' if sure else 'would be'} the count{chance}"


def reading_lines(readings: Sequence[Sequence[tuple[str, str]]]) -> list[str]:
    """Each reading with its steps: what is read otherwise, and what that does to the count."""
    lines = []
    for number, steps in enumerate(readings[:MOST_SHOWN], 1):
        label = f"{number}. " if len(readings) > 1 else ""
        for place, (sentence, formula) in enumerate(steps):
            lead = f"  {label}" if place == 0 else f"  {' ' * len(label)}and "
            lines += [f"{lead}{sentence}", f"  {' ' * len(label)}  {formula}"]
    if len(readings) > MOST_SHOWN:
        lines.append(f"  and {len(readings) - MOST_SHOWN} more")
    return lines


def nothing(sharp: bool) -> str:
    """That no reading gives the number; ``sharp``: it was exact enough to look for two changes at once."""
    if sharp:
        return "No one or two of the usual ways to count otherwise give that number."
    return "None of the usual ways to count otherwise gives that number, and it is too rounded to look for two at once."


def how_near(reading: str, count: int, far: int, reported: Reported) -> str:
    """The reading that came nearest, and from which end of a rounded number it is how far."""
    meaning, of = reported.meanings[0], ""
    if not meaning.exact:
        end, bound = ("lower", meaning.low) if count < meaning.low else ("upper", meaning.high)
        of = f" from {bound}, the {end} end of {reported.text} as it is written"
    return f"The nearest is {count}, off by {far}{of}: the count {reading}."
