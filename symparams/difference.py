"""Why two models differ: the total, the weights that differ, and the settings that made each part of it.

The two models are aligned layer by layer. Between two partners, the settings that differ are switched from before to
after one at a time, in the order in which the layer declares its fields (sizes first, copies last). The share of a
setting is what the count changes at its step, so the shares add up to the total exactly. A layer without a partner
is a cause of its own.
"""

from __future__ import annotations

from functools import cached_property

from . import polynomial as poly
from .alignment import aligned, family
from .change import REMOVED, change
from .dims import is_symbolic, symbol
from .errors import SettingError, SizeError
from .formula import Formula
from .frozen import Frozen
from .layer import Layer
from .parts import Part
from .relation import Relation, relation
from .tree import NOTHING, Times, beside, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from .algebra import Expr
    from .tree import Node


class Cause(Frozen):
    """One setting that differs, and its exact share of the difference.

    ``setting`` is a field of the layer (``bias_sets``), or ``layer`` where a whole layer came or went.
    ``formula`` is the share in its own form, ``2*4*n``; ``amount`` the same multiplied out.
    ``in_letters`` is the share in the layer's own letters where the model has numbers, and ``numbers`` what they stand for.
    """

    __slots__ = ("after", "because", "before", "doc", "formula", "in_letters", "layer", "numbers", "setting", "title")
    layer: str
    title: str
    setting: str
    doc: str
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
        """The names of the weights in which the share is."""
        return list(dict.fromkeys(leaf.name for _, leaf, _ in leaves(self.formula.node)))

    @property
    def each(self) -> tuple[str, Formula] | None:
        """What one copy has of it, and per what: ``("direction", 4*n)``; None where it is no single term repeated."""
        node = self.in_letters.node
        while isinstance(node, Times) and len(self.in_letters.polynomial.terms) == 1 and self.form == "written":
            if node.copies != 1 and node.per != self.setting:
                return node.per.removesuffix("s").replace("_", " "), Formula(node.part)
            node = node.part
        return None

    @property
    def form(self) -> str:
        """The form of the formula that shows where the share is: as declared, or multiplied out where parts cancel."""
        return (
            "expanded"
            if any(copies.per == REMOVED for _, _, around in leaves(self.formula.node) for copies in around)
            else "written"
        )

    def __repr__(self) -> str:
        return f"Cause({self.layer}: {self.setting} {self.before} -> {self.after}, {self.formula})"


class Row(Frozen):
    """One weight that differs: its path, its count before and after."""

    __slots__ = ("after", "before", "path")
    path: str
    before: Formula
    after: Formula

    @property
    def amount(self) -> Expr:
        """After less before, a SymPy expression."""
        return (self.after.polynomial - self.before.polynomial).expression()

    def __repr__(self) -> str:
        return f"Row({self.path}: {self.before} -> {self.after})"


class Difference:
    """What :func:`compare` found; ``print`` it for the whole answer."""

    def __init__(self, before: Any, after: Any) -> None:
        self.before, self.after = before, after

    # ------------------------------------------------------------ the two sides
    @cached_property
    def before_count(self) -> Formula:
        """The count before."""
        return Formula(beside(*(part.node for part in self._parts[0])))

    @cached_property
    def after_count(self) -> Formula:
        """The count after."""
        return Formula(beside(*(part.node for part in self._parts[1])))

    @cached_property
    def _parts(self) -> tuple[list[Part], list[Part]]:
        return parts_of(self.before), parts_of(self.after)

    @cached_property
    def pairs(self) -> list[tuple[Part | None, Part | None]]:
        """The layers side by side; None where one has no partner."""
        return aligned(*self._parts)

    # ------------------------------------------------------------ what differs
    @cached_property
    def polynomial(self) -> poly.Polynomial:
        """After less before, as a polynomial."""
        return self.after_count.polynomial - self.before_count.polynomial

    @property
    def total(self) -> Expr:
        """After less before, a SymPy expression."""
        return self.polynomial.expression()

    @cached_property
    def weights(self) -> list[Row]:
        """The weights whose counts differ."""
        rows = []
        for old, new in self.pairs:
            mine = Formula(old.node).terms if old else {}
            its = Formula(new.node).terms if new else {}
            name = (new or old).name  # type: ignore[union-attr]
            for path in dict.fromkeys([*mine, *its]):
                row = Row(path=f"{name}/{path}", before=mine.get(path, NONE), after=its.get(path, NONE))
                if row.before != row.after:
                    rows.append(row)
        return rows

    @cached_property
    def causes(self) -> list[Cause]:
        """The settings that differ, each with its share; the shares add up to the total."""
        return [cause for old, new in self.pairs for cause in causes_of(old, new)]

    def relation(self) -> Relation:
        """``after = factor*before + remainder``, with the factor that leaves least over."""
        return relation(self.before_count.polynomial, self.after_count.polynomial)

    # ------------------------------------------------------------ as text
    def explain(self) -> str:
        """The whole answer, for a person to read."""
        from .printing.difference import explained

        return explained(self)

    def latex(self, names: Mapping[Any, str] | None = None) -> str:
        """The total and the share of each cause, as LaTeX for math mode (amsmath's ``aligned``)."""
        from .printing.difference import difference_tex

        return difference_tex(self, names)

    def markdown(self) -> str:
        """The causes as a Markdown table."""
        from .printing.difference import difference_markdown

        return difference_markdown(self)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return f"<Difference {self.before_count} -> {self.after_count}, {len(self.causes)} causes>"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.latex()}$"

    def _repr_markdown_(self) -> str:
        return self.markdown()


NONE = Formula(NOTHING)


def compare(before: Any, after: Any) -> Difference:
    """Why two models or layers differ in their number of parameters.

    Takes layers of :mod:`symparams.layers`, layers and models of a framework. A framework's layer that has no input
    yet is compared on one in letters. Raises :class:`SettingError` for anything else, and :class:`LetterError` where
    one name stands for two symbols.

    >>> from symparams import keras, symbols
    >>> n = symbols("n")
    >>> lstm, cudnn = keras.layers.LSTM(n), keras.v1.layers.CuDNNLSTM(n)
    >>> difference = compare(keras.layers.Bidirectional(lstm), keras.layers.Bidirectional(cudnn))
    >>> difference.total
    8*n
    >>> difference.causes
    [Cause(bidirectional: bias_sets 1 -> 2, 2*4*n)]
    >>> print(difference.relation())
    after = before + 8*n
    """
    difference = Difference(readable(before, "before"), readable(after, "after"))
    difference.polynomial  # noqa: B018  (a letter that is two symbols is refused here, not later)
    return difference


def readable(thing: Any, side: str) -> Any:
    """A thing whose parts can be read, or an error."""
    if isinstance(thing, Layer):
        return thing
    if hasattr(thing, "by_itself") and not isinstance(thing, type):
        return thing.by_itself()
    raise SettingError(f"compare takes layers and models; {side} is {thing!r}")


def parts_of(thing: Any) -> list[Part]:
    """The layers of a model, or the layer itself."""
    if isinstance(thing, Layer):
        title = type(thing).__name__
        return [Part(name=title.lower(), title=title, layer=thing, node=thing.weights(), because={})]
    return [part for part in thing.parts if part.node != NOTHING]


# ---------------------------------------------------------------- causes
def causes_of(old: Part | None, new: Part | None) -> Iterator[Cause]:
    """What made the difference between two partners, setting by setting."""
    if old is None or new is None:
        yield came_or_went(old, new)
        return
    cls = family(old.layer, new.layer)
    assert cls is not None, "aligned layers are of one family"
    now, goal = old.layer.values(), new.layer.values()
    fields = [field for field in cls.fields if now[field] != goal[field]]
    steps: list[tuple[str, ...]] = [(field,) for field in fields]
    try:
        trees = stepwise(cls, now, goal, steps)
    except SizeError:  # a state in between that is no layer, such as 9 channels in 2 groups
        steps = [tuple(fields)]
        trees = stepwise(cls, now, goal, steps)
    letters, numbers = lettered(cls, old.layer, new.layer, fields)
    readable_trees = stepwise(cls, {**now, **letters}, {**goal, **letters}, steps) if letters else trees
    for step, (a, b), (x, y) in zip(steps, trees, readable_trees, strict=True):
        share = Formula(change(a, b))
        if share == 0:
            continue
        in_letters = Formula(change(x, y))
        setting = ", ".join(step)
        said = [because.get(field) for field in step for because in (new.because, old.because)]
        reasons = next(filter(None, said), "") or unsaid(cls, step, old, new)
        yield Cause(
            layer=new.name if old.name == new.name else f"{old.name} -> {new.name}",
            title=new.title if old.title == new.title else f"{old.title} -> {new.title}",
            setting=setting,
            doc="; ".join(cls.fields[field].doc for field in step),
            before=value(now, step),
            after=value(goal, step),
            formula=share,
            because=reasons,
            in_letters=in_letters,
            numbers={name: numbers[name] for name in in_letters.letters if name in numbers},
        )


def came_or_went(old: Part | None, new: Part | None) -> Cause:
    """A layer without a partner."""
    part = new or old
    assert part is not None
    node = part.node if new else Times(part.node, -1, REMOVED)
    which = "after" if new else "before"
    return Cause(
        layer=part.name, title=part.title, setting="layer", doc="a layer of the model",
        before=old.title if old else "none", after=new.title if new else "none",
        formula=Formula(node), because=f"only {which} has {part.name} ({part.title})", in_letters=Formula(node), numbers={},
    )  # fmt: skip


def stepwise(cls: type[Layer], now: dict[str, Any], goal: dict[str, Any], steps: list[tuple[str, ...]]) -> list[tuple[Node, Node]]:
    """The trees before and after each step from one layer to the other."""
    state = {field: now[field] for field in cls.fields}
    tree = cls.of(state).weights()
    pairs = []
    for step in steps:
        state = state | {field: goal[field] for field in step}
        next_tree = cls.of(state).weights()
        pairs.append((tree, next_tree))
        tree = next_tree
    return pairs


def lettered(cls: type[Layer], old: Layer, new: Layer, differing: list[str]) -> tuple[dict[str, Any], dict[str, int]]:
    """Letters for the sizes that both layers share, where the layers are all numbers: ``units=300`` is n."""
    values = {**old.values(), **new.values()}
    flat = [each for value in values.values() for each in (value if isinstance(value, tuple) else (value,))]
    if any(map(is_symbolic, flat)):
        return {}, {}
    letters, numbers = {}, {}
    for field, its in cls.fields.items():
        if not its.number and not its.fixed and not its.several and field not in differing:
            letters[field], numbers[its.letter] = symbol(its.letter), values[field]
    return letters, numbers


def unsaid(cls: type[Layer], step: tuple[str, ...], old: Part, new: Part) -> str:
    """Where no convention is behind it: what the field counts, and who has which."""
    who = (f"{old.title} has", f"{new.title} has") if old.title != new.title else ("before it is", "after it is")
    return "; ".join(
        f"{who[0]} {old.layer.values()[field]}, {who[1]} {new.layer.values()[field]} ({field}: {cls.fields[field].doc})"
        for field in step
    )


def value(values: dict[str, Any], step: tuple[str, ...]) -> Any:
    return values[step[0]] if len(step) == 1 else tuple(values[field] for field in step)
