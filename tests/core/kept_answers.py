"""Counts of layers and models in letters, in every form, and what may be asked of them."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

import sympy

from symparams import Formula, layers, symbols
from symparams.core.tree import Sum, times, weight
from symparams.errors import SymparamsError
from tests.questions.checking.random_models import MODELS, NAMES

FORMS = ("written", "collected", "expanded", "factored", "kinds")
LETTERS = symbols("d h m n")


def size(at_random: random.Random, deep: int = 2) -> Any:
    """A size of a few letters, numbers and operations."""
    if not deep or at_random.random() < 0.3:
        return at_random.choice([*LETTERS, at_random.randint(1, 9)])
    one, other, number = size(at_random, deep - 1), size(at_random, deep - 1), at_random.randint(2, 5)
    rounded = sympy.floor(sympy.sympify(one) / number) + 1, sympy.ceiling(sympy.sympify(one) / number)
    return at_random.choice([one + other, one * other, one + 2, *rounded])


def random_count(seed: int) -> Formula:
    at_random = random.Random(seed)
    parts = [weight(name, *(size(at_random) for _ in range(at_random.randint(1, 3)))) for name in "abc"[: at_random.randint(1, 3)]]
    return Formula(times(Sum(tuple(parts)), copies=at_random.choice([1, 2, *LETTERS])))


def tried(answer: Any) -> Any:
    try:
        return str(answer())
    except SymparamsError as error:
        return f"{type(error).__name__}: {error}"


def all_of(count: Formula) -> dict[str, Any]:
    at = {name: 3 + 2 * place for place, name in enumerate(count.letters)}
    spread = {name: range(1, 4) for name in count.letters}
    return {
        **{form: [tried(partial(count.text, form)), tried(partial(count.latex, form))] for form in FORMS},
        "terms": tried(lambda: {path: str(its) for path, its in count.terms.items()}),
        "at": tried(lambda: count.at(at)),
        "given": [tried(partial(count.given, {name: number})) for name, number in at.items()],
        "leading": [tried(partial(count.leading, name)) for name in at],
        "compiled": tried(lambda: count.compiled(*at)(*at.values())),
        "expr": tried(lambda: count.expr),
        "grid": tried(lambda: count.grid(**spread).nearest(50)) if 0 < len(at) < 4 else "",
        "repr": [repr(count), count._repr_latex_()],
    }


def layer_in_letters(name: str) -> dict[str, Any]:
    layer = getattr(layers, name).symbolic()
    return {**all_of(layer.count), "title": layer.title, "code": repr(layer), "tree": str(layer.weights())}


def model_in_letters(place: int) -> dict[str, Any]:
    subject = MODELS[place]
    model = subject.build(*map(symbols, random.Random(place).sample(NAMES, len(subject.letters))))
    numbers = subject.build(*range(3, 3 + 2 * len(subject.letters), 2))
    return {
        **all_of(model.count),
        "parts": [part.name for part in model.parts],
        "numbers": str(numbers.count),
        "title": model.title,
    }


ANSWERS = (
    {name: partial(layer_in_letters, name) for name in sorted(layers.homes()) if not getattr(layers, name).is_family}
    | {f"model {subject.name}": partial(model_in_letters, place) for place, subject in enumerate(MODELS)}
    | {f"sizes {seed}": lambda seed=seed: all_of(random_count(seed)) for seed in range(60)}
)
