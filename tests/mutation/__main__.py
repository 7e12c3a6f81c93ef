"""``python -m tests.mutation --mutants 500``: how many small mistakes in the code the tests find, and which they do not.

Each mutant is written into a copy of the project, in which the tests of its folder run until one fails.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutation.mutants import Mutant, mutant, number_of_mutants

PROJECT = Path(__file__).parents[2]
TESTS = {  # those of the folder first, then the laws that would notice
    "core": ("tests/core", "tests/layers", "tests/catalogue"),
    "questions": ("tests/questions",),
    "summaries": ("tests/summaries",),
    "tables": ("tests/tables",),
    "cli": ("tests/cli",),
}
MINUTES = 10  # after which a mutant counts as found: its tests do not end


def chosen_mutants(folders: list[str], many: int, seed: int) -> list[tuple[Path, Mutant]]:
    """Mutants of the modules in some folders, each module with as many as its code deserves."""
    files = [file for folder in folders for file in sorted((PROJECT / "symparams" / folder).rglob("*.py"))]
    sources = {file: file.read_text(encoding="utf-8") for file in files}
    every = [(file, number) for file, source in sources.items() for number in range(number_of_mutants(source))]
    chosen = random.Random(seed).sample(every, min(many, len(every)))
    return [(file.relative_to(PROJECT), mutant(sources[file], number)) for file, number in chosen]


def tests_for(module: Path) -> list[list[str]]:
    """The folders of tests to run, one after the other: the mirrored one, then those of its room."""
    room = module.parts[1]
    own = Path("tests", *module.parts[1:-1])
    folders = [str(own)] if (PROJECT / own).is_dir() else []
    return [[each] for each in dict.fromkeys([*folders, *TESTS.get(room, (f"tests/{room}",))]) if (PROJECT / each).is_dir()]


def is_found(copy: Path, module: Path, mistake: Mutant) -> bool:
    """Whether some test fails with the mutant."""
    file, text = copy / module, (copy / module).read_text(encoding="utf-8")
    file.write_text(mistake.source, encoding="utf-8")
    try:
        return any(fails(copy, tests) for tests in tests_for(module))
    finally:
        file.write_text(text, encoding="utf-8")


def fails(copy: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False, timeout=60 * MINUTES)
    except subprocess.TimeoutExpired:
        return True
    return ran.returncode != 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--mutants", type=int, default=100, help="how many, chosen at random (default: 100)")
    parser.add_argument("--seed", type=int, default=0, help="of the choice")
    parser.add_argument(
        "folders", nargs="*", default=["core", "questions/checking", "summaries"], metavar="FOLDER", help="of symparams"
    )
    asked = parser.parse_args()
    chosen = chosen_mutants(asked.folders, asked.mutants, asked.seed)
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", "_build", ".hypothesis"))
        for number, (module, mistake) in enumerate(chosen, 1):
            if is_found(copy, module, mistake):
                found += 1
            else:
                print(f"{module}:{mistake.line}: {mistake.before}  ->  {mistake.after}", flush=True)
            if number % 10 == 0 or number == len(chosen):
                print(f"{found} of {number} mutants found, {100 * found / number:.0f} %", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
