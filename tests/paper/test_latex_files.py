"""LaTeX in files: written whole or not at all, with the packages that it needs."""

from __future__ import annotations

import os

import pytest

from symparams import latex
from symparams.core.notation.documents import packages, write_whole
from symparams.errors import SettingError
from symparams.layers import LSTM as PAPER_LSTM
from tests.bad_input import refused

lstm = PAPER_LSTM.symbolic()


def test_a_fragment_names_its_packages_and_a_document_loads_them(tmp_path):
    place = tmp_path / "lstm.tex"
    tex = latex(lstm, environment="equation", name="LSTM", at={"m": 300, "n": 300}, numbers="num", file=place)
    first, rest = place.read_text().split("\n", 1)
    assert first == r"% needs \usepackage{amsmath}\usepackage{siunitx}"
    assert rest == tex + "\n"
    whole = latex(lstm, standalone=True, file=place)
    assert place.read_text() == whole
    assert whole.startswith(r"\documentclass{article}")
    assert "\\[\n4 \\left(m n + n^{2} + n\\right)\n\\]" in whole


def test_a_name_cannot_ask_for_a_package():
    assert packages(latex(lstm, name=r"\num{1}\toprule")) == ["amsmath"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    place = tmp_path / "x.tex"
    place.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(SettingError, r"cannot write .*x.tex': No space left on device", lambda: write_whole(place, "new"))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("x.tex", "old")]


def test_a_file_keeps_its_mode_and_its_links(tmp_path):
    place, link = tmp_path / "x.tex", tmp_path / "link.tex"
    place.write_text("old")
    place.chmod(0o640)
    link.symlink_to(place)
    write_whole(link, "new")
    assert place.read_text() == "new"
    assert place.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="no /dev/fd here")
def test_what_is_no_file_is_written_to_as_it_is():
    reading, writing = os.pipe()
    write_whole(f"/dev/fd/{writing}", "text")
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        assert pipe.read() == "text"


@pytest.mark.parametrize(
    "call",
    [
        lambda path: write_whole(path / "no" / "x.tex", ""),
        lambda path: write_whole(path, ""),
        lambda path: write_whole("a\0b", ""),
        lambda path: write_whole("", ""),
        lambda path: write_whole(3, ""),
        lambda path: latex(lstm, file=path / "no" / "x.tex"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused(call, tmp_path):
    refused(SettingError, r"cannot write|named by its path", lambda: call(tmp_path))
