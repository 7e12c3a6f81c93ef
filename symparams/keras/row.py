"""What a row of the table is: one Keras class, for every version that has it.

A row says which axes the layer takes, how they and the arguments become our layer's sizes, and what shape comes out;
the signatures are Keras's own. The Python call and a reader of configs use the same row.
"""

from __future__ import annotations

from ..core.catalogue import ALWAYS
from ..core.frozen import Frozen
from ..core.sizes import size
from ..errors import ArgumentError, SettingError, ShapeError, brief
from .adapter_arguments import is_adapted, reasons
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
    """One Keras class; :func:`row` says what each part is."""

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
        """Whether its output has the shape of its input, whatever that is."""
        return self.gives is unchanged and self.build is None and not self.reads


TABLE: dict[str, Row] = {}


class RowLayer(Buildable):
    """A layer as rows see those inside it, and what adapts it: its row, its arguments, and what it is on its input.

    :class:`~symparams.keras.layer.KerasLayer` is all of them.
    """

    row: Row
    arguments: Arguments
    built_as: Built | None
    adapted: tuple[str, ...]  # what came after it was built, in its order: LoRA, a quantization

    @property
    def _its(self) -> Built:
        """What it is on its input; an error where it has none."""
        raise NotImplementedError

    @property
    def core(self) -> Layer | None:
        """Our own layer, in its sizes; None when it has no weights, or several layers inside."""
        return self._its.core

    def renamed(self, name: str) -> Self:
        """The same layer under another name, not built yet."""
        raise NotImplementedError

    def sibling(self, class_name: str, **arguments: object) -> RowLayer:
        """A layer of another class, of the same Keras version."""
        raise NotImplementedError

    def own_input(self, taken: set[str]) -> Shapes:
        """The input in letters that it is counted on when nobody says, without the letters that are taken."""
        raise NotImplementedError

    def check_states(self, given: list[OpenShape]) -> None:
        """Refuses states that it does not take."""
        if callable(self.row.states):
            self.row.states(self.name, self.arguments, given)


def is_layer(value: object) -> TypeGuard[RowLayer]:
    """Whether an argument is a layer of any Keras version."""
    return isinstance(value, RowLayer)


def unchanged(_: Arguments, x: Axes) -> OpenShape:
    """The output shape of what leaves its input's as it is."""
    return x.shape


def row(
    name: str,
    *,
    takes: str | Callable[[Arguments], str] = "batch ...",
    entry: Entry | None = None,
    sizes: Callable[[Arguments, Any], Mapping[str, object]] = lambda a, x: {},
    gives: Callable[[Arguments, Any], Shapes] = unchanged,
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

    ``takes`` names the axes of the input, and so checks its rank. ``entry`` is the class in the catalogue, when it has
    weights. ``sizes`` gives our layer's fields out of the arguments and the axes (``Axes``), ``gives`` the output
    shape, or a list of shapes.
    ``check`` refuses arguments when the layer is made. A wrapper brings its own ``build``.
    ``reads`` names the arguments of the call where a layer reads several tensors, ``"inputs"`` or ``"query value key"``:
    then ``sizes``, ``gives`` and ``build`` get the list of their shapes, and ``takes`` has no meaning.
    ``default_input`` is what a first layer assumes when nobody says, ``own_input`` the input in letters that a layer
    is counted on by itself, where ``takes`` does not tell. ``states`` are tensors that it takes beside its input,
    and may be what refuses their shapes, for the layer of that name; ``masks`` says that it takes a ``mask`` too.
    ``source`` is the shape that a layer gives without any input; ``stored`` the convention, where it depends on the
    arguments (or on the version, which is one of them). ``also`` are arguments that Keras 3 takes beside those
    of the signature, and ``also_before`` those that Keras 2 takes. ``called`` gives the output shapes of a call with options
    that change them, such as ``return_attention_scores=True``, where ``gives`` has those of a plain one.
    """
    if name in TABLE:
        raise ArgumentError(f"the table has {name} already")
    TABLE[name] = Row(
        name=name, takes=takes if callable(takes) else lambda a: takes, entry=entry, sizes=sizes, gives=gives,
        check=check, build=build, default_input=default_input, own_input=own_input, reads=tuple(reads.split()), states=states, masks=masks, source=source, stored=stored, also=also, also_before=also_before, called=called,
    )  # fmt: skip


# ---------------------------------------------------------------- what a row makes of an input
def standard(kind: Row, a: Arguments, given: Container[str], shape: Inputs) -> Built:
    """The build of every row that is one of our layers, or none: axes, sizes, settings, output.

    ``given`` are the names of the arguments that somebody wrote.
    """
    name = a["class_name"]
    if kind.reads and not isinstance(shape, list):
        raise ShapeError(f"{name} reads several tensors, which a layer around it cannot give it")
    x: Any = Axes(name, kind.takes(a), shape) if isinstance(shape, tuple) else shape
    if kind.entry is None:
        return Built(output=kind.gives(a, x))
    decided = kind.entry.decided(a)
    sizes = kind.sizes(a, x)
    values = {field: option.of(sizes)[field] for field, option in decided.items()}
    because = {field: reason(option, given) for field, option in decided.items()}
    core = kind.entry.layer(**{name: value for name, value in sizes.items() if name in kind.entry.layer.fields} | values)
    if is_adapted(core):
        because |= reasons(core, a)
    return Built(core=core, output=kind.gives(a, x), because=because)


def reason(option: Option, given: Container[str]) -> str:
    """Why a setting has its value, and whether it is a default that nobody wrote."""
    by_default = option.argument != ALWAYS and option.argument not in given
    return f"{option.because} ({option.argument}={option.value} is its default)" if by_default else option.because


# ---------------------------------------------------------------- checks
def whole(*arguments: str) -> Callable[[Arguments], None]:
    """A check that these arguments are sizes."""

    def check(a: Arguments) -> None:
        for argument in arguments:
            a[argument] = size(a[argument], f"{a['class_name']}: {argument}")

    return check


def refuse(a: Mapping[str, object], argument: str, rule: str) -> SettingError:
    """The error for a value that an argument does not take."""
    return SettingError(f"{a['class_name']}: {argument} {rule}, not {brief(a[argument])}")


def check_seed(a: Arguments, rate: str = "") -> None:
    """Refuses a seed that is no whole number, where Keras 3 draws from it: wherever the rate of that name is above 0."""
    if a["version"] == "v3" and not (a.get("seed") is None or isinstance(a.seed, int)) and (not rate or a[rate] > 0):
        raise refuse(a, "seed", "must be a whole number")
