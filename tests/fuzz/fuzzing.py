"""Coverage-guided fuzzing of one entrance.

A case is made from random bytes by hypothesis. Bytes with which symparams reaches a line for the first time are kept, and
changed further.
"""

from __future__ import annotations

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
    from types import CodeType, FrameType

    from tests.fuzz.watch import Fault

LONGEST = 400  # bytes of a case
TRACED = 0.1  # of the cases: to see the lines makes a case slower


class Lines:
    """The lines of symparams that were reached. A function of which each was is not traced any more, which would only take time."""

    def __init__(self) -> None:
        self.left: dict[CodeType, set[int]] = {}
        self.reached = 0

    def trace(self, frame: FrameType, event: str, argument: object) -> object:
        code = frame.f_code
        if code not in self.left:
            lines = {line for _, _, line in code.co_lines() if line} - {code.co_firstlineno}
            self.left[code] = lines if "/symparams/" in code.co_filename else set()
        return self.line if self.left[code] else None

    def line(self, frame: FrameType, event: str, argument: object) -> object:
        left = self.left[frame.f_code]
        if frame.f_lineno in left:
            left.remove(frame.f_lineno)
            self.reached += 1
        return self.line if left else None


class Fuzzing:
    """The fuzzing of one entrance: what it did until now, and what it found."""

    def __init__(self, name: str, seed: int) -> None:
        self.entrance, self.random = ENTRANCES[name], random.Random(seed)
        self.lines = Lines()
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

    def go_on(self, seconds: float, most: int) -> None:
        """As many cases as there is time for, or ``most``."""
        end, last = time.monotonic() + seconds, self.counts["cases"] + most
        begun = time.process_time()
        while time.monotonic() < end and self.counts["cases"] < last:
            self.step()
        self.counts["milliseconds"] += round(1000 * (time.process_time() - begun))

    def step(self) -> None:
        """One case; its bytes are kept where it reached a new line."""
        data, traced = self.changed(self.random.choice(self.kept)), self.random.random() < TRACED
        before = self.lines.reached
        if traced:
            sys.settrace(self.lines.trace)
        try:
            self.text, self.fault = "", None
            self.enter(data)
        finally:
            sys.settrace(None)
        self.counts["cases"] += bool(self.text)
        fault: Fault | None = vars(self)["fault"]
        if fault is not None and fault.kind.startswith("more"):  # the tracing takes time itself, and so does what is imported once
            fault = fault_of(lambda: self.entrance.enter(self.text))
        if fault is not None:
            self.counts[fault.kind] += 1
            self.faults[fault] = min(self.text, self.faults.get(fault, self.text), key=len)
        if self.lines.reached > before:
            self.kept.append(data)

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
