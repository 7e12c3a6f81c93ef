"""A model in letters, as a formula describes it: which tensor owns which term, with letters in place of numbers.

A size that is a number is replaced by the letter of its field, the same letter wherever that number is a size; with the
numbers put back, the terms must give the model's count.
"""

from __future__ import annotations

from collections import Counter

from ...core.formula import Formula, formula_of_expression
from ...core.frozen import Frozen
from ...core.model import Layer, countable
from ...core.sizes import is_symbolic, symbol
from ...core.terms import ONE, plus
from ...core.tree import substituted
from ...errors import SymparamsError
from .expanding import terms_with_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ...core.fields import Field
    from ...core.model import Countable, Layer, Part
    from ...core.sizes import Dim
    from ...core.terms import Terms
    from ...core.tree import Node


LONGEST_TITLE = 70
THE_MODEL = "the model"


class Owner(Frozen):
    """A tensor and its terms: ``path`` is its place in the model, ``layer`` the layer that has it."""

    path: str
    layer: str
    terms: Terms


class ModelInLetters(Frozen):
    """A model in letters. ``values`` has the number of each letter that replaces one, ``docs`` the meaning of each letter,
    and ``numbers`` the other numbers of the model that a letter of a formula may mean: four gates, twelve equal layers."""

    title: str
    count: Formula
    owners: tuple[Owner, ...]
    values: dict[str, int]
    docs: dict[str, str]
    numbers: dict[int, str]

    @property
    def total(self) -> Terms:
        """All terms of all tensors."""
        return plus(owner.terms for owner in self.owners)

    @property
    def letters(self) -> list[str]:
        """The letters that a letter of a formula may mean: the model's own, then those that replace its numbers."""
        return list(dict.fromkeys([*self.count.letters, *self.values]))


def model_in_letters(thing: object) -> ModelInLetters:
    """A model, layer or formula in letters. Raises :class:`SettingError` for a thing without a count."""
    if is_symbolic(thing):
        return count_in_own_letters(formula_of_expression(thing), "the expression")
    if isinstance(thing, Formula):
        return count_in_own_letters(thing, "the formula")
    model = countable(thing, "check takes a formula's text and a layer, a model or a Formula").by_itself()
    title, parts, count = model_title(model), model.parts, model.count
    letters = LettersForSizes(set(count.letters))
    for part in parts:
        letters.look(part)
    found = ModelInLetters(
        title=title,
        count=count,
        owners=tuple(letters.owners(parts)),
        values=letters.values,
        docs=letters.docs,
        numbers=letters.numbers | numbers_of_repeats(parts),
    )
    back = terms_with_values(found.total, {name: {ONE: value} for name, value in found.values.items()})
    return found if back == dict(count.polynomial.terms) else count_in_own_letters(count, title)


def model_title(thing: Countable) -> str:
    """The title of a model in an answer: its layers where they are few."""
    return thing.title if len(thing.title) <= LONGEST_TITLE else THE_MODEL


def count_in_own_letters(count: Formula, title: str) -> ModelInLetters:
    """A count as it is, with its numbers kept."""
    owners = (Owner(path, path.rpartition("/")[0], term.polynomial.terms) for path, term in count.terms.items())
    return ModelInLetters(title=title, count=count, owners=tuple(owners), values={}, docs={}, numbers={})


def path_of_tensor(part: Part, path: str) -> str:
    """The path of a tensor in the model; the name of a part may already be that of its only tensor."""
    return part.name if part.is_tensor else f"{part.name}/{path}"


class LettersForSizes:
    """The letters that replace the numbers of a model."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.of_number: dict[int, str] = {}
        self.docs: dict[str, str] = {}
        self.numbers: dict[int, str] = {}
        self.trees: dict[Layer, Node | None] = {}

    @property
    def values(self) -> dict[str, int]:
        return {name: number for number, name in self.of_number.items()}

    def look(self, part: Part) -> None:
        """Gives a letter to each number that is a size of a layer."""
        for name, field, value in size_fields(part.layer):
            if field.number or field.fixed:
                if isinstance(value, int) and value > 1:
                    self.numbers.setdefault(value, f"the {name} of {part.name}")
                continue
            for size in value if field.several else (value,):
                if isinstance(size, int) and size > 0 and size not in self.of_number:
                    letter = self.free(field.letter)
                    self.of_number[size] = letter
                    self.docs[letter] = f"the {name} of {part.name}"
                elif not isinstance(size, int):
                    self.docs.setdefault(str(size), f"the {name} of {part.name}")

    def free(self, wanted: str) -> str:
        """The letter that is wanted, with a number where it is taken."""
        name, number = wanted, 0
        while name in self.taken:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name)
        return name

    def owners(self, parts: list[Part]) -> Iterator[Owner]:
        """The tensors of all parts, with their terms in letters."""
        for part in parts:
            for path, term in Formula(self.tree(part)).terms.items():
                yield Owner(
                    path=path_of_tensor(part, path) if len(parts) > 1 else path, layer=part.name, terms=term.polynomial.terms
                )

    def tree(self, part: Part) -> Node:
        """The weights of a part, in letters."""
        if part.layer not in self.trees:
            self.trees[part.layer] = self.rebuilt(part.layer)
        tree = self.trees[part.layer]
        if tree is not None and Formula(part.node) == Formula(part.all_of(part.layer.weights())):
            return part.all_of(tree)
        return substituted(part.node, axis=self.put, copies=lambda copies: copies)  # some of its weights are tied

    def rebuilt(self, layer: Layer) -> Node | None:
        """The weights of a layer built with letters; None where it needs numbers."""
        changed = {
            name: tuple(map(self.put, value)) if field.several else self.put(value)
            for name, field, value in size_fields(layer)
            if not field.number and not field.fixed
        }
        try:
            return type(layer).of(layer.values() | changed).weights()
        except SymparamsError:  # a size that must be a number
            return None

    def put(self, size: Dim) -> Dim:
        """A size, or the letter that replaces it."""
        return symbol(self.of_number[size]) if isinstance(size, int) and size in self.of_number else size


def size_fields(layer: Layer) -> Iterator[tuple[str, Field, Any]]:
    """The fields of a layer that are sizes or numbers."""
    values = layer.values()
    return ((name, field, values[name]) for name, field in layer.fields.items() if field.check is None)


def numbers_of_repeats(parts: list[Part]) -> dict[int, str]:
    """The number of blocks in each stack, ``h.0`` to ``h.11``; without stacks, the number of equal layers of each kind."""
    stacks: dict[str, set[str]] = {}
    for part in parts:
        steps = part.name.replace("/", ".").split(".")
        at = next((at for at, step in enumerate(steps) if step.isdigit()), None)
        if at is not None and len(steps) > at + 1:
            stacks.setdefault(".".join(steps[:at]), set()).add(steps[at])
    found = {
        len(blocks): f"the number of blocks in {stack}" if stack else "the number of blocks"
        for stack, blocks in stacks.items()
        if len(blocks) > 1
    }
    if found:
        return found
    equal = Counter(part.layer for part in parts)
    return {number: f"the number of equal {type(layer).__name__} layers" for layer, number in equal.items() if number > 1}
