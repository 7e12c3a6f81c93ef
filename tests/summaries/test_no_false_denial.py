"""Every recorded layer, printed by every printer, is read as it is, and is found or said to be undecided: it is never denied.

These are samples; ``python -m tests.summaries.every_record`` reads all of them, and the page on hardening has its table.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from symparams import from_summary
from tests.summaries.every_record import (
    DENIED,
    FOUND,
    IN_GLUON,
    IN_PADDLE,
    MISREAD,
    OTHER,
    Printed,
    as_in,
    is_denial,
    outcome,
    tensors_of,
)
from tests.summaries.recorded_rows import (
    Recorded,
    keras_rows,
    recorded_keras_layers,
    recorded_keras_model_layers,
    recorded_torch_modules,
)
from tests.summaries.table_printers import (
    OF_KERAS,
    OF_TORCH,
    Row,
    gluon,
    keras_1,
    keras_2,
    keras_3,
    paddle,
    torchinfo,
    torchsummary,
)

STEP = 37  # of the recorded layers of Keras; each is printed by every printer
INSIDE = 101  # of the different layers in its models
OPEN = (
    "Transformer",
    "MultiheadAttention",
    "Bilinear",
    "PReLU",
    "GroupNorm",
    "Loss",
    "Cell",
    "EmbeddingBag",
)  # and modules with them


@cache
def keras_sample() -> list[Recorded]:
    return [*[*recorded_keras_layers()][::STEP], *[*recorded_keras_model_layers()][::INSIDE]]


@cache
def torch_sample() -> list[Recorded]:
    return [*recorded_torch_modules()][::2]


def is_plain(record: Recorded) -> bool:
    """Whether a module is called by its own name on one tensor, and its shapes follow from its sizes."""
    return not record.said.startswith(("utils", "parametrizations")) and not any(name in record.row.class_name for name in OPEN)


@pytest.mark.parametrize("printer", OF_KERAS)
def test_no_layer_of_keras_is_denied(printer: str) -> None:
    layers = keras_sample()
    kinds: Counter[str] = Counter()
    for record in layers:
        kind, answer = outcome(record, OF_KERAS[printer](record.rows))
        assert kind not in (DENIED, MISREAD), f"{record}: {answer}"
        assert "off by 0" not in answer
        kinds[kind] += len(record.rows) == 2
    alone = sum(len(record.rows) == 2 for record in layers)  # on one tensor
    assert alone > 80
    assert kinds[FOUND] + kinds[OTHER] > 0.8 * alone  # the law is that none is denied; this is how many are explained


@pytest.mark.parametrize("printer", OF_TORCH)
def test_no_module_of_pytorch_is_denied(printer: str) -> None:
    modules = torch_sample()
    found = right = plain = 0
    for record in modules:
        kind, answer = outcome(record, OF_TORCH[printer](record.rows))
        assert kind not in (DENIED, MISREAD), f"{record}: {answer}"
        if is_plain(record):
            plain += 1
            found += kind in (FOUND, OTHER)
            right += kind == FOUND
    assert plain > 120
    assert found > (0.9 if printer == "fastai" else 0.97) * plain
    assert right > (0.9 if printer == "torchinfo" else 0.75) * plain


@pytest.mark.parametrize(
    ("printer", "names", "after"), [(gluon, IN_GLUON, "Dense"), (paddle, IN_PADDLE, "Conv2D")], ids=["gluon", "paddle"]
)
def test_no_layer_of_the_other_frameworks_is_denied(printer: Any, names: dict[str, str], after: str) -> None:
    modules = [there for record in torch_sample() if (there := as_in(record, names, after)) is not None]
    found = 0
    for record in modules:
        assert isinstance(record, Printed)
        kind, answer = outcome(record, printer([*record.rows, *record.more]))
        assert kind not in (DENIED, MISREAD), f"{record}: {answer}"
        found += kind in (FOUND, OTHER)
    assert len(modules) > 50
    assert found > 0.9 * len(modules)


def test_a_denial_is_known_by_its_words() -> None:
    """Otherwise no test here could fail."""
    rows = keras_rows("Dense", [[None, 3]], [[None, 6]], 23)
    denied = from_summary(keras_2(rows)).explanations[-1]
    assert is_denial(denied.because)
    record = Recorded("", rows, [], "")
    assert outcome(record, keras_2(rows))[0] == DENIED
    assert outcome(record, keras_2(rows).replace("23", "24"))[0] == MISREAD


# ---------------------------------------------------------------- the kinds that were denied, or not found
def test_an_adapter_is_found_where_there_is_one_and_it_adapts_something() -> None:
    """LoRA is of Keras 3; of a rank that is not below the sizes, it is more likely another number."""
    rows = keras_rows("Dense", [[None, 48]], [[None, 6]], 510)
    assert "6 units on 48 features, one bias set, LoRA of rank 4" in from_summary(keras_3(rows)).explanations[-1].layer
    strange = keras_rows("Dense", [[None, 5, 3]], [[None, 5, 6]], 162)
    for text, rank in [(keras_2(rows), 4), (keras_1(rows), 4), (keras_3(strange), 16), (keras_2(strange), 16)]:
        why = from_summary(text).explanations[-1]
        assert not why.ways
        assert f"only with LoRA of rank {rank}" in why.because
        assert not is_denial(why.because)


@pytest.mark.parametrize(
    ("class_name", "reads", "gives", "params", "words"),
    [
        ("LayerScale", [[None, 7, 7, 96]], [[None, 7, 7, 96]], 96, "LayerScale, over 96"),
        ("RNN", [[None, 37, 127]], [[None, 3]], 1179, "RNN(GRUCell), 3 units on 127 features, one bias set"),
        ("RNN", [[None, 37, 9]], [[None, 9], [None, 9]], 171, "RNN(SimpleRNNCell), 9 units on 9 features"),
        ("GRUCell", [[None, 9], [None, 5]], [[None, 5], [None, 5]], 240, "GRUCell, 5 units on 9 features, two bias sets"),
        (
            "SeparableConv1D",
            [[None, None, 200]],
            [[None, None, 5120]],
            3_083_720,
            "a window of 11, 5120 filters on 200 channels, three",
        ),
        ("SeparableConv1D", [[None, 9, 9]], [[None, 3, 128]], 4880, "a window of 4, 128 filters on 9 channels, four multipliers"),
    ],
)
def test_what_was_not_found_is_found(class_name: str, reads: Any, gives: Any, params: int, words: str) -> None:
    for printer in (keras_1, keras_2, keras_3):
        why = from_summary(printer(keras_rows(class_name, reads, gives, params))).explanations[-1]
        assert words in why.layer, str(why)
        assert why.ways[0].count == params


@pytest.mark.parametrize(
    ("class_name", "reads", "gives", "params", "words"),
    [
        ("Linear", "[2, 50]", "[2, 256]", 13_312, "Linear with weight normalization, 256 units on 50 features, one bias set"),
        ("Linear", "[2, 48]", "[2, 300]", 14_748, "Linear with weight normalization, 300 units on 48 features, one bias set"),
        (
            "Conv2d",
            "[2, 15, 9, 9]",
            "[2, 1, 5, 5]",
            377,
            "Conv2d with weight normalization, a window of 5x5, 1 filter on 15 channels",
        ),
    ],
)
def test_a_normalized_weight_has_a_length_for_each_row(class_name: str, reads: str, gives: str, params: int, words: str) -> None:
    rows = [Row("before", "Dropout", reads, reads, 0), Row("x", class_name, reads, gives, params)]
    why = from_summary(torchinfo(rows)).explanations[-1]
    assert words in why.layer
    assert "as weight normalization adds" in why.doubt
    assert tensors_of(why.ways[0]) is None
    assert from_summary(torchsummary(rows)).explanations[-1].ways
