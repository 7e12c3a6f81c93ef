"""All that a table can be written as: the same rows in every format, and no name breaks one."""

from __future__ import annotations

import csv
import io
import json

import pytest

from symparams import Table, compare, keras, nomenclature, solve, symbols, table, torch
from symparams.keras.layers import Dense
from symparams.layers import LSTM as PAPER_LSTM
from tests.installed import installed
from tests.paper.models_in_tables import SIZES, after, before

n = symbols("n")
HOSTILE = "<b>a|b\\input{x}\n\x1b[31m[red]"

every = pytest.mark.parametrize(
    "made",
    [
        table(before),
        table(before, at=SIZES),
        table({"a": before, "b": after}),
        nomenclature(before),
        before._summary(),
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
    assert json.loads(made.table().json())["rows"] == records
    assert json.loads(made.json())["schema"] == 1
    read = list(csv.DictReader(io.StringIO(made.csv())))
    assert read == [{key: "" if value is None else str(value) for key, value in row.items()} for row in records]
    assert made.html().count("<tr>") >= len(records) + 1
    assert "\n" not in repr(made)


@every
def test_pandas_and_polars_get_the_same_rows(made):
    pandas, polars = installed("pandas"), installed("polars")
    frame = made.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.astype(object).where(frame.notna(), None).to_dict("records") == made.records()
    assert isinstance(made.to_polars(), polars.DataFrame)
    assert made.to_polars().to_dicts() == made.records()


@every
def test_rich_prints_a_table(made):
    console = installed("rich.console").Console(file=io.StringIO(), width=200, no_color=True)
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
    for made in (table(hostile), hostile._summary(), table({HOSTILE: hostile, "b": hostile})):
        assert "<b>" not in made.html()
        assert "\x1b" not in made.html() + made.markdown() + str(made) + made.latex()
        assert len({line.count("|") - line.count("\\|") for line in made.markdown().splitlines()}) == 1
        assert r"\textbackslash{}input\{x\}" in made.latex()
    console = installed("rich.console").Console(file=io.StringIO(), width=200, no_color=True)
    console.print(table(hostile))
    assert "[red]" in console.file.getvalue()


def test_a_notebook_shows_a_model_and_nothing_where_there_is_nothing_to_show():
    assert before._repr_html_() == before._summary()._repr_html_()
    assert "nn.Linear" in torch.nn.Sequential(torch.nn.Linear(3, n))._repr_html_()
    assert keras.Sequential([Dense(3)])._repr_html_() is None
    assert keras.Sequential([Dense(3)])._repr_latex_() is None
    assert "\n" not in repr(keras.Sequential([Dense(3)]))


@pytest.mark.parametrize("html", [table(before, at=SIZES)._repr_html_(), table(before, at=SIZES).html()])
def test_html_has_no_colours_and_nothing_from_outside(html):
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
    assert (
        place.read_text()
        == "% needs \\usepackage{amsmath}\\usepackage{array}\\usepackage{booktabs}\\usepackage{tabularx}\n" + tex + "\n"
    )
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
