"""What a row of the table is: one Keras class, for every version that has it.

A row says which axes the layer takes, how they and the arguments become our layer's sizes, and what shape comes out;
the signatures are Keras's own. The Python call and a reader of configs use the same row.
"""

from __future__ import annotations

from ..core.catalogue import ALWAYS
from ..core.frozen import Frozen
from ..core.sizes import size
from ..errors import ArgumentError, SettingError, ShapeError, brief
from .adapter_arguments import is_adapted
from .axes import Axes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeAlias

    from ..core.catalogue import Entry, Option
    from ..core.conventions import Convention
    from ..core.model import Layer
    from ..core.sizes import OpenShape
    from .layer import KerasLayer
    from .model import Model
    from .signature import Arguments

    Shapes: TypeAlias = "OpenShape | Sequence[Shapes]"  # several outputs, of which states may be lists themselves


class Built(Frozen):
    """What a layer is once its input is known: our layer and why its settings, its output, the layers inside it.

    ``own`` is what a wrapper has itself, beside the layers inside it. ``width_because`` is why the last axis of the output
    is not the input's, for whatever reads it next; ``steps`` whether the names of the layers inside are steps in the paths
    of their weights, and ``leading`` the name of a weight of the layers inside that comes before those of ``own``.
    """

    output: Shapes
    core: Layer | None = None
    because: Mapping[str, str] = {}
    width_because: str = ""
    inner: tuple[KerasLayer | Model, ...] = ()
    own: Layer | None = None
    steps: bool = True
    leading: str = ""


class Row(Frozen):
    """One Keras class; :func:`row` says what each part is."""

    name: str
    takes: Callable[[Arguments], str]
    entry: Entry | None
    sizes: Callable[[Arguments, Any], dict[str, Any]]
    gives: Callable[[Arguments, Any], Any]
    check: Callable[[Arguments], None]
    build: Callable[[KerasLayer, Any], Built]
    default_input: OpenShape | None
    own_input: Callable[[KerasLayer, set[str]], Any] | None
    reads: tuple[str, ...]
    states: Callable[[KerasLayer, list[OpenShape]], None] | bool
    masks: bool
    source: Callable[[Arguments], OpenShape] | None
    stored: Callable[[Arguments], Convention] | None
    also: tuple[str, ...]
    also_before: tuple[str, ...]
    called: Callable[[Arguments, Any, Mapping[str, Any]], Shapes] | None

    def convention(self, arguments: Arguments) -> Convention:
        """How the class stores its weights under these arguments."""
        assert self.entry is not None
        return self.entry.convention if self.stored is None else self.stored(arguments)

    @property
    def keeps_shape(self) -> bool:
        """Whether its output has the shape of its input, whatever that is."""
        return self.gives is unchanged and self.build is standard and not self.reads


TABLE: dict[str, Row] = {}


def unchanged(_: Arguments, x: Axes) -> OpenShape:
    """The output shape of what leaves its input's as it is."""
    return x.shape


def row(
    name: str,
    *,
    takes: str | Callable[[Arguments], str] = "batch ...",
    entry: Entry | None = None,
    sizes: Callable[[Arguments, Any], dict[str, Any]] = lambda a, x: {},
    gives: Callable[[Arguments, Any], Any] = unchanged,
    check: Callable[[Arguments], None] = lambda a: None,
    build: Callable[[KerasLayer, Any], Built] | None = None,
    default_input: OpenShape | None = None,
    own_input: Callable[[KerasLayer, set[str]], Any] | None = None,
    reads: str = "",
    states: Callable[[KerasLayer, list[OpenShape]], None] | bool = False,
    masks: bool = False,
    source: Callable[[Arguments], OpenShape] | None = None,
    stored: Callable[[Arguments], Convention] | None = None,
    also: tuple[str, ...] = (),
    also_before: tuple[str, ...] = (),
    called: Callable[[Arguments, Any, Mapping[str, Any]], Shapes] | None = None,
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
    and may be what refuses their shapes; ``masks`` says that it takes a ``mask`` too.
    ``source`` is the shape that a layer gives without any input; ``stored`` the convention, where it depends on the
    arguments (or on the version, which is one of them). ``also`` are arguments that Keras 3 takes beside those
    of the signature, and ``also_before`` those that Keras 2 takes. ``called`` gives the output shapes of a call with options
    that change them, such as ``return_attention_scores=True``, where ``gives`` has those of a plain one.
    """
    if name in TABLE:
        raise ArgumentError(f"the table has {name} already")
    TABLE[name] = Row(
        name=name, takes=takes if callable(takes) else lambda a: takes, entry=entry, sizes=sizes, gives=gives,
        check=check, build=build or standard, default_input=default_input, own_input=own_input, reads=tuple(reads.split()), states=states, masks=masks, source=source, stored=stored, also=also, also_before=also_before, called=called,
    )  # fmt: skip


def standard(layer: KerasLayer, shape: Shapes) -> Built:
    """The build of every row that is one of our layers, or none: axes, sizes, settings, output."""
    its, a = layer.row, layer.arguments
    if its.reads and not isinstance(shape, list):
        raise ShapeError(f"{layer.class_name} reads several tensors, which a layer around it cannot give it")
    x: Any = Axes(layer.class_name, its.takes(a), shape) if isinstance(shape, tuple) else shape
    if its.entry is None:
        return Built(output=its.gives(a, x))
    decided = its.entry.decided(a)
    sizes = its.sizes(a, x)
    values = {field: option.of(sizes)[field] for field, option in decided.items()}
    because = {field: reason(option, layer) for field, option in decided.items()}
    core = its.entry.layer(**{name: value for name, value in sizes.items() if name in its.entry.layer.fields} | values)
    if is_adapted(core):
        from .lora_and_quantization import reasons

        because |= reasons(core, a)
    return Built(core=core, output=its.gives(a, x), because=because)


def reason(option: Option, layer: KerasLayer) -> str:
    """Why a setting has its value, and whether it is a default that nobody wrote."""
    by_default = option.argument != ALWAYS and option.argument not in layer.given
    return f"{option.because} ({option.argument}={option.value} is its default)" if by_default else option.because


# ---------------------------------------------------------------- checks
def whole(*arguments: str) -> Callable[[Arguments], None]:
    """A check that these arguments are sizes."""

    def check(a: Arguments) -> None:
        for argument in arguments:
            a[argument] = size(a[argument], f"{a['class_name']}: {argument}")

    return check


def refuse(a: Mapping[str, Any], argument: str, rule: str) -> SettingError:
    """The error for a value that an argument does not take."""
    return SettingError(f"{a['class_name']}: {argument} {rule}, not {brief(a[argument])}")


def check_seed(a: Arguments, rate: str = "") -> None:
    """Refuses a seed that is no whole number, where Keras 3 draws from it: wherever the rate of that name is above 0."""
    if a["version"] == "v3" and not (a.get("seed") is None or isinstance(a.seed, int)) and (not rate or a[rate] > 0):
        raise refuse(a, "seed", "must be a whole number")


def is_layer(value: object) -> bool:
    """Whether an argument is a layer of any Keras version."""
    return hasattr(value, "class_name") and hasattr(value, "arguments")
