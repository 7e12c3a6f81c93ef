"""What the letters of a model take for granted, in sentences that know which sizes they are about."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self

MOST_PRINTED = 10  # lines below a formula
MOST_PLACES = 4  # of a sentence; of more, it names the families
MOST_FAMILIES = 6


class Assumption(str):
    """A sentence about something that the letters of a model take for granted, as the model's ``assumed`` lists it.

    ``places`` has every size and every tensor that it is about, of which the sentence shows the first few.
    """

    __slots__ = ("places",)
    places: tuple[str, ...]

    def __new__(cls, sentence: str, places: Iterable[str] = ()) -> Self:
        made = super().__new__(cls, sentence)
        made.places = tuple(dict.fromkeys(places))
        return made

    def __reduce__(self) -> tuple[type[Assumption], tuple[str, tuple[str, ...]]]:
        return type(self), (str(self), self.places)


def printed(assumed: Sequence[str]) -> list[str]:
    """The sentences that an output prints: at most ten lines, of which the last counts the others."""
    if len(assumed) <= MOST_PRINTED:
        return [*assumed]
    shown = MOST_PRINTED - 1
    return [*assumed[:shown], f"and {len(assumed) - shown} more, which the model's assumed lists"]


def with_assumptions(text: str, assumed: Sequence[str]) -> str:
    """A line, and below it what it takes for granted."""
    return "\n".join([text, *(f"assumed: {each}" for each in printed(assumed))])


def places_in_words(places: Iterable[str]) -> str:
    """A few places one by one; of many, the modules that they are in, those of equal blocks once: ``layers/*/fc1``."""
    distinct = [*dict.fromkeys(places)]
    if len(distinct) <= MOST_PLACES:
        return ", ".join(distinct)
    families = [*dict.fromkeys(map(family, distinct))]
    shown = families if len(families) <= MOST_FAMILIES else families[: MOST_FAMILIES - 1]
    more = f" and {len(families) - len(shown)} more" if len(shown) < len(families) else ""
    return ", ".join(shown) + more


def family(place: str) -> str:
    """The module of a size or a tensor, with a star for a number: ``layers/0/fc1.out_features`` is in ``layers/*/fc1``."""
    owner, dot, argument = place.rpartition(".")
    if not dot or "/" in argument:
        owner = place.rpartition("/")[0] or place
    steps = owner.split("/")
    starred = ["*" if is_copy(steps, at) else starred_step(step) for at, step in enumerate(steps)]
    return "/".join(step for at, step in enumerate(starred) if not (at + 1 < len(steps) and is_copy(steps, at + 1)))


def starred_step(step: str) -> str:
    """A number is a star, and so is the one that Keras puts behind a name: ``dense_3`` is ``dense_*``."""
    name, _, number = step.rpartition("_")
    return ("*" if not name else f"{name}_*") if number.isdigit() else step


def is_copy(steps: list[str], at: int) -> bool:
    """Whether a step is the ``i`` of equal blocks that became one, as in ``layers/blocks/i``."""
    return at > 0 and steps[at] == "i" and (steps[at - 1] == "blocks" or steps[at - 1].startswith("blocks_from_"))
