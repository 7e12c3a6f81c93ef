"""Why two models differ: the total, the weights that differ, and the settings that cause each part of it.

The two models are aligned layer by layer; :mod:`symparams.questions.comparing.causes` finds why each pair differs.
"""

from __future__ import annotations

from functools import cached_property

from ...core import polynomial as poly
from ...core.formula import Formula
from ...core.model import Multiple
from ...core.notation.environments import framed
from ...core.tree import NOTHING
from ...tables.answer import Answer
from ...tables.cells import Displayed, in_text
from ...tables.facts import count_facts, number_or_text
from ...tables.paper_names import pairs_renamed
from .alignment import aligned_layers, moved_layers
from .blocks import whole_blocks
from .by_sections import changes_of_sections
from .causes import Cause, causes_of, changed_settings
from .facts import cause_facts, match_facts
from .grouped_causes import CauseGroup, cause_groups
from .latex import difference_sides
from .multiples import leftover_causes
from .nearest_order import in_order_of
from .relation import Relation, relation
from .rows import NONE, WeightRow
from .shared_blocks import combined_groups
from .tensor_matching import TensorMatch, tensor_matches
from .wording import (
    LONGEST,
    buffers_in_words,
    causes_in_words,
    difference_table,
    doubts_in_words,
    headline,
    moved_in_words,
    output_shapes_in_words,
    overview_in_words,
    relation_in_words,
    sides_in_words,
    steps_note,
    trained_in_words,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.algebra import Expr
    from ...core.model import Countable, Part
    from ...core.notation.environments import Sides
    from ...core.setting_changes import SettingChanges
    from ...core.sizes import ByLetter
    from ...core.tree import Node
    from ...tables.answer import Facts, Table
    from ...tables.writers import Block
    from .by_tensors import MatchedTensors

WIDTH = 90  # characters of a line of the displayed formula


class Difference(Answer):
    """The answer of :func:`compare`; ``print`` it for the whole answer."""

    def __init__(
        self, before: Countable, after: Countable, notes: Sequence[str] = (), tensors: MatchedTensors | None = None
    ) -> None:
        self.before, self.after = before, after
        self._tensors = tensors  # in place of layers, where one side is known by its tensors only
        self.notes = list(notes)  # the assumptions that the comparison needs

    # ------------------------------------------------------------ the two sides
    @cached_property
    def before_count(self) -> Formula:
        """The count before."""
        return self.before.count

    @cached_property
    def after_count(self) -> Formula:
        """The count after."""
        return self.after.count

    @property
    def _sides(self) -> tuple[tuple[Countable, Formula], ...]:
        """Both sides with their counts, each of which is counted once."""
        return (self.before, self.before_count), (self.after, self.after_count)

    @cached_property
    def _parts(self) -> tuple[list[Part], list[Part]]:
        if self._tensors is not None:
            return self._tensors.parts
        before, after = self.before.parts, self.after.parts
        if not self.before.in_order:
            before = in_order_of(before, after)
        elif not self.after.in_order:
            after = in_order_of(after, before)
        return before, after

    @cached_property
    def pairs(self) -> list[tuple[Part | None, Part | None]]:
        """The layers side by side; None where one has no partner."""
        return aligned_layers(*self._parts) if self._tensors is None else self._tensors.pairs

    # ------------------------------------------------------------ the differences
    @cached_property
    def polynomial(self) -> poly.Polynomial:
        """After less before, as a polynomial."""
        return self.after_count.polynomial - self.before_count.polynomial

    @property
    def total(self) -> Expr:
        """After less before, a SymPy expression."""
        return self.polynomial.expression()

    @cached_property
    def rows(self) -> list[WeightRow]:
        """All weights of both sides, those of matching layers side by side."""
        rows = []
        known: dict[Node, dict[str, Formula]] = {NOTHING: {}}  # by tree: many layers of a large model are alike
        for old, new in self.pairs:
            trees = [part.node if part else NOTHING for part in (old, new)]
            before, after = (known.get(tree) or known.setdefault(tree, Formula(tree).terms) for tree in trees)
            name = (new or old).name  # type: ignore[union-attr]
            rows += [
                WeightRow(path=f"{name}/{path}", before=before.get(path, NONE), after=after.get(path, NONE))
                for path in dict.fromkeys([*before, *after])
            ]
        return rows

    @property
    def weights(self) -> list[WeightRow]:
        """The weights whose counts differ."""
        return [row for row in self.rows if row.before != row.after]

    @cached_property
    def tensors(self) -> list[TensorMatch]:
        """Which tensor is which, in matching layers whose tensors are known by name."""
        return [match for old, new in self.pairs if old and new for match in tensor_matches(old, new)]

    @cached_property
    def causes(self) -> list[Cause]:
        """The settings that differ, each with its share; the shares add up to the total.

        Where one side is a multiple of a model, ``2 * a``, they are the tensors that are not repeated as often.
        """
        return [cause for causes in self.of_pairs for cause in causes]

    @cached_property
    def changes(self) -> SettingChanges | None:
        """The settings that differ, where both sides know them themselves, or the sections of models of mostly other tensors."""
        if self._tensors is None:
            return self.before.changes_to(self.after)
        return changes_of_sections(self._tensors.pairs)

    @property
    def is_of_multiples(self) -> bool:
        """Whether one side is a multiple of a model, and the other is not the same multiple."""
        before, after = (side.copies if isinstance(side, Multiple) else 1 for side in (self.before, self.after))
        return bool(before != after)

    @cached_property
    def of_pairs(self) -> list[list[Cause]]:
        """The causes of each pair of layers."""
        if self.changes is not None:
            return [changed_settings(self.changes)] if self.changes.changes else []
        tables = {part.name for side in self._parts for part in side if "words" in part.layer.fields}
        if self.is_of_multiples:
            return [list(leftover_causes(old, new)) for old, new in self.pairs]
        return [list(causes_of(old, new, tables)) for old, new in self.pairs]

    @cached_property
    def gathered(self) -> list[CauseGroup]:
        """The causes in groups: those that are the same in several layers, and equal blocks of layers that came or went."""
        return combined_groups(cause_groups(self.of_pairs, whole_blocks(self.pairs)))

    @cached_property
    def moved(self) -> list[Part]:
        """The layers that are in another order than before, with their new settings."""
        return moved_layers(self._parts[0], self.pairs)

    @property
    def doubts(self) -> list[str]:
        """The ambiguities of sides that were read from a text: rows whose number could come from several layers."""
        sides = {"before": self.before, "after": self.after}
        return [f"{side}: {doubt}" for side, thing in sides.items() for doubt in thing.doubts]

    def relation(self) -> Relation:
        """``after = factor*before + remainder``, with the factor that leaves the smallest remainder, and its tensors."""
        return relation(self.before_count.polynomial, self.after_count.polynomial, self.rows)

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """Both counts, the causes with their shares, which tensor is which, and the relation."""
        return {
            "before": {"model": self.before.title, **count_facts(self.before_count)},
            "after": {"model": self.after.title, **count_facts(self.after_count)},
            "total": number_or_text(self.polynomial),
            "causes": list(map(cause_facts, self.causes)),
            "tensors": list(map(match_facts, self.tensors)),
            "relation": str(self.relation()),
            "moved": [part.name for part in self.moved],
            "notes": self.notes,
            "doubts": self.doubts,
        }

    def table(self) -> Table:
        """The causes in groups, and the total; their amounts add up to it."""
        return difference_table(self.gathered, self.polynomial, pairs_renamed(*self._parts))

    def content(self) -> Sequence[Block]:
        """Both counts, the difference as a formula, its causes, and how one count follows from the other."""
        before, after = self.before, self.after
        blocks: list[Block] = [
            *sides_in_words(self._sides, self.polynomial),
            *trained_in_words(self._sides),
            *buffers_in_words(before, after),
        ]
        blocks += self.notes
        if self.causes:
            blocks += [Displayed(framed(self.sides(r"\Delta P", None, "commas", WIDTH), "aligned")), self.table()]
        blocks += [steps_note()] if self.is_stepwise else []
        blocks += self.relation().content()
        blocks += [moved_in_words(self.moved)] if self.moved else []
        return [*blocks, *output_shapes_in_words(before, after), *doubts_in_words(self.doubts)]

    def explain(self) -> str:
        """The whole answer, for a person to read; of a long one, the causes in short first."""
        before, after = self.before, self.after
        lines = headline(self._sides, self.polynomial)
        lines += [*trained_in_words(self._sides), *buffers_in_words(before, after), *self.notes, ""]
        heading = "Why:" if self.polynomial.terms else "Differences that cancel:"
        causes = causes_in_words(self.gathered, heading, self.is_stepwise) if self.causes else []
        relation = relation_in_words(self.relation())
        if len(lines) + len(causes) + len(relation) <= LONGEST:
            lines += [*causes, *relation]
        else:
            in_detail = causes_in_words(self.gathered, "In detail:", self.is_stepwise)
            lines += [*overview_in_words(self.gathered, len(lines)), relation[0], "", *in_detail[:-1], *relation[1:]]
        if self.moved:
            lines += ["", moved_in_words(self.moved)]
        lines += ["", *shapes] if (shapes := list(map(in_text, output_shapes_in_words(before, after)))) else []
        if self.doubts:
            lines += ["", *doubts_in_words(self.doubts)]
        return "\n".join(lines)

    @property
    def is_stepwise(self) -> bool:
        """Whether several settings of one layer differ, so that their shares depend on the order in which they change."""
        if self.changes is not None:
            return self.changes.interact
        return not self.is_of_multiples and any(len(causes) > 1 for causes in self.of_pairs)

    def sides(self, left: str, names: ByLetter[str] | None, numbers: str, width: int | None) -> Sides:
        """The sides of its LaTeX: the total, and the shares of the causes that add up to it."""
        letters = {*self.before_count.letters, *self.after_count.letters}
        before, after = self._parts
        captions = pairs_renamed(before, after)
        return difference_sides(self.polynomial, self.gathered, letters, left, names, numbers, width, captions)

    def latex(self, names: ByLetter[str] | None = None) -> str:  # type: ignore[override]  # a formula, not a table
        """The total and the share of each cause, as LaTeX for math mode (amsmath's ``aligned``)."""
        return framed(self.sides(r"\Delta P", names, "plain", None), "aligned")

    def __repr__(self) -> str:
        return f"<Difference {self.before_count} -> {self.after_count}, {len(self.causes)} cause{'s' if len(self.causes) != 1 else ''}>"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.latex()}$"
