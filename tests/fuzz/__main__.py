"""``python -m tests.fuzz --minutes 30``: coverage-guided fuzzing of every entrance, or of some, with what was found at the end.

The entrances take turns. ``--add`` adds the figures to those of earlier sessions, and leaves out what had ``--cases`` already.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.entrances import ENTRANCES
from tests.fuzz.figures import FILE, Figures
from tests.fuzz.fuzzing import Fuzzing

TURN = 20  # seconds that an entrance has before the next one


def run(fuzzings: dict[str, Fuzzing], minutes: float, figures: Figures | None, most: int) -> None:
    """Lets the entrances take turns until the time is over, or each has had its cases."""
    end = time.monotonic() + 60 * minutes
    left = {name: most - (figures.cases(name) if figures else 0) for name in fuzzings}
    while left := {name: number for name, number in left.items() if number > 0}:
        turn = min(TURN, 60 * minutes / len(left))
        for name in left:
            if time.monotonic() >= end:
                return
            fuzzing = fuzzings[name]
            before, known = fuzzing.counts.copy(), len(fuzzing.faults)
            fuzzing.go_on(min(turn, end - time.monotonic()), left[name])
            counted = Counter(fuzzing.counts)
            counted.subtract(before)
            left[name] -= counted["cases"]
            if figures:
                figures.add(name, counted)
            for fault, text in [*fuzzing.faults.items()][known:]:
                print(f"{name}: {fault.kind} at {fault.place}: {text[:300]!r}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="in all (default: 10)")
    parser.add_argument("--cases", type=int, default=10**9, help="the most for each entrance")
    parser.add_argument("--seed", type=int, default=None, help="of the random cases; the time by default")
    parser.add_argument("--add", type=Path, nargs="?", const=FILE, help=f"add the figures to a file (default: {FILE.name})")
    parser.add_argument("entrances", nargs="*", metavar="ENTRANCE", help=f"some of: {', '.join(ENTRANCES)}")
    asked = parser.parse_args()
    seed = int(time.time()) if asked.seed is None else asked.seed
    fuzzings = {name: Fuzzing(name, seed) for name in asked.entrances or ENTRANCES}
    run(fuzzings, asked.minutes, Figures(asked.add) if asked.add else None, asked.cases)
    for name, fuzzing in fuzzings.items():
        counts = ", ".join(f"{number:,} {kind}" for kind, number in fuzzing.counts.most_common())
        print(f"{name}: {counts}; {fuzzing.lines.reached:,} lines, {len(fuzzing.kept):,} kept", flush=True)
        for fault, text in sorted(fuzzing.faults.items()):
            print(f"    {fault.kind} at {fault.place}: {text[:300]!r}", flush=True)
    return int(any(fuzzing.faults for fuzzing in fuzzings.values()))


if __name__ == "__main__":
    sys.exit(main())
