"""Several statements of Python, read one after the other: ``x = Input((64, m))``, ``x = LSTM(n)(x)``, ``model = Model(i, x)``.

What is read is what an expression may be, and in addition names that were given before, calls of a layer on tensors, and the
methods that add a layer to a model. Imports give names. What trains, prints or saves is skipped. All else is refused: the
script is not executed, so it can have no functions, classes, conditions and loops.
"""

from __future__ import annotations

from ..._startup.python_syntax import ast, statements
from ...core.frameworks import frameworks, is_tensor
from ...core.model import Countable
from ...errors import TextError
from ..model_text import Reading, call_result, source_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

BUILDING = frozenset(("add", "append", "build"))  # methods that change a model
SYMBOLS = frozenset(("symbols", "Symbol"))
TENSOR_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda one, other: one + other,
    ast.Sub: lambda one, other: one - other,
    ast.Mult: lambda one, other: one * other,
    ast.Div: lambda one, other: one / other,
    ast.MatMult: lambda one, other: one @ other,
}
REFUSED = {
    "FunctionDef": "a def",
    "AsyncFunctionDef": "a def",
    "ClassDef": "a class",
    "For": "a for loop",
    "While": "a while loop",
    "If": "an if",
    "With": "a with",
    "Try": "a try",
    "Match": "a match",
}
INSTEAD = "a script is read and not run, so it may have assignments and calls only; in Python, the same code works with only its imports changed"


def is_python(text: str) -> bool:
    """Whether a text is Python, of one expression or of several statements."""
    try:
        return bool(statements(text.strip()))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False


def is_script(text: str) -> bool:
    """Whether a text is Python of more than one expression."""
    if not is_python(text):
        return False
    first, *others = statements(text.strip())
    return bool(others) or not isinstance(first, ast.Expr)


class Script(Reading):
    """The reading of a script: ``made`` has the values of its names, and ``places`` the paths of what it imports."""

    def __init__(self, text: str, sizes: Mapping[str, int] | None = None) -> None:
        super().__init__(text, sizes)
        self.made: dict[str, object] = {}
        self.places: dict[str, list[str]] = {}
        self.models: list[Countable] = []

    def read(self) -> Countable:
        """The last model of the script, or where it has none its last layer."""
        self.refuse_large()
        for statement in statements(self.text.strip()):
            self.statement(statement)
        models = [each for each in self.models if not is_layer(each)] or self.models
        if not models:
            raise TextError("the script makes no layer or model: end it with one, such as model = Sequential([...])")
        return models[-1]

    def thing(self) -> Countable:
        return self.read()

    # ------------------------------------------------------------ statements
    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Import(names=names):
                for each in names:
                    self.places[each.asname or each.name.partition(".")[0]] = (
                        each.name if each.asname else each.name.partition(".")[0]
                    ).split(".")
            case ast.ImportFrom(module=module, names=names):
                for each in names:
                    self.places[each.asname or each.name] = [*(module or "").split("."), each.name]
            case ast.Assign(targets=targets, value=value):
                its = self.noted(value)
                for target in targets:
                    self.assign(target, its)
            case ast.AnnAssign(target=target, value=value) if value is not None:
                self.assign(target, self.noted(value))
            case ast.AugAssign(target=ast.Name(id=name), op=operator, value=value):
                self.made[name] = self.noted(ast.BinOp(ast.Name(name), operator, value))
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case ast.Expr(value=ast.Call() as value) if self.is_skipped(value):
                pass
            case ast.Expr(value=value):
                self.noted(value)
            case _:
                kind = type(node).__name__
                raise TextError(f"line {node.lineno} of the script is {REFUSED.get(kind, kind.lower())}: {INSTEAD}")

    def assign(self, target: ast.expr, value: object) -> None:
        match target:
            case ast.Name(id=name):
                self.made[name] = value
            case ast.Tuple(elts=targets) | ast.List(elts=targets) if isinstance(value, (tuple, list)) and len(value) == len(
                targets
            ):
                for each, its in zip(targets, value, strict=True):
                    self.assign(each, its)
            case _:
                raise TextError(f"{source_text(target)!r} cannot be assigned to here: {INSTEAD}")

    def noted(self, node: ast.expr) -> object:
        """The value of a statement, which is remembered if it is a model."""
        value = self.value(node)
        if isinstance(value, Countable):
            self.models.append(value)
        return value

    def is_skipped(self, node: ast.Call) -> bool:
        """Whether a statement cannot change a model: a method that trains, prints or saves, or a function in small letters."""
        match node.func:
            case ast.Attribute(value=ast.Name(id=name), attr=method) if name in self.made:
                return method not in BUILDING
            case ast.Attribute(attr=name) | ast.Name(id=name):
                return name not in self.made and not name[:1].isupper()
        return False

    # ------------------------------------------------------------ expressions
    def value(self, node: ast.expr, depth: int = 0) -> object:
        match node:
            case ast.Name(id=name) if name in self.made:
                return self.made[name]
            case ast.Constant(value=str() | None | bool() | float()):
                return super().value(node, depth)
            case ast.Subscript(value=inside, slice=ast.Constant(value=int() as place)):
                its = self.value(inside, depth + 1)
                if isinstance(its, (tuple, list)) and -len(its) <= place < len(its):
                    return its[place]
            case ast.BinOp(left=left, op=operator, right=right) if isinstance(operator, tuple(TENSOR_OPERATORS)):
                one, other = self.value(left, depth + 1), self.value(right, depth + 1)
                if is_tensor(one) or is_tensor(other):
                    return TENSOR_OPERATORS[type(operator)](one, other)
        return super().value(node, depth)

    def call(self, function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword], depth: int) -> object:
        match function:
            case ast.Call():  # Dense(3)(x)
                return self.called(self.value(function, depth), function, arguments, keywords, depth)
            case ast.Name(id=name) if name in self.made:
                return self.called(self.made[name], function, arguments, keywords, depth)
            case ast.Attribute(value=ast.Name(id=name), attr=method) if name in self.made:
                return self.method(name, method, arguments, keywords, depth)
            case ast.Name(id=name) if name in SYMBOLS or self.places.get(name, [""])[-1] in SYMBOLS:
                return self.letters_of(arguments)
        return super().call(self.placed(function), arguments, keywords, depth)

    def called(self, thing: object, node: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword], depth: int) -> object:
        """A layer or a model, called on tensors."""
        if not isinstance(thing, Countable) or not callable(thing):
            raise TextError(f"{source_text(node)!r} is no layer or model, so it cannot be called")
        args, kwargs = self.given(source_text(node), arguments, keywords, depth)
        return call_result(thing, source_text(node), args, kwargs)

    def method(self, name: str, method: str, arguments: list[ast.expr], keywords: list[ast.keyword], depth: int) -> object:
        thing: Any = self.made[name]
        if method not in BUILDING or not isinstance(thing, (Countable, list)):
            raise TextError(f"{name}.{method}(...) is not read: {INSTEAD}")
        args, kwargs = self.given(f"{name}.{method}", arguments, keywords, depth)
        call_result(getattr(thing, method), f"{name}.{method}", args, kwargs)
        return thing

    def letters_of(self, arguments: list[ast.expr]) -> object:
        """``m, n = symbols("m n")``."""
        match arguments:
            case [ast.Constant(value=str() as names)]:
                found = [super(Script, self).value(ast.Name(name)) for name in names.replace(",", " ").split()]
                return found[0] if len(found) == 1 else tuple(found)
        raise TextError('symbols takes the letters in one text: symbols("m n")')

    def placed(self, function: ast.expr) -> ast.expr:
        """The function with the path that the script's imports give its first name."""
        match function:
            case ast.Attribute(value=inside, attr=name):
                return ast.Attribute(self.placed(inside), name)
            case ast.Name(id=name) if name in self.places:
                first, *rest = known_path(self.places[name])
                found: ast.expr = ast.Name(first)
                for step in rest:
                    found = ast.Attribute(found, step)
                return found
        return function


def known_path(path: list[str]) -> list[str]:
    """A path without the steps that say nothing here: ``tensorflow.python.keras.layers`` is ``tf.keras.layers``."""
    short = ["tf" if step == "tensorflow" else step for step in path if step not in ("python", "src", "api", "symparams")]
    return short or path


def is_layer(thing: Countable) -> bool:
    """Whether it is a single layer, and no model."""
    return any(framework.is_layer(thing) for framework in frameworks())
