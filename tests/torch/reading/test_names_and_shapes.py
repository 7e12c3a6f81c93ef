"""``from_torch`` of names and shapes, such as a state dict."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import from_torch, symbols
from symparams.errors import ShapeError, TextError
from tests.bad_input import refused
from tests.torch.live_modules import LiveTensor, module_of
from tests.torch.reading.safetensors_files import SHAPES

V, d = symbols("V d")


def test_names_and_shapes_are_a_model() -> None:
    model = from_torch(SHAPES, letters={"V": 500, "d": 64})
    assert model.count.expr == V * d + d**2 + d
    assert model.buffer_count.expr == d + 1
    assert model.notes == ["names and shapes do not say what is trained: all parameters count as trained"]
    assert from_torch({}).count.expr == 0


class Stored(LiveTensor):
    """A tensor of a state dict, which is another object for each name of the same numbers."""

    def __init__(self, shape: Any, place: int) -> None:
        super().__init__(shape)
        self.place = place

    def data_ptr(self) -> int:
        return self.place


def test_a_state_dict_tells_by_their_place_which_tensors_are_tied() -> None:
    state = {"words.weight": Stored((100, 8), 64), "head.weight": Stored((100, 8), 64), "other.weight": Stored((100, 8), 640)}
    model = from_torch(state)
    assert (int(model.count), int(model.untied_count)) == (1600, 2400)
    on_meta = {name: Stored(its.shape, 0) for name, its in state.items()}  # where nothing has a place
    assert int(from_torch(on_meta).count) == 2400


HOSTILE: list[tuple[str, Any]] = [
    ("has the shape '1,2', and a shape|is '1,2'", {"a": "1,2"}),
    (r"a has the shape \[1, 2.0\], and a shape is whole numbers", {"a": [1, 2.0]}),
    (r"a has the shape \[True\]", {"a": [True]}),
    (r"a has the shape \[-1\]", {"a": [-1]}),
    ("a is 3, and neither a shape nor a tensor", {"a": 3}),
    ("3 is no name of a tensor", {3: (1,)}),
    (r"'a\\nb' is no name of a tensor", {"a\nb": (1,)}),
    ("is no name of a tensor", {".".join("a" * 300): (1,)}),
    ("a: a shape is whole numbers", {"a": LiveTensor((1.5, 2))}),
    ("from_torch cannot read 3: give a live nn.Module", 3),
    ("from_torch cannot read None", None),
    ("'model.pt' is a pickle, which runs code", "model.pt"),
    ("'model.txt' is no .safetensors file", "model.txt"),
    ("'nowhere.safetensors' cannot be read", "nowhere.safetensors"),
]


@pytest.mark.parametrize(("words", "source"), HOSTILE, ids=[words for words, _ in HOSTILE])
def test_what_is_no_model_is_refused_in_one_line(words: str, source: Any) -> None:
    refused((TextError, ShapeError), words, lambda: from_torch(source))


def test_a_module_without_shapes_yet_is_refused() -> None:
    waiting = type("UninitializedParameter", (LiveTensor,), {})(())
    lazy = module_of("LazyLinear", {"weight": waiting}, {}, {}, "torch.nn.modules.linear")
    refused(ShapeError, "LazyLinear.weight has no shape yet: its module is lazy", lambda: from_torch(lazy))
    deep = inner = module_of("Deep", {}, {}, {})
    for _ in range(300):
        inner._modules["in"] = inner = module_of("Deep", {}, {}, {})
    refused(TextError, "nested more than 200 deep", lambda: from_torch(deep))
