"""The answer of ``check`` in words."""

from __future__ import annotations

from itertools import combinations

from ...core.notation.forms import Letter, letters_of, summed
from ...core.notation.forms import Number as OfNumber
from ...core.terms import exact, magnitude
from ...errors import listed
from ...tables.cells import Expression, listed_words, words
from .rows import MISSING, RIGHT, TOO_MUCH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ...core.notation.forms import Notation
    from ...core.terms import Number, Terms
    from ...tables.cells import Words
    from .model_in_letters import ModelInLetters
    from .rows import TermRow, TermShare

MOST_NAMED = 3
MOST_SHOWN = 6
MOST_GROUPS = 40  # tensors among which one or two are searched that have exactly the missing amount


def table_lines(rows: Sequence[TermRow]) -> list[str]:
    """The terms side by side."""
    table = [("", "yours", "the model's", "owned by"), *map(term_text_cells, rows)]
    widths = [max(len(line[column]) for line in table) for column in range(3)]
    return [
        "  " + "  ".join([f"{cell:{width}}" for cell, width in zip(line, widths, strict=False)] + [line[3]]).rstrip()
        for line in table
    ]


HEADS = {"verdict": "Verdict", "yours": "Yours", "its": "The model's", "owners": "Owned by"}


def row_cells(row: TermRow) -> dict[str, object]:
    """A row of the table, its terms as mathematics."""
    return {
        "verdict": row.verdict,
        "yours": Expression(row.notation_times(row.yours)) if row.yours else None,
        "its": Expression(row.notation_times(row.its)) if row.its else None,
        "owners": owners_in_words(row.shares, MOST_NAMED),
    }


def value_cell(value: Number | None) -> object:
    """The value of a formula."""
    return value if value is None or isinstance(value, int) else Expression(OfNumber(value))


def term_text_cells(row: TermRow) -> tuple[str, str, str, str]:
    """A row of the table: the verdict, the term of the formula, the term of the model, and its owners."""
    yours, its = (row.times(factor) if factor else "-" for factor in (row.yours, row.its))
    return row.verdict, yours, its, owners_in_words(row.shares, MOST_NAMED)


def check_verdict(title: str, fits: bool, agrees: bool, rows: Sequence[TermRow]) -> str:
    """The end of the sentence that begins with the formula: whether it is the count of the model."""
    if fits:
        return f" is right for {title}."
    if agrees:
        return f" gives the right number for {title}."
    wrong = sum(row.verdict != RIGHT for row in rows)
    return f" is not the count of {title}: {wrong} of {len(rows)} terms differ{'s' * (wrong == 1)}."


def meanings_in_words(
    rows: Sequence[TermRow], letters: Mapping[str, str | None], names: Mapping[str, Notation], model: ModelInLetters
) -> list[str]:
    """The meaning of each letter of the formula, unless its name is the model's."""
    lines = []
    shown = {name for row in rows for name in letters_of(row.notation)}
    for name, doc in model.docs.items():
        written = names.get(name, Letter(name))
        if isinstance(written, Letter) and written.name in shown - letters.keys():
            number = model.values.get(name)
            lines.append(f"{written.name} is {doc}{'' if number is None else f', {number}'}")
    for name, meant in letters.items():
        number = model.values.get(meant or "")
        if meant != name or number is not None:
            lines.append(f"{name} is {meaning_in_words(meant, model)}" + (f", {number}" if number is not None else ""))
    return lines


def meaning_in_words(meant: str | None, model: ModelInLetters) -> str:
    """The meaning of a letter in words."""
    if meant is None:
        return "not a size of the model"
    doc = model.docs.get(meant, "")
    if meant.isdigit():
        doc = model.numbers.get(int(meant), "")
        return f"{meant}, {doc}" if doc else meant
    return doc or f"the model's {meant}"


def quotients_in_words(sizes: Sequence[tuple[Expression, Expression]]) -> Words:
    """The quotients for letters that make the formula right."""
    return words("The formula is right where ", listed_words([words(name, " = ", size) for name, size in sizes]), ".")


def factor_in_words(factor: Terms, shown: Callable[[Terms], Expression]) -> Words:
    """The factor that the whole formula lacks, or has too much."""
    ((monomial, number),) = factor.items()
    inverse: Terms = {tuple((name, -power) for name, power in monomial): exact(number.denominator, number.numerator)}
    lacking = all(power < 0 for _, power in monomial) and (magnitude(number) < 1 or (bool(monomial) and number == 1))
    if lacking:
        return words("You left out the factor ", shown(inverse), ": multiplied by ", shown(inverse), ", the formula is right.")
    return words("Every term has an extra factor ", shown(factor), ": without it, the formula is right.")


def rows_in_words(wrong: Sequence[TermRow]) -> list[Words]:
    """A sentence for each row that is not right, or one for a whole layer that is left out."""
    rows, layers = list(wrong), []
    for layer, whole in missing_layers(wrong).items():
        rows = [row for row in rows if row not in whole]
        terms = Expression(summed(row.notation_times(row.its) for row in whole))
        layers.append(words("You left out ", terms, f", all of {layer}."))
    return [*layers, *map(row_in_words, rows)]


def missing_layers(rows: Sequence[TermRow]) -> dict[str, list[TermRow]]:
    """The layers that are missing as a whole, of several terms each."""
    of_layer: dict[str, list[TermRow]] = {}
    spoilt = set()
    for row in rows:
        layers = {share.layer for share in row.shares}
        for layer in layers:
            of_layer.setdefault(layer, []).append(row)
        if row.verdict != MISSING or len(layers) > 1:
            spoilt |= layers
    return {layer: terms for layer, terms in of_layer.items() if layer and layer not in spoilt and len(terms) > 1}


def row_in_words(row: TermRow) -> Words:
    """The error in one term."""

    def term(factor: Number) -> Expression:
        return Expression(row.notation_times(factor))

    yours, its = term(row.yours), term(row.its)
    if row.verdict == MISSING and row.its < 0:
        return words("You did not subtract ", term(-row.its), f", in {owners_in_words(row.shares)}.")
    if row.verdict == MISSING:
        owners = owners_in_words(row.shares)
        return words("You left out ", its, f", the {owners if owners.isidentifier() else f'term of {owners}'}.")
    if row.verdict == TOO_MUCH:
        return words(yours, " should not be there: no weight has that many parameters.")
    if len(row.shares) == 1:
        return words(f"The term of {owners_in_words(row.shares)} is ", its, "; you have ", yours, ".")
    lacking = row.its - row.yours
    just = tensors_with_amount(row.shares, magnitude(lacking))
    whose = f", as much as {' or '.join(just)}" if just else ""
    how = "so you left out" if lacking > 0 else "which is too much by"
    start = f"The term of {owners_in_words(row.shares)} is "
    return words(start, its, "; you have ", yours, f", {how} ", term(magnitude(lacking)), f"{whose}.")


def tensors_with_amount(shares: Sequence[TermShare], amount: object) -> list[str]:
    """The tensors that have exactly that much of a term, alone or two together; empty where they are too many to name."""
    groups = list(shares_by_path(shares).items())
    if len(groups) > MOST_GROUPS:
        return []
    amounts = {name: sum(share.factor for share in group) for name, group in groups}
    found = [[name] for name in amounts if amounts[name] == amount]
    found = found or [[one, other] for one, other in combinations(amounts, 2) if amounts[one] + amounts[other] == amount]
    return [listed(names) for names in found] if len(found) <= MOST_NAMED else []


def owners_in_words(shares: Sequence[TermShare], most: int = MOST_SHOWN) -> str:
    """The tensors of a term by their paths, those of equal blocks together; of many tensors, only the names."""
    groups = shares_by_path(shares)
    if len(groups) <= most:
        return listed(groups)
    return listed(shares_by_path(shares, lambda path: path.rpartition("/")[2]))


def shares_by_path(shares: Sequence[TermShare], pattern: Callable[[str], str] | None = None) -> dict[str, list[TermShare]]:
    """The tensors by name: ``h.0.up/kernel`` and ``h.1.up/kernel`` are ``2 x h.*.up/kernel``."""
    found: dict[str, list[TermShare]] = {}
    for share in shares:
        found.setdefault((pattern or path_pattern)(share.path), []).append(share)
    return {group[0].path if len(group) == 1 else f"{len(group)} x {name}": group for name, group in found.items()}


def path_pattern(path: str) -> str:
    """A path with a star for each step that is a number."""
    layer, slash, tensor = path.rpartition("/")
    return ".".join("*" if step.isdigit() else step for step in layer.split(".")) + slash + tensor


def values_in_words(yours: Number | None, its: Number | None) -> list[str]:
    """The values of the formula and of the model, where both are numbers."""
    if yours is None or its is None:
        return []
    return [f"At these sizes, both give {yours}." if yours == its else f"Yours gives {yours}; the model has {its}."]


def claim_in_words(claimed: int | None, value: Number | None) -> list[str]:
    """The value that the user claims, where it is wrong."""
    if claimed is None or value is None or value == claimed:
        return []
    return [f"You say that it is {claimed}, but it is {value}."]


def other_readings_in_words(others: Sequence[Mapping[str, str]], right: bool) -> list[str]:
    """The other readings, each with the letters that it reads differently; ``right`` where the formula is right with them."""
    ways = [listed(f"your {name} is {meant}" for name, meant in reading.items()) for reading in others[:MOST_NAMED]]
    if not ways:
        return []
    if right:
        return [f"The formula is right if {' or '.join(ways)}."]
    return [f"Just as many terms differ if {' or if '.join(ways)}; say which is which with letters={{...}}."]
