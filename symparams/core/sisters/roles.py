"""The role of a tensor: an embedding, the weight of a linear layer, the output head, an expert, a bias, a norm."""

from __future__ import annotations

from ..frozen import Frozen
from ..tree import Tied, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..sizes import Dim, Shape
    from ..tree import Node, Times, Weight

EMBEDDINGS = frozenset(("wte", "wpe", "shared", "embed_in", "embeddings", "tok_embeddings"))
NOT_EMBEDDINGS = ("proj", "norm", "layernorm", "conv", "linear", "dense", "mapping")
HEADS = frozenset(("lm_head", "embed_out", "output_projection", "proj_out", "generator_lm_head"))
STORED = frozenset(("weight", "kernel", "bias", "embeddings"))  # names of tensors, behind those of their modules
EXPERTS = frozenset(("experts",))


class Named(Frozen):
    """One tensor of a tree in its place."""

    path: str
    steps: tuple[str, ...]
    leaf: Weight | Tied
    around: tuple[Times, ...]

    @property
    def shape(self) -> Shape:
        return self.leaf.shape

    @property
    def module(self) -> str:
        """The name of the module that the tensor is in: ``q_proj`` of ``self_attn.q_proj.weight``."""
        before = [step for step in self.steps if step != "*" and not step.isdigit()]
        return before[-2] if len(before) > 1 and before[-1] in STORED else before[-1]

    @property
    def owner(self) -> tuple[str, ...]:
        """The path of that module."""
        return self.steps[:-1] if self.steps[-1] in STORED else self.steps

    @property
    def is_tied(self) -> bool:
        return isinstance(self.leaf, Tied)

    @property
    def is_bias(self) -> bool:
        return self.steps[-1].endswith("bias") or self.steps[-1] == "beta"

    @property
    def is_expert(self) -> bool:
        """Whether it is one of the experts, of which each token uses a few."""
        return any(step in EXPERTS for step in self.steps[:-1])

    @property
    def is_embedding(self) -> bool:
        """Whether it is a table of which a token uses one row."""
        if len(self.shape) != 2 or self.is_bias:
            return False
        name = self.module.lower()
        return (
            name in EMBEDDINGS
            or self.steps[-1] == "embeddings"
            or ("embed" in name and not any(word in name for word in NOT_EMBEDDINGS) and name not in HEADS)
        )

    @property
    def is_head(self) -> bool:
        """Whether it is of the layer that gives a number to each word."""
        return self.module in HEADS or "cls.predictions.decoder" in self.path or self.steps[:3] == ("cls", "predictions", "bias")

    @property
    def is_linear(self) -> bool:
        """Whether it is the matrix of a linear layer, or those of several experts."""
        return (
            len(self.shape) == 2
            and self.steps[-1] in ("weight", "kernel")
            and not self.is_embedding
            and "norm" not in self.module.lower()
        )

    @property
    def is_of_experts(self) -> bool:
        """Whether the matrices of all experts are one tensor."""
        return self.is_expert and len(self.shape) == 3

    @property
    def inputs_first(self) -> bool:
        """Whether its first axis is that of the inputs, as in Keras and JAX."""
        return self.steps[-1] == "kernel"


def named_tensors(node: Node) -> list[Named]:
    """Every tensor of a tree that there is, in its place."""
    return [
        Named(path.replace("/", "."), tuple(path.replace("/", ".").split(".")), leaf, around)
        for path, leaf, around in leaves(node)
        if not any(type(each.copies) is int and each.copies == 0 for each in around)
    ]


def copies_of(named: Named) -> list[Dim]:
    """The numbers of copies around a tensor, the outermost first."""
    return [each.copies for each in named.around]
