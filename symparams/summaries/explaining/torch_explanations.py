"""A PyTorch module that has the number of its row: built as PyTorch would build it, in words, letters and code."""

from __future__ import annotations

from functools import cache, cached_property

from ...core.sizes import symbol
from ...errors import SymparamsError
from ...torch.framework import NN
from .explanations import LayerWay
from .wording import COUNTS, several_in_words, sizes_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.formula import Formula
    from ...core.model import Part
    from ...torch.builtin import Builtin

# The arguments that are sizes, and the letters that replace them.
LETTERS = {
    "in_features": "m", "out_features": "n", "in1_features": "m_1", "in2_features": "m_2", "input_size": "m", "hidden_size": "n",
    "proj_size": "p", "num_embeddings": "V", "embedding_dim": "d", "embed_dim": "d", "in_channels": "c", "out_channels": "f",
    "kernel_size": "k", "num_features": "c", "num_channels": "c", "num_parameters": "c", "normalized_shape": "c",
}  # fmt: skip
ALIASES = {"NonDynamicallyQuantizableLinear": "Linear"}  # internal classes of PyTorch that count like another
HEADS = "num_heads"  # does not change the count, so that no table shows it
BUFFERS = ("moments",)  # fields that PyTorch does not count
UNTOLD_HEADS = "any number of heads"


def built_module(name: str, arguments: dict[str, object]) -> Builtin | None:
    """The module with these arguments; None where PyTorch would refuse them."""
    from ...torch.builtin import builtin_class

    try:
        module = builtin_class(name)(**arguments)
        int(module.count)
    except (SymparamsError, TypeError, ArithmeticError):
        return None
    return module


class TorchWay(LayerWay):
    """A module that has the number. ``arguments`` are those that were printed or found; all others are PyTorch's defaults."""

    def __init__(
        self, name: str, arguments: dict[str, object], module: Builtin, cost: float = 0, stated: bool = True, lacks: str = ""
    ) -> None:
        self.name, self.arguments, self.module, self.lacks = name, arguments, module, lacks
        self.written = True  # whether the code is that of PyTorch, not of a framework with the same formula
        super().__init__(name, tuple(part.layer for part in module.parts), cost, True, stated)

    @property
    def code(self) -> str:
        from ...core.signatures import REQUIRED
        from ...torch.signature import signature

        if not self.written:
            return ""
        given: list[str] = []
        for argument, default in signature(self.name).known.items():
            if argument == HEADS:
                given.append("num_heads=...")
            elif argument in self.arguments and self.arguments[argument] != default:
                given.append(f"{'' if default is REQUIRED else argument + '='}{self.arguments[argument]!r}")
        return f"{self.name}({', '.join(given)})"

    @property
    def framework(self) -> str:
        return NN.path if self.written else ""

    @property
    def untold(self) -> str:
        return "; ".join(filter(None, (super().untold, self.lacks)))

    @property
    def words(self) -> str:
        if HEADS in self.arguments:
            biases = [] if self.arguments.get("bias", True) else ["no bias"]
            extra = ["a learned key and value"] if self.arguments.get("add_bias_kv") else []
            return ", ".join([self.title, f"{self.arguments['embed_dim']} features", UNTOLD_HEADS, *biases, *extra])
        more = [several_in_words(len(self.cores), "layer", COUNTS)] if len(self.cores) > 1 else []
        return ", ".join(filter(None, (self.title, sizes_in_words(self.cores[0], but=BUFFERS), *more)))

    @cached_property
    def in_letters(self) -> tuple[Formula, dict[str, int]]:
        return count_in_letters(self.name, tuple(sorted(self.arguments.items()))) or (self.module.count, {})

    @property
    def in_numbers(self) -> Formula:
        return self.module.count

    def parts(self, name: str) -> list[Part]:
        mine = self.name.lower()
        return [part.but(name=name + part.name.removeprefix(mine)) for part in self.module.parts]


class NormalizedWeightWay(LayerWay):
    """A module whose weight is normalized: its own tensors, and a length for each row of the weight."""

    def __init__(self, way: TorchWay, lengths: int) -> None:
        from ...layers.parameter import Parameter

        super().__init__(
            f"{way.title} with weight normalization", (*way.cores, Parameter(shape=(lengths,))), way.cost, True, way.stated
        )
        self.lengths, self.plain = lengths, way

    @property
    def untold(self) -> str:
        more = f"the number has {several_in_words(self.lengths, 'parameter')} more than a {self.plain.title}, as weight normalization adds"
        return "; ".join(filter(None, (self.plain.untold, more)))

    @property
    def words(self) -> str:
        return self.plain.words.replace(self.plain.title, self.title, 1)


@cache
def count_in_letters(name: str, arguments: tuple[tuple[str, object], ...]) -> tuple[Formula, dict[str, int]] | None:
    """The count in letters and their sizes; None where sizes must be numbers, such as the groups of a convolution."""
    chosen: dict[str, object] = dict(arguments)
    values: dict[str, int] = {}
    for argument, letter in LETTERS.items():
        size = chosen.get(argument)
        if isinstance(size, tuple | int) and size:
            axes = size if isinstance(size, tuple) else (size,)
            letters = [f"{letter}_{place}" for place in range(1, len(axes) + 1)] if len(axes) > 1 else [letter]
            chosen[argument] = tuple(map(symbol, letters)) if isinstance(size, tuple) else symbol(letter)
            values.update(zip(letters, axes, strict=True))
    module, in_numbers = module_in_letters(name, chosen), built_module(name, dict(arguments))
    if module is None or in_numbers is None:
        return None
    used = {letter: number for letter, number in values.items() if letter in module.count.letters}
    return (module.count, used) if module.count.at(used) == int(in_numbers.count) else None


def module_in_letters(name: str, arguments: dict[str, object]) -> Builtin | None:
    """The module with letters as sizes; None where it needs numbers."""
    from ...torch.builtin import builtin_class

    try:
        return builtin_class(name)(**arguments)
    except (SymparamsError, TypeError, ArithmeticError):
        return None
