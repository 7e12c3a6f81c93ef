"""The layers behind the names of GGUF: ``blk.0.attn_q`` with a weight and a bias is a dense layer, ``attn_norm`` a normalization."""

from __future__ import annotations

from ..jax.named_arrays.outputs_first import convolution, dense, embedding, normalization

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..jax.named_arrays.found import Found
    from ..jax.named_arrays.group import Group

TABLES = ("token_embd", "position_embd", "token_types", "per_layer_token_embd")
MATRICES = 2  # axes of a matrix; with three, experts have theirs in one array


def gguf_layer(group: Group) -> Found | None:
    """The layer that a group of tensors is; None where it is none that is known."""
    shapes = {name: array.shape for name, array in group.arrays.items()}
    if "weight" not in shapes or not {*shapes} <= {"weight", "bias"} or group.groups:
        return None
    bias = "bias" if "bias" in shapes else None
    if group.last in TABLES and bias is None:
        return embedding("Embedding", shapes, "weight")
    if "norm" in group.last and len(shapes["weight"]) == 1:
        return normalization("LayerNorm" if bias else "RMSNorm", shapes, "weight", bias, root_mean_square=True)
    if len(shapes["weight"]) == MATRICES:
        return dense("Linear", shapes, "weight", bias)
    return convolution("Conv", shapes, "weight", bias) if "embd" in group.last and len(shapes["weight"]) > MATRICES else None
