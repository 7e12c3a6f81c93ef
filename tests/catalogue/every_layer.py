"""Every layer and every entry of the catalogue in every way, and sizes for their letters: what the laws run over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from typing import Any

import pytest
import sympy
from hypothesis import settings
from hypothesis import strategies as st

from symparams import Formula, layers, symbols
from symparams.catalogue import whole_catalogue
from symparams.core.catalogue import ALWAYS, Entry
from symparams.core.conventions import Tensor
from symparams.core.model import Layer
from symparams.errors import SettingError

LAYERS: dict[str, type[Layer]] = {name: getattr(layers, name) for name in layers.__all__}
AT_LEAST_LAYERS, AT_LEAST_ENTRIES = 10, 21

law = settings(max_examples=15, deadline=None, database=None, derandomize=True)
each_layer = pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)
CATALOGUE = whole_catalogue()
each_entry = pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)


WIDTHS = ("lora_rank", "projection", "connections")  # 0 is none of it, and a letter is a size: an axis of a tensor is at least 1


def in_letters(layer: type[Layer], axes: int = 2) -> Layer:
    """The layer with a letter in every field, numbers by nature too; groups stay, for they must divide."""
    chosen: dict[str, Any] = {}
    for name, field in layer.fields.items():
        if field.fixed or field.check is not None or name == "groups":
            continue
        letters = [f"{field.letter}_{place}" for place in range(axes)] if field.several else [field.letter]
        made = tuple(map(symbols, letters))
        chosen[name] = made if field.several else made[0]
    return layer.symbolic(**chosen)


def variants(entry: Entry) -> Iterator[Layer]:
    """The entry with every option on and off, one way and both ways, with and without an adapter, and quantized."""
    switches = [option for option in entry.options if option.argument != ALWAYS]
    for on in product((False, True), repeat=len(switches)):
        plain = entry.symbolic({option.argument: option.value for option, is_on in zip(switches, on, strict=True) if is_on})
        directions = [plain.but(directions=number) for number in (1, 2)] if "directions" in plain.fields else [plain]
        for each in directions:
            yield each
            if not entry.name.startswith("keras."):  # what is put into a layer later are methods of Keras
                continue
            if "lora_rank" in each.fields and not each.fields["lora_rank"].fixed:
                yield each.but(lora_rank=symbols("r"))
            if "quantization" in each.fields:
                yield from quantized(each)


def quantized(layer: Layer) -> Iterator[Layer]:
    """The layer in every way in which it can be quantized."""
    equation = {"equation": "ab,bc->ac"} if "equation" in layer.fields else {}
    for how in ("int8", "int4", "int4/64", "float8", "gptq/4/64", "awq/4"):
        with suppress(SettingError):
            yield layer.but(quantization=how, **equation)


def every_layer() -> Iterator[tuple[str, Layer]]:
    for name, ours in LAYERS.items():
        yield name, ours.symbolic()
        yield f"{name} in letters", in_letters(ours)
    for name, entry in CATALOGUE.items():
        for place, layer in enumerate(variants(entry)):
            yield f"{name} {place}", layer


EVERY = dict(every_layer())
every = pytest.mark.parametrize("layer", EVERY.values(), ids=EVERY)


def numbers_for(layer: Layer) -> st.SearchStrategy[dict[str, int]]:
    """Sizes for all letters of a layer; zero where a part may not be there (an adapter of rank 0 freezes nothing)."""
    found = {name: {letter.name for letter in letters_in(value)} for name, value in layer.values().items()}
    lowest = {
        field.letter: field.least for name, field in layer.fields.items() if name not in WIDTHS and field.letter in found[name]
    }
    letters = set().union(*found.values())
    drawn = st.fixed_dictionaries({name: st.integers(lowest.get(name, 1), 10**6) for name in sorted(letters)})
    kv_heads = str(layer.values().get("kv_heads"))  # they divide the heads, so there are as many heads to each
    if str(layer.values().get("key_width")) == "d/h":  # as do the heads the width that is shared out among them
        return drawn.map(lambda numbers: numbers | {"d": numbers["d"] * numbers["h"]})
    return drawn.map(lambda numbers: numbers | {"h": numbers["h"] * numbers[kv_heads]}) if kv_heads not in ("h", "None") else drawn


def letters_in(value: Any) -> set[sympy.Symbol]:
    if isinstance(value, tuple):
        return set().union(*map(letters_in, value))
    return set(getattr(value, "free_symbols", ()))


def filled_in(layer: Layer, numbers: dict[str, int]) -> Layer:
    """The layer made anew with numbers where it has letters."""

    def number(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(number, value))
        return int(substituted(value, numbers)) if letters_in(value) else value

    return layer.of({name: number(value) for name, value in layer.values().items() if not layer.fields[name].fixed})


def substituted(expression: Any, numbers: dict[str, int]) -> Any:
    return expression.xreplace({letter: sympy.Integer(numbers[letter.name]) for letter in expression.free_symbols})


def at(formula: Formula, numbers: dict[str, int]) -> int:
    return formula.at({name: numbers[name] for name in formula.letters})


def elements(tensors: list[Tensor]) -> sympy.Expr:
    return sympy.expand(sympy.Add(*(sympy.Mul(*tensor.shape) for tensor in tensors)))
