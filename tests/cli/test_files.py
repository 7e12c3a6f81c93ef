"""The command line on files: pasted tables, printed modules, and what Keras saved."""

from __future__ import annotations

import json
import subprocess
import sys
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from symparams import identify, keras, reconcile
from symparams.core.letters_assumed import SAME_MODULES
from symparams.torch import nn
from tests.keras.reading.saved_configs import SMALL, SMALL_COUNT, packed
from tests.summaries.pasted_tables import T0, t4

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]


PRINTED = "Net(\n  (a): Linear(in_features=3, out_features=4, bias={})\n  (b): Custom()\n)\n"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "alone.txt": T0.partition("but with")[0],
        "both.txt": T0.partition("but with")[2],
        "lstm.log": t4(1442400),
        "cudnn": t4(1444800),
        "small.json": json.dumps(SMALL),
        "broken.json": '{"class_name": ',
        "net.txt": PRINTED.format(True),
        "unbiased.txt": PRINTED.format(False),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    packed(tmp_path / "small.keras", {"config.json": json.dumps(SMALL), "metadata.json": "{}"})
    for name in ("garbage.keras", "garbage.h5"):
        (tmp_path / name).write_bytes(b"\x93\x00\xff and so on")
    monkeypatch.chdir(tmp_path)


def test_one_parameter_is_one() -> None:
    one = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    assert repr(one).endswith("1 layer, 1 parameter>")
    assert repr(one._summary()).endswith("1 layer, 1 parameter>")
    assert repr(nn.Linear(1, 1, bias=False)).endswith(", 1 parameter>")
    assert str(identify(1)).startswith("1 parameter: ")
    assert str(reconcile(one, 2)).startswith("Dense has 1 parameter; the reported number is 2.")


# ---------------------------------------------------------------- pasted tables
@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_a_table_that_contradicts_itself_is_a_no(run: Run, tmp_path: Path, flags: tuple[str, ...]) -> None:
    assert run("summary", "alone.txt", *flags)[0] == 0
    (tmp_path / "false.txt").write_text(T0.partition("but with")[0].replace("136", "137"))
    assert run("summary", "false.txt", *flags)[0] == 1
    (tmp_path / "own.txt").write_text(T0.partition("but with")[0].replace("(GRU)", "(Own)"))
    assert run("summary", "own.txt", *flags)[0] == 0


def test_t0_from_two_files(run: Run) -> None:
    status, out, err = run("compare", "alone.txt", "both.txt")
    assert status == 1
    assert "directions 1 -> 2 gives +1536" in out
    assert "inputs 16 -> 32 gives +128" in out
    assert "after = 2*before - 8" in out
    assert "Ambiguous in the source:" in out
    assert err == ""


def test_t4_from_two_files_one_without_an_ending(run: Run) -> None:
    status, out, _ = run("compare", "lstm.log", "cudnn")
    assert status == 1
    assert "bias vectors 1 -> 2 gives +2400" in out
    assert "because cuDNN" in out
    status, out, _ = run("compare", "lstm.log", "cudnn", "--json")
    facts = json.loads(out)
    assert (status, facts["total"], facts["relation"]) == (1, 2400, "after = before + 2400")


def test_a_table_is_compared_with_a_model(run: Run) -> None:
    status, out, _ = run("compare", "lstm.log", "Sequential([Input((None,)), Embedding(640, 300), Bidirectional(LSTM(300))])")
    assert status == 0
    assert "Why:" not in out


def test_the_summary_of_a_file(run: Run) -> None:
    status, out, err = run("summary", "cudnn")
    assert (status, err) == (0, "")
    assert "Bidirectional(CuDNNLSTM), 300 units on 300 features, two bias sets, two directions" in out
    status, out, _ = run("summary", "both.txt", "--input", "64,15", "--json")
    (table,) = json.loads(out)["tables"]
    assert (status, table["total"]) == (0, 3336)
    assert [row["code"] for row in table["layers"]] == [
        "Bidirectional(GRU(16, return_sequences=True))",
        "TimeDistributed(Dense(8))",
    ]
    both, dense = table["layers"]
    assert both["explained"]
    assert "SimpleRNN), 32 units on 15 features" in both["doubt"]  # summed, it happens to have as many
    assert dense["doubt"] == ""


def test_a_printed_module(run: Run) -> None:
    status, out, _ = run("summary", "net.txt")
    assert status == 0
    assert "Linear, 4 units on 3 features, one bias set: m*n + n = 16" in out
    assert "note: no number for b" in out
    status, out, err = run("compare", "net.txt", "unbiased.txt")
    assert status == 1
    assert "bias vectors 1 -> 0 gives -4" in out
    assert "no number for b" in out + err


# ---------------------------------------------------------------- what Keras saved
@pytest.mark.parametrize("file", ["small.json", "small.keras"])
def test_import_prints_the_table(run: Run, file: str) -> None:
    status, out, err = run("import", file)
    assert (status, err) == (0, "")
    assert "lstm (LSTM)" in out
    assert f"Total params: {SMALL_COUNT:,}" in out
    assert run("count", file) == (0, f"{SMALL_COUNT}\n", "")


def test_import_takes_letters(run: Run) -> None:
    status, out, err = run("import", "small.json", "--letters", "n=16", "m=15", "k=dense.units")
    assert status == 0
    assert "4*(m*n + n**2 + n)" in out
    assert err.splitlines() == [
        "note: m is x.batch_shape[2]",
        "note: n is lstm.units",
        "note: k is dense.units",
    ]
    status, out, _ = run("import", "small.json", "--letters", "n=16", "--json")
    facts = json.loads(out)
    assert (facts["values"], facts["replaced"], facts["letters"]) == ({"n": 16}, {"lstm.units": "n"}, ["n"])
    assert facts["formula"] == "4*(15*n + n**2 + n) + 8*n + 8"


def test_a_second_file_settles_what_letters_leave_open(run: Run, tmp_path: Path) -> None:
    for name, d, number in (("a", 64, 12), ("b", 96, 6)):
        shapes = {
            f"layers.{at}.{part}.weight": shape for at in range(number) for part, shape in (("up", (4 * d, d)), ("q", (d, d)))
        }
        (tmp_path / f"{name}.safetensors").write_bytes(saved(shapes))
    files = (str(tmp_path / "a.safetensors"), "--also", str(tmp_path / "b.safetensors"))
    _, out, err = run("count", *files, "--letters", "d=64,96", "L=12,6")
    assert out == "L*(4*d**2 + d**2)\n"
    assert err.splitlines()[1:] == [
        "note: 4*d is in 12 places: layers/*/up",
        "note: d is in 36 places: layers/*/up, layers/*/q",
        "note: L is layers.blocks[0]",
    ]
    assert "d is two numbers" in run("count", *files, "--letters", "d=64")[2]
    assert "also= is a second model for letters" in run("import", *files)[2]
    assert (
        "--also is a second file of the same framework" in run("count", files[0], "--also", "small.json", "--letters", "d=64,96")[2]
    )


def saved(shapes: dict[str, tuple[int, ...]]) -> bytes:
    """A file of tensors whose numbers are all 0."""
    header, at = {}, 0
    for name, shape in shapes.items():
        end = at + 4 * prod(shape)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [at, end]}
        at = end
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + bytes(at)


def test_letters_go_wherever_a_saved_model_goes(run: Run) -> None:
    place = ("--letters", "n=16")
    stays = [SAME_MODULES, '8 = 16/2 stays a number in 2 places (dense/kernel, dense/bias): give "n/2" if it grows with n']
    stays += ["15 stays a number in 1 place (lstm/kernel)"]
    comments = "".join(f"% assumed: {each}\n" for each in stays)
    assert run("latex", "small.json", *place)[1] == comments + "4 \\left(15 n + n^{2} + n\\right) + 8 n + 8\n"
    _, out, err = run("count", "small.json", "n=16", *place)
    assert out == f"4*(15*n + n**2 + n) + 8*n + 8\n{SMALL_COUNT}\n"
    assert err.splitlines() == ["note: n is lstm.units", *(f"note: assumed: {each}" for each in stays)]
    assert json.loads(run("count", "small.json", "--json", *place)[1])["assumed"] == stays
    assert f" Assumed: {stays[0]}\n" in run("show", "small.json", *place)[1]
    assert run("count", "small.json", "--letters", "n=16", "n/2=8")[1] == "4*(15*n + n**2 + n) + n**2/2 + n/2\n"
    assert "`4*(15*n + n**2 + n)`" in run("show", "small.json", "--format", "markdown", *place)[1]
    assert run("import", "small.json", "--format", "csv", *place)[1].startswith("layer,output_shape,count,formula\n")
    assert run("count", "small.json", "--letters", "auto")[1] == "4*(15*d + d**2 + d) + d*k + k\n"
    assert "--letters is for saved models" in run("count", "LSTM(n)", "--letters", "n=16")[2]


def test_show_takes_whatever_has_a_table(run: Run) -> None:
    assert run("show", "lstm.log") == run("summary", "lstm.log")
    assert run("show", "small.json") == run("import", "small.json")
    assert "begin{tabular}" in run("show", "LSTM", "--format", "latex")[1]


def test_a_saved_model_is_compared_with_code(run: Run) -> None:
    code = "Sequential([Input((64, 15)), LSTM(16), Dense({})])"
    assert run("compare", "small.json", code.format(8))[0] == 0
    status, out, _ = run("compare", "small.json", code.format(9))
    assert status == 1
    assert "units 8 -> 9 gives +17" in out


def test_import_takes_a_printed_table_too(run: Run) -> None:
    status, out, _ = run("import", "alone.txt")
    assert status == 0
    assert out == run("summary", "alone.txt")[1]


def test_import_says_what_a_file_of_no_kind_could_be(tmp_path: Path, run: Run) -> None:
    (tmp_path / "noise").write_bytes(b"\0\1\2" * 100)
    status, out, err = run("import", str(tmp_path / "noise"))
    assert (status, out) == (2, "")
    assert "is of no kind that is read: give a file that ends in .json, .keras" in err


# ---------------------------------------------------------------- mistakes
@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("import", "nothing.json"), "cannot read 'nothing.json': No such file"),
        (("import", "broken.json"), "'broken.json' is not JSON"),
        (
            ("import", "alone.txt", "--letters", "n=3"),
            "'alone.txt' is a printed summary, not a saved model: read it with `symparams summary`",
        ),
        (("import", "garbage.keras"), "'garbage.keras' is not a .keras or .h5 file: it begins neither as a zip nor as HDF5"),
        (("import", "garbage.h5"), "'garbage.h5' is not a .keras or .h5 file"),
        (("import", "small.json", "--letters", "n"), "'n' should look like LETTER=NUMBER"),
        (("import", "small.json", "--letters", "n=17"), "letter n is unused"),
        (("import", "small.json", "--letters", "n=16", "m=16"), "n and m are both 16"),
        (("import", "small.json", "--letters", "n=lstm.unit"), "did you mean 'lstm.units'"),
        (("import",), "the following arguments are required: FILE"),
        (("summary", "nothing.txt"), "cannot read 'nothing.txt'"),
        (("summary", "small.json"), "no table found"),
        (("summary", "alone.txt", "--input", "a,b"), "'a,b' is not a shape"),
        (("summary",), "the following arguments are required: FILE"),
        (("compare", "alone.txt", "nothing.txt"), "cannot read 'nothing.txt'"),
        (("compare", "alone.txt", "small.keras", "--format", "pdf"), "invalid choice: 'pdf'"),
    ],
    ids=str,
)
def test_mistakes_are_one_line_and_status_2(run: Run, argv: tuple[str, ...], words: str) -> None:
    status, out, err = run(*argv)
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no file here that can be opened and not read")
@pytest.mark.parametrize("command", ["import", "count", "summary"])
@pytest.mark.parametrize("ending", ["", ".bin", ".txt", ".json", ".keras", ".h5", ".safetensors", ".onnx", ".gguf", ".npz"])
def test_a_file_that_cannot_be_read_is_refused(run: Run, command: str, ending: str) -> None:
    Path(f"mem{ending}").symlink_to("/proc/self/mem")
    status, out, err = run(command, f"mem{ending}")
    assert (status, out) == (2, "")
    assert f"mem{ending}" in err
    assert "mistake in symparams" not in err


@pytest.mark.parametrize(
    ("command", "text", "status", "words"),
    [
        ("import", json.dumps(SMALL), 0, "Total params: 2,184"),
        ("import", '{"a"', 2, "the JSON is not JSON"),
        ("summary", t4(1444800), 0, "two bias sets"),
        ("summary", "hello", 2, "no table found"),
    ],
)
def test_standard_input(command: str, text: str, status: int, words: str) -> None:
    """In a process of its own: nothing that the tests imported helps it."""
    done: Any = subprocess.run(
        [sys.executable, "-m", "symparams", command, "-"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8", "PYTHONPATH": ":".join(filter(None, sys.path))},
    )
    assert done.returncode == status
    assert words in (done.stderr if status else done.stdout)
    assert "Traceback" not in done.stderr
