"""Questions that people asked in public about a formula or a number of theirs: the cause, named by ``check`` or ``reconcile``.

Each has its source. The numbers are those that the asker gave, or that the formula of the question gives.
"""

from __future__ import annotations

import pytest

from symparams import check, keras, reconcile, symbols, torch
from symparams.keras import Input, Sequential, v1
from symparams.keras.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Conv2D,
    Conv3D,
    Dense,
    MultiHeadAttention,
    SeparableConv2D,
    SimpleRNN,
    TimeDistributed,
)

nn = torch.nn
m, n = symbols("m n")


def on(shape, *layers):
    return Sequential([Input(shape), *layers])


def whole(module, **modules):
    """A module with those modules in it."""
    for name, each in modules.items():
        setattr(module, name, each)
    return module


def linear(inputs, units, bias=False):
    return nn.Linear(inputs, units, bias=bias)


# ---------------------------------------------------------------- the models that take more than a line
def gpt2(tied=True):
    """https://github.com/huggingface/transformers/issues/14960"""

    def block():
        return nn.ModuleDict(
            {
                "ln_1": nn.LayerNorm(768),
                "c_attn": nn.Linear(768, 2304),
                "c_proj": nn.Linear(768, 768),
                "ln_2": nn.LayerNorm(768),
                "c_fc": nn.Linear(768, 3072),
                "mlp_proj": nn.Linear(3072, 768),
            }
        )

    model = whole(
        nn.Module(),
        wte=nn.Embedding(50257, 768),
        wpe=nn.Embedding(1024, 768),
        h=nn.ModuleList([block() for _ in range(12)]),
        ln_f=nn.LayerNorm(768),
        lm_head=linear(768, 50257),
    )
    if tied:
        model.lm_head.weight = model.wte.weight
    return model


def modded_nanogpt():
    """12 layers of width 768, the vocabulary padded, an untied head, no biases, three learned scalars in each block."""

    def block():
        its = whole(nn.Module(), attn=linear(768, 2304), proj=linear(768, 768), fc=linear(768, 3072), out=linear(3072, 768))
        return whole(its, scalars=nn.Parameter((3,)))

    blocks = nn.ModuleList([block() for _ in range(12)])
    return whole(nn.Module(), wte=nn.Embedding(50304, 768), h=blocks, lm_head=linear(768, 50304))


def llama(words, width, layers, inner, key_width, biases=False):
    def block():
        modules = {
            "q_proj": linear(width, width, biases),
            "k_proj": linear(width, key_width, biases),
            "v_proj": linear(width, key_width, biases),
            "o_proj": linear(width, width),
            "gate_proj": linear(width, inner),
            "up_proj": linear(width, inner),
            "down_proj": linear(inner, width),
            "norm_1": nn.RMSNorm(width),
            "norm_2": nn.RMSNorm(width),
        }
        return nn.ModuleDict(modules)

    return whole(
        nn.Module(),
        embed_tokens=nn.Embedding(words, width),
        layers=nn.ModuleList([block() for _ in range(layers)]),
        norm=nn.RMSNorm(width),
        lm_head=linear(width, words),
    )


def opt():
    """OPT with 1.3 billion parameters."""
    blocks = nn.ModuleList([nn.TransformerEncoderLayer(2048, 32, 8192) for _ in range(24)])
    return whole(
        nn.Module(),
        tokens=nn.Embedding(50272, 2048),
        positions=nn.Embedding(2048, 2048),
        layers=blocks,
        norm=nn.LayerNorm(2048),
    )


def demucs():
    """The Denoiser of 48 hidden channels."""
    widths = ((1, 48), (48, 96), (96, 192), (192, 384), (384, 768))
    return whole(
        nn.Module(),
        encoder=nn.ModuleList([nn.Sequential(nn.Conv1d(a, b, 8, 4), nn.Conv1d(b, 2 * b, 1)) for a, b in widths]),
        decoder=nn.ModuleList([nn.Sequential(nn.Conv1d(b, 2 * b, 1), nn.ConvTranspose1d(b, a, 8, 4)) for a, b in widths]),
        lstm=nn.LSTM(768, 768, 2),
    )


def self_attention():
    x, layer = Input((None, 64)), MultiHeadAttention(4, 64)
    layer(x, x)
    return layer


TWO_WAYS = on((64, 15), Bidirectional(v1.layers.GRU(16, return_sequences=True)), TimeDistributed(Dense(8)))

# ---------------------------------------------------------------- where does my formula go wrong?
# source; the formula; the model and the letters that are told; what is wrong and whose it is; a sentence of the answer
WRONG = {
    "stacked-lstm-symbolic": (
        "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1 (Number of Parameters in an LSTM Cell)",
        "4*A1*(B1+A1+1) + 4*A2*(A1+A2+1) + 4*A3*(A2+A3+1) + 4*B2*(A3+B2)",
        on((2, 2), LSTM(3, return_sequences=True), LSTM(4, return_sequences=True), LSTM(5), Dense(6)),
        {"A1": 3, "A2": 4, "A3": 5, "B1": 2, "B2": 6},
        {("wrong factor", "dense/kernel"), ("missing", "dense/bias"), ("too much", "")},
        "The term of dense/kernel is A3*B2, you have 4*A3*B2.",
    ),
    "ai-answer-lstm128": (
        "https://errorhandle.ai/keras-model-summary-result-understanding-the-of-parameters",
        "4*(128*128+128)",
        on((None, m), LSTM(128)),
        None,
        {("missing", "kernel")},
        "You left out 4*128*m: kernel.",
    ),
    "lstm-17-billion": (
        "https://devpeace.com/machine-learning/38080035/how-to-calculate-the-number-of-parameters-of-an-lstm-network (Stack Overflow 38080035)",
        "4*((4096*16)+(4096*4096))*256 = 17246978048",
        on((16, 4096), LSTM(256)),
        None,
        {("wrong factor", "kernel"), ("missing", "recurrent_kernel"), ("missing", "bias"), ("too much", "")},
        "The term of kernel is 4*4096*256, you have 64*4096*256.",
    ),
    "nanogpt-qkv-heads": (
        "https://github.com/karpathy/nanoGPT/issues/629",
        "3*n_embd**2/n_head",
        linear(768, 2304),
        {"n_embd": 768, "n_head": 12},
        {("wrong factor", "kernel")},
        "The term of kernel is 3*n_embd**2, you have n_embd**2/4.",
    ),
    "gist-qkv-head-square": (
        "https://gist.github.com/thistleknot/48b4551737e72c039abf20b6b913b043",
        "3*32*128*128",
        nn.ModuleDict({"q_proj": linear(4096, 4096), "k_proj": linear(4096, 1024), "v_proj": linear(4096, 1024)}),
        None,
        {("missing", "q_proj/kernel"), ("missing", "k_proj/kernel, v_proj/kernel"), ("too much", "")},
        "Yours gives 1572864, the model has 25165824.",
    ),
    "llama2-70b-78b": (
        "https://github.com/meta-llama/llama/issues/1111",
        "V*d + L*(4*d*d + 3*d*f)",
        llama(32000, 8192, 80, 28672, 1024),
        None,
        {("wrong factor", "embed_tokens/embeddings, lm_head/kernel"), ("wrong factor", "q, k, v, o"), ("missing", "norms")},
        "Yours gives 78108426240, the model has 68976648192.",
    ),
    "torchedup-124m-claim": (
        "https://torchedup.dev/problems/param-count-transformer",
        "12*d*d*L + 2*V*d",
        gpt2(),
        {"d": 768, "V": 50257, "L": 12},
        {("wrong factor", "wte/embeddings"), ("missing", "wpe/embeddings"), ("missing", "biases and norms")},
        "The term of wte/embeddings is V*d, you have 2*V*d.",
    ),
    "dense-on-3d-60": (
        "https://isolution.pro/es/q/so65087399/la-entrada-de-la-capa-densa-de-keras-no-se-aplana (Stack Overflow 44611006)",
        "20*5*10 + 10",
        on((20, 5), Dense(10)),
        None,
        {("wrong factor", "kernel")},
        "The term of kernel is 5*10, you have 20*5*10.",
    ),
}
MANY = {"q, k, v, o": 320, "norms": 161, "biases and norms": 98}  # tensors that are too many to name


@pytest.mark.parametrize("name", WRONG)
def test_where_the_formula_goes_wrong(name):
    _, formula, model, letters, wrong, sentence = WRONG[name]
    found = check(formula, model, letters)
    many = {number: words for words, number in MANY.items()}
    assert not found.agrees
    assert {(row.verdict, many.get(len(row.owners), ", ".join(row.owners))) for row in found.wrong} == wrong
    assert sentence in str(found)


# source; the formula; the model; the letters that are told, if any
RIGHT = {
    "lstm-4097-256": (
        "https://newbedev.com/how-to-calculate-the-number-of-parameters-of-an-lstm-network (Stack Overflow 38080035)",
        "4*(n*(m+1)+n**2)",
        on((16, 4096), LSTM(256)),
    ),
    "rnn-unit1-3-8-12": (
        "http://fatal001.com/tensorflow/40896434946176094742.html",
        "3*n*(m+n+2)",
        on((None, 1), GRU(1)),
    ),
    "gru-5-480": (
        "https://wiki.hoelee.com/content/stats.stackexchange.com_en_all_2022-05/questions/458685/parameters-count-in-gru-layer-keras",
        "3*(n*m+n**2+2*n)",
        on((None, 25), GRU(5)),
    ),
    "lstm-396": (
        "https://datascience.stackexchange.com/questions/128705/tf-keras-layers-lstm-where-did-all-these-parameters-came-from",
        "4*n*(m+n+1)",
        on((None, 1), LSTM(9)),
    ),
    "conv-448-4640": (
        "https://community.deeplearning.ai/t/explain-the-math-behind-the-parameters-shown-by-model-summary/87136",
        "f*(k*k*c+1)",
        on((32, 32, 3), Conv2D(16, 3)),
    ),
    "conv3d-13856": (
        "https://github.com/keras-team/keras/issues/7835",
        "k**3*cin*cout+cout",
        on((9, 9, 9, 16), Conv3D(32, 3)),
    ),
    "separable-vs-conv-16": (
        "https://stackoverflow.com/questions/54705367/what-is-the-difference-between-separableconv2d-and-conv2d-layers",
        "k*k*c*dm + c*dm*f + f",
        on((3, 3, 3), SeparableConv2D(1, 2)),
        {"dm": 1},
    ),
    "encoder-layer-132480": (
        "https://github.com/AlexanderLutsenko/nobuco/issues/26",
        "4*d**2+4*d + 2*d*f+f+d + 4*d",
        nn.TransformerEncoderLayer(128, 8, 256),
    ),
    "fvcore-mha-448": (
        "https://github.com/facebookresearch/fvcore/issues/153",
        "4*d**2+4*d",
        nn.MultiheadAttention(448, 8),
    ),
    "mmoe-expert-16528": (
        "https://github.com/TylerYep/torchinfo/issues/190",
        "m*h+h + h*o+o",
        nn.Sequential(nn.Linear(499, 32), nn.Linear(32, 16)),
    ),
    "stacked-lstm-symbolic": (
        "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1 (Number of Parameters in an LSTM Cell)",
        "4*A1*(B1+A1+1)+4*A2*(A1+A2+1)+4*A3*(A2+A3+1)+B2*(A3+1)",
        on((2, 2), LSTM(3, return_sequences=True), LSTM(4, return_sequences=True), LSTM(5), Dense(6)),
    ),
    "bidir-timedist": (
        "http://fatal001.com/keras/19160061548490010828.html",
        "2*3*(m*n + n**2 + n) + 2*n*k + k",
        TWO_WAYS,
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_the_right_formula_is_right(name):
    _, formula, model, *letters = RIGHT[name]
    assert check(formula, model, *letters).agrees


# ---------------------------------------------------------------- why is it not the number that I expect?
# source; the model; what it has; the number that was expected or reported; why, in the first reading
WHY = {
    "cudnnlstm-vs-lstm-2400": (
        "https://kiwix.lema.org/stackoverflow.com_en_all_2023-11/questions/60353094/why-cudnnlstm-has-more-parameres-than-lstm-in-keras",
        on((None, 300), Bidirectional(LSTM(300))),
        1442400,
        1444800,
        ["bidirectional with two biases, of the input and of the state"],
    ),
    "rnn-unit1-3-8-12": (
        "http://fatal001.com/tensorflow/40896434946176094742.html",
        on((None, 1), GRU(1)),
        12,
        9,
        ["gru with one bias"],
    ),
    "rnn-keras3-torch4": (
        "https://discuss.pytorch.org/t/rnn-different-number-of-parameters-in-keras-vs-pytorch/113371",
        nn.RNN(1, 1),
        4,
        3,
        ["rnn with one bias"],
    ),
    "gru-5-4-150-165": (
        "https://github.com/tensorflow/tensorflow/issues/43960",
        on((10, 4), GRU(5)),
        165,
        150,
        ["gru with one bias"],
    ),
    "gpt2-untied-163m": (
        "https://github.com/huggingface/transformers/issues/14960",
        gpt2(),
        124439808,
        163037184,
        ["with every use of a tied weight counted"],
    ),
    "modded-nanogpt-162m": (
        "https://github.com/KellerJordan/modded-nanogpt/issues/26",
        modded_nanogpt(),
        162201636,
        "124M",
        ["lm_head tied to the embedding: its kernel is the table of the words, and counts once"],
    ),
    "torchsummary-raw-parameter": (
        "https://github.com/sksq96/pytorch-summary/issues/148",
        whole(nn.Module(), scale=nn.Parameter((1,)), conv=nn.Conv1d(1, 2, 3)),
        9,
        8,
        ["without scale"],
    ),
    "timedistributed-equals-dense": (
        "https://python-decompiler.com/article/2017-11/what-is-the-role-of-timedistributed-layer-in-keras (Stack Overflow 47305618)",
        on((10, 20), LSTM(5, return_sequences=True), TimeDistributed(Dense(1))),
        526,
        580,
        ["time_distributed once for each place of its input; its weights are shared by all of them"],
    ),
    "dense-on-3d-60": (
        "https://isolution.pro/es/q/so65087399/la-entrada-de-la-capa-densa-de-keras-no-se-aplana (Stack Overflow 44611006)",
        on((20, 5), Dense(10)),
        60,
        1010,
        ["dense as if its input were flattened before; it reads the last axis alone"],
    ),
    "dense-512-on-image": (
        "https://datascience.stackexchange.com/questions/39718/cant-understand-output-shape-of-a-dense-layer-keras",
        on((32, 32, 3), Dense(512)),
        2048,
        1573376,
        ["dense as if its input were flattened before; it reads the last axis alone"],
    ),
    "conv-then-dense-noflatten": (
        "https://answerofmath.com/solved-it-is-always-necessary-to-include-a-flatten-layer-after-a-set-of-2d-convolutional-layers-for-convolutional-neural-networks-in-keras/",
        on((2, 15, 1), Conv2D(32, (2, 1)), Dense(100), Dense(100), Dense(2)),
        13698,
        58498,
        ["dense as if its input were flattened before; it reads the last axis alone"],
    ),
    "keras3-optimizer-3x": (
        "https://github.com/keras-team/keras-core/pull/859",
        opt(),
        1315753984,
        3947261954,
        ["with Adam's variables: two moments of all that is trained, the iterations and the learning rate"],
    ),
    "llama2-4bit-3540389888": (
        "https://github.com/bitsandbytes-foundation/bitsandbytes/issues/834",
        llama(32000, 4096, 32, 11008, 4096),
        6738415616,
        3540389888,
        [
            "all 224 dense layers but the head in 4 bits, two weights in a number",
            "with a LoRA of rank 16 on all 224 dense layers but the head",
        ],
    ),
    "bidir-timedist-minus-8": (
        "http://fatal001.com/keras/19160061548490010828.html",
        TWO_WAYS,
        3336,
        3344,
        ["time_distributed counted once for each direction, as if all of it doubled and not its input alone"],
    ),
    "bilstm-not-2x": (
        "https://discuss.pytorch.org/t/bidirectional-lstm-isnt-2x-the-size-of-2-unidirectional-lstms/193073",
        nn.LSTM(20, 50, 3, bias=False, bidirectional=True),
        148000,
        108000,
        ["both nn.LSTM as if the input had not doubled behind the two directions"],
    ),
    "denoiser-73m": (
        "https://github.com/facebookresearch/denoiser/issues/30",
        demucs(),
        18867937,
        "72 MiB",
        ["in MiB of fp32, four bytes a parameter"],
    ),
    "torchinfo-bytes-200": (
        "https://github.com/TylerYep/torchinfo/issues/366",
        whole(nn.Module(), nested=nn.Sequential(nn.Linear(3, 5)), linear=nn.Linear(5, 5)),
        50,
        120,
        ["without nested.0", "in bytes of fp32, four bytes a parameter"],
    ),
    "keras-mha-vit-16640": (
        "https://github.com/keras-team/keras/issues/18373",
        self_attention(),
        66368,
        16640,
        ["multi_head_attention with the width of a head taken for that of all heads together"],
    ),
    "one-unit-or-all": (
        "the LSTM of ten units, counted with out = 1 and then times ten: docs/threads/one-unit-or-all.md",
        on((None, 1), LSTM(10, return_sequences=True)),
        480,
        120,
        ["lstm as so many layers of one unit each: the formula holds per layer"],
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
    assert "The nearest is 123568164, off by 931836" in str(found)


def test_simple_recurrence_of_keras_has_one_bias():
    """rnn-unit1-3-8-12 also has LSTM(1) without biases, 8, and with them, 12; SimpleRNN(1) has 3."""
    assert int(on((None, 1), SimpleRNN(1)).count) == 3
    assert reconcile(on((None, 1), LSTM(1)), 8).readings[0].sentences == ["lstm without biases"]
    assert keras.layers.LSTM(1).by_itself().count.at(m=1) == 12
