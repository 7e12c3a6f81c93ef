"""``python -m tests.fuzz --minutes 30``: coverage-guided fuzzing of every entrance, or of some, with what was found at the end.

A case is made from random bytes by hypothesis. Bytes with which symparams reaches a line for the first time are kept, and
changed further.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings

from tests.fuzz.cases import texts
from tests.fuzz.entrances import ENTRANCES
from tests.fuzz.watch import fault_of

if TYPE_CHECKING:
    from types import FrameType

    from tests.fuzz.watch import Fault

LONGEST = 400  # bytes of a case
TRACED = 0.1  # of the cases: to see the lines makes a case several times as slow


class Fuzzing:
    """The fuzzing of one entrance."""

    def __init__(self, name: str, seed: int) -> None:
        self.entrance, self.random = ENTRANCES[name], random.Random(seed)
        self.lines: set[tuple[str, int]] = set()
        self.kept: list[bytes] = [self.random.randbytes(LONGEST // 2) for _ in range(8)]
        self.faults: dict[Fault, str] = {}
        self.counts: Counter[str] = Counter()
        self.fault: Fault | None = None
        self.text = ""

        @settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(texts(self.entrance))
        def one(text: str) -> None:
            self.text, self.fault = text, fault_of(lambda: self.entrance.enter(text))

        self.enter = vars(one)["hypothesis"].fuzz_one_input

    def step(self) -> None:
        """One case; its bytes are kept where it reached a new line."""
        data, traced = self.changed(self.random.choice(self.kept)), self.random.random() < TRACED
        before = len(self.lines)
        if traced:
            sys.settrace(self.trace)
        try:
            self.text, self.fault = "", None
            self.enter(data)
        finally:
            sys.settrace(None)
        if self.text:
            self.counts["cases"] += 1
        fault: Fault | None = vars(self)["fault"]
        if fault is not None and traced and fault.kind.startswith("more"):  # the tracing itself takes most of the time
            fault = fault_of(lambda: self.entrance.enter(self.text))
        if fault is not None:
            self.counts[fault.kind] += 1
            self.faults[fault] = min(self.text, self.faults.get(fault, self.text), key=len)
        if len(self.lines) > before:
            self.kept.append(data)

    def trace(self, frame: FrameType, event: str, argument: object) -> object:
        return self.line if "/symparams/" in frame.f_code.co_filename else None

    def line(self, frame: FrameType, event: str, argument: object) -> object:
        self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self.line

    def changed(self, data: bytes) -> bytes:
        """Bytes that were changed in a few places, or joined with others."""
        made = bytearray(data)
        for _ in range(self.random.randint(1, 8)):
            at = self.random.randrange(len(made) + 1)
            way = self.random.randrange(4)
            if way == 0 and at < len(made):
                made[at] = self.random.randrange(256)
            elif way == 1:
                made[at:at] = self.random.randbytes(self.random.randint(1, 16))
            elif way == 2:
                del made[at : at + self.random.randint(1, 16)]
            else:
                other = self.random.choice(self.kept)
                made[at:] = other[self.random.randrange(len(other) + 1) :]
        return bytes(made[:LONGEST]) or b"\x00"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="in all (default: 10)")
    parser.add_argument("--seed", type=int, default=None, help="of the random cases; the time by default")
    parser.add_argument("entrances", nargs="*", metavar="ENTRANCE", help=f"some of: {', '.join(ENTRANCES)}")
    asked = parser.parse_args()
    names = asked.entrances or list(ENTRANCES)
    seed = int(time.time()) if asked.seed is None else asked.seed
    all_faults: list[tuple[str, Fault, str]] = []
    for name in names:
        fuzzing = Fuzzing(name, seed)
        end = time.monotonic() + 60 * asked.minutes / len(names)
        while time.monotonic() < end:
            fuzzing.step()
        counts = ", ".join(f"{number:,} {kind}" for kind, number in fuzzing.counts.most_common())
        print(f"{name}: {counts}; {len(fuzzing.lines):,} lines, {len(fuzzing.kept):,} kept", flush=True)
        for fault, text in sorted(fuzzing.faults.items()):
            print(f"    {fault.kind} at {fault.place}: {text[:300]!r}", flush=True)
            all_faults.append((name, fault, text))
    return int(bool(all_faults))


if __name__ == "__main__":
    sys.exit(main())
