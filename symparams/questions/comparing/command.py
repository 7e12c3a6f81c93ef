"""``symparams compare``: two models, or several."""

from __future__ import annotations

from .models import read
from .output import give

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import Arguments


def compare(arguments: Arguments) -> int:
    """``symparams compare``."""
    from ..questions.comparing.question import compare

    if arguments.others:
        return compare_all(arguments)
    difference = compare(read(arguments, arguments.before), read(arguments, arguments.after))
    give(arguments, difference)
    return 1 if difference.polynomial.terms else 0


def compare_all(arguments: Arguments) -> int:
    """``symparams compare`` with more than two models."""
    from ..questions.comparing.variants import compare_all

    variants = compare_all([read(arguments, text) for text in (arguments.before, arguments.after, *arguments.others)])
    give(arguments, variants)
    return 0 if variants.are_alike else 1
