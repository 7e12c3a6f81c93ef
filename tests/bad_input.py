"""What tests of bad input share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from symparams.errors import SymparamsError


class TwoLines:
    def __repr__(self) -> str:
        return "first\nsecond"


def refused(error: type[SymparamsError], words: str, call: Callable[[], Any]) -> None:
    """The call is refused with these words, all in one line."""
    with pytest.raises(error, match=words) as caught:
        call()
    assert "\n" not in str(caught.value)
