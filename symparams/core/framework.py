"""A framework as a value: everything that the rest of the library needs to know about Keras or PyTorch.

Each framework has a package, whose ``framework.py`` has the value; one line in :mod:`symparams.catalogue` lists it. The command
line, comparisons, ``identify``, errors, the readers of files and the documentation use these values. Their plain fields cost
nothing to import; anything more expensive is a function, which imports when it is called.
"""

from __future__ import annotations

from .frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import TracebackType
    from typing import Any, Protocol

    from .catalogue import Entry
    from .claim import Prover
    from .formula import Formula
    from .model import Layer

    class Watch(Protocol):
        """Watches a framework as long as it is entered, and knows then what the axes of its tensors were computed from."""

        def __enter__(self) -> object: ...
        def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
        def axes_of(self, tensor: Any, /) -> Any: ...


class Known(Frozen):
    """One class of a release."""

    name: str  # its own name, even if it was looked up by an alias
    signature: str  # its arguments, as the framework declares them
    arguments: Mapping[str, object]  # the default of each argument
    entry: Entry | None = None  # its row in the catalogue, if it has weights of its own
    composed: bool = False  # whether its arguments decide which layers it contains, so that it has no single formula
    becomes: str = ""  # the class that it turns into once it has an input

    @property
    def count(self) -> Formula | None:
        """Its count in letters with default settings; None without a single formula."""
        return None if self.entry is None else self.entry.symbolic(self.arguments).count

    @property
    def formula(self) -> str | None:
        """The same as text."""
        return None if self.count is None else str(self.count)


class Release(Frozen):
    """A version of a framework, with its classes."""

    key: str  # its name on the command line
    path: str  # the path of its classes in this library
    title: str  # its name in a sentence
    step: str  # the step that chooses it in a path that a user writes, as v1 does in v1.LSTM; empty if none is needed
    prefix: str  # written before a class to distinguish it from its namesakes: "v1.", "nn."
    has: Callable[[str], bool]  # whether it has a class of a name; called for every name in a text, so it has to be fast
    find: Callable[[str], Known]  # a class by its name or an alias; raises UnknownLayerError for any other name
    make: Callable[[str], Callable[..., object]]  # the function behind a name that is called in a text
    names: Callable[[], Iterable[str]]  # all names that find accepts, in order
    prover: Callable[[], Prover] | None = None  # proves its formulas; None where nothing of it is proved


class Composite(Frozen):
    """A class that consists of several layers, in letters."""

    path: str  # the path of the class, including that of its release
    count: Formula
    sizes: dict[str, tuple[str, ...]]  # the letters of each of its sizes
    settings: int = 0  # the number of its arguments that do not have their default


class Family(Frozen):
    """A type of model that a config names, with its defaults: its usual class, its formula, its letters, its number."""

    name: str
    class_name: str
    formula: str
    letters: Mapping[str, str]
    number: int | None


class Framework(Frozen):
    """A framework, as the code outside its package sees it."""

    # ------------------------------------------------------------ its names
    name: str  # the name of its package, with which the names of its entries begin
    title: str  # its name in a sentence
    releases: tuple[Release, ...]  # the newest first
    steps: frozenset[str]  # the steps that may come before a class in a text, including those of its releases
    examples: tuple[str, ...]  # examples of its classes in a text, for errors
    # ------------------------------------------------------------ its classes
    load: Callable[[], object]  # puts all of its classes into the catalogue
    classes: Callable[
        [], Iterable[tuple[Release, Known]]
    ]  # the classes with weights of their own, once for each release that has them
    # ------------------------------------------------------------ its models
    is_live: Callable[[object], bool]  # whether a thing is a model of the framework itself
    read: Callable[..., Any]  # makes a model of a source, given ``letters`` and, where it can, ``also``
    reader: str  # the public name of that function
    listing: Callable[[object], object]  # the answer of ``show`` for its own models; None for any other
    name_by_user: Callable[[str, str], str]  # the part of a layer's name that a user chose, from the name and the title
    holders: tuple[str, ...] = ()  # its classes with parameters, each after the first step of its module
    title_prefix: str = ""  # the beginning of the titles of its layers
    # ------------------------------------------------------------ its files, by their endings
    is_layer: Callable[[object], bool] = lambda thing: False  # whether one of its models is a single layer
    is_tensor: Callable[[object], bool] = lambda thing: False  # whether something is what its layers are called on
    function: Callable[[Sequence[str]], Callable[..., object] | None] = lambda path: None  # a function of a path, called on tensors
    endings: tuple[str, ...] = ()  # the endings that its reader reads
    refused: tuple[str, ...] = ()  # the endings that it refuses, with a reason
    holds: Callable[[str], bool] = lambda path: False  # whether a file without such an ending is one of its own, by how it begins
    knows: Callable[[str], bool] = lambda text: False  # whether a text names a model otherwise: by a known name, or as a directory
    knows_json: Callable[[str], bool] = lambda text: False  # whether a JSON text is one of its models
    near: Callable[[str], str] = lambda text: ""  # "; did you mean 'gpt2'?" for a text that is nearly a name it knows
    model_names: Callable[[], Iterable[str]] = tuple  # the names that it knows models by
    known_models: Callable[[], Any] | None = None  # the answer with the models that are known by name
    known_types: Callable[[], Any] | None = None  # the answer with the types of model that its configs name
    families: Callable[[], Iterable[Family]] | None = None  # the types of model that its configs name
    refused_families: Callable[[], Mapping[str, str]] = dict  # those that have no formula, each with the reason
    # ------------------------------------------------------------ more models for identify to search
    around: Callable[[str, Layer], Iterable[tuple[str, Layer]]] = lambda path, layer: ()  # wrappers that may be put around a class
    composites: Callable[[], Iterable[Composite]] = lambda: ()
    # ------------------------------------------------------------ the tools that print tables of its models
    printers: tuple[str, ...] = ()
    # ------------------------------------------------------------ what it alone can look into
    leaves: Callable[[object], Iterable[tuple[str, Any]]] = lambda tree: ()  # the tensors in an object of its own, by their names
    # ------------------------------------------------------------ what ``lift`` needs while a user's code builds a model of it
    watch: Callable[[bool], Watch] | None = None  # watches, with tagged sizes or plain ones, what its tensors are made of
    builder_code: tuple[str, ...] = ()  # the beginnings of the names of its modules in which builders of whole models are
    layer_code: tuple[str, ...] = ()  # the beginnings of the names of its modules in which layers compute their sizes

    @property
    def file_endings(self) -> tuple[str, ...]:
        """The endings of all files that its reader knows, including the refused ones."""
        return (*self.endings, *self.refused)

    def owns(self, entry: Entry) -> bool:
        """Whether an entry of the catalogue belongs to this framework."""
        return entry.name.partition(".")[0] == self.name

    def named(self, steps: Sequence[str]) -> tuple[Release, ...]:
        """The releases that a path names: one, or none."""
        return tuple(release for release in self.releases if release.step and release.step in steps)

    def chosen(self, steps: Sequence[str]) -> tuple[Release, ...]:
        """The releases that a path may mean: the one that it names, or all of them."""
        return self.named(steps) or self.releases
