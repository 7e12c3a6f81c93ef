"""Checkpoints, live models and configs compared by the names and shapes of their tensors."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from symparams import compare, from_huggingface, from_jax, from_torch, symbols
from symparams.torch import nn

GPT2 = {
    "model_type": "gpt2",
    "architectures": ["GPT2LMHeadModel"],
    "vocab_size": 50,
    "n_positions": 6,
    "n_embd": 8,
    "n_layer": 2,
    "n_head": 2,
}


def checkpoint(model: Any) -> dict[str, tuple[int, ...]]:
    return {tensor.path: tuple(tensor.shape) for tensor in model.tensors() if tensor.tied_to is None}


def net() -> Any:
    return nn.Sequential(nn.Embedding(50, 16), nn.Linear(16, 8), nn.LayerNorm(8), nn.Linear(8, 3))


def test_a_checkpoint_of_a_module_differs_in_nothing() -> None:
    shapes = {name: tuple(tensor.shape) for name, tensor in net().named_parameters()}
    for before, after in ((from_torch(shapes), net()), (net(), from_torch(shapes))):
        difference = compare(before, after)
        assert (difference.total, difference.causes) == (0, [])


def test_what_is_missing_what_is_more_and_what_differs_is_named() -> None:
    shapes = {name: tuple(tensor.shape) for name, tensor in net().named_parameters()}
    del shapes["3.bias"]
    shapes |= {"1.weight": (9, 16), "extra.w": (4, 4)}
    difference = compare(from_torch(shapes), net())
    assert difference.total == 3 - 16 - 16
    said = difference.explain()
    for words in (
        "1.weight: shape (9, 16) -> (8, 16) gives -16",
        "3.bias, only after, gives +3",
        "extra.w, only before, gives -16",
    ):
        assert words in said


@pytest.mark.parametrize("turned", [False, True])
def test_a_config_and_a_checkpoint_are_compared(turned: bool) -> None:
    config = from_huggingface(GPT2)
    sides = (config, from_torch(checkpoint(config)))
    difference = compare(*reversed(sides)) if turned else compare(*sides)
    assert (difference.total, difference.causes) == (0, [])


def test_a_checkpoint_without_the_step_in_front_has_other_names() -> None:
    config = from_huggingface(GPT2)
    shapes = {name.removeprefix("transformer."): shape for name, shape in checkpoint(config).items()}
    difference = compare(from_torch(shapes), config)
    assert (difference.total, difference.causes) == (0, [])
    assert difference.notes[0].startswith(f"{len(shapes)} tensors have other names: wte.weight -> transformer.wte.weight")


def test_a_tied_tensor_that_is_stored_is_named() -> None:
    config = from_huggingface(GPT2)
    difference = compare(from_torch({**checkpoint(config), "lm_head.weight": (50, 8)}), config)
    assert difference.total == -400
    assert "lm_head.weight is tied to transformer.wte.weight after, and counts once there" in difference.notes


def test_two_frameworks_store_the_same_in_another_order_of_axes() -> None:
    module = nn.Sequential(nn.Linear(16, 8), nn.Linear(8, 3))
    shapes = {"0": {"kernel": (16, 8), "bias": (8,)}, "1": {"kernel": (8, 3), "bias": (3,)}}
    flat = from_torch({f"{layer}.{name}": shape for layer, inner in shapes.items() for name, shape in inner.items()})
    difference = compare(flat, module)
    assert (difference.total, difference.causes) == (0, [])
    assert "2 tensors have their axes in another order" in difference.notes
    assert compare(from_jax(shapes), module).total == 0


def test_models_whose_layers_are_known_are_compared_by_these() -> None:
    difference = compare(nn.Linear(4, 3), nn.Linear(4, 5))
    assert [cause.setting for cause in difference.causes] == ["units"]


def test_letters_are_compared_as_before() -> None:
    shapes = {"a.weight": (8, 4), "b.weight": (8, 4)}
    letters = from_torch(shapes, letters={"d": 4})
    assert str(compare(letters, from_torch({**shapes, "b.weight": (8, 5)}, letters={"d": 4})).total) != "0"


def test_an_array_without_sizes_is_left_out() -> None:
    empty = SimpleNamespace(shape=(0, 3))
    assert compare(from_torch({"a": (2,), "b": (3,), "e": empty}), from_torch({"a": (2,), "b": (4,)})).total == 1


class Block(nn.Module):
    def __init__(self, d: Any) -> None:
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.attn = nn.ModuleDict({"c_attn": nn.Linear(d, 3 * d), "c_proj": nn.Linear(d, d)})
        self.mlp = nn.ModuleDict({"c_fc": nn.Linear(d, 4 * d), "c_proj": nn.Linear(4 * d, d)})


class OwnGPT(nn.Module):
    """A GPT as people write it: names of its own in front, linear layers where transformers has Conv1D."""

    def __init__(self, d: Any, V: Any, T: Any, L: int) -> None:
        super().__init__()
        self.wte, self.wpe = nn.Embedding(V, d), nn.Embedding(T, d)
        self.h = nn.ModuleList([Block(d) for _ in range(L)])
        self.ln_f = nn.LayerNorm(d)


@pytest.mark.parametrize("turned", [False, True])
def test_a_model_in_letters_and_a_config_are_compared_in_the_letters_of_both(turned: bool) -> None:
    d, V, T = symbols("d V T")
    sides = (OwnGPT(d, V, T, 2), from_huggingface(GPT2))
    difference = compare(*reversed(sides)) if turned else compare(*sides)
    assert (difference.total, difference.causes) == (0, [])
    side = "before" if turned else "after"
    assert difference.notes[0] == f"{side} is compared at L = 2, where its tensors are matched one by one"
    assert "the same for all sizes" in difference.explain()


def test_a_letter_that_only_one_side_has_is_its_number() -> None:
    d, V = symbols("d V")
    assert compare(OwnGPT(d, V, 6, 2), from_huggingface(GPT2)).total == 0
    assert compare(OwnGPT(d, V, 7, 2), from_huggingface(GPT2)).total == -d
    assert compare(OwnGPT(d, V + 1, 6, 2), from_huggingface(GPT2)).total == -d


LETTERS = {"d": 8, "3*d": 24, "4*d": 32, "V": 50}


@pytest.mark.parametrize("letters", [LETTERS, {**LETTERS, "L": 2}])
def test_models_that_were_read_in_letters_are_compared_tensor_by_tensor(letters: dict[str, int]) -> None:
    """With a letter for the number of blocks, a model has no list of its tensors: they are listed at its number."""
    shapes = {name: tuple(tensor.shape) for name, tensor in OwnGPT(8, 50, 6, 2).named_parameters()}
    own = from_torch(shapes, letters=letters)
    assert own.count.letters
    difference = compare(from_huggingface(GPT2), own)
    assert (difference.total, difference.causes) == (0, [])


def test_sizes_that_stay_numbers_differ_in_letters_and_the_answer_says_where_they_are_equal() -> None:
    d = symbols("d")
    shapes = {name: tuple(tensor.shape) for name, tensor in OwnGPT(8, 50, 6, 2).named_parameters()}
    difference = compare(from_torch(shapes, letters={"d": 8}), from_huggingface(GPT2))
    assert difference.total.subs(d, 8) == 0
    assert difference.total != 0
    assert "at d = 8, the 6 tensors that differ in letters have the same shape: h.0.mlp.c_fc.weight" in difference.explain()
    assert "shape (32, d) -> (4*d, d)" in difference.explain()


def test_one_letter_with_two_numbers_is_compared_in_numbers() -> None:
    shapes = {name: tuple(tensor.shape) for name, tensor in OwnGPT(8, 50, 6, 2).named_parameters()}
    wider = {name: tuple(tensor.shape) for name, tensor in OwnGPT(16, 50, 6, 2).named_parameters()}
    difference = compare(from_torch(shapes, letters={"d": 8}), from_torch(wider, letters={"d": 16}))
    assert difference.total == int(from_torch(wider).count) - int(from_torch(shapes).count)
    assert difference.notes[0].startswith("before is compared at d = 8")
