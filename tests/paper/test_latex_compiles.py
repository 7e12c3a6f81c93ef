r"""Every fragment of LaTeX that the library gives out goes through a real LaTeX, all in one run.

A name is data: whatever a letter or a layer is called, it is printed and never obeyed. So the same run has hundreds of
hostile names in it, a file with a secret beside it, and a record of every file that LaTeX opened.

Skipped where there is no ``pdflatex``; with ``SYMPARAMS_REQUIRE_LATEX=1``, as in ``.ci/run``, that is a failure.
"""

from __future__ import annotations

import os
import shutil

import pytest

from symparams import compare, latex, nomenclature, symbols, table
from symparams.keras.layers import LSTM
from symparams.keras.v1.layers import CuDNNLSTM
from symparams.layers import LSTM as PAPER_LSTM
from tests.docs.models_of_the_threads import t4
from tests.paper.hostile_names import HOSTILE, PAIRS, READABLE
from tests.paper.latex_fragments import (
    math,
    of_answers,
    of_every_layer,
    of_hostile_layers,
    of_hostile_letters,
    of_hostile_pairs,
    of_names,
    of_papers,
    of_tables,
    of_the_threads,
)
from tests.paper.latex_run import SECRET, Run, own, run

REQUIRED = os.environ.get("SYMPARAMS_REQUIRE_LATEX") == "1"
pytestmark = pytest.mark.skipif(not REQUIRED and shutil.which("pdflatex") is None, reason="there is no pdflatex")
n = symbols("n")


@pytest.fixture(scope="module")
def fragments() -> list[tuple[str, str]]:
    sources = (
        of_every_layer,
        of_the_threads,
        of_names,
        of_hostile_letters,
        of_hostile_layers,
        of_hostile_pairs,
        of_papers,
        of_tables,
        of_answers,
    )
    return [*dict.fromkeys(fragment for source in sources for fragment in source())]


@pytest.fixture(scope="module")
def done(fragments: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(fragments, tmp_path_factory.mktemp("latex"))


def test_every_fragment_compiles(done, fragments):
    assert len(fragments) > 2000
    shown = "\n".join(done.complaints[:20])
    assert not done.complaints, f"{len(done.complaints)} complaints of {len(fragments)} fragments, the first of them:\n{shown}"
    assert done.finished


def test_no_name_reads_or_writes_a_file(done):
    assert len({*HOSTILE, *PAIRS}) >= 2000
    assert own(done.files) == {"all.tex", "all.aux", "all.log", "all.pdf"}


def test_no_name_prints_what_stands_in_a_file(done):
    if done.text is None:
        pytest.skip("there is no pdftotext")
    assert done.text
    assert SECRET not in done.text


@pytest.mark.parametrize("name", READABLE)
def test_a_hostile_name_is_printed_as_it_is(done, name):
    assert name in HOSTILE
    if done.text is None:
        pytest.skip("there is no pdftotext")
    assert name in done.text.replace("\n", "").translate(str.maketrans("\u02c6\u02dc", "^~"))  # as plain LaTeX draws the two


def test_a_page_of_a_paper_inputs_fragments_and_refers_to_them(tmp_path):
    one, other = t4(LSTM(n)), t4(CuDNNLSTM(n))
    options = {"environment": "align", "numbers": "num", "file": tmp_path / "lstm.tex"}
    latex(PAPER_LSTM.symbolic(), annotate=True, label="eq:lstm", name="LSTM", at={"m": 300, "n": 300}, **options)
    latex(compare(one, other), environment="equation", label="eq:t4", file=tmp_path / "difference.tex")
    variants = table({"LSTM": one, "CuDNNLSTM": other}, at={"n": 300})
    variants.latex(caption="Two variants.", label="tab:t4", file=tmp_path / "variants.tex")
    nomenclature(one).latex(file=tmp_path / "letters.tex")
    names = ("lstm", "difference", "variants", "letters")
    fragments = [*((name, rf"\input{{{name}}}") for name in names), ("references", r"\eqref{eq:lstm}, \eqref{eq:t4}, \ref{tab:t4}")]
    for _ in range(2):  # the second run knows what the labels refer to
        found = run(fragments, tmp_path)
        assert (found.complaints, found.finished) == ([], True)
    if found.text is not None:
        assert "(1), (2), 1" in found.text
        assert "1,442,400 1,444,800 2,400" in found.text


@pytest.mark.parametrize("bad", [r"\frac{1}", "n^{2", r"\nosuchcommand", "n^2^2", r"\left(n", "ü\ufffe"])
def test_a_bad_fragment_is_found_with_its_place(tmp_path, bad):
    found = run([("good", math("n")), ("bad", math(bad)), ("good again", math("n"))], tmp_path)
    assert any("all.tex:6: " in each and "bad: " in each for each in found.complaints)


def test_a_file_that_is_read_is_found(tmp_path):
    found = run([("bad", r"\input{secret.txt}")], tmp_path)
    assert "secret.txt" in own(found.files)
    assert found.text is None or SECRET in found.text
