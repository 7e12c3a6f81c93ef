"""Expressions of a table, ``num_attention_heads*(hidden_size//num_attention_heads)``: parsed from a whitelist, never evaluated as code.

Python's own parser makes a syntax tree of the text, and each kind of node on the whitelist becomes a function of the fields.
Anything else is refused with its name.
"""

from __future__ import annotations

from math import ceil, floor

from .._startup.once import cache
from .._startup.python_syntax import ast, parsed
from ..errors import TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    Fields: TypeAlias = Mapping[str, Any]
    Value: TypeAlias = Callable[[Fields], Any]
    Tree: TypeAlias = tuple[Any, ...]

INDICES = ("i", "j", "k", "l")  # of the blocks around a row, the outermost first
HIGHEST = 4096  # exponent
LONGEST = 1000  # characters of a line's expression


def bounded_power(base: Any, exponent: Any) -> Any:
    if isinstance(exponent, int) and exponent > HIGHEST:
        raise ValueError(f"an exponent of {exponent}")
    return base**exponent


BINARY: dict[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "Add": ("+", lambda one, other: one + other),
    "Sub": ("-", lambda one, other: one - other),
    "Mult": ("*", lambda one, other: one * other),
    "FloorDiv": ("//", lambda one, other: one // other),
    "Div": ("/", lambda one, other: one / other),
    "Mod": ("%", lambda one, other: one % other),
    "Pow": ("**", bounded_power),
}
COMPARISONS: dict[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "Eq": ("==", lambda one, other: one == other),
    "NotEq": ("!=", lambda one, other: one != other),
    "Lt": ("<", lambda one, other: one < other),
    "LtE": ("<=", lambda one, other: one <= other),
    "Gt": (">", lambda one, other: one > other),
    "GtE": (">=", lambda one, other: one >= other),
    "In": ("in", lambda one, several: one in several),
    "NotIn": ("not in", lambda one, several: one not in several),
    "Is": ("is", lambda one, other: one is other),
    "IsNot": ("is not", lambda one, other: one is not other),
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "int": int,
    "ceil": ceil,
    "floor": floor,
    "max": max,
    "min": min,
    "len": len,
    "round": round,
    "sum": sum,
    "abs": abs,
    "bool": bool,
}
TYPES: dict[str, type | tuple[type, ...]] = {
    "int": int,
    "float": float,
    "str": str,
    "bool": bool,
    "list": (list, tuple),
    "tuple": (list, tuple),
    "dict": dict,
}


class Expression:
    """One expression: its text, its tree, its value as a function of the fields, and the names and block indices in it.

    Each is made once, and so is equal only to itself.
    """

    __slots__ = ("fields_read", "indices", "text", "tree", "value")

    def __init__(self, text: str, tree: Tree, value: Value, fields_read: frozenset[str], indices: frozenset[str]) -> None:
        self.text, self.tree, self.value, self.fields_read, self.indices = text, tree, value, fields_read, indices

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[Callable[[Tree, str], Expression], tuple[Tree, str]]:
        return of_tree, (self.tree, self.text)


@cache
def expression(text: str) -> Expression:
    """The expression that a text is. Raises :class:`TextError`, which says what is not allowed in it."""
    (only,) = expressions(text, True)
    return only


@cache
def expressions(text: str, single: bool = False) -> tuple[Expression, ...]:
    """The expressions of a text, separated by commas; none in an empty text."""
    if not text.strip():
        return ()
    if len(text) > LONGEST:
        raise TextError(f"an expression of {len(text)} characters is longer than {LONGEST}")
    try:
        node = parsed(text.strip() if single else f"({text},)")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise TextError(f"{brief(text)} is not an expression") from None
    nodes = [node] if single else node.elts  # type: ignore[attr-defined]
    return tuple(of_node(each, text.strip() if single else "") for each in nodes)


def of_node(node: ast.expr, text: str = "") -> Expression:
    return of_tree(tree_of(node), text)


@cache
def of_tree(tree: Tree, text: str = "") -> Expression:
    """The expression of a tree."""
    names, indices = set[str](), set[str]()
    collect(tree, names, indices)
    return Expression(text or written(tree), tree, value_of(tree), frozenset(names), frozenset(indices))


# ---------------------------------------------------------------- the whitelist
def tree_of(node: ast.expr) -> Tree:
    """The tree of a node: tuples that begin with their kind."""
    match node:
        case ast.Constant(value=int() | float() | str() | None as value):
            return ("constant", value)
        case ast.Name(id=name):
            return ("index", name) if name in INDICES else ("field", name)
        case ast.Attribute():
            return ("field", dotted(node))
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return ("list", *map(tree_of, elements))
        case ast.BinOp(left=left, op=op, right=right) if type(op).__name__ in BINARY:
            return (BINARY[type(op).__name__][0], tree_of(left), tree_of(right))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return ("not", tree_of(operand))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return ("-", ("constant", 0), tree_of(operand))
        case ast.BoolOp(op=op, values=values):
            return ("and" if isinstance(op, ast.And) else "or", *map(tree_of, values))
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [tree_of(left), *map(tree_of, others)]
            each = [(COMPARISONS[type(op).__name__][0], sides[n], sides[n + 1]) for n, op in enumerate(ops)]
            return each[0] if len(each) == 1 else ("and", *each)
        case ast.IfExp(test=test, body=yes, orelse=no):
            return ("if", tree_of(test), tree_of(yes), tree_of(no))
        case ast.Subscript(value=inside, slice=ast.Slice(lower=low, upper=high, step=None)):
            none: Tree = ("constant", None)
            return ("slice", tree_of(inside), tree_of(low) if low else none, tree_of(high) if high else none)
        case ast.Subscript(value=inside, slice=at):
            return ("at", tree_of(inside), tree_of(at))
        case ast.ListComp(
            elt=element,
            generators=[
                ast.comprehension(
                    target=ast.Name(id=index),
                    iter=ast.Call(func=ast.Name(id="range"), args=[many], keywords=[]),
                    ifs=[],
                    is_async=0,
                )
            ],
        ) if index in INDICES:
            return ("each", ("index", index), tree_of(many), tree_of(element))
        case ast.Call(func=ast.Name(id="isinstance"), args=[inside, ast.Name(id=kind)], keywords=[]) if kind in TYPES:
            return ("isinstance", tree_of(inside), kind)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS and arguments:
            return (name, *map(tree_of, arguments))
    raise TextError(f"{type(node).__name__} is not allowed in an expression of a table")


def dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=inside, attr=name):
            return f"{dotted(inside)}.{name}"
    raise TextError("only the name of a field may stand before a dot")


def collect(tree: Tree, names: set[str], indices: set[str]) -> None:
    """Collects the fields and block indices of a tree."""
    if tree[0] == "field":
        names.add(tree[1])
    elif tree[0] == "index":
        indices.add(tree[1])
    elif tree[0] == "each":
        collect(tree[2], names, indices)
        inside = set[str]()
        collect(tree[3], names, inside)
        indices |= inside - {tree[1][1]}
    else:
        for part in tree[1:]:
            if isinstance(part, tuple):
                collect(part, names, indices)


# ---------------------------------------------------------------- values
OPERATIONS = dict([*BINARY.values(), *COMPARISONS.values()])
COMPARED = frozenset(sign for sign, _ in COMPARISONS.values())
MOST_ELEMENTS = 100_000  # of a list that a table computes


def comparison(operation: Callable[[Any, Any], Any], one: Value, other: Value) -> Value:
    """A comparison, which does not hold where it cannot be made, as of None with a number."""

    def holds(fields: Fields) -> Any:
        try:
            return operation(one(fields), other(fields))
        except (TypeError, IndexError, ZeroDivisionError):
            return False

    return holds


def listing(index: str, many: Value, element: Value) -> Value:
    """A list by its index."""

    def elements(fields: Fields) -> list[Any]:
        number = many(fields)
        if number > MOST_ELEMENTS:
            raise ValueError(f"a list of {number} elements")
        return [element({**fields, index: place}) for place in range(number)]

    return elements


def value_of(tree: Tree) -> Value:
    """The value of a tree as a function of the fields; an absent field is None."""
    kind = tree[0]
    if kind == "constant":
        constant = tree[1]
        return lambda fields: constant
    if kind in ("field", "index"):
        name = tree[1]
        return lambda fields: fields.get(name)
    parts = [value_of(part) for part in tree[1:] if isinstance(part, tuple)]
    if kind in OPERATIONS:
        operation, (one, other) = OPERATIONS[kind], parts
        if kind in COMPARED:
            return comparison(operation, one, other)
        return lambda fields: operation(one(fields), other(fields))
    if kind == "each":
        return listing(tree[1][1], parts[1], parts[2])
    if kind == "and":
        return lambda fields: all(part(fields) for part in parts)
    if kind == "or":
        return lambda fields: any(part(fields) for part in parts)
    if kind == "not":
        return lambda fields: not parts[0](fields)
    if kind == "if":
        test, yes, no = parts
        return lambda fields: yes(fields) if test(fields) else no(fields)
    if kind == "list":
        return lambda fields: [part(fields) for part in parts]
    if kind == "at":
        return lambda fields: parts[0](fields)[parts[1](fields)]
    if kind == "slice":
        return lambda fields: parts[0](fields)[parts[1](fields) : parts[2](fields)]
    if kind == "isinstance":
        types = TYPES[tree[2]]
        return lambda fields: isinstance(parts[0](fields), types)
    function = FUNCTIONS[kind]
    return lambda fields: function(*(part(fields) for part in parts))


# ---------------------------------------------------------------- as text
STRENGTH = {"if": 0, "or": 1, "and": 2, "not": 3, "+": 5, "-": 5, "*": 6, "/": 6, "//": 6, "%": 6, "**": 8}


def written(tree: Tree, names: Callable[[str], str] = str) -> str:
    """A tree as text, with the names of its fields replaced."""

    def inside(part: Tree, least: int) -> str:
        text = written(part, names)
        return f"({text})" if strength(part) < least else text

    kind, *parts = tree
    match kind:
        case "constant":
            return repr(parts[0])
        case "field":
            return names(parts[0])
        case "index":
            return str(parts[0])
        case "list":
            return f"[{', '.join(written(part, names) for part in parts)}]"
        case "and" | "or":
            return f" {kind} ".join(inside(part, STRENGTH[kind] + 1) for part in parts)
        case "not":
            return f"not {inside(parts[0], 4)}"
        case "if":
            return f"{inside(parts[1], 1)} if {inside(parts[0], 1)} else {inside(parts[2], 0)}"
        case "at":
            return f"{inside(parts[0], 9)}[{written(parts[1], names)}]"
        case "slice":
            low, high = ("" if part == ("constant", None) else written(part, names) for part in parts[1:])
            return f"{inside(parts[0], 9)}[{low}:{high}]"
        case "each":
            return f"[{written(parts[2], names)} for {parts[0][1]} in range({written(parts[1], names)})]"
        case "isinstance":
            return f"isinstance({written(parts[0], names)}, {parts[1]})"
        case "-" if parts[0] == ("constant", 0):
            return f"-{inside(parts[1], 7)}"
        case "+" | "-":
            return f"{inside(parts[0], 5)} {kind} {inside(parts[1], 6)}"
        case "*" | "/" | "//" | "%":
            return f"{inside(parts[0], 6)}{kind}{inside(parts[1], 7)}"
        case "**":
            return f"{inside(parts[0], 9)}**{inside(parts[1], 8)}"
    if kind in OPERATIONS:
        return f"{inside(parts[0], 5)} {kind} {inside(parts[1], 5)}"
    return f"{kind}({', '.join(written(part, names) for part in parts)})"


def strength(tree: Tree) -> int:
    """How strongly the outermost operation of a tree binds."""
    if tree[0] in STRENGTH:
        return STRENGTH[tree[0]]
    return 4 if tree[0] in OPERATIONS else 9
