"""Formulas of models with one mistake or none, for sizes that coincide and for such that do not: everything that is said of them."""

from __future__ import annotations

import random
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from symparams import check, symbols
from tests.questions.checking.random_models import NAMES, POOLS, SUBJECTS

if TYPE_CHECKING:
    from tests.questions.checking.random_models import Subject

MANY = 3  # of each subject


def question(subject: Subject, at_random: random.Random) -> tuple[str, Any]:
    """A formula with a mistake, and the model that it is meant for."""
    pool = at_random.choice(POOLS)
    sizes = [at_random.choice(pool) for _ in subject.letters]
    names = at_random.sample(NAMES, len(sizes))
    terms = {path: its.text() for path, its in subject.build(*map(symbols, names)).by_itself().count.terms.items()}
    path = at_random.choice(sorted(terms))
    way = at_random.randrange(10)
    if way == 1:
        del terms[path]
    elif way == 2:
        terms[path] = f"{at_random.randint(2, 4)}*({terms[path]})"
    elif way == 3:
        terms[path] = terms[path].replace(names[0], names[-1])
    elif way == 4:
        terms["more"] = names[-1]
    elif way == 5:
        terms = {place: its.replace(names[0], str(sizes[0])) for place, its in terms.items()}
    elif way == 6:
        terms = {"all": f"({' + '.join(terms.values())})*{names[0]}"}
    elif way == 7:
        return subject.build(*map(symbols, names)).by_itself().count.latex(
            at_random.choice(["written", "expanded"])
        ), subject.build(*sizes)
    text = " + ".join(f"({its})" for its in terms.values()) or "0"
    if way >= 8:  # in numbers, with one of them wrong or none
        for name, size in sorted(zip(names, sizes, strict=True), key=lambda pair: -len(pair[0])):
            text = re.sub(rf"\b{name}\b", str(size + (way == 9 and name == names[0])), text)
    return text, subject.build(*sizes)


def all_of(subject: Subject, seed: int) -> dict[str, Any]:
    answer = check(*question(subject, random.Random(seed)))
    return {**answer.facts(), "explained": answer.explain()}


ANSWERS = {
    f"{subject.name} {place}.{time}": partial(all_of, subject, 100 * place + time)
    for place, subject in enumerate(SUBJECTS)
    for time in range(MANY)
}
