"""The formula behind a row of torchinfo or torchsummary, for the classes that the catalogue has."""

from __future__ import annotations

from itertools import islice, product

from ..errors import SymparamsError
from ..layer import REQUIRED
from .explaining import Explanation, best
from .neighbours import sources_of
from .unknowns import solved, windows
from .ways import Way

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from ..catalogue import Entry
    from ..layer import Layer
    from .cells import Shape
    from .layers import SummaryLayer

# Fields that are an axis of what comes out: the last one, or the channels, which stand first in torch.
WIDTHS, CHANNELS = ("units", "width"), ("filters",)
MOST_WINDOWS = 24
TOLD = {"(recursive)": "counted in a row above", "--": ""}


def torch_explanations(layers: Sequence[SummaryLayer], version: str, input_shape: Shape | None = None) -> list[Explanation]:  # noqa: ARG001
    """An explanation for each row, as far as the catalogue goes.

    What a row reads is told by torchinfo's own column; the row before it is only a guess, which the number confirms.
    """
    found = []
    for layer, sources in zip(layers, sources_of(layers), strict=True):
        stated = bool(sources) and all(source.stated for source in sources)
        found.append(explained(layer, [source.shape for source in sources], stated))
    return found


def explained(layer: SummaryLayer, reads: list[Shape], stated: bool) -> Explanation:
    if layer.params is None:
        return Explanation(0 if layer.params_text == "--" else None, because=TOLD.get(layer.params_text, "no number"))
    from ..doors import whole_catalogue

    entry = whole_catalogue().get(f"torch.nn.{layer.class_name}")
    if entry is None:
        return Explanation(layer.params, because=f"no formula known yet for {layer.class_name}")
    if not reads and "directions" in entry.layer.fields:  # it may have several layers, whose number would be as good
        return Explanation(layer.params, because=f"not explained: the table does not tell what {layer.name} reads")
    ways = best([way for arguments in settings(entry) for way in ways_of(entry, arguments, layer, reads[:1], stated)])
    none = f"not explained: no {layer.class_name} was found that has {layer.params} parameters here"
    return Explanation(layer.params, ways, "" if ways else none)


def settings(entry: Entry) -> list[dict[str, Any]]:
    """The arguments on which settings hang, each switched by itself."""
    return [{}, *({option.argument: option.value} for option in entry.options if option.argument != "always")]


def ways_of(entry: Entry, arguments: dict[str, Any], layer: SummaryLayer, reads: list[Shape], stated: bool) -> Iterator[Way]:
    """The layers of an entry that have the number: sizes from the shapes, at most one of them solved for."""
    fields = {
        name for name, field in entry.layer.fields.items() if field.default is REQUIRED and not field.number and not field.fixed
    }
    options = {field: option.settings[field] for field, option in entry.decided(arguments).items()}
    output = layer.outputs[0] if layer.outputs else None
    seen = one_way(output, int(options.get("directions", 1)))
    told = {name: sizes_told(name, "window" in fields, reads[0] if reads else None, seen) for name in fields}
    given = {name: sizes for name, sizes in told.items() if sizes}
    lacking = [name for name in fields if not told[name]]
    if len(lacking) > 1:
        return
    for values in product(*given.values()):
        sizes = {**dict(zip(given, values, strict=True)), **options}
        for core in cores(entry, sizes, lacking, layer, len(output or ()) - 2):
            known = "inputs" not in fields or ("inputs" not in lacking and stated)
            yield Way(layer.class_name or "", (core,), len(arguments), True, known)


def one_way(output: Shape | None, directions: int) -> Shape | None:
    """What each direction of a recurrent layer gives: their outputs stand beside each other."""
    if directions == 1 or not output or output[-1] is None or output[-1] % directions:
        return output if directions == 1 else None
    return (*output[:-1], output[-1] // directions)


def sizes_told(name: str, spatial: bool, reads: Shape | None, output: Shape | None) -> list[Any]:
    """What the shapes tell of a field; nothing where they do not."""
    if name == "inputs":
        found = [axis(reads, 1 if spatial else -1)]
    elif name == "shape":
        found = [axis(output, 1), axis(output, -1)]
    else:
        found = [axis(output, -1)] if name in WIDTHS else [axis(output, 1)] if name in CHANNELS else []
    sizes = [each for each in dict.fromkeys(found) if each]
    return [(each,) for each in sizes] if name == "shape" else [*sizes]


def axis(shape: Shape | None, place: int) -> int | None:
    return shape[place] if shape and -len(shape) <= place < len(shape) else None


def cores(entry: Entry, sizes: dict[str, Any], lacking: list[str], layer: SummaryLayer, rank: int) -> Iterator[Layer]:
    """Our layer at these sizes, with what they lack solved for."""

    def made(**more: Any) -> Layer | None:
        try:
            core = entry.layer(**sizes, **more)
            int(core.count)
        except (SymparamsError, TypeError):
            return None
        return core

    def count(size: int) -> int | None:
        value = (size, *(1,) * (rank - 1)) if lacking == ["window"] else size
        core = made(**dict.fromkeys(lacking, value))
        return None if core is None else int(core.count)

    if lacking == ["window"] and rank < 1:
        return
    size = solved(count, layer.params or 0) if lacking else (1 if count(1) == layer.params else None)
    if size is None:
        return
    found: list[Any] = [size]
    if lacking == ["window"]:
        found = [*islice(windows(size, rank), MOST_WINDOWS)]
        found = [each for each in found if len({*each}) == 1] or found
    for value in found:
        core = made(**dict.fromkeys(lacking, value))
        if core is not None and int(core.count) == layer.params:
            yield core
