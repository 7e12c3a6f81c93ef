"""Twenty formulas and counts as papers print them, and the models, written with letters, that they are of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from symparams import Formula, keras, symbols
from symparams.layers import GRU, Conv, Dense
from symparams.torch import nn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

B, C, E, H, L, M, N, P, S, T, V, W = symbols("B C E H L M N P S T V W")
a, b, c, d, f, g, h, k, m, n, r, z = symbols("a b c d f g h k m n r z")
KL = keras.layers


@dataclass(frozen=True)
class Published:
    """A model, what its source prints, and the formula for it; ``at`` has the sizes at which the source has a ``number``.

    ``lacks`` is what the source's formula leaves out of the count, and ``rounded`` the digits that it rounds the number to.
    """

    model: str
    source: str
    prints: str
    count: Callable[[], Formula]
    formula: str = ""
    lacks: str = "0"
    at: Mapping[str, int] | None = None
    number: int = 0
    rounded: int = 1


class Block(nn.Module):
    """A block of GPT-2 or ViT: attention and two matrices, each after a norm."""

    def __init__(self, width: Any, inner: Any) -> None:
        super().__init__()
        self.norm_1, self.attention = nn.LayerNorm(width), nn.MultiheadAttention(width, 1)
        self.norm_2, self.mlp = nn.LayerNorm(width), nn.Sequential(nn.Linear(width, inner), nn.GELU(), nn.Linear(inner, width))


def gpt2() -> Formula:
    model = nn.Module()
    model.wte, model.wpe = nn.Embedding(V, d), nn.Embedding(T, d)
    model.blocks, model.norm = L * Block(d, 4 * d), nn.LayerNorm(d)
    return model.count


def bert() -> Formula:
    model = nn.Module()
    model.embeddings = nn.ModuleDict(
        {"words": nn.Embedding(V, d), "places": nn.Embedding(T, d), "kinds": nn.Embedding(2, d), "norm": nn.LayerNorm(d)}
    )
    model.encoder, model.pooler = L * Block(d, 4 * d), nn.Linear(d, d)
    return model.count


def vit() -> Formula:
    model = nn.Module()
    model.patches, model.token, model.places = nn.Conv2d(3, d, P, P), nn.Parameter((1, 1, d)), nn.Parameter((1, T, d))
    model.blocks, model.norm, model.head = L * Block(d, 4 * d), nn.LayerNorm(d), nn.Linear(d, k)
    return model.count


class Bottleneck(nn.Module):
    def __init__(self, before: Any, width: Any, shortcut: bool) -> None:
        super().__init__()
        after = 4 * width
        for number, (taken, given, window) in enumerate([(before, width, 1), (width, width, 3), (width, after, 1)], 1):
            setattr(self, f"conv{number}", nn.Conv2d(taken, given, window, bias=False))
            setattr(self, f"norm{number}", nn.BatchNorm2d(given))
        if shortcut:
            self.shortcut = nn.Sequential(nn.Conv2d(before, after, 1, bias=False), nn.BatchNorm2d(after))


def resnet50() -> Formula:
    model = nn.Module()
    model.conv, model.norm, before = nn.Conv2d(3, c, 7, bias=False), nn.BatchNorm2d(c), c
    for number, blocks in enumerate((3, 4, 6, 3)):
        width = c * 2**number
        stage = [Bottleneck(before, width, True), *(Bottleneck(4 * width, width, False) for _ in range(blocks - 1))]
        setattr(model, f"stage{number + 1}", nn.Sequential(*stage))
        before = 4 * width
    model.head = nn.Linear(32 * c, k)
    return model.count


def double(before: Any, after: Any) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(before, after, 3), nn.ReLU(), nn.Conv2d(after, after, 3), nn.ReLU())


def u_net() -> Formula:
    model = nn.Module()
    model.first = double(1, c)
    model.down = nn.ModuleList(double(c * 2**i, c * 2 ** (i + 1)) for i in range(4))
    model.up = nn.ModuleList(nn.ConvTranspose2d(c * 2 ** (i + 1), c * 2**i, 2, 2) for i in range(4))
    model.decoder = nn.ModuleList(double(c * 2 ** (i + 1), c * 2**i) for i in range(4))
    model.last = nn.Conv2d(c, 2, 1)
    return model.count


def dcgan() -> Formula:
    def chain(kind: Any, *widths: Any) -> list[Any]:
        return [layer for one, other in pairwise(widths) for layer in (kind(one, other, 4, bias=False), nn.BatchNorm2d(other))]

    model = nn.Module()
    model.generator = nn.Sequential(*chain(nn.ConvTranspose2d, z, 8 * c, 4 * c, 2 * c, c), nn.ConvTranspose2d(c, 3, 4, bias=False))
    inner = chain(nn.Conv2d, c, 2 * c, 4 * c, 8 * c)
    model.discriminator = nn.Sequential(nn.Conv2d(3, c, 4, bias=False), *inner, nn.Conv2d(8 * c, 1, 4, bias=False))
    return model.count


class MixerBlock(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm_1, self.norm_2 = nn.LayerNorm(C), nn.LayerNorm(C)
        self.tokens = nn.Sequential(nn.Linear(S, a), nn.GELU(), nn.Linear(a, S))
        self.channels = nn.Sequential(nn.Linear(C, b), nn.GELU(), nn.Linear(b, C))


def mixer() -> Formula:
    model = nn.Module()
    model.patches, model.blocks = nn.Conv2d(3, C, P, P), L * MixerBlock()
    model.norm, model.head = nn.LayerNorm(C), nn.Linear(C, k)
    return model.count


class Norm(nn.Module):
    """A norm with a scale alone."""

    def __init__(self, width: Any) -> None:
        super().__init__()
        self.weight = nn.Parameter((width,))


def gated(width: Any, inner: Any) -> nn.Module:
    model = nn.Module()
    model.gate, model.up, model.down = (
        nn.Linear(width, inner, bias=False),
        nn.Linear(width, inner, bias=False),
        nn.Linear(inner, width, bias=False),
    )
    return model


def grouped(width: Any, keys: Any) -> nn.Module:
    """Attention whose keys and values are narrower than its queries."""
    model = nn.Module()
    model.query, model.output = nn.Linear(width, width, bias=False), nn.Linear(width, width, bias=False)
    model.key, model.value = nn.Linear(width, keys, bias=False), nn.Linear(width, keys, bias=False)
    return model


def mixtral(experts: Any = E) -> Formula:
    block = nn.Module()
    block.norms, block.attention = nn.ModuleList([Norm(d), Norm(d)]), grouped(d, g)
    block.router, block.experts = nn.Linear(d, E, bias=False), experts * gated(d, f)
    model = nn.Module()
    model.words, model.blocks, model.norm, model.head = nn.Embedding(V, d), L * block, Norm(d), nn.Linear(d, V, bias=False)
    return model.count


def t5() -> Formula:
    def part(attentions: int) -> nn.Module:
        block = nn.Module()
        block.norms = nn.ModuleList(Norm(d) for _ in range(attentions + 1))
        block.attentions = nn.ModuleList(grouped(d, d) for _ in range(attentions))
        block.mlp = nn.Sequential(nn.Linear(d, f, bias=False), nn.ReLU(), nn.Linear(f, d, bias=False))
        model = nn.Module()
        model.places, model.blocks, model.norm = nn.Embedding(B, h), L * block, Norm(d)
        return model

    model = nn.Module()
    model.words, model.encoder, model.decoder = nn.Embedding(V, d), part(1), part(2)
    return model.count


def seq2seq() -> Formula:
    encoder = nn.ModuleDict({"words": nn.Embedding(V, n), "stack": nn.LSTM(n, n, num_layers=L, bias=False)})
    decoder = nn.ModuleDict(
        {"words": nn.Embedding(W, n), "stack": nn.LSTM(n, n, num_layers=L, bias=False), "output": nn.Linear(n, W, bias=False)}
    )
    return nn.ModuleDict({"encoder": encoder, "decoder": decoder}).count


def bottleneck(before: Any, width: Any, groups: Any) -> Formula:
    return nn.Sequential(
        nn.Conv2d(before, groups * width, 1, bias=False),
        nn.Conv2d(groups * width, groups * width, 3, groups=groups, bias=False),
        nn.Conv2d(groups * width, before, 1, bias=False),
    ).count


def three_small_windows() -> Formula:
    return keras.Sequential([keras.Input((None, None, C)), *(KL.Conv2D(C, 3, use_bias=False) for _ in range(3))]).count


def separable() -> Formula:
    return keras.Sequential([keras.Input((None, None, M)), KL.SeparableConv2D(N, k, use_bias=False)]).count


def lenet_c1() -> Formula:
    return Conv(inputs=1, filters=f, window=(k, k)).count


def adapter() -> Formula:
    return nn.Sequential(nn.Linear(d, m), nn.ReLU(), nn.Linear(m, d)).count


def lora() -> Formula:
    return (L * nn.Sequential(nn.Linear(d, r, bias=False), nn.Linear(r, d, bias=False))).count


def albert() -> Formula:
    return nn.Sequential(nn.Embedding(V, E), nn.Linear(E, H, bias=False)).count


PUBLISHED = [
    Published("GRU", "Dey & Salem 2017, arXiv:1701.05923", "3 x (n^2 + nm + n)", lambda: GRU(m, n).count, "3*(n**2 + n*m + n)"),
    Published(
        "LSTM translation", "Sutskever et al. 2014, arXiv:1409.3215", "384M, of which 64M recurrent", seq2seq,
        "V*n + 2*W*n + 2*L*8*n**2", at={"V": 160_000, "W": 80_000, "n": 1000, "L": 4}, number=384_000_000,
    ),
    Published("LeNet-5, C1", "LeCun et al. 1998, section II.B", "156 trainable parameters", lenet_c1, "k**2*f + f", at={"k": 5, "f": 6}, number=156),
    Published(
        "LeNet-5, F6", "LeCun et al. 1998, section II.B", "10,164 trainable parameters",
        lambda: Dense(m, n).count, "m*n + n", at={"m": 120, "n": 84}, number=10_164,
    ),
    Published("VGG, three 3x3 layers", "Simonyan & Zisserman 2014, arXiv:1409.1556", "3(3^2 C^2) = 27 C^2", three_small_windows, "27*C**2"),
    Published("ResNet-50", "He et al. 2015, arXiv:1512.03385; torchvision", "25,557,032", resnet50, at={"c": 64, "k": 1000}, number=25_557_032),
    Published(
        "ResNet bottleneck", "Xie et al. 2016, arXiv:1611.05431, section 3.4", "256*64 + 3*3*64*64 + 64*256 = 70k",
        lambda: bottleneck(256, 64, 1), "256*64 + 3*3*64*64 + 64*256", number=70_000, rounded=1000, at={},
    ),
    Published(
        "ResNeXt block", "Xie et al. 2016, arXiv:1611.05431, equation 4", "C(256d + 3*3*d*d + d*256)",
        lambda: bottleneck(256, d, C), "C*(256*d + 3*3*d*d + d*256)", at={"C": 32, "d": 4}, number=70_000, rounded=1000,
    ),
    Published("Depthwise separable convolution", "Howard et al. 2017, arXiv:1704.04861", "D_K D_K M + M N, at each position", separable, "k*k*M + M*N"),
    Published("U-Net", "Ronneberger et al. 2015, arXiv:1505.04597", "figure 1, its layers", u_net),
    Published("DCGAN", "Radford et al. 2015, arXiv:1511.06434; torchinfo of PyTorch's example", "3,576,704 + 2,765,568", dcgan, at={"c": 64, "z": 100}, number=6_342_272),
    Published(
        "GPT-2", "Narayanan et al. 2021, arXiv:2104.04473, equation 2", "12lh^2 (1 + 13/(12h) + (V+s)/(12lh))", gpt2,
        "12*L*d**2*(1 + 13/(12*d) + (V + T)/(12*L*d))", lacks="2*d", at={"V": 50257, "T": 1024, "d": 768, "L": 12}, number=124_439_808,
    ),
    Published("Transformer blocks", "Kaplan et al. 2020, arXiv:2001.08361", "N = 12 n_layer d_model^2", lambda: (L * Block(d, 4 * d)).count, "12*L*d**2", lacks="13*L*d"),
    Published("BERT base", "Devlin et al. 2018, arXiv:1810.04805", "110M", bert, at={"V": 30522, "T": 512, "d": 768, "L": 12}, number=110_000_000, rounded=10**7),
    Published("ViT-B/16", "Dosovitskiy et al. 2020, arXiv:2010.11929; torchvision", "86,567,656", vit, at={"P": 16, "T": 197, "d": 768, "L": 12, "k": 1000}, number=86_567_656),
    Published("Mixer-B/16", "Tolstikhin et al. 2021, arXiv:2105.01601; timm", "59.88M", mixer, at={"P": 16, "S": 196, "C": 768, "a": 384, "b": 3072, "L": 12, "k": 1000}, number=59_880_000, rounded=10_000),
    Published("T5 base", "Raffel et al. 2019, arXiv:1910.10683", "220M", t5, at={"V": 32128, "d": 768, "f": 3072, "L": 12, "B": 32, "h": 12}, number=220_000_000, rounded=10**7),
    Published("Mixtral 8x7B", "Jiang et al. 2024, arXiv:2401.04088", "47B", mixtral, at={"V": 32000, "d": 4096, "g": 1024, "f": 14336, "E": 8, "L": 32}, number=47 * 10**9, rounded=10**9),
    Published("Adapter", "Houlsby et al. 2019, arXiv:1902.00751", "2md + d + m", adapter, "2*m*d + d + m"),
    Published("LoRA", "Hu et al. 2021, arXiv:2106.09685", "2 x L x d_model x r", lora, "2*L*d*r"),
    Published("ALBERT's embedding", "Lan et al. 2019, arXiv:1909.11942", "V E + E H", albert, "V*E + E*H"),
]  # fmt: skip


def shown(count: Formula) -> str:
    """A formula as it is printed; one without letters as it is written, since its number says nothing."""
    return str(count) if count.letters else count.text()


def table_of_formulas() -> str:
    """The formulas side by side, as a table in Markdown."""
    head = ["| model | printed in its source | ours | source |", "| --- | --- | --- | --- |"]
    rows = [f"| {each.model} | {each.prints} | `{shown(each.count())}` | {each.source} |" for each in PUBLISHED]
    return "\n".join([*head, *rows])
