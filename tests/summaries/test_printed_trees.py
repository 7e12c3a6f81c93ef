"""Trees of arrays as people print them: dictionaries of shapes, nnx.State, modules of nnx and equinox, metadata of orbax."""

from __future__ import annotations

import pytest

from symparams import from_summary
from symparams.errors import TextError

DENSE = "Dense, 4 units on 3 features, one bias set: m*n + n = 16"
SHAPES = "{'Dense_0': {'kernel': (3, 4), 'bias': (4,)}}"
FROZEN = """
FrozenDict({
    params: {
        Dense_0: {
            kernel: (3, 4),
            bias: (4,),
        },
    },
    batch_stats: {
        BatchNorm_0: {
            mean: (4,),
        },
    },
})
"""
JSON = '{\n "Dense_0": {\n  "bias": [\n   4\n  ],\n  "kernel": [\n   3,\n   4\n  ]\n }\n}'
STRUCTS = """{'Dense_0': {'bias': ShapeDtypeStruct(shape=(4,), dtype=float32),
             'kernel': ShapeDtypeStruct(shape=(3, 4), dtype=float32)}}"""
NNX = """
Net( # Param: 16 (64 B), BatchStat: 4 (16 B), Total: 20 (80 B)
  Dense_0=Dense( # Param: 16 (64 B)
    kernel=Param( # 12 (48 B)
      value=Array(shape=(3, 4), dtype=dtype('float32'))
    ),
    bias=Param( # 4 (16 B)
      value=Array(shape=(4,), dtype=dtype('float32'))
    ),
    in_features=3,
    kernel_init=<function variance_scaling at 0x7f>,
  ),
  mean=BatchStat( # 4 (16 B)
    value=Array(shape=(4,), dtype=dtype('float32'))
  )
)
"""
ORBAX = """tree={'Dense_0': {'bias': ArrayMetadata :  name=Dense_0.bias,  directory=/tmp/x,  shape=(4,),  dtype=float32,  storage=StorageMetadata(chunk_shape=(4,), write_shape=(4,)),, 'kernel': ArrayMetadata :  name=Dense_0.kernel,  directory=/tmp/x,  shape=(3, 4),  dtype=float32,  storage=StorageMetadata(chunk_shape=(3, 4), write_shape=(3, 4)),}}"""


@pytest.mark.parametrize("text", [SHAPES, FROZEN, JSON, STRUCTS, NNX, ORBAX, f">>> shapes(params)\n{SHAPES}\n>>> "])
def test_a_printed_tree_of_arrays_is_read_module_by_module(text: str) -> None:
    table = from_summary(text)
    assert [(layer.name, layer.class_name, layer.params) for layer in table.layers if layer.params] == [("Dense_0", "Dense", 16)]
    assert str(next(why for why in table.explanations if why.params)) == DENSE
    assert int(table.count) == 16


def test_other_collections_are_named_and_not_counted() -> None:
    for text in (FROZEN, NNX):
        assert from_summary(text).notes == ["arrays of other collections, with 4 elements, are not counted"]


def test_modules_of_equinox_have_their_outputs_first() -> None:
    table = from_summary(
        "Sequential(\n  layers=(\n    Conv2d(\n      weight=f32[7,3,5,5],\n      bias=f32[7,1,1],\n      kernel_size=(5, 5)\n    ),\n"
        "    Linear(weight=f32[5,14], bias=f32[5], in_features=14),\n    LayerNorm(shape=(5,), weight=f32[5], bias=f32[5])\n  )\n)"
    )
    assert list(map(str, table.explanations)) == [
        "Conv2d, a window of 5x5, 7 filters on 3 channels, one bias set: k_1*k_2*c*f + f = 532",
        "Linear, 5 units on 14 features, one bias set: m*n + n = 75",
        "LayerNorm, over 5: 2*c = 10",
    ]


def test_values_in_place_of_shapes_leave_the_number_that_is_printed_behind_them() -> None:
    table = from_summary(
        "State({\n  'l1': {\n    'kernel': Param( # 12 (48 B)\n      value=Array([[ 0.3, -0.2], ...,\n [0.1]])\n    )\n  }\n})"
    )
    assert [(layer.name, layer.params) for layer in table.layers] == [("l1", 12)]
    assert str(table.explanations[0]) == "not explained: the text does not list its arrays"
    assert table.notes == []


@pytest.mark.parametrize(
    "text",
    [
        "{'conv.weight': (8, 3, 3, 3), 'conv.bias': (8,)}",
        "OrderedDict([('conv.weight', torch.Size([8, 3, 3, 3])), ('conv.bias', torch.Size([8]))])",
        (
            '{"__metadata__":{"format":"pt"},"conv.weight":{"dtype":"F32","shape":[8,3,3,3],"data_offsets":[0,864]},'
            '"conv.bias":{"dtype":"F32","shape":[8],"data_offsets":[864,896]}}'
        ),
    ],
)
def test_a_printed_state_dict_is_read(text: str) -> None:
    assert from_summary(text).of_the_model == 224


def test_what_a_tree_leaves_out_is_said() -> None:
    table = from_summary("{'params': {'Dense_0': {'kernel': (3, 4), 'bias': (4,)}, 'block': {...}, 'head'")
    assert table.notes == [
        "the text leaves out parts of the tree, at 1 place with '...'",
        "the text is cut off: 2 brackets not closed",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{'kernel_size': (3, 3), 'strides': (1, 1)}",
        "{'config': {'kernel_size': [3, 3], 'kernel': [1]}}",
        "sizes = {'a': (3, 4), 'b': (4, 5)}",
        "model.fit(x, y, batch_size=(32,))",
    ],
)
def test_dictionaries_of_something_else_are_not_trees_of_arrays(text: str) -> None:
    with pytest.raises(TextError, match="no table found"):
        from_summary(text)


def test_a_tree_in_one_long_line_is_read_whole() -> None:
    shapes = {f"Dense_{place}": {"bias": (7,), "kernel": (7, 7)} for place in range(500)}
    assert from_summary(str(shapes)).of_the_model == 500 * 56


TABLE_OF_NNX = """
┃ path ┃ type      ┃ inputs        ┃ outputs       ┃ BatchStat         ┃ Param                  ┃
├──────┼───────────┼───────────────┼───────────────┼───────────────────┼────────────────────────┤
│      │ C         │ float32[2,11] │ float32[2,3]  │ 46 (184 B)        │ 322 (1.3 KB)           │
├──────┼───────────┼───────────────┼───────────────┼───────────────────┼────────────────────────┤
│ l1   │ Linear    │ float32[2,11] │ float32[2,23] │                   │ bias: float32[23]      │
│      │           │               │               │                   │ kernel: float32[11,23] │
│      │           │               │               │                   │                        │
│      │           │               │               │                   │ 276 (1.1 KB)           │
├──────┼───────────┼───────────────┼───────────────┼───────────────────┼────────────────────────┤
│ bn   │ BatchNorm │ float32[2,23] │ float32[2,23] │ mean: float32[23] │ bias: float32[23]      │
│      │           │               │               │ var: float32[23]  │ scale: float32[23]     │
│      │           │               │               │                   │                        │
│      │           │               │               │ 46 (184 B)        │ 46 (184 B)             │
├──────┼───────────┼───────────────┼───────────────┼───────────────────┼────────────────────────┤
│      │           │               │         Total │ 46 (184 B)        │ 322 (1.3 KB)           │
└──────┴───────────┴───────────────┴───────────────┴───────────────────┴────────────────────────┘
                                 Total Parameters: 368 (1.5 KB)
"""


def test_the_table_of_nnx_is_read_without_counting_a_module_twice() -> None:
    table = from_summary(TABLE_OF_NNX)
    assert [(layer.name, layer.params) for layer in table.layers] == [("C", 0), ("l1", 276), ("bn", 46)]
    assert table.total == 322


HAIKU = """
+--------------------------+--------------------+--------------+---------------+
| Module                   | Input              | Output       |   Param count |
+==========================+====================+==============+===============+
| conv2_d (Conv2D)         | f32[2,12,12,3]     | f32[2,9,9,8] |           224 |
+--------------------------+--------------------+--------------+---------------+
| head (MLP)               | f32[2,1152]        | f32[2,6]     |        46,366 |
+--------------------------+--------------------+--------------+---------------+
| head/~/linear_0 (Linear) | f32[2,1152]        | f32[2,40]    |        46,120 |
|  └ head (MLP)            |                    |              |               |
+--------------------------+--------------------+--------------+---------------+
| head/~/linear_1 (Linear) | f32[2,40]          | f32[2,6]     |           246 |
+--------------------------+--------------------+--------------+---------------+
| head/~/linear_1 (Linear) | f32[2,40]          | f32[2,6]     |           246 |
+--------------------------+--------------------+--------------+---------------+
"""


def test_the_numbers_of_haiku_include_the_modules_inside_and_a_second_call_adds_nothing() -> None:
    table = from_summary(HAIKU)
    assert [layer.params for layer in table.layers] == [224, 0, 46120, 246, 0]
    assert (table.total, table.of_the_model) == (None, 46590)


def test_an_array_that_is_too_long_for_its_cell_leaves_the_number_of_the_row() -> None:
    table = from_summary(
        "┃ path   ┃ module ┃ inputs ┃ outputs ┃ flops  ┃ params           ┃\n"
        "├────────┼────────┼────────┼─────────┼────────┼──────────────────┤\n"
        "│ Conv_0 │ Conv   │        │         │ 254880 │ bias:            │\n"
        "│        │        │        │         │        │ float32[18]      │\n"
        "│        │        │        │         │        │ kernel:          │\n"
        "│        │        │        │         │        │ float32[3,3,3,1… │\n"
        "│        │        │        │         │        │ 504 (2.0 KB)     │\n"
        "├────────┼────────┼────────┼─────────┼────────┼──────────────────┤\n"
        "│        │        │        │         │  Total │ 504 (2.0 KB)     │\n"
        "└────────┴────────┴────────┴─────────┴────────┴──────────────────┘\n"
    )
    assert [(layer.name, layer.params) for layer in table.layers] == [("Conv_0", 504)]
    assert (table.total, table.notes) == (504, [])
