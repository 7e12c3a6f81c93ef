"""The Transformer, its stacks and their layers, built from the same modules as in PyTorch.

A stack copies its layer; each stack of ``nn.Transformer`` ends with a norm, even with 0 layers.
"""

from __future__ import annotations

from copy import deepcopy

from ..builtin import builtin_class
from ..containers import ModuleList
from ..module import Copies, Module
from ..row import check_probability, refusal, row, sizes_check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.signatures import Arguments
    from ..row import Building

MOST_LAYERS = 10_000  # for more, a letter is needed
LAYER = "d_model nhead dim_feedforward dropout activation layer_norm_eps batch_first norm_first bias".split()


def check_layer(a: Arguments) -> None:
    sizes_check("d_model", "nhead", "dim_feedforward")(a)
    check_probability(a, "dropout")
    if isinstance(a.activation, str) and a.activation not in ("relu", "gelu"):
        raise refusal(a, "activation", "must be 'relu', 'gelu' or a function")


def layer_build(attentions: tuple[str, ...]) -> Callable[[Building], None]:
    """The build of a layer: one attention or two, two matrices, and a norm and a dropout for each step."""

    def build(module: Building) -> None:
        a = module._arguments
        for name in attentions:
            attention = builtin_class("MultiheadAttention")(
                a.d_model, a.nhead, dropout=a.dropout, bias=a.bias, batch_first=a.batch_first
            )
            setattr(module, name, attention)
        module.linear1 = builtin_class("Linear")(a.d_model, a.dim_feedforward, bias=a.bias)
        module.dropout = builtin_class("Dropout")(a.dropout)
        module.linear2 = builtin_class("Linear")(a.dim_feedforward, a.d_model, bias=a.bias)
        steps = range(1, len(attentions) + 2)
        for number in steps:
            setattr(module, f"norm{number}", builtin_class("LayerNorm")(a.d_model, eps=a.layer_norm_eps, bias=a.bias))
        for number in steps:
            setattr(module, f"dropout{number}", builtin_class("Dropout")(a.dropout))
        if isinstance(a.activation, Module):  # which PyTorch keeps, with its parameters
            module.activation = a.activation

    return build


def check_stack(argument: str) -> Callable[[Arguments], None]:
    def check(a: Arguments) -> None:
        if not isinstance(a[argument], Module):
            raise refusal(a, argument, "must be a module, such as nn.TransformerEncoderLayer(512, 8)")
        if a.norm is not None and not isinstance(a.norm, Module):
            raise refusal(a, "norm", "must be a module such as nn.LayerNorm(512), or None")
        check_number(a, "num_layers")

    return check


def check_number(a: Arguments, argument: str) -> None:
    sizes_check(argument, least=0)(a)
    if isinstance(a[argument], int) and a[argument] > MOST_LAYERS:
        raise refusal(a, argument, f"must be at most {MOST_LAYERS}, or a letter")


def stack_build(argument: str) -> Callable[[Building], None]:
    """The build of a stack: copies of its layer, and a norm if one is given."""

    def build(module: Building) -> None:
        a = module._arguments
        if isinstance(a.num_layers, int):
            module.layers = ModuleList(deepcopy(a[argument]) for _ in range(a.num_layers))
        else:
            module.layers = Copies(deepcopy(a[argument]), a.num_layers)
        module.norm = a.norm

    return build


def check_transformer(a: Arguments) -> None:
    check_layer(a)
    for side in ("encoder", "decoder"):
        check_number(a, f"num_{side}_layers")
        custom = a[f"custom_{side}"]
        if custom is not None and not isinstance(custom, Module):
            raise refusal(a, f"custom_{side}", "must be a module or None")


def build_transformer(module: Building) -> None:
    a = module._arguments
    for side, name in (("encoder", "Encoder"), ("decoder", "Decoder")):
        own = a[f"custom_{side}"]
        if own is None:
            part = builtin_class(f"Transformer{name}Layer")(**{argument: a[argument] for argument in LAYER})
            norm = builtin_class("LayerNorm")(a.d_model, eps=a.layer_norm_eps, bias=a.bias)
            own = builtin_class(f"Transformer{name}")(part, a[f"num_{side}_layers"], norm)
        setattr(module, side, own)


row("TransformerEncoderLayer", check=check_layer, build=layer_build(("self_attn",)))
row("TransformerDecoderLayer", check=check_layer, build=layer_build(("self_attn", "multihead_attn")))
row("TransformerEncoder", check=check_stack("encoder_layer"), build=stack_build("encoder_layer"))
row("TransformerDecoder", check=check_stack("decoder_layer"), build=stack_build("decoder_layer"))
row("Transformer", check=check_transformer, build=build_transformer)
