"""Which layer of one model is which of the other: moved, renamed and repeated ones."""

from __future__ import annotations

from symparams import compare, symbols
from symparams.keras import layers
from tests.questions.comparing.models_to_compare import GPT, stack

V, d, n = symbols("V d n")


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
    assert "moved, which does not change the count:" in str(difference)
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
