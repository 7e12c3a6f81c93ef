"""Counts of layers and models in letters, in every form, and what may be asked of them: grids, letters for numbers, quantities."""

from __future__ import annotations

import json
import random
from functools import partial
from typing import Any

import sympy

from symparams import Formula, from_huggingface, from_keras, layers, symbols
from symparams.core.letter_relations import relations
from symparams.core.tree import Sum, times, weight
from symparams.errors import SymparamsError
from tests.questions.checking.random_models import MODELS, NAMES
from tests.recorded import read

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


SAVED = read("keras3_models")
CONDITIONS = ("d % h == 0", "d > h", "d + 2 <= n*h", "m != n", "d//2 < h", "h % 2 == 1", "n >= m", "d % 3 <= 1", "-m + 4 > 0")


def grid(seed: int) -> dict[str, Any]:
    """A grid of a random count with a condition and a limit."""
    at_random = random.Random(seed)
    count = random_count(at_random.randrange(60))
    axes: dict[str, Any] = {}
    for letter in count.letters:
        start = at_random.randint(1, 5)
        axes[letter] = at_random.choice(
            [
                range(start, start + 4),
                range(start, start + 9, 3),
                [start, start + 4, start + 1],
                [start],
                range(start + 6, start, -2),
            ]
        )
    least = {"at_least": at_random.randint(1, 99)} if at_random.random() < 0.4 else {}
    most = {"at_most": at_random.randint(50, 3000)} if at_random.random() < 0.6 else {}
    known = [condition for condition in CONDITIONS if {*filter(str.isalpha, str(condition))} <= {*axes}]
    found = count.grid(axes, where=at_random.choice([None, *known]), **least, **most)
    return {
        "found": [list(points.values()) for points in found][:40],
        "number": found.number(),
        "ends": [found.smallest(), found.largest(), *(found.nearest(number) for number in (0, 77, 500))],
        "shown": [str(found), repr(found), found._repr_latex_()],
    }


def letters_of_keras(place: int) -> dict[str, Any]:
    """A model that Keras saved, in the letters that are proposed, and in some by number."""
    saved = json.loads(SAVED[place]["model_json"])
    model = from_keras(saved, letters="auto")
    numbers = sorted({size for part in model.parts for size in vars(part.layer).values() if isinstance(size, int) and size > 2})[
        -2:
    ]
    asked = dict(zip("ab", numbers, strict=False)) | {"2*a": 2 * numbers[-1]} if numbers else {}
    return {
        "auto": [tried(lambda: model.count), str(model.values), str(model.replaced), [str(each) for each in model.assumed]],
        "asked": tried(lambda: in_these_letters(from_keras(saved, letters=asked))),
    }


def in_these_letters(model: Any) -> list[str]:
    return [str(model.count), str(model.replaced), *map(str, model.assumed)]


def quantities(name: str) -> dict[str, Any]:
    """What is counted beside the parameters."""
    model = from_huggingface(name)
    return {
        "count": [model.count.text(form) for form in FORMS],
        "active": [tried(model.active), tried(lambda: model.active("row"))],
        "cache": [
            tried(model.kv_cache),
            tried(lambda: model.kv_cache(tokens=symbols("t"))),
            tried(lambda: model.kv_cache("float16", tokens=9)),
        ],
        "lora": [
            tried(lambda targets=targets: model.lora(8, targets)) for targets in ("all-linear", ["q_proj", "v_proj"], ["c_attn"])
        ],
        "bytes": [tried(lambda dtype=dtype: model.bytes(dtype)) for dtype in ("float16", "int8", "q4_0", "nf4", "nothing")],
    }


def related(seed: int) -> list[str]:
    """What two numbers, or one, may be of others."""
    at_random = random.Random(seed)
    two = seed % 2 + 1
    values = {
        name: [at_random.choice([3, 8, 12, 16, 64, 100, 768, 1000]) * at_random.choice([1, 2]) for _ in range(two)]
        for name in "dTh"
    }
    way = at_random.choice([(1, 0), (3, 0), (4, 0), (0.5, 0), (0.75, 0), (1, 2), (1, -1), (2, 64), (8 / 3, 0)])
    numbers = [max(1, round(way[0] * number + way[1])) for number in values["d"]]
    return list(relations(numbers, values))


ANSWERS = (
    {name: partial(layer_in_letters, name) for name in sorted(layers.homes()) if not getattr(layers, name).is_family}
    | {f"model {subject.name}": partial(model_in_letters, place) for place, subject in enumerate(MODELS)}
    | {f"sizes {seed}": lambda seed=seed: all_of(random_count(seed)) for seed in range(60)}
    | {f"grid {seed}": partial(grid, seed) for seed in range(60)}
    | {f"Keras {place}": partial(letters_of_keras, place) for place in range(0, len(SAVED), 3)}
    | {name: partial(quantities, name) for name in ("gpt2", "t5-base", "qwen3-30b-a3b", "deepseek-v3", "llama-2-7b")}
    | {f"related {seed}": partial(related, seed) for seed in range(100)}
)
