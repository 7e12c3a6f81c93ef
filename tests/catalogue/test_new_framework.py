"""What a new framework has with its package and its one line: a toy of one class is listed, and nothing else is changed."""

from __future__ import annotations

import json

import pytest

from symparams import compare, identify, keras, symbols
from symparams.catalogue import DOORS, whole_catalogue
from symparams.core.catalogue import CATALOGUE
from symparams.core.frameworks import framework_of, framework_of_file, frameworks, releases
from symparams.errors import SettingError
from symparams.keras.framework import FRAMEWORK as KERAS
from symparams.questions.comparing.across_frameworks import class_comparisons, class_pairs
from symparams.questions.comparing.automatic_names import chosen_name
from symparams.torch import nn
from tests.bad_input import refused
from tests.catalogue import toy_framework
from tests.catalogue.toy_framework import ENTRY, FRAMEWORK, Blend, LiveToy

m, n = symbols("m n")


@pytest.fixture(autouse=True)
def toy(monkeypatch):
    """The toy among the frameworks: the one line that it takes; what it puts into the catalogue is taken out again."""
    monkeypatch.setitem(DOORS, "toy", toy_framework.__name__)
    monkeypatch.setitem(CATALOGUE, ENTRY.name, ENTRY)


# ---------------------------------------------------------------- it has what the others have
def test_it_is_among_the_frameworks_and_its_classes_in_the_catalogue():
    assert [framework.name for framework in frameworks()] == ["keras", "torch", "huggingface", "jax", "onnx", "gguf", "toy"]
    assert list(releases()) == ["v3", "v2", "v1", "torch", "toy1"]
    assert whole_catalogue()["toy.Blend"] is ENTRY
    assert [framework.name for framework in frameworks() if framework.owns(ENTRY)] == ["toy"]


def test_list_has_its_classes(run):
    assert run("list", "--version", "toy1") == (0, "Blend  m*n + 2*n\n", "")
    answer = json.loads(run("list", "--version", "toy1", "--json")[1])
    assert (answer["version"], answer["layers"]) == ("toy", [{"name": "Blend", "class_name": "Blend", "formula": "m*n + 2*n"}])
    help_ = " ".join(run("list", "--help")[1].split())
    assert "torch: PyTorch, toy1: Toy 1" in help_
    assert "'toy1'" in run("list", "--version", "toy9")[2]


@pytest.mark.parametrize("name", ["Blend", "toy.Blend", "symparams.toy.Blend"])
def test_show_knows_a_class_by_its_name(run, name):
    status, out, _ = run("show", name)
    assert status == 0
    assert out.startswith("toy.Blend(inputs, outputs, plain=False)\n\nm*n + 2*n\n")
    assert "the toy adds a bias on either side" in out


def test_show_prints_the_table_of_its_models(run):
    status, out, _ = run("show", "toy.Blend(m, n)")
    assert status == 0
    assert [line.split("│")[1:3] for line in out.splitlines() if "mix" in line] == [[" mix      ", " (n, m) "]]
    answer = json.loads(run("show", "toy.Blend(m, n)", "--json")[1])
    assert (answer["tensors"], answer["formula"]) == (["mix", "bias_in", "bias_out"], "m*n + 2*n")


def test_count_reads_it_in_a_text(run):
    assert run("count", "toy.Blend(m, n)", "m=3", "n=4") == (0, "m*n + 2*n\n20\n", "")
    note = "note: Blend is read as toy.Blend: Keras and PyTorch do not have it\n"
    assert run("count", "Blend(m, n, plain=True)") == (0, "m*n\n", note)


def test_compare_says_of_each_framework_what_it_does(run):
    difference = compare(Blend(m, n), nn.Linear(m, n))
    assert difference.total == -n
    (cause,) = difference.causes
    assert (cause.setting, cause.because) == ("bias_sets", "in toy.Blend, the toy adds a bias on either side")
    assert "the toy adds a bias" in run("compare", "Dense(n)", "toy.Blend(m, n)")[1]


def test_the_layers_that_it_shares_with_keras_are_compared():
    (pair,) = [(ours, its) for ours, its in class_pairs(KERAS, FRAMEWORK) if ours.name == "keras.Dense"]
    plain, without = class_comparisons(*pair)
    assert (plain.before.title, plain.after.title, plain.total) == ("Dense()", "toy.Blend()", n)
    assert (without.before.title, without.after.title, without.total) == ("Dense(use_bias=False)", "toy.Blend(plain=True)", 0)


def test_identify_looks_through_it(run):
    found = identify(300 * 16 + 2 * 16, "Blend", {"inputs": 300})
    assert (found.best.name, found.best.sizes) == ("toy.Blend", {"inputs": 300, "units": 16})
    assert "toy.Blend" in {reading.name for reading in identify(4832)}
    assert "toy.Blend" in run("identify", "4832", "inputs=300", "--layer", "Blend")[1]


def test_errors_show_the_way_to_it(run):
    assert run("count", "foo.LSTM(n)")[2].endswith("no 'foo' here; write LSTM, v1.CuDNNLSTM, v2.GRU, torch.LSTM, or toy.Blend\n")
    assert run("count", "toy.Bend(n)")[2] == "symparams: no 'Bend' in toy; it has Blend\n"
    assert "'toy' and 'keras' do not go together" in run("count", "toy.keras.Blend(m, n)")[2]
    refused(SettingError, r"read it first, with from_toy\(\.\.\.\)", lambda: compare(LiveToy(), keras.layers.LSTM(n)))
    refused(SettingError, r"read it first, with from_toy\(\.\.\.\)", lambda: compare("model.toy", keras.layers.LSTM(n)))


def test_its_files_are_known_by_their_ending(run, tmp_path):
    path = tmp_path / "model.toy"
    path.write_text("3 4", encoding="utf-8")
    assert run("count", str(path)) == (0, "20\n", "")
    assert run("count", "model.toyz") == (2, "", "symparams: model.toyz is squeezed: write it as .toy\n")
    assert ".gguf or .toy," in " ".join(run("import", "--help")[1].split())


def test_the_longest_ending_says_whose_a_file_is(monkeypatch):
    def reader(path: str) -> str | None:
        found = framework_of_file(path)
        return None if found is None else found.name

    assert [reader(path) for path in ("a.json", "toy.json", "A.H5", "a.pt", "a.toy", "LSTM(n)", "a.b", "a.toy\n")] == [
        "keras", "keras", "keras", "torch", "toy", None, None, None,
    ]  # fmt: skip
    monkeypatch.setattr(toy_framework, "FRAMEWORK", FRAMEWORK.but(endings=("toy.json",)))
    assert (reader("a.json"), reader("dir/toy.json")) == ("keras", "toy")


def test_its_automatic_names_say_nothing():
    (part,) = Blend(m, n).parts
    assert chosen_name(part) == "blend"
    assert framework_of(part.title) is FRAMEWORK
    assert framework_of("nn.LSTM").name == "torch"
    assert framework_of("LSTM").name == "keras"
