"""A row of the table: one class of ``torch.nn``.

A row has the sizes of our layer for the arguments, and the buffers of the class; the signatures are PyTorch's own. The Python
call and the reader of live modules use the same row.
"""

from __future__ import annotations

from ..core.catalogue import ALWAYS
from ..core.frozen import Frozen
from ..core.signatures import on_or_off
from ..core.sizes import size
from ..errors import ArgumentError, SettingError, ShapeError, either

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
        """A module of PyTorch's own as its row sees it during the build: its arguments, and methods to add layers and buffers.

        Attributes that are set on it are registered as on every module.
        """

        _row: ClassVar[Row]
        _arguments: Arguments
        _given: set[str]  # the arguments that a user wrote
        _closed: str  # why its parameters cannot be listed, if they cannot

        def _hold(self, layer: Layer, convention: Convention, because: dict[str, str], name: str = "", copies: Dim = 1) -> None:
            """Adds a layer of ours, with its parameters as PyTorch stores them."""

        def _keep(self, name: str, shape: Shape | None) -> None:
            """Adds a buffer, or None for one that is left out."""

        def requires_grad_(self, requires_grad: bool = True) -> object:
            """Sets whether its parameters are trained."""

        def __setattr__(self, name: str, value: object) -> None: ...


class Lazy(Frozen):
    """The class that a Lazy class becomes, the argument that it lacks, and the argument's value for an input shape."""

    becomes: str
    argument: str
    width: Callable[[Arguments, Shape], Dim]


class Row(Frozen):
    """One class of ``torch.nn``; :func:`row` explains the fields."""

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

    ``entry`` is the class in the catalogue, if it is one of our layers; ``sizes`` gives the fields of that layer for the
    arguments. ``check`` refuses wrong arguments. ``buffers`` has the shape of each buffer, None for one that is left out.
    A module made of modules has its own ``build``. ``absent`` names the parameters that are None when an argument leaves them
    out. ``lazy`` is for a class that waits for its input, and ``methods`` are its methods in addition to those of every module.
    """
    if name in TABLE:
        raise ArgumentError(f"the table already has {name}")
    TABLE[name] = Row(
        name=name, entry=entry, sizes=sizes, check=check, buffers=buffers, build=build or standard_build,
        absent=tuple(absent.split()), lazy=lazy, methods=dict(methods or {}),
    )  # fmt: skip


def standard_build(module: Building) -> None:
    """The build of every row without one of its own: sizes, settings, buffers."""
    row, a = module._row, module._arguments
    if row.entry is not None:
        sizes = row.sizes(a)
        settings, because = decided_settings(row.entry, module, sizes)
        module._hold(row.entry.layer(**{**sizes, **settings}), row.entry.convention, because)
    for name, shape in row.buffers(a).items():
        module._keep(name, shape)


def decided_settings(entry: Entry, module: Building, sizes: Fields) -> tuple[Fields, dict[str, str]]:
    """The fields that an entry sets for the arguments of a module, and the reasons."""
    options = entry.decided(module._arguments)
    settings = {field: option.of(sizes)[field] for field, option in options.items()}
    return settings, {field: setting_reason(option, module) for field, option in options.items()}


def setting_reason(option: Option, module: Building) -> str:
    """Why a setting has its value, with a remark where the value is the default."""
    by_default = option.argument != ALWAYS and option.argument not in module._given
    return f"{option.because} ({option.argument}={option.value} is its default)" if by_default else option.because


# ---------------------------------------------------------------- checks
def sizes_check(*arguments: str, least: int = 1) -> Callable[[Arguments], None]:
    """The check that these arguments are sizes."""

    def check(a: Arguments) -> None:
        for argument in arguments:
            a[argument] = size(a[argument], f"{a['class_name']}: {argument}", least)

    return check


def set_switches(a: Arguments, defaults: Mapping[str, object]) -> None:
    """Makes every argument with a bool as its default a bool, and refuses a misspelt ``false``."""
    for argument, default in defaults.items():
        if isinstance(default, bool):
            a[argument] = on_or_off(a[argument], f"{a['class_name']}: {argument}")


def refusal(a: Mapping[str, object], argument: str, rule: str) -> SettingError:
    """The error for a value that an argument does not accept."""
    return SettingError(f"{a['class_name']}: {argument} {rule}, not {a[argument]!r}")


def check_choice(a: Mapping[str, object], argument: str, values: tuple[object, ...]) -> None:
    """Raises :class:`SettingError` for a value other than these."""
    if a[argument] not in values:
        raise refusal(a, argument, f"must be {either(map(repr, values))}")


def check_probability(a: Mapping[str, object], argument: str) -> None:
    """Raises :class:`SettingError` for a value that is not a number from 0 to 1."""
    value = a[argument]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise refusal(a, argument, "must be a number from 0 to 1")


def set_axis_sizes(a: Arguments, argument: str, rank: int, least: int = 1, one_for_all: bool = False) -> None:
    """Sets an argument to one size per axis: ``3`` or ``(3, 3)``, and with ``one_for_all`` also ``(3,)``.

    PyTorch accepts any other number of sizes here, and refuses it when the module is called.
    """
    value = a[argument]
    values = tuple(value) if isinstance(value, tuple | list) else (value,)
    if len(values) == 1 and (one_for_all or not isinstance(value, tuple | list)):
        values *= rank
    if len(values) != rank:
        raise refusal(a, argument, f"must be one size or a tuple of length {rank}")
    a[argument] = tuple(size(each, f"{a['class_name']}: {argument}", least) for each in values)


def channel_size(a: Arguments, shape: Shape, ranks: tuple[int, ...], unbatched: int = 0) -> Dim:
    """The channels of an input: its second axis, or its first without a batch."""
    if len(shape) not in ranks:
        raise ShapeError(f"{a['class_name']} takes an input of {either(ranks)} axes, not one of shape {shape}")
    return shape[0] if len(shape) == unbatched else shape[1]
