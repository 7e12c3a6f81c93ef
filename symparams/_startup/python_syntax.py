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
    tree = tree_of(text, "eval")
    assert isinstance(tree, ast.Expression)
    return tree.body


def statements(text: str) -> list[ast.stmt]:
    """The trees of the statements of a script, with the errors of :func:`parsed`."""
    tree = tree_of(text, "exec")
    assert isinstance(tree, ast.Module)
    return tree.body


def tree_of(text: str, mode: str) -> ast.AST:
    """The tree of a text. The compiler's warnings, as of ``1if n`` and ``'\\d'``, are for authors of Python, not for users of a text."""
    if not may_warn(text):
        return compiled_tree(text, mode)
    from warnings import catch_warnings, simplefilter

    with catch_warnings():
        simplefilter("ignore")
        return compiled_tree(text, mode)


def compiled_tree(text: str, mode: str) -> ast.AST:
    tree: ast.AST = compile(text, "<text>", mode, ast.PyCF_ONLY_AST, dont_inherit=True)
    return tree


def may_warn(text: str) -> bool:
    """Whether the compiler could warn of a text: it has a backslash, or a number with a letter right behind it."""
    before, in_number = "", False
    for character in text:
        if character == "\\" or (in_number and character.isalpha()):
            return True
        goes_on = in_number or not (before.isalnum() or before == "_")
        in_number = goes_on and (character.isdigit() or (in_number and character in "_."))
        before = character
    return False
