"""More questions that people asked in public: the model, the number they gave, and the reason as the answer should begin.

A source may be a copy of the original. Where only a count was given, the model is a single parameter of that size.
"""

from __future__ import annotations

from symparams import from_huggingface
from symparams.keras import layers as K
from symparams.torch import nn
from tests.questions.comparing.whole_models import bert, gpt2, llama, of, plain, resnet
from tests.questions.models_asked_about import on, whole


def numbers(count):
    """A model of which only the count matters."""
    return of(weights=nn.Parameter((count,)))


def plain_conv(channels, filters, groups=1):
    return nn.Conv2d(channels, filters, 3, bias=False, groups=groups)


def tied_llama(width, depth, inner, words):
    model = llama(width, depth, inner, width, words)
    model.lm_head.weight = model.model.embed_tokens.weight
    return model


def neox():
    """GPT-NeoX-20B."""
    d = 6144

    def block():
        return of(
            input_layernorm=nn.LayerNorm(d),
            post_attention_layernorm=nn.LayerNorm(d),
            attention=of(query_key_value=nn.Linear(d, 3 * d), dense=nn.Linear(d, d)),
            mlp=of(dense_h_to_4h=nn.Linear(d, 4 * d), dense_4h_to_h=nn.Linear(4 * d, d)),
        )

    blocks = nn.ModuleList([block() for _ in range(44)])
    return of(embed_in=nn.Embedding(50432, d), layers=blocks, final_layer_norm=nn.LayerNorm(d), embed_out=plain(d, 50432))


def mbart_decoder():
    """Two layers of mBART's decoder with a head that is tied to the table."""
    d = 384

    def block():
        return of(
            self_attn=nn.MultiheadAttention(d, 16), encoder_attn=nn.MultiheadAttention(d, 16), fc1=nn.Linear(d, 4 * d),
            fc2=nn.Linear(4 * d, d), norms=nn.ModuleList([nn.LayerNorm(d) for _ in range(3)]),
        )  # fmt: skip

    blocks = nn.ModuleList([block() for _ in range(2)])
    model = of(embed=nn.Embedding(50000, d), positions=nn.Embedding(1026, d), layers=blocks, lm_head=plain(d, 50000))
    model.lm_head.weight = model.embed.weight
    return model


def rezero():
    return whole(nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2)), weights=nn.Parameter((2,)))


def small_cnn():
    return on((64, 64, 1), K.Conv2D(32, 3, padding="same"), K.BatchNormalization(), K.Flatten(), K.Dense(100), K.Dense(10))


# The model; what it has; the number; the verdict; the reading that comes first.
WHY = {
    "https://wiki.gubat.org/content/stackoverflow.com_en_all_2023-11/questions/52759193/lstm-in-keras-number-of-parameters-differs-between-sequential-and-functional-a": (
        on((3, 1), K.LSTM(2)), 32, 48, "possible", ["the steps of the input of lstm are taken for its features"],
    ),
    "https://exchangetuts.com/understanding-number-of-parameters-in-keras-conv2d-layer-1640295604538227": (
        on((32, 32, 3), K.Conv2D(32, 3, padding="same")), 896, 288, "alternatives",
        ["conv2d has no biases", "the depth of the input of conv2d is forgotten: each filter reads one channel"],
    ),
    "http://codegur.com/44608552/keras-cnn-model-parameters-caculation": (
        on((14, 14, 32), K.Conv2D(64, 5)), 51264, 1664, "cause",
        ["the depth of the input of conv2d is forgotten: each filter reads one channel"],
    ),
    "https://exchangetuts.com/calculating-the-number-of-parameters-of-a-gru-layer-keras-1640909223406624": (
        on((200, 16), K.Bidirectional(K.GRU(32))), 9600, 9408, "alternatives", ["bidirectional has one bias"],
    ),
    "https://boohere.com/ru/detail/123934.html": (on((29, 13), K.GRU(20)), 2100, 2040, "cause", ["gru has one bias"]),
    "https://datascience.stackexchange.com/questions/88436/number-of-parameters-in-simple-rnns": (
        on((50, 1), K.SimpleRNN(50)), 2600, 150, "cause",
        ["simple_rnn counts as one layer per unit; the formula already includes all units"],
    ),
    "https://blogtechexpert.com/view/book/Advanced+Deep+Learning+with+R-EB9781789538779_227.html": (
        on((None, 32), K.SimpleRNN(8)), 328, 264, "alternatives", ["the kernel of the state of simple_rnn is left out"],
    ),
    "https://devpeace.com/keras/42521005/how-the-number-of-parameters-associated-with-batchnormalization-layer-is-2048": (
        on((512,), K.BatchNormalization()), 2048, 512, "cause", ["batch_normalization is counted as one vector"],
    ),
    "https://errorhandle.ai/keras-model-summary-result-understanding-the-of-parameters": (
        on((64,), K.BatchNormalization()), 256, 128, "alternatives", ["only trainable parameters are counted"],
    ),
    "https://github.com/sovrasov/flops-counter.pytorch/issues/89": (
        nn.BatchNorm2d(10), 20, 40, "alternatives", ["batchnorm2d is counted with the moving statistics, as some frameworks do"],
    ),
    "https://github.com/PaddlePaddle/Paddle/issues/37852": (
        nn.BatchNorm2d(64), 128, 256, "alternatives", ["batchnorm2d is counted with the moving statistics, as some frameworks do"],
    ),
    "https://github.com/sksq96/pytorch-summary/issues/201": (
        whole(nn.Module(), features=nn.Sequential(nn.Conv2d(1, 1, 3))), 10, 20, "cause",
        ["everything is counted twice, as in a table that lists a layer once for each call"],
    ),
    "https://github.com/amarczew/pytorch_model_summary/issues/3": (
        of(layerA=nn.Linear(4, 2), layerB=nn.Linear(4, 1)), 15, 25, "possible", ["layerA is counted twice, once per call"],
    ),
    "https://github.com/sksq96/pytorch-summary/issues/127": (
        nn.Conv2d(3, 8, 3), 224, 1120, "cause",
        ["everything is counted 5 times, as in a table that lists a layer once for each call"],
    ),
    "https://github.com/TransformerLensOrg/TransformerLens/issues/903": (
        gpt2(), 124439808, "85M", "alternatives", ["both nn.Embedding are left out"],
    ),
    "https://github.com/graykode/gpt-2-Pytorch/issues/25": (gpt2(), 124439808, "117M", "none", []),
    "https://github.com/karpathy/llama2.c/issues/378": (
        tied_llama(288, 6, 768, 32000), 15191712, 24407712, "cause", ["every use of a tied weight is counted"],
    ),
    "https://github.com/huggingface/peft/issues/1020": (
        neox(), 20554567680, 10597552128, "cause",
        [
            "all 176 dense layers except the head are stored in 4 bits, two weights in one number",
            "a LoRA of rank 8 is added to the 44 layers called query_key_value",
        ],
    ),
    "https://github.com/lukemelas/EfficientNet-PyTorch/issues/40": (
        numbers(5288548), 5288548, "20.17 MB", "own count", ["the number is in MiB of fp32, four bytes per parameter"],
    ),
    "https://github.com/PhysiologicAILab/FactorizePhys/issues/4": (
        numbers(7380871), 7380871, "28.15 MB", "own count", ["the number is in MiB of fp32, four bytes per parameter"],
    ),
    "https://github.com/MarcoForte/FBA_Matting/issues/47": (
        numbers(34693031), 34693031, "33.08585M", "own count", ["M stands for 1048576 here"],
    ),
    "https://github.com/keras-team/keras/pull/16363": (
        resnet(3, 4, 6, 3), 25557032, 25636712, "cause",
        ["all 53 nn.Conv2d have one bias", "all 53 nn.BatchNorm2d are counted with the moving statistics, as some frameworks do"],
    ),
    "https://github.com/keras-team/keras/issues/8121": (
        on((100,), K.Dense(32, trainable=False), K.Dense(64)), 5344, 2112, "alternatives",
        ["only trainable parameters are counted"],
    ),
    "https://discuss.pytorch.org/t/why-lstm-has-two-bias-parameters/45025": (
        nn.LSTM(10, 20), 2560, 2480, "alternatives", ["lstm has one bias"],
    ),
    "https://discuss.pytorch.org/t/lstmcell-bias-question/94282": (
        nn.LSTMCell(128, 64), 49664, 49408, "cause", ["lstmcell has one bias"],
    ),
    "https://52sbl.cn/discussion/111209.html": (
        on((1000, 100), K.Conv1D(128, 5)), 64128, 3328, "cause",
        [
            "the depth of the input of conv1d is forgotten: each filter reads one channel",
            "the window of conv1d is taken for a square; it has one axis",
        ],
    ),
    "https://discuss.tensorflow.org/t/dense-layer-parameter-misunderstanding/8850": (
        on((30932, 4), K.Conv1D(1, 8), K.Dense(1)), 35, 33 + 30926, "cause",
        ["the input of dense is flattened first; a dense layer reads only the last axis"],
    ),
    "https://github.com/meta-llama/llama-models/issues/88": (
        llama(8192, 80, 28672, 1024, 128256), 70553706496, "131GB", "own count",
        ["the number is in GiB of fp16 or bf16, two bytes per parameter"],
    ),
    "https://github.com/meta-llama/llama-models/issues/88 (the smaller model)": (
        llama(4096, 32, 14336, 1024, 128256), 8030261248, "15GB", "own count",
        ["the number is in GiB of fp16 or bf16, two bytes per parameter"],
    ),
    "https://github.com/TylerYep/torchinfo/issues/377": (
        mbart_decoder(), 24327168, 43527168, "cause", ["every use of a tied weight is counted"],
    ),
    "https://github.com/TylerYep/torchinfo/issues/137": (rezero(), 14, 12, "possible", ["weights is left out"]),
    "https://github.com/sksq96/pytorch-summary/issues/79": (
        nn.Sequential(nn.Conv2d(3, 64, 10), nn.Linear(6400, 1)), 25665, 51330, "alternatives",
        ["everything is counted twice, as in a table that lists a layer once for each call"],
    ),
    "https://github.com/huggingface/peft/issues/1526": (
        llama(4096, 32, 11008, 4096, 32016), 6738546688, 6746935296, "alternatives",
        ["a LoRA of rank 16 is added to the 64 projections to query and value"],
    ),
    "https://github.com/huggingface/peft/issues/1526 (what is trained)": (
        llama(4096, 32, 11008, 4096, 32016), 6738546688, "8.4M", "alternatives",
        ["only a LoRA of rank 16 on the 64 projections to query and value is counted"],
    ),
    "https://github.com/bitsandbytes-foundation/bitsandbytes/issues/834 (without its adapter)": (
        llama(4096, 32, 11008, 4096, 32000), 6738415616, "3.5B", "possible",
        ["all 224 dense layers except the head are stored in 4 bits, two weights in one number"],
    ),
    "https://github.com/unslothai/unsloth/issues/1584": (llama(4096, 32, 14336, 1024, 128256), 8030261248, "4.56B", "none", []),
    "https://github.com/Haiyang-W/DSVT/issues/48": (numbers(7100000), 7100000, "71M", "none", []),
    "https://github.com/openai/gpt-2/issues/209": (from_huggingface("gpt2-medium"), 354823168, "345M", "none", []),
    "https://github.com/Separius/BERT-keras/issues/19": (bert(), 109482240, "177M", "none", []),
    "https://stackoverflow.com/questions/60079783/difference-between-keras-batchnormalization-and-pytorchs-batchnorm2d": (
        small_cnn(), 13108758, 13108694, "alternatives", ["only trainable parameters are counted"],
    ),
    "https://ajkdrag.in/2-Zettels/56B-or-47B-in-Mixtral-8x7B-MoE": (
        from_huggingface("mixtral-8x7b"), 46702792704, "12.9B", "possible", ["only the parameters that one token uses are counted"],
    ),
    "https://ajkdrag.in/2-Zettels/56B-or-47B-in-Mixtral-8x7B-MoE (as its name says)": (
        from_huggingface("mixtral-8x7b"), 46702792704, "56B", "none", [],
    ),
    "https://github.com/john852517791/pytorch_lightning_FAD/issues/7": (
        numbers(341359000), 341359000, "1365.436 MB", "own count", ["the number is in MB of fp32, four bytes per parameter"],
    ),
    "https://github.com/deepspeedai/Megatron-DeepSpeed/issues/85": (
        nn.Sequential(plain(768, 3072), plain(3072, 768)), 4718592, "9 MB", "possible",
        ["the number is in MB of fp16 or bf16, two bytes per parameter"],
    ),
    "https://github.com/microsoft/LoRA/issues/148": (
        from_huggingface("gpt2-medium"), 354823168, "25.19M", "possible", ["only 2 of the 24 blocks are counted"],
    ),
    "https://github.com/pytorch/torchtitan/pull/1376": (
        from_huggingface("llama-3.2-1b"), 1235814400, 1498482688, "cause", ["every use of a tied weight is counted"],
    ),
    "https://github.com/pytorch/torchtitan/pull/1376 (the larger model)": (
        from_huggingface("llama-3.2-3b"), 3212749824, 3606752256, "cause", ["every use of a tied weight is counted"],
    ),
    "https://github.com/ymcui/Chinese-LLaMA-Alpaca/issues/189": (
        llama(4096, 32, 11008, 4096, 49954), 6885494784, 6889689088, "alternatives",
        ["a LoRA of rank 8 is added to the 64 projections to query and value"],
    ),
    "https://github.com/ymcui/Chinese-LLaMA-Alpaca/issues/189 (what is trained)": (
        llama(4096, 32, 11008, 4096, 49954), 6885494784, 4194304, "alternatives",
        ["only a LoRA of rank 8 on the 64 projections to query and value is counted"],
    ),
    "https://github.com/karpathy/nanoGPT (a vocabulary of 50304 rows)": (
        gpt2(), 124439808, 124475904, "cause", ["the vocabulary is padded from 50257 to 50304 rows, a multiple of 64"],
    ),
    # The file of 400M is 4*parameters in MiB, rounded to one digit: too rounded to be told.
    "https://github.com/thunlp/ERNIE/issues/19": (bert(), 109482240, "400M", "none", []),
}  # fmt: skip

# Two models; what they have; a phrase of each cause, in order.
DIFFERENCES = {
    "https://wiki.gubat.org/content/stackoverflow.com_en_all_2023-11/questions/52759193/lstm-in-keras-number-of-parameters-differs-between-sequential-and-functional-a": (
        on((None, 3), K.LSTM(2)), on((3, 1), K.LSTM(2)), 48, 32, ["it reads the model's input"],
    ),
    "https://github.com/pytorch/pytorch/issues/23936": (
        K.BatchNormalization(), nn.BatchNorm2d(64), 256, 128, ["PyTorch keeps the moving mean and variance as buffers"],
    ),
    "https://github.com/crea0414/2nd-ML100Days": (
        on((5, 5, 3), K.Conv2D(4, 3)), on((5, 5, 3), K.SeparableConv2D(4, 3)), 112, 43, ["its kernel has two factors"],
    ),
    "https://codewithsundeep.com/discussion/solution/49330519": (
        on((20, 10), K.Dense(300), K.Dense(1)), on((20, 10), K.Dense(300), K.Flatten(), K.Dense(1)), 3601, 9301,
        ["which makes 20*300 = 6000 features"],
    ),
    "https://github.com/pytorch/pytorch/issues/60853": (
        nn.MultiheadAttention(512, 1), nn.MultiheadAttention(512, 64), 1050624, 1050624,
        ["heads is 1 before and 64 after", "embed_dim is the width of all heads together"],
    ),
    "https://github.com/google-research/bert/issues/1225": (
        bert(), bert(words=119547), 109482240, 177853440, ["the number of rows is 30522 before and 119547 after"],
    ),
    "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1 (a copy of a question on two directions)": (
        2 * nn.LSTM(32, 128, 2), nn.LSTM(32, 128, 2, bidirectional=True), 430080, 561152, ["it reads the states of the layer below"],
    ),
    "https://github.com/sovrasov/flops-counter.pytorch/issues/9": (
        of(conv1=plain_conv(3, 24), conv2=plain_conv(24, 24, 24)),
        of(conv1=plain_conv(3, 24), conv2=plain_conv(24, 12, 12), conv3=plain_conv(24, 12, 12)),
        864, 1080, ["conv3 (nn.Conv2d) exists only after"],
    ),
}  # fmt: skip
