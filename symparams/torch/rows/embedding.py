"""The rows of Embedding and EmbeddingBag."""

from __future__ import annotations

from ...core.catalogue import entry
from ...core.sizes import shown
from ...errors import ShapeError
from ...layers.embedding import Embedding
from ..conventions import TABLE
from ..row import check_choice, refusal, row, sizes_check
from ..shape_rules import shape_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.signatures import Arguments
    from ..builtin import Builtin
    from ..row import Building, Fields
    from ..shape_rules import ShapeLike


def check(a: Arguments) -> None:
    sizes_check("num_embeddings", "embedding_dim")(a)
    place, rows = a.padding_idx, a.num_embeddings
    if place is not None:
        if not isinstance(place, int) or isinstance(place, bool):
            raise refusal(a, "padding_idx", "must be the number of a row or None")
        if isinstance(rows, int) and not -rows <= place < rows:
            raise refusal(a, "padding_idx", f"must be the number of one of the {rows} rows")
    if a._weight is not None and shape_of(a._weight, f"{a['class_name']}: _weight") != (rows, a.embedding_dim):
        raise ShapeError(f"{a['class_name']}: _weight must have the shape ({rows}, {a.embedding_dim})")
    if "mode" in a:
        check_choice(a, "mode", ("sum", "mean", "max"))


def sizes(a: Arguments) -> Fields:
    return {"words": a.num_embeddings, "width": a.embedding_dim}


def build(module: Building) -> None:
    from ..row import standard_build

    standard_build(module)
    if module._arguments.get("_freeze"):
        module.requires_grad_(False)


def from_pretrained(cls: type[Builtin], /, embeddings: ShapeLike, freeze: bool = True, **options: object) -> Builtin:
    """An embedding with the shape of a tensor, or with a given shape; frozen unless ``freeze=False``."""
    shape = shape_of(embeddings, f"{cls.__name__}.from_pretrained")
    if len(shape) != 2:
        raise ShapeError(f"{cls.__name__}.from_pretrained takes a table with a row per word, not one of shape {shown(shape)}")
    return cls(*shape, **options).requires_grad_(not freeze)


for name in ("Embedding", "EmbeddingBag"):
    methods = {"from_pretrained": classmethod(from_pretrained)}
    row(name, entry=entry(f"torch.nn.{name}", Embedding, TABLE), check=check, sizes=sizes, build=build, methods=methods)
