"""LaTeX of anything that has a count."""

from __future__ import annotations

from .difference import Difference
from .errors import SettingError
from .formula import Formula

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def latex(thing: Any, form: str = "written", names: Mapping[Any, str] | None = None) -> str:
    r"""The LaTeX of a formula, a layer, a model or a difference, for math mode; needs amsmath.

    ``form`` is ``written`` (as in the paper), ``expanded`` or ``factored``; ``names`` renames letters, and each name
    is checked. Raises :class:`SettingError` for a form that is none, :class:`LetterError` for a letter that is none.

    >>> from symparams import symbols
    >>> from symparams.layers import LSTM
    >>> latex(LSTM.symbolic(), names={"n": r"n_{\text{units}}"})
    '4 \\left(m n_{\\text{units}} + n_{\\text{units}}^{2} + n_{\\text{units}}\\right)'
    """
    if isinstance(thing, Difference):
        if form != "written":
            raise SettingError(f"a difference is written as its causes made it; it has no form {form!r}")
        return thing.latex(names)
    if hasattr(thing, "by_itself") and not isinstance(thing, type):
        thing = thing.by_itself()
    count = thing if isinstance(thing, Formula) else getattr(thing, "count", None)
    if not isinstance(count, Formula):
        raise SettingError(f"latex takes a formula, a layer, a model or a difference, not {thing!r}")
    return count.latex(form, names)
