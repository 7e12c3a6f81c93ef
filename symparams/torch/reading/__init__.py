"""Modules from PyTorch: ``from_torch`` reads a live module, a state dict or a ``.safetensors`` file, without importing PyTorch."""

from __future__ import annotations

import os

from ..._startup.boundary import entrance
from ...errors import LetterError, TextError, brief
from ..module import Module
from .torch_model import TorchModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias, TypeGuard

    from ...core.letters_for_numbers import Letters
    from .live_modules import LiveModule
    from .state_dict import StateDict

    Reader: TypeAlias = Callable[[Letters | None], TorchModel]

__all__ = ["TorchModel", "from_torch"]

WAYS = "give a live nn.Module, a dict of names and shapes (or tensors), or the path of a .safetensors file"


@entrance
def from_torch(source: object, letters: Mapping[Any, object] | str | None = None, *, also: object = None) -> TorchModel:
    """The model of a live ``nn.Module``, with letters for sizes if asked for.

    ``source`` is a live module, which is read by its attributes and never run: PyTorch's own classes become formulas, a user's
    own parameters are listed with their shapes, and the total is always ``sum(p.numel() for p in parameters())``.
    It may also be a dict of names and shapes, such as ``module.state_dict()``, or the path of a ``.safetensors`` file, of the index
    of several, or of their directory, of which only the headers are read. In these, names that end like PyTorch's own buffers (``running_mean``) are buffers.

    ``letters={"d": 768}`` replaces every size that is 768 by the letter, ``{"d": "encoder.linear1.in_features"}`` the sizes at
    one place, and ``{"3*d": 2304}`` those of an expression; ``"auto"`` proposes letters. The formula is checked at these sizes by
    putting the numbers back, and the model's ``assumed`` lists what that leaves open. ``also`` is a second module of the same code
    at other sizes, which settles most of it: ``letters={"d": (768, 1024)}`` has the numbers of both.

    Raises :class:`TextError` for a source that cannot be read, :class:`ShapeError` for a parameter without a shape, and
    :class:`LetterError` for letters that are unused or do not fit together.

    >>> model = from_torch({"wte.weight": (50257, 768), "head.bias": (50257,)}, letters={"V": 50257, "d": 768})
    >>> print(model.count)
    V*d + V
    >>> model.count.at(model.values)
    38647633
    """
    read = reader_of(source)
    if letters is None:
        if also is not None:
            raise LetterError("also= is a second model for letters: give letters={'d': (768, 1024)} too")
        return read(None)
    from ...core.letters_for_numbers import Letters
    from ...core.letters_of_two import in_letters_of_two
    from ...core.letters_proved import in_letters
    from .size_arguments import follow_fused, kind_of, places_in

    collected, second = Letters(), Letters()
    in_numbers = read(collected)
    follow_fused(collected)
    if also is not None:
        both = in_numbers, reader_of(also)(second)
        return in_letters_of_two(both, places_in(letters), (collected, second), kind_of, lambda chosen: read(Letters(chosen)))
    return in_letters(in_numbers, places_in(letters), collected, kind_of, lambda chosen: read(Letters(chosen)))


def reader_of(source: object) -> Reader:
    """The reader of a source, which is called once for numbers and once for letters."""
    if isinstance(source, str | os.PathLike):
        from .checkpoints import checkpoint_shapes

        return state_reader(checkpoint_shapes(source), os.path.basename(os.path.normpath(os.fspath(source))))
    if isinstance(source, Module):
        return own_reader(source)
    if is_module(source):
        return live_reader(source)
    if has_items(source):
        return state_reader(source, "the state dict")
    raise TextError(f"from_torch cannot read {brief(source)}: {WAYS}")


def is_module(source: object) -> TypeGuard[LiveModule]:
    return hasattr(source, "_parameters") and hasattr(source, "_modules") and hasattr(source, "_buffers")


def has_items(source: object) -> TypeGuard[StateDict]:
    return hasattr(source, "items")


def live_reader(source: LiveModule) -> Reader:
    """The reader of a live module."""
    from .live_modules import Live
    from .stored_names import live_remarks

    notes: list[str] = []

    def read(letters: Letters | None) -> TorchModel:
        name = type(source).__name__
        module = Live(letters).module(source, name)
        if letters is None or not letters.chosen:  # in letters, not every tensor can be listed
            notes[:] = live_remarks(module, source)
        return TorchModel(module, name, notes)

    return read


def own_reader(module: Module) -> Reader:
    """The reader of a module of ours, which already is what it would give."""

    def read(letters: Letters | None) -> TorchModel:
        if letters is not None:
            raise LetterError(f"{type(module).__name__} is a module of symparams: put the letters in its arguments instead")
        return TorchModel(module, type(module).__name__)

    return read


def state_reader(source: StateDict, called: str) -> Reader:
    """The reader of names and shapes."""
    from .state_dict import module_of, notes_of, shapes_of

    shapes = shapes_of(source, called)
    notes = notes_of(shapes)

    def read(letters: Letters | None) -> TorchModel:
        return TorchModel(module_of(shapes, letters), called, notes)

    return read
