"""A row of the table: one Keras class, for every version that has it.

A row has the axes of the layer's input, the sizes of our layer for these axes and the arguments, and the output shape; the
signatures are Keras's own. The Python call and the reader of configs use the same row.
"""

from __future__ import annotations

from ..core.catalogue import ALWAYS
from ..core.frozen import Frozen
from ..core.sizes import size
from ..errors import ArgumentError, SettingError, ShapeError, brief
from .adapter_arguments import adapter_reasons, is_adapted
from .axes import Axes
from .built import Buildable, Built

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from typing import Any, Self, TypeGuard

    from ..core.catalogue import Entry, Option
    from ..core.conventions import Convention
    from ..core.model import Layer
    from ..core.sizes import OpenShape
    from .built import Inputs, Shapes
    from .signature import Arguments


class Row(Frozen):
    """One Keras class; :func:`row` explains the fields."""

    name: str
    takes: Callable[[Arguments], str]
    entry: Entry | None
    sizes: Callable[[Arguments, Any], Mapping[str, object]]
    gives: Callable[[Arguments, Any], Shapes]
    check: Callable[[Arguments], None]
    build: Callable[[Arguments, Any], Built] | None
    default_input: OpenShape | None
    own_input: Callable[[Arguments, set[str]], Shapes] | None
    reads: tuple[str, ...]
    states: Callable[[str, Arguments, list[OpenShape]], None] | bool
    masks: bool
    source: Callable[[Arguments], OpenShape] | None
    stored: Callable[[Arguments], Convention] | None
    also: tuple[str, ...]
    also_before: tuple[str, ...]
    called: Callable[[Arguments, Any, Mapping[str, object]], Shapes] | None

    def convention(self, arguments: Arguments) -> Convention:
        """How the class stores its weights under these arguments."""
        assert self.entry is not None
        return self.entry.convention if self.stored is None else self.stored(arguments)

    @property
    def keeps_shape(self) -> bool:
        """Whether its output always has the shape of its input."""
        return self.gives is unchanged_shape and self.build is None and not self.reads


TABLE: dict[str, Row] = {}
INCOMPLETE: dict[str, str] = {}  # what a class still lacks that rows/ names, by its name


class RowLayer(Buildable):
    """A layer as the rows of wrappers and the adapters see it: its row, its arguments, and its build for its input.

    Its only subclass is :class:`~symparams.keras.layer.KerasLayer`, with those derived from that.
    """

    row: Row
    arguments: Arguments
    built_as: Built | None
    adapted: tuple[str, ...]  # the fields that were set after it was built, in order: LoRA, a quantization

    @property
    def _current(self) -> Built:
        """Its build for its input; an error where it has none."""
        raise NotImplementedError

    @property
    def core(self) -> Layer | None:
        """Our own layer with its sizes; None where it has no weights, or several layers inside."""
        return self._current.core

    def renamed(self, name: str) -> Self:
        """An unbuilt copy of the layer under another name."""
        raise NotImplementedError

    def sibling(self, class_name: str, **arguments: object) -> RowLayer:
        """A layer of another class in the same Keras version."""
        raise NotImplementedError

    def own_input(self, taken: set[str]) -> Shapes:
        """The input in letters for a layer that has none, without the letters that are taken."""
        raise NotImplementedError

    def check_states(self, given: list[OpenShape]) -> None:
        """Refuses states that do not fit."""
        if callable(self.row.states):
            self.row.states(self.name, self.arguments, given)


def is_layer(value: object) -> TypeGuard[RowLayer]:
    """Whether an argument is a layer of any Keras version."""
    return isinstance(value, RowLayer)


def unchanged_shape(_: Arguments, x: Axes) -> OpenShape:
    """The output shape of a layer that does not change its input's."""
    return x.shape


def row(
    name: str,
    *,
    takes: str | Callable[[Arguments], str] = "batch ...",
    entry: Entry | None = None,
    sizes: Callable[[Arguments, Any], Mapping[str, object]] = lambda a, x: {},
    gives: Callable[[Arguments, Any], Shapes] = unchanged_shape,
    check: Callable[[Arguments], None] = lambda a: None,
    build: Callable[[Arguments, Any], Built] | None = None,
    default_input: OpenShape | None = None,
    own_input: Callable[[Arguments, set[str]], Shapes] | None = None,
    reads: str = "",
    states: Callable[[str, Arguments, list[OpenShape]], None] | bool = False,
    masks: bool = False,
    source: Callable[[Arguments], OpenShape] | None = None,
    stored: Callable[[Arguments], Convention] | None = None,
    also: tuple[str, ...] = (),
    also_before: tuple[str, ...] = (),
    called: Callable[[Arguments, Any, Mapping[str, object]], Shapes] | None = None,
) -> None:
    """Adds a class to the table.

    ``takes`` names the axes of the input, and thereby checks its rank. ``entry`` is the class in the catalogue, if it has
    weights. ``sizes`` gives the fields of our layer for the arguments and the axes (``Axes``), ``gives`` the output shape or a
    list of shapes. ``check`` refuses wrong arguments when the layer is made. A wrapper has its own ``build``.
    ``reads`` names the arguments of the call for a layer of several inputs, ``"inputs"`` or ``"query value key"``: then
    ``sizes``, ``gives`` and ``build`` receive the list of their shapes, and ``takes`` is ignored.
    ``default_input`` is the input shape that a first layer assumes, ``own_input`` the input in letters where ``takes`` does not
    determine it. ``states`` means that the layer takes state tensors with its input; it may be the function that checks their
    shapes. ``masks`` means that it takes a ``mask``.
    ``source`` is the output shape of a layer without an input; ``stored`` the convention, where it depends on the arguments
    (the version is one of them). ``also`` are arguments that Keras 3 accepts in addition to its signature, and ``also_before``
    those that Keras 2 accepts. ``called`` gives the output shapes of a call whose options change them, such as
    ``return_attention_scores=True``.
    """
    if name in TABLE:
        raise ArgumentError(f"the table already has {name}")
    TABLE[name] = Row(
        name=name, takes=takes if callable(takes) else lambda a: takes, entry=entry, sizes=sizes, gives=gives,
        check=check, build=build, default_input=default_input, own_input=own_input, reads=tuple(reads.split()), states=states, masks=masks, source=source, stored=stored, also=also, also_before=also_before, called=called,
    )  # fmt: skip


# ---------------------------------------------------------------- the build of a row
def standard_build(kind: Row, a: Arguments, given: Container[str], shape: Inputs) -> Built:
    """The build of every row without one of its own: axes, sizes, settings, output.

    ``given`` are the names of the arguments that the user wrote.
    """
    name = a["class_name"]
    if kind.reads and not isinstance(shape, list):
        raise ShapeError(f"{name} takes several tensors, which a wrapper cannot pass to it; call it directly")
    x: Any = Axes(name, kind.takes(a), shape) if isinstance(shape, tuple) else shape
    if kind.entry is None:
        return Built(output=kind.gives(a, x))
    decided = kind.entry.decided(a)
    sizes = kind.sizes(a, x)
    values = {field: option.of(sizes)[field] for field, option in decided.items()}
    because = {field: setting_reason(option, given) for field, option in decided.items()}
    core = kind.entry.layer(**{name: value for name, value in sizes.items() if name in kind.entry.layer.fields} | values)
    if is_adapted(core):
        because |= adapter_reasons(core, a)
    return Built(core=core, output=kind.gives(a, x), because=because)


def setting_reason(option: Option, given: Container[str]) -> str:
    """Why a setting has its value, with a remark where the value is the default."""
    by_default = option.argument != ALWAYS and option.argument not in given
    return f"{option.because} ({option.argument}={option.value} is its default)" if by_default else option.because


# ---------------------------------------------------------------- checks
def sizes_check(*arguments: str) -> Callable[[Arguments], None]:
    """The check that these arguments are sizes."""

    def check(a: Arguments) -> None:
        for argument in arguments:
            a[argument] = size(a[argument], f"{a['class_name']}: {argument}")

    return check


def refusal(a: Mapping[str, object], argument: str, rule: str) -> SettingError:
    """The error for a value that an argument does not accept."""
    return SettingError(f"{a['class_name']}: {argument} {rule}, not {brief(a[argument])}")


def check_seed(a: Arguments, rate: str = "") -> None:
    """Refuses a seed that is not a whole number, where Keras 3 uses it: if the argument called ``rate`` is above 0."""
    if a["version"] == "v3" and not (a.get("seed") is None or isinstance(a.seed, int)) and (not rate or a[rate] > 0):
        raise refusal(a, "seed", "must be a whole number")
