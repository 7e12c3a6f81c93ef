"""A question is a folder: what has to be in it, and what is found of it by itself."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import symparams
from symparams import questions
from symparams._startup.lazy import folders_of
from symparams.cli.commands import OWN, commands

DOCS = Path(__file__).parents[2] / "docs"
FOLDERS = folders_of("symparams.questions")
each_folder = pytest.mark.parametrize("folder", FOLDERS)
FILES = {
    "question.py": "the question, a function",
    "answer.py": "what it gives back",
    "command.py": "its COMMAND on the command line",
}


@each_folder
def test_a_folder_has_the_files_of_a_question(folder):
    inside = Path(questions.__file__).parent / folder
    lacking = [
        f"symparams/questions/{folder}/{name} is missing: {what}" for name, what in FILES.items() if not (inside / name).exists()
    ]
    assert not lacking, "\n".join(lacking)


@each_folder
def test_a_folder_has_public_names(folder):
    homes = getattr(import_module(f"symparams.questions.{folder}"), "HOMES", {})
    assert "question" in homes.values(), f"symparams/questions/{folder}/__init__.py has no name of question.py in HOMES"
    assert homes.keys() <= {*symparams.__all__}


def test_no_name_and_no_command_is_that_of_two_questions():
    names = [name for folder in FOLDERS for name in import_module(f"symparams.questions.{folder}").HOMES]
    assert len({*names}) == len(names)
    called = [each.name for each in commands()]
    assert len({*called}) == len(called)


def test_every_command_of_a_question_is_on_a_page():
    pages = "\n".join(page.read_text(encoding="utf-8") for page in DOCS.glob("how-to/*.md"))
    asked = [each.name for each in commands() if each not in OWN]
    assert [f"no page in docs/how-to shows `symparams {name}`" for name in asked if f"symparams {name} " not in pages] == []
