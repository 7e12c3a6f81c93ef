"""A model written as Python, read without being run: ``Sequential([Input((64, m)), Bidirectional(GRU(n)), Dense(k)])``.

The text is parsed to a syntax tree, of which only calls of layers, letters, numbers, strings, tuples, lists, keywords and
arithmetic are read. Nothing is ever evaluated, and a text that is too long or nested too deeply is refused before it is parsed.
"""

from __future__ import annotations

from .._startup.limits import EXPONENT, MODEL_TEXT, NESTING, NUMBER_IN_MODEL_TEXT
from .._startup.python_syntax import ast, parsed
from ..core.frameworks import frameworks, function_of, is_class, release_of
from ..core.model import Countable
from ..core.sizes import is_symbolic, quotient, size, split, symbol
from ..errors import SymparamsError, TextError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeGuard

    from ..core.sizes import Dim

OTHERWISE = "; write LSTM(n), or Sequential([Input((64, m)), ...])"
KINDS = {
    "Lambda": "function",
    "Subscript": "index",
    "Compare": "comparison",
    "IfExp": "condition",
    "ListComp": "comprehension",
    "Dict": "dictionary",
    "JoinedStr": "f-string",
    "Starred": "argument",
}


class Reading:
    """The reading of one text, with numbers for the letters that have ``sizes``; it collects ``letters``, and ``notes`` for the user."""

    def __init__(self, text: str, sizes: Mapping[str, int] | None = None) -> None:
        self.text, self.sizes = text, sizes or {}
        self.letters: set[str] = set()
        self.notes: list[str] = []

    def read(self) -> Countable:
        """The model or layer that the text describes."""
        try:
            thing = self.value(self.tree())
        except TextError as error:
            near = near_name(self.text)
            if not near:
                raise
            raise TextError(f"{shortened_text(self.text)!r} is not a known model{near}") from error
        if not isinstance(thing, Countable):
            raise TextError(f"{shortened_text(self.text)!r} is not a layer or model{near_name(self.text) or OTHERWISE}")
        return thing

    def thing(self) -> object:
        """What the text describes: a model or layer, or a size."""
        return self.value(self.tree())

    def tree(self) -> ast.expr:
        """The syntax tree; a text that could be too much for the parser is refused first."""
        self.refuse_large()
        try:
            return parsed(self.text.strip())
        except SyntaxError as error:
            raise TextError(
                f"{shortened_text(self.text)!r} is not a Python expression: {error.msg} at character {error.offset}"
            ) from None
        except (ValueError, MemoryError, RecursionError):
            raise TextError(
                f"{shortened_text(self.text)!r} cannot be parsed: it is nested too deeply, or has a character "
                "that Python does not accept"
            ) from None

    def refuse_large(self) -> None:
        """Refuses a text that could be too much for the parser."""
        if not self.text.strip():
            raise TextError('the model text is empty: write LSTM(n), or "Sequential([Input((64, m)), ...])"')
        if len(self.text) > MODEL_TEXT:
            raise TextError(f"the model text has {len(self.text)} characters; at most {MODEL_TEXT} are read")
        if nesting_depth(self.text) > NESTING:
            raise TextError(f"the model text is nested more than {NESTING} levels deep: {shortened_text(self.text)!r}")

    # ------------------------------------------------------------ the parts of a text
    def value(self, node: ast.expr, depth: int = 0) -> object:
        """The value of a part of the text."""
        if depth > NESTING:
            raise TextError(f"the model text is nested more than {NESTING} levels deep: {shortened_text(self.text)!r}")
        down = depth + 1
        match node:
            case ast.Constant(value=bool() | None | str() | float() as value):
                return value
            case ast.Constant(value=int() as value):
                return bounded_size(value)
            case ast.Name(id=name):
                if is_class(name):
                    raise TextError(f"{name} is a layer: write {name}(...)")
                self.letters.add(name)
                return self.sizes[name] if name in self.sizes else symbol(name)
            case ast.Tuple(elts=elements):
                return tuple(self.value(each, down) for each in elements)
            case ast.List(elts=elements):
                return [self.value(each, down) for each in elements]
            case ast.Call(func=function, args=arguments, keywords=keywords):
                return self.call(function, arguments, keywords, down)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inside = self.value(operand, down)
                return -inside if isinstance(inside, float) else bounded_size(-size_of_part(inside, node))
            case ast.BinOp(left=left, op=operator, right=right):
                one, other = self.value(left, down), self.value(right, down)
                if is_plain(one) and is_plain(other) and float in (type(one), type(other)):
                    return fraction_arithmetic(operator, float(one), float(other), node)
                if isinstance(operator, ast.Mult) and isinstance(other, Countable):  # 2*LSTM(n), to compare with
                    copies = size(size_of_part(one, left), "the number of copies of a model")
                    return copies * other  # as in Python, where the model decides what a multiple is
                if isinstance(operator, ast.Add) and isinstance(one, Countable) and isinstance(other, Countable):
                    return one + other
                return arithmetic(operator, size_of_part(one, left), size_of_part(other, right), node)
        raise TextError(
            f"unsupported {kind_of(node)} in the model text: {source_text(node)!r}; "
            "use calls, letters, numbers, strings, tuples, lists and arithmetic"
        )

    def call(self, function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword], depth: int) -> object:
        """A layer, a model, or an Input."""
        path = dotted_names(function)
        made = function_of(path)
        if made is not None:
            args, kwargs = self.given(path[-1], arguments, keywords, depth)
            return call_result(made, path[-1], args, kwargs)
        name, (release, note) = path[-1], release_of(path)
        args, kwargs = self.given(name, arguments, keywords, depth)
        self.notes += [note] if note else []
        return call_result(release.make(name), name, args, kwargs)

    def given(
        self, name: str, arguments: list[ast.expr], keywords: list[ast.keyword], depth: int
    ) -> tuple[list[object], dict[str, object]]:
        """The values of the arguments of a call."""
        args = [self.value(each, depth) for each in arguments]
        kwargs: dict[str, object] = {}
        for keyword in keywords:
            if keyword.arg is None:
                raise TextError(f"{name} does not take **{source_text(keyword.value)}; give each argument by name")
            if keyword.arg in kwargs:
                raise TextError(f"{name}: {keyword.arg} is given twice")
            kwargs[keyword.arg] = self.value(keyword.value, depth)
        return args, kwargs


def near_name(text: str) -> str:
    """``; did you mean 'gpt2'?`` where a text is nearly the name of a published model."""
    near = next(filter(None, (framework.near(text) for framework in frameworks())), "")
    return near and f"{near} symparams models lists the names"


def read_model(text: str) -> tuple[Countable, list[str]]:
    """The model or layer that a text describes, and notes on how it was read.

    Raises :class:`TextError` for any other text, and the errors of the layers themselves.

    >>> model, notes = read_model("Bidirectional(CuDNNLSTM(n))")
    >>> notes
    ['CuDNNLSTM is read as keras.v1.layers.CuDNNLSTM: Keras 3 does not have it']
    """
    reading = Reading(text)
    return reading.read(), list(dict.fromkeys(reading.notes))


def call_result(make: Callable[..., object], name: str, args: list[object], kwargs: dict[str, object]) -> object:
    """The result of a call; wrong arguments are reported as an error in the text."""
    try:
        return make(*args, **kwargs)
    except SymparamsError:
        raise
    except TypeError as error:
        raise TextError(f"{name}: {error}") from None


def arithmetic(operator: ast.operator, left: Dim, right: Dim, node: ast.expr) -> Dim:
    """``+ - * / // **`` on numbers and letters, exactly."""
    match operator:
        case ast.Add():
            return bounded_size(left + right)
        case ast.Sub():
            return bounded_size(left - right)
        case ast.Mult():
            return bounded_size(left * right)
        case ast.Div() if right != 0:
            return split(left, right, source_text(node))
        case ast.FloorDiv() if right != 0:
            return quotient(left, right)
        case ast.Pow() if isinstance(right, int) and 0 <= right <= EXPONENT:
            return bounded_size(left**right)
        case ast.Div() | ast.FloorDiv():
            raise TextError(f"{source_text(node)!r} divides by zero")
        case ast.Pow():
            raise TextError(f"{source_text(node)!r}: an exponent must be a whole number from 0 to {EXPONENT}")
    raise TextError(f"{source_text(node)!r}: sizes can only be added, subtracted, multiplied, divided and raised to powers")


def is_plain(value: object) -> TypeGuard[int | float]:
    return type(value) in (int, float)


def fraction_arithmetic(operator: ast.operator, left: float, right: float, node: ast.expr) -> float:
    """``1/127.5``: a number that is not a size, such as the scale of a Rescaling."""
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div() if right != 0:
            return left / right
        case ast.Div():
            raise TextError(f"{source_text(node)!r} divides by zero")
    raise TextError(f"{source_text(node)!r}: fractions can only be added, subtracted, multiplied and divided")


def size_of_part(value: object, node: ast.expr) -> Dim:
    """A value that can be calculated with."""
    if (isinstance(value, int) and not isinstance(value, bool)) or is_symbolic(value):
        return value
    raise TextError(f"{source_text(node)!r} is not a size, so it cannot be calculated with")


def bounded_size(value: Dim) -> Dim:
    if not isinstance(value, int):
        from ..core.work import within_limits

        return within_limits(value)
    if abs(value) > NUMBER_IN_MODEL_TEXT:
        raise TextError(f"a number in the model text is larger than {NUMBER_IN_MODEL_TEXT:.0e}")
    return value


def nesting_depth(text: str) -> int:
    """The depth to which brackets, and signs in a row, are nested."""
    depth = deepest = signs = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        signs = signs + 1 if character in "+-~" else signs if character.isspace() else 0
        deepest = max(deepest, depth + signs)
    return deepest


def dotted_names(node: ast.expr) -> list[str]:
    """``keras.layers.LSTM`` as its names."""
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute(value=inside, attr=name):
            return [*dotted_names(inside), name]
    raise TextError(f"only layers can be called, not {source_text(node)!r}")


def kind_of(node: ast.expr) -> str:
    """The kind of a refused part, in a reader's words."""
    kind = type(node).__name__
    return KINDS.get(kind, kind.lower())


def source_text(node: ast.expr) -> str:
    """The text of a part."""
    from ast import unparse

    try:
        return shortened_text(unparse(node))
    except RecursionError:
        return "..."


def shortened_text(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."
