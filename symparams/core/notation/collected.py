"""A model by its blocks: what is repeated stays apart, ``V*d + T*d + 2*d + L*(12*d**2 + 13*d)``, and in it terms are collected."""

from __future__ import annotations

from ..frozen import Frozen
from ..polynomial import Polynomial, polynomial_of_node
from ..terms import degree, gathered_letters
from ..tree import Section, Sum, Times
from .equal_parts import form_key, inside_of, is_one_layer
from .factoring import common_letters, over
from .forms import Add, Braced, Mul, is_numeric, joined, of_size, positive_in_front, product, summed, terms_of
from .grouping import factored_expression
from .text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..sizes import Dim
    from ..terms import Monomial
    from ..terms import Number as Rational
    from ..tree import Node
    from .forms import Notation

LONGEST = 170  # characters, which is about two lines
MOST_NAMES = 3  # in a caption


class Block(Frozen):
    """A part of a model with its name, and the number of its copies, or None for a part that is there once.

    ``outer`` is the outermost of its names, where one has several.
    """

    node: Node
    name: str = ""
    copies: Dim | None = None
    outer: str = ""

    @property
    def is_apart(self) -> bool:
        """Whether it keeps its copies in front; equal layers beside each other, and what is subtracted, are added up."""
        return self.copies is not None and self.copies != -1 and not (isinstance(self.copies, int) and self.is_layer)

    @property
    def is_layer(self) -> bool:
        """Whether it is one layer."""
        return is_one_layer(inside_of(self.node))

    @property
    def polynomial(self) -> Polynomial:
        """Its count with all copies."""
        return polynomial_of_node(self.node if self.copies is None else Times(self.node, self.copies, "layers"))


def blocks_of(node: Node, name: str = "") -> Iterator[Block]:
    """The blocks of a model in order; equal ones are one block, and a part that has repeated blocks is opened."""
    inside = inside_of(node)
    name = name_around(node) or name
    if is_one_layer(inside):
        yield Block(node=inside, name=name)
    elif isinstance(inside, Times):
        yield Block(node=inside.part, name=name_around(inside.part) or name, copies=inside.copies)
    elif isinstance(inside, Sum):
        alike: dict[object, list[Node]] = {}
        for part in inside.parts:
            alike.setdefault(form_key(part), []).append(part)
        for part, *others in alike.values():
            if others:
                yield Block(node=part, name=names_together([part, *others]) or name, copies=1 + len(others))
                continue
            blocks = list(blocks_of(part, name))
            opened = len(blocks) == 1 or any(block.is_apart for block in blocks)
            whole = Block(node=part, name=name_around(part) or name, outer=part.name if isinstance(part, Sum) else "")
            yield from blocks if opened else [whole]


def names_together(parts: Sequence[Node]) -> str:
    """The names of a few equal parts, and of many that of the first."""
    names = [*dict.fromkeys(filter(None, map(name_around, parts)))]
    return ", ".join(names) if len(names) <= MOST_NAMES else names[0]


def name_around(node: Node) -> str:
    """The innermost name around all of a node that is not just the number of a copy."""
    found = ""
    while isinstance(node, Sum):
        name = node.caption if isinstance(node, Section) else node.name
        found = name if name and not name.isdigit() and name != "i" else found
        counted = [part for part in node.parts if form_key(part) is not None]
        if len(counted) != 1:
            break
        (node,) = counted
    return found


def names_of(names: Sequence[str]) -> str:
    """A few names as a caption; of many, the first and how many more there are."""
    more = len(names) - MOST_NAMES
    return ", ".join(names) if more <= 0 else f"{', '.join(names[: MOST_NAMES - 1])} and {more + 1} more"


# ---------------------------------------------------------------- collected
def collected(node: Node, braced: int = 0) -> Notation:
    """The count by its blocks, and inside each by its letters; blocks that are not repeated are apart only if there is room.

    ``braced`` is the number of levels at which each term has the name of its layers under it.
    """
    blocks = list(blocks_of(node))
    for several in (blocks, numbered_together(blocks)):
        if are_kept_apart(several):
            made = sum_of_blocks(several, apart=True)
            if len(plain(made)) <= LONGEST:
                return sum_of_blocks(several, apart=True, braced=braced) if braced else made
    return sum_of_blocks(blocks, apart=False, braced=braced)


def numbered_together(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those beside each other that are of one name and a number as one: ``down1`` to ``down4``."""
    found: list[list[Block]] = []
    for block in blocks:
        stem = stem_of(block)
        if found and stem and stem == stem_of(found[-1][-1]):
            found[-1].append(block)
        else:
            found.append([block])
    return [
        Block(node=Sum(tuple(each.node for each in several)), name=stem_of(first)) if len(several) > 1 else first
        for several in found
        for first in several[:1]
    ]


def stem_of(block: Block) -> str:
    """The name of a block without its number; nothing for a layer, or a block that is repeated."""
    return "" if block.copies is not None or block.is_layer else block.outer.rstrip("0123456789").rstrip("_")


def are_kept_apart(blocks: Sequence[Block]) -> bool:
    """Whether a model is made of several blocks, such as an encoder and a decoder, and not of layers with a block among them."""
    several = [block for block in blocks if not block.is_apart and not block.is_layer]
    return len(several) > 2 or (len(several) == len(blocks) == 2)


def sum_of_blocks(blocks: Sequence[Block], apart: bool, braced: int = 0, inner: bool = False) -> Notation:
    """The layers that are there once, by their letters, and after them each block.

    Inside a block (``inner``), parts of which there are two or three are added up with the others, as 8*d**2 for two attentions.
    """
    once: list[tuple[str, Polynomial]] = []
    others = []
    for block in blocks:
        if (inner and isinstance(block.copies, int)) or (not block.is_apart and (block.is_layer or not apart)):
            once += polynomials_of_layers(block)
            continue
        inside = group(sum_of_blocks(list(blocks_of(block.node)), apart=False, braced=max(0, braced - 1), inner=True))
        is_product = len(block.polynomial.terms) == 1 and block.polynomial.constant() is None  # which shows no block
        if is_product and not (braced and block.name):
            once.append((block.name, block.polynomial))
            continue
        inside = Braced(inside, block.name) if braced and block.name else inside
        others.append(inside if block.copies is None else product((of_size(block.copies), inside)))
    return joined([by_letter(once, braced > 0), *others])


def polynomials_of_layers(block: Block) -> list[tuple[str, Polynomial]]:
    """The counts of the layers of a block in order, each with its name; with copies, that of the whole block."""
    if block.copies is not None or block.is_layer:
        return [(block.name, block.polynomial)]
    return [found for each in blocks_of(block.node, block.name) for found in polynomials_of_layers(each)]


def group(inside: Notation) -> Notation:
    """A sum in parentheses; anything else as it is."""
    return Mul((inside,)) if isinstance(inside, Add) else inside


def by_letter(layers: Sequence[tuple[str, Polynomial]], braced: bool) -> Notation:
    """A sum of layers, its terms by degree, and those of one degree in the order in which they first occur."""
    terms: dict[Monomial, Rational] = {}
    owners: dict[Monomial, dict[str, None]] = {}
    for name, polynomial in layers:
        for monomial, coefficient in polynomial.ordered():
            terms[monomial] = terms.get(monomial, 0) + coefficient
            owners.setdefault(monomial, {})[name] = None
    atoms = gathered_letters(*(polynomial.atoms for _, polynomial in layers))
    ordered = positive_in_front(sorted((term for term in terms.items() if term[1]), key=lambda term: -degree(term[0])))
    notations = list(terms_of(ordered, atoms))
    if not braced:
        return joined(notations)
    names = [names_of([*dict.fromkeys(", ".join(filter(None, owners[monomial])).split(", "))]) for monomial, _ in ordered]
    return joined([Braced(made, name) if name else made for made, name in zip(notations, names, strict=True)])


MANY, SHORTER = 6, 1.5  # terms beside each other in a formula as it is written, and how many more they are than collected


def repeats_itself(part: Notation) -> bool:
    """Whether a sum in a formula has the same letters again and again: 4*d**2 + 4*d + 2*4*d**2 + 4*d + d + 2*2*d."""
    if isinstance(part, Mul):
        return any(map(repeats_itself, part.factors))
    if not isinstance(part, Add):
        return False
    plain_terms = [term for term in part.terms if not has_a_sum(term)]
    alike = len({letters_of_term(term) for term in plain_terms})
    return (len(plain_terms) >= MANY and len(plain_terms) >= SHORTER * alike) or any(map(repeats_itself, part.terms))


def has_a_sum(part: Notation) -> bool:
    """Whether a term is a product with a sum."""
    return isinstance(part, Add) or (isinstance(part, Mul) and any(map(has_a_sum, part.factors)))


def letters_of_term(part: Notation) -> tuple[Notation, ...]:
    """The factors of a term that are not numbers, in any order."""
    factors = part.factors if isinstance(part, Mul) else (part,)
    return tuple(sorted((factor for factor in factors if not is_numeric(factor)), key=str))


# ---------------------------------------------------------------- factored
def factored(node: Node) -> Notation:
    """The count factored; where that leaves a sum, each layer and block is, with the letters that all share in front."""
    from ..algebra import factors_of

    whole = polynomial_of_node(node)
    blocks = [block for block in blocks_of(node) if block.polynomial.terms]
    if whole.constant() is not None or len(blocks) < 2:
        return factored_expression(whole)
    front = common_letters(whole)
    without = Polynomial({front: 1}, whole.atoms)
    letters = factors_of(without.expression()) if front else []
    repeated = [block for block in blocks if block.is_apart]
    if letters and not repeated:
        return factored_expression(whole)
    layers = [block.polynomial for block in blocks if not block.is_apart and (block.is_layer or letters or repeated)]
    others = [block.polynomial for block in blocks if not block.is_apart and not (block.is_layer or letters or repeated)]
    if layers and (letters or any(len(each.terms) == 1 for each in layers)):  # d*(T + 2) for T*d and 2*d
        inside = [quotient_factored(polynomial_sum(layers), without)]
    else:
        inside = [quotient_factored(polynomial, without) for polynomial in layers]
        inside = [group(each) for each in inside] if len(layers) + len(others) > 1 else inside
    inside += [group(quotient_factored(polynomial, without)) for polynomial in others]
    for block in repeated:
        assert block.copies is not None
        inside.append(product((of_size(block.copies), group(quotient_factored(polynomial_of_node(block.node), without)))))
    return product((*map(of_size, letters), group(summed(inside))))


def polynomial_sum(polynomials: Sequence[Polynomial]) -> Polynomial:
    """The sum of polynomials."""
    first, *others = polynomials
    for other in others:
        first = first + other
    return first


def quotient_factored(count: Polynomial, without: Polynomial) -> Notation:
    """A count over the letters that are in front of the sum, factored."""
    (front,) = without.terms
    terms = {over(monomial, front): c for monomial, c in count.terms.items()}
    return factored_expression(Polynomial(terms, gathered_letters(count.atoms, without.atoms)))
