"""A formula in which some sizes have letters of their own, as papers write it: ``2*d*d_k*h + d*d_k*h``, where ``d_k = d/h``."""

from __future__ import annotations

from ..errors import LetterError, SettingError, brief
from .collected import CollectedFormula
from .formula import Formula
from .sizes import is_symbolic, symbol
from .tree import substituted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .algebra import Expr
    from .notation.forms import Notation
    from .sizes import ByLetter, Dim
    from .tree import Node


class DefinedFormula(Formula):
    """A formula that is shown with letters for some of its sizes. Its count, its letters and its numbers are those of ``plain``."""

    def __init__(self, plain: Formula, definitions: Mapping[str, Expr]) -> None:
        super().__init__(plain.node, plain.signed)
        self.plain, self._definitions = plain, definitions

    @property
    def definitions(self) -> Mapping[str, Expr]:
        """The sizes that have letters of their own, by these letters."""
        return self._definitions

    @property
    def shown(self) -> Formula:
        """The formula with these letters in place of the sizes."""
        node = with_letters(self.node, self._definitions)
        return (CollectedFormula if self.is_by_blocks else Formula)(node, self.signed)

    def notation(self, form: str = "written") -> Notation:
        return self.shown.notation(form)

    @property
    def is_by_blocks(self) -> bool:  # type: ignore[override]
        """Whether that of ``plain`` is."""
        return self.plain.is_by_blocks

    def __str__(self) -> str:
        said = ", ".join(f"{name} = {size_in_text(size)}" for name, size in self._definitions.items())
        return super().__str__() + (f", where {said}" if self.letters else "")

    def _repr_latex_(self) -> str:
        from .notation.forms import Letter, of_size
        from .notation.latex import typeset

        said = ", ".join(f"{typeset(Letter(name))} = {typeset(of_size(size))}" for name, size in self._definitions.items())
        return rf"{super()._repr_latex_()[:-1]} \quad \text{{where }} {said}$"

    # ------------------------------------------------------------ its numbers
    @property
    def holds_given(self) -> Sequence[str]:
        return self.plain.holds_given

    def check_conditions(self, given: Mapping[str, Dim]) -> None:
        self.plain.check_conditions(given)

    @property
    def has_own_way(self) -> bool:
        return self.plain.has_own_way

    def _at(self, values: ByLetter[int] | None, named: Mapping[str, int]) -> int:
        return self.plain._at(values, named)

    def _put_in(self, given: Mapping[str, Dim]) -> Formula:
        if not given:
            return self
        rule = {self.all_symbols[name]: value for name, value in given.items()}
        return defined(self.plain._put_in(given), {name: size.xreplace(rule) for name, size in self._definitions.items()})

    def _of(self, node: Node, signed: bool, other: object = None) -> Formula:
        its = other.definitions if isinstance(other, Formula) else {}
        return defined(self.plain._of(node, signed, other), {**its, **self._definitions})


def defined(plain: Formula, definitions: Mapping[str, Expr]) -> Formula:
    """The formula with those of the definitions that it has a use for."""
    used = {name: size for name, size in definitions.items() if is_symbolic(size) and is_used(plain.node, name, size)}
    return DefinedFormula(plain, used) if used else plain


def defined_by_user(plain: Formula, asked: Mapping[str, object]) -> DefinedFormula:
    """A formula with definitions. Raises :class:`LetterError` for one whose letter is taken, whose letters the formula does not have,
    or whose size does not occur in it.
    """
    checked: dict[str, Expr] = {}
    for name, size in asked.items():
        if name in plain.all_symbols:
            raise LetterError(f"{name} is a letter of {plain} already; use another one for {size}")
        if not is_symbolic(size) or not size.free_symbols or size in plain.all_symbols.values():
            raise SettingError(f"{name} must be defined as an expression of the formula's letters, such as d/h, not {brief(size)}")
        unknown = sorted(letter.name for letter in size.free_symbols if plain.all_symbols.get(letter.name) != letter)
        if unknown:
            raise LetterError(f"{name} = {size} has the letter {unknown[0]}, which is not in {plain}")
        if not is_used(plain.node, name, size):
            raise LetterError(f"{name} = {size} is not used: no size in {plain} is a multiple of {size}")
        checked[name] = size
    return DefinedFormula(plain, checked)


def size_in_text(size: Expr) -> str:
    """A size as Python writes it."""
    from .notation.forms import of_size
    from .notation.text import plain

    return plain(of_size(size))


def is_used(node: Node, name: str, size: Expr) -> bool:
    """Whether some size of a tree has this one in it."""
    return with_letters(node, {name: size}) != node


def with_letters(node: Node, definitions: Mapping[str, Expr]) -> Node:
    """The tree with letters in place of the sizes that they are defined as."""
    from .algebra import exchanged

    rule = {size: symbol(name) for name, size in definitions.items()}

    def put(old: Dim) -> Dim:
        return old if isinstance(old, int) else exchanged(old, rule)

    return substituted(node, axis=put, copies=put)
