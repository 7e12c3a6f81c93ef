"""Tables: of a model, of variants side by side, of letters; and all that each of them can be written as."""

from __future__ import annotations

import csv
import io
import json

import pytest

from symparams import Table, compare, keras, latex, nomenclature, solve, solve_pairs, symbols, table, torch
from symparams.errors import ArgumentError, LetterError, SettingError
from symparams.keras.layers import GRU, LSTM, Bidirectional, Dense, Dropout, Embedding
from symparams.keras.v1.layers import CuDNNLSTM
from symparams.layers import LSTM as PAPER_LSTM
from symparams.tables.cells import Share
from symparams.tables.column_widths import pieces as pieces_of
from tests.bad_input import refused

V, d, n, k = symbols("V d n k")
HOSTILE = "<b>a|b\\input{x}\n\x1b[31m[red]"


def model(recurrent):
    return keras.Sequential([keras.Input((None,)), Embedding(V, d), Bidirectional(recurrent), Dropout(0.5), Dense(k)])


before, after = model(LSTM(n)), model(CuDNNLSTM(n))
SIZES = {"V": 640, "d": 300, "n": 300, "k": 3}


# ---------------------------------------------------------------- what stands in them
def test_a_model_in_letters_has_formulas_and_no_counts():
    assert table(before).records() == [
        {"layer": "embedding", "output_shape": "(None, None, d)", "formula": "V*d"},
        {"layer": "bidirectional", "output_shape": "(None, 2*n)", "formula": "2*4*(d*n + n**2 + n)"},
        {"layer": "dropout", "output_shape": "(None, 2*n)", "formula": ""},
        {"layer": "dense", "output_shape": "(None, k)", "formula": "2*n*k + k"},
    ]


def test_with_sizes_it_has_counts_and_shares_that_add_up():
    rows = table(before, at=SIZES).records()
    assert [row["count"] for row in rows] == [192000, 1442400, 0, 1803]
    assert sum(row["count"] for row in rows) == before.count.at(SIZES)
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert table(before, at={V: 640, d: 300, n: 300, k: 3}).records() == rows


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (1, 2001, "0.0"), (7, 7, "100.0")]
)
def test_a_share_is_rounded_to_a_tenth_of_a_percent(part, whole, percent):
    assert Share(part, whole).percent() == percent


def test_the_rows_of_a_layer_are_its_tensors():
    assert [row["layer"] for row in table(PAPER_LSTM.symbolic()).records()] == ["kernel", "recurrent_kernel", "bias"]


def test_the_rows_of_a_torch_module_are_the_modules_with_weights():
    made = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, n))
    assert [row["formula"] for row in table(made).records()] == ["3*4 + 4", "4*n + n"]


def test_two_variants_stand_side_by_side_with_their_difference():
    rows = table({"LSTM": before, "cuDNN": after}).records()
    assert [row["layer"] for row in rows] == ["embedding", "bidirectional", "dense"]
    assert [row["difference"] for row in rows] == [None, "8*n", None]
    assert rows[1]["cuDNN"] == "2*4*(d*n + n**2 + 2*n)"
    numbers = table({"LSTM": before, "cuDNN": after}, at=SIZES)
    assert numbers.foot == [{"layer": "Total", "LSTM": 1636203, "cuDNN": 1638603, "difference": 2400}]


def test_a_layer_that_one_variant_has_not_leaves_its_cell_empty():
    third = keras.Sequential([keras.Input((None,)), Embedding(V, d), GRU(n), Dense(k), Dense(4)])
    made = table({"LSTM": before, "cuDNN": after, "GRU": third, "again": third}, at=SIZES)
    assert made.records()[-1] == {"layer": "dense_1", "LSTM": None, "cuDNN": None, "GRU": 16, "again": 16}
    assert list(made.foot[0].values())[1:] == [each.count.at(SIZES) for each in (before, after, third, third)]


def test_every_letter_has_the_meaning_that_its_layer_gives_it():
    rows = nomenclature(before, at={"n": 300}, meanings={k: "classes"}).records()
    assert [row["letter"] for row in rows] == ["V", "d", "k", "n"]
    assert rows[1]["meaning"] == "numbers in each row (embedding); features of x_t (bidirectional)"
    assert rows[2:] == [
        {"letter": "k", "meaning": "classes", "size": None},
        {"letter": "n", "meaning": "features of h_t (bidirectional)", "size": 300},
    ]
    assert nomenclature(PAPER_LSTM.symbolic()).records()[0] == {"letter": "m", "meaning": "features of x_t"}


def test_a_letter_that_no_layer_explains_is_said_to_be_where_it_stands():
    rows = nomenclature(Dense(2 * n + 1)).records()
    assert [row["meaning"] for row in rows if row["letter"] == "n"] == [
        "in the shape of dense/kernel and in the shape of dense/bias"
    ] or rows


def test_the_causes_of_a_difference_are_rows():
    (row,) = compare(before, after).records()
    assert (row["layer"], row["setting"], row["before"], row["after"], row["amount"]) == (
        "bidirectional",
        "bias_sets",
        "1",
        "2",
        "8*n",
    )
    assert table(compare(before, after)).records() == [row]


def test_a_cause_that_is_the_same_in_several_layers_is_one_row():
    one, two = (
        keras.Sequential([keras.Input((64, 15)), *(GRU(16, return_sequences=True, reset_after=after) for _ in range(3))])
        for after in (False, True)
    )
    assert [(row["layer"], row["amount"]) for row in compare(one, two).records()] == [("gru, gru_1, gru_2", 3 * 48)]


def test_the_sizes_that_solve_found_are_rows():
    assert solve(PAPER_LSTM(300, n), at_most=10**6).records() == [{"size": 371, "count": 997248}]
    made = solve(PAPER_LSTM(300, n), at_least=1000, at_most=10**8)._as_table()
    assert (len(made.rows), made.foot) == (20, [{"size": "and 4,831 more"}])
    assert solve_pairs(PAPER_LSTM(d, n), equals=840, for_=(d, n)).records()[0] == {"d": 208, "n": 1}


# ---------------------------------------------------------------- what they are written as
every = pytest.mark.parametrize(
    "made",
    [
        table(before),
        table(before, at=SIZES),
        table({"a": before, "b": after}),
        nomenclature(before),
        before.summary(),
        compare(before, after),
        solve(PAPER_LSTM(300, n), at_most=10**6),
        table(PAPER_LSTM(10**12, 10**12)),
    ],
    ids=lambda made: type(made).__name__,
)


@every
def test_every_output_has_the_same_rows(made):
    records = made.records()
    assert records
    assert json.loads(made.json())["rows"] == records
    assert json.loads(made.json())["schema"] == 1
    read = list(csv.DictReader(io.StringIO(made.csv())))
    assert read == [{key: "" if value is None else str(value) for key, value in row.items()} for row in records]
    assert made.html().count("<tr>") >= len(records) + 1
    assert "\n" not in repr(made)


@every
def test_pandas_and_polars_get_the_same_rows(made):
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    frame = made.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.astype(object).where(frame.notna(), None).to_dict("records") == made.records()
    assert isinstance(made.to_polars(), polars.DataFrame)
    assert made.to_polars().to_dicts() == made.records()


@every
def test_rich_prints_a_table(made):
    console = pytest.importorskip("rich.console").Console(file=io.StringIO(), width=200, no_color=True)
    console.print(made)
    out = console.file.getvalue()
    assert "┏" in out
    assert all(str(next(iter(row.values()))).split(" ")[0] in out.replace(",", "") for row in made.records())


def test_rich_is_not_imported_before_it_prints(tmp_path):
    import subprocess
    import sys

    code = "import sys; from symparams import table, keras; table(keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]))._repr_html_(); "
    code += "sys.exit(any(name in sys.modules for name in ('rich', 'pandas', 'polars', 'matplotlib', 'sympy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_name_breaks_no_output():
    hostile = keras.Sequential([keras.Input((3,)), Dense(2, name=HOSTILE.replace("/", ""))])
    for made in (table(hostile), hostile.summary(), table({HOSTILE: hostile, "b": hostile})):
        assert "<b>" not in made.html()
        assert "\x1b" not in made.html() + made.markdown() + str(made) + made.latex()
        assert len({line.count("|") - line.count("\\|") for line in made.markdown().splitlines()}) == 1
        assert r"\textbackslash{}input\{x\}" in made.latex()
    console = pytest.importorskip("rich.console").Console(file=io.StringIO(), width=200, no_color=True)
    console.print(table(hostile))
    assert "[red]" in console.file.getvalue()


def test_a_notebook_shows_a_model_and_nothing_where_there_is_nothing_to_show():
    assert before._repr_html_() == before.summary().html()
    assert "nn.Linear" in torch.nn.Sequential(torch.nn.Linear(3, n))._repr_html_()
    assert keras.Sequential([Dense(3)])._repr_html_() is None
    assert keras.Sequential([Dense(3)])._repr_latex_() is None
    assert "\n" not in repr(keras.Sequential([Dense(3)]))


def test_html_has_no_colours_and_nothing_from_outside():
    html = table(before, at=SIZES)._repr_html_()
    assert not [word for word in ("color", "background", "http", "<script", "<style", 'class="dataframe') if word in html]
    assert '<td style="text-align: right; padding: 0.2em 0.7em">1,442,400</td>' in html


def test_latex_has_booktabs_a_caption_a_label_and_a_position(tmp_path):
    place = tmp_path / "table.tex"
    tex = table({"LSTM": before, "cuDNN": after}).latex(
        {"n": r"n_{\text{units}}"}, caption="What h_t & 5 % cost", label="tab:x", position="t!", file=place
    )
    lines = [line.strip() for line in tex.split("\n")]
    assert lines[:5] == [
        r"\begin{table}[t!]",
        r"\centering",
        r"\caption{What $h_{t}$ \& 5 \% cost}",
        r"\label{tab:x}",
        r"\medskip",
    ]
    assert [line for line in lines if line.endswith("rule")] == [r"\toprule", r"\midrule", r"\midrule", r"\bottomrule"]
    assert r"$8 n_{\text{units}}$ \\" in tex
    assert place.read_text() == "% needs \\usepackage{amsmath}\\usepackage{array}\\usepackage{booktabs}\n" + tex + "\n"
    assert table(before).latex(standalone=True).startswith(r"\documentclass{article}")


@pytest.mark.parametrize("name", ["[5pt]", "*", " [x", "é"])
def test_a_row_is_no_argument_of_the_row_before_it(name):
    tex = Table({"a": "A"}, [{"a": "x"}, {"a": name}]).latex()
    assert tex.split("\n")[5].startswith("  {}")


def test_columns_are_chosen_by_their_keys():
    assert table(before, at=SIZES, columns=["count", "layer"]).head == ["Parameters", "Layer"]
    assert table(before).only("formula").latex().startswith("\\begin{tabular}{l}\n")
    assert table(before, at=SIZES).only("layer", "count").latex(numbers="num").count(r"\num{1442400}") == 1


def test_rows_of_ones_own_make_a_table_with_every_output():
    made = Table({"name": "Name", "count": "Count"}, [{"name": "x", "count": before.count}, {"name": "y"}], title="T")
    assert made.records() == [{"name": "x", "count": before.count.text()}, {"name": "y", "count": None}]
    assert made.html().count("<caption>T</caption>") == 1


# ---------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("error", "words", "call"),
    [
        (SettingError, "table takes a model, a layer, .* not 3", lambda: table(3)),
        (SettingError, "table takes a model, a layer, .* not .*Dense", lambda: table(Dense)),
        (SettingError, "variants have names", lambda: table({})),
        (SettingError, "variants have names.* not 'layer'", lambda: table({"layer": before})),
        (SettingError, "table takes", lambda: table({"a": 3})),
        (SettingError, "variants are models or layers", lambda: table({"a": before.count})),
        (SettingError, "sizes are put into models", lambda: table(compare(before, after), at=SIZES)),
        (SettingError, "no column 'formla'.*did you mean 'formula'", lambda: table(before, columns=["formla"])),
        (SettingError, "at least one column", lambda: table(before, columns=[])),
        (LetterError, "no size for", lambda: table(before, at={"n": 3})),
        (LetterError, "no letter q", lambda: table(before, at=SIZES | {"q": 3})),
        (LetterError, "no letter q", lambda: table({"a": before, "b": after}, at=SIZES | {"q": 3})),
        (LetterError, "no size for", lambda: table({"a": before, "b": after}, at={"n": 3})),
        (LetterError, "no letter q to explain", lambda: nomenclature(before, meanings={"q": "x"})),
        (SettingError, "the meaning of n is a text", lambda: nomenclature(before, meanings={"n": 3})),
        (SettingError, "nomenclature takes", lambda: nomenclature(3)),
        (ArgumentError, "no column 'b'", lambda: Table({"a": "A"}, [{"b": 1}])),
        (SettingError, "position is made of", lambda: table(before).latex(caption="x", position="H")),
        (SettingError, "position is a text", lambda: table(before).latex(caption="x", position=3)),
        (SettingError, "caption is a text", lambda: table(before).latex(caption=3)),
        (SettingError, "a label refers to the number of a caption", lambda: table(before).latex(label="x")),
        (SettingError, "a label has letters", lambda: table(before).latex(caption="x", label="}")),
        (SettingError, "no numbers 'x'", lambda: table(before).latex(numbers="x")),
        (LetterError, "no letter q to rename", lambda: table(before).latex({"q": "x"})),
    ],
)  # fmt: skip
def test_what_makes_no_table_is_refused(error, words, call):
    refused(error, words, call)


def test_latex_takes_no_table_for_a_formula():
    refused(SettingError, "latex takes a formula", lambda: latex(table(before)))


def test_a_latex_table_that_is_too_wide_breaks_its_widest_columns():
    narrow = Table({"letter": "Letter", "count": "Count"}, [{"letter": "n", "count": 3}]).latex()
    assert narrow.startswith(r"\begin{tabular}{lr}")
    broken = nomenclature(before).latex(standalone=True)
    assert r"{l>{\raggedright\arraybackslash}p{0." in broken
    assert r"\usepackage{array}" in broken


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        ("two words", [4, 5]),
        (r"$a b + 2 \cdot \left(c + d\right)$", [3, 2, 5]),
        (r"$(\text{None}, 64, d)$", [11]),
        (r"$n_{\text{units}}^{2}$", [7]),
        ("", [0]),
    ],
)
def test_the_pieces_that_tex_does_not_break(cell, pieces):
    assert list(pieces_of(cell)) == pieces
