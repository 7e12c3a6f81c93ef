"""Linear algebra: inverses and decompositions."""

from __future__ import annotations

from ...core.sizes import same
from ...errors import ShapeError
from ..tensors import Tensor
from .operations import made, operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@operation("inverse cholesky matrix_exp matrix_power inv")
def same_matrix(A: Tensor, *_: object, **__: object) -> Tensor:
    """Matrices of the same shape."""
    return made(A.shape, A.dtype)


@operation("pinverse pinv")
def pseudo_inverse(A: Tensor, *_: object, **__: object) -> Tensor:
    return made((*A.shape[:-2], A.shape[-1], A.shape[-2]), A.dtype)


@operation("det logdet")
def determinant(A: Tensor) -> Tensor:
    return made(A.shape[:-2], A.dtype)


@operation("slogdet")
def sign_and_log(A: Tensor) -> tuple[Tensor, Tensor]:
    return determinant(A), determinant(A)


@operation("trace")
def trace(input: Tensor) -> Tensor:
    return made((), input.dtype)


@operation("solve")
def solved(A: Tensor, B: Tensor, **_: Any) -> Tensor:
    return made(B.shape, B.dtype)


@operation("qr")
def qr(A: Tensor, *_: object, **__: object) -> tuple[Tensor, Tensor]:
    rows, columns = A.shape[-2:]
    between = smaller(rows, columns)
    return made((*A.shape[:-1], between), A.dtype), made((*A.shape[:-2], between, columns), A.dtype)


@operation("svd")
def svd(A: Tensor, full_matrices: bool = True, **_: Any) -> tuple[Tensor, Tensor, Tensor]:
    """As ``torch.linalg.svd``."""
    rows, columns = A.shape[-2:]
    between = smaller(rows, columns)
    front = A.shape[:-2]
    left, right = (rows, columns) if full_matrices else (between, between)
    return (
        made((*front, rows, left), A.dtype),
        made((*front, between), A.dtype),
        made((*front, right, columns), A.dtype),
    )


@operation("eigh")
def eigh(A: Tensor, *_: object, **__: object) -> tuple[Tensor, Tensor]:
    return made(A.shape[:-1], A.dtype), made(A.shape, A.dtype)


@operation("eigvalsh svdvals")
def values(A: Tensor, *_: object, **__: object) -> Tensor:
    return made((*A.shape[:-2], smaller(*A.shape[-2:])), A.dtype)


def smaller(one: Any, other: Any) -> Any:
    """The smaller of two sizes."""
    if isinstance(one, int) and isinstance(other, int):
        return min(one, other)
    if same(one, other):
        return one
    raise ShapeError(f"which of {one} and {other} is the smaller depends on the letters")
