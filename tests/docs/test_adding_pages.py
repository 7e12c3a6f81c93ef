"""The pages on adding are followed step by step, in a copy; and a step that is left out is named without taking others down."""

from __future__ import annotations

import json
from importlib.util import find_spec

import pytest

from tests.docs.adding_steps import Copy, Step, sections

LAYERS, OTHERS = sections("add-a-layer.md"), sections("add-something-else.md")
VARIANT, FAMILY = LAYERS["Into symparams: a variant"], LAYERS["Into symparams: a layer of its own"]
QUESTION, FORMAT = OTHERS["A question"], OTHERS["A format"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy in which both pages were followed."""
    made = Copy(tmp_path_factory.mktemp("followed"))
    made.follow([*VARIANT, *FAMILY, *QUESTION, *FORMAT])
    return made


def places(steps: list[Step]) -> list[str]:
    """The files and folders that a section has you edit, data of a framework aside."""
    files = [step.file for step in steps if step.file and not step.is_signature]
    return sorted({file if "weighing/" not in file else file.rpartition("/")[0] for file in files})


def test_a_variant_takes_two_places_a_family_three_a_question_a_folder_and_a_line_a_format_one():
    assert places(VARIANT) == ["symparams/keras/rows/recurrent.py", "symparams/layers/recurrent.py"]
    assert places(FAMILY) == [
        "symparams/keras/rows/highway.py",
        "symparams/layers/__init__.py",
        "symparams/layers/highway.py",
        "symparams/torch/rows/highway.py",  # one more for each further framework
    ]
    assert places(QUESTION) == ["symparams/questions/__init__.py", "symparams/questions/weighing"]
    assert places(FORMAT) == ["symparams/tables/formats.py"]
    assert [step.text.count("\n") for step in [*VARIANT, *FAMILY, *QUESTION] if step.place.startswith("below ")] == [1, 1, 1]


# ---------------------------------------------------------------- what was added is everywhere
def test_the_new_layers_are_listed_shown_and_identified(copy: Copy):
    listed = copy.run("-m", "symparams", "list").splitlines()
    assert {line.split()[0] for line in listed} >= {"MGU", "MGUCell", "Highway"}
    assert "Highway" in copy.run("-m", "symparams", "list", "--version", "torch")
    shown = json.loads(copy.run("-m", "symparams", "show", "MGU", "--json"))
    assert (shown["formula"], shown["settings"][0]["sets"]) == ("2*(m*n + n**2 + n)", {"bias_sets": 0})
    assert "inputs=15, units=16" in copy.run("-m", "symparams", "identify", "1024", "inputs=15", "--layer", "MGU")


def test_the_references_and_the_live_page_have_the_new_layers(copy: Copy):
    code = """
from symparams import layers
from symparams.catalogue import whole_catalogue
from live_answers import classes
assert {"MGU", "Highway"} <= {*layers.__all__}
assert {"keras.MGU", "keras.MGUCell", "keras.Highway", "torch.nn.Highway"} <= whole_catalogue().keys()
assert {"MGU", "MGUCell", "Highway", "nn.Highway"} <= {name for name, _, _ in classes()}
"""
    if find_spec("sphinx"):
        code += """
import formulas, across
assert {"MGU", "Highway"} <= formulas.classes().keys()
"""
    copy.run("-c", f"import sys; sys.path.insert(0, 'docs/_ext'){code}")


def test_frameworks_are_compared_by_the_new_layer(copy: Copy):
    copy.run("-c", "from symparams.core.frameworks import frameworks\n"
        "from symparams.questions.comparing.across_frameworks import class_pairs\n"
        "found = [(ours.name, its.name) for ours, its in class_pairs(*[each for each in frameworks() if each.releases])]\n"
        "assert ('keras.Highway', 'torch.nn.Highway') in found, found")  # fmt: skip


def test_a_live_module_is_read_by_the_arguments_that_it_keeps(copy: Copy):
    code = """
from symparams import from_torch
from symparams.torch import nn
from tests.torch.live_modules import as_live, module_of
inside = as_live(nn.Highway(8))
live = module_of("Highway", inside._parameters, {}, {}, "torch.nn.modules.highway", features=8)
model = from_torch(live)
assert int(model.count) == 144
assert [type(part.layer).__name__ for part in model.parts] == ["Highway"]
"""
    copy.run("-c", code)


def test_the_laws_hold_for_what_was_added(copy: Copy):
    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=--doctest-modules"]
    copy.run(*command, "tests/catalogue", "tests/tables/test_answers.py", "-k", "MGU or Highway or signature or chat")
    copy.run(
        *command, "tests/house", "tests/questions/test_folders.py", "symparams/layers/highway.py", "symparams/layers/recurrent.py"
    )


def test_the_new_question_has_a_command_with_every_format(copy: Copy):
    assert "memory      the bytes that" in copy.run("-m", "symparams", "--help")
    answer = json.loads(copy.run("-m", "symparams", "memory", "Sequential([Input((8,)), Dense(2)])", "--json"))
    assert answer["schema"] == 1
    assert answer["rows"] == [{"count": "8*2 + 2", "bytes": "4*(8*2 + 2)"}]
    assert "--format {text," in copy.run("-m", "symparams", "memory", "--help")
    chat = copy.run("-m", "symparams", "memory", "Sequential([Input((8,)), Dense(2)])", "--format", "chat").splitlines()
    assert chat[0] == chat[-1] == "~~~"


# ---------------------------------------------------------------- what is left out is named
ASK = """
import symparams.{door}
from symparams.errors import UnknownLayerError
try:
    symparams.{door}.{name}
except UnknownLayerError as error:
    print(error)
else:
    raise SystemExit("nothing is missing")
from symparams.keras.layers import GRU, LSTM
from symparams.torch import nn
assert int(LSTM(3).by_itself().count.given(m=2)) == 72 and int(nn.Linear(2, 3).count) == 9
"""


@pytest.mark.parametrize(
    ("steps", "forgotten", "door", "name", "said"),
    [
        (VARIANT, "symparams/layers/recurrent.py", "keras.layers", "MGU", "symparams/layers/recurrent.py has no class MGU"),
        (VARIANT, "symparams/layers/recurrent.py", "keras.layers", "MGUCell", "symparams/layers/recurrent.py has no class MGU"),
        (VARIANT, "symparams/keras/rows/recurrent.py", "keras.layers", "MGU", "no file of symparams/keras/rows has a row for it"),
        (
            VARIANT,
            "symparams/keras/signatures/v3.txt",
            "keras.layers",
            "MGU",
            "symparams/keras/signatures/v3.txt has no line for it",
        ),
        (FAMILY, "symparams/keras/rows/highway.py", "keras.layers", "Highway", "no file of symparams/keras/rows has a row for it"),
        (FAMILY, "symparams/torch/rows/highway.py", "torch.nn", "Highway", "no file of symparams/torch/rows has a row for it"),
        (FAMILY, "symparams/torch/signatures.txt", "torch.nn", "Highway", "symparams/torch/signatures.txt has no line for it"),
    ],
)
def test_a_place_that_is_left_out_is_named(tmp_path, steps, forgotten, door, name, said):
    copy = Copy(tmp_path)
    copy.follow([step for step in steps if step.file not in ("", forgotten)])
    assert said in copy.run("-c", ASK.format(door=door, name=name))


def test_a_name_that_type_checkers_lack_is_named(tmp_path):
    copy = Copy(tmp_path)
    copy.follow([step for step in [*FAMILY, *QUESTION] if step.file and not step.place.startswith("below ")])
    said = copy.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/house/test_lazy_names.py", status=1)
    for line in (
        "symparams/layers/__init__.py: type checkers do not know Highway: add `from .highway import *` under TYPE_CHECKING",
        "symparams/questions/__init__.py: type checkers do not know memory: add `from .weighing import *` under TYPE_CHECKING",
    ):
        assert line in said


def test_a_question_without_its_command_is_named(tmp_path):
    copy = Copy(tmp_path)
    copy.follow([step for step in QUESTION if step.file and not step.file.endswith("command.py")])
    said = copy.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/questions/test_folders.py", status=1)
    assert "symparams/questions/weighing/command.py is missing: its COMMAND on the command line" in said
    assert "compare" in copy.run("-m", "symparams", "--help")
