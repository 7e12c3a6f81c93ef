"""``symparams sweep``, as a user meets it."""

from __future__ import annotations

import json

import pytest

LSTM = "Sequential([Input((None, m)), LSTM(n)])"
TRANSFORMER = "12*L*d**2 + 13*L*d + V*d"


@pytest.mark.parametrize(
    ("axis", "sizes"),
    [
        ("16..128*2", [16, 32, 64, 128]),
        ("16..130*2", [16, 32, 64, 128]),
        ("1..4", [1, 2, 3, 4]),
        ("64..256+64", [64, 128, 192, 256]),
        ("3,1,2", [1, 2, 3]),
        ("1k..3k+1k", [1000, 2000, 3000]),
        ("1_000", [1000]),
    ],
)
def test_sizes_along_an_axis(run, axis, sizes):
    status, out, _ = run("sweep", LSTM, f"n={axis}", "m=300,301", "--csv", "-")
    assert status == 0
    rows = [line.split(",") for line in out.splitlines()]
    assert rows[0] in (["n", "m", "count"], ["m", "count"])
    assert sorted({int(row[0]) for row in rows[1:]}) == (sizes if len(sizes) > 1 else [300, 301])


def test_a_sweep_is_a_table(run):
    status, out, err = run("sweep", LSTM, "n=16..1024*2", "m=300", "--format", "markdown")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "| n | parameters |"
    assert "| 1,024 | 5,427,200 |" in out
    assert out.splitlines()[-1] == "7 points of 7"


def test_a_sweep_as_csv_goes_to_a_file(run, tmp_path):
    file = tmp_path / "counts.csv"
    assert run("sweep", LSTM, "n=16..64*2", "m=300", "--csv", str(file))[:2] == (0, "")
    assert file.read_text(encoding="utf-8") == "n,count\n16,20288\n32,42624\n64,93440\n"
    assert "cannot write" in run("sweep", LSTM, "n=1..3", "m=3", "--csv", str(tmp_path / "no" / "x.csv"))[2]


def test_the_largest_under_a_budget(run):
    argv = ["sweep", TRANSFORMER, "L=1..96", "d=64..8192+64", "h=8,12,16", "V=50257", "--where", "d % h == 0", "--at-most", "1B"]
    status, out, _ = run(*argv, "--largest", "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["shown"] == [{"L": 39, "d": 1408, "h": 8, "count": 999268864}]
    counted = json.loads(run(*argv, "--json")[1])
    fits = [
        (layers, width, heads)
        for layers in range(1, 97)
        for width in range(64, 8193, 64)
        for heads in (8, 12, 16)
        if width % heads == 0 and 12 * layers * width**2 + 13 * layers * width + 50257 * width <= 10**9
    ]
    assert counted["points"] == len(fits)


def test_the_nearest_and_the_smallest(run):
    argv = ["sweep", TRANSFORMER, "L=12", "d=1..4096", "V=50257", "--json"]
    assert json.loads(run(*argv, "--nearest", "124M")[1])["shown"] == [{"d": 769, "count": 123923581}]
    assert json.loads(run(*argv, "--smallest")[1])["shown"][0]["d"] == 1


def test_no_point_is_the_answer_no(run):
    assert run("sweep", LSTM, "n=1..9", "m=3", "--at-most", "5")[:2] == (1, "0 points of 9\n")
    assert run("sweep", LSTM, "n=1..9", "m=3", "--at-most", "5", "--csv", "-")[:2] == (1, "n,count\n")


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (["n=16..x", "m=3"], "n takes sizes such as 300"),
        (["n=1..9*1", "m=3"], "lead nowhere"),
        (["n=1..9+0", "m=3"], "lead nowhere"),
        (["n=0..9", "m=3"], "n must be a whole number of at least 1"),
        (["n=1..9"], "no size for m"),
        (["n=1..9", "m=3", "n=4"], "n is given twice"),
        (["n=1..9", "m=3", "--where", "n / 3 == 2"], "a / b need not be whole"),
        (["n=1..9", "m=3", "--where", "k == 2"], "no letter k in this grid"),
        (["n=1..9", "m=3", "--at-most", "many"], "at_most must be a whole number"),
        (["n=1..9", "m=3", "--largest", "--smallest"], "sweep takes one of largest and smallest"),
        ([], "no size for m and n"),
        (["n=4", "m=3"], "grid needs a range or a list of sizes"),
    ],
)
def test_a_mistake_is_one_line(run, argv, why):
    status, out, err = run("sweep", LSTM, *argv)
    assert (status, out) == (2, "")
    assert why in err
    assert err.count("\n") == 1


def test_points_that_no_condition_excludes_are_said(run):
    status, out, _ = run("sweep", "d*h/3", "d=1..5", "h=2")
    assert (status, out.splitlines()[-2]) == (0, "1 point of 5")
    assert out.splitlines()[-1] == (
        "left out where the sizes do not fit, as at d = 1: d*h/3 is 2/3 at these sizes, not a whole number"
    )
    assert "left out" not in run("sweep", "d*h/3", "d=1..5", "h=2", "--where", "d % 3 == 0")[1]
    assert "left out" not in run("sweep", LSTM, "n=1..5", "m=3", "--where", "n > 2")[1]


def test_an_axis_that_runs_backwards(run):
    status, out, err = run("sweep", LSTM, "n=10..1", "m=3")
    assert (status, out) == (2, "")
    assert err == "symparams: n: '10..1' has no sizes, since 10 is more than 1\n"


def test_an_empty_csv_says_why(run):
    status, out, err = run("sweep", "d*h/3", "d=1,2", "h=2", "--csv", "-")
    assert (status, out) == (1, "d,count\n")
    assert "note: no point is left, as at d = 1: d*h/3 is 2/3 at these sizes, not a whole number" in err
