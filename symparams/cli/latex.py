"""``symparams latex``."""

from __future__ import annotations

from ..questions.values import name_and_value, plain_digits, sizes_of, whole_number
from ..tables.answer import Answer, Table
from ..tables.cells import Typeset, words
from .models import model_of
from .output import print_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..tables.answer import Facts
    from ..tables.writers import Block
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
    if arguments.output is None or arguments.json or arguments.format != "text":
        print_answer(arguments, InLatex(result, arguments.form), model=arguments.model)
    return 0


class InLatex(Answer):
    """The answer of ``latex``: the count as LaTeX, which other formats quote."""

    def __init__(self, tex: str, form: str) -> None:
        self.tex, self.form = tex, form

    def facts(self) -> Facts:
        """The form, and the LaTeX."""
        return {"form": self.form, "latex": self.tex}

    def table(self) -> Table:
        """One cell with the LaTeX."""
        return Table({"latex": "LaTeX"}, [{"latex": self.tex}])

    def content(self) -> Sequence[Block]:
        """The LaTeX as code."""
        return [words(Typeset(self.tex, self.tex))]

    def explain(self) -> str:
        """The LaTeX itself."""
        return self.tex

    def latex(self) -> str:  # type: ignore[override]  # it has its options already
        """The LaTeX itself."""
        return self.tex

    def __repr__(self) -> str:
        return f"<LaTeX of the form {self.form}>"
