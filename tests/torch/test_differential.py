"""symparams beside PyTorch itself, on random arguments: the same names, shapes and totals, and the same refusals.

Runs where PyTorch is installed. ``SYMPARAMS_TORCH_CASES`` says how many cases there are, and ``SYMPARAMS_TORCH_SEED`` which.
"""

from __future__ import annotations

import inspect
import os
import random
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import sympy

from symparams import from_torch, symbols
from symparams.errors import LetterError, SymparamsError
from symparams.torch import empty, nn
from symparams.torch.signature import signatures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

torch: Any = pytest.importorskip("torch")

CASES = int(os.environ.get("SYMPARAMS_TORCH_CASES", "600"))
SEED = int(os.environ.get("SYMPARAMS_TORCH_SEED", "0"))
GROUP = 50  # cases a test


class Spec:
    """A module to be made twice: a class or a function of ``torch.nn``, and its arguments."""

    def __init__(self, name: str, /, **kwargs: Any) -> None:
        self.name, self.kwargs = name, kwargs

    def __repr__(self) -> str:
        return f"{self.name}({', '.join(f'{name}={value!r}' for name, value in self.kwargs.items())})"


class Shape(tuple[Any, ...]):
    """Stands for a tensor of that shape."""


# ---------------------------------------------------------------- random arguments
class Draw:
    """Random arguments; now and then one that is none."""

    def __init__(self, rng: random.Random, wild: bool) -> None:
        self.rng, self.wild = rng, wild

    def size(self) -> int:
        return self.rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 31, 64, 100, 768, 30522])

    def small(self) -> int:
        return self.rng.randint(1, 6)

    def maybe(self, chance: float = 0.5) -> bool:
        return self.rng.random() < chance

    def some(self, **optional: Any) -> dict[str, Any]:
        """Some of the optional arguments, each made when it is chosen."""
        return {name: make() if callable(make) else make for name, make in optional.items() if self.maybe()}

    def flag(self) -> bool:
        return self.maybe()

    def axes(self, rank: int, least: int = 1) -> Any:
        one = lambda: self.rng.randint(least, 4)
        count = rank + (self.rng.choice([-1, 1]) if self.wild and self.maybe(0.1) and rank > 1 else 0)
        return one() if self.maybe() else tuple(one() for _ in range(count))


def linear(d: Draw) -> Spec:
    return Spec("Linear", in_features=d.size(), out_features=d.size(), **d.some(bias=d.flag))


def lazy_linear(d: Draw) -> Spec:
    return Spec("LazyLinear", out_features=d.size(), **d.some(bias=d.flag))


def bilinear(d: Draw) -> Spec:
    return Spec("Bilinear", in1_features=d.size(), in2_features=d.size(), out_features=d.size(), **d.some(bias=d.flag))


def embedding(d: Draw) -> Spec:
    rows = d.size()
    reach = rows + (2 if d.wild else -1)
    optional = d.some(padding_idx=lambda: d.rng.randint(-min(rows, reach), max(reach, 0)), _freeze=d.flag, sparse=d.flag)
    if d.maybe(0.3):
        optional["_weight"] = Shape((rows, 3))
        return Spec("Embedding", num_embeddings=rows, embedding_dim=d.rng.choice([3, 3, 4]) if d.wild else 3, **optional)
    return Spec("Embedding", num_embeddings=rows, embedding_dim=d.size(), **optional)


def embedding_bag(d: Draw) -> Spec:
    modes = ["sum", "mean", "max"]
    return Spec("EmbeddingBag", num_embeddings=d.size(), embedding_dim=d.size(), **d.some(mode=lambda: d.rng.choice(modes)))


def prelu(d: Draw) -> Spec:
    return Spec("PReLU", **d.some(num_parameters=d.size, init=0.1))


def recurrent(d: Draw) -> Spec:
    name = d.rng.choice(["RNN", "GRU", "LSTM", "RNNBase"])
    hidden = d.size()
    optional = d.some(num_layers=d.small, bias=d.flag, batch_first=d.flag, bidirectional=d.flag, dropout=d.rng.random)
    if name == "RNN":
        optional |= d.some(nonlinearity=lambda: d.rng.choice(["tanh", "relu"] + ["gelu"] * d.wild))
    if name == "RNNBase":
        optional["mode"] = d.rng.choice(["RNN_TANH", "RNN_RELU", "GRU", "LSTM"] + ["CNN"] * d.wild)
    if (name == "LSTM" or optional.get("mode") == "LSTM" or (d.wild and name != "RNNBase" and d.maybe(0.2))) and d.maybe():
        optional["proj_size"] = d.rng.randint(0, hidden if d.wild else hidden - 1)
    if d.wild and d.maybe(0.2):
        optional["dropout"] = d.rng.choice([-0.1, 1.5, True])
    return Spec(name, input_size=d.size(), hidden_size=hidden, **optional)


def cell(d: Draw) -> Spec:
    name = d.rng.choice(["RNNCell", "GRUCell", "LSTMCell", "RNNCellBase"])
    optional = {"bias": d.flag(), "num_chunks": d.small()} if name == "RNNCellBase" else d.some(bias=d.flag)
    return Spec(name, input_size=d.size(), hidden_size=d.size(), **optional)


def convolution(d: Draw) -> Spec:
    rank, transposed, lazy = d.rng.randint(1, 3), d.flag(), d.flag()
    name = f"{'Lazy' * lazy}Conv{'Transpose' * transposed}{rank}d"
    groups = d.rng.choice([1, 1, 2, 3, 4])
    over = d.rng.choice([0, 0, 1]) if d.wild else 0
    optional = d.some(stride=lambda: d.axes(rank), padding=lambda: d.axes(rank, 0), dilation=lambda: d.axes(rank), bias=d.flag) | (
        {"groups": groups} if groups > 1 or d.flag() else {}
    )
    if transposed:
        optional |= d.some(output_padding=lambda: d.axes(rank, 0))
    elif d.maybe(0.3):
        modes = ["zeros", "reflect", "replicate", "circular"] + ["mirror"] * d.wild
        optional["padding_mode"] = d.rng.choice(modes)
        optional["padding"] = d.rng.choice(["same", "valid"] + ["causal"] * d.wild)
        if not d.wild:
            optional.pop("stride", None)
    if not lazy:
        optional["in_channels"] = groups * d.size() + over
    return Spec(name, out_channels=groups * d.size(), kernel_size=d.axes(rank), **optional)


def batch(d: Draw) -> Spec:
    name = d.rng.choice([f"{kind}Norm{rank}d" for kind in ("Batch", "Instance") for rank in (1, 2, 3)] + ["SyncBatchNorm"])
    lazy = d.flag() and name != "SyncBatchNorm"
    optional = d.some(affine=d.flag, track_running_stats=d.flag, bias=d.flag, momentum=0.2, eps=1e-3)
    return Spec(f"Lazy{name}", **optional) if lazy else Spec(name, num_features=d.size(), **optional)


def layer_norm(d: Draw) -> Spec:
    name = d.rng.choice(["LayerNorm", "RMSNorm"])
    shape = d.size() if d.flag() else [d.small() for _ in range(d.small())]
    optional = d.some(elementwise_affine=d.flag, eps=1e-3)
    if name == "LayerNorm":
        optional |= d.some(bias=d.flag)
    return Spec(name, normalized_shape=shape, **optional)


def group_norm(d: Draw) -> Spec:
    groups = d.small()
    channels = groups * d.size() + (1 if d.wild and d.flag() else 0)
    return Spec("GroupNorm", num_groups=groups, num_channels=channels, **d.some(affine=d.flag, bias=d.flag))


def attention(d: Draw) -> Spec:
    heads = d.small()
    width = heads * d.small() + (1 if d.wild and d.flag() else 0)
    other = lambda: d.rng.choice([width, d.size()])
    optional = d.some(kdim=other, vdim=other, bias=d.flag, add_bias_kv=d.flag, add_zero_attn=d.flag, batch_first=d.flag)
    return Spec("MultiheadAttention", embed_dim=width, num_heads=heads, **optional)


def transformer_layer(d: Draw, side: str = "") -> Spec:
    heads = d.small()
    optional = d.some(
        dim_feedforward=d.size,
        bias=d.flag,
        norm_first=d.flag,
        batch_first=d.flag,
        activation=lambda: d.rng.choice(["relu", "gelu"] + ["selu"] * d.wild),
    )
    side = side or d.rng.choice(["Encoder", "Decoder"])
    return Spec(f"Transformer{side}Layer", d_model=heads * d.small(), nhead=heads, **optional)


def stack(d: Draw) -> Spec:
    side = d.rng.choice(["Encoder", "Decoder"])
    optional = d.some(norm=lambda: layer_norm(d))
    return Spec(
        f"Transformer{side}", **{f"{side.lower()}_layer": transformer_layer(d, side)}, num_layers=d.rng.randint(0, 4), **optional
    )


def transformer(d: Draw) -> Spec:
    heads = d.small()
    number = lambda: d.rng.randint(0, 3)
    optional = d.some(num_encoder_layers=number, num_decoder_layers=number, dim_feedforward=d.size, bias=d.flag, norm_first=d.flag)
    return Spec("Transformer", d_model=heads * d.small(), nhead=heads, **optional)


def adaptive(d: Draw) -> Spec:
    cutoffs = sorted(d.rng.sample(range(1, 200), d.small()))
    if d.wild and d.flag():
        d.rng.shuffle(cutoffs)
    classes = max(cutoffs) + d.rng.randint(0 if d.wild else 1, 50)
    optional = d.some(div_value=lambda: d.rng.choice([1.0, 2.0, 2.5, 4.0, 8]), head_bias=d.flag)
    return Spec("AdaptiveLogSoftmaxWithLoss", in_features=d.size(), n_classes=classes, cutoffs=cutoffs, **optional)


def loss(d: Draw) -> Spec:
    name = d.rng.choice("BCELoss BCEWithLogitsLoss CrossEntropyLoss MultiLabelSoftMarginLoss MultiMarginLoss NLLLoss".split())
    weight = lambda: Shape((d.size(),))
    return Spec(name, **d.some(weight=weight, **({"pos_weight": weight} if name == "BCEWithLogitsLoss" else {})))


def linear_loss(d: Draw) -> Spec:
    classes = d.size()
    weight = lambda: Shape((classes + (1 if d.wild and d.flag() else 0),))
    optional = d.some(bias=d.flag, weight=weight, out_features=lambda: tuple(d.small() for _ in range(2)))
    return Spec("LinearCrossEntropyLoss", in_features=d.size(), num_classes=classes, **optional)


def parameters(d: Draw) -> Spec:
    shapes = [Shape(d.rng.randint(0, 5) for _ in range(d.rng.randint(0, 4))) for _ in range(d.rng.randint(0, 5))]
    if d.flag():
        return Spec("ParameterList", values=shapes)
    return Spec("ParameterDict", parameters={f"p{d.rng.randint(0, 99)}": shape for shape in shapes})


def sequential(d: Draw) -> Spec:
    families = [family for family in FAMILIES if family is not orthogonal]  # which has no place on the meta device
    return Spec("Sequential", args=[d.rng.choice(families)(d) for _ in range(d.small())])


def reparametrized(d: Draw) -> Spec:
    where = d.rng.choice(["utils", "utils.parametrizations"])
    inner = d.rng.choice([linear, convolution, recurrent, bilinear])(Draw(d.rng, False))
    while inner.name.startswith(("Lazy", "RNNBase")):
        inner = d.rng.choice([linear, convolution])(Draw(d.rng, False))
    weight = "weight_hh_l0" if inner.name in ("RNN", "GRU", "LSTM") else "weight"
    norm = d.rng.choice(["weight_norm", "spectral_norm"])
    odd = [None, 7, -1] if d.wild and norm == "spectral_norm" else []
    return Spec(f"{where}.{norm}", module=inner, name=weight, **d.some(dim=lambda: d.rng.choice([0, 1, *odd])))


def orthogonal(d: Draw) -> Spec:
    """With few numbers, for PyTorch has to calculate some."""
    inner = d.rng.choice(
        [
            Spec("Linear", in_features=d.small(), out_features=d.small()),
            Spec("Conv2d", in_channels=d.small(), out_channels=d.small(), kernel_size=d.axes(2)),
            Spec("ConvTranspose1d", in_channels=d.small(), out_channels=d.small(), kernel_size=d.small()),
            Spec("LSTM", input_size=d.small(), hidden_size=d.small()),
        ]
    )
    maps = ["matrix_exp", "cayley", "householder"] + ["polar"] * d.wild
    optional = d.some(orthogonal_map=lambda: d.rng.choice(maps), use_trivialization=d.flag)
    name = "weight_hh_l0" if inner.name == "LSTM" else d.rng.choice(["weight", "weight", "bias"])
    return Spec("utils.parametrizations.orthogonal", module=inner, name=name, **optional)


PLAIN = ["ReLU", "GELU", "Tanh", "Softmax", "Flatten", "Identity", "Sigmoid", "MSELoss", "SiLU", "Hardswish", "CTCLoss"]


def plain(d: Draw) -> Spec:
    if d.flag():
        return Spec(d.rng.choice(PLAIN))
    if d.flag():
        return Spec("Dropout", p=d.rng.choice([0.1, 0, 1, 0.5] + [1.5, -1] * d.wild))
    return Spec("MaxPool2d", kernel_size=d.small(), **d.some(stride=d.small))


FAMILIES: list[Callable[[Draw], Spec]] = [
    linear, lazy_linear, bilinear, embedding, embedding_bag, prelu, recurrent, recurrent, cell, convolution, convolution, batch,
    layer_norm, group_norm, attention, attention, transformer_layer, stack, transformer, adaptive, loss, linear_loss, parameters,
    sequential, reparametrized, reparametrized, orthogonal, plain,
]  # fmt: skip


# ---------------------------------------------------------------- making it in either
def made(api: Any, tensor: Callable[[Any], Any], value: Any) -> Any:
    """A spec as a module of an api; the same for what is in its arguments."""
    if isinstance(value, Spec):
        thing = api
        for step in value.name.split("."):
            thing = getattr(thing, step)
        kwargs = {name: made(api, tensor, each) for name, each in value.kwargs.items() if name != "args"}
        return thing(*[made(api, tensor, each) for each in value.kwargs.get("args", ())], **kwargs)
    if isinstance(value, Shape):
        return tensor(tuple(value))
    if isinstance(value, dict):
        return {name: made(api, tensor, each) for name, each in value.items()}
    return type(value)(made(api, tensor, each) for each in value) if type(value) in (list, tuple) else value


def input_for(spec: Spec, rng: random.Random) -> tuple[int, ...]:
    """The shape of an input that a Lazy class takes."""
    rank = int(spec.name[-2]) if spec.name.endswith("d") else 1
    channels = spec.kwargs.get("groups", 1) * rng.randint(1, 9)
    return (2, channels, *(rng.randint(20, 30) for _ in range(rank))) if spec.name != "LazyLinear" else (2, channels)


def materialized(module: Any, spec: Spec, give: Callable[[Any, tuple[int, ...]], Any], rng: random.Random) -> None:
    """Gives every Lazy module its input."""
    if spec.name == "Sequential":
        for child, each in zip(module, spec.kwargs["args"], strict=True):
            materialized(child, each, give, rng)
    elif spec.name.startswith("Lazy"):
        give(module, input_for(spec, rng))


@contextmanager
def quietly(device: str = "meta") -> Iterator[None]:
    """On the device that has no numbers, and without warnings of what is deprecated."""
    with warnings.catch_warnings(), torch.device(device):
        warnings.simplefilter("ignore")
        yield


def theirs(spec: Spec, seed: int) -> Any:
    with quietly("cpu" if "orthogonal" in spec.name else "meta"):
        module = made(torch.nn, torch.empty, spec)
        materialized(module, spec, lambda child, shape: child.initialize_parameters(torch.empty(shape)), random.Random(seed))
        return module


def ours(spec: Spec, seed: int) -> Any:
    module = made(nn, empty, spec)
    materialized(module, spec, lambda child, shape: child(shape), random.Random(seed))
    return module


# ---------------------------------------------------------------- letters
SIZES = frozenset(
    "in_features out_features in1_features in2_features num_embeddings embedding_dim num_parameters input_size hidden_size "
    "in_channels out_channels kernel_size num_features normalized_shape num_channels dim_feedforward num_classes".split()
)


def in_letters(value: Any, numbers: dict[str, int]) -> Any:
    """A spec with a letter for each size, the same letter for the same number."""
    if isinstance(value, Spec):
        grouped = value.kwargs.get("groups", 1) != 1 or value.name in ("GroupNorm", "AdaptiveLogSoftmaxWithLoss")
        grouped = grouped or "padding_idx" in value.kwargs or value.kwargs.get("proj_size") or "weight" in value.kwargs
        return Spec(
            value.name,
            **{
                name: lettered(each, numbers) if name in SIZES and not grouped else in_letters(each, numbers)
                for name, each in value.kwargs.items()
                if name != "_weight"
            },
        )
    if isinstance(value, dict):
        return {name: in_letters(each, numbers) for name, each in value.items()}
    return type(value)(in_letters(each, numbers) for each in value) if type(value) in (list, tuple) else value


def lettered(value: Any, numbers: dict[str, int]) -> Any:
    if isinstance(value, list | tuple):
        return tuple(lettered(each, numbers) for each in value)
    numbers[f"s{value}"] = value
    return symbols(f"s{value}")


def number(size: Any, numbers: dict[str, int]) -> int:
    if isinstance(size, int):
        return size
    done = size.xreplace({letter: sympy.Integer(numbers[letter.name]) for letter in size.free_symbols})
    assert done.is_Integer, size
    return int(done)


def cannot_be_called(spec: Any) -> bool:
    """What PyTorch makes and then refuses to call, and symparams refuses to make: a convolution with too few sizes, or too many."""
    if isinstance(spec, list):
        return any(map(cannot_be_called, spec))
    if not isinstance(spec, Spec):
        return False
    if "Conv" in spec.name:
        rank = int(spec.name[-2])
        lengths = {name: len(value) for name, value in spec.kwargs.items() if isinstance(value, tuple)}
        return any(length not in ((rank,) if name == "kernel_size" else (1, rank)) for name, length in lengths.items())
    return any(map(cannot_be_called, spec.kwargs.values()))


# ---------------------------------------------------------------- the test
def listed(module: Any) -> tuple[list[Any], list[Any]]:
    return (
        [(name, tuple(tensor.shape), bool(tensor.requires_grad)) for name, tensor in module.named_parameters()],
        [(name, tuple(tensor.shape)) for name, tensor in module.named_buffers()],
    )


def total(module: Any, **options: Any) -> int:
    return sum(tensor.numel() for _, tensor in module.named_parameters(**options))


def compared(spec: Spec, seed: int) -> str:
    """What became of a case: ``equal``, ``refused``, or an assertion."""
    try:
        real = theirs(spec, seed)
    except Exception as error:  # noqa: BLE001  (PyTorch refuses with whatever comes)
        with pytest.raises(SymparamsError) as refusal:
            ours(spec, seed)
        assert "\n" not in str(refusal.value), error
        return "refused"
    if cannot_be_called(spec):
        with pytest.raises(SymparamsError):
            ours(spec, seed)
        return "refused"
    mine = ours(spec, seed)
    assert listed(mine) == listed(real)
    assert int(mine.count) == total(real)
    assert int(mine.trainable_count) == sum(tensor.numel() for tensor in real.parameters() if tensor.requires_grad)
    assert int(mine.buffer_count) == sum(tensor.numel() for tensor in real.buffers())
    read = from_torch(real)
    assert listed(read.module) == listed(real)
    assert int(read.count) == total(real)
    assert int(read.untied_count) == total(real, remove_duplicate=False)
    assert int(read.buffer_count) == int(mine.buffer_count)
    read_in_letters(real, random.Random(seed))
    if "orthogonal" not in repr(spec):
        numbers: dict[str, int] = {}
        letters = ours(in_letters(spec, numbers), seed)
        assert letters.count.at({name: numbers[name] for name in letters.count.letters}) == total(real)
        assert [tuple(number(axis, numbers) for axis in tensor.shape) for tensor in letters.parameters()] == [
            tuple(tensor.shape) for tensor in real.parameters()
        ]
    return "equal"


def read_in_letters(real: Any, rng: random.Random) -> None:
    """One axis of a tensor becomes a letter, wherever an argument is that number."""
    sizes = sorted({axis for tensor in real.parameters() for axis in tensor.shape if axis > 0})
    if not sizes:
        return
    letters = {"s": rng.choice(sizes)}
    try:
        model = from_torch(real, letters=letters)
    except LetterError as error:  # the axis of four joined gates, say, is no argument
        assert "stands nowhere" in str(error)
        return
    assert model.count.at(model.values if model.count.letters else {}) == total(real)
    assert [tuple(number(axis, letters) for axis in tensor.shape) for tensor in model.tensors()] == [
        tuple(tensor.shape) for _, tensor in real.named_parameters(remove_duplicate=False)
    ]


@pytest.mark.parametrize("group", range(-(-CASES // GROUP)))
def test_a_random_module_is_what_pytorch_makes_of_it(group: int) -> None:
    outcomes = []
    for case in range(group * GROUP, min(CASES, (group + 1) * GROUP)):
        rng = random.Random(SEED * 10**9 + case)
        spec = rng.choice(FAMILIES)(Draw(rng, wild=case % 5 == 4))
        try:
            outcomes.append(compared(spec, case))
        except BaseException as error:
            error.add_note(f"case {case}: {spec}")
            raise
    assert outcomes.count("equal") >= len(outcomes) // 2


def shown(cls: Any) -> list[Any]:
    """The arguments of a class; a default that is a function, by name."""
    return [
        (its.name, its.kind, getattr(its.default, "__name__", its.default)) for its in inspect.signature(cls).parameters.values()
    ]


@pytest.mark.parametrize("name", sorted(signatures()))
def test_a_class_takes_the_arguments_of_pytorch_and_has_its_defaults(name: str) -> None:
    with quietly():
        mine, real = getattr(nn, name), getattr(torch.nn, name)
        same_arguments(name, mine, real)


def same_arguments(name: str, mine: Any, real: Any) -> None:
    if shown(real) != shown(torch.nn.Module):
        assert shown(mine) == shown(real)
    elif name in ("RNN", "GRU", "LSTM", "NLLLoss2d"):  # whose signature says only that there are arguments
        example = real() if name == "NLLLoss2d" else real(3, 4)
        kept = {argument for argument, _, _ in shown(mine)} - {"device", "dtype", "size_average", "reduce"}
        assert all(hasattr(example, argument) for argument in kept)
    else:  # no __init__ of its own
        assert shown(mine) == (shown(real) if name == "Identity" else [])


def test_every_class_of_torch_nn_is_there_and_no_other_has_parameters() -> None:
    theirs = {name for name in dir(torch.nn) if isinstance(getattr(torch.nn, name), type)}
    modules = {name for name in theirs if issubclass(getattr(torch.nn, name), torch.nn.Module)}
    assert set(signatures()) <= modules
    left_out = {"Module", "Container", "Sequential", "ModuleList", "ModuleDict", "ParameterList", "ParameterDict"}
    assert modules - set(signatures()) == left_out
    from symparams.torch.rows.plain import DROPOUTS
    from symparams.torch.rows.plain import PLAIN as WITHOUT

    example = {"kernel_size": 2, "output_size": 2, "padding": 1, "value": 0.0, "norm_type": 2, "groups": 2, "dim": 1, "size": 2}
    example |= {"unflattened_size": (2, 2), "upscale_factor": 2, "downscale_factor": 2, "threshold": 0.1}
    with quietly():
        for name in (*DROPOUTS.split(), *WITHOUT.split()):
            needed = [part for part in signatures()[name].split(", ") if part and "=" not in part and "*" not in part]
            if name.startswith("Fractional"):
                needed.append("output_size")
            module = getattr(torch.nn, name)(**{part: example[part] for part in needed})
            assert listed(module) == ([], []), name
