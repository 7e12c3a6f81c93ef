"""Mutants of a module: the same code with one small mistake in it, of the kinds that people make.

Some mistakes cannot change an answer, whatever the tests are, and are not made:

- a limit whose name is in capitals, such as ``MOST_TRIED``, is a choice, and one more would be as good: ``<=`` is turned around
  to ``>`` and not narrowed to ``<``, so the limit works in the wrong direction;
- ``return []`` is as false as ``return None``: it gives something, ``[None]``, instead;
- ``strict=`` of ``zip`` and ``copy=`` of NumPy are about mistakes elsewhere and about speed;
- an ``assert`` says what holds already, and an annotation is never evaluated;
- ``if not a == b`` is ``if a != b``, which is made once.
"""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Pow: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.Div: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt}
NEVER_MATTER = ("strict", "copy")  # arguments


class Mutant(NamedTuple):
    """One mistake: its line, all of its lines and those of the statement around it, what it was, what it is now, the whole source.

    ``function`` is the qualified name of the outermost function that it is in, and which one of that name.
    """

    line: int
    lines: range
    around: range
    before: str
    after: str
    source: str
    function: tuple[str, int] = ("", 0)


def changed(node: ast.AST) -> ast.AST | None:
    """A node with a mistake; None for a node of which nobody makes one."""
    made = copy.deepcopy(node)
    match made:
        case ast.Compare(ops=[operator]) if type(operator) in COMPARED:
            turned = TURNED if has_limit(made) else COMPARED
            made.ops = [turned.get(type(operator), COMPARED[type(operator)])()]
        case ast.BinOp(op=operator) if type(operator) in CALCULATED and not is_text(made):
            made.op = CALCULATED[type(operator)]()
        case ast.BoolOp():
            made.op = ast.Or() if isinstance(made.op, ast.And) else ast.And()
        case ast.UnaryOp(op=ast.Not()):
            return made.operand
        case ast.Constant(value=bool()):
            made.value = not made.value
        case ast.Constant(value=int()):
            made.value += 1
        case ast.If() | ast.IfExp() if not is_turned_around(made.test):
            made.test = ast.UnaryOp(ast.Not(), made.test)
        case ast.Return(value=ast.List(elts=[]) | ast.Tuple(elts=[]) as empty):
            empty.elts = [ast.Constant(None)]
        case ast.Return(value=ast.expr()) if not isinstance(made.value, ast.Constant):
            made.value = ast.Constant(None)
        case _:
            return None
    return made


def has_limit(node: ast.Compare) -> bool:
    """Whether something is compared with a limit of ours, by its name."""
    return any(isinstance(each, ast.Name) and each.id.isupper() and len(each.id) > 1 for each in ast.walk(node))


def is_turned_around(test: ast.expr) -> bool:
    """Whether the mistake in a condition itself is that it is turned around, so that it needs not be made twice."""
    match test:
        case ast.Compare(ops=[ast.Eq() | ast.NotEq() | ast.In() | ast.NotIn() | ast.Is() | ast.IsNot()]):
            return True
        case ast.Compare(ops=[_]):
            return has_limit(test)
        case _:
            return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)


def is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(each, ast.JoinedStr) or (isinstance(each, ast.Constant) and isinstance(each.value, str))
        for each in (node.left, node.right)
    )


def mutants_of(source: str) -> list[Mutant]:
    """Every mutant of a module."""
    return [mutant(source, number) for number in range(number_of_mutants(source))]


def number_of_mutants(source: str) -> int:
    """How many mutants a module has."""
    return len(mistaken(ast.parse(source)))


def mistaken(tree: ast.AST) -> list[ast.AST]:
    """The nodes in which a mistake can be made."""
    return [node for node in code_in(tree) if changed(node) is not None]


def mutant(source: str, number: int) -> Mutant:
    """The mutant of that number."""
    tree = ast.parse(source)
    node = mistaken(tree)[number]
    new = changed(node)
    assert new is not None
    before = ast.unparse(node).splitlines()[0]
    inner = node.test if isinstance(node, ast.If) else node
    around = [each for each in ast.walk(tree) if isinstance(each, ast.stmt) and each.lineno <= node.lineno <= lines_of(each)[-1]]
    function = function_around(tree, node)
    made = Replacing(node, new).visit(tree)
    after, source = ast.unparse(new).splitlines()[0], ast.unparse(ast.fix_missing_locations(made))
    return Mutant(node.lineno, lines_of(inner), lines_of(around[-1]), before, after, source, function)


def function_around(tree: ast.AST, node: ast.AST) -> tuple[str, int]:
    """The outermost function around a node, by its qualified name, and which one of that name it is."""
    functions = [*outermost(tree, "")]
    name, mine = next((name, each) for name, each in functions if any(inside is node for inside in ast.walk(each)))
    return name, [each for other, each in functions if other == name].index(mine)


def outermost(tree: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions that are in no other, in the order of the source."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.FunctionDef):
            yield prefix + child.name, child
        else:
            yield from outermost(child, f"{prefix}{child.name}." if isinstance(child, ast.ClassDef) else prefix)


def lines_of(node: ast.expr | ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def code_in(tree: ast.AST) -> list[ast.AST]:
    """The nodes of code that runs: no annotations, no imports for types, no tables of constants outside functions."""
    found: dict[int, ast.AST] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for statement in node.body:
                found |= {id(each): each for each in ast.walk(statement)}
    never = {id(each) for node in ast.walk(tree) for outside in not_behaviour(node) for each in ast.walk(outside)}
    return [node for key, node in found.items() if key not in never]


def not_behaviour(node: ast.AST) -> Iterator[ast.AST]:
    """What is in a node and decides no answer: annotations, which Python never evaluates here, assertions, and some arguments."""
    for name in ("annotation", "returns"):
        annotation = getattr(node, name, None)
        if annotation is not None:
            yield annotation
    if isinstance(node, ast.Assert) or (isinstance(node, ast.keyword) and node.arg in NEVER_MATTER):
        yield node


class Replacing(ast.NodeTransformer):
    """Puts a node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else super().visit(node)
