"""The answer of ``check`` in words."""

from __future__ import annotations

from ...core.notation.forms import Letter, letters_of, summed
from ...core.notation.forms import Number as OfNumber
from ...core.terms import ONE, exact, magnitude
from ...errors import listed, several
from ...tables.cells import Expression, Share, listed_words, words
from .owners import MOST_NAMED, owners_in_words, tensors_with_amount, unlike_tensors
from .roles import fits_number
from .rows import MISSING, RIGHT, TOO_MUCH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from ...core.notation.forms import Notation
    from ...core.terms import Number, Terms
    from ...tables.cells import Words
    from .in_general import InGeneral
    from .independent_sizes import Size
    from .model_in_letters import ModelInLetters
    from .rows import TermRow
    from .wrong_size import WrongSize

NOT_ALL_TRIED = "There are more ways to read the letters than are tried; say what they mean with letters={...}."


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


def check_verdict(
    title: str, fits: bool, in_number_only: bool, gives_count: bool, letters: Mapping[str, str | None], rows: Sequence[TermRow]
) -> str:
    """The end of the sentence that begins with the formula: whether it is the count of the model."""
    if fits and not in_number_only:
        return f" is right for {title}."
    if gives_count and not letters:
        return f" gives the right number for {title}."
    wrong = sum(row.verdict != RIGHT for row in rows)
    differ = f"{wrong} of {len(rows)} terms differ{'s' * (wrong == 1)}"
    if gives_count:
        return f" gives the right number for {title} here, but it is not the formula: {differ}."
    return f" is not the count of {title}: {differ}."


def here_in_words(value: Number | None, general: InGeneral, shown: Callable[[Terms], Expression]) -> Words:
    """The end of the sentence of a formula that gives the count only because sizes are equal, or multiples of each other."""
    chains = [sides_in_words(sides, shown) for sides in general.equal]
    because = words(" because ", listed_words(chains)) if chains else words("")
    missing = list(general.missing.items())
    tensors = [words(f"{the_tensor(path)} is ", shown(terms)) for path, terms in missing[:MOST_NAMED]]
    if len(missing) > MOST_NAMED:
        tensors.append(words(several(len(missing) - MOST_NAMED, "more tensor")))
    return words(f" gives {value} here", because, "; in general ", listed_words(tensors), ".")


def sides_in_words(sides: Sequence[tuple[Terms, int]], shown: Callable[[Terms], Expression]) -> Words:
    """Equal sizes: ``m = n``, ``f = 4*d``."""
    pieces: list[object] = []
    for terms, factor in sides:
        pieces += [" = "] if pieces else []
        pieces.append(shown({monomial: c * factor for monomial, c in terms.items()}))
    return words(*pieces)


def the_tensor(path: str) -> str:
    """A tensor in a sentence."""
    return f"the {path}" if path.isidentifier() else path


def relations_in_words(
    relations: Mapping[str, Terms], shared: Mapping[str, Sequence[str]], model: ModelInLetters, shown: Callable[[Terms], Expression]
) -> list[Words]:
    """The sizes that a right formula writes in terms of others, or with one letter."""
    groups: dict[frozenset[object], tuple[Terms, list[str]]] = {}
    for name, terms in relations.items():
        groups.setdefault(frozenset(terms.items()), (terms, []))[1].append(name)
    parts = [words(f"{sizes_in_words(names, model)} {are(names)} ", shown(terms)) for terms, names in groups.values()]
    for letter, names in shared.items():
        parts.append(words(f"{sizes_in_words(names[1:], model)} {are(names[1:])} {letter} too"))
    return [words("It holds where ", listed_words(parts), ".")] if parts else []


def sizes_in_words(names: Sequence[str], model: ModelInLetters) -> str:
    """Sizes by their fields: ``the units of dense and the inputs of dense_1``."""
    docs = [model.docs[name] for name in names]
    rest = len(docs) - MOST_NAMED
    return listed([*docs[:MOST_NAMED], *([several(rest, "other size")] if rest > 0 else [])])


def are(names: Sequence[str]) -> str:
    """The verb for sizes: a field may be plural by itself, such as the units."""
    return "is" if len(names) == 1 and names[0].startswith("d") else "are"


def meanings_in_words(
    rows: Sequence[TermRow],
    letters: Mapping[str, str | None],
    names: Mapping[str, Notation],
    model: ModelInLetters,
    cancelled: Collection[str],
) -> list[str]:
    """The meaning of each letter of the formula, unless its name is the model's."""
    lines = []
    shown = {name for row in rows for name in letters_of(row.notation)}
    for name, doc in model.docs.items():
        written = names.get(name, Letter(name))
        if isinstance(written, Letter) and written.name in shown - letters.keys():
            number = model.values.get(name, model.given.get(name))
            lines.append(f"{written.name} is {doc}{'' if number is None else f', {number}'}")
    for name, meant in letters.items():
        if name in cancelled:
            lines.append(f"{name} cancels: the formula does not depend on it")
            continue
        number = model.values.get(meant or "")
        if meant != name or number is not None:
            lines.append(f"{name} is {meaning_in_words(name, meant, model)}" + (f", {number}" if number is not None else ""))
    return lines


def meaning_in_words(name: str, meant: str | None, model: ModelInLetters) -> str:
    """The meaning of a letter in words."""
    if meant is None:
        return "not a size of the model"
    doc = model.docs.get(meant, "")
    if meant.isdigit():
        docs = model.numbers.get(int(meant), [])
        usual = max(docs, key=lambda doc: fits_number(name, doc), default="")
        return f"{meant}, {usual}" if usual else meant
    return doc or f"the model's {meant}"


def quotients_in_words(sizes: Sequence[tuple[Expression, Expression, Number | None, Number | None]]) -> Words:
    """The quotients for letters that make the formula right, each with the two numbers here, where these differ."""
    right = listed_words([words(name, " = ", size) for name, size, _, _ in sizes])
    other = [words(name, f" is {its} and ", size, f" is {yours}") for name, size, its, yours in sizes if its != yours]
    return words("The formula is right where ", right, *(("; here, ", listed_words(other)) if other else ()), ".")


def factor_in_words(factor: Terms, shown: Callable[[Terms], Expression], axis: str) -> Words:
    """The factor that the whole formula lacks, or has too much; ``axis`` is its letter where it is an axis of the input."""
    if axis:
        return words(f"Every term has an extra factor {axis}: without it, the formula is right. All steps share the weights.")
    ((monomial, number),) = factor.items()
    inverse: Terms = {tuple((name, -power) for name, power in monomial): exact(number.denominator, number.numerator)}
    lacking = all(power < 0 for _, power in monomial) and (magnitude(number) < 1 or (bool(monomial) and number == 1))
    if lacking:
        return words("You left out the factor ", shown(inverse), ": multiplied by ", shown(inverse), ", the formula is right.")
    return words("Every term has an extra factor ", shown(factor), ": without it, the formula is right.")


def rows_in_words(wrong: Sequence[TermRow], every: Sequence[TermRow], sizes: Mapping[TermRow, Words]) -> list[Words]:
    """A sentence for each row that is not right, or one for a whole layer that is left out; ``every`` has all rows, and ``sizes``
    the size that is wrong in a row."""
    rows, layers = dict.fromkeys(wrong), []
    for layer, whole in missing_layers(every).items():
        if not all(row in rows for row in whole):
            continue
        for row in whole:
            rows.pop(row, None)
        terms = Expression(summed(row.notation_times(row.its) for row in whole))
        layers.append(words("You left out ", terms, f", all of {layer}."))
    return [*layers, *(with_size(row_in_words(row), sizes.get(row)) for row in rows)]


def with_size(sentence: Words, size: Words | None) -> Words:
    """A sentence, and one that says which size in it is wrong."""
    return sentence if size is None else words(sentence, " ", size)


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
    whose = groups_in_words(tensors_with_amount(row.shares, magnitude(lacking)))
    how = "so you left out" if lacking > 0 else "which is too much by"
    start = f"The term of {owners_in_words(row.shares)} is "
    sentence = words(start, its, "; you have ", yours, f", {how} ", term(magnitude(lacking)), f"{whose}.")
    unlike = [] if whose else unlike_tensors(row.shares)
    if not unlike:
        return sentence
    each = [words(f"{listed(names)} {'has' if len(names) == 1 else 'have'} ", term(factor)) for factor, names in unlike]
    return words(sentence, " Of these, ", listed_words(each), *([" each"] if len(unlike[-1][1]) > 1 else []), ".")


def other_size_in_words(its: TermRow, yours: TermRow, size: Words) -> Words:
    """A term of the model and one of the formula that differ in one size."""
    start = f"The term of {owners_in_words(its.shares)} is "
    right, wrong = Expression(its.notation_times(its.its)), Expression(yours.notation_times(yours.yours))
    return words(start, right, "; you have ", wrong, ". ", size)


def other_factor_in_words(its: TermRow, yours: TermRow, factor: Expression, lacks: bool) -> Words:
    """A term of the model and one of the formula that differ in one factor."""
    right, wrong = Expression(its.notation_times(its.its)), Expression(yours.notation_times(yours.yours))
    start = f"The term of {owners_in_words(its.shares)} is "
    end = " is missing." if lacks else " should not be there."
    return words(start, right, "; you have ", wrong, ": a factor ", factor, end)


def groups_in_words(groups: Sequence[str]) -> str:
    """The tensors that have exactly the amount that is lacking; of several, a bias is the likeliest."""
    moments = [name for name in groups if name.count("moving_") == 2]
    if moments:
        return f", as much as {moments[0]}, which are not trained"
    biases = [name for name in groups if name.rpartition("/")[2] == "bias"]
    if len(biases) == 1 and len(groups) > 1:
        others = [name for name in groups if name not in biases]
        return f", most likely {biases[0]} ({listed(others)} {'has' if len(others) == 1 else 'have'} as much)"
    return f", as much as {' or '.join(groups)}" if groups else ""


# How a tensor has a size of each field: the kernel reads 24 channels.
VERBS = {
    "inputs": "reads {} {noun}",
    "units": "gives {} units",
    "filters": "has {} filters",
    "window": "covers a window of {}",
    "words": "has {} rows",
    "width": "has rows of {}",
    "heads": "has {} heads",
    "key_width": "has heads of {}",
}
CHANNELS = ("Conv", "SeparableConv")


def extra_factor_in_words(times: int, docs: Sequence[str]) -> str:
    """A whole factor that a term has too much: the groups of a convolution, or an axis of the input."""
    if any(doc.startswith("the groups") for doc in docs):
        return f"There are {times} groups, and each filter reads the channels of its own group only: divide by {times}."
    axis = next((doc for doc in docs if doc.endswith("of the input")), "")
    share = "all steps share" if axis.startswith("the steps") else "all positions share"
    return (
        f"The factor {times}, {axis}, should not be there: {share} the weights."
        if axis
        else f"The factor {times} should not be there."
    )


def size_in_words(wrong: WrongSize, size: Size, docs: Sequence[str], shown: Callable[[Terms], Expression]) -> Words:
    """The size of a tensor that is wrong: ``The kernel reads 24 channels, you have 3.`` A whole factor may be a number of the
    model, as its ``docs`` say."""
    if wrong.times > 1 and (docs or ONE not in wrong.yours):
        return words(extra_factor_in_words(wrong.times, docs))
    field = size.field if size.layer == wrong.owner.layer else "inputs"  # what a layer gives is read by the next one
    before, after = VERBS.get(field, f"has {field.replace('_', ' ')} {{}}").split("{}")
    noun = "channels" if size.kind in CHANNELS else "inputs"
    path = wrong.owner.path
    if path.rpartition("/")[2] == "bias":
        before, after = "has ", " numbers"
    tensor = f"The {path}" if path.isidentifier() else path
    return words(f"{tensor} {before}", shown(wrong.right), f"{after.format(noun=noun)}, you have ", shown(wrong.yours), ".")


def totals_in_words(yours: Number | None, its: Number | None, difference: Expression) -> list[Words]:
    """The values of the formula and of the model, where both are numbers, and their difference."""
    if yours is None or its is None:
        return [words("Yours minus the model's is ", difference, ".")]
    if yours == its:
        return [words(f"At these sizes, both give {yours}; in letters, yours minus the model's is ", difference, ".")]
    return [
        words(
            f"Yours gives {yours}; the model has {its}. The difference is ", difference, *equal_number(difference, yours - its), "."
        )
    ]


def part_in_words(yours: Number | None, its: Number | None) -> list[str]:
    """How much of the count a formula is whose terms are all right, such as the largest term alone."""
    if not isinstance(yours, int) or not isinstance(its, int):
        return []
    percent = Share(yours, its).percent()
    return [f"What you have is right, and {'nearly all' if percent == '100.0' else f'{percent} %'} of the count."]


def equal_number(difference: Expression, number: Number) -> list[str]:
    """The number of a difference, unless it is written as one already."""
    return [] if difference.notation == OfNumber(number) else [f" = {number}"]


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
