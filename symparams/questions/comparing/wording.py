"""A difference in words, and as a table."""

from __future__ import annotations

from ...core.equal_blocks import folded_text, some
from ...core.formula import Formula
from ...core.model import Countable
from ...core.notation.forms import Add, Number, expanded, product
from ...core.notation.text import plain
from ...core.setting_changes import WHOLE
from ...core.tree import Sum, Weight, leaves
from ...errors import printable, several
from ...tables.answer import Table
from ...tables.cells import Count, Expression, Sentence, Told, in_text, words
from ...tables.facts import number_or_text
from .cause_words import (
    HEADS,
    LONG,
    TENSOR,
    cause_lines,
    compact_notation,
    numbers_text,
    reason_lines,
    setting_cell,
    setting_text,
    share_cell,
    share_text,
    text_length,
    weights_in_words,
    with_sign,
)
from .grouped_causes import block_of
from .relation import rough_size
from .setting_names import name_of_setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...core.model import Part
    from ...core.notation.forms import Notation
    from ...core.polynomial import Polynomial
    from ...tables.cells import Words
    from .grouped_causes import CauseGroup
    from .relation import Relation

LONGEST = 15  # lines: of a longer answer, the causes are told in short first
FEWEST_CAUSES, MOST_CAUSES = 3, 7  # that are told in short
FRAME = 5  # lines around them: the heading, the smaller causes, the relation
MOST_TERMS = 6  # the terms that are shown of a formula that is too long for a line


# ---------------------------------------------------------------- text
def headline(sides: Sequence[tuple[Countable, Formula]], difference: Polynomial) -> list[str]:
    """Both sides with their counts, and the difference."""
    rows = [(side, short_title(thing), count) for side, (thing, count) in zip(("before", "after"), sides, strict=True)]
    width = max(len(name) for _, name, _ in rows)
    same = not difference.terms
    letters = any(count.letters for _, _, count in rows)
    verdict = "the same for all sizes" if same and letters else "the same" if same else with_sign(plain(expanded(difference)))
    return [
        *(f"{side:6}  {name:{width}}  {in_text(count_in_headline(count))}" for side, name, count in rows),
        f"{'differ' if not same else '':6}  {'':{width}}  {verdict}",
    ]


def sides_in_words(sides: Sequence[tuple[Countable, Formula]], difference: Polynomial) -> list[Words]:
    """Both sides with their counts, and the difference, a sentence each."""
    named = zip(("before", "after"), sides, strict=True)
    counts = [words(f"{side}: {short_title(thing)} has ", *count_in_sentence(count)) for side, (thing, count) in named]
    if difference.terms:
        return [*counts, words("they differ by ", Count(difference))]
    return [*counts, words("they are the same", " for all sizes" if any(count.letters for _, count in sides) else "")]


def overview_in_words(causes: list[CauseGroup], above: int) -> list[str]:
    """The causes in a line each, the largest first, and the rest in one line, below so many lines."""
    ordered = sorted(causes, key=lambda group: -rough_size(group.formula.polynomial))
    most = max(min(MOST_CAUSES, LONGEST - above - FRAME), FEWEST_CAUSES)
    shown, rest = ordered[:most], ordered[most:]
    told = [(group.formula, change_in_words(group)) for group in shown]
    if rest:
        share = Formula(Sum(tuple(group.formula.node for group in rest)), signed=True)
        told.append((share, f"in {several(len(rest), 'smaller cause')}"))
    amounts = [with_sign(plain(expanded(share.polynomial))) for share, _ in told]
    width = max(map(len, amounts))
    return [
        "In short, the largest first:",
        *(f"  {amount:>{width}}  {says}" for amount, (_, says) in zip(amounts, told, strict=True)),
        "",
    ]


def change_in_words(group: CauseGroup) -> str:
    """A cause in a few words: ``12 more blocks: encoder.layer.12 to encoder.layer.23``."""
    gone = group.after == "none"
    side = "before" if gone else "after"
    if group.shared:
        return sharing_in_words(group)
    if group.blocks:
        if group.whole:
            return printable(f"{several(group.blocks, 'more block')} {side}: {range_of_names(group.whole)}")
        return printable(f"{several(group.blocks, 'block')} only {side}: {range_of_names(group.layers)}")
    many = len(group.layers)
    where = f" in {many} layers like {group.layers[0]}" if many > 1 else f" in {group.layers[0]}" * (group.layers[0] != WHOLE)
    if group.setting == "layer":
        noun = "tensors" if TENSOR in (group.before, group.after) else "layers"
        return printable(f"only {side}: {many} {noun} like {group.layers[0]}" if many > 1 else f"only {side}: {group.layers[0]}")
    if group.setting == "tied to":
        return printable(f"{group.first.because.partition(':')[0]},{where}")
    return printable(f"{name_of_setting(group.setting)} {setting_text(group.before)} -> {setting_text(group.after)}{where}")


def range_of_names(names: Sequence[str]) -> str:
    """``h.12 to h.23``."""
    return f"{names[0]} to {names[-1]}" if len(names) > 1 else names[0]


def sharing_in_words(group: CauseGroup) -> str:
    """``layers.1 to layers.11 are layers.0 again``."""
    layers = list(dict.fromkeys(map(block_of, group.layers)))
    return printable(f"{range_of_names(layers)} {'are' if len(layers) > 1 else 'is'} {group.shared} again")


def causes_in_words(causes: list[CauseGroup], heading: str, is_stepwise: bool) -> list[str]:
    """The causes of the difference, each with its share."""
    lines = [heading]
    for group in causes:
        lines += [f"  {line}" for line in (cause_lines(group.first) if len(group.causes) == 1 else group_lines(group))]
    if is_stepwise:
        lines.append(f"  ({steps_note()})")
    return [*lines, ""]


def steps_note() -> str:
    """How a difference in several settings of one layer is divided between them."""
    return "settings are changed one at a time, in this order; each share is what its step adds"


def moved_in_words(parts: list[Part]) -> str:
    """The layers that are in another order."""
    return f"moved, which does not change the count: {some([printable(part.name) for part in parts])}"


def doubts_in_words(doubts: list[str]) -> list[str]:
    """The ambiguities of a source."""
    return doubts and ["Ambiguous in the source:", *(f"  {printable(doubt)}" for doubt in doubts)]


def trained_in_words(sides: Sequence[tuple[Countable, Formula]]) -> list[str]:
    """The number of trained parameters on each side, where they are not all trained."""
    if all(is_seen_trained(thing, count) for thing, count in sides):
        return []
    old, new = (thing.trainable_count for thing, _ in sides)
    if [old, new] == [count for _, count in sides]:
        return []
    return [f"trained: {old} before and after" if old == new else f"trained: {old} before, {new} after"]


def is_seen_trained(thing: Countable, count: Formula) -> bool:
    """Whether the tree of a count shows that all of it is trained, so that nothing has to be counted a second time."""
    usual = type(thing).trainable_count is Countable.trainable_count
    return usual and all(
        leaf.trainable or any(each.copies == 0 for each in around)
        for _, leaf, around in leaves(count.node)
        if isinstance(leaf, Weight)
    )


def buffers_in_words(before: Countable, after: Countable) -> list[str]:
    """The buffers of each side, where it has any."""
    counts = [side.buffer_count for side in (before, after)]
    if not any(count.polynomial.terms for count in counts):
        return []
    old, new = (count if count.polynomial.terms else "none" for count in counts)
    return [f"buffers (not parameters): {old} before{' and' if old == new else f', {new}'} after"]


def group_lines(group: CauseGroup) -> list[str]:
    """A cause that is the same in several layers, or blocks of layers that came or went."""
    first = group.first
    if group.shared:
        heading = sharing_in_words(group)
    elif group.blocks:
        block = folded_text([cause.before if cause.after == "none" else cause.after for cause in group.block])
        heading = f"{group.blocks} x ({printable(block)})"
    elif group.setting == "layer":
        gone = group.after == "none"
        title = printable(str(group.before if gone else group.after))
        noun = several(len(group.layers), "tensor") if title == TENSOR else f"{len(group.layers)} x {title}"
        heading = f"{noun} only {'before' if gone else 'after'}"
    else:
        change = f"{name_of_setting(group.setting)} {setting_text(group.before)} -> {setting_text(group.after)}"
        heading = f"{change} in {len(group.layers)} layers"
    formula = group.formula
    total = plain(group_notation(group)) if formula.letters else str(formula)
    lines = [f"{heading} gives {with_sign(total)}"]
    if group.shared:
        pass
    elif group.each is None:
        lines.append(f"    {some([f'{printable(cause.layer)} {with_sign(share_text(cause))}' for cause in group.causes], most=8)}")
    elif not group.blocks:
        letters = f", {first.in_letters.text(first.form)} with {numbers_text(first)}" if first.numbers else ""
        lines.append(f"    {with_sign(share_text(first))} in each of {some(list(map(printable, group.layers)))}{letters}")
    elif not formula.letters:
        lines.append(f"    {with_sign(str(group.each))} in each")
    is_plain = group.setting == "layer" and TENSOR in (group.before, group.after) and not group.blocks
    return lines if is_plain else [*lines, *reason_lines(group.because, group.weights)]


def group_notation(group: CauseGroup) -> Notation:
    """``12*(12*d**2 + 13*d)``: the number of blocks or layers, and the share of one."""
    each, many = group.each, group.blocks or len(group.causes)
    if each is None:
        return expanded(group.formula.polynomial)
    one = expanded(each.polynomial) if group.blocks else each.notation(group.first.form)
    return product((Number(many), one)) if many > 1 else one


def relation_in_words(relation: Relation) -> list[str]:
    """The relation, and the tensors of its remainder where it has a factor."""
    lines = [str(relation)]
    if relation.factor != 1 and relation.left:
        lines.append(f"    left over: {some([printable(str(each)) for each in relation.left], most=6)}")
    return lines


def count_in_sentence(count: Formula) -> list[object]:
    """A count in a sentence: a number with commas, a formula as in the head of an answer."""
    return [count_in_headline(count)] if count.letters else [Count(count.polynomial), " parameters"]


def count_in_headline(count: Formula) -> Words:
    """A count in the head of an answer: of a very long one, its first terms and their number."""
    notation = compact_notation(count, "written")
    terms = getattr(expanded(count.polynomial), "terms", ())
    if text_length(notation) <= 2 * LONG or len(terms) < MOST_TERMS:
        return words(Expression(notation)) if count.letters else words(str(count))
    return words(Expression(Add(terms[:MOST_TERMS])), f" + ... ({len(terms)} terms)")


def short_title(thing: Countable) -> str:
    """A model by its layers, a layer by its class: ``Embedding, Bidirectional(LSTM)``."""
    name = printable(thing.title)
    return name if len(name) <= LONG else f"{name[: LONG - 3]}..."


def output_shapes_in_words(before: Countable, after: Countable) -> list[Words]:
    """The shapes of both outputs, where they are known and differ."""
    old, new = before.known_output_shape(), after.known_output_shape()
    if not isinstance(old, tuple) or not isinstance(new, tuple) or old == new:
        return []
    return [words("output shape: ", old, " -> ", new)]


# ---------------------------------------------------------------- as a table


def difference_table(causes: list[CauseGroup], difference: Polynomial, named: Callable[[str], str]) -> Table:
    """The causes in groups, and the total; their amounts add up to it. ``named`` gives a layer its name."""
    rows = [
        dict(
            zip(
                HEADS,
                (*change_cells(group, named), amount_cell(group), Sentence(group.because), weights_in_words(group.weights)),
                strict=True,
            )
        )
        for group in causes
    ]
    return Table(HEADS, rows, [{"layer": "Total", "amount": Count(difference)}])


def change_cells(group: CauseGroup, named: Callable[[str], str] = str) -> tuple[object, ...]:
    """The cells of a change: the layers, the setting, its value before and after."""
    cause, blocks = group.first, group.blocks
    if blocks:
        block = folded_text([cause.before if cause.after == "none" else cause.after for cause in group.block])
        return block, "layer", *(("none", f"{blocks} x") if cause.before == "none" else (f"{blocks} x", "none"))
    return some([*map(named, group.layers)]), cause.setting, setting_cell(cause.before), setting_cell(cause.after)


def amount_cell(group: CauseGroup) -> Told:
    """A share in the form that shows where it is."""
    if len(group.causes) > 1:
        return Told(number_or_text(group.formula.polynomial), Expression(group_notation(group)))
    return share_cell(group.first)
