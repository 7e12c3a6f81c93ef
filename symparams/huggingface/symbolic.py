"""Expressions of a table as sizes in letters: exact, rounded where the class rounds."""

from __future__ import annotations

from math import isfinite

from ..core import sizes
from ..core.terms import exact
from ..errors import SettingError, brief
from .expressions import of_tree
from .sites import Scope

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..core.sizes import Dim
    from .counting import Evaluation
    from .expressions import Expression, Tree
    from .letters import Naming

OPAQUE = ("len", "sum", "bool", "isinstance", "slice", "list")  # whose fields are lists or settings
HEADS = ("head", "groups")  # what divides a width by its nature
EXACT_FLOAT = 2**30


class Real:
    """A number that is a float in the class: ``exact`` is what it is, an int, a fraction or an expression."""

    __slots__ = ("exact",)

    def __init__(self, exact: Any) -> None:
        self.exact = exact


def exact_of(value: Any) -> Any:
    return value.exact if isinstance(value, Real) else value


class InLetters:
    """Makes sizes of expressions; the fields in them become letters, and are collected with their numbers.

    ``settings`` collects the fields that decided something on the way, and ``divisions`` the ones that are taken to be exact.
    """

    def __init__(
        self, evaluation: Evaluation, naming: Naming, recording: bool, in_numbers: bool, numbers: frozenset[str] = frozenset()
    ) -> None:
        self.evaluation, self.naming = evaluation, naming
        self.config = evaluation.config
        self.recording = recording  # letters are collected, but their numbers are put into the sizes: no SymPy is needed
        self.in_numbers = in_numbers  # there are no letters
        self.numbers = numbers  # fields that have no letter
        self.seen: dict[str, None] = {}  # fields that are numbers
        self.values: dict[str, Any] = {}  # the number of each letter
        self.settings: dict[str, Any] = {}
        self.divisions: dict[tuple[str, str], None] = {}

    def size(self, tree: Tree, scope: Scope) -> Dim:
        """The size that a tree is."""
        try:
            size: Any = exact_of(self.of(tree, scope))
        except (TypeError, ArithmeticError) as error:
            raise SettingError(f"{self.config.where}: {self.evaluation.why_not(of_tree(tree), scope, error)}") from None
        if size is None or isinstance(size, str | list):
            raise SettingError(f"{self.config.where}: {self.evaluation.no_size(of_tree(tree), scope, size)}")
        if is_fraction(size):
            raise SettingError(f"{self.config.where}: a size of {size} is not a whole number")
        whole: Dim = size
        return whole

    # ------------------------------------------------------------ the kinds of tree
    def of(self, tree: Tree, scope: Scope) -> Any:
        kind, *parts = tree
        match kind:
            case "constant":
                return exactly(parts[0])
            case "index":
                return self.evaluation.fields(scope)[parts[0]]
            case "field":
                return self.field(parts[0], scope)
            case "at":
                return self.element(tree, scope)
            case "if":
                return self.of(parts[1] if self.decided(parts[0], scope) else parts[2], scope)
            case "+" | "-" | "*":
                return self.sum_or_product(kind, *(self.of(part, scope) for part in parts))
            case "//":
                return self.quotient(parts, scope)
            case "int" if parts[0][0] == "/":
                return self.quotient(list(parts[0][1:]), scope)
            case "/":
                return self.ratio(*(self.of(part, scope) for part in parts))
            case "%" | "**":
                return self.function(kind, [self.of(part, scope) for part in parts])
            case "int" | "floor" | "ceil" | "round" | "max" | "min" | "abs":
                return self.function(kind, [self.of(part, scope) for part in parts])
        return self.number(tree, scope)

    def number(self, tree: Tree, scope: Scope) -> Any:
        """The number of a tree that is not written in letters; its fields are settings."""
        self.note(tree, scope)
        return exactly(self.evaluation.value_of(tree, scope))

    def decided(self, tree: Tree, scope: Scope) -> bool:
        """How a condition comes out in this config."""
        return bool(self.number(tree, scope))

    def note(self, tree: Tree, scope: Scope) -> None:
        """Notes the fields of a condition as settings. Raises :class:`SettingError` where one is open."""
        if tree[0] == "field":
            self.setting(tree[1], scope)
            return
        for part in tree[1:]:
            if isinstance(part, tuple):
                self.note(part, scope)

    def setting(self, name: str, scope: Scope) -> None:
        for own, (expression, outer) in scope.overwritten:
            if own == name:
                self.note(expression.tree, outer)
                return
        field = self.own_name(name, scope)
        if field in self.config.unsure:
            raise SettingError(f"{self.config.where}: {field} is open, but it decides which tensors there are: give it a number")
        self.settings[field] = self.evaluation.fields(scope).get(name)

    def mention(self, condition: Expression, scope: Scope) -> None:
        """Notes the fields of a condition on an index, which decide something even where all layers are alike."""
        overwritten = {own for own, _ in scope.overwritten}
        for name in condition.fields_read - overwritten:
            if scope.path + name not in self.config.unsure:
                self.settings[scope.path + name] = self.evaluation.fields(scope).get(name)

    # ------------------------------------------------------------ fields
    def field(self, name: str, scope: Scope) -> Any:
        for own, (expression, outer) in scope.overwritten:
            if own == name:
                return self.of(expression.tree, outer)
        field = self.own_name(name, scope)
        return self.letter(field, self.evaluation.fields(scope).get(name))

    def own_name(self, name: str, scope: Scope) -> str:
        """The whole name of a field, as its own type has it."""
        return self.config.other_names.get(scope.path + name, scope.path + name)

    def element(self, tree: Tree, scope: Scope) -> Any:
        """An element of a list, ``hidden_sizes[0]``, is a letter of its own."""
        _, several, at = tree
        if several[0] != "field":
            return self.number(tree, scope)
        index = self.number(at, scope)
        values: Any = self.evaluation.fields(scope).get(several[1])
        return self.letter(f"{scope.path}{several[1]}[{index % len(values)}]", values[index])

    def letter(self, field: str, value: Any) -> Any:
        """The letter of a field with this number; a field that is no number stays what it is."""
        if field in self.config.open and not self.recording:
            return self.config.open[field]
        if field in self.config.open:
            self.seen[field] = None
            return value
        inlined = self.inlined(field)
        if inlined is not None:
            return inlined
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.settings[field] = value
            return value
        if self.in_numbers or field.partition("[")[0] in self.numbers:
            self.seen[field] = None
            return exactly(value)
        letter = self.naming.letter(field)
        self.values[letter] = exact_of(exactly(value))
        return self.symbol(letter, value)

    def symbol(self, letter: str, value: Any) -> Any:
        """A letter, or its number where letters are only collected."""
        if self.recording or self.in_numbers:
            return exactly(value)
        if isinstance(value, int):
            return sizes.symbol(letter)
        from ..core.float_arithmetic import multiplier

        return Real(multiplier(letter))

    def count_of(self, letter: str, value: int) -> Dim:
        """A letter that counts, or its number."""
        count: Dim = self.symbol(letter, value)
        return count

    def has_letter(self, tree: Tree, scope: Scope) -> bool:
        """Whether a size has letters, or would have them if it were not in numbers."""
        kind, *parts = tree
        if kind in ("field", "at"):
            value = self.evaluation.value_of(tree, scope)
            return isinstance(value, int) and not isinstance(value, bool) and not self.in_numbers
        return kind not in OPAQUE and any(self.has_letter(part, scope) for part in parts if isinstance(part, tuple))

    def inlined(self, field: str) -> Any:
        """What the class computes a field of that the config leaves out; another field, which could have been given, is a letter."""
        found = self.config.way_to_compute(field)
        if found is None:
            return None
        expression, path, always = found
        if not always and field not in self.config.unsure and expression.tree[0] == "field":
            return None
        return self.of(expression.tree, Scope(path, 0))

    # ------------------------------------------------------------ arithmetic
    def sum_or_product(self, kind: str, one: Any, other: Any) -> Any:
        a, b = exact_of(one), exact_of(other)
        value = a + b if kind == "+" else a - b if kind == "-" else a * b
        return rounded(value) if isinstance(one, Real) or isinstance(other, Real) else value

    def quotient(self, parts: list[Tree], scope: Scope) -> Any:
        """``whole // by``: exact where the class says that it divides, else rounded down."""
        whole, by = (exact_of(self.of(part, scope)) for part in parts)
        if isinstance(whole, int) and isinstance(by, int):
            return whole // by
        divided = sizes.divided(whole, by) if is_whole(whole) and is_whole(by) else None
        if divided is not None:
            return divided
        if parts[0][0] == parts[1][0] == "field" and self.divides(parts[0][1], parts[1][1], scope):
            return sizes.split(whole, by)
        from ..core import float_arithmetic as floats

        return sizes.quotient(whole, by) if is_whole(whole) and is_whole(by) else floats.floor(whole, by)

    def divides(self, whole: str, by: str, scope: Scope) -> bool:
        """Whether one field is a multiple of another: a guard says so, or it is a width and its number of heads."""
        guards = (guard.tree for guard in self.config.at(scope.path).table.guards)
        wanted = ("%", ("field", whole), ("field", by))
        if any(tree in (("==", wanted, ("constant", 0)), ("not", wanted)) for tree in guards):
            return True
        fields = self.evaluation.fields(scope)
        a, b = fields.get(whole), fields.get(by)
        if any(word in by for word in HEADS) and type(a) is int and type(b) is int and b > 0 and a % b == 0:
            self.divisions[scope.path + whole, scope.path + by] = None
            return True
        return False

    def ratio(self, above: Any, below: Any) -> Any:
        """``above / below``, a float; of whole numbers it is kept exact, since it is rounded to a whole number next."""
        above, below = exact_of(above), exact_of(below)
        if is_number(above) and is_number(below):
            return Real(exact(above.numerator * below.denominator, above.denominator * below.numerator))
        from ..core.algebra import rational

        above, below = (rational(each.numerator, each.denominator) if is_number(each) else each for each in (above, below))
        return Real(above / below)

    def function(self, kind: str, values: list[Any]) -> Any:
        real = any(isinstance(value, Real) for value in values) and kind not in WHOLE
        values = [exact_of(value) for value in values]
        value = PLAIN[kind](*values) if all(map(is_number, values)) else self.of_letters(kind, values)
        return Real(value) if real else value

    def of_letters(self, kind: str, values: list[Any]) -> Any:
        from ..core import float_arithmetic as floats

        first, *others = values
        match kind:
            case "int" | "floor":
                return first if is_whole(first) else floats.floor(first, 1)
            case "ceil":
                return first if is_whole(first) else floats.ceiling(first, 1)
            case "round":
                return first if is_whole(first) else floats.called("half_even", first)
            case "max":
                for other in others:
                    first = sizes.larger(first, other)
                return first
            case "min":
                for other in others:
                    first = floats.minimum(first, other)
                return first
            case "%":
                return floats.remainder(*values)
            case "**":
                return floats.power(*values)
        raise SettingError(f"{self.config.where}: {kind} of {brief(first)} has no formula")


WHOLE = ("int", "floor", "ceil", "round")  # what is whole, whatever it is of
PLAIN: dict[str, Callable[..., Any]] = {
    "int": int,
    "floor": lambda value: value // 1,
    "ceil": lambda value: -(-value // 1),
    "round": round,
    "abs": abs,
    "max": max,
    "min": min,
    "%": lambda one, other: one % other,
    "**": lambda one, other: one**other,
}


def exactly(value: Any) -> Any:
    """A float as the number that it is: an int where it is whole. Anything else unchanged."""
    if isinstance(value, float):
        if not isfinite(value):
            raise SettingError(f"a size cannot be computed with {value}")
        number = exact(*value.as_integer_ratio())
        return number if isinstance(number, int) else Real(number)
    return value


def is_number(value: Any) -> bool:
    """Whether a value is an int or a fraction."""
    return isinstance(value, int) or is_fraction(value)


def is_fraction(value: Any) -> bool:
    return type(value).__name__ == "Fraction"


def is_whole(value: Any) -> bool:
    return isinstance(value, int) or getattr(value, "is_integer", None) is True


def rounded(value: Any) -> Any:
    """A float that was computed: the nearest double, unless it is surely one already."""
    if is_number(value):
        return Real(exact_of(exactly(float(value))))
    if is_surely_double(value):
        return Real(value)
    from ..core.float_arithmetic import called

    return Real(called("double", value))


def is_surely_double(value: Any) -> bool:
    """Whether an expression is a float exactly: whole numbers times fractions with few binary digits."""
    from ..core.polynomial import of_size

    terms = of_size(value).terms
    powers = all(power > 0 for monomial in terms for _, power in monomial)
    whole = all(letter.is_integer for letter in value.free_symbols)
    return powers and whole and all(is_dyadic(c.numerator, c.denominator) for c in terms.values())


def is_dyadic(above: int, below: int) -> bool:
    """Whether a fraction has few binary digits, so that whole numbers times it are floats exactly."""
    return below & (below - 1) == 0 and max(abs(above), below) <= EXACT_FLOAT
