"""Listings of tensors, in the ways in which people print them, and what only looks like one."""

from __future__ import annotations

import pytest

from symparams import compare, from_summary
from symparams.errors import TextError
from symparams.summaries.text.listings import name_before
from tests.bad_input import refused
from tests.summaries.pasted_tables import COLLAPSED

TENSORS = {
    "embedding.weight": (1000, 64), "lstm.weight_ih_l0": (128, 64), "lstm.weight_hh_l0": (128, 32), "lstm.bias_ih_l0": (128,),
    "lstm.bias_hh_l0": (128,), "fc.weight": (10, 32), "fc.bias": (10,),
}  # fmt: skip
TOTAL = 76874


def size(shape):
    product = 1
    for axis in shape:
        product *= axis
    return product


def each(form, **more):
    return lambda: "\n".join(form(name, shape) for name, shape in TENSORS.items())


DIALECTS = {
    "torch.Size": each(lambda name, shape: f"{name} torch.Size({[*shape]})"),
    "torch.Size after a tab": each(lambda name, shape: f"{name}\ttorch.Size({[*shape]})"),
    "torch.Size after a colon": each(lambda name, shape: f"{name}: torch.Size({[*shape]})"),
    "a tuple": each(lambda name, shape: f"('{name}', torch.Size({[*shape]}))"),
    "a list": each(lambda name, shape: f"{name} {[*shape]}"),
    "a tuple of numbers": each(lambda name, shape: f"{name} {shape}"),
    "JSON": each(lambda name, shape: f'  "{name}": {[*shape]},'),
    "the tutorial": each(lambda name, shape: f"Layer: {name} | Size: torch.Size({[*shape]}) | Values : tensor([[ 0.0273, 0.0296]]"),
    "requires_grad": each(lambda name, shape: f"{name} torch.Size({[*shape]}) True"),
    "with its number": each(lambda name, shape: f"{name}  torch.Size({[*shape]})  {size(shape):,}"),
    "numbered": lambda: "\n".join(f"{at} {name} torch.Size({[*shape]})" for at, (name, shape) in enumerate(TENSORS.items())),
    "in a log": each(lambda name, shape: f"2023-04-01 10:00:00,123 - INFO - {name} torch.Size({[*shape]})"),
    "quoted": each(lambda name, shape: f"> {name}: {shape}"),
    "a table": each(lambda name, shape: f"| {name:20} | True | {shape!s:>14} | {size(shape):>9,} |"),
    "tensor2tensor": each(lambda name, shape: f"INFO:tensorflow:Weight    {name.replace('.', '/')}    shape    {shape}    size    {size(shape)}"),
    "variables": each(lambda name, shape: f"<tf.Variable '{name.replace('.', '/')}:0' shape={shape} dtype=float32>"),
    "BERT": each(lambda name, shape: f"INFO:tensorflow:  name = {name.replace('.', '/')}:0, shape = {shape}, *INIT_FROM_CKPT*"),
    "a checkpoint": each(lambda name, shape: f"{name.replace('.', '/')} (DT_FLOAT) {[*shape]}"),
    "slim": each(lambda name, shape: f"{name.replace('.', '/')}:0 (float32_ref {'x'.join(map(str, shape))}) [{size(shape)}, bytes: {4 * size(shape)}]"),
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_tensor_of_a_listing_is_a_row(dialect):
    table = from_summary("Here they are:\n" + DIALECTS[dialect]() + "\nWhich is the largest?\n")
    assert [layer.name.removesuffix(":0").replace("/", ".") for layer in table.layers] == [*TENSORS]
    assert [layer.params for layer in table.layers] == [size(shape) for shape in TENSORS.values()]
    assert [*table.shapes.values()] == [*TENSORS.values()]
    assert int(table.count) == TOTAL
    assert table.total is None
    assert table.notes == []
    assert all(why.explained for why in table.explanations)
    assert f"Sum of the rows: {TOTAL:,}" in str(table)


def test_a_listing_is_what_a_state_dict_is():
    from symparams import from_torch

    table = from_summary(DIALECTS["torch.Size"]())
    assert int(from_torch(table.shapes).count) == TOTAL
    assert compare(table, from_summary(DIALECTS["a tuple"]())).total == 0


def test_a_total_below_a_listing_is_its_total():
    rows = "\n".join(f"|{name:^25}|{size(shape):^12}|" for name, shape in TENSORS.items())
    frame = "+" + "-" * 25 + "+" + "-" * 12 + "+"
    text = f"{frame}\n|{'Modules':^25}|{'Parameters':^12}|\n{frame}\n{rows}\n{frame}\nTotal Trainable Params: {{}}"
    table = from_summary(text.format(TOTAL))
    assert (table.total, table.notes, len(table.layers)) == (TOTAL, [], len(TENSORS))
    assert "= the sum of the rows" in str(table)
    assert from_summary(text.format(TOTAL - 4)).notes[0].startswith("the rows add up to 76874, 4 more than the total")
    assert from_summary(DIALECTS["torch.Size"]() + "\nTotal number of parameters: 76,874").total == TOTAL
    assert from_summary(DIALECTS["torch.Size"]() + "\nTotal params: 76.9K").total is None


def test_buffers_are_named_and_not_counted():
    buffers = "bn.running_mean torch.Size([8])\nbn.running_var torch.Size([8])\nbn.num_batches_tracked torch.Size([])"
    table = from_summary("bn.weight torch.Size([8])\nbn.bias torch.Size([8])\n" + buffers)
    assert int(table.count) == 16
    assert table.notes == ["3 buffers not counted: bn.running_mean, bn.running_var and bn.num_batches_tracked"]


def test_a_number_that_is_not_the_product_of_its_shape_is_said():
    table = from_summary("fc.weight torch.Size([10, 32]) 321\nfc.bias torch.Size([10]) 10")
    assert table.notes == ["fc.weight: (10, 32) has 320 elements, not 321"]


def test_caffe_prints_weight_and_bias_side_by_side():
    table = from_summary("layers/conv1\t(96, 3, 11, 11) (96,)\nlayers/fc8\t(1000, 4096) (1000,)")
    assert [(layer.name, layer.params) for layer in table.layers] == [
        ("layers/conv1.weight", 34848), ("layers/conv1.bias", 96), ("layers/fc8.weight", 4096000), ("layers/fc8.bias", 1000),
    ]  # fmt: skip


def test_the_line_of_peft_has_its_totals():
    table = from_summary("trainable params: 4,194,304 || all params: 6,742,609,920 || trainable%: 0.0622")
    assert (table.total, table.trainable, table.non_trainable) == (6742609920, 4194304, 6738415616)


@pytest.mark.parametrize(
    "text",
    [
        "x = torch.zeros(3, 4)\nprint(x.shape)\ntorch.Size([3, 4])",
        "torch.Size([32, 1, 28, 28]), torch.Size([32])",
        "input_size: (1, 28, 28)\nbatch_size: (4, 5)",
        "self.conv.weight (3, 4)\nself.conv.bias (4,)",
        "RuntimeError: shape '[3, 4]' is invalid for input of size 10",
        "the image has a shape of (28, 28) and the label a shape of (10,)",
        "nn.Conv2d(3, 64)\nnn.Linear(3, 4)",
        "see utils.py (12) and model.py (13)",
    ],
)
def test_what_only_has_shapes_is_no_listing(text):
    refused(TextError, "no table found|no Module", lambda: from_summary(text))


def test_several_kinds_in_one_text_are_tables_in_order():
    module = "Net(\n  (fc): Linear(in_features=32, out_features=10, bias=True)\n)\n"
    found = from_summary(COLLAPSED + "\n" + module + "\n" + DIALECTS["torch.Size"]())
    assert [table.printed_by for table in found] == ["Keras 2", "print(module)", "a listing of tensors"]
    assert [table.of_the_model for table in found] == [690, 330, TOTAL]


SUMMARIZED = """
----------------------------------------------------------------
        Layer (type)               Output Shape         Param #
================================================================
            Conv2d-1            [-1, 128, 8, 8]         262,272
              ReLU-2            [-1, 128, 8, 8]               0
            Conv2d-3             [-1, 64, 8, 8]           8,256
================================================================
Total params: 270,528
"""


def test_a_printed_module_settles_the_table_of_the_same_model():
    module = "Head(\n  (0): Conv2d(2048, 128, kernel_size=(1, 1), stride=(1, 1))\n  (1): ReLU()\n  (2): Conv2d(128, 64, kernel_size=(1, 1), stride=(1, 1))\n)\n"
    table = from_summary(module + SUMMARIZED)
    assert table.printed_by == "torchsummary"
    assert [[way.code for way in why.ways] for why in table.explanations] == [
        ["Conv2d(2048, 128, (1, 1), stride=(1, 1))"], [], ["Conv2d(128, 64, (1, 1), stride=(1, 1))"],
    ]  # fmt: skip
    assert [why.doubt for why in table.explanations] == ["", "", ""]
    other = module.replace("2048", "1024")
    assert [found.printed_by for found in from_summary(other + SUMMARIZED)] == ["print(module)", "torchsummary"]
    cut = from_summary(SUMMARIZED + module[:-3])
    assert any("Head is cut off" in note for note in cut.notes)


# ---------------------------------------------------------------- Lightning
LIGHTNING = """
  | Name    | Type       | Params{head}
---------------------------------------------
0 | layer_1 | Sequential | 336   {more}
1 | fc_1    | Linear     | 27.0 K{more}
2 | loss    | MSELoss    | 0     {more}
---------------------------------------------
27.3 K    Trainable params
0         Non-trainable params
27.3 K    Total params
0.109     Total estimated model params size (MB)
"""


@pytest.mark.parametrize(
    ("head", "more"),
    [
        ("", ""),
        (" | Mode ", " | train"),
        (" | Mode  | FLOPs", " | train | 1.2 K"),
        (" | In sizes | Out sizes", " | [1, 3] | [1, 4]"),
    ],
)
def test_the_tables_of_lightning_are_read(head, more):
    table = from_summary(LIGHTNING.format(head=head, more=more))
    assert [(layer.name, layer.class_name, layer.params) for layer in table.layers] == [
        ("layer_1", "Sequential", 336), ("fc_1", "Linear", None), ("loss", "MSELoss", 0),
    ]  # fmt: skip
    assert (table.printed_by, table.total, table.trainable, table.non_trainable) == ("Lightning", None, None, 0)
    assert table.notes[1] == "the text says only 27.3 K trainable and 27.3 K total: such tables round numbers from 1,000 on"
    assert "no exact number: 27.0 K is rounded" in str(table)


def test_numbers_that_are_all_rounded_have_no_count():
    table = from_summary(LIGHTNING.format(head="", more="").replace("336   ", "3.4 K ").replace("| 0     ", "| 1.1 M"))
    refused(TextError, "no exact number", lambda: table.count)
    assert "Sum of the rows" not in str(table)


def test_small_numbers_of_lightning_are_exact():
    text = (
        "  | Name | Type   | Params\n--------\n0 | a    | Linear | 330\n1 | a.b  | Linear | 330\n--------\n330       Total params"
    )
    table = from_summary(text)
    assert (table.total, int(table.count), table.notes) == (330, 330, [])


# ---------------------------------------------------------------- flax and haiku
FLAX = """
                               CNN Summary
┏━━━━━━━━━┳━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━┓
┃ path    ┃ module ┃ inputs             ┃ outputs            ┃ batch_stats       ┃ params                  ┃
┡━━━━━━━━━╇━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━┩
│         │ CNN    │ float32[1,8,8,1]   │ float32[1,10]      │                   │                         │
├─────────┼────────┼────────────────────┼────────────────────┼───────────────────┼─────────────────────────┤
│ Conv_0  │ Conv   │ float32[1,8,8,1]   │ float32[1,8,8,4]   │                   │ bias: float32[4]        │
│         │        │                    │                    │                   │ kernel: float32[3,3,1,4]│
│         │        │                    │                    │                   │                         │
│         │        │                    │                    │                   │ 40 (160 B)              │
├─────────┼────────┼────────────────────┼────────────────────┼───────────────────┼─────────────────────────┤
│ BN_0    │ Batch… │ float32[1,8,8,4]   │ float32[1,8,8,4]   │ mean: float32[4]  │ bias: float32[4]        │
│         │        │                    │                    │ var: float32[4]   │ scale: float32[4]       │
│         │        │                    │                    │                   │                         │
│         │        │                    │                    │ 8 (32 B)          │ 8 (32 B)                │
├─────────┼────────┼────────────────────┼────────────────────┼───────────────────┼─────────────────────────┤
│         │        │                    │              Total │ 8 (32 B)          │ 48 (192 B)              │
└─────────┴────────┴────────────────────┴────────────────────┴───────────────────┴─────────────────────────┘

                                 Total Parameters: 56 (224 B)
"""
HAIKU = """
+----------------------+----------------------------------------+-----------------+-----------+-----------+---------------+---------------+
| Module               | Config                                 | Module params   | Input     | Output    |   Param count |   Param bytes |
+======================+========================================+=================+===========+===========+===============+===============+
| mlp (MLP)            | MLP(output_sizes=[300, 10])            |                 | f32[8,784]| f32[8,10] |       238,510 |     954.04 KB |
+----------------------+----------------------------------------+-----------------+-----------+-----------+---------------+---------------+
| mlp/~/linear_0       | Linear(output_size=300)                | w: f32[784,300] | f32[8,784]| f32[8,300]|       235,500 |     942.00 KB |
|  (Linear)            |                                        | b: f32[300]     |           |           |               |               |
+----------------------+----------------------------------------+-----------------+-----------+-----------+---------------+---------------+
| mlp/~/linear_1       | Linear(output_size=10)                 | w: f32[300,10]  | f32[8,300]| f32[8,10] |         3,010 |      12.04 KB |
|  (Linear)            |                                        | b: f32[10]      |           |           |               |               |
+----------------------+----------------------------------------+-----------------+-----------+-----------+---------------+---------------+
"""


def test_the_tables_of_flax_are_read():
    table = from_summary(FLAX)
    assert [(layer.name, layer.params, layer.output_shape) for layer in table.layers] == [
        ("CNN", 0, (1, 10)), ("Conv_0", 40, (1, 8, 8, 4)), ("BN_0", 8, (1, 8, 8, 4)),
    ]  # fmt: skip
    assert [str(why) for why in table.explanations[1:]] == [
        "Conv, a window of 3x3, 4 filters on 1 channel, one bias set: k_1*k_2*c*f + f = 40",
        "Batch…, over 4: 2*c = 8",
    ]
    assert table.notes == ["arrays of other collections, with 8 elements, are not counted"]
    assert int(table.count) == 48


def test_the_tables_of_haiku_are_read():
    table = from_summary(HAIKU)
    assert [(layer.name, layer.params) for layer in table.layers] == [
        ("mlp", 0),
        ("mlp/~/linear_0", 235500),
        ("mlp/~/linear_1", 3010),
    ]
    assert (table.total, table.notes) == (238510, [])
    assert str(table.explanations[1]) == "Linear, 300 units on 784 features, one bias set: m*n + n = 235500"


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("encoder/dense ", "encoder/dense"), ("Parameter: a.weight : ", "a.weight"), ("dense : ", "dense"),
        ("size of encoder/dense tensor ", "encoder/dense"), ("weight ", "weight"), ("torch.float32 x.y ", "x.y"), ("", ""),
    ],
)  # fmt: skip
def test_the_name_of_a_tensor_is_the_last_path_before_its_shape(before: str, name: str) -> None:
    assert name_before(before) == name
