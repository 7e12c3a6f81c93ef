"""Questions that people asked in public: where does my formula go wrong?

Each has its source. The formula is that of the question.
"""

from __future__ import annotations

import pytest

from symparams import check, symbols
from symparams.keras.layers import GRU, LSTM, Bidirectional, Conv2D, Conv3D, Dense, SeparableConv2D
from symparams.torch import nn
from tests.questions.models_asked_about import TWO_WAYS, gpt2, linear, llama, on

m = symbols("m")

# source; the formula; the model and the letters that are told; what is wrong and whose it is; a sentence of the answer
WRONG = {
    "stacked-lstm-symbolic": (
        "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1 (Number of Parameters in an LSTM Cell)",
        "4*A1*(B1+A1+1) + 4*A2*(A1+A2+1) + 4*A3*(A2+A3+1) + 4*B2*(A3+B2)",
        on((2, 2), LSTM(3, return_sequences=True), LSTM(4, return_sequences=True), LSTM(5), Dense(6)),
        {"A1": 3, "A2": 4, "A3": 5, "B1": 2, "B2": 6},
        {("wrong factor", "dense/kernel"), ("missing", "dense/bias"), ("too much", "")},
        "The term of dense/kernel is A3*B2; you have 4*A3*B2.",
    ),
    "ai-answer-lstm128": (
        "https://errorhandle.ai/keras-model-summary-result-understanding-the-of-parameters",
        "4*(128*128+128)",
        on((None, m), LSTM(128)),
        None,
        {("missing", "kernel")},
        "You left out 4*128*m, the kernel.",
    ),
    "lstm-17-billion": (
        "https://devpeace.com/machine-learning/38080035/how-to-calculate-the-number-of-parameters-of-an-lstm-network (Stack Overflow 38080035)",
        "4*((4096*16)+(4096*4096))*256 = 17246978048",
        on((16, 4096), LSTM(256)),
        None,
        {("wrong factor", "kernel"), ("missing", "recurrent_kernel"), ("missing", "bias"), ("too much", "")},
        "The term of kernel is 4*4096*256; you have 64*4096*256.",
    ),
    "nanogpt-qkv-heads": (
        "https://github.com/karpathy/nanoGPT/issues/629",
        "3*n_embd**2/n_head",
        linear(768, 2304),
        {"n_embd": 768, "n_head": 12},
        {("wrong factor", "kernel")},
        "The term of kernel is 3*n_embd**2; you have n_embd**2/4.",
    ),
    "gist-qkv-head-square": (
        "https://gist.github.com/thistleknot/48b4551737e72c039abf20b6b913b043",
        "3*32*128*128",
        nn.ModuleDict({"q_proj": linear(4096, 4096), "k_proj": linear(4096, 1024), "v_proj": linear(4096, 1024)}),
        None,
        {("missing", "q_proj/kernel"), ("missing", "k_proj/kernel, v_proj/kernel"), ("too much", "")},
        "In 3*32*128*128, each of 32 heads with 128 features reads 128 features; in fact it reads all 4096.",
    ),
    "llama2-70b-78b": (
        "https://github.com/meta-llama/llama/issues/1111",
        "V*d + L*(4*d*d + 3*d*f)",
        llama(32000, 8192, 80, 28672, 1024),
        None,
        {("wrong factor", "embed_tokens/embeddings, lm_head/kernel"), ("wrong factor", "q, k, v, o"), ("missing", "norms")},
        "Yours gives 78108426240; the model has 68976648192.",
    ),
    "torchedup-124m-claim": (
        "https://torchedup.dev/problems/param-count-transformer",
        "12*d*d*L + 2*V*d",
        gpt2(),
        {"d": 768, "V": 50257, "L": 12},
        {("wrong factor", "wte/embeddings"), ("missing", "wpe/embeddings"), ("missing", "biases and norms")},
        "The term of wte/embeddings is V*d; you have 2*V*d.",
    ),
    "dense-on-3d-60": (
        "https://isolution.pro/es/q/so65087399/la-entrada-de-la-capa-densa-de-keras-no-se-aplana (Stack Overflow 44611006)",
        "20*5*10 + 10",
        on((20, 5), Dense(10)),
        None,
        {("wrong factor", "kernel")},
        "The term of kernel is 5*10; you have 20*5*10.",
    ),
    "bidirectional-gru-9600": (
        "https://exchangetuts.com/calculating-the-number-of-parameters-of-a-gru-layer-keras-1640909223406624",
        "((16+32)*32 + 32) * 3 * 2",
        on((200, 16), Bidirectional(GRU(32))),
        None,
        {("wrong factor", "bias")},
        "Yours gives 9408; the model has 9600. The difference is -6*32 = -192.",
    ),
    "gru-32-6336": (
        "https://wiki.hoelee.com/content/stats.stackexchange.com_en_all_2022-05/questions/458685/parameters-count-in-gru-layer-keras",
        "3*(n*m + n*n + n)",
        on((None, 32), GRU(32)),
        None,
        {("wrong factor", "bias")},
        "The term of bias is 6*n; you have 3*n.",
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
    "conv-280": (
        "https://ai.stackexchange.com/questions/18663/how-to-calculate-the-number-of-parameters-of-a-convolutional-layer",
        "M*(K*K*D) + M",
        on((24, 24, 3), Conv2D(10, 3)),
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


def test_the_exercise_s_formula_is_of_162_million():
    """https://torchedup.dev/problems/param-count-transformer"""
    _, formula, model, letters, *_ = WRONG["torchedup-124m-claim"]
    assert "Yours gives 162129408; the model has 124439808." in str(check(formula, model, letters))


def test_no_weights_lead_to_the_constant_of_a_layer():
    """https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1: homework 6, question 10; 18 and 18 units were counted as 522."""
    i, a, b = symbols("i a b")
    found = check("i*a + a*b + b", nn.ModuleList([linear(i, a - 1), linear(a, b - 1), linear(b, 1)]))
    assert "You did not subtract a, in 1/kernel.\nYou did not subtract i, in 0/kernel.\n" in str(found)
    assert str(found).endswith("Yours minus the model's is a + i.")
