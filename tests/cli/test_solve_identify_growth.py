"""``symparams solve``, ``identify`` and ``growth``, as a user meets them."""

from __future__ import annotations

import json

import pytest

from symparams.cli import direct_arguments, parsed_arguments

LSTM = "Sequential([Input((None, m)), LSTM(n)])"
GREW = "P(n) = 4*n**2 + 1204*n grows with n: no power of n has a negative coefficient\n"


@pytest.mark.parametrize(
    ("argv", "status", "out"),
    [
        ([LSTM, "m=300", "--at-most", "1000000"], 0, f"n = 371\nP(371) = 997248 <= 1000000 < 1001424 = P(372)\n{GREW}"),
        ([LSTM, "m=300", "--at-most", "1,000,000", "--multiple-of", "64"], 0, "n = 320\n"),
        ([LSTM, "m=300", "--at-least", "10**6"], 0, "n = 372\n"),
        ([LSTM, "m=300", "--equals", "997248"], 0, "n = 371\n"),
        ([LSTM, "m=300", "--equals", "997249"], 1, f"no n fits\nP(371) = 997248 < 997249 < 1001424 = P(372)\n{GREW}"),
        ([LSTM, "m=300", "--equals", "10**6", "--nearest"], 0, "n = 372\n"),
        ([LSTM, "m=300", "--equals", "10**6", "--within", "1%"], 0, "n = 370 to 374\n"),
        ([LSTM, "m=300", "--equals", "10**6", "--within", "3,000"], 0, "n = 371 to 372\n"),
        ([LSTM, "n=4", "--equals", "2048", "--for", "m"], 0, "m = 123\n"),
        (["GRU(n)", "m=64", "--equals", "LSTM(128)", "--nearest"], 0, "n = 151\nD(151) = -515: the first count is smaller\n"),
        (["12*L*d**2 + V*d", "L=12", "V=50257", "--equals", "124000000", "--nearest"], 0, "d = 770\n"),
        (["Dense(d)", "m=9", "--equals", "7680", "--divides", "1536"], 0, "d = 768\n"),
        (["Dense(d)", "m=9", "--equals", "7680", "--among", "64,128"], 1, "no d fits\n"),
        (["Dense(d)", "m=9", "--at-most", "7680", "--among", "1-700"], 0, "d = 700\n"),
        (["n*(10-n)", "--most"], 0, "n = 5\n"),
        (["n*(10-n) + 90", "--fewest", "--among", "1-9"], 0, "n = 1 and 9\n"),
        ([LSTM, "--for", "m,n", "--equals", "1000000", "--within", "1%", "--multiple-of", "n=128"], 0, "72 pairs of m and n with "),
        ([LSTM, "--for", "m,n", "--equals", "48", "--among", "1-3"], 0, "1 pair of m and n with "),
        ([LSTM, "--for", "m,n", "--equals", "48", "--where", "m == 10*n"], 0, "1 choice of m and n with "),
        ([LSTM, "--for", "m,n", "--equals", "50", "--nearest", "--among", "m=1-20", "--among", "n=1-9"], 0, "1 choice of m and n with 4*m*n + 4*n**2 + 4*n nearest to 50"),
        ([LSTM, "--for", "m,n", "--most", "--among", "1-20"], 0, "1 choice of m and n with 4*m*n + 4*n**2 + 4*n at its largest"),
        ([LSTM, "--for", "m,n", "--equals", "7"], 1, "0 pairs of m and n with "),
    ],
)  # fmt: skip
def test_solve(run, argv, status, out):
    answered, printed, _ = run("solve", *argv)
    assert answered == status
    assert printed.startswith(out)


def test_a_budget_may_have_a_unit(run):
    assert run("solve", LSTM, "m=300", "--at-most", "1M") == (
        0,
        f"n = 371\nP(371) = 997248 <= 1000000 < 1001424 = P(372)\n{GREW}",
        "note: 1M is read as 1,000,000\n",
    )
    assert run("solve", LSTM, "m=300", "--at-most", "1e6")[1:] == (
        run("solve", LSTM, "m=300", "--at-most", "1M")[1],
        "note: 1e6 is read as 1,000,000\n",
    )
    assert run("solve", LSTM, "m=0.3k", "--at-most", "1M") == run("solve", LSTM, "m=300", "--at-most", "1M")
    assert run("solve", LSTM, "m=300", "--at-most", "1.55e1")[0] == 2
    assert run("solve", LSTM, "m=300", "--at-most", "0.25 million")[2] == "note: 0.25 million is read as 250,000\n"
    assert run("solve", LSTM, "m=300", "--at-most", "5MB")[0] == 2


def test_a_letter_that_stands_for_the_input_is_said_where_it_stays_open(run):
    assert run("growth", "LSTM(n)", "--for", "n")[2] == "note: LSTM has no Input here, so its input has the size m\n"
    assert run("solve", "LSTM(n)", "m=300", "--equals", "LSTM(7)")[2] == ""


@pytest.mark.parametrize(
    ("argv", "status", "first"),
    [
        (["4457472"], 0, "4457472 parameters: the likeliest 10 of "),
        (["4,457,472", "inputs=4096", "--layer", "LSTM", "--layer", "GRU"], 0, "4457472 parameters: the only reading\n"),
        (["96", "window=2,1", "inputs=1", "--layer", "Conv2D"], 0, "96 parameters: 2 readings, the likeliest first\n"),
        (["16528", "--layer", "Sequential([Input((499,)), Dense(h), Dense(16)])"], 0, "16528 parameters: the only reading\n"),
        (["7", "--layer", "LSTM"], 1, "7 parameters: no layer has that many\n"),
    ],
)
def test_identify(run, argv, status, first):
    answered, printed, _ = run("identify", *argv)
    assert answered == status
    assert printed.startswith(first)
    assert "\nsearched: " in printed


def test_growth(run):
    status, out, _ = run("growth", "LSTM(n)", "m=300", "--at", "100,1000")
    assert status == 0
    assert out.splitlines()[2:] == [
        "recurrent_kernel  4*n**2        24.9%     76.9%      1",
        "bias              4*n            0.2%      0.1%      0",
        "elasticity                       1.25      1.77      2",
        "total: 4*(300*n + n**2 + n), which grows like 4*n**2",
    ]
    assert run("growth", LSTM, "--for", "n", "--depth", "1")[0] == 0
    separable = run("growth", "SeparableConv2D(f, 3)", "c=16", "--against", "Conv2D(f, 3)")
    assert separable[0] == 0
    assert separable[1].splitlines() == [
        "f = 1: the first is larger, by 16",
        "f = 2 and above: the second is larger, by 112 at f = 2",
        "D(f) = first count - second count = -128*f + 144",
    ]
    assert run("growth", "Dense(n)", "m=3", "--against", "Dense(n)")[:2] == (
        1,
        "every n: both are equal\nD(n) = first count - second count = 0\n",
    )


def test_json(run):
    def answer(*argv):
        return json.loads(run(*argv, "--json")[1])

    solved = answer("solve", LSTM, "m=300", "--equals", "10**6", "--within", "1%")
    assert (solved["letter"], solved["values"]) == ("n", [370, 371, 372, 373, 374])
    assert solved["ranges"] == [{"first": 370, "last": 374, "step": 1}]
    assert solved["proof"][0] == "P(370) = 993080, P(374) = 1009800"
    long = answer("solve", "Embedding(n, 1)", "--at-most", "1" + "0" * 29, "--at-least", "0")
    assert long["values"] is None
    assert long["ranges"][0]["last"] == 10**29
    pairs = answer("solve", LSTM, "--for", "m,n", "--equals", "48")
    assert (pairs["letters"], pairs["total"], pairs["rows"][0]["n"]) == (["m", "n"], 2, 1)
    assert pairs["rows"][0]["m"] == [{"first": 10, "last": 10, "step": 1}]
    (reading,) = answer("identify", "4457472", "inputs=4096", "--layer", "LSTM")["readings"]
    assert (reading["layer"], reading["sizes"]) == ("keras.layers.LSTM", {"inputs": 4096, "units": 256})
    grown = answer("growth", LSTM, "m=300", "--at", "100")
    assert [part["shares"]["100"] for part in grown["parts"]] == ["300/401", "100/401", "1/401"]
    assert (grown["leading"], grown["degree"], grown["parts"][1]["limit"]) == ("4*n**2", 2, "1")
    crossed = answer("growth", "SeparableConv2D(f, 3)", "c=16", "--against", "Conv2D(f, 3)")
    assert (crossed["overtakes"], crossed["runs"][1]) == ([2], {"first": 2, "last": None, "larger": "second"})


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["solve", LSTM, "--equals", "3"], "m and n are open"),
        (["solve", LSTM, "m=3"], "solve needs a count"),
        (["solve", LSTM, "m=3", "--equals", "-3"], "equals must be a whole number of at least 0"),
        (["solve", LSTM, "m=3", "--equals", "3.5"], "'3.5' is not a layer, model or formula"),
        (["solve", LSTM, "m=3", "--equals", "None"], "'None' is not a layer, model or formula"),
        (["solve", "7", "--equals", "7"], "solve takes a formula, a layer or a model, not 7"),
        (["solve", LSTM, "m=3", "--equals", "3", "--at-most", "4"], "equals cannot be combined with at_most"),
        (["solve", LSTM, "m=3", "--equals", "3", "--within", "x"], "--within must be a whole number, not 'x'"),
        (["solve", LSTM, "m=3", "--equals", "3", "--multiple-of", "x"], "--multiple-of must be a whole number, not 'x'"),
        (["solve", LSTM, "m=3", "--equals", "3", "--among", "x"], "--among takes sizes such as 64,128,256 or 1-1000, not 'x'"),
        (["solve", LSTM, "--equals", "3", "--for", "m,n", "--divides", "6"], "--divides applies to one letter, not to m,n"),
        (["solve", LSTM, "--equals", "3", "--for", "m,q"], "no letter q in"),
        (["solve", "9" * 5000, "--equals", "3"], "the count must be a whole number, not"),
        (["identify", "x"], "NUMBER must be a whole number, not 'x'"),
        (["identify", "0"], "number must be a whole number of at least 1"),
        (["identify", "7", "input=3"], "did you mean 'inputs'?"),
        (["identify", "7", "inputs=x"], "inputs must be a whole number, not 'x'"),
        (["identify", "7", "inputs=3", "inputs=4"], "inputs is given twice"),
        (["identify", "7", "--layer", "LSTMM"], "no layer 'LSTMM' with sizes to find; did you mean 'LSTM'?"),
        (["identify", "7", "--layer", "__import__('os')"], "no layer '__import__' in keras.layers"),
        (["growth", LSTM], "m and n are open"),
        (["growth", LSTM, "--for", "n", "--at", "3"], "no size for m"),
        (["growth", LSTM, "m=3", "--at", "x"], "--at takes sizes such as"),
        (["growth", LSTM, "m=3", "--against", LSTM, "--at", "3"], "--at cannot be used with --against"),
    ],
)
def test_bad_input_is_one_line_and_status_2(run, argv, words):
    status, out, err = run(*argv)
    assert (status, out) == (2, "")
    assert words in err
    assert err.startswith("symparams: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["solve", "identify", "growth"])
def test_help_is_there_and_plain_lines_need_no_argparse(run, name):
    status, out, _ = run(name, "--help")
    assert status == 0
    assert f"usage: symparams {name}" in out
    for argv in ([name, "LSTM(n)"], [name, "LSTM(n)", "m=300", "--json"]):
        assert vars(direct_arguments(argv)) == vars(parsed_arguments(argv))


def test_modules_of_pytorch_are_asked_like_layers_of_keras(run):
    status, out, _ = run("solve", "nn.LSTM(300, n)", "--at-most", "5000000")
    assert status == 0
    assert out.startswith("n = 977\n")
