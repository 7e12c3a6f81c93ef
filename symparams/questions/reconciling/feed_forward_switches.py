"""The feed-forward network of a transformer counted as those of other models are: without a gate, or four times as wide as the model."""

from __future__ import annotations

from ...core.sizes import same
from ...layers.dense import Dense
from .changes import Change
from .model_layers import GONE, edit_of_fields
from .priors import POINTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model_layers import Piece, Pieces

GATES = ("gate_proj", "wi_0")
# The names of the matrices into the inner width, and of those out of it; a gate is one into it.
INTO = frozenset((*GATES, *"linear1 fc1 c_fc up_proj wi wi_1 w1 w3 lin1 dense_h_to_4h".split()))
OUT_OF = frozenset("linear2 fc2 down_proj wo w2 lin2 dense_4h_to_h".split())
USUAL_RATIO = 4  # of the inner width to the width of the model (Vaswani et al., 2017, arXiv:1706.03762)
TORCH, TORCH_DEFAULT = "linear1", 2048  # the first matrix of nn.TransformerEncoderLayer, and its units where nothing is said


def own_name(piece: Piece) -> str:
    """The last name of a layer that is not the name of its tensor: ``up_proj``."""
    steps = [step for step in piece.name.replace("/", ".").split(".") if step not in ("weight", "kernel")]
    return steps[-1] if steps else ""


def gates_left_out(pieces: Pieces) -> Iterator[Change]:
    """Two matrices for each feed-forward network that has three, since one is a gate."""
    gates = [piece for piece in pieces.all if own_name(piece) in GATES]
    if gates and len(gates) < len(pieces.all):
        says = f"the feed-forward networks are counted with two matrices, without the gate {own_name(gates[0])}"
        yield Change("gate forgotten", says, {piece.place: GONE for piece in gates}, POINTS["gate forgotten"])


def usual_inner_width(pieces: Pieces) -> Iterator[Change]:
    """Feed-forward networks four times as wide as the model, or as wide as PyTorch makes them by default."""
    dense = [piece for piece in pieces.all if isinstance(piece.layer, Dense)]
    into = [piece for piece in dense if own_name(piece) in INTO]
    out_of = [piece for piece in dense if own_name(piece) in OUT_OF]
    kinds = {(sizes["inputs"], sizes["units"]) for sizes in (piece.layer.values() for piece in into)}
    back = {(sizes["units"], sizes["inputs"]) for sizes in (piece.layer.values() for piece in out_of)}
    if len(kinds) != 1 or kinds != back:
        return
    ((width, inner),) = kinds
    others = {USUAL_RATIO * width: f"{USUAL_RATIO} times the width of the model"}
    if any(own_name(piece) == TORCH for piece in into):
        others.setdefault(TORCH_DEFAULT, "the default of dim_feedforward")
    for other, how in others.items():
        if not same(other, inner):
            edits = {piece.place: edit_of_fields(units=other) for piece in into}
            edits |= {piece.place: edit_of_fields(inputs=other) for piece in out_of}
            says = f"the feed-forward networks are {other} wide inside, {how}; in fact they are {inner}"
            yield Change("inner width", says, edits, POINTS["inner width"])
