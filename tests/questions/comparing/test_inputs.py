"""A reason for another input names the layer that it comes from."""

from __future__ import annotations

from symparams import compare, from_summary, keras, symbols
from symparams.keras import layers
from tests.questions.comparing.models_to_compare import stack
from tests.questions.models_asked_about import on

k, n = symbols("k n")


def test_a_reason_names_the_layer_that_feeds_it_by_the_name_it_has_in_the_model():
    before, after = (stack(*map(layers.Dense, widths)) for widths in ([n] * 20, [n] * 10 + [k] + [n] * 10))
    inserted, inputs = compare(before, after).causes
    assert (inserted.layer, inputs.layer) == ("dense_10", "dense_10 -> dense_11")
    assert inputs.because == "it reads the output of dense_10"


def test_a_reason_passes_through_what_only_keeps_the_width():
    def model(width):
        return stack(
            layers.Dense(8), layers.Dense(width), layers.LayerNormalization(), layers.Dropout(0.1), layers.Dense(3), features=8
        )

    reasons = {cause.layer: cause.because for cause in compare(model(9), model(8)).causes}
    assert reasons["layer_normalization"] == reasons["dense_2"] == "it reads the output of dense_1"


def test_a_reason_names_what_stands_in_the_same_model():
    def model(width):
        x = keras.Input((8,))
        inner = keras.Sequential([keras.Input((8,)), layers.Dense(7), layers.Dense(width)])
        middle, head = layers.Dense(width, name="middle"), layers.Dense(3, name="head")
        keras.Model(x, head(layers.Dense(width, name="elsewhere")(x)))
        return keras.Model(x, head(middle(layers.Dropout(0.1)(inner(x)))))

    reasons = {cause.layer: cause.because for cause in compare(model(4), model(6)).causes if cause.setting == "inputs"}
    assert reasons == {"middle": "it reads the output of sequential", "head": "it reads the output of middle"}


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
            ("top", "it reads the output of mid")
        ]


def test_a_padding_that_makes_more_features_is_named():
    def flattened(padding):
        return on((28, 28, 1), layers.Conv2D(32, 3, padding=padding), layers.Flatten(), layers.Dense(10))

    (cause,) = compare(flattened("valid"), flattened("same")).causes
    assert cause.because == (
        "before, it reads the output of flatten, which makes 26*26*32 = 21632 features; "
        "after, it reads the output of flatten, which makes 28*28*32 = 25088 features with padding='same' in conv2d"
    )
