"""The modules of the frameworks, which :mod:`symparams.catalogue` lists; each is imported when it is first asked for."""

from __future__ import annotations

from .._startup.lazy import module_of
from ..errors import brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Protocol, TypeVar

    class Door(Protocol):
        """The part of :class:`~symparams.core.framework.Framework` that the core itself needs."""

        @property
        def reader(self) -> str: ...

        @property
        def holders(self) -> tuple[str, ...]: ...

        @property
        def file_endings(self) -> tuple[str, ...]: ...

        @property
        def knows(self) -> Callable[[str], bool]: ...

        @property
        def is_live(self) -> Callable[[object], bool]: ...

    AnyDoor = TypeVar("AnyDoor", bound=Door)

DOORS: dict[str, str] = {}  # the name of each framework, and the module whose FRAMEWORK is its value


def listed_frameworks() -> Iterator[Door]:
    """The frameworks, in the order in which a bare name is looked up in them."""
    for module in DOORS.values():
        yield module_of(module).FRAMEWORK


def framework_of_path(text: str, among: Iterable[AnyDoor]) -> AnyDoor | None:
    """The framework that reads the file at a path, the one with the longest matching ending; None for any other text."""
    ending = text.rpartition(".")[2]
    if "." not in text or not ending.isalnum():  # most often a model as a text, for which no framework has to be imported
        return None
    fitting = [(len(ending), door) for door in among for ending in door.file_endings if text.lower().endswith(ending)]
    return max(fitting, key=lambda each: each[0])[1] if fitting and "\n" not in text else None


def unread(thing: object) -> str:
    """A value given in place of a model, in words, with the function that reads it: a live model, a file, or a pasted table."""
    if isinstance(thing, type):
        return f"the class {thing.__name__}; write {thing.__name__}(...), with its arguments"
    if isinstance(thing, str) and thing.endswith((")", ")]")) and thing.partition("(")[0].replace(".", "").isidentifier():
        return f"the text {brief(thing)}; write it without quotes, as Python: only the command line reads a model from text"
    reader = reader_of(thing)
    return brief(thing) + (f": read it first, with {reader}(...)" if reader else "")


def reader_of(thing: object) -> str:
    """The name of the function that reads a thing; an empty string if none does."""
    if isinstance(thing, type):
        return ""
    if not isinstance(thing, str):
        return next((door.reader for door in listed_frameworks() if door.is_live(thing)), "")
    if "\n" in thing:
        return "from_summary"
    named = framework_of_path(thing, listed_frameworks()) or next((door for door in listed_frameworks() if door.knows(thing)), None)
    return (named or next(listed_frameworks())).reader  # a text that is neither a path nor a name is JSON
