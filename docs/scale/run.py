"""Goes through grids of up to 10^10 points, in one process and on a cluster of dask's on this machine, and prints how long it took.

    python docs/scale/run.py > docs/scale/measured.txt

The page on sweeps shows what it printed.
"""

from __future__ import annotations

import os
import sys
from time import perf_counter

import dask
import numpy as np
from dask.distributed import Client, LocalCluster

from symparams import symbols
from symparams.core.formula import Formula, formula_of_expression
from symparams.core.grids.grid import Grid

BUDGET, WORKERS, PIECE = 10**12, 2, 2_000_000  # numbers
L, d, V = symbols("L d V")
transformer: Formula = formula_of_expression(12 * L * d**2 + 13 * L * d + V * d + 2 * d)


def grid(first: int, last: int, width: int) -> Grid:
    return transformer.grid(L=range(first, last + 1), d=range(1, width + 1), V=50257)


def one_process(layers: int, width: int) -> int:
    """How many are under the budget: rows of the grid are written into the same memory, one piece after another."""
    rows = max(1, min(layers, PIECE // width))
    piece = np.empty((rows, width), dtype="int64")
    under = 0
    for first in range(1, layers + 1, rows):
        last = min(first + rows - 1, layers)
        counts = grid(first, last, width).array(out=piece[: last - first + 1])
        under += int(np.count_nonzero(counts <= BUDGET))
    return under


def on_workers(layers: int, width: int) -> int:
    """The same as a lazy sum over chunks."""
    counts = grid(1, layers, width).dask((min(layers, 1_000), min(width, 2_000)))
    return int((counts <= BUDGET).sum().compute())


def timed(work: object, *sizes: int) -> tuple[float, int]:
    begun = perf_counter()
    found = work(*sizes)  # type: ignore[operator]
    return perf_counter() - begun, found


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    print(f"NumPy {np.__version__}, dask {dask.__version__}, {os.cpu_count()} cores, {WORKERS} workers")
    begun = perf_counter()
    with LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster):
        print(f"to start the workers: {perf_counter() - begun:.1f} s")
        print(f"{'points':>8}  {'one process':>12}  {'workers':>10}  {'without visiting':>17}")
        for power in range(6, largest + 1):
            layers, width = 10 ** (power // 2), 10 ** (power - power // 2)
            alone, under = timed(one_process, layers, width)
            together, same = timed(on_workers, layers, width)
            asked, exact = timed(
                lambda a, b: transformer.grid(L=range(1, a + 1), d=range(1, b + 1), V=50257, at_most=BUDGET).number(), layers, width
            )
            assert under == same == exact
            print(f"{f'10^{power}':>8}  {alone:>10.2f} s  {together:>8.2f} s  {asked:>15.4f} s", flush=True)


if __name__ == "__main__":
    main()
