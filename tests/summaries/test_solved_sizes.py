"""The sizes of a row are solved for exactly, or not at all."""

from __future__ import annotations

from symparams.summaries.explaining.solved_sizes import solved_size, windows_of_volume


def test_a_size_is_solved_for_exactly_or_not_at_all():
    assert solved_size(lambda size: 3 * (size * 16 + 16**2 + 16), 1536) == 15
    assert solved_size(lambda size: 3 * (size * 16 + 16**2 + 16), 1537) is None
    assert solved_size(lambda size: size * size, 9) is None
    assert solved_size(lambda size: None, 9) is None
    assert [*windows_of_volume(9, 2)] == [(3, 3), (1, 9), (9, 1)]
    assert [*windows_of_volume(7, 1)] == [(7,)]
    assert (2, 2, 2) in windows_of_volume(8, 3)
