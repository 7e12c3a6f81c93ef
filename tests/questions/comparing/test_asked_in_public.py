"""Questions that people asked in public: what makes two models differ?

Each has its source, and the numbers that the asker gave.
"""

from __future__ import annotations

from typing import Any

from symparams import compare, keras
from symparams.keras import layers
from symparams.torch import nn
from tests.questions.comparing.models_to_compare import GPT, total
from tests.questions.models_asked_about import KERAS, TORCH, alexnet, transformer, whole


def test_a_bidirectional_lstm_of_three_layers_is_more_than_two():
    """https://discuss.pytorch.org/t/bidirectional-lstm-isnt-2x-the-size-of-2-unidirectional-lstms/193073"""
    one, both = (nn.LSTM(20, 50, 3, bias=False, bidirectional=ways) for ways in (False, True))
    difference = compare(2 * one, both)
    assert (int(one.count), int(both.count), difference.total) == (54000, 148000, 40000)
    (gathered,) = difference.gathered
    assert (gathered.setting, gathered.layers) == ("kernel", ["lstm.l1", "lstm.l2"])
    assert gathered.because == "it reads the states of the layer below, those of both directions"
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


def test_keras_counts_the_statistics_and_pytorch_does_not():
    """https://stackoverflow.com/questions/60079783/difference-between-keras-batchnormalization-and-pytorchs-batchnorm2d"""
    difference = compare(KERAS, TORCH)
    (cause,) = difference.causes
    assert (difference.total, cause.setting, cause.weights) == (-64, "moments", ["moving_mean", "moving_variance"])
    assert int(KERAS.trainable_count) == int(TORCH.count)


def test_two_towers_of_alexnet_halve_three_kernels():
    """https://exchangetuts.com/how-to-calculate-the-number-of-parameters-of-alexnet-1639874789424395 (the paper's 60 million)"""
    (gathered,) = compare(alexnet(1), alexnet(2)).gathered
    assert (gathered.setting, gathered.before, gathered.after, gathered.layers) == ("groups", 1, 2, ["1", "3", "4"])
    assert int(alexnet(2).count) == 60965224


def test_a_transformer_of_100_million_has_three_tables_and_the_paper_has_one():
    """https://gist.github.com/jaymody/ed8213f5779892112cb39022e9b83133"""
    difference = compare(transformer(tied=True), transformer(tied=False))
    assert int(difference.after_count) == 100970632
    assert {(cause.layer, cause.setting, cause.amount) for cause in difference.causes} == {
        ("target", "tied to", 18944000),
        ("output", "tied to", 18944000),
    }


def test_lenet_s_table_leaves_out_36_links():
    """https://yohanes.gultom.id/2016/12/12/understanding-lenet-lecun-1998/: six maps see 3 of 6, nine see 4, and one all."""

    def third_layer(*links):
        maps = [whole(nn.Module(), sees=nn.ModuleList([nn.Conv2d(1, 1, 5, bias=False) for _ in range(each)])) for each in links]
        return nn.ModuleList([whole(each, bias=nn.Parameter((1,))) for each in maps])

    difference = compare(third_layer(*[3] * 6, *[4] * 9, 6), third_layer(*[6] * 16))
    assert (int(difference.before_count), int(difference.after_count), difference.total) == (1516, 2416, 900)
    (gathered,) = difference.gathered
    assert (len(gathered.layers), gathered.each) == (36, 25)


class WithParameter(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter((1,))
        self.conv = nn.Conv1d(1, 2, 3)


def test_keras_has_3_where_torch_has_4():
    """https://discuss.pytorch.org/t/rnn-different-number-of-parameters-in-keras-vs-pytorch/113371"""
    ours = keras.Sequential([keras.Input((None, 1)), layers.SimpleRNN(1)])
    difference = compare(ours, nn.RNN(1, 1))
    assert (int(difference.before_count), int(difference.after_count)) == (3, 4)
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after, str(cause.in_letters)) == ("bias_sets", 1, 2, "n")


def test_keras_attention_grows_with_its_heads():
    """https://github.com/keras-team/keras/issues/18373"""
    difference = compare(nn.MultiheadAttention(64, 4), layers.MultiHeadAttention(4, key_dim=64))
    assert (int(difference.before_count), difference.total) == (16640, 49728)
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("key_width", 16, 64)


def test_the_heads_of_torch_change_no_count():
    """https://github.com/facebookresearch/fvcore/issues/153"""
    difference = compare(nn.MultiheadAttention(448, 4), nn.MultiheadAttention(448, 8))
    assert int(difference.before_count) == int(difference.after_count) == 804608
    assert [cause.setting for cause in difference.causes] == ["heads", "key_width"]
    assert "Differences that cancel:" in str(difference)


def test_a_bare_parameter_is_a_cause_of_its_own():
    """https://github.com/sksq96/pytorch-summary/issues/148"""
    difference = compare(nn.Conv1d(1, 2, 3), WithParameter())
    assert (int(difference.before_count), int(difference.after_count)) == (8, 9)
    (cause,) = difference.causes
    assert (cause.layer, cause.amount) == ("scale", 1)
