"""Sizes to try a builder at: near the starting ones, and at several scales, legal and on a way through its code."""

from __future__ import annotations

from random import Random

from .running import point_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .evaluating import Point
    from .running import Sizes
    from .tagged_numbers import Plain

    Test = Callable[..., object]
    Takes = Callable[[Point], bool]

TRIES = 400
SCALES = (1, 4, 16)
MULTIPLIERS = (0.25, 0.35, 0.5, 0.6, 0.75, 0.9, 1.0, 1.1, 1.25, 1.3, 1.4, 1.75, 2.0)
MOST_REPEATED = 9  # for letters that say how many blocks there are: a builder makes each of them


class Sampling:
    """Draws sizes. ``repeats`` are the letters that change how many tensors there are; they stay small."""

    def __init__(self, start: Sizes, least: Mapping[str, int], legal: Test | None) -> None:
        self.start, self.least, self.legal = start, least, legal
        self.repeats: set[str] = set()
        self.repeated: int | None = None
        self.random = Random(0)
        self.drawn: set[tuple[tuple[str, Plain], ...]] = {tuple(start.items())}

    def is_legal(self, sizes: Sizes) -> bool:
        return self.legal is None or bool(self.legal(**sizes))

    def suits(self, sizes: Sizes, takes: Takes) -> bool:
        """Whether sizes are new, legal and take the way."""
        key = tuple(sizes.items())
        if key in self.drawn:
            return False
        try:
            return takes(point_of(sizes)) and self.is_legal(sizes)
        except (ArithmeticError, KeyError):
            return False

    def note(self, sizes: Sizes) -> Sizes:
        self.drawn.add(tuple(sizes.items()))
        return sizes

    # ------------------------------------------------------------ one letter moved
    def moved(self, name: str, takes: Takes) -> Iterator[Sizes]:
        """The starting sizes with one letter moved; where its divisors and multiples forbid that, with others along."""
        value = self.start[name]
        for other in self.steps(value):
            sizes: Sizes = {**self.start, name: other}
            if other >= self.least.get(name, 0) and self.suits(sizes, takes):
                yield self.note(sizes)
        for _ in range(3):
            for walked in self.walked(takes, 1, (name,)):
                if walked[name] != value:
                    yield self.note(walked)

    def steps(self, value: Plain) -> list[Plain]:
        if isinstance(value, float):
            return [value * 1.25, value * 0.75, value * 1.1, value * 0.5, value * 2]
        return [value + 1, 2 * value, value + 2, value + 3, value - 1, 3 * value, value + 5, value // 2, value + 8, 1, 0, 4 * value]

    # ------------------------------------------------------------ all of them
    def fresh(self, takes: Takes, scale: int = 1, repeated: int | None = None) -> Sizes | None:
        """Sizes drawn at a scale, with so many blocks where asked for; None where no legal ones are found."""
        self.repeated = repeated
        for sizes in self.walked(takes, scale, tuple(self.start)):
            return self.note(sizes)
        return None

    def walked(self, takes: Takes, scale: int, names: tuple[str, ...]) -> Iterator[Sizes]:
        """A walk through sizes that take the way, a letter or two at a time, until all of ``names`` have moved."""
        here = dict(self.start)
        moved: set[str] = set()
        for turn in range(TRIES):
            few = self.random.sample(list(self.start), min(len(self.start), 1 + turn % 3))
            there = {**here, **{name: self.value(name, scale) for name in few}}
            if there != here and self.suits(there, takes):
                here = there
                moved |= set(few)
                if moved >= set(names):
                    yield here
                    moved = set()
        if moved and here != dict(self.start) and tuple(here.items()) not in self.drawn:
            yield here

    def value(self, name: str, scale: int) -> Plain:
        start, pick = self.start[name], self.random.choice
        if isinstance(start, float):
            return pick([*MULTIPLIERS, start, round(start * self.random.uniform(0.4, 2.5), 2)])
        low = self.least.get(name, 0)
        if name in self.repeats and self.repeated is not None:
            return max(low, self.repeated)
        if name in self.repeats:
            return self.random.randint(low, min(MOST_REPEATED, max(3, 2 * start) * scale))
        top = max(2, start * scale)
        return max(low, pick([start, 2 * start, 3 * start, start * scale, start // 2, pick([1, 2, 3, 5, 6, 8, 12, 16, 24, 32, 48, 64, 100, 128, 256]), self.random.randint(1, top),
                              self.random.randint(1, top), 4 * self.random.randint(1, max(1, top // 4))]))  # fmt: skip
