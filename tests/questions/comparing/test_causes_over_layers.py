"""One setting in many layers is one cause; tied weights are causes, too."""

from __future__ import annotations

from symparams import compare, symbols
from symparams.keras import layers, v1
from tests.questions.comparing.models_to_compare import GPT, stack, total

V, d, n = symbols("V d n")


def test_one_setting_in_many_layers_is_one_cause():
    before, after = (stack(*(make(n, return_sequences=True) for _ in range(3))) for make in (layers.LSTM, v1.layers.CuDNNLSTM))
    difference = compare(before, after)
    assert [cause.amount for cause in difference.causes] == [4 * n] * 3
    (one,) = difference.gathered
    assert (one.setting, one.before, one.after, one.amount, len(one.layers)) == ("bias_sets", 1, 2, 12 * n, 3)
    assert "bias vectors 1 -> 2 in 3 layers gives +3*4*n" in str(difference)
    assert "+4*n in each of" in str(difference)


def test_shares_that_differ_are_named_by_layer():
    before, after = (stack(layers.Dense(4, use_bias=bias), layers.Dense(6, use_bias=bias)) for bias in (True, False))
    (one,) = compare(before, after).gathered
    assert one.each is None
    assert "bias vectors 1 -> 0 in 2 layers gives -10" in str(compare(before, after))
    assert "dense -4, dense_1 -6" in str(compare(before, after))


def test_a_tied_head_is_a_cause():
    (cause,) = compare(GPT(V, d, 2, heads=1, tied=False), GPT(V, d, 2, heads=1)).causes
    assert (cause.layer, cause.setting, cause.before, cause.after) == ("lm_head", "tied to", "none", "wte/weight")
    assert cause.amount == -V * d
    assert cause.because == "tied output head: the kernel is wte/weight, which is counted once"
    (cause,) = compare(GPT(V, d, 2, heads=1), GPT(V, d, 2, heads=1, tied=False)).causes
    assert (cause.amount, cause.because.partition(":")[0]) == (V * d, "output head no longer tied")


def test_a_tied_head_grows_with_its_table():
    difference = compare(GPT(V, 24, 1), GPT(V, 36, 1))
    assert [cause for cause in difference.causes if cause.layer == "lm_head"] == []
    assert total(difference.causes) == difference.total
