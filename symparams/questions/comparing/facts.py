"""A difference as JSON."""

from __future__ import annotations

from ...tables.facts import number_or_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...tables.answer import Facts
    from .causes import Cause
    from .tensor_matching import TensorMatch


def cause_facts(cause: Cause) -> Facts:
    """One cause with its share."""
    return {
        "layer": cause.layer,
        "setting": cause.setting,
        "before": setting_value(cause.before),
        "after": setting_value(cause.after),
        "amount": number_or_text(cause.formula.polynomial),
        "formula": cause.in_letters.text(cause.form),
        "numbers": cause.numbers,
        "because": cause.because,
        "weights": cause.weights,
    }


def setting_value(value: object) -> object:
    """The value of a setting in JSON: a size with letters as text, a shape as a list."""
    if isinstance(value, tuple):
        return list(map(setting_value, value))
    return value if value is None or isinstance(value, int | str) else str(value)


def match_facts(match: TensorMatch) -> Facts:
    """The tensors of both sides that store one weight."""
    return {
        "weight": match.weight,
        "before": [tensor.path for tensor in match.before],
        "after": [tensor.path for tensor in match.after],
    }
