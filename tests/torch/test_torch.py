"""``symparams.torch``: modules as their users write them, with letters; what is counted once, and what is refused."""

from __future__ import annotations

import math
from copy import deepcopy
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import symparams
from symparams import compare, symbols, torch
from symparams.errors import ArgumentError, LetterError, SettingError, ShapeError, SizeError, UnknownLayerError
from symparams.torch import nn
from tests.bad_input import refused

law = settings(max_examples=25, deadline=None, database=None, derandomize=True)
V, T, L, d, f, h, m, n = symbols("V T L d f h m n")


def shapes(module: Any) -> list[tuple[str, tuple[Any, ...]]]:
    return [(name, tensor.shape) for name, tensor in module.named_parameters()]


# ---------------------------------------------------------------- closed forms
FORMS = [
    (lambda: nn.LSTM(m, n), 4 * (m * n + n**2 + 2 * n)),
    (lambda: nn.LSTM(m, n, num_layers=L), 4 * (m * n + n**2 + 2 * n) + (L - 1) * 8 * (n**2 + n)),
    (lambda: nn.GRU(m, n, L, bidirectional=True), 6 * (m * n + n**2 + 2 * n) + (L - 1) * 6 * (3 * n**2 + 2 * n)),
    (lambda: nn.LSTM(m, n, L, bias=False, proj_size=d), 4 * n * (m + d) + n * d + (L - 1) * (8 * n * d + n * d)),
    (lambda: nn.MultiheadAttention(d, h), 4 * d**2 + 4 * d),
    (lambda: nn.MultiheadAttention(d, h, kdim=m, vdim=n, add_bias_kv=True), 2 * d**2 + d * m + d * n + 6 * d),
    (lambda: nn.TransformerEncoderLayer(d, h, f), 4 * d**2 + 2 * d * f + f + 9 * d),
    (lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(d, h, f), L), L * (4 * d**2 + 2 * d * f + f + 9 * d)),
    (lambda: nn.Transformer(d, h, L, L, f), L * (12 * d**2 + 4 * d * f + 2 * f + 24 * d) + 4 * d),
    (lambda: nn.Conv2d(m, n, (3, d)), 3 * d * m * n + n),
    (lambda: nn.AdaptiveLogSoftmaxWithLoss(16 * d, V, [10, 100]), 16 * d * 12 + 4 * d * (16 * d + 90) + d * (16 * d + V - 100)),
]


@pytest.mark.parametrize(("module", "form"), FORMS, ids=[str(form) for _, form in FORMS])
def test_a_module_in_letters_has_its_closed_form(module: Any, form: sympy.Expr) -> None:
    assert sympy.expand(module().count.expr - form) == 0


@law
@given(sizes=st.tuples(*[st.integers(1, 40)] * 2), layers=st.integers(1, 6), both=st.booleans(), bias=st.booleans())
def test_a_number_of_layers_may_be_given_before_or_after(sizes: tuple[int, int], layers: int, both: bool, bias: bool) -> None:
    for cls in (nn.RNN, nn.LSTM, nn.GRU):
        settings = {"bidirectional": both, "bias": bias}
        in_letters = cls(m, n, num_layers=L, **settings)
        in_numbers = cls(*sizes, num_layers=layers, **settings)
        assert in_letters.count.at(m=sizes[0], n=sizes[1], L=layers) == int(in_numbers.count)
        assert int(in_numbers.count) == sum(tensor.numel() for tensor in in_numbers.parameters())


@law
@given(width=st.integers(1, 8), heads=st.integers(1, 8), inner=st.integers(1, 50), layers=st.integers(0, 4))
def test_a_stack_of_as_many_layers_as_a_letter_says_is_the_stack(width: int, heads: int, inner: int, layers: int) -> None:
    total = nn.Transformer(d, h, L, L, f).count
    made = nn.Transformer(width * heads, heads, layers, layers, inner)
    assert total.given(L=layers).at({"d": width * heads, "f": inner} if layers else {"d": width * heads}) == int(made.count)


def test_as_many_layers_as_a_letter_says_have_a_formula_and_no_list() -> None:
    refused(ShapeError, "LSTM has L layers, of which there is a formula and no list", lambda: [*nn.LSTM(m, n, L).parameters()])
    model = nn.Sequential(nn.TransformerEncoder(nn.TransformerEncoderLayer(d, 8), L))
    refused(ShapeError, "0.layers has L layers", lambda: [*model.named_parameters()])
    refused(ShapeError, "a formula and no list", lambda: model[0].layers[0])
    refused(ShapeError, "a formula and no list", lambda: [*model[0].layers])


# ---------------------------------------------------------------- modules of a user
class Attention(nn.Module):
    def __init__(self, width: Any, places: Any) -> None:
        super().__init__()
        self.joined = nn.Linear(width, 3 * width)
        self.c_proj = nn.Linear(width, width)
        self.register_buffer("mask", torch.tril(torch.ones(places, places)).view(1, 1, places, places), persistent=False)


class Block(nn.Module):
    def __init__(self, width: Any, places: Any) -> None:
        super().__init__()
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, places)
        self.inner = nn.ModuleDict({"up": nn.Linear(width, 4 * width), "act": nn.GELU(), "c_proj": nn.Linear(4 * width, width)})


class GPT(nn.Module):
    """As users write theirs: modules in lists and dicts, tied tensors, numbers that are filled in place."""

    def __init__(self, words: Any, width: Any, places: Any, layers: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(words, width), nn.Embedding(places, width)
        self.blocks = nn.ModuleList(Block(width, places) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, words, bias=False)
        self.head.weight = self.words.weight
        self.apply(self.fill)
        for name, parameter in self.named_parameters():
            if name.endswith("c_proj.weight") and parameter.dim() > 1:
                torch.nn.init.normal_(parameter, mean=0.0, std=0.02 / math.sqrt(2 * layers))

    def fill(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear) and module.bias is not None:
            module.bias.data.zero_()
        elif isinstance(module, nn.Embedding):
            module.weight.data[0].normal_(0, 0.02)

    @torch.no_grad()
    def forward(self, x: Any) -> Any:
        raise AssertionError("never run")


def test_a_model_of_a_users_own_is_counted_with_what_is_tied_once() -> None:
    """GPT-2's 124,439,808: see its authors' "Language Models are Unsupervised Multitask Learners" and their released weights."""
    model = GPT(50257, 768, 1024, 12)
    assert int(model.count) == 124_439_808 == sum(tensor.numel() for tensor in model.parameters())
    assert int(model.untied_count) == 163_037_184
    assert int(model.buffer_count) == 12 * 1024**2
    assert "head.weight" in model.state_dict()
    assert not any("mask" in name for name in model.state_dict())
    assert [name for name, _ in model.named_parameters()][:2] == ["words.weight", "places.weight"]
    assert sympy.expand(GPT(V, d, T, 2).count.expr - (V * d + T * d + 2 * (12 * d**2 + 13 * d) + 2 * d)) == 0


class Positions(nn.Module):
    def __init__(self, width: Any, longest: int) -> None:
        super().__init__()
        place = torch.arange(longest).unsqueeze(1)
        angle = place * torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
        table = torch.zeros(longest, 1, width, dtype=torch.float32, device=torch.device("cpu"))
        table[:, 0, 0::2] = torch.sin(angle)
        table[:, 0, 1::2] = torch.cos(angle)
        self.register_buffer("table", table)


def test_what_is_calculated_for_a_buffer_is_calculated_with_shapes() -> None:
    assert Positions(512, 5000).table.shape == (5000, 1, 512)
    assert Positions(d, 5000).buffer_count.expr == 5000 * d


def test_a_parameter_that_leaves_the_graph_is_still_a_parameter() -> None:
    model = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 5)).requires_grad_(False)
    model[1].requires_grad_(True)
    assert (int(model.count), int(model.trainable_count), int(model.non_trainable_count)) == (41, 25, 16)
    model[0].weight.requires_grad = True
    assert int(model.trainable_count) == 37


def test_a_module_used_twice_counts_once_and_a_copy_is_another() -> None:
    layer = nn.Linear(m, n)
    assert nn.Sequential(layer, layer).count == layer.count
    assert nn.Sequential(layer, deepcopy(layer)).count.expr == 2 * layer.count.expr
    tied = nn.Sequential(nn.Linear(3, 4), nn.Linear(3, 4))
    tied[1].bias = tied[0].bias
    assert int(tied.count) == 28
    assert int(deepcopy(tied).count) == 28


def test_a_class_may_be_subclassed_and_added_to() -> None:
    class Scaled(nn.Linear):
        def __init__(self, inputs: Any, outputs: Any) -> None:
            super().__init__(inputs, outputs)
            self.gain = nn.Parameter((outputs,))
            self.register_parameter("shift", None)

    assert Scaled(m, n).count.expr == m * n + 2 * n
    assert shapes(Scaled(3, 4)) == [("weight", (4, 3)), ("bias", (4,)), ("gain", (4,))]


def test_a_parameter_that_is_replaced_or_deleted_is_counted_as_it_stands() -> None:
    layer = nn.Linear(3, 4)
    layer.weight = nn.Parameter((7, 3))
    layer.bias = None
    assert int(layer.count) == 21
    del layer.weight
    assert int(layer.count) == 0
    refused(ArgumentError, "weight is a parameter, and 3 is none", lambda: setattr(nn.Linear(3, 4), "weight", 3))


def test_a_lazy_module_waits_for_the_shape_of_its_input() -> None:
    layer = nn.LazyConv2d(n, 3, groups=1)
    refused(ShapeError, "LazyConv2d has no input yet", lambda: layer.count)
    layer((8, m, 32, 32))
    assert layer.count.expr == 9 * m * n + n
    assert type(layer) is nn.Conv2d
    assert layer.in_channels == m
    refused(ShapeError, "Conv2d is counted and not run", lambda: layer((8, m, 32, 32)))
    refused(ShapeError, r"takes an input with 3 and 4 axes", lambda: nn.LazyConv2d(4, 3)((2, 3)))


# ---------------------------------------------------------------- parametrizations
def test_parametrizations_go_on_each_other() -> None:
    layer = nn.utils.parametrizations.weight_norm(nn.Linear(m, n))
    assert layer.count.expr == m * n + 2 * n
    nn.utils.parametrizations.spectral_norm(layer)
    assert layer.count.expr == m * n + 2 * n
    assert layer.buffer_count.expr == m + n
    assert layer.weight.shape == (n, m)
    assert nn.utils.parametrize.is_parametrized(layer, "weight")


def test_what_is_put_on_by_hand_and_taken_off_again_is_the_layer_as_it_was() -> None:
    for put, off in ((nn.utils.weight_norm, nn.utils.remove_weight_norm), (nn.utils.spectral_norm, nn.utils.remove_spectral_norm)):
        layer = off(put(nn.Linear(m, n)))
        assert layer.count == nn.Linear(m, n).count
        assert not [*layer.buffers()]
        refused(SettingError, "to remove", lambda off=off, layer=layer: off(layer))


class Symmetric(nn.Module):
    def forward(self, x: Any) -> Any:
        raise AssertionError("never run")


class Halved(Symmetric):
    def right_inverse(self, x: Any) -> Any:
        raise AssertionError("never run")


def test_a_parametrization_of_a_users_own_starts_from_a_tensor_of_the_same_shape() -> None:
    layer = nn.utils.parametrize.register_parametrization(nn.Linear(3, 3), "weight", Symmetric())
    assert shapes(layer) == [("bias", (3,)), ("parametrizations.weight.original", (3, 3))]
    put = nn.utils.parametrize.register_parametrization
    refused(SettingError, "has a right_inverse, which is not run here", lambda: put(nn.Linear(3, 3), "weight", Halved()))
    assert int(put(nn.Linear(3, 3), "weight", Halved(), originals=[(2, 3)]).count) == 9


# ---------------------------------------------------------------- questions about it
def test_a_comparison_of_modules_names_the_argument() -> None:
    difference = compare(nn.LSTM(m, n), nn.LSTM(m, n, bias=False))
    assert difference.total == -8 * n
    [cause] = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("bias_sets", 2, 0)
    assert "bias=False" in cause.because


def test_a_bidirectional_stack_is_more_than_twice_as_large_for_its_layers_read_both_directions() -> None:
    """The question of https://discuss.pytorch.org/t/193073: 54,000 parameters one way, 148,000 both ways."""
    one, both = nn.LSTM(20, 50, 3, bias=False), nn.LSTM(20, 50, 3, bias=False, bidirectional=True)
    assert (int(one.count), int(both.count)) == (54_000, 148_000)
    difference = compare(one, both)
    assert sum(cause.amount for cause in difference.causes) == difference.total == 94_000
    wider = [cause for cause in difference.causes if cause.setting == "inputs"]
    assert [(cause.layer, cause.amount) for cause in wider] == [("lstm.l1", 10_000), ("lstm.l2", 10_000)]


def test_the_parts_of_a_model_are_its_layers_and_its_own_parameters() -> None:
    model = nn.Sequential(nn.Linear(m, n), nn.BatchNorm1d(n))
    model.register_parameter("scale", nn.Parameter(()))
    assert [(part.name, part.title) for part in model.parts] == [
        ("scale", "nn.Parameter"),
        ("0", "nn.Linear"),
        ("1", "nn.BatchNorm1d"),
    ]
    assert model.count.expr == m * n + 3 * n + 1
    assert model.buffer_count.expr == 2 * n + 1


def test_a_table_out_of_a_tensor_is_frozen_unless_it_is_not() -> None:
    table = nn.Embedding.from_pretrained(torch.zeros(V, d))
    assert (table.count.expr, table.trainable_count.expr) == (V * d, 0)
    assert nn.EmbeddingBag.from_pretrained((10, 3), freeze=False).trainable_count == 30
    refused(ShapeError, "takes a table with a row per word", lambda: nn.Embedding.from_pretrained(torch.zeros(3)))


def test_what_changes_no_shape_may_be_called() -> None:
    model = nn.Sequential(nn.GRU(m, n), nn.Linear(n, 3))
    model[0].flatten_parameters()
    model[1].register_forward_hook(print)
    assert model.to("cuda").half().eval().train(False).count == model.count
    assert not model.training
    assert model.get_submodule("1") is model[1]
    assert model.get_parameter("1.weight") is model[1].weight
    assert nn.BatchNorm1d(n).get_buffer("running_mean").shape == (n,)


# ---------------------------------------------------------------- refusals
REFUSED = [
    (SizeError, "Linear: in_features must be a whole number of at least 1, or a symbol, not 3.0", lambda: nn.Linear(3.0, 4)),
    (SizeError, "Linear: in_features must be .* not True", lambda: nn.Linear(True, 4)),
    (SizeError, "Linear: out_features must be .* not nan", lambda: nn.Linear(3, math.nan)),
    (SizeError, "Linear: out_features must be .* not .3.", lambda: nn.Linear(3, {3})),
    (ArgumentError, "Linear has no argument 'baias'; did you mean 'bias'", lambda: nn.Linear(3, 4, baias=True)),
    (ArgumentError, "Linear needs out_features", lambda: nn.Linear(3)),
    (ArgumentError, "Linear: in_features is given twice", lambda: nn.Linear(3, in_features=3)),
    (SettingError, "Linear: bias must be True or False, not 'false'; did you mean 'False'", lambda: nn.Linear(3, 4, bias="false")),
    (UnknownLayerError, "no module 'Linaer' in torch.nn 2.13; did you mean 'Linear'", lambda: nn.Linaer),
    (SizeError, "embed_dim over num_heads: 10 does not divide into 3", lambda: nn.MultiheadAttention(10, 3)),
    (SizeError, "in_channels over groups: 10 does not divide into 3", lambda: nn.Conv1d(10, 3, 3, groups=3)),
    (SettingError, "kernel_size must be one size, or 2 of them, not", lambda: nn.Conv2d(3, 4, (3, 3, 3))),
    (SettingError, "proj_size must be smaller than hidden_size, which is 4", lambda: nn.LSTM(3, 4, proj_size=4)),
    (ArgumentError, "GRU has no argument 'proj_size'", lambda: nn.GRU(3, 4, proj_size=2)),
    (SettingError, "num_layers must be at most 10000, or a letter, not", lambda: nn.LSTM(3, 4, num_layers=10**9)),
    (SettingError, "nonlinearity must be one of 'tanh' and 'relu', not 'gelu'", lambda: nn.RNN(3, 4, nonlinearity="gelu")),
    (SettingError, "p must be a number from 0 to 1, not 1.5", lambda: nn.Dropout(1.5)),
    (SettingError, "cutoffs must go up", lambda: nn.AdaptiveLogSoftmaxWithLoss(16, 100, [20, 10])),
    (ShapeError, r"_weight must have the shape \(3, 4\)", lambda: nn.Embedding(3, 4, _weight=torch.empty(3, 5))),
    (ArgumentError, "Sequential: 0 must be a module of symparams.torch.nn, not 3", lambda: nn.Sequential(3)),
    (ArgumentError, "w must be an nn.Parameter, such as", lambda: nn.Module().register_parameter("w", torch.ones(3))),
    (ArgumentError, "call super", type("Early", (nn.Module,), {"__init__": lambda its: setattr(its, "a", nn.ReLU())})),
    (SettingError, "count is what symparams calls something of a module", lambda: setattr(nn.Module(), "count", 3)),
    (SettingError, "a name has no '.'", lambda: nn.Module().add_module("a.b", nn.ReLU())),
    (ShapeError, "Linear is counted and not run", lambda: nn.Linear(3, 4)(torch.ones(3))),
    (ShapeError, "functional.relu calculates", lambda: nn.functional.relu(3)),
    (SettingError, "spectral_norm: dim must be at least 0, not -1", lambda: nn.utils.spectral_norm(nn.Linear(3, 4), dim=-1)),
    (
        SettingError,
        "Linear has no parameter 'wieght'; it has weight, bias",
        lambda: nn.utils.weight_norm(nn.Linear(3, 4), "wieght"),
    ),
    (SettingError, "which of n and m is longer", lambda: nn.utils.parametrizations.orthogonal(nn.Linear(m, n))),
    (SettingError, "normalized_shape must have at least one size", lambda: nn.LayerNorm(())),
    (LetterError, "two different symbols are both called n", lambda: nn.Linear(sympy.Symbol("n"), n).count.expr),
    (SettingError, "no gain for 'tahn'; did you mean 'tanh'", lambda: nn.init.calculate_gain("tahn")),
]


@pytest.mark.parametrize(("error", "words", "call"), REFUSED, ids=[words for _, words, _ in REFUSED])
def test_what_pytorch_refuses_is_refused_in_one_line(error: Any, words: str, call: Any) -> None:
    refused(error, words, call)


# ---------------------------------------------------------------- tensors
SHAPES = [
    (lambda: torch.zeros(3, n), (3, n)),
    (lambda: torch.zeros((3, n)), (3, n)),
    (lambda: torch.zeros(size=(3, n)), (3, n)),
    (lambda: torch.randn(()), ()),
    (lambda: torch.full((3, 4), 0.5), (3, 4)),
    (lambda: torch.Tensor(n, 3), (n, 3)),
    (lambda: torch.tensor([[1.0, 2.0, 3.0]]), (1, 3)),
    (lambda: torch.arange(2, 10, 3), (3,)),
    (lambda: torch.arange(n), (n,)),
    (lambda: torch.randint(0, 10, (3, 4)), (3, 4)),
    (lambda: torch.linspace(0, 1, 5), (5,)),
    (lambda: torch.zeros(4, 6, 8).view(2, -1, 8), (2, 12, 8)),
    (lambda: torch.zeros(n, 6).reshape(-1), (6 * n,)),
    (lambda: torch.zeros(4, 6)[None, ..., 1:], (1, 4, 5)),
    (lambda: torch.zeros(4, n)[1, :-1], (n - 1,)),
    (lambda: torch.zeros(4, n)[:, 0::2], (4, sympy.ceiling(n / 2))),
    (lambda: torch.zeros(4, 1) * torch.zeros(n), (4, n)),
    (lambda: 2 * torch.zeros(4).exp() - 1, (4,)),
    (lambda: torch.zeros(4, 1, n).squeeze(1).unsqueeze(-1), (4, n, 1)),
    (lambda: torch.zeros(4, 5, n).permute(2, 0, 1).transpose(0, 1), (4, n, 5)),
    (torch.zeros(4, n).T.flatten, (4 * n,)),
    (lambda: torch.zeros(1, n).expand(5, -1), (5, n)),
    (lambda: torch.zeros(2, n).repeat(3, 1, 2), (3, 2, 2 * n)),
    (lambda: torch.cat([torch.zeros(2, n), torch.zeros(3, n)]), (5, n)),
    (lambda: torch.stack([torch.zeros(n)] * 3, dim=1), (n, 3)),
    (lambda: torch.zeros(3).to(torch.float16).cuda().half(), (3,)),
]


@pytest.mark.parametrize(("tensor", "shape"), SHAPES, ids=[str(number) for number in range(len(SHAPES))])
def test_tensors_are_calculated_with_as_shapes(tensor: Any, shape: tuple[Any, ...]) -> None:
    assert tensor().shape == shape


NO_SHAPES = [
    (ArgumentError, "is ambiguous: write", lambda: torch.Tensor([3, 4])),
    (ArgumentError, "made without 'dtpye'; did you mean 'dtype'", lambda: torch.zeros(3, dtpye=1)),
    (SizeError, "axis 0 must be a whole number of at least 0", lambda: torch.zeros(2.5)),
    (ShapeError, "do not go together", lambda: torch.zeros(3) + torch.zeros(4)),
    (ShapeError, "has no view of shape", lambda: torch.zeros(3, 4).view(5, -1)),
    (ShapeError, "is not known", lambda: torch.zeros(3)[torch.ones(3)]),
    (ShapeError, "neither true nor false", lambda: bool(torch.zeros(3))),
    (ShapeError, "no length that is a number", lambda: [*torch.zeros(n)]),
    (ArgumentError, "arange counts here in whole steps", lambda: torch.arange(0, 1, 0.1)),
]


@pytest.mark.parametrize(("error", "words", "call"), NO_SHAPES, ids=[words for _, words, _ in NO_SHAPES])
def test_what_has_no_shape_is_refused(error: Any, words: str, call: Any) -> None:
    refused(error, words, call)


def test_pytorch_is_a_name_of_symparams() -> None:
    assert symparams.torch is torch
    assert "torch" in dir(symparams)
    assert {"Linear", "Module", "utils", "init", "functional"} <= set(dir(nn))
