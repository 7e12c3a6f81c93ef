"""The causes of the difference between two layers, setting by setting.

The settings that differ are changed from before to after one at a time, in the order in which the layer declares its
fields (sizes first, copies last). The share of a setting is the change of the count at its step, so the shares add up
to the total exactly. A layer without a partner is a cause of its own.
"""

from __future__ import annotations

from ...core.fields import FROM_THE_INPUT
from ...core.formula import Formula
from ...core.frameworks import framework_of
from ...core.frozen import Frozen
from ...core.model import Layer
from ...core.polynomial import of_size
from ...core.sizes import is_symbolic, shown, symbol
from ...core.terms import magnitude
from ...core.tree import Tied, Times, leaves
from ...core.tree_difference import REMOVED, change
from ...errors import SizeError
from ...layers.convolution import Conv
from ...tables.answer import Shown
from .alignment import common_family
from .cause_words import cause_as_table, cause_lines
from .setting_names import setting_as_subject
from .tied_weights import TieChange, tied_paths, without_weights
from .unshared import is_unshared_pair, unsharing, with_sharing_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any

    from ...core.algebra import Expr
    from ...core.model import Part
    from ...core.setting_changes import SettingChanges
    from ...core.sizes import Dim
    from ...core.tree import Node
    from ...tables.answer import Answer


LARGEST_FACTOR = 12  # a larger one in a share in letters is a size, not a number of gates or projections
GENERIC = "it reads"  # the beginning of a reason that only says where an input comes from


class Cause(Frozen, Shown):
    """One setting that differs, and its exact share of the difference.

    ``setting`` is a field of the layer (``bias_sets``), or ``layer`` where a whole layer came or went.
    ``formula`` is the share in its own form, ``2*4*n``; ``amount`` the same multiplied out.
    ``in_letters`` is the share in the layer's own letters where the model has numbers, and ``numbers`` has their values.
    """

    layer: str
    setting: str
    before: Any
    after: Any
    formula: Formula
    because: str
    in_letters: Formula
    numbers: dict[str, int]

    @property
    def amount(self) -> Expr:
        """The share, a SymPy expression."""
        return self.formula.expr

    @property
    def weights(self) -> list[str]:
        """The names of the weights that the share is in; a use of another weight again counts nothing."""
        used = [leaf for _, leaf, around in leaves(self.formula.node) if all(copies.copies != 0 for copies in around)]
        counted = [leaf for leaf in used if not isinstance(leaf, Tied)]
        return list(dict.fromkeys(leaf.name for leaf in counted or used))

    @property
    def each(self) -> tuple[str, Formula] | None:
        """The share of one copy, after what the copies are for: ``("direction", 4*n)``; None unless it is one term repeated."""
        node = self.in_letters.node
        while isinstance(node, Times) and len(self.in_letters.polynomial.terms) == 1 and self.form == "written":
            if node.copies != 1 and node.per != self.setting:
                return node.per.removesuffix("s").replace("_", " "), Formula(node.part, signed=True)
            node = node.part
        return None

    @property
    def form(self) -> str:
        """The form of the formula that shows where the share is: as declared, or multiplied out where parts cancel.

        Parts cancel where one was removed, or where a size such as d/h - d has terms of both signs.
        """
        weights = list(leaves(self.formula.node))
        removed = any(copies.per == REMOVED for _, _, around in weights for copies in around)
        return "expanded" if removed or any(is_quotient(axis) for _, leaf, _ in weights for axis in leaf.shape) else "written"

    def _answer(self) -> Answer:
        return cause_as_table(self)

    def __str__(self) -> str:
        """The share, its reason and its weights, as the whole answer says them."""
        return "\n".join(cause_lines(self))

    def __repr__(self) -> str:
        return f"Cause({self.layer}: {self.setting} {self.before} -> {self.after}, {self.formula})"


def is_quotient(size: Dim) -> bool:
    """Whether a size has letters below a fraction bar, in at least one of its terms."""
    return any(power < 0 for monomial in of_size(size).terms for _, power in monomial)


def causes_of(old: Part | None, new: Part | None, tables: Collection[str] = ()) -> Iterator[Cause]:
    """The causes of the difference between matching layers, setting by setting.

    ``tables`` are the names of the embeddings: a dense layer that reuses one of them is the output head.
    """
    if old is None or new is None:
        cause = layer_cause(old, new)
        if cause.formula != 0:
            yield cause
        return
    if old.layer == new.layer and old.node == new.node and old.copies == new.copies:
        return
    if is_unshared_pair(old.layer, new.layer):
        yield from causes_of_unsharing(old, new, tables)
        return
    cls = common_family(old.layer, new.layer)
    assert cls is not None, "aligned layers are of one family"
    now, goal = old.layer.values(), new.layer.values()
    fields = [field for field in cls.fields if now[field] != goal[field]]
    steps = joint_steps(old.layer, new.layer, fields)
    leaders = {step[0] for step in steps}
    tied = tied_paths(old).keys() & tied_paths(new).keys()  # a weight that is tied on both sides is in no share
    try:
        trees = trees_by_step(cls, now, goal, steps)
    except SizeError:  # an impossible layer in between, such as 9 channels in 2 groups
        steps = [tuple(fields)]
        trees = trees_by_step(cls, now, goal, steps)
    letters, numbers = letters_for_sizes(cls, old.layer, new.layer, fields) if fields else ({}, {})
    readable_trees = trees_by_step(cls, {**now, **letters}, {**goal, **letters}, steps) if letters else trees
    for switched, (a, b), (x, y) in zip(steps, trees, readable_trees, strict=True):
        share = Formula(old.all_of(change(without_weights(a, tied), without_weights(b, tied))), signed=True)
        if share == 0:
            continue
        in_letters = Formula(old.all_of(change(without_weights(x, tied), without_weights(y, tied))), signed=True)
        step = tuple(filter(leaders.__contains__, switched))
        setting = ", ".join(step)
        reasons = (
            reason_from_axes(step, old, new) or reason_from_conventions(step, old, new) or reason_from_values(cls, step, old, new)
        )
        factors = "multiplier" in switched and 0 in (now["multiplier"], goal["multiplier"])
        yield Cause(
            layer=new.name if old.name == new.name else f"{old.name or old.title} -> {new.name or new.title}",
            setting="kernel" if factors else setting,
            before=kernel_in_words(now) if factors else step_value(now, step),
            after=kernel_in_words(goal) if factors else step_value(goal, step),
            formula=share,
            because=reasons,
            in_letters=share if is_mixed(in_letters, numbers) else in_letters,
            numbers={}
            if is_mixed(in_letters, numbers)
            else {name: numbers[name] for name in in_letters.letters if name in numbers},
        )
    if old.copies != new.copies:
        yield copies_cause(old, new, tied)
    if tied_paths(old).keys() != tied_paths(new).keys():
        retied = TieChange(old, new, tables)
        yield Cause(
            layer=new.name,
            setting="tied to",
            before=retied.before,
            after=retied.after,
            formula=retied.share,
            because=retied.because,
            in_letters=retied.share,
            numbers={},
        )


def causes_of_unsharing(old: Part, new: Part, tables: Collection[str]) -> Iterator[Cause]:
    """The causes between a convolution and a locally connected layer: their sizes, and that nothing is shared."""
    shared = [part if isinstance(part.layer, Conv) else with_sharing_of(part) for part in (old, new)]
    if shared[0] is not old:
        yield Cause(**unsharing(old, shared[0]))
    yield from causes_of(shared[0], shared[1], tables)
    if shared[1] is not new:
        yield Cause(**unsharing(shared[1], new))


def is_mixed(share: Formula, numbers: dict[str, int]) -> bool:
    """Whether a share in letters mixes them with sizes that are numbers: ``3*48*d*h + 48*64*h`` says less than its value."""
    terms = share.polynomial.terms
    return bool(numbers) and len(terms) > 1 and any(magnitude(coefficient) > LARGEST_FACTOR for coefficient in terms.values())


def kernel_in_words(values: dict[str, Any]) -> str:
    """The kernel of a convolution: one for all channels, one per group, or two factors."""
    if values["multiplier"] != 0:
        return "depthwise and pointwise"
    return "one for all channels" if values["groups"] == 1 else f"one for each of {values['groups']} groups"


def changed_settings(changes: SettingChanges) -> list[Cause]:
    """The causes between two models that know their settings themselves."""
    found = []
    for each in changes.changes:
        found.append(
            Cause(
                layer=changes.model,
                setting=each.setting,
                before=each.before,
                after=each.after,
                formula=Formula(change(*each.trees), signed=True),
                because=each.because,
                in_letters=each.in_letters,
                numbers={name: number for name, number in each.numbers.items() if name in each.in_letters.letters},
            )
        )
    return found


def joint_steps(old: Layer, new: Layer, fields: list[str]) -> list[tuple[str, ...]]:
    """The fields that are changed in one step: each with those that follow it in both layers, as the keys follow the query, and
    the groups of a kernel with the factors that replace it."""
    steps: dict[str, tuple[str, ...]] = {}
    first: dict[str, str] = {}
    factors = "multiplier" in fields and 0 in (old.values()["multiplier"], new.values()["multiplier"])
    for field in fields:
        leader = "groups" if factors and field == "multiplier" else old.follows(field)
        if leader == "groups" and leader in first:
            first[field] = first[leader]
            steps[first[field]] = (*steps[first[field]], field)
            continue
        first[field] = first[leader] if leader in first and leader == new.follows(field) else field
        steps[first[field]] = (*steps.get(first[field], ()), field)
    return list(steps.values())


def copies_cause(old: Part, new: Part, tied: Collection[str]) -> Cause:
    """The same layer with another number of copies."""
    tree = without_weights(new.layer.weights(), tied)
    share = Formula(change(old.all_of(tree), new.all_of(tree)), signed=True)
    settings = list({**old.copies, **new.copies})
    before, after = (", ".join(str(part.copies.get(per, 1)) for per in settings) for part in (old, new))
    return Cause(
        layer=new.name,
        setting=", ".join(settings),
        before=before,
        after=after,
        formula=share,
        because=f"copies: {before} before, {after} after",
        in_letters=share,
        numbers={},
    )


def layer_cause(old: Part | None, new: Part | None) -> Cause:
    """A layer without a partner."""
    part = new or old
    assert part is not None
    share = Formula(part.node if new else Times(part.node, -1, REMOVED), signed=True)
    return Cause(
        layer=part.name,
        setting="layer",
        before=old.title if old else "none",
        after=new.title if new else "none",
        formula=share,
        because=f"{part.name} ({part.title}) exists only {'after' if new else 'before'}",
        in_letters=share,
        numbers={},
    )


def trees_by_step(
    cls: type[Layer], now: dict[str, Any], goal: dict[str, Any], steps: list[tuple[str, ...]]
) -> list[tuple[Node, Node]]:
    """The trees before and after each step between two layers."""
    if not steps:
        return []
    state = {field: now[field] for field in cls.fields}
    tree = cls.of(state).weights()
    pairs = []
    for step in steps:
        state = state | {field: goal[field] for field in step}
        next_tree = cls.of(state).weights()
        pairs.append((tree, next_tree))
        tree = next_tree
    return pairs


def letters_for_sizes(cls: type[Layer], old: Layer, new: Layer, differing: list[str]) -> tuple[dict[str, Any], dict[str, int]]:
    """Letters for the sizes that both layers share, where the layers are all numbers: ``units=300`` is n."""
    values = {**old.values(), **new.values()}
    flat = [size for value in values.values() for size in (value if isinstance(value, tuple) else (value,))]
    if any(map(is_symbolic, flat)):
        return {}, {}
    letters: dict[str, Any] = {}
    numbers: dict[str, int] = {}
    for name, field in cls.fields.items():
        is_size = field.is_size and not field.several
        leader = old.follows(name)
        if is_size and leader in letters and leader == new.follows(name):
            letters[name] = letters[leader]
        elif is_size and name not in differing:
            letters[name], numbers[field.letter] = symbol(field.letter), values[name]
    return letters, numbers


def reason_from_axes(step: tuple[str, ...], old: Part, new: Part) -> str:
    """The reason where both layers have the same input, and read another of its axes: ``data_format``, or the ``axis`` of a
    normalization."""
    shape = old.input_shape
    if (
        len(step) != 1
        or step[0] not in FROM_THE_INPUT
        or not isinstance(shape, tuple)
        or shape != new.input_shape
        or len(shape) < 3
    ):
        return ""
    sizes = [part.layer.values()[step[0]] for part in (old, new)]
    ones = [size if isinstance(size, tuple) else (size,) for size in sizes]
    if not all(len(one) == 1 and one[0] in shape[1:] for one in ones):
        return ""
    places = [shape.index(one[0], 1) for one in ones]
    argument = "data_format" if "window" in old.layer.fields else "axis"
    first, last = ("the first" if place == 1 else "the last" if place == len(shape) - 1 else f"number {place}" for place in places)
    return f"{argument}: of the axes {shown(shape)}, {first} is read as the channels before, and {last} after"


def reason_from_conventions(step: tuple[str, ...], old: Part, new: Part) -> str:
    """The reason that a convention gives: for the layer after, or for the layer before where it no longer holds.

    Between two frameworks nothing has changed in time, so the convention of each is given for its own layer.
    """
    reasons = []
    other_input = old.input_shape != new.input_shape  # an input that is the same explains no difference
    across = framework_of(old.title) is not framework_of(new.title)
    for field in step:
        now, then = (field_reason(field, part, other_input) for part in (new, old))
        held, holds = (bool(reason) and not reason.startswith(GENERIC) for reason in (then, now))
        if across and held:
            reasons.append(f"in {old.title}, {then}")
            reasons += [f"in {new.title}, {now}"] if holds else []
        elif held and not holds:
            reasons.append(f"no longer true: {then}")
        elif now != then and then.startswith(GENERIC) and now.startswith(GENERIC) and ", which " in then + now:
            reasons.append(f"before, {then}; after, {now}")
        elif now:
            reasons.append(now)
    return "; ".join(dict.fromkeys(reasons))


def field_reason(field: str, part: Part, other_input: bool) -> str:
    """Why a field of a part has its value: its own reason, or the reason of the input where the input differs."""
    return part.because.get(field) or (part.input_because if other_input and field in FROM_THE_INPUT else "")


def reason_from_values(cls: type[Layer], step: tuple[str, ...], old: Part, new: Part) -> str:
    """The reason where no convention gives one: the two values, and the meaning of the field."""
    before, after = ("before", "after") if old.title == new.title else (f"in {old.title}", f"in {new.title}")
    return "; ".join(
        f"{setting_as_subject(field)} is {old.layer.values()[field]} {before} and {new.layer.values()[field]} {after} ({cls.fields[field].doc})"
        for field in step
    )


def step_value(values: dict[str, Any], step: tuple[str, ...]) -> Any:
    """The value of the field that a step changes, or the values of several."""
    return values[step[0]] if len(step) == 1 else tuple(values[field] for field in step)
