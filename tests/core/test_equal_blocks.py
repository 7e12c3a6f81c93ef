"""Lists as blocks that are repeated: nothing is lost, every block is what it is said to be, and no repeat is missed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from symparams.core.equal_blocks import folded, widest_folded

LISTS = st.lists(st.sampled_from("ab"), max_size=14) | st.tuples(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=4), st.integers(2, 5)
).map(lambda block: block[0] * block[1])


@given(LISTS)
def test_the_blocks_are_the_list_and_each_is_repeated_as_often_as_it_says(items: list[str]) -> None:
    for way in folded, widest_folded:
        blocks = [*way(items)]
        assert [item for _, block in blocks for item in block] == items
        for times, block in blocks:
            length, rest = divmod(len(block), times)
            assert rest == 0
            assert [*block] == [*block[:length]] * times
            assert times > 1 or length == 1


@given(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=4),
    st.integers(2, 5),
    st.lists(st.sampled_from("de"), max_size=2, unique=True),
)
def test_a_repeat_is_found_behind_anything_else(block: list[str], times: int, before: list[str]) -> None:
    found = [*widest_folded([*before, *block * times])]
    assert len(found) <= len(before) + len({*block}) * 2
    assert max(many for many, _ in found) >= times
