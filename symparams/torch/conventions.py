"""PyTorch's storage of weights: outputs first, gates joined, one pair of biases for each layer and direction."""

from __future__ import annotations

from math import prod

from ..core.conventions import INPUTS_JOINED, JOINED, Convention, Tensor
from ..core.sizes import same
from ..core.tree import leaves
from ..errors import ShapeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.sizes import Dim
    from ..core.tree import Node

TORCH = Convention(
    outputs_first=True,
    copies={"gates": JOINED, "bias_sets": ("{}_ih_l0", "{}_hh_l0"), "directions": ("{}", "{}_reverse")},
    names={"kernel": "weight_ih_l0", "recurrent_kernel": "weight_hh_l0"},
)
MATRIX = Convention(outputs_first=True, names={"kernel": "weight"})
TABLE = Convention(names={"embeddings": "weight"})
NORM = Convention(names={"gamma": "weight", "beta": "bias", "moving_mean": "running_mean", "moving_variance": "running_var"})
SLOPE = Convention(names={"alpha": "weight"})
CONVOLUTION = Convention(
    copies={"groups": JOINED},
    names={"kernel": "weight"},
    layouts={"kernel": lambda axes: (axes[-1], axes[-2], *axes[:-2])},
)
# A transposed convolution has the kernel of the convolution that it reverses, whose outputs are its inputs.
TRANSPOSED = Convention(
    copies={"groups": INPUTS_JOINED},
    names={"kernel": "weight"},
    layouts={"kernel": lambda axes: (axes[-2], axes[-1], *axes[:-2])},
)


def recurrent_layer(suffix: str) -> Convention:
    """The convention of one recurrent layer, with ``_l0`` after the names of the first, and nothing after those of a cell."""
    return TORCH.but(
        copies={**TORCH.copies, "bias_sets": (f"{{}}_ih{suffix}", f"{{}}_hh{suffix}")},
        names={
            "kernel": f"weight_ih{suffix}",
            "recurrent_kernel": f"weight_hh{suffix}",
            "projection_kernel": f"weight_hr{suffix}",
        },
    )


CELL = recurrent_layer("")


class Fused(Convention):
    """The storage of attention: all heads in one matrix, with query, key and value joined if their inputs have the same width."""

    def stored(self, node: Node) -> Iterator[tuple[tuple[int, ...], Tensor]]:
        found: dict[str, tuple[int, tuple[Dim, ...], bool]] = {}
        for number, (path, leaf, around) in enumerate(leaves(node)):
            if all(times.copies != 0 for times in around):
                found[path] = (number, leaf.shape, getattr(leaf, "trainable", True))
                if any(times.copies != 1 for times in around):
                    raise ShapeError(
                        f"{path} must occur once or not at all, since PyTorch cannot store a letter's number of copies"
                    )
        if "gate/kernel" in found:
            raise ShapeError("PyTorch's attention cannot store a gate; use gates=0")
        kernels, biases = ([f"{of}/{name}" for of in ("query", "key", "value")] for name in ("kernel", "bias"))

        def made(path: str, shape: tuple[Dim, ...], *roles: str) -> tuple[tuple[int, ...], Tensor]:
            numbers = tuple(found[role][0] for role in roles)
            trainable = all(found[role][2] for role in roles)
            return numbers, Tensor(path=path, shape=shape, trainable=trainable, role=roles[0])

        rows = {role: prod(found[role][1][1:]) for role in kernels}
        reads = [found[role][1][0] for role in kernels]
        if all(same(reads[0], width) for width in reads):
            yield made("in_proj_weight", (sum(rows.values()), reads[0]), *kernels)
        else:
            for letter, role, width in zip("qkv", kernels, reads, strict=True):
                yield made(f"{letter}_proj_weight", (rows[role], width), role)
        if biases[0] in found:
            yield made("in_proj_bias", (sum(rows.values()),), *biases)
        for role in ("bias_k", "bias_v"):
            if role in found:
                yield made(role, (1, 1, prod(found[role][1])), role)
        out = found["attention_output/kernel"][1]
        yield made("out_proj/weight", (prod(out[2:]), prod(out[:2])), "attention_output/kernel")
        if "attention_output/bias" in found:
            yield made("out_proj/bias", (prod(found["attention_output/bias"][1]),), "attention_output/bias")


ATTENTION = Fused()
