"""Architectures as people write them, read at one size and held against real builds at another; skipped without PyTorch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_torch
from tests.core.at_another_size import as_advised, is_right, unsaid
from tests.installed import installed

if TYPE_CHECKING:
    from collections.abc import Callable

torch = installed("torch")
nn: Any = torch.nn

pytestmark = pytest.mark.filterwarnings("ignore")  # torch's own

A, B, C = (64, 4), (96, 6), (48, 3)  # a width and a number of blocks


def of(**parts: Any) -> Any:
    """A module of named parts; a shape is a parameter."""
    made = nn.Module()
    for name, part in parts.items():
        setattr(made, name, nn.Parameter(torch.empty(part)) if isinstance(part, tuple) else part)
    return made


def blocks(number: int, make: Callable[[], Any]) -> Any:
    return nn.ModuleList([make() for _ in range(number)])


def bn_conv(m: int, n: int, k: int = 3, **more: Any) -> Any:
    return nn.Sequential(nn.Conv2d(m, n, k, bias=False, **more), nn.BatchNorm2d(n), nn.ReLU())


def mlp(d: int, f: int) -> Any:
    return nn.Sequential(nn.Linear(d, f), nn.GELU(), nn.Linear(f, d))


# ---------------------------------------------------------------- sequences
def bert(d: int, number: int) -> Any:
    def block() -> Any:
        return of(q=nn.Linear(d, d), k=nn.Linear(d, d), v=nn.Linear(d, d), o=nn.Linear(d, d), f=mlp(d, 4 * d), n=nn.LayerNorm(d))

    tables = of(word=nn.Embedding(1000, d), position=nn.Embedding(64, d), kind=nn.Embedding(2, d), norm=nn.LayerNorm(d))
    return of(embeddings=tables, layers=blocks(number, block), pooler=nn.Linear(d, d), classifier=nn.Linear(d, 2))


def gpt2(d: int, number: int) -> Any:
    def block() -> Any:
        return of(ln_1=nn.LayerNorm(d), c_attn=nn.Linear(d, 3 * d), c_proj=nn.Linear(d, d), ln_2=nn.LayerNorm(d), mlp=mlp(d, 4 * d))

    model = of(wte=nn.Embedding(1000, d), wpe=nn.Embedding(64, d), h=blocks(number, block), lm_head=nn.Linear(d, 1000, bias=False))
    model.lm_head.weight = model.wte.weight
    return model


def llama(d: int, number: int) -> Any:
    def block() -> Any:
        linear = {name: nn.Linear(d, n, bias=False) for name, n in (("q", d), ("k", d // 4), ("v", d // 4), ("o", d))}
        gated = {
            name: nn.Linear(*sizes, bias=False) for name, sizes in (("up", (d, 3 * d)), ("gate", (d, 3 * d)), ("down", (3 * d, d)))
        }
        return of(**linear, **gated, norm=nn.RMSNorm(d), post=nn.RMSNorm(d))

    return of(embed=nn.Embedding(1000, d), layers=blocks(number, block), norm=nn.RMSNorm(d), lm_head=nn.Linear(d, 1000, bias=False))


def mixtral(d: int, number: int) -> Any:
    def block() -> Any:
        return of(attention=nn.MultiheadAttention(d, 4), gate=nn.Linear(d, 8, bias=False), experts=blocks(8, lambda: mlp(d, 2 * d)))

    return of(embed=nn.Embedding(1000, d), layers=blocks(number, block), lm_head=nn.Linear(d, 1000))


def local_and_global(d: int, number: int) -> Any:
    """Two kinds of attention in turn."""
    pair = [lambda: of(near=nn.Linear(d, d), f=mlp(d, 4 * d)), lambda: of(far=nn.Linear(d, d, bias=False), f=mlp(d, 4 * d))]
    return of(layers=nn.ModuleList([pair[at % 2]() for at in range(2 * number)]), norm=nn.LayerNorm(d))


def t5(d: int, number: int) -> Any:
    encoder = blocks(number, lambda: of(a=nn.Linear(d, 4 * d, bias=False), f=mlp(d, 4 * d), n=nn.RMSNorm(d)))
    decoder = blocks(number, lambda: of(a=nn.Linear(d, 4 * d, bias=False), b=nn.Linear(d, 4 * d, bias=False), f=mlp(d, 4 * d)))
    return of(shared=nn.Embedding(1000, d), encoder=encoder, decoder=decoder)


def mamba(d: int, number: int) -> Any:
    def block() -> Any:
        e, r = 2 * d, d // 16
        return of(
            in_proj=nn.Linear(d, 2 * e, bias=False),
            conv1d=nn.Conv1d(e, e, 4, groups=e),
            x_proj=nn.Linear(e, r + 32, bias=False),
            dt_proj=nn.Linear(r, e),
            A_log=(e, 16),
            D=(e,),
            out_proj=nn.Linear(e, d, bias=False),
        )

    return of(embed=nn.Embedding(1000, d), layers=blocks(number, block))


def translation(d: int, number: int) -> Any:
    return of(source=nn.Embedding(700, d), target=nn.Embedding(900, d), core=nn.Transformer(d, 4, number, number, 4 * d))


def tagger(d: int, number: int) -> Any:
    return of(words=nn.Embedding(1000, d), lstm=nn.LSTM(d, d // 2, number, bidirectional=True), tags=nn.Linear(d, 9))


def attention_on_gru(d: int, _: int) -> Any:
    return of(enc=nn.GRU(d, d, bidirectional=True), score=nn.Linear(3 * d, 1), dec=nn.GRU(3 * d, d), out=nn.Linear(d, 500))


def tcn(d: int, number: int) -> Any:
    return of(
        first=nn.Conv1d(8, d, 1), layers=blocks(number, lambda: nn.Sequential(nn.Conv1d(d, d, 3), nn.Conv1d(d, d, 3), nn.GELU()))
    )


def wavenet(d: int, number: int) -> Any:
    return of(layers=blocks(number, lambda: of(dilated=nn.Conv1d(d, 2 * d, 2), skip=nn.Conv1d(d, 256, 1), res=nn.Conv1d(d, d, 1))))


# ---------------------------------------------------------------- images
def vit(d: int, number: int) -> Any:
    block = lambda: of(qkv=nn.Linear(d, 3 * d), proj=nn.Linear(d, d), n1=nn.LayerNorm(d), n2=nn.LayerNorm(d), mlp=mlp(d, 4 * d))
    tokens: dict[str, Any] = {"cls_token": (1, 1, d), "pos_embed": (1, 197, d), "patch": nn.Conv2d(3, d, 16, 16)}
    return of(**tokens, blocks=blocks(number, block), norm=nn.LayerNorm(d), head=nn.Linear(d, 1000))


def mixer(d: int, number: int) -> Any:
    return of(patch=nn.Conv2d(3, d, 16, 16), layers=blocks(number, lambda: of(tokens=mlp(196, 384), channels=mlp(d, 4 * d))))


def convnext(d: int, number: int) -> Any:
    def block(n: int) -> Any:
        return of(dw=nn.Conv2d(n, n, 7, groups=n), norm=nn.LayerNorm(n), f=mlp(n, 4 * n), gamma=(n,))

    down = blocks(1, lambda: nn.Conv2d(d, 2 * d, 2, 2))
    return of(stem=nn.Conv2d(3, d, 4, 4), one=blocks(3, lambda: block(d)), down=down, two=blocks(number, lambda: block(2 * d)))


def resnet(d: int, number: int) -> Any:
    def block(m: int, n: int) -> Any:
        return of(one=bn_conv(m, n, 1), two=bn_conv(n, n), three=bn_conv(n, 4 * n, 1), skip=bn_conv(m, 4 * n, 1))

    layers = nn.ModuleList([block(d, d), *(block(4 * d, d) for _ in range(number))])
    return of(stem=bn_conv(3, d, 7), layers=layers, fc=nn.Linear(4 * d, 1000))


def mobilenet(d: int, _: int) -> Any:
    depthwise = [nn.Sequential(bn_conv(m, m, groups=m), bn_conv(m, n, 1)) for m, n in ((d, 2 * d), (2 * d, 4 * d), (4 * d, 4 * d))]
    return of(stem=bn_conv(3, d), features=nn.Sequential(*depthwise), classifier=nn.Linear(4 * d, 1000))


def inverted(d: int, number: int) -> Any:
    def block() -> Any:
        return of(expand=bn_conv(d, 6 * d, 1), dw=bn_conv(6 * d, 6 * d, groups=6 * d), project=bn_conv(6 * d, d, 1))

    return of(layers=blocks(number, block), fc=nn.Linear(d, 10))


def unet(d: int, _: int) -> Any:
    down = [bn_conv(3, d), bn_conv(d, 2 * d), bn_conv(2 * d, 4 * d)]
    up = [nn.ConvTranspose2d(4 * d, 2 * d, 2, 2), bn_conv(4 * d, 2 * d), nn.ConvTranspose2d(2 * d, d, 2, 2), bn_conv(2 * d, d)]
    return nn.ModuleList([*down, *up, nn.Conv2d(d, 2, 1)])


def vgg(d: int, _: int) -> Any:
    features = [nn.Conv2d(3, d, 3), nn.Conv2d(d, 2 * d, 3), nn.Conv2d(2 * d, 4 * d, 3), nn.Conv2d(4 * d, 4 * d, 3)]
    return of(features=nn.Sequential(*features), classifier=nn.Sequential(nn.Linear(4 * d * 49, 4096), nn.Linear(4096, 1000)))


def squeeze_and_excite(d: int, number: int) -> Any:
    return of(layers=blocks(number, lambda: of(conv=bn_conv(d, d), down=nn.Linear(d, d // 16), up=nn.Linear(d // 16, d))))


def resnext(d: int, number: int) -> Any:
    return of(layers=blocks(number, lambda: of(one=bn_conv(2 * d, d, 1), two=bn_conv(d, d, groups=16), three=bn_conv(d, 2 * d, 1))))


def gan(d: int, _: int) -> Any:
    make = [nn.ConvTranspose2d(100, 4 * d, 4), nn.ConvTranspose2d(4 * d, 2 * d, 4), nn.ConvTranspose2d(2 * d, 3, 4)]
    judge = [nn.Conv2d(3, d, 4), nn.Conv2d(d, 2 * d, 4), nn.Conv2d(2 * d, 1, 4)]
    return of(generator=nn.Sequential(*make), discriminator=nn.Sequential(*judge))


# ---------------------------------------------------------------- the rest
def autoencoder(d: int, _: int) -> Any:
    down = nn.Sequential(nn.Linear(784, d), nn.ReLU(), nn.Linear(d, d // 2))
    return of(encoder=down, mean=nn.Linear(d // 2, 8), variance=nn.Linear(d // 2, 8), decoder=mlp(8, d), last=nn.Linear(8, 784))


def recommender(d: int, _: int) -> Any:
    return of(users=nn.Embedding(943, d), items=nn.Embedding(1682, d), layers=nn.Sequential(nn.Linear(2 * d, d), nn.Linear(d, 1)))


def two_towers(d: int, number: int) -> Any:
    tower = lambda: of(stack=nn.TransformerEncoder(nn.TransformerEncoderLayer(d, 4, 4 * d), number), projection=nn.Linear(d, 128))
    return of(text=tower(), image=tower(), scale=(1,))


def low_rank(d: int, number: int) -> Any:
    return of(layers=blocks(number, lambda: of(base=nn.Linear(d, d), a=nn.Linear(d, 8, bias=False), b=nn.Linear(8, d, bias=False))))


def graph(d: int, number: int) -> Any:
    return of(first=nn.Linear(1433, d), layers=blocks(number, lambda: of(weight=(d, d), bias=(d,))), classifier=nn.Linear(d, 7))


ARCHITECTURES: list[Callable[[int, int], Any]] = [
    bert, gpt2, llama, mixtral, local_and_global, t5, mamba, translation, tagger, attention_on_gru, tcn, wavenet,
    vit, mixer, convnext, resnet, mobilenet, inverted, unet, vgg, squeeze_and_excite, resnext, gan,
    autoencoder, recommender, two_towers, low_rank, graph,
]  # fmt: skip
ADVISED = (
    "bert",
    "gpt2",
    "llama",
    "t5",
    "vit",
    "convnext",
    "unet",
    "inverted",
    "squeeze_and_excite",
    "mobilenet",
    "attention_on_gru",
)


def built(make: Callable[[int, int], Any], sizes: tuple[int, int]) -> Any:
    with torch.device("meta"):
        return make(*sizes)


def letters_of(make: Callable[[int, int], Any], sizes: tuple[int, int]) -> dict[str, int]:
    """The width, and the number of blocks where there are any."""
    blocks_too = from_torch(built(make, A)).count != from_torch(built(make, (A[0], B[1]))).count and make is not tagger
    number = 2 * sizes[1] if make is local_and_global else sizes[1]
    return {"d": sizes[0], "L": number} if blocks_too else {"d": sizes[0]}


def same_depth(make: Callable[[int, int], Any], sizes: tuple[int, int]) -> tuple[int, int]:
    return sizes if "L" in letters_of(make, A) else (sizes[0], A[1])


@pytest.mark.parametrize("make", ARCHITECTURES)
def test_with_a_second_build_the_formula_is_right_at_a_third(make: Callable[[int, int], Any]) -> None:
    first, second, third = (built(make, same_depth(make, sizes)) for sizes in (A, B, C))
    keys = letters_of(make, A), letters_of(make, B)
    model = from_torch(first, also=second, letters={letter: (keys[0][letter], keys[1][letter]) for letter in keys[0]})
    assert is_right(model, from_torch(second), keys[1])
    assert is_right(model, from_torch(third), letters_of(make, C))


@pytest.mark.parametrize("make", ARCHITECTURES)
def test_with_one_build_what_is_wrong_elsewhere_is_printed(make: Callable[[int, int], Any]) -> None:
    model = from_torch(built(make, A), letters=letters_of(make, A))
    for sizes in (B, C):
        assert unsaid(model, from_torch(built(make, same_depth(make, sizes))), letters_of(make, sizes)) == set()


@pytest.mark.parametrize("make", [make for make in ARCHITECTURES if make.__name__ in ADVISED])
def test_what_the_assumptions_advise_is_right_elsewhere(make: Callable[[int, int], Any]) -> None:
    model = as_advised(lambda letters: from_torch(built(make, A), letters=letters), letters_of(make, A))
    assert is_right(model, from_torch(built(make, same_depth(make, B))), letters_of(make, B))
