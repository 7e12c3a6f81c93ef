"""``from_torch``: live modules by their attributes, state dicts, headers of ``.safetensors`` files; letters; hostile input."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import compare, from_torch, symbols, torch
from symparams.cli import main
from symparams.errors import LetterError, ShapeError, TextError
from symparams.torch import nn
from tests.bad_input import refused
from tests.torch.live_modules import LiveTensor, as_live, module_of

V, L, d, f, m, n = symbols("V L d f m n")


def tied() -> Any:
    """A table of words that is the output's matrix too, a frozen tensor of the user's own, and a buffer that is not saved."""
    model = nn.Module()
    model.words, model.head = nn.Embedding(100, 8), nn.Linear(8, 100, bias=False)
    model.head.weight = model.words.weight
    model.scale = nn.Parameter((2, 8), requires_grad=False)
    model.register_buffer("seen", torch.zeros(3), persistent=False)
    return model


# ---------------------------------------------------------------- live modules
def test_what_is_tied_counts_once_and_what_is_a_users_own_is_as_it_is() -> None:
    model = from_torch(as_live(tied()), letters={"V": 100, "d": 8})
    assert model.count.expr == V * d + 2 * d
    assert model.untied_count.expr == 2 * V * d + 2 * d
    assert model.trainable_count.expr == V * d
    assert model.non_trainable_count.expr == 2 * d
    assert int(model.buffer_count) == 3
    assert model.values == {"V": 100, "d": 8}
    assert [(its.path, its.shape, its.trainable, its.tied_to) for its in model.tensors()] == [
        ("scale", (2, d), False, None),
        ("words.weight", (V, d), True, None),
        ("head.weight", (V, d), True, "words.weight"),
    ]
    assert [(layer.name, layer.class_name, layer.count.expr, layer.output_shape) for layer in model.layers] == [
        ("words", "Embedding", V * d, None),
        ("head", "Linear", V * d, None),
    ]


def test_a_class_of_pytorch_becomes_the_formula_that_its_attributes_say() -> None:
    stack = nn.TransformerEncoder(nn.TransformerEncoderLayer(64, 4, 256), 3)
    model = from_torch(as_live(stack), letters={"d": 64, "f": 256})
    assert model.count.expr == 3 * (4 * d**2 + 2 * d * f + f + 9 * d)
    assert model.count.at(model.values) == int(stack.count)
    assert {part.title for part in model.parts} == {"nn.MultiheadAttention", "nn.Linear", "nn.LayerNorm"}


def test_the_number_of_layers_becomes_a_letter_where_its_place_is_named() -> None:
    live = as_live(nn.Sequential(nn.LSTM(15, 300, num_layers=3, bidirectional=True), nn.Linear(600, 5)))
    model = from_torch(live, letters={"n": 300, "m": 15, "L": "0.num_layers"})
    assert model.count.expr == (8 * (m * n + n**2 + 2 * n) + (L - 1) * 8 * (3 * n**2 + 2 * n) + 3005).expand()
    assert model.replaced["0.num_layers"] == "L"
    refused(ShapeError, "0 has 3 layers|0: LSTM has L layers", model.tensors)
    shared = nn.LSTM(4, 4, 2)
    shared.weight_hh_l1 = shared.weight_hh_l0
    refused(LetterError, "tied or frozen", lambda: from_torch(as_live(shared), letters={"L": "LSTM.num_layers"}))


def test_a_module_that_is_no_longer_what_its_class_says_is_read_as_it_is() -> None:
    pruned = nn.Linear(3, 4)
    pruned.weight = nn.Parameter((2, 3))
    half = nn.LSTM(3, 4)
    half.bias_hh_l0 = half.bias_ih_l0
    renamed = as_live(nn.Linear(3, 4))
    renamed.in_features = 5
    for module, total in ((as_live(pruned), 10), (as_live(half), 4 * (12 + 16 + 4)), (renamed, 16)):
        assert int(from_torch(module).count) == total == sum(its.numel() for its in {*module._parameters.values()} - {None})


def test_a_module_inside_of_itself_and_one_used_twice_are_read_once() -> None:
    layer = as_live(nn.Linear(3, 4))
    outer = module_of("Outer", {"own": LiveTensor((7,))}, {}, {"one": layer, "other": layer})
    outer._modules["again"] = outer
    assert int(from_torch(outer).count) == 23
    assert [layer.name for layer in from_torch(outer).layers] == ["one"]


def test_what_a_class_leaves_out_stays_out_in_letters() -> None:
    for module, form in (
        (nn.Linear(3, 4, bias=False), m * n),
        (nn.LSTM(3, 4, bias=False), 4 * (m * n + n**2)),
        (nn.LayerNorm(4, bias=False), n),
        (nn.MultiheadAttention(4, 2, bias=False), 4 * n**2),
    ):
        model = from_torch(as_live(module), letters={"m": 3, "n": 4} if "m" in map(str, form.free_symbols) else {"n": 4})
        assert model.count.expr == form.expand()
        assert len(model.parts) == 1
        assert model.parts[0].title == f"nn.{type(module).__name__}"


def test_a_cluster_without_features_is_read_beside_letters() -> None:
    loss = as_live(nn.AdaptiveLogSoftmaxWithLoss(8, 100, [10, 20, 50]))  # the last cluster is 8 // 64 wide
    model = from_torch(loss, letters={"d": 8})
    assert model.count.at(model.values) == int(nn.AdaptiveLogSoftmaxWithLoss(8, 100, [10, 20, 50]).count)


def test_what_a_class_of_a_users_own_is_called_says_nothing() -> None:
    own = module_of("Linear", {"weight": LiveTensor((3, 3)), "gain": LiveTensor(())}, {}, {}, in_features=3, out_features=3)
    model = from_torch(own)
    assert int(model.count) == 10
    assert [part.title for part in model.parts] == ["nn.Parameter", "nn.Parameter"]


def test_two_models_that_were_read_are_compared_by_their_settings() -> None:
    difference = compare(from_torch(as_live(nn.LSTM(3, 4))), from_torch(as_live(nn.LSTM(3, 4, bias=False))))
    assert difference.total == -32
    [cause] = difference.causes
    assert cause.setting == "bias_sets"


def test_a_module_of_symparams_is_taken_as_it_is() -> None:
    assert from_torch(nn.Linear(m, n)).count.expr == m * n + n
    refused(LetterError, "give it the letters where it is made", lambda: from_torch(nn.Linear(3, 4), letters={"n": 4}))


def test_a_summary_has_every_layer_and_the_totals() -> None:
    summary = from_torch(as_live(tied()), letters={"V": 100, "d": 8}).summary()
    assert [(row.name, row.class_name, str(row.count)) for row in summary.rows] == [
        ("scale", "Parameter", "2*d"),
        ("words", "Embedding", "V*d"),
    ]
    text = str(summary)
    assert "Total params: V*d + 2*d" in text
    assert "Non-trainable params: 2*d" in text
    assert "In buffers: 3" in text
    assert "│ words (Embedding) │     V*d │ V*d     │" in text
    assert str(from_torch({}).summary()).startswith('Model: "the state dict"\n Total params: 0')


# ---------------------------------------------------------------- names and shapes
SHAPES = {
    "wte.weight": (500, 64),
    "h.0.weight": [64, 64],
    "h.0.bias": (64,),
    "bn.running_mean": (64,),
    "bn.num_batches_tracked": (),
}


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


# ---------------------------------------------------------------- files
SIZES = {"F32": 4, "BF16": 2, "I64": 8, "U8": 1}


def written(path: Any, tensors: dict[str, Any]) -> str:
    """A file with tensors of some types: the length of its header, the header, the numbers."""
    at, header = 0, {}
    for name, (dtype, shape) in tensors.items():
        end = at + SIZES[dtype] * math.prod(shape)
        header[name] = {"dtype": dtype, "shape": [*shape], "data_offsets": [at, end]}
        at = end
    return raw(path, json.dumps(header).encode(), at)


def raw(path: Any, header: bytes, numbers: int = 0) -> str:
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(numbers))
    return str(path)


shape = st.lists(st.integers(0, 6), max_size=4)
names = st.text("abcw.", min_size=1, max_size=8).filter(lambda name: "" not in name.split("."))


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(tensors=st.dictionaries(names, st.tuples(st.sampled_from([*SIZES]), shape), max_size=6))
def test_the_header_of_a_file_has_the_shapes(tmp_path_factory: Any, tensors: dict[str, Any]) -> None:
    if any(name.startswith(f"{other}.") for name in tensors for other in tensors):
        return  # a name that is a tensor and a module too
    path = written(tmp_path_factory.mktemp("files") / "m.safetensors", tensors)
    model = from_torch(path)
    assert {tensor.path: tensor.shape for tensor in model.tensors()} == {name: tuple(its) for name, (_, its) in tensors.items()}
    assert int(model.count) == sum(math.prod(its) for _, its in tensors.values())


HEADERS = [
    ("is no .safetensors file, or is cut off", b"{"),
    ("it is no JSON", b"{]"),
    ("is no JSON object", b"[1]"),
    ("it has a name twice", b'{"a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]}, "a": {}}'),
    ("'a' has no shape", b'{"a": {"dtype": "F32", "data_offsets": [0, 4]}}'),
    ("'a' has no shape", b'{"a": {"dtype": "F32", "shape": [true], "data_offsets": [0, 4]}}'),
    ("'a' has no shape", b'{"a": {"dtype": "F32", "shape": [1e3], "data_offsets": [0, 4]}}'),
    ("'a' does not stand in the file", b'{"a": {"dtype": "F32", "shape": [9], "data_offsets": [0, 36]}}'),
    ("'a' does not stand in the file", b'{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}'),
    ("has another size in the file than its shape", b'{"a": {"dtype": "F32", "shape": [7], "data_offsets": [0, 4]}}'),
    ("it is no JSON", b"[" * 100_000),
    ("it is no JSON", b'{"a": ' + b"9" * 10_000 + b"}"),
    ("it is no JSON", b'{"\xff": 1}'),
]


@pytest.mark.parametrize(("words", "header"), HEADERS, ids=[f"{words} {number}" for number, (words, _) in enumerate(HEADERS)])
def test_a_file_that_contradicts_itself_is_refused_in_one_line(tmp_path: Any, words: str, header: bytes) -> None:
    path = raw(tmp_path / "bad.safetensors", header, 4)
    refused(TextError, words, lambda: from_torch(path))


def test_a_file_whose_header_would_be_longer_than_itself_is_not_read(tmp_path: Any) -> None:
    path = tmp_path / "long.safetensors"
    path.write_bytes((2**63).to_bytes(8, "little") + b"{}")
    refused(TextError, "its header would have 9223372036854775808 bytes of 10", lambda: from_torch(path))
    path.write_bytes(b"\x02\x00")
    refused(TextError, "is no .safetensors file, or is cut off", lambda: from_torch(path))
    path.unlink()
    path.mkdir()
    refused(TextError, "cannot be read", lambda: from_torch(path))


# ---------------------------------------------------------------- the command line
def test_the_command_line_reads_a_file_of_pytorch(tmp_path: Any, capsys: Any) -> None:
    path = written(tmp_path / "m.safetensors", {name: ("F32", its) for name, its in SHAPES.items()})
    assert main(["import", path, "--letters", "V=500", "d=64"]) == 0
    out, err = capsys.readouterr()
    assert "│ wte.weight (Parameter) │     V*d │ V*d     │" in out
    assert "Total params: V*d + d**2 + d" in out
    assert "note: V stands at wte.weight[0]" in err
    assert main(["import", path, "--format", "markdown"]) == 0
    assert "| wte.weight (Parameter) | 32,000 | `500*64` |" in capsys.readouterr().out
    assert main(["count", path]) == 0
    assert capsys.readouterr().out == "36160\n"
    assert main(["show", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["count"] == 36160
    assert main(["import", path, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(layer["name"], layer["count"]) for layer in answer["layers"]] == [
        ("wte.weight", 32000),
        ("h.0.weight", 4096),
        ("h.0.bias", 64),
    ]
    assert main(["compare", path, path]) == 0
    assert "the same" in capsys.readouterr().out
    assert main(["import", "model.pt"]) == 2
    assert capsys.readouterr().err == (
        "symparams: 'model.pt' is a pickle, which runs code when it is read: load it yourself and give the state dict\n"
    )
