"""Arrays of other libraries than NumPy: the same numbers, in the library's own integers, or a refusal; never a wrap or a float."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import sympy

from symparams import symbols
from symparams.core.formula import Formula
from symparams.core.tree import Sum, weight
from symparams.errors import SizeError
from symparams.layers import LSTM, Dense
from tests.installed import installed

if TYPE_CHECKING:
    from collections.abc import Callable

m, n = symbols("m n")
lstm = LSTM.symbolic().count
sizes = [sympy.Max(m, n), sympy.floor(m / 3) + 1, sympy.ceiling(n / 2)]
pieces = Formula(Sum(tuple(weight("w", size) for size in sizes)))


def torch_tensor(values: list[int], kind: str) -> Any:
    torch = installed("torch")
    return torch.tensor(values, dtype=getattr(torch, kind))


def jax_array(values: list[int], kind: str) -> Any:
    return installed("jax.numpy").asarray(np.array(values).astype("int32" if kind == "int64" else kind))


def pandas_series(values: list[int], kind: str) -> Any:
    return installed("pandas").Series(values, dtype=kind, index=[f"row {place}" for place in range(len(values))])


def polars_series(values: list[int], kind: str) -> Any:
    polars = installed("polars")
    return polars.Series(values, dtype=getattr(polars, kind.capitalize()))


def dask_array(values: list[int], kind: str) -> Any:
    return installed("dask.array").from_array(np.array(values, dtype=kind), chunks=2)


LIBRARIES: dict[str, Callable[[list[int], str], Any]] = {
    "torch": torch_tensor,
    "jax": jax_array,
    "pandas": pandas_series,
    "polars": polars_series,
    "dask": dask_array,
}
every_library = pytest.mark.parametrize("library", LIBRARIES)
VALUES = [1, 2, 3, 64, 127]


def numbers(array: Any) -> list[int]:
    array = array.compute() if hasattr(array, "compute") else array
    assert "int" in str(array.dtype).lower()
    return [int(number) for number in array.tolist()] if hasattr(array, "tolist") else array.to_list()


@every_library
@pytest.mark.parametrize("kind", ["int64", "int32", "int8"])
def test_the_numbers_are_those_of_at(library: str, kind: str) -> None:
    array = LIBRARIES[library](VALUES, kind)
    for count in (lstm, pieces, Dense(m, n).count - Dense(n, 3).count):
        result = count.at(m=300, n=array)
        assert type(result) is type(array)
        assert numbers(result) == [count.at(m=300, n=value) for value in VALUES]
        assert numbers(count.compiled("m", "n")(300, array)) == numbers(result)


@every_library
def test_small_integers_are_widened_and_do_not_wrap(library: str) -> None:
    array = LIBRARIES[library]([127, 100, 90], "int8")
    assert numbers(lstm.at(m=127, n=array)) == [lstm.at(m=127, n=value) for value in (127, 100, 90)]


@every_library
def test_what_is_not_a_size_is_refused(library: str) -> None:
    with pytest.raises(SizeError, match=r"n must be a whole number of at least 1, or a symbol, not 0 \(at n = 0\)"):
        numbers(lstm.at(m=300, n=LIBRARIES[library]([3, 0, 2], "int32")))
    with pytest.raises(SizeError, match="n must be an array of whole numbers, not of float32"):
        lstm.at(m=300, n=LIBRARIES[library]([3, 1, 2], "float32"))


@pytest.mark.parametrize("library", ["torch", "polars", "dask"])
def test_a_count_beyond_64_bits_is_refused(library: str) -> None:
    array = LIBRARIES[library]([2**31, 5], "int64")
    with pytest.raises(SizeError, match="too large"):
        numbers(lstm.at(m=2**31, n=array))


def test_jax_without_64_bits_refuses_a_count_beyond_32() -> None:
    with pytest.raises(SizeError, match=r"too large for the integers of jax.*jax_enable_x64"):
        lstm.at(m=300, n=jax_array([1, 2**20], "int32"))


def test_jax_under_jit_has_no_sizes() -> None:
    jax = installed("jax")
    with pytest.raises(SizeError, match="the sizes in an array must be known"):
        jax.jit(lambda array: lstm.at(m=300, n=array))(jax_array(VALUES, "int32"))


def test_pandas_keeps_its_index_and_has_python_s_integers_beyond_64_bits() -> None:
    series = pandas_series([2**31, 5], "int64")
    result = lstm.at(m=2**40, n=series)
    assert list(result.index) == ["row 0", "row 1"]
    assert result.tolist() == [lstm.at(m=2**40, n=value) for value in (2**31, 5)]


def test_dask_stays_lazy_and_takes_objects() -> None:
    array = dask_array([2**31, 5, 7], "object")
    result = lstm.at(m=2**40, n=array)
    assert result.dtype == object
    assert result.compute().tolist() == [lstm.at(m=2**40, n=value) for value in (2**31, 5, 7)]
    lazy = lstm.at(m=300, n=dask_array([3, 0, 2], "int64"))
    assert lazy.chunks == ((2, 1),)  # the size that is refused is met when it is computed


def test_arrays_of_two_libraries_meet_in_dask() -> None:
    rows, columns = dask_array(VALUES, "int64"), np.array([[3], [4]])
    result = lstm.at(m=columns, n=rows)
    assert result.shape == (2, 5)
    assert result.compute().tolist() == [[lstm.at(m=size, n=value) for value in VALUES] for size in (3, 4)]
    unlike = lstm.at(m=dask_array(VALUES, "int64").rechunk(3), n=rows)
    assert unlike.compute().tolist() == [lstm.at(m=value, n=value) for value in VALUES]


def test_torch_broadcasts() -> None:
    rows, columns = torch_tensor(VALUES, "int64"), torch_tensor([3, 4], "int64")[:, None]
    assert lstm.at(m=columns, n=rows).tolist() == [[lstm.at(m=size, n=value) for value in VALUES] for size in (3, 4)]
