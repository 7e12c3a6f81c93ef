"""Builds of a small library of our own, folded and written, say what it builds at configs never seen."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest

from symparams.huggingface.learning.folding import Folding, Unfoldable
from symparams.huggingface.learning.renumbering import renumber_stacks
from symparams.huggingface.learning.writing import class_lines, written
from symparams.huggingface.table import Table


def field(name):
    return ("field", name)


def build(**fields):
    """A decoder with experts in the layers from ``first``, a bias of the attention, and a head that may be tied."""
    d, f, e = field("d"), field("f"), field("experts")
    comparisons: list[object] = []
    tensors: dict[str, object] = {"embed.weight": ((fields["v"], fields["d"]), (field("v"), d), True)}
    modules = {"": "Model", "embed": "Embedding", "layers": "ModuleList", "head": "Linear"}
    for i in range(fields["layers"]):
        turn, at = ("turn", "model.py:1", i), f"layers.{i}"
        modules |= {at: "Layer", f"{at}.attention": "Attention", f"{at}.mlp": "Mlp"}
        tensors[f"{at}.attention.weight"] = ((fields["d"], fields["d"]), (d, d), True)
        comparisons.append((("truth", field("bias")), fields["bias"], f"{at}.attention"))
        if fields["bias"]:
            tensors[f"{at}.attention.bias"] = ((fields["d"],), (d,), True)
        comparisons.append(((">=", turn, field("first")), i >= fields["first"], at))
        if i >= fields["first"]:
            tensors[f"{at}.mlp.experts"] = ((fields["experts"], 2 * fields["f"], fields["d"]), (e, ("*", 2, f), d), True)
        else:
            tensors[f"{at}.mlp.weight"] = ((fields["f"], fields["d"]), (f, d), True)
    tensors["head.weight"] = ((fields["v"], fields["d"]), (field("v"), d), True)
    comparisons.append((("truth", field("tied")), fields["tied"], ""))
    return SimpleNamespace(
        fields=fields,
        tensors=tensors,
        ties={"head.weight": "embed.weight"} if fields["tied"] else {},
        modules=modules,
        lengths={"layers": fields["layers"]},
        comparisons=comparisons,
        loops=[(field("layers"), fields["layers"], "")],
        reads={},
    )


START = {"d": 32, "f": 48, "v": 100, "experts": 4, "layers": 3, "first": 1, "bias": False, "tied": False}
RUNS = [{}, {"bias": True}, {"tied": True}, {"layers": 4}, {"first": 2}, {"first": 0}, {"bias": True, "tied": True}, {"d": 16}]


def table():
    return Folding("TinyModel", [build(**{**START, **run}) for run in RUNS]).table


def test_the_file_reads_like_the_code():
    assert list(class_lines(table())) == [
        "embed.weight | v, d",
        "layers.* | x layers",
        "  attention.weight | d, d",
        "  attention.bias | d | if bias",
        "  mlp.weight | f, d | if i < first",
        "  mlp.experts | experts, 2*f, d | if i >= first",
        "head.weight | v, d | = embed.weight if tied",
    ]


@pytest.mark.parametrize("seed", range(20))
def test_configs_never_seen_have_what_the_table_says(seed):
    chance = random.Random(seed)
    fields = {name: chance.randint(1, 9) for name in START} | {"bias": chance.random() < 0.5, "tied": chance.random() < 0.5}
    made = build(**fields)
    said = table().tensors(fields)
    assert {name: shape for name, (shape, _, _) in said.items()} == {name: shape for name, (shape, _, _) in made.tensors.items()}
    assert {name: tied for name, (_, _, tied) in said.items() if tied} == made.ties


def test_the_library_reads_the_file():
    text = written("tiny", "5.0", "1 traced", START, [], {}, [], ["d > 0"], [(table(), ["base"])])
    rows = Table(text, "the table of tiny").rows("TinyModel")
    assert len(rows) == 3


def test_a_condition_that_the_code_does_not_make_is_refused():
    builds = [build(**{**START, **run}) for run in (*RUNS, *RUNS)]
    for each in builds[: len(RUNS)]:
        each.modules["ghost"] = "Linear"
        each.tensors["ghost.weight"] = ((7,), (7,), True)
    with pytest.raises(Unfoldable, match="no rule was found for when ghost is there"):
        Folding("TinyModel", builds)


def test_no_condition_of_a_tensor_forgets_that_of_its_module():
    """``bias if mamba_proj_bias`` of a module that only some layers have."""

    def mixed(**fields):
        made = build(**{**START, "layers": fields["layers"]})
        for i in range(fields["layers"]):
            turn, at = ("turn", "model.py:1", i), f"layers.{i}"
            is_mamba = i % 2 == 0
            made.comparisons.append((("==", ("%", turn, 2), 0), is_mamba, at))
            if is_mamba:
                made.modules[f"{at}.mamba"] = "Mamba"
                made.comparisons.append((("truth", field("mamba_bias")), fields["mamba_bias"], f"{at}.mamba"))
                made.tensors[f"{at}.mamba.weight"] = ((32,), (field("d"),), True)
                if fields["mamba_bias"]:
                    made.tensors[f"{at}.mamba.bias"] = ((32,), (field("d"),), True)
        made.fields = {**made.fields, **fields}
        return made

    runs = [mixed(layers=layers, mamba_bias=bias) for layers, bias in [(1, False), (1, True), (2, False), (3, False)]]
    lines = list(class_lines(Folding("Mixed", runs).table))
    assert "  mamba | if i % 2 == 0" in lines
    assert "    bias | d | if mamba_bias" in lines


def stacked(layers):
    """A recurrent module, whose tensors have the layer at the end of their names, and a list of tensors."""
    d = field("d")
    made = SimpleNamespace(
        fields={"d": 8, "layers": layers, "images": layers + 2},
        tensors={f"lstm.weight_ih_l{place}": ((32, 8), (("*", 4, d), d), True) for place in range(layers)}
        | {f"images.{place}": ((8,), (d,), True) for place in range(layers + 2)},
        ties={},
        modules={"": "Model", "lstm": "LSTM", "images": "ParameterList"},
        lengths={"images": layers + 2},
        comparisons=[],
        loops=[],
        reads={},
    )
    renumber_stacks(made)
    return made


def test_tensors_that_are_numbered_themselves_are_repeated():
    """GIT's embeddings of the images before this one are a list of tensors, which one row without a number of them counted once."""
    table = Folding("TinyModel", [stacked(1), stacked(2), stacked(3)]).table
    assert list(class_lines(table)) == ["lstm.weight_ih_l* | x layers", "  . | 4*d, d", "images.* | x images", "  . | d"]
