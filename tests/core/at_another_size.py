"""Whether a formula of one build is right at another, module by module, and whether what is wrong is said where one reads it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from symparams.core.assumptions import MOST_PRINTED, family
from symparams.core.letters_assumed import SAME_MODULES
from symparams.errors import LetterError, SymparamsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def module_of(path: str) -> str:
    """The module of a size or a tensor, without the numbers of blocks and of layers, which shift when blocks are added."""
    return re.sub(r"_\*", "", family(path)).removeprefix("*/")


def counts(formula: Any, values: Mapping[str, int]) -> Counter[str]:
    """The numbers of parameters by module; -1 where a size does not divide evenly."""
    found: Counter[str] = Counter()
    for path, term in formula.terms.items():
        try:
            found[module_of(path)] += term.at({letter: values[letter] for letter in term.letters})
        except SymparamsError:
            found[module_of(path)] = -1
    return found


def unsaid(model: Any, real: Any, values: Mapping[str, int], known: Iterable[str] = ()) -> set[str]:
    """The modules whose count is not that of the real build, and that no printed assumption names, nor a place that is known."""
    mine, its = counts(model.count, values), counts(real.count, {})
    wrong = {module for module in mine.keys() | its.keys() if mine[module] != its[module]}
    shown = model.assumed if len(model.assumed) <= MOST_PRINTED else model.assumed[: MOST_PRINTED - 1]
    if SAME_MODULES in shown:  # one that only some sizes have
        wrong &= mine.keys() & its.keys()
    named = {module_of(place) for each in shown for place in each.places} | {*map(module_of, known)}
    return {module for module in wrong if not any(is_in(module, each) for each in named)}


def is_in(module: str, other: str) -> bool:
    return module == other or module.startswith(f"{other}/") or f"*/{module}".startswith(f"{other}/")


def is_right(model: Any, real: Any, values: Mapping[str, int]) -> bool:
    """Whether the count is that of the real build."""
    try:
        return bool(model.count.at({letter: values[letter] for letter in model.count.letters}) == int(real.count))
    except SymparamsError:
        return False


def as_advised(read: Callable[[dict[str, int]], Any], letters: dict[str, int]) -> Any:
    """The model with the keys that its assumptions advise, as long as they fit."""
    keys = dict(letters)
    model = read(keys)
    for each in model.assumed:
        advice = re.search(r'^(\d+) .* give "([^"]+)"', each)
        if advice is None:
            continue
        try:
            model = read({**keys, advice[2]: int(advice[1])})
        except LetterError:
            continue
        keys[advice[2]] = int(advice[1])
    return model
