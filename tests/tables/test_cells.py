"""The cells of a table."""

from __future__ import annotations

import pytest

from symparams.tables.cells import Share


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (1, 2001, "0.0"), (7, 7, "100.0")]
)
def test_a_share_is_rounded_to_a_tenth_of_a_percent(part, whole, percent):
    assert Share(part, whole).percent() == percent
