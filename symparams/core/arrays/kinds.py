"""What this library needs to know of an array, of whichever library: the width of its integers, and its least and largest value."""

from __future__ import annotations

import sys
import warnings

from ...errors import SizeError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Array: TypeAlias = Any  # of NumPy, CuPy, JAX, PyTorch, dask ... none of which is imported

WIDEST = 64
OBJECTS = 0  # the width of Python's integers, which have any
WIDTHS = {f"{sign}int{bits}": bits for sign in ("", "u") for bits in (8, 16, 32, 64)}


def is_array(value: object) -> bool:
    """Whether a value is an array with at least one axis; a single number of NumPy's is a number."""
    shape = getattr(value, "shape", None)
    return shape is not None and not isinstance(value, type) and hasattr(value, "dtype") and len(shape) > 0


def is_numpy(value: object) -> bool:
    """Whether a value is an array of NumPy's own class, whose functions can write into given memory."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and type(value) is numpy.ndarray


def can_hold_objects(array: Array) -> bool:
    """Whether its library computes with Python's integers as well."""
    return array_library(array) in ("numpy", "pandas") or dtype_name(array) == "object"


def is_lazy(value: object) -> bool:
    """Whether a value is an array of dask, which is computed later."""
    return type(value).__module__.partition(".")[0] == "dask" and hasattr(value, "map_blocks")


def is_unsigned(array: Array) -> bool:
    """Whether its integers have no sign."""
    return dtype_name(array).startswith("uint")


def dtype_name(array: Array) -> str:
    """The name of its type of numbers, without the library's."""
    return str(array.dtype).rpartition(".")[2].lower()


def width_of(array: Array, letter: str) -> int:
    """The width of its integers in bits. Raises :class:`SizeError` for floats, truth values and anything else."""
    name = dtype_name(array)
    if name == "object":
        return OBJECTS
    if name not in WIDTHS:
        remedy = "; convert it with .astype(int)" if name.startswith("float") else ""
        raise SizeError(f"{letter} must be an array of whole numbers, not of {name}{remedy}")
    return WIDTHS[name]


def widened(array: Array) -> Array:
    """The array in signed integers of 64 bits, or of fewer where its library has none."""
    if dtype_name(array) == "int64":
        return array
    if not hasattr(array, "astype"):  # PyTorch
        return array.long()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # JAX warns that it has no such integers; the width of what it gives is looked at
        return array.astype("int64")


def zeros_of(array: Array) -> Array:
    """Zeros of its shape, to be added to others; unsigned and signed integers of 64 bits would meet in floats."""
    return (array if dtype_name(array) == "object" else widened(array)) * 0


def range_of(array: Array, letter: str) -> tuple[int, int]:
    """The least and the largest of its numbers."""
    try:
        return int(array.min()), int(array.max())
    except SizeError:
        raise
    except Exception as error:
        raise SizeError(
            f"{letter}: the sizes in an array must be known, and those of {brief(type(array).__name__)} are not ({type(error).__name__})"
        ) from error


def numpy_of() -> Any:
    """NumPy, which the user has imported."""
    return sys.modules["numpy"]


def in_numpy(array: Array) -> Array:
    """A column of pandas or polars as an array of NumPy's, anything else as it is."""
    return array.to_numpy() if hasattr(array, "to_numpy") else array


def array_library(array: Array) -> str:
    """The name of the library of an array."""
    name = type(array).__module__.partition(".")[0]
    return "jax" if name == "jaxlib" else name


def array_module(array: Array) -> Any:
    """The module of a dask array's functions."""
    return sys.modules[f"{array_library(array)}.array"]
