"""The commands ``compare``, ``count``, ``show`` and ``list``, as a user meets them; bad input and bad options."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from symparams.cli import direct_arguments, parsed_arguments

PLAIN = "Sequential([Embedding(640, 300), Bidirectional(LSTM(300))])"
CUDNN = "Sequential([Embedding(640, 300), Bidirectional(CuDNNLSTM(300))])"


def test_compare_answers_t4_from_nothing(run):
    status, out, err = run("compare", PLAIN, CUDNN)
    assert status == 1  # they differ
    assert "bias vectors 1 -> 2 gives +2400" in out
    assert "4*n per direction, 2*4*n in all, with n = 300" in out
    assert "because cuDNN" in out
    assert err == "note: CuDNNLSTM is read as keras.v1.layers.CuDNNLSTM: Keras 3 does not have it\n"


def test_compare_in_json(run):
    status, out, _ = run("compare", PLAIN, CUDNN, "--json")
    answer = json.loads(out)
    assert status == 1
    assert (answer["schema"], answer["total"], answer["relation"]) == (1, 2400, "after = before + 2400")
    (cause,) = answer["causes"]
    assert (cause["setting"], cause["before"], cause["after"], cause["amount"], cause["numbers"]) == (
        "bias_sets",
        1,
        2,
        2400,
        {"n": 300},
    )


@pytest.mark.parametrize(("form", "has"), [("latex", r"\underbrace{4 n}"), ("markdown", "| bias_sets | 1 | 2 |")])
def test_compare_in_other_formats(run, form, has):
    assert has in run("compare", "LSTM(n)", "v1.CuDNNLSTM(n)", "--format", form)[1]


def test_compare_is_content_when_nothing_differs(run):
    status, out, _ = run("compare", "Dense(k)", "TimeDistributed(Dense(k))")
    assert status == 0
    assert "the same for all sizes" in out


@pytest.mark.parametrize(
    ("argv", "out"),
    [
        (["count", "Sequential([Input((64, m)), LSTM(n)])"], "4*(m*n + n**2 + n)\n"),
        (["count", "Sequential([Input((64, m)), LSTM(n)])", "m=15", "n=16"], "4*(m*n + n**2 + n)\n2048\n"),
        (["count", "Sequential([Input((64, m)), LSTM(n)])", "n=16"], "4*(m*n + n**2 + n)\n4*(16*m + 16**2 + 16)\n"),
        (["count", "Sequential([Input((64, 15)), v1.GRU(16)])"], "3*(15*16 + 16**2 + 16)\n1536\n"),
        (["count", "keras.layers.Dense(2*n + 1)"], "m*(2*n + 1) + 2*n + 1\n"),
        (["count", "Sequential([Input((28, 28, 1)), Rescaling(1./127.5, offset=-1.0), Conv2D(8, 3)])"], "3*3*8 + 8\n80\n"),
        (["count", "tf.compat.v1.keras.layers.GRU(n)"], "3*(m*n + n**2 + n)\n"),
        (["latex", "LSTM(n)"], "4 \\left(m n + n^{2} + n\\right)\n"),
        (["latex", "LSTM(n)", "--form", "expanded"], "4 m n + 4 n^{2} + 4 n\n"),
        (["latex", "LSTM(n)", "--form", "factored"], "4 n \\left(m + n + 1\\right)\n"),
        (["latex", "Dense(n)", "--name", r"n=n_{\text{out}}"], "m n_{\\text{out}} + n_{\\text{out}}\n"),
    ],
)
def test_count_and_latex(run, argv, out):
    assert run(*argv)[:2] == (0, out)


def test_sizes_may_stand_behind_an_option(run):
    assert json.loads(run("count", "LSTM(n)", "--json", "n=16", "m=15")[1])["at"] == 2048


@pytest.mark.parametrize(("encoding", "out"), [("cp1252", os.devnull), ("utf-8", "/dev/full")])
def test_what_cannot_be_written_is_one_line_and_status_2(encoding, out):
    if not os.path.exists(out):
        pytest.skip(f"no {out} here")
    command = [sys.executable, "-m", "symparams", "show", "LSTM(n)"]
    with open(out, "w", encoding="utf-8") as place:
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        ran = subprocess.run(command, stdout=place, stderr=subprocess.PIPE, text=True, check=False, env=environment)
    assert ran.returncode == 2
    assert ran.stderr.startswith("symparams: ")
    assert ran.stderr.count("\n") == 1


def test_count_in_json(run):
    status, out, _ = run("count", "LSTM(n)", "m=15", "n=16", "--json")
    answer = json.loads(out)
    assert status == 0
    assert (answer["formula"], answer["letters"], answer["at"], answer["count"]) == ("4*(m*n + n**2 + n)", ["m", "n"], 2048, None)


def test_a_letter_may_be_in_a_model_and_in_no_count(run):
    assert run("count", "Conv2D(f, 3, strides=s)", "s=2", "f=8", "c=3") == (
        0,
        "3*3*c*f + f\n224\n",
        "note: s is in the model but does not change the count\n",
    )
    assert "d/3 is 64/3 at these sizes" in run("count", "MultiHeadAttention(h, d/h)", "d=64", "h=3", "d_1=64")[2]
    assert "no letter strides" in run("count", "Conv2D(f, 3, strides=s)", "strides=2")[2]


def test_a_layer_that_needs_every_step_says_how(run):
    for first in ("LSTM(8)", "Bidirectional(GRU(8))"):
        assert "return_sequences=True to return every step" in run("count", f"Sequential([Input((5, 3)), {first}, LSTM(8)])")[2]


def test_a_rate_is_no_letter(run):
    assert run("count", "Dropout(p)")[2] == "symparams: Dropout: rate must be a number from 0 to 1, not p\n"


def test_count_says_which_letter_is_the_input(run):
    assert run("count", "LSTM(n)")[2] == "note: LSTM has no Input here, so its input has the size m\n"
    assert run("count", "LSTM(m)")[1:] == (
        "4*(m_1*m + m**2 + m)\n",
        "note: LSTM has no Input here, so its input has the size m_1\n",
    )


def test_show_prints_the_table_of_a_model(run):
    status, out, _ = run("show", "Sequential([Input((64, 15)), v1.GRU(16, return_sequences=True), TimeDistributed(Dense(8))])")
    assert status == 0
    assert "│ gru (GRU)                          │ (None, 64, 16) │   1,536 │ 3*(15*16 + 16**2 + 16) │" in out
    answer = json.loads(run("show", "Sequential([Input((64, 15)), v1.GRU(16)])", "--json")[1])
    assert [layer["count"] for layer in answer["layers"]] == [1536]


def test_show_says_what_is_known_of_a_class(run):
    out = run("show", "GRU")[1]
    assert "3*(m*n + n**2 + 2*n)" in out
    assert "reset_after=True (the default): bias_sets=2" in out
    out = run("show", "v1.CuDNNLSTM")[1]
    assert "cuDNN adds one bias" in out
    assert json.loads(run("show", "Dense", "--json")[1])["weights"] == {"kernel": "m*n", "bias": "n"}


def test_list_has_the_classes_of_pytorch(run):
    lines = dict(line.split(maxsplit=1) for line in run("list", "--version", "torch")[1].splitlines())
    assert lines["LSTM"] == "4*(m*n + n**2 + 2*n)"
    assert lines["LazyLinear"] == "see Linear"
    assert lines["Transformer"] == "depends on its arguments"
    assert lines["ReLU"] == "-"
    layers = json.loads(run("list", "--version", "torch", "--json")[1])["layers"]
    assert {layer["name"] for layer in layers} == set(lines)
    assert next(layer for layer in layers if layer["name"] == "Transformer")["formula"] is None


@pytest.mark.parametrize("version", ["v3", "v2", "v1"])
def test_list_has_every_class_of_the_version(run, version):
    status, out, _ = run("list", "--version", version)
    assert status == 0
    assert ("CuDNNLSTM" in out) == (version == "v1")
    names = [row["name"] for row in json.loads(run("list", "--version", version, "--json")[1])["layers"]]
    assert [line.split()[0] for line in out.splitlines()] == names


REFUSED = [
    ("LSTM(0)", "units must be a whole number of at least 1"),
    ("LSTM(-n)", "units must be a whole number of at least 1"),
    ("LSTM(2.5)", "units must be a whole number"),
    ("LSTM(True)", "units must be a whole number"),
    ("LSTM('3')", "units must be a whole number"),
    ("LSTM(None)", "units must be a whole number"),
    ("LSTM()", "LSTM needs units"),
    ("LSTM(n, unit=3)", "no argument 'unit'; did you mean 'units'?"),
    ("LSTM(n, units=3)", "units is given twice"),
    ("LSTM(units=n, units=3)", "given twice"),
    ("GRU(n, reset_after=false)", "reset_after must be True or False, not false; did you mean 'False'?"),
    ("LSTMM(n)", "no layer 'LSTMM' in keras.layers; did you mean 'LSTM'?"),
    ("Frobnicate(n)", "no layer 'Frobnicate'"),
    ("v2.CuDNNLSTM(n)", "keras.v1.layers has it"),
    ("LSTM", "LSTM is a layer: write LSTM(...)"),
    ("n", "is not a layer or model"),
    ("", "the model text is empty"),
    ("LSTM(n", "is not a Python expression"),
    ("LSTM(n) LSTM(n)", "is not a Python expression"),
    ("x = LSTM(n", "is not a Python expression"),
    ("import os", "the script makes no layer or model"),
    ("__import__('os').system('echo')", "only layers can be called"),
    ("(lambda: LSTM(3))()", "only layers can be called"),
    ("LSTM.__class__(3)", "no 'LSTM' here"),
    ("os.system(n)", "no 'os' here"),
    ("LSTM(n.real)", "unsupported attribute"),
    ("LSTM(x[0])", "unsupported index"),
    ("LSTM([i for i in n])", "unsupported comprehension"),
    ("LSTM(lambda: 1)", "unsupported function"),
    ("LSTM(n if m else k)", "unsupported condition"),
    ("LSTM(f'{n}')", "unsupported f-string"),
    ("LSTM(n < 3)", "unsupported comparison"),
    ("LSTM(*n)", "unsupported argument in the model text: '*n'"),
    ("LSTM(**n)", "does not take **n"),
    ("LSTM({1: 2})", "unsupported dictionary"),
    ("LSTM(n @ m)", "sizes can only be added"),
    ("LSTM('a' * 3)", "is not a size, so it cannot be calculated with"),
    ("Rescaling(1 / 0.0)", "'1 / 0.0' divides by zero"),
    ("Rescaling(1.5 ** 2)", "can only be added, subtracted, multiplied and divided"),
    ("Dense(n * 1.5)", "'1.5' is not a size, so it cannot be calculated with"),
    ("LSTM(2 ** 9999)", "an exponent must be a whole number"),
    ("LSTM(10 ** 64)", "larger than"),
    ("LSTM(9 ** 9 ** 9)", "an exponent must be a whole number"),
    ("LSTM(n / 0)", "divides by zero"),
    ("LSTM(7 / 2)", "does not divide"),
    ("LSTM(" + "9" * 5000 + ")", "is not a Python expression"),
    ("(" * 1000 + ")" * 1000, "nested more than"),
    ("LSTM(" + "-" * 5000 + "n)", "nested more than"),
    ("Bidirectional(" * 200 + "LSTM(3)" + ")" * 200, "nested more than"),
    ("LSTM(n" + " + n" * 20_000 + ")", "characters"),
    ("LSTM(n" + " + n" * 2_000 + ")", "nested"),
    ("LSTM(n)\0", "Python"),
    ("Sequential([LSTM(n)])", "has no input yet"),
    ("Sequential([Input((64, 15)), Input((64, 15)), LSTM(n)])", "already has its input; an Input can only come first"),
    ("Sequential([Input((64,)), LSTM(n)])", "takes (batch, time, features), not an input of shape (None, 64)"),
    ("Sequential([Input((64, None)), LSTM(n)])", "features is None in the input"),
    ("Sequential(3)", "Sequential"),
    ("Sequential([3])", "takes layers, such as Dense(8), not 3"),
    ("Model(n, n)", "needs its tensors first"),
    ("Bidirectional(Dense(3))", "layer must be a recurrent layer"),
    ("Bidirectional(LSTM(3), merge_mode='max')", "merge_mode must be 'concat', 'sum', 'mul', 'ave' or None"),
    ("Dense(" + "n" * 200 + ")", "is not a valid name for a letter"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED, ids=[text[:40] for text, _ in REFUSED])
def test_bad_input_is_one_clear_line_and_status_2(run, text, says):
    status, out, err = run("count", text)
    assert (status, out) == (2, "")
    assert says in err
    assert err.startswith("symparams: ")
    assert err.count("\n") == 1
    assert len(err) < 400


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ([], "required"),
        (["frobnicate"], "invalid choice"),
        (["count"], "MODEL"),
        (["count", "LSTM(n)", "n=1.5"], "n must be a whole number, not '1.5'"),
        (["count", "LSTM(n)", "n=0"], "n must be a whole number of at least 1"),
        (["count", "LSTM(n)", "q=3"], "no letter q"),
        (["count", "LSTM(n)", "n=16", "n=17"], "n is given twice"),
        (["count", "LSTM(n)", "n=-1"], "n must be a whole number of at least 1"),
        (["count", "LSTM(n)", "--frob", "n=1"], "unrecognized arguments"),
        (["count", "LSTM(n)", "n"], "should look like NAME=SIZE"),
        (["latex", "LSTM(n)", "--name", r"n=\input{secret}"], "may not use"),
        (["latex", "LSTM(n)", "--name", "q=x"], "no letter q to rename"),
        (["show", "Frobnicate"], "no layer 'Frobnicate'"),
        (["check", "LSTM(n)", "4*n*m"], "the formula is first and the model second: check '4*n*m' 'LSTM(n)'"),
        (["check", "4*n*m", "4*n"], "'4*n' is not a layer or model"),
        (["solve", "LSTM(n)", "1e6", "m=300"], "for a count write --equals, --at-most or --at-least 1e6"),
    ],
)
def test_bad_options_are_one_clear_line_and_status_2(run, argv, says):
    status, out, err = run(*argv)
    assert (status, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


def test_the_module_runs_as_a_program_and_a_closed_pipe_is_quiet():
    command = f'"{sys.executable}" -m symparams list | head -n 1'
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("Activation")
    assert ran.stderr == ""


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["count", "Sequential([Input((64, 15)), LSTM(16)])"]])
def test_a_start_without_letters_imports_no_sympy(argv):
    code = f"import sys; sys.argv = ['symparams', *{argv}]\ntry:\n    from symparams.cli import main; main()\nexcept SystemExit: pass\nprint('sympy' in sys.modules, 'numpy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("False False\n")


@pytest.mark.parametrize(
    "argv",
    [
        ["count", "LSTM(n)"],
        ["count", "LSTM(n)", "n=3", "m=4"],
        ["count", "--json", "LSTM(n)", "n=3"],
        ["compare", "LSTM(n)", "GRU(n)", "--json"],
        ["latex", "LSTM(n)"],
        ["show", "GRU"],
        ["list"],
        ["list", "--json"],
    ],
)
def test_what_is_read_directly_is_what_argparse_reads(argv):
    assert vars(direct_arguments(argv)) == vars(parsed_arguments(argv))


@pytest.mark.parametrize("argv", [[], ["--help"], ["count"], ["conut", "LSTM(n)"], ["list", "--version", "v1"], ["show", "a", "b"]])
def test_argparse_has_the_rest(argv):
    assert direct_arguments(argv) is None


def test_a_module_of_pytorch_is_shown_in_every_format(run):
    assert run("show", "nn.Linear(m, n)", "--format", "csv")[1] == (
        'tensor,shape,count,kind\nweight,"(n, m)",m*n,parameter\nbias,"(n,)",n,parameter\n'
    )
    status, out, _ = run("show", "nn.BatchNorm1d(c)")
    assert status == 0
    assert "│ Buffers             │       │ 2*c + 1 │" in out
    assert "\n\n" not in run("show", "nn.ReLU()")[1]


def test_a_letter_whose_size_is_given_needs_no_note(run):
    assert run("count", "LSTM(n)", "n=16", "m=15")[2] == ""
    assert "its input has the size m" in run("count", "LSTM(n)", "n=16")[2]


def test_a_layer_alone_may_declare_its_input(run):
    assert run("count", "Dense(3, input_dim=10)") == (0, "10*3 + 3\n33\n", "")
    assert run("count", "LSTM(n, input_shape=(10, m))") == (0, "4*(m*n + n**2 + n)\n", "")


def test_a_class_of_a_config_on_the_command_line(run):
    status, out, _ = run("count", "bert-base-uncased:BertModel")
    assert (status, out.splitlines()[-1]) == (0, "109482240")
    assert run("compare", "bert-base-uncased", "bert-base-uncased:BertModel")[1].splitlines()[1].split() == [
        "after",
        "bert-base-uncased:BertModel",
        "109482240",
    ]
