"""compare for whole models: alignment, blocks, causes over many layers, ties, multiples; compare_all."""

from __future__ import annotations

import json
from functools import reduce
from itertools import pairwise
from operator import add
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import cli, compare, compare_all, from_keras, from_summary, keras, symbols
from symparams import layers as core
from symparams.errors import LetterError, SettingError, SizeError
from symparams.keras import layers, v1
from symparams.torch import nn
from tests.bad_input import refused

V, d, k, m, n, q = symbols("V d k m n q")


class Block(nn.Module):
    def __init__(self, width, heads, bias=True):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width, bias=bias)
        self.attn = nn.MultiheadAttention(width, heads, bias=bias)
        self.ln_2 = nn.LayerNorm(width, bias=bias)
        self.fc = nn.Linear(width, 4 * width, bias=bias)
        self.proj = nn.Linear(4 * width, width, bias=bias)


class GPT(nn.Module):
    """A GPT-2 of any size: tied or not, with biases or without."""

    def __init__(self, vocabulary, width, depth, *, heads=12, positions=1024, tied=True, bias=True, scalars=0):
        super().__init__()
        self.wte = nn.Embedding(vocabulary, width)
        if positions:
            self.wpe = nn.Embedding(positions, width)
        self.h = nn.ModuleList([Block(width, heads, bias) for _ in range(depth)])
        if scalars:
            self.scalars = nn.ParameterList([nn.Parameter((scalars,)) for _ in range(depth)])
        self.ln_f = nn.LayerNorm(width)
        self.lm_head = nn.Linear(width, vocabulary, bias=False)
        if tied:
            self.lm_head.weight = self.wte.weight


def stack(*some, features=m):
    return keras.Sequential([keras.Input((None, features)), *some])


def total(causes: Any) -> Any:
    return sympy.expand(reduce(add, (cause.amount for cause in causes), sympy.Integer(0)))


# ---------------------------------------------------------------- shares add up
def torch_models():
    makers = [
        lambda u: nn.Linear(u, 8, bias=u % 2 == 0),
        lambda u: nn.LSTM(u, 4, num_layers=1 + u % 3, bidirectional=u % 2 == 0),
        lambda u: nn.Embedding(9, u),
        nn.BatchNorm1d,
        lambda u: nn.MultiheadAttention(4 * u, 2, bias=u % 3 > 0),
        lambda u: nn.ReLU(),
        lambda u: nn.Linear(d, u),
    ]

    def built(steps):
        modules = [makers[which](units) for which, units in steps]
        for first, second in zip(modules, modules[1:], strict=False):  # noqa: RUF007
            if (
                (tables := {type(first).__name__, type(second).__name__}) == {"Linear"}
                and tables
                and first.weight.shape == second.weight.shape
            ):
                second.weight = first.weight
        return nn.Sequential(*modules)

    return st.lists(st.tuples(st.sampled_from(range(len(makers))), st.integers(1, 6)), max_size=8).map(built)


@given(before=torch_models(), after=torch_models())
@settings(max_examples=50, deadline=None)
def test_shares_of_random_modules_add_up(before, after):
    difference = compare(before, after)
    assert difference.total == sympy.expand(after.count.expr - before.count.expr)
    assert total(difference.causes) == total(difference.gathered) == total(difference.weights) == difference.total
    assert total(difference.relation().left) == difference.relation().remainder
    assert str(difference)


@given(before=torch_models(), after=torch_models(), copies=st.integers(1, 4) | st.just(q))
@settings(max_examples=25, deadline=None)
def test_shares_of_multiples_add_up(before, after, copies):
    module = nn.ModuleList([before])  # a Sequential times a number is PyTorch's own: the same modules again
    difference = compare(copies * module, after)
    assert difference.total == sympy.expand(after.count.expr - copies * before.count.expr)
    assert total(difference.causes) == total(difference.gathered) == difference.total


KINDS = [lambda u: nn.Linear(u, 8), lambda u: nn.LSTM(u, 4), nn.LayerNorm, lambda u: nn.Embedding(9, u)]
modules = st.lists(st.tuples(st.sampled_from(range(len(KINDS))), st.integers(1, 9)), unique=True, max_size=7)


@given(steps=modules, order=st.randoms())
@settings(max_examples=40, deadline=None)
def test_what_was_moved_is_no_difference(steps, order):
    made = {f"part_{number}": KINDS[which](units) for number, (which, units) in enumerate(steps)}
    shuffled = order.sample(list(made), len(made))
    difference = compare(nn.ModuleDict(made), nn.ModuleDict({name: made[name] for name in shuffled}))
    assert (difference.total, difference.causes) == (0, [])
    assert all(old.name == new.name for old, new in difference.pairs)
    assert (difference.moved == []) == (shuffled == list(made))


@given(before=torch_models(), after=torch_models())
@settings(max_examples=25, deadline=None)
def test_every_layer_has_one_place_in_an_alignment(before, after):
    pairs = compare(before, after).pairs
    for place, model in enumerate((before, after)):
        names = [pair[place].name for pair in pairs if pair[place]]
        assert sorted(names) == sorted(part.name for part in model.parts)


# ---------------------------------------------------------------- alignment
def test_a_moved_layer_is_no_cause():
    before = stack(
        layers.LSTM(8, return_sequences=True, name="a"), layers.GRU(8, name="b", return_sequences=True), layers.Dense(8), features=8
    )
    after = stack(
        layers.GRU(8, name="b", return_sequences=True), layers.LSTM(8, return_sequences=True, name="a"), layers.Dense(8), features=8
    )
    difference = compare(before, after)
    assert (difference.total, difference.causes) == (0, [])
    assert len(difference.moved) == 1
    assert "moved, which by itself changes no count:" in str(difference)
    assert compare(before, before).moved == []


def test_a_renamed_layer_is_the_same_layer():
    before, after = (stack(layers.Dense(8, name=name), layers.Dense(3, name="last")) for name in ("first", "hidden"))
    difference = compare(before, after)
    assert difference.causes == []
    assert [(old.name, new.name) for old, new in difference.pairs] == [("first", "hidden"), ("last", "last")]


def test_blocks_that_were_put_in_are_folded():
    difference = compare(GPT(V, d, 12, heads=1), GPT(V, d, 24, heads=1))
    (blocks,) = difference.gathered
    assert (blocks.blocks, blocks.amount) == (12, 144 * d**2 + 156 * d)
    assert blocks.layers[0] == "h.12.ln_1"
    assert "12 x (nn.LayerNorm, nn.MultiheadAttention, nn.LayerNorm, 2 x nn.Linear) gives +12*(12*d**2 + 13*d)" in str(difference)
    assert r"\underbrace{12 \left(12 d^{2} + 13 d\right)}_{12\text{ blocks}}" in difference.latex()
    assert "| `12*(12*d**2 + 13*d)` |" in difference.markdown()


def test_a_long_model_has_a_short_name_and_formula():
    deep = stack(*[layer for _ in range(40) for layer in (layers.Dense(n), layers.LayerNormalization())])
    head = str(compare(deep, stack(layers.Dense(n)))).splitlines()[0]
    assert "40 x (Dense, LayerNormalization)" in head
    assert len(head) < 160
    varied = stack(*[layers.Dense(width) for width in range(2, 60)])
    assert "58 x Dense" in str(compare(varied, varied))
    names = symbols(" ".join(f"x_{number}" for number in range(40)))
    head = str(compare(stack(*map(layers.Dense, names)), varied)).splitlines()[0]
    assert head.endswith("+ x_10*x_9 + x_11*x_12 + ... (80 terms)")
    assert len(head) < 120


# ---------------------------------------------------------------- names that nobody chose
def dense_stack(units):
    return keras.Sequential([keras.Input((100,)), *map(layers.Dense, units)])


def conv_stack(depth, *inserted):
    blocks = [layer for _ in range(depth) for layer in (layers.Conv2D(32, 3, padding="same"), layers.BatchNormalization())]
    return keras.Sequential([keras.Input((32, 32, 3)), *blocks[:10], *inserted, *blocks[10:]])


def shares(difference):
    return [(cause.layer, cause.setting, cause.amount) for cause in difference.causes]


def as_file(model):
    """The same model as Keras writes it: every name is in the file, and no word on who gave it."""
    listed = [
        {
            "class_name": layer.class_name,
            "config": {"name": layer.name, **{each: layer.arguments[each] for each in ("units", "filters", "kernel_size", "padding") if each in layer.arguments}},
        }
        for layer in model.layers if layer.class_name != "InputLayer"
    ]  # fmt: skip
    listed[0]["config"]["batch_input_shape"] = list(model.input_shape)
    return from_keras({"class_name": "Sequential", "config": {"name": "sequential", "layers": listed}})


@pytest.mark.parametrize("read", [lambda model: model, as_file])
def test_an_inserted_layer_shifts_the_automatic_names_and_nothing_else(read):
    widths = list(range(64, 84))
    before, after = read(dense_stack(widths)), read(dense_stack([*widths[:10], 32, *widths[10:]]))
    assert shares(compare(before, after)) == [("dense_10", "layer", 2368), ("dense_10 -> dense_11", "inputs", -3034)]
    assert shares(compare(after, before)) == [("dense_10", "layer", -2368), ("dense_11 -> dense_10", "inputs", 3034)]


@pytest.mark.parametrize("read", [lambda model: model, as_file])
def test_an_inserted_convolution_is_one_and_the_next_reads_it(read):
    difference = compare(read(conv_stack(10)), read(conv_stack(10, layers.Conv2D(64, 1))))
    assert [(cause.setting, cause.amount) for cause in difference.causes] == [("layer", 2112), ("inputs", 9216)]


def test_a_place_in_a_sequential_is_no_name():
    widths = list(range(64, 84))

    def model(*widths):
        return nn.Sequential(*(nn.Linear(read, given) for read, given in pairwise((100, *widths))))

    difference = compare(model(*widths), model(*widths[:10], 32, *widths[10:]))
    assert shares(difference) == [("10", "layer", 2368), ("10 -> 11", "inputs", -3034)]


@given(
    widths=st.lists(st.integers(1, 99), min_size=2, max_size=9, unique=True), place=st.integers(0, 7), width=st.integers(100, 199)
)
@settings(max_examples=40, deadline=None)
def test_any_inserted_layer_is_one_and_the_next_reads_it(widths, place, width):
    place = min(place, len(widths) - 1)
    before, after = dense_stack(widths), dense_stack([*widths[:place], width, *widths[place:]])
    causes = compare(before, after).causes
    assert [cause.setting for cause in causes if cause.setting != "inputs"] == ["layer"]
    assert total(causes) == int(after.count) - int(before.count)


def test_a_chosen_name_counts_even_where_it_looks_automatic():
    before, after = (
        stack(*(layers.Dense(8, name=f"dense_{number}") for number in kept), features=8) for kept in ((1, 2, 3), (1, 3))
    )
    assert [cause.layer for cause in compare(before, after).causes] == ["dense_2"]


def test_layers_of_two_classes_that_changed_places_were_moved():
    kinds = (layers.LSTM, layers.GRU)
    before, after = (stack(*(make(8, return_sequences=True) for make in order), features=8) for order in (kinds, kinds[::-1]))
    assert compare(before, after).causes == []


def test_a_model_twice_as_wide_has_no_layer_moved():
    def norms(*widths):
        return nn.Sequential(*map(nn.BatchNorm1d, widths))

    causes = compare(norms(16, 32, 64), norms(32, 64, 128)).causes
    assert [(cause.before, cause.after) for cause in causes] == [((16,), (32,)), ((32,), (64,)), ((64,), (128,))]


# ---------------------------------------------------------------- what an input comes from
def test_a_reason_names_the_layer_that_feeds_it_by_the_name_it_has_in_the_model():
    before, after = (stack(*map(layers.Dense, widths)) for widths in ([n] * 20, [n] * 10 + [k] + [n] * 10))
    inserted, inputs = compare(before, after).causes
    assert (inserted.layer, inputs.layer) == ("dense_10", "dense_10 -> dense_11")
    assert inputs.because == "it reads what dense_10 gives"


def test_a_reason_passes_through_what_only_keeps_the_width():
    def model(width):
        return stack(
            layers.Dense(8), layers.Dense(width), layers.LayerNormalization(), layers.Dropout(0.1), layers.Dense(3), features=8
        )

    reasons = {cause.layer: cause.because for cause in compare(model(9), model(8)).causes}
    assert reasons["layer_normalization"] == reasons["dense_2"] == "it reads what dense_1 gives"


def test_a_reason_names_what_stands_in_the_same_model():
    def model(width):
        x = keras.Input((8,))
        inner = keras.Sequential([keras.Input((8,)), layers.Dense(7), layers.Dense(width)])
        middle, head = layers.Dense(width, name="middle"), layers.Dense(3, name="head")
        keras.Model(x, head(layers.Dense(width, name="elsewhere")(x)))
        return keras.Model(x, head(middle(layers.Dropout(0.1)(inner(x)))))

    reasons = {cause.layer: cause.because for cause in compare(model(4), model(6)).causes if cause.setting == "inputs"}
    assert reasons == {"middle": "it reads what sequential gives", "head": "it reads what middle gives"}


def test_a_reason_in_a_table_names_the_row():
    def table(width):
        rows = [("dense (Dense)", 64, 6464), ("mid (Dense)", width, 65 * width), ("top (Dense)", 10, 10 * (width + 1))]
        lines = [f" {name:<28}{f'(None, {units})':<26}{count:<10}" for name, units, count in rows]
        total = sum(count for *_, count in rows)
        heads = f" {'Layer (type)':<28}{'Output Shape':<26}{'Param #':<10}"
        return from_summary(
            "\n".join(['Model: "sequential"', "_" * 65, heads, "=" * 65, *lines, "=" * 65, f"Total params: {total}"])
        )

    for width in (32, 64):  # 64 is what it reads
        causes = compare(table(96 - width), table(width)).causes
        assert [(cause.layer, cause.because) for cause in causes if cause.setting == "inputs"] == [
            ("top", "it reads what mid gives")
        ]


# ---------------------------------------------------------------- causes over layers
def test_one_setting_in_many_layers_is_one_cause():
    before, after = (stack(*(make(n, return_sequences=True) for _ in range(3))) for make in (layers.LSTM, v1.layers.CuDNNLSTM))
    difference = compare(before, after)
    assert [cause.amount for cause in difference.causes] == [4 * n] * 3
    (one,) = difference.gathered
    assert (one.setting, one.before, one.after, one.amount, len(one.layers)) == ("bias_sets", 1, 2, 12 * n, 3)
    assert "bias_sets 1 -> 2 in 3 layers gives +3*4*n" in str(difference)
    assert "+4*n in each of" in str(difference)


def test_shares_that_differ_are_named_by_layer():
    before, after = (stack(layers.Dense(4, use_bias=bias), layers.Dense(6, use_bias=bias)) for bias in (True, False))
    (one,) = compare(before, after).gathered
    assert one.each is None
    assert "bias_sets 1 -> 0 in 2 layers gives -10" in str(compare(before, after))
    assert "dense -4, dense_1 -6" in str(compare(before, after))


def test_a_tied_head_is_a_cause():
    (cause,) = compare(GPT(V, d, 2, heads=1, tied=False), GPT(V, d, 2, heads=1)).causes
    assert (cause.layer, cause.setting, cause.before, cause.after) == ("lm_head", "tied to", "none", "wte/weight")
    assert cause.amount == -V * d
    assert cause.because == "tied output head: the kernel is wte/weight, and counts once, there"
    (cause,) = compare(GPT(V, d, 2, heads=1), GPT(V, d, 2, heads=1, tied=False)).causes
    assert (cause.amount, cause.because.partition(":")[0]) == (V * d, "output head no longer tied")


def test_a_tied_head_grows_with_its_table():
    difference = compare(GPT(V, 24, 1), GPT(V, 36, 1))
    assert [cause for cause in difference.causes if cause.layer == "lm_head"] == []
    assert total(difference.causes) == difference.total


# ---------------------------------------------------------------- multiples
def t0(both_ways):
    recurrent = layers.GRU(n, return_sequences=True)
    first = layers.Bidirectional(recurrent) if both_ways else recurrent
    return keras.Sequential([keras.Input((64, m)), first, layers.TimeDistributed(layers.Dense(k))])


def test_twice_a_model_against_the_one_that_reads_both_ways():
    difference = compare(2 * t0(False), t0(True))
    (cause,) = difference.causes
    assert (difference.total, cause.layer, cause.setting, cause.amount) == (-k, "time_distributed", "bias", -k)
    assert cause.because == "2 copies have 2*k before, and one copy has k after"
    assert compare(2 * layers.LSTM(n), layers.Bidirectional(layers.LSTM(n))).causes == []


def test_so_many_of_a_layer_in_letters():
    assert compare(q * core.Dense(m, n), core.Dense(m, q * n)).causes == []
    assert compare(3 * layers.LSTM(n), 3 * layers.GRU(n)).total == sympy.expand(3 * (-m * n - n**2 + 2 * n))
    assert str((2 * core.LSTM(m, n)).count) == "2*4*(m*n + n**2 + n)"


@pytest.mark.parametrize("copies", [0, -1, 2.5, True])
def test_a_model_is_there_a_whole_number_of_times(copies):
    refused(SizeError, "how many times a model is taken must be a whole number", lambda: copies * core.LSTM(m, n))


# ---------------------------------------------------------------- relations
def embedded(*some):
    return keras.Sequential([keras.Input((64,)), layers.Embedding(V, d), *some])


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (layers.LSTM(n), layers.SimpleRNN(n), "after = before/4"),
        (layers.LSTM(n), layers.GRU(n), "after = 3*before/4 + 3*n"),
        (stack(layers.LSTM(20), features=15), stack(layers.SimpleRNN(20), features=15), "after = before/4"),
        (embedded(layers.LSTM(n)), embedded(layers.SimpleRNN(n)), "after = before - 3*d*n - 3*n**2 - 3*n"),
        (layers.BatchNormalization(), nn.BatchNorm1d(n), "after = before - 2*n"),
        (layers.Dense(10), layers.Dense(20), "after = 2*before"),
        (nn.GRU(m, n, 2, bidirectional=True), layers.GRU(n, reset_after=False), "after = before - 3*m*n - 21*n**2 - 21*n"),
        (nn.GRU(8, 16, 2, bidirectional=True), layers.GRU(16, reset_after=False), "after = before - 6096"),
        (nn.GRU(m, n, 2), nn.GRU(m, n, 2, bidirectional=True), "after = 2*before + 6*n**2"),
    ],
)
def test_a_factor_explains_something_or_is_none(before, after, words):
    assert str(compare(before, after).relation()) == words


def test_a_relation_names_the_tensors_that_are_left_over():
    relation = compare(t0(False), t0(True)).relation()
    assert [(left.path, left.amount) for left in relation.left] == [("time_distributed/bias", -k)]
    assert "left over: -k in time_distributed/bias" in str(compare(t0(False), t0(True)))


# ---------------------------------------------------------------- variants
def test_variants_have_a_row_each_and_a_column_per_kind():
    table = compare_all([layers.SimpleRNN(n), layers.GRU(n), layers.LSTM(n), nn.LSTM(m, n)])
    assert table.kinds == ["kernel", "recurrent_kernel", "bias"]
    assert [row.name for row in table.rows] == ["SimpleRNN", "GRU", "LSTM", "nn.LSTM"]
    assert [row.count.expr for row in table.rows] == [
        sympy.expand(gates * (m * n + n**2 + bias_sets * n)) for gates, bias_sets in ((1, 1), (3, 2), (4, 1), (4, 2))
    ]
    assert table.notes == ["SimpleRNN, GRU and LSTM have no input of their own: they read (None, None, m), as nn.LSTM does"]
    assert "│ nn.LSTM   │  4*m*n │           4*n**2 │  8*n │" in str(table)
    assert r"nn.LSTM & $4 m n$ & $4 n^{2}$ & $8 n$ &" in table.latex()
    assert r"$4 m h$" in table.latex(names={"n": "h"})
    assert ">4*n**2</td>" in table.html()
    assert "<tfoot>" not in table.html()


@given(models=st.lists(torch_models(), min_size=2, max_size=4))
@settings(max_examples=20, deadline=None)
def test_the_kinds_of_a_variant_add_up(models):
    for row in compare_all(models).rows:
        assert sympy.expand(sum(count.expression() for count in row.kinds.values()) - row.count.expr) == 0


def test_variants_have_names_of_their_own():
    assert [row.name for row in compare_all([layers.LSTM(3), layers.LSTM(3)]).rows] == ["LSTM", "LSTM (2)"]
    assert [row.name for row in compare_all({"old": layers.LSTM(3), "new": layers.GRU(3)}).rows] == ["old", "new"]


@pytest.mark.parametrize("models", [[], [layers.LSTM(n)], "LSTM", 3, [layers.LSTM(n), 3], [layers.LSTM, layers.GRU]])
def test_what_is_no_list_of_models_is_refused(models):
    refused(SettingError, "compare_all takes", lambda: compare_all(models))


def test_variants_with_two_symbols_of_one_name_are_refused():
    refused(LetterError, "two different symbols", lambda: compare_all([layers.LSTM(n), layers.LSTM(sympy.Symbol("n"))]))


def test_more_than_two_models_on_the_command_line(capsys):
    assert cli.main(["compare", "LSTM(n)", "GRU(n)", "torch.LSTM(m, n)", "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)["variants"]
    assert [row["kinds"]["bias"] for row in rows] == ["4*n", "6*n", "8*n"]
    assert cli.main(["compare", "LSTM(n)", "LSTM(n)", "LSTM(n)", "--format", "markdown"]) == 0
    assert "| LSTM (3) |" in capsys.readouterr().out
    assert cli.main(["compare", "2*LSTM(n)", "Bidirectional(LSTM(n))"]) == 0
    assert cli.main(["show", "2*LSTM(n)"]) == 2
    assert capsys.readouterr().err == "symparams: show takes one model, not 2 x LSTM: count and compare take so many of it\n"


# ---------------------------------------------------------------- questions that people asked
def test_a_bidirectional_lstm_of_three_layers_is_more_than_two():
    """https://discuss.pytorch.org/t/bidirectional-lstm-isnt-2x-the-size-of-2-unidirectional-lstms/193073"""
    one, both = (nn.LSTM(20, 50, 3, bias=False, bidirectional=ways) for ways in (False, True))
    difference = compare(2 * one, both)
    assert (int(one.count), int(both.count), difference.total) == (54000, 148000, 40000)
    (gathered,) = difference.gathered
    assert (gathered.setting, gathered.layers) == ("kernel", ["lstm.l1", "lstm.l2"])
    assert gathered.because == "it reads the states of the layer below"
    assert str(compare(one, both).relation()) == "after = 2*before + 40000"


def test_untying_gpt_2_adds_its_table():
    """https://github.com/huggingface/transformers/issues/14960"""
    difference = compare(GPT(50257, 768, 12), GPT(50257, 768, 12, tied=False))
    assert (int(difference.before_count), int(difference.after_count)) == (124439808, 163037184)
    (cause,) = difference.causes
    assert (cause.layer, cause.setting, cause.amount) == ("lm_head", "tied to", 38597376)


def test_an_untied_head_and_scalars_explain_162_million():
    """https://github.com/KellerJordan/modded-nanogpt/issues/26"""

    class Attention(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.c_q, self.c_k, self.c_v, self.c_proj = (nn.Linear(width, width, bias=False) for _ in range(4))

    class Model(nn.Module):
        def __init__(self, tied, scalars):
            super().__init__()
            self.wte = nn.Embedding(50304, 768)
            self.h = nn.ModuleList()
            for _ in range(12):
                block: Any = nn.Sequential(Attention(768), nn.Linear(768, 3072, bias=False), nn.Linear(3072, 768, bias=False))
                for name in ("lamb_a", "lamb_b", "lamb_v") if scalars else ():
                    block.register_parameter(name, nn.Parameter((1,)))
                self.h.append(block)
            self.lm_head = nn.Linear(768, 50304, bias=False)
            if tied:
                self.lm_head.weight = self.wte.weight

    difference = compare(Model(tied=True, scalars=False), Model(tied=False, scalars=True))
    assert int(difference.after_count) == 162201636
    assert {each.setting: each.amount for each in difference.gathered} == {"layer": 36, "tied to": 38633472}


def test_a_head_of_two_layers_explains_91_million():
    """https://github.com/lucidrains/vit-pytorch/issues/39"""

    class Attention(nn.Module):
        def __init__(self):
            super().__init__()
            self.to_qkv = nn.Linear(768, 2304, bias=False)
            self.to_out = nn.Linear(768, 768)

    class ViT(nn.Module):
        def __init__(self, *head):
            super().__init__()
            self.pos_embedding, self.cls_token = nn.Parameter((1, 197, 768)), nn.Parameter((1, 1, 768))
            self.patch = nn.Linear(3 * 16**2, 768)
            self.blocks = nn.ModuleList(
                nn.Sequential(nn.LayerNorm(768), Attention(), nn.LayerNorm(768), nn.Linear(768, 3072), nn.Linear(3072, 768))
                for _ in range(12)
            )
            self.head = nn.Sequential(nn.LayerNorm(768), *head)

    difference = compare(ViT(nn.Linear(768, 1000)), ViT(nn.Linear(768, 3072), nn.Linear(3072, 1000)))
    assert int(difference.after_count) == 91206376
    assert difference.total == 4666368 == total(difference.causes)
    assert {cause.layer.partition(".")[0] for cause in difference.causes} == {"head"}
