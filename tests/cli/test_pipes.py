"""What goes into a pipe has no colours."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "argv",
    [
        ("show", "Sequential([Input((64, 15)), LSTM(n), Dense(k)])"),
        ("compare", "LSTM(n)", "nn.LSTM(m, n)"),
        ("check", "4*(n*m + n**2)", "LSTM(n)"),
        ("solve", "LSTM(n)", "m=300", "--at-most", "1000000"),
        ("count", "Frobnicate(3)"),
    ],
)
def test_what_goes_into_a_pipe_has_no_colours(run, monkeypatch, argv):
    monkeypatch.setenv("FORCE_COLOR", "0")
    assert "\x1b" not in "".join(map(str, run(*argv)))
