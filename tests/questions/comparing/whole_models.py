"""Whole models as people write them in PyTorch, small enough to compare often: BERT, ALBERT, GPT-2, Llama, ResNet."""

from __future__ import annotations

from typing import Any

from symparams.torch import nn


def of(**parts: Any) -> nn.Module:
    """A module with these parts."""
    module = nn.Module()
    for name, part in parts.items():
        setattr(module, name, part)
    return module


def plain(inputs: Any, units: Any) -> nn.Linear:
    """A matrix without a bias."""
    return nn.Linear(inputs, units, bias=False)


def bert(d: Any = 768, depth: int = 12, f: Any = 3072, words: int = 30522, *, shared: bool = False) -> nn.Module:
    """BERT as in Hugging Face; ``shared`` uses the first block for all of them."""

    def block() -> nn.Module:
        attention = of(
            self=of(query=nn.Linear(d, d), key=nn.Linear(d, d), value=nn.Linear(d, d)),
            output=of(dense=nn.Linear(d, d), LayerNorm=nn.LayerNorm(d)),
        )
        output = of(dense=nn.Linear(f, d), LayerNorm=nn.LayerNorm(d))
        return of(attention=attention, intermediate=of(dense=nn.Linear(d, f)), output=output)

    tables = {"word_embeddings": words, "position_embeddings": 512, "token_type_embeddings": 2}
    embeddings = of(**{name: nn.Embedding(rows, d) for name, rows in tables.items()}, LayerNorm=nn.LayerNorm(d))
    blocks = [block()] * depth if shared else [block() for _ in range(depth)]
    return of(embeddings=embeddings, encoder=of(layer=nn.ModuleList(blocks)), pooler=of(dense=nn.Linear(d, d)))


def albert(d: int = 768, f: int = 3072, words: int = 30000, e: int = 128) -> nn.Module:
    """ALBERT: one block, and embeddings of another width."""
    attention = of(**{name: nn.Linear(d, d) for name in ("query", "key", "value", "dense")}, LayerNorm=nn.LayerNorm(d))
    block = of(full_layer_layer_norm=nn.LayerNorm(d), attention=attention, ffn=nn.Linear(d, f), ffn_output=nn.Linear(f, d))
    tables = {"word_embeddings": words, "position_embeddings": 512, "token_type_embeddings": 2}
    return of(
        embeddings=of(**{name: nn.Embedding(rows, e) for name, rows in tables.items()}, LayerNorm=nn.LayerNorm(e)),
        encoder=of(mapping_in=nn.Linear(e, d), groups=nn.ModuleList([of(albert_layers=nn.ModuleList([block]))])),
        pooler=nn.Linear(d, d),
    )


def gpt2(d: Any = 768, depth: int = 12, words: int = 50257) -> nn.Module:
    """GPT-2 with its head tied."""

    def block() -> nn.Module:
        attention, inner = (
            of(c_attn=nn.Linear(d, 3 * d), c_proj=nn.Linear(d, d)),
            of(c_fc=nn.Linear(d, 4 * d), c_proj=nn.Linear(4 * d, d)),
        )
        return of(ln_1=nn.LayerNorm(d), attn=attention, ln_2=nn.LayerNorm(d), mlp=inner)

    body = of(
        wte=nn.Embedding(words, d),
        wpe=nn.Embedding(1024, d),
        h=nn.ModuleList([block() for _ in range(depth)]),
        ln_f=nn.LayerNorm(d),
    )
    model = of(transformer=body, lm_head=plain(d, words))
    model.lm_head.weight = body.wte.weight
    return model


def llama(d: int = 4096, depth: int = 32, f: int = 11008, kv: int = 4096, words: int = 32000) -> nn.Module:
    """Llama, with grouped heads for keys and values where ``kv`` is less than ``d``."""

    def block() -> nn.Module:
        widths = {"q_proj": d, "k_proj": kv, "v_proj": kv, "o_proj": d}
        inner = of(gate_proj=plain(d, f), up_proj=plain(d, f), down_proj=plain(f, d))
        attention = of(**{name: plain(d, width) for name, width in widths.items()})
        return of(self_attn=attention, mlp=inner, input_layernorm=nn.RMSNorm(d), post_attention_layernorm=nn.RMSNorm(d))

    body = of(embed_tokens=nn.Embedding(words, d), layers=nn.ModuleList([block() for _ in range(depth)]), norm=nn.RMSNorm(d))
    return of(model=body, lm_head=plain(d, words))


def resnet(*depths: int) -> nn.Module:
    """ResNet with bottlenecks: 3, 4, 6, 3 of them is ResNet-50."""

    def convolution(inputs: int, filters: int, window: int) -> nn.Conv2d:
        return nn.Conv2d(inputs, filters, window, bias=False)

    def bottleneck(inputs: int, width: int, first: bool) -> nn.Module:
        shapes = ((inputs, width, 1), (width, width, 3), (width, 4 * width, 1))
        parts: dict[str, Any] = {}
        for number, shape in enumerate(shapes, 1):
            parts |= {f"conv{number}": convolution(*shape), f"bn{number}": nn.BatchNorm2d(shape[1])}
        if first:
            parts["downsample"] = nn.Sequential(convolution(inputs, 4 * width, 1), nn.BatchNorm2d(4 * width))
        return of(**parts)

    parts: dict[str, Any] = {"conv1": convolution(3, 64, 7), "bn1": nn.BatchNorm2d(64)}
    inputs = 64
    for number, depth in enumerate(depths):
        width = 64 * 2**number
        blocks = [bottleneck(inputs if place == 0 else 4 * width, width, place == 0) for place in range(depth)]
        parts[f"layer{number + 1}"] = nn.Sequential(*blocks)
        inputs = 4 * width
    return of(**parts, fc=nn.Linear(inputs, 1000))
