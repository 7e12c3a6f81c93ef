"""The terms of a formula in numbers as they are written, each beside the tensors that it counts: of 28*28*32 + 32, the 32 is the
bias, although 32 is a factor of both terms."""

from __future__ import annotations

from functools import reduce
from itertools import product
from math import prod

from ...core.frozen import Frozen
from ...core.notation.forms import Add, Braced, Mul, letters_of
from ...core.polynomial import Polynomial, evaluated
from ...core.products import times
from ...core.terms import ONE
from .expanding import expand, terms_with_values
from .owners import is_of_norm, path_pattern
from .right_readings import MARK
from .text_meanings import is_size_mark, marked_size, size_mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from ...core.notation.forms import Notation
    from ...core.terms import Monomial, Number, Terms
    from .model_in_letters import ModelInLetters
    from .reading import FormulaReading

    Family: TypeAlias = tuple[str, str]  # the beginning of some paths, and a kind of tensors

MOST_TERMS = 200  # of a formula that is written by hand
FEW = 64  # copies of a size, such as gates and blocks; a larger factor of a term is a product with another size


class Tensor(Frozen):
    """A tensor: its path, the layer that has it, its ``factor`` times a monomial, and its number of parameters."""

    path: str
    layer: str
    monomial: Monomial
    factor: Number
    count: Number


class Piece(Frozen):
    """One term of a formula as it is written: its monomial, ``factor`` times, and its value."""

    monomial: Monomial
    factor: Number
    value: Number

    def may_be(self, tensors: Sequence[Tensor], *, same: bool = False) -> bool:
        """Whether the term may be these tensors: it has their value, and their factors; or, unless it must have the ``same`` ones,
        it has a large number, which may be a product of sizes, such as the 3072 that is 4*768."""
        if sum(tensor.count for tensor in tensors) != self.value:
            return False
        if all(tensor.monomial == self.monomial for tensor in tensors):
            return True
        return not same and (self.monomial == ONE or self.factor > FEW)


class Beside(Frozen):
    """Some tensors, and the numbers that a formula has for them; one of both may be empty."""

    tensors: tuple[Tensor, ...]
    pieces: tuple[Piece, ...]

    @property
    def its(self) -> Number:
        """The number of parameters of the tensors."""
        return sum(tensor.count for tensor in self.tensors)

    @property
    def yours(self) -> Number:
        """The number that the formula has for them."""
        return sum(piece.value for piece in self.pieces)


def terms_beside_tensors(notation: Notation, reading: FormulaReading, model: ModelInLetters) -> list[Beside]:
    """The terms of a formula in numbers one by one beside the tensors of a model; empty for any other formula, and for one of which
    no term is right."""
    in_numbers = all(is_size_mark(name) for name in letters_of(notation))
    hidden = {size_mark(model.values[name]) for name, terms in reading.sizes.items() if ONE in terms and name in model.values}
    if not in_numbers or not model.values or hidden & reading.letters.keys():
        return []
    point = point_of(reading, model)
    pieces = pieces_of(notation, reading, point)
    tensors = tensors_of(model, reading, point)
    if len(pieces) < 2 or not tensors:
        return []
    found = Matching(pieces, tensors).found()
    return found if any(each.tensors and each.its == each.yours for each in found) else []


def point_of(reading: FormulaReading, model: ModelInLetters) -> dict[str, int]:
    """The numbers of the letters in a reading of a formula in numbers."""
    numbers = {f"{name}{MARK}": marked_size(name) for name in reading.letters if is_size_mark(name)}
    return {**model.given, **model.values, **numbers}


# ---------------------------------------------------------------- the terms of a formula, and the tensors of a model
def pieces_of(notation: Notation, reading: FormulaReading, point: Mapping[str, int]) -> list[Piece]:
    """The terms of a formula as they are written; empty where there are very many, or one is not a whole number."""
    found = []
    for terms in written_terms(notation):
        for monomial, c in terms_with_values(terms, reading.written).items():
            value = value_of({monomial: c}, point)
            if value is None or value <= 0 or value.denominator != 1:
                return []
            found.append(Piece(monomial, c, value))
    return found if len(found) <= MOST_TERMS else []


def written_terms(notation: Notation) -> Iterator[Terms]:
    """The terms of a formula multiplied out, and not added up."""
    match notation:
        case Braced(inside=inside):
            yield from written_terms(inside)
        case Add(terms=parts):
            for part in parts:
                yield from written_terms(part)
        case Mul(factors=factors):
            choices = [list(written_terms(factor)) for factor in factors]
            if prod(map(len, choices)) <= MOST_TERMS:
                yield from (reduce(times, some) for some in product(*choices))
            else:
                yield expand(notation)
        case _:
            yield expand(notation)


def tensors_of(model: ModelInLetters, reading: FormulaReading, point: Mapping[str, int]) -> list[Tensor]:
    """The tensors of a model as a reading writes their sizes; empty where one of them has no number."""
    found = []
    for owner in model.owners:
        terms = terms_with_values(owner.terms, reading.sizes)
        count = value_of(terms, point)
        if count is None or count < 0:
            return []
        if not count:  # a weight that is tied to another
            continue
        ((monomial, factor), *others) = terms.items()
        found.append(Tensor(owner.path, owner.layer, *((ONE, count) if others else (monomial, factor)), count))
    return found


def value_of(terms: Terms, point: Mapping[str, int]) -> Number | None:
    """The value of terms; None where a letter has no number."""
    if any(name not in point for monomial in terms for name, _ in monomial):
        return None
    return evaluated(Polynomial(terms), point)


# ---------------------------------------------------------------- families of tensors
def families(tensor: Tensor) -> Iterator[Family]:
    """The families of tensors that one number may count, of which this one is a member: all of a layer or of a block, of all blocks,
    or of the model, and among these the matrices, the biases, or the vectors of norms."""
    kinds = dict.fromkeys((kind_of(tensor.path), tensor.path.replace("/", ".").rpartition(".")[2], ""))
    for path in dict.fromkeys((tensor.path, path_pattern(tensor.path))):
        yield from product(places(path), kinds)


def places(path: str) -> Iterator[str]:
    """The modules that a tensor is in, the innermost first, and the model."""
    for at in range(len(path) - 1, -1, -1):
        if path[at] in "./":
            yield path[:at]
    yield ""


def kind_of(path: str) -> str:
    """The kind of a tensor by its name."""
    name = path.replace("/", ".")
    last = name.rpartition(".")[2]
    if is_of_norm(name) or last in ("gamma", "beta"):
        return "norm"
    return "bias" if "bias" in last else "moving" if "moving" in last else "matrix"


# ---------------------------------------------------------------- which term counts which tensors
class Matching:
    """The terms of a formula, given to tensors one after another: to those with as many parameters, or to several that have as many
    together, such as all biases of a layer."""

    def __init__(self, pieces: Sequence[Piece], tensors: Sequence[Tensor]) -> None:
        self.pieces = list(pieces)
        self.tensors = dict.fromkeys(tensors)
        self.layers = {tensor.layer for tensor in tensors}
        self.done: list[Beside] = []
        self.members: dict[Family, dict[Tensor, None]] = {}
        self.families: dict[Tensor, list[Family]] = {tensor: [*dict.fromkeys(families(tensor))] for tensor in tensors}
        for tensor, its in self.families.items():
            for family in its:
                self.members.setdefault(family, {})[tensor] = None
        self.totals = {family: sum(tensor.count for tensor in its) for family, its in self.members.items()}
        self.of_total: dict[Number, dict[Family, None]] = {}
        for family, total in self.totals.items():
            self.of_total.setdefault(total, {})[family] = None

    def found(self) -> list[Beside]:
        """The tensors and terms that belong together: what is right, and then what is left of both."""
        self.take_equal(lambda terms, tensors: terms >= tensors)
        self.take_families()
        self.take_equal(lambda terms, tensors: True)
        self.take_multiples()
        self.take_sums()
        return [*self.done, *self.rest()]

    def take(self, tensors: Iterable[Tensor], pieces: Iterable[Piece]) -> None:
        """Takes tensors and terms that belong together from those that are left."""
        group = Beside(tuple(tensors), tuple(pieces))
        self.done.append(group)
        for piece in group.pieces:
            self.pieces.remove(piece)
        for tensor in group.tensors:
            del self.tensors[tensor]
            for family in self.families[tensor]:
                del self.members[family][tensor]
                del self.of_total[self.totals[family]][family]
                self.totals[family] -= tensor.count
                self.of_total.setdefault(self.totals[family], {})[family] = None

    def alike(self) -> list[list[Tensor]]:
        """The tensors that are left, those that are the same term together."""
        found: dict[tuple[Monomial, Number], list[Tensor]] = {}
        for tensor in self.tensors:
            found.setdefault((tensor.monomial, tensor.count), []).append(tensor)
        return list(found.values())

    def take_equal(self, enough: Callable[[int, int], bool]) -> None:
        """Takes the terms that are one tensor, where there are ``enough`` of them for all tensors that are the same term; those
        with the factors of the tensor before others of the same value."""
        for same in (True, False):
            for tensors in self.alike():
                pieces = [piece for piece in self.pieces if piece.may_be(tensors[:1], same=same)]
                if pieces and enough(len(pieces), len(tensors)):
                    self.take(tensors, pieces[: len(tensors)])

    def take_families(self) -> None:
        """Takes the terms that are several tensors that belong together, unless they may be others as well."""
        for same in (True, False):
            for piece in list(self.pieces):
                its = [list(self.members[family]) for family in self.of_total.get(piece.value, ())]
                some = {frozenset(tensors): tensors for tensors in its if len(tensors) > 1 and piece.may_be(tensors, same=same)}
                if len(some) == 1:
                    (tensors,) = some.values()
                    self.take(tensors, [piece])

    def take_multiples(self) -> None:
        """Takes the terms that are all tensors left of one term."""
        for piece in list(self.pieces):
            some = [tensors for tensors in self.alike() if piece.may_be(tensors)]
            exact = [tensors for tensors in some if piece.may_be(tensors, same=True)]
            for tensors in (exact or some)[:1]:
                self.take(tensors, [piece])

    def take_sums(self) -> None:
        """Takes the terms that are all tensors of one monomial only together, such as two of the same that are one matrix."""
        for monomial, tensors in self.by_monomial().items():
            pieces = [piece for piece in self.pieces if piece.monomial == monomial]
            if pieces and Beside(tuple(tensors), tuple(pieces)).its == Beside((), tuple(pieces)).yours:
                self.take(tensors, pieces)

    def by_monomial(self) -> dict[Monomial, list[Tensor]]:
        """The tensors that are left, by their monomials."""
        found: dict[Monomial, list[Tensor]] = {}
        for tensor in self.tensors:
            found.setdefault(tensor.monomial, []).append(tensor)
        return found

    def rest(self) -> Iterator[Beside]:
        """What is left: one term beside what is left of one layer, or the tensors and the terms of the same factors."""
        layers = {tensor.layer for tensor in self.tensors}
        if len(self.pieces) == 1 and self.pieces[0].monomial == ONE and len(layers) == 1 and len(self.layers) > 1:
            yield Beside(tuple(self.tensors), tuple(self.pieces))
            return
        pieces: dict[Monomial, list[Piece]] = {}
        for piece in self.pieces:
            pieces.setdefault(piece.monomial, []).append(piece)
        for monomial, tensors in self.by_monomial().items():
            yield Beside(tuple(tensors), tuple(pieces.pop(monomial, ())))
        yield from (Beside((), tuple(left)) for left in pieces.values())
