"""What ``check`` found, in words."""

from __future__ import annotations

from itertools import combinations

from ...core.notation.forms import Letter, letters_of
from ...core.polynomial import exact, magnitude
from ...errors import listed
from .answer import MISSING, TOO_MUCH
from .model_forms import letter
from .text_meanings import is_mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...core.polynomial import Terms
    from .answer import Check, Row, Share
    from .reading import Reading

MOST_NAMED = 3
MOST_SHOWN = 6
MOST_GROUPS = 40  # of so many tensors, one or two are looked for that are just what is lacking


def explained(check: Check) -> str:
    """The verdict, the letters, the terms side by side, and a sentence for each that is not right."""
    lines = [verdict(check), ""]
    letters = meanings(check)
    lines += [*(f"  {line}" for line in letters), ""] if letters else []
    table = [("", "yours", "the model's", "owned by"), *map(cells, check.rows)]
    widths = [max(len(line[column]) for line in table) for column in range(3)]
    lines += [
        "  " + "  ".join([f"{cell:{width}}" for cell, width in zip(line, widths, strict=False)] + [line[3]]).rstrip()
        for line in table
    ]
    said = [] if check.agrees else sentences(check)
    lines += ["", *said] if said else []
    if check.value is not None and check.count is not None and not check.reading.fits:
        same = check.value == check.count
        lines += [
            "",
            f"At these sizes, both give {check.value}." if same else f"Yours gives {check.value}, the model has {check.count}.",
        ]
    if check.claimed is not None and check.value is not None and check.value != check.claimed:
        lines += ["", f"You say that it is {check.claimed}; it is {check.value}."]
    lines += ["", *doubts(check)] if check.others else []
    return "\n".join(lines)


def cells(row: Row) -> tuple[str, str, str, str]:
    """A row of the table: the verdict, the term as the formula has it and as the model has it, and whose it is."""
    yours, its = (row.times(factor) if factor else "-" for factor in (row.yours, row.its))
    return row.verdict, yours, its, owned(row.shares, MOST_NAMED)


def verdict(check: Check) -> str:
    if check.reading.fits:
        return f"{check.formula} is right for {check.model.title}."
    if check.agrees:
        return f"{check.formula} is right in its number for {check.model.title}."
    many = len(check.wrong)
    return f"{check.formula} is not the count of {check.model.title}: {many} of {len(check.rows)} terms differ{'s' * (many == 1)}."


def meanings(check: Check) -> list[str]:
    """What each letter of the formula was taken for, where its name does not say it."""
    lines = []
    shown = {name for row in check.rows for name in letters_of(row.notation)}
    for name, doc in check.model.docs.items():
        its = check.names.get(name, Letter(name))
        if isinstance(its, Letter) and its.name in shown - check.letters.keys():
            number = check.model.values.get(name)
            lines.append(f"{its.name} is {doc}{'' if number is None else f', {number}'}")
    for name, meant in check.letters.items():
        number = check.model.values.get(meant or "")
        if meant != name or number is not None:
            lines.append(f"{name} is {meaning(check, meant)}" + (f", {number}" if number is not None else ""))
    return lines


def meaning(check: Check, meant: str | None) -> str:
    """What a letter was taken for, in words."""
    if meant is None:
        return "no size of the model"
    doc = check.model.docs.get(meant, "")
    if meant.isdigit():
        what = check.model.numbers.get(int(meant), "")
        return f"{meant}, {what}" if what else meant
    return doc or f"the model's {meant}"


def sentences(check: Check) -> list[str]:
    """A sentence for each row that is not right; one for a layer that is left out as a whole, and for a factor of it all, or
    where it is right with a quotient for a letter."""
    if check.where:
        return [
            f"It is right where {listed(f'{check.text(letter(name))} = {check.text(its)}' for name, its in check.where.items())}."
        ]
    if check.reading.factor is not None:
        return [of_all(check, check.reading.factor)]
    rows = list(check.wrong)
    said = []
    for layer, whole in left_out(check.rows).items():
        rows = [row for row in rows if row not in whole]
        said.append(f"You left out {' + '.join(row.times(row.its) for row in whole)}: all of {layer}.")
    return [*said, *map(sentence, rows)]


def of_all(check: Check, factor: Terms) -> str:
    """What the whole formula is to be multiplied or divided by."""
    ((monomial, number),) = factor.items()
    inverse: Terms = {tuple((name, -power) for name, power in monomial): exact(number.denominator, number.numerator)}
    lacking = all(power < 0 for _, power in monomial) and (magnitude(number) < 1 or (bool(monomial) and number == 1))
    if lacking:
        return f"You left out the factor {check.text(inverse)}: times {check.text(inverse)}, the formula is right."
    return f"Every term has the factor {check.text(factor)} too much: without it, the formula is right."


def left_out(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The layers of several terms that are missing as a whole."""
    of_layer: dict[str, list[Row]] = {}
    spoilt = set()
    for row in rows:
        layers = {share.layer for share in row.shares}
        for layer in layers:
            of_layer.setdefault(layer, []).append(row)
        if row.verdict != MISSING or len(layers) > 1:
            spoilt |= layers
    return {layer: its for layer, its in of_layer.items() if layer and layer not in spoilt and len(its) > 1}


def sentence(row: Row) -> str:
    """What is wrong with one term."""
    yours, its = row.times(row.yours), row.times(row.its)
    if row.verdict == MISSING and row.its < 0:
        return f"You did not subtract {row.times(-row.its)}: {owned(row.shares)}."
    if row.verdict == MISSING:
        return f"You left out {its}: {owned(row.shares)}."
    if row.verdict == TOO_MUCH:
        return f"You have {yours} too much: no weight has it."
    if len(row.shares) == 1:
        return f"The term of {owned(row.shares)} is {its}, you have {yours}."
    lacking = row.its - row.yours
    just = just_as_much(row.shares, magnitude(lacking))
    whose = f", as much as {' or '.join(just)}" if just else ""
    how = "left out" if lacking > 0 else "have too much of"
    return f"{its} is {owned(row.shares)}; you have {yours}, so you {how} {row.times(magnitude(lacking))}{whose}."


def just_as_much(shares: Sequence[Share], amount: object) -> list[str]:
    """The tensors that have just that much of a term, alone or two together; none where they are too many to name."""
    groups = list(grouped(shares).items())
    if len(groups) > MOST_GROUPS:
        return []
    have = {called: sum(share.factor for share in its) for called, its in groups}
    found = [[called] for called in have if have[called] == amount]
    found = found or [[one, other] for one, other in combinations(have, 2) if have[one] + have[other] == amount]
    return [listed(each) for each in found] if len(found) <= MOST_NAMED else []


def owned(shares: Sequence[Share], most: int = MOST_SHOWN) -> str:
    """The tensors of a term: by their paths, those of equal blocks together; by their names alone where they are many."""
    groups = grouped(shares)
    if len(groups) <= most:
        return listed(groups)
    return listed(grouped(shares, lambda path: path.rpartition("/")[2]))


def grouped(shares: Sequence[Share], pattern: Callable[[str], str] | None = None) -> dict[str, list[Share]]:
    """The tensors by what they are called: ``h.0.up/kernel`` and ``h.1.up/kernel`` are ``2 x h.*.up/kernel``."""
    found: dict[str, list[Share]] = {}
    for share in shares:
        found.setdefault((pattern or numberless)(share.path), []).append(share)
    return {its[0].path if len(its) == 1 else f"{len(its)} x {called}": its for called, its in found.items()}


def numberless(path: str) -> str:
    """A path with a star for each number that is a step of it."""
    layer, slash, tensor = path.rpartition("/")
    return ".".join("*" if step.isdigit() else step for step in layer.split(".")) + slash + tensor


def doubts(check: Check) -> list[str]:
    """The other ways to take the letters."""
    first = check.others[0]
    ways = [way(check, each) for each in check.others[:MOST_NAMED]]
    if first.fits:
        return [f"It is right if {' or '.join(ways)}."]
    return [f"As many terms differ if {' or if '.join(ways)}: letters={{...}} says which is which."]


def way(check: Check, reading: Reading) -> str:
    mine = check.reading.letters
    taken = {name: check.meant(terms) for name, terms in reading.letters.items() if not is_mark(name) and terms != mine.get(name)}
    return listed(f"your {name} is {meaning(check, meant)}" for name, meant in taken.items())
