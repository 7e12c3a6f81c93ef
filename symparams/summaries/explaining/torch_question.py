"""The question behind one row of a PyTorch table, with what the table shows around it."""

from __future__ import annotations

from math import prod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from ..text.cells import Shape

FEW_CHANNELS = (1, 3, 2, 4)
IMAGES = (1, 3)
NEAREST, ELSEWHERE, FEW, ROUND, NOWHERE = 0.0, 1.0, 1.5, 2.5, 5.0  # the costs of a width of the input, by where the table shows it
LEAST_AXES = 3  # of an image or a sequence with its batch
ROUND_BY = 16  # which divides most widths
WIDEST_ROUND = 16_384
UNTOLD_BIAS = 1.0  # no bias, where none of the next rows is a reason for that
BIAS_BEFORE_NORM = 2.0


class TorchQuestion:
    """Which module of this class has ``params``? ``reads`` and ``gives`` are its input and its output, None where unknown.

    ``stated`` is true where the table shows the input. ``kernel`` and ``groups`` are from their columns, ``weights`` are the
    tensors that a verbose table lists below the row, ``widths`` those of all rows, and ``normalized`` is true where a
    normalization of the same channels follows, so that a bias would be of no use.
    """

    def __init__(
        self,
        params: int,
        reads: Shape | None,
        gives: Shape | None,
        *,
        stated: bool,
        kernel: Shape | None = None,
        groups: int | None = None,
        weights: dict[str, int] | None = None,
        widths: Collection[int] = (),
        normalized: bool = False,
        first: bool = False,
    ) -> None:
        self.params, self.reads, self.gives, self.stated = params, reads, gives, stated
        self.kernel, self.groups, self.weights = kernel, groups, weights or {}
        self.widths, self.normalized, self.first = widths, normalized, first

    def without_input(self) -> TorchQuestion:
        """The same question where the row before is not what the row reads."""
        return TorchQuestion(
            self.params, None, self.gives, stated=False, kernel=self.kernel, groups=self.groups, weights=self.weights,
            widths=self.widths, normalized=self.normalized, first=self.first,
        )  # fmt: skip

    def with_params(self, params: int) -> TorchQuestion:
        """The same question about a part of the number."""
        return TorchQuestion(
            params, self.reads, self.gives, stated=self.stated, kernel=self.kernel, groups=self.groups,
            widths=self.widths, normalized=self.normalized, first=self.first,
        )  # fmt: skip

    def flattened(self) -> TorchQuestion:
        """The same question about a layer that takes all axes of its input as one."""
        sizes = [size for size in (self.reads or ())[1:] if size]
        reads = (None, prod(sizes)) if sizes else self.reads
        return TorchQuestion(self.params, reads, self.gives, stated=self.stated, widths=self.widths, first=self.first)

    def with_channels_first(self) -> TorchQuestion | None:
        """The same question where the shapes have the channels last, as other frameworks allow; None without both shapes."""
        if self.reads is None or self.gives is None or len(self.reads) < LEAST_AXES or len(self.gives) < LEAST_AXES:
            return None
        reads, gives = ((shape[0], shape[-1], *shape[1:-1]) for shape in (self.reads, self.gives))
        return TorchQuestion(
            self.params, reads, gives, stated=self.stated, kernel=self.kernel, groups=self.groups, weights=self.weights,
            widths=self.widths, normalized=self.normalized, first=self.first,
        )  # fmt: skip

    def cost_of_width(self, size: int) -> float:
        """How unlikely an input of this width is, where the table does not show it."""
        if (self.first and size in IMAGES) or (self.reads is not None and size in self.reads):
            return NEAREST
        if size in self.widths and not self.first:
            return ELSEWHERE
        return FEW if size in FEW_CHANNELS else ROUND if size % ROUND_BY == 0 and size <= WIDEST_ROUND else NOWHERE

    def cost_of_bias(self, bias: bool) -> float:
        """How unlikely a bias, or the lack of one, is."""
        return (BIAS_BEFORE_NORM if bias else 0.0) if self.normalized else (0.0 if bias else UNTOLD_BIAS)
