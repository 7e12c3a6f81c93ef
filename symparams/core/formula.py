"""A count: exact, symbolic, printable. The class of every ``.count``."""

from __future__ import annotations

from itertools import islice

from .._startup.boundary import guard
from .._startup.lazy import module_of
from .._startup.limits import VALUES_OF_AN_ANSWER
from .._startup.once import cached_property
from ..errors import LetterError, SettingError, SizeError, brief, either, letters_known, listed, nearest
from . import polynomial as poly
from .number_texts import is_short_number, number_of_text
from .sizes import digits, is_symbolic, letter_name, multiplier, size, symbol
from .tree import Sum, Times, Weight, by_kind, copied, leaves, substituted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from typing import Any, TypeAlias, TypeVar, overload

    from .algebra import Expr, Relation, Symbol
    from .arrays.blocks import Plan
    from .arrays.steps import Steps
    from .grids.grid import Grid
    from .notation.forms import Notation
    from .polynomial import Polynomial
    from .sizes import ByLetter, Dim, Letter
    from .tree import Node

    Operand: TypeAlias = "Formula | Dim"
    SizeT = TypeVar("SizeT", bound=Dim)

FORMS = ("written", "collected", "expanded", "factored", "kinds")
FEW = 4  # layers; a formula of more is printed by its blocks


class Values(dict[str, int]):
    """The numbers of a model's letters. The formula of a part uses those that it has, and ignores the others."""


@guard
class Formula:
    r"""The number of parameters of a tree of weights, as a formula in its letters.

    It keeps the form in which the layer was declared, and gives SymPy a copy multiplied out:

    >>> from symparams.layers import GRU
    >>> count = GRU.symbolic().count
    >>> print(count)
    3*(m*n + n**2 + n)
    >>> count.expr
    3*m*n + 3*n**2 + 3*n
    >>> count.at(m=15, n=16)
    1536
    >>> count.latex("factored")
    '3 n \\left(m + n + 1\\right)'
    """

    own_sizes: Mapping[str, int] = {}
    is_by_blocks = False  # whether its written form is that by blocks

    def multiple_of(self, letter: str, sizes: Mapping[str, int]) -> int:  # noqa: ARG002
        """The number that a letter has to be a multiple of, at these sizes of the others, beyond what the formula itself shows."""
        return 1

    def __init__(self, node: Node, signed: bool = False) -> None:
        self.node = node
        self.signed = signed  # a difference: its sizes may be negative

    # ------------------------------------------------------------ polynomial and letters
    @cached_property
    def polynomial(self) -> Polynomial:
        """The count multiplied out, as ``{monomial: coefficient}``; no SymPy needed."""
        return poly.polynomial_of_node(self.node)

    @cached_property
    def symbols(self) -> dict[str, Symbol]:
        """Its letters by name, sorted."""
        used: dict[str, Symbol] = {}
        for monomial in self.polynomial.terms:
            for name, _ in monomial:
                for letter in self.polynomial.atoms[name].free_symbols:
                    used[letter.name] = letter
        return dict(sorted(used.items()))

    @cached_property
    def all_symbols(self) -> dict[str, Symbol]:
        """The letters in all sizes and numbers of copies, including those that cancel: the heads of an attention of width d."""
        sizes = {size for _, leaf, around in leaves(self.node) for size in (*leaf.shape, *(copies.copies for copies in around))}
        used = {letter.name: letter for size in sizes if is_symbolic(size) for letter in size.free_symbols}
        return dict(sorted(used.items())) | self.symbols

    @property
    def letters(self) -> tuple[str, ...]:
        """The names of its letters, sorted."""
        return tuple(self.symbols)

    @property
    def expr(self) -> Expr:
        """The count multiplied out, an ordinary ``sympy.Expr``."""
        return self.polynomial.expression()

    @property
    def terms(self) -> dict[str, Formula]:
        """The count of each tensor with all its copies, by its path."""
        parts: dict[str, list[Node]] = {}
        for path, leaf, around in leaves(self.node):
            if not any(copies.copies == 0 for copies in around):
                parts.setdefault(path, []).append(copied(leaf, around))
        return {path: self._of(Sum(tuple(nodes)), self.signed) for path, nodes in parts.items()}

    @property
    def holds_given(self) -> Sequence[str]:
        """The conditions under which the count holds, where it has any."""
        return ()

    def check_conditions(self, given: Mapping[str, Dim]) -> None:
        """Refuses sizes at which a condition does not hold."""

    def _of(self, node: Node, signed: bool, other: object = None) -> Formula:
        """A formula of another tree, under the conditions and with the definitions of this one and of one that it is composed with."""
        adds = isinstance(other, Formula) and (other.holds_given or other.definitions)
        return other._of(node, signed) if isinstance(other, Formula) and adds else Formula(node, signed)

    # ------------------------------------------------------------ numbers for letters
    if TYPE_CHECKING:

        @overload
        def at(self, values: ByLetter[int] | None = None, /, **named: int) -> int: ...
        @overload
        def at(self, values: ByLetter[Any] | None = None, /, **named: Any) -> Any: ...

    def at(self, values: ByLetter[Any] | None = None, /, **named: Any) -> Any:
        """The exact number for whole values of every letter: ``count.at({n: 300}, m=15)``, or as texts, ``n="1.5k"``.

        A letter that is in the sizes but cancels, such as the heads of an attention, may be given as well. Arrays of sizes (of NumPy,
        CuPy, JAX, PyTorch, dask), which are broadcast, give an array of counts: exact, in 64 bits where they suffice, and with
        NumPy in Python's integers beyond; nothing wraps, and floats are refused.

        Raises :class:`LetterError` when a letter is missing or unknown, :class:`SizeError` for a value that is not a size.
        """
        if any(getattr(value, "shape", None) and hasattr(value, "dtype") for value in (*named.values(), *_plain_values(values))):
            from .arrays.evaluating import at_arrays

            return at_arrays(self, self._own_values(values), named)
        return self._at(values, named)

    def limbs(self, values: ByLetter[Any] | None = None, /, **named: Any) -> tuple[Any, Any]:
        """The exact counts at NumPy's arrays of sizes as two arrays, ``high`` (int64) and ``low`` (uint64): ``high * 2**64 + low``.

        Where counts are beyond 64 bits, this takes a few times as long as 64 bits do, and ``.at``, which gives Python's integers, a
        few hundred times. Raises :class:`SizeError` for a count beyond 127 bits, and as ``.at`` does.
        """
        from .arrays.evaluating import limbs_at

        return limbs_at(self, self._own_values(values), named)

    def _own_values(self, values: ByLetter[Any] | None) -> dict[Letter, Any]:
        """The values of a mapping; of those of a model, the values of its own letters."""
        own = dict(values.items() if values is not None else ())
        return (
            {key: value for key, value in own.items() if letter_name(key) in self.all_symbols}
            if isinstance(values, Values)
            else own
        )

    def _at(self, values: ByLetter[int] | None, named: Mapping[str, int]) -> int:
        """The number at one point."""
        given = self.checked_values(values, named)
        # A size such as n - 5 or floor(n/2) must be a size for these values too: such sizes are substituted and checked one by one.
        cancelled = any(name not in self.symbols for name in given)
        plain = self._put_in(given) if cancelled or (given and self._has_doubtful_sizes()) else self
        number = poly.evaluated(plain.polynomial, given)
        if number.denominator != 1:
            raise LetterError(f"{self} is {number} at these sizes, not a whole number: some size does not divide evenly")
        return int(number)

    @property
    def idle_letters(self) -> AbstractSet[str]:
        """Letters that it may be given and does not need, beyond those in its sizes."""
        return frozenset()

    @property
    def has_own_way(self) -> bool:
        """Whether its number at a point is more than the value of its polynomial: it has conditions to be checked."""
        return type(self)._at is not Formula._at

    def checked_values(self, values: ByLetter[int] | None, named: Mapping[str, int]) -> dict[str, int]:
        """The values by name, one for each letter at least."""
        given = self._numbers(values, named)
        missing = [name for name in self.letters if name not in given]
        if missing:
            has = f"given {listed(given)}" if given else "none given"
            raise LetterError(f"cannot evaluate: no size for {listed(missing)} ({has})")
        return given

    def steps_with(self, letters: Sequence[str], numbers: Mapping[str, int]) -> Steps | None:
        """The count as steps of arithmetic in some letters, with numbers for all others; None where it has a piece that is no such
        arithmetic."""
        from .arrays.steps import steps_of

        polynomial, pieces = poly.partly_evaluated(self.polynomial, numbers)
        named = (
            [*letters, *numbers] if pieces or self.doubtful_sizes or not self.symbols.keys() >= {*letters, *numbers} else letters
        )
        known = {name: self.symbols.get(name) or self.all_symbols.get(name) or symbol(name) for name in named}
        least = {name: int(name in self._axes or letter.is_integer is not True) for name, letter in known.items()}
        try:
            doubtful = self.doubtful_sizes_in(set(known.values()))
            return steps_of(polynomial, known, dict.fromkeys(doubtful, None) if self.signed else doubtful, least)
        except LetterError:
            return None

    @cached_property
    def plans(self) -> dict[object, Plan | None]:
        """Its plans for arrays, by the letters that are arrays and the numbers of all others."""
        return {}

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "plans"}

    def given(self, values: ByLetter[Dim] | None = None, /, **named: Dim) -> Formula:
        """The formula with some letters filled in, by numbers or by other expressions.

        >>> from symparams.layers import Dense
        >>> print(Dense.symbolic().count.given(n=10))
        10*m + 10
        """
        return self._put_in(self._values(values, named))

    @property
    def definitions(self) -> Mapping[str, Expr]:
        """The sizes that have letters of their own, by these letters; see :meth:`where`."""
        return {}

    @property
    def letters_shown(self) -> tuple[str, ...]:
        """The names of its letters, and of those that are defined."""
        return (*self.letters, *self.definitions)

    def where(self, definitions: ByLetter[Expr] | None = None, /, **named: Expr) -> Formula:
        """The same formula, shown with letters of their own for some of its sizes, as in papers.

        >>> from symparams import symbols
        >>> from symparams.layers import Dense
        >>> d, g, h = symbols("d g h")
        >>> print((2 * Dense(d, g * d / h).count).where(d_k=d / h))
        2*(d*d_k*g + d_k*g), where d_k = d/h

        The definitions are in its text, in LaTeX and below tables. Raises :class:`LetterError` where one does not occur.
        """
        asked = {letter_name(key): size for key, size in [*(definitions or {}).items(), *named.items()]}
        made: Formula = module_of("symparams.core.defined").defined_by_user(self, asked) if asked else self
        return made

    def _values(self, values: ByLetter[SizeT] | None, named: Mapping[str, SizeT]) -> dict[str, SizeT]:
        """The given values by name, each a size; zero only where it removes a part."""
        given: dict[str, SizeT] = {}
        of_a_model = isinstance(values, Values)
        if values is not None and not hasattr(values, "items"):
            raise LetterError(f"sizes are given by letter, as in .at(n=300) or .at({{n: 300}}), not {brief(values)}")
        for key, value in [*(values or {}).items(), *named.items()]:
            name = key if isinstance(key, str) else getattr(key, "name", str(key))
            if name in given:
                raise LetterError(f"{name} is given twice")
            letter = self.symbols.get(name) or self.all_symbols.get(name)
            if letter is None and of_a_model and key not in named:
                continue
            if letter is None:
                raise LetterError(f"no letter {name} in {self}; {letters_known(self.letters)}{self._meant(name)}")
            if not isinstance(key, str) and key != letter:
                raise LetterError(
                    f"{name} is not the formula's {name}: the two symbols have different assumptions; use symparams.symbols({name!r})"
                )
            told: object = value
            if isinstance(told, list | tuple | range):
                raise SizeError(f"{name} must be one size, not {brief(told)}; use .grid() for several, or give a NumPy array")
            number = number_of_text(told, name) if is_short_number(told) else told
            if letter.is_integer is not True:  # a multiplier, such as alpha
                given[name] = multiplier(number, name)  # type: ignore[assignment]
                continue
            given[name] = size(number, name, least=self.least_size(name))  # type: ignore[assignment]  # numbers stay numbers
        return given

    def _numbers(self, values: ByLetter[int] | None, named: Mapping[str, int]) -> dict[str, int]:
        """The given values by name, each a number, whole but for a multiplier."""
        given = self._values(values, named)
        for name, value in given.items():
            if not hasattr(value, "denominator"):  # as every integer and fraction has, of Python or SymPy
                raise SizeError(
                    f"{name} must be a number to evaluate the count, not {brief(value)}; use .given() to put in an expression"
                )
        return given

    def least_size(self, letter: str) -> int:
        """The smallest number that a letter may be: 0 for one that only counts copies, else 1."""
        return int(letter in self._axes)

    @cached_property
    def _axes(self) -> set[str]:
        """The letters that occur in a shape, which may not be 0: a weight has no empty axis."""
        return {
            letter.name
            for _, leaf, _ in leaves(self.node)
            for axis in leaf.shape
            if is_symbolic(axis)
            for letter in axis.free_symbols
        }

    def _put_in(self, given: Mapping[str, Dim]) -> Formula:
        if not given:
            return self
        known = self.symbols if given.keys() <= self.symbols.keys() else self.all_symbols
        rule = {known[name]: value for name, value in given.items()}

        def value(least: int) -> Callable[[Dim], Dim]:
            def put(old: Dim) -> Dim:
                if isinstance(old, int):
                    return old
                from .algebra import number

                new = old.xreplace(rule)  # an int if the size was a letter alone
                if isinstance(new, int):  # type: ignore[unreachable]
                    return new  # type: ignore[unreachable]
                whole = number(new)
                if whole is None and not new.free_symbols:
                    raise SizeError(f"{old} is {new} at these sizes, not a whole number")
                if whole is not None and whole < least and not self.signed:
                    raise SizeError(f"{old} is {whole} at these sizes, but a size is at least {least}")
                return new if whole is None else whole

            return put

        return Formula(substituted(self.node, axis=value(1), copies=value(0)), signed=self.signed)

    @cached_property
    def doubtful_sizes(self) -> dict[Expr, int]:
        """Sizes such as n - 5 or n/2, which may be invalid for some values of their letters, with the least that each may be."""
        return self.doubtful_sizes_in(set(self.symbols.values()))

    def doubtful_sizes_in(self, letters: Iterable[Symbol]) -> dict[Expr, int]:
        """Those in some letters alone."""
        letters = {*islice(letters, VALUES_OF_AN_ANSWER)}  # of which there may be no end
        found: dict[Expr, int] = {}
        for _, leaf, around in leaves(self.node):
            for each, least in [*((axis, 1) for axis in leaf.shape), *((copies.copies, 0) for copies in around)]:
                if not isinstance(each, int) and each not in letters and not (each.is_integer and each.is_positive):
                    found[each] = max(least, found.get(each, 0))
        return {each: least for each, least in found.items() if each.free_symbols <= letters}

    def _has_doubtful_sizes(self) -> bool:
        has_pieces = any(atom not in self.symbols for monomial in self.polynomial.terms for atom, _ in monomial)
        return has_pieces or bool(self.doubtful_sizes)

    # ------------------------------------------------------------ questions
    def leading_error(self, letter: Letter, at: ByLetter[int]) -> str:
        """How far the dominant term in a letter is off at some sizes, in words.

        >>> from symparams import symbols
        >>> from symparams.layers import Dense
        >>> d, L = symbols("d L")
        >>> (L * (Dense(d, 11 * d).count + Dense(d, d).count)).leading_error("d", at={"d": 768, "L": 12})
        '12*L*d**2 is 84,934,656 at these sizes, 0.1 % below 85,045,248'
        """
        term, whole = formula_of_expression(self.leading(letter)), self.at(at)
        part = term.at(Values({letter if isinstance(letter, str) else letter.name: value for letter, value in at.items()}))
        if part == whole:
            return f"{term} is {part:,} at these sizes, the whole count"
        tenths = (2000 * abs(part - whole) + abs(whole)) // (2 * abs(whole)) if whole else 0
        off = f"{tenths // 10}.{tenths % 10} %" if tenths else "less than 0.1 %"
        return f"{term} is {part:,} at these sizes, {off} {'below' if part < whole else 'above'} {whole:,}"

    def leading(self, letter: Letter) -> Expr:
        """The dominant term as a letter grows: its highest power, with all its factors. :meth:`leading_error` says how good it is.

        >>> from symparams.layers import LSTM
        >>> LSTM.symbolic().count.leading("n")
        4*n**2
        """
        name = self._name_of_any(letter)
        powers = {monomial: dict(monomial).get(name, 0) for monomial in self.polynomial.terms}
        for monomial in powers:
            for atom, _ in monomial:
                if atom != name and self.all_symbols.get(name) in self.polynomial.atoms[atom].free_symbols:
                    raise LetterError(f"no leading term: {name} occurs in {atom}, which is not a power of {name}")
        highest = max(powers.values())
        terms = {monomial: c for monomial, c in self.polynomial.terms.items() if powers[monomial] == highest}
        return poly.Polynomial(terms, self.polynomial.atoms).expression()

    def compiled(self, *letters: Letter) -> Callable[..., Any]:
        """A fast Python function of the letters, in the order given (all of them, sorted, when none is given). It takes arrays, too.

        Letters that cancel, such as the heads of an attention, may be among them, as in ``.at()``.

        >>> from symparams.layers import LSTM
        >>> LSTM.symbolic().count.compiled("m", "n")(15, 16)
        2048
        """
        from .compiling import compiled

        return compiled(self, tuple(map(self._name_of_any, letters)) or self.letters)

    def grid(
        self,
        axes: ByLetter[Any] | None = None,
        /,
        *,
        where: object = None,
        at_most: int | str | None = None,
        at_least: int | str | None = None,
        **named: Any,
    ) -> Grid:
        """The counts over a grid of sizes, given as a range or a list for each letter: ``count.grid(L=range(1, 97), d=[768, 1024])``.

        ``where`` has conditions, such as ``"d % h == 0"``, :func:`divides("h", "d") <symparams.divides>` or a relation of SymPy,
        or a list of several; ``at_most`` and ``at_least`` limit the counts.
        """
        from .grids.grid import Grid

        return Grid(self, {**self._own_values(axes), **named}, where, at_most, at_least)

    def _name(self, letter: object) -> str:
        """The name of one of its letters, given by name or as a symbol."""
        name = self._name_of_any(letter)
        if name not in self.symbols:
            raise LetterError(f"{name} cancels: {self} does not depend on it; {letters_known(self.letters)}")
        return name

    def _name_of_any(self, letter: object) -> str:
        """The name of one of its letters, which may also be one that cancels."""
        name = letter if isinstance(letter, str) else getattr(letter, "name", None)
        if name not in self.symbols and name not in self.all_symbols and name not in self.idle_letters:
            raise LetterError(f"no letter {letter} in {self}; {letters_known(self.letters)}{self._meant(letter)}")
        return str(name)

    def _meant(self, name: object) -> str:
        """What a name that is none of its letters may mean, as the end of a sentence."""
        return nearest(name, self.letters)

    # ------------------------------------------------------------ forms
    def notation(self, form: str = "written") -> Notation:
        """Its notation in a form, before any typesetting."""
        from .notation import forms as notation

        match form:
            case "written":
                return notation.written(self.node)
            case "expanded":
                return notation.expanded(self.polynomial)
            case "collected":
                from .notation.collected import collected

                return collected(self.node)
            case "factored":
                from .notation.collected import factored

                return factored(self.node)
            case "kinds":
                return notation.written(by_kind(self.node))
        raise SettingError(f"unknown form {brief(form)}; use {either(FORMS)}{nearest(form, FORMS)}")

    @cached_property
    def usual_form(self) -> str:
        """The form in which it is printed: as written, or above a few layers, or of many alike terms, by its blocks."""
        from .notation.collected import repeats_itself
        from .notation.equal_parts import distinct_layers

        return "collected" if distinct_layers(self.node) > FEW or repeats_itself(self.notation("written")) else "written"

    def text(self, form: str = "written") -> str:
        """The formula as Python writes it, in one of the forms ``written``, ``collected`` (by block, then by letter),
        ``expanded``, ``factored``, ``kinds``."""
        from .notation.text import plain

        return plain(self.notation(form))

    def latex(self, form: str = "written", names: ByLetter[str] | None = None) -> str:
        r"""LaTeX in one of the forms ``written`` (as in the paper), ``collected`` (by block, then by letter), ``expanded``,
        ``factored``, ``kinds`` (all kernels, all biases).

        ``names`` renames letters: ``{n: r"d_{\text{model}}"}``. Needs amsmath where a name has several letters.
        :func:`symparams.latex` has more: names under the terms, environments, numbers in place of letters.
        """
        from .notation.latex import typeset
        from .notation.letter_names import checked_names

        return typeset(self.notation(form), checked_names(names, self.letters_shown))

    def __str__(self) -> str:
        number = self.polynomial.constant()
        return self.text(self.usual_form) if number is None else digits(number)

    def __repr__(self) -> str:
        return f"Formula({self})"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.latex(self.usual_form)}$"

    def _sympy_(self) -> Expr:
        return self.expr

    # ------------------------------------------------------------ as a number among numbers
    def __int__(self) -> int:
        number = self.polynomial.constant()
        if number is None:
            raise LetterError(
                f"{self} is not a number yet: give a size for {listed(self.letters)}, as in .at({self.letters[0]}=...)"
            )
        if number.denominator != 1:
            raise LetterError(f"{self} is not a whole number")
        return int(number)

    def __eq__(self, other: object) -> bool:
        its = _polynomial(other)
        if its is None:
            return NotImplemented
        mine = self.polynomial
        if mine != its:
            return mine.has_rounded_sizes and not (mine - its).terms
        return all(mine.atoms[name] == its.atoms.get(name) for monomial in mine.terms for name, _ in monomial)

    def __hash__(self) -> int:
        number = self.polynomial.constant()
        if self.polynomial.has_rounded_sizes:  # equal ones may be written differently
            return hash(self.letters)
        return hash(self.expr if number is None else number)

    def __bool__(self) -> bool:
        return bool(self.polynomial.terms)

    def __format__(self, spec: str) -> str:
        number = self.polynomial.constant()
        return format(str(self) if number is None else number, spec)

    def __lt__(self, other: Operand) -> Relation:
        return self.expr < _bare(other)

    def __le__(self, other: Operand) -> Relation:
        return self.expr <= _bare(other)

    def __gt__(self, other: Operand) -> Relation:
        return self.expr > _bare(other)

    def __ge__(self, other: Operand) -> Relation:
        return self.expr >= _bare(other)

    def __truediv__(self, other: Operand) -> Expr:
        return self.expr / _bare(other)

    def __rtruediv__(self, other: Operand) -> Expr:
        return _bare(other) / self.expr

    def __pow__(self, other: Operand) -> Expr:
        return self.expr ** _bare(other)

    # ------------------------------------------------------------ composing: a formula again, with its names and written form
    _op_priority = 20.0  # above SymPy's expressions, so that n*count is a formula as well

    def __neg__(self) -> Formula:
        return Formula(Times(self.node, -1, COPIES), signed=True)

    def __add__(self, other: Operand) -> Formula:
        its = _composed(other)
        return NotImplemented if its is None else self._of(_beside(self.node, its.node), self.signed or its.signed, its)

    def __radd__(self, other: Operand) -> Formula:
        its = _composed(other)
        return NotImplemented if its is None else its + self if other != 0 else self  # 0 is where sum() begins

    def __sub__(self, other: Operand) -> Formula:
        its = _composed(other)
        return NotImplemented if its is None else self._of(_beside(self.node, Times(its.node, -1, COPIES)), True, its)

    def __rsub__(self, other: Operand) -> Formula:
        its = _composed(other)
        return NotImplemented if its is None else its - self

    def __mul__(self, other: Operand) -> Formula:
        copies = None if isinstance(other, bool) else other.expr if isinstance(other, Formula) else _plain_size(other)
        if copies is None:
            return NotImplemented
        signed = self.signed or not (copies >= 0 if isinstance(copies, int) else copies.is_nonnegative)
        return self._of(Times(self.node, copies, COPIES), signed, other)

    __rmul__ = __mul__


COPIES = "copies"  # what the factor of a product is for


def formula_of_expression(expression: Expr) -> Formula:
    """A SymPy expression as a formula; each term of a sum has a name, its own text."""
    from .algebra import number_that_is_no_fraction, view

    odd = number_that_is_no_fraction(expression)
    if odd is not None:
        raise SizeError(f"a formula consists of letters, whole numbers and fractions; {brief(odd)} is neither")
    kind, parts = view(expression)
    terms = parts if kind == "add" else (expression,)
    return Formula(Sum(tuple(Weight(str(term).replace("/", " over "), (term,)) for term in terms)), signed=True)


def _beside(one: Node, other: Node) -> Sum:
    return Sum(
        (
            *(one.parts if isinstance(one, Sum) and not one.name else (one,)),
            *(other.parts if isinstance(other, Sum) and not other.name else (other,)),
        )
    )


def _plain_values(values: object) -> Iterable[object]:
    """The values of a mapping; none of what is not a mapping, which is refused later."""
    return (value for _, value in values.items()) if hasattr(values, "items") else ()


def _plain_size(value: object) -> Dim | None:
    """A number or an expression as a factor or a term; None for anything else, such as a float."""
    if isinstance(value, int) or is_symbolic(value):
        return value
    return int(value) if hasattr(type(value), "__index__") else None  # type: ignore[call-overload]  # a NumPy integer


def _composed(value: object) -> Formula | None:
    """An operand as a formula; None for anything else."""
    if isinstance(value, Formula):
        return value
    found = None if isinstance(value, bool) else _plain_size(value)
    if found is None:
        return None
    return Formula(Weight("constant", (found,)), signed=found < 0) if isinstance(found, int) else formula_of_expression(found)


def _bare(value: Operand) -> Dim:
    """A formula as its expression, anything else as it is."""
    return value.expr if isinstance(value, Formula) else value


def _polynomial(value: object) -> Polynomial | None:
    if isinstance(value, Formula):
        return value.polynomial
    if (isinstance(value, int) and not isinstance(value, bool)) or is_symbolic(value):
        return poly.of_size(value)
    return None
