"""Questions that people asked in public: why is it not the number that I expect?

Each has its source. The numbers are those that the asker gave.
"""

from __future__ import annotations

import pytest

from symparams import compare, keras, reconcile
from symparams.keras.layers import GRU, LSTM, Bidirectional, Conv2D, Dense, SimpleRNN, TimeDistributed
from symparams.torch import nn
from tests.questions.models_asked_about import (
    TWO_WAYS,
    bert,
    demucs,
    gpt2,
    llama,
    modded_nanogpt,
    on,
    opt,
    rsdn,
    self_attention,
    whole,
)

# source; the model; what it has; the number that was expected or reported; why, in the first reading
WHY = {
    "cudnnlstm-vs-lstm-2400": (
        "https://kiwix.lema.org/stackoverflow.com_en_all_2023-11/questions/60353094/why-cudnnlstm-has-more-parameres-than-lstm-in-keras",
        on((None, 300), Bidirectional(LSTM(300))),
        1442400,
        1444800,
        ["bidirectional has two biases, one for the input and one for the state"],
    ),
    "rnn-unit1-3-8-12": (
        "http://fatal001.com/tensorflow/40896434946176094742.html",
        on((None, 1), GRU(1)),
        12,
        9,
        ["gru has one bias"],
    ),
    "rnn-keras3-torch4": (
        "https://discuss.pytorch.org/t/rnn-different-number-of-parameters-in-keras-vs-pytorch/113371",
        nn.RNN(1, 1),
        4,
        3,
        ["rnn has one bias"],
    ),
    "gru-5-4-150-165": (
        "https://github.com/tensorflow/tensorflow/issues/43960",
        on((10, 4), GRU(5)),
        165,
        150,
        ["gru has one bias"],
    ),
    "gpt2-untied-163m": (
        "https://github.com/huggingface/transformers/issues/14960",
        gpt2(),
        124439808,
        163037184,
        ["every use of a tied weight is counted"],
    ),
    "modded-nanogpt-162m": (
        "https://github.com/KellerJordan/modded-nanogpt/issues/26",
        modded_nanogpt(),
        162201636,
        "124M",
        ["lm_head is tied to the embedding, so that the table is counted once"],
    ),
    "torchsummary-raw-parameter": (
        "https://github.com/sksq96/pytorch-summary/issues/148",
        whole(nn.Module(), scale=nn.Parameter((1,)), conv=nn.Conv1d(1, 2, 3)),
        9,
        8,
        ["scale is left out"],
    ),
    "timedistributed-equals-dense": (
        "https://python-decompiler.com/article/2017-11/what-is-the-role-of-timedistributed-layer-in-keras (Stack Overflow 47305618)",
        on((10, 20), LSTM(5, return_sequences=True), TimeDistributed(Dense(1))),
        526,
        580,
        ["time_distributed is counted once for each position of the input; in fact all positions share the weights"],
    ),
    "dense-on-3d-60": (
        "https://isolution.pro/es/q/so65087399/la-entrada-de-la-capa-densa-de-keras-no-se-aplana (Stack Overflow 44611006)",
        on((20, 5), Dense(10)),
        60,
        1010,
        ["the input of dense is flattened first; a dense layer reads only the last axis"],
    ),
    "dense-512-on-image": (
        "https://datascience.stackexchange.com/questions/39718/cant-understand-output-shape-of-a-dense-layer-keras",
        on((32, 32, 3), Dense(512)),
        2048,
        1573376,
        ["the input of dense is flattened first; a dense layer reads only the last axis"],
    ),
    "conv-then-dense-noflatten": (
        "https://answerofmath.com/solved-it-is-always-necessary-to-include-a-flatten-layer-after-a-set-of-2d-convolutional-layers-for-convolutional-neural-networks-in-keras/",
        on((2, 15, 1), Conv2D(32, (2, 1)), Dense(100), Dense(100), Dense(2)),
        13698,
        58498,
        ["the input of dense is flattened first; a dense layer reads only the last axis"],
    ),
    "keras3-optimizer-3x": (
        "https://github.com/keras-team/keras-core/pull/859",
        opt(),
        1315753984,
        3947261954,
        ["Adam's variables are included: two moments per trainable parameter, the iterations and the learning rate"],
    ),
    "llama2-4bit-3540389888": (
        "https://github.com/bitsandbytes-foundation/bitsandbytes/issues/834",
        llama(32000, 4096, 32, 11008, 4096),
        6738415616,
        3540389888,
        [
            "all 224 dense layers except the head are stored in 4 bits, two weights in one number",
            "a LoRA of rank 16 is added to all 224 dense layers except the head",
        ],
    ),
    "bidir-timedist-minus-8": (
        "http://fatal001.com/keras/19160061548490010828.html",
        TWO_WAYS,
        3336,
        3344,
        ["time_distributed is counted once for each direction, as if not only the input had doubled"],
    ),
    "bilstm-not-2x": (
        "https://discuss.pytorch.org/t/bidirectional-lstm-isnt-2x-the-size-of-2-unidirectional-lstms/193073",
        nn.LSTM(20, 50, 3, bias=False, bidirectional=True),
        148000,
        108000,
        ["the input of both nn.LSTM has not doubled after the two directions"],
    ),
    "denoiser-73m": (
        "https://github.com/facebookresearch/denoiser/issues/30",
        demucs(),
        18867937,
        "72 MiB",
        ["the number is in MiB of fp32, four bytes per parameter"],
    ),
    "torchinfo-bytes-200": (
        "https://github.com/TylerYep/torchinfo/issues/366",
        whole(nn.Module(), nested=nn.Sequential(nn.Linear(3, 5)), linear=nn.Linear(5, 5)),
        50,
        120,
        ["nested.0 is left out", "the number is in bytes of fp32, four bytes per parameter"],
    ),
    "keras-mha-vit-16640": (
        "https://github.com/keras-team/keras/issues/18373",
        self_attention(),
        66368,
        16640,
        ["the width of one head of multi_head_attention is taken as the width of all heads together"],
    ),
    "one-unit-or-all": (
        "the LSTM of ten units, counted with out = 1 and then times ten: docs/threads/one-unit-or-all.md",
        on((None, 1), LSTM(10, return_sequences=True)),
        480,
        120,
        ["lstm counts as one layer per unit; the formula already includes all units"],
    ),
}


@pytest.mark.parametrize("name", WHY)
def test_why_it_is_not_the_number_that_was_expected(name):
    _, model, has, expected, why = WHY[name]
    found = reconcile(model, expected)
    assert found.count == has == int(model.count)
    assert found.readings[0].sentences == why


def test_a_number_that_no_reading_gives_is_not_explained():
    """The paper that the asker of modded-nanogpt-162m compares with says 125M, which no reading of this model gives."""
    found = reconcile(modded_nanogpt(), "125M")
    assert not found.found
    assert "The nearest count is 123568164, off by 931836" in str(found)


def test_simple_recurrence_of_keras_has_one_bias():
    """rnn-unit1-3-8-12 also has LSTM(1) without biases, 8, and with them, 12; SimpleRNN(1) has 3."""
    assert int(on((None, 1), SimpleRNN(1)).count) == 3
    assert reconcile(on((None, 1), LSTM(1)), 8).readings[0].sentences == ["lstm has no biases"]
    assert keras.layers.LSTM(1).by_itself().count.at(m=1) == 12


def test_questions_are_answered_without_the_pooler():
    """https://github.com/huggingface/peft/issues/801"""
    model = bert(pooler=nn.Linear(768, 768), qa_outputs=nn.Linear(768, 2))
    answering = bert(qa_outputs=nn.Linear(768, 2))
    assert int(answering.count) == 108893186
    assert reconcile(model, 108893186).readings[0].sentences == ["pooler is left out"]
    (cause,) = compare(answering, model).causes
    assert (cause.layer, cause.amount) == ("pooler", 590592)


def test_a_size_in_mebibytes_is_no_count():
    """https://github.com/junpan19/RSDN/issues/5: "Model size: 23.57573M", and the paper has 6.19 million."""
    found = reconcile(rsdn(), "23.57573M")
    assert found.readings[0].sentences == ["the number is in MiB of fp32, four bytes per parameter"]
    assert int(rsdn().count) == 6180236


def test_all_bytes_of_a_nested_layer_count():
    """https://github.com/TylerYep/torchinfo/issues/366"""
    model = whole(nn.Module(), nested=nn.Sequential(nn.Linear(3, 5)), linear=nn.Linear(5, 5))
    assert reconcile(model, "200 bytes").readings[0].sentences == ["the number is in bytes of fp32, four bytes per parameter"]
