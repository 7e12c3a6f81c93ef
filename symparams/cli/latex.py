"""``symparams latex``."""

from __future__ import annotations

from ..questions.values import name_and_value, plain_digits, sizes_of, whole_number
from ..tables.formats import SCHEMA
from .models import model_of
from .streams import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import Arguments


def latex(arguments: Arguments) -> int:
    """``symparams latex``."""
    from ..paper.latex import latex

    width, depth = arguments.width, arguments.depth
    result = latex(
        model_of(arguments, arguments.model, arguments.letters),
        arguments.form,
        arguments.annotate,
        arguments.environment,
        dict(name_and_value(each, "LETTER=LATEX") for each in arguments.name),
        arguments.numbers,
        arguments.standalone,
        name=arguments.of,
        label=arguments.label,
        width=whole_number(width, "width") if width and plain_digits(width) else width,
        depth=whole_number(depth, "depth") if plain_digits(depth) else depth,
        at=sizes_of(arguments.at) if arguments.at else None,
        notes=arguments.formula_notes,
        file=arguments.output,
    )
    if arguments.json:
        import json

        say(json.dumps({"schema": SCHEMA, "model": arguments.model, "form": arguments.form, "latex": result}, indent=2))
        return 0
    if arguments.output is None:
        say(result)
    return 0
