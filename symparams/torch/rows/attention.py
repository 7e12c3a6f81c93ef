"""The row of MultiheadAttention, whose ``embed_dim`` is the width of all heads together; Keras's ``key_dim`` is that of one."""

from __future__ import annotations

from ...core.catalogue import always, entry, when
from ...core.sizes import size, split
from ...layers.attention import MultiHeadAttention
from ..conventions import ATTENTION
from ..row import check_probability, row, sizes_check, standard_build

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.signatures import Arguments
    from ..row import Building, Fields

NO_BIAS = when("bias", False, "bias=False leaves all four biases out", bias_sets=0, output_bias_sets=0)
SHARED_OUT = always(
    "PyTorch's embed_dim is the width of all heads together, embed_dim/num_heads for each; Keras's key_dim is the width of one head",
    key_width="inputs/heads",
    value_width="inputs/heads",
)
EXTRA = when("add_bias_kv", True, "add_bias_kv=True learns a key and a value that are appended to every sequence", extra_keys=1)


def check(a: Arguments) -> None:
    sizes_check("embed_dim", "num_heads")(a)
    check_probability(a, "dropout")
    for argument in ("kdim", "vdim"):
        a[argument] = size(a.embed_dim if a[argument] is None else a[argument], f"MultiheadAttention: {argument}")
    split(a.embed_dim, a.num_heads, "MultiheadAttention: embed_dim over num_heads")


def sizes(a: Arguments) -> Fields:
    return {
        "inputs": a.embed_dim,
        "heads": a.num_heads,
        "key_inputs": a.kdim,
        "value_inputs": a.vdim,
        "outputs": (a.embed_dim,),
    }


def build(module: Building) -> None:
    from ..builtin import builtin_class

    a = module._arguments
    module.out_proj = builtin_class("Linear")(a.embed_dim, a.embed_dim, bias=a.bias)
    standard_build(module)


row(
    "MultiheadAttention",
    entry=entry("torch.nn.MultiheadAttention", MultiHeadAttention, ATTENTION, SHARED_OUT, NO_BIAS, EXTRA),
    check=check,
    sizes=sizes,
    build=build,
    absent="in_proj_weight q_proj_weight k_proj_weight v_proj_weight in_proj_bias bias_k bias_v",
)
