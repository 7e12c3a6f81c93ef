"""An axis that lost its tag is fitted by the shortest rule, and never by a rule with as many unknowns as numbers."""

from __future__ import annotations

from math import ceil

import pytest

from symparams.huggingface.learning.expressions import text
from symparams.huggingface.learning.fitting import fitted

POOL = [("field", "d"), ("field", "h"), ("field", "n")]
POINTS = [
    {"d": 64, "h": 4, "n": 3},
    {"d": 96, "h": 6, "n": 5},
    {"d": 320, "h": 4, "n": 8},
    {"d": 256, "h": 16, "n": 2},
    {"d": 96, "h": 3, "n": 7},
]
RULES = {
    "h": lambda d, h, n: h,
    "3*d + 1": lambda d, h, n: 3 * d + 1,
    "d*n": lambda d, h, n: d * n,
    "d // h": lambda d, h, n: d // h,
    "ceil(d / 7)": lambda d, h, n: ceil(d / 7),
    "d + 2*n": lambda d, h, n: d + 2 * n,
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_found(rule):
    seen = [(point, (), RULES[rule](**point)) for point in POINTS]
    assert text(fitted(seen, POOL, 0)) == rule


def test_two_numbers_are_no_rule():
    seen = [(point, (), 7 * point["d"] + 5) for point in POINTS[:2]]
    assert fitted(seen, POOL, 0) is None
