"""What a row of the table is: one class of ``torch.nn``.

A row says how the arguments become our layer's sizes, and which buffers the class has; the signatures are PyTorch's own.
The call in Python and a reader of live modules use the same row.
"""

from __future__ import annotations

from ..core.catalogue import ALWAYS
from ..core.frozen import Frozen
from ..core.signatures import switch
from ..core.sizes import size
from ..errors import ArgumentError, SettingError, ShapeError, listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import ClassVar, Protocol, TypeAlias

    from ..core.catalogue import Entry, Option
    from ..core.conventions import Convention
    from ..core.model import Layer
    from ..core.signatures import Arguments
    from ..core.sizes import Dim, Shape

    Buffers: TypeAlias = dict[str, Shape | None]
    Fields: TypeAlias = dict[str, Dim | Shape]  # of a layer of ours, by name

    class Building(Protocol):
        """A module of PyTorch's own as its row sees it while it builds it: arguments, and where to put what they make.

        What is set on it is registered as on every module.
        """

        _row: ClassVar[Row]
        _arguments: Arguments
        _given: set[str]  # the arguments that a user wrote
        _closed: str  # why its parameters cannot be listed

        def _hold(self, layer: Layer, convention: Convention, because: dict[str, str], name: str = "", copies: Dim = 1) -> None:
            """Puts a layer of ours in, and its parameters as PyTorch stores them."""

        def _keep(self, name: str, shape: Shape | None) -> None:
            """Puts a buffer in, or the name of one that is not there."""

        def requires_grad_(self, requires_grad: bool = True) -> object:
            """Sets whether its parameters are trained."""

        def __setattr__(self, name: str, value: object) -> None: ...


class Lazy(Frozen):
    """What a Lazy class becomes: the class, the argument that it lacks, and how an input's shape tells it."""

    becomes: str
    argument: str
    width: Callable[[Arguments, Shape], Dim]


class Row(Frozen):
    """One class of ``torch.nn``; :func:`row` says what each part is."""

    name: str
    entry: Entry | None
    sizes: Callable[[Arguments], Fields]
    check: Callable[[Arguments], None]
    buffers: Callable[[Arguments], Buffers]
    build: Callable[[Building], None]
    absent: tuple[str, ...]
    lazy: Lazy | None
    methods: dict[str, object]


TABLE: dict[str, Row] = {}


def row(
    name: str,
    *,
    entry: Entry | None = None,
    sizes: Callable[[Arguments], Fields] = lambda a: {},
    check: Callable[[Arguments], None] = lambda a: None,
    buffers: Callable[[Arguments], Buffers] = lambda a: {},
    build: Callable[[Building], None] | None = None,
    absent: str = "",
    lazy: Lazy | None = None,
    methods: Mapping[str, object] | None = None,
) -> None:
    """Adds a class to the table.

    ``entry`` is the class in the catalogue, when it is one of our layers; ``sizes`` gives that layer's fields out of the
    arguments. ``check`` refuses arguments. ``buffers`` has the shape of each buffer, None for one that is not there.
    A module made of modules brings its own ``build``. ``absent`` names the parameters that are None when an argument leaves
    them out. ``lazy`` is what a class becomes that waits for its input, ``methods`` what it has beside those of every module.
    """
    if name in TABLE:
        raise ArgumentError(f"the table has {name} already")
    TABLE[name] = Row(
        name=name, entry=entry, sizes=sizes, check=check, buffers=buffers, build=build or standard,
        absent=tuple(absent.split()), lazy=lazy, methods=dict(methods or {}),
    )  # fmt: skip


def standard(module: Building) -> None:
    """The build of every row that is one of our layers, or none: sizes, settings, buffers."""
    its, a = module._row, module._arguments
    if its.entry is not None:
        sizes = its.sizes(a)
        settings, because = decided(its.entry, module, sizes)
        module._hold(its.entry.layer(**{**sizes, **settings}), its.entry.convention, because)
    for name, shape in its.buffers(a).items():
        module._keep(name, shape)


def decided(entry: Entry, module: Building, sizes: Fields) -> tuple[Fields, dict[str, str]]:
    """The fields that an entry sets for a module's arguments, and why."""
    options = entry.decided(module._arguments)
    settings = {field: option.of(sizes)[field] for field, option in options.items()}
    return settings, {field: reason(option, module) for field, option in options.items()}


def reason(option: Option, module: Building) -> str:
    """Why a setting has its value, and whether it is a default that nobody wrote."""
    by_default = option.argument != ALWAYS and option.argument not in module._given
    return f"{option.because} ({option.argument}={option.value} is its default)" if by_default else option.because


# ---------------------------------------------------------------- checks
def whole(*arguments: str, least: int = 1) -> Callable[[Arguments], None]:
    """A check that these arguments are sizes."""

    def check(a: Arguments) -> None:
        for argument in arguments:
            a[argument] = size(a[argument], f"{a['class_name']}: {argument}", least)

    return check


def switches(a: Arguments, defaults: Mapping[str, object]) -> None:
    """Makes every argument that is on or off a bool; a misspelt ``false`` is no truth."""
    for argument, default in defaults.items():
        if isinstance(default, bool):
            a[argument] = switch(a[argument], f"{a['class_name']}: {argument}")


def refuse(a: Mapping[str, object], argument: str, rule: str) -> SettingError:
    """The error for a value that an argument does not take."""
    return SettingError(f"{a['class_name']}: {argument} {rule}, not {a[argument]!r}")


def one_of(a: Mapping[str, object], argument: str, values: tuple[object, ...]) -> None:
    """Raises :class:`SettingError` for a value that is none of these."""
    if a[argument] not in values:
        raise refuse(a, argument, f"must be one of {listed(map(repr, values))}")


def probability(a: Mapping[str, object], argument: str) -> None:
    """Raises :class:`SettingError` for what is no number from 0 to 1."""
    value = a[argument]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise refuse(a, argument, "must be a number from 0 to 1")


def axis_sizes(a: Arguments, argument: str, rank: int, least: int = 1, one_for_all: bool = False) -> None:
    """Makes an argument one size per axis: ``3`` or ``(3, 3)``; where ``one_for_all``, ``(3,)`` too.

    Any other number of them PyTorch lets pass, and refuses when the module is called.
    """
    value = a[argument]
    values = tuple(value) if isinstance(value, tuple | list) else (value,)
    if len(values) == 1 and (one_for_all or not isinstance(value, tuple | list)):
        values *= rank
    if len(values) != rank:
        raise refuse(a, argument, f"must be one size, or {rank} of them")
    a[argument] = tuple(size(each, f"{a['class_name']}: {argument}", least) for each in values)


def channel(a: Arguments, shape: Shape, ranks: tuple[int, ...], unbatched: int = 0) -> Dim:
    """The channels of an input: its second axis, or its first where it has no batch."""
    if len(shape) not in ranks:
        raise ShapeError(f"{a['class_name']} takes an input with {listed(ranks)} axes, not one of shape {shape}")
    return shape[0] if len(shape) == unbatched else shape[1]
