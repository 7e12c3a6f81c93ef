"""Tables as people paste them, and tables of one row."""

from __future__ import annotations

from symparams import from_summary

BOXES = """
| Layer (type)                             | Output Shape | Param # |
|------------------------------------------|--------------|---------|
| dense (Dense)                            | (None, 10)   |     650 |
| batch_normalization (BatchNormalization) | (None, 10)   |      40 |

 Total params: 690 (2.70 KB)
"""
ASCII = """
+-----------------------+------------------+---------+
| Layer (type)          | Output Shape     | Param # |
|-----------------------+------------------+---------|
| dense (Dense)         | (None, 10)       |     650 |
|-----------------------+------------------+---------|
| batch_normalization   | (None, 10)       |      40 |
| (BatchNormalization)  |                  |         |
+-----------------------+------------------+---------+
 Total params: 690 (2.70 KB)
"""
COLLAPSED = """
Layer (type) Output Shape Param #
=================================
dense (Dense) (None, 10) 650
batch_normalization (BatchNormalization) (None, 10) 40
=================================
Total params: 690
"""
TABS = """Layer (type)\tOutput Shape\tParam #
dense (Dense)\t(None, 10)\t650
batch_normalization (BatchNormalization)\t(None, 10)\t40
Total params: 690
"""

ROWS = """
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
{}
=================================================================
Total params: {}
"""


def one_row(class_name, shape, params, **given):
    return from_summary(ROWS.format(f"{'x (' + class_name + ')':29}{shape:26}{params}", params), **given)


CUT_SHAPES = """
Layer (type)                     Output Shape          Param #     Connected to
====================================================================================================
input_1 (InputLayer)             (None, None, None, 3) 0
____________________________________________________________________________________________________
dense (Dense)                    (None, None, None, 96 384         input_1[0][0]
____________________________________________________________________________________________________
depthwise_conv2d (DepthwiseConv2 (None, None, None, 96 960         dense[0][0]
____________________________________________________________________________________________________
dense_1 (Dense)                  (None, None, None, 12 12416       depthwise_conv2d[0][0]
====================================================================================================
Total params: 13,760
"""

FALSIFIED = """
 Layer (type)                Output Shape              Param #
=================================================================
 embedding (Embedding)       (None, None, 128)         1280000
 bidirectional (Bidirectional)  (None, 128)            {}
 dense (Dense)               (None, 1)                 {}
=================================================================
Total params: 1378945
"""

CUT_OFF = """
┏━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━┓
┃ Layer (type)          ┃ Output Shape      ┃ Param# ┃
┡━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━┩
│ embedding (Embedding) │ (None, None, 300) │ 6,000… │
│ lstm (LSTM)           │ (None, 8)         │ {} │
└───────────────────────┴───────────────────┴────────┘
 Total params: 6,009,888
"""

T0 = """
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
gru_1 (GRU)                  (None, 64, 16)            1536
_________________________________________________________________
time_distributed_1 (TimeDist (None, 64, 8)             136
=================================================================
Total params: 1,672
Trainable params: 1,672
Non-trainable params: 0
_________________________________________________________________

but with Bidirectional

_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
bidirectional_1 (Bidirection (None, 64, 32)            3072
_________________________________________________________________
time_distributed_2 (TimeDist (None, 64, 8)             264
=================================================================
Total params: 3,336
Trainable params: 3,336
Non-trainable params: 0
_________________________________________________________________
"""


def t4(recurrent):
    rows = f"""{"embedding_1 (Embedding)":29}{"(None, None, 300)":26}192000
_________________________________________________________________
{"bidirectional_1 (Bidirection":29}{"(None, 600)":26}{recurrent}"""
    return ROWS.format(rows, f"{192000 + recurrent:,}")
