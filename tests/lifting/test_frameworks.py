"""``lift`` on real builders of torch, Keras, flax, equinox and haiku, where these are installed; each held against builds never seen."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from importlib import import_module
from math import prod
from random import Random

import pytest

from symparams import lift
from symparams.errors import SettingError, SymparamsError
from symparams.lifting.built import tensors_of
from tests.installed import installed

pytestmark = pytest.mark.filterwarnings("ignore")

NEEDED = {"torch_builders": ("torch",), "keras_builders": ("keras",), "jax_builders": ("jax", "flax", "equinox", "haiku")}
CASES = [
    ("torch_builders", 27),
    ("keras_builders", 12),
    ("jax_builders", 11),
]
MOST_BUILDS = {"torch_builders": 20, "keras_builders": 20, "jax_builders": 24}  # JAX forgets where sizes came from
LARGEST = 30_000_000  # parameters of a model that is built to hold a formula against: Keras fills its variables


def builders_of(name: str):
    for framework in NEEDED[name]:
        installed(framework)
    return import_module(f"tests.lifting.{name}")


@pytest.mark.parametrize(("module", "number"), [(name, number) for name, many in CASES for number in range(many)])
def test_a_formula_is_the_frameworks_count_at_sizes_never_seen(module, number):
    build, start = builders_of(module).CASES[number]
    model = lift(build, start)
    assert model.seen.constructions <= MOST_BUILDS[module], model.seen
    assert len(model.seen.checks) == 5
    random, held = Random(build.__name__), 0
    for turn in range(30):
        sizes = {name: moved(random, value) for name, value in start.items()} if turn else dict(start)
        try:
            count = model.count.at({name: sizes[name] for name in model.count.letters})
            here = {tensor.path: (tensor.shape, tensor.trainable, tensor.tied_to) for tensor in model.tensors(sizes)}
        except SymparamsError:
            assert turn > 0
            continue
        if count > LARGEST and turn > 0 and module == "keras_builders":
            continue
        real = built(build, sizes)
        held += 1
        assert here == {each.name: (each.shape, each.trainable, each.tied_to) for each in real}, sizes
        assert count == sum(prod(each.shape) for each in real if each.tied_to is None), sizes
        if held == 8:
            break
    assert held >= 4


@pytest.mark.parametrize(("module", "many"), CASES)
def test_no_builder_is_left_out(module, many):
    assert len(builders_of(module).CASES) == many


def built(build, sizes):
    """The tensors of a real build, of torch on the meta device."""
    with ExitStack() as entered:
        if "torch" in sys.modules:
            entered.enter_context(sys.modules["torch"].device("meta"))
        return tensors_of(build(**sizes), lambda _: None)


def moved(random: Random, value):
    """A value far from the start or near it."""
    if isinstance(value, float):
        return random.choice([0.35, 0.5, 0.75, 1.1, 1.4, random.uniform(0.3, 2)])
    return random.choice([value, value, 2 * value, value + 1, max(1, value // 2), random.randint(1, 2 * value + 1)])


def test_a_flag_of_a_torch_module_is_flipped():
    torch_builders = builders_of("torch_builders")
    model = lift(torch_builders.GPT, torch_builders.CASES[0][1], flags=("bias",))
    assert str(model.count.expr - model.with_flags(bias=False).count.expr) == "9*L*d"


def test_a_torch_module_is_written_as_in_a_paper():
    torch_builders = builders_of("torch_builders")
    model = lift(torch_builders.GPT, torch_builders.CASES[0][1])
    assert str(model.count.expr) == "12*L*d**2 + 11*L*d + T*d + V*d"
    assert "(d // h)*h == d" in model.given


def test_a_random_width_of_torch_is_refused():
    torch_builders = builders_of("torch_builders")
    with pytest.raises(SettingError, match="axis 0"):
        lift(torch_builders.random_width, {"d": 64})
