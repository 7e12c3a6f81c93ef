r"""Every fragment of LaTeX that the library gives out goes through a real LaTeX, all in one run.

A name is data: whatever a letter or a layer is called, it is printed and never obeyed. So the same run has hundreds of
hostile names in it, a file with a secret beside it, and a record of every file that LaTeX opened.

Skipped where there is no ``pdflatex``; with ``SYMPARAMS_REQUIRE_LATEX=1``, as in ``.ci/run``, that is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import sympy

from symparams import Formula, compare, keras, latex, nomenclature, solve, symbols, table
from symparams.catalogue import whole_catalogue
from symparams.core.formula import FORMS
from symparams.core.notation.documents import PACKAGES
from symparams.core.notation.environments import ENVIRONMENTS
from symparams.core.notation.latex import NUMBERS
from symparams.core.notation.letter_names import COMMANDS
from symparams.core.tree import named, times, weight
from symparams.errors import LetterError
from symparams.keras.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Conv1D,
    Dense,
    Embedding,
    Flatten,
    SimpleRNN,
    TimeDistributed,
)
from symparams.keras.v1.layers import CuDNNLSTM
from symparams.layers import LSTM as PAPER_LSTM
from symparams.layers import Recurrent
from symparams.questions.comparing.answer import Difference
from tests.catalogue.test_laws import EVERY, variants
from tests.docs.test_threads import t0, t2, t4

REQUIRED = os.environ.get("SYMPARAMS_REQUIRE_LATEX") == "1"
pytestmark = pytest.mark.skipif(not REQUIRED and shutil.which("pdflatex") is None, reason="there is no pdflatex")

SECRET = "Xanthippe"
m, n, k = symbols("m n k")


# ---------------------------------------------------------------- one run of LaTeX
@dataclass(frozen=True)
class Run:
    """What LaTeX said: its complaints, each with the fragment it is about; the files it opened; the text it printed."""

    complaints: list[str]
    finished: bool
    files: set[str]
    text: str | None


def run(fragments: Iterable[tuple[str, str]], folder: Path) -> Run:
    """One document with all fragments; it loads all that a fragment may need and no more, as the library promises."""
    lines = [r"\documentclass{article}", rf"\usepackage{{{','.join(PACKAGES)}}}", r"\tracinglostchars=3", r"\begin{document}"]
    owners = ["the preamble"] * len(lines)
    for owner, fragment in fragments:
        new = rf"\noindent {fragment}\par".split("\n")
        lines += new
        owners += [f"{owner}: {fragment}"] * len(new)
    lines.append(r"\end{document}")
    owners.append("the end")
    (folder / "all.tex").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in ("secret.txt", "secret.tex", "secret"):
        (folder / name).write_text(SECRET + "\n", encoding="ascii")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-file-line-error", "-recorder", "all.tex"]
    limits = {"max_print_line": "100000", "openout_any": "p", "openin_any": "p", "TEXMFOUTPUT": str(folder)}
    ran = subprocess.run(
        command, cwd=folder, env=os.environ | limits, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False
    )
    log = ran.stdout.decode("latin-1")
    first = dict(reversed(re.findall(r"^(?:\./)?all\.tex:(\d+): (.*)$", log, re.MULTILINE)))  # of each line
    complaints = [f"all.tex:{line}: {first[line]}\n    {owners[int(line) - 1]}" for line in sorted(first, key=int)]
    complaints += re.findall(r"^(?:Missing character|! Emergency|!  ==>).*$", log, re.MULTILINE)
    record = folder / "all.fls"
    opened = record.read_text(encoding="utf-8", errors="replace").splitlines() if record.exists() else []
    files = {line.removeprefix("PWD ") for line in opened if not line.startswith("PWD ")}
    return Run(complaints, ran.returncode == 0 and (folder / "all.pdf").exists(), files, printed(folder / "all.pdf"))


def printed(pdf: Path) -> str | None:
    """The text of a PDF, or None where nothing can tell it."""
    if not pdf.exists():
        return ""
    if shutil.which("pdftotext") is None:
        return None
    return subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True).stdout.decode("utf-8", "replace")


def own(files: set[str]) -> set[str]:
    """The files that are not LaTeX's own: of these there is our document, and what it leaves beside it."""
    return {Path(line.split(" ", 1)[1]).name for line in files if not re.search(r"/(?:texmf|texlive|\.texlive)", line)}


# ---------------------------------------------------------------- all that is given out
def math(tex: str) -> str:
    return rf"$\displaystyle {tex}$"


def of_formula(owner: str, formula: Formula) -> Iterator[tuple[str, str]]:
    for form in FORMS:
        yield f"{owner}, {form}", math(formula.latex(form))
    yield f"{owner}, in a notebook", formula._repr_latex_()


def of_difference(owner: str, difference: Difference) -> Iterator[tuple[str, str]]:
    yield f"{owner}, the difference", math(difference.latex())
    yield f"{owner}, in a notebook", difference._repr_latex_()
    yield f"{owner}, the relation", math(difference.relation().latex())
    yield f"{owner}, the relation in a notebook", difference.relation()._repr_latex_()
    for cause in difference.causes:
        yield from of_formula(f"{owner}, {cause.setting}", cause.formula)


def of_every_layer() -> Iterator[tuple[str, str]]:
    for name, layer in EVERY.items():
        yield from of_formula(name, layer.count)
        yield f"{name}, in a notebook", layer._repr_latex_()
    for name, entry in whole_catalogue().items():
        first, *others = variants(entry)
        for place, other in enumerate(others):
            yield from of_difference(f"{name} {place}", compare(first, other))


def of_the_threads() -> Iterator[tuple[str, str]]:
    length = symbols("T")
    by_hand = keras.Sequential([keras.Input((length, m)), Conv1D(k, 7, strides=2), Flatten(), Dense(n)])
    one_way = keras.Sequential([keras.Input((None, m)), LSTM(n, return_sequences=True), TimeDistributed(Dense(k))])
    pairs = {
        "T0": (t0(False, m, n, k), t0(True, m, n, k)),
        "T0 in numbers": (t0(False, 15, 16, 8), t0(True, 15, 16, 8)),
        "T0 today": (t0(True, m, n, k), t0(True, m, n, k, gru=GRU)),
        "T1 with a readout": (
            keras.Sequential([keras.Input((None, m)), SimpleRNN(n)]),
            keras.Sequential([keras.Input((None, m)), SimpleRNN(n), Dense(k)]),
        ),
        "T1": (keras.Sequential([Embedding(1000, 64), SimpleRNN(32)]), by_hand),
        "T2": (t2(m=m, n=n, k=k), t2(m=m, n=n, k=k, wrapped=True)),
        "T2 without sequences": (t2(), t2(sequences=False)),
        "T3": (keras.Sequential([keras.Input((None, 1)), LSTM(10)]), one_way),
        "T4": (t4(LSTM(n)), t4(CuDNNLSTM(n))),
        "T4 in numbers": (t4(LSTM(300)), t4(CuDNNLSTM(300))),
    }
    for name, (before, after) in pairs.items():
        yield from of_formula(f"{name}, before", before.count)
        yield from of_formula(f"{name}, after", after.count)
        yield from of_difference(name, compare(before, after))
        yield from of_difference(f"{name}, backwards", compare(after, before))
        yield name, math(latex(before))


# ---------------------------------------------------------------- letters as a user writes them
RENAMED = [
    r"d_{\text{model}}", r"n_{\text{heads}}", r"\beta", r"\hat{n}", r"\mathrm{units}", r"N^{\prime}", r"n^{(1)}", r"n_1", r"n^\star",
    r"\mathbf{N}", r"\mathcal{N}", r"\operatorname{units}", r"\text{size of h}", r"\tilde{\alpha}_{1}", r"{n}", r"n^{2}", r"x_{i,j}",
]  # fmt: skip
PIECES = ["a", "1", " ", "_", "^", "{", "}", "'", "+", r"\alpha", r"\text", r"\hat", "_b", "^2", "{c}", "%"]


def of_names() -> Iterator[tuple[str, str]]:
    """Each text of a user is either refused or compiles, wherever a letter may stand."""
    count = PAPER_LSTM(inputs=m, units=n).count
    refused = 0
    made = [*map("".join, (pieces for length in (1, 2, 3) for pieces in product(PIECES, repeat=length)))]
    commands = [
        rf"\{command}{argument}" for command in sorted(COMMANDS) for argument in ("", "{b}", "{b}_{c}", "{B}", "{b_c}", "b", "{}")
    ]
    made += [*commands, *(rf"{outer}{{{inner}}}" for outer in (r"\text", r"\hat", r"\operatorname", "x_") for inner in commands)]
    for name in [*RENAMED, *made]:
        try:
            yield f"n written {name!r}", math(count.latex(names={n: name}))
        except LetterError:
            refused += 1
            assert name not in RENAMED
    assert refused > len(PIECES)
    difference = compare(t4(LSTM(n)), t4(CuDNNLSTM(n)))
    for name in RENAMED:
        yield f"n written {name!r} in a difference", math(difference.latex({n: name}))
        yield f"n written {name!r} by latex()", math(latex(difference, names={"n": name}))


# ---------------------------------------------------------------- names that want more than to be printed
PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
WANTING = [
    r"\input{secret.txt}", r"\input secret.txt", r"\input{secret}", r"\include{secret}", r"\openin0=secret.txt \read0 to\x \x",
    r"\InputIfFileExists{secret.txt}{}{}", r"\csname input\endcsname secret.txt ", r"\begingroup\input{secret.txt}\endgroup",
    r"\write18{cat secret.txt}", r"\immediate\write18{touch pwned}", r"\openout1=pwned.txt", r"\immediate\openout1=pwned.tex",
    r"|cat secret.txt", r'\input{|"cat secret.txt"}', r"\directlua{os.execute('touch pwned')}", r"\ShellEscape{touch pwned}",
    r"\def\x{\x}\x", r"\loop\iftrue\repeat", r"\catcode`\%=12", r"\catcode123=12", r"\let\text=\input", r"\renewcommand\text{}",
    r"\end{document}", r"\end", r"\stop", r"\bye", r"\endinput", r"\begin{verbatim}", r"\verb|x|", r"\iffalse", r"\fi", r"\else",
    r"\scantokens{\input{secret.txt}}", r"\expandafter\input\expandafter{secret.txt}", r"\special{ps: x}", r"\pdfximage{secret.txt}",
    r"\includegraphics{secret.txt}", r"\lstinputlisting{secret.txt}", r"\verbatiminput{secret.txt}", r"\usepackage{shellesc}",
    r"\jobname", r"\meaning\input", r"\string\input", r"\the\everyjob", r"\errmessage{x}", r"\batchmode", r"\errorstopmode",
    r"\frac{1}", r"\left(", r"\right)", r"\\", "\\", "\\\\\\", r"\{", r"\}", r"\$", r"\%", r"\text{", r"\text{}", r"}\input{secret.txt}{",
    r"}}\input{secret.txt}{{", r"x}_{\input{secret.txt}", r"$\input{secret.txt}$", r"$$", r"$", r"$x$", r"\(x\)", r"\[x\]", r"\]",
    "^^M", "^^5cinput{secret.txt}", "^^5c", "^^00", "^^^^005c", "^^7f", "^", "^^", "^^^", "a^b^c", "a_b_c", "_", "__", "a__b", "_a",
    "a_", "%", "%\n", "a%b", "%}", "#", "##1", "#1", "&", "a&b", "~", "a~b", "{", "}", "{}", "}{", "{{", "}}", '"', "'", "`", "``",
    "<", ">", "|", "--", "---", "?`", "!`", "fi", "ffl", " ", "  ", "a b", " a", "a ", "\t", "\n", "\n\n", "\r", "\r\n", "a\nb",
    "\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x80", "\x9f", "\xa0", "\xad",
    "é", "ß", "ü", "μ", "θ", "Ω", "η_1", "d_θ", "aηb", "\u0391", "Д", "ह", "中", "한", "א", "ع", "ﬁ", "\u2113", "∞", "√", "…", "\u2013", "\u2019", "«", "½", "\u2028", "\u2029",
    "\u200b", "\u200d", "\u202e", "\ufeff", "\ufffd", "\ufffe", "e\u0301", "🙂", "👩‍👩‍👧", "\U0001d4b3", "\U0010ffff", "ⓝ", "\u0007a",
    "alpha", "beta_1", "Gamma", "ell", "n_", "n_alpha", "n1", "n_12", "n_1_2", "d_model", "d_ff_1", "xscr", "gatebar", "gatehat", "local",
    "input", "text", "left", "par", "end", "relax", "lambda", "I", "E", "pi", "S", "N", "O", "Q", "None", "before", "after", "P",
    "a" * 300, "_" * 50, "\\" * 50, "{" * 50, "$" * 51, r"\input{secret.txt}" * 20, "1", "1a", "-1", "n+1", "n*m", "2**n", "f(x)",
]  # fmt: skip
HOSTILE = [*dict.fromkeys([*WANTING, *PRINTABLE, *(f"a{character}b" for character in PRINTABLE), *(f"n_{c}" for c in PRINTABLE)])]
READABLE = [
    r"\input{secret.txt}",
    r"\write18{cat secret.txt}",
    r"\end{document}",
    "^^5cinput{secret.txt}",
    "a%b",
    "#1",
    "a&b",
    "{}",
]


def of_hostile_letters() -> Iterator[tuple[str, str]]:
    for name in HOSTILE:
        letter = sympy.Symbol(name, integer=True, positive=True)
        yield from of_formula(f"a letter called {name!r}", PAPER_LSTM(inputs=m, units=letter).count)
    for name in HOSTILE[::8]:
        letter = sympy.Symbol(name, integer=True, positive=True)
        yield from of_formula(f"copies called {name!r}", Recurrent.symbolic(units=n, gates=letter, inputs=3 * letter + 1).count)
        yield from of_difference(f"a letter called {name!r}", compare(t4(LSTM(letter)), t4(CuDNNLSTM(letter))))
        (renamed,) = PAPER_LSTM(inputs=3, units=letter).count.letters
        yield f"{name!r} renamed", math(PAPER_LSTM(inputs=3, units=letter).count.latex(names={renamed: r"n_{\text{h}}"}))


def of_hostile_layers() -> Iterator[tuple[str, str]]:
    for name in HOSTILE:
        if "/" not in name:
            before = keras.Sequential([keras.Input((None, m)), LSTM(n, name=name)])
            after = keras.Sequential([keras.Input((None, m)), Bidirectional(LSTM(n), name=name), Dense(k, name=f"{name}2")])
            yield f"a layer called {name!r}", math(compare(before, after).latex())


# Two hostile pieces side by side can be what neither is alone: more than two thousand of them, each wherever a name may stand.
PAIRED = [
    "\\", r"\input", "{secret.txt}", "{", "}", "$", "$$", "^^", "5c", "^", "_", "%", "#", "&", "~", "\n", " ", "\x00", "é", "🙂", "n", "1",
    r"\end{align*}", r"\begin{align}", r"\label{x}", r"\tag{1}", r"\\", r"\notag", r"\num{1}", r"\text{a}", r"\underbrace{a}_{b}",
    r"\left(", r"\right)", r"\bigl(", r"\right.", r"\item", r"\hline", r"\toprule", r"\caption{x}", r"\end{table}", r"\&", r"\]", r"\[",
    r"\write18{id}", r"\csname", r"\endcsname", "'", '"', "`",
]  # fmt: skip
PAIRS = [*dict.fromkeys(f"{one}{other}" for one, other in product(PAIRED, repeat=2))]


def of_hostile_pairs() -> Iterator[tuple[str, str]]:
    for place, name in enumerate(PAIRS):
        letter = sympy.Symbol(name, integer=True, positive=True)
        count = Formula(named(name, weight(name, letter, n)) + weight(name, m))
        environment, number = ENVIRONMENTS[place % 4], [*NUMBERS][place % 3]
        yield f"{name!r} everywhere", latex(count, "written", True, environment, numbers=number, name=f"{name}.", width=40)


def in_every_way(owner: str, thing: Any, at: dict[str, int]) -> Iterator[tuple[str, str]]:
    for form, environment, number in product(FORMS, ENVIRONMENTS, NUMBERS):
        named_, width = "a_b & c" if environment != "align*" else None, 30 if number != "plain" else None
        tex = latex(thing, form, form != "factored", environment, numbers=number, name=named_, width=width, at=at)
        yield f"{owner}, {form}, {environment}, {number}", tex if environment != "aligned" else math(tex)
    yield f"{owner}, in a line", math(latex(thing, name=owner, at=at, numbers="num"))
    yield f"{owner}, labelled", latex(thing, environment="align", label=f"eq:{owner}", width=20, at=at)


def of_papers() -> Iterator[tuple[str, str]]:
    yield from in_every_way("lstm", PAPER_LSTM.symbolic(), {"m": 1500, "n": 1600})
    yield from in_every_way("T4", t4(CuDNNLSTM(n)), {"n": 300})
    wide = keras.Sequential([keras.Input((m,)), *(Dense(number * n + 1, name=f"layer_{number}") for number in range(1, 12))])
    yield from in_every_way("wide", wide, {"m": 3, "n": 1000})
    yield from in_every_way("inside", Formula(times(Formula(wide.node).node, copies=k)), {"m": 3, "n": 1000, "k": 2})
    for environment, number in product(ENVIRONMENTS, NUMBERS):
        made = latex(compare(t0(False, m, n, k), wide), environment=environment, numbers=number, width=40)
        yield f"a wide difference, {environment}, {number}", made if environment != "aligned" else math(made)


def of_tables() -> Iterator[tuple[str, str]]:
    one, other = t4(LSTM(n)), t4(CuDNNLSTM(n))
    for number in NUMBERS:
        for name, made in {
            "a model": table(one, at={"n": 3000}),
            "a model in letters": table(one),
            "variants": table({"LSTM": one, r"\input{secret.txt}": other}),
            "letters": nomenclature(one, meanings={"n": r"what h_t has: \input{secret.txt} & 5 %"}),
            "causes": compare(one, other)._as_table(),
            "sizes": solve(one, at_most=10**6)._as_table(),
        }.items():
            yield f"{name}, {number}", made.latex(numbers=number)
            yield (
                f"{name}, {number}, with a caption",
                made.latex(numbers=number, caption=f"{name} of h_t, 5 %", label=f"t:{name}{number}"),
            )
    for place, name in enumerate(PAIRS[::40]):
        letter = sympy.Symbol(name, integer=True, positive=True)
        made = table(
            {f"{name}.": keras.Sequential([keras.Input((m,)), Dense(letter, name=name.replace("/", "") or "x")]), "b": one}
        )
        yield f"a table with {name!r}", made.latex(caption=name, label=f"hostile:{place}")
    for name, model in (("T0", t0(True, m, n, k)), ("T4", t4(CuDNNLSTM(300)))):
        yield f"{name}, its table", model.summary().latex()
    for names in (HOSTILE[place : place + 20] for place in range(0, len(HOSTILE), 20)):
        inner = keras.Sequential([keras.Input((m,)), *(Dense(n, name=name) for name in names if "/" not in name)])
        x = keras.Input((m,))
        yield f"a table of {names!r}", keras.Model(x, [inner(x), inner(x)]).summary(expand_nested=True, show_trainable=True).latex()


# ---------------------------------------------------------------- the checks
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
