"""Models that people asked about in public, as far as they take more than a line."""

from __future__ import annotations

from symparams.keras import Input, Sequential, layers, v1
from symparams.keras.layers import Bidirectional, Dense, MultiHeadAttention, TimeDistributed
from symparams.torch import nn


def on(shape, *layers):
    return Sequential([Input(shape), *layers])


def whole(module, **modules):
    """A module with those modules in it."""
    for name, each in modules.items():
        setattr(module, name, each)
    return module


def linear(inputs, units, bias=False):
    return nn.Linear(inputs, units, bias=bias)


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


def bert(**head):
    """BERT base."""
    tables = {"words": nn.Embedding(30522, 768), "positions": nn.Embedding(512, 768), "types": nn.Embedding(2, 768)}
    blocks = nn.ModuleList([nn.TransformerEncoderLayer(768, 12, 3072) for _ in range(12)])
    return whole(nn.Module(), **tables, norm=nn.LayerNorm(768), layers=blocks, **head)


def alexnet(groups):
    """The five convolutions and three dense layers; in the paper, two halves see each other in the third convolution alone."""
    convolutions = [
        nn.Conv2d(3, 96, 11, 4),
        nn.Conv2d(96, 256, 5, groups=groups),
        nn.Conv2d(256, 384, 3),
        nn.Conv2d(384, 384, 3, groups=groups),
        nn.Conv2d(384, 256, 3, groups=groups),
    ]
    return nn.Sequential(*convolutions, nn.Flatten(), nn.Linear(9216, 4096), nn.Linear(4096, 4096), nn.Linear(4096, 1000))


def transformer(*, tied):
    """Attention Is All You Need, base, as its script has it: no biases in attention, and one in the output."""

    def block(*attentions):
        modules = {name: nn.MultiheadAttention(512, 8, bias=False) for name in attentions}
        norms = {f"norm_{name}": nn.LayerNorm(512) for name in (*attentions, "inner")}
        return nn.ModuleDict({**modules, "inner": nn.Linear(512, 2048), "outer": nn.Linear(2048, 512), **norms})

    model = whole(
        nn.Module(),
        source=nn.Embedding(37000, 512),
        target=nn.Embedding(37000, 512),
        encoder=nn.ModuleList([block("attention") for _ in range(6)]),
        decoder=nn.ModuleList([block("attention", "cross") for _ in range(6)]),
        output=nn.Linear(512, 37000),
    )
    if tied:
        model.target.weight = model.output.weight = model.source.weight
    return model


def rsdn():
    """RSDN of nine blocks and 128 channels: a stream for the details and one for the structure, of equal layers."""

    def three(inputs, outputs):
        return nn.Conv2d(inputs, outputs, 3, padding=1)

    def stream():
        blocks = nn.ModuleList([nn.Sequential(three(128, 128), three(128, 128)) for _ in range(9)])
        return whole(nn.Module(), enter=three(48 + 128 + 6, 128), blocks=blocks, state=three(128, 128), leave=three(128, 48))

    return whole(nn.Module(), forget=three(3, 9), details=stream(), structure=stream(), join=three(96, 48))


IMAGE = (64, 64, 1)
KERAS = on(
    IMAGE, layers.Conv2D(32, 3, padding="same"), layers.BatchNormalization(), layers.Flatten(), layers.Dense(100), layers.Dense(10)
)
TORCH = nn.Sequential(nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.Flatten(), nn.Linear(131072, 100), nn.Linear(100, 10))
