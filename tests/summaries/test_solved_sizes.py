"""The sizes of a row are solved for exactly, or not at all."""

from __future__ import annotations

from symparams.summaries.explaining.solved_sizes import solved, windows


def test_a_size_is_solved_for_exactly_or_not_at_all():
    assert solved(lambda size: 3 * (size * 16 + 16**2 + 16), 1536) == 15
    assert solved(lambda size: 3 * (size * 16 + 16**2 + 16), 1537) is None
    assert solved(lambda size: size * size, 9) is None
    assert solved(lambda size: None, 9) is None
    assert [*windows(9, 2)] == [(3, 3), (1, 9), (9, 1)]
    assert [*windows(7, 1)] == [(7,)]
    assert (2, 2, 2) in windows(8, 3)
