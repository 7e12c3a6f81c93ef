"""Answers that are kept, so that a change of one is seen: ``python -m tests.kept`` prints what changed, to be read, and writes it.

They are in ``kept_answers.jsonl.gz`` beside the questions, which are the ``ANSWERS`` of a ``kept_answers.py``. Whether an answer is
right, other tests say; these say that none changes without notice, down to the readings that come second.
"""

from __future__ import annotations

import gzip
import importlib
import json
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symparams.errors import SymparamsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Answers = Mapping[str, Callable[[], Any]]

ROOMS = ("core", "questions/checking", "summaries")


def file_of(room: str) -> Path:
    return Path(__file__).parent / room / "kept_answers.jsonl.gz"


def answers_of(room: str) -> Answers:
    found: Answers = importlib.import_module(f"tests.{room.replace('/', '.')}.kept_answers").ANSWERS
    return found


@cache
def kept(room: str) -> dict[str, Any]:
    with gzip.open(file_of(room), "rt", encoding="utf-8") as lines:
        return dict(map(json.loads, lines))


def said(answer: Callable[[], Any]) -> Any:
    """An answer as JSON has it, or the sentence of the refusal."""
    try:
        return json.loads(json.dumps(answer()))
    except SymparamsError as error:
        return f"{type(error).__name__}: {error}"


def as_lines(answer: Any) -> list[str]:
    return json.dumps(answer, indent=1, ensure_ascii=False).replace("\\n", "\n").splitlines()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """What is not as it was, as a diff of each answer."""
    for name in dict.fromkeys([*before, *after]):
        sides = [as_lines(each[name]) if name in each else [] for each in (before, after)]
        yield from unified_diff(*sides, f"{name}, kept", f"{name}, now", n=1, lineterm="")


def write(room: str) -> None:
    answers = {name: said(answer) for name, answer in answers_of(room).items()}
    for line in changes(kept(room) if file_of(room).exists() else {}, answers):
        print(line)
    lines = [json.dumps(each, ensure_ascii=False) for each in answers.items()]
    with file_of(room).open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as file:
        file.write("".join(f"{line}\n" for line in lines).encode())


if __name__ == "__main__":
    for each in ROOMS:
        write(each)
