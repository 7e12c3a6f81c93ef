"""The result of ``from_torch``: a module that was read, its counts and its tensors."""

from __future__ import annotations

from ...core.assumptions import with_assumptions
from ...core.conventions import Tensor
from ...core.frozen import Frozen
from ...core.model import Countable
from ...core.read_model import ReadModel
from ...tables.answer import Shown
from ..summary import TorchSummary, class_name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.formula import Formula
    from ...core.model import Part
    from ...core.tree import Node
    from ...tables.answer import Table
    from ..module import Module
    from ..tensors import Parameter
    from ..tensors import Tensor as Buffer


class ReadModule(Frozen, Countable):
    """One module of a model: its path, its class, and the count of its parameters with those of the modules inside it.

    The output of a module is unknown, so ``output_shape`` is None.
    """

    name: str
    class_name: str
    module: Module

    @property
    def node(self) -> Node:
        return self.module.node

    @property
    def parts(self) -> list[Part]:
        return self.module.parts

    @property
    def output_shape(self) -> None:
        """None, since it is unknown."""


class TorchModel(ReadModel, Shown):
    """A module of PyTorch that was read. ``module`` is its equivalent in ``symparams.torch.nn``.

    ``values`` has the number of each letter, ``replaced`` the letter of each place, ``notes`` the remarks about its source, and
    ``assumed`` what the numbers of the letters do not settle.
    """

    def __init__(self, module: Module, name: str, notes: Sequence[str] = ()) -> None:
        super().__init__(name, notes)
        self.module = module

    @property
    def node(self) -> Node:
        return self.module.node

    @property
    def buffer_count(self) -> Formula:
        return self.module.buffer_count

    @property
    def layers(self) -> list[ReadModule]:
        """The modules inside it, each once, by their paths; the module itself if it has none inside."""
        inside = list(self.module.named_modules())
        return [
            ReadModule(name=path or self.name, class_name=class_name_of(module), module=module)
            for path, module in inside[1:] or inside
        ]

    @property
    def innermost(self) -> list[ReadModule]:
        """The modules with parameters of their own, or with no modules inside."""
        return [each for each in self.layers if each.module._parameters or not each.module._modules]

    def named_parameters(self, remove_duplicate: bool = True) -> Iterator[tuple[str, Parameter]]:
        """Every parameter with its name, in PyTorch's order; a tied one under its first name."""
        return self.module.named_parameters(remove_duplicate=remove_duplicate)

    def named_buffers(self) -> Iterator[tuple[str, Buffer]]:
        """Every buffer with its name, in PyTorch's order."""
        return self.module.named_buffers()

    def buffers(self) -> Iterator[Buffer]:
        """Every buffer once."""
        return self.module.buffers()

    def tensors(self) -> list[Tensor]:
        """Every use of every parameter, in PyTorch's order; ``tied_to`` is the path of the first use of a tied one."""
        first: dict[int, str] = {}
        found = []
        for path, parameter in self.named_parameters(remove_duplicate=False):
            tied_to = first.setdefault(id(parameter), path)
            found.append(
                Tensor(
                    path=path,
                    shape=parameter.shape,
                    trainable=parameter.requires_grad,
                    role=path.rpartition(".")[2],
                    tied_to=tied_to if tied_to != path else None,
                )
            )
        return found

    def summary(self) -> TorchSummary:
        """The table of its layers; ``print`` shows it."""
        return TorchSummary(self.module, self.name, self.notes, self.assumed)

    # ------------------------------------------------------------ for the questions about a model
    @property
    def parts(self) -> list[Part]:
        return self.module.parts

    def _summary(self) -> TorchSummary:
        return self.summary()

    def _answer(self) -> Table:
        from ...tables.of_models import model_table

        return model_table(self)

    def __str__(self) -> str:
        return with_assumptions(repr(self), self.assumed)
