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

from symparams import from_torch
from symparams.errors import LetterError, SymparamsError
from symparams.torch import empty, nn
from symparams.torch.signature import signatures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
from tests.installed import installed
from tests.torch.unmeasured_modules import FAMILIES, Draw, Shape, Spec, cannot_be_called, in_letters, number

torch = installed("torch")

CASES = int(os.environ.get("SYMPARAMS_TORCH_CASES", "600"))
SEED = int(os.environ.get("SYMPARAMS_TORCH_SEED", "0"))
GROUP = 50  # cases a test


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
        assert "is unused" in str(error)
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
