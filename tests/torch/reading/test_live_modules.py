"""``from_torch`` of live modules: read by their attributes, with letters for their numbers."""

from __future__ import annotations

from typing import Any

from symparams import compare, from_torch, symbols, torch
from symparams.errors import LetterError, ShapeError
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
    refused(LetterError, "put the letters in its arguments instead", lambda: from_torch(nn.Linear(3, 4), letters={"n": 4}))


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
