"""Python's syntax tree, without the module ``ast``, whose classes come from ``_ast`` as well.

Importing ``ast`` takes as long as counting a model of plain numbers, and its helpers are not needed here.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
else:
    import _ast as ast

__all__ = ["ast", "parsed", "statements"]


def parsed(text: str) -> ast.expr:
    """The tree of one expression. Raises the errors of ``ast.parse``: ``SyntaxError``, and ``ValueError`` for a null byte."""
    tree = compile(text, "<text>", "eval", ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Expression)
    return tree.body


def statements(text: str) -> list[ast.stmt]:
    """The trees of the statements of a script, with the errors of :func:`parsed`."""
    tree = compile(text, "<text>", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree.body
