"""The formula behind a row of torchinfo or torchsummary: modules are built as PyTorch would, and their counts compared."""

from __future__ import annotations

import re
from itertools import product
from math import inf, prod

from ...errors import several
from ...layers.normalization import BatchNormalization
from ...torch.framework import NN
from ..text.connections import sources_of
from .dialects import DIALECTS, counts_moments, similar_class, torch_class
from .explaining import Explanation, distinct_ways
from .explanations import LayerWay
from .solved_sizes import solved_size
from .torch_convolutions import NEVER, convolution_arguments, cost_of_round, round_divisors, window_rank
from .torch_explanations import ALIASES, HEADS, NormalizedWeightWay, TorchWay, built_module
from .torch_question import TorchQuestion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..text.cells import Shape
    from ..text.row import SummaryLayer

MOST_LAYERS = 12
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
SOLVED = ("in2_features", "num_embeddings", *SIZES)  # at most one of them, tried in this order
SWITCHES = ("bidirectional", "bias", "affine", "elementwise_affine", "add_bias_kv")
INPUTS = ("in_features", "in1_features", "input_size", "in_channels")
NORMALIZES = re.compile(r"(?:Sync)?(?:Batch|Instance|Group)Norm|FrozenBatchNorm")
MARGIN = 2.0  # readings that are less likely than the best one by more are not shown
PLAIN = ("Linear", "BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "Embedding")  # of which every member is tried
MOST_WITHOUT_SHAPES = 5  # readings of a row without shapes


def torch_explanations(
    layers: Sequence[SummaryLayer],
    version: str,  # noqa: ARG001
    input_shape: Shape | None = None,
    printed_by: str = "",
) -> list[Explanation]:
    """An explanation for each row.

    The input of a row is in a column of torchinfo; otherwise the output of the row before is a guess, which the number confirms.
    """
    found: list[Explanation] = []
    seen: dict[object, Explanation] = {}
    widths = frozenset(size for layer in layers for shape in layer.outputs for size in (*shape[1:2], *shape[-1:]) if size)
    begun = False  # whether a row with parameters of its own came before
    for place, (layer, sources) in enumerate(zip(layers, sources_of(layers), strict=True)):
        stated = bool(sources) and all(source.stated for source in sources)
        reads = sources[0].shape if sources else None
        inside = layer.depth < max((after.depth for after in layers[place + 1 : place + 2]), default=0)
        own = bool(layer.params) and not inside
        if own and not begun and reads is None and input_shape is not None:
            reads, stated = input_shape, True
        normalized = is_normalized(layers, place)
        key = (
            layer.class_name, layer.params, layer.params_text == "--", tuple(layer.outputs), layer.kernel, layer.groups,
            tuple(layer.weights.items()), reads, stated, inside, normalized, begun,
        )  # fmt: skip
        if key not in seen:
            gives = layer.outputs[0] if layer.outputs else None
            case = TorchQuestion(
                layer.params or 0, reads, gives, stated=stated, kernel=layer.kernel, groups=layer.groups, weights=layer.weights,
                widths=widths, normalized=normalized, first=not begun,
            )  # fmt: skip
            seen[key] = explanation_of_torch_row(layer, case, inside, printed_by)
        found.append(seen[key])
        begun = begun or own
    return found


def is_normalized(layers: Sequence[SummaryLayer], place: int) -> bool:
    """Whether a normalization of the same channels follows a row."""
    after = layers[place + 1] if place + 1 < len(layers) else None
    if after is None or not NORMALIZES.match(after.class_name or "") or after.depth != layers[place].depth:
        return False
    return not (after.outputs and layers[place].outputs) or after.outputs[0][1:2] == layers[place].outputs[0][1:2]


def explanation_of_torch_row(layer: SummaryLayer, case: TorchQuestion, inside: bool, printed_by: str) -> Explanation:
    """The explanation of one row; with ``inside``, the next rows are inside it, so that its number is only its own."""
    from ...torch.signature import signatures

    if layer.params is None:
        return Explanation(0 if layer.params_text == "--" else None, because=TOLD.get(layer.params_text, "no number"))
    if layer.params == 0:
        return Explanation(0)
    printed = layer.class_name or ""
    name = torch_class(printed_by, ALIASES.get(printed, printed), len(case.gives or ()))
    case = case.flattened() if printed == "FullyConnected" else case
    if inside:
        whose = f"of {printed} itself" if printed else "of the module itself"
        return Explanation(layer.params, because=f"not explained: parameters {whose}, in addition to the rows inside")
    if counts_moments(printed_by, printed):
        ways = normalizations_with_moments(printed, case)
        return Explanation(layer.params, ways, "" if ways else no_module_in_words(printed, layer, case))
    if name in CONTAINERS or name.startswith("Transformer"):
        return Explanation(layer.params, because="contains modules: a greater depth shows them")
    likely_class = "" if name in signatures() else similar_class(name)
    if name not in signatures() and not likely_class:
        return Explanation(
            layer.params,
            because=f"not explained: {printed or 'this'} is not a class of {whose_classes(printed_by)}; a greater depth may show its modules",
        )
    found = [*ways_of_module(likely_class or name, case)]
    if case.reads is not None and not case.stated:  # the row before may be a wrong guess
        found += ways_of_module(likely_class or name, case.without_input())
    if not found and printed_by in DIALECTS and (moved := case.with_channels_first()) is not None:
        found += ways_of_module(name, moved)
    likely: list[LayerWay] = [*likely_ways(found, case)] or ways_with_normalized_weight(name, case)
    for way in likely if likely_class or printed != name else ():
        if not isinstance(way, TorchWay):
            continue
        way.title, way.written = printed, False
        way.lacks = f"{printed} is taken for a {likely_class}, by its name" if likely_class else ""
    return Explanation(layer.params, likely, "" if likely else no_module_in_words(printed, layer, case))


def ways_with_normalized_weight(name: str, case: TorchQuestion) -> list[LayerWay]:
    """The modules that have the number with ``torch.nn.utils.weight_norm``, which adds a length for each row of the weight."""
    found: list[LayerWay] = []
    for lengths in numbers_of_lengths(name, case):
        plain = case.with_params(case.params - lengths)
        ways = likely_ways([*ways_of_module(name, plain)], plain) if plain.params > 0 else []
        found += [NormalizedWeightWay(way, lengths) for way in ways]
    return found


def numbers_of_lengths(name: str, case: TorchQuestion) -> list[int]:
    """How many lengths the weight of a module may have: one for each row of its first axis; also of the other, or one, of a Linear.

    There is none where the table does not show its sizes: some plain module has every number then.
    """
    if name == "Linear":
        shown = [*positive_axis(case.gives, -1), *positive_axis(case.reads, -1)]
        return [*dict.fromkeys([*shown, 1])] if len(shown) == 2 else []
    return positive_axis(case.reads if "Transpose" in name else case.gives, 1) if window_rank(name) else []


def whose_classes(printed_by: str) -> str:
    """The framework whose classes a table has."""
    return printed_by if printed_by in DIALECTS else NN.path


def likely_ways(found: Sequence[TorchWay], case: TorchQuestion) -> list[TorchWay]:
    """The ways that are about as likely as the likeliest, that one first; those with the listed tensors, where these are listed."""
    ways = distinct_ways([way for way in found if has_listed_weights(way, case)])
    best = ways[0].cost if ways else 0.0
    near = [way for way in ways if way.cost < best + MARGIN]
    return near if case.gives is not None else near[:MOST_WITHOUT_SHAPES]


def has_listed_weights(way: TorchWay, case: TorchQuestion) -> bool:
    """Whether a module has the tensors that a verbose table lists below its row."""
    if not case.weights:
        return True
    sizes = {name: prod(tensor.shape) for name, tensor in way.module.named_parameters()}
    return all(sizes.get(name) == size for name, size in case.weights.items())


def normalizations_with_moments(name: str, case: TorchQuestion) -> list[LayerWay]:
    """A batch normalization whose moving moments are counted."""
    widths = dict.fromkeys(
        size for shape in (case.gives, case.reads) if shape is not None for size in (*shape[1:2], *shape[-1:]) if size
    )
    found = [
        LayerWay(name, (BatchNormalization(shape=(width,), scales=scales, shifts=shifts),), 2 - scales - shifts, True, True)
        for width in widths or ([case.params // 4] if case.params % 4 == 0 else [])
        for scales, shifts in ((1, 1), (1, 0), (0, 1), (0, 0))
    ]
    return [way for way in found if way.count == case.params]


def no_module_in_words(name: str, layer: SummaryLayer, case: TorchQuestion) -> str:
    """Why no formula was found. Only where every module of a class was tried is there none."""
    if case.reads is None and not layer.outputs:
        return f"not explained: the table shows neither the input nor the output of {layer.name}"
    if case.reads is None or not layer.outputs:
        return f"not explained: the table does not show the {'input' if case.reads is None else 'output'} of {layer.name}"
    on = f"{name} on {list(case.reads)}"
    if name in PLAIN and case.stated:
        return f"not explained: no {on} has {several(layer.params or 0, 'parameter')}"
    return f"not explained: not found among the usual arguments of {on}"


# ---------------------------------------------------------------- candidates
def ways_of_module(name: str, case: TorchQuestion) -> Iterator[TorchWay]:
    """The modules of a class that have the number, the likeliest first: sizes are from the shapes, and at most one is solved for."""
    rank = window_rank(name)
    candidates = convolution_arguments(rank, case, "Transpose" in name) if rank else module_arguments(name, case)
    worst = inf
    for arguments, cost in sorted(candidates, key=lambda each: each[1]):
        if cost >= worst:
            return
        module = built_module(name, arguments)
        if module is not None and int(module.count) == case.params:
            worst = min(worst, cost + MARGIN)
            way = TorchWay(name, arguments, module, cost, case.stated or not {*INPUTS} & arguments.keys())
            way.unknown = "its input" if case.gives is not None else "its input and its output"
            yield way


def module_arguments(name: str, case: TorchQuestion) -> Iterator[tuple[dict[str, object], float]]:
    """The arguments of the modules of a class that may have the number, and their costs."""
    for switches, cost in switch_choices(name, case):
        for whole, more in completed_arguments(name, switches, case):
            yield whole, cost + more


def switch_choices(name: str, case: TorchQuestion) -> Iterator[tuple[dict[str, object], float]]:
    """The switches and the layers, and the costs of those that are not PyTorch's defaults."""
    from ...torch.signature import signature

    known = signature(name).known
    choices: dict[str, list[object]] = {switch: [known[switch], not known[switch]] for switch in SWITCHES if switch in known}
    if "num_layers" in known:
        choices["num_layers"] = [*range(1, MOST_LAYERS + 1)] if case.reads else [1, 2, 3, 4]
    for values in product(*choices.values()):
        arguments = dict(zip(choices, values, strict=True))
        yield arguments, sum(value != known[argument] for argument, value in arguments.items())


def completed_arguments(name: str, arguments: dict[str, object], case: TorchQuestion) -> Iterator[tuple[dict[str, object], float]]:
    """The arguments with the sizes that the shapes give, and with the one that they do not."""
    from ...core.signatures import REQUIRED
    from ...torch.signature import signature

    gives = output_of_one_direction(case.gives, arguments)
    required = [key for key, default in signature(name).by_place.items() if default is REQUIRED or key == "num_parameters"]
    known = {key: SIZES[key](case.reads, gives) if key in SIZES else [SAME[key]] if key in SAME else [] for key in required}
    lacking = [key for key in required if not known[key]]
    if lacking == ["in_features", "out_features"]:
        yield from widths_without_shapes(arguments, case)
        return
    if len(lacking) > 1 or not {*lacking} <= {*SOLVED}:
        return
    for values in product(*(sizes for sizes in known.values() if sizes)):
        whole = {**arguments, **dict(zip((key for key in known if known[key]), values, strict=True))}
        if not lacking:
            yield whole, 0
            continue
        size = solved_argument(name, whole, lacking[0], case)
        if size is not None:
            shape = (size,) if lacking[0] == "normalized_shape" else size
            yield {**whole, lacking[0]: shape}, case.cost_of_width(size) if lacking[0] in INPUTS else 0


def solved_argument(name: str, arguments: dict[str, object], lacking: str, case: TorchQuestion) -> int | None:
    """The size of the missing argument that gives the number."""

    def count(size: int) -> int | None:
        module = built_module(name, {**arguments, lacking: size})
        return None if module is None else int(module.count)

    return solved_size(count, case.params)


def widths_without_shapes(arguments: dict[str, object], case: TorchQuestion) -> Iterator[tuple[dict[str, object], float]]:
    """The likeliest sizes of a Linear of which the table shows no shape."""
    for outputs in round_divisors(case.params, case):
        inputs = case.params // outputs - bool(arguments.get("bias"))
        cost = cost_of_round(inputs, case) if inputs > 0 else NEVER
        if cost < NEVER:
            yield {**arguments, "in_features": inputs, "out_features": outputs}, cost + cost_of_round(outputs, case)


def output_of_one_direction(output: Shape | None, arguments: dict[str, object]) -> Shape | None:
    """The output of each direction of a recurrent module, whose outputs are concatenated."""
    if not arguments.get("bidirectional") or not output:
        return output
    return (*output[:-1], output[-1] // 2) if output[-1] is not None and output[-1] % 2 == 0 else None
