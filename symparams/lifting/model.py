"""What ``lift`` gives: a model in letters, with the conditions under which it holds."""

from __future__ import annotations

from ..core.conventions import Tensor
from ..core.formula import Values
from ..core.model import Countable, Part, SameIfRead
from ..core.tree import Weight, copied, copies_of, leaves
from ..errors import LetterError, SettingError, SizeError, listed
from ..layers.parameter import Parameter
from ..tables.answer import Answer, Shown
from ..tables.cells import Equations, words
from .conditional import ConditionalFormula
from .rows import tensors_at
from .running import point_of
from .to_sizes import ToSizes
from .tree import Growing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..core.tree import Node
    from ..tables.answer import Facts, Table
    from ..tables.writers import Block
    from .conditions import Condition, Legal
    from .rows import Row
    from .running import Sizes
    from .seen import Seen


def without_code(chosen: Mapping[str, object]) -> LiftedModel:
    """The model of other flags, for a model that was pickled."""
    raise SettingError(f"a lifted model that was pickled is without its code: lift it again for {listed(chosen)}")


class LiftedModel(SameIfRead, Countable, Shown):
    """A model that was lifted out of code.

    ``values`` has the starting value of each letter, ``given`` the conditions under which the formula holds, ``seen`` what
    was run, ``rows`` the rules for the tensors. ``print`` shows the formula with all that it rests on.
    """

    def __init__(
        self,
        name: str,
        rows: Sequence[Row],
        start: Sizes,
        conditions: Sequence[Condition | Legal],
        seen: Seen,
        variant: Callable[[Mapping[str, object]], LiftedModel],
    ) -> None:
        self.name, self.rows, self.seen = name, rows, seen
        self.conditions = tuple(conditions)
        self.values = Values(point_of(start))  # type: ignore[arg-type]  # a multiplier is an exact fraction
        self._variant = variant
        self._sizes = ToSizes(frozenset(name for name, value in start.items() if value == 0))
        self._node = Growing(self._sizes).tree(rows)

    def __getstate__(self) -> dict[str, object]:
        """All but the code that it was lifted from, which seldom can be pickled."""
        return {**vars(self), "_variant": without_code}

    def __copy__(self) -> LiftedModel:
        made = object.__new__(type(self))
        vars(made).update(vars(self))
        return made

    def __deepcopy__(self, memo: object) -> LiftedModel:
        return self.__copy__()

    # ------------------------------------------------------------ what it is
    @property
    def node(self) -> Node:
        return self._node

    @property
    def title(self) -> str:
        return self.name

    @property
    def given(self) -> tuple[str, ...]:
        """What has to hold for the formula: the comparisons of the code that came out one way only, or that matter."""
        return tuple(dict.fromkeys(map(str, self.conditions)))

    @property
    def assumed(self) -> tuple[str, ...]:
        """What the answer rests on beyond the code's own words: that sizes which were not tried are like those that were."""
        return (f"sizes that were not tried are like those that were ({self.seen})",)

    @property
    def holds_given(self) -> tuple[str, ...]:
        return self.given

    def with_flags(self, **chosen: object) -> LiftedModel:
        """The model with other values of its flags, lifted likewise."""
        return self._variant(chosen)

    # ------------------------------------------------------------ counts
    def formula(self, node: Node) -> ConditionalFormula:
        """A count that refuses sizes at which a condition does not hold."""
        return ConditionalFormula(node, self.conditions, self.values)

    # ------------------------------------------------------------ tensors
    def tensors(self, at: Sizes | None = None) -> list[Tensor]:
        """A tensor for each row, ``layers.{i}.weight``, with its shape in letters; with sizes, every tensor by itself, in numbers.

        Raises :class:`SizeError` at sizes where a condition does not hold.
        """
        if at is not None:
            return self._tensors_at(at)
        return [
            Tensor(
                path=row.name,
                shape=tuple(self._sizes.size(axis) for axis in row.axes),
                trainable=row.trainable,
                role=row.name.rpartition(".")[2],
                tied_to=None if row.tied_to is None else row.tied_to.name,
            )
            for row in self.rows
        ]

    def _tensors_at(self, at: Sizes) -> list[Tensor]:
        point = point_of(at)
        try:
            broken = [str(condition) for condition in self.conditions if not condition.holds(point)]
            if broken:
                raise SizeError(f"{self.name} was lifted given {listed(broken)}, which is not so at these sizes")
            found = tensors_at(self.rows, point)
        except KeyError as error:
            raise LetterError(f"{self.name} has no tensors without a size for {error.args[0]}") from None
        except ArithmeticError:
            raise SizeError(f"{self.name} has no tensors at these sizes that its formula counts") from None
        for name, value in point.items():
            if isinstance(value, int) and value < 1 and any(axis.letters() == {name} for row in self.rows for axis in row.axes):
                raise SizeError(f"{name} is {value}, but a size is at least 1")
        return [
            Tensor(path=name, shape=shape, trainable=trainable, role=name.rpartition(".")[2], tied_to=tied_to)
            for name, (shape, trainable, tied_to) in found.items()
        ]

    # ------------------------------------------------------------ what questions ask
    @property
    def parts(self) -> list[Part]:
        """A part for each weight, with all its copies."""
        return [
            Part(
                name=path.replace("/", "."),
                title="Parameter",
                layer=Parameter(shape=leaf.shape),
                node=copied(leaf, around),
                copies=copies_of(around),
            )
            for path, leaf, around in leaves(self.node)
            if isinstance(leaf, Weight)
        ]

    def letter_values(self) -> Mapping[str, int]:
        return self.values

    def _answer(self) -> Lifted:
        return Lifted(self)

    def __repr__(self) -> str:
        return f"<{self.name}, {self.count.text()} parameters>"

    def __str__(self) -> str:
        return self._answer().explain()


class Lifted(Answer):
    """A lifted model as an answer: its formula, the conditions, what was run, and its tensors as a table."""

    __slots__ = ("model",)

    def __init__(self, model: LiftedModel) -> None:
        self.model = model

    def __repr__(self) -> str:
        return repr(self.model)

    def table(self) -> Table:
        from ..tables.of_models import model_table

        return model_table(self.model)

    def sentences(self) -> list[str]:
        """The formula, and all that it rests on."""
        model = self.model
        given = [f"given {', '.join(model.given)}"] if model.given else []
        return [f"{model.name}: {model.count}", *given, str(model.seen)]

    def content(self) -> Sequence[Block]:
        _, *given, seen = self.sentences()
        return [words(f"{self.model.name}: ", self.model.count), *map(Equations, given), seen, self.table()]

    def facts(self) -> Facts:
        """The formula, its conditions, what was run, and the tensors."""
        model = self.model
        return {
            "model": model.name,
            "count": str(model.count),
            "given": [*model.given],
            "values": {
                name: str(value) if getattr(value, "denominator", 1) != 1 else int(value) for name, value in model.values.items()
            },
            "checked": [dict(sizes) for sizes in model.seen.checks],
            "constructions": model.seen.constructions,
            "tensors": [
                {"name": each.path, "shape": [*map(str, each.shape)], "trained": each.trainable} for each in model.tensors()
            ],
        }

    def explain(self) -> str:
        return "\n".join(self.sentences())
