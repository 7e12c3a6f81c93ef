"""The answers that the live page of the documentation shows for the texts typed into it: those of the command line, as JSON.

The page runs this in the browser, in its own Python; nothing here depends on a browser.
"""

from __future__ import annotations

from ..errors import SymparamsError, TextError, listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ..core.algebra import Expr, Symbol
    from ..core.model import Countable
    from ..tables.answer import Answer

FORMS = ("written", "annotated", "expanded", "factored")


def answer(
    model: str,
    other: str = "",
    sizes: Mapping[str, str] | None = None,
    forms: Sequence[str] = FORMS,
    question: str = "",
    value: str = "",
) -> dict[str, object]:
    """The facts of a model, of a second one, and of their difference; or the answer of a ``question`` with its ``value``.

    The question is one of :data:`QUESTIONS`: a formula to check, a number to reconcile, or the largest count to solve for.

    ``model`` and ``other`` are Python, as the command line takes it, pasted tables, or a config as JSON; a text of two tables
    holds both models.
    ``sizes`` are numbers for letters, as text. LaTeX is made only in these ``forms``. An error is given under ``error``, next to
    the answers that could still be given.

    >>> answer("LSTM(n)", sizes={"n": "300", "m": "300"})["model"]["number"]
    '721200'
    >>> answer("LSTM(n")
    {'error': "'LSTM(n' is not a Python expression: '(' was never closed at character 5"}
    """
    from ..questions.values import sizes_of

    found: dict[str, object] = {}
    known: dict[str, int] = {}
    try:
        known = sizes_of([f"{letter}={size}" for letter, size in (sizes or {}).items()])
    except SymparamsError as error:
        found["error"] = str(error)
    try:
        first, *rest = things_in(model)
        found["model"] = model_facts(*first, known, forms)
        if other.strip():
            rest = things_in(other)
        if rest:
            second, *_ = rest
            found["other"] = model_facts(*second, known, forms)
            found["difference"] = difference_facts(first[0], second[0])
        if value.strip():
            found["answer"] = asked(question)(first[0], value.strip(), known)
    except SymparamsError as error:
        found["error"] = str(error)
    except RecursionError:
        found["error"] = "the model is nested too deeply"
    return found


def answer_json(question: str) -> str:
    """The same answer as JSON, for a question as JSON that has the arguments of :func:`answer`."""
    import json

    return json.dumps(answer(**json.loads(question)), ensure_ascii=False)


# ---------------------------------------------------------------- reading a text
def things_in(text: str) -> list[tuple[Countable, list[str]]]:
    """The models in a text, each with notes on how it was read: one in Python code, any number in pasted tables."""
    from ..summaries.reading import from_summary
    from .models import reading_of
    from .scripts.script import is_python

    if not text.strip():
        raise TextError("type a model, such as LSTM(n), or paste a model.summary()")
    if text.lstrip().startswith("{"):
        from .model_files import saved_model

        model = saved_model(text.strip())
        return [(model, model.notes)]
    if is_table(text):
        return [(table, table.notes) for table in from_summary(text).tables]
    name, equals, rest = text.partition("=")
    if equals and name.strip().isidentifier() and not is_python(text):  # model =, and the rest on the next line
        text = rest
    reading = reading_of(text)
    return [(reading.read(), [*dict.fromkeys(reading.notes)])]


def is_table(text: str) -> bool:
    """Whether a text is a printed table or module, not Python: it has several lines, and looks like one."""
    from .._startup.python_syntax import parsed

    text = text.strip()
    if "\n" not in text or not ("param" in text.lower() or "): " in text):
        return False
    try:
        parsed(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return True
    return False


# ---------------------------------------------------------------- the answers
def model_facts(thing: Countable, notes: Iterable[str], sizes: Mapping[str, int], forms: Sequence[str]) -> dict[str, object]:
    """The formula, its LaTeX, and its number at the sizes that it has letters for."""
    from ..paper.latex import latex
    from .models import open_letters

    count = thing.by_itself().count
    known = count.given({letter: size for letter, size in sizes.items() if letter in count.letters})
    return {
        "formula": count.text(),
        "letters": list(count.letters),
        "latex": {form: latex(count, "written", annotate=True) if form == "annotated" else latex(count, form) for form in forms},
        "given": known.text(),
        "given_latex": known.latex(),
        "number": None if known.letters else known.text("expanded"),
        "layers": layer_tables(thing),
        "notes": [*notes, *open_letters(thing), *getattr(thing, "doubts", ())],
    }


def layer_tables(thing: Countable) -> list[dict[str, object]]:
    """The table of a model of several layers, or the one that was pasted."""
    from ..core.frameworks import frameworks
    from ..summaries.table import SummaryTable
    from ..tables.answer import Answer

    if is_one_layer(thing):
        return []
    found = thing if isinstance(thing, SummaryTable) else next(filter(None, (each.listing(thing) for each in frameworks())), None)
    if not isinstance(found, Answer):
        return []
    return [each for each in pieces(found) if "head" in each]


def is_one_layer(thing: Countable) -> bool:
    """Whether there is nothing to list: the formula is that of the one layer."""
    return not hasattr(thing, "layers") and len(thing.by_itself().parts) == 1


def difference_facts(before: Countable, after: Countable) -> dict[str, object]:
    """Why two models differ, in words and in LaTeX."""
    from ..questions.comparing.question import compare

    found = compare(before, after)
    return {"text": found.explain(), "latex": found.latex(), "markdown": found.markdown(), "pieces": pieces(found)}


def pieces(found: Answer) -> list[dict[str, object]]:
    """A whole answer for the page, which puts its texts and formulas together."""
    from ..tables.pieces import pieces_of

    return pieces_of(found.content())


def checked(model: Countable, formula: str, _sizes: Mapping[str, int]) -> list[dict[str, object]]:
    """Whether a formula is that of the model."""
    from ..questions.checking.question import check

    return pieces(check(formula, model))


def reconciled(model: Countable, number: str, sizes: Mapping[str, int]) -> list[dict[str, object]]:
    """How the model can have a number."""
    from ..questions.reconciling.question import reconcile

    known: dict[str | Symbol, int] = {str(name): size for name, size in sizes.items()}
    return pieces(reconcile(model, number, given=known or None))


def solved(model: Countable, count: str, sizes: Mapping[str, int]) -> list[dict[str, object]]:
    """The largest size under a budget."""
    from ..questions.solving.question import solve
    from ..questions.values import whole_number
    from .values import in_units

    known: dict[str | Symbol, int | Expr] = {str(name): size for name, size in sizes.items()}
    return pieces(solve(model, at_most=in_units(count) or whole_number(count, "the count"), given=known or None))


def asked(question: str) -> Callable[[Countable, str, Mapping[str, int]], list[dict[str, object]]]:
    """What answers a question."""
    if question not in QUESTIONS:
        raise TextError(f"the page has no question {question!r}; it has {listed(QUESTIONS)}")
    return QUESTIONS[question]


QUESTIONS = {"check": checked, "reconcile": reconciled, "solve": solved}
