"""Further questions that people asked in public, found later: numbers, formulas, and two models each.

A source may be a copy of the original. Where only a count was given, the model is a single parameter of that size.
"""

from __future__ import annotations

from symparams import from_huggingface
from symparams.keras import layers as K
from symparams.torch import nn
from tests.questions.comparing.whole_models import bert, llama, of
from tests.questions.models_asked_about import on
from tests.questions.more_asked_in_public import numbers, tied_llama


def separable():
    return on((28, 28, 16), K.SeparableConv2D(32, 3, use_bias=False))


# The model; what it has; the number; the verdict; the reading that comes first.
WHY = {
    "https://datascience.stackexchange.com/questions/42530/number-of-parameters-keras-dense-layer-with-a-2d-input": (
        on((5, 10), K.Dense(100)), 1100, 5100, "cause",
        ["the input of dense is flattened first; a dense layer reads only the last axis"],
    ),
    "https://github.com/karpathy/llama2.c/issues/378 (42M)": (
        tied_llama(512, 8, 1376, 32000), 41689600, 58073600, "cause", ["every use of a tied weight is counted"],
    ),
    "https://github.com/karpathy/llama2.c/issues/378 (110M)": (
        tied_llama(768, 12, 2048, 32000), 109529856, 134105856, "cause", ["every use of a tied weight is counted"],
    ),
    "https://github.com/tensorpack/tensorpack/issues/683": (
        numbers(49326872), 49326872, "47.04M", "own count", ["M stands for 1048576 here"],
    ),
    "https://github.com/tensorpack/tensorpack/issues/683 (its size)": (
        numbers(49326872), 49326872, "188.17MB", "own count", ["the number is in MiB of fp32, four bytes per parameter"],
    ),
    "https://github.com/huggingface/peft/issues/801 (what is trained)": (
        from_huggingface("bert-base-uncased"), 109514298, 589824, "cause",
        ["only a LoRA of rank 16 on the projections to query and value is counted"],
    ),
    "https://forums.fast.ai/t/how-depthwise-separable-convolutions-work/4249": (
        separable(), 656, 4608, "cause",
        ["separable_conv2d is counted as an ordinary convolution, whose filters read every channel"],
    ),
    "https://github.com/EleutherAI/cookbook/issues/36": (
        llama(8192, 80, 24576, 8192, 152064), 72285954048, "56.19B", "none", [],  # its script also counts biases
    ),
    "https://github.com/pytorch/pytorch/issues/23936 (the number alone)": (
        nn.BatchNorm2d(64), 128, 256, "alternatives", ["batchnorm2d is counted with the moving statistics, as some frameworks do"],
    ),
    "https://www.geeksmental.com/question/how-did-keras-determine-the-number-of-parameters-in-my-model": (
        on((256,), K.Dense(2)), 514, 256, "none", [],
    ),
}  # fmt: skip

# The formula; the model; whether it is right; what its value is; a sentence of the answer
FORMULAS = {
    "https://datascience.stackexchange.com/questions/84795/calculate-the-number-of-params-of-a-neural-network": (
        "64*(3*3*1+1) + 128*(10816+1) + 10*(128+1)",
        on((28, 28, 1), K.Conv2D(64, 3), K.MaxPooling2D(2), K.Flatten(), K.Dense(128), K.Dense(10)), True, 1386506,
        "is right for Conv2D, MaxPooling2D, Flatten, 2 x Dense.",
    ),
    "https://syntaxfix.com/question/3223/keras-model-summary-result-understanding-the-of-parameters": (
        "32*(3*(3*3)+1) + 64*(32*(3*3)+1) + 128*(64*(3*3)+1) + 10*(128+1)",
        on((224, 224, 3), K.Conv2D(32, 3), K.Conv2D(64, 3), K.Conv2D(128, 3), K.Dense(10)), True, 94538,
        "is right for 3 x Conv2D, Dense.",
    ),
    "https://forums.fast.ai/t/how-depthwise-separable-convolutions-work/4249 (the sum)": (
        "16*3*3 + 16*32*1*1", separable(), True, 656, "is right for SeparableConv2D.",
    ),
    "https://github.com/OpenNLPLab/TransnormerLLM/issues/6": (
        "(1024*1024*4 + 1024*4096*2)*24",
        of(emb=nn.Embedding(64000, 1024), encoder=nn.TransformerEncoder(nn.TransformerEncoderLayer(1024, 16, 4096), 24)),
        False, 301989888, "You left out 64000*1024, the term of emb/embeddings.",
    ),
    "https://github.com/manjunathshiva/turboquant-mlx/pull/85": (
        "50*(4*1536**2 + 2*1536*8960)", nn.TransformerEncoder(nn.TransformerEncoderLayer(1536, 16, 8960), 50),
        False, 1848115200, "You left out 450*1536, the term of 250 x bias, 100 x gamma and 100 x beta.",
    ),
    "https://github.com/meta-llama/llama/issues/1111 (the smaller model)": (
        "40*(4*5120*5120 + 3*5120*13824) + 32000*5120", from_huggingface("llama-2-13b"), False, 12851609600,
        "so you left out 32000*5120, as much as model.embed_tokens.weight or lm_head.weight.",
    ),
    "https://github.com/google-research/bert/issues/656": (
        "12*768*12", bert(), False, 110592, "You left out 30522*768, the term of embeddings.word_embeddings/embeddings.",
    ),
}  # fmt: skip

# Two models; what they have; a phrase of each cause, in order.
DIFFERENCES = {
    "https://transwikia.com/data-science/why-does-bidirectional-lstm-have-half-the-parameter-count-compared-to-lstm-in-keras": (
        on((28, 28), K.LSTM(256)), on((28, 28), K.Bidirectional(K.LSTM(128))), 291840, 160768,
        ["units is 256 in LSTM and 128 in Bidirectional(LSTM)", "reads the sequence both ways"],
    ),
    "https://discuss.pytorch.org/t/why-the-transformer-model-size-is-the-same-for-different-nhead/167547": (
        nn.MultiheadAttention(512, 8), nn.MultiheadAttention(512, 1), 1050624, 1050624,
        ["heads is 8 before and 1 after", "embed_dim is the width of all heads together"],
    ),
}  # fmt: skip
