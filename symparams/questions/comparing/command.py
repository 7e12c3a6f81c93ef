"""``symparams compare``: two models, or several."""

from __future__ import annotations

from ..command import MODEL, Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..command import CommandLine


def run(asked: CommandLine) -> int:
    """Two models: exit status 1 when they differ."""
    from .question import compare

    if asked.others:
        return run_all(asked)
    difference = compare(asked.read(asked.before), asked.read(asked.after))
    asked.give(difference)
    return 1 if difference.polynomial.terms else 0


def run_all(asked: CommandLine) -> int:
    """More than two models."""
    from .variants import compare_all

    variants = compare_all([asked.read(text) for text in (asked.before, asked.after, *asked.others)])
    asked.give(variants)
    return 0 if variants.are_alike else 1


COMMAND = Command(
    name="compare",
    help="why two models differ; exit status 1 when they do",
    options={
        "before": {"metavar": "BEFORE", "help": MODEL},
        "after": {"metavar": "AFTER", "help": "the model to compare it with"},
        "others": {"metavar": "OTHER", "nargs": "*", "default": [], "help": "more models, all compared in one table"},
    },
    run=run,
)
