"""The answers of the live page before its Python has started: the library's own, for the examples and every layer in letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live_examples import EXAMPLES

from symparams.cli.live_page import FORMS, answer
from symparams.core.frameworks import frameworks
from symparams.core.signatures import REQUIRED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def known() -> dict[str, Any]:
    """The examples, the answers by question, and the formula of each layer by name."""
    answers = {}
    for model, other, sizes in questions():
        found = answer(model, other, sizes, FORMS)
        if "error" not in found:
            answers[question_key(model, other, sizes)] = found
    return {"examples": EXAMPLES, "answers": answers, "layers": dict(formulas()), "forms": FORMS}


def question_key(model: str, other: str, sizes: Mapping[str, str]) -> str:
    """The key of a question: its texts without spaces, and its sizes. ``live.js`` makes the same key."""
    return "\n".join(["".join(model.split()), "".join(other.split()), *(f"{name}={sizes[name]}" for name in sorted(sizes))])


def questions() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for example in EXAMPLES:
        yield example["model"], example["other"], example["sizes"]
        yield example["model"], example["other"], {}
    for name, entry, arguments in classes():
        required = [argument for argument, default in arguments.items() if default is REQUIRED]
        fields = entry.layer.fields
        letters = [fields[each].letter if each in fields else each[0] for each in required]
        if len(set(letters)) == len(letters):
            yield f"{name}({', '.join(letters)})", "", {}


def formulas() -> Iterator[tuple[str, dict[str, str]]]:
    """The closed form of each class in the letters of its paper."""
    for name, entry, arguments in classes():
        count = entry.symbolic(arguments).count
        yield name, {"formula": count.text(), "latex": count.latex()}


def classes() -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """Every class with weights, by its names in a text: with the prefix of its framework, and alone if it is the first of its name."""
    seen = set()
    for framework in frameworks():
        order = [release.key for release in framework.releases]
        for _, known in sorted(framework.classes(), key=lambda its: order.index(its[0].key)):
            if framework.title_prefix:
                yield f"{framework.title_prefix}{known.name}", known.entry, known.arguments
            if known.name not in seen:
                seen.add(known.name)
                yield known.name, known.entry, known.arguments
