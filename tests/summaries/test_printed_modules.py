"""PyTorch modules as ``print`` shows them, and the rows of torchinfo: the sizes of the real modules, or said to be open."""

from __future__ import annotations

from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symparams import compare, from_summary
from symparams.errors import SymparamsError, TextError
from symparams.torch import nn
from tests.bad_input import refused
from tests.recorded import read

MODULES = {record["id"]: record for record in read("torch_modules")}


def held(shapes: list[Any]) -> int:
    return sum(prod(shape) for _, shape in shapes)


def is_own(record: dict[str, Any], name: str, shapes: list[Any]) -> bool:
    """Whether a module of a user's class holds parameters itself, which nothing prints."""
    return bool(shapes) and record["kind"] == "gpt" and name == ""


# ---------------------------------------------------------------- print(module)
@pytest.mark.parametrize("record", MODULES.values(), ids=lambda record: f"{record['kind']}-{record['id'][-6:]}")
def test_every_printed_module_has_the_parameters_of_the_real_one(record: dict[str, Any]) -> None:
    table = from_summary(record["text"])
    rows = {layer.name: layer for layer in table.layers}
    own = 0
    for name, class_name, shapes in record["modules"]:
        if is_own(record, name, shapes):
            own += held(shapes)
        elif name.endswith(".out_proj"):  # MultiheadAttention's, which its row counts
            assert name not in rows
        else:
            row = rows.pop(name or class_name)
            inside = [held(its) for each, _, its in record["modules"] if each == f"{name}.out_proj"]
            assert row.class_name == class_name
            assert (row.params or 0) == held(shapes) + sum(inside), name
    assert table.total == record["total_untied"] - own
    assert all(layer.depth == layer.name.count(".") + 1 for layer in table.layers[1:])
    assert (own > 0) <= any(note.startswith("print() does not show parameters of GPT") for note in table.notes)
    assert int(table.count) == table.total


ALL_KINDS = """
Net(
  (emb): Embedding(100, 32, padding_idx=0)
  (conv): Conv2d(4, 64, kernel_size=(7, 7), stride=(1, 1), padding=same, groups=2, bias=False, padding_mode=reflect)
  (blocks): ModuleList(
    (0-2): 3 x Sequential(
      (0): LSTM(32, 100, num_layers=2, batch_first=True, proj_size=10)
      (1): ReLU()
    )
  )
  (p): ParameterList(
      (0): Parameter containing: [torch.float32 of size 3x4]
      (1): Parameter containing: [torch.cuda.FloatTensor of size 5 (GPU 0)]
  )
  (rms): LlamaRMSNorm((4096,), eps=1e-06)
  (own): MyAttention(heads=8)
  (lin): ParametrizedLinear(
    in_features=3, out_features=4, bias=True
    (parametrizations): ModuleDict(
      (weight): ParametrizationList(
        (0): _WeightNorm()
      )
    )
  )
  (lazy): LazyLinear(in_features=0, out_features=10, bias=True)
)
"""


def test_what_print_shows_is_counted_and_what_it_does_not_is_said() -> None:
    table = from_summary(ALL_KINDS)
    rows = {layer.name: layer.params for layer in table.layers}
    lstm = int(nn.LSTM(32, 100, num_layers=2, proj_size=10).count)
    assert rows["emb"] == 3200
    assert rows["conv"] == 2 * 64 * 49
    assert [rows[f"blocks.{place}.0"] for place in range(3)] == [lstm] * 3
    assert (rows["p.0"], rows["p.1"]) == (12, 5)
    assert [name for name, params in rows.items() if params is None] == ["Net", "blocks", "blocks.0", "blocks.1", "blocks.2", "p", "own", "lin", "lazy"]  # fmt: skip
    assert table.total is None  # three rows lack a number
    assert table.of_the_model == 3200 + 2 * 64 * 49 + 3 * lstm + 17 + 4096
    assert table.notes == [
        "no number for own, lin and lazy",
        "print() does not show parameters of Net outside these modules, nor which weights are tied",
    ]
    assert f"Sum of the rows: {table.of_the_model:,}, without the rows that lack a number" in str(table)
    assert "no number: LazyLinear has no input yet" in str(table)
    assert "no number: print() does not show the parameters of MyAttention" in str(table)
    assert "Output Shape" not in str(table)


def test_a_printed_module_is_compared() -> None:
    before = from_summary("Sequential(\n  (0): Linear(in_features=3, out_features=4, bias=True)\n  (1): ReLU()\n)")
    after = from_summary("Sequential(\n  (0): Linear(in_features=3, out_features=4, bias=False)\n  (1): ReLU()\n)")
    difference = compare(before, after)
    assert difference.total == -4
    assert [(cause.setting, cause.amount) for cause in difference.causes] == [("bias_sets", -4)]
    assert compare(from_summary("LSTM(31, 100)"), nn.LSTM(31, 100)).causes == []
    assert any("no number for own" in doubt for doubt in compare(from_summary(ALL_KINDS), nn.LSTM(3, 4)).doubts)


def test_of_attention_only_a_part_is_printed() -> None:
    text = "MultiheadAttention(\n  (out_proj): NonDynamicallyQuantizableLinear(in_features=64, out_features=64, bias=True)\n)"
    table = from_summary(text)
    assert table.total == int(nn.MultiheadAttention(64, 4).count)
    (why,) = table.explanations
    assert str(why.ways[0]) == "MultiheadAttention, 64 features, any number of heads: 4*d**2 + 4*d = 16640"
    assert "kdim" in why.doubt


@pytest.mark.parametrize(
    "noise",
    [
        lambda text: ">>> print(net)\n" + text + "\n>>> ",
        lambda text: "\n".join("> " + line for line in text.split("\n")),
        lambda text: "\n".join("    " + line for line in text.split("\n")),
        lambda text: "\n".join("# " + line for line in text.split("\n")),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "Here it is:\n```\n" + text + "\n```\nWhy?",
        lambda text: "INFO:root:" + text.lstrip(),
        lambda text: "Out[3]: " + text.lstrip(),
        lambda text: "model = " + text.lstrip(),
        lambda text: "\n".join(f"{place:4d} {line}" for place, line in enumerate(text.split("\n"), 1)),
        lambda text: "\n".join(f"2023-04-01 10:00:00,123 - INFO - {line}" for line in text.split("\n")),
    ],
)
def test_what_stands_around_a_printed_module_does_not_matter(noise: Any) -> None:
    whole, read = from_summary(ALL_KINDS), from_summary(noise(ALL_KINDS))
    assert [(layer.name, layer.params, layer.depth) for layer in read.layers] == [
        (layer.name, layer.params, layer.depth) for layer in whole.layers
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("model.fit(x)", "no table found"),
        ("print(x)", "no table found"),
        ("Net(\n)", "no table found"),
        (ALL_KINDS[: len(ALL_KINDS) // 2], "the module Net is cut off"),
        (
            "Net(\n  (0-999999): 1000000 x Linear(in_features=3, out_features=4, bias=True)\n)",
            "1,000,001 modules, more than 20,000",
        ),
        ("Net(\n  (0-3): 3 x Linear(in_features=3, out_features=4, bias=True)\n)", r"\(0-3\) are 4 modules, but the text says 3 x"),
        ("Net(\n" + "(a): Net(\n" * 300, "nested more than 200 deep"),
    ],
)
def test_what_is_no_module_is_refused(text: str, words: str) -> None:
    refused(TextError, words, lambda: from_summary(text))


@pytest.mark.parametrize(
    "said",
    ["in_features=3", "3, 4, 5, 6, 7, 8, 9", "in_features=x.y, out_features=3", "in_features=-3, out_features=3", "[1](2)", "3.5, 2", "9" * 3000, "(" * 900],
)  # fmt: skip
def test_arguments_that_pytorch_does_not_take_give_no_number(said: str) -> None:
    table = from_summary(f"Net(\n  (a): Linear({said})\n)")
    assert [layer.params for layer in table.layers] == [None, None]
    assert "no number" in str(table.explanations[1])


@given(st.text(alphabet="Linear()=,: \n0123xN(a):_[]'", max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for each in (text, f"Net(\n  (a): Linear({text})\n)", f"Net(\n{text}\n)"):
        try:
            str(from_summary(each))
        except SymparamsError as error:
            assert "\n" not in str(error)


# ---------------------------------------------------------------- torchinfo's rows
def test_what_is_explained_is_what_the_module_has() -> None:
    """Where the text decides, the explanation has the tensors of the real module."""
    sure = 0
    for record in read("torch_summaries"):
        real = [(class_name, sorted(shape for _, shape in its)) for _, class_name, its in MODULES[record["id"]]["modules"]]
        for table in (from_summary(each["text"]) for each in record["texts"]):
            for layer, why in zip(table.layers, table.explanations, strict=True):
                assert all(way.count == layer.params for way in why.ways)
                if why.ways and not why.doubt and layer.class_name != "MultiheadAttention":
                    sure += 1
                    shapes = sorted(list(tensor.shape) for _, tensor in why.ways[0].module.named_parameters())
                    assert (layer.class_name, shapes) in real, (record["id"], layer, str(why))
                    assert why.formula is not None
                    assert why.formula.at(why.values) == layer.params
    assert sure >= 220


def one_row(row: str, params: int) -> Any:
    rows = (
        f"Layer (type:depth-idx)                   Output Shape              Param #\n{'=' * 90}\n{row:<67}{params:,}\n{'=' * 90}"
    )
    return from_summary(f"{'=' * 90}\n{rows}\nTotal params: {params:,}\n{'=' * 90}\n").explanations[0]


@pytest.mark.parametrize(
    ("row", "params", "words", "code"),
    [
        ("LSTM                                     [2, 9, 200]", 106400, "LSTM, 100 units on 31 features, two bias sets, two directions: 2*4*(m*n + n**2 + 2*n)", "LSTM(31, 100, bidirectional=True)"),
        ("Conv2d: 1-1                              [2, 8, 9, 9]", 1184, "Conv2d, a window of 7x7, 8 filters on 3 channels, one bias set: k_1*k_2*c*f + f", "Conv2d(3, 8, (7, 7))"),
        ("Embedding: 1-1                           [2, 12, 64]", 64000, "Embedding, 1000 words of 64 numbers: V*d", "Embedding(1000, 64)"),
        ("BatchNorm2d: 1-1                         [2, 16, 9, 9]", 32, "BatchNorm2d, over 16: 2*c", "BatchNorm2d(16)"),
    ],
)  # fmt: skip
def test_a_number_of_torchinfo_is_explained(row: str, params: int, words: str, code: str) -> None:
    why = one_row(row, params)
    assert str(why.ways[0]) == f"{words} = {params}"
    assert why.code == code
    assert why.ways[0].framework == "torch.nn"


@pytest.mark.parametrize(
    ("row", "params", "because"),
    [
        ("Linear: 1-1                              --", 653, "the table shows neither the input nor the output of Linear: 1-1"),
        ("Sequential: 1-1                          [2, 3]", 650, "contains modules: a greater depth shows them"),
        ("MyBlock: 1-1                             [2, 3]", 650, "MyBlock is not a class of torch.nn"),
    ],
)
def test_a_number_that_nothing_explains_says_why(row: str, params: int, because: str) -> None:
    why = one_row(row, params)
    assert not why.explained
    assert because in why.because


# ---------------------------------------------------------------- classes of other libraries
OTHERS = """
Net(
  (bn): BatchNormAct2d(
    32, eps=0.001, momentum=0.1, affine=True, track_running_stats=True
    (act): SiLU(inplace=True)
  )
  (conv): ScaledStdConv2d(3, 16, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))
  (norm): LlamaRMSNorm((4096,), eps=1e-06)
  (ln): LayerNorm2d((96,), eps=1e-06, elementwise_affine=True)
  (q): Linear8bitLt(in_features=64, out_features=32, bias=False)
  (drop): DropPath(drop_prob=0.1)
)
"""


def test_arguments_in_the_form_of_a_known_class_are_read_and_marked() -> None:
    table = from_summary(OTHERS)
    assert {layer.name: layer.params for layer in table.layers if layer.params} == {
        "bn": 64,
        "conv": 448,
        "norm": 4096,
        "ln": 192,
        "q": 2048,
    }
    assert table.total is None  # a class may have more than the one that it is taken for
    assert "ScaledStdConv2d is taken for a Conv2d, by what it prints" in table.explanations[3].doubt
    assert f"Sum of the rows: {64 + 448 + 4096 + 192 + 2048:,}" in str(table)
    assert [why.code for why in table.explanations if why.ways] == [""] * 5


def test_a_class_that_prints_nothing_known_has_no_number() -> None:
    table = from_summary("Net(\n  (a): Attention(heads=8)\n  (b): MyConv2d(3)\n  (c): MyLinear()\n)")
    assert [layer.params for layer in table.layers] == [None] * 4
    assert table.total is None


@pytest.mark.parametrize(
    "measured",
    [
        ("17.42 k, 100.000% Params, 34.1 MMac, 100.000% MACs, ", "648, 3.721% Params, 0.66 MMac, 1.000% MACs, ", "1.65 k, 9.467% Params, 1.63 KMac, 0.005% MACs, "),
        ("17.4 K = 100% Params, 87.5 GMACs = 100% MACs", "648 = 3.7% Params, 604 MMACs, ", "1.65 K = 9.47% Params, 0 MACs = 0% MACs, "),
    ],
    ids=["ptflops", "DeepSpeed"],
)  # fmt: skip
def test_shares_before_the_arguments_are_no_arguments(measured: tuple[str, str, str]) -> None:
    text = (
        f"Net(\n  {measured[0]}\n  (conv): Conv2d({measured[1]}3, 24, kernel_size=(3, 3), stride=(2, 2), bias=False)\n"
        f"  (fc): Linear({measured[2]}in_features=96, out_features=17, bias=True)\n)"
    )
    assert [layer.params for layer in from_summary(text).layers] == [None, 648, 1649]
