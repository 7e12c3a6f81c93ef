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
    assert model.notes == [
        "names and shapes do not tell which parameters are trained: all count as trained",
        "2 tensors are counted as buffers: bn.running_mean, bn.num_batches_tracked",
    ]
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
    ("a must be a shape or a tensor, not '1,2'", {"a": "1,2"}),
    (r"the shape of a must be whole numbers of at least 0, not \[1, 2.0\]", {"a": [1, 2.0]}),
    (r"the shape of a must be whole numbers of at least 0, not \[True\]", {"a": [True]}),
    (r"the shape of a must be whole numbers of at least 0, not \[-1\]", {"a": [-1]}),
    ("a must be a shape or a tensor, not 3", {"a": 3}),
    ("3 is not the name of a tensor", {3: (1,)}),
    (r"'a\\nb' is not the name of a tensor", {"a\nb": (1,)}),
    ("is not the name of a tensor", {".".join("a" * 300): (1,)}),
    ("a: the shape of .* must be whole numbers", {"a": LiveTensor((1.5, 2))}),
    ("from_torch cannot read 3: give a live nn.Module", 3),
    ("from_torch cannot read None", None),
    ("'model.pt' is a pickle, which runs code", "model.pt"),
    ("'model.txt' is not a .safetensors file", "model.txt"),
    ("'nowhere.safetensors' cannot be read", "nowhere.safetensors"),
]


@pytest.mark.parametrize(("words", "source"), HOSTILE, ids=[words for words, _ in HOSTILE])
def test_what_is_no_model_is_refused_in_one_line(words: str, source: Any) -> None:
    refused((TextError, ShapeError), words, lambda: from_torch(source))


def test_a_module_without_shapes_yet_is_refused() -> None:
    waiting = type("UninitializedParameter", (LiveTensor,), {})(())
    lazy = module_of("LazyLinear", {"weight": waiting}, {}, {}, "torch.nn.modules.linear")
    refused(ShapeError, "LazyLinear.weight has no shape yet: call its lazy module", lambda: from_torch(lazy))
    deep = inner = module_of("Deep", {}, {}, {})
    for _ in range(300):
        inner._modules["in"] = inner = module_of("Deep", {}, {}, {})
    refused(TextError, "nested more than 200 deep", lambda: from_torch(deep))
