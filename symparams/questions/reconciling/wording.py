"""The answer of ``reconcile`` in words."""

from __future__ import annotations

from ...errors import several
from ..checking.model_in_letters import THE_MODEL
from .chance import in_words as chance_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .reported_number import Meaning, Reported

MOST_SHOWN = 8  # readings
NEXT_STEP = "If you have the model that was counted, compare shows every difference between the two."


def headline_in_words(title: str, count: int, reported: str) -> str:
    """The two numbers that differ."""
    model = title.replace(THE_MODEL, THE_MODEL.capitalize())
    return f"{model} has {several(count, 'parameter')}; the reported number is {reported}."


def vague_count_in_words(how: str, count: int) -> str:
    """The sentence that a number fits the model's count, as it fits much else."""
    return f"That fits the model's own count, {count:,}, if {how}; so wide a range fits much else as well."


def own_count_in_words(how: str, rounded: bool) -> str:
    """The sentence that the number is the model's count; ``how`` is the clause that says how it was read."""
    return f"That is the model's own count{f', where {how}' if how else ', rounded' if rounded else ''}."


def readings_verdict(verdict: str, number: int, changes: int, exact: bool) -> str:
    """The sentence above the readings: the cause, alternatives, or a coincidence."""
    two = " two changes at once" if changes > 1 else ""
    if verdict == "chance":
        return f"No usual difference in counting is a clear reason. By chance, the number is also met{' by' * bool(two)}{two} if"
    ties = (
        f"{number} readings give that number, the likeliest first; the number alone cannot tell them apart. " if number > 1 else ""
    )
    if not exact:
        ties = f"{number} readings fit that rounded number, the likeliest first. " if number > 1 else ""
        return f"{ties}It would fit{f', with{two},' if two else ''} if"
    verb = "matches" if verdict in ("cause", "own count") else "would match"
    return f"{ties}It {verb}{f', with{two},' if two else ''} if"


def chance_sentence(chance: float, changes: int) -> str:
    """How many numbers of this size a reading of this kind would meet by chance."""
    kind = "two changes as usual as these" if changes > 1 else "a change as usual as this"
    return f"By chance, {kind} would give {chance_in_words(chance)} of this size."


def reading_lines(readings: Sequence[Sequence[tuple[str, str]]]) -> list[str]:
    """Each reading with its steps: the change, and its effect on the count."""
    lines = []
    for number, steps in enumerate(readings[:MOST_SHOWN], 1):
        label = f"{number}. " if len(readings) > 1 else ""
        for place, (sentence, formula) in enumerate(steps):
            lead = f"  {label}" if place == 0 else f"  {' ' * len(label)}and "
            lines += [f"{lead}{sentence}", f"  {' ' * len(label)}  {formula}"]
    if len(readings) > MOST_SHOWN:
        lines.append(f"  and {len(readings) - MOST_SHOWN} more")
    return lines


def nothing_in_words(sharp: bool) -> str:
    """The sentence that no reading gives the number; ``sharp`` where it is exact enough to try two changes at once."""
    pairs = "nor do two of them together" if sharp else "and it is too rounded to try two of them together"
    return f"None of the usual differences in counting gives that number, {pairs}."


def nearest_count_in_words(reading: str, count: int, far: int, reported: Reported, meaning: Meaning) -> str:
    """The nearest reading, and its distance from the number, or from the nearer end of a rounded number."""
    of = ""
    if not meaning.exact:
        end, bound = ("lower", meaning.low) if count < meaning.low else ("upper", meaning.high)
        of = f" from {bound}, the {end} end of {reported.text}"
    return f"The nearest count is {count}, off by {far}{of}{f', if {reading}' if reading else ', without any change'}."
