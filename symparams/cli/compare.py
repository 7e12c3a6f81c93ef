"""``symparams compare``: two models, or several."""

from __future__ import annotations

from .json import counted, number_or_text, paths, print_json
from .models import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import Arguments


def compare(arguments: Arguments) -> int:
    """``symparams compare``."""
    from ..questions.comparing.question import compare

    if arguments.others:
        return compare_all(arguments)
    before, after = read(arguments, arguments.before), read(arguments, arguments.after)
    difference = compare(before, after)
    if arguments.json:
        causes = [
            {
                "layer": cause.layer, "setting": cause.setting, "before": cause.before, "after": cause.after,
                "amount": number_or_text(cause.formula), "formula": cause.in_letters.text(cause.form), "numbers": cause.numbers,
                "because": cause.because, "weights": cause.weights,
            }
            for cause in difference.causes
        ]  # fmt: skip
        relation = difference.relation()
        print_json(
            before={"model": arguments.before, **counted(difference.before_count)},
            after={"model": arguments.after, **counted(difference.after_count)},
            total=number_or_text(difference.polynomial),
            causes=causes,
            tensors=[
                {"weight": match.weight, "before": paths(match.before), "after": paths(match.after)} for match in difference.tensors
            ],
            relation=str(relation),
        )
    else:
        print({"text": difference.explain, "latex": difference.latex, "markdown": difference.markdown}[arguments.format]())
    return 1 if difference.polynomial.terms else 0


def compare_all(arguments: Arguments) -> int:
    """``symparams compare`` with more than two models."""
    from ..questions.comparing.variants import compare_all

    texts = [arguments.before, arguments.after, *arguments.others]
    variants = compare_all([read(arguments, text) for text in texts])
    if arguments.json:
        rows = [
            {"model": text, "kinds": {kind: number_or_text(count) for kind, count in row.kinds.items()}, **counted(row.count)}
            for text, row in zip(texts, variants.rows, strict=True)
        ]
        print_json(variants=rows)
    else:
        print({"text": variants.__str__, "latex": variants.latex, "markdown": variants.markdown}[arguments.format]())
    return 0 if variants.are_alike else 1
