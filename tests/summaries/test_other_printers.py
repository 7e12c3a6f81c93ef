"""Tables that other tools print, and tables with a head in another language."""

from __future__ import annotations

import pytest

from symparams import from_summary

MXNET = """
________________________________________________________________________________________________________________________
Layer (type)                                        Output Shape            Param #     Previous Layer
========================================================================================================================
data(null)                                          3x28x28                 0
________________________________________________________________________________________________________________________
convolution0(Convolution)                           20x24x24                1520        data
________________________________________________________________________________________________________________________
batchnorm0(BatchNorm)                               20x24x24                40          convolution0
________________________________________________________________________________________________________________________
pooling0(Pooling)                                   20x12x12                0           batchnorm0
________________________________________________________________________________________________________________________
fullyconnected0(FullyConnected)                     10                      28810       pooling0
========================================================================================================================
Total params: 30370
________________________________________________________________________________________________________________________
"""
FASTAI_2 = """
Sequential (Input shape: 64)
============================================================================
Layer (type)         Output Shape         Param #    Trainable
============================================================================
                     64 x 64 x 112 x 112
Conv2d                                    9408       False
BatchNorm2d                               128        True
ReLU
____________________________________________________________________________
                     64 x 64 x 56 x 56
MaxPool2d
Conv2d                                    36864      False
____________________________________________________________________________
                     64 x 37
Linear                                    37925      True
____________________________________________________________________________

Total params: 84,325
Total trainable params: 38,053
Total non-trainable params: 46,272
"""


def layers_found(text):
    return [why.layer for why in from_summary(text).explanations if why.ways]


def test_the_tables_of_mxnet_are_read():
    table = from_summary(MXNET)
    assert (table.printed_by, table.total, table.notes) == ("MXNet", 30370, [])
    assert layers_found(MXNET) == [
        "Convolution, a window of 5x5, 20 filters on 3 channels, one bias set",
        "BatchNorm, over 20",
        "FullyConnected, 10 units on 2880 features, one bias set",
    ]
    assert [why.doubt for why in table.explanations] == [""] * 5
    assert [layer.output_shape for layer in table.layers][-1] == (10,)


def test_shapes_above_several_rows_belong_to_each():
    table = from_summary(FASTAI_2)
    assert (table.printed_by, table.total, table.trainable, table.notes) == ("fastai", 84325, 38053, [])
    assert [layer.class_name for layer in table.layers] == ["Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d", "Conv2d", "Linear"]
    assert [layer.output_shape for layer in table.layers][:4] == [(64, 64, 112, 112)] * 3 + [(64, 64, 56, 56)]
    assert layers_found(FASTAI_2) == [
        "Conv2d, a window of 7x7, 64 filters on 3 channels, no bias",
        "BatchNorm2d, over 64",
        "Conv2d, a window of 3x3, 64 filters on 64 channels, no bias",
        "Linear, 37 units on 1024 features, one bias set",
    ]


ROWS = "dense (Dense)                     (None, 128)               100480\ndense_1 (Dense)                   (None, 64)                8256"
HEADS = {
    "Chinese": ("层 (类型)", "输出形状", "参数数量", "总参数", "可训练参数", "不可训练参数"),
    "Chinese with wide brackets": ("层（类型）", "输出尺寸", "参数", "参数总数", "可训练参数", "非训练参数"),  # noqa: RUF001
    "Japanese": ("レイヤー (タイプ)", "出力形状", "パラメータ数", "合計パラメータ数", "学習可能なパラメータ数", "学習不可能なパラメータ数"),
    "Korean": ("레이어 (유형)", "출력 형태", "파라미터 수", "총 파라미터 수", "학습 가능한 파라미터", "학습 불가능한 파라미터"),
    "Spanish": ("Capa (tipo)", "Forma de salida", "Parám. #", "Total de parámetros", "Parámetros entrenables", "Parámetros no entrenables"),
    "Portuguese": ("Camada (tipo)", "Forma de saída", "Param #", "Total de parâmetros", "Parâmetros treináveis", "Parâmetros não treináveis"),
}  # fmt: skip


@pytest.mark.parametrize("language", HEADS)
def test_a_head_in_another_language_is_a_head(language):
    layer, output, params, total, trainable, fixed = HEADS[language]
    text = f"{layer:34}{output:26}{params}\n{'=' * 75}\n{ROWS}\n{'=' * 75}\n{total}: 108,736\n{trainable}: 108,000\n{fixed}: 736\n"
    table = from_summary(text)
    assert [(each.name, each.params) for each in table.layers] == [("dense", 100480), ("dense_1", 8256)]
    assert (table.trainable, table.non_trainable) == (108000, 736)
    assert table.total == 108736
    assert table.notes == []
