"""A grid as an array of dask's: the counts that NumPy gives, on a cluster of two workers, and reductions that stay lazy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from symparams import symbols
from symparams.core.formula import formula_of_expression
from symparams.layers import LSTM, Dense
from tests.installed import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

L, d, h, V = symbols("L d h V")
transformer = formula_of_expression(12 * L * d**2 + 13 * L * d + V * d + 2 * d)
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes on this machine."""
    distributed = installed("distributed")
    installed("dask.array")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, memory_limit="1GB") as local,
        distributed.Client(local) as client,
    ):
        yield client


GRIDS: dict[str, Any] = {
    "all points": lambda: transformer.grid(L=range(1, 97), d=range(64, 2048, 64), V=50257),
    "conditions": lambda: transformer.grid(L=range(1, 20), d=range(64, 999, 64), h=[4, 8, 12], V=50257, where="d % h == 0"),
    "limits": lambda: transformer.grid(L=range(1, 20), d=range(64, 999, 64), V=50257, at_most=10**8, at_least=10**6),
    "sizes that do not divide": lambda: Dense(d, d / h).count.grid(d=range(4, 33), h=[3, 4]),
    "beyond 64 bits": lambda: transformer.grid(L=[1, 2**40, 2**60], d=range(1, 9), V=3),
    "lists": lambda: LSTM.symbolic().count.grid(m=[300, 5, 7], n=[9, 1, 4]),
}


@pytest.mark.parametrize("name", GRIDS)
def test_two_workers_give_the_array_of_numpy(cluster: Any, name: str) -> None:
    grid = GRIDS[name]()
    array, lazy = grid.array(), grid.dask(tuple(max(1, length // 2) for length in grid.shape))
    assert lazy.shape == grid.shape
    computed = lazy.compute()
    assert computed.dtype == lazy.dtype
    assert (np.ma.getmaskarray(computed) == np.ma.getmaskarray(array)).all()
    assert np.ma.masked_array(computed).compressed().tolist() == np.ma.masked_array(array).compressed().tolist()


def test_reductions_stay_lazy(cluster: Any) -> None:
    dask = installed("dask.array")
    grid = GRIDS["all points"]()
    lazy, array = grid.dask((20, 10)), grid.array()
    bins = dask.histogram(lazy, bins=8, range=(0, int(array.max())))[0]
    best = dask.argmin(abs(lazy - 124_000_000))
    largest = dask.topk(lazy.reshape(-1), 3)
    assert all(hasattr(each, "dask") for each in (bins, best, largest))
    assert bins.compute().tolist() == np.histogram(array, bins=8, range=(0, int(array.max())))[0].tolist()
    assert array.reshape(-1)[int(best.compute())] == grid.nearest(124_000_000)["count"]
    assert largest.compute().tolist() == np.sort(array, axis=None)[::-1][:3].tolist()


def test_reductions_under_conditions(cluster: Any) -> None:
    grid = GRIDS["conditions"]()
    lazy = grid.dask((5, 5, 2))
    assert lazy.min().compute() == grid.smallest()["count"]
    assert lazy.max().compute() == grid.largest()["count"]
    assert lazy.sum().compute() == grid.array().sum()


def test_a_grid_too_large_for_this_machine_is_only_described() -> None:
    installed("dask.array")
    lazy = transformer.grid(L=range(1, 10**5 + 1), d=range(1, 10**5 + 1), V=50257).dask((1000, 1000))
    assert lazy.shape == (10**5, 10**5)
    assert lazy.dtype == np.int64
    assert int(lazy[77, 99].compute()) == transformer.at(L=78, d=100, V=50257)
