"""A framework is a value: all that is asked of Keras or of PyTorch by those who are neither.

Each has a package of its own, its door, whose ``framework.py`` has the value; one line in :mod:`symparams.catalogue` lists it.
From there the command line, comparisons, ``identify``, errors, the readers of files and the documentation take what they need.
What a value says at once costs nothing to import, and what costs more is a function that imports when it is called.
"""

from __future__ import annotations

from .frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from .catalogue import Entry
    from .formula import Formula
    from .model import Layer


class Known(Frozen):
    """One class of a release."""

    name: str  # its own, where it was looked up by an alias
    signature: str  # its arguments, as the framework declares them
    arguments: Mapping[str, object]  # the default of each argument
    entry: Entry | None = None  # its row in the catalogue, where it has weights of its own
    composed: bool = False  # whether its arguments decide which layers it is made of, so that it has no single formula
    becomes: str = ""  # the class that it turns into once it has an input

    @property
    def count(self) -> Formula | None:
        """Its count in letters, by default; None where it has no single formula."""
        return None if self.entry is None else self.entry.symbolic(self.arguments).count

    @property
    def formula(self) -> str | None:
        """The same as text."""
        return None if self.count is None else str(self.count)


class Release(Frozen):
    """A version of a framework, with the classes that it has."""

    key: str  # what the command line calls it
    path: str  # where its classes are in this library
    title: str  # its name in a sentence
    step: str  # what chooses it in the path that a user writes, as v1 does in v1.LSTM; empty where nothing has to
    prefix: str  # what is written before a class to tell it from its namesakes: "v1.", "nn."
    has: Callable[[str], bool]  # whether it has a class of that name; asked of the names in every text, so it has to be fast
    find: Callable[[str], Known]  # a class by its name or an alias; raises UnknownLayerError for any other name
    make: Callable[[str], Callable[..., object]]  # what a call of a name in a text calls
    names: Callable[[], Iterable[str]]  # all names that find knows, in order


class Composite(Frozen):
    """A class that is made of several layers, in letters."""

    path: str  # of the class, with that of its release
    count: Formula
    sizes: dict[str, tuple[str, ...]]  # the letters of each of its sizes
    settings: int = 0  # how many of its arguments have another value than their default


class Framework(Frozen):
    """A framework, as everything outside its door sees it."""

    # ------------------------------------------------------------ what it is called
    name: str  # of the package that is its door; the names of its entries begin with it
    title: str  # its name in a sentence
    releases: tuple[Release, ...]  # the newest first
    steps: frozenset[str]  # the steps that may stand before a class in a text, those of its releases as well
    examples: tuple[str, ...]  # how its classes are written in a text, as an error shows it
    # ------------------------------------------------------------ its classes
    load: Callable[[], object]  # puts all of its classes into the catalogue
    classes: Callable[[], Iterable[tuple[Release, Known]]]  # those with weights of their own, once for each release that has them
    # ------------------------------------------------------------ its models
    is_live: Callable[[object], bool]  # whether a thing is a model of the framework itself
    read: Callable[..., Any]  # makes a model of a source, given ``letters``
    reader: str  # the public name of that function
    listing: Callable[[object], object]  # the answer that ``show`` prints of a model of its door; None for any other
    name_by_user: Callable[[str, str], str]  # of a layer's name and title, the part of the name that is no automatic one
    title_prefix: str = ""  # how the titles of its layers begin
    # ------------------------------------------------------------ its files, by how their names end
    endings: tuple[str, ...] = ()  # those that its reader reads
    refused: tuple[str, ...] = ()  # those that it refuses, and says why
    # ------------------------------------------------------------ what identify looks through beside its classes
    around: Callable[[str, Layer], Iterable[tuple[str, Layer]]] = lambda path, layer: ()  # what may be put around a class
    composites: Callable[[], Iterable[Composite]] = lambda: ()
    # ------------------------------------------------------------ the tools that print tables of its models
    printers: tuple[str, ...] = ()

    @property
    def file_endings(self) -> tuple[str, ...]:
        """How the names of all files end that its reader knows, the refused as well."""
        return (*self.endings, *self.refused)

    def owns(self, entry: Entry) -> bool:
        """Whether an entry of the catalogue is its own."""
        return entry.name.partition(".")[0] == self.name

    def named(self, steps: Sequence[str]) -> tuple[Release, ...]:
        """The releases that a path names: one, or none."""
        return tuple(release for release in self.releases if release.step and release.step in steps)

    def chosen(self, steps: Sequence[str]) -> tuple[Release, ...]:
        """The releases that a path may mean: the one that it names, or all."""
        return self.named(steps) or self.releases
