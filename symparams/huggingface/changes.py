"""From one config to another, setting by setting: each step is a whole model, so the shares add up exactly.

Only fields that a tensor reads can be settings, and what the class computes is charged to the fields that it is computed of.
"""

from __future__ import annotations

from ..core.collected import CollectedFormula
from ..core.setting_changes import WHOLE, SettingChange, SettingChanges
from ..core.tree_difference import change
from ..errors import SymparamsError, brief
from .config import Config
from .configured import Configured
from .counting import Evaluation
from .elsewhere import LEFT_OUT, with_fields
from .form import Form
from .sites import sites_of, types_below
from .tensor_changes import by_name, tensor_changes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ..core.tree import Node

CLASS = "architecture"


def as_the_other_type(before: Configured, after: Configured) -> Configured | None:
    """The first model as one of the second's type, such as a Llama as a Mistral; None where that has other tensors."""
    given = {field: value_given(before.config, field) for field in before.read.used_in_order if "." not in field}
    source = {field: value for field, value in given.items() if value is not LEFT_OUT and field in after.config.table.defaults}
    try:
        config = Config(after.config.table, source, before.config.where)
        made = Configured(config, after.class_name, sites_of(config, after.class_name), before.notes, before.name)
        trees = [by_name(State(model.config, model.class_name).form(None).node) for model in (before, made)]
    except SymparamsError:
        return None
    return made if trees[0] == trees[1] else None


class State:
    """A model on the way from one to the other: a class and a config."""

    def __init__(self, config: Config, class_name: str) -> None:
        self.config, self.class_name = config, class_name

    def changed(self, field: str, after: Configured) -> State:
        """The next state: one field, or the class, as in the model after."""
        if field == CLASS:
            return State(self.config, after.class_name)
        return State(with_fields(self.config, {field: value_given(after.config, field)}), self.class_name)

    def count(self) -> int:
        return Evaluation(self.config).totals(sites_of(self.config, self.class_name)).count

    def form(self, numbers: frozenset[str] | None) -> Form:
        """Its tree: all in numbers, or with letters for the fields that are not among ``numbers``."""
        sites = sites_of(self.config, self.class_name)
        return Form(Evaluation(self.config), sites, in_numbers=numbers is None, numbers=numbers or frozenset())


def setting_changes(before: Configured, after: Configured) -> SettingChanges | None:
    """The changes from one model to another: of the same type in its fields, else tensor by tensor; None where a field is open."""
    one, other = before.config, after.config
    if before.open or after.open:
        return None
    if one.table is not other.table or types_below(one) != types_below(other):
        alike = as_the_other_type(before, after)
        if alike is None:
            trees = (State(model.config, model.class_name).form(None).node for model in (before, after))
            return tensor_changes(WHOLE, *trees)
        before = alike
    fields = differing(before, after)
    steps: list[tuple[str, ...]] = [(field,) for field in fields]
    try:
        return changes(before, after, steps)
    except SymparamsError:  # a config in between is none that the class would take
        return changes(before, after, [tuple(fields)])


def changes(before: Configured, after: Configured, steps: list[tuple[str, ...]]) -> SettingChanges:
    """The changes in these steps."""
    start = State(before.config, before.class_name)
    fixed = frozenset(field for step in steps for field in step)
    found: list[tuple[tuple[str, ...], int]] = []
    made: list[SettingChange] = []
    state = start
    for step in steps:
        following = with_step(state, step, after)
        share = following.count() - state.count()
        if share:
            found.append((step, share))
            made.append(change_of(step, state, following, before, after, fixed))
        state = following
    return SettingChanges(before.class_name, tuple(made), do_interact(start, state, found, after, before))


def with_step(state: State, step: Iterable[str], after: Configured) -> State:
    for field in step:
        state = state.changed(field, after)
    return state


def change_of(
    step: tuple[str, ...], state: State, following: State, before: Configured, after: Configured, fixed: frozenset[str]
) -> SettingChange:
    """One change, in numbers and in letters."""
    values = [(shown_value(before, field), shown_value(after, field)) for field in step]
    old, new = values[0] if len(step) == 1 else (tuple(value for value, _ in values), tuple(value for _, value in values))
    forms = [each.form(fixed) for each in (state, following)]
    return SettingChange(
        setting=", ".join(step),
        before=old,
        after=new,
        trees=(tree(state), tree(following)),
        in_letters=CollectedFormula(change(forms[0].node, forms[1].node), signed=True),
        numbers={name: value for form in forms for name, value in form.values.items()},
        because=followers_in_words(step, state.config, following.config, sources(before)),
    )


def followers_in_words(step: tuple[str, ...], before: Config, after: Config, fields: Iterable[str]) -> str:
    """The fields that the class computes of the changed ones, ``head_dim follows: 128 -> 64``; nothing where there are none."""
    follows = []
    for field in fields:
        ways = [config.way_to_compute(field) for config in (before, after)]
        if all(way is not None and {way[1] + each for each in way[0].fields_read} & {*step} for way in ways):
            values = [its.fields.get(name) for its, name in (place(config, field) for config in (before, after))]
            if values[0] != values[1]:
                follows.append(f"{field} follows: {brief(values[0])} -> {brief(values[1])}")
    return ", ".join(follows)


def tree(state: State) -> Node:
    return state.form(None).node


def do_interact(start: State, end: State, found: list[tuple[tuple[str, ...], int]], after: Configured, before: Configured) -> bool:
    """Whether a share is another one where its setting is changed first, or last."""
    if len(found) < 2:
        return False
    whole = end.count()
    for step, share in found:
        try:
            alone = with_step(start, step, after).count() - start.count()
            last = whole - with_step(end, step, before).count()
        except SymparamsError:
            return True
        if not alone == last == share:
            return True
    return False


# ---------------------------------------------------------------- which fields differ
def differing(before: Configured, after: Configured) -> list[str]:
    """The fields with another value that a tensor of either model reads, in the order in which they are read."""
    found = [CLASS] if before.class_name != after.class_name else []
    for field in dict.fromkeys([*sources(before), *sources(after)]):
        computed = is_computed(before.config, field) and is_computed(after.config, field)
        if not computed and shown_value(before, field) != shown_value(after, field):
            found.append(field)
    return found


def sources(model: Configured) -> list[str]:
    """The fields that decide the tensors of a model, each computed one after those that it is computed of."""
    found: dict[str, None] = {}

    def add(field: str) -> None:
        way = model.config.way_to_compute(field)
        if way is not None:
            for other in sorted(way[0].fields_read):
                add(way[1] + other)
        found[field] = None

    for field in model.read.used_in_order:
        add(field)
    return [*found]


def place(config: Config, field: str) -> tuple[Config, str]:
    """The (sub-)config of a field, and the name that the field has there."""
    path, _, name = field.rpartition(".")
    return config.at(f"{path}." if path else ""), name


def is_computed(config: Config, field: str) -> bool:
    return config.way_to_compute(field) is not None


def value_given(config: Config, field: str) -> Any:
    """The value of a field as a config gives it; left out where the class computes it."""
    its, name = place(config, field)
    return LEFT_OUT if is_computed(config, field) else its.fields.get(name)


def shown_value(model: Configured, field: str) -> Any:
    if field == CLASS:
        return model.class_name
    its, name = place(model.config, field)
    return its.fields.get(name)
