"""A model held against the header of its files: the formula is their sum, or these are the tensors that differ.

Files may use other names than the class: those of an older release, of the model without its head, or of each expert by
itself. So tensors are matched by name, then by name without what comes before it, and what is left by shape.
"""

from __future__ import annotations

from math import prod

from ..errors import several
from ..tables.answer import Answer, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    from ..core.conventions import Tensor
    from ..core.sizes import Shape
    from ..tables.answer import Facts

    Shapes: TypeAlias = Mapping[str, tuple[int, ...]]

BUFFERS = (
    "position_ids",
    "token_type_ids",
    "inv_freq",
    "masked_bias",
    "rope_freqs.weight",
    "running_mean",
    "running_var",
    "num_batches_tracked",
    "relative_position_index",
    "final_logits_bias",
    "e_score_correction_bias",
    "expert_bias",
    "cluster_size",
    "embed_avg",
)
HEADS = {"tensor": "Tensor", "model": "In the model", "file": "In the file"}


class FileProof(Answer):
    """Whether a file holds what the formula counts: ``holds``, both totals, and the tensors that differ.

    ``renamed`` is the number of tensors that have other names in the file, and ``ignored`` the buffers in it.
    """

    def __init__(self, name: str, tensors: Iterable[Tensor], shapes: Shapes) -> None:
        self.name = name
        ours: Shapes = {each.path: numbers(each.shape) for each in tensors if each.tied_to is None}
        tied = {each.path: each.tied_to for each in tensors if each.tied_to is not None}
        self.ignored = [path for path, shape in shapes.items() if path not in ours and is_buffer(path, shape)]
        stored = {path: shape for path, shape in shapes.items() if path not in self.ignored}
        self.count = sum(map(prod, ours.values()))
        self.stored_twice = [path for path in stored if path in tied and stored[path] == ours.get(tied[path] or "")]
        for path in self.stored_twice if self.both_stored(stored, tied) else ():
            del stored[path]
        self.file_count = sum(map(prod, stored.values()))
        self.only_here, self.only_there, self.renamed = unmatched(ours, stored)

    def both_stored(self, stored: Shapes, tied: Mapping[str, str | None]) -> bool:
        """Whether a file has a tied tensor under both of its names, and not only under its second."""
        return all(tied[path] in stored for path in self.stored_twice)

    @property
    def holds(self) -> bool:
        """Whether the file has the tensors that the formula counts."""
        return self.count == self.file_count and not self.only_here and not self.only_there

    def __bool__(self) -> bool:
        return self.holds

    def table(self) -> Table:
        """The tensors that differ."""
        paths = dict.fromkeys([*self.only_here, *self.only_there])
        rows = [
            {"tensor": path, "model": text(self.only_here.get(path)), "file": text(self.only_there.get(path))} for path in paths
        ]
        return Table(HEADS, rows)

    def sentences(self) -> list[str]:
        said = [
            f"{self.name} has {self.count} parameters, and so has the file"
            if self.holds
            else f"{self.name} has {self.count} parameters, the file {self.file_count}"
        ]
        if self.renamed:
            said.append(
                f"{several(self.renamed, 'tensor')} of the file {'has another name' if self.renamed == 1 else 'have other names'} there"
            )
        if self.ignored:
            said.append(
                f"{several(len(self.ignored), 'buffer')} in the file {'is' if len(self.ignored) == 1 else 'are'} no parameters"
            )
        return said

    def content(self) -> Sequence[str | Table]:
        return [*self.sentences(), *([] if self.holds else [self.table()])]

    def facts(self) -> Facts:
        """Both counts and the tensors that differ."""
        return {
            "model": self.name,
            "holds": self.holds,
            "count": self.count,
            "file": self.file_count,
            "renamed": self.renamed,
            "ignored": self.ignored,
            "only_in_the_model": {path: list(shape) for path, shape in self.only_here.items()},
            "only_in_the_file": {path: list(shape) for path, shape in self.only_there.items()},
        }

    def __repr__(self) -> str:
        return f"<FileProof: {'holds' if self.holds else 'differs'}, {self.count} and {self.file_count} parameters>"


def numbers(shape: Shape) -> tuple[int, ...]:
    return tuple(axis for axis in shape if isinstance(axis, int))


def is_buffer(path: str, shape: tuple[int, ...]) -> bool:
    """Whether a tensor is a buffer: positions, frequencies, means and variances, or the mask of GPT-2's attention."""
    return path.endswith(BUFFERS) or (path.endswith("attn.bias") and len(shape) == 4)


def text(shape: tuple[int, ...] | None) -> str:
    return "none" if shape is None else str(shape)


# ---------------------------------------------------------------- matching
def unmatched(ours: Shapes, stored: Shapes) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]], int]:
    """The tensors without a partner on each side, and how many were found under another name."""
    here = {path: shape for path, shape in ours.items() if stored.get(path) != shape}
    there = {path: shape for path, shape in stored.items() if ours.get(path) != shape}
    same_name = here.keys() & there.keys()  # with another shape: that is a difference, whatever else fits
    renamed = paired(without(here, same_name), without(there, same_name))
    for one, other in renamed:
        del here[one], there[other]
    experts = matched_experts(here, there)
    return here, there, len(renamed) + experts


def without(shapes: Shapes, names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    left_out = set(names)
    return {path: shape for path, shape in shapes.items() if path not in left_out}


def paired(here: Shapes, there: Shapes) -> list[tuple[str, str]]:
    """Pairs of tensors of one shape under two names: those whose names end alike first."""
    pairs: list[tuple[str, str]] = []
    for key in (ending, by_shape):
        taken_here, taken_there = {one for one, _ in pairs}, {other for _, other in pairs}
        waiting: dict[object, list[str]] = {}
        for path, shape in there.items():
            if path not in taken_there:
                waiting.setdefault(key(path, shape), []).append(path)
        for path, shape in here.items():
            partners = waiting.get(key(path, shape)) if path not in taken_here else None
            if partners:
                pairs.append((path, partners.pop(0)))
    return pairs


def ending(path: str, shape: tuple[int, ...]) -> object:
    """A name without its first step, such as ``model.`` or ``bert.``, which the files of a model without a head do not have."""
    first, _, rest = path.partition(".")
    return (rest if first.isalpha() and "." in rest and not rest[0].isdigit() else path), shape


def by_shape(path: str, shape: tuple[int, ...]) -> object:  # noqa: ARG001
    """A shape, in whatever order of axes, without those of one element."""
    return tuple(sorted(axis for axis in shape if axis != 1))


def matched_experts(here: dict[str, tuple[int, ...]], there: dict[str, tuple[int, ...]]) -> int:
    """Takes out the tensors that hold all experts of a layer, where the file has those of each, or gates apart: the same numbers."""
    ours = {path: shape for path, shape in here.items() if is_of_experts(path)}
    theirs = {path: shape for path, shape in there.items() if is_of_experts(path)}
    if not ours or sum(map(prod, ours.values())) != sum(map(prod, theirs.values())):
        return 0
    for path in ours:
        del here[path]
    for path in theirs:
        del there[path]
    return len(theirs)


def is_of_experts(path: str) -> bool:
    return "experts" in path or "_exps." in path
