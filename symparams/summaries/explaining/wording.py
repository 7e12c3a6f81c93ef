"""A layer that was found, in words, in Python, and with its count in the paper's letters."""

from __future__ import annotations

from functools import cache

from ...core.formula import Formula
from ...core.sizes import symbol
from ...errors import SymparamsError
from ...keras.signature import REQUIRED, parameters
from .row_question import LayerCandidate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ...core.model import Layer

# The words for a size, by the name of the field; other fields use their name.
SAID = {
    "window": "a window of {}",
    "shape": "over {}",
    "words": "{} word",
    "width": "of {} number",
    "units": "{} unit",
    "filters": "{} filter",
    "heads": "{} head",
}
COUNTS: dict[object, str] = {0: "no", 1: "one", 2: "two", 3: "three", 4: "four"}


def candidate_title(candidate: LayerCandidate) -> str:
    """``Bidirectional(GRU)``."""
    inside = [candidate_title(value) for value in candidate.arguments.values() if isinstance(value, LayerCandidate)]
    return f"{candidate.class_name}({', '.join(inside)})" if inside else candidate.class_name


def candidate_code(candidate: LayerCandidate) -> str:
    """``Bidirectional(GRU(16, reset_after=False))``: the code with the arguments that are not the default."""
    given: list[str] = []
    for name, default in parameters(candidate.version, candidate.class_name).items():
        if name in candidate.arguments:
            value = candidate.arguments[name]
            text = candidate_code(value) if isinstance(value, LayerCandidate) else repr(value)
            if default is REQUIRED and not any("=" in argument for argument in given):
                given.append(text)
            elif default is REQUIRED or repr(default) not in (text, f"({text}, {text})", f"({text}, {text}, {text})"):
                given.append(f"{name}={text}")
    return f"{candidate.class_name}({', '.join(given)})"


def sizes_in_words(core: Layer, but: Sequence[str] = ()) -> str:
    """``16 units on 15 features, one bias set``, without some fields."""
    values, words, numbers, on = core.values(), [], [], ""
    for name, field in core.fields.items():
        value, default = values[name], field.default
        if name in but or field.fixed or value is None or is_derived(value, default, values):
            continue
        if name == "inputs":
            on = f" on {several_in_words(value, field.doc.split()[0].removesuffix('s'))}"
        elif not field.number:
            words.append(size_in_words(name, as_tuple(value)))
        elif name == "projection":
            numbers.append(f"projected to {value}" if value else "")
        elif name == "bias_sets":
            numbers.append(f"{COUNTS.get(value, value)} {'bias' if not value else 'bias set' if value == 1 else 'bias sets'}")
        elif name == "lora_rank":
            numbers.append(f"LoRA of rank {value}" if value else "")
        elif value != default and default is not REQUIRED:
            numbers.append(several_in_words(value, name.replace("_", " ").removesuffix("s"), COUNTS))
    sizes = ", ".join(words).replace(", of ", " of ") + on
    return ", ".join(text for text in (sizes.strip(), *numbers) if text)


def size_in_words(name: str, sizes: tuple[object, ...]) -> str:
    """``16 units``, ``a window of 3x3``."""
    size = "x".join(map(str, sizes))
    if name not in SAID:
        return f"{name.replace('_', ' ')} {size}"
    said = SAID[name].format(size)
    return said if said.endswith(size) or size == "1" else f"{said}s"


def several_in_words(number: object, noun: str, names: Mapping[object, str] | None = None) -> str:
    """``one feature``, ``2 features``."""
    return f"{(names or {}).get(number, number)} {noun}{'' if number == 1 else 's'}"


def is_derived(value: object, default: object, values: Mapping[str, object]) -> bool:
    """Whether a size repeats the size of another field, which is its default."""
    return isinstance(default, str) and value in (values.get(default), (values.get(default),))


def as_tuple(value: Any) -> tuple[Any, ...]:
    """A value as a tuple."""
    return value if isinstance(value, tuple) else (value,)


@cache
def count_and_sizes(core: Layer, names: tuple[tuple[str, str], ...]) -> tuple[Formula, dict[str, int]]:
    """The count of a layer in the letters of its paper, and their sizes; in numbers where letters are impossible."""
    total, values = int(core.count), core.values()
    chosen: dict[str, object] = {}
    numbers: dict[str, int] = {}
    for name, field in core.fields.items():
        value, default = values[name], field.default
        if field.fixed or field.number or not all(isinstance(size, int) for size in as_tuple(value)):
            continue
        if is_derived(value, default, values) and default in chosen:
            chosen[name] = (chosen[default],) if field.several and not isinstance(chosen[default], tuple) else chosen[default]
            continue
        given = dict(names).get(name, "").split()
        sizes = as_tuple(value)
        letters = given if len(given) == len(sizes) else [field.letter] * len(sizes)
        if len(set(letters)) < len(letters) or numbers.keys() & set(letters):
            letters = [f"{letter}_{place}" for place, letter in enumerate(letters, len(numbers) + 1)]
        numbers |= dict(zip(letters, sizes, strict=True))
        symbols = tuple(map(symbol, letters))
        chosen[name] = symbols if field.several else symbols[0]
    try:
        formula = core.but(**chosen).count
        used = {letter: number for letter, number in numbers.items() if letter in formula.letters}
        if formula.at(used) == total:
            return formula, used
    except SymparamsError:
        pass
    return core.count, {}
