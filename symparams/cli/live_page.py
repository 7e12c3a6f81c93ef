"""The answers that the live page of the documentation shows for the texts typed into it: those of the command line, as JSON.

The page runs this in the browser, in its own Python; nothing here depends on a browser.
"""

from __future__ import annotations

from ..errors import SymparamsError, TextError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..core.model import Countable

FORMS = ("written", "annotated", "expanded", "factored")


def answer(model: str, other: str = "", sizes: Mapping[str, str] | None = None, forms: Sequence[str] = FORMS) -> dict[str, object]:
    """The facts of a model, of a second one, and of their difference.

    ``model`` and ``other`` are Python, as the command line takes it, or pasted tables; a text of two tables holds both models.
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
        "number": None if known.letters else known.text("expanded"),
        "layers": layer_facts(thing),
        "notes": [*notes, *open_letters(thing), *getattr(thing, "doubts", ())],
    }


def layer_facts(thing: Countable) -> list[dict[str, str]]:
    """The rows of a model or of a table: name, class, output shape, count, and formula."""
    from ..summaries.table import SummaryTable

    if isinstance(thing, SummaryTable):
        from ..summaries.wording import row_text_cells

        heads = ("layer", "shape", "count", "formula")
        return [dict(zip(heads, row_text_cells(*pair), strict=True)) for pair in zip(thing.layers, thing.explanations, strict=True)]
    if not hasattr(thing, "_summary"):
        return []
    return [
        {"layer": row.title, "shape": str(row.output_shape), "count": row.count.text("expanded"), "formula": row.count.text()}
        for row in thing._summary().rows
    ]


def difference_facts(before: Countable, after: Countable) -> dict[str, str]:
    """Why two models differ, in words and in LaTeX."""
    from ..questions.comparing.question import compare

    found = compare(before, after)
    return {"text": found.explain(), "latex": found.latex(), "markdown": found.markdown()}
