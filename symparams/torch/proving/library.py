"""As much of PyTorch as is asked for: what its modules and tensors say, and its classes by name."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
    from typing import Protocol

    class Live(Protocol):
        """A tensor of PyTorch."""

        shape: Iterable[int]
        requires_grad: bool

        def numel(self) -> int: ...

    class Module(Protocol):
        """A module of PyTorch."""

        def named_parameters(self) -> Iterable[tuple[str, Live]]: ...
        def named_buffers(self) -> Iterable[tuple[str, Live]]: ...
        def initialize_parameters(self, tensor: object) -> None: ...

    class Library(Protocol):
        """PyTorch."""

        __version__: str
        nn: object

        def device(self, name: str) -> AbstractContextManager[object]: ...
        def empty(self, shape: object) -> object: ...


def class_of(torch: Library, name: str) -> Callable[..., Module]:
    """A class of ``torch.nn``."""
    found: Callable[..., Module] = getattr(torch.nn, name)
    return found
