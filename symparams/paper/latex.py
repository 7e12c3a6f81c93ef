"""LaTeX of anything that has a count."""

from __future__ import annotations

from .._startup.boundary import entrance
from ..core.assumptions import printed
from ..core.formula import Formula
from ..core.model import Layer, assumed_of, count_of, subject_of_count
from ..core.notation.documents import document_text
from ..core.notation.environments import checked_environment, checked_label, framed
from ..core.notation.escaping import condition, escaped
from ..core.notation.forms import Number, letters_of, of_size
from ..core.notation.latex import Typesetter, number_style
from ..core.notation.letter_names import checked_names
from ..core.notation.line_breaking import checked_width, lines_of
from ..errors import SettingError, brief
from ..questions.comparing.answer import Difference
from ..tables.paper_names import paper_names
from .formula_notes import checked_notes, definitions_in_latex, notes_of
from .latex_text import LatexText

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from ..core.algebra import Expr
    from ..core.notation.environments import Sides
    from ..core.sizes import ByLetter

ASKED = "latex takes a formula, a layer, a model or a difference"


@entrance
def latex(
    thing: object,
    form: str = "written",
    annotate: bool = False,
    environment: str | None = None,
    names: ByLetter[str] | None = None,
    numbers: str = "plain",
    standalone: bool = False,
    *,
    name: str | None = None,
    label: str | None = None,
    width: int | str | None = None,
    at: ByLetter[int] | None = None,
    depth: int | str = 1,
    notes: str | None = None,
    where: ByLetter[Expr] | None = None,
    file: str | os.PathLike[str] | None = None,
) -> str:
    r"""The LaTeX of a formula, a layer, a model or a difference.

    - ``form`` is ``written`` (as in the paper), ``collected`` (by block, then by letter), ``expanded``, ``factored`` or ``kinds``
      (all kernels, all biases).
    - ``annotate`` puts a brace with its name under each term: a layer or a block. ``depth`` has the number of levels, 2 for the parts
      of these as well, or ``"tensors"``.
    - ``environment`` is None for a formula to use in math mode, or ``equation``, ``equation*``, ``align``, ``align*``, ``aligned``;
      ``label`` is for the numbered ones.
    - ``name`` puts ``P_{\text{name}} =`` in front.
    - ``names`` has the LaTeX of letters, ``{n: r"d_{\text{model}}"}``; each is checked, command by command.
    - ``numbers`` are ``plain``, with ``commas``, or ``num`` for siunitx.
    - ``width`` breaks sums longer than about this many characters, or longer than the ``"column"`` of a two-column paper. It needs
      an environment, in which sums longer than the line of a ``"page"`` are broken anyway.
    - ``at`` adds the formula with these sizes in place of its letters, and if all of them have one, its value.
    - ``notes`` adds what the letters mean, when the formula holds, what was assumed, and the framework and version that was counted: as
      ``"comments"``, as a sentence ``"where"`` below the formula, or as a ``"footnote"``, the latter two in an environment.
    - ``where`` has letters for sizes that papers define, ``{"d_k": d/h}``: the formula is written with them and says so.
    - ``standalone`` gives a whole document.
    - ``file`` is a path to write to, whole or not at all: the document, or a fragment for ``\input`` that names its packages.

    Raises :class:`SettingError` for an unknown option, :class:`LetterError` for an unknown letter.

    >>> from symparams.layers import LSTM
    >>> latex(LSTM.symbolic(), names={"n": r"n_{\text{units}}"})
    '4 \\left(m n_{\\text{units}} + n_{\\text{units}}^{2} + n_{\\text{units}}\\right)'
    >>> print(latex(LSTM.symbolic(), environment="align", name="LSTM", at={"m": 300, "n": 300}, numbers="commas"))
    \begin{align}
      P_{\text{LSTM}} &= 4 \left(m n + n^{2} + n\right) \notag \\
      &= 4 \left(300 \cdot 300 + 300^{2} + 300\right) \notag \\
      &= 721{,}200
    \end{align}
    """
    frame, tag = checked_environment(environment, label), checked_label(label)
    broken, _, place = checked_width(width, environment), number_style(numbers), checked_notes(notes)
    if isinstance(thing, Difference):
        if where is not None:
            raise SettingError("where= does not apply to a difference")
        sides = sides_of_difference(thing, form, names, numbers, name, broken, at)
        frame = frame or "aligned"
    else:
        its = subject_of_count(thing, ASKED)
        captions = {} if isinstance(its, Formula | Layer) else paper_names(its.parts)
        count = count_of(its).where(where)
        noted = place not in (None, "comments")
        sides = sides_of_count(count, form, annotate, names, numbers, name, broken, at, captions, depth, noted)
    if place not in (None, "comments") and frame in (None, "aligned"):
        raise SettingError(f"notes={place!r} needs an environment: give environment='equation' or 'align' as well")
    if place == "footnote":
        left, lines = sides[-1]
        sides = [*sides[:-1], (left, [*lines[:-1], rf"{lines[-1]} \footnotemark"])]
    made = framed(sides, frame, tag)
    if place is not None:
        return LatexText(with_notes(made, place, thing, names, where, standalone, file))
    comments = "".join(
        f"% assumed: {each}\n" for each in printed(assumed_of(thing))
    )  # a comment ends with its line, and shows nothing
    displayed = made if frame not in (None, "aligned") else f"\\[\n{made}\n\\]"
    return LatexText(document_text(comments + made, comments + displayed, standalone, file))


def with_notes(
    made: str,
    place: str,
    thing: object,
    names: ByLetter[str] | None,
    where: ByLetter[Expr] | None,
    standalone: bool,
    file: str | os.PathLike[str] | None,
) -> str:
    """A formula with its notes."""
    if isinstance(thing, Difference):
        raise SettingError("notes are of a formula, a layer or a model; a difference says its reasons itself")
    its = subject_of_count(thing, ASKED)
    count = count_of(its).where(where)
    found, letters = notes_of(thing, its, count), count.letters_shown
    setter = Typesetter(
        {*letters}.union(*(map(letters_of, map(of_size, count.definitions.values())))), checked_names(names, letters)
    )
    said = found.text(setter, "where" if place == "where" else "Letters:", definitions_in_latex(count, setter))
    text = {
        "comments": found.comments + made,
        "where": f"{made}\n{{\\noindent{said}\\par}}",
        "footnote": f"{made}\n\\footnotetext{{{said}}}",
    }[place]
    return document_text(text, text if place != "comments" or "\\begin" in made else f"\\[\n{text}\n\\]", standalone, file)


def sides_of_count(
    count: Formula,
    form: str,
    annotate: bool,
    names: ByLetter[str] | None,
    numbers: str,
    name: str | None,
    width: int | None,
    at: ByLetter[int] | None,
    captions: Mapping[str, str],
    depth: int | str,
    noted: bool = False,
) -> Sides:
    """The sides of an equation: the formula, and with sizes the formula in numbers and its value."""
    if annotate:
        from ..core.notation.underbraces import annotated

        formula = annotated(count, form, captions, depth)
    else:
        formula = count.notation(form)
    its = Typesetter(
        letters_of(formula).union(*map(letters_of, map(of_size, count.definitions.values()))),
        checked_names(names, count.letters_shown),
        numbers,
    )
    sides = [(left_side("P", name), lines_of(formula, its, width))]
    if at is not None:
        from ..core.notation.numbers_for_letters import substituted

        sizes = count._values(at, {})
        results = [] if set(count.letters) - set(sizes) else [[its.tex(Number(count.at(at)))]]  # of some letters there is no value
        in_numbers = lines_of(substituted(formula, {**sizes, **sizes_of_definitions(count, sizes)}), its, width)
        for lines in (in_numbers, *results):
            if lines != sides[-1][1]:  # a formula of one letter is its number, which is not written twice
                sides.append(("", lines))
    if count.definitions and not noted:
        said = ",\\ ".join(definitions_in_latex(count, its))
        sides[-1] = said_behind(sides[-1], rf"\text{{where }} {said}")
    if count.holds_given:
        given = ", ".join(map(condition, count.holds_given))
        sides[-1] = said_behind(sides[-1], rf"\text{{given {given}}}")
    return sides


def said_behind(side: tuple[str, list[str]], words: str) -> tuple[str, list[str]]:
    """A side of an equation with words behind it."""
    left, lines = side
    return left, [*lines[:-1], rf"{lines[-1]} \quad {words}"]


def sizes_of_definitions(count: Formula, sizes: Mapping[str, int]) -> dict[str, int]:
    """The numbers of the letters that are defined, where their own letters have numbers."""
    found = {
        name: size.xreplace({count.all_symbols[each]: value for each, value in sizes.items()})
        for name, size in count.definitions.items()
    }
    return {name: int(size) for name, size in found.items() if not getattr(size, "free_symbols", ())}  # type: ignore[call-overload]


def sides_of_difference(
    difference: Difference,
    form: str,
    names: ByLetter[str] | None,
    numbers: str,
    name: str | None,
    width: int | None,
    at: ByLetter[int] | None,
) -> Sides:
    """The sides of an equation: the total of a difference, and the shares of its causes."""
    if form != "written":
        raise SettingError(f"a difference is written by its causes; form={form!r} does not apply to it")
    if at is not None:
        raise SettingError("at= does not apply to a difference; compare the models with numbers in place of letters")
    return difference.sides(left_side(r"\Delta P", name), names, numbers, width)


def left_side(symbol: str, name: object) -> str:
    r"""``P_{\text{LSTM}}``; without a name nothing, except for a difference, which keeps its symbol."""
    if name is None:
        return symbol if symbol != "P" else ""
    if not (isinstance(name, str) and name.strip()):
        raise SettingError(f"name must say what the formula counts, such as 'LSTM', not {brief(name)}")
    return rf"{symbol}_{{\text{{{escaped(name)}}}}}"
