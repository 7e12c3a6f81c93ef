"""The formula behind a row of torchinfo or torchsummary: modules are built as PyTorch would, and their counts compared."""

from __future__ import annotations

from itertools import islice, product

from ...errors import several
from ...torch.framework import NN
from ..text.connections import sources_of
from .explaining import Explanation, distinct_ways
from .solved_sizes import solved_size, windows_of_volume
from .torch_explanations import ALIASES, HEADS, TorchWay, built_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..text.cells import Shape
    from ..text.row import SummaryLayer

MOST_WINDOWS = 24
MOST_LAYERS = 12
SMALL_WINDOWS = (3, 1, 5, 7, 2, 4)
TOLD = {"(recursive)": "counted in a row above", "--": ""}
CONTAINERS = ("Sequential", "ModuleList", "ModuleDict")


def positive_axis(shape: Shape | None, place: int) -> list[int]:
    """One axis where it is known."""
    size = shape[place] if shape is not None and -len(shape) <= place < len(shape) else None
    return [size] if size else []


def last_axes(shape: Shape | None) -> list[tuple[int, ...]]:
    """The last axis, the last two, and so on, as far as they are known."""
    found = []
    for place in range(len(shape or ()) - 1, 0, -1):
        tail = (shape or ())[place:]
        if all(tail):
            found.append(tuple(size for size in tail if size))
    return found


# The values of an argument that the shapes of the input and the output give. Arguments of the same name mean the same.
SIZES: dict[str, Callable[[Shape | None, Shape | None], Sequence[object]]] = {
    "in_features": lambda reads, gives: positive_axis(reads, -1),
    "in1_features": lambda reads, gives: positive_axis(reads, -1),
    "input_size": lambda reads, gives: positive_axis(reads, -1),
    "in_channels": lambda reads, gives: positive_axis(reads, 1),
    "out_features": lambda reads, gives: positive_axis(gives, -1),
    "hidden_size": lambda reads, gives: positive_axis(gives, -1),
    "embedding_dim": lambda reads, gives: positive_axis(gives, -1),
    "out_channels": lambda reads, gives: positive_axis(gives, 1),
    # The output of these has the width of their input.
    "embed_dim": lambda reads, gives: positive_axis(gives or reads, -1),
    "num_channels": lambda reads, gives: positive_axis(gives or reads, 1),
    "num_features": lambda reads, gives: positive_axis(gives or reads, 1),
    "normalized_shape": lambda reads, gives: last_axes(gives or reads),
    "num_parameters": lambda reads, gives: [1, *positive_axis(gives or reads, 1)],
}
SAME = {HEADS: 1, "num_groups": 1}  # required arguments that do not change the count
SOLVED = ("in2_features", "num_embeddings", "kernel_size", *SIZES)  # at most one of them, tried in this order
SWITCHES = ("bidirectional", "bias", "affine", "elementwise_affine", "add_bias_kv")
INPUTS = ("in_features", "in1_features", "input_size", "in_channels")
GROUPS = (2, 4, 8, 16, 32)
FEW_CHANNELS = (1, 3)


def torch_explanations(layers: Sequence[SummaryLayer], version: str, input_shape: Shape | None = None) -> list[Explanation]:  # noqa: ARG001
    """An explanation for each row.

    The input of a row is in a column of torchinfo; otherwise the output of the row before is a guess, which the number confirms.
    """
    found: list[Explanation] = []
    seen: dict[object, Explanation] = {}
    for place, (layer, sources) in enumerate(zip(layers, sources_of(layers), strict=True)):
        stated = bool(sources) and all(source.stated for source in sources)
        reads = tuple(source.shape for source in sources)
        inside = layer.depth < max((after.depth for after in layers[place + 1 : place + 2]), default=0)
        key = (layer.class_name, layer.params, layer.params_text == "--", tuple(layer.outputs), layer.kernel, reads, stated, inside)
        if key not in seen:
            seen[key] = explanation_of_torch_row(layer, reads[0] if reads else None, stated, inside)
        found.append(seen[key])
    return found


def explanation_of_torch_row(layer: SummaryLayer, reads: Shape | None, stated: bool, inside: bool) -> Explanation:
    """The explanation of one row; with ``inside``, the next rows are inside it, so that its number is only its own."""
    from ...torch.signature import signatures

    if layer.params is None:
        return Explanation(0 if layer.params_text == "--" else None, because=TOLD.get(layer.params_text, "no number"))
    if layer.params == 0:
        return Explanation(0)
    name = ALIASES.get(layer.class_name or "", layer.class_name or "")
    if inside:
        whose = f"of {name} itself" if name else "of the module itself"
        return Explanation(layer.params, because=f"not explained: parameters {whose}, in addition to the rows inside")
    if name in CONTAINERS or name.startswith("Transformer"):
        return Explanation(layer.params, because="contains modules: a greater depth shows them")
    if name not in signatures():
        return Explanation(
            layer.params,
            because=f"not explained: {name or 'this'} is not a class of {NN.path}; a greater depth may show its modules",
        )
    tries = [(reads, False), (None, False), (reads, True)]  # the row before may be a wrong guess
    for shape, rare in tries if reads is not None and not stated else [(reads, False), (reads, True)]:
        ways = distinct_ways([*ways_of_module(name, layer, shape, stated, rare)])
        if ways:
            return Explanation(layer.params, ways)
    return Explanation(layer.params, because=no_module_in_words(name, layer, reads))


def no_module_in_words(name: str, layer: SummaryLayer, reads: Shape | None) -> str:
    """Why no formula was found."""
    if reads is None and not layer.outputs:
        return f"not explained: the table shows neither the input nor the output of {layer.name}"
    if reads is None or not layer.outputs:
        return f"not explained: the table does not show the {'input' if reads is None else 'output'} of {layer.name}"
    return f"not explained: no {name} on {list(reads)} has {several(layer.params, 'parameter')}"


# ---------------------------------------------------------------- candidates
def ways_of_module(name: str, layer: SummaryLayer, reads: Shape | None, stated: bool, rare: bool) -> Iterator[TorchWay]:
    """The modules of a class that have the number: their sizes are from the shapes, and at most one is solved for."""
    for arguments, cost in argument_choices(name, reads, rare):
        for whole, more in completed_arguments(name, arguments, layer, reads):
            module = built_module(name, whole)
            if module is not None and int(module.count) == layer.params:
                yield TorchWay(name, whole, module, cost + more, stated or not {*INPUTS} & whole.keys())


def argument_choices(name: str, reads: Shape | None, rare: bool) -> Iterator[tuple[dict[str, object], int]]:
    """The switches, the layers and the groups, and the number of these arguments that are not PyTorch's defaults."""
    from ...torch.signature import signature

    known = signature(name).known
    choices: dict[str, list[object]] = {name: [known[name], not known[name]] for name in SWITCHES if name in known}
    if "num_layers" in known:
        choices["num_layers"] = [*range(1, MOST_LAYERS + 1)] if reads or rare else [1, 2, 3, 4]
    if "groups" in known:
        choices["groups"] = [*dict.fromkeys([*positive_axis(reads, 1), *GROUPS])] if rare else [1]
    for values in product(*choices.values()):
        arguments = dict(zip(choices, values, strict=True))
        yield arguments, sum(value != known[argument] for argument, value in arguments.items())


def completed_arguments(
    name: str, arguments: dict[str, object], layer: SummaryLayer, reads: Shape | None
) -> Iterator[tuple[dict[str, object], float]]:
    """The arguments with the sizes that the shapes give, and with the one that they do not."""
    from ...core.signatures import REQUIRED
    from ...torch.signature import signature

    gives = output_of_one_direction(layer.outputs[0] if layer.outputs else None, arguments)
    required = [key for key, default in signature(name).by_place.items() if default is REQUIRED or key == "num_parameters"]
    known = {key: SIZES[key](reads, gives) if key in SIZES else [SAME[key]] if key in SAME else [] for key in required}
    lacking = [key for key in required if not known[key]]
    rank = int(name[-2]) if name.endswith("d") and name[-2].isdigit() else 0
    if "kernel_size" in lacking and layer.kernel is not None:
        known["kernel_size"] = [layer.kernel[-rank:]]
        lacking.remove("kernel_size")
    if lacking == ["in_channels", "kernel_size"]:  # of two unknowns, the window is a usual one
        known["kernel_size"], lacking = [(size,) * rank for size in SMALL_WINDOWS], ["in_channels"]
    if len(lacking) > 1 or not {*lacking} <= {*SOLVED}:
        return
    for values in product(*(sizes for sizes in known.values() if sizes)):
        whole = {**arguments, **dict(zip((key for key in known if known[key]), values, strict=True))}
        if not lacking:
            yield whole, 0
        for size in sizes_of_argument(name, whole, lacking[0], layer.params or 0, rank) if lacking else ():
            yield {**whole, lacking[0]: size}, cost_of_size(lacking[0], size)


def sizes_of_argument(
    name: str, arguments: dict[str, object], lacking: str, params: int, rank: int
) -> Iterator[int | tuple[int, ...]]:
    """The sizes of the missing argument that give the number."""

    def count(size: int) -> int | None:
        value = (size, *(1,) * (rank - 1)) if lacking == "kernel_size" else size
        module = built_module(name, {**arguments, lacking: value})
        return None if module is None else int(module.count)

    size = solved_size(count, params)
    if size is None:
        return
    if lacking != "kernel_size":
        yield (size,) if lacking == "normalized_shape" else size
        return
    found = [*islice(windows_of_volume(size, rank), MOST_WINDOWS)]
    equal = [window for window in found if len({*window}) == 1]
    yield from equal if equal or arguments.get("groups", 1) != 1 else found


def cost_of_size(argument: str, size: int | tuple[int, ...]) -> int:
    """The cost of a solved size that is rarely used."""
    if argument == "in_channels":
        return int(size not in FEW_CHANNELS)
    return int(isinstance(size, tuple) and len({*size}) > 1)


def output_of_one_direction(output: Shape | None, arguments: dict[str, object]) -> Shape | None:
    """The output of each direction of a recurrent module, whose outputs are concatenated."""
    if not arguments.get("bidirectional") or not output:
        return output
    return (*output[:-1], output[-1] // 2) if output[-1] is not None and output[-1] % 2 == 0 else None
