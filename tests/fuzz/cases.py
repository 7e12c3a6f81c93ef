"""Cases: parts of the seeds of an entrance, with its words between them and in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.fuzz.entrances import Entrance

MOST_CHANGES = 6


def texts(entrance: Entrance) -> st.SearchStrategy[str]:
    """A seed that was changed a few times, or words in a row."""
    words = st.sampled_from(list(entrance.words)) | st.text(max_size=3)
    return changed(entrance.seeds, words) | st.lists(words, max_size=12).map("".join)


@st.composite
def changed(draw: st.DrawFn, seeds: list[str], words: st.SearchStrategy[str]) -> str:
    """A seed in which parts are removed, repeated, exchanged, or replaced by words."""
    text = draw(st.sampled_from(list(seeds)))
    for _ in range(draw(st.integers(1, MOST_CHANGES))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 5, 20, 100])))
        way = draw(st.integers(0, 4))
        part = text[start:end]
        new = draw(words) if way < 3 else part * draw(st.integers(0, 3)) if way == 3 else other_part(draw, seeds)
        text = text[:start] + new + text[end:]
    return text


def other_part(draw: st.DrawFn, seeds: list[str]) -> str:
    """A part of another seed."""
    text = draw(st.sampled_from(list(seeds)))
    start = draw(st.integers(0, len(text)))
    return text[start : start + draw(st.integers(1, 40))]
