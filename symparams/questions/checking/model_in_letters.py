"""A model in letters, as a formula describes it: which tensor owns which term, with letters in place of numbers.

Every size that is a number is replaced by a letter; with the numbers put back, the terms must give the model's count.
"""

from __future__ import annotations

from collections import Counter

from ...core.formula import Formula, formula_of_expression
from ...core.frozen import Frozen
from ...core.model import countable
from ...core.sizes import is_symbolic, symbol
from ...core.terms import ONE, plus
from ...layers.embedding import Embedding
from .expanding import terms_with_values
from .independent_sizes import IndependentSizes, Owner, Size, block_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...core.model import Countable, Layer, Part
    from ...core.terms import Terms


LONGEST_TITLE = 70
THE_MODEL = "the model"


class ModelInLetters(Frozen):
    """A model in letters. ``values`` has the number of each letter that replaces one, ``docs`` the meaning of each letter,
    and ``numbers`` the other numbers of the model that a letter of a formula may mean, and all that each is: four gates, twelve
    equal layers, twenty steps of the input.

    ``sizes`` has what is known of each letter that replaces a number; two sizes that only happen to be equal have two letters.
    ``layers`` is the number of layers, and ``known_apart`` tells that sizes with different letters are certainly independent.
    ``given`` has the numbers of letters that are the model's own, as those of a config are."""

    title: str
    count: Formula
    owners: tuple[Owner, ...]
    values: dict[str, int]
    docs: dict[str, str]
    numbers: dict[int, list[str]]
    sizes: Mapping[str, Size] = {}
    layers: int = 1
    known_apart: bool = False
    given: Mapping[str, int] = {}

    @property
    def total(self) -> Terms:
        """All terms of all tensors."""
        return plus(owner.terms for owner in self.owners)

    @property
    def fields_of_numbers(self) -> dict[int, set[str]]:
        """The fields of the sizes that have each number."""
        found: dict[int, set[str]] = {}
        for size in self.sizes.values():
            found.setdefault(size.number, set()).add(size.field)
        for name, number in self.given.items():
            found.setdefault(number, set()).add(field_of_meaning(self.docs.get(name, "")))
        return found

    def field_of(self, letter: str) -> str:
        """The field of a layer that a letter is, such as ``inputs``."""
        size, meaning = self.sizes.get(letter), self.docs.get(letter, "")
        return size.field if size is not None else field_of_meaning(meaning) or meaning.removeprefix("the ").partition(" of ")[0]

    @property
    def letters(self) -> list[str]:
        """The letters that a letter of a formula may mean: the model's own, then those that replace its numbers."""
        return list(dict.fromkeys([*self.count.letters, *self.values]))

    @property
    def equal_sizes(self) -> dict[int, list[str]]:
        """The letters that replace each number."""
        found: dict[int, list[str]] = {}
        for name, number in self.values.items():
            found.setdefault(number, []).append(name)
        return found

    def merged(self) -> ModelInLetters:
        """The same with one letter for each number: the first of those that replace it."""
        first = {name: names[0] for names in self.equal_sizes.values() for name in names}
        put: dict[str, Terms] = {name: {((other, 1),): 1} for name, other in first.items() if name != other}
        kept = set(first.values())
        return self.but(
            owners=tuple(owner.but(terms=terms_with_values(owner.terms, put)) for owner in self.owners),
            values={name: number for name, number in self.values.items() if name in kept},
            docs={name: doc for name, doc in self.docs.items() if name in kept or name not in self.values},
        )


def models_in_letters(thing: object) -> list[ModelInLetters]:
    """A model, layer or formula in letters, in several ways where it is not known which sizes are the same: first with what is
    known of its sizes, then with the same sizes in equal blocks, then with a letter for the width of a head as well.

    Raises :class:`SettingError` for a thing without a count."""
    if is_symbolic(thing):
        return [count_in_own_letters(formula_of_expression(thing), "the expression")]
    if isinstance(thing, Formula):
        return [count_in_own_letters(thing, "the formula")]
    model = countable(thing, "check takes a formula's text and a layer, a model or a Formula").by_itself()
    made, count = model.layers_in_letters(), set(model.count.letters)
    given = {name: number for name, number in model.letter_values().items() if name in count}
    found = [in_letters(model, made, stacked=False)]
    if given:
        found[0] = found[0].but(given=given, docs=found[0].docs | meanings_of(given, model))
    if given and given.keys() >= count:
        return [*found, letters_as_sizes(found[0], model)]
    if any(block_pattern(part.name) for part in model.parts):
        found.append(in_letters(model, made, stacked=True))
    apart = heads_apart(made)
    if apart != made:
        found.append(in_letters(model, apart, stacked=True))
    return found


# The fields of our layers that letters of a config are, by words in the names of its fields.
FIELDS = {
    "position": "words",
    "vocab": "words",
    "intermediate": "units",
    "ffn": "units",
    "d_ff": "units",
    "n_inner": "units",
    "head_dim": "key_width",
    "d_kv": "key_width",
    "heads": "heads",
    "hidden_size": "width",
    "d_model": "width",
    "embd": "width",
    "embedding": "width",
}


def letters_as_sizes(found: ModelInLetters, model: Countable) -> ModelInLetters:
    """The same with the model's own letters as sizes that have their numbers, for formulas that are written in numbers."""
    meanings = model.letter_meanings()
    sizes: dict[str, Size] = {}
    for name, number in found.given.items():
        meaning = meanings.get(name, name)
        field = field_of_meaning(meaning)
        is_later = field == "words" and "position" in meaning
        sizes[name] = Size(number, name, field or meaning, meaning, "", is_later)
    return found.but(values={**found.values, **found.given}, sizes={**found.sizes, **sizes})


def field_of_meaning(meaning: str) -> str:
    """The field of our layers that a field of a config is; empty where it is none of them."""
    return next((field for part, field in FIELDS.items() if part in meaning), "")


def meanings_of(letters: Iterable[str], model: Countable) -> dict[str, str]:
    """The meanings of a model's own letters."""
    meanings = model.letter_meanings()
    return {name: meanings.get(name, f"the model's {name}") for name in letters}


def heads_apart(made: Mapping[str, Layer]) -> dict[str, Layer]:
    """The layers with a letter of its own for the width of each head."""
    return {
        name: layer.but(key_width=symbol(f"head_width_{number}")) if "key_width" in layer.fields else layer
        for number, (name, layer) in enumerate(made.items())
    }


def in_letters(model: Countable, made: Mapping[str, Layer], *, stacked: bool) -> ModelInLetters:
    """A model in letters; layers that are ``made`` from the same sizes have the same letters, and with ``stacked``, equal layers
    of equal blocks as well."""
    title, parts, count = model_title(model), model.parts, model.count
    sizes = IndependentSizes(parts, set(count.letters), made, in_series=model.in_series, stacked=stacked)
    found = ModelInLetters(
        title=title,
        count=count,
        owners=tuple(sizes.owners()),
        values={name: size.number for name, size in sizes.sizes.items()},
        docs=sizes.docs,
        numbers=every_number(numbers_of_repeats(parts), sizes.numbers, axes_of_input(parts)),
        sizes=sizes.sizes,
        layers=len(parts),
        known_apart=sizes.known_apart,
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


def every_number(*groups: Mapping[int, list[str]]) -> dict[int, list[str]]:
    """The meanings of each number of several groups, in this order."""
    found: dict[int, list[str]] = {}
    for group in groups:
        for number, docs in group.items():
            found.setdefault(number, []).extend(docs)
    return found


AXES = {1: ("steps",), 2: ("height", "width")}  # of an input, by the number of its axes without those of the batch and the features


def axes_of_input(parts: list[Part]) -> dict[int, list[str]]:
    """The axes of the input of a model that are no features, which a layer that flattens it multiplies the features by."""
    shape = parts[0].input_shape if parts else None
    if not isinstance(shape, tuple):
        return {}
    axes = shape[1:] if isinstance(parts[0].layer, Embedding) else shape[1:-1]
    found: dict[int, list[str]] = {}
    for axis, name in zip(axes, AXES.get(len(axes), ()), strict=False):
        if isinstance(axis, int) and axis > 1:
            found.setdefault(axis, []).append(f"the {name} of the input")
    return found


def numbers_of_repeats(parts: list[Part]) -> dict[int, list[str]]:
    """The number of blocks in each stack, ``h.0`` to ``h.11``; without stacks, the number of equal layers of each kind."""
    copies = {
        number: ["the number of copies"]
        for part in parts
        for number in part.copies.values()
        if isinstance(number, int) and number > 1
    }
    stacks: dict[str, set[str]] = {}
    for part in parts:
        steps = part.name.replace("/", ".").split(".")
        at = next((at for at, step in enumerate(steps) if step.isdigit()), None)
        if at is not None and len(steps) > at + 1:
            stacks.setdefault(".".join(steps[:at]), set()).add(steps[at])
    found = copies | {
        len(blocks): [f"the number of blocks in {stack}" if stack else "the number of blocks"]
        for stack, blocks in stacks.items()
        if len(blocks) > 1
    }
    if found:
        return found
    equal = Counter(part.layer for part in parts)
    return {number: [f"the number of equal {type(layer).__name__} layers"] for layer, number in equal.items() if number > 1}
